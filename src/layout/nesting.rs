//! Ordering one layer on the nesting tree.
//!
//! Takes the order of the layer before and gives this layer's. In every group the child groups that go on from the layer
//! before keep their order; they split what else is there into slots, and a vertex goes to the slot that its segments
//! come from.

use std::cmp::Reverse;

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
    /// Vertices that found no better place, and nothing they are joined to has moved since.
    pub(super) settled: Vec<bool>,
    /// Layers that hold vertices which are not settled.
    pub(super) waiting: Vec<bool>,
    layer: Vec<u32>,
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
            settled: vec![false; n],
            waiting: vec![true; proper.rows.len()],
            layer: proper.vertices.iter().map(|v| v.layer as u32).collect(),
        }
    }

    /// Everything may have a better place.
    pub(super) fn unsettle(&mut self) {
        self.settled.fill(false);
        self.waiting.fill(true);
    }

    /// Nothing has.
    pub(super) fn settle(&mut self) {
        self.settled.fill(true);
        self.waiting.fill(false);
    }

    /// Something moved: what it is joined to may have a better place now.
    pub(super) fn unsettle_around(&mut self, v: usize) {
        let Self { links, settled, waiting, layer, .. } = self;
        for &w in links.up(v).iter().chain(links.down(v)) {
            settled[w as usize] = false;
            waiting[layer[w as usize] as usize] = true;
        }
    }

    /// The same for whatever stands in a row where something else stood before.
    pub(super) fn unsettle_moved(&mut self, before: &[usize], now: &[usize]) {
        for (_, &v) in before.iter().zip(now).filter(|(a, b)| a != b) {
            self.settled[v] = false;
            self.waiting[self.layer[v] as usize] = true;
            self.unsettle_around(v);
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
                let (sum, count) =
                    (ends.iter().map(|&w| self.pos[w as usize] as f64).sum::<f64>(), ends.len() as f64);
                self.key[v] = if count > 0.0 { sum / count } else { 0.0 };
                self.weight[v] = count;
            }
            crossings::extents(graph, proper, before, &mut self.extents);
            let mut out = Vec::with_capacity(row.len());
            self.sort(graph, proper, ROOT, &row, direction, &mut out);
            self.unsettle_moved(&row, &out);
            proper.rows[layer] = out;
        }
        for (k, &v) in proper.rows[layer].iter().enumerate() {
            self.pos[v] = k;
        }
    }

    /// The vertices at the other ends of the segments towards the layer before.
    fn neighbours(&self, v: usize, direction: Direction) -> &[u32] {
        match direction {
            Direction::Down => self.links.up(v),
            Direction::Up => self.links.down(v),
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
        if row.iter().all(|&v| proper.vertices[v].group == group) {
            self.sort_plain(row, out);
            return;
        }
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

    /// Vertices alone: by key what has one; the others keep their places.
    fn sort_plain(&self, row: &[usize], out: &mut Vec<usize>) {
        let mut keyed: Vec<usize> = row.iter().copied().filter(|&v| self.weight[v] > 0.0).collect();
        keyed.sort_by(|&a, &b| self.key[a].total_cmp(&self.key[b]));
        let mut sorted = keyed.into_iter();
        let next = |&v: &usize| if self.weight[v] > 0.0 { sorted.next().unwrap_or(v) } else { v };
        out.extend(row.iter().map(next));
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
            let mut votes: Vec<usize> = Vec::new();
            for &v in &row[item.vertices.clone()] {
                for &w in self.neighbours(v, direction) {
                    let at = self.pos[w as usize];
                    let low = ranked.partition_point(|e| e.1 < at);
                    let high = ranked.partition_point(|e| e.0 <= at);
                    votes.extend(low..=high);
                }
            }
            votes.sort_unstable();
            item.slot = if votes.is_empty() { seen } else { best_slot(&votes, &ranked, item.key) };
        }
        let mut going_items: Vec<usize> = (0..items.len()).filter(|&k| items[k].goes_on).collect();
        going_items.sort_by_key(|&k| items[k].group.map_or((0, 0), |g| self.extents[g]));
        let mut members: Vec<usize> = (0..items.len()).filter(|&k| !items[k].goes_on).collect();
        members.sort_by_key(|&k| items[k].slot);
        let mut order = Vec::with_capacity(items.len());
        let mut rest = members.as_slice();
        for slot in 0..=ranked.len() {
            let (here, later) = rest.split_at(rest.partition_point(|&k| items[k].slot <= slot));
            rest = later;
            order.extend(by_key(items, here.iter().copied()));
            order.extend(going_items.get(slot));
        }
        order
    }
}

/// The slot most segments come from; of equals the one nearest to where the item is drawn.
///
/// `votes` are slots, one for every segment, sorted.
fn best_slot(votes: &[usize], ranked: &[(usize, usize)], key: Option<f64>) -> usize {
    let key = key.unwrap_or(0.0);
    let wanted = ranked.partition_point(|e| ((e.0 + e.1) as f64 / 2.0) < key);
    votes
        .chunk_by(|a, b| a == b)
        .max_by_key(|part| (part.len(), Reverse(part[0].abs_diff(wanted)), Reverse(part[0])))
        .map_or(0, |part| part[0])
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
