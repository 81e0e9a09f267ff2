//! Facts about the load: rates, latencies, availability, schedules, durations, sizes, budgets, laws.
//!
//! Takes the sentences and gives workload facts for the model. It adds no component. The words are in
//! `assets/words/load.yaml`.

use super::figures::{is_time, near, number, quantity};
use super::lexicon::joined_lower;
use super::money::foreign_money;
use super::rates::{Last, around, clause, has, rate, shared, short, users};
use super::sentences::Sentence;
use super::tokens::{Shape, Token};
use crate::model::{Dimension, Id, Origin, Quantity, Value, WorkloadFact, WorkloadKey};
use crate::text::{Source, Span};

/// A day in seconds.
const DAY: f64 = 86_400.0;

/// What is smaller, in bytes, is a message and not all that is kept.
const SMALL: f64 = 10_240.0;

/// The most facts taken from one text.
const MAX_FACTS: usize = 200;

/// The most tokens of a phrase.
const MAX_WORDS: usize = 6;

/// The lists of `load.yaml`, as the build script writes them down.
#[derive(Debug)]
pub(super) struct LoadWords {
    near: &'static [(WorkloadKey, &'static [&'static str])],
    /// Phrases with what they say, sorted.
    phrases: &'static [(&'static str, (WorkloadKey, &'static str))],
    units: &'static [&'static str],
    /// Words that tell apart what figures of one dimension say.
    pub(super) hints: Hints,
}

/// The lists of `hints` under their own names.
#[derive(Debug)]
pub(super) struct Hints {
    pub(super) at_most: &'static [&'static str],
    pub(super) takes: &'static [&'static str],
    pub(super) wanted: &'static [&'static str],
    pub(super) growth: &'static [&'static str],
    pub(super) lines: &'static [&'static str],
    pub(super) down: &'static [&'static str],
    pub(super) deleted: &'static [&'static str],
    pub(super) again: &'static [&'static str],
    pub(super) escalation: &'static [&'static str],
    pub(super) maintained: &'static [&'static str],
    pub(super) measured: &'static [&'static str],
    pub(super) otherwise: &'static [&'static str],
    pub(super) at_once: &'static [&'static str],
    pub(super) paid: &'static [&'static str],
    pub(super) allowed: &'static [&'static str],
    pub(super) loss: &'static [&'static str],
    pub(super) in_all: &'static [&'static str],
    pub(super) backups: &'static [&'static str],
}

pub(super) static WORDS: LoadWords = include!(concat!(env!("OUT_DIR"), "/load.rs"));

