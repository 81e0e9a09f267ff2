//! What is known of words: `assets/words` and the catalog's names, ready to be looked up.
//!
//! Takes words and gives their possible meanings; which one holds in a sentence is decided by `tagging`.

mod inflect;
mod load;
mod names;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

pub(crate) use inflect::{Form, singulars};
pub(crate) use names::match_name;

use super::tokens::Token;
use crate::model::{GroupKind, Kind};

/// What a verb says about who talks to whom; see `assets/words/verbs.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub(crate) enum Frame {
    Call,
    Send,
    Store,
    Read,
    Consume,
    Trigger,
    Use,
    Tell,
    Auth,
    Front,
    Back,
    Run,
    Hold,
    Watch,
    Serve,
    Provide,
    Make,
    Have,
    Link,
    Reply,
    Act,
    Allow,
    /// `is`: not in the list of frames.
    Be,
}

/// A verb of the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verb {
    /// Its base form, without a particle.
    pub(crate) lemma: String,
    /// Its frame without a particle.
    pub(crate) frame: Frame,
    /// Frames it has with a particle: `("up", Consume)`.
    pub(crate) particles: Vec<(String, Frame)>,
    /// Whether it stands in the lists without a particle at all.
    pub(crate) alone: bool,
    /// `Some(true)` when nobody waits, `Some(false)` when somebody does.
    pub(crate) asynchronous: Option<bool>,
}

/// What a noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    /// Something that is drawn.
    Component(Kind),
    /// Somebody.
    Person,
    /// A place that holds others.
    Group(GroupKind),
    /// Something that travels, is kept or is said.
    Data,
}

/// Words of closed classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Closed {
    Determiner(Det),
    Number(u32),
    Pronoun(Pronoun),
    Preposition,
    Conjunction(Joint),
    Subordinator,
    Auxiliary,
    Modal,
    Negation,
    Adverb,
}

/// How a noun phrase is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub(crate) enum Det {
    #[default]
    Bare,
    Indefinite,
    Definite,
    Demonstrative,
    Possessive,
    Each,
    Other,
    Same,
    None,
}

/// Pronouns by what they may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Pronoun {
    It,
    They,
    This,
    Both,
    Latter,
    Former,
    Everything,
    Relative,
    Person,
    There,
}

/// Conjunctions by what they join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Joint {
    And,
    Or,
    But,
}

/// Words that decide what is a thing of its own; see `assets/words/roles.yaml`. Sets are only asked, never walked.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub(crate) struct Roles {
    pub(crate) weak_modifiers: HashSet<String>,
    pub(crate) unsaid_modifiers: HashSet<String>,
    pub(crate) generic_heads: HashSet<String>,
    pub(crate) self_heads: HashSet<String>,
    pub(crate) attribute_heads: HashSet<String>,
    pub(crate) singular_s: HashSet<String>,
    pub(crate) other_sections: HashSet<String>,
    pub(crate) aside_openings: HashSet<String>,
    pub(crate) aside_marks: Vec<String>,
    pub(crate) naming_verbs: HashSet<String>,
    pub(crate) denying_verbs: HashSet<String>,
    pub(crate) asking_verbs: HashSet<String>,
    pub(crate) no_doers: HashSet<String>,
    pub(crate) server_modifiers: HashSet<String>,
    pub(crate) no_sites: HashSet<String>,
    pub(crate) program_people: HashSet<String>,
    pub(crate) people_modifiers: HashSet<String>,
    pub(crate) message_heads: HashSet<String>,
    pub(crate) protocol_technologies: HashSet<String>,
    pub(crate) tools: HashSet<String>,
    pub(crate) view_heads: HashSet<String>,
    pub(crate) role_heads: HashSet<String>,
    pub(crate) shown_heads: HashSet<String>,
    pub(crate) deed_heads: HashSet<String>,
    pub(crate) facet_heads: HashSet<String>,
    pub(crate) facets: HashSet<String>,
    pub(crate) partner_heads: HashSet<String>,
    pub(crate) worker_frameworks: HashSet<String>,
    pub(crate) site_heads: HashSet<String>,
    pub(crate) human_plurals: HashSet<String>,
    pub(crate) product_heads: HashSet<String>,
    pub(crate) table_columns: HashMap<String, HashSet<String>>,
    pub(crate) copy_heads: HashSet<String>,
    pub(crate) original_heads: HashSet<String>,
    pub(crate) kin: Vec<Vec<String>>,
    pub(crate) same_heads: HashMap<String, String>,
}

/// All meanings of words.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(super) verbs: Vec<Verb>,
    pub(super) forms: HashMap<String, Vec<(usize, Form)>>,
    pub(super) nouns: HashMap<String, Noun>,
    pub(super) closed: HashMap<String, Vec<Closed>>,
    pub(super) adjectives: HashMap<String, ()>,
    pub(super) compounds: Vec<(Vec<String>, String)>,
    pub(crate) roles: Roles,
    /// Words that are never taken for a misspelt name.
    pub(super) ordinary: HashSet<String>,
    pub(super) people_heads: Vec<String>,
    pub(super) names: HashMap<String, names::Spelling>,
    pub(super) by_shape: HashMap<(usize, char), Vec<(String, usize)>>,
}

