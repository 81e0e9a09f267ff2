//! Words of closed classes: determiners, pronouns, prepositions, auxiliaries and the like.
//!
//! Takes a word that may be one of them and gives its tag, or nothing when the word is an open one here.

use super::super::lexicon::{Closed, Det, Form, Frame, Joint, Noun, Pronoun};
use super::{Tag, Tagger};

impl Tagger<'_, '_> {
    pub(super) fn closed(&self, at: usize, lower: &str) -> Option<Tag> {
        let next = self.next_word(at);
        let noun_next = self.begins_noun(at + 1);
        if lower == "a"
            && matches!(self.units.get(at.wrapping_sub(1)).map(|u| &u.tag), Some(Tag::Noun(_) | Tag::Name(_)))
            && self.token(at).is_some_and(|t| t.text == "A")
        {
            return None;
        }
        // "the HIS", "the IT": behind an article, what is written in capitals is a name.
        let capitals =
            self.token(at).is_some_and(|t| t.text.len() > 1 && t.text.chars().all(char::is_uppercase));
        if capitals && at > 0 && matches!(self.units.get(at - 1).map(|u| &u.tag), Some(Tag::Det(_))) {
            return None;
        }
        match lower {
            "to" => {
                return Some(if self.infinitive(at) { Tag::To } else { Tag::Preposition("to".to_owned()) });
            }
            "that" => {
                let noun_before =
                    matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_) | Tag::Mark(',' | ')')));
                let verb_next = self.verbal(at + 1);
                let pointed = matches!(self.before(at), Some(Tag::Preposition(_))) && self.noun_like(at + 1);
                return Some(if pointed {
                    Tag::Det(Det::Demonstrative)
                } else if noun_before && verb_next || noun_before && self.begins_noun(at + 1) {
                    Tag::Relative
                } else if noun_next && !verb_next {
                    let said = matches!(self.before(at), Some(Tag::Verb(..) | Tag::Adjective));
                    if said && self.finite_later(at + 2) {
                        Tag::Subordinator
                    } else {
                        Tag::Det(Det::Demonstrative)
                    }
                } else {
                    Tag::Pronoun(Pronoun::This)
                });
            }
            // "the image is stored, so the scanner reads it" tells two deeds; "so clerks can see it" tells what for.
            "so" if matches!(self.before(at), Some(Tag::Mark(','))) && !self.modal_follows(at + 1) => {
                return Some(Tag::Joint(Joint::And));
            }
            "which" | "who" | "whom" => return Some(Tag::Relative),
            "whose" => return Some(Tag::Relative),
            "where" => return Some(if at > 0 { Tag::Relative } else { Tag::Subordinator }),
            "one" if matches!(self.before(at), Some(Tag::Det(_))) => return Some(Tag::Noun(None)),
            // "both of them go through the gateway"
            "both" | "all" if next == "of" && matches!(self.lower(at + 2), "them" | "these" | "those") => {
                return Some(Tag::Adverb);
            }
            "of" if matches!(self.lower(at.wrapping_sub(1)), "both" | "all")
                && matches!(next, "them" | "these" | "those") =>
            {
                return Some(Tag::Adverb);
            }
            "them" | "these" | "those"
                if self.lower(at.wrapping_sub(1)) == "of" && self.lower(at.wrapping_sub(2)) == "both" =>
            {
                return Some(Tag::Pronoun(Pronoun::Both));
            }
            "all" | "each" | "both" | "either" | "some" | "most" | "many" | "any" if next == "of" => {
                return Some(Tag::Det(Det::Each));
            }
            "both" | "all" | "each" | "either" | "neither"
                if matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_)))
                    && (!noun_next || self.verbal(at + 1) && !self.determined(at + 1)) =>
            {
                return Some(Tag::Adverb);
            }
            "either" | "neither" | "both" | "all" | "each"
                if next != "of"
                    && (!noun_next && !(lower == "each" && self.owner_of_place(at))
                        || self.counted_alone(at, lower)) =>
            {
                return Some(Tag::Pronoun(if lower == "both" { Pronoun::Both } else { Pronoun::They }));
            }
            "only"
                if matches!(self.before(at), Some(Tag::Pronoun(_) | Tag::Relative))
                    || matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_)))
                        && self
                            .lexicon
                            .verb_forms(next)
                            .iter()
                            .any(|(_, f)| matches!(f, Form::Third | Form::Base)) =>
            {
                return Some(Tag::Adverb);
            }
            // "one job counts while another one raises alerts": beside what was said, no condition of it.
            "while" | "whereas" if at > 0 && self.said_before(at) => return Some(Tag::Joint(Joint::And)),
            // "polls it twice a second": a time, unless something follows that is counted.
            "second" if at > 1 && self.rate(at) && !noun_next => return Some(Tag::Noun(Some(Noun::Data))),
            // "40 requests per second": a unit, not the second of several.
            "second" if matches!(self.before(at), Some(Tag::Preposition(p)) if p == "per") => return None,
            // "polls it every second and shows it"
            "second" if at > 0 && self.lower(at - 1) == "every" && !noun_next => {
                return Some(Tag::Noun(Some(Noun::Data)));
            }
            "without" if noun_next => return Some(Tag::Preposition("without".to_owned())),
            "near" if matches!(next, "real-time" | "realtime" | "real") => return Some(Tag::Adverb),
            "given" if matches!(self.before(at), Some(Tag::Auxiliary | Tag::Modal)) => return None,
            _ if self.lexicon.adjective(lower)
                && self.lexicon.closed(lower).contains(&Closed::Adverb)
                && matches!(self.before(at), Some(Tag::Det(_) | Tag::Possessive))
                && (self.noun_like(at + 1) || noun_next) =>
            {
                return Some(Tag::Adjective);
            }
            "no" => return Some(if next == "longer" { Tag::Negation } else { Tag::Det(Det::None) }),
            // "which itself listens to Postgres"
            "itself" | "themselves" | "himself" | "herself"
                if matches!(self.before(at), Some(Tag::Relative | Tag::Noun(_) | Tag::Name(_))) =>
            {
                return Some(Tag::Adverb);
            }
            // "is then established"
            "then" if matches!(self.before(at), Some(Tag::Auxiliary | Tag::Modal)) => {
                return Some(Tag::Adverb);
            }
            // "is written back as an annotation"
            "back" if matches!(self.before(at), Some(Tag::Verb(..))) && !noun_next => {
                return Some(Tag::Adverb);
            }
            "like" if self.verbal(at + 1) => return Some(Tag::Adverb),
            "there" if matches!(self.before(at), Some(Tag::Preposition(_))) => {
                return Some(Tag::Pronoun(Pronoun::There));
            }
            "there" if self.put_by(at) && !noun_next => return Some(Tag::Pronoun(Pronoun::There)),
            "as" if noun_next && (self.plays_by(at) || !self.clause_follows(at + 1)) => {
                return Some(Tag::Preposition("as".to_owned()));
            }
            "as" if self.lexicon.verb_forms(next).iter().any(|(_, f)| *f == Form::Participle) && at > 0 => {
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
        // "isn't in the cache": the verb is in the word.
        if classes.contains(&Closed::Negation) && matches!(lower, "isn't" | "aren't" | "wasn't" | "weren't") {
            return Some(Tag::Auxiliary);
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

    pub(super) fn next_word(&self, at: usize) -> &str {
        self.lower(at + 1)
    }

    /// Whether a clause with its finite verb stands before it.
    fn said_before(&self, at: usize) -> bool {
        let finite = |u: &super::Unit| {
            matches!(u.tag, Tag::Verb(_, Form::Third | Form::Base | Form::Past) | Tag::Auxiliary | Tag::Modal)
        };
        self.units.get(..at).unwrap_or(&[]).iter().any(finite)
    }

    /// Whether a verb of sending or storing stands before it: "writes there".
    fn put_by(&self, at: usize) -> bool {
        matches!(self.before(at), Some(Tag::Verb(verb, _))
            if self.lexicon.verb(*verb).is_some_and(|v| matches!(v.frame, Frame::Send | Frame::Store)))
    }

    /// Whether a verb of playing a part stands before it: "acts as a relay and posts".
    fn plays_by(&self, at: usize) -> bool {
        matches!(self.before(at), Some(Tag::Verb(verb, _)) if self.lexicon.verb(*verb)
            .is_some_and(|v| matches!(v.lemma, "act" | "serve" | "work" | "run" | "operate")))
    }

    /// Whether a preposition stands before and a base form behind: "in each house" is a place, however "each push" is meant.
    fn owner_of_place(&self, at: usize) -> bool {
        let forms = self.lexicon.verb_forms(self.lower(at + 1));
        matches!(self.before(at), Some(Tag::Preposition(_))) && forms.iter().all(|(_, f)| *f == Form::Base)
    }

    /// Whether "a" right behind a noun or adverb stands before it: "ten times a second".
    fn rate(&self, at: usize) -> bool {
        let counted = at.checked_sub(2).and_then(|at| self.units.get(at)).map(|u| &u.tag);
        self.lower(at - 1) == "a" && matches!(counted, Some(Tag::Noun(_) | Tag::Name(_) | Tag::Adverb))
    }

    /// Whether the clause from `at` on says what can, may or should be done.
    fn modal_follows(&self, at: usize) -> bool {
        let modal = |at: usize| self.lexicon.closed(self.lower(at)).contains(&Closed::Modal);
        let ends = |at: usize| matches!(self.units.get(at).map(|u| &u.tag), None | Some(Tag::Mark(_)));
        (at..at + CLAUSE).take_while(|&i| !ends(i)).any(modal)
    }

    /// Whether a word that counts is the subject itself although the next one may be a noun: "Both call an API",
    /// "Each queries the index". The number tells: no singular stands behind "both", no plural behind "each".
    fn counted_alone(&self, at: usize, lower: &str) -> bool {
        let form = if matches!(lower, "both" | "all") { Form::Base } else { Form::Third };
        let bound = self.lexicon.closed(self.lower(at + 2)).contains(&Closed::Preposition) && lower != "all";
        self.lexicon.verb_forms(self.lower(at + 1)).iter().any(|(_, f)| *f == form)
            && (self.determined(at + 2) || bound)
    }
}

/// How far a clause's modal verb stands behind its beginning at most, in units.
const CLAUSE: usize = 8;
