//! What each word is in its sentence.
//!
//! Takes a sentence's tokens and gives [`Unit`]s: words, or several words that are one name, noun or preposition, each
//! with the one [`Tag`] that its neighbours leave it. Words that are verbs as well as nouns ("stores", "requests") are
//! decided by what stands before and behind them.

use super::lexicon::{Closed, Det, Form, Frame, Joint, Lexicon, Noun, Pronoun, match_name};
use super::tokens::{Shape, Token};

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
    let mut units = merge(lexicon, tokens);
    let mut tagger = Tagger { lexicon, tokens, units: &mut units, finite: false };
    tagger.run();
    units
}

/// Merges names, nouns and prepositions of several words. The tags are provisional.
fn merge(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Vec<Unit> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (length, tag, plural, misspelt) = match token.shape {
            Shape::Arrow => (1, Tag::Arrow, false, false),
            Shape::BackArrow => (1, Tag::BackArrow, false, false),
            Shape::Path => (1, Tag::Path, false, false),
            Shape::Mark => (1, mark(token), false, false),
            Shape::Number => (1, Tag::Number(number(token.text)), false, false),
            Shape::Word => word(lexicon, tokens, at),
        };
        out.push(Unit { start: at, end: at + length, tag, plural, misspelt });
        at += length;
    }
    out
}

fn mark(token: &Token<'_>) -> Tag {
    match token.text {
        "&" | "+" => Tag::Joint(Joint::And),
        "/" => Tag::Joint(Joint::And),
        text => Tag::Mark(text.chars().next().unwrap_or(' ')),
    }
}

fn number(text: &str) -> u32 {
    text.replace(',', "").parse().unwrap_or(0)
}

