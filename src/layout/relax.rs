//! Places by repeated relaxation, for graphs too large for the exact way.
//!
//! Takes separation constraints and segments; gives places that keep all constraints. The inside of long connections is
//! drawn straight first: what no crossing forbids to stand on one axis becomes one block (Brandes and Köpf 2001). Every
//! round then moves each block towards the weighted middle of its neighbours and projects on the constraints: the mean
//! of the leftmost and the rightmost feasible answer is feasible itself.

use super::network_simplex::Arc;
use super::ports::Ports;
use super::proper::{Proper, Role};

/// Rounds of relaxation.
const ROUNDS: usize = 24;
/// How much wider than it must be the picture may become.
const ROOM: f64 = 1.06;
/// How much wider straight connections may make it, and how often too wide a row of blocks is loosened.
const STRAIGHT_ROOM: f64 = 1.08;
const LOOSENINGS: usize = 60;
/// Points times rounds: beyond this, large graphs get fewer rounds, but never fewer than a few.
const WORK: usize = 4_000_000;
const FEWEST: usize = 6;

/// Finds the places; gives for every point the block that it stands in, too, named by one of its points.
pub(super) fn relax(proper: &Proper, ports: &Ports, points: usize, arcs: &[Arc]) -> (Vec<f64>, Vec<usize>) {
    let (block, system) = blocks(proper, points, arcs);
    let n = proper.vertices.len();
    let pulls = Pulls::new(proper, ports, &block, &system);
    let mut x: Vec<f64> = vec![0.0; system.count];
    system.push_right(&mut x);
    let width = ROOM * x.iter().copied().fold(0.0, f64::max);
    let first = x.clone();
    let mut last = vec![width; system.count];
    system.push_left(&mut last);
    let borders: Vec<(usize, bool)> = (n..points).map(|p| (block[p], (p - n).is_multiple_of(2))).collect();
    let mut wanted = x.clone();
    for round in 0..rounds(ROUNDS, points) {
        pulls.middles(&x, round, &mut wanted);
        // Borders want to stay close around their members.
        system.close(&borders, &x, &mut wanted);
        // Nothing is drawn further apart than the page is wide.
        for p in 0..system.count {
            wanted[p] = wanted[p].max(first[p]).min(last[p]);
        }
        let (mut right, mut left) = (wanted.clone(), wanted.clone());
        system.push_right(&mut right);
        system.push_left(&mut left);
        for p in 0..system.count {
            x[p] = (right[p] + left[p]) / 2.0;
        }
    }
    let least = x.iter().copied().fold(f64::INFINITY, f64::min);
    for at in &mut x {
        *at = (*at - least).round();
    }
    // Rounding may cost up to a pixel of distance; put it back.
    system.push_right(&mut x);
    ((0..points).map(|p| x[block[p]]).collect(), block)
}

/// How many of at most `most` rounds the work for so many points allows.
fn rounds(most: usize, points: usize) -> usize {
    most.min((WORK / points.max(1)).max(FEWEST))
}

/// The block of every point, and the constraints between blocks.
///
/// Blocks that would stand in a ring are taken apart, and those that would make the picture much wider are cut.
fn blocks(proper: &Proper, points: usize, arcs: &[Arc]) -> (Vec<usize>, System) {
    let mut link: Vec<Option<usize>> = vec![None; points];
    for s in straight(proper) {
        let segment = &proper.segments[s];
        link[segment.lower] = Some(segment.upper);
    }
    let loose = System::new(points, arcs, &(0..points).collect::<Vec<_>>());
    let enough = loose.map_or(f64::INFINITY, |system| STRAIGHT_ROOM * system.width());
    for round in 0.. {
        let mut block: Vec<usize> = (0..points).collect();
        for row in &proper.rows {
            for &v in row {
                if let Some(upper) = link[v] {
                    block[v] = block[upper];
                }
            }
        }
        match System::new(points, arcs, &block) {
            Ok(system) if round >= rounds(LOOSENINGS, points) || system.width() <= enough => {
                return (block, system);
            }
            Ok(system) => loosen(proper, arcs, &block, &system, &mut link),
            Err(ring) => {
                let before = link.iter().flatten().count();
                for p in 0..points {
                    if ring[block[p]] {
                        link[p] = None;
                    }
                }
                debug_assert!(before > link.iter().flatten().count(), "the constraints form a cycle");
            }
        }
    }
    (Vec::new(), System::default())
}

