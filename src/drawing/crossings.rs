//! Where connections cross: the level one hops over the upright one, or the upright one has a gap.

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

/// A place where an upright segment is interrupted, because what crosses it there has no room for a hop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gap {
    /// Which segment of the connection.
    pub(super) segment: usize,
    /// Its middle.
    pub(super) y: f64,
}

/// Half the length of a gap.
pub(super) const GAP: f64 = 4.0;

/// What crosses a connection, in the order of its path.
#[derive(Debug, Clone, Default)]
pub(super) struct Met {
    pub(super) hops: Vec<Hop>,
    pub(super) gaps: Vec<Gap>,
}

impl Met {
    /// The same for a path of so many points that is drawn from its end to its start.
    pub(super) fn backwards(&self, points: usize) -> Self {
        let last = points.saturating_sub(2);
        let turned =
            |h: &Hop| Hop { segment: last.saturating_sub(h.segment), rightwards: !h.rightwards, ..*h };
        let gap = |g: &Gap| Gap { segment: last.saturating_sub(g.segment), ..*g };
        Self {
            hops: self.hops.iter().rev().map(turned).collect(),
            gaps: self.gaps.iter().rev().map(gap).collect(),
        }
    }
}

/// A connection as the crossings see it.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Its corner points.
    pub(super) points: Vec<Point>,
    /// Where its label stands.
    pub(super) label: Option<Rect>,
    /// The trunk in which it shares its line with others.
    pub(super) trunk: Option<usize>,
}

/// The hops and gaps of all connections.
#[derive(Debug, Clone, Default)]
pub(super) struct Crossings {
    by_connection: Vec<Met>,
}

/// Width of the columns that upright segments are sorted into.
const COLUMN: f64 = 96.0;
/// Pairs of segments looked at before the rest goes without hops: pictures that dense are not read line by line.
const MOST_PAIRS: usize = 4_000_000;

/// An upright segment, and whose it is.
#[derive(Clone, Copy)]
struct Upright {
    x: f64,
    top: f64,
    bottom: f64,
    connection: usize,
    segment: usize,
}

impl Crossings {
    /// Finds where connections cross. A hop keeps clear of corners, ends and labels; hops that would touch become one
    /// wide one. Where there is no room for one, the upright line has a gap. What shares a trunk does so alike.
    pub(super) fn find(lines: &[Line], corner: f64) -> Self {
        let columns = columns(lines);
        let joints = Joints::of(lines);
        let mut pairs = 0;
        let mut found = Self { by_connection: vec![Met::default(); lines.len()] };
        for (connection, line) in lines.iter().enumerate() {
            for (segment, ends) in line.points.windows(2).enumerate() {
                if (ends[0].y - ends[1].y).abs() > 0.05 || pairs > MOST_PAIRS {
                    continue;
                }
                let y = ends[0].y;
                let clear = HOP + corner + 1.0;
                let (low, high) = (ends[0].x.min(ends[1].x), ends[0].x.max(ends[1].x));
                let mut xs = Vec::new();
                for u in crossed((low, high, y), connection, &columns, &mut pairs) {
                    if line.label.is_some_and(|l| l.grown(HOP).contains(Point::new(u.x, y))) {
                        continue;
                    }
                    let room = low + clear <= u.x && u.x <= high - clear && within(&u, y, corner + 1.0);
                    if room && joints.clear(line.trunk, Axis::Level, y, u.x, clear) {
                        xs.push(u.x);
                        continue;
                    }
                    let over = &lines[u.connection];
                    let parts = within(&u, y, corner + GAP)
                        && !over.label.is_some_and(|l| l.grown(GAP).contains(Point::new(u.x, y)))
                        && joints.clear(over.trunk, Axis::Upright, u.x, y, corner + GAP);
                    if parts {
                        found.by_connection[u.connection].gaps.push(Gap { segment: u.segment, y });
                    }
                }
                merge(&mut found.by_connection[connection].hops, xs, segment, ends[1].x > ends[0].x);
            }
        }
        found
    }

    /// What crosses a connection.
    pub(super) fn of(&self, connection: usize) -> Option<&Met> {
        self.by_connection.get(connection)
    }
}

