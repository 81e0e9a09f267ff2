//! Straightening after placement: moves what hangs together by straight segments until one more segment is straight.
//!
//! Takes places that keep all separations; gives places that keep them, too, with no fewer straight segments. Group
//! borders give way where they have room. (Blocks that move as one are those of Brandes and Köpf 2001.)

use super::network_simplex::Arc;
use super::ports::Ports;
use super::proper::Proper;

/// A straight segment is worth this much additional length.
const WORTH: f64 = 80.0;
/// Blocks of more vertices than this stay where they are.
const BLOCK: usize = 60;
const PASSES: usize = 4;

/// The separations, reachable from both sides.
pub(super) struct Constraints<'a> {
    pub(super) arcs: &'a [Arc],
    out: Lists,
    into: Lists,
    vertices: usize,
}

/// Arcs by the point they start or end at, one point behind the other.
struct Lists {
    start: Vec<u32>,
    arcs: Vec<u32>,
}

impl Lists {
    fn new(points: usize, arcs: &[Arc], point: impl Fn(&Arc) -> usize) -> Self {
        let mut start = vec![0u32; points + 1];
        for arc in arcs {
            start[point(arc)] += 1;
        }
        let mut sum = 0;
        for s in &mut start {
            sum += *s;
            *s = sum;
        }
        let mut sorted = vec![0; arcs.len()];
        for (i, arc) in arcs.iter().enumerate().rev() {
            let slot = &mut start[point(arc)];
            *slot -= 1;
            sorted[*slot as usize] = i as u32;
        }
        Self { start, arcs: sorted }
    }

    fn of(&self, p: usize) -> impl Iterator<Item = usize> + '_ {
        self.arcs[self.start[p] as usize..self.start[p + 1] as usize].iter().map(|&i| i as usize)
    }
}

impl<'a> Constraints<'a> {
    pub(super) fn new(arcs: &'a [Arc], points: usize, vertices: usize) -> Self {
        let (out, into) = (Lists::new(points, arcs, |a| a.from), Lists::new(points, arcs, |a| a.to));
        Self { arcs, out, into, vertices }
    }

    /// What else must move when `block` moves by `by`; `None` when another vertex stands in the way.
    fn displaced(&self, x: &[f64], block: &[usize], by: f64) -> Option<Vec<(usize, f64)>> {
        let mut moved: Vec<(usize, f64)> = block.iter().map(|&p| (p, by)).collect();
        let mut next = 0;
        while next < moved.len() {
            let (p, shift) = moved[next];
            next += 1;
            let list = if by > 0.0 { &self.out } else { &self.into };
            for i in list.of(p) {
                let arc = self.arcs[i];
                let other = if by > 0.0 { arc.to } else { arc.from };
                let slack = x[arc.to] - x[arc.from] - arc.least as f64;
                let need = shift.abs() - slack;
                if need <= 0.01 {
                    continue;
                }
                match moved.iter_mut().find(|m| m.0 == other) {
                    Some(m) if m.1.abs() + 0.01 >= need => {}
                    Some(_) => return None,
                    None if other < self.vertices => return None,
                    None => moved.push((other, need * by.signum())),
                }
            }
            if moved.len() > BLOCK + 40 {
                return None;
            }
        }
        Some(moved)
    }
}

/// Straightens what can be; `x` holds the places of vertices and of group borders behind them.
pub(super) fn align(proper: &Proper, ports: &Ports, constraints: &Constraints<'_>, x: &mut [f64]) {
    let mut blocks = Blocks { seen: vec![0; proper.vertices.len()], mark: 0 };
    for _ in 0..PASSES {
        let mut changed = false;
        for s in 0..proper.segments.len() {
            let by = bend(proper, ports, x, s);
            if by.abs() < 0.5 {
                continue;
            }
            let segment = &proper.segments[s];
            let mut best: Option<(f64, Vec<(usize, f64)>)> = None;
            for (start, by) in [(segment.upper, by), (segment.lower, -by)] {
                let Some(block) = blocks.around(proper, ports, x, start) else { continue };
                let price = price(proper, ports, x, &block, by);
                if price > WORTH || best.as_ref().is_some_and(|b| b.0 <= price) {
                    continue;
                }
                if let Some(moved) = constraints.displaced(x, &block, by) {
                    best = Some((price, moved));
                }
            }
            if let Some((_, moved)) = best {
                for (p, by) in moved {
                    x[p] += by;
                }
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    tighten(constraints, x);
}

/// How far the lower end of a segment lies to the right of its upper end.
pub(super) fn bend(proper: &Proper, ports: &Ports, x: &[f64], s: usize) -> f64 {
    let segment = &proper.segments[s];
    x[segment.lower] + ports.lower[s] - x[segment.upper] - ports.upper[s]
}

/// Finds what hangs together.
struct Blocks {
    /// The search that a vertex was last met in.
    seen: Vec<u32>,
    mark: u32,
}

impl Blocks {
    /// All vertices that hang together with `start` by straight segments; `None` when they are too many.
    fn around(&mut self, proper: &Proper, ports: &Ports, x: &[f64], start: usize) -> Option<Vec<usize>> {
        self.mark += 1;
        self.seen[start] = self.mark;
        let mut found = vec![start];
        let mut next = 0;
        while next < found.len() {
            let v = found[next];
            next += 1;
            for &s in proper.above[v].iter().chain(&proper.below[v]) {
                if bend(proper, ports, x, s).abs() < 0.5 {
                    let segment = &proper.segments[s];
                    let w = if segment.upper == v { segment.lower } else { segment.upper };
                    if self.seen[w] != self.mark {
                        self.seen[w] = self.mark;
                        found.push(w);
                    }
                }
            }
            if found.len() > BLOCK {
                return None;
            }
        }
        Some(found)
    }
}

/// The length that moving a block adds, less the worth of other segments that become straight.
fn price(proper: &Proper, ports: &Ports, x: &[f64], block: &[usize], by: f64) -> f64 {
    let mut price = 0.0;
    for &v in block {
        for (segments, sign) in [(&proper.below[v], -1.0), (&proper.above[v], 1.0)] {
            for &s in segments {
                let now = bend(proper, ports, x, s);
                if now.abs() < 0.5 {
                    continue;
                }
                let then = now + sign * by;
                price += then.abs() - now.abs();
                if then.abs() < 0.5 {
                    price -= WORTH;
                }
            }
        }
    }
    price + WORTH
}

/// Draws group borders back to what they hold, inner groups first.
fn tighten(constraints: &Constraints<'_>, x: &mut [f64]) {
    for p in (constraints.vertices + 2..x.len()).rev() {
        let opens = (p - constraints.vertices).is_multiple_of(2);
        if opens {
            let most = constraints.out.of(p).map(|i| constraints.arcs[i]);
            let most = most.map(|a| x[a.to] - a.least as f64).fold(f64::INFINITY, f64::min);
            if most.is_finite() {
                x[p] = x[p].max(most);
            }
        } else {
            let least = constraints.into.of(p).map(|i| constraints.arcs[i]);
            let least = least.map(|a| x[a.from] + a.least as f64).fold(f64::NEG_INFINITY, f64::max);
            if least.is_finite() {
                x[p] = x[p].min(least);
            }
        }
    }
}
