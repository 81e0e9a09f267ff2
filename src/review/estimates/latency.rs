//! A latency budget: what the calls that a person waits for usually take, one after another.
//!
//! Stated times count as stated; all others are engineering defaults and say so. The slow figure takes the one
//! slowest part at its worst and all others as usual: adding up worst cases would be wrong, they rarely meet. The chain
//! is the least that an answer takes; calls of one part to several others, one after another, come to the sum.

use petgraph::algo::tarjan_scc;
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
    /// The usual time in milliseconds if each part makes its calls one after another; what only hands a request on makes
    /// one of them.
    pub in_turn_ms: f64,
    /// The stated target, where there is one.
    pub target: Option<String>,
    /// Whether the slow time lies within the target.
    pub within: Option<bool>,
    /// How the figures stand to the target, in words: `kept`, `kept as a rule`, `not kept`, …
    pub verdict: Option<&'static str>,
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
    let in_turn = in_turn(case);
    let mut budgets: Vec<(Vec<ComponentIndex>, Latency)> = Vec::new();
    for &entry in &case.paths.people {
        // How long signing in or a system of others takes says nothing of how long an answer of this one does.
        let aside = |i: &ComponentIndex| {
            let kind = case.kind(*i);
            kind.is_outside() || kind == Kind::Identity
        };
        let target = case.workload_of(entry, WorkloadKey::Latency).or(whole);
        budgets.extend(
            budget(case, &in_turn, entry, target).filter(|(chain, _)| !chain.iter().skip(1).all(aside)),
        );
    }
    // What the whole must answer in is not asked of reports, where other requests are there.
    let report = |chain: &[ComponentIndex]| {
        chain.iter().any(|&i| matches!(case.kind(i), Kind::Analytics | Kind::Warehouse))
    };
    if budgets.iter().any(|(chain, _)| !report(chain)) {
        for (chain, budget) in &mut budgets {
            let own = chain.first().is_some_and(|&i| case.workload_of(i, WorkloadKey::Latency).is_some());
            if budget.target.is_some() && !own && report(chain) {
                budget.within = None;
                budget.verdict = Some("not compared, as it is a report");
            }
        }
    }
    for i in case.of_kind(|k| !k.is_actor()) {
        if let Some(target) = case.workload_of(i, WorkloadKey::Latency) {
            budgets.extend(budget(case, &in_turn, i, Some(target)));
        }
    }
    budgets.into_iter().map(|(_, budget)| budget).collect()
}

/// The budget of the chain that starts there, with that chain; none where nothing is waited for.
fn budget(
    case: &Case<'_>,
    in_turn: &[f64],
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
    // A program adds the way to it where it is the beginning.
    let way = hops.first().filter(|_| case.kind(entry) == Kind::Client).map_or(0.0, |h| h.usual_ms);
    let in_turn_ms = (in_turn.get(entry.index()).copied().unwrap_or_default() + way).max(usual_ms);
    let within = asked.map(|t| slow_ms <= t);
    let verdict = asked.map(|t| match (usual_ms <= t, slow_ms <= t, in_turn_ms <= t) {
        (false, ..) => "not kept",
        (_, true, true) => "kept",
        (_, true, false) => "kept where calls run side by side, not one after another",
        (_, false, true) => "kept as a rule, not at the slowest",
        (_, false, false) => "kept at best: not at the slowest, and not with one call after another",
    });
    let target = target.map(|f| f.value.to_string());
    let entry = case.label(entry);
    Some((chain, Latency { entry, hops, usual_ms, slow_ms, in_turn_ms, target, within, verdict }))
}

/// By component: its usual time and that of its calls, one after another; of what hands requests on (people, programs,
/// gateways, balancers, CDNs) the one call that takes longest. Calls in a circle count once.
fn in_turn(case: &Case<'_>) -> Vec<f64> {
    let calls = case.paths.calls();
    let mut all = vec![0.0; calls.node_count()];
    let hands_on = |i: ComponentIndex| {
        let kind = case.kind(i);
        kind.is_actor() || matches!(kind, Kind::Client | Kind::Gateway | Kind::LoadBalancer | Kind::Cdn)
    };
    // Tarjan gives circles, and what each leads to before it.
    for circle in tarjan_scc(calls) {
        let mut next: Vec<ComponentIndex> = circle.iter().flat_map(|&i| calls.neighbors(i)).collect();
        next.sort_unstable();
        next.dedup();
        // Where people sign in they do so before.
        next.retain(|n| !circle.contains(n) && case.kind(*n) != Kind::Identity);
        let times = next.iter().map(|n| all[n.index()]);
        let behind: f64 =
            if circle.iter().any(|&i| hands_on(i)) { times.fold(0.0, f64::max) } else { times.sum() };
        let own: f64 = circle.iter().filter_map(|&i| hop(case, i, false)).map(|h| h.usual_ms).sum();
        for i in circle {
            all[i.index()] = own + behind;
        }
    }
    all
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
