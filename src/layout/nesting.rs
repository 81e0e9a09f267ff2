//! Ordering one layer on the nesting tree.
//!
//! Takes the order of the layer before and gives this layer's. In every group the child groups that go on from the layer
//! before keep their order; they split what else is there into slots, and a vertex goes to the slot that its segments
//! come from.

use super::crossings::{self, Links};
use super::graph::{LayoutGraph, ROOT};
use super::proper::Proper;

/// Which layer the order is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// From the one above.
    Down,
    /// From the one below.
    Up,
}

/// Buffers for ordering layer after layer.
pub(super) struct Slots {
    /// The place of every vertex in its row.
    pub(super) pos: Vec<usize>,
    pub(super) links: Links,
    extents: Vec<(usize, usize)>,
    key: Vec<f64>,
    weight: Vec<f64>,
    /// For every group, the groups around it from the outermost in, itself last.
    trail: Vec<Vec<usize>>,
}

/// A vertex, or a child group with all it has in the layer.
struct Item {
    group: Option<usize>,
    vertices: std::ops::Range<usize>,
    key: Option<f64>,
    goes_on: bool,
    slot: usize,
}

impl Slots {
    pub(super) fn new(graph: &LayoutGraph, proper: &Proper) -> Self {
        let n = proper.vertices.len();
        let mut pos = Vec::new();
        crossings::number(proper, &mut pos);
        let mut trail: Vec<Vec<usize>> = vec![Vec::new()];
        for (g, nest) in graph.groups.iter().enumerate().skip(1) {
            let mut own = trail[nest.parent].clone();
            own.push(g);
            trail.push(own);
        }
        Self {
            pos,
            links: Links::of(proper),
            extents: Vec::new(),
            key: vec![0.0; n],
            weight: vec![0.0; n],
            trail,
        }
    }

    /// Orders a layer by the one before it in the sweep.
    pub(super) fn arrange(
        &mut self,
        graph: &LayoutGraph,
        proper: &mut Proper,
        layer: usize,
        before: Option<usize>,
        direction: Direction,
    ) {
        if let Some(before) = before {
            let row = proper.rows[layer].clone();
            for &v in &row {
                let ends = self.neighbours(v, direction);
                let (sum, count) = (ends.iter().map(|&w| self.pos[w] as f64).sum::<f64>(), ends.len() as f64);
                self.key[v] = if count > 0.0 { sum / count } else { 0.0 };
                self.weight[v] = count;
            }
            crossings::extents(graph, proper, before, &mut self.extents);
            let mut out = Vec::with_capacity(row.len());
            self.sort(graph, proper, ROOT, &row, direction, &mut out);
            proper.rows[layer] = out;
        }
        for (k, &v) in proper.rows[layer].iter().enumerate() {
            self.pos[v] = k;
        }
    }

    /// The vertices at the other ends of the segments towards the layer before.
    fn neighbours(&self, v: usize, direction: Direction) -> &[usize] {
        match direction {
            Direction::Down => &self.links.up[v],
            Direction::Up => &self.links.down[v],
        }
    }

    fn sort(
        &self,
        graph: &LayoutGraph,
        proper: &Proper,
        group: usize,
        row: &[usize],
        direction: Direction,
        out: &mut Vec<usize>,
    ) {
        let mut items = self.items(graph, proper, group, row);
        let going: Vec<(usize, usize)> =
            items.iter().filter(|i| i.goes_on).filter_map(|i| i.group).map(|g| self.extents[g]).collect();
        let order = if going.is_empty() {
            by_key(&items, 0..items.len())
        } else {
            self.with_slots(row, &mut items, &going, direction)
        };
        for k in order {
            let item = &items[k];
            let part = &row[item.vertices.clone()];
            match item.group {
                Some(child) => self.sort(graph, proper, child, part, direction, out),
                None => out.extend_from_slice(part),
            }
        }
    }

    /// What lies directly in a group, in the present order.
    fn items(&self, graph: &LayoutGraph, proper: &Proper, group: usize, row: &[usize]) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for (k, &v) in row.iter().enumerate() {
            let own = proper.vertices[v].group;
            let child = (own != group).then(|| self.trail[own][graph.groups[group].depth]);
            match items.last_mut() {
                Some(last) if child.is_some() && last.group == child => last.vertices.end = k + 1,
                _ => {
                    items.push(Item { group: child, vertices: k..k + 1, key: None, goes_on: false, slot: 0 })
                }
            }
        }
        for item in &mut items {
            let part = &row[item.vertices.clone()];
            let weight: f64 = part.iter().map(|&v| self.weight[v]).sum();
            if weight > 0.0 {
                item.key = Some(part.iter().map(|&v| self.key[v] * self.weight[v]).sum::<f64>() / weight);
            }
            item.goes_on = item.group.is_some_and(|g| self.extents[g].0 != usize::MAX);
        }
        items
    }

    fn with_slots(
        &self,
        row: &[usize],
        items: &mut [Item],
        going: &[(usize, usize)],
        direction: Direction,
    ) -> Vec<usize> {
        // The groups that go on, in the order of the layer before.
        let mut ranked: Vec<(usize, usize)> = going.to_vec();
        ranked.sort_unstable();
        let mut seen = 0;
        for item in items.iter_mut() {
            if item.goes_on {
                seen += 1;
                continue;
            }
            let mut votes = vec![0usize; ranked.len() + 1];
            let mut any = false;
            for &v in &row[item.vertices.clone()] {
                for &w in self.neighbours(v, direction) {
                    let at = self.pos[w];
                    let low = ranked.partition_point(|e| e.1 < at);
                    let high = ranked.partition_point(|e| e.0 <= at);
                    for vote in &mut votes[low..=high] {
                        *vote += 2;
                    }
                    any = true;
                }
            }
            item.slot = if any { best_slot(&votes, &ranked, item.key) } else { seen };
        }
        let mut going_items: Vec<usize> = (0..items.len()).filter(|&k| items[k].goes_on).collect();
        going_items.sort_by_key(|&k| items[k].group.map_or((0, 0), |g| self.extents[g]));
        let mut order = Vec::with_capacity(items.len());
        for slot in 0..=ranked.len() {
            let members: Vec<usize> =
                (0..items.len()).filter(|&k| !items[k].goes_on && items[k].slot == slot).collect();
            order.extend(by_key(items, members.into_iter()));
            if let Some(&g) = going_items.get(slot) {
                order.push(g);
            }
        }
        order
    }
}

/// The slot most segments come from; of equals the one nearest to where the item is drawn.
fn best_slot(votes: &[usize], ranked: &[(usize, usize)], key: Option<f64>) -> usize {
    let most = votes.iter().copied().max().unwrap_or(0);
    let key = key.unwrap_or(0.0);
    let wanted = ranked.iter().filter(|e| (e.0 + e.1) as f64 / 2.0 < key).count();
    (0..votes.len()).filter(|&s| votes[s] == most).min_by_key(|&s| s.abs_diff(wanted)).unwrap_or(0)
}

/// Sorts by key what has one; the others keep their places.
fn by_key(items: &[Item], which: impl Iterator<Item = usize>) -> Vec<usize> {
    let which: Vec<usize> = which.collect();
    let mut keyed: Vec<(f64, usize)> =
        which.iter().filter_map(|&k| items[k].key.map(|key| (key, k))).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sorted = keyed.into_iter();
    which
        .iter()
        .map(|&k| if items[k].key.is_some() { sorted.next().map_or(k, |(_, s)| s) } else { k })
        .collect()
}
