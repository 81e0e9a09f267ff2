//! Noun phrases: determiners, modifiers, head, and what stands in parentheses behind them.
//!
//! Takes units at the chunker's place and gives one noun phrase, the place moved behind it.

use super::super::apposition::appositions;
use super::super::lexicon::{Det, Form, Frame, Noun};
use super::super::passing::usual_operation;
use super::super::tagging::Tag;
use super::super::wording::{singular, time_unit};
use super::joined::{take_apart, take_modifier_apart};
use super::{Chunker, Item, Np, items};

/// Words before `of` that only say how many.
const MEASURES: [&str; 27] = [
    "piece",
    "half",
    "execution",
    "run",
    "invocation",
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

/// Prepositions of when and where something happens.
const FRONTS: [&str; 7] = ["in", "after", "before", "upon", "at", "during", "on"];

impl Chunker<'_> {
    pub(super) fn noun_phrase(&mut self) {
        let began = self.at;
        let mut np = Np { start: self.units.get(self.at).map_or(0, |u| u.start), ..Np::default() };
        self.determiners(&mut np);
        if let Some(Tag::Pronoun(pronoun)) = self.tag(0).cloned() {
            return self.pronoun(pronoun);
        }
        let core = self.at;
        let mut heads: Vec<usize> = Vec::new();
        while let Some(unit) = self.units.get(self.at) {
            match &unit.tag {
                Tag::Noun(_) if !heads.is_empty() && self.on_premises(0) => break,
                Tag::Name(_) | Tag::Adjective if self.timed(&heads) => break,
                Tag::Name(_) if self.fronted(&heads) => break,
                // "every night restic copies"
                Tag::Noun(None)
                    if np.det == Det::Each
                        && self.timed(&heads)
                        && matches!(self.tag(1), Some(Tag::Verb(_, Form::Third))) =>
                {
                    break;
                }
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
                        && (matches!(self.tag(1), Some(Tag::Adjective))
                            || self.at == core
                                && matches!(self.tag(1), Some(Tag::Noun(Some(Noun::Component(_)))))) => {}
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
            } else if self.at == began {
                // "at 22:00 by a batch job": the time was all there was, and `by` is still to be read.
                self.at += 1;
            }
            return;
        }
        if self.measure(&heads) {
            let (quantity, det) = (np.quantity, np.det);
            let platform = heads.iter().find_map(|&h| self.named_technology(h));
            self.at += 1;
            self.noun_phrase();
            if let Some(Item::Np(inner)) = self.out.last_mut() {
                inner.technology = inner.technology.or(platform);
                inner.quantity = inner.quantity.or(quantity);
                inner.start = np.start;
                if inner.det == Det::Bare {
                    inner.det = det;
                }
            }
            return;
        }
        self.fill(&mut np, &heads, core);
        let before = self.at;
        self.aside(&mut np);
        let acronym = self.at == before + 3;
        if acronym
            && let Some(Tag::Noun(Some(_))) = self.tag(0)
            && !np.plural
        {
            // "Azure Kubernetes Service (AKS) cluster": the head stands behind the parenthesis.
            let mut heads = heads;
            while matches!(self.tag(0), Some(Tag::Noun(_))) {
                heads.push(self.at);
                self.at += 1;
            }
            let asides = std::mem::take(&mut np.aside);
            np.modifiers.clear();
            self.fill(&mut np, &heads, core);
            np.aside = asides;
        }
        self.out.push(Item::Np(np));
        if std::mem::take(&mut self.reopened) {
            self.out.push(Item::Open);
        }
    }

    /// Whether the phrase so far only measures what follows `of`.
    pub(super) fn measure(&self, heads: &[usize]) -> bool {
        let of = self.lower(self.at) == "of"
            && matches!(
                self.tag(1),
                Some(Tag::Det(_) | Tag::Number(_) | Tag::Noun(_) | Tag::Name(_) | Tag::Adjective)
            );
        let Some(&last) = heads.last() else { return false };
        let word = self.lower(last);
        // "the Cloud Run instances of the collector" are the collector.
        let copies = self.lexicon.roles.counted_heads.contains(&singular(word))
            && heads.iter().rev().skip(1).all(|&h| self.named_technology(h).is_some());
        // "the DetectLabels API of Rekognition" is Rekognition.
        let operation = heads.len() > 1
            && self.lexicon.roles.operation_heads.contains(&singular(word))
            && heads.iter().rev().skip(1).all(|&h| {
                let token = self.units.get(h).and_then(|u| self.tokens.get(u.start));
                token.is_some_and(|t| t.code || t.inner_capital())
            });
        // "the API of the shipping carrier" is the carrier.
        let door = heads.len() == 1 && word == "api" && self.outside_next(self.at + 1);
        // "the change feed of Cosmos DB"
        let feed = heads.len() == 1
            && matches!(
                self.words(last).as_str(),
                "change feed" | "change stream" | "oplog" | "binlog" | "redo log" | "function url"
            );
        // "the data connection of Digital Twins"
        let next = if matches!(self.tag(1), Some(Tag::Det(_))) { 2 } else { 1 };
        let part = matches!(word, "connection" | "connector" | "console" | "capture")
            && matches!(self.tag(next), Some(Tag::Name(_)));
        // "a scale set of web servers", "an auto-scaling group of workers"
        let scaled = heads.len() == 2
            && matches!(
                self.lower(heads[0]),
                "scale" | "scaling" | "auto-scaling" | "autoscaling" | "server" | "worker"
            )
            && matches!(word, "set" | "group" | "pool" | "fleet" | "farm");
        of && (heads.len() == 1 || copies || operation || part || scaled)
            && (copies
                || door
                || part
                || feed
                || operation
                || MEASURES.contains(&word)
                || word.strip_suffix('s').is_some_and(|w| MEASURES.contains(&w)))
    }

    /// Whether the phrase at `at` means something that is not the system's own.
    fn outside_next(&self, at: usize) -> bool {
        let inside = |u: &&super::super::tagging::Unit| {
            matches!(u.tag, Tag::Det(_) | Tag::Adjective | Tag::Noun(_) | Tag::Name(_))
        };
        let phrase = self.units.get(at..).unwrap_or(&[]).iter().take_while(inside);
        matches!(
            phrase.last().map(|u| &u.tag),
            Some(Tag::Noun(Some(Noun::Component(crate::model::Kind::External))))
        )
    }

    /// "every hour Airflow starts": a time ends before a name.
    fn timed(&self, heads: &[usize]) -> bool {
        let Some(&last) = heads.last() else { return false };
        let unit = self.units.get(last).is_some_and(|u| u.tag == Tag::Noun(Some(Noun::Data)));
        unit && time_unit(self.lower(last))
    }

    /// "In the build stage CodeBuild builds the image", "After approval Camunda calls": behind a first phrase with its
    /// preposition, a name before a verb is the subject.
    fn fronted(&self, heads: &[usize]) -> bool {
        let Some(&last) = heads.last() else { return false };
        let first = match self.out.as_slice() {
            [Item::Preposition(p)] => FRONTS.contains(&p.as_str()),
            [Item::Subordinator] => heads.len() == 1,
            _ => false,
        };
        let plain = self.units.get(last).is_some_and(|u| {
            matches!(u.tag, Tag::Noun(None | Some(Noun::Data | Noun::Group(_)))) && !u.plural
        });
        let acts = matches!(self.tag(1), Some(Tag::Verb(_, Form::Third | Form::Past)));
        first && plain && acts
    }

    fn named_technology(&self, unit: usize) -> Option<usize> {
        match self.units.get(unit)?.tag {
            Tag::Name(technology) => Some(technology),
            _ => None,
        }
    }

    pub(super) fn words(&self, unit: usize) -> String {
        let Some(unit) = self.units.get(unit) else { return String::new() };
        self.tokens
            .get(unit.start..unit.end)
            .unwrap_or(&[])
            .iter()
            .map(|t| t.lower.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(super) fn fill(&self, np: &mut Np, heads: &[usize], core: usize) {
        let Some(&end) = heads.last() else { return };
        // "function app A": the letter tells it from others, the noun before is the head.
        let lettered = heads.len() > 1
            && self
                .units
                .get(end)
                .and_then(|u| self.tokens.get(u.start))
                .is_some_and(|t| t.text.len() == 1 && t.capital());
        let lettered = lettered || self.named_by(heads);
        let last = heads.iter().rev().nth(usize::from(lettered));
        let Some(head_unit) = last.and_then(|&h| self.units.get(h)) else { return };
        let head = last.copied().unwrap_or(end);
        np.end = self.units.get(end).map_or(head_unit.end, |u| u.end);
        if lettered {
            np.modifiers.push(self.words(end));
        }
        if let (Tag::Noun(Some(Noun::Group(_))), Some(Tag::Number(_)), Some(number)) =
            (&head_unit.tag, self.units.get(end + 1).map(|u| &u.tag), self.units.get(end + 1))
            && self.at == end + 2
        {
            // "zone 2": the number is its name.
            np.modifiers.push(self.words(end + 1));
            np.end = number.end;
        }
        np.span = self.span(np.start, np.end);
        let first = self.units.get(core).map_or(np.start, |u| u.start);
        np.label = self.span(first.min(np.end.saturating_sub(1)), np.end);
        np.plural = head_unit.plural;
        np.operation = heads.iter().any(|&h| {
            let token = self.units.get(h).and_then(|u| self.tokens.get(u.start));
            token.is_some_and(|t| usual_operation(self.lexicon, t))
        });
        np.named = self
            .tokens
            .get(self.units.get(core).map_or(np.start, |u| u.start)..np.end)
            .is_some_and(|tokens| tokens.iter().all(|t| t.named));
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
                // "the online bank"
                Tag::Noun(_) | Tag::Adjective | Tag::Number(_) | Tag::Adverb => {
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
                        || t.capital() && (unit.start > 0 || !unit.plural && !self.lexicon.knows(&t.lower))
                });
        }
        if let (None, None, Some(token)) = (np.noun, np.technology, self.tokens.get(head_unit.start))
            && np.modifiers.is_empty()
            && head_unit.end == head_unit.start + 1
            && (token.inner_capital() || token.code)
        {
            take_apart(self.lexicon, token.text, token.code, np);
        } else if let (Some(Noun::Component(_)), None, Some(token)) =
            (np.noun, np.technology, self.units.get(core).and_then(|u| self.tokens.get(u.start)))
            && (token.inner_capital() || token.code)
        {
            take_modifier_apart(token.text, token.code, np);
        }
        if np.noun.is_none() && self.lexicon.person_head(&np.head) && np.technology.is_none() {
            np.noun = Some(Noun::Person);
        }
        let roles = &self.lexicon.roles;
        if np.noun == Some(Noun::Person)
            && roles.program_people.contains(super::super::wording::singular(&np.head).as_str())
            && np.modifiers.last().is_some_and(|m| {
                !roles.people_modifiers.contains(m) && !self.lexicon.weak(m) && !self.lexicon.adjective(m)
            })
        {
            // "the run manager" is a program, "the site manager" is somebody.
            np.noun = Some(Noun::Component(crate::model::Kind::Service));
        }
        if (np.noun == Some(Noun::Component(crate::model::Kind::Service)) || np.noun.is_none())
            && let Some(kind) = self.noun_of_tail(np)
        {
            np.noun = Some(kind);
        }
    }

    /// "namespace `web`", "topic `orders`": a name behind the noun that it belongs to.
    fn named_by(&self, heads: &[usize]) -> bool {
        let [.., noun, name] = heads else { return false };
        let unit = |at: &usize| self.units.get(*at);
        let (Some(noun), Some(name)) = (unit(noun), unit(name)) else { return false };
        let code = self.tokens.get(name.start).is_some_and(|t| t.code);
        let adjacent = noun.end == name.start;
        let names = match noun.tag {
            Tag::Noun(Some(Noun::Group(_))) => code || name.tag == Tag::Noun(None),
            Tag::Noun(Some(Noun::Component(_))) => code && name.tag == Tag::Noun(None),
            _ => false,
        };
        adjacent && names && matches!(name.tag, Tag::Noun(_)) && !noun.plural
    }

    /// The class of the last two words together: `authentication` + `service`.
    pub(super) fn noun_of_tail(&self, np: &Np) -> Option<Noun> {
        let before = np.modifiers.last().filter(|_| !np.head.is_empty())?;
        self.lexicon.noun(&format!("{before} {}", np.head)).map(|(noun, _)| noun)
    }

    /// Takes noun phrases in parentheses behind the phrase along.
    pub(super) fn aside(&mut self, np: &mut Np) {
        if !matches!(self.tag(0), Some(Tag::Mark('('))) {
            return;
        }
        let close = (self.at + 1..self.units.len().min(self.at + 14))
            .find(|&i| matches!(self.units.get(i).map(|u| &u.tag), Some(Tag::Mark(')'))));
        let Some(close) = close else { return };
        let inner = self.units.get(self.at + 1..close).unwrap_or(&[]);
        let items = appositions(self.lexicon, items(self.lexicon, self.text, self.tokens, inner));
        let items = without_places(items);
        if let [Item::Np(first), Item::Comma, ..] = items.as_slice()
            && first.technology.is_some()
            && !items.iter().all(|i| matches!(i, Item::Np(_) | Item::Comma | Item::Joint(_)))
        {
            // "(Spring Boot, two replicas behind HAProxy)": what it is comes first, the rest is read on its own.
            np.aside.push(first.clone());
            let comma =
                (self.at..close).find(|&i| matches!(self.units.get(i).map(|u| &u.tag), Some(Tag::Mark(','))));
            self.at = comma.unwrap_or(self.at) + 1;
            self.reopened = true;
            return;
        }
        let plain = items.iter().all(|i| match i {
            Item::Np(_) | Item::Comma | Item::Joint(_) | Item::Dash | Item::Adverb(_) => true,
            Item::Verb(v) => v.form == Form::Participle && v.frame == Frame::Call,
            _ => false,
        });
        let naming = matches!(items.first(), Some(Item::Verb(v)) if v.form == Form::Participle && v.frame == Frame::Call);
        if plain || naming {
            np.aside =
                items.into_iter().filter_map(|i| if let Item::Np(n) = i { Some(n) } else { None }).collect();
            self.at = close + 1;
        }
    }
}

/// Items without the phrases that say where or with what the one before them is: "(Next.js on Vercel)".
fn without_places(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut rest = items.into_iter().peekable();
    while let Some(item) = rest.next() {
        let place = matches!(&item, Item::Preposition(p) if matches!(p.as_str(), "on" | "in" | "with" | "for" | "of"));
        if place && matches!(out.last(), Some(Item::Np(_))) && matches!(rest.peek(), Some(Item::Np(_))) {
            rest.next();
        } else {
            out.push(item);
        }
    }
    out
}
