//! Numbers with their units as they stand in a sentence: "10,000 requests per minute", "half a second", "5 to 40 minutes".
//!
//! Takes tokens and gives quantities with their places. What a figure is about is found in `facts`.

use super::lexicon::{Closed, joined_lower, lexicon};
use super::tokens::{Shape, Token};
use crate::model::{Dimension, Quantity};
use crate::text::{Source, Span};

/// The most tokens of a figure with its unit.
const MAX_WORDS: usize = 6;
/// The most tokens of one whose unit is told by a day: "4 million scans arrive on a normal day".
const MAX_DAY_WORDS: usize = 9;
/// What a day is called that stands for all days.
const ANY_DAY: [&str; 10] =
    ["normal", "typical", "usual", "average", "ordinary", "regular", "working", "business", "busy", "quiet"];

/// A number in digits or words at `at`, and its length in tokens: "10,000", "5k", "ten thousand", "a million", "half a million".
pub(super) fn number(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    let scale = |n: usize| match tokens.get(n).map(|t| t.lower.trim_end_matches('s')) {
        Some("hundred") => Some(100.0),
        Some("thousand") => Some(1e3),
        Some("million") => Some(1e6),
        Some("billion") => Some(1e9),
        _ => None,
    };
    if token.shape == Shape::Number || token.text.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = token.lower.replace([',', '_'], "");
        let plain = digits.parse::<f64>().ok();
        let short = ['k', 'm'].iter().find_map(|s| {
            let value = digits.strip_suffix(*s)?.parse::<f64>().ok()?;
            Some(value * if *s == 'k' { 1e3 } else { 1e6 })
        });
        let value = plain.or(short)?;
        return Some(scale(at + 1).map_or((value, 1), |s| (value * s, 2)));
    }
    let word = match token.lower.as_str() {
        "a" | "an" => Some(1.0).filter(|_| scale(at + 1).is_some()),
        "twenty" => Some(20.0),
        "thirty" => Some(30.0),
        "forty" => Some(40.0),
        "fifty" => Some(50.0),
        "sixty" => Some(60.0),
        "ninety" => Some(90.0),
        "fifteen" => Some(15.0),
        lower => lexicon().closed(lower).iter().find_map(|c| match c {
            Closed::Number(n) => Some(f64::from(*n)),
            _ => None,
        }),
    };
    if let Some(value) = word {
        return Some(scale(at + 1).map_or((value, 1), |s| (value * s, 2)));
    }
    match (token.lower.as_str(), scale(at)) {
        ("half", _) => match (tokens.get(at + 1).map(|t| t.lower.as_str()), scale(at + 2)) {
            (Some("a"), Some(s)) => Some((s / 2.0, 3)),
            (Some("a" | "an"), None) if tokens.get(at + 2).is_some_and(|t| is_time(&t.lower)) => {
                Some((0.5, 2))
            }
            _ => None,
        },
        ("thousands" | "millions" | "billions" | "hundreds", Some(s)) => {
            let of = tokens.get(at + 1).is_some_and(|t| t.is("of"));
            Some((s, 1 + usize::from(of)))
        }
        _ => None,
    }
}

