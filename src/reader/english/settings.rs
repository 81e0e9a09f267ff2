//! What sentences say of single connections besides what goes over them: how long a caller waits, how it is known.
//!
//! Takes the sentences and the architecture drawn from them; sets properties of connections. It adds no component and no
//! connection. The words are in `assets/words/settings.yaml`.

use super::component_settings::last_of;
use super::figures::{near, number, quantity};
use super::lexicon::{Words, joined_lower};
use super::sentences::Sentence;
use super::tokens::Token;
use crate::model::{Architecture, ConnectionIndex, Dimension, Id, Kind, Origin, Property, Value};
use crate::text::{Source, Span};

/// The most settings taken from one text.
const MAX_SETTINGS: usize = 200;
/// The longest phrase in tokens.
const MAX_WORDS: usize = 4;

/// The lists of `settings.yaml` under their own names, as the build script writes them down.
#[derive(Debug)]
struct SettingWords {
    time_limit: &'static [&'static str],
    auth: &'static [&'static str],
    by: &'static [&'static str],
    retry: &'static [&'static str],
    backoff: &'static [&'static str],
    times: &'static [&'static str],
    ruled_out: &'static [&'static str],
    idempotency_key: &'static [&'static str],
    idempotent: &'static [&'static str],
    encryption: &'static [&'static str],
    all_data: &'static [&'static str],
    lag: &'static [&'static str],
    /// The words that phrases of time limits begin with.
    limits: Words,
    /// The tokens that phrases begin with that say a setting by themselves.
    openings: Words,
}

static WORDS: SettingWords = include!(concat!(env!("OUT_DIR"), "/settings.rs"));

