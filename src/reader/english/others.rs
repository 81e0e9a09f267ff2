//! "another one", "the second one": things told apart by no name of their own.
//!
//! Takes a phrase that says only that it is another one, and gives a new thing like one that was spoken of.

use super::entities::{Entity, EntityId};
use super::lexicon::Noun;
use super::meaning::works;
use super::phrases::Np;
use super::reading::{Meaning, Reading};
use super::wording::{phrase_words, sentence_case};
use crate::model::Kind;

impl Reading {
    /// "another one": a new thing like the last.
    pub(super) fn another(&mut self, np: &Np) -> Meaning {
        let all = &self.entities.all;
        let like = |id: &EntityId, fits: fn(&Entity) -> bool| all.get(*id).filter(|e| fits(e));
        let mut recent = self.recent.iter().rev();
        // "one module subscribes, a second one filters"
        let acting = match self.subject.as_slice() {
            [only] => all
                .get(*only)
                .filter(|e| e.last == self.sentence && e.kind.is_compute() || e.kind == Kind::Workflow),
            _ => None,
        };
        // Programs of the same sentence come before what they store things in.
        let program = recent
            .clone()
            .filter(|&&id| all.get(id).is_some_and(|e| e.last == self.sentence))
            .find_map(|id| like(id, |e| (e.kind.is_compute() || works(e.kind)) && e.kind != Kind::Client));
        let any = recent
            .find_map(|id| like(id, |e| e.kind.is_compute() || e.kind.is_messaging() || e.kind.is_store()));
        if acting.is_some_and(|e| e.kind == Kind::Workflow) && np.aside.is_empty() {
            // "Two branches run in parallel. One imports …. The other invokes …"
            return Meaning { ids: self.subject.clone(), ..Meaning::default() };
        }
        // "The second one, `AlertFunction`": a thing of that kind.
        let named = np.aside.first().and_then(|a| a.noun);
        let of_kind = |id: &EntityId| all.get(*id).filter(|e| named == Some(Noun::Component(e.kind)));
        let same = self.recent.iter().rev().find_map(of_kind);
        // "The second one gets …" after what somebody has: no copy of what was named last.
        let loose = np.ordinal.is_some() && same.is_none() && acting.is_none();
        let Some(last) = same.or(acting).or(program).or(any).filter(|_| !loose).cloned() else {
            return Meaning::default();
        };
        let mut new = last;
        new.span = np.span;
        new.doing = None;
        new.names.clear();
        if let Some(name) = np.aside.first().filter(|a| a.proper && a.noun.is_some()) {
            new.modifiers.clone_from(&name.modifiers);
            new.label = sentence_case(&phrase_words(name));
            new.linked = false;
        }
        self.entities.all.push(new);
        self.rule("`another one` is a new thing like the last");
        Meaning { ids: vec![self.entities.all.len() - 1], ..Meaning::default() }
    }
}
