//! Rates and numbers of users: the usual load, the peak, what one part takes at most, and what is no load at all.
//!
//! Takes a figure with its place in a sentence and the figure before it; gives workload facts. The words are in
//! `assets/words/load.yaml`.

use super::facts::{WORDS, fact, otherwise, span_of};
use super::figures::{is_time, number, quantity};
use super::lexicon::joined_lower;
use super::tokens::{Shape, Token};
use crate::model::{Dimension, Quantity, Value, WorkloadFact, WorkloadKey};
use crate::text::{Source, Span};

/// How many words before a figure say that it is a limit.
const LIMIT_WORDS: usize = 5;

/// Words behind which a number without a unit ends.
const ENDS: [&str; 13] =
    ["at", "on", "in", "before", "during", "around", "when", "while", "and", "for", "after", "or", "if"];

/// The figure before another one in its sentence.
pub(super) struct Last {
    pub(super) key: WorkloadKey,
    /// The token behind it.
    pub(super) end: usize,
    amount: f64,
    /// What one of its units amounts to, and what it is called.
    one: f64,
    unit: String,
}

impl Last {
    pub(super) fn of(tokens: &[Token<'_>], at: usize, end: usize, fact: &WorkloadFact) -> Option<Self> {
        let quantity = fact.value.quantity()?;
        let (value, counted) = number(tokens, at)?;
        let written: usize = tokens.get(at..at + counted)?.iter().map(|t| t.text.len() + 1).sum();
        let unit = quantity.text.get(written..).unwrap_or_default().trim().to_owned();
        (value > 0.0).then(|| Self {
            key: fact.key,
            end,
            amount: quantity.amount,
            one: quantity.amount / value,
            unit,
        })
    }
}

/// Where the clause of a figure begins: behind the figure before it, a semicolon or a colon.
pub(super) fn clause(tokens: &[Token<'_>], at: usize, last: Option<&Last>) -> usize {
    let start = last.map_or(0, |l| l.end).min(at);
    let mark = tokens.get(start..at).and_then(|t| t.iter().rposition(|t| t.is(";") || t.is(":")));
    mark.map_or(start, |mark| start + mark + 1)
}

/// The words that belong to a figure: those before it in its clause, and those behind it up to the next part.
pub(super) fn around(tokens: &[Token<'_>], at: usize, end: usize, last: Option<&Last>) -> String {
    let start = clause(tokens, at, last).max(at.saturating_sub(7));
    let near = tokens.get(end..(end + 4).min(tokens.len())).unwrap_or(&[]);
    let parts = |t: &Token<'_>| {
        matches!(t.lower.as_str(), "," | ";" | "and" | "with" | "but") || t.shape == Shape::Number
    };
    let stop = near.iter().position(parts).unwrap_or(near.len());
    let before = joined_lower(tokens.get(start..at).unwrap_or(&[]));
    let behind = joined_lower(near.get(..stop).unwrap_or(&[]));
    format!(" {before} {behind} ")
}

/// Whether one of these words or phrases stands in a padded line.
pub(super) fn has(line: &str, list: &[&str]) -> bool {
    list.iter().any(|w| line.contains(&format!(" {w} ")))
}

/// The most words between a figure and the `and` behind what it counts.
const SHARED: usize = 4;

/// "2 million page views and 40,000 orders a month": a figure whose time the next one tells.
pub(super) fn shared(
    source: &Source,
    tokens: &[Token<'_>],
    at: usize,
    line: &str,
) -> Option<(WorkloadFact, usize)> {
    let (value, counted) = number(tokens, at)?;
    let start = at + counted;
    let and = (start..(start + SHARED + 1).min(tokens.len())).find(|&n| tokens[n].is("and"))?;
    let what = tokens.get(start..and)?;
    let plain = |t: &Token<'_>| t.shape == Shape::Word && !is_time(&t.lower);
    let people =
        what.iter().any(|t| WORDS.near(WorkloadKey::Users).is_some_and(|l| l.contains(&t.lower.as_str())));
    let (next, span, _) = quantity(source, tokens, and + 1)?;
    let rate = matches!(next.dimension, Dimension::Rate | Dimension::ByteRate);
    if what.is_empty() || people || !rate || !what.iter().all(plain) {
        return None;
    }
    let cuts = [" a ", " an ", " per ", " each ", " every "];
    let told = cuts.iter().filter_map(|c| next.text.rfind(c)).max()?;
    let period = next.text.get(told..)?.trim();
    let noun = if Quantity::parse(&format!("1 {}", what[0].lower))
        .is_some_and(|q| q.dimension == Dimension::Bytes)
    {
        // "12 GB of receipts": the size alone is measured.
        what[0].lower.clone()
    } else {
        joined_lower(what).into()
    };
    let unit = format!("{noun} a {}", period.rsplit(' ').next()?);
    let quantity = Quantity::parse(&format!("{value} {unit}"))?;
    let first = tokens.get(at)?.span;
    let written: Vec<&str> = tokens.get(at..and)?.iter().map(|t| t.text).collect();
    let key =
        if has(line, WORDS.near(WorkloadKey::PeakRate)?) { WorkloadKey::PeakRate } else { WorkloadKey::Rate };
    let text = if quantity.dimension == Dimension::ByteRate {
        format!("{} {period}", source.slice(first.join(tokens.get(start)?.span)))
    } else {
        format!("{} {period}", written.join(" "))
    };
    let _ = span;
    let to = tokens.get(and - 1)?.span;
    Some((fact(key, Value::Quantity(Quantity { text, ..quantity }), first.join(to)), and - at))
}

/// "200,000 users", "15k concurrent".
pub(super) fn users(
    source: &Source,
    tokens: &[Token<'_>],
    at: usize,
    quantity: Quantity,
    span: Span,
) -> Option<(WorkloadFact, usize)> {
    let (_, length) = number(tokens, at)?;
    let close = joined_lower(tokens.get(at..(at + length + 3).min(tokens.len()))?);
    let people = has(&format!(" {close} "), WORDS.near(WorkloadKey::Users)?);
    let _ = source;
    let at_once = joined_lower(tokens.get(at + length..(at + length + 2).min(tokens.len()))?);
    let at_once = WORDS.hints.at_once.iter().any(|w| at_once.starts_with(w));
    (quantity.amount >= 10.0 && (people || at_once))
        .then(|| (fact(WorkloadKey::Users, Value::Quantity(quantity), span), length))
}

/// "peak load 2,500", "25 at peak", "gold tables for 7": a number whose unit the figure before it has told.
pub(super) fn short(
    tokens: &[Token<'_>],
    at: usize,
    last: Option<&Last>,
    line: &str,
) -> Option<(WorkloadFact, usize)> {
    let last = last?;
    let (value, counted) = number(tokens, at)?;
    let span = span_of(tokens.get(at..at + counted)?)?;
    let digits = tokens.get(at).is_some_and(|t| t.shape == Shape::Number);
    let alone = otherwise(tokens, at + counted)
        || tokens
            .get(at + counted)
            .is_none_or(|t| t.shape == Shape::Mark || ENDS.contains(&t.lower.as_str()));
    let rate = matches!(last.key, WorkloadKey::Rate | WorkloadKey::PeakRate);
    let key = match last.key {
        _ if !digits || !alone => return None,
        _ if rate && has(line, WORDS.near(WorkloadKey::PeakRate)?) => WorkloadKey::PeakRate,
        _ if rate && otherwise(tokens, at + counted) => WorkloadKey::Rate,
        WorkloadKey::Retention if at > 0 && tokens.get(at - 1).is_some_and(|t| t.is("for")) => last.key,
        _ => return None,
    };
    let written: Vec<&str> = tokens.get(at..at + counted)?.iter().map(|t| t.text).collect();
    let text = format!("{} {}", written.join(" "), last.unit);
    let dimension = if rate { Dimension::Rate } else { Dimension::Duration };
    let quantity = Quantity { amount: value * last.one, dimension, percentile: None, text };
    Some((fact(key, Value::Quantity(quantity), span), counted))
}

/// What a rate says: the usual or the highest load, how many use the system, how long it may be down; nothing where one
/// part's limit, the width of a line or a growth is told.
pub(super) fn rate(
    tokens: &[Token<'_>],
    (at, end): (usize, usize),
    (quantity, span): (Quantity, Span),
    (last, line): (Option<&Last>, &str),
) -> Option<(WorkloadFact, usize)> {
    use WorkloadKey::{Availability, PeakRate, Rate, Users};
    let (value, counted) = number(tokens, at)?;
    let mut unit = tokens.get(at + counted..end)?.iter();
    let what = unit.next().map(|t| t.lower.as_str()).unwrap_or_default();
    let per = unit.next_back().map(|t| t.lower.as_str()).unwrap_or_default();
    let made = |key, quantity| Some((fact(key, Value::Quantity(quantity), span), end - at));
    if is_time(what) && end > at + counted + 1 {
        // "two hours a month" of downtime leave the rest.
        let share = 1.0 - quantity.amount * Quantity::parse(&format!("1 {what}"))?.amount;
        let text = format!("{} %", (share * 10_000.0).floor() / 100.0);
        let up = Quantity { amount: share, dimension: Dimension::Ratio, percentile: None, text };
        return if has(line, WORDS.hints.down) { made(Availability, up) } else { None };
    }
    if what.ends_with("bit") || what.ends_with("bits") || limits(tokens, at) || has(line, WORDS.hints.growth)
    {
        return None;
    }
    let of_a_line = tokens.get(end).is_some_and(|t| WORDS.hints.lines.contains(&t.lower.as_str()))
        || at > 1
            && tokens.get(at - 1).is_some_and(|t| t.is("of"))
            && tokens.get(at - 2).is_some_and(|t| WORDS.hints.lines.contains(&t.lower.as_str()));
    if of_a_line {
        return None;
    }
    let people = WORDS.near(Users).is_some_and(|list| list.contains(&what));
    if people && matches!(per, "day" | "week" | "month") {
        let count = Quantity { amount: value, dimension: Dimension::Count, ..quantity };
        return made(Users, count);
    }
    // "400 uploads a day, 60 an hour when something happens": the same again, and more of it.
    let bare = matches!(what, "a" | "an" | "per" | "each" | "every" | "/");
    let more = last.is_some_and(|l| l.key == Rate && quantity.amount > l.amount);
    // "peak load is 1,200 searches per second and 25 bookings per second"
    let along = last.is_some_and(|l| {
        l.key == PeakRate && tokens.get(l.end..at).is_some_and(|t| t.len() == 1 && t[0].is("and"))
    });
    let peak = has(line, WORDS.near(PeakRate)?) || bare && more || along;
    let key = if peak { PeakRate } else { Rate };
    let rates = last.filter(|l| bare && matches!(l.key, Rate | PeakRate));
    let text = match rates.and_then(|l| what_counts(&l.unit)) {
        // It counts what the figure before it counts.
        Some(noun) => {
            let digits: Vec<&str> = tokens.get(at..at + counted)?.iter().map(|t| t.text).collect();
            let unit: Vec<&str> = tokens.get(at + counted..end)?.iter().map(|t| t.text).collect();
            format!("{} {noun} {}", digits.join(" "), unit.join(" "))
        }
        None => quantity.text.clone(),
    };
    made(key, Quantity { text, ..quantity })
}

/// "takes no more than 20 requests per second", "throttles them to 50 calls per second": what one part allows is not the load
/// of the whole.
fn limits(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens.get(at.saturating_sub(LIMIT_WORDS)..at).unwrap_or(&[]);
    let most =
        before.windows(3).any(|w| matches!(w, [a, b, c] if a.is("no") && b.is("more") && c.is("than")));
    most || holds_back(before) || takes_at_most(before) || not_more(before)
}

/// "may not be loaded more than 10 calls per second"
pub(super) fn not_more(before: &[Token<'_>]) -> bool {
    let than = before.windows(2).any(|w| w[0].is("more") && w[1].is("than"));
    than && before.iter().any(|t| matches!(t.lower.as_str(), "not" | "never" | "cannot"))
}

/// "limits each merchant to 100 requests per second"
pub(super) fn holds_back(before: &[Token<'_>]) -> bool {
    let allows = |t: &Token<'_>| {
        let word = t.lower.as_str();
        ["allow", "limit", "throttle", "throttling", "cap", "restrict", "quota"].iter().any(|stem| {
            word.strip_prefix(stem).is_some_and(|rest| matches!(rest, "" | "s" | "d" | "ed" | "ped" | "ing"))
        })
    };
    before.iter().any(allows)
}

/// "handles at most 50 requests per second", which is a wish where it must.
pub(super) fn takes_at_most(before: &[Token<'_>]) -> bool {
    let line = format!(" {} ", joined_lower(before));
    has(&line, WORDS.hints.takes) && has(&line, WORDS.hints.at_most) && !has(&line, WORDS.hints.wanted)
}

/// What a unit counts: "receipts" of "receipts a day".
fn what_counts(unit: &str) -> Option<&str> {
    let cuts = [" a ", " an ", " per ", " each ", " every ", "/"];
    let at = cuts.iter().filter_map(|c| unit.find(c)).min()?;
    unit.get(..at).map(str::trim).filter(|noun| !noun.is_empty())
}
