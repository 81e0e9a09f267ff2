//! Where data went and where it is on its way, for clauses to come.
//!
//! Takes what a clause said and which arrows it drew, and keeps where things arrived, lie and were last.

use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::reading::Reading;
use super::Said;
use super::discourse::MOST_KEPT;
use crate::model::Kind;

impl Reading {
    /// Keeps where data went, who acts in this sentence, and what a person did to nobody. `before` is the number of flows
    /// before the clause.
    pub(super) fn arrive(&mut self, said: &Said<'_>, before: usize) {
        let idle = self.flows.len() <= before;
        if matches!(said.frame, Frame::Send | Frame::Store) {
            self.keep_place(said, idle);
        }
        if let (Frame::Be, true, [maker]) = (said.frame, said.data_acts, said.at(&["of", "from"]).as_slice())
            && (self.kind(*maker).is_compute() || matches!(self.kind(*maker), Kind::Analytics | Kind::Ml))
        {
            // "The output of the job is a series of records, which are written to …": by the job.
            (self.actor, self.mover) = (Some(*maker), Some(*maker));
        }
        if said.clause.verb.as_ref().is_some_and(|v| v.finite) && !said.clause.conditional {
            self.about = if said.clause.passive() { said.object.clone() } else { said.actor.clone() };
        }
        if said.frame == Frame::Act && (said.data_acts || said.agentless) {
            self.lie(said);
        }
        let [actor] = said.actor.as_slice() else { return };
        let actor = *actor;
        if said.clause.conditional && matches!(self.kind(actor), Kind::Client | Kind::User | Kind::Device) {
            self.prompter = Some(actor);
            let door = said.way().last().copied().filter(|&d| {
                self.kind(d).is_compute() || matches!(self.kind(d), Kind::Gateway | Kind::LoadBalancer)
            });
            if let Some(door) = door {
                // "When a user creates a reminder using API Gateway, the data is updated": by the gateway.
                if !self.met(actor, door) {
                    self.flow(actor, door, said.label.as_deref(), None, None, None);
                }
                (self.actor, self.mover) = (Some(door), Some(door));
            }
        }
        let main = !said.clause.conditional && !said.agentless && said.clause.verb.is_some();
        if !main {
            return;
        }
        if self.kind(actor) == Kind::User {
            let deed = matches!(
                said.frame,
                Frame::Send | Frame::Store | Frame::Call | Frame::Act | Frame::Provide | Frame::Make
            );
            if idle && deed && said.data.is_some() {
                self.unaddressed = Some((actor, said.label.clone(), self.sentence));
            }
            return;
        }
        self.told_by_arrival(actor);
        let holds = self.kind(actor).is_store() || self.kind(actor).is_messaging();
        let guards = said.frame == Frame::Front && said.clause.passive();
        if !holds && !guards && self.kind(actor) != Kind::Other {
            self.sentence_actor = Some(actor);
        }
    }

    /// Something was sent or stored: where it is from now on. `idle` says that the clause drew no arrow.
    fn keep_place(&mut self, said: &Said<'_>, idle: bool) {
        let holds = |g: &EntityId| {
            let kind = self.kind(*g);
            kind.is_store()
                || kind.is_messaging()
                || matches!(kind, Kind::Cache | Kind::Search | Kind::Registry)
        };
        let goals = said.at(&["to", "into", "in", "on", "onto", "at", "via"]);
        let Some(goal) = goals.into_iter().find(holds) else {
            if said.clause.conditional && said.data_acts && said.frame == Frame::Send {
                let keeps = |&o: &EntityId| self.kind(o).is_store() || self.kind(o).is_messaging();
                self.arrival = said.object.iter().copied().find(keeps);
            }
            return;
        };
        let heads =
            if said.heads.is_empty() && said.data_acts { self.data.clone() } else { said.heads.clone() };
        let all = if said.pronoun { self.sentence_data.clone() } else { Vec::new() };
        self.kept.extend(heads.into_iter().chain(all).map(|h| (h, goal)));
        let old = self.kept.len().saturating_sub(MOST_KEPT);
        self.kept.drain(..old);
        let by_person = said.actor.iter().all(|&a| self.kind(a) == Kind::User);
        if said.clause.conditional && (said.agentless || said.data_acts || by_person) {
            self.arrival = Some(goal);
        }
        if idle && (said.agentless || said.data_acts) {
            self.sink = Some(goal);
            if self.kind(goal).is_messaging() {
                self.mover = Some(goal);
            }
        }
    }

    /// "messages wait in the queue", "when a file lies in the bucket": where things are that nobody is said to have put
    /// there.
    fn lie(&mut self, said: &Said<'_>) {
        let places = said.at(&["in", "on"]);
        if said.clause.conditional {
            let holds = |&g: &EntityId| self.kind(g).is_store() || self.messaging(g);
            self.arrival = places.into_iter().find(holds).or(self.arrival);
        } else if let Some(queue) = places.into_iter().find(|&g| self.messaging(g)) {
            self.sink = Some(queue);
            self.mover = Some(queue);
        }
    }

    fn told_by_arrival(&mut self, actor: EntityId) {
        let Some(arrival) = self.arrival.take() else { return };
        if self.kind(actor).is_compute() && arrival != actor && !self.met(arrival, actor) {
            self.flow(arrival, actor, Some("new data"), Some(true), None, None);
            self.rule("who acts when something arrives is told by where it arrives");
        }
    }

    /// Data that goes on from thing to thing in one sentence: "enters through A, is inspected by B and ends up at C".
    pub(super) fn travel(&mut self, said: &Said<'_>) {
        let passive = said.clause.passive() && said.object.is_empty();
        if !(passive || said.data_acts) || said.clause.verb.is_none() {
            return;
        }
        // "through the CDN, which is protected by a WAF": a guard is no stop of its own behind what it guards.
        let stops = passive && !said.agentless && said.frame != Frame::Front;
        let by: Vec<EntityId> = if stops { said.actor.clone() } else { Vec::new() };
        let worked = matches!(
            said.frame,
            Frame::Act
                | Frame::Auth
                | Frame::Consume
                | Frame::Call
                | Frame::Watch
                | Frame::Front
                | Frame::Serve
        );
        let same = self.travelling == said.clause.subject;
        if let (Some(position), [agent], true, true) = (self.position, by.as_slice(), worked, same) {
            let met = self.flows.iter().any(|f| f.from == position && f.to == *agent);
            if position != *agent && !met {
                self.flow(position, *agent, said.label.as_deref(), None, None, None);
            }
        }
        let reaches = said.data_acts && same && matches!(said.lemma(), "reach" | "hit" | "enter");
        if let (Some(position), [goal], true) = (self.position, said.object.as_slice(), reaches)
            && position != *goal
            && !self.flows.iter().any(|f| f.from == position && f.to == *goal)
        {
            // "enters through the balancer and reaches the gateway"
            self.flow(position, *goal, None, None, None, None);
        }
        let place = said
            .at(&["to", "into", "in", "at", "on", "onto"])
            .last()
            .copied()
            .or_else(|| said.way().last().copied());
        if let Some(next) = place.or(by.first().copied()) {
            if said.data_acts || passive {
                self.position = Some(next);
                self.travelling.clone_from(&said.clause.subject);
            }
            if matches!(said.frame, Frame::Act | Frame::Auth | Frame::Consume) {
                self.mover = by.first().copied().or(self.mover);
            }
        }
    }
}
