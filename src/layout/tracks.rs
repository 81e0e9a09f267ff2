//! Which of the wires of one channel runs above which, and in which slot.
//!
//! Takes wires with the places of their risers; gives every wire a slot so that no two runs meet and, as far as the
//! musts allow, no pair of wires crosses more often than its risers make it. Wires to the right, rightmost first, then
//! wires to the left, leftmost first, are such an order (after Sander 2004); a must, where two risers would lie on each
//! other, pulls a wire up before the one it must run above. It decides no place across the flow.

use std::collections::BTreeMap;

/// A horizontal run with its risers.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    /// Where it comes from above, and where it goes below.
    pub(super) tops: Vec<f64>,
    pub(super) bottoms: Vec<f64>,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) slot: usize,
    /// The wire that this one is the second half of.
    pub(super) first_half: Option<usize>,
}

impl Wire {
    pub(super) fn new(tops: Vec<f64>, bottoms: Vec<f64>) -> Self {
        let low = tops.iter().chain(&bottoms).copied().fold(f64::INFINITY, f64::min);
        let high = tops.iter().chain(&bottoms).copied().fold(f64::NEG_INFINITY, f64::max);
        Self { tops, bottoms, low, high, slot: 0, first_half: None }
    }

    /// Whether it joins several ends with one.
    pub(super) fn is_trunk(&self) -> bool {
        !self.tops.is_empty() && !self.bottoms.is_empty() && self.tops.len() + self.bottoms.len() > 2
    }

    /// A class and a key in it: wires without a rule against it are best drawn in this order, from above.
    fn rank(&self) -> (u8, f64) {
        match (self.tops.first(), self.bottoms.first()) {
            // What gathers from above runs high, what spreads downwards low.
            _ if self.is_trunk() && self.tops.len() > 1 => (0, self.high - self.low),
            _ if self.is_trunk() => (3, self.low - self.high),
            (Some(_), None) => (0, self.high - self.low),
            (None, _) => (3, self.low - self.high),
            (Some(&top), Some(&bottom)) if top < bottom => (1, -top),
            (Some(&top), _) => (2, top),
        }
    }
}

/// Runs nearer than this to each other have different slots.
pub(super) const NEAR: f64 = 7.0;
/// Channels of more wires than this keep risers only just apart.
const DENSE: usize = 48;
/// Risers of a dense channel nearer than this lie on each other.
const TOUCH: f64 = 1.7;
/// Up to this many wires an order is improved wire by wire.
const SIFTED: usize = 160;

/// How near to each other risers of a channel of so many wires must not be.
pub(super) fn near(wires: usize) -> f64 {
    if wires > DENSE { TOUCH } else { NEAR }
}

/// An order from above that keeps all musts, or a ring of wires that must all run above each other.
pub(super) fn order(wires: &[Wire]) -> Result<Vec<usize>, Vec<usize>> {
    let near = near(wires.len());
    let musts = musts(wires, near);
    let mut base: Vec<usize> = (0..wires.len()).collect();
    base.sort_by(|&a, &b| {
        let ((ca, ka), (cb, kb)) = (wires[a].rank(), wires[b].rank());
        ca.cmp(&cb).then(ka.total_cmp(&kb)).then(a.cmp(&b))
    });
    let mut order = pulled(&base, &musts)?;
    let plain = musts.is_empty() && !wires.iter().any(Wire::is_trunk);
    if wires.len() <= SIFTED && !plain {
        sift(wires, &musts, &mut order);
    }
    Ok(order)
}

/// For every wire those that must run above it: a riser of theirs from above is too near to one of its own to below, or
/// they are the first half of the same connection.
fn musts(wires: &[Wire], near: f64) -> Musts {
    let mut bottoms: Vec<(f64, usize)> =
        wires.iter().enumerate().flat_map(|(k, w)| w.bottoms.iter().map(move |&b| (b, k))).collect();
    bottoms.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut above = vec![Vec::new(); wires.len()];
    for (k, wire) in wires.iter().enumerate() {
        for &top in &wire.tops {
            let from = bottoms.partition_point(|b| b.0 <= top - near);
            for &(_, j) in bottoms[from..].iter().take_while(|b| b.0 < top + near) {
                if wire.first_half == Some(j) {
                    above[k].push(j);
                } else if j != k {
                    above[j].push(k);
                }
            }
        }
    }
    Musts { above }
}

struct Musts {
    above: Vec<Vec<usize>>,
}

impl Musts {
    fn is_empty(&self) -> bool {
        self.above.iter().all(Vec::is_empty)
    }

