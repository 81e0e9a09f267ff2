//! The capacity table: what rate and how much data each component gets from the stated load.
//!
//! Read off [`Load`]; nothing where no rate is stated. Sizes pass on unchanged (an assumption, printed). What works at
//! once is rate times time of one run (Little 1961), where that time is stated.

use serde::Serialize;

use super::load::Load;
use super::rates::{rate_text, three_digits};
use crate::model::{ComponentIndex, Dimension, Kind, WorkloadKey};
use crate::review::Fact;
use crate::review::case::{Case, base, enumerate, quantity};
use crate::review::facts::{amount, duration};

/// What the stated load comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Capacity {
    /// The components that get some of it, in the order of mention.
    pub parts: Vec<Demand>,
    /// What the figures rest on.
    pub inputs: Vec<Fact>,
    /// Whether a peak is stated.
    pub has_peak: bool,
    /// Whether a size is stated, so that data can be told.
    pub has_data: bool,
}

/// What one component gets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Demand {
    /// The component.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Requests or messages per second on average; none where only a peak is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_second: Option<f64>,
    /// The same as people write it: `150/s`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual: Option<String>,
    /// At the peak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<String>,
    /// From which neighbours, with their rates; the stated figure where it comes in.
    pub from: Vec<String>,
    /// How much data: `78 KiB/s, 6.4 GiB a day`; with what is kept where a retention is stated of a store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// How many work at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_once: Option<String>,
    /// How many a second it takes at most, where that is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<String>,
    /// Whether the load keeps within that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<bool>,
}

/// How many a second a component is stated to take at most.
pub(crate) fn most(case: &Case<'_>, i: ComponentIndex) -> Option<f64> {
    quantity(
        &case.at(i).properties,
        &["max_rate", "rate_limit", "max_throughput", "throughput"],
        Dimension::Rate,
    )
}

pub(super) fn of(case: &Case<'_>, load: &Load) -> Option<Capacity> {
    if load.inflows.is_empty() {
        return None;
    }
    let parts: Vec<Demand> = case.a.indexed().filter_map(|(i, _)| demand(case, load, i)).collect();
    let mut inputs = load.inputs(true);
    inputs.push(walked());
    if !load.left_out.is_empty() {
        let arrow = |(from, to): &(ComponentIndex, ComponentIndex)| {
            format!("{} → {}", case.label(*from), case.label(*to))
        };
        inputs.push(Fact {
            key: "only exceptions go over".into(),
            value: enumerate(&load.left_out.iter().map(arrow).collect::<Vec<_>>()),
            origin: "their share is not stated; left out".into(),
        });
    }
    let has_data = load.bytes.iter().any(|b| *b > 0.0);
    if has_data {
        let sizes = load.inflows.iter().filter_map(|x| Some((x.at, x.size?)));
        inputs.extend(sizes.map(|(i, s)| Fact {
            key: format!("size of what comes from {}", case.label(i)),
            value: amount(s, "bytes"),
            origin: "stated; passed on unchanged is assumed".into(),
        }));
    }
    let has_peak = load.inflows.iter().any(|x| x.peak.is_some());
    (!parts.is_empty()).then_some(Capacity { parts, inputs, has_peak, has_data })
}

/// The assumption behind every rate that is carried on.
pub(super) fn walked() -> Fact {
    Fact {
        key: "calls over each connection for one request".into(),
        value: "1".into(),
        origin: "assumed".into(),
    }
}

fn demand(case: &Case<'_>, load: &Load, i: ComponentIndex) -> Option<Demand> {
    let (usual, peak) = (load.usual[i.index()], load.peak[i.index()]);
    let aside = matches!(case.kind(i), Kind::User | Kind::Client | Kind::Network);
    if aside || usual <= 0.0 && peak <= 0.0 {
        return None;
    }
    let component = case.at(i);
    let told = load.inflows.iter().filter(|x| x.at == i).flat_map(|x| &x.facts).map(|(_, f)| f.value.clone());
    let mut from: Vec<String> = told.collect();
    if !load.inflows.iter().any(|x| x.at == i && x.own) {
        let ways = load.from[i.index()].iter().filter(|(_, u, p)| *u > 0.0 || *p > 0.0);
        from.extend(ways.map(|(n, u, p)| match (*u > 0.0, *p > 0.0) {
            (true, _) => format!("{} {}", case.label(*n), rate_text(*u)),
            _ => format!("{} {}", case.label(*n), rate_text(*p)),
        }));
    }
    let top = usual.max(peak);
    let most = most(case, i);
    let run = case
        .workload_of(i, WorkloadKey::Duration)
        .and_then(|f| base(&f.value, Dimension::Duration))
        .or_else(|| case.seconds(i, &["duration", "run_time"]));
    let at_once = run.filter(|_| component.kind.is_compute()).map(|s| {
        format!("{} ({} × {})", three_digits((top * s).max(1.0).ceil()), rate_text(top), duration(s))
    });
    Some(Demand {
        id: component.id.to_string(),
        label: case.label(i),
        per_second: (usual > 0.0).then_some(usual),
        usual: (usual > 0.0).then(|| rate_text(usual)),
        peak: (peak > 0.0).then(|| rate_text(peak)),
        from,
        data: data(case, load, i),
        at_once,
        most: most.map(rate_text),
        within: most.map(|m| top <= m),
    })
}

fn data(case: &Case<'_>, load: &Load, i: ComponentIndex) -> Option<String> {
    let bytes = load.bytes[i.index()];
    if bytes <= 0.0 {
        return None;
    }
    let day = bytes * 86_400.0;
    let mut text = format!("{}/s, {} a day", amount(bytes.round(), "bytes"), amount(day.round(), "bytes"));
    if let Some((seconds, said)) = kept(case, i) {
        text.push_str(&format!("; {} in {said}", amount((bytes * seconds).round(), "bytes")));
    }
    Some(text)
}

/// How long a component keeps what comes in, in seconds and as it is said: by the figure that `review::retention` finds as
/// well, else by a setting.
pub(crate) fn kept(case: &Case<'_>, i: ComponentIndex) -> Option<(f64, String)> {
    let fact = case.workload_of(i, WorkloadKey::Retention).map(|f| &f.value);
    let value = fact.or_else(|| case.at(i).property("retention"))?;
    Some((base(value, Dimension::Duration)?, value.to_string()))
}
