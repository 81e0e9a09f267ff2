//! Typed edits: what a review's fix proposes and what an edit sentence comes to.

use serde::{Deserialize, Serialize};

use super::{
    Architecture, Component, Connection, Group, GroupKind, Id, Kind, Mode, ModelError, Origin, Property,
    Technology, Value,
};
use crate::text::Span;

/// One edit of an architecture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Operation {
    /// Adds a component.
    AddComponent {
        /// Its id.
        id: Id,
        /// Its label.
        label: String,
        /// Its kind.
        kind: Kind,
        /// Its technology.
        #[serde(default)]
        technology: Option<Technology>,
        /// Its group.
        #[serde(default)]
        group: Option<Id>,
    },
    /// Removes a component; with `bridge`, what led to it then leads to where it led.
    RemoveComponent {
        /// Which.
        id: Id,
        /// Whether its neighbours are joined.
        bridge: bool,
    },
    /// Gives a component another label; the id stays.
    Rename {
        /// Which.
        id: Id,
        /// The new label.
        label: String,
    },
    /// Gives a component another kind.
    SetKind {
        /// Which.
        id: Id,
        /// The new kind.
        kind: Kind,
    },
    /// Gives a component another technology, or none.
    SetTechnology {
        /// Which.
        id: Id,
        /// The new technology.
        technology: Option<Technology>,
    },
    /// Sets how many of it run.
    SetReplicas {
        /// Which.
        id: Id,
        /// How many, at least 1.
        replicas: u32,
    },
    /// Sets a property.
    SetProperty {
        /// Which component.
        id: Id,
        /// The property's name.
        name: String,
        /// Its value.
        value: Value,
    },
    /// Connects two components.
    Connect {
        /// Where it starts.
        from: Id,
        /// Where it ends.
        to: Id,
        /// What travels.
        #[serde(default)]
        label: Option<String>,
        /// Whether the caller waits.
        mode: Mode,
    },
    /// Removes all connections from one component to another.
    Disconnect {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
    },
    /// Puts an existing component on every connection between two others.
    InsertBetween {
        /// What is put between.
        id: Id,
        /// Where the connections start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The mode of the half that leads to the new component.
        mode_in: Mode,
        /// The mode of the half that leads on.
        mode_out: Mode,
    },
    /// Sets whether the callers of all connections between two components wait.
    SetMode {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The new mode.
        mode: Mode,
    },
    /// Sets the protocol of all connections between two components.
    SetProtocol {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The new protocol.
        protocol: String,
    },
    /// Sets a property of all connections between two components.
    SetConnectionProperty {
        /// Where they start.
        from: Id,
        /// Where they end.
        to: Id,
        /// The property's name.
        name: String,
        /// Its value.
        value: Value,
    },
    /// Adds a group.
    AddGroup {
        /// Its id.
        id: Id,
        /// Its label.
        label: String,
        /// Its kind.
        kind: GroupKind,
        /// The group around it.
        #[serde(default)]
        parent: Option<Id>,
    },
    /// Removes a group and leaves its members where the group was.
    RemoveGroup {
        /// Which.
        id: Id,
    },
    /// Moves a component into a group, or out of all.
    Move {
        /// Which.
        id: Id,
        /// Where to.
        group: Option<Id>,
    },
}

