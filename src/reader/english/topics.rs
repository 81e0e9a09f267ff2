//! What lines are about: the heading above, the item that a list is nested in, the name before a colon.
//!
//! Takes headings and parsed sentences and gives the components that subjectless lines speak of. It draws no arrows.

use super::clauses::Parsed;
use super::entities::EntityId;
use super::flows::Said;
use super::lexicon::{Det, Frame, Lexicon, Noun, lexicon};
use super::phrases::{Item, items};
use super::reading::{Meaning, Reading};
use super::sentences::Sentence;
use super::tagging::tag;
use super::wording::{phrase_words, singular};
use crate::model::Kind;

impl Reading {
    /// "## Ticket service": the program that a section is about, so that its lines need no subject.
    pub(super) fn subject_of_section(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        sentence: &Sentence<'_>,
    ) -> Vec<EntityId> {
        let units = tag(lexicon, &sentence.tokens);
        let items = items(lexicon, text, &sentence.tokens, &units);
        let [Item::Np(np)] = items.as_slice() else { return Vec::new() };
        let program = np.technology.is_some() || matches!(np.noun, Some(Noun::Component(_)));
        let named = sentence.tokens.iter().all(|t| t.code);
        let general = lexicon.roles.generic_heads.contains(&singular(&np.head)) && np.modifiers.is_empty();
        if np.plural || np.pronoun.is_some() || general || !(program || named) {
            return Vec::new();
        }
        let Some(mut wanted) = self.entities.wanted(lexicon, text, np) else { return Vec::new() };
        let acts = wanted.kind.is_compute()
            || matches!(wanted.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Client | Kind::Scheduler);
        if !acts {
            return Vec::new();
        }
        wanted.weak = true;
        self.entities.resolve(
            &wanted,
            &super::phrases::Np { det: Det::Definite, ..np.clone() },
            self.sentence,
        )
    }

    /// A line that only names a component is what the lines nested in it are about.
    pub(super) fn heads_a_list(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let bare = parsed.clauses.iter().all(|c| c.verb.is_none()) && parsed.links.is_empty();
        if !bare {
            return;
        }
        let lone = parsed.fragments.len() == 1 && parsed.topic.is_empty();
        let heads = if lone { &parsed.fragments } else { &parsed.topic };
        let [np] = heads.as_slice() else { return };
        // "Services" over a list of services is no service.
        let general = parsed.phrases.get(*np).is_some_and(|n| {
            n.plural && lexicon().roles.generic_heads.contains(&singular(&n.head)) && n.modifiers.is_empty()
        });
        if general {
            return;
        }
        if let Some([id]) = meanings.get(*np).map(|m| m.ids.as_slice()) {
            self.about = vec![*id];
        }
    }

    /// "**Data processing:** Use Databricks to …": a stage of the work, of which the line bids what to do, is no part.
    pub(super) fn phase_before_colon(&mut self, parsed: &Parsed, meanings: &mut [Meaning]) {
        let [topic] = parsed.topic.as_slice() else { return };
        let Some(first) = parsed.clauses.first() else { return };
        let bid = first.imperative() && !first.told;
        let stage = parsed.phrases.get(*topic).is_some_and(|n| {
            let last = n.head.rsplit(' ').next().unwrap_or("").to_lowercase();
            let named =
                ["ing", "tion", "ment", "sis", "phase", "stage", "step"].iter().any(|e| last.ends_with(e));
            n.technology.is_none() && n.aside.is_empty() && named && n.det == Det::Bare
        });
        if !(bid && stage) {
            return;
        }
        let here = self.span.start;
        for id in meanings.get_mut(*topic).map(|m| std::mem::take(&mut m.ids)).unwrap_or_default() {
            if let Some(entity) = self.entities.all.get_mut(id).filter(|e| e.span.start >= here) {
                entity.denied = true;
            }
        }
        self.topic.clear();
        self.rule("a stage of the work is no part");
    }

