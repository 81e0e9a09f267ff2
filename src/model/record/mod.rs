//! The plain form of an architecture: what JSON and YAML hold.
//!
//! The JSON contract of `export --to json`, and what the structured reader takes: every key but `components` is
//! optional. [`Record::from`] an architecture and [`Record::build`] back give the same architecture.

mod build;
mod write;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use build::RecordError;

use super::{
    Architecture, Assumption, Component, Connection, ConnectionIndex, Direction, Group, GroupKind, Id, Kind,
    Mode, ModelError, Note, Origin, Properties, Property, Question, Scenario, Step, Suppression, Technology,
    Value, Wish, WishKind, WorkloadFact, WorkloadKey,
};

/// A whole architecture.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Record {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    pub components: Vec<ComponentRecord>,
    #[serde(default)]
    pub connections: Vec<ConnectionRecord>,
    #[serde(default)]
    pub groups: Vec<GroupRecord>,
    #[serde(default)]
    pub scenarios: Vec<ScenarioRecord>,
    #[serde(default)]
    pub workload: Vec<WorkloadRecord>,
    #[serde(default)]
    pub notes: Vec<NoteRecord>,
    #[serde(default)]
    pub wishes: Vec<WishRecord>,
    #[serde(default)]
    pub suppressions: Vec<SuppressionRecord>,
    #[serde(default)]
    pub assumptions: Vec<AssumptionRecord>,
    #[serde(default)]
    pub questions: Vec<QuestionRecord>,
}

/// A component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ComponentRecord {
    pub id: String,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
    /// The catalog id, or free text.
    #[serde(default)]
    pub technology: Option<String>,
    #[serde(default)]
    pub group: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub replicas: Option<u32>,
    #[serde(default)]
    pub properties: IndexMap<String, Value>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub property_origins: IndexMap<String, Origin>,
    #[serde(default)]
    pub origin: Origin,
}

/// A connection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ConnectionRecord {
    pub from: String,
    pub to: String,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub style: Option<Mode>,
    #[serde(default)]
    pub protocol: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// The step marks; written for readers, taken from `scenarios` when read.
    #[serde(default)]
    pub steps: Vec<String>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub properties: IndexMap<String, Value>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub property_origins: IndexMap<String, Origin>,
    #[serde(default)]
    pub origin: Origin,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct GroupRecord {
    pub id: String,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technology: Option<String>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub properties: IndexMap<String, Value>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub property_origins: IndexMap<String, Origin>,
    #[serde(default)]
    pub origin: Origin,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ScenarioRecord {
    pub title: String,
    pub steps: Vec<StepRecord>,
    #[serde(default)]
    pub origin: Origin,
}

/// A step of a scenario: the ends of its connection, and which one where several join them (from 0).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct StepRecord {
    pub from: String,
    pub to: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub nth: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default)]
    pub origin: Origin,
}

/// A figure about the load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WorkloadRecord {
    pub key: WorkloadKey,
    pub value: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    #[serde(default)]
    pub origin: Origin,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct NoteRecord {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    #[serde(default)]
    pub origin: Origin,
}

/// A wish about the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WishRecord {
    pub wish: WishKind,
    #[serde(default)]
    pub origin: Origin,
}

/// A suppressed review rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct SuppressionRecord {
    pub rule: String,
    #[serde(default)]
    pub about: Vec<String>,
    pub reason: String,
    #[serde(default)]
    pub origin: Origin,
}

/// An assumption in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct AssumptionRecord {
    pub text: String,
    #[serde(default)]
    pub about: Vec<String>,
    #[serde(default)]
    pub origin: Origin,
}

/// An open question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct QuestionRecord {
    pub text: String,
    #[serde(default)]
    pub default: Option<String>,
    #[serde(default)]
    pub settle: Option<String>,
    #[serde(default)]
    pub about: Vec<String>,
    #[serde(default)]
    pub origin: Origin,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_zero(n: &usize) -> bool {
    *n == 0
}
