//! What a feature is called: the words of its noun phrase without those that say nothing of it.
//!
//! Takes tokens and gives a name, or says that there is none: mere qualities, figures and people are no features. It knows no
//! capability.

use super::super::lexicon::{Noun, lexicon};
use super::features::NUMBERS;
use super::frame::{PREPOSITIONS, written};
use super::knowledge::{knowledge, vocabulary};
use super::pattern;
use super::phrases::{is_empty, is_joined};
use super::words::{Mark, Token, stem};

/// The words of a noun phrase as a name: without articles, adjectives of quality and what is taken.
pub(super) fn words(tokens: &[Token], range: std::ops::Range<usize>, taken: &[usize]) -> String {
    let qualities = vocabulary().qualities;
    let quality: Vec<usize> = qualities
        .iter()
        .filter_map(|q| pattern::find(q, tokens, range.clone()))
        .flat_map(|m| m.tokens)
        .collect();
    let telling = |i: usize| tokens[i].is_word() && !quality.contains(&i) && !is_empty(&tokens[i].lower);
    let others = range.clone().any(telling);
    let quality: Vec<usize> = quality
        .iter()
        .copied()
        .filter(|&i| !(others && MEASURED.contains(&tokens[i].lower.as_str())))
        .collect();
    let plain = |i: &usize| tokens[*i].is_word() && !taken.contains(i) && !quality.contains(i);
    let lone = range.clone().filter(plain).count() == 1;
    let mut kept: Vec<(usize, String)> = range
        .filter(|i| {
            let token = &tokens[*i];
            token.is_word()
                && !taken.contains(i)
                && (!quality.contains(i) || lone && TELLING.contains(&token.lower.as_str()))
                && (!is_empty(&token.lower) || is_joined(tokens, *i))
                && !token.lower.starts_with(|c: char| c.is_ascii_digit())
                && (is_joined(tokens, *i) || !NUMBERS.iter().any(|n| n.0 == token.lower))
        })
        .map(|i| (i, written(&tokens[i])))
        .collect();
    if kept.len() > 4 {
        kept.drain(..kept.len() - 4);
    }
    let mut name = String::new();
    for (i, word) in kept {
        if !name.is_empty() {
            name.push(if tokens[i].mark == Mark::Joined && tokens[i].span.start > 0 { '-' } else { ' ' });
        }
        name.push_str(&word);
    }
    name
}

/// A name for a feature that no capability knows, unless it is a mere quality, figure or context.
pub(super) fn unknown(tokens: &[Token], range: std::ops::Range<usize>, taken: &[usize]) -> Option<String> {
    let vocabulary = vocabulary();
    let name = words(tokens, range.clone(), taken);
    let said = name.split([' ', '-']).any(|w| {
        w.len() > 2
            && (!vocabulary.roles.iter().any(|r| stem(r) == stem(w))
                || w.trim_end_matches('s') == "application")
            && !PREPOSITIONS.contains(&w)
            && !vocabulary.people.iter().any(|p| stem(p) == stem(w))
    });
    // "Driver app" says something of its own, "app" does not.
    let screen = name.rsplit_once(' ').is_some_and(|(who, last)| {
        vocabulary.heads.iter().any(|(w, k)| *k == "client" && stem(w) == stem(last))
            && vocabulary.people.iter().any(|p| who.split(' ').any(|w| stem(p) == stem(w)))
    });
    let said = said || screen;
    let figure = range.clone().any(|i| tokens[i].lower.starts_with(|c: char| c.is_ascii_digit()));
    let surface = matches!(
        name.as_str(),
        "web" | "mobile" | "desktop" | "ios" | "iOS" | "android" | "browser" | "online" | "app"
    );
    let verb_only = surface
        || range.len() == 1
            && (tokens[range.start].lower.ends_with("ed") || tokens[range.start].lower.ends_with("ly"));
    let able = range.len() == 1 && ["able", "ible"].iter().any(|e| tokens[range.start].lower.ends_with(e));
    let person = range.len() == 1
        && matches!(
            lexicon().noun(&super::words::singular(&tokens[range.start].lower)),
            Some((Noun::Person, _))
        );
    let place = knowledge().platforms.iter().any(|p| {
        p.phrases
            .iter()
            .any(|w| pattern::find(w, tokens, range.clone()).is_some_and(|m| m.tokens.len() == range.len()))
    });
    (said && !figure && !verb_only && !able && !person && !place && name.split(' ').count() <= 4)
        .then_some(name)
}

/// Qualities that are measured: beside another noun they say what a feature is about ("SLA timers").
const MEASURED: &[&str] =
    &["sla", "uptime", "performance", "latency", "throughput", "consistency", "dynamic", "custom"];

/// Qualities that make a name of a single word: "live view", "smart lock".
const TELLING: &[&str] =
    &["live", "smart", "custom", "instant", "interactive", "personal", "dynamic", "global"];
