//! Sifting of the vertices of a layer (Matuszewski, Schoenfeld, Molitor 1999), on the nesting tree.
//!
//! Takes ordered layers and moves vertices to where the fewest segments cross; only vertices that lie directly in one
//! group and stand beside each other change places, so no segment comes to run through a group.

use super::nesting::Slots;
use super::proper::Proper;

/// A vertex is moved by at most so many places at once; in layers of very many vertices in all, by fewer.
const REACH: usize = 120;
const LEAST_REACH: usize = 12;
const REACHED: usize = 7_200_000;

/// Sifts all layers until nothing improves, or the rounds are used up; gives the number of pairs looked at.
pub(super) fn switch(proper: &mut Proper, slots: &mut Slots, rounds: usize) -> usize {
    super::crossings::number(proper, &mut slots.pos);
    let mut sorted = Sorted::default();
    let mut work = 0;
    for _ in 0..rounds {
        let mut improved = false;
        for layer in 0..proper.rows.len() {
            improved |= sift_row(proper, slots, layer, &mut sorted, &mut work);
        }
        if !improved {
            break;
        }
    }
    work
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

    /// What it adds in crossings that the k-th, now left of the j-th, goes to its right.
    fn gain(&self, k: usize, j: usize) -> i64 {
        let ((a, b, c), (d, e, f)) = (self.parts[k], self.parts[j]);
        let part = |from: usize, to: usize| &self.places[from..to];
        balance(part(a, b), part(d, e)) + balance(part(b, c), part(e, f))
    }
}

/// Pairs with the left smaller, less pairs with the left greater; both lists are sorted.
fn balance(left: &[usize], right: &[usize]) -> i64 {
    if let ([l], [r]) = (left, right) {
        return i64::from(l < r) - i64::from(l > r);
    }
    let (mut sum, mut smaller, mut not_greater) = (0, 0, 0);
    for l in left {
        while smaller < right.len() && right[smaller] < *l {
            smaller += 1;
        }
        not_greater = smaller.max(not_greater);
        while not_greater < right.len() && right[not_greater] <= *l {
            not_greater += 1;
        }
        sum += (right.len() - not_greater) as i64 - smaller as i64;
    }
    sum
}

fn sift_row(
    proper: &mut Proper,
    slots: &mut Slots,
    layer: usize,
    sorted: &mut Sorted,
    work: &mut usize,
) -> bool {
    let mut row = std::mem::take(&mut proper.rows[layer]);
    sorted.fill(&row, slots);
    let group = |v: usize| proper.vertices[v].group;
    let reach = (REACHED / proper.vertices.len().max(1)).clamp(LEAST_REACH, REACH);
    let mut improved = false;
    // Indices into `sorted`, in the present order, and where each of them stands.
    let mut order: Vec<usize> = (0..row.len()).collect();
    let mut place = order.clone();
    for k in 0..row.len() {
        let here = place[k];
        let own = group(row[k]);
        let mut best = (0, here);
        let mut sum = 0;
        for at in here + 1..order.len().min(here + reach) {
            let j = order[at];
            if group(row[j]) != own {
                break;
            }
            sum += sorted.gain(k, j);
            *work += 1;
            if sum < best.0 {
                best = (sum, at);
            }
        }
        sum = 0;
        for at in (here.saturating_sub(reach)..here).rev() {
            let j = order[at];
            if group(row[j]) != own {
                break;
            }
            sum -= sorted.gain(k, j);
            *work += 1;
            if sum < best.0 {
                best = (sum, at);
            }
        }
        if best.1 != here {
            let (low, high) = (here.min(best.1), here.max(best.1));
            if here < best.1 {
                order[low..=high].rotate_left(1);
            } else {
                order[low..=high].rotate_right(1);
            }
            for at in low..=high {
                place[order[at]] = at;
            }
            improved = true;
        }
    }
    if improved {
        row = order.iter().map(|&k| row[k]).collect();
    }
    for (k, &v) in row.iter().enumerate() {
        slots.pos[v] = k;
    }
    proper.rows[layer] = row;
    improved
}

#[cfg(test)]
mod tests {
    use super::balance;

    #[test]
    fn pairs_are_weighed_with_equals_left_out() {
        assert_eq!(balance(&[1, 4], &[2, 4]), 2 - 1);
        assert_eq!(balance(&[3], &[3]), 0);
        assert_eq!(balance(&[5, 6, 7], &[1]), -3);
    }
}
