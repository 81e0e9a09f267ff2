//! Where connections cross: the level one hops over the upright one.

use std::collections::BTreeMap;

use super::connectors::HOP;
use crate::geometry::{Point, Rect};

/// A small bridge in a level segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hop {
    /// Which segment of the connection.
    pub(super) segment: usize,
    /// Its middle.
    pub(super) x: f64,
    /// Half its width.
    pub(super) half: f64,
    /// Whether the connection goes to the right here.
    pub(super) rightwards: bool,
}

impl Hop {
    /// The hops of a path of so many points for one that is drawn from its end to its start.
    pub(super) fn backwards(hops: &[Self], points: usize) -> Vec<Self> {
        let last = points.saturating_sub(2);
        let turned = hops.iter().rev();
        turned
            .map(|h| Self { segment: last.saturating_sub(h.segment), rightwards: !h.rightwards, ..*h })
            .collect()
    }
}

/// The hops of all connections.
#[derive(Debug, Clone, Default)]
pub(super) struct Hops {
    by_connection: Vec<Vec<Hop>>,
}

/// Width of the columns that upright segments are sorted into.
const COLUMN: f64 = 96.0;
/// Pairs of segments looked at before the rest goes without hops: pictures that dense are not read line by line.
const MOST_PAIRS: usize = 4_000_000;

struct Upright {
    x: f64,
    top: f64,
    bottom: f64,
    connection: usize,
}

impl Hops {
    /// Finds the crossings of connections given by their corner points. A hop keeps clear of corners, ends and `labels`;
    /// hops that would touch become one wide one.
    pub(super) fn find(paths: &[Vec<Point>], labels: &[Option<Rect>], corner: f64) -> Self {
        let columns = columns(paths);
        let mut pairs = 0;
        let by_connection = paths
            .iter()
            .enumerate()
            .map(|(connection, points)| {
                let label = labels.get(connection).copied().flatten();
                let mut hops = Vec::new();
                for (segment, ends) in points.windows(2).enumerate() {
                    if (ends[0].y - ends[1].y).abs() > 0.05 || pairs > MOST_PAIRS {
                        continue;
                    }
                    let mut xs = crossed(ends[0], ends[1], connection, corner, &columns, &mut pairs);
                    xs.retain(|x| !label.is_some_and(|l| l.grown(HOP).contains(Point::new(*x, ends[0].y))));
                    merge(&mut hops, xs, segment, ends[1].x > ends[0].x);
                }
                hops
            })
            .collect();
        Self { by_connection }
    }

    /// The hops of a connection, in the order of its path.
    pub(super) fn of(&self, connection: usize) -> &[Hop] {
        self.by_connection.get(connection).map_or(&[], Vec::as_slice)
    }
}

fn columns(paths: &[Vec<Point>]) -> BTreeMap<i64, Vec<Upright>> {
    let mut columns: BTreeMap<i64, Vec<Upright>> = BTreeMap::new();
    for (connection, points) in paths.iter().enumerate() {
        for ends in points.windows(2).filter(|e| (e[0].x - e[1].x).abs() <= 0.05) {
            let (top, bottom) = (ends[0].y.min(ends[1].y), ends[0].y.max(ends[1].y));
            columns.entry(column(ends[0].x)).or_default().push(Upright {
                x: ends[0].x,
                top,
                bottom,
                connection,
            });
        }
    }
    columns
}

fn column(x: f64) -> i64 {
    (x / COLUMN).floor() as i64
}

/// Where upright segments of other connections cross the level one from `a` to `b`, from left to right.
fn crossed(
    a: Point,
    b: Point,
    connection: usize,
    corner: f64,
    columns: &BTreeMap<i64, Vec<Upright>>,
    pairs: &mut usize,
) -> Vec<f64> {
    let clear = HOP + corner + 1.0;
    let (left, right) = (a.x.min(b.x) + clear, a.x.max(b.x) - clear);
    if left > right {
        return Vec::new();
    }
    let mut xs = Vec::new();
    for uprights in columns.range(column(left)..=column(right)).map(|(_, u)| u) {
        *pairs += uprights.len();
        let through = uprights.iter().filter(|u| {
            u.connection != connection
                && (left..=right).contains(&u.x)
                && u.top + corner + 1.0 < a.y
                && a.y < u.bottom - corner - 1.0
        });
        xs.extend(through.map(|u| u.x));
    }
    xs.sort_by(f64::total_cmp);
    xs
}

/// Turns crossings from left to right into hops in the direction of the path.
fn merge(hops: &mut Vec<Hop>, xs: Vec<f64>, segment: usize, rightwards: bool) {
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for x in xs {
        match spans.last_mut() {
            Some((_, end)) if x - HOP <= *end + 1.0 => *end = x + HOP,
            _ => spans.push((x - HOP, x + HOP)),
        }
    }
    let hop = |(start, end): (f64, f64)| Hop {
        segment,
        x: (start + end) / 2.0,
        half: (end - start) / 2.0,
        rightwards,
    };
    if rightwards {
        hops.extend(spans.into_iter().map(hop));
    } else {
        hops.extend(spans.into_iter().rev().map(hop));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_lines_hop_over_upright_ones_and_not_over_meeting_ones() {
        let p = Point::new;
        let level = vec![p(200.0, 50.0), p(0.0, 50.0)];
        let upright = |x: f64| vec![p(x, 0.0), p(x, 100.0)];
        let touching = vec![p(60.0, 50.0), p(60.0, 100.0)];
        let paths = vec![level, upright(100.0), upright(108.0), upright(150.0), touching, upright(3.0)];
        let hops = Hops::find(&paths, &[], 8.0);
        let xs: Vec<(f64, f64)> = hops.of(0).iter().map(|h| (h.x, h.half)).collect();
        assert_eq!(xs, [(150.0, HOP), (104.0, HOP + 4.0)]);
        assert!(hops.of(1).is_empty());
        let label = Rect::new(140.0, 40.0, 30.0, 20.0);
        assert_eq!(Hops::find(&paths, &[Some(label)], 8.0).of(0).len(), 1);
    }
}
