//! What features deal with outside of the system: "sends updates to the departure control system".
//!
//! Takes a feature's phrase with the part that was made of it, and adds the outside party. It knows no names; last words that
//! stand for such parties are in the data files.

use crate::model::{Kind, Mode, Origin};

use super::assemble::Assembly;
use super::draft::{class, core_words, stated};
use super::features::Feature;
use super::frame::{chunk_end, noun_phrase};
use super::knowledge::vocabulary;
use super::phrases::span_of;
use super::words::{Mark, Token, sentence_case, stem};

/// Words behind which somebody outside stands.
const TOWARDS: &[&str] = &["to", "from", "with", "via", "through", "into", "by", "against"];

impl Assembly<'_> {
    /// Adds the outside parties that a feature's phrase names, joined with the part `main` that deals with them.
    pub(crate) fn outside(&mut self, feature: &Feature, main: usize) {
        let (tokens, phrase) = (self.tokens, &feature.phrase);
        if class(self.draft.parts[main].kind) != 4 {
            return;
        }
        for at in phrase.start..phrase.end {
            let opener = tokens[at].lower.as_str();
            let end = chunk_end(tokens, at + 1, phrase.end);
            if !TOWARDS.contains(&opener) || end <= at + 1 || !is_outsider(tokens, at + 1..end) {
                continue;
            }
            let name = noun_phrase(tokens, at + 1..end);
            let label = sentence_case(&name);
            let known =
                |p: &super::draft::Part| class(p.kind) != 4 && core_words(&p.label) == core_words(&label);
            if self.draft.parts.iter().any(known) {
                continue;
            }
            let span = span_of(tokens, at + 1, end);
            let party = self.draft.add(stated(
                &format!("outside-{}", label.to_lowercase()),
                &label,
                Kind::External,
                span,
            ));
            let origin = Origin::inferred(span, "the text says with whom the feature deals");
            if opener == "from" {
                self.draft.link(party, main, "data", Mode::Async, origin);
            } else {
                self.draft.link(main, party, "exchange data", Mode::Sync, origin);
            }
        }
    }

    /// A name in brackets behind a feature is one of those that it deals with: "currency rates (ECB, Reuters)".
    pub(crate) fn bracketed(&mut self, name: &str, feature: &Feature) -> Option<usize> {
        let tokens = self.tokens;
        let start = feature.phrase.start;
        let opened = tokens[..start]
            .iter()
            .rev()
            .take_while(|t| t.mark != Mark::Stop && t.text != ")")
            .any(|t| t.text == "(");
        if !opened || !tokens[start].text.starts_with(char::is_uppercase) {
            return None;
        }
        let runs = |at: &usize| class(self.draft.parts[*at].kind) == 4;
        let main = self.made.iter().rev().find_map(|(_, made)| made.first().copied().filter(runs))?;
        let label = sentence_case(name);
        let key = format!("outside-{}", name.to_lowercase());
        let party = self.draft.add(stated(&key, &label, Kind::External, feature.span));
        let why = "the text names it in brackets behind the feature";
        self.draft.link(main, party, "exchange data", Mode::Sync, Origin::inferred(feature.span, why));
        Some(party)
    }
}

/// Whether a noun phrase names somebody outside of the system.
pub(super) fn is_outsider(tokens: &[Token], range: std::ops::Range<usize>) -> bool {
    let words = vocabulary();
    let is = |list: &[&str], i: usize| list.contains(&tokens[i].lower.as_str());
    let quality = |i: usize| {
        words.qualities.iter().any(|q| super::pattern::find(q, tokens, i..i + 1).is_some())
            || words.roles.iter().any(|r| stem(r) == tokens[i].stem())
            || super::phrases::is_empty(&tokens[i].lower)
    };
    let Some(last) = range.clone().last() else { return false };
    let named = (range.start..last).any(|i| tokens[i].is_word() && !quality(i));
    is(words.outsiders, last) || named && is(words.outside_systems, last)
}
