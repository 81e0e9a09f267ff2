//! A clause with its phrases understood: who acts, what it is done to, what stands behind prepositions.
//!
//! Takes a clause with the meanings of its phrases and gives a [`Said`]. It draws nothing.

use super::super::clauses::{Clause, NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Frame, Lexicon};
use super::super::reading::{Meaning, Reading};
use super::super::wording::singular;
use super::Said;
use crate::model::Kind;

impl Reading {
    /// Understands the phrases of a clause.
    pub(super) fn said<'a>(
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
        let mut subject = all(self, &clause.subject);
        let mut object = all(self, &clause.object);
        if let Some(both) = self.both(parsed, meanings, &clause.object, &subject) {
            object = both;
        }
        if subject.is_empty() {
            subject = self.named_shortly(parsed, meanings, clause);
        }
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
                .any(|&np| parsed.phrases.get(np).is_some_and(super::super::wanted::speaks_of_itself));
        let subject = if self_talk && clause.purpose { all(self, &clause.instrument) } else { subject };
        let echo = self.self_talk
            && clause.subject.iter().any(|&np| {
                parsed.phrases.get(np).is_some_and(|n| n.pronoun == Some(super::super::lexicon::Pronoun::It))
            })
            && !passive;
        let subject = if echo { Vec::new() } else { subject };
        let self_talk = echo || self_talk && subject.is_empty();
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
        // "is connected to", "is subscribed to": passive in form alone.
        let state = passive
            && actor.is_empty()
            && !object.is_empty()
            && matches!(clause.frame(), Frame::Call | Frame::Consume)
            && adjuncts.iter().any(|(p, _)| p == "to" || p == "with");
        let data_acts = data_acts && !state;
        let (actor, object) = if state { (object, Vec::new()) } else { (actor, object) };
        let stage: Vec<EntityId> =
            adjuncts.iter().filter(|(p, _)| p == "where").flat_map(|(_, ids)| ids.clone()).collect();
        adjuncts.retain(|(p, _)| p != "where");
        let staged = !stage.is_empty() && actor.is_empty() && (passive || data_acts);
        if staged {
            adjuncts.retain(|(_, ids)| *ids != stage);
        }
        let (actor, data_acts) = if staged { (stage, false) } else { (actor, data_acts) };
        let agentless = passive && actor.is_empty() && !data_acts;
        if let (Frame::Consume, Some(sink)) = (clause.frame(), self.sink.filter(|&s| self.messaging(s))) {
            // "the services subscribe to it": what is subscribed to is where events went last.
            let it = |nps: &[NpId]| {
                nps.iter().any(|&np| {
                    parsed
                        .phrases
                        .get(np)
                        .is_some_and(|n| n.pronoun == Some(super::super::lexicon::Pronoun::It))
                })
            };
            for (p, nps) in
                clause.adjuncts.iter().filter(|(p, nps)| matches!(p.as_str(), "to" | "from") && it(nps))
            {
                adjuncts.retain(|(q, _)| q != p);
                adjuncts.push((p.clone(), vec![sink]));
                let _ = nps;
            }
        }
        for (p, ids) in &mut adjuncts {
            let own = ids.len() == 1 && *ids == actor && matches!(p.as_str(), "from" | "to" | "into");
            let other = self.recent.iter().rev().copied().find(|id| {
                !actor.contains(id)
                    && self.entities.all.get(*id).is_some_and(|e| !e.denied)
                    && actor.first().is_some_and(|&a| self.kind(*id) == self.kind(a))
            });
            if let (true, Some(other)) = (own, other) {
                *ids = vec![other];
            }
        }
        let examples: Vec<EntityId> =
            adjuncts.iter().filter(|(p, _)| p == "like").flat_map(|(_, ids)| ids.clone()).collect();
        let (mut actor, mut object) = (actor, object);
        if !examples.is_empty() {
            let all = if passive { &mut object } else { &mut actor };
            *all = examples;
        }
        let (label, protocol, asynchronous) = self.words(lexicon, text, parsed, meanings, clause);
        let roles = self.roles(parsed, meanings, clause);
        let idle = clause.frame() == Frame::Trigger
            && clause.object.is_empty()
            && (!passive || agentless && adjuncts.iter().any(|(p, _)| p == "on" || p == "in"))
            && clause
                .verb
                .as_ref()
                .and_then(|v| lexicon.verb(v.verb))
                .is_some_and(|v| matches!(v.lemma.as_str(), "run" | "execute"));
        let shows = !passive
            && clause
                .verb
                .as_ref()
                .and_then(|v| lexicon.verb(v.verb))
                .is_some_and(|v| matches!(v.lemma.as_str(), "show" | "display" | "present" | "surface"));
        let lemma = clause.verb.as_ref().and_then(|v| lexicon.verb(v.verb)).map_or("", |v| v.lemma.as_str());
        let all_are =
            |kinds: &[Kind]| !actor.is_empty() && actor.iter().all(|&a| kinds.contains(&self.kind(a)));
        let hosts = lemma == "run" && all_are(&[Kind::Vm, Kind::Container, Kind::Cluster]);
        let deploys = matches!(lemma, "deploy" | "provision" | "install") && all_are(&[Kind::User]);
        let frame = match clause.frame() {
            Frame::Trigger if hosts => Frame::Run,
            _ if deploys => Frame::Make,
            _ if idle => Frame::Run,
            Frame::Send if shows => Frame::Read,
            frame => frame,
        };
        if clause.purpose && !self_talk {
            self.instrument(meanings, clause, &actor, frame, &mut adjuncts);
        }
        let made: Vec<NpId> = clause.behind(&["into", "as", "to"]).collect();
        let products = self.heads(parsed, meanings, &made);
        let things = if passive { &clause.subject } else { &clause.object };
        let pronoun = things.iter().any(|&np| parsed.phrases.get(np).is_some_and(|n| n.pronoun.is_some()));
        let places = clause
            .adjuncts
            .iter()
            .flat_map(|(p, nps)| nps.iter().map(move |np| (p.clone(), *np)))
            .filter_map(|(p, np)| meanings.get(np).and_then(|m| m.place).map(|place| (p, place)))
            .collect();
        let mut heads = self.heads(parsed, meanings, if passive { &clause.subject } else { &clause.object });
        if heads.is_empty() && matches!(clause.frame(), Frame::Call | Frame::Read | Frame::Consume) {
            let beside: Vec<NpId> = clause.behind(&["through", "over", "at", "for"]).collect();
            heads = self.heads(parsed, meanings, &beside);
        }
        Said {
            clause,
            heads,
            products,
            pronoun,
            places,
            actor,
            object,
            data,
            data_acts,
            self_talk,
            agentless,
            adjuncts,
            roles,
            frame,
            asynchronous,
            label,
            protocol,
        }
    }

    /// What a thing is used for goes through the thing: "uses the queue to send jobs to the worker".
    pub(super) fn instrument(
        &mut self,
        meanings: &[Meaning],
        clause: &Clause,
        actor: &[EntityId],
        frame: Frame,
        adjuncts: &mut Vec<(String, Vec<EntityId>)>,
    ) {
        let named: Vec<EntityId> = clause.instrument.iter().flat_map(|&np| self.ids(meanings, np)).collect();
        let people = actor.iter().all(|&a| self.kind(a) == Kind::User);
        let tools: Vec<EntityId> = named
            .into_iter()
            .filter(|&id| {
                !actor.contains(&id)
                    && self.entities.all.get(id).is_some_and(|e| {
                        !e.kind.is_store()
                            && e.kind != Kind::Cache
                            && e.kind != Kind::User
                            && (people || e.kind != Kind::Client)
                    })
            })
            .collect();
        let moves = matches!(
            frame,
            Frame::Call
                | Frame::Send
                | Frame::Store
                | Frame::Tell
                | Frame::Trigger
                | Frame::Read
                | Frame::Front
                | Frame::Act
        );
        if let ([tool], true) = (tools.as_slice(), moves) {
            adjuncts.push(("using".to_owned(), vec![*tool]));
        }
    }

    /// "the API calls both": the last two things of the sentence before it, but for the subject.
    fn both(
        &self,
        parsed: &Parsed,
        meanings: &[Meaning],
        object: &[NpId],
        subject: &[EntityId],
    ) -> Option<Vec<EntityId>> {
        let [np] = object else { return None };
        let pronoun = parsed.phrases.get(*np)?.pronoun?;
        if pronoun != super::super::lexicon::Pronoun::Both {
            return None;
        }
        let mut seen: Vec<EntityId> = Vec::new();
        for meaning in meanings.get(..*np)?.iter().rev() {
            for &id in meaning.ids.iter().rev() {
                if !seen.contains(&id)
                    && !subject.contains(&id)
                    && self.kind(id) != Kind::User
                    && seen.len() < 2
                {
                    seen.push(id);
                }
            }
        }
        seen.reverse();
        (seen.len() == 2).then_some(seen)
    }

    /// "Payments charges the card": data that acts like a service is the service of that name.
    fn named_shortly(&self, parsed: &Parsed, meanings: &[Meaning], clause: &Clause) -> Vec<EntityId> {
        let acts = match clause.frame() {
            Frame::Call | Frame::Read | Frame::Act | Frame::Consume | Frame::Tell | Frame::Use => true,
            Frame::Send | Frame::Store => !clause.object.is_empty(),
            _ => false,
        };
        if !acts || clause.passive() || clause.verb.as_ref().is_none_or(|v| !v.finite) {
            return Vec::new();
        }
        clause
            .subject
            .iter()
            .filter(|&&np| meanings.get(np).is_some_and(|m| m.data.is_some()))
            .filter_map(|&np| parsed.phrases.get(np))
            .filter_map(|np| self.entities.by_short_name(&super::super::wording::phrase_words(np)))
            .collect()
    }

    /// The head nouns of phrases that are nothing to draw, in the singular; of a pronoun, those spoken of last.
    fn heads(&self, parsed: &Parsed, meanings: &[Meaning], nps: &[NpId]) -> Vec<String> {
        let mut out = Vec::new();
        for &np in nps {
            let (Some(phrase), Some(meaning)) = (parsed.phrases.get(np), meanings.get(np)) else { continue };
            if phrase.pronoun.is_some() {
                out.extend(self.data.iter().cloned());
            } else if meaning.ids.is_empty() && meaning.data.is_some() && !phrase.head.is_empty() {
                out.push(singular(&phrase.head));
            }
        }
        out
    }

    /// "with A as source and B as destination".
    pub(super) fn roles(
        &mut self,
        parsed: &Parsed,
        meanings: &[Meaning],
        clause: &Clause,
    ) -> Vec<(&'static str, EntityId)> {
        let mut out = Vec::new();
        for pair in clause.adjuncts.windows(2) {
            let [(p, things), (role, named)] = pair else { continue };
            let (true, [role_np]) =
                (role == "as" && matches!(p.as_str(), "with" | "to" | "using"), named.as_slice())
            else {
                continue;
            };
            let head = parsed.phrases.get(*role_np).map_or("", |n| n.head.as_str());
            let role = match head {
                "source" | "input" | "trigger" | "event source" | "data source" => "source",
                "destination" | "target" | "output" | "origin" | "sink" | "backend" | "dlq" => "destination",
                _ => continue,
            };
            for &np in things {
                out.extend(self.ids(meanings, np).into_iter().map(|id| (role, id)));
            }
        }
        out
    }
}
