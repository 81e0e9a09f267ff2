//! What a picture will be like, told from its ordered layers alone.
//!
//! Takes ordered layers without those of labels; gives a forecast of the price that the drawing will have, so that of
//! several ways only the one that promises most has to be drawn. The numbers were found by fitting the drawings of graphs
//! of 70 to 150 components in both directions; lengths come within about a twentieth. It is no promise: of two ways that
//! are close to each other it may name the worse one.

use super::crossings::Tally;
use super::graph::{LayoutGraph, ROOT};
use super::p2_layers::Layers;
use super::page::Wanted;
use super::proper::{Proper, Role};

/// The price of a crossing (a connection that crosses others is longer, and has more corners), of a segment and of a
/// connection against the flow.
const CROSSING: f64 = 1.8;
const SEGMENT: f64 = 1.1;
const AGAINST: f64 = 6.0;
/// What a run through a group costs.
const THROUGH: f64 = 1000.0;

/// The price of a picture with these layers and this order.
pub(super) fn price(graph: &LayoutGraph, layers: &Layers, proper: &Proper, tally: Tally) -> f64 {
    let count = graph.edges.len() as f64;
    let against = graph.edges.iter().filter(|e| layers.of[e.from] >= layers.of[e.to]).count() as f64;
    let across = across(graph, proper, tally) / along(proper);
    THROUGH * tally.through as f64
        + CROSSING * tally.crossings as f64
        + SEGMENT * proper.segments.len() as f64
        + AGAINST * against
        + count * Wanted::of(graph).foreseen(across)
}

/// How far the picture will reach across the flow: as the widest layer, where groups are as wide as in their own.
fn across(graph: &LayoutGraph, proper: &Proper, tally: Tally) -> f64 {
    285.0 + 1.1 * widest(graph, proper) + 8.0 * tally.crossings as f64 / proper.rows.len().max(1) as f64
}

fn widest(graph: &LayoutGraph, proper: &Proper) -> f64 {
    let rows = proper.rows.len();
    let mut taken = vec![0.0f64; graph.groups.len() * rows];
    for vertex in &proper.vertices {
        let gap = if matches!(vertex.role, Role::Node(_)) { 24.0 } else { 8.0 };
        taken[vertex.group * rows + vertex.layer] += vertex.left + vertex.right + gap;
    }
    let most = |taken: &[f64], g: usize| taken[g * rows..(g + 1) * rows].iter().copied().fold(0.0, f64::max);
    // Parents come before their children.
    for g in (1..graph.groups.len()).rev() {
        let width = most(&taken, g);
        let (first, last) = proper.span[g];
        let parent = graph.groups[g].parent * rows;
        taken[parent + first..=parent + last].iter_mut().for_each(|t| *t += width);
    }
    most(&taken, ROOT)
}

/// How far it will reach along the flow: the layers, and the runs and labels between them.
fn along(proper: &Proper) -> f64 {
    let thickness = |row: &Vec<usize>| row.iter().map(|&v| proper.vertices[v].height).fold(0.0, f64::max);
    let layers: f64 = proper.rows.iter().map(thickness).sum();
    1.05 * layers + 60.0 * proper.rows.len() as f64 + proper.segments.len() as f64
}
