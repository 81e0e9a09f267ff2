//! What gerunds and participles are here: deeds of their own, words of a name or adjectives.
//!
//! Takes a word with its neighbours and answers for its form alone. Finite forms are decided in `verbs`.

use super::super::lexicon::{Closed, Form, Noun};
use super::super::tokens::Token;
use super::{Tag, Tagger};

/// Verbs behind which a gerund is a deed of its own: "starts processing orders".
const PHASES: [&str; 9] =
    ["start", "begin", "stop", "continue", "avoid", "finish", "allow", "enable", "help"];

impl Tagger<'_, '_> {
    pub(super) fn gerund(&self, at: usize, lower: &str, before: Option<&Tag>) -> bool {
        if lower == "using" {
            return true;
        }
        let head_next = matches!(
            self.units.get(at + 1).map(|u| &u.tag),
            Some(Tag::Noun(Some(Noun::Component(_) | Noun::Group(_))))
        ) && self.units.get(at + 1).is_some_and(|u| !u.plural);
        // "price check, shipping calculation and tax calculation": one more of the same.
        let next = self.lower(at + 1);
        let again = |i: usize| i != at + 1 && !next.is_empty() && self.lower(i) == next;
        let listed = matches!(before, Some(Tag::Mark(',' | ':') | Tag::Joint(_)));
        if listed
            && !self.determined(at + 1)
            && (0..self.units.len()).any(again)
            && self.lexicon.noun(next).is_none()
        {
            return false;
        }
        match before {
            Some(Tag::Auxiliary) => true,
            Some(Tag::Det(_) | Tag::Adjective | Tag::Possessive | Tag::Number(_)) => false,
            // "a courier tracking service"
            Some(Tag::Noun(Some(Noun::Person | Noun::Data) | None))
                if head_next && !self.noun_like(at + 2) && self.articled(at) =>
            {
                false
            }
            Some(Tag::Noun(_) | Tag::Name(_)) => self.begins_noun(at + 1) || self.pointer(at + 1),
            // "this pattern shows sending order messages to a workflow": what is shown is done.
            Some(Tag::Verb(verb, _)) if self.shown(*verb) => self.begins_noun(at + 1),
            Some(Tag::Verb(verb, _)) if self.noun_like(at + 1) && !self.determined(at + 1) => {
                let phase = self.lexicon.verb(*verb).is_some_and(|v| PHASES.contains(&v.lemma));
                phase && self.lexicon.noun(lower).is_none()
            }
            _ if head_next => false,
            Some(Tag::Joint(_) | Tag::Mark(',')) if self.component_like(at + 1) => self
                .units
                .get(..at)
                .unwrap_or(&[])
                .iter()
                .any(|u| matches!(u.tag, Tag::Verb(_, Form::Gerund))),
            // "by reading in data from Cosmos DB"
            Some(Tag::Preposition(p)) if p == "by" && self.lower(at + 1) == "in" => true,
            Some(Tag::Preposition(_)) if self.pointer(at + 1) => self.lexicon.noun(lower).is_none(),
            _ => {
                self.begins_noun(at + 1)
                    || self.pointer(at + 1) && !matches!(before, None | Some(Tag::Preposition(_)))
            }
        }
    }

    pub(super) fn participle(
        &self,
        at: usize,
        before: Option<&Tag>,
        participle: Tag,
        past: Option<Tag>,
    ) -> Option<Tag> {
        if at > 0 && self.lower(at - 1) == "having" {
            // "having loaded the plan from the store"
            return match participle {
                Tag::Verb(verb, _) => Some(Tag::Verb(verb, Form::Gerund)),
                other => Some(other),
            };
        }
        match before {
            Some(Tag::Preposition(p)) if p == "as" => Some(Tag::Adjective),
            Some(Tag::Auxiliary | Tag::Modal) => Some(participle),
            Some(Tag::Det(_) | Tag::Adjective | Tag::Possessive | Tag::Number(_)) => Some(Tag::Adjective),
            Some(Tag::Pronoun(_)) if self.lower(at + 1) == "by" => Some(participle),
            Some(Tag::Relative | Tag::Pronoun(_)) => past.or(Some(participle)),
            // "sends an Object Created event"
            Some(Tag::Noun(_) | Tag::Name(_)) if self.titled_event(at) => Some(Tag::Adjective),
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

    /// Whether a verb says that a text shows what is done.
    fn shown(&self, verb: usize) -> bool {
        let shows = ["show", "demonstrate", "illustrate", "showcase", "describe", "explain"];
        self.lexicon.verb(verb).is_some_and(|v| shows.contains(&v.lemma))
    }

    /// Whether a capital says that the word is part of an event's name: "an Object Created event".
    fn titled_event(&self, at: usize) -> bool {
        let capital = |at: usize| self.token(at).is_some_and(Token::capital);
        let event = matches!(self.lower(at + 1), "event" | "events" | "notification" | "notifications");
        event && at > 0 && capital(at) && capital(at - 1)
    }
}
