//! Who starts what: calls, triggers, uses, messages to people, sign-in, answers.

use super::super::super::entities::EntityId;
use super::super::super::lexicon::Frame;
use super::super::super::reading::Reading;
use super::super::Said;
use crate::model::Kind;

impl Reading {
    pub(super) fn call(&mut self, said: &Said<'_>) {
        let state =
            said.clause.passive() && said.agentless && said.lemma() == "connect" && said.adjuncts.is_empty();
        if state {
            // "2,500 trucks are connected"
            return;
        }
        let callers = said.at(&["from"]);
        if said.clause.passive() && said.agentless && !callers.is_empty() {
            return self.pairs(&callers, &said.object, said, None);
        }
        // "how to invoke a workflow from the gateway"
        let shown = said.clause.purpose && said.actor.is_empty() && !said.object.is_empty();
        if (said.data_acts || shown) && !callers.is_empty() {
            return self.pairs(&callers, &said.object, said, None);
        }
        if let (true, true, Some(place)) = (said.data_acts, said.actor.is_empty(), self.sink)
            && said.object.iter().all(|&o| o != place && self.kind(o).is_compute())
            && matches!(said.lemma(), "invoke" | "call")
        {
            // "the upload invokes a function": what was put there does.
            return self.pairs(
                &[place],
                &said.object,
                &Said { asynchronous: Some(true), ..said.bare() },
                None,
            );
        }
        let joins = said.at(&["to", "with", "into"]);
        let joined = !joins.is_empty() && !said.object.is_empty() && !said.clause.passive();
        let people = said.object.iter().all(|&o| self.person(o));
        if joined
            && !(people && said.lemma() != "connect")
            && said.clause.verb.is_some()
            && said.object.iter().all(|&o| !self.kind(o).is_store() && self.kind(o) != Kind::Cache)
        {
            // "the gateway connects clients to services": what joins two stands between them.
            let bare = said.bare();
            self.pairs(&said.object, &said.actor, &bare, None);
            let starts = if said.actor.is_empty() { &said.object } else { &said.actor };
            return self.pairs(starts, &joins, said, None);
        }
        let mut to = said.object.clone();
        if to.is_empty() || to.iter().all(|&t| self.person(t)) {
            let behind: [&[&str]; 4] =
                [&["to", "into", "onto"], &["with", "against"], &["on", "at", "in"], &["from", "of"]];
            if let Some(found) = behind.iter().map(|p| said.at(p)).find(|ids| !ids.is_empty()) {
                to = found;
            }
        }
        if to.is_empty() {
            let way = said.way();
            if let (Some((&last, _)), false) = (way.split_last(), said.actor.is_empty()) {
                to = vec![last];
            }
        }
        if said.data_acts && said.actor.is_empty() && matches!(said.lemma(), "go" | "run" | "pass" | "flow") {
            // "purchases go through the shop service": those of the one app there is.
            let clients: Vec<EntityId> = (0..self.entities.all.len())
                .filter(|&id| {
                    self.kind(id) == Kind::Client
                        && self.entities.all.get(id).is_some_and(|e| !e.denied && !e.weak)
                })
                .collect();
            let goal = if to.is_empty() { said.way() } else { to.clone() };
            if clients.len() == 1 {
                return self.pairs(&clients, &goal, &Said { adjuncts: Vec::new(), ..said.bare() }, None);
            }
        }
        self.pairs(&said.actor, &to, said, None);
    }

