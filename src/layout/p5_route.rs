//! Phase 5: the horizontal runs between the layers.
//!
//! Precondition: every vertex has its place across the flow. Postcondition: in every channel between two layers, no two
//! runs and no two risers lie on each other.
//!
//! Every bent segment is a wire with one horizontal run. Which of two wires runs higher follows from the crossings each
//! choice costs (Sander 2004), and must follow where their risers would lie on each other; a ring of such musts is
//! opened by giving a wire a second run.

use super::ports::Ports;
use super::proper::{Proper, Role};

/// A horizontal run with its risers.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    /// Where it comes from above, and where it goes below.
    tops: Vec<f64>,
    bottoms: Vec<f64>,
    low: f64,
    high: f64,
    pub(super) slot: usize,
}

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

/// Risers nearer than this to each other must not overlap.
const NEAR: f64 = 7.0;
/// More wires than this in a channel are ordered by a rule instead of pair by pair.
const PAIRS: usize = 600;

/// Finds the courses.
pub(super) fn route(proper: &Proper, x: &[f64], ports: &Ports) -> Routes {
    let mut courses = vec![Course::Straight; proper.segments.len()];
    let mut channels = vec![Channel::default(); proper.rows.len()];
    for layer in 0..proper.rows.len().saturating_sub(1) {
        channels[layer] = channel(proper, x, ports, layer, &mut courses);
    }
    Routes { courses, channels }
}

fn channel(proper: &Proper, x: &[f64], ports: &Ports, layer: usize, courses: &mut [Course]) -> Channel {
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
            push_wire(&mut wires, Vec::new(), ends.iter().map(|e| e.1).collect());
            owner.push(ends.iter().map(|e| e.2).collect());
            continue;
        }
        for (top, bottom, s) in ends {
            if matches!(proper.vertices[proper.segments[s].lower].role, Role::Turn(_)) {
                continue;
            }
            if (top - bottom).abs() < 0.5 {
                fixed.push(top);
                continue;
            }
            push_wire(&mut wires, vec![top], vec![bottom]);
            owner.push(vec![s]);
        }
    }
    for &v in &proper.rows[layer + 1] {
        if let (Role::Turn(_), false) = (proper.vertices[v].role, proper.above[v].is_empty()) {
            let tops =
                proper.above[v].iter().map(|&s| x[proper.segments[s].upper] + ports.upper[s]).collect();
            push_wire(&mut wires, tops, Vec::new());
            owner.push(proper.above[v].clone());
        }
    }
    let doglegs = assign(&mut wires, &fixed);
    for (k, segments) in owner.iter().enumerate() {
        let course = match doglegs.iter().find(|d| d.0 == k) {
            Some(&(_, at, second)) => Course::Dogleg(wires[k].slot, at, wires[second].slot),
            None => Course::Run(wires[k].slot),
        };
        for &s in segments {
            courses[s] = course.clone();
        }
    }
    Channel { slots: wires.iter().map(|w| w.slot + 1).max().unwrap_or(0) }
}

fn push_wire(wires: &mut Vec<Wire>, tops: Vec<f64>, bottoms: Vec<f64>) {
    let low = tops.iter().chain(&bottoms).copied().fold(f64::INFINITY, f64::min);
    let high = tops.iter().chain(&bottoms).copied().fold(f64::NEG_INFINITY, f64::max);
    wires.push(Wire { tops, bottoms, low, high, slot: 0 });
}

/// Gives every wire a slot; wires cut in two are returned with the place of their riser and their second half.
fn assign(wires: &mut Vec<Wire>, fixed: &[f64]) -> Vec<(usize, f64, usize)> {
    let mut doglegs = Vec::new();
    loop {
        let must = musts(wires);
        let Some(order) = ranked(wires, &must) else {
            // A ring: cut one wire of it that is still whole.
            let ring = ring(wires.len(), &must);
            let whole = ring.iter().copied().find(|&k| {
                wires[k].tops.len() == 1
                    && wires[k].bottoms.len() == 1
                    && !doglegs.iter().any(|d: &(usize, f64, usize)| d.0 == k || d.2 == k)
            });
            let Some(k) = whole else {
                let order: Vec<usize> = (0..wires.len()).collect();
                first_fit(wires, &order, &[]);
                return doglegs;
            };
            let at = free_place(wires, fixed, k);
            let (top, bottom) = (wires[k].tops[0], wires[k].bottoms[0]);
            push_wire(wires, vec![at], vec![bottom]);
            let second = wires.len() - 1;
            wires[k] =
                Wire { tops: vec![top], bottoms: vec![at], low: top.min(at), high: top.max(at), slot: 0 };
            doglegs.push((k, at, second));
            continue;
        };
        first_fit(wires, &order, &must);
        return doglegs;
    }
}

