//! Whether functions fit: per component that runs code, a score of 0 to 100 with the factors it rests on.
//!
//! `score = 50 + 50 · Σ wᵢvᵢ / (Σ wᵢ + 15)` over the factors that are known, vᵢ between −1 and 1; the 15 pulls a score
//! built on little towards 50. The confidence is the known weight over all weight. A gate that is not passed settles
//! the matter whatever the score.

use serde::Serialize;

use crate::model::{ComponentIndex, Dimension, Kind, WorkloadKey};
use crate::review::case::{Case, base, quantity};
use crate::review::facts::{duration, figures};
use crate::review::words::says;

/// The weight that stands for everything unknown.
const DAMPING: f64 = 15.0;

/// How well functions suit one component.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suitability {
    /// The components that run code, in the order of mention.
    pub components: Vec<Component>,
}

/// One component.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Component {
    /// The component.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Whether it is a function now.
    pub is_function: bool,
    /// 0 to 100.
    pub score: u32,
    /// The score if everything unknown spoke against it.
    pub at_least: u32,
    /// The score if everything unknown spoke for it.
    pub at_most: u32,
    /// The share of the weight that is known, 0 to 100.
    pub confidence: u32,
    /// What it comes to, in a few words.
    pub verdict: String,
    /// Why it cannot be a function at all, where that is so.
    pub gate: Option<String>,
    /// What was weighed.
    pub factors: Vec<SuitabilityFactor>,
    /// What would tell most if it were known, heaviest first.
    pub missing: Vec<String>,
}

/// One factor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuitabilityFactor {
    /// What was weighed.
    pub name: String,
    /// How much it counts.
    pub weight: f64,
    /// −1 (against) to 1 (for); none when unknown.
    pub value: Option<f64>,
    /// What it was judged by.
    pub evidence: String,
}

pub(super) fn of(case: &Case<'_>) -> Option<Suitability> {
    let any = case.a.components().any(|c| c.kind == Kind::Function);
    let own = case.of_kind(|k| matches!(k, Kind::Function | Kind::Service | Kind::Container | Kind::Vm));
    let components: Vec<_> = own.into_iter().filter(|_| any).map(|i| judge(case, i)).collect();
    (!components.is_empty()).then_some(Suitability { components })
}

