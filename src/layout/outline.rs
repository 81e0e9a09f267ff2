//! How many connections between groups cross for given bands, before anything is laid out.
//!
//! Takes what lies directly in a group as points with weighted links, and a rank for each; gives the crossings of a quick
//! ordering: barycentre sweeps (Sugiyama, Tagawa, Toda 1981), then sifting (Matuszewski, Schoenfeld, Molitor 1999). Links of
//! one pair of points are one link of their number, so that this costs a small fraction of ordering the whole. It places
//! nothing.

use super::lists::Lists;

/// Points and the links between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    points: usize,
    /// Pairs of points, the lesser first, with their number.
    pairs: Vec<(usize, usize, i64)>,
}

/// Sweeps in both directions, and rounds of sifting.
const SWEEPS: usize = 3;
const SIFTS: usize = 3;

impl Outline {
    pub(super) fn new(points: usize, links: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut all: Vec<(usize, usize)> = links.map(|(a, b)| (a.min(b), a.max(b))).collect();
        all.retain(|(a, b)| a != b);
        all.sort_unstable();
        let pairs = all.chunk_by(|a, b| a == b).map(|part| (part[0].0, part[0].1, part.len() as i64));
        Self { points, pairs: pairs.collect() }
    }

    /// Crossings for these ranks, which may leave out numbers; adds what finding them cost to `work`.
    pub(super) fn crossings(&self, rank: &[usize], work: &mut usize) -> i64 {
        let mut rows = Rows::new(self, rank);
        for _ in 0..SWEEPS {
            rows.sweep(true);
            rows.sweep(false);
        }
        for _ in 0..SIFTS {
            if !rows.sift(work) {
                break;
            }
        }
        rows.count(work)
    }
}

/// Points, and the places of links in the rows they pass.
#[derive(Default)]
struct Rows {
    rows: Vec<Vec<usize>>,
    /// Links between neighbouring rows: upper and lower point, and number.
    links: Vec<(usize, usize, i64)>,
    /// The other ends of links with their numbers, by point.
    above: Lists<(usize, i64)>,
    below: Lists<(usize, i64)>,
    place: Vec<usize>,
}

impl Rows {
    /// A row for every rank in use, and one below each that has links within it: these turn back there.
    fn new(outline: &Outline, rank: &[usize]) -> Self {
        let mut used = rank.to_vec();
        used.sort_unstable();
        used.dedup();
        let rank: Vec<usize> = rank.iter().map(|r| used.partition_point(|u| u < r)).collect();
        let mut turns = vec![false; used.len()];
        for &(a, b, _) in &outline.pairs {
            turns[rank[a]] |= rank[a] == rank[b];
        }
        let mut first = Vec::with_capacity(used.len());
        let mut count = 0;
        for &turn in &turns {
            first.push(count);
            count += 1 + usize::from(turn);
        }
        let mut rows = Self { rows: vec![Vec::new(); count], ..Self::default() };
        for point in 0..outline.points {
            rows.add(first[rank[point]]);
        }
        for &(a, b, number) in &outline.pairs {
            let (top, bottom) = if rank[a] <= rank[b] { (a, b) } else { (b, a) };
            let (from, to) = (first[rank[top]], first[rank[bottom]]);
            if from == to {
                let turn = rows.add(from + 1);
                rows.join(top, turn, number);
                rows.join(bottom, turn, number);
                continue;
            }
            let mut last = top;
            for row in from + 1..to {
                let next = rows.add(row);
                rows.join(last, next, number);
                last = next;
            }
            rows.join(last, bottom, number);
        }
        let links = rows.links.iter();
        rows.below = Lists::new(rows.place.len(), links.clone().map(|&(a, b, number)| (a, (b, number))));
        rows.above = Lists::new(rows.place.len(), links.map(|&(a, b, number)| (b, (a, number))));
        rows
    }

    fn add(&mut self, row: usize) -> usize {
        self.place.push(self.rows[row].len());
        self.rows[row].push(self.place.len() - 1);
        self.place.len() - 1
    }

    fn join(&mut self, upper: usize, lower: usize, number: i64) {
        self.links.push((upper, lower, number));
    }

