//! Sentences, stretches and sections that speak of something else than the system: plans, comparisons, history, tooling.
//!
//! Takes a sentence and gives its tokens without the stretches that are about something else. The words are in
//! `assets/words/roles.yaml`.

use std::borrow::Cow;

use super::choices::untold;
use super::lexicon::{Lexicon, Noun};
use super::measures::{between_commas, demanded, likewise};
use super::passing::in_passing;
use super::sentences::Sentence;
use super::standbys::standbys;
use super::tokens::{Shape, Token};

/// The most words of a heading that is taken by one of its words: "Next steps", but not "How the roadmap service works".
const HEADING_WORDS: usize = 4;

/// The most words before a colon that say what a line is about: "Planned for next year: …".
const LABEL_WORDS: usize = 5;

/// The most words that `*` in a mark stands for.
const GAP: usize = 4;

/// Words that say that something is not there yet.
const FUTURE: [&str; 7] = ["will", "would", "could", "might", "may", "shall", "want"];

/// Words that join a stretch to the one before.
const JOINTS: [&str; 9] = ["and", "but", "so", "although", "though", "while", "which", "who", "because"];

/// Whether a heading opens a section about something else than the system.
pub(super) fn off_topic(lexicon: &Lexicon, sentence: &Sentence<'_>) -> bool {
    let words = sentence.tokens.iter().filter(|t| t.word()).count();
    words <= HEADING_WORDS && other(lexicon, &sentence.tokens)
}

/// Whether words that stand alone, as a heading or a label, are about something else.
fn other(lexicon: &Lexicon, words: &[Token<'_>]) -> bool {
    let negated = words.first().is_some_and(|t| t.is("not") || t.is("no"));
    // "Background jobs", "Team service": the words before a thing only say which it is.
    let thing = words.len() > 1
        && words.last().is_some_and(|t| matches!(lexicon.noun(&t.lower), Some((Noun::Component(_), _))));
    let whole = words.iter().map(|t| t.lower.as_str()).collect::<Vec<_>>().join(" ");
    negated
        || lexicon.roles.other_sections.contains(&whole)
        || !thing && words.iter().any(|t| lexicon.roles.other_sections.contains(&t.lower))
        || marks(lexicon, words).any(|m| found(m, words).is_some())
}

/// Whether a line is only a label, and what its list holds is about something else: "Not yet built:".
pub(super) fn off_topic_label(lexicon: &Lexicon, sentence: &Sentence<'_>) -> bool {
    label(sentence).is_some_and(|words| words.len() + 1 == sentence.tokens.len() && off_label(lexicon, words))
}

fn off_label(lexicon: &Lexicon, words: &[Token<'_>]) -> bool {
    // "Next:" is a step; "Next steps:" is none.
    let step = matches!(words, [only] if only.is("next"));
    !step && other(lexicon, words)
}

/// The words before a colon at the beginning of a sentence.
fn label<'s, 'a>(sentence: &'s Sentence<'a>) -> Option<&'s [Token<'a>]> {
    let at = sentence.tokens.iter().take(LABEL_WORDS + 1).position(|t| t.is(":"))?;
    sentence.tokens.get(..at).filter(|words| !words.is_empty())
}

/// The tokens of a sentence that are about the system as it is; none, when all of it is about something else.
pub(super) fn about_the_system<'s, 'a>(
    lexicon: &Lexicon,
    sentence: &'s Sentence<'a>,
) -> Cow<'s, [Token<'a>]> {
    let tokens = &sentence.tokens;
    let ahead = || tokens.iter().any(|t| FUTURE.contains(&t.lower.as_str()));
    let opening = tokens.first().is_some_and(|t| {
        lexicon.roles.aside_openings.contains(&t.lower)
            || lexicon.roles.plan_openings.contains(&t.lower) && ahead()
    });
    let labelled = label(sentence).is_some_and(|words| off_label(lexicon, words));
    if opening || labelled || sentence.question || numbered(tokens) {
        return Cow::default();
    }
    let mut kept: Vec<bool> = vec![true; tokens.len()];
    for mark in marks(lexicon, tokens) {
        if let Some((from, to)) =
            found(mark, tokens).filter(|&(from, _)| !serves(tokens, from) && !noun(tokens, from))
        {
            let (start, end) = stretch(tokens, from, to);
            kept.iter_mut().take(end).skip(start).for_each(|k| *k = false);
        }
    }
    let elsewhere = standbys(tokens).into_iter().map(|s| s.range);
    let measured =
        demanded(tokens).into_iter().chain(between_commas(tokens)).chain(likewise(tokens).map(|l| l.range));
    let passing = in_passing(lexicon, tokens);
    for range in untold(tokens).into_iter().chain(elsewhere).chain(measured).chain(passing) {
        kept.iter_mut().take(range.end).skip(range.start).for_each(|k| *k = false);
    }
    let out: Cow<'s, [Token<'a>]> = if kept.iter().all(|kept| *kept) {
        Cow::Borrowed(tokens)
    } else {
        tokens.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(token, _)| token.clone()).collect()
    };
    if out.iter().any(Token::word) { out } else { Cow::default() }
}

