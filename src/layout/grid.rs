//! The physical layers: those of components, and thin ones between them for labels and for turning back.
//!
//! Takes the ranks of components; gives the order of all layers. Between two ranks lie, from above: the layer of labels,
//! the layers where connections turn back up (those of inner groups first, so that each turns inside the group around
//! both its ends), and those where connections from below turn back down (outer groups first). It adds no vertex.

use std::collections::BTreeMap;

use super::graph::{LayoutGraph, ROOT};
use super::p2_layers::Layers;

/// Where a connection turns back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turning {
    /// Once, below or above that rank.
    Once {
        /// The rank.
        rank: usize,
        /// The side of it.
        below: bool,
    },
    /// From one strip of a folded picture to the next: below the rank of its source, and above that of its target.
    Twice {
        /// The rank of its source.
        below: usize,
        /// The rank of its target.
        above: usize,
    },
}

/// The layers.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub(super) count: usize,
    /// Of every component.
    pub(super) of_node: Vec<usize>,
    /// For every layer, whether it is one for labels.
    pub(super) thin: Vec<bool>,
    /// Of every rank.
    of_rank: Vec<usize>,
    /// By rank and depth.
    below: BTreeMap<(usize, usize), usize>,
    above: BTreeMap<(usize, usize), usize>,
}

/// For every connection where it turns back, if it does: within one rank, or around the groups of its band.
pub(super) fn turns(graph: &LayoutGraph, layers: &Layers) -> Vec<Option<Turning>> {
    let turn = |(e, edge): (usize, &super::graph::Edge)| {
        if edge.from == edge.to || layers.level[e] {
            return None;
        }
        let (a, b) = (layers.of[edge.from], layers.of[edge.to]);
        if layers.strip[edge.from] < layers.strip[edge.to] && a >= b {
            return Some(Turning::Twice { below: a, above: b });
        }
        let (first, last) = match layers.around[e] {
            Some(span) => span,
            None if a == b => (a, a),
            None => return None,
        };
        let around = graph.common(graph.nodes[edge.from].group, graph.nodes[edge.to].group);
        let open = around == ROOT || layers.span[around].0 < first;
        let above = open && edge.label.is_none() && a + b < first + last;
        let (rank, below) = if above { (first, false) } else { (last, true) };
        Some(Turning::Once { rank, below })
    };
    graph.edges.iter().enumerate().map(turn).collect()
}

impl Grid {
    /// The layers, those for labels left out where they are not wanted.
    pub(super) fn new(
        graph: &LayoutGraph,
        layers: &Layers,
        turns: &[Option<Turning>],
        with_labels: bool,
    ) -> Self {
        let ranks = layers.of.iter().copied().max().map_or(0, |m| m + 1);
        let mut labels = vec![false; ranks];
        let (mut below, mut above) = (BTreeMap::new(), BTreeMap::new());
        for (edge, turn) in graph.edges.iter().zip(turns).filter(|(e, _)| e.from != e.to) {
            let (a, b) = (layers.of[edge.from], layers.of[edge.to]);
            let around = graph.common(graph.nodes[edge.from].group, graph.nodes[edge.to].group);
            let depth = graph.groups[around].depth;
            if let Some(Turning::Twice { below: first, above: second }) = *turn {
                below.insert((first, depth), 0);
                above.insert((second, depth), 0);
            } else if let Some(Turning::Once { rank, below: under }) = *turn {
                let side = if under { &mut below } else { &mut above };
                side.insert((rank, depth), 0);
                if edge.label.is_some() && rank == a {
                    labels[a] = true;
                }
            } else if edge.label.is_some() && a.abs_diff(b) == 1 {
                labels[a.min(b)] = true;
            }
        }
        let mut grid = Self { below, above, ..Self::default() };
        for (rank, &label) in labels.iter().enumerate() {
            for at in grid.above.range_mut((rank, 0)..(rank + 1, 0)) {
                *at.1 = grid.thin.len();
                grid.thin.push(false);
            }
            grid.of_rank.push(grid.thin.len());
            grid.thin.push(false);
            if label && with_labels {
                grid.thin.push(true);
            }
            for at in grid.below.range_mut((rank, 0)..(rank + 1, 0)).rev() {
                *at.1 = grid.thin.len();
                grid.thin.push(false);
            }
        }
        grid.count = grid.thin.len();
        grid.of_node = layers.of.iter().map(|&r| grid.of_rank[r]).collect();
        grid
    }

    /// The layers of the turns, for a connection whose ends' common group has that depth.
    pub(super) fn turn(&self, turn: Turning, depth: usize) -> Vec<usize> {
        let at = |below: bool, rank: usize| {
            let side = if below { &self.below } else { &self.above };
            side.get(&(rank, depth)).copied().unwrap_or(0)
        };
        match turn {
            Turning::Once { rank, below } => vec![at(below, rank)],
            Turning::Twice { below, above } => vec![at(true, below), at(false, above)],
        }
    }

    /// First and last layer of every group: from these ranks, and those where connections within it turn.
    pub(super) fn spans(
        &self,
        graph: &LayoutGraph,
        ranks: &[(usize, usize)],
        turns: &[Option<Turning>],
    ) -> Vec<(usize, usize)> {
        let of = |rank: usize| self.of_rank.get(rank).copied().unwrap_or(0);
        let mut spans: Vec<(usize, usize)> = ranks.iter().map(|&(a, b)| (of(a), of(b))).collect();
        for (edge, turn) in graph.edges.iter().zip(turns) {
            let Some(turn) = turn else { continue };
            let mut g = graph.common(graph.nodes[edge.from].group, graph.nodes[edge.to].group);
            let layers = self.turn(*turn, graph.groups[g].depth);
            loop {
                for &layer in &layers {
                    spans[g] = (spans[g].0.min(layer), spans[g].1.max(layer));
                }
                if g == ROOT {
                    break;
                }
                g = graph.groups[g].parent;
            }
        }
        spans
    }
}
