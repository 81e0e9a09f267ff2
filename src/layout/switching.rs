//! Sifting of the vertices of a layer (Matuszewski, Schoenfeld, Molitor 1999), on the nesting tree.
//!
//! Takes ordered layers and moves vertices to where the fewest segments cross; only vertices that lie directly in one
//! group and stand beside each other change places, so no segment comes to run through a group. A vertex that found
//! no better place is settled, and looked at again only after something it is joined to has moved.

use super::nesting::Slots;
use super::proper::Proper;

/// A vertex is moved by at most so many places at once; in layers of very many vertices in all, by fewer.
const REACH: usize = 120;
const LEAST_REACH: usize = 12;
const REACHED: usize = 7_200_000;

/// Sifts all layers until nothing improves, or the rounds are used up; gives the number of pairs looked at.
///
/// Precondition: `slots` knows the places in the rows.
pub(super) fn switch(proper: &mut Proper, slots: &mut Slots, rounds: usize) -> usize {
    let mut sorted = Sorted::default();
    let mut work = 0;
    for _ in 0..rounds {
        let mut improved = false;
        for layer in 0..proper.rows.len() {
            if std::mem::take(&mut slots.waiting[layer]) {
                improved |= sift_row(proper, slots, layer, &mut sorted, &mut work);
            }
        }
        if !improved {
            break;
        }
    }
    work
}

/// The places of neighbours above and below, sorted, of one vertex of a run after the other.
#[derive(Default)]
struct Sorted {
    places: Vec<u32>,
    /// By place in the run.
    parts: Vec<Part>,
}

/// Where the places above a vertex start, those below, and where they end.
#[derive(Clone, Copy)]
struct Part {
    up: u32,
    down: u32,
    end: u32,
    /// The one place above and the one below, as most vertices are places of a connection that passes.
    passing: Option<(u32, u32)>,
}

impl Sorted {
    fn fill(&mut self, run: &[usize], slots: &Slots) {
        self.places.clear();
        self.parts.clear();
        for &v in run {
            let start = self.places.len();
            self.places.extend(slots.links.up(v).iter().map(|&w| slots.pos[w as usize] as u32));
            let middle = self.places.len();
            self.places.extend(slots.links.down(v).iter().map(|&w| slots.pos[w as usize] as u32));
            let passing = match self.places[start..] {
                [above, below] if middle == start + 1 => Some((above, below)),
                _ => {
                    self.places[start..middle].sort_unstable();
                    self.places[middle..].sort_unstable();
                    None
                }
            };
            let end = self.places.len() as u32;
            self.parts.push(Part { up: start as u32, down: middle as u32, end, passing });
        }
    }

    /// What it adds in crossings that the first, now left of the second, goes to its right.
    fn gain(&self, left: &Part, right: &Part) -> i64 {
        if let (Some((a, b)), Some((c, d))) = (left.passing, right.passing) {
            return i64::from(a < c) - i64::from(a > c) + i64::from(b < d) - i64::from(b > d);
        }
        let part = |from: u32, to: u32| &self.places[from as usize..to as usize];
        balance(part(left.up, left.down), part(right.up, right.down))
            + balance(part(left.down, left.end), part(right.down, right.end))
    }
}

/// Pairs with the left smaller, less pairs with the left greater; both lists are sorted.
fn balance(left: &[u32], right: &[u32]) -> i64 {
    match (left, right) {
        ([], _) | (_, []) => 0,
        ([l], [r]) => i64::from(l < r) - i64::from(l > r),
        ([l], _) => weigh(*l, right),
        (_, [r]) => -weigh(*r, left),
        _ => merge(left, right),
    }
}

/// Places greater than this one, less places smaller.
fn weigh(one: u32, places: &[u32]) -> i64 {
    let smaller = places.partition_point(|&p| p < one);
    let not_greater = smaller + places[smaller..].iter().take_while(|&&p| p == one).count();
    (places.len() - not_greater) as i64 - smaller as i64
}

fn merge(left: &[u32], right: &[u32]) -> i64 {
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
    let reach = (REACHED / proper.vertices.len().max(1)).clamp(LEAST_REACH, REACH);
    let mut improved = false;
    let mut waiting: Vec<usize> = Vec::new();
    // Runs of vertices that lie directly in one group: the place within a run changes, the runs do not.
    let mut from = 0;
    while from < row.len() {
        let group = proper.vertices[row[from]].group;
        let length = row[from..].iter().take_while(|&&v| proper.vertices[v].group == group).count();
        let end = from + length;
        waiting.clear();
        waiting.extend(row[from..end].iter().copied().filter(|&v| !slots.settled[v]));
        // After a small change most runs are settled, and nobody asks for the places around them.
        if !waiting.is_empty() {
            sorted.fill(&row[from..end], slots);
        }
        for &v in &waiting {
            let here = slots.pos[v];
            let window = (from.max(here.saturating_sub(reach)), end.min(here + reach));
            let to = from + sorted.best_place(here - from, (window.0 - from, window.1 - from), work);
            slots.settled[v] = true;
            if to != here {
                let (low, high) = (here.min(to), here.max(to));
                let parts = &mut sorted.parts[low - from..=high - from];
                if here < to {
                    row[low..=high].rotate_left(1);
                    parts.rotate_left(1);
                } else {
                    row[low..=high].rotate_right(1);
                    parts.rotate_right(1);
                }
                for at in low..=high {
                    slots.pos[row[at]] = at;
                }
                slots.unsettle_around(v);
                improved = true;
            }
        }
        from = end;
    }
    proper.rows[layer] = row;
    improved
}

impl Sorted {
    /// Where in the window what stands at a place had the fewest crossings.
    fn best_place(&self, here: usize, window: (usize, usize), work: &mut usize) -> usize {
        let own = self.parts[here];
        let mut best = (0, here);
        let mut sum = 0;
        for (at, other) in (here + 1..window.1).zip(&self.parts[here + 1..]) {
            sum += self.gain(&own, other);
            if sum < best.0 {
                best = (sum, at);
            }
        }
        sum = 0;
        for (at, other) in (window.0..here).zip(&self.parts[window.0..here]).rev() {
            sum -= self.gain(&own, other);
            if sum < best.0 {
                best = (sum, at);
            }
        }
        *work += window.1 - window.0 - 1;
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::balance;

    #[test]
    fn pairs_are_weighed_with_equals_left_out() {
        assert_eq!(balance(&[1, 4], &[2, 4]), 2 - 1);
        assert_eq!(balance(&[3], &[3]), 0);
        assert_eq!(balance(&[5, 6, 7], &[1]), -3);
        assert_eq!(balance(&[2], &[1, 2, 3, 4]), 2 - 1);
    }
}
