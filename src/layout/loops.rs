//! Connections from a component to itself.
//!
//! Takes the loops of a component; gives the room they need beside it and their paths. A loop leaves the right side and
//! comes back to it; the next one lies around it, its label behind its far run.

use super::graph::LayoutGraph;
use crate::geometry::{Point, Rect};

/// From the side of the component to the first loop's far run.
const REACH: f64 = 16.0;
/// Between a loop's far run and its label, and from there to the next.
const LABEL_GAP: f64 = 5.0;
const PITCH: f64 = 12.0;

/// A loop seen from its component: how far out it runs, and how far above and below the axis.
#[derive(Debug, Clone)]
pub(super) struct Loop {
    pub(super) edge: usize,
    reach: f64,
    half: f64,
}

/// All loops of a component.
#[derive(Debug, Clone, Default)]
pub(super) struct Loops {
    pub(super) loops: Vec<Loop>,
    /// Room needed beside the component.
    pub(super) room: f64,
    /// The height the component must have.
    pub(super) height: f64,
}

/// The loops of every component.
pub(super) fn measure(graph: &LayoutGraph) -> Vec<Loops> {
    let mut all = vec![Loops::default(); graph.nodes.len()];
    for (e, edge) in graph.edges.iter().enumerate().filter(|(_, e)| e.from == e.to) {
        let at = &mut all[edge.from];
        let reach = if at.loops.is_empty() { REACH } else { at.room + PITCH - LABEL_GAP };
        let label = edge.label.map_or((0.0, 0.0), |l| (l.w, l.h));
        let half = at.loops.last().map_or(8.0, |l| l.half + 8.0).max(if at.loops.is_empty() {
            0.0
        } else {
            at.height
        });
        at.loops.push(Loop { edge: e, reach, half });
        at.room = reach + LABEL_GAP + label.0;
        // What the next loop must clear: this one's label.
        at.height = at.height.max(label.1 / 2.0 + 4.0);
    }
    for at in &mut all {
        // The largest label, and the last loop.
        at.height = at.loops.last().map_or(0.0, |l| 2.0 * at.height.max(l.half + 8.0));
    }
    all
}

impl Loop {
    /// The path and the label's box, beside the component's box.
    pub(super) fn draw(&self, graph: &LayoutGraph, node: &Rect) -> (Vec<Point>, Option<Rect>) {
        let (side, axis) = (node.right(), node.y + node.h / 2.0);
        let far = side + self.reach;
        let points = vec![
            Point::new(side, axis - self.half),
            Point::new(far, axis - self.half),
            Point::new(far, axis + self.half),
            Point::new(side, axis + self.half),
        ];
        let label =
            graph.edges[self.edge].label.map(|l| Rect::new(far + LABEL_GAP, axis - l.h / 2.0, l.w, l.h));
        (points, label)
    }
}
