//! What is moved on from where it lies: out of a store, a queue or a broker.
//!
//! Takes an understood clause whose frame is `send` or `store` and adds the flows from where the data was.

use super::super::super::entities::EntityId;
use super::super::super::lexicon::{Frame, lexicon};
use super::super::super::reading::Reading;
use super::super::Said;

impl Reading {
    /// "Azure SQL stores the data in a relational database": a product's store is the product.
    pub(super) fn in_itself(&mut self, said: &Said<'_>) -> bool {
        let places = said.at(&["in", "into", "as"]);
        let ([keeper], [place]) = (said.actor.as_slice(), places.as_slice()) else { return false };
        let (keeper, place) = (*keeper, *place);
        let product = self.entities.all.get(keeper).is_some_and(|e| !e.technologies.is_empty());
        let plain = self.entities.all.get(place).is_some_and(|e| {
            e.technologies.is_empty() && e.last == self.sentence && !e.linked && e.kind == self.kind(keeper)
        });
        let keeps = said.frame == Frame::Store && !said.clause.passive() && self.kind(keeper).is_store();
        if !(product && plain && keeps) {
            return false;
        }
        if let Some(entity) = self.entities.all.get_mut(place) {
            (entity.denied, entity.same_as) = (true, Some(keeper));
        }
        true
    }

    /// "deletes the message from the queue": who got it from there only says that it is done with it.
    pub(super) fn taken_off(&self, said: &Said<'_>) -> bool {
        let queues = said.at(&["from"]);
        let takes = |&q: &EntityId| {
            self.messaging(q)
                && said.actor.iter().all(|&a| self.flows.iter().any(|f| f.from == q && f.to == a))
        };
        matches!(said.lemma(), "delete" | "remove") && !queues.is_empty() && queues.iter().all(takes)
    }

    /// "copies them to the lake": who moves what lies in a store takes it from there, and keeps what it gave the store.
    pub(super) fn taken_along(&mut self, said: &Said<'_>, to: &[EntityId], from: &[EntityId]) {
        let moves = matches!(
            said.lemma(),
            "copy" | "move" | "transfer" | "migrate" | "replicate" | "sync" | "synchronise" | "synchronize"
        );
        let Some(sink) = self.sink.filter(|s| !to.contains(s) && self.kind(*s).is_store()) else { return };
        let lies = |h: &String| self.kept.iter().rev().take(8).any(|(kept, id)| kept == h && *id == sink);
        let those = said.pronoun || said.heads.iter().any(lies);
        let them = those && said.object.is_empty() && from.is_empty();
        let [actor] = said.actor.as_slice() else { return };
        let own = || self.flows.iter().any(|f| f.from == *actor && f.to == sink);
        if moves && them && !own() && !said.agentless && !said.data_acts && !self.keeps(*actor) {
            self.rule("who moves what lies in a store takes it from there");
            self.pairs(&[*actor], &[sink], &said.bare(), None);
        }
    }

    /// "Buses report to an MQTT broker. A bridge moves the messages into Kafka": who moves on what went to a queue or broker,
    /// and got it from nobody, takes it from there.
    pub(super) fn taken_on(&mut self, said: &Said<'_>, to: &[EntityId], from: &[EntityId]) {
        let moves = matches!(
            said.lemma(),
            "move"
                | "copy"
                | "transfer"
                | "bridge"
                | "relay"
                | "forward"
                | "ship"
                | "pipe"
                | "replicate"
                | "republish"
        );
        let ([actor], Some(medium)) = (said.actor.as_slice(), self.medium) else { return };
        let carried = said.pronoun
            || said.heads.iter().any(|h| {
                lexicon().roles.carried_heads.contains(h)
                    || self.kept.iter().any(|(kept, id)| kept == h && *id == medium)
            });
        let fed = || self.flows.iter().any(|f| f.to == *actor || f.from == *actor && f.to == medium);
        let taken = || self.flows.iter().any(|f| f.from == medium);
        let plain = moves && carried && from.is_empty() && said.object.is_empty() && !to.contains(&medium);
        if plain && !said.agentless && !said.data_acts && self.kind(*actor).is_compute() && !fed() && !taken()
        {
            self.rule("who moves on what went to a queue takes it from there");
            self.pairs(&[medium], &[*actor], &Said { asynchronous: Some(true), ..said.bare() }, None);
        }
    }
}
