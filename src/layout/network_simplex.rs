//! Integer positions under minimum distances, with the least weighted total distance.
//!
//! The network simplex of Gansner, Koutsofios, North and Vo (1993), with their trees numbered in postorder so that a
//! subtree is a range. Ranks of layers and coordinates within layers are both found by it. Work is bounded by a number
//! of pivots; what stands when they are used up is feasible, only not the best.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::lists::Lists;

/// `position(to) - position(from) >= least`, drawn together with `weight`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) least: i64,
    pub(super) weight: i64,
}

/// Positions for `count` points under `arcs`, which must form no cycle. The least position is 0.
///
/// Precondition: the arcs form no cycle. Postcondition: every arc is at least as long as it must be.
pub(super) fn solve(count: usize, arcs: &[Arc], pivots: usize) -> Vec<i64> {
    improve(count, arcs, None, pivots)
}

/// The same, from positions that are feasible already: the nearer these are to the best, the fewer pivots it takes.
pub(super) fn improve(count: usize, arcs: &[Arc], start: Option<Vec<i64>>, pivots: usize) -> Vec<i64> {
    if count == 0 {
        return Vec::new();
    }
    let mut simplex = Simplex::new(count, arcs, start);
    simplex.grow_tree();
    simplex.number(simplex.count - 1, NONE, 0);
    simplex.first_cuts();
    let mut from = 0;
    for _ in 0..pivots {
        let Some(leaving) = simplex.leaving(&mut from) else { break };
        let Some(entering) = simplex.entering(leaving) else { break };
        simplex.exchange(leaving, entering);
    }
    let mut found = simplex.at;
    found.truncate(count);
    let least = found.iter().copied().min().unwrap_or(0);
    for x in &mut found {
        *x -= least;
    }
    debug_assert!(arcs.iter().all(|a| found[a.to] - found[a.from] >= a.least));
    found
}

/// Positions by longest paths alone: feasible, pushed towards the start.
pub(super) fn longest_paths(count: usize, arcs: &[Arc]) -> Vec<i64> {
    let mut into = vec![0usize; count];
    let mut out = vec![Vec::new(); count];
    for (i, arc) in arcs.iter().enumerate() {
        into[arc.to] += 1;
        out[arc.from].push(i);
    }
    let mut at = vec![0i64; count];
    let mut ready: Vec<usize> = (0..count).filter(|&v| into[v] == 0).collect();
    let mut next = 0;
    while next < ready.len() {
        let v = ready[next];
        next += 1;
        for &i in &out[v] {
            let arc = arcs[i];
            at[arc.to] = at[arc.to].max(at[v] + arc.least);
            into[arc.to] -= 1;
            if into[arc.to] == 0 {
                ready.push(arc.to);
            }
        }
    }
    debug_assert_eq!(ready.len(), count, "the arcs form a cycle");
    at
}

const NONE: usize = usize::MAX;

struct Simplex {
    count: usize,
    arcs: Vec<Arc>,
    touching: Lists<u32>,
    at: Vec<i64>,
    in_tree: Vec<bool>,
    tree: Vec<usize>,
    place_in_tree: Vec<usize>,
    branches: Vec<Vec<usize>>,
    cut: Vec<i64>,
    /// The arcs whose cut value is negative, and some whose was; and whether an arc is among them.
    negative: Vec<usize>,
    listed: Vec<bool>,
    parent: Vec<usize>,
    low: Vec<usize>,
    lim: Vec<usize>,
    by_lim: Vec<usize>,
    /// The exchange in which what lies below a point last changed, and the number of the present one.
    changed: Vec<usize>,
    exchanges: usize,
    /// The points of the part that is numbered anew, in their former order.
    former: Vec<usize>,
}

impl Simplex {
    /// Starts from longest paths unless something better is known; an extra point before all sources keeps the graph in
    /// one piece.
    fn new(points: usize, given: &[Arc], start: Option<Vec<i64>>) -> Self {
        let count = points + 1;
        let mut arcs = given.to_vec();
        let mut has_in = vec![false; points];
        for arc in given {
            has_in[arc.to] = true;
        }
        arcs.extend((0..points).filter(|&v| !has_in[v]).map(|v| Arc {
            from: points,
            to: v,
            least: 0,
            weight: 0,
        }));
        let ends = |(i, arc): (usize, &Arc)| [(arc.from, i as u32), (arc.to, i as u32)];
        let touching = Lists::new(count, arcs.iter().enumerate().flat_map(ends));
        let at = match start {
            Some(mut at) => {
                at.push(at.iter().copied().min().unwrap_or(0));
                at
            }
            None => longest_paths(count, &arcs),
        };
        Self {
            count,
            touching,
            at,
            in_tree: vec![false; arcs.len()],
            tree: Vec::with_capacity(points),
            place_in_tree: vec![NONE; arcs.len()],
            branches: vec![Vec::new(); count],
            cut: vec![0; arcs.len()],
            negative: Vec::new(),
            listed: vec![false; arcs.len()],
            arcs,
            parent: vec![NONE; count],
            low: vec![0; count],
            lim: vec![0; count],
            by_lim: vec![0; count],
            changed: vec![0; count],
            exchanges: 0,
            former: Vec::new(),
        }
    }

