//! Phase 4: where everything stands within its layer.
//!
//! Precondition: the members of a group stand together in every layer, and groups that share layers keep one order.
//! Postcondition: vertices and group borders keep their distances; every group is one interval over all its layers.
//!
//! Separation constraints between neighbours, with a point for the left and right border of every group; the total
//! length of all segments across is made less by repeated relaxation towards weighted means, and from there, unless the
//! graph is large, least by network simplex (Gansner and others 1993): of what relaxation drew straight as blocks, then of all.

use std::cmp::Reverse;

use super::align::{Constraints, align, smooth};
use super::graph::{LayoutGraph, ROOT};
use super::network_simplex::{Arc, improve};
use super::ports::{self, Ports};
use super::proper::{Proper, Role};
use super::relax;
use crate::model::Direction;

/// Places across the flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Across {
    /// The axis of every vertex.
    pub(super) x: Vec<f64>,
    /// The left and right border of every group.
    pub(super) borders: Vec<(f64, f64)>,
}

/// Up to this many points the exact way is taken.
const EXACT: usize = 6000;

/// Finds the places, and moves ports to where they make segments straight.
pub(super) fn place(graph: &LayoutGraph, proper: &Proper, half_width: &[f64], ports: &mut Ports) -> Across {
    let n = proper.vertices.len();
    let points = n + 2 * graph.groups.len();
    let mut separation = Separation { graph, proper, arcs: Vec::new() };
    separation.rows();
    separation.titles(ports);
    let separations = separation.arcs;
    let (mut x, block) = relax::relax(proper, ports, points, &separations);
    if points + proper.segments.len() <= EXACT {
        x = exact(graph, (proper, ports), &separations, &x, &block);
    } else {
        align(proper, ports, &Constraints::new(&separations, points, n), &mut x);
    }
    let least = beside_titles(graph, proper, &x);
    ports::straighten(proper, half_width, &x, &least, ports);
    settle(graph, proper, half_width, ports, (separations, x))
}

/// Makes segments straight where that pays, and takes out jogs.
///
/// Takes places of vertices and group borders that keep all separations but those of titles.
fn settle(
    graph: &LayoutGraph,
    proper: &Proper,
    half_width: &[f64],
    ports: &mut Ports,
    (separations, mut x): (Vec<Arc>, Vec<f64>),
) -> Across {
    let n = proper.vertices.len();
    // Ports that moved may have come nearer to titles.
    let mut separation = Separation { graph, proper, arcs: separations };
    separation.titles(ports);
    align(proper, ports, &Constraints::new(&separation.arcs, x.len(), n), &mut x);
    // What moved last may have left a port a few pixels beside its line.
    let least = beside_titles(graph, proper, &x);
    ports::straighten(proper, half_width, &x, &least, ports);
    separation.titles(ports);
    smooth(proper, ports, &Constraints::new(&separation.arcs, x.len(), n), &mut x);
    let least = beside_titles(graph, proper, &x);
    ports::nudge(proper, half_width, &x, &least, ports);
    let borders = (0..graph.groups.len()).map(|g| (x[n + 2 * g], x[n + 2 * g + 1])).collect();
    x.truncate(n);
    Across { x, borders }
}

/// The same places, further apart by a factor over 1: everything keeps its distances, and groups close around their members.
pub(super) fn stretched(
    graph: &LayoutGraph,
    proper: &Proper,
    half_width: &[f64],
    ports: &mut Ports,
    (across, factor): (&Across, f64),
) -> Across {
    let borders = across.borders.iter().flat_map(|b| [b.0, b.1]);
    let x: Vec<f64> = across.x.iter().copied().chain(borders).map(|x| (x * factor).round()).collect();
    let mut separation = Separation { graph, proper, arcs: Vec::new() };
    separation.rows();
    // Rounding may have cost a pixel.
    let n = proper.vertices.len();
    for arc in separation.arcs.iter_mut().filter(|arc| arc.from < n && arc.to < n) {
        arc.least = arc.least.max((arc.least as f64 * factor).floor() as i64 - 1);
    }
    let least = beside_titles(graph, proper, &x);
    ports::straighten(proper, half_width, &x, &least, ports);
    settle(graph, proper, half_width, ports, (separation.arcs, x))
}

