//! The arrows of a draft: those of capabilities, and those between things that meet.
//!
//! Takes the components that designs and features made and draws what the data files say of them. It adds no component.

use crate::model::{Kind, Mode, Origin};

use super::assemble::{Assembly, Pending};
use super::draft::{Link, Rank, class};
use super::features::Ask;
use super::knowledge::{Feed, Flow, knowledge};
use super::labels::fill;

impl Assembly<'_> {
    /// Draws the flows of capabilities, and those between capabilities that meet here.
    pub(crate) fn draw_flows(&mut self) {
        let mut led: Vec<(usize, usize)> = Vec::new();
        for pending in std::mem::take(&mut self.flows) {
            let why = format!("capability: {}", pending.capability.id);
            for flow in pending.capability.flows {
                let label = fill(flow.label, &pending.words).to_lowercase_first();
                for (from, to) in self.ends(&pending, flow) {
                    self.draft.link(from, to, &label, flow.mode, Origin::assumed(pending.span, &why));
                    if flow.to == "each" && flow.mode == Mode::Sync {
                        led.push((from, to));
                    }
                }
            }
        }
        self.lead(&led);
        for flow in knowledge().links {
            for (from, to) in self.places(flow) {
                if self.draft.linked(to, from) || self.meet(from, to) || self.led(from, to) {
                    continue;
                }
                let span = self.draft.parts[to].origin.span();
                let origin = Origin::assumed(span, "default: these two work together");
                self.draft.link(from, to, flow.label, flow.mode, origin);
            }
        }
    }

    /// The pairs that a link between capabilities joins: where several features ask for one capability, each of them.
    fn places(&self, flow: &Flow) -> Vec<(usize, usize)> {
        let all = |key: &str| -> Vec<usize> {
            let main = |ask: &Ask| match ask {
                Ask::Capability(c, _) => c.components.first().is_some_and(|(main, _)| main == key),
                Ask::Frame(_) | Ask::Unknown(_) => false,
            };
            let made =
                self.made.iter().filter(|(f, _)| main(&f.ask)).filter_map(|(_, made)| made.first().copied());
            let mut found: Vec<usize> = self.place(key).into_iter().chain(made).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let (from, to) = (all(flow.from), all(flow.to));
        from.iter().flat_map(|&f| to.iter().map(move |&t| (f, t))).collect()
    }

    /// Where a capability's flow starts and ends; several times where an end stands for each service.
    fn ends(&self, pending: &Pending, flow: &Flow) -> Vec<(usize, usize)> {
        let main_key = pending.capability.components.first().map_or("", |(key, _)| key);
        let places = |key: &str| -> Vec<usize> {
            if key == "each" {
                return self.services(pending);
            }
            if key == main_key {
                return vec![pending.main];
            }
            if let Some((.., at)) = self.stores.iter().find(|(span, k, _)| *span == pending.span && *k == key)
            {
                return vec![*at];
            }
            let own = format!("{key}:{}", pending.words.to_lowercase());
            self.draft.find(&own).or_else(|| self.place(key)).into_iter().collect()
        };
        let (from, to) = (places(flow.from), places(flow.to));
        from.iter().flat_map(|&f| to.iter().map(move |&t| (f, t))).collect()
    }

    /// The services that a pattern is about: those of the other features, else those of the design around its core.
    fn services(&self, pending: &Pending) -> Vec<usize> {
        let runs = |i: &usize| {
            let kind = self.draft.parts[*i].kind;
            *i != pending.main && matches!(kind, Kind::Service | Kind::Function | Kind::Container)
        };
        let plain = |ask: &Ask| !matches!(ask, Ask::Capability(c, _) if c.pattern);
        let featured =
            self.made.iter().filter(|(f, _)| plain(&f.ask)).filter_map(|(_, made)| made.first().copied());
        let mut found: Vec<usize> = featured.filter(runs).collect();
        if found.is_empty() {
            let around = |i: &usize| Some(*i) != self.core && self.draft.parts[*i].rank == Rank::Core;
            found = (0..self.draft.parts.len()).filter(around).filter(runs).collect();
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What a coordinator calls is not called by the entry besides.
    fn lead(&mut self, led: &[(usize, usize)]) {
        let Some(entry) = self.entry() else { return };
        let coordinated = |entry: usize, to: usize, links: &[Link]| {
            led.iter()
                .any(|&(by, l)| l == to && by != entry && links.iter().any(|x| x.from == entry && x.to == by))
        };
        let links = self.draft.links.clone();
        self.draft
            .links
            .retain(|l| !(l.from == entry && l.origin.is_assumed() && coordinated(entry, l.to, &links)));
    }

    /// Whether a coordinator calls `to` already, on behalf of what it coordinates.
    fn led(&self, from: usize, to: usize) -> bool {
        let by_workflow =
            |l: &Link| l.to == to && l.from != from && self.draft.parts[l.from].kind == Kind::Workflow;
        self.draft.links.iter().any(by_workflow)
    }

    /// Whether one hears of the other by way of a bus or queue already.
    fn meet(&self, from: usize, to: usize) -> bool {
        let media = (0..self.draft.parts.len()).filter(|&i| class(self.draft.parts[i].kind) == 2);
        media.into_iter().any(|m| self.draft.linked(from, m) && self.draft.linked(m, to))
    }

    /// The component that a key of a flow stands for here.
    pub(crate) fn place(&self, key: &str) -> Option<usize> {
        match key {
            "entry" => self.entry(),
            "core" => self.core,
            "bus" => ["bus", "queue", "stream"]
                .into_iter()
                .find_map(|k| self.draft.find(k))
                .or_else(|| self.draft.parts.iter().position(|p| class(p.kind) == 2))
                .or(self.core),
            "store" => self.draft.find("event-store").or_else(|| self.own_store()).or(self.core),
            _ => self.draft.find(key),
        }
    }

    /// Where requests come in.
    pub(crate) fn entry(&self) -> Option<usize> {
        match self.family() {
            Feed::App | Feed::Infra => {
                ["gateway", "load-balancer", "client"].into_iter().find_map(|k| self.draft.find(k))
            }
            Feed::Data => self.draft.find("gateway").or(self.core).or_else(|| self.draft.find("client")),
        }
    }

    /// The database in which the core keeps its data.
    fn own_store(&self) -> Option<usize> {
        let core = self.core?;
        let kept = self.draft.links.iter().filter(|l| l.from == core).map(|l| l.to);
        kept.into_iter().find(|&to| self.draft.parts[to].kind == Kind::Database)
    }
}

/// A small letter first, as labels of arrows have it, but for abbreviations.
trait LowercaseFirst {
    fn to_lowercase_first(self) -> String;
}

impl LowercaseFirst for String {
    fn to_lowercase_first(self) -> String {
        let mut chars = self.chars();
        match (chars.next(), chars.next()) {
            (Some(a), Some(b)) if a.is_uppercase() && b.is_lowercase() => {
                a.to_lowercase().chain(std::iter::once(b)).chain(chars).collect()
            }
            _ => self,
        }
    }
}
