//! Where segments meet the sides of components.
//!
//! Takes the order within the layers; gives every end of a segment its distance from the axis of its vertex. Components
//! are widened where many meet. Once vertices have places, ports move along their side to make segments straight.

use super::graph::LayoutGraph;
use super::proper::{Proper, Role};

/// The least distance between two ports, and of a port from a corner.
const PITCH: f64 = 12.0;
const CORNER: f64 = 12.0;
/// Ports stand no further apart than this unless that makes a segment straight.
const SPREAD: f64 = 24.0;

/// The offsets of every segment at its upper and lower end.
#[derive(Debug, Clone, Default)]
pub(super) struct Ports {
    pub(super) upper: Vec<f64>,
    pub(super) lower: Vec<f64>,
    /// The segments at the bottom and top side of every vertex, left to right.
    bottom_side: Vec<Vec<usize>>,
    top_side: Vec<Vec<usize>>,
}

/// Widens components so that all ports find room on their sides, loops on the right included.
pub(super) fn widen(graph: &LayoutGraph, proper: &mut Proper) {
    for v in 0..graph.nodes.len() {
        let most = proper.above[v].len().max(proper.below[v].len());
        let half = ((2.0 * CORNER + PITCH * most.saturating_sub(1) as f64) / 2.0).ceil();
        let vertex = &mut proper.vertices[v];
        let more = (half - vertex.left).max(0.0);
        vertex.left += more;
        vertex.right += more;
    }
}

/// Spreads ports evenly, in the order of the other ends.
pub(super) fn spread(proper: &Proper, half_width: &[f64]) -> Ports {
    let mut pos = Vec::new();
    super::crossings::number(proper, &mut pos);
    let n = proper.segments.len();
    let mut ports = Ports { upper: vec![0.0; n], lower: vec![0.0; n], ..Ports::default() };
    for v in 0..proper.vertices.len() {
        let mut bottom = proper.below[v].clone();
        bottom.sort_by_key(|&s| (pos[proper.segments[s].lower], s));
        let mut top = proper.above[v].clone();
        top.sort_by_key(|&s| (pos[proper.segments[s].upper], s));
        if let Role::Node(_) = proper.vertices[v].role {
            let half = half_width[v];
            for (k, &s) in bottom.iter().enumerate() {
                ports.upper[s] = even(k, bottom.len(), half);
            }
            for (k, &s) in top.iter().enumerate() {
                ports.lower[s] = even(k, top.len(), half);
            }
        }
        ports.bottom_side.push(bottom);
        ports.top_side.push(top);
    }
    ports
}

fn even(k: usize, count: usize, half: f64) -> f64 {
    if count < 2 {
        return 0.0;
    }
    let pitch = SPREAD.min(2.0 * (half - CORNER) / (count - 1) as f64);
    ((k as f64 - (count - 1) as f64 / 2.0) * pitch).round()
}

/// Moves ports along their sides to where their segments become straight.
///
/// Nothing enters a vertex from above at a place less than its `least`.
pub(super) fn straighten(proper: &Proper, half_width: &[f64], x: &[f64], least: &[f64], ports: &mut Ports) {
    for row in &proper.rows {
        for &v in row {
            if let Role::Node(_) = proper.vertices[v].role {
                let side = ports.top_side[v].clone();
                let low = (CORNER - half_width[v]).max(least[v] - x[v]);
                straighten_side(proper, (low, half_width[v]), x, ports, v, &side, true);
                let side = ports.bottom_side[v].clone();
                let low = CORNER - half_width[v];
                straighten_side(proper, (low, half_width[v]), x, ports, v, &side, false);
            }
        }
    }
}

fn straighten_side(
    proper: &Proper,
    (low, half): (f64, f64),
    x: &[f64],
    ports: &mut Ports,
    v: usize,
    side: &[usize],
    top: bool,
) {
    let m = side.len();
    let high = half - CORNER;
    let mut pinned: Vec<Option<f64>> = vec![None; m];
    let mut last: Option<(usize, f64)> = None;
    for (k, &s) in side.iter().enumerate() {
        let segment = &proper.segments[s];
        let wanted = if top {
            x[segment.upper] + ports.upper[s] - x[v]
        } else {
            x[segment.lower] + ports.lower[s] - x[v]
        };
        let mut least = low + PITCH * k as f64;
        if let Some((j, at)) = last {
            least = least.max(at + PITCH * (k - j) as f64);
        }
        let most = high - PITCH * (m - 1 - k) as f64;
        if least <= wanted && wanted <= most && low + PITCH * (m - 1) as f64 <= high {
            pinned[k] = Some(wanted);
            last = Some((k, wanted));
        }
    }
    if last.is_none() {
        return;
    }
    let mut floor = low - PITCH;
    for k in 0..m {
        let at = pinned[k].unwrap_or_else(|| {
            let ceiling = (k + 1..m)
                .find_map(|j| pinned[j].map(|p| p - PITCH * (j - k) as f64))
                .unwrap_or(high - PITCH * (m - 1 - k) as f64);
            even(k, m, half).max(floor + PITCH).min(ceiling)
        });
        floor = at;
        if top {
            ports.lower[side[k]] = at;
        } else {
            ports.upper[side[k]] = at;
        }
    }
}