impl Architecture {
    /// Applies one operation.
    ///
    /// # Errors
    /// When it names what does not exist or would make the architecture invalid; nothing has changed then.
    pub fn apply(&mut self, operation: &Operation) -> Result<(), ModelError> {
        use Operation as Op;
        let origin = || Origin::stated(Span::default());
        match operation {
            Op::AddComponent { id, label, kind, technology, group } => {
                let (id, technology, group) = (id.clone(), technology.clone(), group.clone());
                let new =
                    Component { id, technology, group, origin: origin(), ..Component::new(label, *kind) };
                self.add_component(new).map(|_| ())
            }
            Op::RemoveComponent { id, bridge } => self.remove(id, *bridge),
            Op::Rename { label, .. } if label.trim().is_empty() => Err(ModelError::Empty("the new name")),
            Op::Rename { id, label } => self.edit_component(id.as_str(), |c| c.label.clone_from(label)),
            Op::SetKind { id, kind } => self.edit_component(id.as_str(), |c| c.kind = *kind),
            Op::SetTechnology { id, technology } => {
                self.edit_component(id.as_str(), |c| c.technology.clone_from(technology))
            }
            Op::SetReplicas { id, replicas } => {
                self.edit_component(id.as_str(), |c| c.replicas = Some((*replicas).max(1)))
            }
            Op::SetProperty { id, name, value } => self.edit_component(id.as_str(), |c| {
                c.properties.insert(name.clone(), Property { value: value.clone(), origin: origin() });
            }),
            Op::Connect { from, to, label, mode } => {
                let new = Connection { label: label.clone(), origin: origin(), ..Connection::new(*mode) };
                self.connect(from.as_str(), to.as_str(), new).map(|_| ())
            }
            Op::Disconnect { from, to } => self.disconnect(from, to),
            Op::InsertBetween { id, from, to, mode_in, mode_out } => {
                self.insert_between(id, from, to, *mode_in, *mode_out)
            }
            Op::SetMode { from, to, mode } => self.edit_between(from, to, |c| c.mode = *mode),
            Op::SetProtocol { from, to, protocol } => {
                self.edit_between(from, to, |c| c.protocol = Some(protocol.clone()))
            }
            Op::SetConnectionProperty { from, to, name, value } => self.edit_between(from, to, |c| {
                c.properties.insert(name.clone(), Property { value: value.clone(), origin: origin() });
            }),
            Op::AddGroup { id, label, kind, parent } => {
                let (id, parent) = (id.clone(), parent.clone());
                self.add_group(Group { id, parent, origin: origin(), ..Group::new(label, *kind) })
            }
            Op::RemoveGroup { id } => self.remove_group(id.as_str()),
            Op::Move { id, group } => self.move_component(id.as_str(), group.clone()),
        }
    }

    /// Applies all operations or none.
    ///
    /// # Errors
    /// The first refusal; the architecture is as before then.
    pub fn apply_all(&mut self, operations: &[Operation]) -> Result<(), ModelError> {
        let mut changed = self.clone();
        for operation in operations {
            changed.apply(operation)?;
        }
        *self = changed;
        Ok(())
    }

    fn all_between(&self, from: &Id, to: &Id) -> Result<Vec<super::ConnectionIndex>, ModelError> {
        let end = |id: &Id| self.index_of(id.as_str()).ok_or_else(|| ModelError::NoComponent(id.clone()));
        let found: Vec<_> = self.connections_between(end(from)?, end(to)?).map(|c| c.index).collect();
        if found.is_empty() { Err(ModelError::NoConnection(from.clone(), to.clone())) } else { Ok(found) }
    }

    fn edit_between(&mut self, from: &Id, to: &Id, edit: impl Fn(&mut Connection)) -> Result<(), ModelError> {
        for index in self.all_between(from, to)? {
            self.edit_connection(index, &edit)?;
        }
        Ok(())
    }

    /// Last first: a removal moves only what comes after it.
    fn disconnect(&mut self, from: &Id, to: &Id) -> Result<(), ModelError> {
        self.all_between(from, to)?.into_iter().rev().try_for_each(|index| self.remove_connection(index))
    }

    fn insert_between(
        &mut self,
        id: &Id,
        from: &Id,
        to: &Id,
        mode_in: Mode,
        mode_out: Mode,
    ) -> Result<(), ModelError> {
        if !self.has(id.as_str()) {
            return Err(ModelError::NoComponent(id.clone()));
        }
        let between = self.all_between(from, to)?;
        let labels: Vec<_> = between.iter().filter_map(|&i| self.connection(i)?.label.clone()).collect();
        let halves = labels.len().max(1);
        self.disconnect(from, to)?;
        for half in 0..halves {
            let label = labels.get(half).cloned();
            self.connect(from.as_str(), id.as_str(), Connection { label, ..Connection::new(mode_in) })?;
        }
        self.connect(id.as_str(), to.as_str(), Connection::new(mode_out)).map(|_| ())
    }

    fn remove(&mut self, id: &Id, bridge: bool) -> Result<(), ModelError> {
        let index = self.index_of(id.as_str()).ok_or_else(|| ModelError::NoComponent(id.clone()))?;
        let mut bridges = Vec::new();
        if bridge {
            for before in self.connections_to(index).filter(|c| c.from != index) {
                for after in self.connections_from(index).filter(|c| c.to != index && c.to != before.from) {
                    let mode = if before.mode == Mode::Async { Mode::Async } else { after.mode };
                    let connection = Connection { mode, ..before.connection.clone() };
                    bridges.push((self.at(before.from).id.clone(), self.at(after.to).id.clone(), connection));
                }
            }
        }
        self.remove_component(id.as_str())?;
        for (from, to, connection) in bridges {
            if self.all_between(&from, &to).is_err() {
                self.connect(from.as_str(), to.as_str(), connection)?;
            }
        }
        Ok(())
    }
}
