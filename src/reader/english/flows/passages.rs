//! What calls and people pass through where the words around the verb say so: the machine somebody is at, a connection
//! that is opened, the door that traffic comes in by, what stands behind or in front.
//!
//! Takes a clause with its phrases understood, draws these flows, and takes their phrases out of the clause.

use super::super::clauses::{NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Frame, Pronoun};
use super::super::reading::{Meaning, Reading};
use super::Said;
use crate::model::Kind;

impl Reading {
    /// "From the jump box, the author connects to the balancer": people act through the machine they are at.
    pub(super) fn at_machine(&mut self, said: &mut Said<'_>) {
        let at = |id: &EntityId| matches!(self.kind(*id), Kind::Vm | Kind::Client | Kind::Device);
        let from = said.at(&["from"]);
        let ([machine], true) = (from.as_slice(), !said.actor.is_empty() && self.people(&said.actor)) else {
            return;
        };
        if !at(machine) || said.frame != Frame::Call || said.clause.passive() {
            return;
        }
        let machine = *machine;
        said.adjuncts.retain(|(p, ids)| !(p == "from" && ids.as_slice() == [machine]));
        for person in std::mem::replace(&mut said.actor, vec![machine]) {
            self.flow(person, machine, None, None, None, None);
        }
    }

    /// "A connection is then established to the jump boxes": from where somebody has just got to.
    pub(super) fn connected_on(&mut self, said: &mut Said<'_>) {
        let opened = matches!(said.lemma(), "establish" | "open" | "make" | "set" | "create" | "initiate");
        let link =
            said.heads.iter().any(|h| matches!(h.as_str(), "connection" | "session" | "tunnel" | "link"));
        let Some(&last) = self.object.last() else { return };
        let reached = matches!(self.kind(last), Kind::Network | Kind::Gateway | Kind::Vm)
            || self.kind(last).is_compute();
        let goals = said.at(&["to", "with"]);
        let from = said.at(&["from"]);
        let whence = !from.is_empty() || reached && !goals.contains(&last);
        if !(opened && link && said.clause.passive() && said.agentless && whence) {
            return;
        }
        said.adjuncts.retain(|(p, _)| !matches!(p.as_str(), "from" | "to" | "with"));
        let starts = if from.is_empty() { vec![last] } else { from };
        for goal in goals {
            starts.iter().for_each(|&start| self.flow(start, goal, None, None, None, None));
        }
    }

    /// "Traffic enters through the CDN, is distributed by a balancer": who hands it on gets it from where it came in.
    pub(super) fn handed_through(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        let clause = said.clause;
        let [next] = said.actor[..] else { return };
        if !(clause.passive() && said.object.is_empty() && said.frame == Frame::Send) {
            return;
        }
        let Some(before) = parsed.before(clause) else { return };
        let came = before.frame() == Frame::Send && !before.passive() && before.subject == clause.subject;
        let ways: Vec<NpId> = before.behind(&["through", "via", "at"]).collect();
        if !came || ways.is_empty() {
            return;
        }
        if let [way] = self.ids_of(meanings, &ways)[..]
            && way != next
        {
            self.flow(way, next, None, None, None, None);
        }
    }

    /// "a balancer with a cluster behind it", "a service with a proxy in front of it".
    pub(super) fn with_behind(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &mut Said<'_>) {
        for pair in said.clause.adjuncts.windows(2) {
            let [(with, things), (place, it)] = pair else { continue };
            let again = it.iter().any(|&np| {
                matches!(parsed.phrases.get(np).and_then(|n| n.pronoun), Some(Pronoun::It | Pronoun::They))
            });
            if with != "with" || !again || !matches!(place.as_str(), "behind" | "front") {
                continue;
            }
            let Some(&first) = things.first() else { continue };
            let thing = self.ids_of(meanings, things);
            let host = (0..first).rev().map(|np| self.ids(meanings, np)).find(|ids| !ids.is_empty());
            let (Some(host), false) = (host, thing.is_empty()) else { continue };
            said.adjuncts.retain(|(p, ids)| !(p == "with" && *ids == thing || p == place));
            for (&host, &thing) in host.iter().flat_map(|h| thing.iter().map(move |t| (h, t))) {
                let (from, to) = if place == "behind" { (host, thing) } else { (thing, host) };
                self.flow(from, to, None, None, None, None);
            }
        }
    }

    /// "A DynamoDB stream on the table invokes a function": what changes in the table goes there first.
    pub(super) fn stream_on_table(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &mut Said<'_>) {
        let ([stream], [np]) = (said.actor.as_slice(), said.clause.subject.as_slice()) else { return };
        let stream = *stream;
        if !matches!(self.kind(stream), Kind::Stream | Kind::Topic) {
            return;
        }
        let end = parsed.phrases.get(*np).map_or(0, |n| n.end);
        let near = |np: &NpId| parsed.begins_behind(*np, end);
        let Some(table) = said.clause.behind(&["on", "of", "for"]).find(near) else { return };
        let ids = self.ids(meanings, table);
        let [table] = ids.as_slice() else { return };
        let table = *table;
        if self.kind(table).is_store() {
            said.adjuncts.retain(|(_, ids)| ids.as_slice() != [table]);
            self.flow(table, stream, None, Some(true), None, None);
        }
    }

