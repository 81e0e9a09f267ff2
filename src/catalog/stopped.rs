//! What stops with a component: who waits for it and fails with it, who goes on, whose work comes later.
//!
//! Takes the ways of an architecture ([`Paths`]); gives indices. How it is told, and how many are named, is the business of those
//! who ask.

use petgraph::visit::EdgeRef;

use super::paths::{Paths, reach};
use super::words::says;
use crate::model::{Architecture, ComponentIndex, ConnectionIndex, ConnectionRef, Kind, Value};

/// What a failure stops.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Stopped {
    /// Who waits for it, directly or not, and fails with it; nobody for a cache, unless it keeps what is nowhere else.
    pub(crate) waiting: Vec<ComponentIndex>,
    /// Who goes on without it, but slower: the callers of a cache.
    pub(crate) slower: Vec<ComponentIndex>,
    /// The calls whose callers go on by what is stated to come instead of an answer.
    pub(crate) instead: Vec<ConnectionIndex>,
    /// Who gets work or messages later, or not at all.
    pub(crate) delayed: Vec<ComponentIndex>,
    /// The channels around it that hold work meanwhile.
    pub(crate) buffers: Vec<ComponentIndex>,
}

impl Paths {
    /// Everyone who waits for `of` without anything that comes instead of its answer, in the order of mention, and the calls at
    /// which something does, by those who wait at no other.
    fn left_waiting(
        &self,
        a: &Architecture,
        of: ComponentIndex,
    ) -> (Vec<ComponentIndex>, Vec<ConnectionIndex>) {
        let mut seen = vec![false; self.calls.node_count()];
        let (mut stack, mut instead) = (vec![of], Vec::new());
        while let Some(i) = stack.pop() {
            if std::mem::replace(&mut seen[i.index()], true) {
                continue;
            }
            for call in self.calls.edges_directed(i, petgraph::Direction::Incoming) {
                if a.connection(*call.weight()).is_some_and(|c| has_fallback(&c)) {
                    instead.push((call.source(), *call.weight()));
                } else {
                    stack.push(call.source());
                }
            }
        }
        instead.retain(|(caller, _)| !seen[caller.index()]);
        instead.sort_unstable_by_key(|(_, call)| *call);
        let waiting = self.calls.node_indices().filter(|&i| i != of && seen[i.index()]).collect();
        (waiting, instead.into_iter().map(|(_, call)| call).collect())
    }

    /// What stops when `of` fails, each in the order of mention.
    pub(crate) fn stopped(&self, a: &Architecture, of: ComponentIndex) -> Stopped {
        let kind = |i: ComponentIndex| a.at(i).kind;
        let spare = kind(of) == Kind::Cache && !holds_state(a, of);
        let (waiting, instead) = if spare { (Vec::new(), Vec::new()) } else { self.left_waiting(a, of) };
        let mut slower: Vec<ComponentIndex> = Vec::new();
        if spare {
            slower.extend(self.calls.neighbors_directed(of, petgraph::Direction::Incoming));
            slower.sort_unstable();
            slower.dedup();
        }
        let waited = self.waited_for(of);
        // What is only called stands idle; what is told or triggered gets its work later: by what fails, and by what
        // cannot do its own work without it.
        let mut after = self.downstream(of);
        let mut idle = waited;
        if !spare {
            // A caller that fails hands nothing over either; what it would have called stands idle.
            let own: Vec<ComponentIndex> =
                waiting.iter().copied().filter(|&i| kind(i).is_compute()).collect();
            let told = own.iter().flat_map(|&i| self.flow.edges(i));
            let told = told.filter(|e| !self.sync[e.weight().index()]).map(|e| (e.target(), *e.weight()));
            after.extend(self.beyond(of, told.collect()));
            idle.iter_mut().zip(reach(&self.calls, &own)).for_each(|(all, more)| *all |= more);
        }
        after.sort_unstable();
        after.dedup();
        let mut waits = vec![false; idle.len()];
        waiting.iter().for_each(|i| waits[i.index()] = true);
        let later = |i: &ComponentIndex| {
            *i != of
                && !waits[i.index()]
                && !idle[i.index()]
                && !kind(*i).is_store()
                && kind(*i) != Kind::Cache
        };
        let delayed = after.into_iter().filter(later).collect();
        let mut buffers: Vec<ComponentIndex> = Vec::new();
        let into = a.connections_to(of).filter(|c| !self.reversed(c));
        for c in into.chain(a.connections_from(of).filter(|c| self.reversed(c))) {
            let other = if c.to == of { c.from } else { c.to };
            if kind(other).is_messaging() && !buffers.contains(&other) {
                buffers.push(other);
            }
        }
        Stopped { waiting, slower, instead, delayed, buffers }
    }
}

/// Whether a cache keeps what is kept nowhere else, as its name or its arrows tell: sessions, presence, carts.
fn holds_state(a: &Architecture, cache: ComponentIndex) -> bool {
    let told = |c: ConnectionRef<'_>| {
        says(&a.at(c.from).label, "session") || c.label.as_deref().is_some_and(|l| says(l, "session"))
    };
    says(&a.at(cache).label, "session") || a.connections_to(cache).any(told)
}

/// Whether it is stated what comes instead of an answer.
fn has_fallback(c: &ConnectionRef<'_>) -> bool {
    let no = |v: &Value| matches!(v.to_string().to_lowercase().as_str(), "false" | "no" | "none");
    c.properties.get("fallback").is_some_and(|p| !no(&p.value))
}
