//! Who asks and who is asked where a noun says so: "a request to the API", "in response to requests from the client".
//!
//! Takes a clause with its phrases understood. A request is nothing to draw: what it does, who gets it does; and who it
//! comes from starts the arrow.

use super::super::clauses::{Clause, NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::phrases::Np;
use super::super::reading::{Meaning, Reading};
use super::super::wording::singular;
use super::Said;
use super::understand::{Adjunct, Scene};
use crate::model::Kind;

/// Nouns for asking somebody.
const REQUESTS: [&str; 18] = [
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
    "push",
    "commit",
    "merge",
    "pull request",
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

/// What makes a function run for each of some messages.
const MAPPING: &str = "event source mapping";

/// Whether a phrase is a request, by its last word.
fn request(np: &Np) -> bool {
    let head = singular(&np.head.to_lowercase());
    np.technology.is_none() && REQUESTS.contains(&head.as_str())
}

fn asked_at(preposition: &str) -> bool {
    matches!(preposition, "to" | "in" | "into" | "on")
}

impl Reading {
    /// "A request to the API creates a message in the queue": the API does. Its phrase leaves the adjuncts.
    pub(super) fn asked_at(&mut self, scene: Scene<'_>, adjuncts: &mut Vec<Adjunct>) -> Option<EntityId> {
        let clause = scene.clause;
        let by: Vec<NpId> = clause.behind(&["by"]).collect();
        let asks = if clause.passive() { &by } else { &clause.subject };
        let [np] = asks.as_slice() else { return None };
        let phrase = scene.parsed.phrases.get(*np).filter(|n| request(n))?;
        let works = match clause.frame() {
            Frame::Trigger | Frame::Store | Frame::Tell | Frame::Make => true,
            Frame::Send => !clause.object.is_empty(),
            Frame::Call => matches!(scene.lemma(), "invoke" | "execute"),
            _ => false,
        };
        if !works || clause.passive() && clause.frame() != Frame::Trigger {
            return None;
        }
        let behind = |np: &NpId| scene.parsed.begins_behind(*np, phrase.end);
        let (_, asked) =
            clause.adjuncts.iter().find(|(p, nps)| asked_at(p) && nps.first().is_some_and(behind))?;
        let mut ids = self.ids_of(scene.meanings, asked);
        if ids.is_empty() {
            // "a push to the main branch of the repository"
            let next: Vec<NpId> = asked.last().map(|np| np + 1).into_iter().collect();
            if clause.behind(&["of", "in"]).any(|np| next.contains(&np)) {
                ids = self.ids_of(scene.meanings, &next);
            }
        }
        let [door] = ids.as_slice() else { return None };
        // "an upload to the bucket triggers the function"
        let kept = clause.frame() == Frame::Trigger && (self.kind(*door).is_store() || self.messaging(*door));
        let answers = kept
            || self.kind(*door).is_compute()
            || matches!(
                self.kind(*door),
                Kind::Cicd | Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Workflow
            );
        if !answers {
            return None;
        }
        adjuncts.retain(|(p, ids)| !((asked_at(p) || p == "of") && ids.as_slice() == [*door]));
        Some(*door)
    }

    /// "fetches documents from the database in response to requests from the client": the client asks who fetches.
    pub(super) fn asked_by(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &mut Said<'_>) {
        let clause = said.clause;
        let [actor] = said.actor[..] else { return };
        if clause.passive() {
            return self.requests_handled(parsed, meanings, said, actor);
        }
        if clause.behind(&["from"]).next().is_none() {
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

    /// "a webhook that the payment service receives": it goes to who receives it.
    pub(super) fn webhook_received(&mut self, said: &Said<'_>) {
        let ([actor], [hook]) = (said.actor.as_slice(), said.object.as_slice()) else { return };
        let takes = matches!(said.lemma(), "receive" | "get" | "accept" | "handle" | "process" | "await");
        let plain = |e: &super::super::entities::Entity| e.head == "webhook" && e.technologies.is_empty();
        if takes && !said.clause.passive() && self.entities.all.get(*hook).is_some_and(plain) {
            let (hook, actor) = (*hook, *actor);
            self.flow(hook, actor, None, None, None, None);
        }
    }

    /// "Requests from the app are checked by the limiter": the app turns to who deals with what it asks.
    fn requests_handled(
        &mut self,
        parsed: &Parsed,
        meanings: &[Meaning],
        said: &mut Said<'_>,
        actor: EntityId,
    ) {
        let [np] = said.clause.subject.as_slice() else { return };
        let Some(phrase) = parsed.phrases.get(*np).filter(|n| request(n)) else { return };
        let end = phrase.end;
        let near = |np: &NpId| parsed.begins_behind(*np, end);
        let from: Vec<NpId> = said.clause.behind(&["from"]).filter(near).collect();
        let senders = self.ids_of(meanings, &from);
        let asks = |id: &EntityId| {
            matches!(self.kind(*id), Kind::Client | Kind::User | Kind::Device | Kind::External)
                || self.kind(*id).is_compute()
        };
        if senders.is_empty() || !senders.iter().all(asks) || senders.contains(&actor) {
            return;
        }
        said.adjuncts.retain(|(p, ids)| !(p == "from" && *ids == senders));
        for sender in senders {
            self.flow(sender, actor, None, None, None, None);
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

    /// "processes the event sent to the bus", "reads the files uploaded to the bucket": the participle says where the data is
    /// that somebody works on. Whether the clause says no more.
    pub(super) fn where_data_is(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) -> bool {
        let clause = said.clause;
        let reduced = clause.passive()
            && clause.verb.as_ref().is_some_and(|v| !v.finite)
            && said.agentless
            && said.object.is_empty()
            && matches!(said.frame, Frame::Send | Frame::Store);
        let places = said.at(&["to", "in", "into", "on"]);
        let [place] = places.as_slice() else { return false };
        let place = *place;
        let works = |c: &&Clause| {
            matches!(c.frame(), Frame::Act | Frame::Consume | Frame::Read)
                && !c.passive()
                && c.object == clause.subject
                && c.verb.as_ref().is_some_and(|v| v.finite && !v.negated)
        };
        let Some(main) = parsed.clauses.iter().find(works).filter(|_| reduced) else { return false };
        let actors = self.ids_of(meanings, &main.subject);
        let [actor] = actors.as_slice() else { return false };
        let actor = *actor;
        let runs = self.kind(actor).is_compute() || matches!(self.kind(actor), Kind::Analytics | Kind::Ml);
        if !runs || actor == place {
            return false;
        }
        if self.messaging(place) {
            self.flow(place, actor, None, Some(true), None, None);
        } else if self.kind(place).is_store() {
            self.flow(actor, place, None, None, None, None);
        } else {
            return false;
        }
        self.rule("who works on what was put somewhere gets it there");
        true
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

    /// "has an event source mapping for the queue": what is mapped starts the function.
    pub(super) fn mapped(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &mut Said<'_>) {
        // Asked of every clause, so that nothing is put into lower case for it.
        let ends = |head: &str| {
            let tail = head.len().checked_sub(MAPPING.len()).and_then(|at| head.get(at..));
            tail.is_some_and(|t| t.eq_ignore_ascii_case(MAPPING))
        };
        let mapping = parsed.phrases.iter().position(|n| ends(&n.head));
        let Some(mapping) = mapping else { return };
        let sources: Vec<EntityId> =
            meanings.get(mapping + 1..).unwrap_or(&[]).iter().flat_map(|m| m.ids.clone()).collect();
        let functions: Vec<EntityId> =
            meanings.get(..mapping).unwrap_or(&[]).iter().flat_map(|m| m.ids.clone()).collect();
        let runs = |r: &Self, id: EntityId| r.kind(id).is_compute();
        let (sources, functions) = if sources.iter().all(|&id| runs(self, id)) {
            (functions, sources)
        } else {
            (sources, functions)
        };
        let function = functions.into_iter().rev().find(|&id| runs(self, id));
        let source = sources.into_iter().find(|&id| self.messaging(id));
        let (Some(function), Some(source)) = (function, source) else { return };
        said.adjuncts.retain(|(_, ids)| !ids.contains(&source));
        said.object.retain(|id| *id != source);
        self.rule("an event source starts what it is mapped to");
        self.flow(source, function, None, Some(true), None, None);
    }
}
