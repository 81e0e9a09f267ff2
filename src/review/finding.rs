//! Findings: the JSON contract of `review --json`.

use serde::{Deserialize, Serialize};

use super::{Estimates, Profile};
use crate::model::{ComponentIndex, ConnectionIndex, Id, Operation, Question};
use crate::text::Span;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing.
    Info,
    /// Worth mending.
    Warn,
    /// Cannot work as it stands.
    Error,
}

/// What a finding rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Two stated facts collide.
    Stated,
    /// The shape of the graph.
    Topology,
    /// Something is not drawn.
    Absence,
}

/// What a rule found, at all its places together.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule: `SRV010`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Level,
    /// What it rests on.
    pub basis: Basis,
    /// The rule's title.
    pub title: String,
    /// What was found, with the names of the components.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// The components concerned.
    pub components: Vec<ComponentIndex>,
    /// The connections concerned.
    pub connections: Vec<ConnectionIndex>,
    /// The words concerned.
    pub spans: Vec<Span>,
    /// The figures used.
    pub facts: Vec<Fact>,
    /// Ways out, best first.
    pub fixes: Vec<Fix>,
    /// Where the rule comes from.
    pub source: Source,
}

/// A figure used in a finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// What it is: "AWS Lambda timeout".
    pub key: String,
    /// The figure: "900 s".
    pub value: String,
    /// Where it comes from: "stated", or a source with its date.
    pub origin: String,
}

/// A way out of a finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fix {
    /// Its id: `SRV010.1`.
    pub id: String,
    /// What it does, as an imperative.
    pub title: String,
    /// The edits that do it.
    pub operations: Vec<Operation>,
}

/// A published source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its address, where it has one.
    pub url: Option<String>,
}

/// A finding the author answers for.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// The author's reason.
    pub reason: String,
}

/// Everything a review says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Review {
    /// Findings, by severity, then by rule.
    pub findings: Vec<Finding>,
    /// Findings the author answers for.
    pub suppressed: Vec<Suppressed>,
    /// What the rules would need to know, with the components concerned.
    pub questions: Vec<Question>,
    /// Ids that a fix would add, kept so that two fixes do not collide.
    pub reserved: Vec<Id>,
    /// Figures computed from the graph and published facts.
    pub estimates: Estimates,
    /// How strict the review was.
    pub profile: Profile,
}

impl Level {
    /// `error`, `warn` or `info`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

impl Basis {
    /// `stated`, `topology` or `absence`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Topology => "topology",
            Self::Absence => "absence",
        }
    }
}

impl Review {
    /// How many findings there are of a level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|f| f.severity == level).count()
    }
}
