//! The order of groups that stand beside each other.
//!
//! Takes ordered layers; exchanges neighbouring groups of one parent in all layers at once where fewer segments cross.
//! What stands between the two stays between them. Only groups with the very same layers are exchanged, so no
//! segment comes to run through a group.

use super::crossings;
use super::graph::LayoutGraph;
use super::nesting::Slots;
use super::proper::Proper;

/// Exchanges neighbours until nothing improves, or the rounds are used up; gives the number of segments looked at.
pub(super) fn exchange(graph: &LayoutGraph, proper: &mut Proper, slots: &mut Slots, rounds: usize) -> usize {
    crossings::number(proper, &mut slots.pos);
    let mut families: std::collections::BTreeMap<(usize, (usize, usize)), Vec<usize>> =
        std::collections::BTreeMap::new();
    for (g, nest) in graph.groups.iter().enumerate().skip(1) {
        families.entry((nest.parent, proper.span[g])).or_default().push(g);
    }
    let mut work = 0;
    for _ in 0..rounds {
        let mut improved = false;
        for (&(_, span), groups) in families.iter_mut().filter(|f| f.1.len() > 1) {
            groups.sort_by_key(|&g| first_place(graph, proper, span.0, g));
            for k in 1..groups.len() {
                let (left, right) = (groups[k - 1], groups[k]);
                if try_exchange(graph, proper, slots, span, (left, right), &mut work) {
                    groups.swap(k - 1, k);
                    improved = true;
                }
            }
        }
        if !improved {
            break;
        }
    }
    work
}

fn first_place(graph: &LayoutGraph, proper: &Proper, layer: usize, group: usize) -> usize {
    proper.rows[layer]
        .iter()
        .position(|&v| graph.holds(group, proper.vertices[v].group))
        .unwrap_or(usize::MAX)
}

fn try_exchange(
    graph: &LayoutGraph,
    proper: &mut Proper,
    slots: &mut Slots,
    (first, last): (usize, usize),
    (left, right): (usize, usize),
    work: &mut usize,
) -> bool {
    let mut tree = Vec::new();
    let mut count = |proper: &Proper, slots: &Slots| {
        let gaps = first.saturating_sub(1)..(last + 1).min(proper.rows.len() - 1);
        gaps.map(|layer| {
            *work += proper.rows[layer].len();
            crossings::between(proper, &slots.links, &slots.pos, layer, &mut tree)
        })
        .sum::<usize>()
    };
    let before = count(proper, slots);
    let kept: Vec<Vec<usize>> = proper.rows[first..=last].to_vec();
    for layer in first..=last {
        let row = &mut proper.rows[layer];
        let range = |row: &[usize], group: usize| {
            let inside = |&v: &usize| graph.holds(group, proper.vertices[v].group);
            let start = row.iter().position(inside)?;
            let length = row[start..].iter().take_while(|v| inside(v)).count();
            Some((start, start + length))
        };
        let (Some(a), Some(b)) = (range(row, left), range(row, right)) else { continue };
        let (a, b) = if a.0 < b.0 { (a, b) } else { (b, a) };
        let mut swapped = Vec::with_capacity(b.1 - a.0);
        swapped.extend_from_slice(&row[b.0..b.1]);
        swapped.extend_from_slice(&row[a.1..b.0]);
        swapped.extend_from_slice(&row[a.0..a.1]);
        row[a.0..b.1].copy_from_slice(&swapped);
        for k in a.0..b.1 {
            slots.pos[row[k]] = k;
        }
    }
    if count(proper, slots) < before {
        return true;
    }
    for (layer, row) in (first..).zip(kept) {
        for (k, &v) in row.iter().enumerate() {
            slots.pos[v] = k;
        }
        proper.rows[layer] = row;
    }
    false
}
