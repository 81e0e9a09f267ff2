//! Markdown structure: a text becomes blocks.
//!
//! Takes the text and gives its [`Block`]s in order: headings, paragraphs, list items, table rows, code and quotes,
//! each with the bytes it covers, the heading it stands under and the line that introduces it. It reads no words.

use crate::text::Span;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading of that level, from 1.
    Heading(u8),
    /// Running text, or one line of notes.
    Paragraph,
    /// A list item: its indentation in columns, and its number in a numbered list.
    Item {
        /// Columns before the marker.
        indent: usize,
        /// The number written, in a numbered list.
        number: Option<u32>,
    },
    /// A row of a table; its cells are separated by `|`.
    Row,
    /// Fenced code.
    Code,
    /// A remark set off by `>`.
    Quote,
}

/// A stretch of the text that belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Its bytes, without list markers and heading marks.
    pub(crate) span: Span,
    /// The heading it stands under, as an index into the blocks.
    pub(crate) heading: Option<usize>,
    /// The block that introduces it: the paragraph or item before its list, or the item above a nested one.
    pub(crate) lead: Option<usize>,
}

/// One line, taken apart.
struct Line<'a> {
    start: usize,
    body: &'a str,
    kind: LineKind,
}

#[derive(Clone, Copy, PartialEq)]
enum LineKind {
    Blank,
    Heading(u8),
    Item { indent: usize, number: Option<u32> },
    Row,
    Rule,
    Fence,
    Quote,
    Text { indent: usize },
}

/// The blocks of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut walk = Walk { blocks: Vec::new(), heading: None, open: None, fence: None };
    let mut start = 0;
    let title = title_line(text);
    for raw in text.split_inclusive('\n') {
        let mut line = line(raw, start);
        if title == Some(start) {
            line.kind = LineKind::Heading(1);
        }
        walk.line(text, line);
        start += raw.len();
    }
    walk.close(text);
    link(walk.blocks, text)
}

/// The most words of a title line without a mark.
const TITLE_WORDS: usize = 9;

/// Where a plain title stands: a short first line without a full stop or arrow, with a blank line and more text below.
fn title_line(text: &str) -> Option<usize> {
    let start = text.find(|c: char| !c.is_whitespace() && c != '\u{feff}')?;
    let (first, rest) = text[start..].split_once('\n')?;
    let (first, (next, below)) = (first.trim_end(), rest.split_once('\n')?);
    let short = first.split_whitespace().count() <= TITLE_WORDS;
    let open = first.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && !["->", "→", "=>"].iter().any(|a| first.contains(a));
    let plain = first.starts_with(char::is_uppercase);
    (short && open && plain && next.trim().is_empty() && !below.trim().is_empty()).then_some(start)
}

struct Walk {
    blocks: Vec<Block>,
    heading: Option<usize>,
    open: Option<(BlockKind, Vec<(usize, usize)>)>,
    fence: Option<usize>,
}

impl Walk {
    fn line(&mut self, text: &str, line: Line<'_>) {
        if let Some(start) = self.fence {
            if line.kind == LineKind::Fence {
                self.fence = None;
                self.push(BlockKind::Code, Span::new(start, line.start));
            }
            return;
        }
        let end = line.start + line.body.len();
        match line.kind {
            LineKind::Blank | LineKind::Rule => self.close(text),
            LineKind::Fence => {
                self.close(text);
                self.fence = Some(end);
            }
            LineKind::Heading(level) => {
                self.close(text);
                self.push(BlockKind::Heading(level), Span::new(line.start, end));
                self.heading = Some(self.blocks.len() - 1);
            }
            LineKind::Item { indent, number } => {
                self.close(text);
                self.open = Some((BlockKind::Item { indent, number }, vec![(line.start, end)]));
            }
            LineKind::Row => {
                self.close(text);
                self.push(BlockKind::Row, Span::new(line.start, end));
            }
            LineKind::Quote | LineKind::Text { .. } => {
                let kind = if line.kind == LineKind::Quote { BlockKind::Quote } else { BlockKind::Paragraph };
                match &mut self.open {
                    Some((open, lines)) if *open == kind || kind == BlockKind::Paragraph => {
                        lines.push((line.start, end));
                    }
                    _ => {
                        self.close(text);
                        self.open = Some((kind, vec![(line.start, end)]));
                    }
                }
            }
        }
    }

