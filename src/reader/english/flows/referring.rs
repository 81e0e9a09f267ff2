//! What phrases of a clause refer to beyond their own words: both, short names, owners, "it" behind a verb.
//!
//! Takes a clause in its sentence and gives components that were spoken of. It draws nothing.

use super::super::clauses::{Clause, NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Det, Frame, Noun, Pronoun};
use super::super::reading::Reading;
use super::super::register::Key;
use super::super::wording::phrase_words;
use super::understand::{Adjunct, Scene};
use crate::catalog::catalog;
use crate::model::Kind;

impl Reading {
    /// "the API calls both": the last two things of the sentence before it, but for the subject.
    pub(super) fn both(&self, scene: Scene<'_>, subject: &[EntityId]) -> Option<Vec<EntityId>> {
        let [np] = scene.clause.object.as_slice() else { return None };
        if scene.parsed.phrases.get(*np)?.pronoun? != Pronoun::Both {
            return None;
        }
        let mut seen: Vec<EntityId> = Vec::new();
        for &id in scene.meanings.get(..*np)?.iter().rev().flat_map(|m| m.ids.iter().rev()) {
            let other = !seen.contains(&id) && !subject.contains(&id) && self.kind(id) != Kind::User;
            if other && seen.len() < 2 {
                seen.push(id);
            }
        }
        seen.reverse();
        (seen.len() == 2).then_some(seen)
    }

    /// "A writes to Postgres and B writes to Redis. The API reads from both": the stores that two wrote to last.
    pub(super) fn both_stores(&self) -> Option<Vec<EntityId>> {
        let written = |f: &&super::super::reading::Flow| {
            self.kind(f.to).is_store() || matches!(self.kind(f.to), Kind::Cache | Kind::Search)
        };
        let mut last = self.flows.iter().rev();
        let (second, first) = (last.next().filter(written)?, last.next().filter(written)?);
        (second.span == first.span && first.to != second.to).then(|| vec![first.to, second.to])
    }

    /// "Payments charges the card": data that acts like a service is the service of that name.
    pub(super) fn named_shortly(&self, scene: Scene<'_>) -> Vec<EntityId> {
        let clause = scene.clause;
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
            .filter(|&&np| scene.meanings.get(np).is_some_and(|m| m.data.is_some()))
            .filter_map(|&np| scene.parsed.phrases.get(np))
            .filter_map(|np| self.entities.by_short_name(&phrase_words(np)))
            .collect()
    }

    /// Whose data a passive speaks of, where a word before it is all that a program of the text is called: "the pipeline
    /// artifacts", "the order data" beside the order service.
    pub(super) fn named_before_data(
        &self,
        parsed: &Parsed,
        meanings: &[super::super::reading::Meaning],
        clause: &Clause,
    ) -> Option<EntityId> {
        let [np] = clause.subject.as_slice() else { return None };
        let phrase = parsed.phrases.get(*np)?;
        let data = meanings.get(*np)?.ids.is_empty() && phrase.technology.is_none() && phrase.owner.is_none();
        let word = phrase.modifiers.last().filter(|_| data && clause.passive())?;
        let runs = |e: &super::super::entities::Entity| {
            (e.kind.is_compute() || matches!(e.kind, Kind::Cicd | Kind::Workflow)) && !e.denied && !e.weak
        };
        let mut found =
            self.entities.all.among([Key::Head(word)]).into_iter().filter(|&id| {
                self.entities.all.get(id).is_some_and(|e| runs(e) && e.head == *word && !e.plural)
            });
        let known = match (found.next(), found.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        };
        known.or_else(|| {
            self.entities.by_short_name(word).filter(|&id| self.entities.all.get(id).is_some_and(runs))
        })
    }

    /// The component that data belongs to: "the bucket's notifications".
    pub(super) fn owner_of(&self, parsed: &Parsed, np: NpId) -> Option<EntityId> {
        let owner = parsed.phrases.get(np)?.owner.as_deref()?;
        let last = owner.rsplit(' ').next().unwrap_or(owner);
        let fits = |id: &EntityId| {
            self.entities.all.get(*id).is_some_and(|e| {
                let label = || e.label.to_lowercase();
                let ends = || {
                    !last.is_empty()
                        && label().rsplit_once(' ').is_some_and(|(_, end)| {
                            end == last || super::super::wording::singular(end) == last
                        })
                };
                !e.denied && e.kind != Kind::User && (label() == owner || e.head == last || ends())
            })
        };
        self.recent.iter().rev().copied().find(fits)
    }

    /// "a saga in the process manager reserves the stock": what something in a program does, the program does.
    pub(super) fn acting_inside(&mut self, scene: Scene<'_>) -> Vec<EntityId> {
        let clause = scene.clause;
        let phrase = |np: NpId| scene.parsed.phrases.get(np);
        let Some(end) = clause.subject.last().and_then(|&np| phrase(np)).map(|n| n.end) else {
            return Vec::new();
        };
        let verb = clause.verb.as_ref().map_or(0, |v| v.start);
        let near =
            |np: &NpId| phrase(*np).is_some_and(|n| n.start <= end + 1 && end < n.end && n.end <= verb);
        let mut all = scene.parsed.clauses.iter().flat_map(|c| c.behind(&["in", "inside", "within"]));
        let inside = all.find(near);
        let ids = inside.map(|np| self.ids(scene.meanings, np)).unwrap_or_default();
        let works = |&id: &EntityId| {
            self.kind(id).is_compute() || matches!(self.kind(id), Kind::Analytics | Kind::Workflow)
        };
        if ids.len() == 1 && ids.iter().all(works) { ids } else { Vec::new() }
    }

