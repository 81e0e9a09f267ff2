//! Phase 3: the order within the layers.
//!
//! Precondition: a proper graph. Postcondition: in every layer the members of a group stand together, groups that
//! share layers keep one order in all of them, and few segments cross.
//!
//! Layer sweeps by barycentre (Sugiyama, Tagawa, Toda 1981) on the nesting tree (Forster 2002), where groups that go on
//! from the layer before keep their order and split the others into slots, so that no segment has to run through a
//! group; then sifting of vertices and exchanging of groups. Several starts, the best is kept, and `perturb` goes on from
//! it where that is worth it; work is counted in segments visited.

use super::crossings::{self, Tally};
use super::folding::Places;
use super::graph::{LayoutGraph, ROOT};
use super::group_order;
use super::nesting::{Direction, Slots};
use super::proper::{Proper, Role};
use super::switching;

/// How much looking at segments one ordering may cost, and how much more for every segment there is.
const WORK: usize = 250_000;
const WORK_EACH: usize = 60;

type Rows = Vec<Vec<usize>>;

/// Orders the layers from so many starts; whether something may come of it: not when very many segments run through groups.
pub(super) fn order(graph: &LayoutGraph, proper: &mut Proper, place: &[usize], starts: usize) -> bool {
    order_with(graph, proper, place, (starts, PATIENCE))
}

/// The same from one start, given up earlier: enough to tell which layers promise most.
pub(super) fn first_look(graph: &LayoutGraph, proper: &mut Proper, place: &[usize]) -> bool {
    order_with(graph, proper, place, (1, IMPATIENCE))
}

fn order_with(
    graph: &LayoutGraph,
    proper: &mut Proper,
    place: &[usize],
    (starts, patience): (usize, usize),
) -> bool {
    let size = proper.segments.len() + proper.vertices.len() + 1;
    let mut slots = Slots::new(graph, proper);
    let mut budget = WORK + WORK_EACH * size;
    if graph.has_former() {
        let middle = |n: &super::graph::Node| n.former.map(|p| p.x + n.w / 2.0);
        let nodes = graph.nodes.iter().map(middle).collect();
        // The former order, and only what makes it better.
        order_near(graph, proper, &Places { nodes, lanes: vec![None; graph.edges.len()] });
        polish(graph, proper);
        return true;
    }
    let mut best: Option<(Tally, Rows)> = None;
    for start in 0..starts {
        attempt(graph, proper, &mut slots, &mut budget, (place, start, patience), &mut best);
        let through = best.as_ref().map_or(0, |(b, _)| b.through);
        if budget == 0 || through > HOPELESS {
            break;
        }
    }
    let (tally, rows) = best.unwrap_or_default();
    proper.rows = rows;
    tally.through <= HOPELESS
}

/// Looks for a better order from more starts than `tried`.
pub(super) fn order_further(graph: &LayoutGraph, proper: &mut Proper, (place, tried): (&[usize], usize)) {
    let mut slots = Slots::new(graph, proper);
    // Where there was a choice, most of the work went into that.
    let share = if graph.groups.len() > 1 { 3 } else { 1 };
    let mut budget = (WORK + WORK_EACH * (proper.segments.len() + proper.vertices.len() + 1)) / share;
    let now = crossings::count(graph, proper, &slots.links, &mut slots.pos);
    let mut best = Some((now, proper.rows.clone()));
    for start in tried..MORE_STARTS {
        if budget > 0 {
            attempt(graph, proper, &mut slots, &mut budget, (place, start, PATIENCE), &mut best);
        }
    }
    proper.rows = best.unwrap_or_default().1;
}

/// One start; what it leads to is kept if it is better.
fn attempt(
    graph: &LayoutGraph,
    proper: &mut Proper,
    slots: &mut Slots,
    budget: &mut usize,
    (place, start, patience): (&[usize], usize, usize),
    best: &mut Option<(Tally, Rows)>,
) {
    if best.as_ref().is_some_and(|(b, _)| *b == Tally::default()) {
        return;
    }
    let key = keys(proper, place, start);
    seed(graph, proper, &key, least(graph, proper, &key));
    slots.unsettle();
    let known = best.as_ref().map(|b| b.0);
    let (tally, rows) = descend(graph, proper, slots, budget, (start, patience), known);
    if best.as_ref().is_none_or(|(b, _)| tally < *b) {
        *best = Some((tally, rows));
    }
}