    /// "writes a database on the same machine": where both stand, and no partner.
    pub(super) fn same_machine(&mut self, said: &mut Said<'_>) {
        let machine = |id: &EntityId| {
            self.entities.all.get(*id).is_some_and(|e| {
                e.kind == Kind::Vm && e.technologies.is_empty() && e.modifiers.is_empty() && !e.linked
            })
        };
        let on = said.at(&["on"]);
        let ([host], false) = (on.as_slice(), said.object.is_empty()) else { return };
        if matches!(said.frame, Frame::Store | Frame::Read | Frame::Call) && machine(host) {
            said.adjuncts.retain(|(p, ids)| !(p == "on" && ids.as_slice() == [*host]));
            if let Some(entity) = self.entities.all.get_mut(*host) {
                entity.weak = true;
            }
        }
    }

    /// "send data to Kafka, Flink computes averages": who works on data right behind the words that put it on a medium takes it
    /// from there.
    pub(super) fn goes_on(&mut self, parsed: &Parsed, said: &Said<'_>) {
        let clause = said.clause;
        let ([actor], Some(sink), Frame::Act) = (said.actor.as_slice(), self.sink, said.frame) else {
            return;
        };
        let actor = *actor;
        let plain = !clause.passive() && !clause.told && !clause.conditional && said.adjuncts.is_empty();
        let works = self.kind(actor).is_compute() || self.kind(actor) == Kind::Analytics;
        if !(plain && works && self.messaging(sink) && said.object.is_empty() && sink != actor) {
            return;
        }
        let put = parsed.before(clause).is_some_and(|c| {
            matches!(c.frame(), Frame::Send | Frame::Store) && !c.passive() && c.subject != clause.subject
        });
        let here = self.flows.iter().next_back().is_some_and(|f| f.span == self.span && f.to == sink);
        // Looked for last: it goes through all flows.
        let fresh = || !self.flows.iter().any(|f| f.from == actor || f.to == actor);
        if put && here && fresh() {
            self.rule("who works on data right after it was put on a medium takes it from there");
            self.flow(sink, actor, None, Some(true), None, None);
        }
    }

    /// "Three services are bound to the exchange": who is bound to it gets what it hands on. Whether the clause says so.
    pub(super) fn bound_to(&mut self, said: &Said<'_>) -> bool {
        if said.lemma() != "bind" {
            return false;
        }
        let who = if said.object.is_empty() { &said.actor } else { &said.object };
        for medium in said.at(&["to"]) {
            if self.messaging(medium) {
                who.clone().iter().for_each(|&id| self.flow(medium, id, None, Some(true), None, None));
            }
        }
        true
    }

    /// "Analysts go to the bucket with Athena", "book on a touch panel or with our app": people act through what they have
    /// in their hands.
    pub(super) fn with_tools(&mut self, said: &mut Said<'_>) {
        if said.actor.is_empty() || !self.people(&said.actor) || said.clause.passive() {
            return;
        }
        let calls = matches!(said.frame, Frame::Call | Frame::Read | Frame::Send | Frame::Act);
        let hand = |id: &EntityId| matches!(self.kind(*id), Kind::Client | Kind::Analytics);
        let mut tools: Vec<EntityId> = said.at(&["with", "on"]).into_iter().filter(hand).collect();
        let asked = said.frame == Frame::Call || said.frame == Frame::Read;
        if asked && said.object.iter().any(|&o| self.kind(o).is_store()) {
            // "query BigQuery from Metabase"
            tools.extend(said.at(&["from"]).into_iter().filter(hand));
        }
        let hosted = said.adjuncts.windows(2).any(|pair| match pair {
            // "work with an app on a tablet": the tablet is where the app runs.
            [(with, app), (on, host)] => with == "with" && on == "on" && app.iter().chain(host).all(hand),
            _ => false,
        });
        if hosted {
            if let Some(host) = tools.last().copied() {
                said.adjuncts.retain(|(p, ids)| !(p == "on" && ids.as_slice() == [host]));
                if let Some(entity) = self.entities.all.get_mut(host).filter(|e| !e.linked) {
                    entity.weak = true;
                }
            }
            return;
        }
        let people = said.actor.clone();
        if !calls || tools.is_empty() {
            return;
        }
        let one = matches!(tools.as_slice(), [one] if self.kind(*one) == Kind::Analytics);
        if tools.len() < 2 && !one {
            return;
        }
        said.adjuncts.retain(|(_, ids)| !ids.iter().all(|id| tools.contains(id)));
        for &person in &people {
            tools.iter().for_each(|&tool| self.flow(person, tool, said.label.as_deref(), None, None, None));
        }
        if one {
            said.actor = tools;
        }
    }
}
