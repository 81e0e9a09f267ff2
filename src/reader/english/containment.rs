//! What is in what: places hold components and other places.
//!
//! Takes clauses and headings with the meanings of their phrases and fills the places. It draws no arrows.

use super::clauses::{NpId, Parsed};
use super::entities::EntityId;
use super::flows::Said;
use super::lexicon::{Det, Frame, Lexicon, Noun, Pronoun};
use super::phrases::{Item, Np, items};
use super::reading::{Meaning, Reading};
use super::sentences::Sentence;
use super::tagging::tag;
use super::wanted::Wanted;
use super::wording::singular;
use crate::model::{GroupKind, Kind};

/// Prepositions behind which a place holds what stands before.
const WITHIN: [&str; 11] =
    ["in", "inside", "within", "on", "into", "across", "under", "at", "to", "of", "throughout"];

/// Verbs that only say that something is somewhere.
const STANDING: [&str; 8] = ["run", "runs", "running", "live", "lives", "sit", "sits", "stand"];

impl Reading {
    /// Puts components into the places a clause names. Gives whether the clause says no more than that.
    pub(super) fn contain(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) -> bool {
        let located = matches!(said.frame, Frame::Run | Frame::Be | Frame::Make)
            || said.frame == Frame::Store && said.clause.passive();
        self.outside(meanings, said, located);
        for (p, nps) in &said.clause.adjuncts {
            let places: Vec<usize> =
                nps.iter().filter_map(|&np| self.place_or_last(parsed, meanings, np)).collect();
            if places.is_empty() || !WITHIN.contains(&p.as_str()) {
                continue;
            }
            let deploys =
                p == "to" && !said.clause.passive() && said.actor.iter().any(|&a| self.kind(a) == Kind::Cicd);
            if deploys {
                // "deploys to the staging cluster": it is not there itself.
                continue;
            }
            let itself = |np: &NpId| {
                meanings.get(*np).is_some_and(|m| {
                    !m.ids.is_empty()
                        && m.ids.iter().all(|&id| self.entities.all.get(id).is_some_and(|e| e.itself))
                })
            };
            let whole = said.clause.subject.iter().any(|&np| all_parts(parsed, meanings, np) || itself(&np));
            if located && whole {
                self.everything_in(places.first().copied(), said);
                continue;
            }
            // "an app whose backend runs on AWS": the backend does.
            let whose = said.clause.adjuncts.iter().any(|(p, _)| p == "whose");
            if located && !whose {
                let done = said.clause.passive() || said.frame == Frame::Make || said.actor.is_empty();
                let who = if done { said.object.clone() } else { said.actor.clone() };
                self.house(&who, &places);
                // "in a private subnet of the VPC, together with the cache"
                let more =
                    nps.iter().skip(1).filter_map(|&np| meanings.get(np)).filter(|m| m.place.is_none());
                let more: Vec<EntityId> = more.flat_map(|m| m.ids.clone()).collect();
                if let ([place], false) = (places.as_slice(), more.is_empty()) {
                    let inner = who.iter().find_map(|&w| self.entities.all.get(w)?.group);
                    let place = inner.unwrap_or(*place);
                    more.into_iter().for_each(|id| self.put(id, place));
                }
            }
        }
        self.hold_inside(meanings, said)
    }

    /// "a database that lives outside the cluster" is not in it, whatever is.
    fn outside(&mut self, meanings: &[Meaning], said: &Said<'_>, located: bool) {
        let away =
            said.clause.behind(&["outside"]).any(|np| meanings.get(np).is_some_and(|m| m.place.is_some()));
        if away && located {
            self.outside.extend(said.actor.iter().chain(&said.object));
        }
    }

    /// The place a phrase names, or the place spoken of last where it is a pronoun.
    fn place_or_last(&self, parsed: &Parsed, meanings: &[Meaning], np: NpId) -> Option<usize> {
        let meaning = meanings.get(np)?;
        if parsed.phrases.get(np).is_some_and(|n| n.det == Det::Each) {
            return None;
        }
        let spoken = matches!(meaning.pronoun, Some((Pronoun::It | Pronoun::There | Pronoun::This, _)));
        let last = self.last_place.filter(|&(_, sentence)| spoken && sentence + 1 >= self.sentence);
        meaning.place.or(last.map(|(place, _)| place))
    }