/// Orders the layers by given places.
pub(super) fn order_near(graph: &LayoutGraph, proper: &mut Proper, places: &Places) {
    let key = remembered(graph, proper, places);
    seed(graph, proper, &key, middles(graph, proper, &key));
}

/// For every group the mean of its components' numbers.
fn middles(graph: &LayoutGraph, proper: &Proper, key: &[u64]) -> Vec<u64> {
    let mut sums = vec![(0u64, 0u64); graph.groups.len()];
    for (v, &own) in key.iter().enumerate().take(graph.nodes.len()) {
        let mut g = proper.vertices[v].group;
        while g != ROOT {
            sums[g] = (sums[g].0.saturating_add(own), sums[g].1 + 1);
            g = graph.groups[g].parent;
        }
    }
    sums.into_iter().map(|(sum, count)| sum / count.max(1)).collect()
}

/// First orders tried, and those tried where it is known that they are worth it.
pub(super) const STARTS: usize = 2;
const MORE_STARTS: usize = 12;
/// An order in which more segments run through groups will not be the one taken.
const HOPELESS: usize = 20;

/// Grants wishes for places within a layer, where that leads no segment through a group.
pub(super) fn grant(graph: &LayoutGraph, proper: &mut Proper, tally: Tally) -> Tally {
    let mut tally = tally;
    let home = |proper: &Proper, v: usize| (proper.vertices[v].layer, proper.vertices[v].group);
    for &(a, b) in &graph.wishes.near {
        if home(proper, a) == home(proper, b) {
            tally = beside(graph, proper, (a, b), tally);
        }
    }
    for wish in graph.wishes.orders.iter().chain(&graph.wishes.lines) {
        if wish.iter().any(|&v| home(proper, v) != home(proper, wish[0])) {
            continue;
        }
        let mut rows = proper.rows.clone();
        let row = &mut rows[proper.vertices[wish[0]].layer];
        let places: Vec<usize> = (0..row.len()).filter(|&k| wish.contains(&row[k])).collect();
        for (&k, &v) in places.iter().zip(wish) {
            row[k] = v;
        }
        tally = with_rows(graph, proper, rows, tally).unwrap_or(tally);
    }
    tally
}

/// Puts one component of a layer beside another, on the side where fewer segments cross.
fn beside(graph: &LayoutGraph, proper: &mut Proper, (a, b): (usize, usize), tally: Tally) -> Tally {
    let layer = proper.vertices[a].layer;
    let before = proper.rows.clone();
    let mut best: Option<(Tally, Vec<Vec<usize>>)> = None;
    for after in [true, false] {
        let mut rows = before.clone();
        let row = &mut rows[layer];
        row.retain(|&v| v != a);
        let at = row.iter().position(|&v| v == b).map_or(0, |k| k + usize::from(after));
        row.insert(at, a);
        if let Some(now) = with_rows(graph, proper, rows, tally)
            && best.as_ref().is_none_or(|b| now < b.0)
        {
            best = Some((now, proper.rows.clone()));
        }
        proper.rows.clone_from(&before);
    }
    let Some((now, rows)) = best else { return tally };
    proper.rows = rows;
    now
}

/// Takes over rows unless they lead more segments through groups.
fn with_rows(graph: &LayoutGraph, proper: &mut Proper, rows: Rows, tally: Tally) -> Option<Tally> {
    let before = std::mem::replace(&mut proper.rows, rows);
    let now = crossings::count(graph, proper, &crossings::Links::of(proper), &mut Vec::new());
    if now.through > tally.through {
        proper.rows = before;
        return None;
    }
    Some(now)
}

