//! The properly layered graph: connections as chains of vertices, one a layer.
//!
//! Takes components with their layers; gives vertices (components, bends, labels, turns and fillers) and the segments
//! between neighbouring layers. Labels of connections that span one layer get a thin layer of their own between the
//! layers of components; longer ones carry their label where they pass a layer anyway.
//!
//! Precondition: every component has a layer. Postcondition: segments join neighbouring layers only; every group has a
//! vertex in every layer of its span.

use super::graph::{LayoutGraph, ROOT};
use super::grid::{self, Grid, Turning};
use super::lists::Lists;
use super::p2_layers::Layers;

/// What stands in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The component of that index.
    Node(usize),
    /// A place that the connection of that index runs through.
    Bend(usize),
    /// The label of the connection of that index.
    Label(usize),
    /// Where the connection of that index turns back: both its segments are on the same side.
    Turn(usize),
    /// Keeps a layer of a group that has nothing else there.
    Filler,
}

/// A thing in a layer.
#[derive(Debug, Clone)]
pub(super) struct Vertex {
    pub(super) role: Role,
    pub(super) layer: usize,
    pub(super) group: usize,
    /// How far it reaches to the left and right of its axis.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) height: f64,
}

/// A piece of a connection between two neighbouring layers.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) upper: usize,
    pub(super) lower: usize,
}

/// The properly layered graph, and the order within the layers.
#[derive(Debug, Clone)]
pub(super) struct Proper {
    pub(super) vertices: Vec<Vertex>,
    pub(super) segments: Vec<Segment>,
    /// For every vertex, the segments that end at it from above.
    pub(super) above: Lists<usize>,
    /// For every vertex, the segments that start at it downwards.
    pub(super) below: Lists<usize>,
    /// For every connection its vertices from source to target; empty for a loop and for what runs within a layer.
    pub(super) paths: Vec<Vec<usize>>,
    /// For every connection its segments from source to target.
    pub(super) runs: Vec<Vec<usize>>,
    pub(super) rows: Vec<Vec<usize>>,
    /// For every layer, whether it is there for labels alone.
    pub(super) thin: Vec<bool>,
    /// First and last layer in which every group has its place.
    pub(super) span: Vec<(usize, usize)>,
    /// First and last layer of every group's box.
    pub(super) extent: Vec<(usize, usize)>,
}

/// Breaks connections at the layers they pass, with layers for labels or without.
pub(super) fn build(graph: &LayoutGraph, layers: &Layers, labels: bool) -> Proper {
    Builder::new(graph, layers, labels).finish()
}

struct Builder<'a> {
    graph: &'a LayoutGraph,
    grid: Grid,
    turns: Vec<Option<Turning>>,
    level: &'a [bool],
    proper: Proper,
}

impl<'a> Builder<'a> {
    fn new(graph: &'a LayoutGraph, layers: &'a Layers, labels: bool) -> Self {
        let turns = grid::turns(graph, layers);
        let grid = Grid::new(graph, layers, &turns, labels);
        let proper = Proper {
            vertices: Vec::new(),
            segments: Vec::new(),
            above: Lists::default(),
            below: Lists::default(),
            paths: Vec::with_capacity(graph.edges.len()),
            runs: Vec::with_capacity(graph.edges.len()),
            rows: vec![Vec::new(); grid.count],
            thin: grid.thin.clone(),
            span: grid.spans(graph, &layers.column, &turns),
            extent: grid.spans(graph, &layers.span, &turns),
        };
        Self { graph, grid, turns, level: &layers.level, proper }
    }

    fn finish(mut self) -> Proper {
        for (v, node) in self.graph.nodes.iter().enumerate() {
            let layer = self.grid.of_node[v];
            let half = (node.w / 2.0).ceil();
            let vertex = Vertex {
                role: Role::Node(v),
                layer,
                group: node.group,
                left: half,
                right: half,
                height: node.h,
            };
            self.add(vertex);
        }
        for e in 0..self.graph.edges.len() {
            self.path(e);
        }
        self.fill();
        let (count, segments) = (self.proper.vertices.len(), self.proper.segments.iter().enumerate());
        self.proper.above = Lists::new(count, segments.clone().map(|(k, s)| (s.lower, k)));
        self.proper.below = Lists::new(count, segments.map(|(k, s)| (s.upper, k)));
        self.proper
    }

    fn add(&mut self, vertex: Vertex) -> usize {
        let index = self.proper.vertices.len();
        self.proper.rows[vertex.layer].push(index);
        self.proper.vertices.push(vertex);
        index
    }

    fn join(&mut self, a: usize, b: usize) -> usize {
        let down = self.proper.vertices[a].layer < self.proper.vertices[b].layer;
        let (upper, lower) = if down { (a, b) } else { (b, a) };
        let index = self.proper.segments.len();
        self.proper.segments.push(Segment { upper, lower });
        index
    }

