//! Straightening after placement: moves what hangs together by straight segments until one more segment is straight.
//!
//! Takes places that keep all separations; gives places that keep them, too, at a lower price of length and bends. What
//! stands in the way is pushed along, as far as that is worth it. (Blocks that move as one are those of Brandes and Köpf 2001.)
//! At the end, what still bends by a few pixels is made straight, or bends by enough to be meant.

use super::lists::Lists;
use super::network_simplex::Arc;
use super::ports::Ports;
use super::proper::Proper;

/// A straight segment is worth this much additional length.
const WORTH: f64 = 120.0;
/// A segment that is not straight, but by less than this, is a jog: nobody sees what it is for.
pub(super) const JOG: f64 = 10.0;
/// What a jog costs while segments are made straight, and while jogs are taken out.
const JOGGED: f64 = 60.0;
const OUT: f64 = 1500.0;
/// Jogs are looked for so many times.
const SEARCHES: usize = 3;
/// Blocks of more vertices than this stay where they are, while segments are made straight and while jogs are taken out.
const BLOCK: usize = 60;
const LARGE: usize = 1000;
const PASSES: usize = 2;
/// The most points that move at once, for each that a block may have.
const PUSHED_AT_ONCE: usize = 2;
/// What it costs to move the border of a group by a pixel.
const BORDER: f64 = 0.2;
/// Constraints looked at: beyond this, nothing is pushed out of the way any more.
const PUSHED: usize = 600_000;

/// The separations, reachable from both sides.
pub(super) struct Constraints<'a> {
    pub(super) arcs: &'a [Arc],
    /// By the point they start at, and by the one they end at.
    out: Lists<u32>,
    into: Lists<u32>,
    vertices: usize,
}

impl<'a> Constraints<'a> {
    pub(super) fn new(arcs: &'a [Arc], points: usize, vertices: usize) -> Self {
        let numbered = arcs.iter().enumerate();
        let out = Lists::new(points, numbered.clone().map(|(i, arc)| (arc.from, i as u32)));
        let into = Lists::new(points, numbered.map(|(i, arc)| (arc.to, i as u32)));
        Self { arcs, out, into, vertices }
    }
}

