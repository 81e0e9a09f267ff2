//! The order of groups that stand beside each other.
//!
//! Takes ordered layers; exchanges neighbouring groups of one parent in all layers at once where fewer segments cross.
//! What stands between the two stays between them. Only groups with the very same layers are exchanged, so no
//! segment comes to run through a group. Only segments that touch what changes places are looked at: all others cross
//! as before.

use std::collections::BTreeMap;

use super::crossings;
use super::graph::{LayoutGraph, ROOT};
use super::nesting::Slots;
use super::proper::Proper;

/// Exchanges neighbours until nothing improves, or the rounds are used up; gives the number of segments looked at.
pub(super) fn exchange(graph: &LayoutGraph, proper: &mut Proper, slots: &mut Slots, rounds: usize) -> usize {
    crossings::number(proper, &mut slots.pos);
    let mut families: BTreeMap<(usize, (usize, usize)), Vec<usize>> = BTreeMap::new();
    let mut children = vec![Vec::new(); graph.groups.len()];
    for (g, nest) in graph.groups.iter().enumerate().skip(1) {
        families.entry((nest.parent, proper.span[g])).or_default().push(g);
        children[nest.parent].push(g);
    }
    families.retain(|_, groups| groups.len() > 1);
    let mut exchange =
        Exchange { proper, slots, parts: Vec::new(), work: 0, segments: [const { Vec::new() }; 2] };
    for _ in 0..if families.is_empty() { 0 } else { rounds } {
        let mut improved = false;
        exchange.find_parts(graph);
        // From the inside out: an exchange moves what is inside, and leaves alone what is around.
        for (&(parent, span), groups) in families.iter_mut().rev() {
            groups.sort_by_key(|&g| exchange.parts[g][0].start);
            for k in 1..groups.len() {
                if exchange.attempt(span, (groups[k - 1], groups[k]), &children[parent]) {
                    groups.swap(k - 1, k);
                    improved = true;
                }
            }
        }
        if !improved {
            break;
        }
    }
    exchange.work
}

/// Groups with one parent and the very same layers, where there are at least two.
pub(super) fn families(
    graph: &LayoutGraph,
    proper: &Proper,
) -> BTreeMap<(usize, (usize, usize)), Vec<usize>> {
    let mut families: BTreeMap<(usize, (usize, usize)), Vec<usize>> = BTreeMap::new();
    for (g, nest) in graph.groups.iter().enumerate().skip(1) {
        families.entry((nest.parent, proper.span[g])).or_default().push(g);
    }
    families.retain(|_, groups| groups.len() > 1);
    families
}

/// Exchanges two groups of a family, whatever becomes of the crossings.
pub(super) fn force(graph: &LayoutGraph, proper: &mut Proper, slots: &mut Slots, a: usize, b: usize) {
    let span = proper.span[a];
    let mut exchange =
        Exchange { proper, slots, parts: Vec::new(), work: 0, segments: [const { Vec::new() }; 2] };
    exchange.find_parts(graph);
    for (layer, pair) in (span.0..).zip(exchange.pairs((a, b))) {
        exchange.apply(layer, &pair);
    }
}

/// The places of a group in a row.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    start: usize,
    end: usize,
}

/// Two parts of a row that change places.
#[derive(Clone, Copy)]
struct Pair {
    left: Part,
    right: Part,
}

impl Pair {
    /// Where what stands at a place comes to stand.
    fn moved(&self, at: usize) -> usize {
        let (a, b) = (self.left, self.right);
        if at < a.start || at >= b.end {
            at
        } else if at < a.end {
            at + b.end - a.end
        } else if at < b.start {
            at + (b.end - b.start) - (a.end - a.start)
        } else {
            at - (b.start - a.start)
        }
    }
}

struct Exchange<'a> {
    proper: &'a mut Proper,
    slots: &'a mut Slots,
    /// For every group its places in the rows of its span.
    parts: Vec<Vec<Part>>,
    work: usize,
    segments: [Vec<(usize, usize)>; 2],
}

