//! Functions that people wait for, and how long the start of an instance may take.

use serde::Serialize;

use crate::model::Kind;
use crate::review::case::Case;
use crate::review::facts::figures;

/// One function's exposure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColdStart {
    /// The function.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its runtime, or that it is not stated.
    pub runtime: String,
    /// How long a start may take: `600–1000 ms`.
    pub start: String,
    /// Whether instances are stated to be kept warm.
    pub kept_warm: bool,
    /// Where the figure comes from.
    pub origin: String,
}

pub(super) fn of(case: &Case<'_>) -> Vec<ColdStart> {
    let functions = case.of_kind(|k| k == Kind::Function).into_iter().filter(|&f| case.paths.on_user_path(f));
    let exposed = functions.filter_map(|f| {
        let runtime = case.text(f, &["runtime", "language"]);
        let name = runtime.as_ref().map(|r| {
            r.to_lowercase().chars().take_while(|c| c.is_alphabetic() || *c == '.').collect::<String>()
        });
        let by_runtime = name.and_then(|n| figures().get(&format!("runtime.{n}"), "cold_start_slow"));
        let figure = by_runtime.or_else(|| case.figure_or_default(f, "cold_start"))?;
        let kept_warm = case
            .flag(f, &["provisioned_concurrency", "min_instances", "minimum_instances", "snapstart", "warm"])
            == Some(true);
        Some(ColdStart {
            id: case.id(f).to_string(),
            label: case.label(f),
            runtime: runtime.unwrap_or_else(|| "not stated".into()),
            start: figure.text(),
            kept_warm,
            origin: figure.origin(),
        })
    });
    exposed.collect()
}
