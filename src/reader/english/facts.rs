//! Figures about the load: rates, latencies, availability, schedules, durations, sizes.
//!
//! Takes the sentences and gives workload facts for the model. It adds no component.

use super::sentences::Sentence;
use super::tokens::{Shape, Token};
use crate::model::{Dimension, Origin, Quantity, Value, WorkloadFact, WorkloadKey};
use crate::text::{Source, Span};

/// The most facts taken from one text.
const MAX_FACTS: usize = 200;

/// The workload facts of a text.
pub(crate) fn facts(source: &Source, sentences: &[Sentence<'_>]) -> Vec<WorkloadFact> {
    let mut out = Vec::new();
    for sentence in sentences {
        for at in 0..sentence.tokens.len() {
            if out.len() >= MAX_FACTS {
                return out;
            }
            out.extend(schedule(&sentence.tokens, at).or_else(|| nines(&sentence.tokens, at)));
            out.extend(figure(source, &sentence.tokens, at));
        }
    }
    out
}

fn fact(key: WorkloadKey, value: Value, span: Span) -> WorkloadFact {
    WorkloadFact { key, value, about: None, origin: Origin::stated(span) }
}

/// "nightly", "every 5 minutes", "every night", "once a day".
fn schedule(tokens: &[Token<'_>], at: usize) -> Option<WorkloadFact> {
    let token = tokens.get(at)?;
    let text = |value: &str, span| fact(WorkloadKey::Schedule, Value::Text(value.to_owned()), span);
    if matches!(token.lower.as_str(), "nightly" | "hourly" | "daily" | "weekly" | "monthly") {
        return Some(text(&token.lower, token.span));
    }
    if !token.is("every") {
        return None;
    }
    let next = tokens.get(at + 1)?;
    let unit = |t: &Token<'_>| {
        let word = t.lower.trim_end_matches('s');
        matches!(
            word,
            "night"
                | "day"
                | "hour"
                | "minute"
                | "second"
                | "week"
                | "month"
                | "evening"
                | "morning"
                | ""
                | "min"
        )
    };
    if next.shape == Shape::Number {
        let last = tokens.get(at + 2).filter(|t| unit(t))?;
        return Some(text(&format!("every {} {}", next.lower, last.lower), token.span.join(last.span)));
    }
    unit(next).then(|| text(&format!("every {}", next.lower), token.span.join(next.span)))
}

/// "three nines".
fn nines(tokens: &[Token<'_>], at: usize) -> Option<WorkloadFact> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1).filter(|t| t.is("nines"))?;
    let share = match token.lower.as_str() {
        "two" => "99%",
        "three" => "99.9%",
        "four" => "99.99%",
        "five" => "99.999%",
        _ => return None,
    };
    Some(fact(WorkloadKey::Availability, Value::parse(share), token.span.join(next.span)))
}

/// A number with its unit: "10,000 requests per minute", "under 50 ms", "99.9 %", "40 minutes".
fn figure(source: &Source, tokens: &[Token<'_>], at: usize) -> Option<WorkloadFact> {
    let token = tokens.get(at).filter(|t| t.text.starts_with(|c: char| c.is_ascii_digit()))?;
    let (quantity, span, length) = (1..=5).rev().find_map(|n| {
        let span = token.span.join(tokens.get(at + n - 1)?.span);
        Quantity::parse(source.slice(span)).map(|q| (q, span, n))
    })?;
    let near = |words: &[&str]| {
        let from = at.saturating_sub(6);
        tokens
            .get(from..(at + length + 4).min(tokens.len()))
            .unwrap_or(&[])
            .iter()
            .any(|t| words.contains(&t.lower.as_str()))
    };
    let key = match quantity.dimension {
        Dimension::Rate if near(&["peak", "peaks", "peaking", "spikes", "bursts"]) => WorkloadKey::PeakRate,
        Dimension::Rate => WorkloadKey::Rate,
        Dimension::Duration
            if near(&["latency", "p99", "p95", "p50", "respond", "response", "responds", "answers"]) =>
        {
            WorkloadKey::Latency
        }
        Dimension::Duration if near(&["rto"]) => WorkloadKey::RecoveryTime,
        Dimension::Duration if near(&["rpo"]) => WorkloadKey::RecoveryPoint,
        Dimension::Duration
            if near(&["keep", "kept", "keeps", "retention", "retain", "retained", "stored"]) =>
        {
            WorkloadKey::Retention
        }
        Dimension::Duration if near(&["run", "runs", "takes", "take", "lasts", "long"]) => {
            WorkloadKey::Duration
        }
        Dimension::Bytes if near(&["each", "payload", "message", "file", "files", "images", "image"]) => {
            WorkloadKey::Payload
        }
        Dimension::Bytes => WorkloadKey::DataVolume,
        Dimension::Ratio if near(&["uptime", "available", "availability", "slo", "sla"]) => {
            WorkloadKey::Availability
        }
        Dimension::Count
            if near(&["users", "customers", "subscribers", "members", "people", "players"])
                && length >= 1 =>
        {
            let next = tokens.get(at + length)?;
            let counted = matches!(
                next.lower.as_str(),
                "users"
                    | "customers"
                    | "subscribers"
                    | "members"
                    | "people"
                    | "players"
                    | "active"
                    | "concurrent"
                    | "daily"
            );
            counted.then_some(WorkloadKey::Users)?
        }
        _ => return None,
    };
    Some(fact(key, Value::Quantity(quantity), span))
}
