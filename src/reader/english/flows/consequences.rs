//! What clauses say together: somebody has a thing done, somebody can act on what was put somewhere.
//!
//! Takes the clauses of a sentence after or before they were read one by one, and adds the flows that only two of them
//! together state.

use super::super::clauses::{Clause, NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Frame, Noun};
use super::super::reading::{Meaning, Reading};
use super::Said;
use crate::model::Kind;

impl Reading {
    /// "has the address checked by the geocoder": who has something done asks who does it.
    pub(super) fn has_done(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        let clause = said.clause;
        let reduced = clause.passive() && clause.verb.as_ref().is_some_and(|v| !v.finite);
        if !reduced || said.agentless || said.actor.is_empty() {
            return;
        }
        let has = |c: &&Clause| {
            c.frame() == Frame::Have && !c.passive() && !c.object.is_empty() && c.object == clause.subject
        };
        let Some(outer) = parsed.clauses.iter().find(has) else { return };
        let askers = self.ids_of(meanings, &outer.subject);
        for &asker in &askers {
            for &doer in &said.actor {
                self.flow(asker, doer, said.label.as_deref(), said.asynchronous, None, None);
            }
        }
    }

    /// "has the document service produce the contract": who has something done asks who does it.
    pub(super) fn has_do(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for pair in parsed.clauses.windows(2) {
            let [has, does] = pair else { continue };
            let causes = matches!(has.lemma(), "have" | "let" | "make")
                && has.object.is_empty()
                && !has.passive()
                && has.adjuncts.is_empty();
            let singular = does.subject.iter().all(|&np| parsed.phrases.get(np).is_some_and(|n| !n.plural));
            if !(causes && does.base() && singular) || does.inherited {
                continue;
            }
            let askers = self.ids_of(meanings, &has.subject);
            let doers = self.ids_of(meanings, &does.subject);
            for &asker in &askers {
                doers.iter().for_each(|&doer| self.flow(asker, doer, None, None, None, None));
                // What happens next is the asker's.
                self.unaddressed = None;
                (self.actor, self.mover) = (Some(asker), Some(asker));
            }
        }
    }

    /// "the service emits an event, and Event Grid delivers it": what was sent nowhere went to who hands it on.
    pub(super) fn handed_on(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for pair in parsed.clauses.windows(2) {
            let [sends, next] = pair else { continue };
            let active = |c: &Clause| c.frame() == Frame::Send && c.verb.is_some() && !c.passive();
            let nowhere =
                sends.behind(&["to", "into", "on", "onto", "via", "through", "in"]).next().is_none();
            let it =
                next.object.iter().any(|&np| parsed.phrases.get(np).is_some_and(|n| n.pronoun.is_some()));
            let told = next.told && next.object == sends.object;
            if !(active(sends) && active(next) && nowhere && (it || told)) || next.inherited {
                continue;
            }
            let data = sends.object.iter().all(|&np| meanings.get(np).is_some_and(|m| m.ids.is_empty()));
            let mut senders = self.ids_of(meanings, &sends.subject);
            if senders.is_empty() && told {
                // "creation of the blob raises an event that Event Grid delivers": by where the blob was put.
                let files = sends.behind(&["of"]).any(|np| {
                    parsed.phrases.get(np).is_some_and(|n| {
                        matches!(
                            super::super::wording::singular(&n.head).as_str(),
                            "blob" | "object" | "file"
                        )
                    })
                });
                let bucket = |id: &EntityId| self.kind(*id) == Kind::Storage;
                let bucket = self.recent.iter().rev().copied().find(bucket).filter(|_| files);
                senders.extend(bucket.or(self.sink.filter(|&s| self.kind(s).is_store())));
            }
            let [sender] = senders[..] else { continue };
            let [medium] = self.ids_of(meanings, &next.subject)[..] else { continue };
            if data && !sends.object.is_empty() && self.messaging(medium) && !self.met(sender, medium) {
                self.flow(sender, medium, None, Some(true), None, None);
            }
        }
    }

