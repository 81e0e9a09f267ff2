//! What holds a draft together beyond its entry: features that nothing of the others uses still hear of what happens.
//!
//! Takes the connected draft and adds arrows only. Which parts work together by their nature is said in the data files
//! (see `wiring`); here is what holds of any feature.

use crate::model::{Kind, Mode, Origin};

use super::assemble::Assembly;
use super::draft::{Rank, assumed, class, core_words};
use super::features::Ask;
use super::knowledge::{Feed, vocabulary};
use super::words::{Mark, Token, stem};
use crate::text::Span;

/// From this many lone features on, they hear of each other over a bus.
const BEFORE_BUS: usize = 3;

/// A feature that is to be tied in.
struct Lone {
    at: usize,
    /// What it is about, in small letters.
    own: String,
    /// Whether it brings the others data.
    brings: bool,
    /// Whether what it does is news to the others.
    tells: bool,
}

impl Assembly<'_> {
    /// Joins features that stand alone with what the system is about: they learn of its changes, bring it data, and tell what
    /// they did. Several of them do so over a bus.
    pub(crate) fn tie(&mut self) {
        let Some(core) = self.core.filter(|&c| self.serves(c)) else { return };
        if self.family() == Feed::Data {
            return;
        }
        let lone = self.lone(core);
        let heard = lone.iter().filter(|l| !self.is_called(l.at)).count();
        let bus = (heard >= BEFORE_BUS).then(|| self.bus());
        let why = "default: a feature hears of what happens around it";
        let mine = about(&self.draft.parts[core].label);
        for Lone { at, own, brings, tells } in lone {
            let span = self.draft.parts[at].origin.span();
            let origin = || Origin::assumed(span, why);
            if self.draft.parts[at].key == "payments" {
                self.draft.link(core, at, "charge", Mode::Sync, origin());
                continue;
            }
            if self.draft.parts[at].kind == Kind::Ml && !brings {
                self.draft.link(core, at, &format!("ask for {own}"), Mode::Sync, origin());
                continue;
            }
            let (to, from) = (bus.unwrap_or(core), bus.unwrap_or(core));
            if brings || tells && bus.is_some() {
                let label = if bus.is_some() { format!("{own} events") } else { own };
                self.draft.link(at, to, &label, Mode::Async, origin());
            }
            if !brings {
                self.draft.link(from, at, &format!("{mine} events"), Mode::Async, origin());
            }
        }
        let Some(bus) = bus else { return };
        let origin = || Origin::assumed(self.head, why);
        self.draft.link(core, bus, &format!("{mine} events"), Mode::Async, origin());
        if self.draft.links.iter().any(|l| l.to == bus && l.from != core) {
            self.draft.link(bus, core, "what others did", Mode::Async, origin());
        }
    }

    /// The features that deal with no other service.
    fn lone(&self, core: usize) -> Vec<Lone> {
        let plain = |ask: &Ask| !matches!(ask, Ask::Capability(c, _) if c.pattern);
        let mut found: Vec<Lone> = Vec::new();
        for at in self.made.iter().filter(|(f, _)| plain(&f.ask)).filter_map(|(_, made)| made.first().copied())
        {
            let known = found.iter().any(|l| l.at == at);
            if at == core || known || !self.serves(at) || self.works_with_others(at) {
                continue;
            }
            let own = about(&self.draft.parts[at].label);
            let says = |list: &[&str]| own.split([' ', '-']).any(|w| list.iter().any(|b| stem(b) == stem(w)));
            let (brings, tells) = (says(vocabulary().bringing), !says(vocabulary().hearing));
            found.push(Lone { at, own, brings, tells });
        }
        found
    }

    /// Whether a lone feature is called by the core rather than told.
    fn is_called(&self, at: usize) -> bool {
        self.draft.parts[at].key == "payments" || self.draft.parts[at].kind == Kind::Ml
    }

    /// The bus over which services tell each other what happened: the one that is there, else a new one.
    fn bus(&mut self) -> usize {
        let there = ["bus", "stream"].into_iter().find_map(|k| self.draft.find(k));
        there.unwrap_or_else(|| {
            let why = "default: several features hear of each other over a bus";
            self.draft.add(assumed("bus", "Event bus", Kind::EventBus, Rank::Partner, self.head, why))
        })
    }

    /// Features that keep nothing of their own read what the core keeps, where they do not come to it anyhow. A core that keeps
    /// nothing, and leaves others without a place for their data, gets a database.
    pub(crate) fn share_store(&mut self) {
        let Some(core) = self.core.filter(|&c| self.serves(c)) else { return };
        let Some(store) = self.store_of(core).or_else(|| self.common_store(core)) else { return };
        let made: Vec<usize> = self.made.iter().filter_map(|(_, made)| made.first().copied()).collect();
        for at in made {
            let keeps = self.draft.links.iter().any(|l| l.from == at && class(self.draft.parts[l.to].kind) == 1);
            if at == core || !self.serves(at) || keeps || self.draft.reached([at])[store] {
                continue;
            }
            let why = "default: a feature that keeps nothing of its own works on what the core keeps";
            let span = self.draft.parts[at].origin.span();
            self.draft.link(at, store, "read", Mode::Sync, Origin::assumed(span, why));
        }
    }

    /// A database for all who have none.
    fn common_store(&mut self, core: usize) -> Option<usize> {
        let kept = |i: usize| self.draft.links.iter().any(|l| l.from == i && class(self.draft.parts[l.to].kind) == 1);
        if self.family() != Feed::App || kept(core) {
            return None;
        }
        let why = "default: a system keeps its data in a store of its own";
        let store = self.draft.add(assumed("database", "Database", Kind::Database, Rank::Core, self.head, why));
        self.draft.link(core, store, "read and write", Mode::Sync, Origin::assumed(self.head, why));
        Some(store)
    }

    /// All apps come in where the first does, and all services that people ask for can be asked.
    pub(crate) fn open_doors(&mut self) {
        let Some(entry) = self.draft.find("gateway").or_else(|| self.draft.find("load-balancer")) else { return };
        if self.family() == Feed::Data {
            return;
        }
        let why = "default: people's requests come in at the gateway";
        for at in 0..self.draft.parts.len() {
            let app = matches!(self.draft.parts[at].kind, Kind::Client | Kind::User);
            if app && !self.draft.reached([at])[entry] && !self.draft.linked(entry, at) {
                let fed = self.draft.links.iter().any(|l| l.to == at) && !self.draft.links.iter().any(|l| l.from == at);
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
