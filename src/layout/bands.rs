//! Rows of groups: which groups stand beside each other, and which below.
//!
//! Takes a graph and a linear order of its components in which every group is in one piece; gives every group and every
//! component a band among what lies directly in the same group, and an order that follows the bands. Bands are filled
//! until they are as wide as the wished shape allows; then groups move to where what they are connected to lies one
//! band away (a local search after Fiduccia and Mattheyses 1982), and `band_search` looks for other bands with fewer
//! crossings. It places nothing.

use super::band_search::{self, Wish};
use super::graph::{LayoutGraph, ROOT};
use super::outline::Outline;

/// Bands by number: odd for groups, even for components, so that the two never share one.
#[derive(Debug, Clone, Default)]
pub(super) struct Bands {
    pub(super) of_node: Vec<usize>,
    pub(super) of_group: Vec<usize>,
    /// For every component its place in an order that follows the bands.
    pub(super) place: Vec<usize>,
}

impl Bands {
    /// Whether the two lie in different groups of one band.
    pub(super) fn apart(&self, graph: &LayoutGraph, a: usize, b: usize) -> bool {
        let around = graph.common(graph.nodes[a].group, graph.nodes[b].group);
        around != graph.nodes[a].group && around != graph.nodes[b].group && self.beside(graph, a, b)
    }

    /// Takes over the bands of what lies directly in a group.
    fn take(&mut self, items: &[(usize, Item)], found: &[usize]) {
        for (&(_, item), &band) in items.iter().zip(found) {
            match item {
                Item::Node(v) => self.of_node[v] = band,
                Item::Group(c) => self.of_group[c] = band,
            }
        }
    }

    /// Whether the two lie in one group directly, or in groups of one band.
    pub(super) fn beside(&self, graph: &LayoutGraph, a: usize, b: usize) -> bool {
        let (ga, gb) = (graph.nodes[a].group, graph.nodes[b].group);
        let around = graph.common(ga, gb);
        let (ca, cb) = (graph.child_towards(around, ga), graph.child_towards(around, gb));
        match (ca == around, cb == around) {
            (true, true) => true,
            (false, false) => self.of_group[ca] == self.of_group[cb],
            _ => false,
        }
    }
}

/// What lies directly in a group.
#[derive(Debug, Clone, Copy)]
enum Item {
    Node(usize),
    Group(usize),
}

/// How much larger than its components' boxes a picture is, edges and labels included.
const SPARSE: f64 = 3.2;

/// Finds the bands, and others that may turn out better, the best first. `place` is the order to start from, `aspect` the
/// wished width by height.
pub(super) fn assign(graph: &LayoutGraph, place: &[usize], aspect: f64) -> Vec<Bands> {
    let groups = graph.groups.len();
    let mut items: Vec<Vec<(usize, Item)>> = vec![Vec::new(); groups];
    let mut first = vec![usize::MAX; groups];
    for (v, node) in graph.nodes.iter().enumerate() {
        items[node.group].push((place[v], Item::Node(v)));
        let mut g = node.group;
        while first[g] > place[v] {
            first[g] = place[v];
            g = graph.groups[g].parent;
        }
    }
    for g in 1..groups {
        items[graph.groups[g].parent].push((first[g], Item::Group(g)));
    }
    let mut bands =
        Bands { of_node: vec![0; graph.nodes.len()], of_group: vec![0; groups], ..Bands::default() };
    let links = links(graph);
    let mut area = vec![0.0; groups];
    // The choice that is left in the group with the most groups in it.
    let mut choice = Choice::default();
    for g in (0..groups).rev() {
        items[g].sort_by_key(|i| i.0);
        let level = Level::new(graph, &items[g], &area, &links[g], aspect);
        let found = level.solve(graph, &items[g]);
        bands.take(&items[g], &found[0]);
        if level.width.len() >= choice.groups {
            choice = Choice { groups: level.width.len(), group: g, found };
        }
        area[g] = items[g].iter().map(|i| size(graph, i.1, &area)).sum::<f64>() * 1.25;
    }
    let other = |found: &Vec<usize>| {
        let mut bands = bands.clone();
        bands.take(&items[choice.group], found);
        bands.place = follow(graph, &bands, place);
        bands
    };
    choice.found.iter().map(other).collect()
}

/// Several for one group.
#[derive(Default)]
struct Choice {
    groups: usize,
    group: usize,
    found: Vec<Vec<usize>>,
}

fn size(graph: &LayoutGraph, item: Item, area: &[f64]) -> f64 {
    match item {
        Item::Node(v) => {
            let (node, gap) = (&graph.nodes[v], graph.spacing.node_gap);
            (node.w + gap) * (node.h + gap) * SPARSE
        }
        Item::Group(g) => area[g],
    }
}

