//! What is drawn of all that a text speaks of.
//!
//! Takes a [`Reading`] and says of each entity whether it becomes a component. It changes nothing.

use std::collections::BTreeSet;

use super::ends::Ends;
use super::entities::{Entity, EntityId};
use super::lexicon::{Det, lexicon};
use super::reading::Reading;
use crate::catalog::catalog;
use crate::model::Kind;

/// What is drawn: what the text does not rule out, and of what it only hints at, what takes part in something.
pub(super) fn kept(reading: &Reading) -> Vec<bool> {
    let all = &reading.entities.all;
    let mut kept: Vec<bool> = all.iter().map(|e| !e.denied).collect();
    let ends = Ends::of(&reading.flows);
    let mut partners: Vec<Vec<EntityId>> = vec![Vec::new(); all.len()];
    for (id, other) in reading.flows.iter().flat_map(|f| [(f.from, f.to), (f.to, f.from)]) {
        if let Some(partners) = partners.get_mut(id) {
            partners.push(other);
        }
    }
    let linked = |id: EntityId, kept: &[bool]| {
        partners.get(id).into_iter().flatten().any(|&o| kept.get(o).copied().unwrap_or(false))
    };
    let places: BTreeSet<usize> = all.iter().filter(|e| !e.denied).filter_map(|e| e.group).collect();
    // What only installs the system is no part of it, unless somebody is said to run it.
    let installs = |id: EntityId, e: &Entity| {
        let tool = |&t: &usize| {
            catalog().technologies().get(t).is_some_and(|t| lexicon().roles.tools.contains(t.id))
        };
        e.technologies.first().is_some_and(tool) && !ends.to(id)
    };
    let program = |e: &Entity| e.kind.is_compute() && !e.denied && !e.weak && !e.itself;
    let parts = all.iter().any(program);
    for _ in 0..2 {
        for (id, entity) in all.iter().enumerate() {
            // What goes by a common noun may still be a part that does something: "A chatbot answers … It asks OpenAI."
            let common = entity.det == Det::Indefinite && linked(id, &kept);
            let whole = entity.itself && parts && !common
                || !entity.members.is_empty()
                || entity.as_place.is_some_and(|p| places.contains(&p));
            let idle = !entity.declared
                && entity.kind != Kind::User
                && entity.technologies.is_empty()
                && entity.modifiers.is_empty()
                && !linked(id, &kept);
            let keep = !entity.denied
                && !idle
                && !whole
                && !installs(id, entity)
                && (!entity.weak || linked(id, &kept));
            if let Some(slot) = kept.get_mut(id) {
                *slot = keep;
            }
        }
    }
    kept
}
