//! Phase 5: the horizontal runs between the layers.
//!
//! Precondition: every vertex and group border has its place across the flow. Postcondition: in every channel between two layers, no two
//! runs and no two risers lie on each other.
//!
//! Every bent segment is a wire with one horizontal run; `tracks` decides which runs higher. A ring of wires that must
//! all run above each other is opened by giving one of them a second run.

use super::align::JOG;
use super::graph::LayoutGraph;
use super::p4_place::Across;
use super::ports::Ports;
use super::proper::{Proper, Role};
use super::tracks::{self, Wire};

/// The runs of one channel.
#[derive(Debug, Clone, Default)]
pub(super) struct Channel {
    pub(super) slots: usize,
}

/// How a segment gets from its upper to its lower end.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Course {
    /// Straight down.
    Straight,
    /// One run, in that slot.
    Run(usize),
    /// Two runs, in these slots, with the riser between them at that place.
    Dogleg(usize, f64, usize),
}

/// The courses of all segments, and the channels below every layer.
#[derive(Debug, Clone)]
pub(super) struct Routes {
    pub(super) courses: Vec<Course>,
    pub(super) channels: Vec<Channel>,
}

/// Finds the courses. `across` has the places of vertices and group borders.
pub(super) fn route(graph: &LayoutGraph, proper: &Proper, across: &Across, ports: &Ports) -> Routes {
    let mut courses = vec![Course::Straight; proper.segments.len()];
    let mut channels = vec![Channel::default(); proper.rows.len()];
    for layer in 0..proper.rows.len().saturating_sub(1) {
        channels[layer] = channel((graph, proper), across, ports, layer, &mut courses);
    }
    Routes { courses, channels }
}

fn channel(
    (graph, proper): (&LayoutGraph, &Proper),
    across: &Across,
    ports: &Ports,
    layer: usize,
    courses: &mut [Course],
) -> Channel {
    let x = &across.x;
    let mut wires: Vec<Wire> = Vec::new();
    let mut owner: Vec<Vec<usize>> = Vec::new();
    let mut fixed: Vec<f64> = Vec::new();
    for &v in &proper.rows[layer] {
        let turn = matches!(proper.vertices[v].role, Role::Turn(_));
        let ends: Vec<(f64, f64, usize)> = proper.below[v]
            .iter()
            .map(|&s| (x[v] + ports.upper[s], x[proper.segments[s].lower] + ports.lower[s], s))
            .collect();
        if turn {
            wires.push(Wire::new(Vec::new(), ends.iter().map(|e| e.1).collect()));
            owner.push(ends.iter().map(|e| e.2).collect());
            continue;
        }
        for (top, bottom, s) in ends {
            let turns = matches!(proper.vertices[proper.segments[s].lower].role, Role::Turn(_));
            if turns || ports.trunks.of(s).is_some() {
                continue;
            }
            if (top - bottom).abs() < 0.5 {
                fixed.push(top);
                continue;
            }
            wires.push(Wire::new(vec![top], vec![bottom]));
            owner.push(vec![s]);
        }
    }
    for &v in &proper.rows[layer + 1] {
        if let (Role::Turn(_), false) = (proper.vertices[v].role, proper.above[v].is_empty()) {
            let tops =
                proper.above[v].iter().map(|&s| x[proper.segments[s].upper] + ports.upper[s]).collect();
            wires.push(Wire::new(tops, Vec::new()));
            owner.push(proper.above[v].to_vec());
        }
    }
    let ends = |s: usize| {
        let segment = &proper.segments[s];
        (x[segment.upper] + ports.upper[s], x[segment.lower] + ports.lower[s])
    };
    let here = |s: usize| proper.vertices[proper.segments[s].upper].layer == layer;
    for trunk in ports.trunks.all.iter().filter(|t| here(t.segments[0])) {
        let (mut tops, mut bottoms): (Vec<f64>, Vec<f64>) = trunk.segments.iter().map(|&s| ends(s)).unzip();
        if trunk.from_above {
            tops.truncate(1)
        } else {
            bottoms.truncate(1)
        }
        wires.push(Wire::new(tops, bottoms));
        owner.push(trunk.segments.clone());
    }
    let (wires, cuts, slots) = loop {
        let room = |k: usize| owner.get(k).map_or(UNBOUNDED, |own| room(graph, proper, across, own[0]));
        let mut tried = wires.clone();
        match assign(&mut tried, &fixed, &room) {
            Ok((cuts, slots)) => break (tried, cuts, slots),
            // A trunk that must run both above and below something comes apart into lines from one port.
            Err(k) => {
                wires.swap_remove(k);
                for s in owner.swap_remove(k) {
                    let (top, bottom) = ends(s);
                    if (top - bottom).abs() < 0.5 {
                        fixed.push(top);
                    } else {
                        wires.push(Wire::new(vec![top], vec![bottom]));
                        owner.push(vec![s]);
                    }
                }
            }
        }
    };
    for (k, segments) in owner.iter().enumerate() {
        let course = match cuts.iter().find(|c| c.first == k) {
            Some(cut) => Course::Dogleg(wires[k].slot, cut.at, wires[cut.second].slot),
            None => Course::Run(wires[k].slot),
        };
        for &s in segments {
            courses[s] = course.clone();
        }
    }
    Channel { slots }
}