/// How far words of a time limit stand from a figure, if they are near.
pub(super) fn time_limit(tokens: &[Token<'_>], at: usize, end: usize) -> Option<usize> {
    near(tokens, at, end, WORDS.time_limit)
}

/// Whether words near a duration say that something lags behind by it.
pub(super) fn lags(tokens: &[Token<'_>], at: usize, end: usize) -> bool {
    near(tokens, at, end, WORDS.lag).is_some()
}

/// Sets what the sentences say of connections.
pub(super) fn set(source: &Source, sentences: &[Sentence<'_>], architecture: &mut Architecture) {
    let mut count = 0;
    for sentence in sentences {
        let limited = sentence.tokens.iter().any(|t| WORDS.limits.contains(&t.lower));
        let mut at = 0;
        while at < sentence.tokens.len() && count < MAX_SETTINGS {
            let tokens = &sentence.tokens;
            let limit = if limited { limit(source, tokens, at) } else { None };
            let found = limit.or_else(|| spoken(source, tokens, at));
            let Some((name, value, span, end)) = found else {
                at += 1;
                continue;
            };
            count += 1;
            let about = match name {
                "idempotent" => {
                    Some(named(source, architecture, sentence.span, span.start).into_iter().collect())
                }
                "encryption" => Some(encrypted(source, architecture, sentence.span, span.start)),
                _ => None,
            };
            if let Some(components) = about {
                for id in components {
                    let property = Property { value: value.clone(), origin: Origin::stated(span) };
                    let _ = architecture.edit_component(id.as_str(), |c| {
                        c.properties.entry(name.to_owned()).or_insert(property);
                    });
                }
                at = end;
                continue;
            }
            let property = Property { value, origin: Origin::stated(span) };
            if let Some(index) = meant(source, architecture, sentence.span, span.start) {
                let _ = architecture.edit_connection(index, |c| {
                    c.properties.entry(name.to_owned()).or_insert(property);
                });
            } else if name == "auth"
                && let Some(id) =
                    last_of(source, architecture, (sentence.span, span.start), |k| !k.is_store())
            {
                // "A gateway authenticates them with mTLS": nothing is drawn there, and the part does it.
                let _ = architecture.edit_component(id.as_str(), |c| {
                    c.properties.entry(name.to_owned()).or_insert(property);
                });
            }
            at = end;
        }
    }
}

/// A setting: its name, its value, where it stands, and the token behind it.
type Found = (&'static str, Value, Span, usize);

/// A setting that is no figure.
fn spoken(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<Found> {
    // Most words begin no phrase.
    if !WORDS.openings.contains(&tokens.get(at)?.lower) {
        return None;
    }
    auth(source, tokens, at)
        .or_else(|| retries(tokens, at))
        .or_else(|| phrase(tokens, at, "backoff", WORDS.backoff))
        .or_else(|| phrase(tokens, at, "idempotency_key", WORDS.idempotency_key))
        .or_else(|| phrase(tokens, at, "idempotent", WORDS.idempotent))
        .or_else(|| phrase(tokens, at, "encryption", WORDS.encryption))
}

/// "with a timeout of 10 seconds".
fn limit(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<Found> {
    let (quantity, span, end) = quantity(source, tokens, at)?;
    let timed = quantity.dimension == Dimension::Duration && time_limit(tokens, at, end).is_some();
    timed.then_some(("timeout", Value::Quantity(quantity), span, end))
}

/// "with an API key", "using mutual TLS".
fn auth(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<Found> {
    let mut before =
        tokens.get(..at)?.iter().rev().filter(|t| !["a", "an", "the", "their"].iter().any(|w| t.is(w)));
    let led = before.next().is_some_and(|t| WORDS.by.iter().any(|by| t.is(by)));
    let most = MAX_WORDS.min(tokens.len() - at);
    let length = led.then(|| (1..=most).rev().find(|&n| says(&tokens[at..at + n])))??;
    let span = tokens.get(at)?.span.join(tokens.get(at + length - 1)?.span);
    let text = source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(("auth", Value::Text(text), span, at + length))
}

fn says(tokens: &[Token<'_>]) -> bool {
    WORDS.auth.contains(&joined_lower(tokens).replace(" - ", "-").as_str())
}

/// "retries three times", "is retried twice", "retries".
fn retries(tokens: &[Token<'_>], at: usize) -> Option<Found> {
    let length = spoken_of(tokens, at, WORDS.retry)?;
    let behind = at + length;
    // "three attempts", "up to five retries"
    let before = at.checked_sub(1).and_then(|b| Some((number(tokens, b)?.0, b, behind)));
    let after = (behind..tokens.len().min(behind + 5)).find_map(|n| {
        let (count, words) = number(tokens, n)?;
        let times = tokens.get(n + words).is_some_and(|t| t.is("times") || t.is("attempts"));
        times.then_some((count, at, n + words + 1))
    });
    let word = (behind..tokens.len().min(behind + 3)).find_map(|n| {
        let count = WORDS.times.iter().position(|w| tokens.get(n).is_some_and(|t| t.is(w)))?;
        #[allow(clippy::cast_precision_loss)]
        Some(((count + 1) as f64, at, n + 1))
    });
    let counted = after.or(word).or(before);
    let (start, end) = counted.map_or((at, behind), |(_, start, end)| (start, end));
    let span = tokens.get(start)?.span.join(tokens.get(end - 1)?.span);
    let value = match counted {
        Some((count, ..)) => Value::parse(&format!("{count}")),
        // "attempts" alone says nothing.
        None if tokens.get(at).is_some_and(|t| t.lower.starts_with("attempt")) => return None,
        None => Value::Flag(true),
    };
    Some(("retries", value, span, end))
}

/// A phrase of a list, as a setting that holds.
fn phrase(tokens: &[Token<'_>], at: usize, name: &'static str, list: &[&str]) -> Option<Found> {
    let length = spoken_of(tokens, at, list)?;
    let span = tokens.get(at)?.span.join(tokens.get(at + length - 1)?.span);
    let exponential = name == "backoff" && tokens.get(at).is_some_and(|t| t.lower.starts_with("exponential"));
    let value = if exponential { Value::Text("exponential".to_owned()) } else { Value::Flag(true) };
    Some((name, value, span, at + length))
}

/// How many words of a phrase of the list stand at `at`, unless a word before rules it out.
fn spoken_of(tokens: &[Token<'_>], at: usize, list: &[&str]) -> Option<usize> {
    let first = tokens.get(at)?.lower.as_str();
    if !list.iter().any(|phrase| phrase.starts_with(first)) {
        return None;
    }
    let most = MAX_WORDS.min(tokens.len() - at);
    let length = (1..=most).rev().find(|&n| {
        let words = joined_lower(&tokens[at..at + n]).replace(" - ", "-");
        list.contains(&words.as_str())
    })?;
    let before = tokens.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    (!before.iter().any(|t| WORDS.ruled_out.iter().any(|w| t.is(w)))).then_some(length)
}

/// The program of a sentence that was named last before a place in it.
fn named(source: &Source, a: &Architecture, sentence: Span, at: usize) -> Option<Id> {
    last_of(source, a, (sentence, at), |kind| kind.is_compute() || kind == Kind::External)
}

/// The stores that a sentence says are encrypted: the one named before, or all of them.
fn encrypted(source: &Source, a: &Architecture, sentence: Span, at: usize) -> Vec<Id> {
    let before = source.text().get(sentence.start..at).unwrap_or("").to_ascii_lowercase();
    let stores = a.components().filter(|c| c.kind.is_store());
    if WORDS.all_data.iter().any(|w| before.contains(w)) {
        return stores.map(|c| c.id.clone()).collect();
    }
    last_of(source, a, (sentence, at), Kind::is_store).into_iter().collect()
}

/// The connection that a setting is said of: of those drawn from its sentence, the one whose end was named last before
/// it; where no name stands there, the only one.
fn meant(source: &Source, a: &Architecture, sentence: Span, at: usize) -> Option<ConnectionIndex> {
    let inside = |s: Span| !s.is_empty() && s.start < sentence.end && s.end > sentence.start;
    let before = source.text().get(sentence.start..at)?.to_ascii_lowercase();
    let drawn: Vec<_> = a.connections().filter(|c| inside(c.connection.origin.span())).collect();
    let named = |c: &crate::model::ConnectionRef<'_>| {
        let to = a.at(c.to);
        let first = source.slice(to.origin.span());
        let names = [to.label.as_str(), first, to.technology.as_ref().map_or("", |t| t.name.as_str())];
        names.iter().filter(|n| !n.is_empty()).filter_map(|n| before.rfind(&n.to_ascii_lowercase())).max()
    };
    let last = drawn.iter().filter_map(|c| Some((named(c)?, c.index))).max_by_key(|(place, _)| *place);
    match (last, drawn.as_slice()) {
        (Some((_, index)), _) => Some(index),
        (None, [only]) => Some(only.index),
        (None, []) => only_to(a, &before),
        _ => None,
    }
}

/// "if the acquirer does not answer within 5 seconds": the one connection to what has such a word in its name, where the
/// sentence draws none.
fn only_to(a: &Architecture, before: &str) -> Option<ConnectionIndex> {
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).collect();
    let named = |label: &str| {
        let label = label.to_lowercase();
        label.split(' ').next().is_some_and(|first| words.contains(&first))
    };
    let mut found = a.connections().filter(|c| named(&a.at(c.to).label));
    found.next().filter(|_| found.next().is_none()).map(|c| c.index)
}
