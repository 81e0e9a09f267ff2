//! Counts of crossings, and of segments that would run through groups.
//!
//! Takes ordered layers; gives numbers. Crossings by the accumulator tree of Barth, Jünger and Mutzel (2002).

use super::graph::{LayoutGraph, ROOT};
use super::lists::Lists;
use super::proper::Proper;

/// What is wrong with an order; less is better, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Tally {
    /// Pairs of a segment and a group it has nothing to do with, but runs through.
    pub(super) through: usize,
    /// Crossings of segments.
    pub(super) crossings: usize,
}

/// Who is joined to whom, without the detour over segments.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    up: Lists<u32>,
    down: Lists<u32>,
}

impl Links {
    pub(super) fn of(proper: &Proper) -> Self {
        let (count, segments) = (proper.vertices.len(), proper.segments.iter());
        Self {
            up: Lists::new(count, segments.clone().map(|s| (s.lower, s.upper as u32))),
            down: Lists::new(count, segments.map(|s| (s.upper, s.lower as u32))),
        }
    }

    /// Above a vertex.
    pub(super) fn up(&self, v: usize) -> &[u32] {
        &self.up[v]
    }

    /// Below a vertex.
    pub(super) fn down(&self, v: usize) -> &[u32] {
        &self.down[v]
    }
}

/// Counts everything; `pos` is filled with the places in the rows.
pub(super) fn count(graph: &LayoutGraph, proper: &Proper, links: &Links, pos: &mut Vec<usize>) -> Tally {
    number(proper, pos);
    let mut tally = Tally::default();
    let mut tree = Vec::new();
    for layer in 0..proper.rows.len().saturating_sub(1) {
        tally.crossings += between(proper, links, pos, layer, &mut tree);
    }
    if graph.groups.len() > 1 {
        tally.through = through(graph, proper, links, pos, usize::MAX);
    }
    tally
}

/// The same where it is better than `best`, and nothing as soon as it is known that it is not.
pub(super) fn better(
    graph: &LayoutGraph,
    proper: &Proper,
    links: &Links,
    pos: &mut Vec<usize>,
    best: Tally,
) -> Option<Tally> {
    number(proper, pos);
    let mut tally = Tally::default();
    if graph.groups.len() > 1 {
        tally.through = through(graph, proper, links, pos, best.through);
        if tally.through > best.through {
            return None;
        }
    }
    let mut tree = Vec::new();
    for layer in 0..proper.rows.len().saturating_sub(1) {
        tally.crossings += between(proper, links, pos, layer, &mut tree);
        if tally >= best {
            return None;
        }
    }
    (tally < best).then_some(tally)
}

/// The place of every vertex in its row.
pub(super) fn number(proper: &Proper, pos: &mut Vec<usize>) {
    pos.resize(proper.vertices.len(), 0);
    for row in &proper.rows {
        for (k, &v) in row.iter().enumerate() {
            pos[v] = k;
        }
    }
}

/// Crossings between a layer and the next.
pub(super) fn between(
    proper: &Proper,
    links: &Links,
    pos: &[usize],
    layer: usize,
    tree: &mut Vec<usize>,
) -> usize {
    let width = proper.rows[layer + 1].len();
    tree.clear();
    tree.resize(width + 1, 0);
    let (mut found, mut total) = (0, 0);
    for &v in &proper.rows[layer] {
        let ends = links.down(v);
        for &w in ends {
            let mut k = pos[w as usize] + 1;
            let mut not_right = 0;
            while k > 0 {
                not_right += tree[k];
                k &= k - 1;
            }
            found += total - not_right;
        }
        for &w in ends {
            let mut k = pos[w as usize] + 1;
            while k <= width {
                tree[k] += 1;
                k += k & k.wrapping_neg();
            }
        }
        total += ends.len();
    }
    found
}

/// Pairs of segments that cross; a segment is its place above and its place below. Sorts them.
pub(super) fn inversions(segments: &mut [(usize, usize)]) -> usize {
    segments.sort_unstable();
    let mut below: Vec<usize> = segments.iter().map(|s| s.1).collect();
    let mut merged = vec![0; below.len()];
    let (mut found, mut width) = (0, 1);
    // Merge sort from the bottom up: what is taken from the right jumps over all that is left on the left.
    while width < below.len() {
        for (part, into) in below.chunks(2 * width).zip(merged.chunks_mut(2 * width)) {
            let (left, right) = part.split_at(width.min(part.len()));
            let (mut i, mut j) = (0, 0);
            for at in into {
                if i < left.len() && (j == right.len() || left[i] <= right[j]) {
                    *at = left[i];
                    i += 1;
                } else {
                    *at = right[j];
                    j += 1;
                    found += left.len() - i;
                }
            }
        }
        std::mem::swap(&mut below, &mut merged);
        width *= 2;
    }
    found
}

/// The first and last place of every group in a row; `usize::MAX` where it is not.
pub(super) fn extents(graph: &LayoutGraph, proper: &Proper, layer: usize, into: &mut Vec<(usize, usize)>) {
    into.clear();
    into.resize(graph.groups.len(), (usize::MAX, 0));
    for (k, &v) in proper.rows[layer].iter().enumerate() {
        let mut g = proper.vertices[v].group;
        while g != ROOT {
            into[g] = (into[g].0.min(k), into[g].1.max(k));
            g = graph.groups[g].parent;
        }
    }
}

