//! Limits of the platforms, and how the stated figures stand to them.

use serde::Serialize;

use crate::model::{ComponentIndex, Dimension, WorkloadKey};
use crate::review::case::{Case, base, quantity};
use crate::review::facts::{Figure, amount};

/// One limit beside the figure that meets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Limit {
    /// The component.
    pub id: String,
    /// Its label.
    pub label: String,
    /// What is limited: "longest run".
    pub what: String,
    /// The limit.
    pub limit: String,
    /// The stated figure, where there is one.
    pub stated: Option<String>,
    /// Whether it is kept; `None` when nothing is stated.
    pub kept: Option<bool>,
    /// Where the limit comes from.
    pub origin: String,
}

/// The limits worth a line, in the order a reader looks for them.
const SHOWN: &[&str] = &["max_duration", "answer_within", "message", "request", "item", "retention"];

pub(super) fn of(case: &Case<'_>) -> Vec<Limit> {
    let mut limits = Vec::new();
    for (i, component) in case.a.indexed() {
        for figure in SHOWN.iter().filter_map(|key| case.figure(i, key)) {
            let stated = stated(case, i, figure);
            let most = figure.key != "retention";
            limits.push(Limit {
                id: component.id.to_string(),
                label: case.label(i),
                what: figure.name.clone(),
                limit: figure.text(),
                kept: stated.filter(|_| most).map(|s| s <= figure.value),
                stated: stated.map(|s| amount(s, &figure.unit)),
                origin: figure.origin(),
            });
        }
    }
    limits
}

fn stated(case: &Case<'_>, i: ComponentIndex, figure: &Figure) -> Option<f64> {
    let about = |key, dimension| case.workload_of(i, key).and_then(|f| base(&f.value, dimension));
    match figure.key.as_str() {
        "max_duration" => case.work_seconds(i).map(|(s, _)| s),
        "answer_within" => {
            let behind = case
                .a
                .connections_from(i)
                .filter(|c| case.paths.sync(c))
                .filter_map(|c| case.work_seconds(c.to));
            behind.map(|(s, _)| s).fold(None, |most: Option<f64>, s| Some(most.map_or(s, |m| m.max(s))))
        }
        "message" | "request" | "item" => about(WorkloadKey::Payload, Dimension::Bytes).or_else(|| {
            quantity(&case.at(i).properties, &["payload", "size", "message_size"], Dimension::Bytes)
        }),
        "retention" => {
            about(WorkloadKey::Retention, Dimension::Duration).or_else(|| case.seconds(i, &["retention"]))
        }
        _ => None,
    }
}
