//! The things a text speaks of, and which mention means which thing.
//!
//! Takes noun phrases in the order of the text and gives numbers of [`Entity`]s: a new one when the phrase introduces
//! something, an old one when it says again what was said. It knows no verbs.

use super::identity::alike;
use super::lexicon::{Det, lexicon};
use super::phrases::Np;
use super::register::{Key, Register};
use super::wanted::Wanted;
use super::wording::singular;
use crate::model::Kind;
use crate::text::Span;

/// An entity's place in [`Entities::all`].
pub(crate) type EntityId = usize;

/// Something the text speaks of that may be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entity {
    /// Its name for people.
    pub(crate) label: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Technologies named for it, as places in the catalog's list; the first is what it is made with.
    pub(crate) technologies: Vec<usize>,
    /// Its head noun in the singular; empty when only a technology was named.
    pub(crate) head: String,
    /// What distinguishes it from others with the same head.
    pub(crate) modifiers: Vec<String>,
    /// Other single names it goes by, in lower case.
    pub(crate) names: Vec<String>,
    /// Where it was first named.
    pub(crate) span: Span,
    /// Whether it is in the plural.
    pub(crate) plural: bool,
    /// How many run.
    pub(crate) replicas: Option<u32>,
    /// Whether it is drawn only when something flows from or to it.
    pub(crate) weak: bool,
    /// Its group, as a place in the list of groups.
    pub(crate) group: Option<usize>,
    /// Whether it is in its group only because that section named it in passing.
    pub(crate) passing: bool,
    /// How the first mention was determined.
    pub(crate) det: Det,
    /// What it does, told from the words behind it; distinguishes things of the same name.
    pub(crate) doing: Option<String>,
    /// Whether the text rules it out.
    pub(crate) denied: bool,
    /// The rule that inferred it, for what is not stated.
    pub(crate) why: Option<&'static str>,
    /// Which of several copies it is, for what comes once in each place or for each owner.
    pub(crate) copy: Option<Copy>,
    /// Whether an arrow was drawn from or to it.
    pub(crate) linked: bool,
    /// Whether a list, a note or a sentence of its own declares it, so that it is drawn without any arrow.
    pub(crate) declared: bool,
    /// The entity it turned out to be.
    pub(crate) same_as: Option<EntityId>,
    /// The single ones of several named together, once they are told apart: "the first function".
    pub(crate) members: Vec<EntityId>,
    /// The place it is when it holds something: a cluster that is called, too.
    pub(crate) as_place: Option<usize>,
    /// Whether it goes by a name that no list knows, and by nothing else.
    pub(crate) named: bool,
    /// Whether it is the described system under its own name.
    pub(crate) itself: bool,
    /// The sentence of its last mention.
    pub(crate) last: usize,
}

impl Entity {
    /// Whether it is that many things, which nothing but their number tells of.
    pub(super) fn quantity_of(&self, number: usize) -> bool {
        self.plural && self.replicas == u32::try_from(number).ok() && self.technologies.is_empty()
    }

    /// Whether it is a copy that follows another store: a replica, a standby.
    pub(crate) fn copies(&self) -> bool {
        follows(&self.head, &self.modifiers)
    }
}

/// Whether the words of a thing say that it follows another store.
pub(super) fn follows(head: &str, modifiers: &[String]) -> bool {
    let copies = &lexicon().roles.copy_heads;
    copies.contains(head) || modifiers.iter().any(|m| copies.contains(m) && m != "secondary")
}

/// One of several copies.
#[derive(Debug, Clone, std::marker::Copy, PartialEq, Eq)]
pub(crate) struct Copy {
    /// What set of copies: where its sentence starts.
    pub(crate) set: usize,
    /// The number in the set: the same for all that stand in one place.
    pub(crate) index: usize,
}

/// All entities.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entities {
    /// In the order of first mention.
    pub(crate) all: Register,
    /// Names of the system itself, in lower case: never drawn.
    pub(crate) own_names: Vec<String>,
    /// Whether the sentence under way lists what there is, whatever was told of it before.
    pub(super) inventory: bool,
    /// What the phrase under way can't mean: an arrow leads from it to the phrase.
    pub(super) apart: Vec<EntityId>,
    /// What the last phrase could have meant as well.
    pub(super) rivals: Vec<EntityId>,
}

/// The highest number that is taken for how many there are of a thing.
const MOST_REPLICAS: u32 = 1_000_000;

