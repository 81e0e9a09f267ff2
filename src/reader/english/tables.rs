//! Tables: what a row says of its component, by the headings of its columns.
//!
//! Takes the rows of a Markdown table and gives sentences with the words that the columns stand for: a row under "Name" and
//! "Talks to" is an arrow, one under "Technology" says what the thing is made with. The headings are in
//! `assets/words/roles.yaml`.

use super::lexicon::{Form, lexicon};
use super::sentences::Sentence;
use super::structure::{Block, BlockKind};
use super::tokens::{Token, tokens};

/// The most tokens of a cell that names a thing.
const NAME_TOKENS: usize = 8;

/// Headings that say what kind of thing each row names.
const KINDS: [&str; 6] = ["queue", "topic", "stream", "bucket", "table", "database"];

/// What a column says of the thing in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Technology,
    Description,
    Calls,
    Callers,
    Reads,
    Writes,
    From,
    To,
    Label,
    Other,
}

const COLUMNS: [(&str, Column); 10] = [
    ("name", Column::Name),
    ("technology", Column::Technology),
    ("description", Column::Description),
    ("calls", Column::Calls),
    ("callers", Column::Callers),
    ("reads", Column::Reads),
    ("writes", Column::Writes),
    ("from", Column::From),
    ("to", Column::To),
    ("label", Column::Label),
];

/// A table under way.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<Column>,
    /// What all things of the table are, when the heading of their column says it: "Queue".
    kind: Option<&'static str>,
    /// The block of its last row.
    last: usize,
}

impl Table {
    /// Reads a row as sentences; `None` when the table's headings say nothing of components. The head gives none.
    pub(super) fn row<'a>(
        &mut self,
        text: &'a str,
        blocks: &[Block],
        at: usize,
    ) -> Option<Vec<Sentence<'a>>> {
        let block = blocks.get(at)?;
        let cells = cells(text, block);
        let next = blocks.get(at + 1).filter(|b| b.kind == BlockKind::Row);
        let ruled = next.is_some_and(|n| {
            text.get(block.span.end..n.span.start).is_some_and(|between| between.contains("--"))
        });
        if ruled {
            let columns = columns(&cells);
            let name = columns.iter().position(|c| *c == Column::Name).and_then(|at| cells.get(at));
            let kind =
                name.and_then(|head| KINDS.iter().find(|k| matches!(head.as_slice(), [only] if only.is(k))));
            *self = Table { kind: kind.copied(), columns, last: at };
            return (!self.columns.is_empty()).then(Vec::new);
        }
        if self.columns.is_empty() || self.last + 1 != at {
            self.columns.clear();
            return None;
        }
        self.last = at;
        Some(self.sentences(&cells, at))
    }

    fn cell<'t, 'a>(&self, cells: &'t [Vec<Token<'a>>], column: Column) -> Option<&'t Vec<Token<'a>>> {
        let at = self.columns.iter().position(|c| *c == column)?;
        cells.get(at).filter(|cell| says_something(cell))
    }

    fn sentences<'a>(&self, cells: &[Vec<Token<'a>>], block: usize) -> Vec<Sentence<'a>> {
        let mut out = Vec::new();
        let mut say = |parts: &[&[Token<'a>]]| {
            let tokens: Vec<Token<'a>> = parts.concat();
            if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
                let span = first.span.join(last.span);
                out.push(Sentence { block, tokens, span, question: false });
            }
        };
        let meant = |words: &[&'static str], place: usize| -> Vec<Token<'a>> {
            words.iter().map(|w| Token::meant(w, place)).collect()
        };
        let end = |cell: &[Token<'a>]| cell.last().map_or(0, |t| t.span.end);
        let pair = (self.cell(cells, Column::From), self.cell(cells, Column::To));
        if let ((Some(from), Some(to)), false) = (pair, self.columns.contains(&Column::Name)) {
            let label = self.cell(cells, Column::Label).cloned().unwrap_or_default();
            let colon = if label.is_empty() { Vec::new() } else { meant(&[":"], end(to)) };
            say(&[&names(from), &meant(&["->"], end(from)), &names(to), &colon, &label]);
            return out;
        }
        let Some(name) = self.cell(cells, Column::Name).filter(|c| c.len() <= NAME_TOKENS) else {
            return out;
        };
        let (mut name, place) = (names(name), end(name));
        let kind = self.kind.filter(|kind| name.last().is_some_and(|t| !t.lower.ends_with(kind)));
        name.extend(kind.map(|kind| Token { named: true, ..Token::meant(kind, place) }));
        let technology = self.cell(cells, Column::Technology).filter(|c| c.len() <= NAME_TOKENS);
        let made = technology.map_or_else(Vec::new, |made| {
            [meant(&["("], place), made.clone(), meant(&[")"], end(made))].concat()
        });
        let described = self.cell(cells, Column::Description).cloned().unwrap_or_default();
        say(&[&name, &made, &meant(&[":"], place), &described]);
        for (at, column) in self.columns.iter().enumerate() {
            let Some(cell) = cells.get(at).filter(|cell| says_something(cell)) else { continue };
            let (told, behind) = (names(cell), end(cell));
            match column {
                Column::Calls
                | Column::Callers
                | Column::Reads
                | Column::Writes
                | Column::To
                | Column::From
                    if deed(cell) =>
                {
                    say(&[&name, &meant(&[":"], place), cell]);
                }
                Column::Calls | Column::To => say(&[&name, &meant(&["->"], place), &told]),
                Column::Callers | Column::From => say(&[&told, &meant(&["->"], behind), &name]),
                Column::Reads => say(&[&name, &meant(&["reads", "from"], place), &told]),
                Column::Writes => say(&[&name, &meant(&["writes", "to"], place), &told]),
                _ => {}
            }
        }
        out
    }
}