    /// "**UI:** A dashboard that shows sales", "Traefik: the proxy for requests": what first stands behind the name of a
    /// thing and does nothing in the sentence says what the thing is.
    pub(super) fn named_before_colon(&mut self, parsed: &Parsed, meanings: &mut [Meaning]) {
        let [topic] = parsed.topic.as_slice() else { return };
        let (Some(name), Some(said)) = (parsed.phrases.get(*topic), parsed.phrases.get(topic + 1)) else {
            return;
        };
        if name.plural {
            return;
        }
        let near = said.start <= name.end + name.aside.len() * 4 + 3;
        let thing = said.technology.is_some() || matches!(said.noun, Some(Noun::Component(_)));
        let told =
            matches!(said.det, Det::Indefinite | Det::Definite) && !said.plural && said.quantity.is_none();
        let acts = |c: &super::clauses::Clause| {
            let own = c.subject.contains(&(topic + 1)) || c.object.contains(&(topic + 1));
            own && !c.told
                && !(c.inherited && (c.purpose || c.verb.as_ref().is_some_and(|v| !v.finite)))
                && c.verb.is_some()
        };
        let plain = said.pronoun.is_none() && said.owner.is_none() && !said.head.is_empty();
        if !(near && (thing || plain) && told) || parsed.clauses.iter().any(acts) {
            return;
        }
        let ids = |np: usize| meanings.get(np).map_or(&[][..], |m| m.ids.as_slice());
        if let ([whole], []) = (ids(*topic), ids(topic + 1)) {
            // "**Receipts:** an archival program that stores receipts"
            let whole = *whole;
            if parsed.clauses.iter().any(|c| c.told && c.subject.contains(&(topic + 1)))
                && let Some(meaning) = meanings.get_mut(topic + 1)
            {
                *meaning = Meaning { ids: vec![whole], ..Meaning::default() };
            }
            return;
        }
        let ([whole], [other]) = (ids(*topic), ids(topic + 1)) else { return };
        let (whole, other) = (*whole, *other);
        let (Some(old), Some(new)) =
            (self.entities.all.get(whole).cloned(), self.entities.all.get(other).cloned())
        else {
            return;
        };
        let fresh = new.span.start >= said.span.start && !new.linked && whole != other;
        let open = matches!(old.kind, Kind::Service | Kind::Other | Kind::User | Kind::External);
        let alike = open || old.kind == new.kind || old.kind.is_compute() && new.kind.is_compute();
        let shown = old.kind == Kind::Client && new.kind == Kind::Analytics
            || old.kind == Kind::Gateway && matches!(new.kind, Kind::Network | Kind::LoadBalancer);
        if !fresh || !(alike || shown) {
            return;
        }
        if let Some(entity) = self.entities.all.get_mut(whole) {
            for technology in new.technologies {
                if !entity.technologies.contains(&technology) {
                    entity.technologies.push(technology);
                }
            }
            if open && old.technologies.is_empty() && !matches!(new.kind, Kind::Service | Kind::Other) {
                entity.kind = new.kind;
            } else if open && old.kind == Kind::User {
                // "Virtual customer: a simulation program": no person.
                entity.kind = new.kind;
            }
            entity.names.push(phrase_words(said));
            (entity.weak, entity.declared) = (false, true);
        }
        if let Some(entity) = self.entities.all.get_mut(other) {
            (entity.denied, entity.same_as) = (true, Some(whole));
        }
        if let Some(meaning) = meanings.get_mut(topic + 1) {
            meaning.ids = vec![whole];
        }
        self.rule("what stands behind the name of a thing says what it is");
    }

    /// "The topic has two subscribers:" over a list: each item begins with one who gets what is published.
    pub(super) fn readers(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let [medium] = self.topic[..] else { return };
        let messaging = self.entities.all.get(medium).is_some_and(|e| e.kind.is_messaging());
        let Some(first) = meanings.first().filter(|_| messaging) else { return };
        let ([reader], Some(np)) = (first.ids.as_slice(), parsed.phrases.first()) else { return };
        let program = self.entities.all.get(*reader).is_some_and(|e| {
            (e.kind.is_compute() || e.kind == Kind::Workflow) && e.span.start >= self.span.start
        });
        let told = parsed.clauses.first().is_none_or(|c| c.told);
        if program && told && matches!(np.det, Det::Indefinite | Det::Other) {
            self.flow(medium, *reader, None, Some(true), None, None);
        }
    }

    /// "Our shop consists of …": the whole is none of its parts.
    pub(super) fn whole(&mut self, lexicon: &Lexicon, parsed: &Parsed, meanings: &[Meaning]) {
        let ids = |np: &usize| meanings.get(*np).map(|m| m.ids.clone()).unwrap_or_default();
        for clause in &parsed.clauses {
            let Some(verb) = clause.verb.as_ref().filter(|v| !v.negated) else { continue };
            let lemma = lexicon.verb(verb.verb).map_or("", |v| v.lemma);
            let made = ["make", "compose"].contains(&lemma) && clause.passive();
            let [subject] = clause.subject.as_slice() else { continue };
            let [whole] = ids(subject)[..] else { continue };
            let parts =
                meanings.iter().skip(subject + 1).flat_map(|m| &m.ids).filter(|id| **id != whole).count();
            let plain = self.entities.all.get(whole).is_some_and(|e| {
                e.technologies.is_empty()
                    && matches!(e.kind, Kind::Service | Kind::Other)
                    && e.group.is_none()
            });
            let service = |np: &usize| parsed.phrases.get(*np).is_some_and(|n| n.head == "service");
            let listed = lemma == "have" && clause.object.len() > 2 && clause.object.iter().all(service);
            if !(made || listed || ["consist", "comprise"].contains(&lemma)) || parts < 2 || !plain {
                continue;
            }
            if let Some(entity) = self.entities.all.get_mut(whole) {
                (entity.weak, entity.itself) = (true, true);
            }
            self.rule("the whole is none of its parts");
        }
    }

    /// What a table has a row for is there, whether or not an arrow leads to it.
    pub(super) fn listed_in_table(&mut self) {
        for id in self.topic.clone() {
            if let Some(entity) = self.entities.all.get_mut(id) {
                (entity.weak, entity.declared) = (false, true);
            }
        }
    }

    /// "**Price engine** – is called by the booking API": what is done without a subject is done to what the line is about.
    pub(super) fn undergoes(&mut self, said: &mut Said<'_>) {
        let nothing = said.object.is_empty() && said.data.is_none() && said.clause.subject.is_empty();
        if said.clause.passive() && nothing && !self.topic.is_empty() {
            said.object.clone_from(&self.topic);
            self.rule("a line under a name is about what is named");
        }
    }

    /// People who do something in an active sentence are drawn, whatever they do.
    pub(super) fn acting_people(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for clause in &parsed.clauses {
            let Some(verb) = clause.verb.as_ref().filter(|v| !v.negated && !v.passive) else { continue };
            let thinks = lexicon().roles.stative_verbs.contains(clause.lemma());
            if matches!(verb.frame, Frame::Be | Frame::Have) || thinks {
                continue;
            }
            for id in clause.subject.iter().filter_map(|&np| meanings.get(np)).flat_map(|m| &m.ids) {
                if let Some(entity) = self.entities.all.get_mut(*id).filter(|e| e.kind == Kind::User) {
                    entity.weak = false;
                }
            }
        }
    }
}
