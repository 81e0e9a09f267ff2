//! Noun phrases and verb groups.
//!
//! Takes tagged units and gives [`Item`]s: noun phrases with determiner, modifiers, head, technology and what stands in
//! parentheses behind them; verb groups with voice and negation; and the small words between them.

mod determiners;
mod joined;
mod nouns;
mod verbs;

use super::lexicon::{Det, Form, Frame, Joint, Lexicon, Noun, Pronoun};
use super::tagging::{Tag, Unit};
use super::tokens::Token;
use crate::model::GroupKind;
use crate::text::Span;

/// A noun phrase.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Np {
    /// First token.
    pub(crate) start: usize,
    /// Behind the last token.
    pub(crate) end: usize,
    /// Its bytes.
    pub(crate) span: Span,
    /// How it is determined.
    pub(crate) det: Det,
    /// How many, where a number is said.
    pub(crate) quantity: Option<u32>,
    /// Lower-case words before the head, technology excluded.
    pub(crate) modifiers: Vec<String>,
    /// The head as written, empty when the phrase is a technology alone.
    pub(crate) head: String,
    /// The head's class.
    pub(crate) noun: Option<Noun>,
    /// The technology named, as a place in the catalog's list.
    pub(crate) technology: Option<usize>,
    /// A second technology in the same phrase: `EC2 NGINX server`.
    pub(crate) second: Option<usize>,
    /// Whether it is called as operations of a service are: `SendMessage`.
    pub(crate) operation: bool,
    /// Whether the technology is the head: `the Lambda`, not `the Lambda authorizer`.
    pub(crate) technology_heads: bool,
    /// Whether it is in the plural.
    pub(crate) plural: bool,
    /// Which of several, where it is said: "the second function".
    pub(crate) ordinal: Option<usize>,
    /// Whether it means the described system itself: "this pattern deploys a web application".
    pub(crate) itself: bool,
    /// Whether `own` stands in it: "its own database".
    pub(crate) own: bool,
    /// Whether some unknown word in it is written like a name.
    pub(crate) proper: bool,
    /// Whether all its words are declared to be a name.
    pub(crate) named: bool,
    /// Set when the phrase is a pronoun.
    pub(crate) pronoun: Option<Pronoun>,
    /// The owner in `the trainer's app`, as lower-case words.
    pub(crate) owner: Option<String>,
    /// Whether it is a name that `called` or `named` gives.
    pub(crate) given: bool,
    /// What stands in parentheses behind it.
    pub(crate) aside: Vec<Np>,
    /// Whether the technology was found in spite of a misspelling.
    pub(crate) misspelt: bool,
    /// Bytes of the words that make its label: without determiner and numbers.
    pub(crate) label: Span,
}

impl Np {
    /// Whether its head is in no list and no name: a spot, a quality, a thing of everyday life.
    pub(crate) fn unknown(&self) -> bool {
        self.noun.is_none()
            && self.technology.is_none()
            && self.pronoun.is_none()
            && !self.proper
            && !self.named
    }
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct VerbGroup {
    /// The verb's place in the lexicon.
    pub(crate) verb: usize,
    /// Its frame, particle included.
    pub(crate) frame: Frame,
    /// A particle right behind it, for labels: "look up".
    pub(crate) particle: Option<&'static str>,
    /// Its form.
    pub(crate) form: Form,
    /// Whether it is passive.
    pub(crate) passive: bool,
    /// Whether it is negated.
    pub(crate) negated: bool,
    /// Whether `to` stands before it.
    pub(crate) infinitive: bool,
    /// Whether it is finite.
    pub(crate) finite: bool,
    /// Whether its form says that its subject is several, where it says anything.
    pub(crate) plural: Option<bool>,
    /// Its tokens.
    pub(crate) start: usize,
    /// Behind its last token.
    pub(crate) end: usize,
}

/// What a sentence is made of.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub(crate) enum Item {
    Np(Np),
    Verb(VerbGroup),
    Preposition(String),
    Joint(Joint),
    Comma,
    Semicolon,
    Colon,
    Dash,
    Arrow,
    BackArrow,
    Subordinator,
    Relative(String),
    Adverb(String),
    Negation,
    Open,
    Close,
}

