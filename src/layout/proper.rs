//! The properly layered graph: connections as chains of vertices, one a layer.
//!
//! Takes components with their layers; gives vertices (components, bends, labels, turns and fillers) and the segments
//! between neighbouring layers. Labels of connections that span one layer get a thin layer of their own between the
//! layers of components; longer ones carry their label where they pass a layer anyway.
//!
//! Precondition: every component has a layer. Postcondition: segments join neighbouring layers only; every group has a
//! vertex in every layer of its span.

use super::graph::{LayoutGraph, ROOT};
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
    pub(super) above: Vec<Vec<usize>>,
    /// For every vertex, the segments that start at it downwards.
    pub(super) below: Vec<Vec<usize>>,
    /// For every connection its vertices from source to target; empty for a loop.
    pub(super) paths: Vec<Vec<usize>>,
    /// For every connection its segments from source to target.
    pub(super) runs: Vec<Vec<usize>>,
    pub(super) rows: Vec<Vec<usize>>,
    /// First and last layer of every group.
    pub(super) span: Vec<(usize, usize)>,
}

/// Breaks connections at the layers they pass.
pub(super) fn build(graph: &LayoutGraph, layers: &Layers) -> Proper {
    Builder::new(graph, layers).finish()
}

struct Builder<'a> {
    graph: &'a LayoutGraph,
    layers: &'a Layers,
    /// The physical layer of every half rank: rank r is half rank 2r, what lies between is 2r+1.
    physical: Vec<usize>,
    thin: Vec<bool>,
    proper: Proper,
}

impl<'a> Builder<'a> {
    fn new(graph: &'a LayoutGraph, layers: &'a Layers) -> Self {
        let ranks = layers.of.iter().copied().max().map_or(0, |m| m + 1);
        let mut thin = vec![false; ranks + 1];
        for edge in graph.edges.iter().filter(|e| e.from != e.to) {
            let (a, b) = (layers.of[edge.from], layers.of[edge.to]);
            let (upper, lower) = (a.min(b), a.max(b));
            if lower == upper || (edge.label.is_some() && lower - upper == 1) {
                thin[upper] = true;
            }
        }
        let mut physical = Vec::with_capacity(2 * ranks + 2);
        let mut next = 0;
        for &has_thin in thin.iter().take(ranks) {
            physical.push(next);
            next += 1;
            physical.push(next);
            next += usize::from(has_thin);
        }
        let span = layers
            .span
            .iter()
            .map(|&(a, b)| {
                (physical.get(2 * a).copied().unwrap_or(0), physical.get(2 * b).copied().unwrap_or(0))
            })
            .collect();
        let proper = Proper {
            vertices: Vec::new(),
            segments: Vec::new(),
            above: Vec::new(),
            below: Vec::new(),
            paths: Vec::with_capacity(graph.edges.len()),
            runs: Vec::with_capacity(graph.edges.len()),
            rows: vec![Vec::new(); next],
            span,
        };
        Self { graph, layers, physical, thin, proper }
    }

    fn finish(mut self) -> Proper {
        for (v, node) in self.graph.nodes.iter().enumerate() {
            let layer = self.physical[2 * self.layers.of[v]];
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
        self.proper
    }

    fn add(&mut self, vertex: Vertex) -> usize {
        let index = self.proper.vertices.len();
        self.proper.rows[vertex.layer].push(index);
        self.proper.vertices.push(vertex);
        self.proper.above.push(Vec::new());
        self.proper.below.push(Vec::new());
        index
    }

    fn join(&mut self, a: usize, b: usize) -> usize {
        let down = self.proper.vertices[a].layer < self.proper.vertices[b].layer;
        let (upper, lower) = if down { (a, b) } else { (b, a) };
        let index = self.proper.segments.len();
        self.proper.segments.push(Segment { upper, lower });
        self.proper.below[upper].push(index);
        self.proper.above[lower].push(index);
        index
    }

    fn path(&mut self, e: usize) {
        let edge = &self.graph.edges[e];
        if edge.from == edge.to {
            self.proper.paths.push(Vec::new());
            self.proper.runs.push(Vec::new());
            return;
        }
        let (a, b) = (self.layers.of[edge.from], self.layers.of[edge.to]);
        let between: Vec<usize> = if a == b {
            vec![self.physical[2 * a + 1]]
        } else {
            let (first, last) = (self.physical[2 * a.min(b)], self.physical[2 * a.max(b)]);
            (first + 1..last).collect()
        };
        let label_at = edge.label.and_then(|_| self.label_layer(a.min(b), a.max(b), &between));
        let mut path = vec![edge.from];
        let mut inner: Vec<usize> = between
            .iter()
            .map(|&layer| {
                let role = if label_at == Some(layer) {
                    Role::Label(e)
                } else if a == b {
                    Role::Turn(e)
                } else {
                    Role::Bend(e)
                };
                let size = edge.label.filter(|_| label_at == Some(layer)).unwrap_or_default();
                let half = (size.w / 2.0).ceil();
                let group = self.group_at(e, layer);
                self.add(Vertex { role, layer, group, left: half, right: half, height: size.h })
            })
            .collect();
        if a > b {
            inner.reverse();
        }
        path.extend(inner);
        path.push(edge.to);
        let run = path.windows(2).map(|w| self.join(w[0], w[1])).collect();
        self.proper.paths.push(path);
        self.proper.runs.push(run);
    }

    /// The layer for a label: the thin one nearest to the middle, else the middle layer passed.
    fn label_layer(&self, upper: usize, lower: usize, between: &[usize]) -> Option<usize> {
        if upper == lower {
            return between.first().copied();
        }
        let middle = (self.physical[2 * upper] + self.physical[2 * lower]) / 2;
        let thin = (upper..lower)
            .filter(|&r| self.thin[r])
            .map(|r| self.physical[2 * r + 1])
            .min_by_key(|&p| p.abs_diff(middle));
        thin.or_else(|| between.iter().copied().min_by_key(|&p| p.abs_diff(middle)))
    }

    /// The innermost group of one of the ends that still spans the layer and lies in their common group.
    fn group_at(&self, e: usize, layer: usize) -> usize {
        let edge = &self.graph.edges[e];
        let (u, v) = (edge.from, edge.to);
        let (gu, gv) = (self.graph.nodes[u].group, self.graph.nodes[v].group);
        let around = self.graph.common(gu, gv);
        let spanning = |group: usize| {
            let mut g = group;
            while g != around && !(self.proper.span[g].0 <= layer && layer <= self.proper.span[g].1) {
                g = self.graph.groups[g].parent;
            }
            g
        };
        let (a, b) = (spanning(gu), spanning(gv));
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