/// The lexicon, read at the first call.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(load::load)
}

/// The longest noun or name in tokens.
const MAX_PHRASE: usize = 6;

impl Lexicon {
    /// The forms of verbs a word may be.
    pub(crate) fn verb_forms(&self, word: &str) -> &[(usize, Form)] {
        self.forms.get(word).map_or(&[], Vec::as_slice)
    }

    /// A verb by its place.
    pub(crate) fn verb(&self, index: usize) -> Option<&Verb> {
        self.verbs.get(index)
    }

    /// The closed classes a word may belong to.
    pub(crate) fn closed(&self, word: &str) -> &[Closed] {
        self.closed.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether the word is a listed adjective.
    pub(crate) fn adjective(&self, word: &str) -> bool {
        self.adjectives.contains_key(word)
    }

    /// Whether a modifier distinguishes nothing.
    pub(crate) fn weak(&self, word: &str) -> bool {
        self.roles.weak_modifiers.contains(word)
    }

    /// Whether a head noun names a product as a whole, such as a platform, rather than a part of one.
    pub(crate) fn product(&self, head: &str) -> bool {
        let last = head.rsplit(' ').next().unwrap_or(head);
        self.roles.product_heads.contains(head) || self.roles.product_heads.contains(last)
    }

    /// Whether one head noun may stand for the other: "the queue" for a job queue, "the table" for a database.
    pub(crate) fn kin(&self, a: &str, b: &str) -> bool {
        let tail =
            |long: &str, short: &str| long.strip_suffix(short).is_some_and(|l| l.ends_with([' ', '-']));
        a == b
            || tail(a, b)
            || tail(b, a)
            || self.roles.kin.iter().any(|f| f.iter().any(|w| w == a) && f.iter().any(|w| w == b))
    }

    /// The usual word for a head noun that has several: `db` is a `database`.
    pub(crate) fn same_head(&self, head: String) -> String {
        self.roles.same_heads.get(&head).cloned().unwrap_or(head)
    }

    /// The noun a phrase is, singular or plural, and whether it is plural.
    pub(crate) fn noun(&self, phrase: &str) -> Option<(Noun, bool)> {
        let key = normal(phrase);
        if let Some(noun) = self.nouns.get(&key) {
            return Some((*noun, false));
        }
        singulars(&key).iter().find_map(|s| self.nouns.get(s)).map(|noun| (*noun, true))
    }

    /// The longest noun that begins at `at`: its length in tokens, its class and whether it is plural.
    pub(crate) fn longest_noun(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Noun, bool)> {
        let most = MAX_PHRASE.min(tokens.len().saturating_sub(at));
        (1..=most).rev().find_map(|length| {
            let slice = tokens.get(at..at + length)?;
            joinable(slice).then_some(())?;
            let (noun, plural) = self.noun(&joined(slice))?;
            Some((length, noun, plural))
        })
    }

    /// Whether any meaning of the word is known.
    pub(crate) fn knows(&self, word: &str) -> bool {
        !self.verb_forms(word).is_empty()
            || !self.closed(word).is_empty()
            || self.adjective(word)
            || self.noun(word).is_some()
    }

    /// The length and the meaning of a preposition of several words at `at`: `in front of` → `front`.
    pub(crate) fn compound(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &str)> {
        self.compounds.iter().find_map(|(words, meaning)| {
            let fits = words.iter().enumerate().all(|(i, w)| tokens.get(at + i).is_some_and(|t| t.is(w)));
            fits.then_some((words.len(), meaning.as_str()))
        })
    }

    /// Whether a word makes a head noun a person: `support team`.
    pub(crate) fn person_head(&self, word: &str) -> bool {
        self.people_heads.iter().any(|n| n == word || word.strip_suffix('s') == Some(n))
    }
}

/// Whether tokens may be one name: words, numbers and `/` without gaps of other marks.
pub(super) fn joinable(slice: &[Token<'_>]) -> bool {
    use super::tokens::Shape;
    let ends = slice.first().is_some_and(|t| t.shape != Shape::Mark)
        && slice.last().is_some_and(|t| t.shape != Shape::Mark);
    ends && slice.iter().all(|t| match t.shape {
        Shape::Word | Shape::Number => !t.is("'s"),
        Shape::Mark => t.is("/") && !t.spaced,
        _ => false,
    })
}

/// The tokens' words with spaces between them.
pub(super) fn joined(slice: &[Token<'_>]) -> String {
    slice.iter().map(|t| t.lower.as_str()).collect::<Vec<_>>().join(" ")
}

/// A phrase without spaces, hyphens, dots and slashes.
pub(super) fn normal(phrase: &str) -> String {
    phrase
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '_' | '/' | '(' | ')' | '\''))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The tokens' words in lower case with spaces between them.
pub(crate) fn joined_lower(tokens: &[Token<'_>]) -> String {
    joined(tokens)
}
