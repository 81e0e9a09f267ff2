//! Old and new in one architecture, for a picture that shows both.
//!
//! Takes two architectures and their difference; gives the new one with what is gone added at its end, and what became
//! of every part. It decides nothing about the picture.

use std::collections::BTreeMap;

use super::{Difference, Pairing, Thing, What};
use crate::model::{Architecture, Component, ConnectionIndex, Group, Id, ModelError};

/// Old and new together.
#[derive(Debug, Clone, PartialEq)]
pub struct United {
    /// Everything that is there or was there.
    pub architecture: Architecture,
    /// What became of components, by their ids in `architecture`.
    pub components: BTreeMap<Id, What>,
    /// What became of groups, by their ids in `architecture`.
    pub groups: BTreeMap<Id, What>,
    /// What became of connections.
    pub connections: BTreeMap<ConnectionIndex, What>,
}

/// Unites two architectures. A connection that was led elsewhere is there twice: as it is, and as it was.
///
/// # Errors
/// When the two together are more than an architecture holds.
pub fn unite(old: &Architecture, new: &Architecture, difference: &Difference) -> Result<United, ModelError> {
    let pairing = Pairing::of(old, new);
    let mut united = United {
        architecture: new.clone(),
        components: BTreeMap::new(),
        groups: BTreeMap::new(),
        connections: BTreeMap::new(),
    };
    // The ids that old things have in the union.
    let mut ids: BTreeMap<Id, Id> = BTreeMap::new();
    for g in old.groups() {
        let id = match pairing.new_of(&g.id) {
            Some(id) => id.clone(),
            None => {
                let id = united.architecture.free_id(&g.id);
                let parent = g.parent.as_ref().and_then(|p| ids.get(p)).cloned();
                united.architecture.add_group(Group { id: id.clone(), parent, ..g.clone() })?;
                id
            }
        };
        ids.insert(g.id.clone(), id);
    }
    for c in old.components() {
        let id = match pairing.new_of(&c.id) {
            Some(id) => id.clone(),
            None => {
                let id = united.architecture.free_id(&c.id);
                let group = c.group.as_ref().and_then(|g| ids.get(g)).cloned();
                united.architecture.add_component(Component { id: id.clone(), group, ..c.clone() })?;
                id
            }
        };
        ids.insert(c.id.clone(), id);
    }
    for change in difference.components.iter().chain(&difference.groups) {
        let Some(id) = shown(change.after.as_ref(), change.before.as_ref(), &ids, new) else { continue };
        let of = if united.architecture.group(id.as_str()).is_some() {
            &mut united.groups
        } else {
            &mut united.components
        };
        of.insert(id, change.what);
    }
    for change in &difference.connections {
        if let Some(index) = change.new {
            united.connections.insert(index, change.what);
        }
        let gone = matches!(change.what, What::Removed | What::Redirected);
        let Some(was) = change.old.filter(|_| gone).and_then(|index| old.connection(index)) else { continue };
        let end = |i| ids.get(&old.at(i).id);
        if let (Some(from), Some(to)) = (end(was.from), end(was.to)) {
            let index = united.architecture.connect(from.as_str(), to.as_str(), was.connection.clone())?;
            united.connections.insert(index, What::Removed);
        }
    }
    Ok(united)
}

/// The id in the union of something that differs.
fn shown(
    after: Option<&Thing>,
    before: Option<&Thing>,
    ids: &BTreeMap<Id, Id>,
    new: &Architecture,
) -> Option<Id> {
    if let Some(thing) = after {
        let component = new.component(&thing.id).map(|c| c.id.clone());
        return component.or_else(|| new.group(&thing.id).map(|g| g.id.clone()));
    }
    let was = before?;
    ids.iter().find(|(old, _)| old.as_str() == was.id).map(|(_, id)| id.clone())
}
