//! A short way to an architecture for people who have no text.

use super::{Architecture, Component, Connection, Group, GroupKind, Id, Kind, Mode, ModelError, Technology};

/// Builds an [`Architecture`] call by call; the first mistake is kept and returned by [`build`](Self::build).
///
/// ```
/// use blueprose::model::{Builder, Kind, GroupKind};
/// let architecture = Builder::new("Shop")
///     .component("customer", "Customer", Kind::User)
///     .group("aws", "AWS", GroupKind::Cloud)
///     .component_in("aws", "api", "Shop API", Kind::Gateway)
///     .call("customer", "api", "browse")
///     .build()?;
/// assert_eq!(architecture.component_count(), 2);
/// # Ok::<(), blueprose::model::ModelError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    architecture: Architecture,
    error: Option<ModelError>,
}

impl Builder {
    /// Starts an architecture of that title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        let mut architecture = Architecture::new();
        architecture.title = Some(title.into());
        Self { architecture, error: None }
    }

    /// Adds a component outside all groups.
    #[must_use]
    pub fn component(self, id: &str, label: &str, kind: Kind) -> Self {
        self.add(id, label, kind, None)
    }

    /// Adds a component to a group.
    #[must_use]
    pub fn component_in(self, group: &str, id: &str, label: &str, kind: Kind) -> Self {
        self.add(id, label, kind, Some(group))
    }

    /// Says what a component is made with; `technology` is a catalog id or any name.
    #[must_use]
    pub fn using(self, id: &str, technology: Technology) -> Self {
        self.then(|a| a.edit_component(id, |c| c.technology = Some(technology)))
    }

    /// Adds a group at the top of the tree.
    #[must_use]
    pub fn group(self, id: &str, label: &str, kind: GroupKind) -> Self {
        self.then(|a| a.add_group(Group { id: valid(id)?, ..Group::new(label, kind) }))
    }

    /// Adds a group inside another.
    #[must_use]
    pub fn group_in(self, parent: &str, id: &str, label: &str, kind: GroupKind) -> Self {
        self.then(|a| {
            a.add_group(Group { id: valid(id)?, parent: Some(valid(parent)?), ..Group::new(label, kind) })
        })
    }

    /// Adds a connection whose caller waits. An empty label is none.
    #[must_use]
    pub fn call(self, from: &str, to: &str, label: &str) -> Self {
        self.then(|a| a.connect(from, to, Connection::new(Mode::Sync).labelled(label)).map(|_| ()))
    }

    /// Adds a connection that nobody waits for. An empty label is none.
    #[must_use]
    pub fn event(self, from: &str, to: &str, label: &str) -> Self {
        self.then(|a| a.connect(from, to, Connection::new(Mode::Async).labelled(label)).map(|_| ()))
    }

    /// The architecture.
    ///
    /// # Errors
    /// The first call that was refused.
    pub fn build(self) -> Result<Architecture, ModelError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.architecture),
        }
    }

    fn add(self, id: &str, label: &str, kind: Kind, group: Option<&str>) -> Self {
        self.then(|a| {
            let group = group.map(valid).transpose()?;
            a.add_component(Component { id: valid(id)?, group, ..Component::new(label, kind) }).map(|_| ())
        })
    }

    fn then(mut self, change: impl FnOnce(&mut Architecture) -> Result<(), ModelError>) -> Self {
        if self.error.is_none() {
            self.error = change(&mut self.architecture).err();
        }
        self
    }
}

fn valid(id: &str) -> Result<Id, ModelError> {
    Id::parse(id).ok_or(ModelError::Empty("an id (letters, digits, `-` and `_`)"))
}