impl Entities {
    /// The entities a phrase stands for, a new one made where needed.
    pub(crate) fn resolve(&mut self, wanted: &Wanted, np: &Np, sentence: usize) -> Vec<EntityId> {
        self.rivals.clear();
        // "a second function" is another one, even where it is called like the first.
        // "a second EventBridge rule" is one more rule of the same bus.
        let facet = wanted.technology.is_some() && lexicon().roles.facets.contains(&wanted.head);
        let second = np.det == Det::Other && np.ordinal.is_some_and(|n| n > 1) && !facet;
        let found = match np.det {
            Det::Other if second => Vec::new(),
            Det::Other => self.exactly(wanted),
            _ => self.find(wanted, np),
        };
        if found.is_empty() {
            return vec![self.introduce(wanted, np, sentence)];
        }
        for &id in &found {
            self.enrich(id, wanted, np, sentence, found.len() == 1);
        }
        found
    }

    /// Makes a new entity.
    pub(crate) fn introduce(&mut self, wanted: &Wanted, np: &Np, sentence: usize) -> EntityId {
        self.all.push(Entity {
            label: wanted.label.clone(),
            kind: wanted.kind,
            technologies: wanted.technology.into_iter().chain(np.second).collect(),
            head: wanted.head.clone(),
            modifiers: wanted.modifiers.clone(),
            names: Vec::new(),
            span: np.span,
            plural: np.plural,
            replicas: np.quantity.filter(|&q| q > 1 && q <= MOST_REPLICAS),
            weak: wanted.weak,
            group: None,
            passing: false,
            det: np.det,
            doing: None,
            denied: np.det == Det::None,
            why: None,
            copy: None,
            linked: false,
            declared: false,
            same_as: None,
            members: Vec::new(),
            as_place: None,
            named: np.proper
                && np.technology.is_none()
                && np.aside.is_empty()
                && np.det == Det::Bare
                && (np.noun.is_none() || wanted.head == "api"),
            itself: false,
            last: sentence,
        });
        self.all.len() - 1
    }

    fn enrich(&mut self, id: EntityId, wanted: &Wanted, np: &Np, sentence: usize, single: bool) {
        let Some(entity) = self.all.get_mut(id) else { return };
        entity.last = sentence;
        if !single {
            return;
        }
        // "the DynamoDB UpdateItem integration" is a way to the table, and no name of it.
        let way = !entity.head.is_empty() && lexicon().roles.facets.contains(&wanted.head);
        let more = !way
            && (wanted.modifiers.len() > entity.modifiers.len()
                || entity.head.is_empty() && !wanted.head.is_empty() && !wanted.modifiers.is_empty());
        if more && wanted.modifiers.iter().any(|m| !entity.modifiers.contains(m)) && !np.plural {
            entity.label.clone_from(&wanted.label);
            entity.modifiers.clone_from(&wanted.modifiers);
        }
        if entity.head.is_empty() {
            entity.head.clone_from(&wanted.head);
        }
        if let Some(technology) = wanted.technology
            && !entity.technologies.contains(&technology)
        {
            if entity.technologies.is_empty() && entity.kind == Kind::Service {
                entity.kind = wanted.kind;
            }
            entity.technologies.push(technology);
        }
        let vague = entity.kind == Kind::Service && entity.technologies.is_empty();
        if vague && wanted.kind == Kind::Function && wanted.modifiers == entity.modifiers {
            // "Leaderboard" and "the `leaderboard` function"
            entity.kind = Kind::Function;
        }
        entity.weak &= wanted.weak;
        entity.replicas = entity.replicas.or(np.quantity.filter(|&q| q > 1 && q <= MOST_REPLICAS));
    }

    /// The thing spoken of last that is made with a technology.
    pub(crate) fn made_with(&self, technology: usize) -> Option<EntityId> {
        let made = |e: &Entity| e.technologies.first() == Some(&technology) && !e.denied;
        self.all.iter().enumerate().filter(|(_, e)| made(e)).max_by_key(|(_, e)| e.last).map(|(id, _)| id)
    }

    /// Entities whose only modifier is this word: "checkout" for the checkout service.
    pub(crate) fn by_short_name(&self, word: &str) -> Option<EntityId> {
        let one = singular(word);
        let ids = self.all.among([Key::Modifier(&one), Key::Name(word)]).into_iter();
        let known = ids.filter_map(|id| Some((id, self.all.get(id)?)));
        let mut hits = known.filter(|(_, e)| {
            let short = match e.modifiers.as_slice() {
                [only] => alike(only, word),
                _ => false,
            };
            // "reads cdr-raw" after "the cdr-raw topic"
            let identifier = one.contains(['-', '_', '.', '/']);
            (short && (e.kind.is_compute() || identifier) || e.names.iter().any(|n| n == word)) && !e.denied
        });
        let first = hits.next()?.0;
        hits.next().is_none().then_some(first)
    }
}
