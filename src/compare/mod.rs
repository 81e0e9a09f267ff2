//! The difference of two architectures, by meaning.
//!
//! Takes two [`Architecture`]s and gives a [`Difference`]: what was added, removed, renamed and changed, in names people
//! read. Order, origins and the places of words do not count, nor do assumptions and questions, which only follow from
//! the rest. It knows no text of the two and judges nothing: what a reviewer says of the change is compared above.

mod connections;
mod fields;
mod pairing;
mod say;
mod united;

use serde::Serialize;

use crate::model::{Architecture, ConnectionIndex};

pub use pairing::Pairing;
pub use united::{United, unite};

/// Everything that differs. Empty lists mean no difference.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Difference {
    /// Title, description and direction.
    pub whole: Vec<Field>,
    /// Components: the new ones' order first, then what was removed in the old order.
    pub components: Vec<Change>,
    /// Groups, in the same order.
    pub groups: Vec<Change>,
    /// Connections, in the same order.
    pub connections: Vec<ConnectionChange>,
    /// Scenarios by title.
    pub scenarios: Vec<Named>,
    /// Figures about the load.
    pub workload: Vec<Field>,
    /// Notes, wishes and suppressions, each as one line.
    pub remarks: Vec<Named>,
}

/// What happened to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands under another id or label.
    Renamed,
    /// Something about it changed, its label not.
    Changed,
    /// An end of the connection is another.
    Redirected,
}

/// Something with an id and a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thing {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
}

/// One value before and after; `None` where there was or is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What it is the value of: `technology`, `replicas`, a property's name.
    pub field: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// A component or group that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What happened.
    pub what: What,
    /// As it was; `None` when it is new.
    pub before: Option<Thing>,
    /// As it is; `None` when it is gone.
    pub after: Option<Thing>,
    /// What it is, for what came or went: `cache, Redis, in AWS`.
    pub about: String,
    /// What differs, the label apart.
    pub fields: Vec<Field>,
}

/// A connection that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConnectionChange {
    /// What happened.
    pub what: What,
    /// Its ends as they were.
    pub before: Option<(Thing, Thing)>,
    /// Its ends as they are.
    pub after: Option<(Thing, Thing)>,
    /// What it carries now, or carried.
    pub label: Option<String>,
    /// Whether nobody waits on it now (or did not, when it is gone).
    pub asynchronous: bool,
    /// What differs, the ends apart.
    pub fields: Vec<Field>,
    /// Which connection of the old architecture it is.
    #[serde(skip)]
    pub old: Option<ConnectionIndex>,
    /// Which connection of the new architecture it is.
    #[serde(skip)]
    pub new: Option<ConnectionIndex>,
}

/// Something known by its words alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// What happened.
    pub what: What,
    /// The words.
    pub name: String,
    /// What differs.
    pub fields: Vec<Field>,
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many things differ.
    #[must_use]
    pub fn count(&self) -> usize {
        self.whole.len()
            + self.components.len()
            + self.groups.len()
            + self.connections.len()
            + self.scenarios.len()
            + self.workload.len()
            + self.remarks.len()
    }

    /// The change list as Markdown, ready for a pull request.
    #[must_use]
    pub fn markdown(&self) -> String {
        say::markdown(self)
    }

    /// The change list as plain text, one change a line: `+` added, `-` removed, `~` changed.
    #[must_use]
    pub fn text(&self) -> String {
        say::text(self)
    }
}

/// Compares two architectures. Components are the same when they have the same id, or, among those left over, when they
/// are alike enough in label, kind, technology and neighbours.
#[must_use]
pub fn compare(old: &Architecture, new: &Architecture) -> Difference {
    let pairing = Pairing::of(old, new);
    Difference {
        whole: fields::whole(old, new),
        components: fields::components(old, new, &pairing),
        groups: fields::groups(old, new, &pairing),
        connections: connections::changes(old, new, &pairing),
        scenarios: fields::scenarios(old, new, &pairing),
        workload: fields::workload(old, new, &pairing),
        remarks: fields::remarks(old, new, &pairing),
    }
}
