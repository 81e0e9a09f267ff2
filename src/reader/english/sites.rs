//! Places that are places by what is said of them: "In the hub: …", "On it we have …", "In the basement there is …".
//!
//! Takes a sentence with the meanings of its phrases and fills the places. A thing that others stand on or in becomes the
//! group around them. It draws no arrows.

use super::clauses::{Clause, NpId, Parsed};
use super::entities::EntityId;
use super::flows::Said;
use super::lexicon::{Det, Frame, Lexicon, Noun, Pronoun, lexicon};
use super::phrases::Np;
use super::places::Place;
use super::reading::{Meaning, Reading};
use super::wording::{clean, sentence_case, singular};
use crate::model::{GroupKind, Kind};

/// Prepositions of place that may stand before a verb: "In the DMZ there is a proxy".
const FRONTED: [&str; 5] = ["in", "on", "inside", "within", "at"];

impl Reading {
    /// "In the hub: Azure Firewall and the VPN gateway": what follows is there.
    pub(super) fn in_site(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning]) {
        let Some(place) = parsed.site.and_then(|np| self.site(text, parsed, meanings, np)) else { return };
        let whole = |np: &NpId| all_of_it(meanings, *np);
        if parsed.fragments.iter().any(whole) || parsed.clauses.iter().any(|c| c.subject.iter().any(whole)) {
            let except = parsed.clauses.iter().flat_map(|c| c.behind(&["except", "without"]));
            let except = except.flat_map(|np| meanings.get(np).map(|m| m.ids.clone()).unwrap_or_default());
            self.everything = Some((place, except.collect()));
            return;
        }
        for np in &parsed.fragments {
            for id in meanings.get(*np).map(|m| m.ids.clone()).unwrap_or_default() {
                self.put(id, place);
            }
        }
        self.under_title(place);
        self.rule("what stands behind `In X:` is in X");
    }

    /// "In the DMZ there is a proxy", "on it we run a broker", "in the private subnet, the API calls the worker".
    pub(super) fn fronted(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        let clause = said.clause;
        let Some(verb) = clause.verb.as_ref().filter(|_| !clause.conditional) else { return };
        let person = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| n.pronoun == Some(Pronoun::Person));
        let nobody = clause.subject.iter().all(person);
        let here = nobody
            && !clause.passive()
            && matches!(
                clause.frame(),
                Frame::Be | Frame::Have | Frame::Run | Frame::Use | Frame::Store | Frame::Make
            );
        for (p, nps) in &clause.adjuncts {
            let [np] = nps.as_slice() else { continue };
            let plain = |n: &&Np| FRONTED.contains(&p.as_str()) && n.det != Det::Each && !n.plural;
            let Some(phrase) = parsed.phrases.get(*np).filter(plain) else { continue };
            let before = phrase.start < verb.start;
            if here && (before || self.known_site(meanings, *np)) {
                let Some(place) = self.site(text, parsed, meanings, *np) else { continue };
                self.fill(&said.object, place);
            } else if before && let Some(place) = meanings.get(*np).and_then(|m| m.place) {
                let wide = self.places.get(place).is_some_and(|p| {
                    matches!(
                        p.kind,
                        GroupKind::Cloud | GroupKind::Region | GroupKind::Account | GroupKind::OnPremises
                    )
                });
                self.fill(&said.actor, place);
                let partners = said.object.iter().copied().chain(said.at(&["to", "into"]));
                // What the sentence itself introduces as one of several is there, too.
                let new = |&id: &EntityId| {
                    let entity = self.entities.all.get(id);
                    entity.is_some_and(|e| e.span.start >= self.span.start && e.det == Det::Indefinite)
                };
                let here: Vec<EntityId> = partners.filter(|id| wide || new(id)).collect();
                self.fill(&here, place);
            }
        }
    }

    /// "the public subnet (ALB, NAT gateway)": what stands in parentheses behind a place is in it.
    pub(super) fn listed_aside(&mut self, lexicon: &Lexicon, text: &str, np: &Np, place: usize) {
        let inner: Vec<Np> = np.aside.iter().filter(|n| n.pronoun.is_none()).cloned().collect();
        let wanted: Vec<_> = inner.iter().map(|n| self.entities.wanted(lexicon, text, n)).collect();
        if inner.len() < 2 || wanted.iter().any(Option::is_none) {
            return;
        }
        for (n, wanted) in inner.iter().zip(wanted.into_iter().flatten()) {
            let ids = self.entities.resolve(&wanted, n, self.sentence);
            for &id in &ids {
                if let Some(entity) = self.entities.all.get_mut(id) {
                    entity.declared = true;
                }
            }
            self.fill(&ids, place);
        }
    }

    /// "Every branch has a router and a small server": a place that no list knows, for all of its kind.
    pub(super) fn each_site(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        let [subject] = said.clause.subject.as_slice() else { return };
        let each = parsed.phrases.get(*subject).filter(|n| n.det == Det::Each && !n.plural);
        let holds = matches!(said.clause.frame(), Frame::Have | Frame::Hold) && !said.clause.passive();
        let empty = meanings.get(*subject).is_some_and(|m| m.ids.is_empty() && m.place.is_none());
        let (Some(np), true, true, false) = (each, holds, empty, said.object.is_empty()) else { return };
        let told = Np { det: Det::Definite, noun: None, ..np.clone() };
        if np.noun == Some(Noun::Person) || np.noun == Some(Noun::Data) {
            return;
        }
        if let Some(place) = self.named_site(text, &told, false) {
            if let Some(place) = self.places.get_mut(place) {
                place.general = true;
            }
            self.fill(&said.object, place);
        }
    }

    /// "Edge: Mosquitto, InfluxDB": a label of no list before several components is the place they are in.
    pub(super) fn labelled(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning]) -> Option<usize> {
        let [topic] = parsed.topic.as_slice() else { return None };
        let np = parsed.phrases.get(*topic)?;
        let side = np.head == "side" && !np.modifiers.is_empty();
        let open = matches!(np.noun, Some(Noun::Group(_))) || side;
        let things = parsed.fragments.iter().all(|&f| meanings.get(f).is_some_and(|m| !m.ids.is_empty()));
        let bare = parsed.clauses.iter().all(|c| c.verb.is_none()) && parsed.links.is_empty();
        if !open || !things || !bare || parsed.fragments.len() < 2 {
            return None;
        }
        for &id in &meanings.get(*topic)?.ids {
            if let Some(entity) = self.entities.all.get_mut(id) {
                entity.denied = true;
            }
        }
        let label = sentence_case(&clean(text.get(np.label.start..np.label.end)?));
        Some(self.new_site(label, np))
    }

    fn known_site(&self, meanings: &[Meaning], np: NpId) -> bool {
        meanings.get(np).is_some_and(|m| m.place.is_some())
    }

    /// Puts what the sentence introduces, or what has no place yet, into a place.
    fn fill(&mut self, who: &[EntityId], place: usize) {
        for &id in who {
            let free = self
                .entities
                .all
                .get(id)
                .is_some_and(|e| e.as_place.is_none() && !matches!(e.kind, Kind::User | Kind::External));
            if free {
                self.put(id, place);
                self.rule("what is said to be in a place is in it");
            }
        }
    }

    /// The place a phrase means where something is said to be.
    fn site(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning], np: NpId) -> Option<usize> {
        let (phrase, meaning) = (parsed.phrases.get(np)?, meanings.get(np)?);
        if meaning.place.is_some() {
            return meaning.place;
        }
        if phrase.pronoun.is_some() {
            return match self.last_place {
                Some((place, sentence)) if sentence + 1 >= self.sentence => Some(place),
                _ => match self.ids(meanings, np).as_slice() {
                    [id] => self.place_of(*id, phrase),
                    _ => None,
                },
            };
        }
        match meaning.ids.as_slice() {
            [id] => self.place_of(*id, phrase),
            [] => self.named_site(text, phrase, false),
            _ => None,
        }
    }

    /// The place that a thing is for what stands on or in it.
    fn place_of(&mut self, id: EntityId, np: &Np) -> Option<usize> {
        let entity = self.entities.all.get(id)?.clone();
        if entity.as_place.is_some() {
            return entity.as_place;
        }
        let holds = matches!(
            entity.kind,
            Kind::Vm
                | Kind::Container
                | Kind::Cluster
                | Kind::Device
                | Kind::Service
                | Kind::Network
                | Kind::Other
        );
        if !holds || entity.plural {
            return None;
        }
        let kind = if entity.kind == Kind::Cluster { GroupKind::Cluster } else { GroupKind::Group };
        self.places.push(Place {
            label: entity.label,
            kind,
            parent: entity.group,
            technology: entity.technologies.first().copied(),
            general: false,
            head: entity.head,
            modifiers: entity.modifiers,
            same_as: None,
            span: np.span,
        });
        let place = self.places.len() - 1;
        if let Some(entity) = self.entities.all.get_mut(id) {
            entity.as_place = Some(place);
        }
        Some(place)
    }

    /// A place under a name that is in no list: "the basement", "the hub".
    pub(super) fn named_site(&mut self, text: &str, np: &Np, titled: bool) -> Option<usize> {
        let told = matches!(np.det, Det::Definite | Det::Possessive) || np.proper || titled;
        let host =
            matches!(np.noun, Some(Noun::Component(Kind::Device | Kind::Vm | Kind::Cluster | Kind::Other)));
        let open = np.noun.is_none() || titled && host;
        let plain = np.technology.is_none() && open && !np.plural && np.quantity.is_none();
        if !told || !plain || np.head.is_empty() || lexicon().roles.no_sites.contains(&singular(&np.head)) {
            return None;
        }
        let label = sentence_case(&clean(text.get(np.label.start..np.label.end)?));
        Some(self.new_site(label, np))
    }

    /// The place that a heading of one noun names: "## Edge".
    pub(super) fn titled_site(&mut self, text: &str, np: &Np) -> Option<usize> {
        let label = sentence_case(&clean(text.get(np.label.start..np.label.end)?));
        Some(self.new_site(label, np))
    }

    /// The place under a label, made when there is none.
    fn new_site(&mut self, label: String, np: &Np) -> usize {
        if let Some(known) = self.places.iter().position(|p| p.label.eq_ignore_ascii_case(&label)) {
            return known;
        }
        self.places.push(Place {
            label,
            kind: GroupKind::Group,
            parent: None,
            technology: None,
            general: false,
            head: singular(&np.head),
            modifiers: np.modifiers.clone(),
            same_as: None,
            span: np.span,
        });
        self.places.len() - 1
    }

    /// "The instance runs nginx, the app and Postgres": a machine with several programs is the place they are in.
    pub(super) fn machine(&mut self, said: &Said<'_>) {
        let runs =
            matches!(said.frame, Frame::Run | Frame::Hold) && !said.clause.passive() && said.object.len() > 1;
        let ([host], true) = (said.actor.as_slice(), runs) else { return };
        let hosts = self.entities.all.get(*host).is_some_and(|e| {
            !e.plural && matches!(e.kind, Kind::Vm | Kind::Cluster | Kind::Container | Kind::Device)
        });
        let np = said.clause.subject.first();
        if let (true, Some(_)) = (hosts, np)
            && let Some(place) = self.place_of(*host, &Np { span: self.span, ..Np::default() })
        {
            self.fill(&said.object, place);
        }
    }

    /// "The controller runs K3s": what runs a cluster is the place that the cluster is.
    pub(super) fn carries(&mut self, parsed: &Parsed, meanings: &[Meaning], clause: &Clause) {
        let active = clause.frame() == Frame::Trigger || clause.frame() == Frame::Run;
        let ([subject], [object], true) =
            (clause.subject.as_slice(), clause.object.as_slice(), active && !clause.passive())
        else {
            return;
        };
        let bare = parsed.phrases.get(*object).is_some_and(|n| n.technology_heads && n.modifiers.is_empty());
        let (Some([host]), Some(cluster)) =
            (meanings.get(*subject).map(|m| m.ids.as_slice()), meanings.get(*object).filter(|_| bare))
        else {
            return;
        };
        let Some(place) = cluster.place else {
            return;
        };
        for &id in &cluster.ids {
            if let Some(entity) = self.entities.all.get_mut(id) {
                entity.denied = true;
            }
        }
        if let Some(entity) = self.entities.all.get_mut(*host).filter(|e| e.as_place.is_none()) {
            let label = entity.label.clone();
            entity.as_place = Some(place);
            if let Some(place) = self.places.get_mut(place) {
                place.label = label;
            }
        }
    }
}

/// Whether a phrase means all there is: "everything else".
fn all_of_it(meanings: &[Meaning], np: NpId) -> bool {
    meanings.get(np).is_some_and(|m| matches!(m.pronoun, Some((Pronoun::Everything, _))))
}