/// Sweeps until nothing improves or the budget is used up; gives the best met.
fn descend(
    graph: &LayoutGraph,
    proper: &mut Proper,
    slots: &mut Slots,
    budget: &mut usize,
    (start, patience): (usize, usize),
    known: Option<Tally>,
) -> (Tally, Rows) {
    let size = proper.segments.len() + proper.vertices.len() + 1;
    let mut best: Option<(Tally, Rows)> = None;
    let mut idle = 0;
    // Too far behind what is known to come to anything.
    let behind = |best: &Option<(Tally, Rows)>| {
        let far = |k: Tally, b: &Tally| b.through > k.through + HOPELESS || 4 * b.crossings > 5 * k.crossings;
        best.as_ref()
            .is_some_and(|(b, _)| far(known.unwrap_or(Tally { through: 0, crossings: usize::MAX / 8 }), b))
    };
    // Graphs of very many vertices get fewer sweeps.
    let rounds = (SWEPT / size).clamp(PATIENCE, ROUNDS);
    for round in 0..rounds {
        let direction = if (round + start).is_multiple_of(2) { Direction::Down } else { Direction::Up };
        sweep(graph, proper, slots, direction);
        let mut spent = 4 * size;
        if round > 1 {
            spent += switching::switch(proper, slots, 2) / 4;
        }
        if graph.groups.len() > 1 && (round == 1 || round % 4 == 3) {
            spent += group_order::exchange(graph, proper, slots, 2);
        }
        *budget = budget.saturating_sub(spent);
        let now = match &best {
            Some((b, _)) => crossings::better(graph, proper, &slots.links, &mut slots.pos, *b),
            None => Some(crossings::count(graph, proper, &slots.links, &mut slots.pos)),
        };
        idle += 1;
        if let Some(tally) = now {
            best = Some((tally, proper.rows.clone()));
            idle = 0;
        }
        if idle > patience || *budget == 0 || (round >= PATIENCE && behind(&best)) {
            break;
        }
    }
    let lost = behind(&best);
    let (tally, rows) = best.unwrap_or_default();
    if lost {
        return (tally, rows);
    }
    for (before, now) in proper.rows.iter().zip(&rows) {
        slots.unsettle_moved(before, now);
    }
    proper.rows = rows;
    crossings::number(proper, &mut slots.pos);
    let (tally, spent) = refine(graph, proper, slots, tally);
    *budget = budget.saturating_sub(spent);
    (tally, proper.rows.clone())
}

/// What sweeping cannot do: moves single vertices and whole groups until nothing improves.
fn refine(graph: &LayoutGraph, proper: &mut Proper, slots: &mut Slots, tally: Tally) -> (Tally, usize) {
    let (mut tally, mut spent) = (tally, 0);
    for _ in 0..POLISH {
        spent += switching::switch(proper, slots, 4) / 4;
        if graph.groups.len() > 1 {
            spent += group_order::exchange(graph, proper, slots, 2);
        }
        let now = crossings::count(graph, proper, &slots.links, &mut slots.pos);
        let better = now < tally;
        tally = now;
        if !better {
            break;
        }
    }
    (tally, spent)
}

/// Improves rows that are ordered already; gives what is left.
pub(super) fn polish(graph: &LayoutGraph, proper: &mut Proper) -> Tally {
    let mut slots = Slots::new(graph, proper);
    debug_assert_eq!(proper.rows.iter().map(Vec::len).sum::<usize>(), proper.vertices.len());
    let tally = crossings::count(graph, proper, &slots.links, &mut slots.pos);
    refine(graph, proper, &mut slots, tally).0
}

/// Sweeps at most, sweeps without improvement, and rounds of polishing.
const ROUNDS: usize = 24;
const PATIENCE: usize = 4;
const IMPATIENCE: usize = 1;
const SWEPT: usize = 1_440_000;
const POLISH: usize = 4;

fn sweep(graph: &LayoutGraph, proper: &mut Proper, slots: &mut Slots, direction: Direction) {
    let n = proper.rows.len();
    let layers: Vec<usize> = match direction {
        Direction::Down => (0..n).collect(),
        Direction::Up => (0..n).rev().collect(),
    };
    let mut before = None;
    for layer in layers {
        slots.arrange(graph, proper, layer, before, direction);
        before = Some(layer);
    }
}

/// A number for every vertex: from a walk, from a walk backwards, or scrambled.
fn keys(proper: &Proper, place: &[usize], start: usize) -> Vec<u64> {
    let n = proper.vertices.len();
    let mut key = vec![0u64; n];
    if start < 2 {
        for (k, v) in walk(proper, place).into_iter().enumerate() {
            key[v] = if start == 0 { k as u64 } else { (n - k) as u64 };
        }
    } else {
        let mut state = start as u64;
        for k in &mut key {
            *k = scramble(&mut state) >> 20;
        }
    }
    key
}

