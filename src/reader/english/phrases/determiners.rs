//! What stands before a noun: articles, numbers, ordinals, adjectives that wait for a noun to come.
//!
//! Takes units at the chunker's place and notes them in the noun phrase under way.

use super::super::lexicon::{Det, Pronoun};
use super::super::tagging::Tag;
use super::super::tokens::Shape;
use super::{Chunker, Item, Np};

/// Bare numbers that are years.
const YEARS: std::ops::RangeInclusive<u32> = 1990..=2099;

impl Chunker<'_> {
    /// "public and private subnets": the adjective waits for the head of the list.
    pub(super) fn shared_adjective(&mut self, mut np: Np) {
        let Some(unit) = self.units.get(self.at) else { return };
        np.head = self.words(self.at);
        np.end = unit.end;
        np.span = self.span(np.start, np.end);
        np.label = self.span(unit.start, unit.end);
        self.out.push(Item::Np(np));
        self.at += 1;
    }

    /// "one", "the other", "all three": a phrase without a noun stands for one said before.
    pub(super) fn elliptic(&mut self, np: Np) {
        let end = self.units.get(self.at - 1).map_or(np.start + 1, |u| u.end);
        let span = self.span(np.start, end);
        // "in 2027" is a time, not so many of what was said before.
        if np.det == Det::Bare && np.quantity.is_some_and(|q| YEARS.contains(&q)) || self.clock(&np) {
            return;
        }
        if np.det == Det::Other && np.quantity.is_none() && !np.own {
            self.out.push(Item::Np(Np { end, span, label: span, head: "one".to_owned(), ..np }));
            return;
        }
        let pronoun = match np.det {
            Det::Each if self.at > 0 && self.lower(self.at - 1) == "both" => Pronoun::Both,
            Det::Each => Pronoun::They,
            _ if np.quantity.is_some_and(|q| q > 1) => Pronoun::They,
            _ => Pronoun::It,
        };
        self.out.push(Item::Np(Np { end, span, label: span, pronoun: Some(pronoun), ..np }));
    }

    /// "every Sunday from 2 to 5", "at 6": figures alone behind a preposition are times of day.
    fn clock(&self, np: &Np) -> bool {
        let written = self.tokens.get(np.start).is_some_and(|t| t.shape == Shape::Number);
        let placed = matches!(
            self.out.last(),
            Some(Item::Preposition(p)) if matches!(p.as_str(), "from" | "to" | "at" | "until" | "between" | "by")
        );
        written && placed && np.det == Det::Bare
    }

    pub(super) fn determiners(&mut self, np: &mut Np) {
        while let Some(tag) = self.tag(0).cloned() {
            let before_of = self.lower(self.at + 1) == "of";
            match tag {
                Tag::Adverb | Tag::Adjective
                    if self.lower(self.at) == "first"
                        && np.det != Det::Bare
                        && matches!(self.tag(1), Some(Tag::Noun(_) | Tag::Name(_) | Tag::Adjective)) =>
                {
                    np.ordinal = Some(1);
                }
                Tag::Det(det) => {
                    np.ordinal = np.ordinal.or(match self.lower(self.at) {
                        "second" => Some(2),
                        "third" => Some(3),
                        "fourth" => Some(4),
                        _ => None,
                    });
                    np.own |= matches!(self.lower(self.at), "own" | "separate" | "dedicated");
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
                Tag::Number(_)
                    if !before_of
                        && matches!(
                            self.tag(1),
                            Some(Tag::Det(
                                Det::Indefinite | Det::Definite | Det::Possessive | Det::Demonstrative
                            ))
                        ) =>
                {
                    // "at six a script": the number says when.
                    let span = self.span(np.start, np.start + 1);
                    let hour = Np {
                        start: np.start,
                        end: np.start + 1,
                        span,
                        label: span,
                        head: "hour".to_owned(),
                        ..Np::default()
                    };
                    self.out.push(Item::Np(hour));
                    self.at += 1;
                    np.start += 1;
                    continue;
                }
                // "five hundred gateways"
                Tag::Number(n)
                    if matches!(n, 100 | 1000 | 1_000_000) && np.quantity.is_some_and(|q| q < n) =>
                {
                    np.quantity = np.quantity.map(|q| q.saturating_mul(n));
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
            ) && self.lower(self.at) != "first"
                && !(self.lower(self.at) == "of"
                    && matches!(
                        self.tag(1),
                        Some(Tag::Det(_) | Tag::Number(_) | Tag::Noun(_) | Tag::Name(_) | Tag::Adjective)
                    ));
            if ends {
                break;
            }
        }
    }
}
