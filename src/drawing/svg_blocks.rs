//! The blocks of a document in Markdown, as far as our documents and their templates use them.
//!
//! Takes Markdown with its pictures in it and gives blocks of plain data. Comments, links' addresses and foreign markup are
//! left out; a picture is only taken where it is one of ours in the text.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::style::Weight;

/// Words of one look.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) weight: Weight,
    pub(super) code: bool,
    pub(super) quiet: bool,
}

impl Default for Run {
    fn default() -> Self {
        Self { text: String::new(), weight: Weight::Regular, code: false, quiet: false }
    }
}

impl Run {
    /// Whether another run looks the same.
    pub(super) fn like(&self, other: &Self) -> bool {
        (self.weight, self.code, self.quiet) == (other.weight, other.code, other.quiet)
    }
}

/// A part of a document that stands by itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Heading { level: u8, runs: Vec<Run> },
    Text { runs: Vec<Run>, indent: usize, bullet: Option<String>, quoted: bool },
    Table(Vec<Vec<Vec<Run>>>),
    Code(String),
    Picture(String),
}

/// What is being read.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    /// The next number of each open list; nothing for one of points.
    lists: Vec<Option<u64>>,
    bullet: Option<String>,
    quotes: usize,
    bold: usize,
    quiet: usize,
    rows: Vec<Vec<Vec<Run>>>,
    row: Vec<Vec<Run>>,
    /// Code, markup or front matter that is gathered.
    raw: Option<String>,
}

/// The blocks of a document.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_GFM;
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, options) {
        reader.take(event);
    }
    reader.blocks
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Html(text) => match &mut self.raw {
                Some(raw) => raw.push_str(&text),
                None => self.say(&text, false),
            },
            Event::Code(text) => self.say(&text, true),
            Event::SoftBreak | Event::HardBreak => self.say(" ", false),
            _ => {}
        }
    }

    fn say(&mut self, text: &str, code: bool) {
        let weight = if self.bold > 0 { Weight::SemiBold } else { Weight::Regular };
        let run = Run { text: text.to_owned(), weight, code, quiet: self.quiet > 0 };
        match self.runs.last_mut().filter(|last| last.like(&run)) {
            Some(last) => last.text.push_str(text),
            None => self.runs.push(run),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.flush();
                self.lists.push(*first);
            }
            Tag::Item => {
                let mark = self.lists.last_mut().and_then(Option::as_mut).map(|n| {
                    *n += 1;
                    format!("{}.", *n - 1)
                });
                self.bullet = Some(mark.unwrap_or_else(|| "•".to_owned()));
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Strong => self.bold += 1,
            Tag::Emphasis | Tag::Image { .. } => self.quiet += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_) => self.raw = Some(String::new()),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    _ => 3,
                };
                let runs = std::mem::take(&mut self.runs);
                self.blocks.push(Block::Heading { level, runs });
            }
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Image => self.quiet = self.quiet.saturating_sub(1),
            TagEnd::TableCell => self.row.push(std::mem::take(&mut self.runs)),
            TagEnd::TableHead | TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.row)),
            TagEnd::Table => self.blocks.push(Block::Table(std::mem::take(&mut self.rows))),
            TagEnd::CodeBlock => {
                let code = self.raw.take().unwrap_or_default();
                self.blocks.push(Block::Code(code));
            }
            TagEnd::HtmlBlock => {
                let markup = self.raw.take().unwrap_or_default();
                if let (Some(start), Some(end)) = (markup.find("<svg"), markup.rfind("</svg>")) {
                    self.blocks.extend(markup.get(start..end + 6).map(|svg| Block::Picture(svg.to_owned())));
                }
            }
            TagEnd::MetadataBlock(_) => self.raw = None,
            _ => {}
        }
    }

    fn flush(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if runs.iter().all(|r| r.text.trim().is_empty()) {
            return;
        }
        let (indent, bullet) = (self.lists.len(), self.bullet.take());
        self.blocks.push(Block::Text { runs, indent, bullet, quoted: self.quotes > 0 });
    }
}