/// For every group, the connections between what lies directly in it, as nodes (first) and groups (behind them).
fn links(graph: &LayoutGraph) -> Vec<Vec<(usize, usize)>> {
    let n = graph.nodes.len();
    let mut links = vec![Vec::new(); graph.groups.len()];
    for edge in graph.edges.iter().filter(|e| e.from != e.to) {
        let (ga, gb) = (graph.nodes[edge.from].group, graph.nodes[edge.to].group);
        let around = graph.common(ga, gb);
        let item = |v: usize, g: usize| {
            let child = graph.child_towards(around, g);
            if child == around { v } else { n + child }
        };
        links[around].push((item(edge.from, ga), item(edge.to, gb)));
    }
    links
}

/// An item among the child groups of its group.
enum Seat {
    /// One of them.
    Group(usize),
    /// A component: how many of them come before it, which it leads to, and which lead to it.
    Node { before: usize, out: Vec<usize>, into: Vec<usize> },
}

impl Seat {
    fn link(&mut self, group: usize, leads_there: bool) {
        if let Self::Node { out, into, .. } = self {
            if leads_there { out.push(group) } else { into.push(group) }
        }
    }
}

/// One group's inside.
pub(super) struct Level {
    /// Of the child groups alone: width, and connections to others with their number, outgoing and incoming.
    pub(super) width: Vec<f64>,
    pub(super) out: Vec<Vec<(usize, i64)>>,
    into: Vec<Vec<(usize, i64)>>,
    /// What the items are, in order.
    seats: Vec<Seat>,
    most: f64,
    /// The items with all connections between them.
    pub(super) outline: Outline,
    pub(super) wish: Wish,
}

impl Level {
    fn new(
        graph: &LayoutGraph,
        items: &[(usize, Item)],
        area: &[f64],
        links: &[(usize, usize)],
        aspect: f64,
    ) -> Self {
        let n = graph.nodes.len();
        let mut index = std::collections::BTreeMap::new();
        let (mut width, mut seats) = (Vec::new(), Vec::new());
        let mut nodes = std::collections::BTreeMap::new();
        // For every child group its place among the items.
        let mut place = Vec::new();
        let mut total = 0.0;
        for &(_, item) in items {
            let size = size(graph, item, area);
            total += size;
            match item {
                Item::Node(v) => {
                    nodes.insert(v, seats.len());
                    seats.push(Seat::Node { before: width.len(), out: Vec::new(), into: Vec::new() });
                }
                Item::Group(g) => {
                    index.insert(n + g, width.len());
                    place.push(seats.len());
                    seats.push(Seat::Group(width.len()));
                    width.push(size.sqrt());
                }
            }
        }
        for (a, b) in links {
            if let (Some(&k), Some(&g)) = (nodes.get(a), index.get(b)) {
                seats[k].link(g, true);
            } else if let (Some(&g), Some(&k)) = (index.get(a), nodes.get(b)) {
                seats[k].link(g, false);
            }
        }
        let mut out = vec![Vec::new(); width.len()];
        let mut into = vec![Vec::new(); width.len()];
        let mut pairs: Vec<(usize, usize)> =
            links.iter().filter_map(|(a, b)| Some((*index.get(a)?, *index.get(b)?))).collect();
        pairs.sort_unstable();
        for part in pairs.chunk_by(|a, b| a == b) {
            let (a, b) = part[0];
            out[a].push((b, part.len() as i64));
            into[b].push((a, part.len() as i64));
        }
        let most = (total * aspect).sqrt().max(width.iter().copied().fold(0.0, f64::max));
        let number = |item: &usize| nodes.get(item).or_else(|| place.get(*index.get(item)?)).copied();
        let ends = links.iter().filter_map(|(a, b)| Some((number(a)?, number(b)?)));
        let outline = Outline::new(items.len(), ends);
        Self { width, out, into, seats, most, outline, wish: Wish::of(graph) }
    }

    /// Bands for the items, and others that may turn out better, the best first.
    ///
    /// Postcondition: there is at least one.
    fn solve(&self, graph: &LayoutGraph, items: &[(usize, Item)]) -> Vec<Vec<usize>> {
        let mut band = Vec::with_capacity(self.width.len());
        let mut filled: Vec<f64> = Vec::new();
        for &w in &self.width {
            if filled.last().is_none_or(|f| f + w / 2.0 > self.most) {
                filled.push(0.0);
            }
            if let Some(last) = filled.last_mut() {
                *last += w;
            }
            band.push(filled.len() - 1);
        }
        self.improve(&mut band, &mut filled);
        let found = match graph.has_former() {
            true => vec![self.former(graph, items).unwrap_or(band)],
            false => band_search::search(self, band),
        };
        found.iter().map(|band| self.places(band)).collect()
    }

