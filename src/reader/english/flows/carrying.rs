//! What is sent on with a tool: from the queue, stream or store whose data it is to the tool, and from there on.
//!
//! Takes a clause of sending and draws the arrow that leads to the one who hands on. What hands on draws the rest.

use super::super::clauses::{NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::reading::{Meaning, Reading};
use super::Said;
use super::understand::Scene;
use crate::model::Kind;

/// What lies in a store of files.
const FILES: [&str; 8] = ["object", "file", "image", "photo", "picture", "document", "video", "recording"];

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
        // "It calls …": the target.
        self.subject.clone_from(&said.object);
        self.remember(&[owner], &said.object, false);
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

    /// The one store of files that takes part in something, where a clause speaks of a file.
    pub(super) fn only_files(&self, said: &Said<'_>) -> Option<EntityId> {
        let file = |h: &String| {
            FILES.iter().any(|f| h == f || h.strip_suffix(f).is_some_and(|before| before.ends_with(' ')))
        };
        let mut stores = (0..self.entities.all.len()).filter(|&id| {
            self.entities.all.get(id).is_some_and(|e| e.kind == Kind::Storage && !e.denied && e.linked)
        });
        let store = stores.next().filter(|_| stores.next().is_none())?;
        let program = said.actor.iter().all(|&a| self.kind(a).is_compute() || self.kind(a) == Kind::Workflow);
        (said.heads.iter().any(file) && program && !said.clause.conditional).then_some(store)
    }

    /// "an API with a POST method that sends messages to the queue": what has the method does it.
    pub(super) fn way_in(&mut self, scene: Scene<'_>) -> Option<EntityId> {
        let [np] = scene.clause.subject.as_slice() else { return None };
        let head = scene.parsed.phrases.get(*np).map(|n| super::super::wording::singular(&n.head))?;
        let part = matches!(
            head.as_str(),
            "method"
                | "route"
                | "resource"
                | "path"
                | "stage"
                | "listener"
                | "integration"
                | "policy"
                | "setting"
                | "configuration"
                | "filter"
        );
        let before =
            (0..*np).rev().take(2).find_map(|np| match self.ids_of(scene.meanings, &[np]).as_slice() {
                [only] => Some(*only),
                _ => None,
            });
        before.filter(|_| part)
    }

    /// The components of phrases, in order.
    pub(super) fn all(&mut self, scene: Scene<'_>, nps: &[NpId]) -> Vec<EntityId> {
        let mut ids = self.ids_of(scene.meanings, nps);
        ids.dedup();
        ids
    }

    fn hands_on(&self, way: EntityId) -> bool {
        self.messaging(way)
            || self.kind(way).is_compute()
            || matches!(self.kind(way), Kind::Workflow | Kind::Analytics | Kind::Gateway)
    }
}

/// Whether phrases are data alone, whatever carries it.
pub(super) fn handed_over(scene: Scene<'_>, nps: &[NpId]) -> bool {
    nps.iter().all(|&np| scene.meanings.get(np).is_some_and(|m| m.data.is_some()))
}

/// Whether something of this kind does work for others that ask.
pub(super) fn answers(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Service
            | Kind::External
            | Kind::Ml
            | Kind::Search
            | Kind::Identity
            | Kind::Analytics
            | Kind::Warehouse
            | Kind::Database
    )
}

/// Whether a clause is done to changes: "a stream captures changes to the table".
pub(super) fn tells_changes(scene: Scene<'_>) -> bool {
    let changes = |np: &NpId| {
        scene
            .parsed
            .phrases
            .get(*np)
            .is_some_and(|n| matches!(n.head.as_str(), "change" | "changes" | "modifications"))
    };
    scene.clause.object.iter().any(changes)
}