    /// "The VPC contains two subnets", "the cluster runs the API and the worker", "the layer consists of A and B".
    fn hold_inside(&mut self, meanings: &[Meaning], said: &Said<'_>) -> bool {
        let holds =
            matches!(said.frame, Frame::Hold | Frame::Have | Frame::Make | Frame::Run | Frame::Trigger);
        if said.clause.passive() || said.clause.conditional {
            return false;
        }
        let [subject] = said.clause.subject.as_slice() else { return false };
        let Some(place) = meanings.get(*subject).and_then(|m| m.place) else { return false };
        // "on-premises there is a database"
        let there = said.frame == Frame::Be
            && self.places.get(place).is_some_and(|p| p.kind == GroupKind::OnPremises)
            && !said.object.is_empty();
        if !holds && !there {
            return false;
        }
        let inside: Vec<NpId> =
            said.clause.object.iter().copied().chain(said.clause.behind(&["of", "on"])).collect();
        let (mut any, mut nested) = (false, Vec::new());
        for np in inside {
            let Some(meaning) = meanings.get(np) else { continue };
            for &id in &meaning.ids {
                self.put(id, place);
                any = true;
            }
            nested.extend(meaning.place);
        }
        for inner in nested {
            self.nest(inner, place);
            any = true;
        }
        if any {
            self.rule("a place that has, runs or consists of something holds it");
        }
        any
    }

    /// Puts each into its place: one place for all, or place by place when there are as many.
    fn house(&mut self, who: &[EntityId], places: &[usize]) {
        for (n, &id) in who.iter().enumerate() {
            let place = if places.len() == who.len() { places.get(n) } else { places.first() };
            if let Some(&place) = place {
                self.put(id, place);
            }
        }
    }

    /// The place that a heading or a lead names and nothing else: "## On-premises", "In AWS:".
    pub(super) fn place_of_title(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        sentence: &Sentence<'_>,
    ) -> Option<usize> {
        // "Inside the cluster run:" ends in the verb of what is to come.
        let tokens: Vec<_> =
            sentence.tokens.iter().filter(|t| !STANDING.contains(&t.lower.as_str())).cloned().collect();
        let units = tag(lexicon, &tokens);
        let items = items(lexicon, text, &tokens, &units);
        let (np, placed) = match items.as_slice() {
            [Item::Np(np)] | [Item::Np(np), Item::Colon] => (np, false),
            [Item::Preposition(p), Item::Np(np), rest @ ..]
                if WITHIN.contains(&p.as_str()) && matches!(rest, [] | [Item::Colon]) =>
            {
                (np, matches!(p.as_str(), "in" | "on" | "inside" | "within" | "at"))
            }
            items => (told_inside(items)?, false),
        };
        let bare = np.noun.is_some_and(|n| matches!(n, Noun::Group(_))) && np.pronoun.is_none();
        let aside = np.aside.clone();
        self.place(text, np)
            .or_else(|| aside.iter().find_map(|inside| self.place(text, inside)))
            .or_else(|| bare.then(|| self.titled_site(text, np)).flatten())
            .or_else(|| placed.then(|| self.named_site(text, np, true)).flatten())
    }

    /// Puts what a sentence under such a title introduces into its place.
    pub(super) fn under_title(&mut self, place: usize) {
        let start = self.span.start;
        // What a section is about is there, even if another section named it first: "sends frames to the ingest API".
        let subject = self.traces.last().and_then(|t| t.mentions.first()).copied();
        if let Some(entity) = subject.and_then(|id| self.entities.all.get_mut(id)).filter(|e| e.passing) {
            (entity.group, entity.passing) = (Some(place), false);
        }
        for id in 0..self.entities.all.len() {
            let here = self.entities.all.get(id).is_some_and(|e| {
                e.span.start >= start
                    && e.group.is_none()
                    && !matches!(e.kind, Kind::User | Kind::External)
                    && !e.denied
            });
            if here {
                self.put(id, place);
                if let Some(entity) = self.entities.all.get_mut(id) {
                    entity.passing = subject != Some(id);
                }
            }
        }
    }