    /// Orders row after row by the means of the places in the row before; what has none keeps its share of the row.
    fn sweep(&mut self, down: bool) {
        let count = self.rows.len();
        for k in 1..count {
            let (at, before) = if down { (k, k - 1) } else { (count - 1 - k, count - k) };
            let scale = self.rows[before].len() as f64 / self.rows[at].len().max(1) as f64;
            let mut row = std::mem::take(&mut self.rows[at]);
            let key = |v: usize| {
                let ends = if down { &self.above[v] } else { &self.below[v] };
                let (sum, all) = ends.iter().fold((0.0, 0.0), |(sum, all), &(w, number)| {
                    (sum + self.place[w] as f64 * number as f64, all + number as f64)
                });
                if all > 0.0 { sum / all } else { self.place[v] as f64 * scale }
            };
            let mut keyed: Vec<(f64, usize)> = row.iter().map(|&v| (key(v), v)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            row.clear();
            row.extend(keyed.into_iter().map(|k| k.1));
            for (place, &v) in row.iter().enumerate() {
                self.place[v] = place;
            }
            self.rows[at] = row;
        }
    }

    /// Moves everything to where it crosses least in its row; whether anything moved.
    fn sift(&mut self, work: &mut usize) -> bool {
        let mut moved = false;
        for at in 0..self.rows.len() {
            let mut row = std::mem::take(&mut self.rows[at]);
            for v in row.clone() {
                let here = self.place[v];
                let (mut best, mut sum) = ((0, here), 0);
                for k in here + 1..row.len() {
                    sum += self.balance(v, row[k], work);
                    if sum < best.0 {
                        best = (sum, k);
                    }
                }
                sum = 0;
                for k in (0..here).rev() {
                    sum -= self.balance(v, row[k], work);
                    if sum < best.0 {
                        best = (sum, k);
                    }
                }
                let to = best.1;
                if to != here {
                    let (low, high) = (here.min(to), here.max(to));
                    if here < to {
                        row[low..=high].rotate_left(1);
                    } else {
                        row[low..=high].rotate_right(1);
                    }
                    for k in low..=high {
                        self.place[row[k]] = k;
                    }
                    moved = true;
                }
            }
            self.rows[at] = row;
        }
        moved
    }

    /// What it adds in crossings that the first, now on the left of the second, goes to its right.
    fn balance(&self, left: usize, right: usize, work: &mut usize) -> i64 {
        let side = |left: &[(usize, i64)], right: &[(usize, i64)]| {
            let mut sum = 0;
            for l in left {
                let place = self.place[l.0] as i64;
                for r in right {
                    sum += l.1 * r.1 * (place - self.place[r.0] as i64).signum();
                }
            }
            sum
        };
        let above = (&self.above[left], &self.above[right]);
        let below = (&self.below[left], &self.below[right]);
        *work += 1 + above.0.len() * above.1.len() + below.0.len() * below.1.len();
        -side(above.0, above.1) - side(below.0, below.1)
    }

    /// Crossings, and what looking at every two links would have cost.
    fn count(&self, work: &mut usize) -> i64 {
        let mut found = 0;
        let mut seen: Vec<i64> = Vec::new();
        for pair in self.rows.windows(2) {
            let (upper, lower) = (&pair[0], &pair[1]);
            let (mut links, mut squares) = (0, 0);
            seen.clear();
            seen.resize(lower.len(), 0);
            for &v in upper {
                let below = &self.below[v];
                for &(w, number) in below {
                    found += number * seen[self.place[w] + 1..].iter().sum::<i64>();
                }
                below.iter().for_each(|&(w, number)| seen[self.place[w]] += number);
                links += below.len();
                squares += below.len() * below.len();
            }
            *work += (upper.len() * upper.len().saturating_sub(1) + links * links - squares) / 2;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;

    #[test]
    fn links_cross_as_often_as_there_are_pairs_of_them() {
        let crossings = |links: &[(usize, usize)], rank: &[usize]| {
            Outline::new(rank.len(), links.iter().copied()).crossings(rank, &mut 0)
        };
        // Every two of three with every two of three: one order of a complete pair of rows is as good as another.
        let all: Vec<(usize, usize)> = (0..3).flat_map(|a| (3..6).map(move |b| (a, b))).collect();
        assert_eq!(crossings(&all, &[0, 0, 0, 7, 7, 7]), 9);
        let twice = [all.clone(), all].concat();
        assert_eq!(crossings(&twice, &[0, 0, 0, 7, 7, 7]), 36);
        // What is joined within a row stands beside each other.
        assert_eq!(crossings(&[(0, 1), (2, 3), (0, 4), (3, 5)], &[0, 0, 0, 0, 1, 1]), 0);
    }
}