/// For every vertex, the least place at which something may enter it from above without crossing a title.
fn beside_titles(graph: &LayoutGraph, proper: &Proper, x: &[f64]) -> Vec<f64> {
    let n = proper.vertices.len();
    let mut least = vec![f64::NEG_INFINITY; n];
    if graph.direction == Direction::Down {
        for (v, vertex) in proper.vertices.iter().enumerate() {
            let mut g = vertex.group;
            while g != ROOT && proper.extent[g].0 == vertex.layer {
                let reach = x[n + 2 * g] + TITLE_INSET + graph.groups[g].title.w + TITLE_GAP;
                least[v] = least[v].max(reach);
                g = graph.groups[g].parent;
            }
        }
    }
    least
}

/// The places of least length, from relaxed ones: first of blocks, which leave few points to place, and from there of all.
fn exact(
    graph: &LayoutGraph,
    (proper, ports): (&Proper, &Ports),
    separations: &[Arc],
    relaxed: &[f64],
    block: &[usize],
) -> Vec<f64> {
    let coarse = shortest(graph, (proper, ports), separations, relaxed, block);
    let single: Vec<usize> = (0..block.len()).collect();
    shortest(graph, (proper, ports), separations, &coarse, &single)
}

/// The places of least length of blocks, from places that keep all separations.
///
/// Segments pull their ends together, groups their borders.
fn shortest(
    graph: &LayoutGraph,
    (proper, ports): (&Proper, &Ports),
    separations: &[Arc],
    first: &[f64],
    block: &[usize],
) -> Vec<f64> {
    let n = proper.vertices.len();
    let mut number = vec![usize::MAX; block.len()];
    let mut start: Vec<i64> = Vec::new();
    for (p, &b) in block.iter().enumerate() {
        if b == p {
            number[p] = start.len();
            start.push(first[p].round() as i64);
        }
    }
    let of = |p: usize| number[block[p]];
    let moved = separations.iter().map(|arc| Arc { from: of(arc.from), to: of(arc.to), ..*arc });
    let mut arcs: Vec<Arc> = moved.filter(|arc| arc.from != arc.to).collect();
    // Of several between the same two the longest counts.
    arcs.sort_unstable_by_key(|arc| (arc.from, arc.to, Reverse(arc.least)));
    arcs.dedup_by_key(|arc| (arc.from, arc.to));
    let pivots = 60 * (start.len() + arcs.len());
    for (s, segment) in proper.segments.iter().enumerate() {
        let (upper, lower) = (of(segment.upper), of(segment.lower));
        if upper == lower {
            continue;
        }
        let (from, weight) = (start.len(), weight(proper, s));
        let offsets = (ports.upper[s].round() as i64, ports.lower[s].round() as i64);
        arcs.push(Arc { from, to: upper, least: -offsets.0, weight });
        arcs.push(Arc { from, to: lower, least: -offsets.1, weight });
        start.push((start[upper] + offsets.0).min(start[lower] + offsets.1));
    }
    for g in 1..graph.groups.len() {
        arcs.push(Arc { from: of(n + 2 * g), to: of(n + 2 * g + 1), least: 0, weight: 1 });
    }
    let found = improve(start.len(), &arcs, Some(start), pivots);
    (0..block.len()).map(|p| found[of(p)] as f64).collect()
}

/// How much a segment should be straight: most of all in the inside of long connections.
pub(super) fn weight(proper: &Proper, s: usize) -> i64 {
    let segment = &proper.segments[s];
    let bend = |v: usize| usize::from(!matches!(proper.vertices[v].role, Role::Node(_)));
    [2, 3, 12][bend(segment.upper) + bend(segment.lower)]
}

struct Separation<'a> {
    graph: &'a LayoutGraph,
    proper: &'a Proper,
    arcs: Vec<Arc>,
}

/// One thing in a row.
#[derive(Clone, Copy)]
enum Mark {
    Vertex(usize),
    Open(usize),
    Close(usize),
}