    fn says(&self, upper: usize, lower: usize) -> bool {
        self.above[lower].contains(&upper)
    }
}

/// The base order, every wire pulled up before the first that it must run above; a ring when there is one.
fn pulled(base: &[usize], musts: &Musts) -> Result<Vec<usize>, Vec<usize>> {
    let n = base.len();
    let mut place = vec![0; n];
    for (k, &w) in base.iter().enumerate() {
        place[w] = k;
    }
    let mut state = vec![0u8; n];
    let mut order = Vec::with_capacity(n);
    let mut stack: Vec<(usize, Vec<usize>)> = Vec::new();
    let waiting = |w: usize| {
        let mut list = musts.above[w].clone();
        list.sort_unstable_by_key(|&a| std::cmp::Reverse(place[a]));
        list.dedup();
        list
    };
    for &root in base {
        if state[root] != 0 {
            continue;
        }
        state[root] = 1;
        stack.push((root, waiting(root)));
        while let Some((w, list)) = stack.last_mut() {
            let w = *w;
            match list.pop() {
                Some(a) if state[a] == 0 => {
                    state[a] = 1;
                    stack.push((a, waiting(a)));
                }
                Some(a) if state[a] == 1 => {
                    let from = stack.iter().position(|s| s.0 == a).unwrap_or(0);
                    return Err(stack[from..].iter().map(|s| s.0).collect());
                }
                Some(_) => {}
                None => {
                    state[w] = 2;
                    order.push(w);
                    stack.pop();
                }
            }
        }
    }
    Ok(order)
}

/// Whether the runs of two wires need different slots.
fn meet(a: &Wire, b: &Wire) -> bool {
    a.low < b.high + NEAR && b.low < a.high + NEAR
}

/// Crossings when `a` runs above `b`.
fn cost(a: &Wire, b: &Wire) -> i64 {
    let within = |x: &&f64, w: &Wire| w.low < **x && **x < w.high;
    (a.bottoms.iter().filter(|x| within(x, b)).count() + b.tops.iter().filter(|x| within(x, a)).count())
        as i64
}

