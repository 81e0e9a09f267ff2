//! What is known of words: `assets/words` and the catalog's names, ready to be looked up.
//!
//! Takes words and gives their possible meanings; which one holds in a sentence is decided by `tagging`.

mod frame;
mod inflect;
mod keys;
mod names;
mod roles;
mod spelling;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use frame::Frame;
pub(crate) use inflect::{Form, singulars};
pub(crate) use names::{NameMatch, match_name};
pub(super) use spelling::normal;

use std::borrow::Cow;

use super::tokens::Token;
use crate::model::{GroupKind, Kind};
use keys::Keys;
use names::Spelling;
use roles::Roles;
pub(crate) use roles::Words;
pub(crate) use table::{Table, hash};

/// A verb of the lexicon.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verb {
    /// Its base form, without a particle.
    pub(crate) lemma: &'static str,
    /// Its frame without a particle.
    pub(crate) frame: Frame,
    /// Frames it has with a particle: `("up", Consume)`.
    pub(crate) particles: &'static [(&'static str, Frame)],
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

/// Names with places in the catalog.
type Places = &'static [(&'static str, usize)];

/// All meanings of words, as the build script writes them down.
#[derive(Debug)]
pub(crate) struct Lexicon {
    verbs: &'static [Verb],
    forms: Table<&'static [(usize, Form)]>,
    nouns: Keys<Noun>,
    closed: Table<&'static [Closed]>,
    adjectives: Words,
    /// Prepositions and adverbs of several words by their first word: the other words and the meaning, longest first.
    compounds: Table<&'static [(&'static [&'static str], &'static str)]>,
    pub(crate) roles: Roles,
    /// Words that are never taken for a misspelt name.
    ordinary: Words,
    people_heads: &'static [&'static str],
    /// Names of technologies, as they are compared.
    names: Keys<Spelling>,
    /// Names of one word by length and first letter, with places in the catalog; sorted.
    by_shape: &'static [((usize, char), Places)],
}

static LEXICON: Lexicon = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// The lexicon.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// The longest noun or name in tokens.
const MAX_PHRASE: usize = 6;

impl Lexicon {
    /// The forms of verbs a word may be.
    pub(crate) fn verb_forms(&self, word: &str) -> &[(usize, Form)] {
        self.forms.get(word).copied().unwrap_or_default()
    }

    /// A verb by its place.
    pub(crate) fn verb(&self, index: usize) -> Option<&Verb> {
        self.verbs.get(index)
    }

    /// The closed classes a word may belong to.
    pub(crate) fn closed(&self, word: &str) -> &[Closed] {
        self.closed.get(word).copied().unwrap_or_default()
    }

    /// Whether the word is a listed adjective.
    pub(crate) fn adjective(&self, word: &str) -> bool {
        self.adjectives.contains(word)
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
        let tail = |long: &str, short: &str| {
            long.len() > short.len() && long.strip_suffix(short).is_some_and(|l| l.ends_with([' ', '-']))
        };
        let families = |word: &str| self.roles.kin.get(word).copied().unwrap_or_default();
        a == b || tail(a, b) || tail(b, a) || families(a).iter().any(|family| families(b).contains(family))
    }

    /// The usual word for a head noun that has several: `db` is a `database`.
    pub(crate) fn same_head(&self, head: String) -> String {
        self.roles.same_heads.get(head.as_str()).map_or(head, |&usual| usual.to_owned())
    }

    /// The noun a phrase is, singular or plural, and whether it is plural.
    pub(crate) fn noun(&self, phrase: &str) -> Option<(Noun, bool)> {
        let key = normal(phrase);
        if let Some(noun) = self.nouns.get(&key) {
            return Some((*noun, false));
        }
        singulars(&key).find_map(|s| self.nouns.get(&s)).map(|noun| (*noun, true))
    }

    /// The longest noun that begins at `at`: its length in tokens, its class and whether it is plural.
    pub(crate) fn longest_noun(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Noun, bool)> {
        let most = self.nouns.reach(tokens.get(at..).unwrap_or_default(), MAX_PHRASE);
        (1..=most).rev().find_map(|length| {
            let slice = tokens.get(at..at + length)?;
            joinable(slice).then_some(())?;
            let (noun, plural) = self.noun(&joined_lower(slice))?;
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
    pub(crate) fn compound(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &'static str)> {
        self.compounds.get(&tokens.get(at)?.lower)?.iter().find_map(|(more, meaning)| {
            let mut behind = more.iter().zip(at + 1..);
            let fits = behind.all(|(word, at)| tokens.get(at).is_some_and(|t| t.is(word)));
            fits.then_some((1 + more.len(), *meaning))
        })
    }

    /// Whether a word makes a head noun a person: `support team`.
    pub(crate) fn person_head(&self, word: &str) -> bool {
        self.people_heads.iter().any(|&n| n == word || word.strip_suffix('s') == Some(n))
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

/// The tokens' words in lower case with spaces between them.
pub(crate) fn joined_lower<'t>(tokens: &'t [Token<'_>]) -> Cow<'t, str> {
    if let [only] = tokens {
        return Cow::Borrowed(&only.lower);
    }
    let mut out = String::with_capacity(tokens.iter().map(|t| t.lower.len() + 1).sum());
    for (n, token) in tokens.iter().enumerate() {
        if n > 0 {
            out.push(' ');
        }
        out.push_str(&token.lower);
    }
    Cow::Owned(out)
}