    fn push(&mut self, kind: BlockKind, span: Span) {
        if !span.is_empty() {
            self.blocks.push(Block { kind, span, heading: self.heading, lead: None });
        }
    }

    /// Closes the open block. A line break is a new note where the next word would still have fitted on the line.
    fn close(&mut self, text: &str) {
        let Some((kind, lines)) = self.open.take() else { return };
        let width = lines.iter().map(|&(a, b)| b - a).max().unwrap_or(0);
        let arrow = |&&(a, b): &&(usize, usize)| {
            text.get(a..b).is_some_and(|l| ["->", "→", "=>"].iter().any(|mark| l.contains(mark)))
        };
        let stopped = lines.iter().any(|&(a, b)| {
            text.get(a..b).is_some_and(|l| l.contains(". ") || l.trim_end().ends_with(['.', '!', '?']))
        });
        let notes = lines.iter().filter(arrow).count() >= 2 || lines.len() >= 3 && !stopped;
        let (mut start, mut kind) = (lines.first().map_or(0, |l| l.0), kind);
        for pair in lines.windows(2) {
            let (Some(&(a, b)), Some(&(c, d))) = (pair.first(), pair.get(1)) else { continue };
            let word = text.get(c..d).unwrap_or("").split(' ').next().map_or(0, str::len);
            let line = text.get(a..b).unwrap_or("").trim_end();
            let note = matches!(kind, BlockKind::Paragraph);
            let fits = note && (notes || line.len() + 1 + word <= width.min(100) || width < 40);
            let runs_on = line.ends_with([',', '(', '-', '/']) || ends_open(line);
            if fits && !runs_on {
                self.push(kind, Span::new(start, b));
                (start, kind) = (c, BlockKind::Paragraph);
            }
        }
        self.push(kind, Span::new(start, lines.last().map_or(start, |l| l.1)));
    }
}

/// Whether a line ends in a word that cannot end a sentence.
fn ends_open(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or("");
    [
        "and", "or", "the", "a", "an", "to", "of", "in", "on", "for", "with", "from", "by", "via", "through",
        "that", "which",
    ]
    .contains(&last)
}

/// The level of a line that is set in bold as a whole: below all headings with marks.
const STRONG_LEVEL: u8 = 6;

/// What a line says that is set in bold as a whole and is no sentence: "**Cardholder VPC**".
fn strong_line(body: &str) -> Option<&str> {
    let inner = body.strip_suffix(':').unwrap_or(body).strip_prefix("**")?.strip_suffix("**")?;
    let words = inner.split_whitespace().count();
    let plain = !inner.contains("**") && !inner.ends_with(['.', '!', '?', ',']) && words <= TITLE_WORDS;
    (plain && words > 0).then(|| &body[2..])
}

fn line(raw: &str, start: usize) -> Line<'_> {
    let trimmed = raw.trim_end();
    let body = trimmed.trim_start_matches('\u{feff}').trim_start();
    let indent = trimmed.len() - body.len();
    let at = |body: &str| start + trimmed.len() - body.len();
    let of = |kind, body| Line { start: at(body), body, kind };
    if body.is_empty() {
        return of(LineKind::Blank, body);
    }
    if let Some(title) = strong_line(body) {
        return of(LineKind::Heading(STRONG_LEVEL), title);
    }
    if body.starts_with("```") || body.starts_with("~~~") {
        return of(LineKind::Fence, body);
    }
    if let Some(rest) = body.strip_prefix('>') {
        return of(LineKind::Quote, rest.trim_start_matches('>').trim_start());
    }
    let hashes = body.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && body[hashes..].starts_with(' ') {
        let level = u8::try_from(hashes).unwrap_or(6);
        return of(LineKind::Heading(level), body[hashes..].trim_start());
    }
    if body.len() >= 3 && body.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | ' ')) {
        return of(LineKind::Rule, body);
    }
    if body.starts_with('|') {
        let rule = body.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        return of(if rule { LineKind::Rule } else { LineKind::Row }, body);
    }
    match marker(body) {
        Some((number, rest)) => of(LineKind::Item { indent, number }, rest),
        None => of(LineKind::Text { indent }, body),
    }
}

