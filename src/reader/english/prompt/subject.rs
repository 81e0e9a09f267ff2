//! What a prompt is about.
//!
//! Takes the phrases and gives the reference design that fits best, with the words that called for it.

use super::knowledge::{Design, knowledge, vocabulary};
use super::pattern;
use super::phrases::{Phrase, Role};
use super::words::{Token, stem};

/// A design and the tokens that called for it.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) design: &'static Design,
    pub(crate) tokens: Vec<usize>,
    /// The keyword of the design that fitted best.
    pub(crate) keyword: &'static str,
}

/// How much a keyword counts by where it stands: per word, and at least how much is needed in all.
const NEEDED: usize = 10;

/// The design that the prompt's own subject and the models it names call for.
pub(crate) fn subject(tokens: &[Token], phrases: &[Phrase]) -> Option<Subject> {
    let mut best: Option<(usize, Subject)> = None;
    for design in knowledge().designs {
        let (score, taken, keyword) = score(design, tokens, phrases);
        if score >= NEEDED && best.as_ref().is_none_or(|(s, _)| score > *s) {
            best = Some((score, Subject { design, tokens: taken, keyword }));
        }
    }
    best.map(|(_, subject)| subject)
}

/// The titles of designs that fit nearly as well as the one that was taken, best first.
pub(crate) fn rivals(tokens: &[Token], phrases: &[Phrase], taken: &Subject) -> Vec<&'static str> {
    let best = score(taken.design, tokens, phrases).0;
    let near = |s: usize| s >= NEEDED && s * 4 >= best * 3;
    let others = knowledge().designs.iter().filter(|d| d.id != taken.design.id);
    let mut scored: Vec<(usize, &str)> =
        others.map(|d| (score(d, tokens, phrases).0, d.title)).filter(|(s, _)| near(*s)).collect();
    scored.sort_by_key(|(s, _)| std::cmp::Reverse(*s));
    scored.into_iter().map(|(_, title)| title).take(MAX_RIVALS).collect()
}

/// The most designs that are named as other choices.
const MAX_RIVALS: usize = 3;

fn score(design: &'static Design, tokens: &[Token], phrases: &[Phrase]) -> (usize, Vec<usize>, &'static str) {
    let (mut best, mut taken, mut by) = (0, Vec::new(), "");
    let mut features: Vec<usize> = Vec::new();
    for keyword in design.keywords {
        for phrase in phrases {
            let Some(found) = pattern::find(keyword, tokens, phrase.range()) else { continue };
            let words = found.tokens.len();
            let broad = vocabulary().broad.contains(&keyword.text);
            if broad && phrase.range().any(|i| !found.tokens.contains(&i) && !is_plain(tokens, i)) {
                continue;
            }
            let score = match phrase.role {
                Role::Head if ends_with(tokens, phrase, found.last()) => 12 * words + 6,
                // "A hotel chain's loyalty platform" is no hotel, unless its features say so.
                Role::Head if words == 1 => 9,
                Role::Head => 12 * words,
                Role::Model => 32 * words,
                Role::Context if names_subject(tokens, phrases, phrase) => 11 * words,
                Role::Context => 3 * words,
                Role::Feature => {
                    features.push(found.first());
                    (4 * words).min(NEEDED - 2)
                }
                Role::Means | Role::Excluded => 0,
            };
            if score > best {
                best = score;
                by = keyword.text;
                if phrase.role == Role::Head {
                    taken = found.tokens;
                }
            }
        }
    }
    features.sort_unstable();
    features.dedup();
    (best + features.len().saturating_sub(1).min(4) * 3, taken, by)
}

/// Whether a phrase tells what the system is because the head does not: "a pipeline for training models".
fn names_subject(tokens: &[Token], phrases: &[Phrase], context: &Phrase) -> bool {
    let plain = |i: usize| is_plain(tokens, i);
    let head = phrases.iter().find(|p| p.role == Role::Head);
    head.is_none_or(|head| context.start <= head.end + 3 && head.range().all(plain))
}

/// Whether a token says nothing of what the system is about.
fn is_plain(tokens: &[Token], at: usize) -> bool {
    let words = vocabulary();
    words.roles.iter().chain(words.systems).any(|w| stem(w) == tokens[at].stem())
        || words.qualities.iter().any(|q| pattern::find(q, tokens, at..at + 1).is_some())
}

/// Whether a token is the last one of its phrase that says something.
fn ends_with(tokens: &[Token], phrase: &Phrase, at: usize) -> bool {
    let words = vocabulary();
    let plain = |t: &Token| words.roles.iter().chain(words.systems).any(|w| stem(w) == t.stem());
    (at + 1..phrase.end).all(|i| plain(&tokens[i]))
}
