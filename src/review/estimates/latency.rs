//! A latency budget: what the calls that a person waits for usually take, one after another.
//!
//! Stated times count as stated; all others are engineering defaults and say so. The slow figure takes the one
//! slowest part at its worst and all others as usual: adding up worst cases would be wrong, they rarely meet.

use serde::Serialize;

use crate::model::{ComponentIndex, Dimension, Kind, WorkloadFact, WorkloadKey};
use crate::review::case::{Case, base};
use crate::review::facts::{duration, figures};

/// The budget along the path of waiting from one entry that usually takes longest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Latency {
    /// The entry's label.
    pub entry: String,
    /// What is waited for, in order.
    pub hops: Vec<Hop>,
    /// The usual time in milliseconds.
    pub usual_ms: f64,
    /// The slow time in milliseconds: the slowest part at its worst, the others as usual.
    pub slow_ms: f64,
    /// The stated target, where there is one.
    pub target: Option<String>,
    /// Whether the slow time lies within the target.
    pub within: Option<bool>,
}

/// One part of a budget.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hop {
    /// Its label.
    pub label: String,
    /// The usual time in milliseconds.
    pub usual_ms: f64,
    /// The slow time in milliseconds.
    pub slow_ms: f64,
    /// Where the figures come from.
    pub origin: String,
}

pub(super) fn of(case: &Case<'_>) -> Vec<Latency> {
    let whole = case.workload(WorkloadKey::Latency);
    let mut budgets = Vec::new();
    for &entry in &case.paths.people {
        // How long signing in or a system of others takes says nothing of how long an answer of this one does.
        let aside = |i: &ComponentIndex| {
            let kind = case.kind(*i);
            kind.is_outside() || kind == Kind::Identity
        };
        let target = case.workload_of(entry, WorkloadKey::Latency).or(whole);
        budgets.extend(budget(case, entry, target).filter(|(chain, _)| !chain.iter().skip(1).all(aside)));
    }
    for i in case.of_kind(|k| !k.is_actor()) {
        if let Some(target) = case.workload_of(i, WorkloadKey::Latency) {
            budgets.extend(budget(case, i, Some(target)));
        }
    }
    budgets.into_iter().map(|(_, budget)| budget).collect()
}

/// The budget of the chain that starts there, with that chain; none where nothing is waited for.
fn budget(
    case: &Case<'_>,
    entry: ComponentIndex,
    target: Option<&WorkloadFact>,
) -> Option<(Vec<ComponentIndex>, Latency)> {
    let asked = target.and_then(|f| base(&f.value, Dimension::Duration)).map(|s| s * 1000.0);
    let hop = |i| hop(case, i, i == entry);
    // In microseconds, so that no rounding decides.
    let chain = case.paths.heaviest_chain(&[entry], |i| hop(i).map_or(0, |h| micros(h.usual_ms)));
    let hops: Vec<Hop> = chain.iter().filter_map(|&i| hop(i)).collect();
    if hops.len() < 2 {
        return None;
    }
    let usual_ms: f64 = hops.iter().map(|h| h.usual_ms).sum();
    let worst = hops.iter().map(|h| h.slow_ms - h.usual_ms).fold(0.0, f64::max);
    let slow_ms = usual_ms + worst;
    let within = asked.map(|t| slow_ms <= t);
    let target = target.map(|f| f.value.to_string());
    Some((chain, Latency { entry: case.label(entry), hops, usual_ms, slow_ms, target, within }))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // times are small and not negative
fn micros(ms: f64) -> u64 {
    (ms * 1000.0).round().max(0.0) as u64
}

fn hop(case: &Case<'_>, i: ComponentIndex, first: bool) -> Option<Hop> {
    let stated = case.seconds(i, &["latency", "response_time"]).map(|s| s * 1000.0);
    let label = match case.kind(i) {
        Kind::User => "the way from the person".to_owned(),
        Kind::Client if first => "the way from the client".to_owned(),
        Kind::Client => return None,
        _ => case.label(i),
    };
    if let Some(ms) = stated {
        return Some(Hop {
            label,
            usual_ms: ms,
            slow_ms: ms,
            origin: format!("stated: {}", duration(ms / 1000.0)),
        });
    }
    let (usual, slow) = if case.kind(i) == Kind::Client {
        // The same network lies before a client whose person is not drawn.
        (figures().get("kind.user", "latency")?, figures().get("kind.user", "latency_slow")?)
    } else {
        (case.figure_or_default(i, "latency")?, case.figure_or_default(i, "latency_slow")?)
    };
    Some(Hop { label, usual_ms: usual.value, slow_ms: slow.value.max(usual.value), origin: usual.origin() })
}
