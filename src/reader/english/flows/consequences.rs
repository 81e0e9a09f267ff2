//! What clauses say together: somebody has a thing done, somebody can act on what was put somewhere.
//!
//! Takes the clauses of a sentence after or before they were read one by one, and adds the flows that only two of them
//! together state.

use super::super::clauses::{Clause, Parsed};
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
        let askers: Vec<EntityId> = outer.subject.iter().flat_map(|&np| self.ids(meanings, np)).collect();
        for &asker in &askers {
            for &doer in &said.actor {
                self.flow(asker, doer, said.label.as_deref(), said.asynchronous, None, None);
            }
        }
    }

    /// "in the tracker, where an agent takes over": people who act where something is turn to it.
    pub(super) fn act_there(&mut self, said: &Said<'_>) -> bool {
        let people = self.people(&said.actor);
        let relative = said.clause.adjuncts.iter().any(|(p, _)| p == "where");
        let there = said.at(&["in", "on", "at"]);
        if !people || !relative || said.clause.passive() || !said.object.is_empty() {
            return false;
        }
        let [place] = there.as_slice() else { return false };
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
