//! Words that only the rest of the sentence makes a verb or a noun: second deeds, causatives, subjects told by a clause.
//!
//! Takes places in the sentence and answers questions about what is done there. It decides no tag.

use super::super::lexicon::{Closed, Form, Frame, Noun};
use super::{Tag, Tagger};

impl Tagger<'_, '_> {
    /// "has the document service produce the contract": a base form behind who is made to do it.
    pub(super) fn caused(&self, at: usize) -> bool {
        let mut back = self
            .units
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .skip_while(|u| matches!(u.tag, Tag::Noun(_) | Tag::Name(_) | Tag::Adjective));
        let who = matches!(
            self.before(at),
            Some(Tag::Noun(Some(Noun::Component(_) | Noun::Person)) | Tag::Name(_))
        );
        let determined = back.next().is_some_and(|u| matches!(u.tag, Tag::Det(_)));
        let makes = |u: &super::Unit| match u.tag {
            Tag::Verb(verb, Form::Third | Form::Base) => {
                self.lexicon.verb(verb).is_some_and(|v| matches!(v.lemma, "have" | "let" | "make"))
            }
            _ => false,
        };
        // "has Whisper transcribe it"
        let named = matches!(self.before(at), Some(Tag::Name(_)))
            && at.checked_sub(2).and_then(|b| self.units.get(b)).is_some_and(makes);
        (who && determined && back.next().is_some_and(makes) || named) && self.determined(at + 1)
    }

    /// "copies the products from A and the customer records from B": what is kept "from" somewhere is a noun where the
    /// same preposition stood behind a noun before.
    pub(super) fn moved_from(&self, at: usize, verb: &Tag) -> bool {
        let Tag::Verb(verb, _) = verb else { return false };
        let keeps = self.lexicon.verb(*verb).is_some_and(|v| v.frame == Frame::Store);
        let before =
            |i: usize| self.units.get(i).is_some_and(|u| matches!(u.tag, Tag::Noun(_) | Tag::Name(_)));
        keeps && self.lower(at + 1) == "from" && (1..at).any(|i| self.lower(i) == "from" && before(i - 1))
    }

    /// "on a miss ask Aurora": a base form behind a phrase with its preposition, and with an object of its own, bids.
    pub(super) fn bidden(&self, at: usize) -> bool {
        let phrase = |u: &super::Unit| matches!(u.tag, Tag::Noun(_) | Tag::Adjective | Tag::Det(_));
        let before = self.units.get(..at).unwrap_or(&[]);
        let start = before.iter().rposition(|u| !phrase(u));
        let opens = start.is_some_and(|s| {
            let behind = s.checked_sub(1).and_then(|b| before.get(b)).map(|u| &u.tag);
            matches!(before.get(s).map(|u| &u.tag), Some(Tag::Preposition(p)) if matches!(p.as_str(), "on" | "upon" | "after" | "in" | "at"))
                && matches!(behind, None | Some(Tag::Mark(_) | Tag::Joint(_)))
        });
        let object =
            self.determined(at + 1) || matches!(self.units.get(at + 1).map(|u| &u.tag), Some(Tag::Name(_)));
        opens && object
    }

    /// "Documents stores photos and hands each to a model": a bare plural before a verb's third person, with an object behind
    /// it and no verb of its own later, is a name. Words before a noun stand in the singular.
    pub(super) fn named_in_plural(&self, at: usize) -> bool {
        let opens = match at.checked_sub(2) {
            None => at == 1,
            Some(b) => matches!(self.units.get(b).map(|u| &u.tag), Some(Tag::Mark(';' | '.' | ':'))),
        };
        let plural = self.units.get(..at).and_then(|u| u.last()).is_some_and(|u| {
            u.plural && u.end == u.start + 1 && matches!(u.tag, Tag::Noun(Some(Noun::Data) | None))
        });
        let capital = at.checked_sub(1).is_some_and(|b| self.token(b).is_some_and(|t| t.capital()));
        let later = (at + 1..self.units.len()).any(|i| {
            let joined = matches!(self.units.get(i - 1).map(|u| &u.tag), Some(Tag::Joint(_)))
                || self.lexicon.closed(self.lower(i - 1)).iter().any(|c| matches!(c, Closed::Conjunction(_)));
            let word = self.lower(i);
            let third =
                self.lexicon.verb_forms(word).iter().any(|(_, f)| matches!(f, Form::Third | Form::Base));
            let helps =
                self.lexicon.closed(word).iter().any(|c| matches!(c, Closed::Auxiliary | Closed::Modal));
            !joined
                && (helps
                    || third && self.lexicon.noun(word).is_none() && self.lexicon.closed(word).is_empty())
        });
        let object = self.begins_noun(at + 1) && !self.pointer(at + 1);
        opens && plural && capital && object && !later && !self.finite
    }

