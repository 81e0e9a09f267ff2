//! Capabilities and patterns of building that other readers ask for by name.
//!
//! Takes a name or a text and gives what the data files know under it. It reads no prompt.

use crate::text::Span;

use super::knowledge::{Capability, Pattern, vocabulary};
use super::pattern;
use super::phrases::span_of;
use super::words::{Mark, Token, tokens};

/// The capability that a feature's name asks for, when all of the name but a general last noun says so: "live chat",
/// "recommendation engine", but not "visual search" for search.
pub(crate) fn capability(name: &str, general: &[String]) -> Option<&'static Capability> {
    let tokens = tokens(name);
    let told = |n: &usize| tokens.get(*n).is_some_and(|t| !general.contains(&t.lower));
    let telling: Vec<usize> = (0..tokens.len()).filter(told).collect();
    let covers = |pattern: &Pattern| {
        let found = pattern::find(pattern, &tokens, 0..tokens.len());
        found.is_some_and(|m| !telling.is_empty() && telling.iter().all(|n| m.tokens.contains(n)))
    };
    crate::catalog::capabilities().iter().find(|c| c.phrases.iter().any(covers))
}

/// A pattern of building systems that a text names.
pub(crate) struct PatternNamed {
    pub(crate) capability: &'static Capability,
    pub(crate) span: Span,
}

/// The patterns a text names, in the order of the text: "CQRS", "the outbox pattern". Of those that share words, the one
/// with more of them.
pub(crate) fn patterns_named(text: &str) -> Vec<PatternNamed> {
    let tokens = tokens(text);
    let mut kept: Vec<(usize, usize, &'static Capability)> = Vec::new();
    let mut next = 0;
    for sentence in tokens.split(|t| t.mark == Mark::Stop) {
        let offset = next;
        next += sentence.len() + 1;
        let bits = pattern::bits(sentence);
        let mut found: Vec<(usize, usize, &'static Capability)> = Vec::new();
        for capability in crate::catalog::capabilities().iter().filter(|c| c.pattern) {
            let longest = capability
                .phrases
                .iter()
                .filter(|p| p.bits & !bits == 0)
                .filter_map(|p| pattern::find(p, sentence, 0..sentence.len()))
                .max_by_key(|m| m.tokens.len());
            let meant = longest.filter(|m| !denied(sentence, m.first()));
            found.extend(meant.map(|m| (offset + m.first(), offset + m.last() + 1, capability)));
        }
        let longer = |a: &(usize, usize, &Capability)| {
            found.iter().any(|b| b.0 < a.1 && a.0 < b.1 && b.1 - b.0 > a.1 - a.0)
        };
        kept.extend(found.iter().filter(|f| !longer(f)));
    }
    kept.sort_by_key(|f| f.0);
    kept.into_iter()
        .map(|(start, end, capability)| PatternNamed { capability, span: span_of(&tokens, start, end) })
        .collect()
}

/// How far before a pattern's name a word that rules it out is looked for, in tokens.
const DENIAL_REACH: usize = 5;

/// Whether what stands at `at` is ruled out: "without CQRS", "we do not use sagas".
fn denied(sentence: &[Token], at: usize) -> bool {
    let denies = |t: &Token| {
        let word = t.lower.as_str();
        vocabulary().exclusions.contains(&word) || word.ends_with("n't") || word == "instead"
    };
    sentence[at.saturating_sub(DENIAL_REACH)..at].iter().any(denies)
}
