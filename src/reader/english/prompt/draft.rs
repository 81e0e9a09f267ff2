//! The architecture while it is being put together.
//!
//! Takes components and connections from designs, capabilities and the text, keeps one thing one, and gives up what
//! does not fit on a readable picture. It knows nothing of English.

use crate::model::{Kind, Mode, Origin, Technology};
use crate::text::Span;

use super::knowledge::vocabulary;
use super::words::stem;

/// How dearly a component is held: what the text states is never given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The text states it.
    Stated,
    /// The design cannot do without it.
    Core,
    /// A capability's store or partner.
    Partner,
    /// Good to have.
    Extra,
}

/// A component to be.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The thing's name in the data files, or made of its label.
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) kind: Kind,
    pub(crate) technology: Option<Technology>,
    pub(crate) replicas: Option<u32>,
    pub(crate) rank: Rank,
    pub(crate) origin: Origin,
}

/// A connection to be, between places in [`Draft::parts`].
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: String,
    pub(crate) mode: Mode,
    pub(crate) origin: Origin,
}

/// The draft.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) parts: Vec<Part>,
    pub(crate) links: Vec<Link>,
}

/// The largest number of boxes that still read well at a glance.
pub(crate) const READABLE: usize = 14;

impl Draft {
    /// The place of the component of that key.
    pub(crate) fn find(&self, key: &str) -> Option<usize> {
        self.parts.iter().position(|p| p.key == key)
    }

    /// Adds a component, or gives the place of the one that is the same thing: the same key, or the same name but for
    /// words such as "service". What is stated wins over what is assumed.
    pub(crate) fn add(&mut self, part: Part) -> usize {
        let same = self.find(&part.key).or_else(|| self.parts.iter().position(|p| same_thing(p, &part)));
        let Some(at) = same else {
            self.parts.push(part);
            return self.parts.len() - 1;
        };
        let old = &mut self.parts[at];
        if part.rank < old.rank {
            old.rank = part.rank;
        }
        if old.origin.is_assumed() && !part.origin.is_assumed() {
            old.origin = part.origin;
        }
        if part.technology.is_some() {
            old.technology = part.technology;
        }
        old.replicas = old.replicas.or(part.replicas);
        at
    }

    /// Connects two components, once.
    pub(crate) fn link(&mut self, from: usize, to: usize, label: &str, mode: Mode, origin: Origin) {
        if from == to || self.linked(from, to) {
            return;
        }
        self.links.push(Link { from, to, label: label.to_owned(), mode, origin });
    }

    /// Whether there is a connection from one to the other.
    pub(crate) fn linked(&self, from: usize, to: usize) -> bool {
        self.links.iter().any(|l| l.from == from && l.to == to)
    }

    /// What can be reached from the starts along the arrows.
    pub(crate) fn reached(&self, starts: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut seen = vec![false; self.parts.len()];
        let mut open: Vec<usize> = starts.into_iter().collect();
        while let Some(at) = open.pop() {
            if let Some(mark) = seen.get_mut(at)
                && !*mark
            {
                *mark = true;
                open.extend(self.links.iter().filter(|l| l.from == at).map(|l| l.to));
            }
        }
        seen
    }

    /// Removes a component with its connections.
    pub(crate) fn remove(&mut self, at: usize) {
        self.parts.remove(at);
        self.links.retain(|l| l.from != at && l.to != at);
        for link in &mut self.links {
            link.from -= usize::from(link.from > at);
            link.to -= usize::from(link.to > at);
        }
    }

    /// Lets `from` become one with `to`.
    pub(crate) fn merge(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        for link in &mut self.links {
            if link.from == from {
                link.from = to;
            }
            if link.to == from {
                link.to = to;
            }
        }
        let mut seen: Vec<(usize, usize)> = Vec::new();
        self.links.retain(|l| {
            let new = l.from != l.to && !seen.contains(&(l.from, l.to));
            seen.push((l.from, l.to));
            new
        });
        self.remove(from);
    }

    /// The least needed component at the end of a path, while the picture is too large to be read at a glance.
    pub(crate) fn spare(&self) -> Option<usize> {
        let stated = self.parts.iter().filter(|p| p.rank == Rank::Stated).count();
        if self.parts.len() <= READABLE.max(stated + stated / 2 + 2) {
            return None;
        }
        // A database of one feature is the least loss, as the feature can keep its data with the others'.
        let databases = self.parts.iter().filter(|p| p.kind == Kind::Database).count();
        let plain = |i: usize| databases > 1 && self.parts[i].kind == Kind::Database;
        (0..self.parts.len())
            .filter(|&i| self.parts[i].rank >= Rank::Partner && self.is_end(i))
            .max_by_key(|&i| (self.parts[i].rank, plain(i), class(self.parts[i].kind) == 1, i))
    }

    /// Whether nothing else depends on the component for being reached.
    fn is_end(&self, at: usize) -> bool {
        let others = self.links.iter().filter(|l| l.from == at && l.to != at).map(|l| l.to);
        others.into_iter().all(|to| self.links.iter().any(|l| l.to == to && l.from != at && l.from != to))
    }
}

/// Whether two components are the same thing under two names.
fn same_thing(a: &Part, b: &Part) -> bool {
    class(a.kind) == class(b.kind)
        && !core_words(&a.label).is_empty()
        && core_words(&a.label) == core_words(&b.label)
}

/// The classes within which one thing may go by several kinds.
pub(crate) fn class(kind: Kind) -> u8 {
    match kind {
        Kind::User | Kind::Client | Kind::Device => 0,
        Kind::Database | Kind::Cache | Kind::Storage | Kind::Search | Kind::Warehouse => 1,
        Kind::Queue | Kind::Topic | Kind::Stream | Kind::EventBus => 2,
        Kind::External => 3,
        _ => 4,
    }
}

/// A label's words without those that only say that it is a service.
pub(crate) fn core_words(label: &str) -> Vec<String> {
    let lower = label.to_lowercase();
    let roles = vocabulary().roles;
    let mut words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !roles.iter().any(|r| stem(r) == stem(w)))
        .map(|w| stem(w).to_owned())
        .collect();
    words.sort_unstable();
    words
}

/// An assumed component.
pub(crate) fn assumed(key: &str, label: &str, kind: Kind, rank: Rank, span: Span, why: &str) -> Part {
    Part {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        technology: None,
        replicas: None,
        rank,
        origin: Origin::assumed(span, why),
    }
}

/// A stated component.
pub(crate) fn stated(key: &str, label: &str, kind: Kind, span: Span) -> Part {
    Part {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        technology: None,
        replicas: None,
        rank: Rank::Stated,
        origin: Origin::stated(span),
    }
}