    /// A place that does something or is spoken to is a component as well: "EventBridge starts the ECS cluster". It is drawn
    /// only when nothing is said to be inside.
    pub(super) fn acting_place(&mut self, np: &Np, place: usize) -> Option<EntityId> {
        let entry = self.places.get(place)?.clone();
        let kind = match entry.kind {
            GroupKind::Cluster => Kind::Cluster,
            GroupKind::Layer if !entry.modifiers.is_empty() => Kind::Service,
            _ => return None,
        };
        if entry.general || np.plural {
            return None;
        }
        if let Some(known) = self.entities.all.iter().position(|e| e.as_place == Some(place)) {
            return Some(known);
        }
        let wanted = Wanted {
            kind,
            technology: entry.technology,
            head: singular(&np.head),
            modifiers: entry.modifiers.clone(),
            label: entry.label,
            weak: true,
        };
        let id = self.entities.introduce(&wanted, np, self.sentence);
        if let Some(entity) = self.entities.all.get_mut(id) {
            entity.as_place = Some(place);
        }
        Some(id)
    }

    /// "AWS: S3 bucket, Glue job": what is listed behind a place is in it.
    pub(super) fn listed_in_place(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning]) -> bool {
        let [topic] = parsed.topic.as_slice() else { return false };
        let known = meanings.get(*topic).and_then(|m| m.place);
        let Some(place) = known.or_else(|| self.labelled(text, parsed, meanings)) else { return false };
        for np in &parsed.fragments {
            for id in meanings.get(*np).map(|m| m.ids.clone()).unwrap_or_default() {
                self.put(id, place);
            }
        }
        true
    }

    /// "everything runs in one cluster": all that is not outside by nature or by exception. Done at the end of the text.
    fn everything_in(&mut self, place: Option<usize>, said: &Said<'_>) {
        let Some(place) = place.filter(|_| self.everything.is_none()) else { return };
        let except: Vec<EntityId> =
            said.adjuncts.iter().filter(|(p, _)| p == "except").flat_map(|(_, ids)| ids.clone()).collect();
        self.everything = Some((place, except));
        self.rule("everything is in the place, but for exceptions, people and outside systems");
    }

    /// "an ALB in the public subnet": a place behind a component holds it, whatever the verb.
    pub(super) fn near_places(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let mut outer: Option<usize> = None;
        for (np, meaning) in meanings.iter().enumerate() {
            let Some(place) = meaning.place else { continue };
            let before = self.preposition_before(parsed, np);
            let of = before.as_deref() == Some("of")
                && np > 0
                && meanings.get(np - 1).is_some_and(|m| m.place.is_some());
            if !of && before.as_deref().is_none_or(|p| !matches!(p, "in" | "inside" | "within" | "on")) {
                outer = outer.or(Some(place));
                continue;
            }
            let near = np.checked_sub(1).and_then(|p| parsed.phrases.get(p)).zip(parsed.phrases.get(np));
            let near = near.is_some_and(|(a, b)| b.start <= a.end + 1 || !a.aside.is_empty());
            let holder = np.checked_sub(1).and_then(|p| meanings.get(p));
            if let Some(holder) = holder.filter(|_| near) {
                for &id in &holder.ids {
                    self.put(id, place);
                }
                if let Some(inner) = holder.place {
                    self.nest(inner, place);
                }
            }
        }
        for (p, nps) in parsed.clauses.iter().flat_map(|c| &c.adjuncts) {
            if p == "with" {
                let inner: Vec<usize> =
                    nps.iter().filter_map(|&np| meanings.get(np).and_then(|m| m.place)).collect();
                if let Some(outer) = outer {
                    inner.into_iter().for_each(|place| self.nest(place, outer));
                }
            }
        }
    }

    fn nest(&mut self, inner: usize, outer: usize) {
        if inner != outer && (self.one_cluster(inner, outer) || self.one_site(inner, outer)) {
            return;
        }
        let cycle = self.places.get(outer).is_some_and(|p| p.parent == Some(inner));
        if inner != outer
            && !cycle
            && let Some(place) = self.places.get_mut(inner)
        {
            place.parent = place.parent.or(Some(outer));
        }
    }

    /// "runs on-premises in the factory" is one place under two names.
    fn one_site(&mut self, inner: usize, outer: usize) -> bool {
        let (Some(a), Some(b)) = (self.places.get(inner), self.places.get(outer)) else { return false };
        let both = a.kind == GroupKind::OnPremises && b.kind == GroupKind::OnPremises;
        if !both || !a.head.starts_with("on-prem") || b.head.starts_with("on-prem") {
            return false;
        }
        let label = b.label.clone();
        if let Some(place) = self.places.get_mut(inner) {
            place.label = label;
        }
        if let Some(place) = self.places.get_mut(outer) {
            place.same_as = Some(inner);
        }
        for entity in self.entities.all.iter_mut().filter(|e| e.group == Some(outer)) {
            entity.group = Some(inner);
        }
        true
    }

    /// "a Kubernetes cluster on GKE" is one cluster under two names.
    fn one_cluster(&mut self, inner: usize, outer: usize) -> bool {
        let (Some(a), Some(b)) = (self.places.get(inner), self.places.get(outer)) else { return false };
        let technology = b.technology;
        if a.kind != GroupKind::Cluster || b.kind != GroupKind::Cluster || !b.modifiers.is_empty() {
            return false;
        }
        if let Some(place) = self.places.get_mut(inner) {
            place.technology = technology.or(place.technology);
        }
        if let Some(place) = self.places.get_mut(outer) {
            place.same_as = Some(inner);
        }
        for entity in self.entities.all.iter_mut().filter(|e| e.group == Some(outer)) {
            entity.group = Some(inner);
        }
        true
    }

    /// The preposition before a phrase, told from the clauses.
    fn preposition_before(&self, parsed: &Parsed, np: NpId) -> Option<String> {
        parsed
            .clauses
            .iter()
            .flat_map(|c| &c.adjuncts)
            .find(|(_, nps)| nps.contains(&np))
            .map(|(p, _)| p.clone())
    }
}