/// "Step B.": the number of what follows.
fn numbered(tokens: &[Token<'_>]) -> bool {
    let words: Vec<&Token<'_>> = tokens.iter().filter(|t| t.shape != Shape::Mark).collect();
    let [first, number] = words.as_slice() else { return false };
    let counts = number.shape == Shape::Number || number.text.len() == 1;
    matches!(first.lower.as_str(), "step" | "phase" | "stage") && counts
}

/// "is used to send mail" says what a thing is for, where "used to send mail" is history.
fn serves(tokens: &[Token<'_>], at: usize) -> bool {
    let used = tokens.get(at).is_some_and(|t| t.is("used"));
    let before = at.checked_sub(1).and_then(|b| tokens.get(b));
    used && before.is_none_or(|t| {
        ["is", "are", "be", "was", "were", "been", "also", "only", "mainly"].contains(&t.lower.as_str())
            || t.shape != super::tokens::Shape::Word
    })
}

/// "writes the plan to the database" speaks of a plan, where "we plan to" plans.
fn noun(tokens: &[Token<'_>], at: usize) -> bool {
    let plan = tokens.get(at).is_some_and(|t| t.is("plan") || t.is("plans"));
    let before = at.checked_sub(1).and_then(|b| tokens.get(b));
    plan && before.is_some_and(|t| {
        ["the", "a", "this", "its", "their", "and", "daily", "new"].contains(&t.lower.as_str())
    })
}

/// The marks that begin with one of these words.
fn marks(lexicon: &Lexicon, tokens: &[Token<'_>]) -> impl Iterator<Item = &'static str> {
    tokens.iter().filter_map(|t| lexicon.roles.aside_marks.get(&t.lower)).copied().flatten().copied()
}

/// Where a mark stands: its first token and the one behind its last. `*` stands for a few words.
fn found(mark: &str, tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let first = mark.split(' ').next()?;
    tokens.iter().enumerate().filter(|(_, t)| t.is(first)).find_map(|(start, _)| {
        let (mut at, mut gap) = (start, 0);
        for word in mark.split(' ') {
            if word == "*" {
                gap = GAP;
                continue;
            }
            let reach = tokens.get(at..(at + gap + 1).min(tokens.len()))?;
            at += reach.iter().position(|t| t.is(word))? + 1;
            gap = 0;
        }
        Some((start, at))
    })
}

/// The stretch of a sentence around a mark: to the next semicolon, dash, or comma with a joining word, on both sides.
fn stretch(tokens: &[Token<'_>], from: usize, to: usize) -> (usize, usize) {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|t| words.contains(&t.lower.as_str()));
    let cuts = |at: usize| {
        is(at, &[";", "(", ")", "—", "–"])
            || is(at, &["-"]) && tokens.get(at).is_some_and(|t| t.spaced)
            || is(at, &[","]) && is(at + 1, &JOINTS)
            || is(at, &["but"])
    };
    let start = (0..from).rev().find(|&at| cuts(at)).unwrap_or(0);
    let end = (to..tokens.len()).find(|&at| cuts(at)).unwrap_or(tokens.len());
    (start, end)
}
