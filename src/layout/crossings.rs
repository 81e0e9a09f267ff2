//! Counts of crossings, and of segments that would run through groups.
//!
//! Takes ordered layers; gives numbers. Crossings by the accumulator tree of Barth, Jünger and Mutzel (2002).

use super::graph::{LayoutGraph, ROOT};
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
    pub(super) up: Vec<Vec<usize>>,
    pub(super) down: Vec<Vec<usize>>,
}

impl Links {
    pub(super) fn of(proper: &Proper) -> Self {
        let ends = |lists: &[Vec<usize>], upper: bool| {
            let end = |s: &usize| {
                let segment = &proper.segments[*s];
                if upper { segment.upper } else { segment.lower }
            };
            lists.iter().map(|list| list.iter().map(end).collect()).collect()
        };
        Self { up: ends(&proper.above, true), down: ends(&proper.below, false) }
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
        tally.through = through(graph, proper, links, pos);
    }
    tally
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
    let mut ends = Vec::new();
    for &v in &proper.rows[layer] {
        ends.clear();
        ends.extend(links.down[v].iter().map(|&w| pos[w]));
        ends.sort_unstable();
        for &end in &ends {
            let mut k = end + 1;
            let mut not_right = 0;
            while k > 0 {
                not_right += tree[k];
                k &= k - 1;
            }
            found += total - not_right;
        }
        for &end in &ends {
            let mut k = end + 1;
            while k <= width {
                tree[k] += 1;
                k += k & k.wrapping_neg();
            }
            total += 1;
        }
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
/// its right at the other.
fn through(graph: &LayoutGraph, proper: &Proper, links: &Links, pos: &[usize]) -> usize {
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
        for &v in &proper.rows[layer] {
            for &w in &links.down[v] {
                found += spanning
                    .iter()
                    .filter(|&&g| {
                        (pos[v] < upper[g].0 && pos[w] > lower[g].1)
                            || (pos[v] > upper[g].1 && pos[w] < lower[g].0)
                    })
                    .count();
            }
        }
    }
    found + disorder(graph, proper)
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
