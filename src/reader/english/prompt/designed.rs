//! Features and the design: which part of it a feature means, and what of it the features do without.
//!
//! Takes the draft with the design in it. It adds no component.

use crate::model::Kind;
use crate::text::Span;

use super::assemble::{Assembly, MANY};
use super::draft::{Draft, READABLE, Rank, class, core_words};
use super::features::Feature;
use super::knowledge::{Capability, Feed, vocabulary};
use super::pattern;
use super::words::{Token, stem};

impl Assembly<'_> {
    /// A component of the design that the feature's words refer to.
    pub(super) fn in_design(&self, span: Span) -> Option<usize> {
        let design = self.design?;
        let start = self.tokens.iter().position(|t| t.span.start >= span.start)?;
        let end = self.tokens.iter().position(|t| t.span.start >= span.end).unwrap_or(self.tokens.len());
        let telling = |i: &usize| {
            let word = &self.tokens[*i];
            word.is_word() && !vocabulary().roles.iter().any(|r| stem(r) == word.stem())
        };
        let last = (start..end).rfind(telling);
        let about = |w: &super::knowledge::Pattern| {
            let found = pattern::find(w, self.tokens, start..end);
            found.is_some_and(|m| m.tokens.len() > 1 || m.last() >= last.unwrap_or(start))
        };
        let (key, _) = design.components.iter().find(|(_, part)| part.words.iter().any(about))?;
        if let Some(at) = self.draft.find(key) {
            return Some(at);
        }
        None
    }

    /// Whether a design's component is what a capability is asked for with: it is the capability's own part, or its
    /// words name what the phrase is about. Of "appointment reminders" the appointment service is not.
    pub(super) fn answers(&self, at: usize, capability: &Capability, span: Span) -> bool {
        let key = &self.draft.parts[at].key;
        let own = capability.components.first().is_some_and(|(main, _)| main == key);
        let part = self.design.and_then(|d| d.components.get(key));
        let end = self.tokens.iter().position(|t| t.span.start >= span.end).unwrap_or(self.tokens.len());
        let start = self.tokens.iter().position(|t| t.span.start >= span.start).unwrap_or(end);
        let last = (start..end).rfind(|&i| self.tokens[i].is_word());
        let about = |w: &super::knowledge::Pattern| {
            pattern::find(w, self.tokens, start..end)
                .is_some_and(|m| last.is_none_or(|l| m.tokens.contains(&l)))
        };
        own || part.is_some_and(|p| p.words.iter().any(about))
    }

    /// Whether no other feature stands for a part of the design already, but for one that has a word in common.
    pub(super) fn is_free(&self, at: usize, feature: &Feature) -> bool {
        let words = |f: &Feature| -> Vec<&str> {
            let within = |t: &&Token| t.is_word() && f.span.start <= t.span.start && t.span.end <= f.span.end;
            let telling = |t: &&Token| !vocabulary().roles.iter().any(|r| stem(r) == t.stem());
            self.tokens.iter().filter(within).filter(telling).map(Token::stem).collect()
        };
        let mine = words(feature);
        if class(self.draft.parts[at].kind) != 4 {
            return true;
        }
        let takers = self.made.iter().filter(|(_, made)| made.first() == Some(&at));
        let mut takers = takers.map(|(f, _)| words(f));
        // A feature that is named like the part has the better claim to it.
        let name = core_words(&self.draft.parts[at].label);
        let named = |w: &[&str]| w.iter().any(|word| name.iter().any(|n| n == word));
        let claimed = !named(&mine) && self.asked.iter().any(|f| f.span != feature.span && named(&words(f)));
        !claimed && takers.all(|w| w.iter().any(|word| mine.contains(word)))
    }

    /// The name that the design has for a component, where the feature's words refer to it: a design's part that was left
    /// out for want of a reason comes back under its own name.
    pub(super) fn name_in_design(&self, key: &str, kind: Kind, span: Span) -> Option<&'static str> {
        let part = self.design?.components.get(key).filter(|p| class(p.kind) == class(kind))?;
        let start = self.tokens.iter().position(|t| t.span.start >= span.start)?;
        let end = self.tokens.iter().position(|t| t.span.start >= span.end).unwrap_or(self.tokens.len());
        let named = part.words.iter().any(|w| pattern::find(w, self.tokens, start..end).is_some());
        named.then_some(part.label)
    }

    /// Takes out what only the design assumes and the text's own features do without, while the picture is too large:
    /// services beside its core, once the text states what the system consists of.
    pub(crate) fn prune(&mut self) {
        let stated = self.made.iter().filter(|(_, made)| !made.is_empty()).count();
        if self.family() != Feed::App || stated < MANY {
            return;
        }
        let spare = |draft: &Draft, core: Option<usize>, at: usize| {
            let part = &draft.parts[at];
            let needed = draft.links.iter().any(|l| {
                let from = &draft.parts[l.from];
                l.to == at
                    && class(from.kind) == 4
                    && (from.rank == Rank::Stated && from.kind != Kind::Gateway || core == Some(l.from))
            });
            part.rank == Rank::Core
                && core != Some(at)
                && matches!(part.kind, Kind::Service | Kind::Identity | Kind::Ml | Kind::Workflow)
                && !needed
                && part.origin.why().is_some_and(|w| w.starts_with("design: "))
        };
        let mut fed: Vec<String> = Vec::new();
        while self.draft.parts.len() > READABLE
            && let Some(at) = (0..self.draft.parts.len()).find(|&i| spare(&self.draft, self.core, i))
        {
            let targets = self.draft.links.iter().filter(|l| l.from == at).map(|l| l.to);
            fed.extend(targets.map(|t| self.draft.parts[t].key.clone()));
            self.drop_part(at);
        }
        // What only those used goes with them.
        for key in fed {
            let Some(at) = self.draft.find(&key) else { continue };
            let alone = !self.draft.links.iter().any(|l| l.to == at);
            if alone
                && self.draft.parts[at].rank != Rank::Stated
                && self.core != Some(at)
                && class(self.draft.parts[at].kind) != 0
            {
                self.drop_part(at);
            }
        }
    }
}
