//! From an order without layers of labels to one with them.
//!
//! Labels get layers of their own between the ranks, which makes connections longer and orders harder to find. So the
//! order is found on the graph without them; here every vertex takes the place its connection has there, and what stands
//! in a layer of labels the place of what is above it, so that no crossing is added.

use super::graph::{LayoutGraph, ROOT};
use super::proper::{Proper, Role};

/// Orders the rows of `full` as `coarse` has them.
///
/// Precondition: both come from one graph and one assignment of layers.
pub(super) fn expand(graph: &LayoutGraph, coarse: &Proper, full: &mut Proper, label_layers: &[bool]) {
    let mut pos = Vec::new();
    super::crossings::number(coarse, &mut pos);
    let mut matching = Vec::with_capacity(label_layers.len());
    let mut next = 0;
    for &label in label_layers {
        matching.push(if label { None } else { Some(next) });
        next += usize::from(!label);
    }
    let mut at = vec![usize::MAX; full.vertices.len()];
    for layer in 0..full.rows.len() {
        let row = std::mem::take(&mut full.rows[layer]);
        let key: Vec<usize> = row
            .iter()
            .map(|&v| match matching[layer] {
                Some(old) => place(coarse, full, &pos, v, old),
                None => full.above[v].iter().map(|&s| at[full.segments[s].upper]).min().unwrap_or(usize::MAX),
            })
            .collect();
        // Groups stand as in the layer that the places come from.
        let from = match matching[layer] {
            Some(old) => group_places(graph, coarse, &coarse.rows[old]),
            None if layer > 0 => group_places(graph, full, &full.rows[layer - 1]),
            None => vec![usize::MAX; graph.groups.len()],
        };
        full.rows[layer] = nested(graph, full, &row, &key, from);
        for (k, &v) in full.rows[layer].iter().enumerate() {
            at[v] = k;
        }
    }
}

/// The place of the same thing in the coarse layer.
fn place(coarse: &Proper, full: &Proper, pos: &[usize], v: usize, layer: usize) -> usize {
    let edge = match full.vertices[v].role {
        Role::Node(_) => return pos[v],
        Role::Bend(e) | Role::Label(e) | Role::Turn(e) => e,
        Role::Filler => return usize::MAX,
    };
    // What turns back passes a layer more than once: each time has its own place.
    let own = full.vertices[v].layer;
    let before = full.paths[edge].iter().take_while(|&&w| w != v).filter(|&&w| full.vertices[w].layer == own);
    let mut passed = coarse.paths[edge].iter().filter(|&&w| coarse.vertices[w].layer == layer);
    passed.nth(before.count()).map_or(usize::MAX, |&w| pos[w])
}

/// For every group its first place in a row.
fn group_places(graph: &LayoutGraph, proper: &Proper, row: &[usize]) -> Vec<usize> {
    let mut first = vec![usize::MAX; graph.groups.len()];
    for (k, &v) in row.iter().enumerate() {
        let mut g = proper.vertices[v].group;
        while g != ROOT && first[g] == usize::MAX {
            first[g] = k;
            g = graph.groups[g].parent;
        }
    }
    first
}

/// A row sorted by key on the nesting tree; groups by their own keys, or the least of what they hold.
fn nested(
    graph: &LayoutGraph,
    proper: &Proper,
    row: &[usize],
    key: &[usize],
    groups: Vec<usize>,
) -> Vec<usize> {
    let mut group_key = groups.clone();
    for (&v, &k) in row.iter().zip(key) {
        let mut g = proper.vertices[v].group;
        while g != ROOT {
            if groups[g] == usize::MAX {
                group_key[g] = group_key[g].min(k);
            }
            g = graph.groups[g].parent;
        }
    }
    let mut keyed: Vec<(Vec<(usize, usize)>, usize)> = row
        .iter()
        .zip(key)
        .map(|(&v, &k)| {
            let mut trail = vec![(k, graph.groups.len() + v)];
            let mut g = proper.vertices[v].group;
            while g != ROOT {
                trail.push((group_key[g], g));
                g = graph.groups[g].parent;
            }
            trail.reverse();
            (trail, v)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, v)| v).collect()
}