/// Pairs (a, b) where a must run above b: a riser of a from above and one of b to below are too near.
fn musts(wires: &[Wire]) -> Vec<(usize, usize)> {
    let mut bottoms: Vec<(f64, usize)> =
        wires.iter().enumerate().flat_map(|(k, w)| w.bottoms.iter().map(move |&b| (b, k))).collect();
    bottoms.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut found = Vec::new();
    for (k, wire) in wires.iter().enumerate() {
        for &top in &wire.tops {
            let from = bottoms.partition_point(|b| b.0 <= top - NEAR);
            for &(at, j) in bottoms[from..].iter().take_while(|b| b.0 < top + NEAR) {
                let _ = at;
                if j != k {
                    found.push((k, j));
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether the runs of two wires need different slots.
fn meet(a: &Wire, b: &Wire) -> bool {
    a.low < b.high + NEAR && b.low < a.high + NEAR
}

/// What it costs to run `a` above `b`.
fn cost(a: &Wire, b: &Wire) -> usize {
    a.bottoms.iter().filter(|&&x| b.low < x && x < b.high).count()
        + b.tops.iter().filter(|&&x| a.low < x && x < a.high).count()
}

/// An order from top to bottom that keeps all musts and few crossings; `None` when the musts form a ring.
fn ranked(wires: &[Wire], must: &[(usize, usize)]) -> Option<Vec<usize>> {
    let n = wires.len();
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut waiting = vec![0usize; n];
    for &(a, b) in must {
        above[a].push(b);
        waiting[b] += 1;
    }
    // The soft price of coming next: the crossings that others, still to come, would rather avoid.
    let mut price = vec![0i64; n];
    let mut soft: Vec<Vec<(usize, i64)>> = vec![Vec::new(); n];
    if n <= PAIRS {
        for a in 0..n {
            for b in a + 1..n {
                if meet(&wires[a], &wires[b]) {
                    let gain = cost(&wires[a], &wires[b]) as i64 - cost(&wires[b], &wires[a]) as i64;
                    if gain != 0 {
                        price[a] += gain;
                        price[b] -= gain;
                        soft[a].push((b, -gain));
                        soft[b].push((a, gain));
                    }
                }
            }
        }
    } else {
        rule(wires, &mut price);
    }
    let mut queue: std::collections::BTreeSet<(i64, usize)> =
        (0..n).filter(|&k| waiting[k] == 0).map(|k| (price[k], k)).collect();
    let mut done = vec![false; n];
    let mut order = Vec::with_capacity(n);
    while let Some((_, k)) = queue.pop_first() {
        done[k] = true;
        order.push(k);
        for &(j, gain) in &soft[k] {
            if !done[j] {
                let ready = queue.remove(&(price[j], j));
                price[j] -= gain;
                if ready {
                    queue.insert((price[j], j));
                }
            }
        }
        for &j in &above[k] {
            waiting[j] -= 1;
            if waiting[j] == 0 {
                queue.insert((price[j], j));
            }
        }
    }
    (order.len() == n).then_some(order)
}

/// For wide channels: wires to the right from the right, then wires to the left from the left.
fn rule(wires: &[Wire], price: &mut [i64]) {
    let mut order: Vec<usize> = (0..wires.len()).collect();
    let first = |k: usize| wires[k].tops.first().or(wires[k].bottoms.first()).copied().unwrap_or(0.0);
    let right = |k: usize| first(k) <= wires[k].low;
    order.sort_by(|&a, &b| {
        right(b).cmp(&right(a)).then_with(|| {
            if right(a) { first(b).total_cmp(&first(a)) } else { first(a).total_cmp(&first(b)) }
        })
    });
    for (k, &w) in order.iter().enumerate() {
        price[w] = k as i64;
    }
}

/// The wires that are in a ring of musts or behind one.
fn ring(n: usize, must: &[(usize, usize)]) -> Vec<usize> {
    let mut alive = vec![true; n];
    loop {
        let mut has_in = vec![false; n];
        let mut has_out = vec![false; n];
        for &(a, b) in must {
            if alive[a] && alive[b] {
                has_out[a] = true;
                has_in[b] = true;
            }
        }
        let mut changed = false;
        for k in 0..n {
            if alive[k] && !(has_in[k] && has_out[k]) {
                alive[k] = false;
                changed = true;
            }
        }
        if !changed {
            return (0..n).filter(|&k| alive[k]).collect();
        }
    }
}

/// A place for the second riser of a wire, away from all others.
fn free_place(wires: &[Wire], fixed: &[f64], k: usize) -> f64 {
    let mut taken: Vec<f64> = wires.iter().flat_map(|w| w.tops.iter().chain(&w.bottoms)).copied().collect();
    taken.extend_from_slice(fixed);
    taken.sort_by(f64::total_cmp);
    let (low, high) = (wires[k].low, wires[k].high);
    // The middle of the widest gap between risers.
    let mut best = (0.0, (low + high) / 2.0);
    for pair in taken.windows(2) {
        let (a, b) = (pair[0].max(low), pair[1].min(high));
        if b - a > best.0 + 0.01 {
            best = (b - a, (a + b) / 2.0);
        }
    }
    (best.1 * 2.0).round() / 2.0
}

/// Every wire, in order, into the first slot below all it must lie below and meets.
fn first_fit(wires: &mut [Wire], order: &[usize], must: &[(usize, usize)]) {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); wires.len()];
    for &(a, b) in must {
        before[b].push(a);
    }
    let pairwise = wires.len() <= PAIRS;
    let mut done: Vec<usize> = Vec::with_capacity(order.len());
    let mut slots: Vec<Vec<(f64, f64)>> = Vec::new();
    for &k in order {
        let mut slot = before[k].iter().map(|&j| wires[j].slot + 1).max().unwrap_or(0);
        if pairwise {
            for &j in &done {
                if meet(&wires[j], &wires[k]) {
                    let above = wires[j].slot + 1;
                    if cost(&wires[j], &wires[k]) < cost(&wires[k], &wires[j]) || above <= slot {
                        slot = slot.max(above);
                    }
                }
            }
        }
        let (low, high) = (wires[k].low - NEAR, wires[k].high + NEAR);
        while slots.get(slot).is_some_and(|s| s.iter().any(|&(a, b)| a < high && low < b)) {
            slot += 1;
        }
        while slots.len() <= slot {
            slots.push(Vec::new());
        }
        slots[slot].push((wires[k].low, wires[k].high));
        wires[k].slot = slot;
        done.push(k);
    }
}
