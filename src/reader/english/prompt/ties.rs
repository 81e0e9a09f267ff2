//! What holds a draft together beyond its entry: features that nothing of the others uses still hear of what happens.
//!
//! Takes the connected draft and adds arrows only. Which parts work together by their nature is said in the data files
//! (see `wiring`); here is what holds of any feature.

use crate::model::{Kind, Mode, Origin};

use super::assemble::Assembly;
use super::draft::{Rank, class, core_words};
use super::features::Ask;
use super::knowledge::{Feed, vocabulary};
use super::words::{Mark, Token, stem};
use crate::text::Span;

impl Assembly<'_> {
    /// Joins features that stand alone with what the system is about: they learn of its changes, or bring it data.
    pub(crate) fn tie(&mut self) {
        let Some(core) = self.core.filter(|&c| self.serves(c)) else { return };
        if self.family() == Feed::Data {
            return;
        }
        let features: Vec<usize> = self
            .made
            .iter()
            .filter(|(f, _)| !matches!(&f.ask, Ask::Capability(c, _) if c.pattern))
            .filter_map(|(_, made)| made.first().copied())
            .collect();
        for at in features {
            if at == core || !self.serves(at) || self.works_with_others(at) {
                continue;
            }
            let (mine, own) = (about(&self.draft.parts[core].label), about(&self.draft.parts[at].label));
            let span = self.draft.parts[at].origin.span();
            let brings =
                own.split([' ', '-']).any(|w| vocabulary().bringing.iter().any(|b| stem(b) == stem(w)));
            let why = "default: a feature hears of what happens around it";
            if self.draft.parts[at].key == "payments" {
                self.draft.link(core, at, "charge", Mode::Sync, Origin::assumed(span, why));
            } else if brings {
                self.draft.link(at, core, &own, Mode::Async, Origin::assumed(span, why));
            } else if self.draft.parts[at].kind == Kind::Ml {
                self.draft.link(core, at, &format!("ask for {own}"), Mode::Sync, Origin::assumed(span, why));
            } else {
                self.draft.link(core, at, &format!("{mine} events"), Mode::Async, Origin::assumed(span, why));
            }
        }
    }

    /// Joins what a text asks to show: "show how a transfer is posted to the ledger".
    pub(crate) fn follow_shown(&mut self) {
        let tokens = self.tokens;
        for sentence in tokens.split(|t| t.mark == Mark::Stop) {
            let mut words = sentence.iter().filter(|t| t.is_word());
            let shows =
                words.next().is_some_and(|t| matches!(t.lower.as_str(), "show" | "explain" | "illustrate"));
            if !shows || words.next().is_none_or(|t| t.lower != "how") {
                continue;
            }
            let part = |token: &Token| {
                let named = |p: &super::draft::Part| core_words(&p.label).iter().any(|w| w == token.stem());
                (0..self.draft.parts.len()).find(|&i| self.serves(i) && named(&self.draft.parts[i]))
            };
            let mut met: Vec<(usize, Span)> = Vec::new();
            for (at, token) in sentence.iter().filter_map(|t| Some((part(t)?, t))) {
                if !met.iter().any(|(m, _)| *m == at) {
                    met.push((at, token.span));
                }
            }
            for pair in met.windows(2) {
                let (from, to) = (pair[0], pair[1]);
                if !self.draft.linked(to.0, from.0) {
                    let label = about(&self.draft.parts[from.0].label);
                    let why = "the text asks to show how one reaches the other";
                    self.draft.link(
                        from.0,
                        to.0,
                        &label,
                        Mode::Sync,
                        Origin::inferred(from.1.join(to.1), why),
                    );
                }
            }
        }
    }

    /// Whether a part is a service that works on the system's own data.
    fn serves(&self, at: usize) -> bool {
        let kind = self.draft.parts[at].kind;
        matches!(
            kind,
            Kind::Service
                | Kind::Function
                | Kind::Container
                | Kind::Workflow
                | Kind::Ml
                | Kind::Analytics
                | Kind::Scheduler
        )
    }

    /// Whether a part deals with another service than those that tell people.
    fn works_with_others(&self, at: usize) -> bool {
        let other = |i: usize| {
            let part = &self.draft.parts[i];
            (self.serves(i) && part.rank != Rank::Extra || class(part.kind) == 2)
                && !matches!(part.key.as_str(), "notifications" | "alerts" | "auth" | "mailer")
        };
        self.draft.links.iter().any(|l| l.from == at && other(l.to) || l.to == at && other(l.from))
    }
}

/// A label's words in small letters, without those that only say what it is.
fn about(label: &str) -> String {
    let roles = vocabulary().roles;
    let mut words: Vec<String> = label.split(' ').map(str::to_lowercase).collect();
    while words.len() > 1 && words.last().is_some_and(|w| roles.iter().any(|r| stem(r) == stem(w))) {
        words.pop();
    }
    words.join(" ")
}
