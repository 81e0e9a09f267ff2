//! Features that stand alone learn of what happens around them, and tell what they did: directly where they are few, else
//! over a bus.
//!
//! Takes the connected draft and adds arrows, and the bus. Which parts work together by their nature is said in the data files
//! (see `wiring`); here is what holds of any feature.

use crate::model::{Kind, Mode, Origin};
use crate::text::Span;

use super::assemble::Assembly;
use super::draft::{Rank, assumed, class};
use super::features::Ask;
use super::knowledge::{Feed, vocabulary};
use super::ties::about;
use super::words::stem;

/// From this many features on that hear of each other, they do so over a bus.
const BEFORE_BUS: usize = 2;

const WHY: &str = "default: a feature hears of what happens around it";

/// A feature that is to be tied in.
struct Lone {
    at: usize,
    /// What it is about, in small letters.
    own: String,
    /// Where it was asked for.
    span: Span,
    /// Whether it brings the others data.
    brings: bool,
    /// Whether it only brings data, and acts on nothing that others do.
    source: bool,
    /// Whether what it does is news to the others.
    tells: bool,
    /// Whether the core tells it what happens, as its capability has it.
    told: bool,
    /// Whether the core calls it rather than tell it.
    called: bool,
}

impl Assembly<'_> {
    /// Joins features that stand alone with what the system is about: they learn of its changes, bring it data, and tell what
    /// they did. Several of them do so over a bus.
    pub(crate) fn tie(&mut self) {
        let Some(core) = self.core.filter(|&c| self.serves(c)) else { return };
        if self.family() == Feed::Data {
            return;
        }
        let parties = self.parties(core);
        let mine = about(&self.draft.parts[core].label);
        let many = parties.iter().filter(|l| !l.called).count() >= BEFORE_BUS;
        if many && self.family() == Feed::App {
            let bus = self.bus();
            parties.iter().for_each(|party| self.tie_over(bus, core, &mine, party));
            let origin = || Origin::assumed(self.head, WHY);
            self.draft.link(core, bus, &format!("{mine} events"), Mode::Async, origin());
            if self.draft.links.iter().any(|l| l.to == bus && l.from != core) {
                self.draft.link(bus, core, "what others did", Mode::Async, origin());
            }
            self.join_bus(bus, core);
            return;
        }
        let told: Vec<usize> = parties.iter().filter(|p| p.told && !p.tells).map(|p| p.at).collect();
        for party in parties.iter().filter(|p| !p.told) {
            self.tie_to(core, &mine, party);
            for &hears in told.iter().filter(|_| party.tells && !party.called) {
                let label = format!("{} events", party.own);
                self.draft.link(party.at, hears, &label, Mode::Async, Origin::assumed(party.span, WHY));
            }
        }
    }

    /// Features that work with some others tell the rest, and hear of them, over the bus.
    fn join_bus(&mut self, bus: usize, core: usize) {
        let made: Vec<usize> = self.made.iter().filter_map(|(_, made)| made.first().copied()).collect();
        for at in made {
            if at == core || !self.serves(at) || self.draft.linked(at, bus) || self.draft.linked(bus, at) {
                continue;
            }
            let own = about(&self.draft.parts[at].label);
            let says = |list: &[&str]| own.split([' ', '-']).any(|w| list.iter().any(|b| stem(b) == stem(w)));
            let (tells, source) = (!says(vocabulary().hearing), says(vocabulary().sources));
            let origin = Origin::assumed(self.draft.parts[at].origin.span(), WHY);
            if tells && !self.draft.reached([at])[bus] {
                self.draft.link(at, bus, &format!("{own} events"), Mode::Async, origin);
            } else if !source && !self.draft.reached([bus])[at] {
                self.draft.link(bus, at, "events", Mode::Async, origin);
            }
        }
    }

    /// Every feature has some way to or from the core; and who has a bus of a name publishes on it.
    pub(crate) fn meet_core(&mut self) {
        let Some(core) = self.core.filter(|&c| class(self.draft.parts[c].kind) == 4) else { return };
        if self.family() == Feed::Data {
            return;
        }
        let mine = about(&self.draft.parts[core].label);
        let made: Vec<usize> = self.made.iter().filter_map(|(_, made)| made.first().copied()).collect();
        for at in made {
            let apart = at != core && self.serves(at);
            if apart && !self.draft.reached([core])[at] && !self.draft.reached([at])[core] {
                let origin = Origin::assumed(self.draft.parts[at].origin.span(), WHY);
                self.draft.link(core, at, &format!("{mine} events"), Mode::Async, origin);
            }
        }
        for at in 0..self.draft.parts.len() {
            let part = &self.draft.parts[at];
            let bus = matches!(part.kind, Kind::Topic | Kind::EventBus) && part.technology.is_some();
            if bus && self.serves(core) && !self.draft.reached([core])[at] && !self.draft.linked(at, core) {
                let origin = Origin::assumed(part.origin.span(), WHY);
                self.draft.link(core, at, "events", Mode::Async, origin);
            }
        }
    }

    /// Features that do what is queued take it from the queue.
    pub(crate) fn feed_workers(&mut self) {
        let Some(queue) =
            self.draft.parts.iter().position(|p| p.kind == Kind::Queue && p.key != "dead-letter")
        else {
            return;
        };
        let made: Vec<usize> = self.made.iter().filter_map(|(_, made)| made.first().copied()).collect();
        for at in made {
            let label = about(&self.draft.parts[at].label);
            let works = label
                .split([' ', '-'])
                .chain(self.draft.parts[at].label.to_lowercase().rsplit(' ').take(1))
                .any(|w| vocabulary().queued.iter().any(|q| stem(q) == stem(w)));
            let fed =
                self.draft.links.iter().any(|l| l.to == at && self.draft.parts[l.from].kind == Kind::Queue);
            if works && !fed && self.serves(at) && self.core != Some(at) && !self.draft.linked(at, queue) {
                let span = self.draft.parts[at].origin.span();
                let why = "default: what is done later is taken from the queue";
                self.draft.link(queue, at, "jobs", Mode::Async, Origin::assumed(span, why));
            }
        }
    }

    /// Joins one feature with the core itself.
    fn tie_to(&mut self, core: usize, mine: &str, party: &Lone) {
        let origin = Origin::assumed(party.span, WHY);
        if party.called {
            self.call_party(core, party);
        } else if party.brings {
            self.draft.link(party.at, core, &party.own, Mode::Async, origin);
        } else {
            self.draft.link(core, party.at, &format!("{mine} events"), Mode::Async, origin.clone());
            if party.tells {
                self.draft.link(party.at, core, &format!("{} events", party.own), Mode::Async, origin);
            }
        }
    }

    /// Joins one feature with the bus.
    fn tie_over(&mut self, bus: usize, core: usize, mine: &str, party: &Lone) {
        let origin = || Origin::assumed(party.span, WHY);
        let at = party.at;
        if at == bus {
            return;
        }
        if party.called {
            self.call_party(core, party);
        }
        if party.told {
            self.draft.links.retain(|l| {
                !(l.from == core && l.to == at && l.mode == Mode::Async && l.origin.is_assumed())
            });
        }
        if (party.brings || party.tells) && self.draft.parts[at].key != "payments" {
            self.draft.link(at, bus, &format!("{} events", party.own), Mode::Async, origin());
        }
        if !party.source && !party.called {
            self.draft.link(bus, at, &format!("{mine} events"), Mode::Async, origin());
        }
    }

    /// The core asks a feature for what it knows.
    fn call_party(&mut self, core: usize, party: &Lone) {
        let pays = self.draft.parts[party.at].key == "payments";
        let label = if pays { "charge".to_owned() } else { format!("ask for {}", party.own) };
        self.draft.link(core, party.at, &label, Mode::Sync, Origin::assumed(party.span, WHY));
    }

    /// The features that deal with no other service, or are only told by the core.
    fn parties(&self, core: usize) -> Vec<Lone> {
        let plain = |ask: &Ask| !matches!(ask, Ask::Capability(c, _) if c.pattern);
        let mut found: Vec<Lone> = Vec::new();
        for at in
            self.made.iter().filter(|(f, _)| plain(&f.ask)).filter_map(|(_, made)| made.first().copied())
        {
            let part = &self.draft.parts[at];
            let known = found.iter().any(|l| l.at == at);
            let told = self
                .draft
                .links
                .iter()
                .any(|l| l.from == core && l.to == at && l.mode == Mode::Async && l.origin.is_assumed())
                && class(part.kind) == 4;
            if at == core || known || !(self.serves(at) && !self.works_with_others(at) || told) {
                continue;
            }
            let own = about(&part.label);
            let says = |list: &[&str]| own.split([' ', '-']).any(|w| list.iter().any(|b| stem(b) == stem(w)));
            let brings = says(vocabulary().bringing);
            found.push(Lone {
                at,
                span: part.origin.span(),
                brings,
                source: says(vocabulary().sources),
                tells: !says(vocabulary().hearing),
                told,
                called: !told && (part.key == "payments" || part.kind == Kind::Ml && !brings),
                own,
            });
        }
        found
    }

    /// The bus over which services tell each other what happened: the one that is there, else a new one.
    fn bus(&mut self) -> usize {
        let carries = |p: &super::draft::Part| {
            matches!(p.kind, Kind::Topic | Kind::Stream | Kind::EventBus) && p.key != "pubsub"
        };
        let named = ["bus", "stream"].into_iter().find_map(|k| self.draft.find(k));
        let there = named.or_else(|| self.draft.parts.iter().position(carries));
        there.unwrap_or_else(|| {
            let why = "default: several features hear of each other over a bus";
            self.draft.add(assumed("bus", "Event bus", Kind::EventBus, Rank::Partner, self.head, why))
        })
    }
}
