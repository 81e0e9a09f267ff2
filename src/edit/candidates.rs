//! Names that fit nothing or several things, refused with what may have been meant.
//!
//! Takes the words and the architecture; gives the refusal, and its candidates once it is to be shown.

use super::anchor::{Bond, telling};
use super::names::{ALL, DETERMINERS, bare};
use super::phrase::{self, Word};
use super::{MAX_LISTED, Refusal};
use crate::catalog::nearest;
use crate::model::{Architecture, Component, Id};
use crate::text::Diagnostic;

/// Nothing is called so.
pub(super) fn unknown(words: &[Word]) -> Refusal {
    // What holds a verb or a pronoun is no name: the pattern was laid over it wrongly.
    const NO_NAME: &[&str] = &[
        "we", "i", "you", "they", "don't", "doesn't", "should", "must", "is", "are", "draw", "remove", "add",
        "use",
    ];
    let plain = words.iter().any(|w| w.is_any(NO_NAME))
        || words.last().is_some_and(|w| w.is_any(DETERMINERS) || w.is_any(ALL));
    if plain && !words.iter().any(|w| w.quoted) {
        return Refusal::other();
    }
    let name = phrase::join(bare(words));
    let d = Diagnostic::error("BP0802", phrase::span(words), format!("no component is called “{name}”"));
    // Without an article the words may be no reference at all: "between buyers and sellers".
    let article = words.first().is_some_and(|w| w.is_any(DETERMINERS) || w.quoted);
    let refusal = if article { Refusal::hard(d) } else { Refusal::soft(d) };
    Refusal { missing: bare(words).into(), ..refusal }
}

/// What the words of a refusal may have meant. Most readings of a sentence are refused and never shown, so that this is only
/// worked out for the one that is.
pub(super) fn with_candidates(a: &Architecture, refusal: Refusal) -> Diagnostic {
    let Refusal { diagnostic: d, missing, .. } = refusal;
    if missing.is_empty() {
        return d;
    }
    let name = phrase::join(&missing);
    let labels: Vec<(String, &str)> =
        a.components().map(|c| (c.label.to_lowercase(), c.label.as_str())).collect();
    if let Some(best) = nearest(&name.to_lowercase(), labels.iter().map(|(l, c)| (l.as_str(), *c))) {
        return d.hint(format!("did you mean “{best}”?"));
    }
    let wanted = telling(&missing);
    let mut close: Vec<(usize, &Component)> =
        a.components().map(|c| (Bond::between(a, c, &wanted).strength(), c)).collect();
    close.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let sharing = close.first().is_some_and(|(n, _)| *n > 0);
    let listed: Vec<String> =
        close.iter().filter(|(n, _)| !sharing || *n > 0).take(MAX_LISTED).map(|(_, c)| called(c)).collect();
    if listed.is_empty() { d } else { d.hint(format!("there is {}", listed.join(", "))) }
}

/// A component as it is listed.
pub(super) fn called(c: &Component) -> String {
    format!("{} (`{}`)", c.label, c.id)
}

/// Several things are called so.
pub(super) fn ambiguous(a: &Architecture, words: &[Word], several: &[Id]) -> Refusal {
    let name = phrase::join(bare(words));
    let d = Diagnostic::error(
        "BP0803",
        phrase::span(words),
        format!("“{name}” fits {} components", several.len()),
    );
    let listed: Vec<String> =
        several.iter().filter_map(|id| a.component(id.as_str())).take(MAX_LISTED).map(called).collect();
    Refusal::several(d.hint(format!("say which: {}", listed.join(", "))))
}
