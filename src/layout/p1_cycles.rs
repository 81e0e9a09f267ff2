//! Phase 1: which way every connection runs through the layers.
//!
//! Precondition: none. Postcondition: the connections, those marked reversed turned round, form no cycle.
//!
//! A depth-first walk from the sources and in order of mention gives a first order (the way back is then what returns
//! to something mentioned before); sifting (Matuszewski, Schoenfeld, Molitor 1999) moves items to where fewer
//! connections run against the order.

use super::former;
use super::graph::{LayoutGraph, ROOT, Role};

/// For every component its place in a linear order that most connections follow.
pub(super) fn flow_order(graph: &LayoutGraph) -> Vec<usize> {
    let ends: Vec<(usize, usize)> = graph.edges.iter().map(|e| (e.from, e.to)).collect();
    let roles: Vec<Role> = graph.nodes.iter().map(|n| n.role).collect();
    let order = linear_order(&ends, &roles);
    let wishes = &graph.wishes;
    let wished = |v: &usize| match (wishes.first.contains(v), wishes.last.contains(v)) {
        (true, _) => 0,
        (false, true) => 2,
        _ => 1,
    };
    let mut order = order;
    if graph.has_former() {
        keep(&mut order, &ends, |v| graph.nodes[v].former.map(|p| p.y));
    }
    order.sort_by_key(wished);
    places(&order)
}

/// Takes over a former order unless more connections run against it: then the former picture was folded.
fn keep(order: &mut Vec<usize>, ends: &[(usize, usize)], at: impl Fn(usize) -> Option<f64>) {
    let against = |order: &[usize]| {
        let place = places(order);
        ends.iter().filter(|(a, b)| place[*a] > place[*b]).count()
    };
    let mut kept = order.clone();
    former::keep(&mut kept, at);
    if against(&kept) <= against(order) {
        *order = kept;
    }
}

/// The same, but so that every group is in one piece: the order of what lies directly in each group is found on its
/// own, from the connections between its parts.
pub(super) fn nested_order(graph: &LayoutGraph) -> Vec<usize> {
    let (n, groups) = (graph.nodes.len(), graph.groups.len());
    // Items are nodes (0..n) and groups (n..); every item belongs to one parent.
    let mut members = vec![Vec::new(); groups];
    let mut index = vec![0usize; n + groups];
    let parent_of =
        |item: usize| if item < n { graph.nodes[item].group } else { graph.groups[item - n].parent };
    let first_mention = first_members(graph);
    for item in (0..n).chain(n + 1..n + groups) {
        members[parent_of(item)].push(item);
    }
    for list in &mut members {
        list.sort_by_key(|&i| if i < n { (i, 0) } else { (first_mention[i - n], 1) });
        for (k, &item) in list.iter().enumerate() {
            index[item] = k;
        }
    }
    let mut ends = vec![Vec::new(); groups];
    for edge in &graph.edges {
        let (ga, gb) = (graph.nodes[edge.from].group, graph.nodes[edge.to].group);
        let around = graph.common(ga, gb);
        let item = |v: usize, g: usize| {
            let child = graph.child_towards(around, g);
            if child == around { v } else { n + child }
        };
        ends[around].push((index[item(edge.from, ga)], index[item(edge.to, gb)]));
    }
    let mut top = vec![f64::INFINITY; groups];
    for node in &graph.nodes {
        let mut g = node.group;
        while let Some(p) = node.former.filter(|p| p.y < top[g]) {
            top[g] = p.y;
            g = graph.groups[g].parent;
        }
    }
    let mut order = Vec::with_capacity(n);
    let mut stack = vec![n + ROOT];
    while let Some(item) = stack.pop() {
        if item < n {
            order.push(item);
            continue;
        }
        let list = &members[item - n];
        let roles: Vec<Role> =
            list.iter().map(|&i| if i < n { graph.nodes[i].role } else { Role::Inner }).collect();
        let mut order = linear_order(&ends[item - n], &roles);
        if graph.has_former() {
            keep(&mut order, &ends[item - n], |k| {
                let of_group = |g: usize| top[g].is_finite().then_some(top[g]);
                if list[k] < n { graph.nodes[list[k]].former.map(|p| p.y) } else { of_group(list[k] - n) }
            });
        }
        for &k in order.iter().rev() {
            stack.push(list[k]);
        }
    }
    places(&order)
}