    /// "analyses the replays that servers upload to the bucket": who works on data turns to where a relative clause says
    /// that it is put.
    pub(super) fn put_there(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for (at, main) in parsed.clauses.iter().enumerate() {
            let works = matches!(
                main.frame(),
                Frame::Read | Frame::Act | Frame::Consume | Frame::Call | Frame::Watch
            );
            let active = main.verb.as_ref().is_some_and(|v| !v.passive && !v.negated) && !main.told;
            if !works || !active || main.object.is_empty() {
                continue;
            }
            let told = parsed.clauses.get(at + 1).filter(|c| c.told && c.object == main.object && c.relative);
            let Some(told) = told.filter(|c| matches!(c.frame(), Frame::Send | Frame::Store)) else {
                continue;
            };
            if main.object.iter().any(|&np| meanings.get(np).is_none_or(|m| !m.ids.is_empty())) {
                continue;
            }
            let goals: Vec<NpId> = told.behind(&["to", "into", "in", "on", "onto"]).collect();
            let places = self.ids_of(meanings, &goals);
            let actors = self.ids_of(meanings, &main.subject);
            for &actor in &actors {
                for &place in places.iter().filter(|p| **p != actor) {
                    if self.messaging(place) {
                        self.flow(place, actor, None, Some(true), None, None);
                    } else if self.kind(place).is_store() {
                        self.flow(actor, place, None, None, None, None);
                    }
                }
            }
        }
    }

    /// "Key Vault holds the secrets that the function uses": who uses what is kept somewhere turns to the keeper.
    pub(super) fn uses_kept(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for pair in parsed.clauses.windows(2) {
            let [holds, used] = pair else { continue };
            let keeps = matches!(holds.frame(), Frame::Hold | Frame::Store) && !holds.passive();
            let uses = used.told
                && used.object == holds.object
                && !used.passive()
                && matches!(used.frame(), Frame::Use | Frame::Read | Frame::Consume);
            if !(keeps && uses) || holds.object.is_empty() {
                continue;
            }
            let [keeper] = self.ids_of(meanings, &holds.subject)[..] else { continue };
            let store =
                self.kind(keeper).is_store() || matches!(self.kind(keeper), Kind::Cache | Kind::Secrets);
            for user in self.ids_of(meanings, &used.subject) {
                if store && !self.kind(user).is_store() {
                    self.flow(user, keeper, None, None, None, None);
                }
            }
        }
    }

