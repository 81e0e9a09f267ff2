//! Things that come several times: one in each region, one for each owner.
//!
//! Takes the meanings of a sentence's phrases and makes the copies that "each" asks for. Copies that belong together carry
//! the same [`Copy`], so that arrows are drawn between partners and not crosswise.

use super::clauses::{NpId, Parsed};
use super::entities::{Copy, Entity, EntityId};
use super::lexicon::{Det, Frame, Lexicon, Noun, Pronoun, lexicon};
use super::phrases::Np;
use super::reading::{Meaning, Reading};
use super::wanted::Wanted;
use super::wording::{sentence_case, singular, singular_label};
use crate::model::Kind;

/// The most copies made of one thing.
const MAX_COPIES: usize = 12;

impl Reading {
    /// "In each region there is an ALB": a copy in every place of the kind.
    pub(super) fn in_each_place(&mut self, parsed: &Parsed, meanings: &mut [Meaning]) {
        let each = |np: &NpId| {
            parsed.phrases.get(*np).is_some_and(|n| {
                matches!(n.noun, Some(Noun::Group(_)))
                    && (n.det == Det::Each || n.plural && n.quantity == Some(2))
            })
        };
        let Some(clause) =
            parsed.clauses.iter().find(|c| c.behind(&["in", "within", "inside", "per"]).any(|np| each(&np)))
        else {
            return;
        };
        let Some(kind) = clause
            .behind(&["in", "within", "inside", "per"])
            .filter(each)
            .find_map(|np| meanings.get(np).and_then(|m| m.place))
            .and_then(|p| self.places.get(p))
            .map(|p| p.kind)
        else {
            return;
        };
        let named = |p: &super::places::Place| p.kind == kind && !p.general;
        let places: Vec<usize> =
            self.places.iter().enumerate().filter(|(_, p)| named(p)).map(|(n, _)| n).collect();
        if !(2..=MAX_COPIES).contains(&places.len()) {
            return;
        }
        let set = self.span.start;
        for np in clause.object.iter().chain(&clause.subject) {
            let Some(meaning) = meanings.get_mut(*np) else { continue };
            let [original] = meaning.ids.as_slice() else { continue };
            let original = *original;
            let fresh = self.entities.all.get(original).is_some_and(|e| {
                e.last == self.sentence && e.copy.is_none() && e.group.is_none() && e.span.start >= set
            });
            if fresh {
                meaning.ids = self.copy_into(original, &places, set);
            }
        }
        self.rule("`in each` puts one into every place of the kind");
    }

    /// "has three replicas", "a cluster with four nodes": how many run of the thing beside them, and nothing of its own.
    pub(super) fn counted(
        &mut self,
        parsed: &Parsed,
        id: NpId,
        np: &Np,
        meanings: &[Meaning],
    ) -> Option<Meaning> {
        let number = np.quantity.filter(|&q| q > 0 && q <= 1000)?;
        let plain = np.modifiers.is_empty() && np.technology.is_none() && np.det == Det::Bare;
        if !plain || !lexicon().roles.counted_heads.contains(&singular(&np.head)) {
            return None;
        }
        let with = |c: &super::clauses::Clause| c.behind(&["with", "of"]).any(|b| b == id);
        let beside = id.checked_sub(1).filter(|&before| {
            let near = parsed.phrases.get(before).is_some_and(|b| np.start <= b.end + 1);
            near && parsed.clauses.iter().any(with)
        });
        let subject = parsed.clauses.iter().find_map(|c| {
            let runs =
                matches!(c.frame(), Frame::Run | Frame::Trigger | Frame::Have) && !c.subject.contains(&id);
            let counted =
                c.object.contains(&id) || c.behind(&["on", "as", "in", "with", "to"]).any(|b| b == id);
            let several = number == 1 && c.subject.len() > 1;
            let subject = c.subject.first().filter(|_| c.subject.len() == 1 || several)?;
            (runs && counted).then_some(*subject)
        });
        let machine = matches!(singular(&np.head).as_str(), "virtual machine" | "vm" | "machine" | "server");
        if number == 1 && !(machine && subject.is_some()) {
            return None;
        }
        let [host] = self.ids(meanings, beside.or(subject)?)[..] else { return None };
        let entity = self.entities.all.get_mut(host).filter(|e| {
            e.kind.is_compute()
                || e.kind.is_store()
                || e.kind.is_messaging()
                || matches!(
                    e.kind,
                    Kind::Cache | Kind::Gateway | Kind::Search | Kind::Cluster | Kind::LoadBalancer
                )
        })?;
        entity.replicas = entity.replicas.or(Some(number).filter(|n| *n > 1));
        self.rule("a number of replicas says how many run");
        Some(Meaning { data: Some(String::new()), ..Meaning::default() })
    }