    /// The bands of a former picture, as far as all groups stood in it: a band begins below all of the one before.
    fn former(&self, graph: &LayoutGraph, items: &[(usize, Item)]) -> Option<Vec<usize>> {
        let groups = items.iter().filter_map(|i| if let Item::Group(g) = i.1 { Some(g) } else { None });
        let reach = |g: usize| {
            let inside = graph.nodes.iter().filter(|node| graph.holds(g, node.group));
            let known = inside.filter_map(|node| node.former.map(|p| (p.y, p.y + node.h)));
            known.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        };
        let reaches: Vec<(f64, f64)> = groups.map(reach).collect::<Option<_>>()?;
        let mut order: Vec<usize> = (0..reaches.len()).collect();
        order.sort_by(|&a, &b| reaches[a].0.total_cmp(&reaches[b].0));
        let mut band = vec![0; reaches.len()];
        let (mut count, mut end) = (0, f64::INFINITY);
        for k in order {
            let begins = reaches[k].0 >= end;
            count += usize::from(begins);
            end = if begins || end == f64::INFINITY { reaches[k].1 } else { end.max(reaches[k].1) };
            band[k] = count;
        }
        Some(band)
    }

    /// The bands of all items from those of the child groups.
    pub(super) fn places(&self, band: &[usize]) -> Vec<usize> {
        // Components stand between the bands, where what they are connected to is near.
        let count = band.iter().max().map_or(0, |b| b + 1);
        let mut ends: Vec<usize> = band.to_vec();
        for k in 1..ends.len() {
            ends[k] = ends[k].max(ends[k - 1]);
        }
        let seat = |seat: &Seat| match seat {
            Seat::Group(k) => 2 * band[*k] + 1,
            Seat::Node { before, out, into } if out.is_empty() && into.is_empty() => {
                2 * before.checked_sub(1).map_or(0, |k| ends[k] + 1)
            }
            Seat::Node { out, into, .. } => {
                let cost = |at: usize| {
                    out.iter().map(|&g| Self::price(at, band[g] + 1)).sum::<i64>()
                        + into.iter().map(|&g| Self::price(band[g], at)).sum::<i64>()
                };
                2 * (0..=count).min_by_key(|&at| (cost(at), at)).unwrap_or(0)
            }
        };
        self.seats.iter().map(seat).collect()
    }

    /// What it costs that a connection leads from one band to another.
    fn price(from: usize, to: usize) -> i64 {
        match from.cmp(&to) {
            std::cmp::Ordering::Less => 2 * (to - from) as i64,
            std::cmp::Ordering::Equal => 4,
            std::cmp::Ordering::Greater => 3 + 2 * (from - to) as i64,
        }
    }

    fn cost(&self, k: usize, at: usize, band: &[usize]) -> i64 {
        let out: i64 = self.out[k].iter().map(|&(j, w)| w * Self::price(at, band[j])).sum();
        let into: i64 = self.into[k].iter().map(|&(j, w)| w * Self::price(band[j], at)).sum();
        out + into
    }

    fn improve(&self, band: &mut [usize], filled: &mut [f64]) {
        let n = band.len();
        let room = |filled: &[f64], at: usize, more: f64| filled[at] + more <= 1.12 * self.most;
        for _ in 0..6 {
            let mut changed = false;
            for k in 0..n {
                let here = band[k];
                let now = self.cost(k, here, band);
                let free = (0..filled.len()).filter(|&b| b != here && room(filled, b, self.width[k]));
                let best = free.map(|b| (self.cost(k, b, band), b)).min();
                if let Some((cost, b)) = best.filter(|b| b.0 < now && filled[here] > self.width[k] + 0.5) {
                    debug_assert!(cost < now);
                    filled[here] -= self.width[k];
                    filled[b] += self.width[k];
                    band[k] = b;
                    changed = true;
                }
            }
            for k in 0..n.min(200) {
                for j in k + 1..n.min(200) {
                    changed |= self.exchange(k, j, band, filled);
                }
            }
            if !changed {
                break;
            }
        }
    }

    fn exchange(&self, k: usize, j: usize, band: &mut [usize], filled: &mut [f64]) -> bool {
        let (a, b) = (band[k], band[j]);
        let more = self.width[j] - self.width[k];
        if a == b || filled[a] + more > 1.12 * self.most || filled[b] - more > 1.12 * self.most {
            return false;
        }
        let before = self.cost(k, a, band) + self.cost(j, b, band);
        band[k] = b;
        let half = self.cost(j, a, band);
        band[j] = a;
        let after = half + self.cost(k, b, band);
        if after < before {
            filled[a] += more;
            filled[b] -= more;
            return true;
        }
        (band[k], band[j]) = (a, b);
        false
    }
}

/// An order of the components that follows the bands, from the outermost in; within a band the given one.
fn follow(graph: &LayoutGraph, bands: &Bands, place: &[usize]) -> Vec<usize> {
    let mut keyed: Vec<(Vec<usize>, usize, usize)> = graph
        .nodes
        .iter()
        .enumerate()
        .map(|(v, node)| {
            let mut trail = vec![bands.of_node[v]];
            let mut g = node.group;
            while g != ROOT {
                trail.push(bands.of_group[g]);
                g = graph.groups[g].parent;
            }
            trail.reverse();
            (trail, place[v], v)
        })
        .collect();
    keyed.sort();
    let mut found = vec![0; keyed.len()];
    for (k, (_, _, v)) in keyed.into_iter().enumerate() {
        found[v] = k;
    }
    found
}