/// Pairs of a segment and a group that spans both its layers, holds neither end, and lies on its left at one and on
/// its right at the other. Counting ends where there are more than `most`.
fn through(graph: &LayoutGraph, proper: &Proper, links: &Links, pos: &[usize], most: usize) -> usize {
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    let mut found = 0;
    extents(graph, proper, 0, &mut lower);
    for layer in 0..proper.rows.len().saturating_sub(1) {
        std::mem::swap(&mut upper, &mut lower);
        extents(graph, proper, layer + 1, &mut lower);
        let spanning: Vec<usize> = (1..graph.groups.len())
            .filter(|&g| upper[g].0 != usize::MAX && lower[g].0 != usize::MAX)
            .collect();
        if spanning.is_empty() {
            continue;
        }
        let sides = Sides::new(&spanning, &upper, &lower);
        for &v in &proper.rows[layer] {
            for &w in links.down(v) {
                let ends = (pos[v], pos[w as usize]);
                let around = || {
                    let group = |v: usize| proper.vertices[v].group;
                    graph.groups[graph.common(group(v), group(w as usize))].depth
                };
                found += sides.between(ends, around);
            }
        }
        if found > most {
            return found;
        }
    }
    found + disorder(graph, proper)
}

/// The groups that span two layers: the places where they start and end, above and below.
struct Sides {
    /// (first above, last above, first below, last below), by the first.
    groups: Vec<[usize; 4]>,
    /// Each of the four alone, sorted, when groups stand in one order above and below.
    sorted: Option<[Vec<usize>; 4]>,
}

impl Sides {
    fn new(spanning: &[usize], upper: &[(usize, usize)], lower: &[(usize, usize)]) -> Self {
        let places = |&g: &usize| [upper[g].0, upper[g].1, lower[g].0, lower[g].1];
        let mut groups: Vec<[usize; 4]> = spanning.iter().map(places).collect();
        groups.sort_unstable_by_key(|g| (g[0], g[2]));
        let sorted = groups.is_sorted_by_key(|g| g[2]).then(|| {
            [0, 1, 2, 3].map(|k| {
                let mut side: Vec<usize> = groups.iter().map(|g| g[k]).collect();
                side.sort_unstable();
                side
            })
        });
        Self { groups, sorted }
    }

    /// How many groups a segment runs through. `around` says how many hold both its ends.
    ///
    /// Where groups have one order: those behind it above and before it below are all groups but those that are not
    /// behind it above, and those that are not before it below, and a group is both only if it holds both ends.
    fn between(&self, (above, below): (usize, usize), around: impl Fn() -> usize) -> usize {
        let Some([upper_first, upper_last, lower_first, lower_last]) = &self.sorted else {
            let left = |g: &&[usize; 4]| above < g[0] && below > g[3];
            let right = |g: &&[usize; 4]| above > g[1] && below < g[2];
            return self.groups.iter().filter(|g| left(g) || right(g)).count();
        };
        let before = |side: &[usize], at: usize| side.partition_point(|&p| p < at);
        let count = self.groups.len();
        // A segment that goes to the right, then one that goes to the left.
        let turns = [
            (count - before(upper_first, above + 1), before(lower_last, below)),
            (before(upper_last, above), count - before(lower_first, below + 1)),
        ];
        let sum = |(a, b): (usize, usize)| {
            if a == 0 || b == 0 { 0 } else { (a + b + around()).saturating_sub(count) }
        };
        turns.into_iter().map(sum).sum()
    }
}

/// Pairs of groups that share layers and stand in different orders in them.
fn disorder(graph: &LayoutGraph, proper: &Proper) -> usize {
    let mut found = 0;
    let mut before: Vec<usize> = Vec::new();
    let mut rank = vec![usize::MAX; graph.groups.len()];
    for layer in 0..proper.rows.len() {
        let mut now: Vec<usize> = Vec::new();
        for &v in &proper.rows[layer] {
            let mut g = proper.vertices[v].group;
            while g != ROOT && now.last() != Some(&g) && !now.contains(&g) {
                now.push(g);
                g = graph.groups[g].parent;
            }
        }
        for (k, &g) in before.iter().enumerate() {
            rank[g] = k;
        }
        let common: Vec<usize> = now.iter().copied().filter(|&g| rank[g] != usize::MAX).collect();
        for (i, &a) in common.iter().enumerate() {
            for &b in &common[i + 1..] {
                if rank[a] > rank[b] && graph.groups[a].parent == graph.groups[b].parent {
                    found += 1;
                }
            }
        }
        for &g in &before {
            rank[g] = usize::MAX;
        }
        before = now;
    }
    found * 100
}

#[cfg(test)]
mod tests {
    use super::inversions;

    #[test]
    fn crossings_of_segments_with_common_ends_do_not_count() {
        assert_eq!(inversions(&mut [(0, 1), (1, 0), (1, 1)]), 1);
        assert_eq!(inversions(&mut [(2, 0), (0, 2), (1, 1), (2, 2)]), 3);
        assert_eq!(inversions(&mut []), 0);
    }
}