    fn path(&mut self, e: usize) {
        let edge = &self.graph.edges[e];
        if edge.from == edge.to || self.level[e] {
            self.proper.paths.push(Vec::new());
            self.proper.runs.push(Vec::new());
            return;
        }
        let (a, b) = (self.grid.of_node[edge.from], self.grid.of_node[edge.to]);
        let around = self.graph.common(self.graph.nodes[edge.from].group, self.graph.nodes[edge.to].group);
        // The layers passed, each with the group there; where the connection turns, in two parts.
        let mut stops: Vec<(usize, usize)> = Vec::new();
        let depth = self.graph.groups[around].depth;
        let turns = self.turns[e].map(|t| self.grid.turn(t, depth)).unwrap_or_default();
        if let (Some(&first), Some(&last)) = (turns.first(), turns.last()) {
            stops.extend(between(a, first).map(|l| (l, self.group_near(edge.from, around, l))));
            stops.push((first, around));
            if first != last {
                stops.extend(between(first, last).map(|l| (l, around)));
                stops.push((last, around));
            }
            stops.extend(between(last, b).map(|l| (l, self.group_near(edge.to, around, l))));
        } else {
            stops.extend(between(a, b).map(|layer| (layer, self.group_at(e, layer))));
        }
        let label_at = edge.label.and_then(|_| match turns[..] {
            [first, last] => self.label_layer(first, last),
            _ => self.label_layer(a, turns.first().copied().unwrap_or(b)),
        });
        let mut labelled = false;
        let mut path = vec![edge.from];
        for (layer, group) in stops {
            let role = if label_at == Some(layer) && !labelled {
                labelled = true;
                Role::Label(e)
            } else if turns.contains(&layer) {
                Role::Turn(e)
            } else {
                Role::Bend(e)
            };
            let size = edge.label.filter(|_| role == Role::Label(e)).unwrap_or_default();
            let half = (size.w / 2.0).ceil();
            path.push(self.add(Vertex { role, layer, group, left: half, right: half, height: size.h }));
        }
        path.push(edge.to);
        let run = path.windows(2).map(|w| self.join(w[0], w[1])).collect();
        self.proper.paths.push(path);
        self.proper.runs.push(run);
    }

    /// The layer for a label strictly between two: the thin one nearest to the middle, else the middle one.
    fn label_layer(&self, a: usize, b: usize) -> Option<usize> {
        let middle = usize::midpoint(a, b);
        let nearest = |thin: bool| {
            between(a, b).filter(|&l| !thin || self.grid.thin[l]).min_by_key(|&l| (l.abs_diff(middle), l))
        };
        nearest(true).or_else(|| nearest(false))
    }

    /// The innermost group of an end that still spans the layer and lies in the common group.
    fn group_near(&self, end: usize, around: usize, layer: usize) -> usize {
        let mut g = self.graph.nodes[end].group;
        while g != around && !(self.proper.span[g].0 <= layer && layer <= self.proper.span[g].1) {
            g = self.graph.groups[g].parent;
        }
        g
    }

    /// The innermost group of one of the ends that still spans the layer and lies in their common group.
    fn group_at(&self, e: usize, layer: usize) -> usize {
        let edge = &self.graph.edges[e];
        let (u, v) = (edge.from, edge.to);
        let around = self.graph.common(self.graph.nodes[u].group, self.graph.nodes[v].group);
        let (a, b) = (self.group_near(u, around, layer), self.group_near(v, around, layer));
        let (lu, lv) = (self.proper.vertices[u].layer, self.proper.vertices[v].layer);
        match (a == around, b == around) {
            (_, true) => a,
            (true, false) => b,
            (false, false) => {
                if layer.abs_diff(lu) < layer.abs_diff(lv) {
                    a
                } else {
                    b
                }
            }
        }
    }

    /// Fillers for the layers of a group that hold nothing of it.
    fn fill(&mut self) {
        let groups = self.graph.groups.len();
        let mut present: Vec<Vec<bool>> =
            (0..groups).map(|g| vec![false; self.proper.span[g].1 + 1 - self.proper.span[g].0]).collect();
        for vertex in &self.proper.vertices {
            let mut g = vertex.group;
            while g != ROOT {
                present[g][vertex.layer - self.proper.span[g].0] = true;
                g = self.graph.groups[g].parent;
            }
        }
        for g in (1..groups).rev() {
            let (first, last) = self.proper.span[g];
            for layer in first..=last {
                if present[g][layer - first] {
                    continue;
                }
                self.add(Vertex { role: Role::Filler, layer, group: g, left: 0.0, right: 0.0, height: 0.0 });
                let mut at = g;
                while at != ROOT {
                    present[at][layer - self.proper.span[at].0] = true;
                    at = self.graph.groups[at].parent;
                }
            }
        }
    }
}

/// The layers strictly between two, from the first to the second.
fn between(a: usize, b: usize) -> Box<dyn Iterator<Item = usize>> {
    if a < b { Box::new(a + 1..b) } else { Box::new((b + 1..a).rev()) }
}
