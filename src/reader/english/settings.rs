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
pub(super) struct SettingWords {
    fallback: &'static [&'static str],
    tls: &'static [&'static str],
    all_traffic: &'static [&'static str],
    pub(super) multi_az: &'static [&'static str],
    pub(super) geo_redundant: &'static [&'static str],
    pub(super) immutable: &'static [&'static str],
    pub(super) written: &'static [&'static str],
    pub(super) languages: &'static [&'static str],
    pub(super) all_programs: &'static [&'static str],
    pub(super) all_bases: &'static [&'static str],
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
    /// The words that phrases begin with of what a part is besides what it does.
    pub(super) standing: Words,
}

pub(super) static WORDS: SettingWords = include!(concat!(env!("OUT_DIR"), "/settings.rs"));

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
            // "sends mails and messages, retrying up to five times with backoff": all that it sends.
            let again = matches!(name, "retries" | "backoff");
            let each = again && tokens.iter().take(at + 1).any(|t| t.is("retrying"));
            let calls = if name == "tls" && everything(source, sentence.span, span.start) {
                architecture.connections().map(|c| c.index).collect()
            } else {
                let index = meant(source, architecture, sentence.span, span.start);
                index.map_or_else(Vec::new, |index| along(architecture, index, each))
            };
            if let ("retries", [call]) = (name, calls.as_slice())
                && let Some(from) = given_up(architecture, *call)
            {
                let _ = architecture.edit_component(from.as_str(), |c| {
                    c.properties.entry("attempts".to_owned()).or_insert(property);
                });
            } else if !calls.is_empty() {
                for index in calls {
                    let property = property.clone();
                    let _ = architecture.edit_connection(index, |c| {
                        c.properties.entry(name.to_owned()).or_insert(property);
                    });
                }
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
        .or_else(|| retries(source, tokens, at))
        .or_else(|| phrase(tokens, at, "backoff", WORDS.backoff))
        .or_else(|| phrase(tokens, at, "idempotency_key", WORDS.idempotency_key))
        .or_else(|| phrase(tokens, at, "idempotent", WORDS.idempotent))
        .or_else(|| phrase(tokens, at, "encryption", WORDS.encryption))
        .or_else(|| phrase(tokens, at, "fallback", WORDS.fallback))
        .or_else(|| phrase(tokens, at, "tls", WORDS.tls))
}

/// "with a timeout of 10 seconds".
fn limit(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<Found> {
    let (quantity, span, end) = quantity(source, tokens, at)?;
    let timed = quantity.dimension == Dimension::Duration && time_limit(tokens, at, end).is_some();
    timed.then_some(("timeout", Value::Quantity(quantity), span, end))
}

/// "with an API key", "using mutual TLS".
fn auth(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<Found> {
    let mut before = tokens
        .get(..at)?
        .iter()
        .rev()
        .filter(|t| !["a", "an", "the", "their", "its", "his", "her", "own"].iter().any(|w| t.is(w)));
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

/// "retries three times", "is retried twice", "retries", "is retried for 24 hours".
fn retries(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<Found> {
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
    let lasting = (behind..tokens.len().min(behind + 3)).find_map(|n| {
        let led = tokens.get(n).is_some_and(|t| t.is("for") || t.is("within"));
        let (q, _, end) = quantity(source, tokens, n + 1).filter(|_| led)?;
        (q.dimension == Dimension::Duration).then(|| (q.text, tokens[n].lower.to_string(), end))
    });
    if let Some((text, led, end)) = lasting {
        let span = tokens.get(at)?.span.join(tokens.get(end - 1)?.span);
        return Some(("retries", Value::Text(format!("{led} {text}")), span, end));
    }
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
    // "Data at rest is encrypted."
    let resting = before.trim_end() == "data";
    if resting || WORDS.all_data.iter().any(|w| before.contains(w)) {
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
        // "Thermostats and boilers connect with TLS to the hub."
        (None, [first, rest @ ..]) if rest.iter().all(|c| c.to == first.to) => Some(first.index),
        (None, []) => only_to(a, &before),
        _ => None,
    }
}

/// Whether a sentence speaks of all that goes over connections before a place in it.
fn everything(source: &Source, sentence: Span, at: usize) -> bool {
    let before = source.text().get(sentence.start..at).unwrap_or("").to_ascii_lowercase();
    WORDS.all_traffic.iter().any(|w| before.contains(w))
}

/// The connections that are told in one breath with this one: of several callers, the same call; with `each`, all calls of
/// its caller in the sentence.
fn along(a: &Architecture, index: ConnectionIndex, each: bool) -> Vec<ConnectionIndex> {
    let Some(one) = a.connection(index) else { return Vec::new() };
    let span = one.connection.origin.span();
    let near = |s: Span| !s.is_empty() && s.start < span.end && s.end > span.start;
    let like = a.connections().filter(|c| {
        let same = c.connection.origin.span() == span && c.to == one.to;
        let own = each && c.from == one.from && c.mode == one.mode && near(c.connection.origin.span());
        c.index == index || same || own
    });
    like.map(|c| c.index).collect()
}

/// Who gives up where a connection takes what failed to a queue: "failed deliveries go to a dead-letter queue after 3 attempts".
fn given_up(a: &Architecture, index: ConnectionIndex) -> Option<Id> {
    let c = a.connection(index)?;
    (a.at(c.to).kind.is_messaging() && !a.at(c.from).kind.is_messaging()).then(|| a.at(c.from).id.clone())
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
