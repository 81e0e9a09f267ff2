//! Other bands for the groups in a group, with fewer crossings between them.
//!
//! Takes a group's inside and bands to start from; gives bands, the best first. From these and from random ones, groups
//! move one by one to where that lowers an estimate of what will be bad about the picture: crossings of the `outline`,
//! connections beside a band or against the flow, and the shape. The best met are kept (multi-start local search; Martí
//! 2003). Random numbers are the same everywhere, and work is counted, not timed.

use std::cmp::Ordering;

use super::bands::Level;
use super::graph::LayoutGraph;
use super::p3_order::scramble;
use super::page::Wanted;

/// With fewer groups there is too little to choose.
const LEAST: usize = 3;
/// Random bands tried, the most bands of them, and how many are improved.
const RANDOM: usize = 24;
const MOST_BANDS: usize = 6;
const IMPROVED: usize = 3;
/// Bands that are given back.
const GIVEN: usize = 2;
/// Pairs of links looked at: beyond the first, no more random bands are tried; beyond the second, nothing is improved.
const FIRST_WORK: usize = 4_000_000;
const WORK: usize = 1_000_000;
/// What it costs, in crossings, that a connection joins groups of one band, and that it runs against the flow.
const BESIDE: i64 = 20;
const AGAINST: i64 = 5;
/// The price of a shape, for each connection, in what it costs once all is drawn.
const SHAPE: f64 = 0.8;
/// Pictures are taller than their groups alone, the more so the wider they are and the more components there are: found by
/// fitting drawn pictures of 20 to 100 components; beyond some number, more make no difference.
const SHARE: f64 = 1.7;
const POWER: f64 = 0.387;
const SIZE_POWER: f64 = -0.185;
const LARGEST: usize = 190;

/// What the picture should look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    shape: Wanted,
    connections: usize,
    share: f64,
}

impl Wish {
    pub(super) fn of(graph: &LayoutGraph) -> Self {
        let share = graph.lean * SHARE * (graph.nodes.len().min(LARGEST) as f64).powf(SIZE_POWER);
        Self { shape: Wanted::of(graph), connections: graph.edges.len(), share }
    }

    /// The price of groups of this width by height, in crossings.
    fn price(&self, groups: f64) -> f64 {
        SHAPE * self.connections as f64 * self.shape.foreseen(self.share * groups.powf(POWER))
    }
}

/// Finds bands; the given ones come back where there is nothing to choose.
pub(super) fn search(level: &Level, given: Vec<usize>) -> Vec<Vec<usize>> {
    let n = given.len();
    if n < LEAST {
        return vec![given];
    }
    let mut search = Search { level, work: 0 };
    let mut state = 1;
    let mut draw = |most: usize| (scramble(&mut state) >> 33) as usize % most;
    let mut tried = vec![(price(level, &given) + search.crossings(&given), given)];
    for _ in 0..RANDOM {
        if search.work > FIRST_WORK {
            break;
        }
        let count = 2 + draw(n.min(MOST_BANDS) - 1);
        let mut band: Vec<usize> = (0..n).map(|_| draw(count)).collect();
        compress(&mut band);
        let rest = price(level, &band);
        if tried.len() < IMPROVED || rest <= tried[IMPROVED - 1].0 {
            tried.push((rest + search.crossings(&band), band));
            tried.sort_by(|a, b| a.0.total_cmp(&b.0));
            tried.dedup_by(|a, b| a.1 == b.1);
            tried.truncate(IMPROVED);
        }
    }
    for (price, band) in &mut tried {
        search.descend(price, band);
    }
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    tried.dedup_by(|a, b| a.1 == b.1);
    tried.into_iter().take(GIVEN).map(|t| t.1).collect()
}

struct Search<'a> {
    level: &'a Level,
    work: usize,
}

impl Search<'_> {
    /// Moves groups to other bands, or to one of their own, until that gives nothing or the work is used up.
    fn descend(&mut self, price: &mut f64, band: &mut Vec<usize>) {
        let n = band.len();
        let mut idle = 0;
        for k in (0..n).cycle() {
            if idle == n || self.work > WORK {
                break;
            }
            idle += 1;
            // Odd numbers are the bands there are, even ones lie between.
            let spread: Vec<usize> = band.iter().map(|b| 2 * b + 1).collect();
            let count = band.iter().max().map_or(0, |b| b + 1);
            for to in (0..=2 * count).filter(|&to| to != spread[k]) {
                let mut other = spread.clone();
                other[k] = to;
                compress(&mut other);
                // What costs more without its crossings need not be ordered to know them.
                let rest = self::price(self.level, &other);
                if rest >= *price {
                    continue;
                }
                let now = rest + self.crossings(&other);
                if now < *price {
                    (*price, *band) = (now, other);
                    idle = 0;
                    break;
                }
            }
        }
    }

    /// How often connections cross with these bands, as far as the outline tells.
    fn crossings(&mut self, band: &[usize]) -> f64 {
        self.level.outline.crossings(&self.level.places(band), &mut self.work) as f64
    }
}

/// What else is bad about bands: connections beside a band or against the flow, and the shape.
fn price(level: &Level, band: &[usize]) -> f64 {
    let mut against = 0;
    for (a, out) in level.out.iter().enumerate() {
        for &(b, number) in out {
            against += match band[a].cmp(&band[b]) {
                Ordering::Less => 0,
                Ordering::Equal => BESIDE * number,
                Ordering::Greater => AGAINST * number,
            };
        }
    }
    let mut sides = vec![(0.0f64, 0.0f64); band.len()];
    for (&b, &w) in band.iter().zip(&level.width) {
        sides[b] = (sides[b].0 + w, sides[b].1.max(w));
    }
    let (width, height) = sides.iter().fold((0.0f64, 0.0), |(w, h), s| (w.max(s.0), h + s.1));
    against as f64 + level.wish.price(width.max(1.0) / height.max(1.0))
}

/// Numbers from 0 in the same order.
fn compress(band: &mut [usize]) {
    let mut used = band.to_vec();
    used.sort_unstable();
    used.dedup();
    for b in band {
        *b = used.partition_point(|u| u < b);
    }
}

#[cfg(test)]
mod tests {
    use super::compress;

    #[test]
    fn bands_are_numbered_without_gaps() {
        let mut band = [4, 1, 4, 7];
        compress(&mut band);
        assert_eq!(band, [1, 0, 1, 2]);
    }
}