/// Straightens what can be; `x` holds the places of vertices and of group borders behind them.
pub(super) fn align(proper: &Proper, ports: &Ports, constraints: &Constraints<'_>, x: &mut [f64]) {
    let mut mover = Mover::new(proper, ports, constraints, (JOGGED, BLOCK), x);
    // The pass in which something last moved beside a point.
    let mut touched = vec![0; x.len()];
    for pass in 1..=PASSES {
        let mut changed = false;
        for s in 0..proper.segments.len() {
            let segment = &proper.segments[s];
            let by = bend(proper, ports, x, s);
            if by.abs() < 0.5 || touched[segment.upper].max(touched[segment.lower]) + 1 < pass {
                continue;
            }
            if let Some(moved) = mover.best(x, &[(segment.upper, by), (segment.lower, -by)]) {
                moved.iter().for_each(|m| mover.touch(m.0, pass, &mut touched));
                mover.apply(&moved, x);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    tighten(constraints, x);
}

/// Takes out jogs: each becomes straight, or at least so large that it is seen to be meant.
pub(super) fn smooth(proper: &Proper, ports: &Ports, constraints: &Constraints<'_>, x: &mut [f64]) {
    let jog = |x: &[f64], s: usize| Some(bend(proper, ports, x, s)).filter(|&by| is_jog(by));
    if (0..proper.segments.len()).all(|s| jog(x, s).is_none()) {
        return;
    }
    let mut mover = Mover::new(proper, ports, constraints, (OUT, LARGE), x);
    for _ in 0..SEARCHES {
        let mut changed = false;
        for s in 0..proper.segments.len() {
            let Some(by) = jog(x, s) else { continue };
            let segment = &proper.segments[s];
            let more = by - JOG.copysign(by);
            let ways =
                [(segment.upper, by), (segment.lower, -by), (segment.upper, more), (segment.lower, -more)];
            if let Some(moved) = mover.best(x, &ways) {
                mover.apply(&moved, x);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    tighten(constraints, x);
}

/// Whether a segment that goes so far across the flow has a jog.
pub(super) fn is_jog(by: f64) -> bool {
    (0.5..JOG - 0.01).contains(&by.abs())
}

/// How far the lower end of a segment lies to the right of its upper end.
pub(super) fn bend(proper: &Proper, ports: &Ports, x: &[f64], s: usize) -> f64 {
    let segment = &proper.segments[s];
    x[segment.lower] + ports.lower[s] - x[segment.upper] - ports.upper[s]
}

/// Moves what hangs together by straight segments, and what stands in its way.
struct Mover<'a> {
    proper: &'a Proper,
    ports: &'a Ports,
    constraints: &'a Constraints<'a>,
    /// What a jog costs, and how many vertices a block may have.
    jogged: f64,
    most: usize,
    /// For every point the search that it was last moved in, and how far.
    shift: Vec<(u32, f64)>,
    search: u32,
    moved: Vec<usize>,
    /// What still has to make room, kept for its memory.
    queue: Vec<usize>,
    work: usize,
    /// What hangs together by straight segments.
    block: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl<'a> Mover<'a> {
    fn new(
        proper: &'a Proper,
        ports: &'a Ports,
        constraints: &'a Constraints<'a>,
        (jogged, most): (f64, usize),
        x: &[f64],
    ) -> Self {
        let mut mover = Self {
            proper,
            ports,
            constraints,
            jogged,
            most,
            shift: vec![(0, 0.0); x.len()],
            search: 0,
            moved: Vec::new(),
            queue: Vec::new(),
            work: 0,
            block: vec![usize::MAX; proper.vertices.len()],
            members: Vec::new(),
        };
        mover.hang_together(0..proper.vertices.len(), x);
        mover
    }

    /// Of several moves of a vertex the one that pays most, with all that moves along; none where none pays.
    fn best(&mut self, x: &[f64], ways: &[(usize, f64)]) -> Option<Vec<(usize, f64)>> {
        let mut best: Option<(f64, Vec<(usize, f64)>)> = None;
        for &(start, by) in ways {
            let Some(price) = self.displace(x, start, by) else { continue };
            if price <= 0.0 && best.as_ref().is_none_or(|b| price < b.0) {
                best = Some((price, self.moved.iter().map(|&p| (p, self.shift[p].1)).collect()));
            }
        }
        best.map(|b| b.1)
    }

    fn apply(&mut self, moved: &[(usize, f64)], x: &mut [f64]) {
        moved.iter().for_each(|&(p, by)| x[p] += by);
        let vertices = moved.iter().map(|m| m.0).filter(|&p| p < self.proper.vertices.len());
        vertices.clone().for_each(|v| self.block[v] = usize::MAX);
        self.hang_together(vertices, x);
    }

    /// Moves what hangs together with a vertex, as a trial, and gives its price; fails when too much would have to give way.
    fn displace(&mut self, x: &[f64], start: usize, by: f64) -> Option<f64> {
        self.search += 1;
        self.moved.clear();
        let mut queue = std::mem::take(&mut self.queue);
        queue.clear();
        // What does not pay alone hardly pays with more.
        let alone = self.add(start, by, &mut queue).then(|| self.price(x)).filter(|&price| price <= 0.0);
        let first = queue.len();
        let done = alone.is_some() && self.push(x, by, &mut queue);
        let pushed = queue.len() > first;
        self.queue = queue;
        alone.filter(|_| done).map(|alone| if pushed { self.price(x) } else { alone })
    }

    /// Pushes along what stands in the way of the points in the queue; fails when too much would have to give way.
    fn push(&mut self, x: &[f64], by: f64, queue: &mut Vec<usize>) -> bool {
        let constraints = self.constraints;
        let pushing = self.work < PUSHED;
        let mut next = 0;
        while let Some(&p) = queue.get(next) {
            next += 1;
            let list = if by > 0.0 { &constraints.out } else { &constraints.into };
            for &i in &list[p] {
                self.work += 1;
                let arc = constraints.arcs[i as usize];
                let other = if by > 0.0 { arc.to } else { arc.from };
                let slack = x[arc.to] - x[arc.from] - arc.least as f64;
                let need = self.shift[p].1.abs() - slack;
                if need <= 0.01 || self.has_moved(other, need) {
                    continue;
                }
                let vertex = other < constraints.vertices;
                if vertex && !pushing || !self.add(other, need * by.signum(), queue) {
                    return false;
                }
            }
            if queue.len() > PUSHED_AT_ONCE * self.most {
                return false;
            }
        }
        true
    }

    /// Notes that something moved beside what a point is bound to.
    fn touch(&self, p: usize, pass: usize, touched: &mut [usize]) {
        let constraints = self.constraints;
        touched[p] = pass;
        constraints.out[p].iter().for_each(|&i| touched[constraints.arcs[i as usize].to] = pass);
        constraints.into[p].iter().for_each(|&i| touched[constraints.arcs[i as usize].from] = pass);
        if p < constraints.vertices {
            let segments = self.proper.above[p].iter().chain(&self.proper.below[p]);
            for segment in segments.map(|&s| &self.proper.segments[s]) {
                touched[segment.upper] = pass;
                touched[segment.lower] = pass;
            }
        }
    }

    fn has_moved(&self, p: usize, least: f64) -> bool {
        self.shift[p].0 == self.search && self.shift[p].1.abs() + 0.01 >= least
    }

    /// Moves a point with all that hangs together with it; fails when that is too much.
    fn add(&mut self, start: usize, by: f64, queue: &mut Vec<usize>) -> bool {
        if start >= self.constraints.vertices {
            self.mark(start, by);
            queue.push(start);
            return true;
        }
        let block = self.block[start];
        let count = self.members[block].len();
        if count > self.most {
            return false;
        }
        for k in 0..count {
            let v = self.members[block][k];
            self.mark(v, by);
            queue.push(v);
        }
        true
    }

    /// Finds what hangs together with vertices of which that is not known.
    fn hang_together(&mut self, vertices: impl Iterator<Item = usize>, x: &[f64]) {
        for start in vertices {
            if self.block[start] != usize::MAX {
                continue;
            }
            let block = self.members.len();
            self.block[start] = block;
            let mut found = vec![start];
            let mut next = 0;
            while let Some(&v) = found.get(next) {
                next += 1;
                for &s in self.proper.above[v].iter().chain(&self.proper.below[v]) {
                    let segment = &self.proper.segments[s];
                    let w = if segment.upper == v { segment.lower } else { segment.upper };
                    if self.block[w] != block && bend(self.proper, self.ports, x, s).abs() < 0.5 {
                        self.block[w] = block;
                        found.push(w);
                    }
                }
            }
            self.members.push(found);
        }
    }

    fn mark(&mut self, p: usize, by: f64) {
        if self.shift[p].0 != self.search {
            self.moved.push(p);
        }
        self.shift[p] = (self.search, by);
    }

    /// The length that the trial adds, less the worth of what becomes straight.
    fn price(&self, x: &[f64]) -> f64 {
        let by = |p: usize| if self.shift[p].0 == self.search { self.shift[p].1 } else { 0.0 };
        let straight = |length: f64| match length.abs() {
            length if length < 0.5 => WORTH,
            _ if is_jog(length) => -self.jogged,
            _ => 0.0,
        };
        let mut price = 0.0;
        for &v in &self.moved {
            if v >= self.constraints.vertices {
                price += BORDER * by(v).abs();
                continue;
            }
            let above = self.proper.above[v].iter().filter(|&&s| by(self.proper.segments[s].upper) == 0.0);
            for &s in self.proper.below[v].iter().chain(above) {
                let segment = &self.proper.segments[s];
                let now = bend(self.proper, self.ports, x, s);
                let then = now + by(segment.lower) - by(segment.upper);
                price += then.abs() - now.abs() + straight(now) - straight(then);
            }
        }
        price
    }
}

/// Draws group borders back to what they hold, inner groups first.
fn tighten(constraints: &Constraints<'_>, x: &mut [f64]) {
    for p in (constraints.vertices + 2..x.len()).rev() {
        let opens = (p - constraints.vertices).is_multiple_of(2);
        if opens {
            let most = constraints.out[p].iter().map(|&i| constraints.arcs[i as usize]);
            let most = most.map(|a| x[a.to] - a.least as f64).fold(f64::INFINITY, f64::min);
            if most.is_finite() {
                x[p] = x[p].max(most);
            }
        } else {
            let least = constraints.into[p].iter().map(|&i| constraints.arcs[i as usize]);
            let least = least.map(|a| x[a.from] + a.least as f64).fold(f64::NEG_INFINITY, f64::max);
            if least.is_finite() {
                x[p] = x[p].min(least);
            }
        }
    }
}
