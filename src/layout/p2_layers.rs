//! Phase 2: the layer of every component, and the layers every group spans.
//!
//! Precondition: the connections, turned round where `reversed`, form no cycle. Postcondition: every such connection
//! runs at least one layer down; a group's span holds the layers of all its members.
//!
//! Network simplex (Gansner and others 1993); a group has a point for its first and its last layer, drawn together so
//! that its members stay close (Sander 1996).

use super::bands::Bands;
use super::graph::{LayoutGraph, ROOT, Role};
use super::network_simplex::{Arc, solve};
use super::sideways;

/// Layers by number, from 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Layers {
    /// Of every component.
    pub(super) of: Vec<usize>,
    /// First and last of every group.
    pub(super) span: Vec<(usize, usize)>,
    /// The same of the band it lies in, or its own: the layers in which its place is kept free.
    pub(super) column: Vec<(usize, usize)>,
    /// For every connection between groups of one band the first and last layer of that band.
    pub(super) around: Vec<Option<(usize, usize)>>,
    /// For every component the strip of a folded picture that it stands in.
    pub(super) strip: Vec<usize>,
    /// For every connection whether it runs within its layer from side to side.
    pub(super) level: Vec<bool>,
}

/// How groups may share layers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sharing<'a> {
    /// Groups with connections between them may lie beside each other.
    Free,
    /// What is connected lies below each other, groups as wholes.
    Stacked,
    /// Groups lie beside each other in bands, and bands below each other.
    Banded(&'a Bands),
}

/// A pivot costs about as much as there are points: this bounds their product.
const PIVOT_WORK: usize = 12_000_000;

/// How much more than others two components are drawn together that are to stand near each other.
const NEAR: i64 = 12;

/// Assigns layers.
pub(super) fn assign(graph: &LayoutGraph, reversed: &[bool], sharing: Sharing<'_>) -> Layers {
    let n = graph.nodes.len();
    let first = |g: usize| n + 2 * g;
    let last = |g: usize| n + 2 * g + 1;
    let mut arcs = Vec::new();
    for (edge, &back) in graph.edges.iter().zip(reversed) {
        if edge.from == edge.to {
            continue;
        }
        let (a, b) = if back { (edge.to, edge.from) } else { (edge.from, edge.to) };
        let same = graph.nodes[a].group == graph.nodes[b].group;
        // What leads to people is a way back to them: it does not hold them down.
        let returns = back && graph.nodes[a].role == Role::Person;
        let observed = [a, b].iter().any(|&v| graph.nodes[v].role == Role::Observer);
        let weight = if matches!(sharing, Sharing::Banded(bands) if bands.apart(graph, a, b)) {
            0
        } else if observed || returns {
            1
        } else if same {
            3
        } else {
            2
        };
        let near = graph.wishes.near.iter().any(|&pair| pair == (a, b) || pair == (b, a));
        let weight = if near { weight + NEAR } else { weight };
        arcs.push(Arc { from: a, to: b, least: 1, weight });
        let beside = |a: usize, b: usize| match sharing {
            Sharing::Free => true,
            Sharing::Stacked => false,
            Sharing::Banded(bands) => bands.beside(graph, a, b),
        };
        if !beside(a, b) {
            let (ga, gb) = (graph.nodes[a].group, graph.nodes[b].group);
            let around = graph.common(ga, gb);
            let (ca, cb) = (graph.child_towards(around, ga), graph.child_towards(around, gb));
            let from = if ca == around { a } else { last(ca) };
            let to = if cb == around { b } else { first(cb) };
            if (from, to) != (a, b) {
                arcs.push(Arc { from, to, least: 1, weight: 0 });
            }
        }
    }
    for (v, node) in graph.nodes.iter().enumerate() {
        if node.group != ROOT {
            arcs.push(Arc { from: first(node.group), to: v, least: 0, weight: 0 });
            arcs.push(Arc { from: v, to: last(node.group), least: 0, weight: 0 });
        }
    }
    for (g, nest) in graph.groups.iter().enumerate().skip(1) {
        arcs.push(Arc { from: first(g), to: last(g), least: 0, weight: 2 });
        if nest.parent != ROOT {
            arcs.push(Arc { from: first(nest.parent), to: first(g), least: 0, weight: 0 });
            arcs.push(Arc { from: last(g), to: last(nest.parent), least: 0, weight: 0 });
        }
    }
    let mut points = n + 2 * graph.groups.len();
    if let Sharing::Banded(bands) = sharing {
        points += separate(graph, bands, points, &mut arcs);
    }
    points += raise(graph, reversed, points, &mut arcs);
    let same = grant(graph, points, &mut arcs);
    let mapped: Vec<Arc> = arcs
        .iter()
        .map(|a| Arc { from: same[a.from], to: same[a.to], ..*a })
        .filter(|a| a.from != a.to)
        .collect();
    let pivots = (40 * points + 1000).min(PIVOT_WORK / points.max(1));
    let found = solve(points, &mapped, pivots);
    let at: Vec<i64> = (0..n).map(|v| found[same[v]]).collect();
    let least = at.iter().copied().min().unwrap_or(0);
    let mut layers = finish(graph, at.iter().map(|x| usize::try_from(x - least).unwrap_or(0)).collect());
    if let Sharing::Banded(bands) = sharing {
        go_around(graph, bands, &mut layers);
    }
    layers
}

