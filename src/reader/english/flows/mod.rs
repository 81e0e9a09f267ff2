//! What clauses say of components: who talks to whom.
//!
//! Takes the clauses of a sentence with the meanings of their phrases and adds flows, places and attributes to the
//! [`Reading`]. Who starts a call is where the arrow starts; data and events go from who has them to who gets them.

mod attributes;
mod frames;
mod labels;

use super::clauses::{Clause, NpId, Parsed};
use super::entities::EntityId;
use super::lexicon::{Frame, Lexicon};
use super::reading::{Flow, Meaning, Reading};
use crate::model::Kind;

/// A clause with its phrases understood.
#[derive(Debug, Clone)]
pub(super) struct Said<'a> {
    pub(super) clause: &'a Clause,
    /// Who does it.
    pub(super) actor: Vec<EntityId>,
    /// What it is done to.
    pub(super) object: Vec<EntityId>,
    /// The words of an object that is nothing to draw.
    pub(super) data: Option<String>,
    /// Whether the actor is nothing to draw: "the upload triggers".
    pub(super) data_acts: bool,
    /// Whether the text speaks of itself: "this pattern uses …".
    pub(super) self_talk: bool,
    /// Whether nobody is named who does it.
    pub(super) agentless: bool,
    /// Components behind prepositions, in order.
    pub(super) adjuncts: Vec<(String, Vec<EntityId>)>,
    /// The frame.
    pub(super) frame: Frame,
    /// Whether somebody waits.
    pub(super) asynchronous: Option<bool>,
    /// The label that the words give.
    pub(super) label: Option<String>,
    /// How it travels.
    pub(super) protocol: Option<String>,
}

impl Said<'_> {
    /// Components behind one of these prepositions.
    pub(super) fn at(&self, prepositions: &[&str]) -> Vec<EntityId> {
        self.adjuncts
            .iter()
            .filter(|(p, _)| prepositions.contains(&p.as_str()))
            .flat_map(|(_, ids)| ids.clone())
            .collect()
    }

    /// Components on the way: behind via, through, over.
    pub(super) fn way(&self) -> Vec<EntityId> {
        self.at(&["via", "through", "over", "using", "across"])
    }
}

impl Reading {
    /// Reads the clauses of a sentence.
    pub(crate) fn interpret(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        meanings: Vec<Meaning>,
    ) {
        self.links(parsed, &meanings);
        let mut order: Vec<usize> = (0..parsed.clauses.len()).collect();
        order.sort_by_key(|&c| parsed.clauses.get(c).is_some_and(|c| !c.conditional));
        for index in order {
            let Some(clause) = parsed.clauses.get(index) else { continue };
            self.clause(lexicon, text, parsed, &meanings, clause);
        }
        self.enumerate(parsed, &meanings);
        self.near_places(parsed, &meanings);
    }

    /// Arrows drawn in the text.
    fn links(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for (from, to) in &parsed.links {
            let from: Vec<EntityId> = from.iter().flat_map(|&np| self.ids(meanings, np)).collect();
            let to: Vec<EntityId> = to.iter().flat_map(|&np| self.ids(meanings, np)).collect();
            for &a in &from {
                for &b in &to {
                    self.flow(a, b, None, None, None, None);
                }
            }
            if !to.is_empty() {
                self.subject.clone_from(&to);
                self.remember(&from, &to);
            }
        }
    }

    fn clause(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        meanings: &[Meaning],
        clause: &Clause,
    ) {
        if clause.verb.as_ref().is_some_and(|v| v.negated) {
            self.rule("what is negated is not drawn");
            return;
        }
        let mut said = self.said(lexicon, text, parsed, meanings, clause);
        self.contain(parsed, meanings, &said);
        self.attributes(parsed, meanings, &said);
        if !said.self_talk && (said.agentless || said.actor.is_empty() && !said.data_acts) {
            self.supply_actor(&mut said);
        }
        let before = self.flows.len();
        self.frame(&said);
        self.name_by_deed(lexicon, &said);
        self.follow(&said, before);
    }

