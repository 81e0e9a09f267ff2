//! What happens somewhere and starts something: an upload to a bucket, a file that matches a rule, logs that are collected.
//!
//! Takes the clauses of a sentence and adds the flows from where it happens to what it starts.

use super::super::clauses::{Clause, NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Form, Frame, Noun};
use super::super::reading::{Meaning, Reading};
use crate::model::Kind;

/// Where something is put or lies.
const INSIDE: [&str; 5] = ["to", "into", "in", "on", "of"];

impl Reading {
    /// Adds what the clauses of a sentence say of occasions.
    pub(super) fn occasions(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for (at, pair) in parsed.clauses.windows(2).enumerate() {
            let [first, next] = pair else { continue };
            self.deed_starts(meanings, first, next, parsed.clauses.get(at + 2));
            self.collected(meanings, first, next);
        }
        for clause in &parsed.clauses {
            self.run_on(parsed, meanings, clause);
            self.matches_rule(meanings, clause);
        }
    }

    /// "an IoT rule with a Timestream action", "a function with an S3 trigger": what the product behind `with` is for it.
    pub(super) fn with_roles(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for clause in &parsed.clauses {
            for np in clause.behind(&["with"]) {
                let Some(phrase) = parsed.phrases.get(np).filter(|n| n.technology.is_some()) else {
                    continue;
                };
                let Some(host) = np
                    .checked_sub(1)
                    .filter(|&h| parsed.phrases.get(h).is_some_and(|n| n.end + 1 == phrase.start))
                else {
                    continue;
                };
                let ([host], [other]) = (&self.ids(meanings, host)[..], &self.ids(meanings, np)[..]) else {
                    continue;
                };
                let works = self.kind(*host).is_compute()
                    || self.messaging(*host)
                    || matches!(self.kind(*host), Kind::Gateway | Kind::Workflow | Kind::Scheduler);
                let (host, other) = (*host, *other);
                if !works || host == other {
                    continue;
                }
                match super::super::wording::singular(&phrase.head.to_lowercase()).as_str() {
                    // "an AppSync API with a queue as data source"
                    "source" | "data source" if self.kind(host) == Kind::Gateway => {
                        self.flow(host, other, None, None, None, None);
                    }
                    "trigger" | "event trigger" | "source" | "event source" => {
                        self.flow(other, host, None, Some(true), None, None);
                    }
                    "action" | "target" | "destination" | "sink" => {
                        self.flow(host, other, None, None, None, None)
                    }
                    _ => {}
                }
            }
        }
    }

    /// Stores and queues among the phrases behind prepositions of place.
    fn holders(&mut self, meanings: &[Meaning], clause: &Clause) -> Vec<EntityId> {
        let inside: Vec<NpId> = clause.behind(&INSIDE).collect();
        let mut found = self.ids_of(meanings, &inside);
        found.retain(|&id| self.kind(id).is_store() || self.messaging(id) || self.kind(id) == Kind::Registry);
        found
    }

    /// "Uploading an image to the bucket triggers a notification to be sent to a function": what is done to a store is told
    /// by the store, and handed on by what that starts.
    fn deed_starts(&mut self, meanings: &[Meaning], deed: &Clause, start: &Clause, then: Option<&Clause>) {
        let gerund = deed.verb.as_ref().is_some_and(|v| v.form == Form::Gerund && !v.finite);
        let starts = matches!(start.frame(), Frame::Trigger | Frame::Tell | Frame::Call | Frame::Send);
        let active = start.verb.as_ref().is_some_and(|v| v.finite && !v.passive && !v.negated);
        if !(gerund && starts && active) || !deed.subject.is_empty() || !start.subject.is_empty() {
            return;
        }
        let [store] = self.holders(meanings, deed)[..] else { return };
        for started in self.ids_of(meanings, &start.object) {
            self.flow(store, started, None, Some(true), None, None);
            // "… triggers a notification to be sent to the function": what was started hands it on.
            (self.actor, self.mover) = (Some(started), Some(started));
            if let Some(sent) =
                then.filter(|c| c.frame() == Frame::Send && c.passive() && c.subject == start.object)
            {
                let goals: Vec<NpId> = sent.behind(&["to"]).collect();
                for goal in self.ids_of(meanings, &goals) {
                    self.flow(started, goal, None, Some(true), None, None);
                }
            }
        }
        self.rule("what is done to a store is told by the store");
    }