    /// "The wizard calls the KYC orchestrator. It is a Temporal workflow": of who was spoken of, "it" is what is of that kind.
    pub(super) fn described_now(&self, scene: Scene<'_>, subject: &[EntityId]) -> Option<EntityId> {
        let ([it], [last], [np]) = (subject, self.object.as_slice(), scene.clause.object.as_slice()) else {
            return None;
        };
        let says = scene.clause.frame() == Frame::Be && scene.is_pronoun(&scene.clause.subject, Pronoun::It);
        let phrase = scene.parsed.phrases.get(*np).filter(|n| n.det == Det::Indefinite)?;
        let told = match phrase.noun {
            Some(Noun::Component(kind)) => kind,
            _ => catalog().technologies().get(phrase.technology?)?.kind,
        };
        (says && it != last && self.kind(*last) == told && self.kind(*it) != told).then_some(*last)
    }

    /// "A rule matches the event and targets a queue": what a bus, balancer or workflow works by acts for it.
    pub(super) fn working_of(&self, scene: Scene<'_>) -> Vec<EntityId> {
        let [np] = scene.clause.subject.as_slice() else { return Vec::new() };
        let Some(phrase) = scene.parsed.phrases.get(*np).filter(|n| n.technology.is_none()) else {
            return Vec::new();
        };
        let head = super::super::wording::singular(&phrase.head);
        let Some(kinds) = scene.lexicon.roles.workings.get(head.as_str()) else { return Vec::new() };
        let of = |id: &EntityId, kind: &str| {
            self.entities.all.get(*id).is_some_and(|e| !e.denied && e.kind.word() == kind)
        };
        let last = |kind: &&str| self.recent.iter().rev().copied().find(|id| of(id, kind));
        kinds.iter().find_map(last).into_iter().collect()
    }

    /// "All its calls go through the gateway": who was spoken of acts where its data does.
    pub(super) fn speaking_owner(&self, scene: Scene<'_>, data_acts: bool) -> Option<EntityId> {
        let [owner] = self.subject.as_slice() else { return None };
        let said = |&np: &NpId, pronouns: &[&str]| {
            let span = scene.parsed.phrases.get(np).map(|n| n.span.start..n.span.end);
            let words = span.and_then(|s| scene.text.get(s)).unwrap_or("").to_lowercase();
            words.split(' ').take(3).any(|w| pronouns.contains(&w))
        };
        let subjects = || scene.clause.subject.iter();
        let several = |id: &EntityId| self.entities.all.get(*id).is_some_and(|e| e.plural);
        let owner = match self.object.as_slice() {
            // "Brokers work with an app. Its requests arrive at the gateway": those of the app.
            [one] if several(owner) && !several(one) && subjects().any(|np| said(np, &["its"])) => one,
            _ => owner,
        };
        let owned = data_acts && subjects().any(|np| said(np, &["its", "their"]));
        (owned && !self.kind(*owner).is_store()).then_some(*owner)
    }

    /// "Event Grid raises an event that triggers a function": who raised what a relative clause tells of does what it does.
    pub(super) fn raised_by(&mut self, scene: Scene<'_>) -> (Vec<EntityId>, bool) {
        let raises = |c: &&Clause| {
            matches!(c.frame(), Frame::Send | Frame::Provide)
                && !c.passive()
                && !c.object.is_empty()
                && c.object == scene.clause.subject
        };
        let sender = scene.parsed.clauses.iter().find(raises).map(|c| c.subject.clone());
        let ids = sender.map_or_else(Vec::new, |s| self.ids_of(scene.meanings, &s));
        let bus = ids.len() == 1 && ids.iter().all(|&id| self.kind(id) == Kind::EventBus);
        if bus { (ids, false) } else { (Vec::new(), true) }
    }

    /// Puts the one example of a general thing in its place: "a source repository, such as GitHub".
    pub(super) fn exemplified(&mut self, example: EntityId, adjuncts: &mut Vec<Adjunct>) -> bool {
        let Some(at) = adjuncts.iter().position(|(p, _)| p == "like").and_then(|at| at.checked_sub(1)) else {
            return false;
        };
        let Some((_, ids)) = adjuncts.get_mut(at) else { return false };
        let [general] = ids.as_slice() else { return false };
        let general = *general;
        let plain = self.entities.all.get(general).is_some_and(|e| {
            e.technologies.is_empty() && !e.linked && e.det == Det::Indefinite && e.last == self.sentence
        });
        let alike = self.kind(general) == self.kind(example)
            || matches!(self.kind(general), Kind::Service | Kind::Other | Kind::External);
        if !plain || !alike || general == example {
            return false;
        }
        *ids = vec![example];
        adjuncts.retain(|(p, _)| p != "like");
        if let Some(entity) = self.entities.all.get_mut(general) {
            (entity.denied, entity.same_as) = (true, Some(example));
        }
        true
    }