/// The places between which a segment meets no group that passes its channel and holds neither of its ends.
fn room(graph: &LayoutGraph, proper: &Proper, across: &Across, s: usize) -> (f64, f64) {
    let segment = &proper.segments[s];
    let (upper, lower) = (&proper.vertices[segment.upper], &proper.vertices[segment.lower]);
    let middle = f64::midpoint(across.x[segment.upper], across.x[segment.lower]);
    let foreign = (1..graph.groups.len()).filter(|&g| {
        let (first, last) = proper.extent[g];
        first <= upper.layer
            && lower.layer <= last
            && !graph.holds(g, upper.group)
            && !graph.holds(g, lower.group)
    });
    foreign.map(|g| across.borders[g]).fold(UNBOUNDED, |(low, high), (left, right)| {
        if right < middle { (low.max(right + BESIDE), high) } else { (low, high.min(left - BESIDE)) }
    })
}

const UNBOUNDED: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
/// Between a riser and the border of a group.
const BESIDE: f64 = 6.0;

/// Gives every wire a slot; wires cut in two are returned with the place of their riser and their second half.
///
/// `room` says for each of the given wires between which places it meets no group. Fails with a trunk that closes a ring
/// in which nothing can be cut.
fn assign(
    wires: &mut Vec<Wire>,
    fixed: &[f64],
    room: &dyn Fn(usize) -> (f64, f64),
) -> Result<(Vec<Cut>, usize), usize> {
    let mut cuts: Vec<Cut> = Vec::new();
    loop {
        let ring = match tracks::order(wires) {
            Ok(order) => {
                let slots = tracks::fill(wires, &order);
                return Ok((cuts, slots));
            }
            Err(ring) => ring,
        };
        let whole = |k: usize| {
            wires[k].tops.len() == 1
                && wires[k].bottoms.len() == 1
                && !cuts.iter().any(|c| c.first == k || c.second == k)
        };
        // The longest wire has the most room for a second riser.
        let length = |k: &usize| wires[*k].high - wires[*k].low;
        let longest =
            ring.iter().copied().filter(|&k| whole(k)).max_by(|a, b| length(a).total_cmp(&length(b)));
        let Some(k) = longest else {
            if let Some(&trunk) = ring.iter().find(|&&k| wires[k].is_trunk()) {
                return Err(trunk);
            }
            let order: Vec<usize> = (0..wires.len()).collect();
            let slots = tracks::fill(wires, &order);
            return Ok((cuts, slots));
        };
        let at = free_place(wires, fixed, k, room(k));
        let (top, bottom) = (wires[k].tops[0], wires[k].bottoms[0]);
        cuts.push(Cut { first: k, at, second: wires.len() });
        wires.push(Wire { first_half: Some(k), ..Wire::new(vec![at], vec![bottom]) });
        wires[k] = Wire::new(vec![top], vec![at]);
    }
}