    /// Whether a base form stands before a noun that is no object of its own: "log entries".
    pub(super) fn modifies(&self, at: usize) -> bool {
        let forms = self.lexicon.verb_forms(self.lower(at));
        let base = !forms.is_empty() && forms.iter().all(|(_, f)| matches!(f, Form::Base | Form::Past));
        base && self.noun_or_name(at + 1) && !self.determined(at + 1) && !self.verbal(at + 1)
    }

    /// "reads maps from Redis": a third person right behind another, with a preposition and no object behind it, is a plural.
    pub(super) fn object_in_plural(&self, at: usize) -> bool {
        let third = self.lexicon.verb_forms(self.lower(at)).iter().any(|(_, f)| *f == Form::Third);
        let preposition = self.lexicon.closed(self.lower(at + 1)).contains(&Closed::Preposition);
        let behind_third = at
            .checked_sub(1)
            .is_some_and(|b| self.lexicon.verb_forms(self.lower(b)).iter().any(|(_, f)| *f == Form::Third));
        third && preposition && behind_third
    }

    /// "a function with a timeout of 30 seconds calls": whether one thing opens the clause, and all behind it belongs to
    /// phrases with prepositions.
    pub(super) fn subject_before_phrase(&self, at: usize) -> bool {
        let before = self.units.get(..at).unwrap_or(&[]);
        let start =
            before.iter().rposition(|u| matches!(u.tag, Tag::Mark(_) | Tag::Joint(_) | Tag::Subordinator));
        let clause = before.get(start.map_or(0, |s| s + 1)..).unwrap_or(&[]);
        let Some(phrase) = clause.iter().position(|u| matches!(u.tag, Tag::Preposition(_))) else {
            return false;
        };
        let nominal = |u: &super::Unit| {
            matches!(u.tag, Tag::Noun(_) | Tag::Name(_) | Tag::Adjective | Tag::Det(_) | Tag::Number(_))
        };
        let (subject, rest) = clause.split_at(phrase);
        let one = subject.last().is_some_and(|u| {
            !u.plural && matches!(u.tag, Tag::Name(_) | Tag::Noun(Some(Noun::Component(_))))
        });
        one && subject.iter().all(nominal)
            && rest.iter().all(|u| nominal(u) || matches!(u.tag, Tag::Preposition(_)))
            && rest.last().is_some_and(|u| matches!(u.tag, Tag::Noun(_)))
    }

    /// Whether the nouns right before a word have an article.
    pub(super) fn articled(&self, at: usize) -> bool {
        let mut back = self.units.get(..at).unwrap_or(&[]).iter().rev();
        let before = back.find(|u| !matches!(u.tag, Tag::Noun(_) | Tag::Adjective));
        before.is_some_and(|u| matches!(u.tag, Tag::Det(super::Det::Indefinite | super::Det::Definite)))
    }

    /// "for routing user requests from the app": whether a gerund behind a preposition has the words before `at` as its object.
    pub(super) fn behind_gerund(&self, at: usize) -> bool {
        let tag = |back: usize| at.checked_sub(back).and_then(|b| self.units.get(b)).map(|u| &u.tag);
        matches!(tag(2), Some(Tag::Verb(_, Form::Gerund))) && matches!(tag(3), Some(Tag::Preposition(_)))
    }

    /// Whether the same word stood before as the head of an object, with the same kind of noun before it and `and` between.
    pub(super) fn heads_again(&self, at: usize) -> bool {
        let word = self.lower(at);
        let data = |at: usize| {
            at.checked_sub(1).and_then(|b| self.units.get(b)).is_some_and(|u| matches!(u.tag, Tag::Noun(_)))
        };
        let joined = at
            .checked_sub(2)
            .and_then(|b| self.units.get(b))
            .is_some_and(|u| matches!(u.tag, Tag::Joint(_) | Tag::Mark(',')));
        let same = |i: usize| {
            self.lower(i) == word
                && self.units.get(i).is_some_and(|u| matches!(u.tag, Tag::Noun(_)))
                && data(i)
        };
        joined && data(at) && (0..at).any(same)
    }

