//! Greedy switching of neighbours in a layer (Eades and Kelly 1986), on the nesting tree.
//!
//! Takes ordered layers and exchanges neighbours where fewer segments cross; only what lies in one layer is moved (a
//! vertex, or a group of a single layer), so no segment comes to run through a group.

use super::nesting::Slots;
use super::proper::Proper;

/// Rows of more vertices than this are switched once only.
const WIDE: usize = 300;

/// Switches in all layers until nothing improves, or the rounds are used up.
pub(super) fn switch(proper: &mut Proper, slots: &mut Slots) {
    super::crossings::number(proper, &mut slots.pos);
    let widest = proper.rows.iter().map(Vec::len).max().unwrap_or(0);
    let rounds = if widest > WIDE { 1 } else { 6 };
    let mut sorted = Sorted::default();
    for _ in 0..rounds {
        let mut improved = false;
        for layer in 0..proper.rows.len() {
            improved |= switch_row(proper, slots, layer, &mut sorted);
        }
        if !improved {
            break;
        }
    }
}

/// The places of neighbours above and below, sorted, of one vertex of the row after the other.
#[derive(Default)]
struct Sorted {
    places: Vec<usize>,
    /// For every vertex of the row, where its places above start, those below, and where they end.
    parts: Vec<(usize, usize, usize)>,
}

impl Sorted {
    fn fill(&mut self, row: &[usize], slots: &Slots) {
        self.places.clear();
        self.parts.clear();
        for &v in row {
            let start = self.places.len();
            self.places.extend(slots.links.up[v].iter().map(|&w| slots.pos[w]));
            let middle = self.places.len();
            self.places.extend(slots.links.down[v].iter().map(|&w| slots.pos[w]));
            self.places[start..middle].sort_unstable();
            self.places[middle..].sort_unstable();
            self.parts.push((start, middle, self.places.len()));
        }
    }

    /// Crossings with the k-th standing left of the j-th.
    fn cost(&self, k: usize, j: usize) -> usize {
        let ((a, b, c), (d, e, f)) = (self.parts[k], self.parts[j]);
        let part = |from: usize, to: usize| &self.places[from..to];
        inversions(part(a, b), part(d, e)) + inversions(part(b, c), part(e, f))
    }
}

fn switch_row(proper: &mut Proper, slots: &mut Slots, layer: usize, sorted: &mut Sorted) -> bool {
    let mut row = std::mem::take(&mut proper.rows[layer]);
    sorted.fill(&row, slots);
    let mut improved = false;
    let mut k = 0;
    while k + 1 < row.len() {
        let (a, b) = (row[k], row[k + 1]);
        let (ga, gb) = (proper.vertices[a].group, proper.vertices[b].group);
        if ga == gb && sorted.cost(k + 1, k) < sorted.cost(k, k + 1) {
            row.swap(k, k + 1);
            sorted.parts.swap(k, k + 1);
            improved = true;
            if k > 0 {
                k -= 1;
                continue;
            }
        }
        k += 1;
    }
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