/// A number with its unit, where it stands, and the token behind it: "10,000 requests per minute", "99.9 %", "40 minutes",
/// "$500 a month".
pub(super) fn quantity(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<(Quantity, Span, usize)> {
    let money = tokens.get(at).is_some_and(|t| t.is("$") || t.is("€"));
    let start = at + usize::from(money);
    let (value, counted) = number(tokens, start)?;
    // Half of "90 million" is no figure of its own.
    let scaled = start > 0 && counted == 1 && !tokens[start].text.starts_with(|c: char| c.is_ascii_digit());
    if scaled && tokens.get(start - 1).is_some_and(|t| t.shape == Shape::Number) {
        return None;
    }
    let most = day(tokens, start).unwrap_or(MAX_WORDS + counted - 1).min(tokens.len() - start);
    let dollars = if money { "$" } else { "" };
    let (quantity, length) = (counted.max(1)..=most).rev().find_map(|length| {
        let mut unit = joined_lower(tokens.get(start + counted..start + length)?);
        for (written, meant) in
            [(" / ", "/"), ("per cent", "%"), (" an ", " a "), (" each ", " per "), (" every ", " per ")]
        {
            if unit.contains(written) {
                unit = unit.replace(written, meant).into();
            }
        }
        if let Some((what, day)) = unit.split_once(" on a ")
            && day.strip_suffix(" day").is_some_and(|d| ANY_DAY.contains(&d))
        {
            unit = format!("{what} a day").into();
        }
        let per = ["a ", "an ", "per ", "each ", "every "].iter().find_map(|p| unit.strip_prefix(p));
        let unit = per.map_or_else(|| unit.to_string(), |time| format!("/{time}"));
        let plain = Quantity::parse(&format!("{dollars}{} {unit}", plain(value)))?;
        // A count must be of something, and no unit may be cut short.
        (plain.dimension != Dimension::Count || length == counted).then_some((plain, length))
    })?;
    let end = start + length;
    let span = tokens.get(at)?.span.join(tokens.get(end - 1)?.span);
    let percentile = quantity.percentile.or_else(|| percentile(tokens, at, end));
    let text = source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if quantity.dimension == Dimension::Rate { without_verb(text) } else { text };
    Some((Quantity { percentile, text, ..quantity }, span, end))
}

/// A rate without the verb behind what it counts: "6 matches end per second".
fn without_verb(text: String) -> String {
    let cuts = [" on a ", " per ", " a ", " an ", " each ", " every "];
    let cut = cuts.iter().filter_map(|c| Some((text.find(c)?, *c))).min();
    match cut {
        Some((at, " on a ")) => format!("{} a day", counted_only(&text[..at])),
        Some((at, _)) => format!("{}{}", counted_only(&text[..at]), &text[at..]),
        None => text,
    }
}

/// What a figure counts, without the verb behind it: "4 million scans arrive".
fn counted_only(what: &str) -> &str {
    let what = what.strip_suffix(" in").filter(|w| w.ends_with("come")).unwrap_or(what);
    match what.rsplit_once(' ') {
        Some((before, verb)) if COMING.contains(&verb) && before.contains(' ') => before,
        _ => what,
    }
}

/// Verbs that say of what is counted no more than that it is there.
const COMING: [&str; 8] = ["arrive", "come", "happen", "occur", "flow", "start", "end", "finish"];

/// Whether a word is a unit of time.
pub(super) fn is_time(word: &str) -> bool {
    Quantity::parse(&format!("1 {word}")).is_some_and(|q| q.dimension == Dimension::Duration)
}

/// How many tokens a figure has that a day tells the unit of: "4 million scans arrive on a normal day".
fn day(tokens: &[Token<'_>], start: usize) -> Option<usize> {
    let near = tokens.get(start..(start + MAX_DAY_WORDS).min(tokens.len()))?;
    let at = near.windows(4).position(|w| {
        matches!(w, [on, a, any, day] if on.is("on") && a.is("a") && day.is("day")
            && ANY_DAY.iter().any(|d| any.is(d)))
    })?;
    Some(at + 4)
}

/// A number as digits without an exponent.
fn plain(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value}") }
}

/// `p99` or `99th percentile` near a figure.
fn percentile(tokens: &[Token<'_>], at: usize, end: usize) -> Option<f64> {
    let near = tokens.get(at.saturating_sub(6)..(end + 4).min(tokens.len()))?;
    near.iter().enumerate().find_map(|(n, t)| {
        let p = t.lower.strip_prefix('p').and_then(|p| p.parse::<f64>().ok());
        let th = t.lower.strip_suffix("th").filter(|_| near.get(n + 1).is_some_and(|x| x.is("percentile")));
        p.or_else(|| th.and_then(|t| t.parse::<f64>().ok())).filter(|p| (1.0..=100.0).contains(p))
    })
}

/// How far the nearest of these words or phrases stands from a figure, in tokens, if one is near; words before it are nearer.
pub(super) fn near(tokens: &[Token<'_>], at: usize, end: usize, list: &[&str]) -> Option<usize> {
    // The words of the longest phrase that begins there.
    let fits = |start: usize| {
        let first = tokens.get(start)?.lower.as_str();
        let phrase = list.iter().filter(|phrase| phrase.starts_with(first)).filter(|phrase| {
            phrase.split(' ').enumerate().all(|(n, w)| tokens.get(start + n).is_some_and(|t| t.is(w)))
        });
        phrase.map(|p| p.split(' ').count()).max()
    };
    let before = (at.saturating_sub(7)..at)
        .filter_map(|n| fits(n).map(|words| 2 * at.saturating_sub(n + words - 1).max(1)))
        .min();
    let behind = (end.saturating_sub(1)..(end + 4).min(tokens.len()))
        .find(|&n| fits(n).is_some())
        .map(|n| 2 * (n + 2 - end) + 1);
    match (before, behind) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
