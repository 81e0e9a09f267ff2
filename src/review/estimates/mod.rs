//! Estimates: load, availability, latency, cost, cold starts, limits, lock-in, suitability for functions.
//!
//! Takes a case and gives figures, each with its inputs and where they come from. Nothing is estimated where a fact is
//! missing and no default is printed with it.

pub(super) mod availability;
pub(super) mod capacity;
mod cold_start;
pub(super) mod cost;
pub(super) mod inflows;
mod latency;
mod limits;
pub(super) mod load;
pub(super) mod portability;
pub(super) mod rates;
mod suitability;

use serde::Serialize;

use super::case::Case;

pub use availability::{Availability, Factor};
pub use capacity::{Capacity, Demand};
pub use cold_start::ColdStart;
pub use cost::{Cost, CostItem};
pub use latency::{Hop, Latency};
pub use limits::Limit;
pub use portability::{LockIn, Part};
pub use suitability::{Component as SuitabilityOf, Suitability, SuitabilityFactor};

/// Everything computed from the graph and published figures.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Estimates {
    /// What load each component gets, where a rate is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Along every path of waiting, worst first.
    pub availability: Vec<Availability>,
    /// Along the path of waiting of each entry that takes longest.
    pub latency: Vec<Latency>,
    /// Per month, where a rate is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Functions that people wait for.
    pub cold_starts: Vec<ColdStart>,
    /// Limits that stated figures meet or break.
    pub limits: Vec<Limit>,
    /// How much is tied to one provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock_in: Option<LockIn>,
    /// Whether functions fit the load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suitability: Option<Suitability>,
}

impl Estimates {
    pub(super) fn of(case: &Case<'_>) -> Self {
        let load = load::Load::of(case);
        Self {
            capacity: capacity::of(case, &load),
            availability: availability::of(case),
            latency: latency::of(case),
            cost: cost::of(case, &load),
            cold_starts: cold_start::of(case),
            limits: limits::of(case),
            lock_in: portability::of(case),
            suitability: suitability::of(case),
        }
    }
}

/// Two significant digits: more would pretend to know.
pub(super) fn two_digits(value: f64) -> f64 {
    if !value.is_finite() || value <= 0.0 {
        return 0.0;
    }
    let mut scale = 1.0;
    while value / scale >= 100.0 {
        scale *= 10.0;
    }
    while value / scale < 10.0 {
        scale /= 10.0;
    }
    (value / scale).round() * scale
}