/// The number and the text behind a list marker: `-`, `*`, `+`, `•`, `1.`, `2)`, `(3)`, `Step 4:`.
fn marker(body: &str) -> Option<(Option<u32>, &str)> {
    for bullet in ["- ", "* ", "+ ", "• ", "– ", "— ", "· "] {
        if let Some(rest) = body.strip_prefix(bullet) {
            let rest = rest.trim_start();
            let rest = ["[ ] ", "[x] "].iter().find_map(|b| rest.strip_prefix(b)).unwrap_or(rest);
            return Some((None, rest));
        }
    }
    let lower = body.get(..5).map(str::to_ascii_lowercase);
    let (step, digits) = match lower.as_deref() {
        Some("step ") => (true, &body[5..]),
        _ => (false, body.strip_prefix('(').unwrap_or(body)),
    };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 3 {
        return None;
    }
    let number = digits[..length].parse().ok();
    let rest = &digits[length..];
    let marks: &[&str] = if step { &[": ", ". ", " - ", " – "] } else { &[". ", ") "] };
    marks.iter().find_map(|m| rest.strip_prefix(m)).map(|rest| (number, rest.trim_start()))
}

/// Finds what introduces each item.
fn link(mut blocks: Vec<Block>, text: &str) -> Vec<Block> {
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<usize> = None;
    for i in 0..blocks.len() {
        let Some(block) = blocks.get(i).copied() else { break };
        match block.kind {
            BlockKind::Item { indent, .. } => {
                above.retain(|&(column, _)| column < indent);
                let lead = above.last().map(|&(_, item)| item).or(before);
                if let Some(block) = blocks.get_mut(i) {
                    block.lead = lead;
                }
                above.push((indent, i));
            }
            BlockKind::Row => {}
            BlockKind::Heading(_) => {
                above.clear();
                before = None;
            }
            BlockKind::Paragraph | BlockKind::Code | BlockKind::Quote => {
                above.clear();
                let ends = text.get(block.span.start..block.span.end).unwrap_or("").trim_end();
                before = ends.ends_with(':').then_some(i);
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn texts(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text).iter().map(|b| (b.kind, &text[b.span.start..b.span.end])).collect()
    }

    #[test]
    fn lists_headings_and_wrapped_lines() {
        let text = "# Shop\n\nIt sells:\n- a web app\n  of two lines\n2. second\n";
        assert_eq!(
            texts(text),
            [
                (BlockKind::Heading(1), "Shop"),
                (BlockKind::Paragraph, "It sells:"),
                (BlockKind::Item { indent: 0, number: None }, "a web app\n  of two lines"),
                (BlockKind::Item { indent: 0, number: Some(2) }, "second"),
            ][..]
                .iter()
                .map(|&(k, t)| (k, t))
                .collect::<Vec<_>>()
        );
        let blocks = blocks(text);
        assert_eq!(blocks[2].lead, Some(1));
        assert_eq!(blocks[2].heading, Some(0));
    }

    #[test]
    fn short_lines_are_notes_and_wrapped_lines_are_not() {
        assert_eq!(texts("api -> db\nredis for sessions\n").len(), 2);
        let wrapped = "The ordering service writes every order that it accepts into the orders\ndatabase and tells the kitchen about it.\n";
        assert_eq!(texts(wrapped).len(), 1);
    }
}