impl Exchange<'_> {
    fn find_parts(&mut self, graph: &LayoutGraph) {
        self.parts =
            self.proper.span.iter().map(|s| vec![Part::default(); (s.1 + 1).saturating_sub(s.0)]).collect();
        for (layer, row) in self.proper.rows.iter().enumerate() {
            for (k, &v) in row.iter().enumerate() {
                let mut g = self.proper.vertices[v].group;
                while g != ROOT {
                    let part = &mut self.parts[g][layer - self.proper.span[g].0];
                    if part.end == 0 {
                        part.start = k;
                    }
                    part.end = k + 1;
                    g = graph.groups[g].parent;
                }
            }
        }
    }

    /// The places of two groups, layer by layer.
    fn pairs(&self, (a, b): (usize, usize)) -> Vec<Pair> {
        let sorted = |(&a, &b): (&Part, &Part)| {
            if a.start < b.start { Pair { left: a, right: b } } else { Pair { left: b, right: a } }
        };
        self.parts[a].iter().zip(&self.parts[b]).map(sorted).collect()
    }

    /// Exchanges two groups in all their layers where that saves crossings.
    fn attempt(&mut self, span: (usize, usize), pair: (usize, usize), siblings: &[usize]) -> bool {
        let pairs: Vec<Pair> = (self.parts[pair.0].iter().zip(&self.parts[pair.1]))
            .map(
                |(&a, &b)| {
                    if a.start < b.start { Pair { left: a, right: b } } else { Pair { left: b, right: a } }
                },
            )
            .collect();
        let of = |layer: usize| layer.checked_sub(span.0).and_then(|k| pairs.get(k)).copied();
        let (mut before, mut after) = (0, 0);
        for layer in span.0.saturating_sub(1)..(span.1 + 1).min(self.proper.rows.len() - 1) {
            self.touching(layer, of(layer), of(layer + 1));
            let [now, then] = &mut self.segments;
            self.work += now.len();
            before += crossings::inversions(now);
            after += crossings::inversions(then);
        }
        if after >= before {
            return false;
        }
        for (layer, pair) in (span.0..).zip(&pairs) {
            self.apply(layer, pair);
            for &g in siblings {
                let k = layer.checked_sub(self.proper.span[g].0);
                if let Some(part) = k.and_then(|k| self.parts[g].get_mut(k)).filter(|p| p.end > p.start) {
                    let start = pair.moved(part.start);
                    *part = Part { start, end: start + part.end - part.start };
                }
            }
        }
        true
    }

    /// The segments from one layer to the next that touch what changes places: as they are, and as they would be.
    fn touching(&mut self, layer: usize, upper: Option<Pair>, lower: Option<Pair>) {
        let pos = &self.slots.pos;
        let [now, then] = &mut self.segments;
        now.clear();
        let inside = |pair: &Pair, at: usize| pair.left.start <= at && at < pair.right.end;
        if let Some(pair) = &upper {
            for (k, &v) in (pair.left.start..).zip(&self.proper.rows[layer][pair.left.start..pair.right.end])
            {
                now.extend(self.slots.links.down(v).iter().map(|&w| (k, pos[w as usize])));
            }
        }
        if let Some(pair) = &lower {
            let row = &self.proper.rows[layer + 1][pair.left.start..pair.right.end];
            for (k, &w) in (pair.left.start..).zip(row) {
                let above = self.slots.links.up(w).iter().map(|&v| pos[v as usize]);
                now.extend(above.filter(|&at| !upper.is_some_and(|u| inside(&u, at))).map(|at| (at, k)));
            }
        }
        let moved = |pair: Option<Pair>, at: usize| pair.map_or(at, |p| p.moved(at));
        then.clear();
        then.extend(now.iter().map(|&(a, b)| (moved(upper, a), moved(lower, b))));
    }

    fn apply(&mut self, layer: usize, pair: &Pair) {
        let row = &mut self.proper.rows[layer];
        let (a, b) = (pair.left, pair.right);
        let before = row[a.start..b.end].to_vec();
        let (left, right) = (a.end - a.start, b.start - a.start);
        let parts = [&before[right..], &before[left..right], &before[..left]];
        row[a.start..b.end].copy_from_slice(&parts.concat());
        for k in a.start..b.end {
            self.slots.pos[row[k]] = k;
        }
        self.slots.unsettle_moved(&before, &row[a.start..b.end]);
    }
}