/// Moves each wire to the place in the order that costs the fewest crossings and breaks no must (sifting).
fn sift(wires: &[Wire], musts: &Musts, order: &mut Vec<usize>) {
    for _ in 0..3 {
        let mut moved = false;
        for k in 0..wires.len() {
            let Some(here) = order.iter().position(|&w| w == k) else { continue };
            let mut best = (0i64, here);
            let mut sum = 0;
            for at in here + 1..order.len() {
                let other = order[at];
                if musts.says(k, other) {
                    break;
                }
                sum += cost(&wires[other], &wires[k]) - cost(&wires[k], &wires[other]);
                if sum < best.0 {
                    best = (sum, at);
                }
            }
            sum = 0;
            for at in (0..here).rev() {
                let other = order[at];
                if musts.says(other, k) {
                    break;
                }
                sum += cost(&wires[k], &wires[other]) - cost(&wires[other], &wires[k]);
                if sum < best.0 {
                    best = (sum, at);
                }
            }
            if best.1 != here {
                order.remove(here);
                order.insert(best.1, k);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

/// Up to this many wires, slots are found by looking at every pair.
const PAIRS: usize = 400;

/// Gives every wire, in this order, the first slot below all it must lie below, where its run meets no other.
pub(super) fn fill(wires: &mut [Wire], order: &[usize]) -> usize {
    let near = near(wires.len());
    let musts = musts(wires, near);
    let mut place = vec![0; wires.len()];
    for (k, &w) in order.iter().enumerate() {
        place[w] = k;
    }
    let mut least: [Heights; 2] = [Heights::new(wires), Heights::new(wires)];
    let mut slots: Vec<BTreeMap<Key, f64>> = Vec::new();
    for (k, &w) in order.iter().enumerate() {
        let after = |&&a: &&usize| place[a] < k;
        let mut slot = musts.above[w].iter().filter(after).map(|&a| wires[a].slot + 1).max().unwrap_or(0);
        let kind = usize::from(wires[w].rank().0 >= 2);
        if wires.len() <= PAIRS {
            for &j in &order[..k] {
                let (upper, lower) = (&wires[j], &wires[w]);
                if upper.slot >= slot && meet(upper, lower) && cost(upper, lower) < cost(lower, upper) {
                    slot = upper.slot + 1;
                }
            }
        } else {
            slot = slot.max(least[kind].over(wires[w].low, wires[w].high));
        }
        let (low, high) = (wires[w].low, wires[w].high);
        while slots.get(slot).is_some_and(|taken| meets(taken, low, high)) {
            slot += 1;
        }
        while slots.len() <= slot {
            slots.push(BTreeMap::new());
        }
        slots[slot].insert(Key::of(low), high);
        wires[w].slot = slot;
        if wires.len() > PAIRS {
            least[kind].raise(low, high, slot + 1);
        }
    }
    slots.len()
}

/// A place as a key that sorts: in hundredths of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(i64);

impl Key {
    fn of(x: f64) -> Self {
        Self((x * 100.0).round() as i64)
    }
}

fn meets(taken: &BTreeMap<Key, f64>, low: f64, high: f64) -> bool {
    taken.range(..Key::of(high + NEAR)).next_back().is_some_and(|(_, &end)| end > low - NEAR)
}

/// The least slot that is free below everything, piece by piece of the channel: a tree of maxima.
struct Heights {
    places: Vec<f64>,
    own: Vec<usize>,
    most: Vec<usize>,
}

impl Heights {
    fn new(wires: &[Wire]) -> Self {
        let mut places = Vec::new();
        if wires.len() > PAIRS {
            places.extend(wires.iter().flat_map(|w| [w.low, w.high]));
            places.sort_by(f64::total_cmp);
            places.dedup();
        }
        let n = places.len().next_power_of_two();
        Self { places, own: vec![0; 2 * n], most: vec![0; 2 * n] }
    }

    fn range(&self, low: f64, high: f64) -> (usize, usize) {
        (self.places.partition_point(|&p| p < low), self.places.partition_point(|&p| p <= high))
    }

    fn over(&self, low: f64, high: f64) -> usize {
        let (from, to) = self.range(low, high);
        self.ask(1, 0, self.own.len() / 2, from, to)
    }

    fn ask(&self, node: usize, a: usize, b: usize, from: usize, to: usize) -> usize {
        if to <= a || b <= from {
            return 0;
        }
        if from <= a && b <= to {
            return self.most[node];
        }
        let middle = usize::midpoint(a, b);
        let parts = self.ask(2 * node, a, middle, from, to).max(self.ask(2 * node + 1, middle, b, from, to));
        parts.max(self.own[node])
    }

    fn raise(&mut self, low: f64, high: f64, to: usize) {
        let (from, end) = self.range(low, high);
        self.lift(1, (0, self.own.len() / 2), (from, end), to);
    }

    fn lift(&mut self, node: usize, (a, b): (usize, usize), (from, end): (usize, usize), to: usize) {
        if end <= a || b <= from {
            return;
        }
        self.most[node] = self.most[node].max(to);
        if from <= a && b <= end {
            self.own[node] = self.own[node].max(to);
            return;
        }
        let middle = usize::midpoint(a, b);
        self.lift(2 * node, (a, middle), (from, end), to);
        self.lift(2 * node + 1, (middle, b), (from, end), to);
    }
}

#[cfg(test)]
mod tests {
    use super::{Wire, cost, fill, order};

    fn crossings(wires: &[Wire]) -> i64 {
        let mut found = 0;
        for (k, a) in wires.iter().enumerate() {
            for b in wires.iter().skip(k + 1) {
                found += if a.slot < b.slot {
                    cost(a, b)
                } else if b.slot < a.slot {
                    cost(b, a)
                } else {
                    0
                };
            }
        }
        found
    }

    fn filled(ends: &[(f64, f64)]) -> Vec<Wire> {
        let mut wires: Vec<Wire> = ends.iter().map(|&(t, b)| Wire::new(vec![t], vec![b])).collect();
        let found = order(&wires).expect("no ring");
        fill(&mut wires, &found);
        wires
    }

    #[test]
    fn a_staircase_has_no_crossing() {
        let right: Vec<(f64, f64)> =
            (0..9).map(|k| (f64::from(k) * 20.0, f64::from(k) * 20.0 + 70.0)).collect();
        let left: Vec<(f64, f64)> = right.iter().map(|&(a, b)| (b + 1.0, a + 1.0)).collect();
        assert_eq!(crossings(&filled(&right)), 0);
        assert_eq!(crossings(&filled(&left)), 0);
    }

    #[test]
    fn wires_cross_once_where_their_ends_change_places() {
        let wires = filled(&[(0.0, 310.0), (100.0, 215.0), (200.0, 120.0), (300.0, 5.0)]);
        assert_eq!(crossings(&wires), 6);
    }

    #[test]
    fn two_wires_that_change_places_exactly_are_a_ring() {
        let wires = [Wire::new(vec![0.0], vec![50.0]), Wire::new(vec![50.0], vec![0.0])];
        assert_eq!(order(&wires).map_err(|ring| ring.len()), Err(2));
    }
}