    /// Understands the phrases of a clause.
    fn said<'a>(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        meanings: &[Meaning],
        clause: &'a Clause,
    ) -> Said<'a> {
        let all = |reading: &mut Self, nps: &[NpId]| -> Vec<EntityId> {
            let mut ids: Vec<EntityId> = nps.iter().flat_map(|&np| reading.ids(meanings, np)).collect();
            ids.dedup();
            ids
        };
        let subject = all(self, &clause.subject);
        let object = all(self, &clause.object);
        let mut adjuncts: Vec<(String, Vec<EntityId>)> = Vec::new();
        for (p, nps) in &clause.adjuncts {
            let ids = all(self, nps);
            if !ids.is_empty() {
                adjuncts.push((p.clone(), ids));
            }
        }
        let data_of = |nps: &[NpId]| {
            nps.iter().find_map(|&np| meanings.get(np).and_then(|m| m.data.clone())).filter(|d| !d.is_empty())
        };
        let passive = clause.passive();
        let self_talk = !passive
            && subject.is_empty()
            && clause
                .subject
                .iter()
                .any(|&np| parsed.phrases.get(np).is_some_and(super::wanted::speaks_of_itself));
        let subject = if self_talk && clause.purpose { all(self, &clause.instrument) } else { subject };
        let self_talk = self_talk && subject.is_empty();
        let by: Vec<EntityId> =
            adjuncts.iter().filter(|(p, _)| p == "by").flat_map(|(_, ids)| ids.clone()).collect();
        let by_hint = clause.behind(&["by"]).find_map(|np| meanings.get(np).and_then(|m| m.hint));
        let subject_hint = clause.subject.iter().find_map(|&np| meanings.get(np).and_then(|m| m.hint));
        let by_data = passive && by.is_empty() && clause.behind(&["by"]).next().is_some();
        let (actor, object, data, data_acts) = if passive {
            let agent = if by.is_empty() { by_hint.into_iter().collect() } else { by };
            (agent, subject, data_of(&clause.subject), by_data && by_hint.is_none())
        } else {
            let data_acts = subject.is_empty() && !self_talk && data_of(&clause.subject).is_some();
            let actor = if data_acts && clause.frame() == Frame::Trigger {
                subject_hint.into_iter().collect()
            } else {
                subject
            };
            (
                actor,
                object,
                data_of(&clause.object),
                data_acts && (subject_hint.is_none() || clause.frame() != Frame::Trigger),
            )
        };
        let agentless = passive && actor.is_empty() && !data_acts;
        let examples: Vec<EntityId> =
            adjuncts.iter().filter(|(p, _)| p == "like").flat_map(|(_, ids)| ids.clone()).collect();
        let (mut actor, mut object) = (actor, object);
        if !examples.is_empty() {
            let all = if passive { &mut object } else { &mut actor };
            *all = examples;
        }
        let (label, protocol, asynchronous) = self.words(lexicon, text, parsed, meanings, clause);
        Said {
            clause,
            actor,
            object,
            data,
            data_acts,
            self_talk,
            agentless,
            adjuncts,
            frame: clause.frame(),
            asynchronous,
            label,
            protocol,
        }
    }

    /// Who acts when nobody is named: who acted last, or who got the data last.
    fn supply_actor(&mut self, said: &mut Said<'_>) {
        if matches!(
            said.frame,
            Frame::Run | Frame::Be | Frame::Back | Frame::Front | Frame::Make | Frame::Have | Frame::Link
        ) {
            return;
        }
        if said.actor.is_empty() && !self.topic.is_empty() && !said.agentless {
            said.actor.clone_from(&self.topic);
            self.rule("a line under a name is about what is named");
            return;
        }
        if said.frame == Frame::Trigger {
            return;
        }
        let moved = said.object.is_empty() && matches!(said.frame, Frame::Send | Frame::Store);
        let actor = if moved { self.mover.or(self.actor) } else { self.actor };
        if let Some(actor) = actor {
            said.actor = vec![actor];
            self.rule("a passive without an agent has the last actor as its agent");
        }
    }

    /// Adds a flow, unless it is there already.
    pub(super) fn flow(
        &mut self,
        from: EntityId,
        to: EntityId,
        label: Option<&str>,
        asynchronous: Option<bool>,
        protocol: Option<&str>,
        why: Option<&'static str>,
    ) {
        if from == to {
            return;
        }
        if let Some(known) = self.flows.iter_mut().find(|f| f.from == from && f.to == to) {
            let new = label.filter(|l| known.label.as_deref().is_none_or(|k| !k.contains(*l)));
            if let Some(new) = new {
                let joined = known.label.as_ref().map_or_else(|| new.to_owned(), |k| format!("{k}; {new}"));
                if joined.chars().count() <= 60 {
                    known.label = Some(joined);
                }
            }
            known.asynchronous = known.asynchronous.or(asynchronous);
            return;
        }
        let reply = self
            .flows
            .iter()
            .any(|f| f.from == to && f.to == from && f.span == self.span && f.step == self.step);
        let medium = |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.kind.is_messaging());
        if reply && !medium(from) && !medium(to) && asynchronous != Some(true) {
            return;
        }
        let read_back = self.flows.iter().any(|f| f.from == to && f.to == from);
        let passive = |id: EntityId| {
            self.entities.all.get(id).is_some_and(|e| e.kind.is_store() || e.kind == Kind::Cache)
        };
        if read_back && (passive(from) || why.is_some()) {
            return;
        }
        if let Some(trace) = self.traces.last_mut() {
            trace.flows.push(self.flows.len());
        }
        self.flows.push(Flow {
            from,
            to,
            label: label.map(str::to_owned).filter(|l| !l.is_empty()),
            asynchronous,
            protocol: protocol.map(str::to_owned),
            span: self.span,
            step: self.step,
            why,
        });
    }

    /// Who was spoken of, for pronouns and passives to come.
    pub(super) fn remember(&mut self, from: &[EntityId], to: &[EntityId]) {
        self.object = to.to_vec();
        let acts = |id: EntityId| {
            self.entities.all.get(id).is_some_and(|e| {
                e.kind.is_compute()
                    || matches!(
                        e.kind,
                        Kind::Gateway
                            | Kind::LoadBalancer
                            | Kind::Client
                            | Kind::Analytics
                            | Kind::Device
                            | Kind::Cdn
                            | Kind::Dns
                            | Kind::Scheduler
                            | Kind::Cicd
                            | Kind::Ml
                    )
            })
        };
        let holds = |id: EntityId| {
            self.entities
                .all
                .get(id)
                .is_some_and(|e| e.kind.is_store() || e.kind.is_messaging() || e.kind == Kind::Cache)
        };
        if let Some(&last) = to.iter().rev().find(|&&id| holds(id)) {
            self.sink = Some(last);
            if self.entities.all.get(last).is_some_and(|e| e.kind.is_messaging()) {
                self.mover = Some(last);
            }
        }
        if let Some(&actor) = from.iter().rev().find(|&&id| acts(id)) {
            self.actor = Some(actor);
            if !to.iter().any(|&id| self.entities.all.get(id).is_some_and(|e| e.kind.is_messaging())) {
                self.mover = Some(actor);
            }
        }
        let [only] = to else { return };
        let runs = self
            .entities
            .all
            .get(*only)
            .is_some_and(|e| e.kind.is_compute() || matches!(e.kind, Kind::Gateway | Kind::LoadBalancer));
        if runs {
            self.actor = Some(*only);
            self.mover = Some(*only);
        }
    }

    fn follow(&mut self, said: &Said<'_>, before: usize) {
        let new: Vec<(EntityId, EntityId)> =
            self.flows.get(before..).unwrap_or(&[]).iter().map(|f| (f.from, f.to)).collect();
        let from: Vec<EntityId> = new.iter().map(|f| f.0).collect();
        let to: Vec<EntityId> = new.iter().map(|f| f.1).collect();
        if said.clause.verb.is_none() && said.actor.is_empty() {
            return;
        }
        let mut target: Vec<EntityId> = if to.is_empty() { said.object.clone() } else { to };
        if said.frame == Frame::Read && !said.actor.is_empty() {
            target = said.actor.clone();
        }
        if said.clause.purpose {
            return;
        }
        let subject = if said.clause.passive() { said.object.clone() } else { said.actor.clone() };
        if said.frame == Frame::Trigger {
            self.subject = said.object.clone();
        } else if !subject.is_empty() && !(said.clause.passive() && said.agentless && !new.is_empty()) {
            self.subject = subject;
        } else if !new.is_empty() {
            self.subject.clear();
        }
        if said.clause.conditional && new.is_empty() {
            if let Some(&holder) =
                said.at(&["to", "into", "in", "on", "onto"]).iter().chain(&said.object).find(|&&id| {
                    self.entities.all.get(id).is_some_and(|e| e.kind.is_store() || e.kind.is_messaging())
                })
            {
                self.sink = Some(holder);
            }
            return;
        }
        if said.agentless && new.is_empty() && said.frame == Frame::Act {
            return;
        }
        self.remember(&from, &target);
        if let (Some(&actor), false) = (said.actor.last(), said.frame == Frame::Trigger)
            && self.entities.all.get(actor).is_some_and(|e| e.kind.is_compute() || e.kind == Kind::Analytics)
        {
            self.actor = Some(actor);
        }
    }
}
