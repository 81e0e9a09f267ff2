//! Colons, dashes and arrows, and what stands without a verb.
//!
//! Takes a mark at the parser's place and closes or opens what it closes or opens.

use super::super::lexicon::{Frame, Noun};
use super::super::phrases::Item;
use super::{Clause, Parser};

impl Parser {
    pub(super) fn colon(&mut self) {
        if self.clause.is_none()
            && self.out.clauses.is_empty()
            && self.out.links.is_empty()
            && !self.pending.is_empty()
        {
            self.out.topic = std::mem::take(&mut self.pending);
            self.subject.clone_from(&self.out.topic);
            return;
        }
        if let (None, true, true, [(preposition, nps)]) = (
            &self.clause,
            self.out.clauses.is_empty() && self.out.links.is_empty(),
            self.out.topic.is_empty() && self.waiting.is_empty(),
            self.fronted.as_slice(),
        ) && let ("in" | "on" | "inside" | "within" | "at", [site]) =
            (preposition.as_str(), nps.as_slice())
        {
            self.out.site = Some(*site);
            self.fronted.clear();
            return;
        }
        if self.out.colon.is_none() && self.clause.is_some() {
            self.out.colon = Some(self.out.phrases.len());
        }
        self.close();
        self.finish_fragment();
    }

    /// A dash opens a list of what the phrase before stands for, or cuts the sentence like a semicolon.
    pub(super) fn dash(&mut self) {
        let close = self.items.get(self.at..).unwrap_or(&[]).iter().position(|i| *i == Item::Dash);
        if let (Some(length), false) = (close, self.nested) {
            let inside = self.items.get(self.at..self.at + length).unwrap_or(&[]);
            if self.clause.is_some() || inside.iter().any(|i| matches!(i, Item::Verb(_))) {
                if self.clause.is_none() && self.waiting.is_empty() {
                    self.last.clone_from(&self.pending);
                }
                return self.aside(self.at + length);
            }
        }
        if self.out.clauses.is_empty() && self.clause.is_none() && !self.pending.is_empty() {
            let close = self.items.get(self.at..).unwrap_or(&[]).iter().position(|i| *i == Item::Dash);
            if let Some(length) = close {
                let before = self.pending.clone();
                let end = self.at + length;
                let mut list = Vec::new();
                while self.at < end {
                    if let Some(Item::Np(np)) = self.items.get(self.at).cloned() {
                        list.push(self.keep(np));
                    }
                    self.at += 1;
                }
                self.at += 1;
                if let Some(&first) = before.last() {
                    self.out.expansions.push((first, list));
                }
                return;
            }
            self.out.topic = std::mem::take(&mut self.pending);
            self.subject.clone_from(&self.out.topic);
            return;
        }
        self.close();
        self.finish_fragment();
    }

    pub(super) fn on_arrow(&mut self, back: bool) {
        let sources = if let Some(clause) = &self.clause {
            let receives = matches!(clause.frame(), Frame::Consume | Frame::Read)
                || clause.adjuncts.last().is_some_and(|(p, nps)| {
                    matches!(p.as_str(), "per" | "by" | "for" | "of" | "about") && *nps == self.last
                });
            if self.last.is_empty() || receives && !clause.subject.is_empty() {
                clause.subject.clone()
            } else {
                self.last.clone()
            }
        } else {
            std::mem::take(&mut self.pending)
        };
        let sources = if sources.is_empty() { self.last.clone() } else { sources };
        let target = self.out.links.last().is_some_and(|(_, to)| *to == sources);
        let sources = if self.comma && target && !self.chain.is_empty() {
            // "a -> b for mails, -> c": the arrow goes on from where the chain began.
            self.out.fragments.extend(&sources);
            self.finish_fragment();
            self.chain.clone()
        } else {
            if !target {
                self.chain.clone_from(&sources);
            }
            sources
        };
        self.close();
        self.subject.clone_from(&sources);
        self.arrow = Some((sources, back));
    }

    /// What stands without a verb: a clause of its own when a preposition ties it, else a fragment.
    pub(super) fn finish_fragment(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let mut fronted = std::mem::take(&mut self.fronted);
        let waiting = std::mem::take(&mut self.waiting);
        self.out.fragments.extend(&waiting);
        if pending.is_empty() {
            for (_, nps) in &fronted {
                self.out.fragments.extend(nps);
            }
            if !fronted.is_empty() && !self.out.topic.is_empty() {
                let mut clause = Clause::new(None);
                clause.subject.clone_from(&self.out.topic);
                clause.adjuncts = fronted;
                self.out.clauses.push(clause);
            }
            return;
        }
        self.out.fragments.extend(&pending);
        let over = fronted.iter().position(|(p, _)| matches!(p.as_str(), "via" | "through" | "over"));
        if let (Some(over), Some((sources, targets))) = (over, self.out.links.last().cloned())
            && targets == pending
        {
            // "api -> worker via redis"
            let (_, way) = fronted.remove(over);
            self.out.links.pop();
            self.out.links.push((sources, way.clone()));
            self.out.links.push((way, targets));
        }
        if !fronted.is_empty() {
            let mut clause = Clause::new(None);
            let data = |&np: &usize| self.out.phrases.get(np).is_some_and(|n| n.noun == Some(Noun::Data));
            let said_of = self.nested && !self.subject.is_empty() && pending.iter().all(data);
            clause.subject = if said_of { self.subject.clone() } else { pending };
            clause.adjuncts.append(&mut fronted);
            self.out.clauses.push(clause);
        }
    }
}
