//! Applies typed edits to an architecture, one by one or all together.

use super::{
    Architecture, Component, ComponentIndex, Connection, Group, Id, Mode, ModelError, Operation, Origin,
    Property, Step, Suppression, WorkloadFact,
};
use crate::text::Span;

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
            Op::SetDescription { id, description } => {
                self.edit_component(id.as_str(), |c| c.description.clone_from(description))
            }
            Op::UnsetProperty { id, name } => {
                self.edit_component(id.as_str(), |c| drop(c.properties.shift_remove(name)))
            }
            Op::Redirect { from, to, new_from, new_to } => self.redirect_all(from, to, new_from, new_to),
            Op::Relabel { from, to, label } => self.edit_between(from, to, |c| c.label.clone_from(label)),
            Op::RenameGroup { label, .. } if label.trim().is_empty() => {
                Err(ModelError::Empty("the new name"))
            }
            Op::RenameGroup { id, label } => self.edit_group(id.as_str(), |g| g.label.clone_from(label)),
            Op::MoveGroup { id, parent } => self.move_group(id.as_str(), parent.clone()),
            Op::SetWorkload { key, value, about } => {
                let (key, value, about) = (*key, value.clone(), about.clone());
                self.set_workload(WorkloadFact { key, value, about, origin: origin() })
            }
            Op::Suppress { rule, about, reason } => {
                let (rule, about, reason) = (rule.clone(), about.clone(), reason.clone());
                self.add_suppression(Suppression { rule, about, reason, origin: origin() })
            }
            Op::SetTitle { title } if title.trim().is_empty() => Err(ModelError::Empty("the new title")),
            Op::SetTitle { title } => {
                self.title = Some(title.clone());
                Ok(())
            }
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

    fn redirect_all(&mut self, from: &Id, to: &Id, new_from: &Id, new_to: &Id) -> Result<(), ModelError> {
        let all = self.all_between(from, to)?;
        all.into_iter().try_for_each(|index| self.redirect(index, new_from.as_str(), new_to.as_str()))
    }

    /// The first halves keep what the connections carried and the steps over them; each such step is followed by one
    /// over the second half.
    fn insert_between(
        &mut self,
        id: &Id,
        from: &Id,
        to: &Id,
        mode_in: Mode,
        mode_out: Mode,
    ) -> Result<(), ModelError> {
        if self.index_of(id.as_str()).is_none() {
            return Err(ModelError::NoComponent(id.clone()));
        }
        let between = self.all_between(from, to)?;
        for &index in &between {
            self.redirect(index, from.as_str(), id.as_str())?;
            self.edit_connection(index, |c| c.mode = mode_in)?;
        }
        // Several that lead to the same are put behind one: the way on is there already then.
        let onward = match self.all_between(id, to) {
            Ok(there) if !there.is_empty() => there[0],
            _ => self.connect(id.as_str(), to.as_str(), Connection::new(mode_out))?,
        };
        self.rewrite_steps(|steps| {
            let mut walked = Vec::with_capacity(steps.len());
            for step in steps {
                let through = between.contains(&step.connection);
                let origin = step.origin.clone();
                walked.push(step);
                if through {
                    walked.push(Step { connection: onward, text: None, origin });
                }
            }
            walked
        });
        self.unite(id, from, &between)
    }

    /// Of the connections from one to another that say the same, `later` ones give way to those before them.
    fn unite(&mut self, to: &Id, from: &Id, later: &[super::ConnectionIndex]) -> Result<(), ModelError> {
        let says =
            |c: super::ConnectionRef<'_>| (c.label.clone(), c.mode, c.protocol.clone(), c.properties.clone());
        let all = self.all_between(from, to)?;
        let mut gone = Vec::new();
        for &index in later {
            let said = self.connection(index).map(says);
            let first = all.iter().find(|&&i| self.connection(i).map(says) == said);
            if let Some(&first) = first.filter(|&&first| first < index) {
                gone.push((index, first));
            }
        }
        self.rewrite_steps(|mut steps| {
            for step in &mut steps {
                if let Some((_, first)) = gone.iter().find(|(index, _)| *index == step.connection) {
                    step.connection = *first;
                }
            }
            steps
        });
        gone.sort();
        gone.into_iter().rev().try_for_each(|(index, _)| self.remove_connection(index))
    }

    /// With `bridge`, two steps through the component become one over the bridge.
    fn remove(&mut self, id: &Id, bridge: bool) -> Result<(), ModelError> {
        let index = self.index_of(id.as_str()).ok_or_else(|| ModelError::NoComponent(id.clone()))?;
        if bridge {
            self.bridge(index)?;
        }
        self.remove_component(id.as_str())
    }

    fn bridge(&mut self, gone: ComponentIndex) -> Result<(), ModelError> {
        let (mut pairs, mut bridges) = (Vec::new(), Vec::new());
        for before in self.connections_to(gone).filter(|c| c.from != gone) {
            for after in self.connections_from(gone).filter(|c| c.to != gone && c.to != before.from) {
                let mode = if before.mode == Mode::Async { Mode::Async } else { after.mode };
                pairs.push((before.index, after.index, before.from, after.to));
                bridges.push(Connection { mode, ..before.connection.clone() });
            }
        }
        let mut joined = Vec::new();
        for ((before, after, from, to), new) in pairs.into_iter().zip(bridges) {
            let there = self.connections_between(from, to).next().map(|c| c.index);
            let over = match there {
                Some(index) => index,
                None => {
                    let (from, to) = (self.at(from).id.clone(), self.at(to).id.clone());
                    self.connect(from.as_str(), to.as_str(), new)?
                }
            };
            joined.push((before, after, over));
        }
        self.rewrite_steps(|steps| {
            let mut walked: Vec<Step> = Vec::with_capacity(steps.len());
            for step in steps {
                let bridge = walked.last().and_then(|last| {
                    joined.iter().find(|(b, a, _)| *b == last.connection && *a == step.connection)
                });
                match (bridge, walked.last_mut()) {
                    (Some((_, _, over)), Some(last)) => last.connection = *over,
                    _ => walked.push(step),
                }
            }
            walked
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::model::{Builder, Kind, Scenario};

    fn chain() -> Architecture {
        let mut a = Builder::new("t")
            .component("a", "A", Kind::Service)
            .component("b", "B", Kind::Database)
            .component("x", "X", Kind::Cache)
            .call("a", "b", "orders")
            .build()
            .unwrap();
        let connection = a.connections().next().unwrap().index;
        let steps = vec![Step { connection, text: None, origin: Origin::default() }];
        a.add_scenario(Scenario { title: "s".into(), steps, origin: Origin::default() }).unwrap();
        a
    }

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn a_component_put_between_keeps_labels_and_steps_and_its_removal_restores_them() {
        let mut a = chain();
        let first: Vec<_> = a.connections().map(|c| (c.from, c.to, c.label.clone())).collect();
        let insert = Operation::InsertBetween {
            id: id("x"),
            from: id("a"),
            to: id("b"),
            mode_in: Mode::Sync,
            mode_out: Mode::Sync,
        };
        a.apply(&insert).unwrap();
        assert_eq!(a.connection_count(), 2);
        assert_eq!(a.scenarios()[0].steps.len(), 2);
        a.apply(&Operation::RemoveComponent { id: id("x"), bridge: true }).unwrap();
        assert_eq!(a.connections().map(|c| (c.from, c.to, c.label.clone())).collect::<Vec<_>>(), first);
        assert_eq!(a.scenarios()[0].steps.len(), 1);
    }

    #[test]
    fn operations_are_applied_whole_or_not_at_all() {
        let mut a = chain();
        let before = a.clone();
        let rename = Operation::Rename { id: id("a"), label: "Other".into() };
        let wrong = Operation::Redirect { from: id("a"), to: id("b"), new_from: id("a"), new_to: id("q") };
        assert_eq!(a.apply_all(&[rename, wrong]), Err(ModelError::NoComponent(id("q"))));
        assert_eq!(a, before);
    }
}
