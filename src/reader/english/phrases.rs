//! Noun phrases and verb groups.
//!
//! Takes tagged units and gives [`Item`]s: noun phrases with determiner, modifiers, head, technology and what stands in
//! parentheses behind them; verb groups with voice and negation; and the small words between them.

use super::apposition::appositions;
use super::lexicon::{Det, Form, Frame, Joint, Lexicon, Noun, Pronoun};
use super::tagging::{Tag, Unit, particle_frame};
use super::tokens::Token;
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
    /// Whether the technology is the head: `the Lambda`, not `the Lambda authorizer`.
    pub(crate) technology_heads: bool,
    /// Whether it is in the plural.
    pub(crate) plural: bool,
    /// Whether some unknown word in it is written like a name.
    pub(crate) proper: bool,
    /// Set when the phrase is a pronoun.
    pub(crate) pronoun: Option<Pronoun>,
    /// The owner in `the trainer's app`, as lower-case words.
    pub(crate) owner: Option<String>,
    /// What stands in parentheses behind it.
    pub(crate) aside: Vec<Np>,
    /// Whether the technology was found in spite of a misspelling.
    pub(crate) misspelt: bool,
    /// Bytes of the words that make its label: without determiner and numbers.
    pub(crate) label: Span,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct VerbGroup {
    /// The verb's place in the lexicon.
    pub(crate) verb: usize,
    /// Its frame, particle included.
    pub(crate) frame: Frame,
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
    let mut chunker = Chunker { lexicon, text, tokens, units, at: 0, out: Vec::new() };
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
}

/// Words before `of` that only say how many.
const MEASURES: [&str; 22] = [
    "set",
    "pair",
    "fleet",
    "number",
    "group",
    "series",
    "couple",
    "lot",
    "one",
    "variety",
    "pool",
    "farm",
    "handful",
    "bunch",
    "kind",
    "type",
    "instance",
    "part",
    "rest",
    "mix",
    "combination",
    "layer",
];

