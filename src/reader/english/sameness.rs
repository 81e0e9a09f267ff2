//! One thing under two names: "uses Redis as the cache", "the broker acts as the event bus".
//!
//! Takes what a clause says and joins the second mention to the first. It draws no arrows.

use super::clauses::Parsed;
use super::entities::{Entity, EntityId};
use super::flows::Said;
use super::lexicon::{Frame, Noun};
use super::reading::{Meaning, Reading};
use super::wanted::combined;
use super::wording::phrase_words;
use crate::model::Kind;

impl Reading {
    /// What stands behind `as` is a second name of what is used so, or of who acts so.
    pub(super) fn as_role(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        for np in said.clause.behind(&["as"]) {
            let Some([role]) = meanings.get(np).map(|m| m.ids.as_slice()) else { continue };
            let who: &[EntityId] = match said.object.as_slice() {
                [] if matches!(said.frame, Frame::Act | Frame::Serve | Frame::Run | Frame::Be) => &said.actor,
                object => object,
            };
            let ([id], Some(np)) = (who, parsed.phrases.get(np)) else { continue };
            self.join(*id, *role, &phrase_words(np), np.noun);
        }
    }

    /// Makes `other`, just introduced, a second name of `id`.
    pub(super) fn join(&mut self, id: EntityId, other: EntityId, name: &str, noun: Option<Noun>) {
        let linked = self.flows.iter().any(|f| f.from == other || f.to == other);
        let (Some(old), Some(new)) =
            (self.entities.all.get(id).cloned(), self.entities.all.get(other).cloned())
        else {
            return;
        };
        if id == other
            || linked
            || new.last != self.sentence
            || new.kind == Kind::User
            || !joinable(&old, &new)
        {
            return;
        }
        if let Some(entity) = self.entities.all.get_mut(id) {
            if old.technologies.is_empty() {
                entity.kind = if new.kind == Kind::Service { old.kind } else { new.kind };
            } else {
                entity.kind = combined(old.kind, noun, &new.head);
            }
            let bare = old.modifiers.is_empty() && old.technologies.is_empty();
            if bare && (!new.modifiers.is_empty() || new.head.contains(' ')) {
                entity.label.clone_from(&new.label);
                entity.modifiers.clone_from(&new.modifiers);
                entity.head.clone_from(&new.head);
            } else if old.head.is_empty() {
                entity.head.clone_from(&new.head);
            }
            for technology in new.technologies {
                if !entity.technologies.contains(&technology) {
                    entity.technologies.push(technology);
                }
            }
            if !name.is_empty() {
                entity.names.push(name.to_owned());
            }
            entity.weak = false;
        }
        if let Some(entity) = self.entities.all.get_mut(other) {
            (entity.denied, entity.same_as) = (true, Some(id));
        }
        self.rule("what serves as something goes by that name, too");
    }
}

/// Whether two mentions can be one thing: not a program and a store, and not two different technologies.
fn joinable(old: &Entity, new: &Entity) -> bool {
    let rival = !old.technologies.is_empty()
        && !new.technologies.is_empty()
        && !old.technologies.iter().any(|t| new.technologies.contains(t));
    !rival && old.kind != Kind::User && old.kind != Kind::Client
}
