//! What tells an event bus of something: where data lies, what a condition is about, what makes an event.
//!
//! Takes clauses with their phrases understood and adds the flows to a bus that nobody states as such.

use super::super::clauses::{Clause, NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::reading::{Meaning, Reading};
use super::super::wording::singular;
use super::Said;
use crate::model::Kind;

impl Reading {
    /// "files land in the storage. Event Grid raises an event for each new file": the storage tells the bus.
    pub(super) fn raised_for(&mut self, parsed: &Parsed, said: &Said<'_>) {
        let [bus] = said.actor.as_slice() else { return };
        let raises = said.frame == Frame::Send
            && !said.clause.passive()
            && self.kind(*bus) == Kind::EventBus
            && said.heads.iter().any(|h| h == "event" || h == "notification");
        if !raises || self.flows.iter().any(|f| f.to == *bus) {
            return;
        }
        let filled = |s: &EntityId| {
            self.kind(*s) == Kind::Storage
                && (self.flows.iter().any(|f| f.to == *s) || self.kept.iter().any(|(_, id)| id == s))
        };
        let plain = said.clause.behind(&["for", "about", "when", "upon", "on"]).next().is_none();
        if let (true, Some(store)) = (plain, self.sink.filter(filled)) {
            // "A file is uploaded to the storage. Event Grid raises an event": of the file.
            self.flow(store, *bus, None, Some(true), None, None);
            return;
        }
        let about = said.clause.behind(&["for", "about", "when", "upon", "on"]);
        let heads: Vec<String> =
            about.filter_map(|np| parsed.phrases.get(np)).map(|n| singular(&n.head)).collect();
        let lies = |(head, id): &&(String, EntityId)| heads.contains(head) && self.kind(*id).is_store();
        if let Some(store) = self.kept.iter().rev().find(lies).map(|(_, id)| *id) {
            self.rule("a bus that tells of data is told by where it lies");
            self.flow(store, *bus, None, Some(true), None, None);
        }
    }

    /// "When the alarm changes its state, an EventBridge rule starts the runbook": what the condition is about tells the bus.
    pub(super) fn heard_by_bus(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let starts =
            |c: &&Clause| !c.conditional && matches!(c.frame(), Frame::Trigger | Frame::Send | Frame::Call);
        // "use the bus to start the workflow when a file is uploaded": of several deeds, that of the bus.
        let led = |c: &&Clause| {
            let by = if c.instrument.is_empty() { &c.subject } else { &c.instrument };
            matches!(self.ids_of(meanings, by)[..], [one] if self.kind(one) == Kind::EventBus)
        };
        let all = || parsed.clauses.iter().filter(starts);
        let first = parsed.clauses.get(..2).unwrap_or(&[]).iter().find(starts);
        let Some(main) = all().find(led).or(first) else { return };
        let Some(condition) = parsed.clauses.iter().find(|c| c.conditional) else { return };
        if parsed.clauses.len() < 2 {
            return;
        }
        let by = if main.instrument.is_empty() { &main.subject } else { &main.instrument };
        let [bus] = self.ids_of(meanings, by)[..] else { return };
        let apps: Vec<NpId> = condition.behind(&["in", "on", "to", "into", "via"]).collect();
        let app = self.ids_of(meanings, &apps).into_iter().find(|&a| self.kind(a) == Kind::Client);
        if let (Kind::Identity, Some(app)) = (self.kind(bus), app) {
            // "When a user signs up in the app, the user pool invokes the function"
            return self.flow(app, bus, None, None, None, None);
        }
        if self.kind(bus) != Kind::EventBus || main.passive() || self.flows.iter().any(|f| f.to == bus) {
            return;
        }
        let places: Vec<NpId> = condition.behind(&["in", "to", "into", "on"]).collect();
        let mut about = self.ids_of(meanings, &condition.subject);
        about.extend(self.ids_of(meanings, &places));
        let tells = |id: &EntityId| *id != bus && !matches!(self.kind(*id), Kind::User | Kind::Device);
        let file = |np: &NpId| {
            parsed.phrases.get(*np).is_some_and(|n| {
                let head = singular(&n.head);
                matches!(head.as_str(), "blob" | "object" | "file" | "image" | "document" | "photo" | "video")
            })
        };
        let stored = condition.subject.iter().any(file);
        let filled = |s: &EntityId| self.kind(*s) == Kind::Storage && self.flows.iter().any(|f| f.to == *s);
        let last = || self.flows.iter().rev().map(|f| f.to).find(filled);
        let store = self.sink.filter(filled).or_else(last).filter(|_| stored);
        if let Some(source) = about.into_iter().rfind(tells).or(store) {
            self.rule("what a condition is about tells the bus that acts on it");
            self.flow(source, bus, None, Some(true), None, None);
        }
    }

    /// "creates an event in EventBridge": what happened where data lies tells the bus.
    pub(super) fn event_made(&mut self, said: &Said<'_>) {
        let made = matches!(said.lemma(), "create" | "generate" | "raise" | "produce" | "cause" | "emit");
        let event = said.heads.iter().chain(&said.products).any(|h| h == "event" || h == "notification")
            || said.data.as_deref().is_some_and(|d| d.to_lowercase().ends_with("event"));
        if !(made && event) || said.clause.passive() {
            return;
        }
        let buses: Vec<EntityId> = said
            .at(&["in", "on", "to"])
            .into_iter()
            .filter(|&b| self.kind(b) == Kind::EventBus && !self.flows.iter().any(|f| f.to == b))
            .collect();
        let store = self.sink.filter(|&s| self.kind(s).is_store());
        let sources = if said.actor.is_empty() { store.into_iter().collect() } else { said.actor.clone() };
        for &source in &sources {
            buses
                .iter()
                .for_each(|&bus| self.flow(source, bus, said.label.as_deref(), Some(true), None, None));
        }
    }
}
