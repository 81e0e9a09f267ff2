//! Who asks and who is asked where a noun says so: "a request to the API", "in response to requests from the client".
//!
//! Takes a clause with its phrases understood. A request is nothing to draw: what it does, who gets it does; and who it
//! comes from starts the arrow.

use super::super::clauses::{NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::phrases::Np;
use super::super::reading::{Meaning, Reading};
use super::super::wording::singular;
use super::Said;
use super::understand::{Adjunct, Scene};
use crate::model::Kind;

/// Nouns for asking somebody.
const REQUESTS: [&str; 14] = [
    "request",
    "call",
    "invocation",
    "query",
    "post",
    "command",
    "api call",
    "http request",
    "upload",
    "write",
    "insert",
    "change",
    "update",
    "data ingress",
];

/// Nouns for what people and their apps hand in.
const TAKEN: [&str; 12] = [
    "request",
    "order",
    "call",
    "query",
    "command",
    "upload",
    "booking",
    "submission",
    "form",
    "payment",
    "input",
    "search",
];

/// Whether a phrase is a request, by its last word.
fn request(np: &Np) -> bool {
    let head = singular(&np.head.to_lowercase());
    np.technology.is_none() && REQUESTS.contains(&head.as_str())
}

impl Reading {
    /// "A request to the API creates a message in the queue": the API does. Its phrase leaves the adjuncts.
    pub(super) fn asked_at(&mut self, scene: Scene<'_>, adjuncts: &mut Vec<Adjunct>) -> Option<EntityId> {
        let clause = scene.clause;
        let [np] = clause.subject.as_slice() else { return None };
        let phrase = scene.parsed.phrases.get(*np).filter(|n| request(n))?;
        let works = match clause.frame() {
            Frame::Trigger | Frame::Store | Frame::Tell | Frame::Make => true,
            Frame::Send => !clause.object.is_empty(),
            Frame::Call => matches!(scene.lemma(), "invoke" | "execute"),
            _ => false,
        };
        if !works || clause.passive() {
            return None;
        }
        let behind = |np: &NpId| scene.parsed.phrases.get(*np).is_some_and(|n| n.start == phrase.end + 1);
        let (_, asked) =
            clause.adjuncts.iter().find(|(p, nps)| p == "to" && nps.first().is_some_and(behind))?;
        let ids = self.ids_of(scene.meanings, asked);
        let [door] = ids.as_slice() else { return None };
        // "an upload to the bucket triggers the function"
        let kept = clause.frame() == Frame::Trigger && self.kind(*door).is_store();
        let answers = kept
            || self.kind(*door).is_compute()
            || matches!(self.kind(*door), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Workflow);
        if !answers {
            return None;
        }
        adjuncts.retain(|(p, ids)| !(p == "to" && ids.as_slice() == [*door]));
        Some(*door)
    }

    /// "fetches documents from the database in response to requests from the client": the client asks who fetches.
    pub(super) fn asked_by(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &mut Said<'_>) {
        let clause = said.clause;
        let [actor] = said.actor[..] else { return };
        if clause.passive() {
            return;
        }
        let asked: Vec<usize> = clause
            .adjuncts
            .iter()
            .filter(|(p, _)| matches!(p.as_str(), "to" | "from" | "on" | "upon" | "after" | "for" | "by"))
            .flat_map(|(_, nps)| nps)
            .filter_map(|np| parsed.phrases.get(*np).filter(|n| request(n)).map(|n| n.end + 1))
            .collect();
        for (p, nps) in &clause.adjuncts {
            let start = nps.first().and_then(|np| parsed.phrases.get(*np)).map(|n| n.start);
            if p != "from" || !start.is_some_and(|s| asked.contains(&s)) {
                continue;
            }
            let askers = self.ids_of(meanings, nps);
            said.adjuncts.retain(|(p, ids)| !(p == "from" && *ids == askers));
            for asker in askers {
                self.rule("who a request comes from asks who answers it");
                self.flow(asker, actor, None, None, None, None);
            }
        }
    }

    /// "handles the AppSync requests": requests that go by the name of a product come from there.
    pub(super) fn requests_of(&mut self, parsed: &Parsed, said: &Said<'_>) {
        let takes = matches!(
            said.lemma(),
            "handle" | "process" | "serve" | "answer" | "receive" | "resolve" | "accept" | "validate"
        );
        let [actor] = said.actor[..] else { return };
        if !takes || said.clause.passive() {
            return;
        }
        for np in said.clause.object.iter().filter_map(|&np| parsed.phrases.get(np)) {
            let Some(technology) = np.technology.filter(|_| singular(&np.head) == "request") else {
                continue;
            };
            let sends = |id: &EntityId| {
                self.entities.all.get(*id).is_some_and(|e| e.technologies.contains(&technology) && !e.denied)
            };
            if let Some(sender) = self.recent.iter().rev().copied().find(sends).filter(|s| *s != actor) {
                self.flow(sender, actor, None, None, None, None);
            }
        }
    }

    /// "The booking API takes requests from the app": people and their apps turn to who takes what they ask.
    pub(super) fn taken_from_clients(&mut self, said: &mut Said<'_>) {
        let [actor] = said.actor[..] else { return };
        let takes = matches!(said.frame, Frame::Read | Frame::Consume) && !said.clause.passive();
        let app = |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.head.ends_with("app"));
        let client =
            |id: &EntityId| matches!(self.kind(*id), Kind::Client | Kind::User | Kind::Device) || app(*id);
        let asked = said.heads.iter().any(|h| TAKEN.contains(&h.as_str()));
        let from = said.at(&["from"]);
        if !takes || !asked || from.is_empty() || !from.iter().all(client) || client(&actor) {
            return;
        }
        said.adjuncts.retain(|(p, ids)| !(p == "from" && ids.iter().all(|id| from.contains(id))));
        self.rule("people and their apps turn to who takes what they ask");
        for sender in from {
            self.flow(
                sender,
                actor,
                said.label.as_deref(),
                said.asynchronous,
                said.protocol.as_deref(),
                None,
            );
        }
    }

    /// "From the jump box, the author connects to the balancer": people act through the machine they are at.
    pub(super) fn from_machine(&mut self, said: &mut Said<'_>) {
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
        let [last] = self.object[..] else { return };
        let reached = matches!(self.kind(last), Kind::Network | Kind::Gateway | Kind::Vm)
            || self.kind(last).is_compute();
        let goals = said.at(&["to", "with"]);
        if !(opened && link && said.clause.passive() && said.agentless && reached) || goals.contains(&last) {
            return;
        }
        for goal in goals {
            self.flow(last, goal, None, None, None, None);
        }
    }
}
