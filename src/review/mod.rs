//! What a senior engineer would raise.
//!
//! Takes an [`Architecture`] and gives findings, each with its reason and its fixes as plain
//! [`Operation`](crate::model::Operation)s, open questions, and estimates with their inputs. An unknown never fires: it
//! becomes an open question. Rules, published figures and words are data (`assets/rules`, `assets/facts`); the graph is
//! analysed once. It changes nothing, reads no source text and knows no document.

mod case;
mod estimates;
mod facts;
mod finding;
mod flows;
mod hits;
mod judge;
mod names;
mod report;
mod rule;
mod rules;
mod rules_page;
mod stages;
mod trust;

use serde::{Deserialize, Serialize};

use case::Case;

use crate::catalog::{paths, words};
use crate::model::{Architecture, ComponentIndex, Value, WorkloadKey};

pub(crate) use case::{BACKUP, ENCRYPTED_AT_REST};

pub use crate::catalog::said_of;
pub use estimates::{
    Availability, Capacity, ColdStart, Cost, CostItem, Demand, Estimates, Factor, Hop, Latency, Limit,
    LockIn, Part, Suitability, SuitabilityFactor, SuitabilityOf,
};
pub use facts::{Confidence, Figure, Figures, Published, figures};
pub use finding::{Basis, Fact, Finding, Fix, Level, Review, Source, Suppressed};
pub use flows::{Access, Failure, Flow, FlowStep, Named, accesses, failures, flows, receiver_acts};
pub use names::distinct_names;
pub use report::{json, sarif, text};
pub use rule::{RuleEntry, SourceEntry, Weight, entries as rules};
pub use rules_page::rules_page;
pub use stages::stages;
pub use trust::{Crossing, Threat, crossings, threats};

/// How strict a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// A first sketch: what is not drawn is asked for, not missed.
    #[default]
    Sketch,
    /// A first product: resilience and operability weigh less.
    Mvp,
    /// A system people rely on.
    Production,
    /// A system that is audited.
    Regulated,
}

/// What the caller may choose.
#[derive(Debug, Clone, Default)]
pub struct ReviewOptions {
    /// How strict.
    pub profile: Profile,
}

/// Reviews an architecture.
#[must_use]
pub fn review(architecture: &Architecture, options: &ReviewOptions) -> Review {
    let case = Case::new(architecture, options.profile);
    let mut review = judge::judge(&case);
    review.estimates = Estimates::of(&case);
    review.profile = options.profile;
    review
}

/// How long a component keeps what it has, by a figure that is said of it.
#[must_use]
pub fn retention(a: &Architecture, i: ComponentIndex) -> Option<&Value> {
    let mut facts = a.workload().iter().filter(|f| f.key == WorkloadKey::Retention);
    facts.find(|f| said_of(a, f) == Some(i)).map(|f| &f.value)
}

/// Devices that are stated to send at an interval, but not how many they are: the component's id, and the interval as it is
/// said ("every 10 seconds"). Only their number is missing for the rate.
#[must_use]
pub fn uncounted(architecture: &Architecture) -> Vec<(String, String)> {
    let case = Case::new(architecture, Profile::Sketch);
    let devices = case.of_kind(|k| k == crate::model::Kind::Device).into_iter();
    let uncounted = devices.filter(|&i| case.at(i).replicas.is_none()).filter_map(|i| {
        let (_, text) = estimates::inflows::sends_every(&case, i)?;
        Some((case.id(i).to_string(), text))
    });
    uncounted.collect()
}