/// The cells of a row.
fn cells<'a>(text: &'a str, block: &Block) -> Vec<Vec<Token<'a>>> {
    let mut out: Vec<Vec<Token<'a>>> = Vec::new();
    for token in tokens(text, block.span) {
        if token.is("|") {
            out.push(Vec::new());
        } else if let Some(cell) = out.last_mut() {
            cell.push(token);
        }
    }
    out
}

/// What the columns are about; nothing when the headings are not about components.
fn columns(head: &[Vec<Token<'_>>]) -> Vec<Column> {
    let mut out: Vec<Column> = head.iter().map(|cell| column(cell)).collect();
    let has = |out: &[Column], column: Column| out.contains(&column);
    let pairs = has(&out, Column::From) && has(&out, Column::To) && !has(&out, Column::Name);
    if !has(&out, Column::Name) && !pairs {
        // "Stage | Tool | Reads": the tool is the thing. Otherwise the first column names what the row is about.
        let named = out.iter().position(|c| *c == Column::Technology).unwrap_or(0);
        if let Some(column) = out.get_mut(named)
            && matches!(column, Column::Technology | Column::Other | Column::From)
        {
            *column = Column::Name;
        }
    }
    let told = out.iter().any(|c| !matches!(c, Column::Name | Column::Other | Column::Label));
    if pairs || has(&out, Column::Name) && told { out } else { Vec::new() }
}

fn column(cell: &[Token<'_>]) -> Column {
    let words: Vec<&str> = cell.iter().take_while(|t| t.text != "(").map(|t| t.lower.as_str()).collect();
    let written = words.join(" ");
    let found = COLUMNS.iter().find(|(role, _)| {
        lexicon().roles.table_columns.get(role).is_some_and(|headings| headings.contains(&written.as_str()))
    });
    found.map_or(Column::Other, |&(_, column)| column)
}

/// Whether a cell is more than a dash or "none".
fn says_something(cell: &[Token<'_>]) -> bool {
    let nothing =
        cell.iter().all(|t| !t.word() || ["none", "n", "a", "nothing", "nil"].contains(&t.lower.as_str()));
    !nothing
}

/// Whether a cell says what is done: "reads prices from Redis".
fn deed(cell: &[Token<'_>]) -> bool {
    let Some(first) = cell.first().filter(|t| !t.code) else { return false };
    cell.len() > 1 && lexicon().verb_forms(&first.lower).iter().any(|(_, f)| *f == Form::Third)
}

/// A cell whose words are names.
fn names<'a>(cell: &[Token<'a>]) -> Vec<Token<'a>> {
    let closed = |t: &Token<'_>| !t.code && !lexicon().closed(&t.lower).is_empty();
    cell.iter().map(|t| Token { named: t.word() && !closed(t), ..t.clone() }).collect()
}
