//! Whether a word that may be a verb is one here, and in which form.
//!
//! Takes a word with its neighbours and gives a verb's tag, an adjective's, or nothing when the word is a noun here.

use super::super::lexicon::{Closed, Form, Frame, Noun};
use super::super::tokens::Token;
use super::{Tag, Tagger, UNLISTED};

impl Tagger<'_, '_> {
    /// Whether the words before belong to the object of the clause's verb: "write the field maps".
    fn inside_object(&self, at: usize) -> bool {
        let mut back = self.units.get(..at).unwrap_or(&[]).iter().rev();
        let determined = back
            .by_ref()
            .find(|u| !matches!(u.tag, Tag::Noun(_) | Tag::Name(_) | Tag::Adjective))
            .is_some_and(|u| matches!(u.tag, Tag::Det(_)));
        determined
            && back
                .next()
                .is_some_and(|u| matches!(u.tag, Tag::Verb(_, Form::Third | Form::Base | Form::Past)))
    }

    pub(super) fn verb(&self, at: usize, lower: &str) -> Option<Tag> {
        let forms = self.lexicon.verb_forms(lower);
        let pick = |wanted: Form| forms.iter().find(|(_, f)| *f == wanted).map(|&(v, f)| Tag::Verb(v, f));
        let before = self.before(at).cloned();
        // "having loaded the plan"
        let done =
            |at: usize| self.lexicon.verb_forms(self.lower(at)).iter().any(|(_, f)| *f == Form::Participle);
        if lower == "having" && done(at + 1) {
            return Some(Tag::Adverb);
        }
        // "a Logic App run hourly"
        let pace = matches!(
            self.lower(at + 1),
            "hourly" | "daily" | "nightly" | "weekly" | "monthly" | "every" | "once"
        );
        let one = self.units.get(..at).and_then(|u| u.last()).is_some_and(|u| !u.plural);
        if lower == "run" && pace && one && matches!(before, Some(Tag::Noun(_) | Tag::Name(_))) {
            return pick(Form::Participle);
        }
        // "a trigger called `onUpload`"
        if matches!(self.lower(at + 1), "called" | "named")
            && matches!(before, Some(Tag::Name(_) | Tag::Noun(_)))
        {
            return None;
        }
        // "shows the same numbers live"
        let ends = matches!(self.units.get(at + 1).map(|u| &u.tag), None | Some(Tag::Mark(_)));
        if lower == "live" && ends && matches!(before, Some(Tag::Noun(_))) {
            return Some(Tag::Adverb);
        }
        // "gets live positions"
        if lower == "live" && self.noun_like(at + 1) && !matches!(before, Some(Tag::Noun(_) | Tag::Name(_))) {
            return None;
        }
        // "since last year"
        if lower == "last" && super::super::wording::time_unit(self.lower(at + 1)) {
            return None;
        }
        if matches!(lower, "present" | "available")
            && matches!(before, Some(Tag::Noun(_) | Tag::Name(_)))
            && matches!(self.lower(at + 1), "in" | "on" | "at" | "within")
        {
            // "a balancer present in the public subnet"
            return Some(Tag::Adjective);
        }
        if lower == "open" && matches!(before, Some(Tag::Verb(_, Form::Third))) && self.noun_like(at + 1) {
            return Some(Tag::Adjective);
        }
        // "helps connect the gateway to the balancer"
        let helps = |at: usize| {
            self.lexicon
                .verb_forms(self.lower(at))
                .iter()
                .any(|&(v, _)| self.lexicon.verb(v).is_some_and(|v| v.lemma == "help"))
        };
        if at > 0
            && helps(at - 1)
            && (self.determined(at + 1) || self.begins_noun(at + 1))
            && let Some(base) = pick(Form::Base)
        {
            return Some(base);
        }
        // "User Calls the API endpoint", "Client Sends a request"
        let person = matches!(before, Some(Tag::Noun(Some(Noun::Person | Noun::Component(_)))));
        if at == 1
            && person
            && self.token(at).is_some_and(Token::capital)
            && self.determined(at + 1)
            && let Some(third) = pick(Form::Third)
        {
            return Some(third);
        }
        if self.run_in_head(at) || self.name_inside(at, before.as_ref()) {
            return None;
        }
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
        let form = if let Tag::Verb(_, form) = finite { form } else { Form::Base };
        if matches!(form, Form::Third | Form::Base)
            && !matches!(before, Some(Tag::Det(_) | Tag::Possessive | Tag::Adjective | Tag::Preposition(_)))
            && self.paired(at, form)
        {
            return Some(finite);
        }
        if matches!(form, Form::Third | Form::Base) && self.row_of_deeds(at, form) {
            return Some(finite);
        }
        if self.titled(at) || form == Form::Base && self.relative_subject(at, before.as_ref()) {
            return None;
        }
        if form == Form::Base
            && matches!(self.lower(at.wrapping_sub(1)), "both" | "all")
            && self.determined(at + 1)
        {
            // "Both call the gateway": no "both calls".
            return Some(finite);
        }
        if form == Form::Base && self.caused(at) {
            return Some(finite);
        }
        if form == Form::Base && self.another_deed(at, before.as_ref()) {
            return Some(finite);
        }
        if self.inverted(at, &finite) {
            return Some(finite);
        }
        if self.stranded(at, form) == Some(true) {
            return Some(finite);
        }
        self.finite_here(at, lower, before.as_ref(), &finite).then_some(finite)
    }