/// For every connection, whether it runs against the order.
pub(super) fn reversed(graph: &LayoutGraph, place: &[usize]) -> Vec<bool> {
    graph.edges.iter().map(|e| place[e.from] > place[e.to]).collect()
}

/// Sifting looks at every place for every item: beyond this it costs more than it gives.
const SIFTING_LIMIT: usize = 400;

fn places(order: &[usize]) -> Vec<usize> {
    let mut place = vec![0; order.len()];
    for (k, &v) in order.iter().enumerate() {
        place[v] = k;
    }
    place
}

fn first_members(graph: &LayoutGraph) -> Vec<usize> {
    let mut first = vec![usize::MAX; graph.groups.len()];
    for (v, node) in graph.nodes.iter().enumerate() {
        let mut g = node.group;
        while first[g] == usize::MAX {
            first[g] = v;
            g = graph.groups[g].parent;
        }
    }
    first
}

/// Items in an order that few of the given ends run against.
fn linear_order(ends: &[(usize, usize)], roles: &[Role]) -> Vec<usize> {
    let n = roles.len();
    let (mut out, mut into) = (vec![Vec::new(); n], vec![Vec::new(); n]);
    for &(from, to) in ends.iter().filter(|(a, b)| a != b) {
        out[from].push(to);
        into[to].push(from);
    }
    let mut order = depth_first(&out, &into, roles);
    if n <= SIFTING_LIMIT {
        sift(&mut order, &out, &into, roles);
    }
    // What leads to people who act is a way back to them, no reason to put them last.
    order.sort_by_key(|&v| !(roles[v] == Role::Person && !out[v].is_empty()));
    order
}

/// Reverse postorder of a depth-first walk: sources by role first, then what nothing leads to and
/// what is mentioned first of all, then by mention.
fn depth_first(out: &[Vec<usize>], into: &[Vec<usize>], roles: &[Role]) -> Vec<usize> {
    let n = roles.len();
    let rank = |v: usize| match roles[v] {
        Role::Person | Role::Source => 0,
        _ if v == 0 || (into[v].is_empty() && !out[v].is_empty()) => 1,
        _ => 2,
    };
    let mut starts: Vec<usize> = (0..n).collect();
    starts.sort_by_key(|&v| (rank(v), v));
    let mut seen = vec![false; n];
    let mut post = Vec::with_capacity(n);
    for &root in &starts {
        if seen[root] {
            continue;
        }
        seen[root] = true;
        let mut stack = vec![(root, 0usize)];
        while let Some(top) = stack.last_mut() {
            let (v, k) = *top;
            if let Some(&w) = out[v].get(k) {
                top.1 += 1;
                if !seen[w] {
                    seen[w] = true;
                    stack.push((w, 0));
                }
            } else {
                post.push(v);
                stack.pop();
            }
        }
    }
    post.reverse();
    post
}

fn sift(order: &mut Vec<usize>, out: &[Vec<usize>], into: &[Vec<usize>], roles: &[Role]) {
    let n = order.len();
    for _ in 0..4 {
        let mut moved = false;
        for v in (0..n).filter(|&v| !matches!(roles[v], Role::Person | Role::Source)) {
            let place = places(order);
            let here = place[v];
            // Past w to the right: an edge v→w turns backwards (+1), an edge w→v forwards (-1); to the left inversely.
            let mut cost = vec![0i64; n];
            for &w in &out[v] {
                cost[place[w]] += 1;
            }
            for &w in &into[v] {
                cost[place[w]] -= 1;
            }
            let mut best = (0i64, here);
            let mut sum = 0;
            for (k, c) in cost.iter().enumerate().skip(here + 1) {
                sum += c;
                if sum < best.0 {
                    best = (sum, k);
                }
            }
            sum = 0;
            for k in (0..here).rev() {
                sum -= cost[k];
                if sum < best.0 {
                    best = (sum, k);
                }
            }
            if best.1 != here {
                order.remove(here);
                order.insert(best.1, v);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}
