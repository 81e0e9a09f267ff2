//! The described system under its own name, which is no component of it.
//!
//! Takes the first sentences of a text and marks entities that are the whole rather than a part.

use super::clauses::Parsed;
use super::lexicon::{Det, Frame, Lexicon};
use super::reading::{Meaning, Reading};
use super::wording::singular;
use crate::model::Kind;

/// The last sentence that may say what the system is called.
const OPENING: usize = 3;

impl Reading {
    /// "Foodly is a delivery platform": a proper name in the opening that is said to be a product is the system itself.
    pub(super) fn own_name(&mut self, lexicon: &Lexicon, parsed: &Parsed, meanings: &[Meaning]) {
        if self.sentence > OPENING {
            return;
        }
        self.described(parsed, meanings);
        for clause in parsed.clauses.iter().filter(|c| c.frame() == Frame::Be && !c.passive()) {
            let ([subject], [object]) = (clause.subject.as_slice(), clause.object.as_slice()) else {
                continue;
            };
            let (Some(name), Some(what)) = (parsed.phrases.get(*subject), parsed.phrases.get(*object)) else {
                continue;
            };
            let named = name.proper && name.noun.is_none() && name.technology.is_none();
            // "The calendar is a SaaS product" after the title "Team calendar"
            let titled = name.det == Det::Definite
                && name.modifiers.is_empty()
                && self.system.as_ref().is_some_and(|s| s.to_lowercase().ends_with(&singular(&name.head)));
            let named = named || titled;
            let product = what.det == Det::Indefinite && lexicon.product(&singular(&what.head));
            if !named || !product {
                continue;
            }
            for id in [subject, object].into_iter().filter_map(|np| meanings.get(*np)).flat_map(|m| &m.ids) {
                if let Some(entity) = self.entities.all.get_mut(*id) {
                    (entity.weak, entity.itself) = (true, true);
                }
            }
            self.rule("the name of the described system is no component of it");
        }
    }

    /// "Podfolio hosts podcasts": a name that opens the text and does nothing to a component is the system's own.
    fn described(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let named = |np: usize| {
            parsed.phrases.get(np).is_some_and(|n| {
                n.proper
                    && n.noun.is_none()
                    && n.technology.is_none()
                    && n.aside.is_empty()
                    && n.modifiers.is_empty()
            })
        };
        let ([clause], true) = (parsed.clauses.as_slice(), parsed.links.is_empty()) else { return };
        let [subject] = clause.subject.as_slice() else { return };
        let Some([id]) = meanings.get(*subject).map(|m| m.ids.as_slice()) else { return };
        let id = *id;
        // "A support assistant answers customers' questions": what the first sentence says of nothing else is the whole.
        let whole = self.sentence == 0
            && parsed
                .phrases
                .get(*subject)
                .is_some_and(|n| n.det == Det::Indefinite && n.technology.is_none() && n.aside.is_empty());
        let alone = meanings
            .iter()
            .flat_map(|m| &m.ids)
            .all(|&i| i == id || self.entities.all.get(i).is_some_and(|e| e.kind == Kind::User));
        if alone
            && (named(*subject) || whole)
            && id == 0
            && clause.verb.as_ref().is_some_and(|v| v.finite && !v.passive)
            && let Some(entity) = self.entities.all.get_mut(id)
        {
            (entity.weak, entity.itself) = (true, true);
            if whole {
                self.system.get_or_insert_with(|| entity.label.clone());
            }
            self.rule("the name of the described system is no component of it");
        }
    }
}