    /// "events are published to the bus; the mailer sends mails": who is first named behind a semicolon or colon, and acts
    /// on nothing else that came to it, gets what was published just before.
    pub(super) fn take_published(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning]) {
        let here = |f: &super::super::reading::Flow, r: &Self| f.span == r.span;
        let published = |c: &&Clause| c.frame() == Frame::Send && !c.conditional && c.verb.is_some();
        let Some(main) = parsed.clauses.first().filter(published) else { return };
        let goals: Vec<NpId> = main.behind(&["to", "on", "onto"]).collect();
        let [goal] = goals.as_slice() else { return };
        let [medium] = self.ids(meanings, *goal)[..] else { return };
        if !self.messaging(medium) || self.flows.iter().any(|f| f.from == medium && here(f, self)) {
            return;
        }
        let end = parsed.phrases.get(*goal).map_or(0, |n| n.span.end);
        for clause in parsed.clauses.iter().skip(1).filter(|c| !c.passive() && !c.inherited && !c.conditional)
        {
            let [subject] = clause.subject.as_slice() else { continue };
            let Some(start) = parsed.phrases.get(*subject).map(|n| n.span.start) else { continue };
            let between = text.get(end..start).unwrap_or("");
            let [actor] = self.ids(meanings, *subject)[..] else { continue };
            let fresh = self
                .entities
                .all
                .get(actor)
                .is_some_and(|e| e.kind.is_compute() && e.span.start >= self.span.start && !e.denied);
            let idle =
                !self.flows.iter().any(|f| f.to == actor) && self.flows.iter().any(|f| f.from == actor);
            if between.contains([';', ':']) && fresh && idle {
                self.rule("who acts behind a semicolon on what was published gets it");
                let why = Some("who acts on what was published gets it");
                self.flow(medium, actor, None, Some(true), None, why);
            }
        }
    }

    /// "in the tracker, where an agent takes over": people who act where something is turn to it.
    pub(super) fn act_there(&mut self, said: &Said<'_>) -> bool {
        let people = self.people(&said.actor);
        let relative = said.clause.adjuncts.iter().any(|(p, _)| p == "where");
        let there = said.at(&["in", "on", "at"]);
        if !relative || said.clause.passive() || !said.object.is_empty() {
            return false;
        }
        let [place] = there.as_slice() else { return false };
        // "an index, where the API does its searches"
        let works = matches!(said.lemma(), "do" | "perform" | "make" | "run" | "look")
            && said.actor.iter().all(|&a| self.kind(a).is_compute())
            && (self.kind(*place).is_store() || matches!(self.kind(*place), Kind::Search | Kind::Cache));
        let takes = |&a: &EntityId| self.kind(a).is_compute() || self.kind(a) == Kind::Analytics;
        if let (true, [worker]) =
            (self.messaging(*place) && said.actor.iter().all(takes), said.actor.as_slice())
        {
            // "to Event Hubs, where Stream Analytics detects anomalies"
            let (worker, place) = (*worker, *place);
            self.flow(place, worker, said.label.as_deref(), Some(true), None, None);
            (self.actor, self.mover) = (Some(worker), Some(worker));
            return true;
        }
        if !(people || works && !said.actor.is_empty()) {
            return false;
        }
        for &person in &said.actor {
            self.flow(person, *place, said.label.as_deref(), None, None, None);
        }
        true
    }

    /// Whether a clause says what somebody can do now, and names nothing else: "so that a clerk can correct it".
    pub(super) fn enabled(&self, text: &str, parsed: &Parsed, clause: &Clause) -> bool {
        let phrase = |np: &usize| parsed.phrases.get(*np);
        let Some(subject) = clause.subject.first().and_then(phrase) else { return false };
        let before = text.get(self.span.start..subject.span.start).unwrap_or("").trim_end().to_lowercase();
        let plain = |np: &usize| {
            phrase(np).is_some_and(|n| n.pronoun.is_some() || n.noun == Some(Noun::Data) || n.noun.is_none())
        };
        clause.conditional
            && (before.ends_with(" so") || before.ends_with(" so that"))
            && clause.adjuncts.is_empty()
            && clause.object.iter().all(plain)
    }

    /// "opens a case so that a clerk can correct it": who can act now turns to where it was put.
    pub(super) fn can_act(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning]) {
        for clause in parsed.clauses.iter().filter(|c| c.conditional && !c.passive()) {
            let [np] = clause.subject.as_slice() else { continue };
            if parsed.phrases.get(*np).is_none_or(|n| n.pronoun.is_some()) {
                continue;
            }
            let [actor] = self.ids(meanings, *np)[..] else { continue };
            let idle = !self.flows.iter().any(|f| (f.from == actor || f.to == actor) && f.span == self.span);
            let earlier = |f: &&super::super::reading::Flow| f.span == self.span;
            let Some(put) = self.flows.iter().rev().find(earlier).map(|f| f.to).or(self.sink) else {
                continue;
            };
            if !idle || !self.enabled(text, parsed, clause) || put == actor {
                continue;
            }
            let person = self.kind(actor) == Kind::User;
            let program = self.kind(actor).is_compute() || self.kind(actor) == Kind::Analytics;
            if self.messaging(put) && program {
                self.flow(put, actor, None, Some(true), None, None);
            } else if program && self.kind(put).is_store()
                || person && matches!(self.kind(put), Kind::External | Kind::Client | Kind::Analytics)
            {
                self.flow(actor, put, None, None, None, None);
            } else {
                continue;
            }
            self.rule("who can act on what was put somewhere turns to it");
        }
    }
}
