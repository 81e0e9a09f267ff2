//! What the neighbours of a word leave it to be.
//!
//! Takes places in the sentence and answers questions about what stands there or follows. It decides no tag.

use super::super::lexicon::{Closed, Det, Form, Noun, Pronoun};
use super::{Tag, Tagger, Unit, particle_frame};

impl Tagger<'_, '_> {
    /// Whether `to` at `at` opens an infinitive.
    pub(super) fn infinitive(&self, at: usize) -> bool {
        let mut next = at + 1;
        while (self.lexicon.closed(self.lower(next)).contains(&Closed::Adverb)
            || self.lower(next).ends_with("ly") && self.lexicon.noun(self.lower(next)).is_none())
            && next < at + 3
        {
            next += 1;
        }
        let word = self.lower(next);
        if self.unknown_verb(next) && self.determined(next + 1) {
            return true;
        }
        if word == "be" || word == "have" {
            return true;
        }
        let base = self.lexicon.verb_forms(word).iter().find(|(_, f)| *f == Form::Base);
        // "to fan out events"
        let paired = base.is_some_and(|&(verb, _)| {
            matches!(self.lower(next + 1), "out" | "up" | "off" | "down" | "over" | "back")
                && particle_frame(self.lexicon, verb, self.lower(next + 1)).is_some()
        });
        let one = self.units.get(next).is_some_and(|u| u.end - u.start == 1);
        if base.is_none() || !one || self.token(next).is_some_and(|t| t.capital()) {
            return false;
        }
        let noun = self.lexicon.noun(word).is_some();
        !noun || paired || self.begins_noun(next + 1) || self.pointer(next + 1)
    }