/// The items of a sentence.
pub(crate) fn items(lexicon: &Lexicon, text: &str, tokens: &[Token<'_>], units: &[Unit]) -> Vec<Item> {
    let mut chunker = Chunker { lexicon, text, tokens, units, at: 0, out: Vec::new(), reopened: false };
    while chunker.at < units.len() {
        chunker.step();
    }
    chunker.out
}

struct Chunker<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: &'a [Token<'a>],
    units: &'a [Unit],
    at: usize,
    out: Vec<Item>,
    /// Whether the rest of a parenthesis is still to be read.
    reopened: bool,
}

impl Chunker<'_> {
    pub(super) fn tag(&self, ahead: usize) -> Option<&Tag> {
        self.units.get(self.at + ahead).map(|u| &u.tag)
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.units.get(at).and_then(|u| self.tokens.get(u.start)).map_or("", |t| t.lower.as_str())
    }

    pub(super) fn step(&mut self) {
        let Some(tag) = self.tag(0).cloned() else { return };
        if self.on_premises(0) && matches!(self.out.last(), Some(Item::Np(_) | Item::Verb(_))) {
            // "hosted on-premises" needs no preposition.
            self.out.push(Item::Preposition("in".to_owned()));
        }
        let item = match tag {
            Tag::Det(_) | Tag::Number(_) | Tag::Adjective | Tag::Noun(_) | Tag::Name(_) => {
                return self.noun_phrase();
            }
            Tag::Pronoun(pronoun) => return self.pronoun(pronoun),
            Tag::Verb(..) | Tag::Auxiliary | Tag::Modal | Tag::To => return self.verb_group(),
            Tag::Preposition(word) => Item::Preposition(word),
            Tag::Joint(joint) => Item::Joint(joint),
            Tag::Subordinator => Item::Subordinator,
            Tag::Relative => {
                // "all of which"
                let unit = self.units.get(self.at);
                let last = unit.and_then(|u| self.tokens.get(u.end.saturating_sub(1)));
                Item::Relative(last.map_or("", |t| t.lower.as_str()).to_owned())
            }
            Tag::Adverb => Item::Adverb(self.lower(self.at).to_owned()),
            Tag::Negation => Item::Negation,
            Tag::Arrow => Item::Arrow,
            Tag::BackArrow => Item::BackArrow,
            Tag::Path if matches!(self.tag(1), Some(Tag::Verb(..) | Tag::Auxiliary | Tag::Modal)) => {
                // "`/api/*` is forwarded to the balancer": the requests with that path.
                let Some(unit) = self.units.get(self.at) else { return };
                let span = self.span(unit.start, unit.end);
                let head = "request".to_owned();
                let noun = Some(Noun::Data);
                Item::Np(Np {
                    start: unit.start,
                    end: unit.end,
                    span,
                    label: span,
                    head,
                    noun,
                    ..Np::default()
                })
            }
            Tag::Path | Tag::Possessive => {
                self.at += 1;
                return;
            }
            Tag::Mark(c) => match c {
                ',' => Item::Comma,
                ';' => Item::Semicolon,
                ':' | '|' => Item::Colon,
                '-' | '–' | '—' => Item::Dash,
                '(' => Item::Open,
                ')' => Item::Close,
                _ => {
                    self.at += 1;
                    return;
                }
            },
        };
        self.out.push(item);
        self.at += 1;
    }

    /// Whether "on-premises" and the like stand there, behind what is so.
    pub(super) fn on_premises(&self, ahead: usize) -> bool {
        let here = matches!(self.tag(ahead), Some(Tag::Noun(Some(Noun::Group(GroupKind::OnPremises)))));
        let word = self.lower(self.at + ahead).starts_with("on");
        here && word && !matches!(self.tag(ahead + 1), Some(Tag::Noun(_) | Tag::Name(_) | Tag::Adjective))
    }

    pub(super) fn pronoun(&mut self, pronoun: Pronoun) {
        let Some(unit) = self.units.get(self.at) else { return };
        let span = self.span(unit.start, unit.end);
        self.out.push(Item::Np(Np {
            start: unit.start,
            end: unit.end,
            span,
            label: span,
            pronoun: Some(pronoun),
            plural: matches!(pronoun, Pronoun::They | Pronoun::Both),
            ..Np::default()
        }));
        self.at += 1;
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.tokens.get(start).map_or(0, |t| t.span.start);
        let last = end.checked_sub(1).and_then(|e| self.tokens.get(e)).map_or(first, |t| t.span.end);
        Span::new(first, last)
    }
}
