//! People's own words in a document: what stands between `<!-- keep:NAME -->` and `<!-- /keep -->` goes over into the next
//! version, also when its section moved. What finds no place any more is kept at the end, and named.

use std::collections::BTreeMap;

use super::fence::Fence;

const OPEN: &str = "<!-- keep:";
const CLOSE: &str = "<!-- /keep -->";

/// A document with what was carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The document.
    pub text: String,
    /// The names of regions that the new version has no place for; they stand at its end.
    pub orphans: Vec<String>,
}

/// Where a region is: its name, its content, the bytes of the whole with its marks.
struct Region<'a> {
    name: &'a str,
    content: &'a str,
    start: usize,
    end: usize,
}

/// The regions of a text. Marks in a block of code (the description, which may hold anything) are none. A region without its
/// end goes on to the end of the text.
fn regions(text: &str) -> Vec<Region<'_>> {
    let mut found = Vec::new();
    let (mut at, mut fence) = (0, Fence::default());
    while at < text.len() {
        let line = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
        // What stands behind a region on its last line opens no block.
        let begins = at == 0 || text.as_bytes()[at - 1] == b'\n';
        let code = begins && fence.holds(&text[at..line]);
        let open = text[at..line].find(OPEN).filter(|_| !code).map(|i| i + at);
        let Some(open) = open else {
            at = line;
            continue;
        };
        let after = &text[open + OPEN.len()..];
        let Some(mark) = after.find("-->") else { break };
        let name = after[..mark].trim();
        let content_start = open + OPEN.len() + mark + 3;
        let (content_end, end) = match text[content_start..].find(CLOSE) {
            Some(i) => (content_start + i, content_start + i + CLOSE.len()),
            None => (text.len(), text.len()),
        };
        found.push(Region { name, content: &text[content_start..content_end], start: open, end });
        at = end;
    }
    found
}

/// Puts the kept regions of `old` into `new`.
#[must_use]
pub fn carry_over(new: &str, old: &str) -> Carried {
    let mut kept: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut order = Vec::new();
    for region in regions(old) {
        // A name used twice keeps both texts.
        if !region.content.trim().is_empty() {
            kept.entry(region.name).or_default().push(region.content);
            if !order.contains(&region.name) {
                order.push(region.name);
            }
        }
    }
    let mut text = String::with_capacity(new.len() + old.len() / 4);
    let mut at = 0;
    for region in regions(new) {
        text.push_str(&new[at..region.start]);
        at = region.end;
        match kept.remove(region.name) {
            Some(contents) => {
                let content = contents.join("\n");
                text.push_str(&format!("{OPEN}{} -->{content}{CLOSE}", region.name));
            }
            None => text.push_str(&new[region.start..region.end]),
        }
    }
    text.push_str(&new[at..]);
    let orphans: Vec<String> =
        order.into_iter().filter(|n| kept.contains_key(n)).map(str::to_owned).collect();
    if !orphans.is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str("\n\n## Kept from an earlier version\n");
        for name in &orphans {
            for content in kept.remove(name.as_str()).unwrap_or_default() {
                text.push_str(&format!("\n{OPEN}{name} -->{content}{CLOSE}\n"));
            }
        }
    }
    Carried { text, orphans }
}

#[cfg(test)]
mod tests {
    use super::carry_over;

    #[test]
    fn own_words_survive() {
        let old = "a\n<!-- keep:why -->\nmine\n<!-- /keep -->\n<!-- keep:gone -->\nold\n<!-- /keep -->\n";
        let new = "b\n\n<!-- keep:why -->\n<!-- /keep -->\nc\n";
        let carried = carry_over(new, old);
        assert!(carried.text.starts_with("b\n\n<!-- keep:why -->\nmine\n<!-- /keep -->\nc\n"));
        assert_eq!(carried.orphans, ["gone"]);
        assert!(carried.text.contains("<!-- keep:gone -->\nold\n<!-- /keep -->"));
        // A second time nothing changes: the orphan stands in the old text and is carried again.
        assert_eq!(carry_over(new, &carried.text).text, carried.text);
    }

    #[test]
    fn marks_in_code_are_text() {
        let new = "<!-- keep:notes -->\n<!-- /keep -->\n\n````text\nIt says <!-- keep:notes --> here.\n```\n````\n\nend\n";
        let old = new.replacen("-->\n", "-->\nmine\n", 1);
        assert_eq!(carry_over(new, &old).text, old);
        // Between tildes, too.
        let new = "<!-- keep:notes -->\n<!-- /keep -->\n\n~~~text\n<!-- keep:notes -->\n```\n~~~\n\nend\n";
        let old = new.replacen("-->\n", "-->\nmine\n", 1);
        assert_eq!(carry_over(new, &old).text, old);
        // Own words may hold code, and marks stand behind it again.
        let old = "<!-- keep:notes -->\n```\nx\n```\n<!-- /keep -->\n<!-- keep:more -->\ny\n<!-- /keep -->\n";
        assert_eq!(carry_over(old, old).text, old);
    }

    #[test]
    fn an_open_region_is_not_lost() {
        let carried = carry_over("x <!-- keep:a --><!-- /keep --> y", "<!-- keep:a -->rest of it");
        assert!(carried.text.contains("rest of it"));
    }
}
