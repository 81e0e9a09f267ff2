//! The Blueprose language (`.bp`): text → syntax → architecture, and text → the same text in its canonical form.
//!
//! `scan` cuts the text into statements, `parse` reads one statement at a time with the pest grammar, so that one error
//! does not hide the next, `resolve` makes the architecture, `format` writes the text again. Nothing here knows English,
//! and nothing draws.

mod explain;
mod format;
mod limits;
mod markdown;
mod parse;
mod resolve;
mod scan;
mod tree;
mod words;

use crate::model::{Architecture, GroupKind, Kind};
use crate::text::{Diagnostic, Outcome, Source, Span};

pub use format::format;
pub use markdown::read_markdown;

/// Reads a text in the Blueprose language.
#[must_use]
pub fn read(source: &Source) -> Outcome<Architecture> {
    read_text(source.text())
}

fn read_text(text: &str) -> Outcome<Architecture> {
    if text.len() > limits::MAX_BYTES {
        let message = format!("the text has {} bytes; at most {} are read", text.len(), limits::MAX_BYTES);
        return Outcome::new(Architecture::new(), vec![Diagnostic::error("BP0106", None, message)]);
    }
    let mut diagnostics = Vec::new();
    let items = items(text, &mut diagnostics);
    let architecture = resolve::resolve(&items, &mut diagnostics);
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        diagnostics.push(
            Diagnostic::warning("BP0110", Span::at(0), "the text is empty")
                .hint("begin with a component: `service api \"Orders API\"`"),
        );
    }
    diagnostics.sort_by_key(|d| d.span.map_or(0, |s| s.start));
    let left_out = diagnostics.len().saturating_sub(limits::MAX_MESSAGES);
    if left_out > 0 {
        diagnostics.truncate(limits::MAX_MESSAGES);
        diagnostics.push(Diagnostic::error("BP0112", None, format!("{left_out} more messages are left out")));
    }
    Outcome::new(architecture, diagnostics)
}

/// The kind of component a single word stands for in the language: `db`, `worker`.
pub(super) fn kind_of_word(word: &str) -> Option<Kind> {
    words::kind(word)
}

/// The kind of group a single word stands for in the language: `vpc`, `region`.
pub(super) fn group_kind_of_word(word: &str) -> Option<GroupKind> {
    words::group_kind(word)
}

/// The syntax of a text.
fn items(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<tree::Item> {
    use scan::PieceKind;
    use tree::{Item, ItemKind};
    let slice = |span: Span| text[span.start..span.end].to_owned();
    let read = |piece: scan::Piece| {
        let parsed = match piece.kind {
            PieceKind::Statement | PieceKind::Open => {
                let statement = &text[piece.span.start..piece.span.end];
                match parse::statement(statement, piece.span.start, piece.kind == PieceKind::Open) {
                    Ok(statement) => Some(statement),
                    Err(diagnostic) => {
                        diagnostics.push(diagnostic);
                        None
                    }
                }
            }
            _ => None,
        };
        let kind = match (piece.kind, parsed) {
            (PieceKind::Blank, _) => ItemKind::Blank,
            (PieceKind::Comment, _) => ItemKind::Comment(slice(piece.span)),
            (PieceKind::Close, _) => ItemKind::Close,
            (PieceKind::Open, Some(statement)) => ItemKind::Open(statement),
            (PieceKind::Open, None) => ItemKind::OpenAsIs,
            (PieceKind::Statement, Some(statement)) if piece.inner.is_empty() => {
                ItemKind::Statement(statement)
            }
            (PieceKind::Statement, parsed) => ItemKind::AsIs(parsed),
            (PieceKind::Broken, _) => ItemKind::AsIs(None),
        };
        Item { kind, span: piece.span, trailing: piece.trailing.map(slice) }
    };
    let mut found = Vec::new();
    let pieces = scan::scan(text, &mut found);
    let items = pieces.into_iter().map(read).collect();
    diagnostics.append(&mut found);
    items
}

/// Whether a text without a telling name is probably written in the language: its first lines begin with words of the
/// language or hold arrows, and none of them reads like prose.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    let lines =
        text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#') && !l.starts_with("//"));
    let (mut telling, mut wishes, mut seen, mut depth) = (0, 0, 0, 0_usize);
    // Notes in English have arrows, too: between names of several words that are none here.
    let (mut declared, mut strange) = (false, false);
    for line in lines.take(40) {
        seen += 1;
        let ends_as_prose = line.ends_with(['.', '!', '?']);
        let head = line.trim_end_matches('{').trim_end();
        let statement = match parse::statement(head, 0, line.ends_with('{')) {
            // "Frontend: React" is an attribute inside a block only; outside it is a note in English.
            Ok(tree::Statement::Property(_)) => depth > 0,
            // A wish is a word with names behind it, as any words are: "Order service with Kafka".
            Ok(tree::Statement::Wish { .. }) => {
                wishes += usize::from(!ends_as_prose);
                false
            }
            Ok(tree::Statement::Connection { .. }) => !ends_as_prose,
            Ok(_) => {
                declared |= !ends_as_prose;
                !ends_as_prose
            }
            Err(_) => line == "}",
        };
        strange |= !statement && ["->", "→", "=>"].iter().any(|arrow| line.contains(arrow));
        depth = if line.ends_with('{') { depth + 1 } else { depth.saturating_sub(usize::from(line == "}")) };
        telling += usize::from(statement);
    }
    telling > 0 && (telling + wishes) * 2 > seen && (declared || !strange)
}

/// Whether a character can stand in a name, `-` aside.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