fn word(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> (usize, Tag, bool, bool) {
    if let Some((length, meaning)) = lexicon.compound(tokens, at) {
        let tag = match meaning {
            "and" => Tag::Joint(Joint::And),
            "to" if length == 3 && tokens.get(at).is_some_and(|t| t.is("in") || t.is("so")) => Tag::To,
            _ => Tag::Preposition(meaning.to_owned()),
        };
        return (length, tag, false, false);
    }
    let name = match_name(lexicon, tokens, at);
    let noun = lexicon.longest_noun(tokens, at);
    let capital = tokens.get(at).is_some_and(|t| t.inner_capital() || t.capital() && at > 0);
    match (name, noun) {
        (Some(n), Some((l, ..))) if n.length > l || n.length == l && (capital || !n.misspelt) => {
            (n.length, Tag::Name(n.technology), n.plural, n.misspelt)
        }
        (Some(n), None) => (n.length, Tag::Name(n.technology), n.plural, n.misspelt),
        (_, Some((length, noun, plural))) if length > 1 => (length, Tag::Noun(Some(noun)), plural, false),
        (_, Some((_, noun, plural))) => (1, Tag::Noun(Some(noun)), plural, false),
        _ => {
            let plural = tokens.get(at).is_some_and(|t| plural_look(&t.lower) && !name_in_s(lexicon, t));
            (1, Tag::Noun(None), plural, false)
        }
    }
}

/// A name in -s, such as Hermes: a capital before letters that are no known word's plural.
fn name_in_s(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    token.capital()
        && !lexicon.knows(&token.lower)
        && !token.lower.strip_suffix('s').is_some_and(|one| lexicon.knows(one))
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

    fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(self.units.get(at)?.start)
    }

    fn lower(&self, at: usize) -> &str {
        self.token(at).map_or("", |t| t.lower.as_str())
    }

    /// The tag before `at`, adverbs passed over.
    fn before(&self, at: usize) -> Option<&Tag> {
        self.units.get(..at)?.iter().rev().map(|u| &u.tag).find(|t| !matches!(t, Tag::Adverb | Tag::Negation))
    }

    fn decide(&mut self, at: usize) -> Tag {
        let Some(unit) = self.units.get(at) else { return Tag::Adverb };
        let single = unit.end - unit.start == 1;
        let provisional = unit.tag.clone();
        if !single || !matches!(provisional, Tag::Noun(_) | Tag::Name(_)) {
            return self.several(at, provisional);
        }
        let lower = self.lower(at).to_owned();
        if lower == "'s" {
            return self.apostrophe(at);
        }
        if let Tag::Name(technology) = provisional {
            let common = !self.lexicon.verb_forms(&lower).is_empty()
                && self.token(at).is_some_and(|t| !t.inner_capital());
            if !(common && self.could_be_verb(at)) {
                return Tag::Name(technology);
            }
        }
        if let Some(tag) = self.closed(at, &lower) {
            return tag;
        }
        if let Some(tag) = self.verb(at, &lower) {
            return tag;
        }
        if self.lexicon.adjective(&lower) && self.describes(at) {
            return Tag::Adjective;
        }
        match provisional {
            Tag::Noun(None) => self.unknown(at, &lower),
            other => other,
        }
    }

    /// Units of several tokens and marks keep their tag, but a verb may open a noun of several words: "store data".
    fn several(&self, at: usize, provisional: Tag) -> Tag {
        if let (Tag::Joint(_), Some(token)) = (&provisional, self.token(at)) {
            let lone = token.is("/") && !token.spaced;
            let behind = self.units.get(at + 1).and_then(|u| self.tokens.get(u.start));
            if lone && behind.is_some_and(|t| t.shape == Shape::Number || t.text.len() == 1) {
                return Tag::Mark('/');
            }
        }
        provisional
    }

    fn apostrophe(&self, at: usize) -> Tag {
        let before = self.lower(at.wrapping_sub(1));
        if matches!(before, "it" | "that" | "there" | "here" | "what" | "he" | "she") {
            Tag::Auxiliary
        } else {
            Tag::Possessive
        }
    }

    fn closed(&self, at: usize, lower: &str) -> Option<Tag> {
        let next = self.next_word(at);
        let noun_next = self.begins_noun(at + 1);
        match lower {
            "to" => {
                return Some(if self.infinitive(at) { Tag::To } else { Tag::Preposition("to".to_owned()) });
            }
            "that" => {
                let noun_before =
                    matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_) | Tag::Mark(',' | ')')));
                let verb_next = self.verbal(at + 1);
                return Some(if noun_before && verb_next || noun_before && self.begins_noun(at + 1) {
                    Tag::Relative
                } else if noun_next && !verb_next {
                    if matches!(self.before(at), Some(Tag::Verb(..) | Tag::Adjective)) {
                        Tag::Subordinator
                    } else {
                        Tag::Det(Det::Demonstrative)
                    }
                } else {
                    Tag::Pronoun(Pronoun::This)
                });
            }
            "which" | "who" | "whom" => return Some(Tag::Relative),
            "whose" => return Some(Tag::Relative),
            "where" => return Some(if at > 0 { Tag::Relative } else { Tag::Subordinator }),
            "one" if matches!(self.before(at), Some(Tag::Det(_))) => return Some(Tag::Noun(None)),
            "all" | "each" | "both" | "either" | "some" | "most" | "many" | "any" if next == "of" => {
                return Some(Tag::Det(Det::Each));
            }
            "both" | "all" | "each"
                if matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_))) && !noun_next =>
            {
                return Some(Tag::Adverb);
            }
            "either" | "neither" | "both" | "all" | "each" if !noun_next && next != "of" => {
                return Some(Tag::Pronoun(if lower == "both" { Pronoun::Both } else { Pronoun::They }));
            }
            "no" => return Some(if next == "longer" { Tag::Negation } else { Tag::Det(Det::None) }),
            "like" if self.verbal(at + 1) => return Some(Tag::Adverb),
            "there" if matches!(self.before(at), Some(Tag::Preposition(_))) => {
                return Some(Tag::Pronoun(Pronoun::There));
            }
            "so" | "as" if noun_next && lower == "as" && !self.clause_follows(at + 1) => {
                return Some(Tag::Preposition("as".to_owned()));
            }
            "after" | "before" | "until" if !self.clause_follows(at + 1) => {
                return Some(Tag::Preposition(lower.to_owned()));
            }
            _ => {}
        }
        let classes = self.lexicon.closed(lower);
        let first = classes.first()?;
        let det = classes.iter().find_map(|c| if let Closed::Determiner(d) = c { Some(*d) } else { None });
        let number = classes.iter().find_map(|c| if let Closed::Number(n) = c { Some(*n) } else { None });
        let pronoun = classes.iter().find_map(|c| if let Closed::Pronoun(p) = c { Some(*p) } else { None });
        if let Some(n) = number {
            return Some(if noun_next && n == 1 { Tag::Det(Det::Indefinite) } else { Tag::Number(n) });
        }
        if let (Some(det), true) = (det, noun_next || pronoun.is_none() && !classes.contains(&Closed::Adverb))
        {
            let bare_adjective = det == Det::Same && matches!(self.before(at), Some(Tag::Verb(..)));
            return Some(if bare_adjective { Tag::Adjective } else { Tag::Det(det) });
        }
        if let Some(pronoun) = pronoun {
            return Some(Tag::Pronoun(pronoun));
        }
        let verbish = !self.lexicon.verb_forms(lower).is_empty() && !classes.contains(&Closed::Auxiliary);
        if verbish && self.could_be_verb(at) && !classes.contains(&Closed::Preposition) {
            return None;
        }
        if classes.contains(&Closed::Subordinator)
            && (!classes.contains(&Closed::Preposition) || self.clause_follows(at + 1))
        {
            return Some(Tag::Subordinator);
        }
        if classes.contains(&Closed::Modal) {
            return Some(Tag::Modal);
        }
        if classes.contains(&Closed::Auxiliary) {
            let main = ["has", "have", "had"].contains(&lower) && !self.participle_follows(at + 1)
                || ["does", "do", "did"].contains(&lower)
                    && noun_next
                    && !self.lexicon.closed(next).contains(&Closed::Negation)
                || ["gets", "get", "got"].contains(&lower) && !self.participle_follows(at + 1);
            return if main { None } else { Some(Tag::Auxiliary) };
        }
        if classes.contains(&Closed::Negation) {
            return Some(Tag::Negation);
        }
        if classes.contains(&Closed::Preposition) && !(classes.contains(&Closed::Adverb) && !noun_next) {
            return Some(Tag::Preposition(lower.to_owned()));
        }
        Some(match first {
            Closed::Conjunction(joint) => Tag::Joint(*joint),
            _ if classes.contains(&Closed::Adverb) => Tag::Adverb,
            Closed::Preposition => Tag::Preposition(lower.to_owned()),
            _ => Tag::Adverb,
        })
    }

    fn next_word(&self, at: usize) -> &str {
        self.lower(at + 1)
    }

    /// Whether `to` at `at` opens an infinitive.
    fn infinitive(&self, at: usize) -> bool {
        let mut next = at + 1;
        while self.lexicon.closed(self.lower(next)).contains(&Closed::Adverb) && next < at + 3 {
            next += 1;
        }
        let word = self.lower(next);
        if word == "be" || word == "have" {
            return true;
        }
        let base = self.lexicon.verb_forms(word).iter().any(|(_, f)| *f == Form::Base);
        let one = self.units.get(next).is_some_and(|u| u.end - u.start == 1);
        if !base || !one || self.token(next).is_some_and(|t| t.capital()) {
            return false;
        }
        let noun = self.lexicon.noun(word).is_some();
        !noun || self.begins_noun(next + 1) || self.pointer(next + 1)
    }

    /// Whether the unit can begin a noun phrase.
    fn begins_noun(&self, at: usize) -> bool {
        let Some(unit) = self.units.get(at) else { return false };
        match &unit.tag {
            Tag::Name(_) | Tag::Number(_) | Tag::Path => true,
            Tag::Noun(Some(_)) => {
                let lower = self.lower(at);
                unit.end - unit.start > 1
                    || !self
                        .lexicon
                        .closed(lower)
                        .iter()
                        .any(|c| matches!(c, Closed::Preposition | Closed::Auxiliary))
            }
            Tag::Noun(None) => {
                let lower = self.lower(at);
                let closed = self.lexicon.closed(lower);
                let opens = closed
                    .iter()
                    .any(|c| matches!(c, Closed::Determiner(_) | Closed::Number(_) | Closed::Pronoun(_)));
                let forms = self.lexicon.verb_forms(lower);
                let adjective = forms.iter().any(|(_, f)| matches!(f, Form::Participle | Form::Gerund))
                    && self.noun_like(at + 1);
                if lower == "which" || lower == "who" {
                    return false;
                }
                opens || adjective || closed.is_empty() && (forms.is_empty() || self.lexicon.adjective(lower))
            }
            Tag::Mark(c) => matches!(c, '"' | '\'' | '“'),
            _ => false,
        }
    }

    fn noun_like(&self, at: usize) -> bool {
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Noun(Some(_)) | Tag::Name(_)))
    }

    /// Whether a preposition, adverb or `to` stands there.
    fn pointer(&self, at: usize) -> bool {
        let lower = self.lower(at);
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Preposition(_) | Tag::To))
            || self.lexicon.closed(lower).iter().any(|c| matches!(c, Closed::Preposition | Closed::Adverb))
    }

    /// Whether a finite verb or auxiliary may stand there.
    fn verbal(&self, at: usize) -> bool {
        let Some(unit) = self.units.get(at) else { return false };
        if unit.end - unit.start > 1 || !matches!(unit.tag, Tag::Noun(_) | Tag::Verb(..)) {
            return false;
        }
        let lower = self.lower(at);
        let closed = self.lexicon.closed(lower);
        if closed.iter().any(|c| matches!(c, Closed::Auxiliary | Closed::Modal)) {
            return true;
        }
        if closed.contains(&Closed::Adverb) || closed.contains(&Closed::Negation) {
            return self.verbal(at + 1);
        }
        self.lexicon.verb_forms(lower).iter().any(|(_, f)| matches!(f, Form::Third | Form::Base | Form::Past))
            && !closed.iter().any(|c| matches!(c, Closed::Preposition | Closed::Determiner(_)))
    }

    /// Whether a finite verb follows before the next comma: what comes is a clause, not a noun phrase.
    fn clause_follows(&self, at: usize) -> bool {
        for next in at..(at + 14).min(self.units.len()) {
            match self.units.get(next).map(|u| &u.tag) {
                Some(Tag::Mark(',' | ';' | ')' | '(')) => return false,
                Some(Tag::Noun(_)) => {
                    let lower = self.lower(next);
                    let closed = self.lexicon.closed(lower);
                    if closed.iter().any(|c| matches!(c, Closed::Auxiliary | Closed::Modal)) {
                        return true;
                    }
                    let forms = self.lexicon.verb_forms(lower);
                    let third = forms.iter().any(|(_, f)| *f == Form::Third);
                    if next > at
                        && third
                        && (self.lexicon.noun(lower).is_none() || self.begins_noun(next + 1))
                    {
                        return true;
                    }
                    if next > at && self.lower(next - 1) == "to" {
                        return false;
                    }
                    let base = forms.iter().any(|(_, f)| matches!(f, Form::Base | Form::Past));
                    if next > at
                        && base
                        && self.lexicon.noun(lower).is_none()
                        && closed.is_empty()
                        && self.begins_noun(next + 1)
                    {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    fn participle_follows(&self, mut at: usize) -> bool {
        while self
            .lexicon
            .closed(self.lower(at))
            .iter()
            .any(|c| matches!(c, Closed::Adverb | Closed::Negation))
        {
            at += 1;
        }
        let lower = self.lower(at);
        lower == "been"
            || lower == "be"
            || self.lexicon.verb_forms(lower).iter().any(|(_, f)| *f == Form::Participle)
                && !self.noun_like(at + 1)
            || self.lexicon.verb_forms(lower).iter().any(|(_, f)| *f == Form::Participle)
                && self.lexicon.closed(self.lower(at + 1)).is_empty()
                && !self.begins_noun(at + 1)
    }

    /// Whether the neighbours leave room for a finite verb.
    fn could_be_verb(&self, at: usize) -> bool {
        let room = match self.before(at) {
            None => true,
            Some(Tag::Det(_) | Tag::Adjective | Tag::Possessive | Tag::Preposition(_) | Tag::Number(_)) => {
                false
            }
            Some(Tag::Noun(_) | Tag::Name(_)) => !self.finite,
            _ => true,
        };
        room && (self.begins_noun(at + 1) || self.pointer(at + 1)) && !self.verbal(at + 1)
    }

    fn verb(&self, at: usize, lower: &str) -> Option<Tag> {
        let forms = self.lexicon.verb_forms(lower);
        let pick = |wanted: Form| forms.iter().find(|(_, f)| *f == wanted).map(|&(v, f)| Tag::Verb(v, f));
        let before = self.before(at).cloned();
        if let Some(gerund) = pick(Form::Gerund) {
            return self.gerund(at, lower, before.as_ref()).then_some(gerund);
        }
        if let (Some(participle), None) = (pick(Form::Participle), pick(Form::Base)) {
            return self.participle(at, before.as_ref(), participle, pick(Form::Past));
        }
        if let (Some(participle), Some(Tag::Auxiliary)) = (pick(Form::Participle), before.as_ref()) {
            return Some(participle);
        }
        let finite = pick(Form::Third).or_else(|| pick(Form::Base)).or_else(|| pick(Form::Past))?;
        self.finite_here(at, lower, before.as_ref(), &finite).then_some(finite)
    }

    fn gerund(&self, at: usize, lower: &str, before: Option<&Tag>) -> bool {
        if lower == "using" {
            return true;
        }
        let head_next = matches!(
            self.units.get(at + 1).map(|u| &u.tag),
            Some(Tag::Noun(Some(Noun::Component(_) | Noun::Group(_))))
        ) && self.units.get(at + 1).is_some_and(|u| !u.plural);
        match before {
            Some(Tag::Auxiliary) => true,
            Some(Tag::Det(_) | Tag::Adjective | Tag::Possessive | Tag::Number(_)) => false,
            Some(Tag::Noun(_) | Tag::Name(_)) => self.begins_noun(at + 1) || self.pointer(at + 1),
            _ if head_next => false,
            _ => {
                self.begins_noun(at + 1)
                    || self.pointer(at + 1) && !matches!(before, None | Some(Tag::Preposition(_)))
            }
        }
    }

    fn participle(&self, at: usize, before: Option<&Tag>, participle: Tag, past: Option<Tag>) -> Option<Tag> {
        match before {
            Some(Tag::Auxiliary | Tag::Modal) => Some(participle),
            Some(Tag::Det(_) | Tag::Adjective | Tag::Possessive | Tag::Number(_)) => Some(Tag::Adjective),
            Some(Tag::Relative | Tag::Pronoun(_)) => past.or(Some(participle)),
            Some(Tag::Noun(_) | Tag::Name(_)) => {
                let det =
                    matches!(self.lexicon.closed(self.lower(at + 1)).first(), Some(Closed::Determiner(_)));
                Some(if det && !self.finite { past.unwrap_or(participle) } else { participle })
            }
            Some(Tag::Verb(..) | Tag::Preposition(_)) | None
                if self.noun_like(at + 1) || self.begins_noun(at + 1) =>
            {
                Some(Tag::Adjective)
            }
            Some(Tag::Joint(_) | Tag::Mark(_)) if self.noun_like(at + 1) => Some(Tag::Adjective),
            _ => Some(participle),
        }
    }

    fn finite_here(&self, at: usize, lower: &str, before: Option<&Tag>, finite: &Tag) -> bool {
        let noun = self.lexicon.noun(lower);
        let third = matches!(finite, Tag::Verb(_, Form::Third));
        let follows = self.begins_noun(at + 1) || self.pointer(at + 1);
        let verb_next = self.verbal(at + 1) && !self.begins_noun(at + 1);
        match before {
            Some(Tag::Modal | Tag::To) => true,
            Some(Tag::Auxiliary) => noun.is_none() || follows,
            Some(Tag::Det(_) | Tag::Possessive | Tag::Number(_) | Tag::Adjective) => false,
            Some(Tag::Preposition(_)) => false,
            Some(Tag::Relative | Tag::Pronoun(_)) => !(verb_next && noun.is_some()),
            None | Some(Tag::Mark(_) | Tag::Subordinator | Tag::Joint(_) | Tag::Arrow) => {
                if noun.is_none() && !self.lexicon.adjective(lower) {
                    return !verb_next && (follows || third);
                }
                let bare_thing = self.units.get(at + 1).is_some_and(|u| {
                    matches!(u.tag, Tag::Noun(Some(Noun::Component(_) | Noun::Person))) && !u.plural
                });
                if bare_thing && !third {
                    return false;
                }
                let capital_name = self.token(at).is_some_and(|t| t.capital())
                    && at > 0
                    && !matches!(before, Some(Tag::Mark(':' | '-' | '–' | '—')));
                let joined = matches!(before, Some(Tag::Joint(_) | Tag::Mark(','))) && !third;
                let singular_next =
                    self.units.get(at + 1).is_some_and(|u| matches!(u.tag, Tag::Noun(_)) && !u.plural)
                        && self.lexicon.closed(self.lower(at + 1)).is_empty();
                if joined && singular_next {
                    return false;
                }
                if !follows || verb_next || capital_name {
                    return false;
                }
                if matches!(before, Some(Tag::Joint(_) | Tag::Mark(',')))
                    && self.pointer(at + 1)
                    && self.gapped(at)
                {
                    return false;
                }
                if self.pointer(at + 1)
                    && !self.begins_noun(at + 1)
                    && matches!(before, None | Some(Tag::Subordinator))
                {
                    return !self.finite_later(at + 2) && !matches!(self.lower(at + 1), "of" | "for");
                }
                third || self.begins_noun(at + 1)
            }
            Some(Tag::Noun(_) | Tag::Name(_)) => {
                if self.finite && noun.is_some()
                    || !third && at > 0 && self.token(at).is_some_and(Token::capital)
                {
                    return false;
                }
                if noun.is_none() {
                    let enabled = self.units.get(..at).and_then(|u| u.last()).is_some_and(|u| u.plural)
                        && self.begins_noun(at + 1);
                    return !self.lexicon.adjective(lower) && (third || !self.finite || enabled);
                }
                let plural = self.units.get(..at).and_then(|u| u.last()).is_some_and(|u| u.plural);
                let agrees = third != plural || matches!(before, Some(Tag::Name(_)));
                agrees && follows && !verb_next
            }
            Some(Tag::Verb(..)) => noun.is_none() && third,
            _ => follows,
        }
    }

    /// Whether the clause before has the shape "metrics to Prometheus", so that "and logs to Loki" has the same verb.
    fn gapped(&self, at: usize) -> bool {
        let preposition = self.lower(at + 1);
        let data = |u: &Unit| matches!(u.tag, Tag::Noun(Some(Noun::Data)));
        (1..at).any(|i| self.lower(i) == preposition && self.units.get(i - 1).is_some_and(data))
    }

    /// Whether a finite verb stands behind `at` in the same clause.
    fn finite_later(&self, at: usize) -> bool {
        (at..(at + 20).min(self.units.len())).any(|i| {
            let lower = self.lower(i);
            let closed = self.lexicon.closed(lower);
            closed.iter().any(|c| matches!(c, Closed::Auxiliary | Closed::Modal))
                || self.lexicon.noun(lower).is_none()
                    && closed.is_empty()
                    && self
                        .lexicon
                        .verb_forms(lower)
                        .iter()
                        .any(|(_, f)| matches!(f, Form::Third | Form::Base))
        })
    }

    /// Whether an adjective at `at` stands before a noun or behind a verb, as adjectives do.
    fn describes(&self, at: usize) -> bool {
        let verb_before = matches!(self.before(at), Some(Tag::Auxiliary | Tag::Verb(..)));
        verb_before
            || self.units.get(at + 1).is_some_and(|u| {
                matches!(u.tag, Tag::Noun(_) | Tag::Name(_) | Tag::Joint(_) | Tag::Mark(','))
            })
    }

    fn unknown(&self, at: usize, lower: &str) -> Tag {
        let capital = self.token(at).is_some_and(|t| t.capital() || t.inner_capital());
        if !capital && lower.len() > 4 && lower.ends_with("ly") {
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
    verb.particles.iter().find(|(p, _)| p == particle).map(|&(_, frame)| frame)
}
