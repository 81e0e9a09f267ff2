//! What is sent on with a tool: from the queue, stream or store whose data it is to the tool, and from there on.
//!
//! Takes a clause of sending and draws the arrow that leads to the one who hands on. What hands on draws the rest.

use super::super::clauses::{NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::reading::{Meaning, Reading};
use super::Said;
use crate::model::Kind;

impl Reading {
    /// "queue messages are sent to the workflow through a pipe": from the queue to the pipe. Where nothing stands in
    /// between and nobody is named, the queue's are sent by the queue.
    pub(super) fn sent_on(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &mut Said<'_>) {
        if !matches!(said.frame, Frame::Send | Frame::Store) || said.pronoun || said.clause.conditional {
            return;
        }
        let sent = if said.clause.passive() { &said.clause.subject } else { &said.clause.object };
        let [np] = sent.as_slice() else { return };
        let Some([source]) = meanings.get(*np).map(|m| m.ids.as_slice()) else { return };
        let source = *source;
        let named_data = meanings.get(*np).is_some_and(|m| m.data.is_some());
        let plain = parsed.phrases.get(*np).is_some_and(|n| n.owner.is_none() && n.technology.is_some());
        let goals = said.at(&["to", "into", "onto", "in"]);
        let ways: Vec<EntityId> =
            said.way().into_iter().filter(|w| *w != source && self.hands_on(*w)).collect();
        let holds = self.messaging(source) || self.kind(source).is_store();
        let unnamed = said.self_talk
            || said.agentless
            || said.actor.is_empty() && !said.data_acts
            || said.actor == [source];
        if !plain || !holds || goals.is_empty() || goals.contains(&source) || !unnamed {
            return;
        }
        match ways.as_slice() {
            [way] if self.flows.between(*way, source).next().is_none() => {
                self.rule("what is sent on through something comes to it from where it was");
                self.flow(source, *way, None, None, None, None);
                said.object.retain(|o| *o != source);
                said.actor.retain(|a| *a != source);
            }
            [] if said.agentless && named_data || said.self_talk => {
                said.actor = vec![source];
                said.object.retain(|o| *o != source);
                (said.agentless, said.self_talk) = (false, false);
            }
            _ => {}
        }
    }

    /// "puts orders on the queue. The function is invoked with a batch of messages": by what the messages lie in.
    pub(super) fn given_messages(&mut self, parsed: &Parsed, said: &mut Said<'_>) {
        let (true, Some(medium)) = (said.agentless, self.medium.filter(|&m| self.sink == Some(m))) else {
            return;
        };
        let message = |np: NpId| {
            parsed.phrases.get(np).is_some_and(|n| {
                matches!(
                    super::super::wording::singular(&n.head).as_str(),
                    "batch" | "message" | "record" | "event" | "notification"
                )
            })
        };
        let given = said.clause.behind(&["with", "for"]).any(message);
        let starts = matches!(said.frame, Frame::Call | Frame::Trigger)
            && said.at(&["by", "from", "via", "through"]).is_empty();
        if given && starts && !said.object.is_empty() && !said.object.contains(&medium) {
            (said.actor, said.agentless) = (vec![medium], false);
            said.asynchronous = Some(true);
        }
    }

    /// "The pipe's target is a workflow", "the target of the rule is a function": from whose target it is.
    pub(super) fn target_is(&mut self, parsed: &Parsed, said: &Said<'_>) -> bool {
        let [np] = said.clause.subject.as_slice() else { return false };
        let target = parsed.phrases.get(*np).is_some_and(|n| {
            matches!(n.head.as_str(), "target" | "destination" | "backend target" | "consumer" | "dlq")
        });
        if said.frame != Frame::Be || !target || said.object.is_empty() {
            return false;
        }
        let of = said.at(&["of", "for"]);
        let Some(owner) = self.owner_of(parsed, *np).or(of.first().copied()) else { return false };
        for to in said.object.iter().copied().filter(|&to| to != owner) {
            self.flow(owner, to, None, None, None, None);
        }
        true
    }

    /// "the function is integrated with the API": a door calls what it is integrated with, whichever is named first.
    pub(super) fn integrated(&mut self, said: &Said<'_>) -> bool {
        if said.lemma() != "integrate" || !said.clause.passive() {
            return false;
        }
        let with = said.at(&["with", "to", "into"]);
        let worked = if said.object.is_empty() { &said.actor } else { &said.object };
        let ([door], [worker]) = (with.as_slice(), worked.as_slice()) else { return false };
        let (door, worker) = (*door, *worker);
        let opens = self.kind(door) == Kind::Gateway
            || self
                .entities
                .all
                .get(door)
                .is_some_and(|e| e.head.ends_with("api") && e.kind == Kind::Service);
        let works = matches!(self.kind(worker), Kind::Function | Kind::Workflow | Kind::Container);
        if opens && works && !self.met(door, worker) {
            self.flow(door, worker, None, None, None, None);
            return true;
        }
        opens && works
    }

    fn hands_on(&self, way: EntityId) -> bool {
        self.messaging(way)
            || self.kind(way).is_compute()
            || matches!(self.kind(way), Kind::Workflow | Kind::Analytics | Kind::Gateway)
    }
}