    fn copy_into(&mut self, original: EntityId, places: &[usize], set: usize) -> Vec<EntityId> {
        let Some(model) = self.entities.all.get(original).cloned() else { return Vec::new() };
        let mut ids = Vec::with_capacity(places.len());
        for (index, &place) in places.iter().enumerate() {
            let mut one = model.clone();
            one.group = Some(place);
            one.copy = Some(Copy { set, index });
            if index == 0 {
                if let Some(entity) = self.entities.all.get_mut(original) {
                    *entity = one;
                }
                ids.push(original);
            } else {
                self.entities.all.push(one);
                ids.push(self.entities.all.len() - 1);
            }
        }
        ids
    }

    /// "the orders and payments services, each with its own database": one for each owner.
    pub(super) fn one_for_each(
        &mut self,
        lexicon: &Lexicon,
        parsed: &Parsed,
        meanings: &mut [Meaning],
        each: bool,
    ) {
        let mut tasks: Vec<(Vec<NpId>, NpId)> = Vec::new();
        for clause in &parsed.clauses {
            // "each of them owns a database"
            let one = |n: &Np| n.det == Det::Indefinite && each && clause.frame() == Frame::Have;
            let own = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| (n.own || one(n)) && !n.plural);
            if let Some(task) = self.app_for_each(clause, parsed, meanings).filter(|_| each) {
                self.share_out(lexicon, &task.0, task.1, meanings);
                continue;
            }
            if clause.frame() == Frame::Have && !clause.passive() {
                let pronoun = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| n.pronoun.is_some());
                let told =
                    clause.subject.iter().all(pronoun) && clause.subject.first().is_some_and(|&s| s > 2);
                // "… and each of them owns a database": of all named before.
                let owners =
                    if told && each { (0..clause.subject[0]).collect() } else { clause.subject.clone() };
                tasks.extend(clause.object.iter().copied().filter(own).map(|np| (owners.clone(), np)));
            }
            for np in clause.behind(&["with", "in", "to", "from", "by"]).filter(own) {
                let before: Vec<NpId> = (0..np).collect();
                tasks.push((before, np));
            }
        }
        for (owners, np) in tasks {
            let owners = self.owners(meanings, &owners);
            let each = each || parsed.phrases.get(np).is_some_and(|n| n.det == Det::Each);
            if each && (2..=MAX_COPIES).contains(&owners.len()) {
                self.subject.clone_from(&owners);
                self.share_out(lexicon, &owners, np, meanings);
            }
        }
    }

    /// "Riders and drivers each have a mobile app": who has one, and the phrase that says what.
    fn app_for_each(
        &self,
        clause: &super::clauses::Clause,
        parsed: &Parsed,
        meanings: &[Meaning],
    ) -> Option<(Vec<EntityId>, NpId)> {
        let kind = |id: &EntityId| self.entities.all.get(*id).map(|e| e.kind);
        let [object] = clause.object.as_slice() else { return None };
        let single = parsed.phrases.get(*object).is_some_and(|n| !n.plural && n.det != Det::Definite);
        let [app] = meanings.get(*object)?.ids.as_slice() else { return None };
        let owners: Vec<EntityId> =
            clause.subject.iter().filter_map(|&np| meanings.get(np)).flat_map(|m| m.ids.clone()).collect();
        let people = owners.iter().all(|id| kind(id) == Some(Kind::User));
        let has = matches!(clause.frame(), Frame::Have | Frame::Use) && !clause.passive();
        (has && single
            && people
            && (2..=MAX_COPIES).contains(&owners.len())
            && kind(app) == Some(Kind::Client))
        .then_some((owners, *object))
    }

    /// The last several programs that the phrases stand for.
    fn owners(&mut self, meanings: &[Meaning], nps: &[NpId]) -> Vec<EntityId> {
        let mut ids: Vec<EntityId> = Vec::new();
        for &np in nps {
            for id in self.ids(meanings, np) {
                if self.entities.all.get(id).is_some_and(|e| e.kind.is_compute() && !e.denied && !e.itself)
                    && !ids.contains(&id)
                {
                    ids.push(id);
                }
            }
        }
        if ids.len() < 2 && self.listed.len() > 1 { self.listed.clone() } else { ids }
    }

    fn share_out(&mut self, lexicon: &Lexicon, owners: &[EntityId], np: NpId, meanings: &mut [Meaning]) {
        let Some([original]) = meanings.get(np).map(|m| m.ids.as_slice()) else { return };
        let original = *original;
        let Some(model) = self.entities.all.get(original).cloned() else { return };
        if model.last != self.sentence || self.flows.iter().any(|f| f.to == original || f.from == original) {
            return;
        }
        let set = self.span.start;
        let mut ids = Vec::with_capacity(owners.len());
        for (index, &owner) in owners.iter().enumerate() {
            let Some(keeper) = self.entities.all.get_mut(owner) else { continue };
            let copy = *keeper.copy.get_or_insert(Copy { set, index });
            let name = keeper.modifiers.join(" ");
            let name = if name.is_empty() { singular_label(&keeper.label) } else { name };
            let mut one = model.clone();
            let head = if one.head.is_empty() { one.kind.label().to_lowercase() } else { one.head.clone() };
            one.label = sentence_case(&format!("{name} {head}"));
            one.modifiers = name.split(' ').filter(|w| !lexicon.weak(w)).map(str::to_lowercase).collect();
            one.copy = Some(copy);
            if index == 0 {
                if let Some(entity) = self.entities.all.get_mut(original) {
                    *entity = one;
                }
                ids.push(original);
            } else {
                self.entities.all.push(one);
                ids.push(self.entities.all.len() - 1);
            }
        }
        if let Some(meaning) = meanings.get_mut(np) {
            meaning.ids = ids;
        }
        self.rule("`each its own` makes one for each");
    }

    /// "the first function" of two that were named together: the several are told apart from then on.
    pub(super) fn one_of_several(&mut self, wanted: &Wanted, np: &Np, ordinal: usize) -> Option<EntityId> {
        let set = self.entities.all.iter().rposition(|e| {
            let head = wanted.head.is_empty()
                || e.head.is_empty() && wanted.kind == e.kind
                || lexicon().kin(&wanted.head, &e.head);
            let technology = wanted.technology.is_none_or(|t| e.technologies.contains(&t));
            e.plural
                && !e.denied
                && head
                && technology
                && wanted.modifiers.iter().all(|m| e.modifiers.contains(m))
        })?;
        self.member_of(set, np, ordinal)
    }

    /// "two workers: one extracts the text, the other compares it": which phrases tell the two apart.
    pub(super) fn one_and_other(&self, parsed: &Parsed) -> Option<(NpId, NpId)> {
        let acts = |np: NpId| parsed.clauses.iter().any(|c| c.subject.contains(&np));
        let phrases = || parsed.phrases.iter().enumerate();
        let (one, _) = phrases().find(|(id, n)| {
            n.pronoun == Some(Pronoun::It)
                && (n.quantity == Some(1) || n.det == Det::Indefinite)
                && n.end == n.start + 1
                && acts(*id)
        })?;
        let (other, _) =
            phrases().find(|(id, n)| *id > one && n.head == "one" && n.det == Det::Other && acts(*id))?;
        Some((one, other))
    }

    /// One of the several that were spoken of last.
    pub(super) fn one_of_last(&mut self, np: &Np, ordinal: usize) -> Option<EntityId> {
        let all = &self.entities.all;
        let several = |id: &&EntityId| {
            all.get(**id)
                .is_some_and(|e| e.plural && !e.denied && e.kind != Kind::User && e.last + 1 >= self.sentence)
        };
        let set = *self.recent.iter().rev().find(several)?;
        let id = self.member_of(set, np, ordinal)?;
        let members = self.entities.all.get(set).map(|e| e.members.clone()).unwrap_or_default();
        if let [one, other] = members.as_slice() {
            self.pair = Some((*one, *other));
        }
        self.listed = members;
        Some(id)
    }

    fn member_of(&mut self, set: EntityId, np: &Np, ordinal: usize) -> Option<EntityId> {
        let model = self.entities.all.get(set).cloned()?;
        if ordinal > model.replicas.map_or(MAX_COPIES, |r| r as usize).min(MAX_COPIES) {
            return None;
        }
        let mut members = model.members.clone();
        while members.len() < ordinal {
            let one = Entity {
                label: singular_label(&model.label),
                plural: false,
                replicas: None,
                members: Vec::new(),
                span: np.span,
                last: self.sentence,
                ..model.clone()
            };
            self.entities.all.push(one);
            members.push(self.entities.all.len() - 1);
        }
        let id = members.get(ordinal - 1).copied();
        if let Some(entity) = self.entities.all.get_mut(set) {
            entity.members = members;
        }
        self.rule("an ordinal tells several that were named together apart");
        id
    }

    /// "the cluster in Frankfurt replicates to the one in Dublin": what is like the thing spoken of last, in another place.
    pub(super) fn one_in_place(
        &mut self,
        text: &str,
        parsed: &Parsed,
        id: NpId,
        np: &Np,
        meanings: &[Meaning],
    ) -> Option<EntityId> {
        let one = matches!(np.head.as_str(), "one" | "copy" | "counterpart") && np.det == Det::Definite;
        let inside = parsed.phrases.get(id + 1).filter(|place| place.start == np.end + 1)?;
        if !one || np.technology.is_some() || !np.modifiers.is_empty() {
            return None;
        }
        let last = meanings.iter().rev().find_map(|m| m.ids.last().copied())?;
        let place = self.place(text, inside)?;
        let model = self.entities.all.get(last)?.clone();
        let like = |e: &super::entities::Entity| {
            e.kind == model.kind && e.technologies == model.technologies && !e.denied
        };
        let there = (0..self.entities.all.len()).find(|&o| {
            o != last && self.entities.all.get(o).is_some_and(|e| like(e) && e.group == Some(place))
        });
        if there.is_some() || model.group == Some(place) {
            return there;
        }
        let other = super::entities::Entity {
            span: np.span,
            group: Some(place),
            linked: false,
            last: self.sentence,
            ..model
        };
        self.entities.all.push(other);
        Some(self.entities.all.len() - 1)
    }

    /// "the second bucket" after "a second bucket": the one that was introduced beside the first.
    pub(super) fn other_again(&self, wanted: &Wanted, np: &Np, text: &str) -> Option<EntityId> {
        let written = text.get(np.span.start..np.span.end)?;
        let definite = written.get(..4).is_some_and(|the| the.eq_ignore_ascii_case("the "));
        if np.det != Det::Other || !definite || np.plural {
            return None;
        }
        self.entities.all.iter().rposition(|e| {
            e.det == Det::Other
                && !e.denied
                && !e.plural
                && e.last < self.sentence
                && (e.head == wanted.head || lexicon().kin(&wanted.head, &e.head))
                && wanted.technology.is_none_or(|t| e.technologies.contains(&t))
                && wanted.modifiers.iter().all(|m| e.modifiers.contains(m))
        })
    }

    /// Whether an arrow would join copies that belong to different places or owners.
    pub(super) fn crosswise(&self, from: EntityId, to: EntityId) -> bool {
        let copy = |id: EntityId| self.entities.all.get(id).and_then(|e| e.copy);
        matches!((copy(from), copy(to)), (Some(a), Some(b)) if a.set == b.set && a.index != b.index)
    }

    /// Of several copies, those in the place that the phrase behind names: "the cluster in us-east-1".
    pub(super) fn copies_in_place(&self, parsed: &Parsed, meanings: &mut [Meaning]) {
        for np in 1..meanings.len() {
            let Some(place) = meanings.get(np).and_then(|m| m.place) else { continue };
            let near = match (parsed.phrases.get(np - 1), parsed.phrases.get(np)) {
                (Some(a), Some(b)) => b.start == a.end + 1 && !b.own && b.det != Det::Each,
                _ => false,
            };
            let Some(holder) = meanings.get_mut(np - 1).filter(|m| near && m.ids.len() > 1) else { continue };
            let inside = |id: &EntityId| self.entities.all.get(*id).is_some_and(|e| e.group == Some(place));
            let chosen: Vec<EntityId> = holder.ids.iter().copied().filter(inside).collect();
            if !chosen.is_empty() {
                holder.ids = chosen;
            }
        }
    }
}
