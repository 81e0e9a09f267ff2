//! Sentences that tell a choice and what was not chosen: "We picked Kafka over RabbitMQ because partners replay events."
//!
//! Takes the tokens of a sentence and gives the stretches that are no part of the system: who chose, what was not chosen,
//! and why. The words are in `assets/words/choices.yaml`.

use std::ops::Range;

use super::tokens::Token;

/// The lists of `choices.yaml` under their own names.
#[derive(Debug)]
struct ChoiceWords {
    who: &'static [&'static str],
    choosing: &'static [&'static str],
    taking: &'static [&'static str],
    refusing: &'static [&'static str],
    over: &'static [&'static str],
    why: &'static [&'static str],
    further: &'static [&'static str],
}

static WORDS: ChoiceWords = include!(concat!(env!("OUT_DIR"), "/choices.rs"));

/// How many words may stand between who chooses and the verb.
const GAP: usize = 2;

/// The stretches of a sentence that tell of a choice rather than of the system.
pub(super) fn untold(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let end = tokens.len();
    let Some(start) = phrase(tokens, 0, WORDS.who) else { return chosen(tokens) };
    let verb = |list| (start..=start + GAP).find_map(|at| Some((at, at + phrase(tokens, at, list)?)));
    if verb(WORDS.refusing).is_some() {
        return std::iter::once(0..end).collect();
    }
    let why = first(tokens, start, WORDS.why);
    if let Some((_, behind)) = verb(WORDS.choosing) {
        let prefers = tokens.get(..behind).is_some_and(|t| t.iter().any(|t| t.lower.starts_with("prefer")));
        let to = || first(tokens, behind, &["to"]).filter(|_| prefers);
        let over = [first(tokens, behind, WORDS.over), to()].into_iter().flatten().min();
        return match (over, why) {
            // Only what was chosen is left, as a name.
            (Some(over), _) => {
                let further = first(tokens, behind, WORDS.further).unwrap_or(end);
                vec![0..behind, over.min(further)..end]
            }
            (None, Some(why)) => std::iter::once(why..end).collect(),
            (None, None) => Vec::new(),
        };
    }
    // "We use Timestream instead of InfluxDB": beside what was not taken, any of these verbs chooses.
    let over = first(tokens, start, WORDS.over);
    match (verb(WORDS.taking), over) {
        (Some((_, behind)), Some(over)) if behind < over => {
            let further = first(tokens, behind, WORDS.further).unwrap_or(end);
            vec![0..behind, over.min(further)..end]
        }
        _ => Vec::new(),
    }
}

/// "Kafka was chosen over RabbitMQ because …"
fn chosen(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let be = ["was", "were", "is", "are", "been"];
    let Some(at) = (1..tokens.len()).find(|&at| {
        be.iter().any(|b| tokens.get(at - 1).is_some_and(|t| t.is(b)))
            && phrase(tokens, at, WORDS.choosing).is_some()
    }) else {
        return Vec::new();
    };
    let prefers = tokens.get(at).is_some_and(|t| t.lower.starts_with("prefer"));
    let to = || first(tokens, at, &["to"]).filter(|_| prefers);
    match [first(tokens, at, WORDS.over), to()].into_iter().flatten().min() {
        Some(_) => std::iter::once(at - 1..tokens.len()).collect(),
        None => first(tokens, at, WORDS.why).map(|why| why..tokens.len()).into_iter().collect(),
    }
}

/// How many tokens a phrase of the list takes that begins at `at`.
fn phrase(tokens: &[Token<'_>], at: usize, list: &[&str]) -> Option<usize> {
    let fits = |phrase: &&&str| {
        phrase.split(' ').enumerate().all(|(n, w)| tokens.get(at + n).is_some_and(|t| t.is(w)))
    };
    list.iter().filter(fits).map(|p| p.split(' ').count()).max()
}

/// Where a phrase of the list stands first behind a place.
fn first(tokens: &[Token<'_>], from: usize, list: &[&str]) -> Option<usize> {
    (from..tokens.len()).find(|&at| phrase(tokens, at, list).is_some())
}
