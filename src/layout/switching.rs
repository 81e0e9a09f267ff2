//! Greedy switching of neighbours in a layer (Eades and Kelly 1986), on the nesting tree.
//!
//! Takes ordered layers and exchanges neighbours where fewer segments cross; only what lies in one layer is moved (a
//! vertex, or a group of a single layer), so no segment comes to run through a group.

use super::graph::LayoutGraph;
use super::nesting::Slots;
use super::proper::Proper;

/// Rows of more vertices than this are switched once only.
const WIDE: usize = 300;

/// Switches in all layers until nothing improves, or the rounds are used up.
pub(super) fn switch(graph: &LayoutGraph, proper: &mut Proper, slots: &mut Slots) {
    super::crossings::number(proper, &mut slots.pos);
    let widest = proper.rows.iter().map(Vec::len).max().unwrap_or(0);
    let rounds = if widest > WIDE { 1 } else { 6 };
    for _ in 0..rounds {
        let mut improved = false;
        for layer in 0..proper.rows.len() {
            improved |= switch_row(graph, proper, slots, layer);
        }
        if !improved {
            break;
        }
    }
}

fn switch_row(graph: &LayoutGraph, proper: &mut Proper, slots: &mut Slots, layer: usize) -> bool {
    let mut row = std::mem::take(&mut proper.rows[layer]);
    let (mut up, mut down) = (Vec::new(), Vec::new());
    let places = |v: usize, pos: &[usize]| {
        let mut a: Vec<usize> = proper.above[v].iter().map(|&s| pos[proper.segments[s].upper]).collect();
        let mut b: Vec<usize> = proper.below[v].iter().map(|&s| pos[proper.segments[s].lower]).collect();
        a.sort_unstable();
        b.sort_unstable();
        (a, b)
    };
    for &v in &row {
        let (a, b) = places(v, &slots.pos);
        up.push(a);
        down.push(b);
    }
    let mut improved = false;
    let mut k = 0;
    while k + 1 < row.len() {
        let (a, b) = (row[k], row[k + 1]);
        let (ga, gb) = (proper.vertices[a].group, proper.vertices[b].group);
        if ga == gb {
            let now = inversions(&up[k], &up[k + 1]) + inversions(&down[k], &down[k + 1]);
            let then = inversions(&up[k + 1], &up[k]) + inversions(&down[k + 1], &down[k]);
            if then < now {
                row.swap(k, k + 1);
                up.swap(k, k + 1);
                down.swap(k, k + 1);
                improved = true;
                if k > 0 {
                    k -= 1;
                    continue;
                }
            }
        }
        k += 1;
    }
    let _ = graph;
    for (k, &v) in row.iter().enumerate() {
        slots.pos[v] = k;
    }
    proper.rows[layer] = row;
    improved
}

/// Pairs of a place of the left one and a smaller place of the right one; both lists are sorted.
fn inversions(left: &[usize], right: &[usize]) -> usize {
    let (mut found, mut r) = (0, 0);
    for &l in left {
        while r < right.len() && right[r] < l {
            r += 1;
        }
        found += r;
    }
    found
}