    /// "Messages that fail three times are moved": a sentence that opens with a plural, a relative clause and a verb behind it.
    pub(super) fn told_at_once(&self, at: usize) -> bool {
        let relative = matches!(self.lower(at + 1), "that" | "which" | "who" | "whose");
        let finite = |next: &usize| self.verbal(*next) && !self.determined(*next);
        relative && (at + 2..self.units.len()).filter(finite).count() >= 2
    }

    /// "aggregates the tickets and writes sums to the table": what follows `and` does a second thing, to what could be a verb
    /// by its look.
    pub(super) fn second_deed(&self, at: usize) -> bool {
        let first =
            self.units.get(..at).unwrap_or(&[]).iter().any(|u| matches!(u.tag, Tag::Verb(_, Form::Third)));
        let object = self.lower(at + 1);
        first
            && object.ends_with('s')
            && self.lexicon.noun(object).is_none()
            && self.pointer(at + 2)
            && matches!(self.units.get(at + 1).map(|u| &u.tag), Some(Tag::Noun(None)))
            && !self.lexicon.verb_forms(object).is_empty()
    }

    /// "Patients book, move and cancel appointments": several deeds in a row, with one object.
    pub(super) fn row_of_deeds(&self, at: usize, form: Form) -> bool {
        let subject = matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_) | Tag::Modal | Tag::To));
        let comma = |i: usize| matches!(self.units.get(i).map(|u| &u.tag), Some(Tag::Mark(',')));
        let deed = |i: usize| self.lexicon.verb_forms(self.lower(i)).iter().any(|(_, f)| *f == form);
        let joint =
            |i: usize| self.lexicon.closed(self.lower(i)).iter().any(|c| matches!(c, Closed::Conjunction(_)));
        let mut next = at + 1;
        while comma(next) && deed(next + 1) {
            next += 2;
        }
        let last = if comma(next) { next + 1 } else { next };
        let agrees = form == Form::Third
            || self.plural_before(at)
            || !matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_)));
        subject
            && agrees
            && !self.finite
            && next > at + 1
            && joint(last)
            && deed(last + 1)
            && (self.begins_noun(last + 2) || self.pointer(last + 2))
    }

    /// "collects metrics and logs from the hosts": behind data and `and`, what comes from somewhere is data, too.
    pub(super) fn more_data(&self, at: usize, noun: Option<Noun>) -> bool {
        let data = |u: &super::Unit| u.plural && matches!(u.tag, Tag::Noun(Some(Noun::Data)));
        let before = at.checked_sub(2).and_then(|b| self.units.get(b)).is_some_and(data);
        noun == Some(Noun::Data) && before && matches!(self.lower(at + 1), "from" | "of" | "for" | "about")
    }

    /// "Messages that fail three times end up in a queue": whether the only verb so far is that of the subject's relative
    /// clause.
    pub(super) fn main_verb_due(&self, at: usize) -> bool {
        let before = self.units.get(..at).unwrap_or(&[]);
        let start = before.iter().rposition(|u| matches!(u.tag, Tag::Mark(';' | ':'))).map_or(0, |m| m + 1);
        let clause = before.get(start..).unwrap_or(&[]);
        let Some(relative) = clause.iter().position(|u| matches!(u.tag, Tag::Relative)) else { return false };
        // "could not be delivered" is one verb.
        let verb = |u: &super::Unit| matches!(u.tag, Tag::Verb(..) | Tag::Auxiliary | Tag::Modal);
        let inside = |u: &super::Unit| verb(u) || matches!(u.tag, Tag::Negation | Tag::Adverb);
        let verbs =
            |units: &[super::Unit]| units.split(|u| !inside(u)).filter(|run| run.iter().any(verb)).count();
        let (subject, told) = clause.split_at(relative);
        let phrase = subject.iter().all(|u| {
            matches!(u.tag, Tag::Noun(_) | Tag::Name(_) | Tag::Adjective | Tag::Det(_) | Tag::Number(_))
        });
        phrase && !subject.is_empty() && verbs(subject) == 0 && verbs(told) == 1
    }

    /// Whether what stands before the relative clause is several: "events that could not be delivered go to a queue".
    pub(super) fn plural_start(&self, at: usize) -> bool {
        let before = self.units.get(..at).unwrap_or(&[]);
        let relative = before.iter().rposition(|u| matches!(u.tag, Tag::Relative));
        relative.and_then(|r| before.get(r.checked_sub(1)?)).is_some_and(|u| u.plural)
    }

    /// "store X in Y and cache frequently used data in Z": a base form behind `and` whose object follows, where a base
    /// form came before.
    pub(super) fn another_deed(&self, at: usize, before: Option<&Tag>) -> bool {
        if !matches!(before, Some(Tag::Joint(_) | Tag::Mark(','))) {
            return false;
        }
        let based =
            self.units.get(..at).unwrap_or(&[]).iter().any(|u| matches!(u.tag, Tag::Verb(_, Form::Base)));
        let mut next = at + 1;
        while self.lower(next).ends_with("ly")
            || self.lexicon.closed(self.lower(next)).contains(&Closed::Adverb)
        {
            next += 1;
        }
        let used = self.lexicon.verb_forms(self.lower(next)).iter().any(|(_, f)| *f == Form::Participle);
        // "and cache rendered invoices in Redis"
        let made = used
            && matches!(self.units.get(next + 1).map(|u| &u.tag), Some(Tag::Noun(_)))
            && self.pointer(next + 2);
        // "communicate over gRPC and store state in PostgreSQL"
        let placed = self
            .units
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take_while(|u| !matches!(u.tag, Tag::Verb(..)))
            .any(|u| matches!(u.tag, Tag::Preposition(_)));
        let data = matches!(self.units.get(next).map(|u| &u.tag), Some(Tag::Noun(Some(Noun::Data))));
        let made = made || placed && data && self.pointer(next + 1);
        // "which read the sample from the bucket, and write variant files to another"
        let writes =
            matches!(self.lower(at), "write" | "read" | "update" | "store" | "query" | "upload" | "load")
                && placed
                && next == at + 1
                && matches!(self.units.get(next).map(|u| &u.tag), Some(Tag::Noun(None | Some(Noun::Data))))
                && matches!(self.units.get(next + 1).map(|u| &u.tag), Some(Tag::Noun(_)))
                && self.pointer(next + 2);
        let made = made || writes;
        based && (self.determined(next) || made || next > at + 1 && (used || self.begins_noun(next)))
    }

    /// "The API reads routes from Postgres": of two words that may be verbs behind one thing, the first is, and the second is
    /// what it is done to.
    pub(super) fn reads_several(&self, at: usize) -> bool {
        let third = |i: usize| self.lexicon.verb_forms(self.lower(i)).iter().any(|(_, f)| *f == Form::Third);
        let one = at.checked_sub(1).and_then(|b| self.units.get(b)).is_some_and(|u| {
            !u.plural
                && matches!(u.tag, Tag::Noun(Some(super::super::lexicon::Noun::Component(_))) | Tag::Name(_))
        });
        let moved =
            matches!(self.lower(at + 2), "from" | "to" | "into" | "in" | "for" | "via" | "through" | "over");
        one && third(at + 1) && moved && !self.finite_later(at + 3)
    }

    /// "Log files from the servers are shipped": what opens the sentence bids nothing where its words have a verb of their own.
    pub(super) fn opens_subject(&self, at: usize) -> bool {
        let thing = self.units.get(at + 1).is_some_and(|u| u.plural && matches!(u.tag, Tag::Noun(_)));
        if at != 0 || !thing {
            return false;
        }
        for next in at + 2..self.units.len() {
            let lower = self.lower(next);
            let closed = self.lexicon.closed(lower);
            if closed.iter().any(|c| {
                matches!(c, super::super::lexicon::Closed::Auxiliary | super::super::lexicon::Closed::Modal)
            }) {
                return true;
            }
            let ends = matches!(
                self.units.get(next).map(|u| &u.tag),
                Some(Tag::Mark(_) | Tag::Joint(_) | Tag::Relative)
            );
            if ends
                || matches!(
                    lower,
                    "that" | "which" | "who" | "where" | "and" | "or" | "when" | "if" | "while"
                )
            {
                return false;
            }
        }
        false
    }
}