/// Cuts the blocks that a longest row from left to right changes layers by.
fn loosen(proper: &Proper, arcs: &[Arc], block: &[usize], system: &System, link: &mut [Option<usize>]) {
    let n = proper.vertices.len();
    let layer = |v: usize| if v < n { proper.vertices[v].layer } else { usize::MAX };
    let mut x = vec![0.0; system.count];
    system.push_right(&mut x);
    // The arc that decides where a block stands.
    let mut tight: Vec<Option<usize>> = vec![None; system.count];
    for (k, arc) in arcs.iter().enumerate() {
        let (a, b) = (block[arc.from], block[arc.to]);
        if a != b && (x[a] + arc.least as f64 - x[b]).abs() < 0.01 && tight[b].is_none() {
            tight[b] = Some(k);
        }
    }
    // The members of every block as a chain.
    let (mut first, mut next) = (vec![None; system.count], vec![None; n]);
    for v in (0..n).rev() {
        next[v] = first[block[v]].replace(v);
    }
    let Some(mut at) = (0..system.count).max_by(|&a, &b| x[a].total_cmp(&x[b])) else { return };
    let mut leaves = usize::MAX;
    for _ in 0..system.count {
        let Some(arc) = tight[at].map(|k| arcs[k]) else { break };
        let enters = layer(arc.to);
        if leaves != usize::MAX && enters != usize::MAX && leaves != enters {
            let (low, high) = (leaves.min(enters), leaves.max(enters));
            let middle = usize::midpoint(low, high);
            let members = std::iter::successors(first[at], |&v| next[v]);
            let cut = members.filter(|&v| low < layer(v) && layer(v) <= high);
            if let Some(v) = cut.min_by_key(|&v| layer(v).abs_diff(middle)) {
                link[v] = None;
            }
        }
        leaves = layer(arc.from);
        at = block[arc.from];
    }
}

/// Inner segments of long connections that can all be straight at once, from the top layer down.
///
/// Between two layers that is a longest sequence of segments whose ends stand in one order at both.
fn straight(proper: &Proper) -> Vec<usize> {
    let mut pos = Vec::new();
    super::crossings::number(proper, &mut pos);
    let inner = |v: usize| matches!(proper.vertices[v].role, Role::Bend(_) | Role::Label(_));
    let mut found = Vec::new();
    for row in &proper.rows {
        let candidates: Vec<usize> = row
            .iter()
            .filter(|&&v| inner(v))
            .flat_map(|&v| proper.below[v].iter().copied())
            .filter(|&s| inner(proper.segments[s].lower))
            .collect();
        let ends: Vec<usize> = candidates.iter().map(|&s| pos[proper.segments[s].lower]).collect();
        found.extend(increasing(&ends).into_iter().map(|k| candidates[k]));
    }
    found
}

/// The places of a longest strictly increasing subsequence (patience sorting).
fn increasing(values: &[usize]) -> Vec<usize> {
    let mut last: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; values.len()];
    for (k, &value) in values.iter().enumerate() {
        let at = last.partition_point(|&j| values[j] < value);
        if at > 0 {
            before[k] = last[at - 1];
        }
        if at == last.len() {
            last.push(k);
        } else {
            last[at] = k;
        }
    }
    let mut found = Vec::with_capacity(last.len());
    let mut at = last.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        found.push(at);
        at = before[at];
    }
    found.reverse();
    found
}

/// Constraints between blocks, in an order from left to right.
#[derive(Default)]
struct System {
    count: usize,
    /// (from, to, least), by the place of `from` in the order.
    forward: Vec<(usize, usize, f64)>,
    /// For every block where its constraints start in `forward`.
    start: Vec<usize>,
}

