//! Boxes that differ by little are made alike, as a designer would.
//!
//! Takes a graph's components and its layers; gives them sizes. Across the flow a size is a whole number of steps; along it the boxes
//! of a layer that differ by little are as long as the longest of them, which takes no room: the layer is as thick already.

use super::graph::{LayoutGraph, Role as Part};
use super::proper::{Proper, Role};

/// Sizes across the flow of a picture that reads downwards are multiples of this.
const STEP: f64 = 12.0;
/// What is shorter than this share of the longest box beside it stays as it is: it is meant to differ.
const ALIKE: f64 = 0.7;

/// The next whole number of steps.
pub(super) fn stepped(width: f64) -> f64 {
    (width / STEP).ceil().max(1.0) * STEP
}

/// Makes boxes of each layer alike along the flow. People are no boxes.
pub(super) fn along(graph: &LayoutGraph, proper: &mut Proper) {
    for row in &proper.rows {
        let boxed = |v: &usize| match proper.vertices[*v].role {
            Role::Node(n) => graph.nodes[n].role != Part::Person,
            _ => false,
        };
        let mut boxes: Vec<usize> = row.iter().copied().filter(boxed).collect();
        boxes.sort_by(|&a, &b| proper.vertices[b].height.total_cmp(&proper.vertices[a].height));
        let mut longest = 0.0;
        for v in boxes {
            let own = &mut proper.vertices[v].height;
            if *own < ALIKE * longest || longest == 0.0 {
                longest = *own;
            }
            *own = longest;
        }
    }
}
