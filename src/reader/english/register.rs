//! The entities of a text with an index of what a mention of them has in common with them.
//!
//! Takes entities and [`Key`]s and gives the few entities that have one of the keys, so that a phrase is not compared with
//! everything the text spoke of before. It knows nothing of what makes two mentions one; it may give too many.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::editions::kinds_of;
use super::entities::{Entity, EntityId};
use super::lexicon::hash;
use super::wording::singular;
use crate::model::Kind;

/// What a phrase and an entity that it means may have in common.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<'a> {
    /// A modifier, in the singular.
    Modifier(&'a str),
    /// The last words of the head, or the head in the singular.
    Head(&'a str),
    /// The head of what has no modifiers.
    Bare(&'a str),
    /// That there are no modifiers.
    Plain,
    /// A name it goes by.
    Name(&'a str),
    /// The last of several words of the label, in lower case.
    Last(&'a str),
    /// A kind of a technology that is named for it.
    Made(Kind),
    /// Its own kind.
    Is(Kind),
}

/// A key as it is compared: one number a class and word. Two keys of one number only give an entity too many.
fn number(key: Key<'_>) -> u64 {
    let (class, rest) = match key {
        Key::Modifier(word) => (0, hash(word)),
        Key::Head(word) => (1, hash(word)),
        Key::Bare(word) => (2, hash(word)),
        Key::Name(word) => (3, hash(word)),
        Key::Made(kind) => (4, kind as usize),
        Key::Is(kind) => (5, kind as usize),
        Key::Plain => (6, 0),
        Key::Last(word) => (7, hash(word)),
    };
    class << 32 | rest as u64
}

/// Entities in the order of first mention. They are read as a slice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Register {
    entities: Vec<Entity>,
    /// The numbers of each entity's keys, as they are in the index.
    keys: Vec<Vec<u64>>,
    index: BTreeMap<u64, Vec<EntityId>>,
    /// Entities that may have changed since they were put into the index.
    changed: Vec<EntityId>,
}

impl Deref for Register {
    type Target = [Entity];

    fn deref(&self) -> &[Entity] {
        &self.entities
    }
}

impl Register {
    /// Adds an entity behind all others.
    pub(crate) fn push(&mut self, entity: Entity) {
        self.changed.push(self.entities.len());
        self.entities.push(entity);
    }

    /// An entity to be changed.
    pub(crate) fn get_mut(&mut self, id: EntityId) -> Option<&mut Entity> {
        if self.changed.last() != Some(&id) {
            self.changed.push(id);
        }
        self.entities.get_mut(id)
    }

    /// All entities, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entity> {
        self.changed = (0..self.entities.len()).collect();
        self.entities.iter_mut()
    }

    /// The entities that have one of the keys, and perhaps others, in their order.
    pub(super) fn among<'a>(&self, keys: impl IntoIterator<Item = Key<'a>>) -> Vec<EntityId> {
        let listed = keys.into_iter().filter_map(|key| self.index.get(&number(key))).flatten();
        let mut found: Vec<EntityId> = listed.chain(&self.changed).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Puts what has changed into the index.
    pub(super) fn settle(&mut self) {
        let mut changed = std::mem::take(&mut self.changed);
        changed.sort_unstable();
        changed.dedup();
        self.keys.resize(self.entities.len(), Vec::new());
        for id in changed {
            let Some((entity, old)) = self.entities.get(id).zip(self.keys.get_mut(id)) else { continue };
            let new = numbers(entity);
            if *old == new {
                continue;
            }
            for number in old.iter().filter(|n| !new.contains(n)) {
                if let Some(ids) = self.index.get_mut(number) {
                    ids.retain(|other| *other != id);
                }
            }
            for number in new.iter().filter(|n| !old.contains(n)) {
                self.index.entry(*number).or_default().push(id);
            }
            *old = new;
        }
    }
}

/// The numbers of an entity's keys.
fn numbers(entity: &Entity) -> Vec<u64> {
    let mut out = vec![number(Key::Is(entity.kind)), number(Key::Head(&entity.head))];
    out.extend(entity.modifiers.iter().map(|m| number(Key::Modifier(&singular(m)))));
    out.extend(
        entity
            .head
            .match_indices(' ')
            .filter_map(|(at, _)| entity.head.get(at + 1..))
            .map(|w| number(Key::Head(w))),
    );
    out.extend(entity.names.iter().map(|name| number(Key::Name(name))));
    out.extend(entity.technologies.iter().flat_map(|&t| kinds_of(t)).map(|kind| number(Key::Made(kind))));
    let label = entity.label.to_lowercase();
    if let Some((_, last)) = label.rsplit_once(' ') {
        out.extend([number(Key::Last(last)), number(Key::Last(&singular(last)))]);
    }
    if entity.modifiers.is_empty() {
        out.extend([Key::Plain, Key::Bare(&entity.head)].map(number));
    }
    let one = singular(&entity.head);
    if one != entity.head {
        out.push(number(Key::Head(&one)));
    }
    out.sort_unstable();
    out.dedup();
    out
}