/// A wire in two halves, joined by a riser.
struct Cut {
    first: usize,
    at: f64,
    second: usize,
}

/// A place for the second riser of a wire, away from all others.
fn free_place(wires: &[Wire], fixed: &[f64], k: usize, room: (f64, f64)) -> f64 {
    let mut taken: Vec<f64> = wires.iter().flat_map(|w| w.tops.iter().chain(&w.bottoms)).copied().collect();
    taken.extend_from_slice(fixed);
    taken.sort_by(f64::total_cmp);
    let (low, high, near) = (wires[k].low, wires[k].high, tracks::near(wires.len()));
    let ends = [wires[k].tops[0], wires[k].bottoms[0]];
    // The middle of the widest gap between risers, or where it makes no jog.
    let widest = |low: f64, high: f64| {
        let mut best = (0.0, (low + high) / 2.0);
        for pair in taken.windows(2) {
            let (a, b) = (pair[0].max(low), pair[1].min(high));
            if b - a > best.0 + 0.01 {
                let middle = (a + b) / 2.0;
                let beside = ends.iter().flat_map(|end| [end - JOG, end + JOG]);
                let clear = |at: &f64| ends.iter().all(|end| (at - end).abs() >= JOG);
                let off = |at: &f64| (at - middle).abs();
                let found = std::iter::once(middle).chain(beside).filter(clear);
                let found = found.filter(|at| a + near <= *at && *at <= b - near);
                best = (b - a, found.min_by(|p, q| off(p).total_cmp(&off(q))).unwrap_or(middle));
            }
        }
        best
    };
    let mut best = widest(low, high);
    if best.0 < 2.0 * near {
        // Where there is no room within the wire, a little outside of it.
        let wider = widest((low - ASIDE).max(room.0.min(low)), (high + ASIDE).min(room.1.max(high)));
        best = if wider.0 > best.0 { wider } else { best };
    }
    (best.1 * 2.0).round() / 2.0
}

/// How far outside of a short wire its second riser may stand.
const ASIDE: f64 = 40.0;

#[cfg(test)]
mod tests {
    use super::{UNBOUNDED, Wire, assign};

    /// Pairs of wires of which one's riser from above lies on the other's riser to below.
    fn overlaps(wires: &[Wire]) -> usize {
        let near = |a: &[f64], b: &[f64]| a.iter().any(|a| b.iter().any(|b| (a - b).abs() < 1.5));
        let lies_on = |a: &Wire, b: &Wire| near(&a.tops, &b.bottoms) && a.slot >= b.slot;
        let pairs = wires.iter().flat_map(|a| wires.iter().map(move |b| (a, b)));
        pairs.filter(|(a, b)| !std::ptr::eq(*a, *b) && lies_on(a, b)).count()
    }

    #[test]
    fn wires_that_change_places_do_not_lie_on_each_other() {
        for count in 1..6 {
            // Every two change places exactly; the second of them is the longer one, or the first.
            for longer in [0.0, 3.0] {
                let pair = |k: usize| {
                    let (a, b) = (100.0 * k as f64, 100.0 * k as f64 + 50.0);
                    [Wire::new(vec![a], vec![b + longer]), Wire::new(vec![b + 3.0], vec![a])]
                };
                let mut wires: Vec<Wire> = (0..count).flat_map(pair).collect();
                let (cuts, _) = assign(&mut wires, &[], &|_| UNBOUNDED).expect("no trunk");
                assert_eq!(cuts.len(), count);
                for cut in &cuts {
                    assert!(wires[cut.first].slot < wires[cut.second].slot);
                    wires[cut.second].tops.clear();
                }
                assert_eq!(overlaps(&wires), 0);
            }
        }
    }
}
