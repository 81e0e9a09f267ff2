//! Facts about the load: rates, latencies, availability, schedules, durations, sizes, budgets, laws.
//!
//! Takes the sentences and gives workload facts for the model. It adds no component. The words are in
//! `assets/words/load.yaml`.

use super::lexicon::{Closed, joined_lower, lexicon};
use super::sentences::Sentence;
use super::tokens::{Shape, Token};
use crate::model::{Dimension, Id, Origin, Quantity, Value, WorkloadFact, WorkloadKey};
use crate::text::{Source, Span};

/// A day in seconds.
const DAY: f64 = 86_400.0;

/// The most facts taken from one text.
const MAX_FACTS: usize = 200;

/// The most tokens of a phrase or a figure with its unit.
const MAX_WORDS: usize = 6;

/// The lists of `load.yaml`, as the build script writes them down.
#[derive(Debug)]
struct LoadWords {
    near: &'static [(WorkloadKey, &'static [&'static str])],
    /// Phrases with what they say, sorted.
    phrases: &'static [(&'static str, (WorkloadKey, &'static str))],
    units: &'static [&'static str],
}

static WORDS: LoadWords = include!(concat!(env!("OUT_DIR"), "/load.rs"));

impl LoadWords {
    /// Words near a figure that tell what it is about.
    fn near(&self, key: WorkloadKey) -> Option<&'static [&'static str]> {
        self.near.iter().find(|(k, _)| *k == key).map(|(_, list)| *list)
    }

    /// What a phrase says.
    fn said(&self, phrase: &str) -> Option<(WorkloadKey, &'static str)> {
        let place = self.phrases.binary_search_by(|(known, _)| (*known).cmp(phrase)).ok()?;
        self.phrases.get(place).map(|(_, said)| *said)
    }

    /// Whether some phrase begins so.
    fn begins(&self, word: &str) -> bool {
        let place = self.phrases.partition_point(|(known, _)| *known < word);
        let mut rest = self.phrases.iter().skip(place).map_while(|(known, _)| known.strip_prefix(word));
        rest.any(|rest| rest.is_empty() || rest.starts_with([' ', '/']))
    }
}

/// The workload facts of a text. `about` gives the component a sentence is about, if it is about one.
pub(crate) fn facts(
    source: &Source,
    sentences: &[Sentence<'_>],
    about: impl Fn(usize) -> Option<Id>,
) -> Vec<WorkloadFact> {
    let mut out: Vec<WorkloadFact> = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        let mut at = 0;
        while at < tokens.len() && out.len() < MAX_FACTS {
            let found =
                figure(source, tokens, at).or_else(|| every(tokens, at)).or_else(|| phrase(tokens, at));
            let Some((mut fact, length)) = found else {
                at += 1;
                continue;
            };
            let single = matches!(
                fact.key,
                WorkloadKey::Duration | WorkloadKey::Schedule | WorkloadKey::Retention | WorkloadKey::Payload
            );
            if single {
                fact.about = about(n);
            }
            let known =
                out.iter().any(|f| f.key == fact.key && f.value == fact.value && f.about == fact.about);
            if !known {
                out.push(fact);
            }
            at += length;
        }
    }
    out
}

fn fact(key: WorkloadKey, value: Value, span: Span) -> WorkloadFact {
    WorkloadFact { key, value, about: None, origin: Origin::stated(span) }
}

fn span_of(tokens: &[Token<'_>]) -> Option<Span> {
    Some(tokens.first()?.span.join(tokens.last()?.span))
}

/// A phrase that is a fact by itself: "nightly", "three nines", "PCI DSS".
fn phrase(tokens: &[Token<'_>], at: usize) -> Option<(WorkloadFact, usize)> {
    if !tokens.get(at).is_some_and(|t| WORDS.begins(&t.lower)) {
        return None;
    }
    let most = MAX_WORDS.min(tokens.len() - at);
    (1..=most).rev().find_map(|length| {
        let slice = tokens.get(at..at + length)?;
        let (key, value) = WORDS.said(&joined_lower(slice).replace(" / ", "/"))?;
        Some((fact(key, Value::parse(value), span_of(slice)?), length))
    })
}

/// "every 5 minutes", "each night", "every Monday".
fn every(tokens: &[Token<'_>], at: usize) -> Option<(WorkloadFact, usize)> {
    let first = tokens.get(at).filter(|t| t.is("every") || t.is("each"))?;
    let unit = |t: &Token<'_>| {
        let one = t.lower.strip_suffix('s').unwrap_or(&t.lower);
        WORDS.units.iter().any(|&u| u == one || u == t.lower)
    };
    let (_, counted) = number(tokens, at + 1).unwrap_or((0.0, 0));
    let last = at + 1 + counted;
    let end =
        tokens.get(last).filter(|t| unit(t) || counted > 0 && matches!(t.lower.as_str(), "h" | "s" | "m"))?;
    let text = joined_lower(tokens.get(at + 1..=last)?);
    let span = first.span.join(end.span);
    Some((fact(WorkloadKey::Schedule, Value::Text(format!("every {text}")), span), last + 1 - at))
}

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
            _ => None,
        },
        ("thousands" | "millions" | "billions" | "hundreds", Some(s)) => {
            let of = tokens.get(at + 1).is_some_and(|t| t.is("of"));
            Some((s, 1 + usize::from(of)))
        }
        _ => None,
    }
}

