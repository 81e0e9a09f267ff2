//! What an architecture is made of: components and the connections between them.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{Id, Kind, Mode, Origin, Value};

/// A product or technology: a catalog entry, or the free text a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Technology {
    /// The catalog id, such as `aws.lambda`; `None` for one the catalog does not know.
    pub id: Option<String>,
    /// The name people read.
    pub name: String,
}

/// A typed property with where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// The value.
    pub value: Value,
    /// Where it comes from.
    pub origin: Origin,
}

/// Properties by name, in the order of mention. Names are lower case with `_`.
pub type Properties = IndexMap<String, Property>;

/// A box of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Its name in the architecture.
    pub id: Id,
    /// The name people read; never empty.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// What it is made with.
    pub technology: Option<Technology>,
    /// What it does, in the author's words or the catalog's.
    pub description: Option<String>,
    /// How many of it run, where the text says so; at least 1.
    pub replicas: Option<u32>,
    /// Everything else that is known.
    pub properties: Properties,
    /// The innermost group it is in.
    pub group: Option<Id>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Component {
    /// A component with nothing but a name and a kind, named after its label.
    #[must_use]
    pub fn new(label: impl Into<String>, kind: Kind) -> Self {
        let label = label.into();
        Self {
            id: Id::from_label(&label),
            label,
            kind,
            technology: None,
            description: None,
            replicas: None,
            properties: Properties::new(),
            group: None,
            origin: Origin::default(),
        }
    }

    /// The catalog id of its technology, if it has one.
    #[must_use]
    pub fn technology_id(&self) -> Option<&str> {
        self.technology.as_ref()?.id.as_deref()
    }

    /// A property's value by name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Value> {
        self.properties.get(name).map(|p| &p.value)
    }
}

/// An arrow of the picture. Its ends are kept by the [`Architecture`](super::Architecture).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Connection {
    /// What travels or happens.
    pub label: Option<String>,
    /// Whether the caller waits.
    pub mode: Mode,
    /// How it travels: `HTTPS`, `gRPC`, `AMQP`.
    pub protocol: Option<String>,
    /// What is carried, where it is more than the label says.
    pub payload: Option<String>,
    /// Everything else that is known.
    pub properties: Properties,
    /// Where it comes from.
    pub origin: Origin,
}

impl Connection {
    /// A connection of that mode with nothing else known.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self { mode, properties: Properties::new(), ..Self::default() }
    }

    /// The same with a label.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into()).filter(|l: &String| !l.trim().is_empty());
        self
    }
}

impl Technology {
    /// A technology the catalog does not know.
    #[must_use]
    pub fn unknown(name: impl Into<String>) -> Self {
        Self { id: None, name: name.into() }
    }
}
