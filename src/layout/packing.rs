//! Parts of a graph that nothing joins: taken apart, and put beside each other.
//!
//! Splitting takes a graph and gives its parts; packing takes sizes and gives places, in shelves, near a wished shape.

use super::graph::{LayoutGraph, Nest, ROOT};
use super::wishes::Wishes;
use crate::geometry::{Point, Size};

/// The parts of a graph: joined by connections or by a group around both.
pub(super) fn split(graph: &LayoutGraph) -> Vec<LayoutGraph> {
    let (n, groups) = (graph.nodes.len(), graph.groups.len());
    let mut leader: Vec<usize> = (0..n + groups).collect();
    for edge in &graph.edges {
        unite(&mut leader, edge.from, edge.to);
    }
    for (v, node) in graph.nodes.iter().enumerate().filter(|(_, node)| node.group != ROOT) {
        unite(&mut leader, v, n + node.group);
    }
    for (g, nest) in graph.groups.iter().enumerate().skip(1).filter(|(_, nest)| nest.parent != ROOT) {
        unite(&mut leader, n + g, n + nest.parent);
    }
    let mut part_of = vec![usize::MAX; n + groups];
    let mut parts: Vec<LayoutGraph> = Vec::new();
    let mut place = vec![0usize; n + groups];
    let empty = LayoutGraph {
        nodes: Vec::new(),
        edges: Vec::new(),
        groups: graph.groups[..1].to_vec(),
        node_origin: Vec::new(),
        edge_origin: Vec::new(),
        spacing: graph.spacing,
        direction: graph.direction,
        aspect: graph.aspect,
        shape_wished: graph.shape_wished,
        lean: graph.lean,
        wishes: Wishes::default(),
    };
    for (v, node) in graph.nodes.iter().enumerate() {
        let lead = find(&mut leader, v);
        if part_of[lead] == usize::MAX {
            part_of[lead] = parts.len();
            parts.push(empty.clone());
        }
        let part = &mut parts[part_of[lead]];
        place[v] = part.nodes.len();
        part.nodes.push(node.clone());
        part.node_origin.push(graph.node_origin[v]);
    }
    for (g, nest) in graph.groups.iter().enumerate().skip(1) {
        let lead = find(&mut leader, n + g);
        let part = &mut parts[part_of[lead]];
        place[n + g] = part.groups.len();
        let parent = if nest.parent == ROOT { ROOT } else { place[n + nest.parent] };
        part.groups.push(Nest { parent, ..nest.clone() });
    }
    for part in &mut parts {
        for node in part.nodes.iter_mut().filter(|node| node.group != ROOT) {
            node.group = place[n + node.group];
        }
    }
    for (e, edge) in graph.edges.iter().enumerate() {
        let part = &mut parts[part_of[find(&mut leader, edge.from)]];
        part.edges.push(super::graph::Edge { from: place[edge.from], to: place[edge.to], ..edge.clone() });
        part.edge_origin.push(graph.edge_origin[e]);
    }
    let home: Vec<usize> = (0..n).map(|v| part_of[find(&mut leader, v)]).collect();
    for (k, part) in parts.iter_mut().enumerate() {
        part.wishes = graph.wishes.within(|v| (home[v] == k).then(|| place[v]));
    }
    parts
}

fn find(leader: &mut [usize], v: usize) -> usize {
    let mut at = v;
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

fn unite(leader: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(leader, a), find(leader, b));
    leader[a.max(b)] = a.min(b);
}

/// Places for boxes of these sizes, `gap` apart, so that the whole is near `aspect` (width by height).
///
/// Shelves of all widths that the boxes suggest are tried; the one of the least wasted page is taken.
pub(super) fn shelves(sizes: &[Size], gap: f64, aspect: f64) -> Vec<Point> {
    let area: f64 = sizes.iter().map(|s| (s.w + gap) * (s.h + gap)).sum();
    let widest = sizes.iter().map(|s| s.w).fold(0.0, f64::max);
    let ideal = (area * aspect).sqrt();
    let mut best: Option<(f64, Vec<Point>)> = None;
    for step in 0..12 {
        let width = widest.max(ideal * (0.7 + 0.1 * f64::from(step)));
        let (places, size) = fill(sizes, gap, width);
        // The page of the wished shape that holds it all.
        let page = size.w.max(size.h * aspect);
        if best.as_ref().is_none_or(|b| page < b.0) {
            best = Some((page, places));
        }
    }
    best.map(|b| b.1).unwrap_or_default()
}

fn fill(sizes: &[Size], gap: f64, width: f64) -> (Vec<Point>, Size) {
    let (mut x, mut y, mut row) = (0.0f64, 0.0f64, 0.0f64);
    let mut whole = Size::default();
    let mut places = Vec::with_capacity(sizes.len());
    for size in sizes {
        if x > 0.0 && x + size.w > width + 0.01 {
            y += row + gap;
            x = 0.0;
            row = 0.0;
        }
        places.push(Point::new(x, y));
        whole = Size::new(whole.w.max(x + size.w), whole.h.max(y + size.h));
        x += size.w + gap;
        row = row.max(size.h);
    }
    (places, whole)
}
