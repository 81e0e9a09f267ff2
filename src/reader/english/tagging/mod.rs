//! What each word is in its sentence.
//!
//! Takes a sentence's tokens and gives [`Unit`]s: words, or several words that are one name, noun or preposition, each
//! with the one [`Tag`] that its neighbours leave it. Words that are verbs as well as nouns ("stores", "requests") are
//! decided by what stands before and behind them.

mod closed;
mod context;
mod deeds;
mod forms;
mod merging;
mod titles;
mod verbs;

use super::lexicon::{Det, Form, Frame, Joint, Lexicon, Noun, Pronoun};
use super::tokens::{Shape, Token};
use crate::model::Kind;

/// What a unit is in its sentence.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub(crate) enum Tag {
    Det(Det),
    Number(u32),
    Adjective,
    Noun(Option<Noun>),
    Name(usize),
    Verb(usize, Form),
    Auxiliary,
    Modal,
    Negation,
    Adverb,
    Preposition(String),
    /// `to` before a verb.
    To,
    Joint(Joint),
    Subordinator,
    Relative,
    Pronoun(Pronoun),
    Possessive,
    Arrow,
    BackArrow,
    Path,
    Mark(char),
}

/// The verb of a [`Tag::Verb`] that is in no list: it acts, and says no more.
pub(crate) const UNLISTED: usize = usize::MAX;

/// One or more tokens that act as one word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// First token.
    pub(crate) start: usize,
    /// Behind the last token.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) tag: Tag,
    /// Whether it is in the plural.
    pub(crate) plural: bool,
    /// Whether the technology was found in spite of a misspelling.
    pub(crate) misspelt: bool,
}

/// Tags a sentence.
pub(crate) fn tag(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Vec<Unit> {
    let mut units = merging::merge(lexicon, tokens);
    let mut tagger = Tagger { lexicon, tokens, units: &mut units, finite: false };
    tagger.run();
    units
}

fn plural_look(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
}

struct Tagger<'a, 'b> {
    lexicon: &'a Lexicon,
    tokens: &'a [Token<'a>],
    units: &'b mut Vec<Unit>,
    /// Whether the clause under way already has its finite verb.
    finite: bool,
}

impl Tagger<'_, '_> {
    fn run(&mut self) {
        for at in 0..self.units.len() {
            let tag = self.decide(at);
            match &tag {
                Tag::Verb(_, Form::Third | Form::Base | Form::Past) | Tag::Auxiliary | Tag::Modal => {
                    self.finite = true
                }
                Tag::Relative | Tag::Subordinator | Tag::Joint(_) | Tag::To | Tag::Arrow => {
                    self.finite = false
                }
                Tag::Mark(',' | ';' | ':' | '(' | ')' | '-' | '–' | '—') => self.finite = false,
                _ => {}
            }
            if let Some(unit) = self.units.get_mut(at) {
                unit.tag = tag;
            }
        }
    }