fn judge(case: &Case<'_>, i: ComponentIndex) -> Component {
    let factors = factors(case, i);
    let score = |unknown: Option<f64>| {
        let (mut sum, mut known) = (0.0, 0.0);
        for factor in &factors {
            if let Some(value) = factor.value.or(unknown) {
                sum += factor.weight * value;
                known += factor.weight;
            }
        }
        (50.0 + 50.0 * sum / (known + DAMPING)).round()
    };
    let all: f64 = factors.iter().map(|f| f.weight).sum();
    let known: f64 = factors.iter().filter(|f| f.value.is_some()).map(|f| f.weight).sum();
    let mut missing: Vec<&SuitabilityFactor> = factors.iter().filter(|f| f.value.is_none()).collect();
    missing.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let missing = missing.into_iter().take(3).map(|f| f.name.clone()).collect();
    let gate = gate(case, i);
    let confidence = 100.0 * known / all;
    let verdict = match (&gate, score(None)) {
        (Some(_), _) => "not as a function",
        (None, _) if confidence < 40.0 => "indicative only: too little is stated",
        (None, s) if s >= 70.0 => "fits functions well",
        (None, s) if s >= 55.0 => "fits functions, with the findings mended",
        (None, s) if s >= 40.0 => "either will do",
        (None, _) => "better on containers or machines",
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 100
    let whole = |value: f64| value.clamp(0.0, 100.0).round() as u32;
    Component {
        id: case.id(i).to_string(),
        label: case.label(i),
        is_function: case.kind(i) == Kind::Function,
        score: whole(score(None)),
        at_least: whole(score(Some(-1.0))),
        at_most: whole(score(Some(1.0))),
        confidence: whole(confidence),
        verdict: verdict.to_owned(),
        gate,
        factors,
        missing,
    }
}

/// What no score can outweigh.
fn gate(case: &Case<'_>, i: ComponentIndex) -> Option<String> {
    if let Some((seconds, _)) = case.work_seconds(i)
        && let Some(limit) = limit(case, i, "max_duration")
        && seconds > limit
    {
        return Some(format!("one run takes {}, the limit is {}", duration(seconds), duration(limit)));
    }
    if case.flag(i, &["gpu"]) == Some(true) {
        return Some("it needs a GPU".into());
    }
    let memory = quantity(&case.at(i).properties, &["memory"], Dimension::Bytes);
    if memory.zip(limit(case, i, "memory")).is_some_and(|(m, l)| m > l) {
        return Some("it needs more memory than a function can have".into());
    }
    (case.flag(i, &["websocket", "websockets", "persistent_connections"]) == Some(true))
        .then(|| "it holds connections open".into())
}

/// A limit of its own platform, else that of AWS Lambda, the best documented one.
fn limit(case: &Case<'_>, i: ComponentIndex, key: &str) -> Option<f64> {
    case.figure(i, key).or_else(|| figures().get("aws.lambda", key)).map(|f| f.value)
}

fn factors(case: &Case<'_>, i: ComponentIndex) -> Vec<SuitabilityFactor> {
    vec![
        shape(case, i),
        events(case, i),
        duty(case, i),
        stage(case),
        state(case, i),
        length(case, i),
        latency(case, i),
        downstream(case, i),
        portability(case),
    ]
}

fn factor(name: &str, weight: f64, found: Option<(f64, String)>) -> SuitabilityFactor {
    let (value, evidence) = found.map_or((None, "not stated".to_owned()), |(v, e)| (Some(v), e));
    SuitabilityFactor { name: name.into(), weight, value, evidence }
}

fn shape(case: &Case<'_>, i: ComponentIndex) -> SuitabilityFactor {
    let told =
        case.workload_for(i, WorkloadKey::Shape).or_else(|| case.workload_of(i, WorkloadKey::Schedule));
    let found = told.and_then(|fact| {
        let text = fact.value.to_string();
        let value = if says(&text, "steady") {
            -1.0
        } else if says(&text, "spiky") || says(&text, "rare") || says(&text, "scheduled") {
            1.0
        } else if says(&text, "variable") {
            0.6
        } else {
            return None;
        };
        Some((value, format!("the load is {text}")))
    });
    factor("how the load varies", 14.0, found)
}

fn events(case: &Case<'_>, i: ComponentIndex) -> SuitabilityFactor {
    let into: Vec<_> = case.a.connections_to(i).collect();
    let pulled = case.a.connections_from(i).filter(|c| case.paths.reversed(c)).count();
    let waiting = into.iter().filter(|c| case.paths.sync(c)).count();
    let events = into.len() - waiting + pulled;
    let found = match (events, waiting) {
        (0, 0) => None,
        (_, 0) => Some((1.0, "started by events only".to_owned())),
        (0, _) => Some((-0.25, "called and waited for".to_owned())),
        _ => Some((0.4, "started by events and by calls".to_owned())),
    };
    factor("what starts it", 10.0, found)
}

fn duty(case: &Case<'_>, i: ComponentIndex) -> SuitabilityFactor {
    let rate = case.workload_for(i, WorkloadKey::Rate).and_then(|f| base(&f.value, Dimension::Rate));
    let seconds =
        case.workload_of(i, WorkloadKey::Duration).and_then(|f| base(&f.value, Dimension::Duration));
    let seconds = seconds.or_else(|| case.seconds(i, &["duration", "run_time"]));
    let even = figures().get("kind.function", "break_even").map_or(0.48, |f| f.value / 100.0);
    let found = rate.zip(seconds).map(|(rate, seconds)| {
        let busy = rate * seconds;
        let value = if busy <= even { 1.0 - busy / even } else { -((busy - even) / (1.0 - even)).min(1.0) };
        (value, format!("busy {:.0} % of one processor on average", busy * 100.0))
    });
    factor("how busy it is", 12.0, found)
}

fn stage(case: &Case<'_>) -> SuitabilityFactor {
    let found = case.workload(WorkloadKey::Stage).map(|fact| {
        let text = fact.value.to_string();
        let early = ["prototype", "mvp", "proof", "pilot", "hackathon", "experiment"];
        let value = if early.iter().any(|w| text.to_lowercase().contains(w)) { 1.0 } else { -0.3 };
        (value, format!("stage: {text}"))
    });
    factor("how mature the product is", 6.0, found)
}

fn state(case: &Case<'_>, i: ComponentIndex) -> SuitabilityFactor {
    let kept = case.text(i, &["state", "session", "sessions"]);
    let found = match kept {
        Some(place) if ["memory", "local", "disk", "in-memory"].contains(&place.to_lowercase().as_str()) => {
            Some((-1.0, format!("keeps state in {place}")))
        }
        Some(place) => Some((1.0, format!("state in {place}"))),
        None => {
            let stores = case
                .a
                .connections_from(i)
                .any(|c| case.kind(c.to).is_store() || case.kind(c.to) == Kind::Cache);
            stores.then(|| (1.0, "its data lies in stores of its own".to_owned()))
        }
    };
    factor("where its state is", 6.0, found)
}

fn length(case: &Case<'_>, i: ComponentIndex) -> SuitabilityFactor {
    let limit = limit(case, i, "max_duration");
    let found = case.work_seconds(i).zip(limit).map(|((seconds, _), limit)| {
        let share = seconds / limit;
        let value = if share < 0.1 { 1.0 } else { (1.0 - 2.0 * (share - 0.1) / 0.7).max(-1.0) };
        (value, format!("{} of at most {}", duration(seconds), duration(limit)))
    });
    factor("how long one run takes", 8.0, found)
}

fn latency(case: &Case<'_>, i: ComponentIndex) -> SuitabilityFactor {
    let slow =
        case.figure_or_default(i, "cold_start").or_else(|| figures().get("kind.function", "cold_start"));
    let slow = slow.map_or(5.0, |f| f.to.unwrap_or(f.value) / 1000.0);
    let found = if case.paths.on_user_path(i) {
        let target =
            case.workload_for(i, WorkloadKey::Latency).and_then(|f| base(&f.value, Dimension::Duration));
        target.map(|t| {
            let value = if t > 3.0 {
                1.0
            } else if t > slow {
                0.0
            } else {
                -1.0
            };
            (
                value,
                format!("people wait; the target is {}, a start takes up to {}", duration(t), duration(slow)),
            )
        })
    } else {
        Some((1.0, "nobody waits for it".to_owned()))
    };
    factor("how fast it must answer", 9.0, found)
}

fn downstream(case: &Case<'_>, i: ComponentIndex) -> SuitabilityFactor {
    let next: Vec<_> = case.a.connections_from(i).filter(|c| c.to != i).map(|c| c.to).collect();
    let counts = |n: &ComponentIndex| {
        case.figure(*n, "counts_connections").is_some_and(|f| f.value > 0.0)
            || case.is_called(*n, "legacy")
            || case.kind(*n) == Kind::Vm
    };
    let elastic =
        |n: &ComponentIndex| case.kind(*n).is_messaging() || case.self_replicating(*n) == Some(true);
    let found = if let Some(&tight) = next.iter().find(|n| counts(n)) {
        Some((-1.0, format!("{} does not grow with it", case.label(tight))))
    } else if !next.is_empty() && next.iter().all(elastic) {
        Some((1.0, "what it calls grows with it".to_owned()))
    } else {
        None
    };
    factor("whether what it calls can follow", 6.0, found)
}

fn portability(case: &Case<'_>) -> SuitabilityFactor {
    let found =
        case.workload(WorkloadKey::Portability).map(|fact| (-0.5, format!("portability: {}", fact.value)));
    factor("whether it must move", 6.0, found)
}