impl Separation<'_> {
    fn rows(&mut self) {
        for g in 1..self.graph.groups.len() {
            let title = self.graph.groups[g].title;
            let least = match self.graph.direction {
                Direction::Down => title.w + 2.0 * TITLE_INSET,
                Direction::Right => 0.0,
            };
            let n = self.proper.vertices.len();
            self.push(n + 2 * g, n + 2 * g + 1, least);
        }
        for row in &self.proper.rows {
            let mut open: Vec<usize> = Vec::new();
            let mut before: Option<Mark> = None;
            for &v in row {
                let group = self.proper.vertices[v].group;
                while let Some(&g) = open.last().filter(|&&g| !self.graph.holds(g, group)) {
                    open.pop();
                    self.follow(&mut before, Mark::Close(g));
                }
                let mut inner = Vec::new();
                let mut g = group;
                while g != ROOT && open.last() != Some(&g) {
                    inner.push(g);
                    g = self.graph.groups[g].parent;
                }
                for &g in inner.iter().rev() {
                    open.push(g);
                    self.follow(&mut before, Mark::Open(g));
                }
                self.follow(&mut before, Mark::Vertex(v));
            }
            while let Some(g) = open.pop() {
                self.follow(&mut before, Mark::Close(g));
            }
        }
    }

    /// Titles stand in the first corner of their group: what comes in from above stays beside them.
    fn titles(&mut self, ports: &Ports) {
        if self.graph.direction != Direction::Down {
            return;
        }
        let n = self.proper.vertices.len();
        for (v, vertex) in self.proper.vertices.iter().enumerate() {
            let Some(least) = self.proper.above[v].iter().map(|&s| ports.lower[s]).min_by(f64::total_cmp)
            else {
                continue;
            };
            let mut g = vertex.group;
            while g != ROOT && self.proper.extent[g].0 == vertex.layer {
                let reach = TITLE_INSET + self.graph.groups[g].title.w + TITLE_GAP - least;
                self.push(n + 2 * g, v, reach);
                g = self.graph.groups[g].parent;
            }
        }
    }

    fn follow(&mut self, before: &mut Option<Mark>, next: Mark) {
        if let Some(last) = before.replace(next) {
            let distance = self.distance(last, next);
            self.push(self.point(last), self.point(next), distance);
        }
    }

    fn point(&self, mark: Mark) -> usize {
        let n = self.proper.vertices.len();
        match mark {
            Mark::Vertex(v) => v,
            Mark::Open(g) => n + 2 * g,
            Mark::Close(g) => n + 2 * g + 1,
        }
    }

    fn push(&mut self, from: usize, to: usize, least: f64) {
        self.arcs.push(Arc { from, to, least: least.ceil() as i64, weight: 0 });
    }

    fn distance(&self, a: Mark, b: Mark) -> f64 {
        let spacing = &self.graph.spacing;
        let vertex = |v: usize| &self.proper.vertices[v];
        let padding = |v: usize| match vertex(v).role {
            Role::Node(_) => spacing.group_padding,
            Role::Filler => 0.0,
            _ => spacing.edge_node_gap,
        };
        let title = match self.graph.direction {
            Direction::Down => 0.0,
            Direction::Right => 1.0,
        };
        let title = |g: usize| title * (self.graph.groups[g].title.h + TITLE_INSET - 4.0);
        let outside = |v: usize| match vertex(v).role {
            Role::Node(_) => spacing.node_gap,
            _ => spacing.edge_node_gap,
        };
        match (a, b) {
            (Mark::Vertex(a), Mark::Vertex(b)) => vertex(a).right + vertex(b).left + self.gap(a, b),
            (Mark::Vertex(a), Mark::Close(_)) => vertex(a).right + padding(a),
            (Mark::Open(g), Mark::Vertex(b)) => vertex(b).left + padding(b) + title(g),
            (Mark::Open(g), Mark::Open(_)) => spacing.group_padding + title(g),
            (Mark::Close(_), Mark::Close(_)) => spacing.group_padding,
            (Mark::Close(_), Mark::Open(_)) => spacing.node_gap,
            (Mark::Vertex(a), Mark::Open(_)) => vertex(a).right + outside(a),
            (Mark::Close(_), Mark::Vertex(b)) => vertex(b).left + outside(b),
            (Mark::Open(_), Mark::Close(_)) => 0.0,
        }
    }

    fn gap(&self, a: usize, b: usize) -> f64 {
        let spacing = &self.graph.spacing;
        let (a, b) = (self.proper.vertices[a].role, self.proper.vertices[b].role);
        match (a, b) {
            (Role::Filler, _) | (_, Role::Filler) => 0.0,
            (Role::Node(_), Role::Node(_)) => spacing.node_gap,
            (Role::Node(_), _) | (_, Role::Node(_)) => spacing.edge_node_gap,
            (Role::Label(_), Role::Label(_)) => 8.0,
            (Role::Label(_), _) | (_, Role::Label(_)) => 8.0,
            _ => spacing.edge_gap,
        }
    }
}

/// From a group's corner to its title.
pub(super) const TITLE_INSET: f64 = 10.0;
/// Between a title and an edge beside it.
pub(super) const TITLE_GAP: f64 = 10.0;