    pub(super) fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(self.units.get(at)?.start)
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.token(at).map_or("", |t| t.lower.as_str())
    }

    /// The tag before `at`, adverbs passed over.
    pub(super) fn before(&self, at: usize) -> Option<&Tag> {
        let told =
            self.units.get(..at)?.iter().rposition(|u| !matches!(u.tag, Tag::Adverb | Tag::Negation))?;
        // "a worker in Python 3.9 polls": a version belongs to its name.
        let version = matches!(self.units.get(told).map(|u| &u.tag), Some(Tag::Number(_)));
        let name = told.checked_sub(1).filter(|&name| {
            let word = matches!(self.units.get(name).map(|u| &u.tag), Some(Tag::Noun(_) | Tag::Name(_)));
            version && word && self.token(name).is_some_and(Token::capital)
        });
        self.units.get(name.unwrap_or(told)).map(|u| &u.tag)
    }

    pub(super) fn decide(&mut self, at: usize) -> Tag {
        let Some(unit) = self.units.get(at) else { return Tag::Adverb };
        let single = unit.end - unit.start == 1;
        let provisional = unit.tag.clone();
        if !single || !matches!(provisional, Tag::Noun(_) | Tag::Name(_)) {
            return self.several(at, provisional);
        }
        let tokens = self.tokens;
        let lower = tokens.get(unit.start).map_or("", |t| t.lower.as_str());
        if lower == "'s" {
            return self.apostrophe(at);
        }
        if self.token(at).is_some_and(|t| t.named) {
            return provisional;
        }
        if matches!(provisional, Tag::Noun(Some(_))) && self.given_name(at) {
            return Tag::Noun(None);
        }
        if let Tag::Name(technology) = provisional {
            let common = !self.lexicon.verb_forms(lower).is_empty()
                && self.token(at).is_some_and(|t| !t.inner_capital());
            if !(common && self.could_be_verb(at)) {
                return Tag::Name(technology);
            }
        }
        if self.copy_or_original(at, lower) {
            return Tag::Noun(Some(Noun::Component(Kind::Database)));
        }
        if let Some(tag) = self.closed(at, lower) {
            return tag;
        }
        if let Some(tag) = self.verb(at, lower) {
            return tag;
        }
        if let Some(tag) = self.unlisted(at, lower) {
            return tag;
        }
        if self.lexicon.adjective(lower) && self.describes(at) {
            return Tag::Adjective;
        }
        match provisional {
            Tag::Noun(None) => self.unknown(at, lower),
            other => other,
        }
    }

    /// "a cache called Beacon": with a capital behind a verb of naming, a common noun is a name.
    fn given_name(&self, at: usize) -> bool {
        let named = at.checked_sub(1).is_some_and(|before| {
            self.lexicon.verb_forms(self.lower(before)).iter().any(|&(verb, form)| {
                form == Form::Participle
                    && self
                        .lexicon
                        .verb(verb)
                        .is_some_and(|v| self.lexicon.roles.naming_verbs.contains(v.lemma))
            })
        });
        named && self.token(at).is_some_and(Token::capital)
    }

    /// Units of several tokens and marks keep their tag, but a verb may open a noun of several words: "store data".
    pub(super) fn several(&self, at: usize, provisional: Tag) -> Tag {
        if let (Tag::Joint(_), Some(token)) = (&provisional, self.token(at)) {
            let lone = token.is("/") && !token.spaced;
            let behind = self.units.get(at + 1).and_then(|u| self.tokens.get(u.start));
            if lone && behind.is_some_and(|t| t.shape == Shape::Number || t.text.len() == 1) {
                return Tag::Mark('/');
            }
        }
        if matches!(provisional, Tag::Mark('\'' | '’')) && self.of_several(at) {
            return Tag::Possessive;
        }
        provisional
    }

    /// "the drivers' phones": an apostrophe right behind a plural, a noun behind it.
    fn of_several(&self, at: usize) -> bool {
        let owner = at.checked_sub(1).and_then(|before| self.units.get(before));
        let plural = owner.is_some_and(|u| u.plural && matches!(u.tag, Tag::Noun(_)));
        let adjoins = self.token(at).is_some_and(|t| !t.spaced);
        let spaced = self.token(at + 1).is_some_and(|t| t.spaced && t.word());
        plural && adjoins && spaced && self.begins_noun(at + 1)
    }

    /// "the primary and its replica", "Postgres standby": an adjective elsewhere, a store of its own where no noun follows.
    fn copy_or_original(&self, at: usize, lower: &str) -> bool {
        let roles = &self.lexicon.roles;
        let role = roles.copy_heads.contains(lower) || roles.original_heads.contains(lower);
        let held = matches!(self.before(at), Some(Tag::Name(_) | Tag::Det(_) | Tag::Number(_)))
            || matches!(self.before(at), Some(Tag::Noun(Some(Noun::Component(Kind::Database)))));
        let verb = |at: usize| {
            self.lexicon
                .verb_forms(self.lower(at))
                .iter()
                .any(|(_, f)| matches!(f, Form::Third | Form::Participle))
        };
        let noun = |at: usize| {
            self.units.get(at).is_some_and(|u| matches!(u.tag, Tag::Noun(_) | Tag::Name(_)))
                && self.lexicon.closed(self.lower(at)).is_empty()
                && !verb(at)
        };
        let joint = self.units.get(at + 1).is_some_and(|u| matches!(u.tag, Tag::Joint(_)))
            || matches!(self.lower(at + 1), "and" | "or");
        role && held
            && !noun(at + 1)
            && !(joint && noun(at + 2) && !roles.copy_heads.contains(self.lower(at + 2)))
    }

    pub(super) fn apostrophe(&self, at: usize) -> Tag {
        let before = self.lower(at.wrapping_sub(1));
        if matches!(before, "it" | "that" | "there" | "here" | "what" | "he" | "she") {
            Tag::Auxiliary
        } else {
            Tag::Possessive
        }
    }

    /// Whether an adjective at `at` stands before a noun or behind a verb, as adjectives do.
    pub(super) fn describes(&self, at: usize) -> bool {
        let verb_before = matches!(self.before(at), Some(Tag::Auxiliary | Tag::Verb(..)));
        verb_before
            || self.units.get(at + 1).is_some_and(|u| {
                matches!(u.tag, Tag::Noun(_) | Tag::Name(_) | Tag::Joint(_) | Tag::Mark(','))
            })
    }

    pub(super) fn unknown(&self, at: usize, lower: &str) -> Tag {
        let capital = self.token(at).is_some_and(|t| t.capital() || t.inner_capital());
        let noun_place = matches!(self.before(at), Some(Tag::Det(_) | Tag::Possessive | Tag::Number(_)))
            && self.noun_like(at + 1);
        let participle =
            |at: usize| self.lexicon.verb_forms(self.lower(at)).iter().any(|(_, f)| *f == Form::Participle);
        // "Frequently used data is cached"
        let opens = at == 0 && participle(1) && self.noun_like(2);
        if (!capital || opens) && lower.len() > 4 && lower.ends_with("ly") && !noun_place {
            return Tag::Adverb;
        }
        let suffixed = [
            "ed", "ous", "ive", "able", "ible", "ful", "less", "wide", "-based", "-side", "-like", "-time",
            "-scale", "-facing",
        ];
        if !capital
            && suffixed.iter().any(|s| lower.ends_with(s))
            && self.begins_noun(at + 1)
            && lower.len() > 4
        {
            return Tag::Adjective;
        }
        Tag::Noun(None)
    }
}

/// The frame of a verb with the particle behind it, if that pair has one of its own.
pub(crate) fn particle_frame(lexicon: &Lexicon, verb: usize, particle: &str) -> Option<Frame> {
    let verb = lexicon.verb(verb)?;
    verb.particles.iter().find(|(p, _)| *p == particle).map(|&(_, frame)| frame)
}
