//! One order for the objects of a PDF, so that the same picture gives the same bytes on every run, and pages of several files
//! in one.
//!
//! Takes files as `pdf-writer` lays them out (a table of places at the end, one entry of a dictionary a line, streams with their
//! length) and gives a file with the references of a dictionary sorted by name and the objects numbered in the order in which
//! they are first referred to from the root. What makes the files before keeps fonts and resources in hash maps.

use std::collections::BTreeMap;

/// An object: what stands before its stream, and the stream with its end.
struct Object<'a> {
    head: String,
    rest: &'a [u8],
}

/// A file, taken apart.
pub(super) struct Parts<'a> {
    /// What stands before the first object.
    header: &'a [u8],
    objects: BTreeMap<u32, Object<'a>>,
    trailer: &'a str,
}

/// A file's parts; nothing where it is not laid out as expected.
pub(super) fn parts(file: &[u8]) -> Option<Parts<'_>> {
    let places = places(file)?;
    let first = places.values().copied().min()?;
    let table = last(file, b"xref\n")?;
    let mut starts: Vec<usize> = places.values().copied().collect();
    starts.push(table);
    starts.sort_unstable();
    let mut objects: BTreeMap<u32, Object<'_>> = BTreeMap::new();
    for (number, start) in &places {
        let end = *starts.get(starts.partition_point(|s| s <= start))?;
        let whole = file.get(*start..end)?;
        let body = whole.get(find(whole, b"obj\n")? + 4..)?;
        // What follows the head is data, whatever it holds.
        let bare = find(body, b"\nendobj")?;
        let cut = find(body, b"\nstream\n").map_or(bare, |stream| stream.min(bare));
        let head = sorted(std::str::from_utf8(body.get(..cut)?).ok()?);
        objects.insert(*number, Object { head, rest: body.get(cut..)? });
    }
    let trailer = std::str::from_utf8(file.get(table..)?).ok()?;
    let trailer = trailer.get(trailer.find("trailer")?..trailer.find("startxref")?)?;
    Some(Parts { header: file.get(..first)?, objects, trailer })
}

impl<'a> Parts<'a> {
    /// The number of the one page in the file.
    pub(super) fn page(&self) -> Option<u32> {
        let page = |o: &Object<'_>| o.head.lines().any(|l| l.trim() == "/Type /Page");
        self.objects.iter().find(|(_, o)| page(o)).map(|(number, _)| *number)
    }

    /// The highest number in the file.
    pub(super) fn highest(&self) -> u32 {
        self.objects.keys().next_back().copied().unwrap_or_default()
    }

    /// Takes in the objects of another file, `by` higher, with its page below a tree of pages of this one.
    pub(super) fn take(&mut self, other: Parts<'a>, by: u32, tree: u32) {
        let page = other.page();
        for (number, object) in other.objects {
            let mut head = renamed(&object.head, |old| Some(old + by));
            if Some(number) == page {
                let parent = |line: &str| line.trim_start().starts_with("/Parent ");
                let lines = head
                    .lines()
                    .map(|l| if parent(l) { format!("  /Parent {tree} 0 R") } else { l.to_owned() });
                head = lines.collect::<Vec<_>>().join("\n");
            }
            self.objects.insert(number + by, Object { head, rest: object.rest });
        }
    }

    /// The file in its one order.
    pub(super) fn write(&self) -> Option<Vec<u8>> {
        let numbers = numbered(&references(self.trailer), &self.objects);
        let new = |old| numbers.get(&old).copied();
        let mut out = self.header.to_vec();
        let mut order: Vec<(u32, u32)> = numbers.iter().map(|(old, new)| (*new, *old)).collect();
        order.sort_unstable();
        let mut offsets = Vec::new();
        for (number, old) in order {
            let object = self.objects.get(&old)?;
            offsets.push(out.len());
            out.extend(format!("{number} 0 obj\n{}", renamed(&object.head, new)).bytes());
            out.extend(object.rest);
        }
        let table = out.len();
        out.extend(format!("xref\n0 {}\n0000000000 65535 f\r\n", offsets.len() + 1).bytes());
        for at in &offsets {
            out.extend(format!("{at:010} 00000 n\r\n").bytes());
        }
        let size = format!("/Size {}", offsets.len() + 1);
        let old = self.trailer.lines().find(|l| l.trim_start().starts_with("/Size "))?.trim();
        let trailer = renamed(self.trailer, new).replace(old, &size);
        out.extend(format!("{trailer}startxref\n{table}\n%%EOF").bytes());
        Some(out)
    }
}

/// Where each object begins, by its number.
fn places(file: &[u8]) -> Option<BTreeMap<u32, usize>> {
    let table = std::str::from_utf8(file.get(last(file, b"xref\n")?..)?).ok()?;
    let lines = table.lines().skip(1).take_while(|l| !l.starts_with("trailer"));
    let mut next = 0;
    let mut found = BTreeMap::new();
    for line in lines {
        let mut words = line.split_whitespace();
        let (first, second, kind) = (words.next()?, words.next()?, words.next());
        match kind {
            None => next = first.parse().ok()?,
            Some(kind) => {
                let _ = second;
                if kind == "n" {
                    found.insert(next, first.parse().ok()?);
                }
                next += 1;
            }
        }
    }
    Some(found)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

/// The last place, but not within `startxref`.
fn last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let at = |n: &usize| bytes.get(*n..*n + what.len()) == Some(what) && (*n == 0 || bytes[*n - 1] != b't');
    (0..bytes.len().saturating_sub(what.len())).rev().find(at)
}

/// A dictionary with neighbouring references sorted by name.
fn sorted(head: &str) -> String {
    let refers = |line: &&str| line.trim_start().starts_with('/') && line.trim_end().ends_with(" 0 R");
    let mut lines: Vec<&str> = head.split('\n').collect();
    let mut at = 0;
    while at < lines.len() {
        let end = lines[at..].iter().position(|l| !refers(l)).map_or(lines.len(), |n| at + n);
        lines[at..end].sort_unstable();
        at = end.max(at + 1);
    }
    lines.join("\n")
}

/// The numbers that a text refers to, in its order.
fn references(text: &str) -> Vec<u32> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']')).collect();
    words.windows(3).filter(|w| w[1] == "0" && w[2] == "R").filter_map(|w| w[0].parse().ok()).collect()
}

/// New numbers, in the order in which objects are first referred to.
fn numbered(from: &[u32], objects: &BTreeMap<u32, Object<'_>>) -> BTreeMap<u32, u32> {
    let mut numbers = BTreeMap::new();
    let mut open: Vec<u32> = from.iter().rev().copied().collect();
    let mut next = 1;
    while let Some(number) = open.pop() {
        let Some(object) = objects.get(&number).filter(|_| !numbers.contains_key(&number)) else { continue };
        numbers.insert(number, next);
        next += 1;
        open.extend(references(&object.head).into_iter().rev());
    }
    numbers
}

/// A text with its references under new numbers, where there are such.
fn renamed(text: &str, new: impl Fn(u32) -> Option<u32>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(" 0 R") {
        let (before, after) = (&rest[..at], &rest[at + 4..]);
        let digits = before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |n| n + 1);
        let number = before[digits..].parse().ok().and_then(&new);
        out.push_str(&before[..digits]);
        match number {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(&before[digits..]),
        }
        out.push_str(" 0 R");
        rest = after;
    }
    out.push_str(rest);
    out
}