/// A number for every vertex: its known place across the flow, or one between those of what it is connected to.
fn remembered(graph: &LayoutGraph, proper: &Proper, places: &Places) -> Vec<u64> {
    let mut x = places.nodes.clone();
    x.resize(proper.vertices.len(), None);
    let mean = |x: &[Option<f64>], ends: &mut dyn Iterator<Item = usize>| {
        let known: Vec<f64> = ends.filter_map(|w| x[w]).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    };
    // What is new stands by its neighbours; twice, for what is new beside what is new.
    for _ in 0..2 {
        for v in 0..graph.nodes.len() {
            if x[v].is_none() {
                let ends = graph.edges.iter().filter(|e| e.from == v || e.to == v);
                x[v] = mean(&x, &mut ends.map(|e| if e.from == v { e.to } else { e.from }));
            }
        }
    }
    for (path, lane) in proper.paths.iter().zip(&places.lanes) {
        let turns = path.iter().filter(|&&v| matches!(proper.vertices[v].role, Role::Turn(_))).count();
        if let Some(lane) = lane.filter(|_| turns > 1) {
            path[1..path.len() - 1].iter().for_each(|&v| x[v] = Some(lane));
            continue;
        }
        let (Some(&a), Some(&b)) = (path.first(), path.last()) else { continue };
        let (from, to) = (x[a].or(x[b]), x[b].or(x[a]));
        if let (Some(from), Some(to)) = (from, to) {
            for (k, &v) in path.iter().enumerate().skip(1).take(path.len().saturating_sub(2)) {
                x[v] = Some(from + (to - from) * k as f64 / (path.len() - 1) as f64);
            }
        }
    }
    x.into_iter().map(|x| (x.unwrap_or(0.0).clamp(0.0, 1e9) * 16.0) as u64).collect()
}

/// For every group the least number of what is in it.
fn least(graph: &LayoutGraph, proper: &Proper, key: &[u64]) -> Vec<u64> {
    let mut found = vec![u64::MAX; graph.groups.len()];
    for (v, vertex) in proper.vertices.iter().enumerate() {
        let mut g = vertex.group;
        while g != ROOT {
            found[g] = found[g].min(key[v]);
            g = graph.groups[g].parent;
        }
    }
    found
}

/// The first order: groups by one number each, the same in all layers, and vertices by their own.
fn seed(graph: &LayoutGraph, proper: &mut Proper, key: &[u64], group_key: Vec<u64>) {
    let vertices = &proper.vertices;
    for row in &mut proper.rows {
        let mut keyed: Vec<(Vec<(u64, usize)>, usize)> = row
            .iter()
            .map(|&v| {
                let mut trail = vec![(key[v], usize::MAX - v)];
                let mut g = vertices[v].group;
                while g != ROOT {
                    trail.push((group_key[g], g));
                    g = graph.groups[g].parent;
                }
                trail.reverse();
                (trail, v)
            })
            .collect();
        keyed.sort();
        *row = keyed.into_iter().map(|(_, v)| v).collect();
    }
}

/// Vertices in the order a walk from the first components meets them.
fn walk(proper: &Proper, place: &[usize]) -> Vec<usize> {
    let n = proper.vertices.len();
    let mut starts: Vec<usize> = (0..n).collect();
    starts.sort_by_key(|&v| (proper.vertices[v].layer, place.get(v).copied().unwrap_or(usize::MAX), v));
    let mut seen = vec![false; n];
    let mut found = Vec::with_capacity(n);
    let mut stack = Vec::new();
    for v in starts {
        stack.push(v);
        while let Some(v) = stack.pop() {
            if seen[v] {
                continue;
            }
            seen[v] = true;
            found.push(v);
            let next = proper.above[v]
                .iter()
                .map(|&s| proper.segments[s].upper)
                .chain(proper.below[v].iter().rev().map(|&s| proper.segments[s].lower));
            stack.extend(next.filter(|&w| !seen[w]));
        }
    }
    found
}

/// One step of a splitmix generator (Steele, Lea, Flood 2014): the same numbers everywhere.
pub(super) fn scramble(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