    pub(super) fn trigger(&mut self, said: &Said<'_>) {
        let mut from = said.actor.clone();
        let source = said.at(&["from"]);
        if said.self_talk && said.clause.purpose && !source.is_empty() {
            // "This pattern shows how to trigger a function from a rule"
            from = source;
        }
        if from.is_empty() {
            from = said.at(&["from", "via", "on"]);
            if from.is_empty() && (said.clause.passive() || said.data_acts) {
                // "is triggered by the new document in Firestore", "new items in the table trigger it"
                from = said.at(&["in", "on"]);
                from.retain(|&s| self.kind(s).is_store() || self.messaging(s));
            }
        }
        let way = said.at(&["via", "through"]);
        if let ([first, _, ..], false, false) =
            (way.as_slice(), said.object.is_empty(), said.clause.passive())
        {
            // "the blob event starts the endpoint via Event Grid and a Logic App": one after the other.
            let bucket = |s: &EntityId| self.kind(*s) == Kind::Storage;
            let store = self.recent.iter().rev().copied().find(bucket).or(self.sink);
            let store = store.filter(|&s| self.kind(s).is_store());
            let start = said.actor.iter().copied().find(|a| !way.contains(a)).or(store);
            let start = start.map_or_else(|| vec![*first], |s| vec![s]);
            return self.pairs(
                &start,
                &said.object,
                &Said { asynchronous: Some(true), ..said.clone() },
                None,
            );
        }
        let mut asynchronous = said.asynchronous;
        if said.object.is_empty()
            && let Some((&last, _)) = said.way().split_last()
        {
            return self.pairs(&from, &[last], said, None);
        }
        if from.is_empty() && said.data_acts && said.data.as_deref().is_some_and(clock) {
            // "a recurrence trigger starts it"
            return;
        }
        if from.is_empty() && said.data_acts {
            // "A new image triggers the function": from where the image lies.
            let subject = said.data.as_deref().unwrap_or("").to_lowercase();
            let words: Vec<&str> = subject.split(' ').collect();
            let head = words.last().map(|w| super::super::super::wording::singular(w)).unwrap_or_default();
            let lies = |(kept, id): &&(String, EntityId)| {
                (*kept == head || kept.ends_with(&format!(" {head}"))) && self.kind(*id).is_store()
            };
            from.extend(
                self.kept.iter().rev().find(lies).map(|(_, id)| *id).filter(|id| !said.object.contains(id)),
            );
        }
        if from.is_empty() && (said.data_acts || said.agentless) {
            from = self.sink.into_iter().filter(|s| !said.object.contains(s)).collect();
            if from.is_empty() {
                from = self.actor.into_iter().filter(|s| !said.object.contains(s)).collect();
            }
            self.rule("an event comes from where the data went last");
        }
        if let ([bus], Some(sink)) = (from.as_slice(), self.sink)
            // Only its event was spoken of.
            && self.entities.all.get(*bus).is_some_and(|e| e.weak)
            && self.kind(*bus) == Kind::EventBus
            && self.kind(sink) == Kind::Storage
            && !self.flows.iter().any(|f| f.to == *bus)
        {
            // "files are uploaded to the container; an Event Grid event triggers": the event is that of the upload.
            let bus = *bus;
            self.flow(sink, bus, None, Some(true), None, None);
        }
        let event_source = |r: &Self, id: &EntityId| {
            r.messaging(*id) || matches!(r.kind(*id), Kind::Storage | Kind::Database)
        };
        if from.iter().all(|id| event_source(self, id)) {
            asynchronous = Some(true);
        }
        self.pairs(&from, &said.object, &Said { asynchronous, ..said.clone() }, None);
    }

    pub(super) fn use_of(&mut self, said: &Said<'_>) {
        if said.agentless {
            return;
        }
        let to: Vec<EntityId> = said.object.iter().copied().filter(|&o| self.kind(o) != Kind::User).collect();
        let from: Vec<EntityId> = said.actor.clone();
        for &a in &from {
            for &b in &to {
                if from.len().max(to.len()) > 1 && self.crosswise(a, b) || self.framework(a, b) {
                    continue;
                }
                if self.messaging(a) && said.frame == Frame::Have
                    || matches!(self.kind(b), Kind::Client) && self.kind(a) != Kind::User
                {
                    continue;
                }
                self.flow(a, b, said.label.as_deref(), said.asynchronous, said.protocol.as_deref(), None);
            }
        }
    }

