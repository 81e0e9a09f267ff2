//! What is known of a system besides its graph: scenarios, workload, notes, wishes, suppressions, assumptions and
//! open questions.

use serde::{Deserialize, Serialize};

use super::architecture::ConnectionIndex;
use super::{Direction, Id, Origin, Value};

/// An ordered walk over connections: how one thing happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What happens: "Upload an image".
    pub title: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Where it comes from.
    pub origin: Origin,
}

/// One step of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The arrow walked.
    pub connection: ConnectionIndex,
    /// What happens in this step, where it is more than the arrow's label.
    pub text: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// What a workload fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkloadKey {
    /// Requests or events per second, on average.
    Rate,
    /// Requests or events per second, at the peak.
    PeakRate,
    /// How long an answer may take.
    Latency,
    /// The share of time it must work.
    Availability,
    /// How many people use it.
    Users,
    /// How much data is kept.
    DataVolume,
    /// How large one message or file is.
    Payload,
    /// How long one piece of work takes.
    Duration,
    /// What it may cost.
    Budget,
    /// When it runs: "nightly", "every 5 minutes".
    Schedule,
    /// How long data is kept.
    Retention,
    /// How soon it must be back after a failure (RTO).
    RecoveryTime,
    /// How much data may be lost, as time (RPO).
    RecoveryPoint,
    /// How load varies: "steady", "spiky".
    Shape,
    /// Where it runs: regions.
    Regions,
    /// How fresh or ordered data must be.
    Consistency,
    /// Laws and standards: "GDPR", "PCI DSS".
    Compliance,
    /// Whether it must be able to move to another provider.
    Portability,
    /// How mature it is: "prototype", "production".
    Stage,
}

/// A figure or wish about the load, from the text.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkloadFact {
    /// What it is about.
    pub key: WorkloadKey,
    /// The figure.
    pub value: Value,
    /// The component it was said of; `None` for the system as a whole.
    pub about: Option<Id>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A remark, on a component, on a group or on the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The remark.
    pub text: String,
    /// What it is about.
    pub about: Option<Id>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A review rule that the author answers for.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppression {
    /// The rule, such as `SRV001`.
    pub rule: String,
    /// Where it is to be silent; empty for everywhere.
    pub about: Vec<Id>,
    /// Why; never empty.
    pub reason: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// What the author wishes of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// The wish.
    pub kind: WishKind,
    /// Where it comes from.
    pub origin: Origin,
}

/// The wishes there are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WishKind {
    /// These stand in one rank (column when the picture reads to the right).
    SameRank(Vec<Id>),
    /// These follow each other within their rank, in this order.
    Order(Vec<Id>),
    /// The first stands next to the second.
    Near(Id, Id),
    /// It stands in the first rank.
    First(Id),
    /// It stands in the last rank.
    Last(Id),
    /// The inside of this group reads in this direction.
    GroupDirection(Id, Direction),
}

/// Something taken for granted that no single component or connection carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// What is assumed, as a sentence.
    pub text: String,
    /// The components it is about.
    pub about: Vec<Id>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Something only the author can decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question, ending in `?`.
    pub text: String,
    /// What was taken for granted until it is answered.
    pub default: Option<String>,
    /// A line of the language that settles it.
    pub settle: Option<String>,
    /// The components it is about.
    pub about: Vec<Id>,
    /// Where it comes from.
    pub origin: Origin,
}