/// A number with its unit and what it is about: "p99 under 50 ms".
fn figure(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<(WorkloadFact, usize)> {
    let (quantity, span, end) = quantity(source, tokens, at)?;
    if aged(tokens, end) || matches!(quantity.dimension, Dimension::Rate) && limits(tokens, at) {
        return None;
    }
    let key = meaning(tokens, at, end, &quantity)?;
    Some((fact(key, Value::Quantity(quantity), span), end - at))
}

/// "15 years old", "two weeks ago": the age of something is no figure of the system.
fn aged(tokens: &[Token<'_>], end: usize) -> bool {
    tokens.get(end).is_some_and(|t| matches!(t.lower.as_str(), "old" | "ago" | "earlier"))
}

/// "takes no more than 20 requests per second", "throttles them to 50 calls per second": what one part allows is not the load
/// of the whole.
fn limits(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens.get(at.saturating_sub(LIMIT_WORDS)..at).unwrap_or(&[]);
    let allows = |t: &Token<'_>| {
        let word = t.lower.as_str();
        ["allow", "limit", "throttle", "throttling", "cap", "restrict", "quota"].iter().any(|stem| {
            word.strip_prefix(stem).is_some_and(|rest| matches!(rest, "" | "s" | "d" | "ed" | "ped" | "ing"))
        })
    };
    let most =
        before.windows(3).any(|w| matches!(w, [a, b, c] if a.is("no") && b.is("more") && c.is("than")));
    most || before.iter().any(allows)
}

/// How many words before a figure say that it is a limit.
const LIMIT_WORDS: usize = 5;

/// A number with its unit, where it stands, and the token behind it: "10,000 requests per minute", "99.9 %", "40 minutes",
/// "$500 a month".
pub(super) fn quantity(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<(Quantity, Span, usize)> {
    let money = tokens.get(at).is_some_and(|t| t.is("$") || t.is("€"));
    let start = at + usize::from(money);
    let (value, counted) = number(tokens, start)?;
    let most = MAX_WORDS.min(tokens.len() - start);
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
    Some((Quantity { percentile, text, ..quantity }, span, end))
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

/// What a figure is about, by its dimension and the words near it.
fn meaning(tokens: &[Token<'_>], at: usize, end: usize, quantity: &Quantity) -> Option<WorkloadKey> {
    use WorkloadKey::{
        Availability, Budget, DataVolume, Duration, Latency, Payload, PeakRate, Rate, RecoveryPoint,
        RecoveryTime, Retention, Users,
    };
    let window = |before: usize, after: usize| {
        let near = tokens.get(at.saturating_sub(before)..(end + after).min(tokens.len())).unwrap_or(&[]);
        format!(" {} ", joined_lower(near))
    };
    let (around, close) = (window(7, 4), window(0, 3));
    let says = |key: WorkloadKey, text: &str| {
        WORDS.near(key).is_some_and(|list| list.iter().any(|w| text.contains(&format!(" {w} "))))
    };
    let is_for = at > 0 && tokens.get(at - 1).is_some_and(|t| t.is("for"));
    match quantity.dimension {
        Dimension::Rate | Dimension::ByteRate => Some(if says(PeakRate, &around) { PeakRate } else { Rate }),
        // How long a caller waits is said of its call, not of the load.
        Dimension::Duration if limits_wait(tokens, at, end) => None,
        Dimension::Duration => [RecoveryTime, RecoveryPoint, Retention, Latency, Duration]
            .into_iter()
            // Nobody waits for days, and nothing answers "for five minutes".
            .filter(|key| *key != Latency || quantity.amount < DAY && !is_for)
            // "keeps the last 24 hours": how far back, not how long something runs.
            .filter(|key| {
                *key != Duration
                    || !(at > 0 && tokens.get(at - 1).is_some_and(|t| t.is("last") || t.is("past")))
            })
            .filter_map(|key| Some((near(tokens, at, end, WORDS.near(key)?)?, key)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, key)| key)
            .or(match quantity.amount {
                short if short < 1.0 => Some(Latency),
                // "for 90 days"
                long if long >= DAY && is_for => Some(Retention),
                _ => None,
            }),
        Dimension::Bytes => Some(if says(Payload, &around) { Payload } else { DataVolume }),
        Dimension::Ratio => says(Availability, &around).then_some(Availability),
        Dimension::Money | Dimension::MoneyPerMonth => Some(Budget),
        Dimension::Count => (quantity.amount >= 10.0 && says(Users, &close)).then_some(Users),
    }
}

/// Whether words of a time limit stand nearer to a duration than those of any figure.
fn limits_wait(tokens: &[Token<'_>], at: usize, end: usize) -> bool {
    let Some(limit) = super::settings::time_limit(tokens, at, end) else { return false };
    // A unit says nothing of what is measured.
    let unit = tokens.get(end - 1).map(|t| t.lower.as_str()).unwrap_or_default();
    let others = WORDS.near.iter().map(|(_, list)| *list).filter_map(|list| {
        let list: Vec<&str> = list.iter().copied().filter(|w| *w != unit).collect();
        near(tokens, at, end, &list)
    });
    others.min().is_none_or(|other| limit <= other)
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