    pub(super) fn tell(&mut self, said: &Said<'_>) {
        let mut to = said.object.clone();
        if to.is_empty() {
            // "tells the now-playing service the title"
            to = said.at(&["dative"]);
        }
        if to.is_empty() {
            to = said.at(&["to", "on", "in"]);
        }
        if said.way().is_empty() && to.is_empty() {
            return;
        }
        let nobody = said.agentless || said.data_acts;
        let people = !to.is_empty() && to.iter().all(|&t| self.person(t));
        let told_by =
            self.mover.filter(|&m| matches!(self.kind(m), Kind::Topic | Kind::Notification | Kind::Email));
        if let (true, true, Some(teller), true) = (nobody, people, told_by, said.way().is_empty()) {
            self.rule("people are told by the topic that the message went to");
            return self.pairs(&[teller], &to, said, None);
        }
        let by_agent = self.sentence_actor.filter(|&a| nobody && self.runs(a));
        let actor = if said.actor.is_empty() { by_agent.into_iter().collect() } else { said.actor.clone() };
        let chats: Vec<EntityId> = said
            .at(&["in", "on"])
            .into_iter()
            .filter(|&c| matches!(self.kind(c), Kind::Notification | Kind::External))
            .collect();
        if people && !actor.is_empty() && !chats.is_empty() && !said.object.is_empty() {
            // "alerts the team in Slack"
            self.pairs(&actor, &chats, said, None);
            return self.pairs(&chats, &to, &said.place(), None);
        }
        self.pairs(&actor, &to, said, None);
    }

    pub(super) fn auth(&mut self, said: &Said<'_>) {
        let mut to = said.at(&["with", "via", "through", "against", "using", "to", "into", "at", "from"]);
        to.retain(|&id| !self.person(id));
        if said.clause.passive() {
            let who =
                if said.object.is_empty() { self.actor.into_iter().collect() } else { said.object.clone() };
            let by = if to.is_empty() { said.actor.clone() } else { to };
            let kept = !said.object.is_empty() && said.object.iter().all(|&o| self.keeps(o));
            if kept {
                return self.pairs(&by, &said.object, &said.bare(), None);
            }
            let bare = said.bare();
            return self.pairs(&who, &by, &bare, None);
        }
        if to.is_empty() {
            to = said
                .object
                .iter()
                .copied()
                .filter(|&o| matches!(self.kind(o), Kind::Identity | Kind::External | Kind::Gateway))
                .collect();
        }
        if let (true, [provider]) = (to.is_empty(), self.subject.as_slice())
            && self.kind(*provider) == Kind::Identity
            && said.data.is_some()
            && !said.data_acts
        {
            // "Keycloak handles the login; the API validates its tokens"
            to = vec![*provider];
        }
        let bare = said.bare();
        let apps: Vec<EntityId> =
            to.iter().copied().filter(|&id| matches!(self.kind(id), Kind::Client | Kind::Service)).collect();
        let providers: Vec<EntityId> = to.iter().copied().filter(|id| !apps.contains(id)).collect();
        let place = said.at(&["to", "into"]);
        let entered = !apps.is_empty() && !providers.is_empty() && apps.iter().all(|a| place.contains(a));
        if entered && self.people(&said.actor) {
            // "signs in to the website by using Entra ID": to the website, which asks for the identity.
            self.pairs(&said.actor, &apps, &bare, None);
            return self.pairs(&said.actor, &providers, &bare, None);
        }
        self.pairs(&said.actor, &to, &bare, None);
    }

    /// An answer is no arrow, but what it is taken from was asked.
    pub(super) fn reply(&mut self, said: &Said<'_>) {
        let from: Vec<EntityId> =
            said.at(&["from"]).into_iter().filter(|&f| !self.messaging(f) && !self.person(f)).collect();
        if !said.clause.passive() {
            let asks = |&o: &EntityId| self.kind(o).is_compute() || self.kind(o) == Kind::Client;
            let asker = said.object.iter().copied().find(|o| asks(o) && said.lemma() == "answer");
            if let ([actor], Some(asker)) = (said.actor.as_slice(), asker)
                && self.runs(*actor)
                && !self.met(asker, *actor)
            {
                // "the forecast service answers the API": which asks it.
                self.flow(asker, *actor, None, None, None, None);
            }
            self.pairs(&said.actor, &from, &said.bare(), None);
            // "answers on a queue": what is answered there is put there.
            let on: Vec<EntityId> =
                said.at(&["on", "to"]).into_iter().filter(|&q| self.messaging(q)).collect();
            self.pairs(&said.actor, &on, &said.bare(), None);
        }
    }
}

/// Whether words name a clock or a calendar that starts something.
fn clock(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["recurrence", "schedule", "timer", "cron", "clock", "calendar"].iter().any(|c| lower.contains(c))
}