    fn slack(&self, i: usize) -> i64 {
        let arc = self.arcs[i];
        self.at[arc.to] - self.at[arc.from] - arc.least
    }

    /// A spanning tree of tight arcs, grown arc by arc like Prim's; the part grown so far moves as a whole.
    fn grow_tree(&mut self) {
        let mut inside = vec![false; self.count];
        let mut shift = 0i64;
        let mut outward: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
        let mut inward: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
        let mut fresh = Some(self.count - 1);
        while let Some(v) = fresh.take() {
            inside[v] = true;
            self.at[v] -= shift;
            for &i in &self.touching[v] {
                let i = i as usize;
                let arc = self.arcs[i];
                if arc.from == v && !inside[arc.to] {
                    outward.push(Reverse((self.at[arc.to] - self.at[v] - arc.least, i)));
                } else if arc.to == v && !inside[arc.from] {
                    inward.push(Reverse((self.at[v] - self.at[arc.from] - arc.least, i)));
                }
            }
            while outward.peek().is_some_and(|Reverse((_, i))| inside[self.arcs[*i].to]) {
                outward.pop();
            }
            while inward.peek().is_some_and(|Reverse((_, i))| inside[self.arcs[*i].from]) {
                inward.pop();
            }
            let out = outward.peek().map(|Reverse((key, i))| (key - shift, *i));
            let inn = inward.peek().map(|Reverse((key, i))| (key + shift, *i));
            let (take, next) = match (out, inn) {
                (Some((a, i)), Some((b, _))) if a <= b => {
                    shift += a;
                    (i, self.arcs[i].to)
                }
                (_, Some((b, i))) => {
                    shift -= b;
                    (i, self.arcs[i].from)
                }
                (Some((a, i)), None) => {
                    shift += a;
                    (i, self.arcs[i].to)
                }
                (None, None) => break,
            };
            self.add_to_tree(take);
            fresh = Some(next);
        }
        for at in &mut self.at {
            *at += shift;
        }
    }

    fn add_to_tree(&mut self, i: usize) {
        self.in_tree[i] = true;
        self.place_in_tree[i] = self.tree.len();
        self.tree.push(i);
        let arc = self.arcs[i];
        self.branches[arc.from].push(i);
        self.branches[arc.to].push(i);
    }

    /// Numbers the subtree below `root` in postorder, starting at `first`.
    ///
    /// What did not change in this exchange keeps its order: its numbers are only shifted.
    fn number(&mut self, root: usize, parent: usize, first: usize) {
        let mut next = first;
        self.parent[root] = parent;
        self.low[root] = next;
        let mut stack = vec![(root, 0usize)];
        while let Some(top) = stack.last_mut() {
            let (v, k) = *top;
            if k < self.branches[v].len() {
                top.1 += 1;
                let i = self.branches[v][k];
                if i == self.parent[v] {
                    continue;
                }
                let arc = self.arcs[i];
                let w = if arc.from == v { arc.to } else { arc.from };
                if self.changed[w] < self.exchanges {
                    next = self.shift(w, first, next);
                } else {
                    self.parent[w] = i;
                    self.low[w] = next;
                    stack.push((w, 0));
                }
            } else {
                self.lim[v] = next;
                self.by_lim[next] = v;
                next += 1;
                stack.pop();
            }
        }
    }

    /// Lets the numbers of a subtree start at `next`; gives the number behind them.
    fn shift(&mut self, w: usize, first: usize, next: usize) -> usize {
        let (low, lim) = (self.low[w], self.lim[w]);
        if low != next {
            for k in low..=lim {
                let v = self.former[k - first];
                self.low[v] = self.low[v] + next - low;
                self.lim[v] = next + k - low;
                self.by_lim[next + k - low] = v;
            }
        }
        next + lim + 1 - low
    }

    fn below(&self, v: usize, w: usize) -> bool {
        self.low[v] <= self.lim[w] && self.lim[w] <= self.lim[v]
    }

    /// Cut values from the leaves up: what leaves a subtree less what enters it, seen along its tree arc.
    fn first_cuts(&mut self) {
        let mut net = vec![0i64; self.count];
        for arc in &self.arcs {
            net[arc.from] += arc.weight;
            net[arc.to] -= arc.weight;
        }
        for n in 0..self.count {
            let v = self.by_lim[n];
            let up = self.parent[v];
            if up == NONE {
                continue;
            }
            let arc = self.arcs[up];
            let (sign, above) = if arc.from == v { (1, arc.to) } else { (-1, arc.from) };
            self.set_cut(up, sign * net[v]);
            net[above] += net[v];
        }
    }