impl LoadWords {
    /// Words near a figure that tell what it is about.
    pub(super) fn near(&self, key: WorkloadKey) -> Option<&'static [&'static str]> {
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

/// The workload facts of a text. `about` gives the component that a figure is said of, if it is said of one: by the number
/// of the sentence, what the figure says, where its clause begins and where it stands.
pub(crate) fn facts(
    source: &Source,
    sentences: &[Sentence<'_>],
    about: impl Fn(usize, WorkloadKey, usize, Span) -> Option<Id>,
) -> Vec<WorkloadFact> {
    let mut out: Vec<WorkloadFact> = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        let tokens = &sentence.tokens;
        let mut at = 0;
        let mut last: Option<Last> = None;
        while at < tokens.len() && out.len() < MAX_FACTS {
            let found = figure(source, tokens, at, last.as_ref())
                .or_else(|| nothing(tokens, at))
                .or_else(|| every(source, tokens, at))
                .or_else(|| phrase(tokens, at))
                .filter(|(fact, _)| !of_its_hours(tokens, at, fact, last.as_ref()));
            let Some((mut fact, length)) = found else {
                at += 1;
                continue;
            };
            let before = clause(tokens, at, last.as_ref());
            let shut = fact.key == WorkloadKey::Schedule && maintained(tokens, before, at);
            // "the nightly backup"
            let named =
                tokens.get(at + length).is_some_and(|t| WORDS.hints.backups.contains(&t.lower.as_str()));
            if shut || (named || backed_up(tokens, before, at)) && settings_of_backups(fact.key) {
                at += length;
                continue;
            }
            let start = tokens.get(before).map_or(sentence.span.start, |t| t.span.start);
            fact.about = about(n, fact.key, start, fact.origin.span());
            if otherwise(tokens, at + length) && fact.key == WorkloadKey::Rate {
                // "600,000 a day in November, 250,000 otherwise": the one before was the peak.
                let more = |f: &&mut WorkloadFact| f.key == WorkloadKey::Rate && f.about == fact.about;
                if let Some(before) = out.last_mut().filter(more) {
                    before.key = WorkloadKey::PeakRate;
                }
            }
            last = Last::of(tokens, at, at + length, &fact).or(last);
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

/// Whether a clause tells of backups, which are no load and no retention of the data itself.
pub(super) fn backed_up(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    let whole = joined_lower(tokens.get(..to.max(from)).unwrap_or(&[]));
    has(&format!(" {whole} "), WORDS.hints.backups)
}

/// "If SAP is down for maintenance (every Sunday from 2 to 6)": when something does not run.
fn maintained(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    let near = tokens.get(from.max(to.saturating_sub(4))..to).unwrap_or(&[]);
    has(&format!(" {} ", joined_lower(near)), WORDS.hints.maintained)
}

fn settings_of_backups(key: WorkloadKey) -> bool {
    matches!(key, WorkloadKey::Schedule | WorkloadKey::Retention)
}

pub(super) fn fact(key: WorkloadKey, value: Value, span: Span) -> WorkloadFact {
    WorkloadFact { key, value, about: None, origin: Origin::stated(span) }
}

pub(super) fn span_of(tokens: &[Token<'_>]) -> Option<Span> {
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
        if key == WorkloadKey::Schedule && counts_by_time(tokens, at, at + length) {
            return None;
        }
        Some((fact(key, Value::parse(value), span_of(slice)?), length))
    })
}

/// Whether words behind a number say that it holds at all other times.
pub(super) fn otherwise(tokens: &[Token<'_>], end: usize) -> bool {
    let behind = joined_lower(tokens.get(end..(end + 5).min(tokens.len())).unwrap_or(&[]));
    WORDS
        .hints
        .otherwise
        .iter()
        .any(|w| behind.strip_prefix(w).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// "99.5 % during working hours": when it has to work, not when load comes.
fn of_its_hours(tokens: &[Token<'_>], at: usize, fact: &WorkloadFact, last: Option<&Last>) -> bool {
    let measured = last.filter(|l| l.key == WorkloadKey::Availability && fact.key == WorkloadKey::Shape);
    measured.is_some_and(|l| tokens.get(l.end..at).is_some_and(|t| !t.iter().any(|t| t.shape == Shape::Mark)))
}

/// The first words of a sentence that tell when something runs: "nightly", "every six hours".
pub(super) fn rhythm(source: &Source, tokens: &[Token<'_>]) -> Option<String> {
    let found = (0..tokens.len()).find_map(|at| {
        every(source, tokens, at)
            .or_else(|| phrase(tokens, at))
            .filter(|(f, _)| f.key == WorkloadKey::Schedule)
    });
    found.map(|(fact, _)| fact.value.to_string())
}

/// "200 at night", "daily players", "monthly active users": how many there are, not when something runs.
fn counts_by_time(tokens: &[Token<'_>], at: usize, end: usize) -> bool {
    let counted = at.checked_sub(1).and_then(|b| tokens.get(b)).is_some_and(|t| t.shape == Shape::Number);
    let people = WORDS.near(WorkloadKey::Users).unwrap_or_default();
    let next = tokens.get(end).map(|t| t.lower.as_str());
    // "hourly averages", "the monthly budget"
    let adjective = end == at + 1 && tokens.get(at).is_some_and(|t| t.lower.ends_with("ly"));
    counted && tokens.get(at).is_some_and(|t| t.is("at"))
        || next.is_some_and(|word| {
            word == "active" || people.contains(&word) || adjective && WORDS.hints.measured.contains(&word)
        })
}

/// "every 5 minutes", "each night", "every Monday", "every day at 22:00".
fn every(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<(WorkloadFact, usize)> {
    let first = tokens.get(at).filter(|t| t.is("every") || t.is("each"))?;
    let unit = |t: &Token<'_>| {
        let one = t.lower.strip_suffix('s').unwrap_or(&t.lower);
        WORDS.units.iter().any(|&u| u == one || u == t.lower)
    };
    let (_, counted) = number(tokens, at + 1).unwrap_or((0.0, 0));
    let last = at + 1 + counted;
    let end =
        tokens.get(last).filter(|t| unit(t) || counted > 0 && matches!(t.lower.as_str(), "h" | "s" | "m"))?;
    let (end, last) = clock(tokens, last + 1).map_or((end, last), |last| (&tokens[last], last));
    let span = tokens.get(at + 1)?.span.join(end.span);
    let mut text = source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.ends_with("a.m") || text.ends_with("p.m") {
        text.push('.');
    }
    let span = first.span.join(end.span);
    Some((fact(WorkloadKey::Schedule, Value::Text(format!("every {text}")), span), last + 1 - at))
}

/// The last token of a time of day that stands there: "at 22:00", "at 2 a.m.".
fn clock(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let hour = at + 1;
    let digits = |n: usize| tokens.get(n).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit()));
    if !tokens.get(at)?.is("at") || !digits(hour) {
        return None;
    }
    let minutes = tokens.get(hour + 1).is_some_and(|t| t.is(":")) && digits(hour + 2);
    let last = if minutes { hour + 2 } else { hour };
    let half = |t: &Token<'_>| matches!(t.lower.as_str(), "am" | "pm" | "a.m" | "p.m" | "a.m." | "p.m.");
    Some(last + usize::from(tokens.get(last + 1).is_some_and(half)))
}

/// A number with its unit and what it is about: "p99 under 50 ms".
fn figure(
    source: &Source,
    tokens: &[Token<'_>],
    at: usize,
    last: Option<&Last>,
) -> Option<(WorkloadFact, usize)> {
    if let Some(found) = foreign_money(tokens, at) {
        return found;
    }
    let (quantity, span, end) = quantity(source, tokens, at)?;
    if quantity.dimension == Dimension::Duration && may_be_old(tokens, at, end) {
        // In digits, so that it can be compared.
        let text = quantity.text.clone();
        let written = Quantity::parse(&text).map_or_else(|| in_digits(quantity.amount), |_| text);
        return Some((
            fact(WorkloadKey::Consistency, Value::Text(format!("{written} behind")), span),
            end - at,
        ));
    }
    if aged(tokens, end) {
        return None;
    }
    let line = around(tokens, at, end, last);
    match quantity.dimension {
        Dimension::Count => {
            return short(tokens, at, last, &line)
                .or_else(|| shared(source, tokens, at, &line))
                .or_else(|| users(source, tokens, at, quantity, span));
        }
        Dimension::Bytes if shared(source, tokens, at, &line).is_some() => {
            return shared(source, tokens, at, &line);
        }
        Dimension::Rate | Dimension::ByteRate => {
            return rate(tokens, (at, end), (quantity, span), (last, &line));
        }
        _ => {}
    }
    let key = meaning(tokens, at, end, &quantity, last)?;
    Some((fact(key, Value::Quantity(quantity), span), end - at))
}

/// "RPO 0": nothing may be lost.
fn nothing(tokens: &[Token<'_>], at: usize) -> Option<(WorkloadFact, usize)> {
    let token = tokens.get(at).filter(|t| matches!(t.lower.as_str(), "0" | "zero"))?;
    let before = joined_lower(tokens.get(at.saturating_sub(3)..at)?);
    let unit = tokens.get(at + 1).is_some_and(|t| is_time(&t.lower));
    let lost = has(&format!(" {before} "), WORDS.hints.loss) && !unit;
    lost.then(|| (fact(WorkloadKey::RecoveryPoint, Value::parse("0 s"), token.span), 1))
}

/// A time in seconds, in the largest unit that leaves a whole number.
fn in_digits(seconds: f64) -> String {
    let units = [(DAY, "days"), (3600.0, "h"), (60.0, "min")];
    let fits = |(one, _): &&(f64, &str)| seconds >= *one && (seconds / one).fract() == 0.0;
    let (one, unit) = units.iter().find(fits).copied().unwrap_or((1.0, "s"));
    format!("{} {unit}", seconds / one)
}

/// "Dashboards may be at most one hour behind", "a scan must be visible within 30 seconds": how old what is read may be.
fn may_be_old(tokens: &[Token<'_>], at: usize, end: usize) -> bool {
    let before = format!(" {} ", joined_lower(tokens.get(at.saturating_sub(8)..at).unwrap_or(&[])));
    let aged = tokens.get(end).is_some_and(|t| matches!(t.lower.as_str(), "behind" | "old" | "stale"));
    let most = has(&before, &["at most", "no more than", "not more than", "up to", "not be more than"]);
    let seen =
        has(&before, &["visible", "show up", "shows up", "be up to date"]) && before.ends_with(" within ");
    aged && most || seen
}

/// "15 years old", "two weeks ago": the age of something is no figure of the system.
fn aged(tokens: &[Token<'_>], end: usize) -> bool {
    tokens.get(end).is_some_and(|t| matches!(t.lower.as_str(), "old" | "ago" | "earlier"))
}

/// What a figure is about, by its dimension and the words near it.
fn meaning(
    tokens: &[Token<'_>],
    at: usize,
    end: usize,
    quantity: &Quantity,
    last: Option<&Last>,
) -> Option<WorkloadKey> {
    use WorkloadKey::{Availability, Budget, DataVolume, Payload};
    let near = tokens.get(at.saturating_sub(7)..(end + 4).min(tokens.len())).unwrap_or(&[]);
    let close = format!(" {} ", joined_lower(near));
    let says = |key: WorkloadKey| WORDS.near(key).is_some_and(|list| has(&close, list));
    match quantity.dimension {
        Dimension::Duration => duration(tokens, at, end, quantity),
        Dimension::Bytes if has(&around(tokens, at, end, last), WORDS.hints.growth) => None,
        // "2 MB on average and at most 10 MB"
        Dimension::Bytes => Some(match last {
            _ if says(Payload) || quantity.amount < SMALL => Payload,
            Some(last) if last.key == Payload && !has(&close, WORDS.hints.in_all) => Payload,
            _ => DataVolume,
        }),
        Dimension::Ratio => says(Availability).then_some(Availability),
        Dimension::Money | Dimension::MoneyPerMonth => Some(Budget),
        Dimension::Rate | Dimension::ByteRate | Dimension::Count => None,
    }
}

/// What a duration is about.
fn duration(tokens: &[Token<'_>], at: usize, end: usize, quantity: &Quantity) -> Option<WorkloadKey> {
    use WorkloadKey::{Duration, Latency, RecoveryPoint, RecoveryTime, Retention};
    let before = tokens.get(at.saturating_sub(7)..at).unwrap_or(&[]);
    let line = format!(" {} ", joined_lower(before));
    // How long a caller waits is said of its call, not of the load; so is who is told when nobody answers.
    if limits_wait(tokens, at, end)
        || super::settings::lags(tokens, at, end)
        || has(&line, WORDS.hints.escalation)
    {
        return None;
    }
    let led = |words: &[&str]| before.last().is_some_and(|t| words.contains(&t.lower.as_str()));
    let is_for = led(&["for"]);
    let keeps = (!led(&["after"]) || deleted(tokens, at, end)) && !has(&line, WORDS.hints.again);
    [RecoveryTime, RecoveryPoint, Retention, Latency, Duration]
        .into_iter()
        // Nobody waits for days, and nothing answers "for five minutes".
        .filter(|key| *key != Latency || quantity.amount < DAY && !is_for)
        // "keeps the last 24 hours": how far back, not how long something runs.
        .filter(|key| *key != Duration || !led(&["last", "past"]))
        .filter(|key| *key != Retention || keeps)
        .filter_map(|key| Some((near(tokens, at, end, WORDS.near(key)?)?, key)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, key)| key)
        .or(match quantity.amount {
            short if short < 1.0 => Some(Latency),
            // "for 90 days"
            long if long >= DAY && is_for && keeps => Some(Retention),
            _ => None,
        })
}

/// "deleted after 30 days", where what is moved after them is kept.
fn deleted(tokens: &[Token<'_>], at: usize, end: usize) -> bool {
    let near = tokens.get(at.saturating_sub(7)..(end + 5).min(tokens.len())).unwrap_or(&[]);
    near.iter().enumerate().any(|(n, t)| {
        let never = n.checked_sub(1).and_then(|b| near.get(b)).is_some_and(|b| b.is("never") || b.is("not"));
        WORDS.hints.deleted.contains(&t.lower.as_str()) && !never
    })
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
