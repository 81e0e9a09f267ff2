//! What a phrase asks for, and which entities have so much in common with it that it may mean them.
//!
//! Takes what is wanted with the phrase and gives candidates. How well each fits is said by `identity`, whose rules decide
//! what may be left out here.

use super::editions::{kinds_of, kinds_of_form};
use super::entities::{Entity, EntityId};
use super::identity::alike;
use super::lexicon::{Det, Form, lexicon};
use super::phrases::Np;
use super::register::{Key, Register};
use super::wanted::Wanted;
use super::wording::singular;
use crate::model::Kind;

/// Kinds of messaging, of which one may stand for the other.
const MEDIA: [Kind; 4] = [Kind::Queue, Kind::Topic, Kind::Stream, Kind::EventBus];

/// Kinds of doors, of which one may stand for the other.
pub(super) const DOORS: [Kind; 4] = [Kind::Gateway, Kind::LoadBalancer, Kind::Cdn, Kind::Dns];

/// What a phrase asks for, with what is the same for every entity that it is compared with.
pub(super) struct Asked<'a> {
    pub(super) wanted: &'a Wanted,
    pub(super) np: &'a Np,
    /// Whether it may mean something said before without saying so in full.
    pub(super) open: bool,
    /// Its words.
    pub(super) phrase: String,
    /// Whether it asks for a copy that follows another store.
    pub(super) copies: bool,
}

impl Asked<'_> {
    /// The entities that it may mean by what `likeness` compares, and perhaps others.
    pub(super) fn candidates(&self, all: &Register) -> Vec<EntityId> {
        let Self { wanted, np, open, .. } = *self;
        let (head, kind) = (wanted.head.as_str(), wanted.kind);
        if let ([], None, true) = (wanted.modifiers.as_slice(), wanted.technology, open)
            && matches!(head, "client" | "broker" | "app" | "application")
        {
            // These may mean things that have no word or kind in common with them.
            return (0..all.len()).collect();
        }
        let words: Vec<String> = wanted.modifiers.iter().map(|m| singular(m)).collect();
        let one = singular(head);
        let mut keys = vec![Key::Bare(head), Key::Name(&self.phrase)];
        keys.extend(wanted.technology.into_iter().flat_map(kinds_of).map(Key::Made));
        keys.extend(words.iter().map(|m| Key::Modifier(m)));
        match (words.as_slice(), wanted.technology) {
            ([], Some(_)) => keys.push(Key::Bare("")),
            ([], None) => {
                keys.extend([Key::Head(head), Key::Modifier(&one)]);
                keys.extend(kinds_of_form(head).map(Key::Made));
                if open && (kind != Kind::Service || np.det == Det::Demonstrative) {
                    let family = [MEDIA, DOORS].into_iter().find(|family| family.contains(&kind));
                    keys.extend(family.iter().flatten().chain([&kind]).map(|&kind| Key::Is(kind)));
                    if head == "workflow" {
                        keys.push(Key::Is(Kind::Cicd));
                    }
                    if head == "topic" && np.plural {
                        keys.push(Key::Is(Kind::Gateway));
                    }
                }
            }
            (_, None) if head.is_empty() => keys.push(Key::Plain),
            _ => {}
        }
        if let ([only], true) = (words.as_slice(), open) {
            keys.push(Key::Head(only));
        }
        let label = if self.may_end() { singular(&wanted.label.to_lowercase()) } else { String::new() };
        keys.extend(label.rsplit_once(' ').map(|(_, last)| Key::Last(last)));
        all.among(keys)
    }

    /// Whether it names a product by words that may end the name of another: "the durable function" for a Lambda.
    pub(super) fn may_end(&self) -> bool {
        let product = self.np.technology_heads && self.np.det == Det::Definite;
        // "Edge servers" after "IoT edge servers"
        let several = self.np.technology.is_none()
            && self.np.plural
            && self.np.noun.is_some()
            && matches!(self.np.det, Det::Bare | Det::Definite);
        (product || several) && self.wanted.label.contains(' ')
    }

    /// Whether it may mean an entity that has other modifiers: by its technology, its head or what it does.
    pub(super) fn may_differ(&self, entity: &Entity) -> bool {
        let made = self.wanted.technology.is_some() && !entity.technologies.is_empty();
        let [only] = self.wanted.modifiers.as_slice() else { return made };
        made || entity.doing.is_some() || self.open && alike(only, &entity.head)
    }
}

/// Whether a system usually has just one of a kind, so that a second "a load balancer" is the first.
pub(super) fn single(kind: Kind) -> bool {
    use Kind::{
        Cdn, Dns, Email, Gateway, Identity, LoadBalancer, Monitoring, Notification, Registry, Search,
        Secrets, Waf, Warehouse,
    };
    matches!(
        kind,
        Cdn | Dns
            | Email
            | Gateway
            | Identity
            | LoadBalancer
            | Monitoring
            | Notification
            | Registry
            | Search
            | Secrets
            | Waf
            | Warehouse
    )
}

/// "the comparing worker" after "the other compares it": what a thing does is a name of it.
pub(super) fn deed_of(wanted: &Wanted, entity: &Entity) -> bool {
    let ([deed], Some(doing)) = (wanted.modifiers.as_slice(), &entity.doing) else { return false };
    let does = doing.split(' ').next().unwrap_or("");
    wanted.head == entity.head
        && entity.modifiers.is_empty()
        && lexicon().verb_forms(deed).iter().any(|&(verb, form)| {
            form == Form::Gerund && lexicon().verb(verb).is_some_and(|v| v.lemma == does)
        })
}