/// Whether a phrase means all parts of the system: "everything", "all services".
fn all_parts(parsed: &Parsed, meanings: &[Meaning], np: NpId) -> bool {
    let whole = meanings.get(np).is_some_and(|m| matches!(m.pronoun, Some((Pronoun::Everything, _))));
    let all = parsed.phrases.get(np).is_some_and(|n| {
        n.det == Det::Each
            && n.plural
            && n.modifiers.is_empty()
            && n.technology.is_none()
            && matches!(
                singular(&n.head).as_str(),
                "service" | "component" | "microservice" | "workload" | "part" | "application"
            )
    });
    // "all of this lives in one account"
    let this = parsed.phrases.get(np).is_some_and(|n| {
        n.det == Det::Each && matches!(n.pronoun, Some(Pronoun::This | Pronoun::They | Pronoun::It))
    });
    // "Our platform runs in Azure"
    let named = matches!(meanings.get(np), Some(m) if m.ids.is_empty() && m.place.is_none());
    let system = parsed.phrases.get(np).is_some_and(|n| {
        let ours = matches!(n.det, Det::Possessive | Det::Definite | Det::Demonstrative) && !n.plural;
        ours && matches!(singular(&n.head).as_str(), "platform" | "system" | "solution" | "product")
            && super::wanted::speaks_of_itself(n)
    });
    whole || all || this || named && system
}

/// Phrases behind a preposition of place: what they name holds something and does nothing.
pub(super) fn holding(parsed: &Parsed) -> Vec<NpId> {
    let adjuncts = parsed.clauses.iter().flat_map(|c| &c.adjuncts);
    let place = |p: &str| WITHIN.contains(&p) && p != "to" || matches!(p, "outside" | "per" | "between");
    adjuncts.filter(|(p, _)| place(p)).flat_map(|(_, nps)| nps.iter().copied()).collect()
}

/// The place in a line that introduces a list of what is there: "The following run in the cluster:".
fn told_inside(items: &[Item]) -> Option<&Np> {
    let [before @ .., Item::Preposition(p), Item::Np(place), Item::Colon] = items else { return None };
    let located = before.iter().all(|i| match i {
        Item::Verb(v) => matches!(v.frame, Frame::Run | Frame::Be),
        Item::Np(np) => np.technology.is_none(),
        Item::Adverb(_) => true,
        _ => false,
    });
    (WITHIN.contains(&p.as_str()) && p != "to" && p != "of" && located && before.len() <= 2).then_some(place)
}