/// Draws people who act towards the first layer, against all that comes back to them; gives the number of points added.
fn raise(graph: &LayoutGraph, reversed: &[bool], top: usize, arcs: &mut Vec<Arc>) -> usize {
    let mut pull = vec![0; graph.nodes.len()];
    for (edge, &back) in graph.edges.iter().zip(reversed) {
        let person = if back { edge.to } else { edge.from };
        if graph.nodes[person].role == Role::Person {
            pull[person] = (pull[person] + i64::from(back)).max(1);
        }
    }
    if pull.iter().all(|&p| p == 0) {
        return 0;
    }
    let least = (0..graph.nodes.len()).map(|v| Arc { from: top, to: v, least: 0, weight: pull[v] });
    arcs.extend(least);
    1
}

/// Keeps bands below each other: between every band and the next lies a point; gives the number of these.
fn separate(graph: &LayoutGraph, bands: &Bands, points: usize, arcs: &mut Vec<Arc>) -> usize {
    let n = graph.nodes.len();
    // (around, band, first point, last point) of all that lies in a group which has groups in it.
    let mut items: Vec<(usize, usize, usize, usize)> = Vec::new();
    for g in 1..graph.groups.len() {
        items.push((graph.groups[g].parent, bands.of_group[g], n + 2 * g, n + 2 * g + 1));
    }
    let holds_groups: Vec<usize> = items.iter().map(|i| i.0).collect();
    let mut holds = vec![false; graph.groups.len()];
    holds_groups.into_iter().for_each(|g| holds[g] = true);
    items.extend(
        (0..n)
            .filter(|&v| holds[graph.nodes[v].group])
            .map(|v| (graph.nodes[v].group, bands.of_node[v], v, v)),
    );
    items.sort_unstable();
    let mut next = points;
    let mut before: Option<&[(usize, usize, usize, usize)]> = None;
    for band in items.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        if let Some(before) = before.filter(|b| b[0].0 == band[0].0) {
            arcs.extend(before.iter().map(|i| Arc { from: i.3, to: next, least: 0, weight: 0 }));
            arcs.extend(band.iter().map(|i| Arc { from: next, to: i.2, least: 1, weight: 0 }));
            next += 1;
        }
        before = Some(band);
    }
    next - points
}

/// Connections between groups of one band go around the groups between: finds the layers of that band.
fn go_around(graph: &LayoutGraph, bands: &Bands, layers: &mut Layers) {
    let mut band_span = std::collections::BTreeMap::new();
    for (g, nest) in graph.groups.iter().enumerate().skip(1) {
        let span = band_span.entry((nest.parent, bands.of_group[g])).or_insert(layers.span[g]);
        *span = (span.0.min(layers.span[g].0), span.1.max(layers.span[g].1));
    }
    for (g, nest) in graph.groups.iter().enumerate().skip(1) {
        if let Some(&span) = band_span.get(&(nest.parent, bands.of_group[g])) {
            layers.column[g] = span;
        }
    }
    for (e, edge) in graph.edges.iter().enumerate() {
        let (ga, gb) = (graph.nodes[edge.from].group, graph.nodes[edge.to].group);
        if bands.beside(graph, edge.from, edge.to) {
            let around = graph.common(ga, gb);
            let child = graph.child_towards(around, ga);
            if child != around && graph.child_towards(around, gb) != around {
                layers.around[e] = band_span.get(&(around, bands.of_group[child])).copied();
            }
        }
    }
}

