//! Connections that look alike and meet at one component share a trunk: one port, one run, one arrowhead.
//!
//! Takes the sides of components, their segments in order; finds those that may be drawn as one line next to a hub, and
//! leaves one port for each such bundle. What lies between two members keeps them apart, so that a trunk adds no
//! crossing. It places nothing. (Confluent drawing: Dickerson, Eppstein, Goodrich, Meng 2005.)

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::arrangement::End;
use super::graph::LayoutGraph;
use super::proper::{Proper, Role};
use crate::model::{Architecture, Connection, Mode};

/// With fewer members every one has a line of its own.
const LEAST: usize = 5;

/// Segments that share a line at one end.
#[derive(Debug, Clone)]
pub(super) struct Trunk {
    /// Whether they share it at the lower side of the component above them, or at the upper side of the one below.
    pub(super) from_above: bool,
    /// In the order of their other ends.
    pub(super) segments: Vec<usize>,
    /// Which end of the connections it is.
    pub(super) end: End,
}

/// All trunks of a picture.
#[derive(Debug, Clone, Default)]
pub(super) struct Trunks {
    pub(super) all: Vec<Trunk>,
    /// For every segment the trunk that it is in; empty where there is none.
    of: Vec<Option<usize>>,
}

impl Trunks {
    /// The trunk of a segment.
    pub(super) fn of(&self, s: usize) -> Option<&Trunk> {
        let trunk = self.of.get(s).copied().flatten()?;
        self.all.get(trunk)
    }

    /// For every connection the end at which it is in a trunk.
    pub(super) fn ends(&self, proper: &Proper) -> Vec<Option<End>> {
        let end = |run: &Vec<usize>| run.iter().find_map(|&s| self.of(s)).map(|t| t.end);
        proper.runs.iter().map(end).collect()
    }
}

/// For every connection a number that it has in common with those that look the same; none where it must be told apart:
/// with a step's number, or as a loop.
pub(super) fn kin(architecture: &Architecture) -> Vec<Option<usize>> {
    let marks = architecture.step_marks();
    let mut seen = BTreeMap::new();
    let mut found = Vec::with_capacity(architecture.connection_count());
    for c in architecture.connections() {
        if c.from == c.to || !marks[c.index.index()].is_empty() {
            found.push(None);
            continue;
        }
        let Connection { mode, origin, label, protocol, .. } = c.connection;
        let look = (*mode == Mode::Async, origin.is_assumed(), label.as_deref(), protocol.as_deref());
        let next = seen.len();
        found.push(Some(*seen.entry(look).or_insert(next)));
    }
    found
}

/// Finds the trunks, the largest first; of each, one segment is left in its side.
pub(super) fn find(
    graph: &LayoutGraph,
    proper: &Proper,
    bottom: &mut [Vec<usize>],
    top: &mut [Vec<usize>],
) -> Trunks {
    let mut trunks = Trunks::default();
    if bottom.iter().chain(top.iter()).all(|side| side.len() < LEAST) {
        return trunks;
    }
    let mut edge = vec![0; proper.segments.len()];
    for (e, run) in proper.runs.iter().enumerate() {
        run.iter().for_each(|&s| edge[s] = e);
    }
    let mut found: Vec<Trunk> = Vec::new();
    for (from_above, sides) in [(true, &*bottom), (false, &*top)] {
        for (v, side) in sides.iter().enumerate().filter(|(_, side)| side.len() >= LEAST) {
            let look = |s: &usize| {
                let other = &proper.segments[*s];
                let other = if from_above { other.lower } else { other.upper };
                let turns = matches!(proper.vertices[other].role, Role::Turn(_));
                let kin = graph.edges[edge[*s]].kin.filter(|_| !turns);
                let end = if graph.edges[edge[*s]].from == v { End::Source } else { End::Target };
                kin.map(|kin| (kin, end))
            };
            for run in side.chunk_by(|a, b| look(a) == look(b)).filter(|run| run.len() >= LEAST) {
                if let Some((_, end)) = look(&run[0]) {
                    found.push(Trunk { from_above, segments: run.to_vec(), end });
                }
            }
        }
    }
    found.sort_by_key(|t| Reverse(t.segments.len()));
    trunks.of = vec![None; proper.segments.len()];
    let mut taken = vec![false; graph.edges.len()];
    for trunk in found {
        // A connection is in one trunk only.
        for part in trunk.segments.split(|&s| taken[edge[s]]).filter(|part| part.len() >= LEAST) {
            part.iter().for_each(|&s| trunks.of[s] = Some(trunks.all.len()));
            trunks.all.push(Trunk { segments: part.to_vec(), ..trunk });
        }
        let members = trunk.segments.iter().filter(|&&s| trunks.of[s].is_some());
        members.for_each(|&s| taken[edge[s]] = true);
    }
    for trunk in &trunks.all {
        let (leader, segment) =
            (trunk.segments[trunk.segments.len() / 2], &proper.segments[trunk.segments[0]]);
        let side = if trunk.from_above { &mut bottom[segment.upper] } else { &mut top[segment.lower] };
        side.retain(|s| *s == leader || !trunk.segments.contains(s));
    }
    trunks
}