impl System {
    /// Fails with the blocks that stand in a ring or behind one.
    fn new(points: usize, arcs: &[Arc], block: &[usize]) -> Result<Self, Vec<bool>> {
        let counts = |arc: &&Arc| block[arc.from] != block[arc.to] || arc.least > 0;
        let mut waiting = vec![0u32; points];
        // Arcs by block, one block behind the other.
        let mut end = vec![0usize; points + 1];
        for arc in arcs.iter().filter(counts) {
            end[block[arc.from] + 1] += 1;
            waiting[block[arc.to]] += 1;
        }
        for p in 0..points {
            end[p + 1] += end[p];
        }
        let mut out = vec![(0u32, 0.0); end[points]];
        for arc in arcs.iter().filter(counts).rev() {
            let slot = &mut end[block[arc.from] + 1];
            *slot -= 1;
            out[*slot] = (block[arc.to] as u32, arc.least as f64);
        }
        // Every entry has come down to where its block starts.
        let range = |p: usize| end[p + 1]..end.get(p + 2).copied().unwrap_or(out.len());
        let mut order: Vec<usize> = (0..points).filter(|&p| waiting[p] == 0).collect();
        let mut forward = Vec::with_capacity(out.len());
        let mut start = vec![0; points];
        let mut next = 0;
        while let Some(&p) = order.get(next) {
            next += 1;
            start[p] = forward.len();
            for &(to, least) in &out[range(p)] {
                let to = to as usize;
                forward.push((p, to, least));
                waiting[to] -= 1;
                if waiting[to] == 0 {
                    order.push(to);
                }
            }
        }
        if order.len() < points {
            return Err(waiting.iter().map(|&w| w > 0).collect());
        }
        Ok(Self { count: points, forward, start })
    }

    /// The least width.
    fn width(&self) -> f64 {
        let mut x = vec![0.0; self.count];
        self.push_right(&mut x);
        x.into_iter().fold(0.0, f64::max)
    }

    fn push_right(&self, x: &mut [f64]) {
        for &(a, b, least) in &self.forward {
            x[b] = x[b].max(x[a] + least);
        }
    }

    fn push_left(&self, x: &mut [f64]) {
        for &(a, b, least) in self.forward.iter().rev() {
            x[a] = x[a].min(x[b] - least);
        }
    }

    /// Lets borders want to stand as near as they may to what they hold.
    fn close(&self, borders: &[(usize, bool)], x: &[f64], wanted: &mut [f64]) {
        let mut least = vec![f64::NEG_INFINITY; self.count];
        for &(a, b, gap) in &self.forward {
            least[b] = least[b].max(x[a] + gap);
        }
        for &(border, opens) in borders {
            let out = self.forward[self.start[border]..].iter().take_while(|f| f.0 == border);
            let most = out.map(|&(_, to, gap)| x[to] - gap).fold(f64::INFINITY, f64::min);
            let at = if opens { most } else { least[border] };
            wanted[border] = if at.is_finite() { at } else { x[border] };
        }
    }
}

/// What draws every block, from above and from below.
struct Pulls {
    /// (block, other block, how far it should stand from it, weight), by block.
    above: Vec<(usize, usize, f64, f64)>,
    below: Vec<(usize, usize, f64, f64)>,
}

impl Pulls {
    fn new(proper: &Proper, ports: &Ports, block: &[usize], system: &System) -> Self {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for (s, segment) in proper.segments.iter().enumerate() {
            let (a, b) = (block[segment.upper], block[segment.lower]);
            if a != b {
                let weight = super::p4_place::weight(proper, s) as f64;
                let shift = ports.upper[s] - ports.lower[s];
                above.push((b, a, shift, weight));
                below.push((a, b, -shift, weight));
            }
        }
        debug_assert!(block.iter().all(|&b| b < system.count));
        Self { above, below }
    }

    fn middles(&self, x: &[f64], round: usize, wanted: &mut [f64]) {
        let (up, down) = (round % 3 != 1, !round.is_multiple_of(3));
        let mut sums = vec![(0.0, 0.0); x.len()];
        for (list, take) in [(&self.above, up), (&self.below, down)] {
            for &(p, q, shift, weight) in list.iter().filter(|_| take) {
                sums[p].0 += weight * (x[q] + shift);
                sums[p].1 += weight;
            }
        }
        for (p, &(sum, weight)) in sums.iter().enumerate() {
            wanted[p] = if weight > 0.0 { sum / weight } else { x[p] };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::increasing;

    #[test]
    fn a_longest_increasing_subsequence() {
        assert_eq!(increasing(&[3, 1, 2, 9, 4, 5]), [1, 2, 4, 5]);
        assert_eq!(increasing(&[]), [] as [usize; 0]);
    }
}