    /// "emit logs that Azure Monitor collects": who sends something nowhere sends it to who is said to take it.
    fn collected(&mut self, meanings: &[Meaning], sends: &Clause, takes: &Clause) {
        let active = |c: &Clause| c.verb.as_ref().is_some_and(|v| !v.passive && !v.negated);
        let out = matches!(sends.frame(), Frame::Send | Frame::Provide | Frame::Make) && active(sends);
        let taken = takes.told
            && takes.relative
            && takes.object == sends.object
            && matches!(takes.frame(), Frame::Read | Frame::Consume | Frame::Watch | Frame::Store)
            && active(takes);
        let nowhere = sends.behind(&["to", "into", "on", "onto", "via", "through", "in"]).next().is_none();
        if !(out && taken && nowhere) || sends.object.is_empty() {
            return;
        }
        let data = sends.object.iter().all(|&np| meanings.get(np).is_some_and(|m| m.ids.is_empty()));
        let [taker] = self.ids_of(meanings, &takes.subject)[..] else { return };
        if !data || self.person(taker) {
            return;
        }
        for sender in self.ids_of(meanings, &sends.subject) {
            if !self.met(sender, taker) {
                self.flow(sender, taker, None, None, None, None);
            }
        }
    }

    /// "runs on every upload to the bucket", "executes on changes in the table": where that happens starts it.
    fn run_on(&mut self, parsed: &Parsed, meanings: &[Meaning], clause: &Clause) {
        let plain = clause.verb.as_ref().is_some_and(|v| !v.negated);
        let started = clause.passive()
            && matches!(clause.frame(), Frame::Trigger | Frame::Call)
            && clause.behind(&["by"]).next().is_none();
        let runs = matches!(clause.lemma(), "run" | "execute" | "fire" | "start" | "wake")
            && clause.object.is_empty()
            && !clause.passive();
        let runs = plain && (runs || started);
        let happens = |np: NpId| {
            let deeds = [
                "upload",
                "insert",
                "write",
                "update",
                "change",
                "creation",
                "event",
                "push",
                "commit",
                "arrival",
                "insertion",
                "deletion",
            ];
            parsed.phrases.get(np).is_some_and(|n| {
                n.noun == Some(Noun::Data)
                    && deeds.contains(&super::super::wording::singular(&n.head).as_str())
            })
        };
        let occasion = clause.behind(&["on", "upon", "at", "after", "for"]).any(happens);
        if !(runs && occasion) {
            return;
        }
        let inside: Vec<NpId> = clause.behind(&["to", "into", "in", "of"]).collect();
        let mut places = self.ids_of(meanings, &inside);
        places.retain(|&id| self.kind(id).is_store() || self.messaging(id) || self.kind(id) == Kind::Cicd);
        for program in self.ids_of(meanings, &clause.subject) {
            for &place in places.iter().filter(|&&p| p != program) {
                self.flow(place, program, None, Some(true), None, None);
            }
        }
    }

    /// "A file in the landing bucket matches an EventBridge rule": the rule is told by where the file lies.
    fn matches_rule(&mut self, meanings: &[Meaning], clause: &Clause) {
        let active = clause.verb.as_ref().is_some_and(|v| v.finite && !v.passive && !v.negated);
        if clause.lemma() != "match" || !active {
            return;
        }
        let data = clause.subject.iter().all(|&np| meanings.get(np).is_some_and(|m| m.ids.is_empty()));
        let [bus] = self.ids_of(meanings, &clause.object)[..] else { return };
        let told = self.flows.iter().any(|f| f.to == bus);
        if !data || told || self.kind(bus) != Kind::EventBus {
            return;
        }
        if let [store] = self.holders(meanings, clause)[..] {
            self.flow(store, bus, None, Some(true), None, None);
        }
    }
}