/// Grants the wishes that lead to no contradiction: adds arcs, and gives for every point the one it shares a layer with.
fn grant(graph: &LayoutGraph, points: usize, arcs: &mut Vec<Arc>) -> Vec<usize> {
    let n = graph.nodes.len();
    let mut same: Vec<usize> = (0..points).collect();
    for rank in &graph.wishes.ranks {
        let mut joined = same.clone();
        for &v in rank {
            let (a, b) = (joined[rank[0]], joined[v]);
            joined.iter_mut().filter(|j| **j == b).for_each(|j| *j = a);
        }
        if acyclic(points, arcs, &joined) {
            same = joined;
        }
    }
    for &(a, b) in &graph.wishes.near {
        let joined = |e: &super::graph::Edge| (e.from, e.to) == (a, b) || (e.from, e.to) == (b, a);
        if !graph.edges.iter().any(joined) {
            draw_near(points, arcs, &mut same, (a, b));
        }
    }
    let rim = |v: usize, before: bool| {
        (0..n).filter(move |&w| w != v).map(move |w| {
            let (from, to) = if before { (v, w) } else { (w, v) };
            Arc { from, to, least: 0, weight: 0 }
        })
    };
    let wished =
        graph.wishes.first.iter().map(|&v| (v, true)).chain(graph.wishes.last.iter().map(|&v| (v, false)));
    for (v, before) in wished {
        let length = arcs.len();
        arcs.extend(rim(v, before).filter(|a| same[a.from] != same[a.to]));
        if !acyclic(points, arcs, &same) {
            arcs.truncate(length);
        }
    }
    same
}

/// Two components that are not connected into one layer or, where a way leads from one to the other, into layers close
/// to each other.
fn draw_near(points: usize, arcs: &mut Vec<Arc>, same: &mut Vec<usize>, (a, b): (usize, usize)) {
    let mut joined = same.clone();
    let (one, other) = (joined[a], joined[b]);
    joined.iter_mut().filter(|j| **j == other).for_each(|j| *j = one);
    if acyclic(points, arcs, &joined) {
        *same = joined;
        return;
    }
    for (from, to) in [(a, b), (b, a)] {
        arcs.push(Arc { from, to, least: 1, weight: NEAR });
        if acyclic(points, arcs, same) {
            return;
        }
        arcs.pop();
    }
}

/// Whether arcs between points taken together form no cycle, and none lies within a point though it has a length.
fn acyclic(points: usize, arcs: &[Arc], same: &[usize]) -> bool {
    let mut waiting = vec![0usize; points];
    let mut out = vec![Vec::new(); points];
    for arc in arcs {
        let (from, to) = (same[arc.from], same[arc.to]);
        if from != to {
            waiting[to] += 1;
            out[from].push(to);
        }
    }
    let mut ready: Vec<usize> = (0..points).filter(|&p| waiting[p] == 0).collect();
    let mut done = 0;
    while let Some(p) = ready.pop() {
        done += 1;
        for &q in &out[p] {
            waiting[q] -= 1;
            if waiting[q] == 0 {
                ready.push(q);
            }
        }
    }
    done == points
}

/// Layers of components with what follows from them for groups.
pub(super) fn finish(graph: &LayoutGraph, of: Vec<usize>) -> Layers {
    let mut span = vec![(usize::MAX, 0); graph.groups.len()];
    for (v, node) in graph.nodes.iter().enumerate() {
        let mut g = node.group;
        loop {
            span[g] = (span[g].0.min(of[v]), span[g].1.max(of[v]));
            if g == ROOT {
                break;
            }
            g = graph.groups[g].parent;
        }
    }
    let (around, strip) = (vec![None; graph.edges.len()], vec![0; of.len()]);
    let level = sideways::level(graph, &of);
    Layers { of, column: span.clone(), span, around, strip, level }
}