/// Whether an upright segment goes on for so long on both sides.
fn within(u: &Upright, y: f64, clear: f64) -> bool {
    u.top + clear < y && y < u.bottom - clear
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Axis {
    Level,
    Upright,
}

/// Where the lines of a trunk begin, end and part, along each of its straight stretches.
struct Joints {
    places: BTreeMap<(usize, Axis, i64), Vec<f64>>,
}

impl Joints {
    fn of(lines: &[Line]) -> Self {
        let mut places: BTreeMap<(usize, Axis, i64), Vec<f64>> = BTreeMap::new();
        for line in lines {
            let Some(trunk) = line.trunk else { continue };
            for ends in line.points.windows(2) {
                let (a, b) = (ends[0], ends[1]);
                let (axis, at, from, to) = match (a.y - b.y).abs() <= 0.05 {
                    true => (Axis::Level, a.y, a.x, b.x),
                    false => (Axis::Upright, a.x, a.y, b.y),
                };
                places.entry((trunk, axis, tenths(at))).or_default().extend([from, to]);
            }
        }
        places.values_mut().for_each(|along| along.sort_by(f64::total_cmp));
        Self { places }
    }

    /// Whether no joint of the trunk is near a place on one of its stretches.
    fn clear(&self, trunk: Option<usize>, axis: Axis, at: f64, place: f64, clear: f64) -> bool {
        let Some(along) = trunk.and_then(|t| self.places.get(&(t, axis, tenths(at)))) else { return true };
        let next = along.partition_point(|&x| x <= place - clear);
        along.get(next).is_none_or(|&x| x >= place + clear)
    }
}

fn tenths(x: f64) -> i64 {
    (x * 10.0).round() as i64
}

fn columns(lines: &[Line]) -> BTreeMap<i64, Vec<Upright>> {
    let mut columns: BTreeMap<i64, Vec<Upright>> = BTreeMap::new();
    for (connection, line) in lines.iter().enumerate() {
        for (segment, ends) in line.points.windows(2).enumerate() {
            if (ends[0].x - ends[1].x).abs() <= 0.05 {
                let (top, bottom) = (ends[0].y.min(ends[1].y), ends[0].y.max(ends[1].y));
                let upright = Upright { x: ends[0].x, top, bottom, connection, segment };
                columns.entry(column(ends[0].x)).or_default().push(upright);
            }
        }
    }
    columns
}

fn column(x: f64) -> i64 {
    (x / COLUMN).floor() as i64
}

/// The upright segments of other connections that cross a level one, from left to right.
fn crossed(
    (low, high, y): (f64, f64, f64),
    connection: usize,
    columns: &BTreeMap<i64, Vec<Upright>>,
    pairs: &mut usize,
) -> Vec<Upright> {
    let mut found: Vec<Upright> = Vec::new();
    for uprights in columns.range(column(low)..=column(high)).map(|(_, u)| u) {
        *pairs += uprights.len();
        let through = |u: &&Upright| {
            u.connection != connection && low + 0.5 < u.x && u.x < high - 0.5 && within(u, y, 0.5)
        };
        found.extend(uprights.iter().filter(through).copied());
    }
    found.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.connection.cmp(&b.connection)));
    found
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

    fn line(points: &[(f64, f64)]) -> Line {
        Line { points: points.iter().map(|&(x, y)| Point::new(x, y)).collect(), ..Line::default() }
    }

    fn upright(x: f64) -> Line {
        line(&[(x, 0.0), (x, 100.0)])
    }

    #[test]
    fn level_lines_hop_over_upright_ones_and_not_over_meeting_ones() {
        let level = line(&[(200.0, 50.0), (0.0, 50.0)]);
        let touching = line(&[(60.0, 50.0), (60.0, 100.0)]);
        let mut lines = vec![level, upright(100.0), upright(108.0), upright(150.0), touching, upright(3.0)];
        let found = Crossings::find(&lines, 8.0);
        let xs: Vec<(f64, f64)> = found.by_connection[0].hops.iter().map(|h| (h.x, h.half)).collect();
        assert_eq!(xs, [(150.0, HOP), (104.0, HOP + 4.0)]);
        assert!(found.by_connection[1].hops.is_empty() && found.by_connection[1].gaps.is_empty());
        // Too near to the end of the level line for a hop.
        assert_eq!(found.by_connection[5].gaps, [Gap { segment: 0, y: 50.0 }]);
        lines[0].label = Some(Rect::new(140.0, 40.0, 30.0, 20.0));
        assert_eq!(Crossings::find(&lines, 8.0).by_connection[0].hops.len(), 1);
    }

    #[test]
    fn the_lines_of_a_trunk_hop_together_or_not_at_all() {
        let member = |x: f64| Line { trunk: Some(0), ..line(&[(0.0, 50.0), (x, 50.0), (x, 100.0)]) };
        // The first leaves the trunk just behind what crosses it.
        let lines = [member(60.0), member(200.0), upright(50.0), upright(120.0)];
        let found = Crossings::find(&lines, 8.0);
        let xs = |n: usize| found.by_connection[n].hops.iter().map(|h| h.x).collect::<Vec<_>>();
        assert_eq!((xs(0), xs(1)), (vec![], vec![120.0]));
        assert_eq!(found.by_connection[2].gaps[0], Gap { segment: 0, y: 50.0 });
    }
}