    /// "In the enclave live the key service and the vault": the place comes first, the subject behind the verb.
    fn inverted(&self, at: usize, verb: &Tag) -> bool {
        let Tag::Verb(verb, Form::Base | Form::Third) = verb else { return false };
        let located = self.lexicon.verb(*verb).is_some_and(|v| {
            v.frame == Frame::Run || v.particles.iter().any(|(_, frame)| *frame == Frame::Run)
        });
        let placed = matches!(self.units.first().map(|u| &u.tag), Some(Tag::Preposition(_)));
        let next = if self.lower(at + 1) == "only" { at + 2 } else { at + 1 };
        located
            && placed
            && !self.finite
            && matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_)))
            && self.determined(next)
    }

    /// A verb at the end of a relative clause has its object before it: "the file that the web app uploads".
    fn stranded(&self, at: usize, form: Form) -> Option<bool> {
        let agrees = form == Form::Third || form == Form::Base && self.plural_before(at);
        if !agrees || self.finite || !matches!(self.before(at), Some(Tag::Noun(_) | Tag::Name(_))) {
            return None;
        }
        // "changes which the new services need are captured"
        let passed_on = self
            .lexicon
            .closed(self.lower(at + 1))
            .iter()
            .any(|c| matches!(c, Closed::Auxiliary | Closed::Modal));
        if passed_on && self.relative_within(at) {
            return Some(true);
        }
        if form != Form::Third {
            return None;
        }
        let ends = matches!(
            self.units.get(at + 1).map(|u| &u.tag),
            None | Some(Tag::Mark(',' | ';' | ')') | Tag::Joint(_))
        ) || self.lexicon.closed(self.lower(at + 1)).contains(&Closed::Subordinator);
        let relative = self.relative_within(at);
        // "when an item changes, …"
        let condition = self
            .units
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take(8)
            .take_while(|u| !matches!(u.tag, Tag::Verb(..) | Tag::Mark(_) | Tag::Auxiliary))
            .any(|u| matches!(u.tag, Tag::Subordinator))
            && matches!(self.units.get(at + 1).map(|u| &u.tag), Some(Tag::Mark(',')));
        (ends && (relative || condition)).then_some(true)
    }

    /// "the engine which dispatch queries before …": behind a relative pronoun, who does what the next word says.
    fn relative_subject(&self, at: usize, before: Option<&Tag>) -> bool {
        let third = self.lexicon.verb_forms(self.lower(at + 1)).iter().any(|(_, f)| *f == Form::Third);
        let noun = self.lexicon.noun(self.lower(at)).is_some() || !self.determined(at + 2);
        matches!(before, Some(Tag::Relative)) && third && noun && !self.begins_noun(at + 2)
    }

    /// Whether the verb before `at` closes a relative clause with a subject of its own.
    fn ends_relative(&self, at: usize) -> bool {
        let subject = at.checked_sub(2).and_then(|at| self.units.get(at));
        subject.is_some_and(|u| matches!(u.tag, Tag::Noun(_) | Tag::Name(_) | Tag::Pronoun(_)))
            && self.relative_within(at - 1)
    }

    /// Whether a relative pronoun opens the words before `at`, no verb in between.
    fn relative_within(&self, at: usize) -> bool {
        self.units
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take(6)
            .take_while(|u| !matches!(u.tag, Tag::Verb(..) | Tag::Mark(_) | Tag::Auxiliary))
            .any(|u| matches!(u.tag, Tag::Relative))
    }

    /// A word of no list that stands where a verb must stand: between a subject and a determined object, behind `is`.
    pub(super) fn unlisted(&self, at: usize, lower: &str) -> Option<Tag> {
        if !self.unknown_verb(at) || lower.ends_with("ly") {
            return None;
        }
        let before = self.before(at);
        let subject = matches!(before, Some(Tag::Noun(_) | Tag::Name(_) | Tag::Pronoun(_) | Tag::Relative));
        if lower.ends_with("ed") && matches!(before, Some(Tag::Auxiliary)) && !self.noun_like(at + 1) {
            return Some(Tag::Verb(UNLISTED, Form::Participle));
        }
        if lower.len() > 5 && lower.ends_with("ing") && subject && self.determined(at + 1) {
            return Some(Tag::Verb(UNLISTED, Form::Gerund));
        }
        let third = lower.len() > 3 && lower.ends_with('s') && !lower.ends_with("ss");
        if third
            && subject
            && !self.finite
            && (self.determined(at + 1) || self.pointer(at + 1) && self.lower(at + 1) != "of")
        {
            // "fetches the dump from Ceph and the debug symbols from the server"
            let listed = self.pointer(at + 1)
                && (1..at).any(|i| self.lower(i) == self.lower(at + 1) && self.noun_or_name(i - 1))
                && (1..at).any(|i| matches!(self.units.get(i).map(|u| &u.tag), Some(Tag::Joint(_))))
                && (0..at)
                    .any(|i| matches!(self.units.get(i).map(|u| &u.tag), Some(Tag::Verb(_, Form::Third))));
            if listed {
                return None;
            }
            let singular = self.units.get(..at).and_then(|u| u.last()).is_some_and(|u| !u.plural);
            let later = self.pointer(at + 1) && self.finite_later(at + 2);
            return (singular && !later).then_some(Tag::Verb(UNLISTED, Form::Third));
        }
        let rowed = matches!(before, Some(Tag::Joint(_)))
            && self.units.get(..at).unwrap_or(&[]).iter().any(|u| matches!(u.tag, Tag::Verb(_, Form::Third)));
        if third && rowed && self.determined(at + 1) {
            return Some(Tag::Verb(UNLISTED, Form::Third));
        }
        let open = matches!(before, Some(Tag::To | Tag::Modal));
        (open && !lower.ends_with("ed")).then_some(Tag::Verb(UNLISTED, Form::Base))
    }

    pub(super) fn finite_here(&self, at: usize, lower: &str, before: Option<&Tag>, finite: &Tag) -> bool {
        let noun = self.lexicon.noun(lower);
        let third = matches!(finite, Tag::Verb(_, Form::Third));
        let asks = third && matches!(self.lower(at + 1), "if" | "whether" | "that" | "how" | "what");
        // "reads open orders from Oracle"
        let open = third && self.lower(at + 1) == "open" && self.noun_like(at + 2);
        let follows = self.begins_noun(at + 1)
            || self.pointer(at + 1)
            || asks
            || open
            || third && self.object_in_plural(at + 1);
        let verb_next = self.verbal(at + 1) && !self.begins_noun(at + 1) && !open;
        if third && before.is_none() && noun.is_some() && self.told_at_once(at)
            || before.is_none() && noun.is_some() && self.opens_subject(at)
        {
            return false;
        }
        if third && matches!(before, Some(Tag::Joint(_))) && self.more_data(at, noun.map(|(n, _)| n)) {
            return false;
        }
        if third && noun.is_some() && self.heads_again(at) {
            // "routes account requests to A and payment requests to B"
            return false;
        }
        if third && noun.is_some() && self.lower(at + 1) == "of" && self.finite_later(at + 2) {
            // "execution logs of the pipe go to the log group"
            return false;
        }
        if third && matches!(before, Some(Tag::Joint(_))) && self.second_deed(at) {
            return true;
        }
        match before {
            Some(Tag::Modal | Tag::To) => true,
            Some(Tag::Auxiliary) => noun.is_none() || follows,
            Some(Tag::Det(_) | Tag::Number(_))
                if third
                    && at > 0
                    && matches!(
                        self.lower(at - 1),
                        "another" | "one" | "other" | "second" | "third" | "fourth"
                    ) =>
            {
                // "another loads the warehouse": a plural noun follows neither "another" nor "one".
                self.begins_noun(at + 1) || self.pointer(at + 1) || self.determined(at + 1)
            }
            // "This calls the service": "this" stands before no plural.
            Some(Tag::Det(_)) if third && at == 1 && self.lower(0) == "this" => self.determined(at + 1),
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
                if bare_thing && (!third || matches!(before, Some(Tag::Arrow))) {
                    return false;
                }
                let capital_name = self.token(at).is_some_and(|t| t.capital())
                    && at > 0
                    && !matches!(before, Some(Tag::Mark(':' | '-' | '–' | '—')));
                let joined = matches!(before, Some(Tag::Joint(_) | Tag::Mark(','))) && !third;
                let singular_next =
                    self.units.get(at + 1).is_some_and(|u| matches!(u.tag, Tag::Noun(_)) && !u.plural)
                        && self.lexicon.closed(self.lower(at + 1)).is_empty();
                let listed = self
                    .units
                    .get(at + 1)
                    .is_some_and(|u| u.plural && matches!(u.tag, Tag::Noun(Some(Noun::Component(_)))));
                let bid = self
                    .units
                    .get(..at)
                    .unwrap_or(&[])
                    .iter()
                    .any(|u| matches!(u.tag, Tag::Verb(_, Form::Base) | Tag::To | Tag::Modal));
                if joined && (singular_next || listed && !bid) {
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
            Some(Tag::Noun(Some(Noun::Person))) if noun.is_some() && self.behind_gerund(at) => false,
            Some(Tag::Noun(_) | Tag::Name(_)) => {
                if third && self.determined(at + 1) && self.main_verb_due(at) && !self.plural_start(at) {
                    // "the worker that runs the job stores the result"
                    return true;
                }
                let open = noun.is_none() || self.determined(at + 1);
                if !third && open && self.plural_start(at) && self.main_verb_due(at) {
                    // "events that could not be delivered to the API end up in a queue"
                    return true;
                }
                if self.finite && noun.is_some()
                    || !third && at > 0 && self.token(at).is_some_and(Token::capital)
                {
                    return false;
                }
                let named = matches!(before, Some(Tag::Name(_)) | Some(Tag::Noun(Some(Noun::Component(_)))));
                if !third
                    && named
                    && noun.is_none()
                    && !self.finite
                    && self.determined(at + 1)
                    && self.lower(at + 1) != "that"
                {
                    // "Lambda receive the request", as many write it
                    return matches!(finite, Tag::Verb(_, Form::Base));
                }
                if !third && !self.plural_before(at) {
                    let past = matches!(finite, Tag::Verb(_, Form::Past));
                    if noun.is_none() && !self.lexicon.adjective(lower) && self.bidden(at) {
                        return true;
                    }
                    if !past || noun.is_some() {
                        return false;
                    }
                }
                if self.finite && third && self.inside_object(at) {
                    return false;
                }
                if noun.is_none() {
                    let enabled = self.units.get(..at).and_then(|u| u.last()).is_some_and(|u| u.plural)
                        && self.begins_noun(at + 1);
                    let open = third || !self.finite || enabled || self.main_verb_due(at);
                    return !self.lexicon.adjective(lower) && open;
                }
                let asked = || matches!(finite, Tag::Verb(v, _) if self.lexicon.verb(*v).is_some_and(|v| v.frame == Frame::Call));
                if third
                    && matches!(before, Some(Tag::Noun(Some(Noun::Data))))
                    && matches!(self.lower(at + 1), "to" | "from")
                    && asked()
                    && self.finite_later(at + 2)
                {
                    // "HTTP requests to the gateway invoke a function"
                    return false;
                }
                if third && self.moved_from(at, finite) {
                    return false;
                }
                if third && self.named_in_plural(at) {
                    return true;
                }
                if third && !self.finite && self.reads_several(at) {
                    return true;
                }
                if third && !self.finite && self.subject_before_phrase(at) && self.noun_or_name(at + 1) {
                    return true;
                }
                // "the backend reads log entries": two verbs don't meet, and one thing "reads".
                let told = named || at.checked_sub(1).and_then(|b| self.token(b)).is_some_and(|t| t.named);
                let verb_next =
                    verb_next && !(third && told && (self.modifies(at + 1) || self.object_in_plural(at + 1)));
                let plural = self.plural_before(at);
                let person = matches!(before, Some(Tag::Noun(Some(Noun::Person))));
                let agrees = third != plural || person || matches!(before, Some(Tag::Name(_)));
                agrees && follows && !verb_next
            }
            // "what the hub receives lands in the lake"
            // "a table with streams enabled triggers a function"
            Some(Tag::Verb(_, Form::Participle))
                if third && !self.finite && self.determined(at + 1) && self.subject_before_phrase(at - 1) =>
            {
                true
            }
            Some(Tag::Verb(..)) => {
                let due = || !third && self.plural_start(at) && self.main_verb_due(at);
                noun.is_none() && (third && self.ends_relative(at) || due())
            }
            _ => follows,
        }
    }
}
