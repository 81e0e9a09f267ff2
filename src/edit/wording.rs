//! A sentence in plainer words: "has to" is "should", "w/" is "with", a condition has its comma.
//!
//! Takes words and gives others that say the same (`plainer` in `assets/words/edits.yaml`); tried where the sentence as it
//! stands makes no sense.

use super::names::DETERMINERS;
use super::pattern::{knowledge, starts};
use super::phrase::{Word, span};

/// The sentence with plainer words; `None` when it has none.
pub(super) fn plainer(words: &[Word]) -> Option<Vec<Word>> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let found = knowledge().plainer.iter().filter_map(|(said, plain)| Some((starts(rest, said)?, plain)));
        match found.max_by_key(|(length, _)| *length) {
            Some((length, plain)) => {
                let place = span(&rest[..length]);
                let plain = plain.split(' ').filter(|w| !w.is_empty());
                out.extend(plain.map(|w| Word::new(w, place, false)));
                at += length;
            }
            None => {
                out.push(words[at].clone());
                at += 1;
            }
        }
    }
    if let Some(at) = consequence(&out) {
        let place = out[at].span;
        out.insert(at, Word::new(",", place, false));
    }
    (out != words && !out.is_empty()).then_some(out)
}

/// "if the payment is missing the hold must be released": where the consequence begins, if no comma says so.
fn consequence(words: &[Word]) -> Option<usize> {
    let condition = words.first()?.is_any(&["when", "whenever", "if", "once", "after"]);
    if !condition || words.iter().any(|w| w.is(",")) {
        return None;
    }
    let duty = words.iter().rposition(|w| w.is_any(&["must", "should", "shall"]))?;
    (3..duty).rev().find(|&n| words[n].is_any(DETERMINERS) || words[n].is_any(&["we", "it", "they"]))
}
