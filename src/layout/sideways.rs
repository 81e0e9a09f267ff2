//! Groups whose inside reads across the whole picture.
//!
//! Takes a group's wish for a direction of its own; its members then share one layer, in the order of their flow, and the
//! connection between two that stand beside each other runs straight from side to side. Groups with groups in them
//! read like the whole picture.

use super::graph::{LayoutGraph, Nest};
use super::p1_cycles;
use super::proper::Proper;
use crate::geometry::{Point, Rect};
use crate::model::{Architecture, Direction, WishKind};

/// Around a label between two components, so that the arrow is seen on both sides.
const CLEAR: f64 = 18.0;
/// From side to side at least.
const LEAST: f64 = 44.0;

/// The groups that the author wishes to read across a picture of that direction, by their place in the nests.
pub(super) fn wished(architecture: &Architecture, direction: Direction, nests: &[Nest]) -> Vec<usize> {
    let of = |wish: &WishKind| match wish {
        WishKind::GroupDirection(id, own) if *own != direction => {
            let origin = architecture.group_position(id.as_str())?;
            nests.iter().position(|nest| nest.origin == origin)
        }
        _ => None,
    };
    let found = architecture.wishes().iter().filter_map(|w| of(&w.kind));
    found.filter(|&g| nests.iter().skip(1).all(|nest| nest.parent != g)).collect()
}

/// The members of each such group, in the order of their flow.
pub(super) fn lines(graph: &LayoutGraph, groups: &[usize]) -> Vec<Vec<usize>> {
    if groups.is_empty() {
        return Vec::new();
    }
    let place = p1_cycles::flow_order(graph);
    let members = |g: &usize| {
        let mut line: Vec<usize> = (0..graph.nodes.len()).filter(|&v| graph.nodes[v].group == *g).collect();
        line.sort_by_key(|&v| place[v]);
        line
    };
    groups.iter().map(members).filter(|line| line.len() > 1).collect()
}

/// For every connection whether it runs straight between two neighbours of a line that lies in one layer.
pub(super) fn level(graph: &LayoutGraph, of: &[usize]) -> Vec<bool> {
    let mut level = vec![false; graph.edges.len()];
    // A loop lies at the side where the connection would run.
    let looped = |v: usize| graph.edges.iter().any(|e| e.from == v && e.to == v);
    for line in graph.wishes.lines.iter().filter(|line| line.iter().all(|&v| of[v] == of[line[0]])) {
        for pair in line.windows(2).filter(|pair| !pair.iter().any(|&v| looped(v))) {
            let between = |e: &usize| {
                let edge = &graph.edges[*e];
                let height = graph.nodes[pair[0]].h.max(graph.nodes[pair[1]].h);
                let joins = [(pair[0], pair[1]), (pair[1], pair[0])].contains(&(edge.from, edge.to));
                joins && edge.label.is_none_or(|l| l.h <= height)
            };
            if let Some(e) = (0..graph.edges.len()).find(between) {
                level[e] = true;
            }
        }
    }
    level
}

/// Whether the ends of all level connections stand beside each other.
pub(super) fn possible(graph: &LayoutGraph, proper: &Proper, level: &[bool]) -> bool {
    let beside = |e: usize| {
        let (a, b) = (graph.edges[e].from, graph.edges[e].to);
        let row = &proper.rows[proper.vertices[a].layer];
        row.windows(2).any(|w| (w[0], w[1]) == (a, b) || (w[0], w[1]) == (b, a))
    };
    (0..graph.edges.len()).filter(|&e| level[e]).all(beside)
}

/// Makes room between the ends of level connections.
pub(super) fn widen(graph: &LayoutGraph, proper: &mut Proper, level: &[bool]) {
    for (edge, _) in graph.edges.iter().zip(level).filter(|(_, level)| **level) {
        let row = &proper.rows[proper.vertices[edge.from].layer];
        let first = row.iter().find(|&&v| v == edge.from || v == edge.to).copied();
        let wanted = edge.label.map_or(0.0, |l| l.w + 2.0 * CLEAR).max(LEAST);
        if let Some(v) = first {
            proper.vertices[v].right += (wanted - graph.spacing.node_gap).max(0.0);
        }
    }
}

/// The path and the label of a level connection between two boxes.
pub(super) fn draw(graph: &LayoutGraph, e: usize, nodes: &[Rect]) -> (Vec<Point>, Option<Rect>) {
    let edge = &graph.edges[e];
    let (from, to) = (&nodes[edge.from], &nodes[edge.to]);
    let y = from.center().y;
    let (start, end) = if from.x < to.x { (from.right(), to.x) } else { (from.x, to.right()) };
    let middle = f64::midpoint(start, end);
    let label = edge.label.map(|l| Rect::new(middle - l.w / 2.0, y - l.h / 2.0, l.w, l.h));
    (vec![Point::new(start, y), Point::new(end, y)], label)
}
