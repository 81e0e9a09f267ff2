//! What sentences say of single connections besides what goes over them: how long a caller waits, how it is known.
//!
//! Takes the sentences and the architecture drawn from them; sets properties of connections. It adds no component and no
//! connection. The words are in `assets/words/settings.yaml`.

use super::facts::{near, quantity};
use super::lexicon::joined_lower;
use super::sentences::Sentence;
use super::tokens::Token;
use crate::model::{Architecture, ConnectionIndex, Dimension, Origin, Property, Value};
use crate::text::{Source, Span};

/// The most settings taken from one text.
const MAX_SETTINGS: usize = 200;
/// The longest phrase in tokens.
const MAX_WORDS: usize = 3;

/// The lists of `settings.yaml` under their own names, as the build script writes them down.
#[derive(Debug)]
struct SettingWords {
    time_limit: &'static [&'static str],
    auth: &'static [&'static str],
    by: &'static [&'static str],
}

static WORDS: SettingWords = include!(concat!(env!("OUT_DIR"), "/settings.rs"));

/// How far words of a time limit stand from a figure, if they are near.
pub(super) fn time_limit(tokens: &[Token<'_>], at: usize, end: usize) -> Option<usize> {
    near(tokens, at, end, WORDS.time_limit)
}

/// Sets what the sentences say of connections.
pub(super) fn set(source: &Source, sentences: &[Sentence<'_>], architecture: &mut Architecture) {
    let mut count = 0;
    for sentence in sentences {
        let mut at = 0;
        while at < sentence.tokens.len() && count < MAX_SETTINGS {
            let found = limit(source, &sentence.tokens, at).or_else(|| auth(source, &sentence.tokens, at));
            let Some((name, value, span, end)) = found else {
                at += 1;
                continue;
            };
            count += 1;
            if let Some(index) = meant(source, architecture, sentence.span, span.start) {
                let property = Property { value, origin: Origin::stated(span) };
                let _ = architecture.edit_connection(index, |c| {
                    c.properties.entry(name.to_owned()).or_insert(property);
                });
            }
            at = end;
        }
    }
}

/// A setting: its name, its value, where it stands, and the token behind it.
type Found = (&'static str, Value, Span, usize);

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
        (None, []) => spoken(a, &before),
        _ => None,
    }
}

/// "if the acquirer does not answer within 5 seconds": the one connection to what has such a word in its name, where the
/// sentence draws none.
fn spoken(a: &Architecture, before: &str) -> Option<ConnectionIndex> {
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).collect();
    let named = |label: &str| {
        let label = label.to_lowercase();
        label.split(' ').next().is_some_and(|first| words.contains(&first))
    };
    let mut found = a.connections().filter(|c| named(&a.at(c.to).label));
    found.next().filter(|_| found.next().is_none()).map(|c| c.index)
}