    /// Understands a partner that would be the actor itself as another of its kind.
    pub(super) fn refer(&self, actor: &[EntityId], adjuncts: &mut Vec<Adjunct>) {
        let other = self.recent.iter().rev().copied().find(|id| {
            !actor.contains(id)
                && self.entities.all.get(*id).is_some_and(|e| !e.denied)
                && actor.first().is_some_and(|&a| self.kind(*id) == self.kind(a))
        });
        for (p, ids) in adjuncts {
            let own = ids.len() == 1 && *ids == actor && matches!(p.as_str(), "from" | "to" | "into");
            if let (true, Some(other)) = (own, other) {
                *ids = vec![other];
            }
        }
    }

    /// The head nouns of phrases that are nothing to draw, in the singular; of a pronoun, those spoken of last.
    pub(super) fn heads(&self, scene: Scene<'_>, nps: &[NpId]) -> Vec<String> {
        let mut out = Vec::new();
        for &np in nps {
            let (Some(phrase), Some(meaning)) = (scene.parsed.phrases.get(np), scene.meanings.get(np)) else {
                continue;
            };
            if phrase.pronoun.is_some() {
                out.extend(self.data.iter().cloned());
            } else if meaning.ids.is_empty() && meaning.data.is_some() && !phrase.head.is_empty() {
                out.push(super::super::wording::singular(&phrase.head));
            }
        }
        out
    }

    /// The head nouns of what is moved, asked for or looked through.
    pub(super) fn data_heads(&self, scene: Scene<'_>) -> Vec<String> {
        let clause: &Clause = scene.clause;
        let goes = clause.frame() == Frame::Send && clause.object.is_empty();
        let heads =
            self.heads(scene, if clause.passive() || goes { &clause.subject } else { &clause.object });
        if !heads.is_empty() || !matches!(clause.frame(), Frame::Call | Frame::Read | Frame::Consume) {
            return heads;
        }
        let beside: Vec<NpId> = clause.behind(&["through", "over", "at", "for"]).collect();
        self.heads(scene, &beside)
    }

    /// Places behind prepositions.
    pub(super) fn places_of(&self, scene: Scene<'_>) -> Vec<(String, usize)> {
        let phrases = scene.clause.adjuncts.iter().flat_map(|(p, nps)| nps.iter().map(move |np| (p, *np)));
        phrases
            .filter_map(|(p, np)| {
                scene.meanings.get(np).and_then(|m| m.place).map(|place| (p.clone(), place))
            })
            .collect()
    }

    /// "puts jobs on a queue; workers take them from it": behind `from`, "it" is where something was put last; who consumes
    /// means where events went.
    pub(super) fn put_last(&mut self, scene: Scene<'_>, preposition: &str, nps: &[NpId]) -> Option<EntityId> {
        let it = scene.is_pronoun(nps, Pronoun::It);
        let them = scene.is_pronoun(nps, Pronoun::They);
        if (it || them) && preposition == "from" && scene.clause.frame() == Frame::Act {
            // "Transactions arrive on a stream; a job computes features from them"
            let made = scene
                .clause
                .object
                .iter()
                .all(|np| scene.meanings.get(*np).is_some_and(|m| m.data.is_some()));
            return self.sink.filter(|&s| made && !scene.clause.object.is_empty() && self.messaging(s));
        }
        if it && matches!(preposition, "behind" | "beneath") && scene.clause.frame() == Frame::Run {
            // "The till posts to the API. Behind it sits a service": behind what was spoken of last.
            let subject = self.ids_of(scene.meanings, &scene.clause.subject);
            let other = |id: &&EntityId| {
                !subject.contains(id)
                    && !self.person(**id)
                    && self.entities.all.get(**id).is_some_and(|e| !e.weak && e.last + 1 >= self.sentence)
            };
            return match self.object.as_slice() {
                [last] if other(&last) => Some(*last),
                _ => self.recent.iter().rev().find(other).copied(),
            };
        }
        let kept = |id: &EntityId| {
            self.kind(*id).is_store() || matches!(self.kind(*id), Kind::Cache | Kind::Container)
        };
        let used = self.flows.iter().next_back().filter(|f| f.span == self.span).map(|f| f.to);
        let store = match self.object.as_slice() {
            [only] if kept(only) => Some(*only),
            _ => used.filter(kept),
        };
        if it
            && matches!(preposition, "to" | "into" | "in")
            && scene.clause.frame() == Frame::Store
            && store.is_some()
        {
            // "the feed service reads from a database; the studio app writes to it"
            return store;
        }
        let consumed = scene.clause.frame() == Frame::Consume && matches!(preposition, "to" | "from");
        let taken = matches!(preposition, "from" | "off");
        self.sink
            .filter(|&sink| it && (consumed && self.messaging(sink) || taken && self.object.contains(&sink)))
    }
}
