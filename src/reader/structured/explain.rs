//! What the parsers and the model say about a YAML or JSON text, with places and ways out.

use super::locate::locate;
use crate::catalog::nearest;
use crate::model::{Architecture, GroupKind, Kind, RecordError};
use crate::text::{Diagnostic, Span};

/// What a parser says.
pub(super) struct Fault {
    /// Its message, possibly with a place at its end.
    pub(super) message: String,
    /// The byte it stopped at.
    pub(super) offset: Option<usize>,
    /// Whether the text is broken, rather than well-formed with unexpected content.
    pub(super) syntax: bool,
}

/// A parser's fault as a diagnostic. `skipped` bytes before `text` are counted into the places.
pub(super) fn fault(fault: &Fault, text: &str, skipped: usize) -> Diagnostic {
    let message = fault.message.split(" at line ").next().unwrap_or(&fault.message).to_owned();
    let at = fault.offset.unwrap_or(0);
    let place = |span: Span| span.shifted(skipped);
    if fault.syntax {
        let d = Diagnostic::error(
            "BP0301",
            place(char_at(text, at)),
            format!("the text is not well-formed: {message}"),
        );
        return match broken(&message, text, at) {
            Some(hint) => d.hint(hint),
            None => d.hint("check brackets, quotes and indentation around this place"),
        };
    }
    let quoted = |n: usize| message.split('`').nth(2 * n + 1);
    let word = quoted(0).unwrap_or_default();
    let span = word_before(text, word, at).unwrap_or_else(|| char_at(text, at));
    let d = Diagnostic::error("BP0302", place(span), message.clone());
    if message.contains("missing field") {
        return d.hint(format!("add the key `{word}`"));
    }
    let expected: Vec<&str> = (1..40).map_while(quoted).collect();
    match nearest(word, expected.iter().map(|e| (*e, *e))) {
        Some(better) => d.suggest(format!("did you mean `{better}`?"), place(span), better),
        None if expected.is_empty() => d,
        None => d.hint(format!("the keys known here are {}", expected.join(", "))),
    }
}

/// The usual slips of people who write JSON by hand.
fn broken(message: &str, text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?.trim_end();
    if message.contains("trailing comma")
        || (before.ends_with(',') && text[at..].trim_start().starts_with(['}', ']']))
    {
        return Some("JSON allows no comma after the last item: remove it".into());
    }
    if text[at..].trim_start().starts_with("//") || text[at..].starts_with('/') {
        return Some("JSON has no comments; YAML has, after `#`".into());
    }
    if text[at..].starts_with('\t') || message.contains("tab") {
        return Some("YAML is indented with spaces, not tabs".into());
    }
    if message.contains("EOF") || message.contains("end of") {
        return Some("the text ends too early: a bracket or quote is still open".into());
    }
    if message.contains("repetition limit") || message.contains("recursion limit") {
        return Some("anchors and nesting are bounded; write the repeated parts out".into());
    }
    None
}

/// What the model could not take, as a diagnostic.
pub(super) fn record_error(error: &RecordError, text: &str, skipped: usize, a: &Architecture) -> Diagnostic {
    let span = locate(text, &error.path, error.word.as_deref()).map(|s| s.shifted(skipped));
    let d = Diagnostic::error("BP0303", span, format!("{}: {}", error.path, error.message));
    let Some(word) = &error.word else { return d };
    let kinds = Kind::ALL.iter().map(|k| k.word()).collect::<Vec<_>>();
    let group_kinds = GroupKind::ALL.iter().map(|k| k.word()).collect::<Vec<_>>();
    let names: Vec<&str> =
        a.components().map(|c| c.id.as_str()).chain(a.groups().iter().map(|g| g.id.as_str())).collect();
    let known = match error.path.ends_with(".kind") {
        true if error.path.starts_with("groups") => group_kinds,
        true => kinds,
        false => names,
    };
    let exact = span.filter(|s| text.get(s.start - skipped..s.end - skipped) == Some(word.as_str()));
    match (nearest(word, known.iter().map(|k| (*k, *k))), exact) {
        (Some(better), Some(span)) => d.suggest(format!("did you mean `{better}`?"), span, better),
        (Some(better), None) => d.hint(format!("did you mean `{better}`?")),
        (None, _) if error.path.ends_with(".kind") => d.hint(format!("the kinds are {}", known.join(", "))),
        (None, _) => d.hint("declare it under `components` or `groups`, or correct the name"),
    }
}

/// The last place of `word` that begins no later than `at`, else the first after it.
fn word_before(text: &str, word: &str, at: usize) -> Option<Span> {
    if word.is_empty() {
        return None;
    }
    let mut end = (at + word.len()).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text[..end].rfind(word).or_else(|| text[at..].find(word).map(|i| i + at))?;
    Some(Span::new(start, start + word.len()))
}

/// The character at an offset; empty at the end.
fn char_at(text: &str, at: usize) -> Span {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Span::new(at, at + text[at..].chars().next().map_or(0, char::len_utf8))
}
