//! Outsiders to the rim: people, external parties and what watches the others stand at the ends of their layers.
//!
//! Takes ordered layers; moves such components to an end of their layer where that costs no crossing. Only what lies in
//! no group is moved, so no segment comes to run through a group.

use super::crossings::{self, Links, Tally};
use super::graph::{LayoutGraph, ROOT, Role};
use super::p3_order;
use super::proper::{self, Proper};

/// Up to this many components and connections it is worth the while.
const FEW: usize = 150;
/// Components with more connections than this stay where these want them.
const BUSY: usize = 3;

/// Moves outsiders; gives what is left of crossings.
pub(super) fn clear(graph: &LayoutGraph, proper: &mut Proper, tally: Tally) -> Tally {
    if graph.nodes.len() + graph.edges.len() > FEW || graph.has_former() {
        return tally;
    }
    let mut tally = tally;
    let outside = |v: &usize| {
        let node = &graph.nodes[*v];
        node.group == ROOT && matches!(node.role, Role::Person | Role::Observer | Role::External)
    };
    for v in (0..graph.nodes.len()).filter(outside) {
        let edges: Vec<usize> =
            (0..graph.edges.len()).filter(|&e| graph.edges[e].from == v || graph.edges[e].to == v).collect();
        if at_end(proper, v) || edges.len() > BUSY {
            continue;
        }
        let before = proper.rows.clone();
        let mut best: Option<(Tally, Vec<Vec<usize>>)> = None;
        for first in [true, false] {
            move_to_end(proper, v, &edges, first);
            let mut now = crossings::count(graph, proper, &Links::of(proper), &mut Vec::new());
            if now > tally {
                now = p3_order::polish(graph, proper);
            }
            if now <= tally && at_end(proper, v) && best.as_ref().is_none_or(|b| now < b.0) {
                best = Some((now, proper.rows.clone()));
            }
            proper.rows.clone_from(&before);
        }
        if let Some((now, rows)) = best {
            tally = now;
            proper.rows = rows;
        }
    }
    tally
}

/// Whether no other component stands on one side of it.
fn at_end(proper: &Proper, v: usize) -> bool {
    let row = &proper.rows[proper.vertices[v].layer];
    let component = |w: &&usize| matches!(proper.vertices[**w].role, proper::Role::Node(_));
    let mut others = row.iter().filter(component);
    others.next() == Some(&v) || others.next_back() == Some(&v)
}

/// Moves a component, and its connections as far as they are in no group, to an end of their layers.
fn move_to_end(proper: &mut Proper, v: usize, edges: &[usize], first: bool) {
    let mut moved = vec![v];
    for &e in edges {
        let path = &proper.paths[e];
        moved.extend(path.iter().skip(1).take(path.len().saturating_sub(2)));
    }
    moved.retain(|&w| proper.vertices[w].group == ROOT);
    for w in moved {
        let row = &mut proper.rows[proper.vertices[w].layer];
        row.retain(|&other| other != w);
        let at = if first { 0 } else { row.len() };
        row.insert(at, w);
    }
}