    /// Whether a word is in no list and written small: a verb nobody listed may hide in it.
    pub(super) fn unknown_verb(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Noun(None)))
            && token.word()
            && !token.code
            && !token.capital()
            && token.text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && !self.lexicon.knows(&token.lower)
    }

    /// Whether a determiner, a possessive or a personal pronoun stands there: what only an object begins with.
    pub(super) fn determined(&self, at: usize) -> bool {
        self.lexicon.closed(self.lower(at)).iter().any(|c| {
            matches!(
                c,
                Closed::Determiner(
                    Det::Definite | Det::Indefinite | Det::Possessive | Det::Demonstrative | Det::Each
                ) | Closed::Pronoun(Pronoun::It | Pronoun::They)
            )
        })
    }

    /// Whether the verb at `at` shares its object with one behind a conjunction: "reads and writes the table".
    pub(super) fn paired(&self, at: usize, form: Form) -> bool {
        let joint = matches!(self.units.get(at + 1).map(|u| &u.tag), Some(Tag::Joint(_)))
            || self.lexicon.closed(self.lower(at + 1)).iter().any(|c| matches!(c, Closed::Conjunction(_)));
        let same = self.lexicon.verb_forms(self.lower(at + 2)).iter().any(|(_, f)| *f == form);
        let before = self.before(at);
        let opens = matches!(
            before,
            None | Some(Tag::Mark(_) | Tag::Arrow | Tag::Joint(_) | Tag::To | Tag::Modal | Tag::Relative)
        );
        joint
            && same
            && !(self.finite && self.lexicon.noun(self.lower(at)).is_some())
            && (form == Form::Third || opens || self.plural_before(at))
            && (self.begins_noun(at + 3) || self.pointer(at + 3))
            && !self.lexicon.noun(self.lower(at + 2)).is_some_and(|_| {
                !self.determined(at + 3)
                    && !self.pointer(at + 3)
                    && form == Form::Third
                    && !opens
                    && self.finite
            })
    }

    /// Whether the words before a verb in its base form can be its subject: a plural, a list, people, or a name.
    pub(super) fn plural_before(&self, at: usize) -> bool {
        let Some(before) =
            self.units.get(..at).and_then(|u| u.iter().rev().find(|u| !matches!(u.tag, Tag::Adverb)))
        else {
            return true;
        };
        let word = self.tokens.get(before.start).map_or("", |t| t.lower.as_str());
        let tail = self.tokens.get(before.end.saturating_sub(1)).map_or("", |t| t.lower.as_str());
        let looks = super::plural_look(tail)
            && !self.lexicon.roles.singular_s.contains(tail)
            && !matches!(before.tag, Tag::Name(_));
        if before.plural
            || looks
            || matches!(before.tag, Tag::Noun(Some(Noun::Person)))
            || matches!(word, "data" | "media" | "people")
        {
            return true;
        }
        let inside = |u: &Unit| {
            matches!(
                u.tag,
                Tag::Noun(_)
                    | Tag::Name(_)
                    | Tag::Adjective
                    | Tag::Det(_)
                    | Tag::Joint(_)
                    | Tag::Number(_)
                    | Tag::Adverb
                    | Tag::Mark(',' | '(' | ')')
            )
        };
        let mut list: Vec<&Unit> =
            self.units.get(..at).unwrap_or(&[]).iter().rev().take_while(|u| inside(u)).collect();
        // "Then, the backend": what opens a sentence joins no list.
        if list.len() == at && matches!(list.last().map(|u| &u.tag), Some(Tag::Joint(_))) {
            list.pop();
        }
        // A list behind a preposition or a verb is no subject.
        let edge = at.checked_sub(list.len() + 1).and_then(|i| self.units.get(i)).map(|u| &u.tag);
        let several = matches!(before.tag, Tag::Name(_)) && before.plural
            || matches!(before.tag, Tag::Name(_))
                && before.end > before.start + 1
                && super::plural_look(tail);
        if several {
            return true;
        }
        if let (Some(Tag::Preposition(_)), Some(here)) = (edge, at.checked_sub(list.len() + 1)) {
            // "requests from the browser hit": the head stands before the preposition, when no verb was before.
            let fresh = self
                .units
                .get(..here)
                .unwrap_or(&[])
                .iter()
                .rev()
                .take_while(|u| !matches!(u.tag, Tag::Mark(_) | Tag::Relative | Tag::Subordinator));
            let verb = fresh.clone().any(|u| {
                matches!(
                    u.tag,
                    Tag::Verb(_, Form::Base | Form::Third | Form::Past) | Tag::Auxiliary | Tag::To
                )
            });
            return !verb && here > 0 && self.plural_before(here);
        }
        !matches!(edge, Some(Tag::Preposition(_) | Tag::Verb(..)))
            && list.iter().any(|u| matches!(u.tag, Tag::Joint(_)))
    }

    /// Whether the unit can begin a noun phrase.
    pub(super) fn begins_noun(&self, at: usize) -> bool {
        let Some(unit) = self.units.get(at) else { return false };
        match &unit.tag {
            Tag::Name(_) | Tag::Number(_) | Tag::Path => true,
            Tag::Noun(_) if self.token(at).is_some_and(|t| t.named) => true,
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
                let joined = matches!(self.units.get(at + 1).map(|u| &u.tag), Some(Tag::Joint(_)))
                    || self
                        .lexicon
                        .closed(self.lower(at + 1))
                        .iter()
                        .any(|c| matches!(c, Closed::Conjunction(_)));
                let adjective = forms.iter().any(|(_, f)| matches!(f, Form::Participle | Form::Gerund))
                    && (self.noun_like(at + 1) || joined || self.noun_word(at + 1));
                if lower == "which" || lower == "who" {
                    return false;
                }
                opens || adjective || closed.is_empty() && (forms.is_empty() || self.lexicon.adjective(lower))
            }
            Tag::Mark(c) => matches!(c, '"' | '\'' | '“'),
            _ => false,
        }
    }

    pub(super) fn noun_like(&self, at: usize) -> bool {
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Noun(Some(_)) | Tag::Name(_)))
    }

    /// Whether a noun of whatever sort or a name stands there.
    pub(super) fn noun_or_name(&self, at: usize) -> bool {
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Noun(_) | Tag::Name(_)))
    }

    /// Whether a word stands there that is in no closed class and no verb: a noun nobody listed.
    fn noun_word(&self, at: usize) -> bool {
        let lower = self.lower(at);
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Noun(None)))
            && self.lexicon.verb_forms(lower).is_empty()
            && self.lexicon.closed(lower).is_empty()
            || lower == "ones"
    }

    pub(super) fn component_like(&self, at: usize) -> bool {
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Noun(Some(Noun::Component(_)))))
    }

    /// Whether a preposition, adverb or `to` stands there.
    pub(super) fn pointer(&self, at: usize) -> bool {
        let lower = self.lower(at);
        matches!(self.units.get(at).map(|u| &u.tag), Some(Tag::Preposition(_) | Tag::To))
            || self.lexicon.closed(lower).iter().any(|c| matches!(c, Closed::Preposition | Closed::Adverb))
    }

    /// Whether a finite verb or auxiliary may stand there.
    pub(super) fn verbal(&self, at: usize) -> bool {
        let Some(unit) = self.units.get(at) else { return false };
        if unit.end - unit.start > 1 || !matches!(unit.tag, Tag::Noun(_) | Tag::Verb(..)) {
            return false;
        }
        let lower = self.lower(at);
        if lower == "live" && self.noun_like(at + 1) {
            return false;
        }
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
    pub(super) fn clause_follows(&self, at: usize) -> bool {
        for next in at..(at + 14).min(self.units.len()) {
            // "after each match and writes the forecast": what follows `and` goes on with the verb before.
            let third = self.lexicon.verb_forms(self.lower(next + 1)).iter().any(|(_, f)| *f == Form::Third);
            if matches!(self.lower(next), "and" | "or" | "then") && third && next > at {
                return false;
            }
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
                    let people = matches!(
                        self.units.get(next.wrapping_sub(1)).map(|u| &u.tag),
                        Some(Tag::Noun(Some(Noun::Person)))
                    );
                    if next > at && people && base && self.pointer(next + 1) {
                        return true;
                    }
                }
                _ => {}
            }
        }
        false
    }

    pub(super) fn participle_follows(&self, mut at: usize) -> bool {
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
    pub(super) fn could_be_verb(&self, at: usize) -> bool {
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

    /// Whether the clause before has the shape "metrics to Prometheus", so that "and logs to Loki" has the same verb.
    pub(super) fn gapped(&self, at: usize) -> bool {
        let preposition = self.lower(at + 1);
        let data = |u: &Unit| matches!(u.tag, Tag::Noun(Some(Noun::Data)));
        (1..at).any(|i| self.lower(i) == preposition && self.units.get(i - 1).is_some_and(data))
    }

    /// Whether a finite verb stands behind `at` in the same clause.
    pub(super) fn finite_later(&self, at: usize) -> bool {
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
}
