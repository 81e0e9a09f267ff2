//! Where segments meet the sides of components.
//!
//! Takes the order within the layers; gives every end of a segment its distance from the axis of its vertex. Components
//! are widened where many meet. Once vertices have places, ports move along their side to make segments straight.

use super::align::{bend, is_jog};
use super::graph::LayoutGraph;
use super::proper::{Proper, Role};
use super::trunks::{self, Trunks};
use crate::style::PERSON_DISC;

/// The least distance between two ports, and of a port from a corner.
const PITCH: f64 = 12.0;
const CORNER: f64 = 12.0;
/// The same where a jog can be avoided by it.
const CLOSEST: f64 = 9.0;
const EDGE: f64 = 8.0;
/// Ports stand no further apart than this unless that makes a segment straight.
const SPREAD: f64 = 24.0;
/// How far from its axis a disc is met, and at most, where many meet it.
const ROUND: f64 = 14.0;
const CROWDED: f64 = PERSON_DISC / 2.0 - 4.0;

/// The offsets of every segment at its upper and lower end.
#[derive(Debug, Clone, Default)]
pub(super) struct Ports {
    pub(super) upper: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) trunks: Trunks,
    /// The ports at the bottom and top side of every vertex, left to right: a segment for each.
    bottom_side: Vec<Vec<usize>>,
    top_side: Vec<Vec<usize>>,
    /// For every component, where the middle of its ports is.
    axis: Vec<f64>,
}

impl Ports {
    /// The sides of all vertices, in the order of the other ends; what shares a trunk shares a port.
    pub(super) fn new(graph: &LayoutGraph, proper: &Proper) -> Self {
        let mut pos = Vec::new();
        super::crossings::number(proper, &mut pos);
        let sorted = |side: &[usize], other: &dyn Fn(usize) -> usize| {
            let mut side = side.to_vec();
            side.sort_by_key(|&s| (pos[other(s)], s));
            side
        };
        let mut bottom_side: Vec<Vec<usize>> =
            proper.below.iter().map(|side| sorted(side, &|s| proper.segments[s].lower)).collect();
        let mut top_side: Vec<Vec<usize>> =
            proper.above.iter().map(|side| sorted(side, &|s| proper.segments[s].upper)).collect();
        let trunks = trunks::find(graph, proper, &mut bottom_side, &mut top_side);
        let none = vec![0.0; proper.segments.len()];
        let axis = graph.nodes.iter().map(|n| n.axis).collect();
        Self { upper: none.clone(), lower: none, trunks, bottom_side, top_side, axis }
    }

    /// Widens the components, which come first among the vertices, so that all ports find room on their sides.
    pub(super) fn widen(&self, proper: &mut Proper, components: usize) {
        // A disc stays as it is: what meets it crowds.
        for v in (0..components).filter(|&v| self.axis[v] == 0.0) {
            let most = self.top_side[v].len().max(self.bottom_side[v].len());
            let half = ((2.0 * CORNER + PITCH * most.saturating_sub(1) as f64) / 2.0).ceil();
            let vertex = &mut proper.vertices[v];
            let more = (half - vertex.left).max(0.0);
            vertex.left += more;
            vertex.right += more;
        }
    }

    /// Spreads ports evenly over their sides.
    pub(super) fn spread(&mut self, proper: &Proper, half_width: &[f64]) {
        for v in 0..proper.vertices.len() {
            if let Role::Node(_) = proper.vertices[v].role {
                for top in [true, false] {
                    let side = self.side(v, top).to_vec();
                    let half = self.half(v, half_width[v], side.len());
                    for (k, &s) in side.iter().enumerate() {
                        self.put(s, top, self.axis[v] + even(k, side.len(), half));
                    }
                }
            }
        }
    }

    /// The places between which so many ports of a component stand.
    fn range(&self, v: usize, half: f64, count: usize) -> (f64, f64) {
        let reach = self.half(v, half, count) - CORNER;
        ((CORNER - half).max(self.axis[v] - reach), (half - CORNER).min(self.axis[v] + reach))
    }

    /// Half of the side on which so many ports stand: of a disc, less than of the whole component.
    fn half(&self, v: usize, half: f64, count: usize) -> f64 {
        if self.axis[v] == 0.0 {
            return half;
        }
        ROUND.max(CROWDED.min(PITCH * count.saturating_sub(1) as f64 / 2.0)) + CORNER
    }

    fn side(&self, v: usize, top: bool) -> &[usize] {
        if top { &self.top_side[v] } else { &self.bottom_side[v] }
    }

    /// Gives a segment, and what shares its port, an offset at the vertex whose top or bottom it is at.
    fn put(&mut self, s: usize, top: bool, at: f64) {
        let offsets = if top { &mut self.lower } else { &mut self.upper };
        match self.trunks.of(s).filter(|t| t.from_above != top) {
            Some(trunk) => trunk.segments.iter().for_each(|&m| offsets[m] = at),
            None => offsets[s] = at,
        }
    }
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
                for top in [true, false] {
                    let side = ports.side(v, top).to_vec();
                    let (mut low, high) = ports.range(v, half_width[v], side.len());
                    if top {
                        low = low.max(least[v] - x[v]);
                    }
                    let half = ports.half(v, half_width[v], side.len());
                    straighten_side(proper, (low, high), x, ports, (v, half), &side, top);
                }
            }
        }
    }
}

/// Moves single ports to where their segments lose a jog, nearer to their neighbours than ports stand otherwise.
pub(super) fn nudge(proper: &Proper, half_width: &[f64], x: &[f64], least: &[f64], ports: &mut Ports) {
    for (s, segment) in proper.segments.iter().enumerate() {
        let by = bend(proper, ports, x, s);
        if !is_jog(by) {
            continue;
        }
        for (v, top) in [(segment.upper, false), (segment.lower, true)] {
            let boxed = matches!(proper.vertices[v].role, Role::Node(_)) && ports.axis[v] == 0.0;
            let own = if top { ports.lower[s] } else { ports.upper[s] };
            let at = if top { own - by } else { own + by };
            let others = ports.side(v, top).iter().filter(|&&o| o != s);
            let near = |&&o: &&usize| {
                let other = if top { ports.lower[o] } else { ports.upper[o] };
                (other - at).abs() < CLOSEST || (other < own) != (other < at)
            };
            let clear = at.abs() + EDGE <= half_width[v] && !(top && x[v] + at < least[v]);
            if boxed && clear && ports.side(v, top).contains(&s) && others.filter(near).count() == 0 {
                ports.put(s, top, at);
                break;
            }
        }
    }
}

fn straighten_side(
    proper: &Proper,
    (low, high): (f64, f64),
    x: &[f64],
    ports: &mut Ports,
    (v, half): (usize, f64),
    side: &[usize],
    top: bool,
) {
    let m = side.len();
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
            (ports.axis[v] + even(k, m, half)).max(floor + PITCH).min(ceiling)
        });
        floor = at;
        ports.put(side[k], top, at);
    }
}