    fn set_cut(&mut self, i: usize, cut: i64) {
        self.cut[i] = cut;
        if cut < 0 && !std::mem::replace(&mut self.listed[i], true) {
            self.negative.push(i);
        }
    }

    /// The tree arc of the least cut value below 0, of the first few from where the last search for it ended.
    fn leaving(&mut self, from: &mut usize) -> Option<usize> {
        const FEW: usize = 30;
        let Self { negative, listed, cut, .. } = self;
        negative.retain(|&i| {
            listed[i] = cut[i] < 0;
            listed[i]
        });
        let n = self.tree.len();
        let start = (*from).min(n);
        let behind = |place: usize| if place < start { place + n - start } else { place - start };
        if self.negative.len() < FEW {
            let found = self.negative.iter().map(|&i| (self.cut[i], behind(self.place_in_tree[i]), i));
            return found.min().map(|f| f.2);
        }
        let (mut best, mut seen) = (None, 0);
        for place in (start..n).chain(0..start) {
            let i = self.tree[place];
            if self.cut[i] < 0 {
                if best.is_none_or(|b: usize| self.cut[i] < self.cut[b]) {
                    best = Some(i);
                }
                seen += 1;
                if seen == FEW {
                    *from = place;
                    break;
                }
            }
        }
        best
    }

    /// The arc of least slack that crosses the cut of `leaving` the other way.
    fn entering(&self, leaving: usize) -> Option<usize> {
        let arc = self.arcs[leaving];
        let (v, inwards) =
            if self.lim[arc.from] < self.lim[arc.to] { (arc.from, true) } else { (arc.to, false) };
        let mut best: Option<(i64, usize)> = None;
        // Whichever side of the cut has fewer points is looked at.
        let (smaller, within) = self.smaller_side(v);
        for n in smaller.into_iter().flatten() {
            let w = self.by_lim[n];
            for &i in &self.touching[w] {
                let i = i as usize;
                let a = self.arcs[i];
                let (here, there) = if inwards == within { (a.to, a.from) } else { (a.from, a.to) };
                if here == w && self.below(v, there) != within && !self.in_tree[i] {
                    let key = (self.slack(i), i);
                    if best.is_none_or(|b| key < b) {
                        best = Some(key);
                    }
                }
            }
        }
        best.map(|(_, i)| i)
    }

    /// The numbers of the points below `v`, or of all others where these are fewer; whether they are those below.
    fn smaller_side(&self, v: usize) -> ([Range<usize>; 2], bool) {
        let below = self.low[v]..self.lim[v] + 1;
        match 2 * below.len() <= self.count {
            true => ([below, 0..0], true),
            false => ([0..below.start, below.end..self.count], false),
        }
    }

    fn exchange(&mut self, leaving: usize, entering: usize) {
        let (out, into) = (self.arcs[leaving], self.arcs[entering]);
        let delta = self.slack(entering);
        let (side, by) =
            if self.lim[out.from] < self.lim[out.to] { (out.from, -delta) } else { (out.to, delta) };
        if delta != 0 {
            // Moving all others the other way comes to the same.
            let (smaller, within) = self.smaller_side(side);
            for n in smaller.into_iter().flatten() {
                self.at[self.by_lim[n]] += if within { by } else { -by };
            }
        }
        let cut = self.cut[leaving];
        self.exchanges += 1;
        let meet = self.update_path(into.from, into.to, cut, true);
        self.update_path(into.to, into.from, cut, false);
        self.set_cut(entering, -cut);
        self.cut[leaving] = 0;
        let place = self.place_in_tree[leaving];
        self.in_tree[leaving] = false;
        self.place_in_tree[leaving] = NONE;
        for v in [out.from, out.to] {
            if let Some(k) = self.branches[v].iter().position(|&i| i == leaving) {
                self.branches[v].remove(k);
            }
        }
        self.in_tree[entering] = true;
        self.place_in_tree[entering] = place;
        self.tree[place] = entering;
        self.branches[into.from].push(entering);
        self.branches[into.to].push(entering);
        self.former.clear();
        self.former.extend_from_slice(&self.by_lim[self.low[meet]..=self.lim[meet]]);
        self.number(meet, self.parent[meet], self.low[meet]);
    }

    /// Adds the cut along the tree path from `v` up to where it meets `w`; gives that meeting point.
    fn update_path(&mut self, v: usize, w: usize, cut: i64, forward: bool) -> usize {
        let mut v = v;
        while !self.below(v, w) {
            self.changed[v] = self.exchanges;
            let i = self.parent[v];
            let arc = self.arcs[i];
            let by = if (v == arc.from) == forward { cut } else { -cut };
            self.set_cut(i, self.cut[i] + by);
            v = if self.lim[arc.from] > self.lim[arc.to] { arc.from } else { arc.to };
        }
        v
    }
}
