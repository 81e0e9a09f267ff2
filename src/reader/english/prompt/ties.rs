//! What holds a draft together beyond its entry: who reads the data that others keep, and who can be reached by people.
//!
//! Takes the connected draft and adds arrows, and a database where nobody has one. Which parts work together by their nature
//! is said in the data files (see `wiring`); here is what holds of any feature.

use crate::model::{Kind, Mode, Origin};

use super::assemble::Assembly;
use super::draft::{Rank, assumed, class, core_words};
use super::knowledge::{Feed, vocabulary};
use super::words::{Mark, Token, stem};
use crate::text::Span;

impl Assembly<'_> {
    /// Features that keep nothing of their own read what the core keeps, where they do not come to it anyhow. A core that keeps
    /// nothing, and leaves others without a place for their data, gets a database.
    pub(crate) fn share_store(&mut self) {
        let Some(core) = self.core.filter(|&c| class(self.draft.parts[c].kind) == 4) else { return };
        let own = self.store_of(core).or_else(|| self.named_store(core));
        let Some(store) = own.or_else(|| self.common_store(core)) else { return };
        let made: Vec<usize> = self.made.iter().filter_map(|(_, made)| made.first().copied()).collect();
        for at in made {
            let label = about(&self.draft.parts[at].label);
            let says =
                |list: &[&str]| label.split([' ', '-']).any(|w| list.iter().any(|h| stem(h) == stem(w)));
            // Who only passes on what happened is told all that it needs.
            if says(vocabulary().messengers)
                && self.draft.links.iter().any(|l| l.to == at && l.mode == Mode::Async)
            {
                continue;
            }
            let hears = says(vocabulary().hearing);
            // What is made of others' data reads them, whatever it keeps besides.
            let reads = hears || matches!(self.draft.parts[at].kind, Kind::Ml | Kind::Analytics);
            let keeps = !reads
                && self.draft.links.iter().any(|l| l.from == at && class(self.draft.parts[l.to].kind) == 1);
            if at == core || !self.serves(at) || keeps || self.draft.reached([at])[store] {
                continue;
            }
            let why = "default: a feature that keeps nothing of its own works on what the core keeps";
            let span = self.draft.parts[at].origin.span();
            self.draft.link(at, store, "read", Mode::Sync, Origin::assumed(span, why));
        }
    }

    /// A database that the text names and nobody uses yet is the core's.
    fn named_store(&mut self, core: usize) -> Option<usize> {
        let used = |i: usize| {
            self.draft
                .links
                .iter()
                .any(|l| l.to == i && class(self.draft.parts[l.from].kind) == 4 && self.serves(l.from))
        };
        let store = (0..self.draft.parts.len()).find(|&i| {
            let part = &self.draft.parts[i];
            part.kind == Kind::Database && part.rank == Rank::Stated && part.technology.is_some() && !used(i)
        })?;
        let why = "default: a system keeps its data in the database that the text names";
        let span = self.draft.parts[store].origin.span();
        self.draft.link(core, store, "read and write", Mode::Sync, Origin::assumed(span, why));
        Some(store)
    }

    /// A database for all who have none.
    fn common_store(&mut self, core: usize) -> Option<usize> {
        let kept = |i: usize| {
            self.draft.links.iter().any(|l| l.from == i && class(self.draft.parts[l.to].kind) == 1)
        };
        if self.family() != Feed::App || kept(core) {
            return None;
        }
        let why = "default: a system keeps its data in a store of its own";
        let store =
            self.draft.add(assumed("database", "Database", Kind::Database, Rank::Core, self.head, why));
        self.draft.link(core, store, "read and write", Mode::Sync, Origin::assumed(self.head, why));
        Some(store)
    }

    /// All apps come in where the first does, and all services that people ask for can be asked.
    pub(crate) fn open_doors(&mut self) {
        let Some(entry) = self.draft.find("gateway").or_else(|| self.draft.find("load-balancer")) else {
            return;
        };
        if self.family() == Feed::Data {
            return;
        }
        let why = "default: people's requests come in at the gateway";
        for at in 0..self.draft.parts.len() {
            let app = matches!(self.draft.parts[at].kind, Kind::Client | Kind::User);
            if app && !self.draft.reached([at])[entry] && !self.draft.linked(entry, at) {
                let fed = self.draft.links.iter().any(|l| l.to == at)
                    && !self.draft.links.iter().any(|l| l.from == at);
                if !fed {
                    let span = self.draft.parts[at].origin.span();
                    self.draft.link(at, entry, "requests", Mode::Sync, Origin::assumed(span, why));
                }
            }
        }
        let made: Vec<usize> = self.made.iter().filter_map(|(_, made)| made.first().copied()).collect();
        for at in made {
            if self.serves(at) && !self.draft.reached([entry])[at] {
                let span = self.draft.parts[at].origin.span();
                let label = about(&self.draft.parts[at].label);
                self.draft.link(entry, at, &label, Mode::Sync, Origin::assumed(span, why));
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
    pub(super) fn serves(&self, at: usize) -> bool {
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
    pub(super) fn works_with_others(&self, at: usize) -> bool {
        let own: Vec<usize> =
            self.made.iter().filter(|(_, m)| m.first() == Some(&at)).flat_map(|(_, m)| m.clone()).collect();
        let other = |i: usize| {
            let part = &self.draft.parts[i];
            !own.contains(&i)
                && (self.serves(i) && part.rank != Rank::Extra || class(part.kind) == 2)
                && !matches!(part.key.as_str(), "notifications" | "alerts" | "auth" | "mailer")
        };
        self.draft.links.iter().any(|l| l.from == at && other(l.to) || l.to == at && other(l.from))
    }
}

/// A label's words in small letters, without those that only say what it is.
pub(super) fn about(label: &str) -> String {
    let roles = vocabulary().roles;
    let mut words: Vec<String> = label.split(' ').map(str::to_lowercase).collect();
    while words.len() > 1 && words.last().is_some_and(|w| roles.iter().any(|r| stem(r) == stem(w))) {
        words.pop();
    }
    words.join(" ")
}