impl Chunker<'_> {
    fn tag(&self, ahead: usize) -> Option<&Tag> {
        self.units.get(self.at + ahead).map(|u| &u.tag)
    }

    fn lower(&self, at: usize) -> &str {
        self.units.get(at).and_then(|u| self.tokens.get(u.start)).map_or("", |t| t.lower.as_str())
    }

    fn step(&mut self) {
        let Some(tag) = self.tag(0).cloned() else { return };
        let item = match tag {
            Tag::Det(_) | Tag::Number(_) | Tag::Adjective | Tag::Noun(_) | Tag::Name(_) => {
                return self.noun_phrase();
            }
            Tag::Pronoun(pronoun) => return self.pronoun(pronoun),
            Tag::Verb(..) | Tag::Auxiliary | Tag::Modal | Tag::To => return self.verb_group(),
            Tag::Preposition(word) => Item::Preposition(word),
            Tag::Joint(joint) => Item::Joint(joint),
            Tag::Subordinator => Item::Subordinator,
            Tag::Relative => Item::Relative(self.lower(self.at).to_owned()),
            Tag::Adverb => Item::Adverb(self.lower(self.at).to_owned()),
            Tag::Negation => Item::Negation,
            Tag::Arrow => Item::Arrow,
            Tag::BackArrow => Item::BackArrow,
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

    fn pronoun(&mut self, pronoun: Pronoun) {
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

    fn span(&self, start: usize, end: usize) -> Span {
        let first = self.tokens.get(start).map_or(0, |t| t.span.start);
        let last = end.checked_sub(1).and_then(|e| self.tokens.get(e)).map_or(first, |t| t.span.end);
        Span::new(first, last)
    }

    fn noun_phrase(&mut self) {
        let mut np = Np { start: self.units.get(self.at).map_or(0, |u| u.start), ..Np::default() };
        self.determiners(&mut np);
        if let Some(Tag::Pronoun(pronoun)) = self.tag(0).cloned() {
            return self.pronoun(pronoun);
        }
        let core = self.at;
        let mut heads: Vec<usize> = Vec::new();
        while let Some(unit) = self.units.get(self.at) {
            match &unit.tag {
                Tag::Noun(_) | Tag::Name(_) => heads.push(self.at),
                Tag::Adjective => {
                    let goes_on = matches!(
                        self.tag(1),
                        Some(Tag::Noun(_) | Tag::Name(_) | Tag::Adjective | Tag::Number(_))
                    );
                    if !goes_on && (!heads.is_empty() || np.det == Det::Bare) {
                        break;
                    }
                }
                Tag::Number(_) if !heads.is_empty() || matches!(self.tag(1), Some(Tag::Noun(_))) => {}
                Tag::Possessive
                    if !heads.is_empty()
                        && matches!(
                            self.tag(1),
                            Some(Tag::Noun(_) | Tag::Name(_) | Tag::Adjective | Tag::Det(_))
                        ) =>
                {
                    let words = heads.iter().map(|&h| self.words(h)).collect::<Vec<_>>().join(" ");
                    np.owner = Some(words);
                    heads.clear();
                }
                Tag::Adverb
                    if heads.is_empty()
                        && np.det != Det::Bare
                        && matches!(self.tag(1), Some(Tag::Adjective)) => {}
                Tag::Mark('"' | '“' | '”' | '\'') => {}
                _ => break,
            }
            self.at += 1;
        }
        if self.at == core && heads.is_empty() {
            let shared = matches!(self.tag(0), Some(Tag::Adjective))
                && matches!(self.tag(1), Some(Tag::Joint(_) | Tag::Mark(',')))
                && matches!(self.tag(2), Some(Tag::Adjective | Tag::Noun(_)));
            if shared {
                return self.shared_adjective(np);
            }
            let bare = np.quantity.is_some() || !matches!(np.det, Det::Bare);
            self.at = self.at.max(core);
            if bare && core > 0 {
                self.elliptic(np);
            } else {
                self.at += 1;
            }
            return;
        }
        if self.measure(&heads) {
            let (quantity, det) = (np.quantity, np.det);
            self.at += 1;
            self.noun_phrase();
            if let Some(Item::Np(inner)) = self.out.last_mut() {
                inner.quantity = inner.quantity.or(quantity);
                inner.start = np.start;
                if inner.det == Det::Bare {
                    inner.det = det;
                }
            }
            return;
        }
        self.fill(&mut np, &heads, core);
        self.aside(&mut np);
        self.out.push(Item::Np(np));
    }

    /// "public and private subnets": the adjective waits for the head of the list.
    fn shared_adjective(&mut self, mut np: Np) {
        let Some(unit) = self.units.get(self.at) else { return };
        np.head = self.words(self.at);
        np.end = unit.end;
        np.span = self.span(np.start, np.end);
        np.label = self.span(unit.start, unit.end);
        self.out.push(Item::Np(np));
        self.at += 1;
    }

    /// "one", "the other", "all three": a phrase without a noun stands for one said before.
    fn elliptic(&mut self, np: Np) {
        let end = self.units.get(self.at - 1).map_or(np.start + 1, |u| u.end);
        let span = self.span(np.start, end);
        let pronoun = match np.det {
            Det::Each => Pronoun::They,
            _ if np.quantity.is_some_and(|q| q > 1) => Pronoun::They,
            _ => Pronoun::It,
        };
        self.out.push(Item::Np(Np { end, span, label: span, pronoun: Some(pronoun), ..np }));
    }

    fn determiners(&mut self, np: &mut Np) {
        while let Some(tag) = self.tag(0).cloned() {
            let before_of = self.lower(self.at + 1) == "of";
            match tag {
                Tag::Det(det) => {
                    if np.det != Det::Other && np.det != Det::None {
                        let lower = self.lower(self.at);
                        np.det = if det == Det::Other
                            && !matches!(
                                lower,
                                "another"
                                    | "second"
                                    | "third"
                                    | "separate"
                                    | "different"
                                    | "own"
                                    | "dedicated"
                                    | "other"
                            ) {
                            np.det
                        } else {
                            det
                        };
                    }
                }
                Tag::Number(n) if n > 0 || before_of => np.quantity = Some(n),
                Tag::Number(_) if matches!(self.tag(1), Some(Tag::Det(_))) => {
                    self.at += 1;
                    continue;
                }
                Tag::Number(_) => {}
                Tag::Preposition(ref p) if p == "of" && (np.det != Det::Bare || np.quantity.is_some()) => {}
                _ => break,
            }
            self.at += 1;
            let ends = !matches!(
                self.tag(0),
                Some(Tag::Det(_) | Tag::Number(_) | Tag::Noun(_) | Tag::Name(_) | Tag::Adjective)
            ) && !(self.lower(self.at) == "of"
                && matches!(
                    self.tag(1),
                    Some(Tag::Det(_) | Tag::Number(_) | Tag::Noun(_) | Tag::Name(_) | Tag::Adjective)
                ));
            if ends {
                break;
            }
        }
    }

    /// Whether the phrase so far only measures what follows `of`.
    fn measure(&self, heads: &[usize]) -> bool {
        let of = self.lower(self.at) == "of"
            && matches!(
                self.tag(1),
                Some(Tag::Det(_) | Tag::Number(_) | Tag::Noun(_) | Tag::Name(_) | Tag::Adjective)
            );
        let Some(&last) = heads.last() else { return false };
        let word = self.lower(last);
        of && heads.len() == 1
            && (MEASURES.contains(&word) || word.strip_suffix('s').is_some_and(|w| MEASURES.contains(&w)))
    }

    fn words(&self, unit: usize) -> String {
        let Some(unit) = self.units.get(unit) else { return String::new() };
        self.tokens
            .get(unit.start..unit.end)
            .unwrap_or(&[])
            .iter()
            .map(|t| t.lower.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn fill(&self, np: &mut Np, heads: &[usize], core: usize) {
        let Some(last) = heads.last().and_then(|&h| self.units.get(h).map(|u| (h, u))) else { return };
        let (head, head_unit) = last;
        np.end = head_unit.end;
        np.span = self.span(np.start, np.end);
        let first = self.units.get(core).map_or(np.start, |u| u.start);
        np.label = self.span(first.min(np.end.saturating_sub(1)), np.end);
        np.plural = head_unit.plural;
        for at in core..=head {
            let Some(unit) = self.units.get(at) else { continue };
            match &unit.tag {
                Tag::Name(technology) => {
                    if np.technology.is_some() {
                        np.second = np.technology;
                    }
                    np.technology = Some(*technology);
                    np.technology_heads = at == head;
                    np.misspelt |= unit.misspelt;
                }
                Tag::Noun(noun) if at == head => {
                    np.head = self.words(at);
                    np.noun = *noun;
                }
                Tag::Noun(_) | Tag::Adjective | Tag::Number(_) => {
                    let words = self.words(at);
                    if np.owner.as_deref().is_none_or(|o| !o.contains(&words)) {
                        np.modifiers.push(words);
                    }
                }
                _ => {}
            }
            let unknown = matches!(unit.tag, Tag::Noun(None));
            np.proper |= unknown
                && self.tokens.get(unit.start).is_some_and(|t| {
                    t.code
                        || t.inner_capital()
                        || t.capital() && (unit.start > 0 || !self.lexicon.knows(&t.lower))
                });
        }
        if np.noun.is_none() && self.lexicon.person_head(&np.head) && np.technology.is_none() {
            np.noun = Some(Noun::Person);
        }
        if (np.noun == Some(Noun::Component(crate::model::Kind::Service)) || np.noun.is_none())
            && let Some(kind) = self.noun_of_tail(np)
        {
            np.noun = Some(kind);
        }
    }

    /// The class of the last two words together: `authentication` + `service`.
    fn noun_of_tail(&self, np: &Np) -> Option<Noun> {
        let before = np.modifiers.last()?;
        self.lexicon.noun(&format!("{before} {}", np.head)).map(|(noun, _)| noun)
    }

    /// Takes noun phrases in parentheses behind the phrase along.
    fn aside(&mut self, np: &mut Np) {
        if !matches!(self.tag(0), Some(Tag::Mark('('))) {
            return;
        }
        let close = (self.at + 1..self.units.len().min(self.at + 14))
            .find(|&i| matches!(self.units.get(i).map(|u| &u.tag), Some(Tag::Mark(')'))));
        let Some(close) = close else { return };
        let inner = self.units.get(self.at + 1..close).unwrap_or(&[]);
        let items = appositions(self.lexicon, items(self.lexicon, self.text, self.tokens, inner));
        let plain = items
            .iter()
            .all(|i| matches!(i, Item::Np(_) | Item::Comma | Item::Joint(_) | Item::Dash | Item::Adverb(_)));
        let naming = matches!(items.first(), Some(Item::Verb(v)) if v.form == Form::Participle && v.frame == Frame::Call);
        if plain || naming {
            np.aside =
                items.into_iter().filter_map(|i| if let Item::Np(n) = i { Some(n) } else { None }).collect();
            self.at = close + 1;
        }
    }

    fn verb_group(&mut self) {
        let start = self.at;
        let (mut passive, mut negated, mut infinitive, mut auxiliary) = (false, false, false, false);
        let mut be = false;
        loop {
            match self.tag(0) {
                Some(Tag::To) => infinitive = true,
                Some(Tag::Modal) => auxiliary = true,
                Some(Tag::Auxiliary) => {
                    auxiliary = true;
                    let lower = self.lower(self.at);
                    be |= matches!(
                        lower,
                        "is" | "are"
                            | "was"
                            | "were"
                            | "be"
                            | "been"
                            | "being"
                            | "am"
                            | "'s"
                            | "'re"
                            | "gets"
                            | "get"
                            | "got"
                    );
                    negated |= lower == "cannot";
                }
                Some(Tag::Negation) => negated = true,
                Some(Tag::Adverb) if self.verb_ahead() => {}
                _ => break,
            }
            negated |= self.lower(self.at) == "cannot" || self.lower(self.at).ends_with("n't");
            self.at += 1;
        }
        let begin = self.units.get(start).map_or(0, |u| u.start);
        let Some(Tag::Verb(verb, form)) = self.tag(0).cloned() else {
            if auxiliary {
                let end = self.units.get(self.at.saturating_sub(1)).map_or(begin, |u| u.end);
                let copula = VerbGroup {
                    verb: 0,
                    frame: Frame::Be,
                    form: Form::Third,
                    passive: false,
                    negated,
                    infinitive,
                    finite: !infinitive,
                    start: begin,
                    end,
                };
                self.out.push(Item::Verb(copula));
            } else if self.at == start {
                self.at += 1;
            }
            return;
        };
        if form == Form::Participle && (be || !auxiliary) {
            passive = true;
        }
        let end = self.units.get(self.at).map_or(begin, |u| u.end);
        self.at += 1;
        let known = self.lexicon.verb(verb);
        let mut frame = known.map_or(Frame::Act, |v| v.frame);
        if let Some(particular) = self.particle(verb) {
            frame = particular;
        }
        if self.out.last() == Some(&Item::Negation) {
            negated = true;
        }
        let reduced = form == Form::Participle && !auxiliary;
        let finite = !infinitive && form != Form::Gerund && !reduced || form == Form::Gerund && be;
        self.out.push(Item::Verb(VerbGroup {
            verb,
            frame,
            form,
            passive,
            negated,
            infinitive,
            finite,
            start: begin,
            end,
        }));
    }

    fn verb_ahead(&self) -> bool {
        self.units
            .get(self.at + 1..)
            .unwrap_or(&[])
            .iter()
            .find(|u| !matches!(u.tag, Tag::Adverb))
            .is_some_and(|u| matches!(u.tag, Tag::Verb(..) | Tag::Auxiliary))
    }

    /// A particle behind the verb that gives it another frame; it is taken along when it is no preposition of its own.
    fn particle(&mut self, verb: usize) -> Option<Frame> {
        for ahead in 0..4 {
            let word = self.lower(self.at + ahead).to_owned();
            if let Some(frame) = particle_frame(self.lexicon, verb, &word) {
                let adverb = matches!(self.tag(ahead), Some(Tag::Adverb));
                let before_noun = matches!(
                    self.tag(ahead + 1),
                    Some(
                        Tag::Det(_)
                            | Tag::Noun(_)
                            | Tag::Name(_)
                            | Tag::Adjective
                            | Tag::Number(_)
                            | Tag::Pronoun(_)
                    )
                );
                if ahead == 0
                    && matches!(word.as_str(), "up" | "out" | "off" | "over")
                    && (adverb || before_noun)
                {
                    self.at += 1;
                }
                return Some(frame);
            }
            if !matches!(self.tag(ahead), Some(Tag::Pronoun(_) | Tag::Noun(_) | Tag::Det(_) | Tag::Adjective))
            {
                return None;
            }
        }
        None
    }
}
