//! The figures of a picture: what is good and bad about it, counted.
//!
//! Takes an architecture and its arrangement; gives numbers that people and machines can hold against a picture. It
//! changes nothing.

use super::arrangement::{Arrangement, End};
use crate::geometry::{Point, Rect};
use crate::model::{Architecture, Direction};

/// The figures of a picture. Counts are best at 0.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quality {
    /// Places where two connections cross.
    pub crossings: usize,
    /// Pairs of connections that run on each other, but those that share a trunk.
    pub overlaps: usize,
    /// Pairs of component boxes that overlap.
    pub node_overlaps: usize,
    /// Pairs of a connection and a component it runs through without ending there.
    pub through_nodes: usize,
    /// Pairs of a connection and a group it runs through without an end in it.
    pub through_groups: usize,
    /// Pairs of a label and a component, another label or a foreign connection that overlap.
    pub label_hits: usize,
    /// Pairs of a group's title and a connection that crosses it.
    pub title_hits: usize,
    /// Corners of a connection, on average.
    pub bends: f64,
    /// Length of a connection in sizes of a component (mean of width and height), on average.
    pub length: f64,
    /// Share of connections that run with the reading direction, 0 to 1.
    pub flow: f64,
    /// Width by height.
    pub aspect: f64,
    /// The picture's area in areas of all its components.
    pub area: f64,
}

impl Quality {
    /// Every figure by its name, in the order of the fields.
    #[must_use]
    pub fn figures(&self) -> [(&'static str, f64); 12] {
        let count = |n: usize| n as f64;
        [
            ("crossings", count(self.crossings)),
            ("overlaps", count(self.overlaps)),
            ("node_overlaps", count(self.node_overlaps)),
            ("through_nodes", count(self.through_nodes)),
            ("through_groups", count(self.through_groups)),
            ("label_hits", count(self.label_hits)),
            ("title_hits", count(self.title_hits)),
            ("bends", self.bends),
            ("length", self.length),
            ("flow", self.flow),
            ("aspect", self.aspect),
            ("area", self.area),
        ]
    }
}

/// Boxes and paths, however they are kept.
pub(super) struct Shapes<'a> {
    pub(super) nodes: Vec<Rect>,
    pub(super) ends: Vec<(usize, usize)>,
    pub(super) paths: Vec<&'a [Point]>,
    pub(super) labels: Vec<Option<Rect>>,
    /// Where connections share a line on purpose.
    pub(super) trunks: Vec<Option<End>>,
    pub(super) down: bool,
}

/// Counts the figures of an arrangement.
#[must_use]
pub fn quality(architecture: &Architecture, arrangement: &Arrangement) -> Quality {
    let shapes = Shapes {
        nodes: arrangement.nodes.iter().map(|n| n.rect).collect(),
        ends: architecture.connections().map(|c| (c.from.index(), c.to.index())).collect(),
        paths: arrangement.routes.iter().map(|r| r.points.as_slice()).collect(),
        labels: arrangement.routes.iter().map(|r| r.label).collect(),
        trunks: arrangement.routes.iter().map(|r| r.trunk).collect(),
        down: arrangement.direction == Direction::Down,
    };
    let mut quality = shapes.measure();
    let pieces = Pieces::of(&shapes.paths);
    let (title_hits, through_groups) = groups(architecture, arrangement, &shapes, &pieces);
    quality.title_hits = title_hits;
    quality.through_groups = through_groups;
    quality.aspect = arrangement.canvas.w / arrangement.canvas.h.max(1.0);
    let ink: f64 = shapes.nodes.iter().map(|r| r.w * r.h).sum();
    quality.area = arrangement.canvas.w * arrangement.canvas.h / ink.max(1.0);
    quality
}

/// Title hits and runs through foreign groups.
fn groups(
    architecture: &Architecture,
    arrangement: &Arrangement,
    shapes: &Shapes<'_>,
    pieces: &Pieces,
) -> (usize, usize) {
    let (mut titles, mut through) = (0, 0);
    for group in &arrangement.groups {
        titles += pieces.entering(&group.title, |_| false);
        let Some(id) = architecture.groups().get(group.group).map(|g| &g.id) else { continue };
        let inside: Vec<bool> = architecture
            .components()
            .map(|c| architecture.group_chain(c.group.as_ref()).any(|g| g.id == *id))
            .collect();
        let at_home = |e: usize| inside[shapes.ends[e].0] || inside[shapes.ends[e].1];
        through += pieces.entering(&group.rect, at_home);
    }
    (titles, through)
}

impl Shapes<'_> {
    /// Whether two connections are in one trunk.
    fn share(&self, a: usize, b: usize) -> bool {
        match (self.trunks[a], self.trunks[b]) {
            (Some(End::Source), Some(End::Source)) => self.ends[a].0 == self.ends[b].0,
            (Some(End::Target), Some(End::Target)) => self.ends[a].1 == self.ends[b].1,
            _ => false,
        }
    }

    /// Everything but what needs groups and the canvas.
    pub(super) fn measure(&self) -> Quality {
        let pieces = Pieces::of(&self.paths);
        let overlaps = pieces.overlaps(|a, b| self.share(a, b));
        let crossings = pieces.crossings();
        let node_overlaps = overlapping(&self.nodes, &self.nodes) / 2;
        let through_nodes = (0..self.nodes.len())
            .map(|v| pieces.entering(&self.nodes[v], |e| self.ends[e].0 == v || self.ends[e].1 == v))
            .sum();
        let labels: Vec<Rect> = self.labels.iter().flatten().copied().collect();
        let on_edges: usize = self
            .labels
            .iter()
            .enumerate()
            .filter_map(|(e, l)| l.as_ref().map(|l| pieces.entering(l, |other| other == e)))
            .sum();
        let label_hits = on_edges + overlapping(&labels, &self.nodes) + overlapping(&labels, &labels) / 2;
        let count = self.paths.len().max(1) as f64;
        let bends: usize = self.paths.iter().map(|p| p.len().saturating_sub(2)).sum();
        let length: f64 = pieces.all.iter().map(|p| p.high - p.low).sum();
        let size: f64 =
            self.nodes.iter().map(|r| (r.w + r.h) / 2.0).sum::<f64>() / self.nodes.len().max(1) as f64;
        let real: Vec<(usize, usize)> = self.ends.iter().copied().filter(|(a, b)| a != b).collect();
        let along = |r: &Rect| if self.down { r.center().y } else { r.center().x };
        let forward =
            real.iter().filter(|(a, b)| along(&self.nodes[*b]) > along(&self.nodes[*a]) + 1.0).count();
        Quality {
            crossings,
            overlaps,
            node_overlaps,
            through_nodes,
            label_hits,
            bends: bends as f64 / count,
            length: length / count / size.max(1.0),
            flow: if real.is_empty() { 1.0 } else { forward as f64 / real.len() as f64 },
            ..Quality::default()
        }
    }
}

/// Pairs of boxes of two lists that overlap by more than a hair; a box does not meet itself.
fn overlapping(a: &[Rect], b: &[Rect]) -> usize {
    let mut order: Vec<usize> = (0..b.len()).collect();
    order.sort_by(|&i, &j| b[i].x.total_cmp(&b[j].x));
    let widest = b.iter().map(|r| r.w).fold(0.0, f64::max);
    let same = std::ptr::eq(a, b);
    let mut found = 0;
    for (i, r) in a.iter().enumerate() {
        let shrunk = r.grown(-0.5);
        let from = order.partition_point(|&j| b[j].x < r.x - widest);
        found += order[from..]
            .iter()
            .take_while(|&&j| b[j].x < r.right())
            .filter(|&&j| !(same && i == j) && shrunk.overlaps(&b[j].grown(-0.5)))
            .count();
    }
    found
}

/// A straight piece of a connection, across or along.
#[derive(Debug, Clone, Copy)]
struct Piece {
    edge: usize,
    /// The coordinate that stays.
    at: f64,
    low: f64,
    high: f64,
}

/// All pieces: `all` first the horizontal, then the upright ones.
struct Pieces {
    all: Vec<Piece>,
    upright: usize,
}

impl Pieces {
    fn of(paths: &[&[Point]]) -> Self {
        let (mut level, mut upright) = (Vec::new(), Vec::new());
        for (edge, path) in paths.iter().enumerate() {
            for pair in path.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                if (a.y - b.y).abs() <= (a.x - b.x).abs() {
                    level.push(Piece { edge, at: a.y, low: a.x.min(b.x), high: a.x.max(b.x) });
                } else {
                    upright.push(Piece { edge, at: a.x, low: a.y.min(b.y), high: a.y.max(b.y) });
                }
            }
        }
        level.sort_by(|a, b| a.at.total_cmp(&b.at));
        upright.sort_by(|a, b| a.at.total_cmp(&b.at));
        let split = level.len();
        level.extend(upright);
        Self { all: level, upright: split }
    }

    fn parts(&self) -> [&[Piece]; 2] {
        let (level, upright) = self.all.split_at(self.upright);
        [level, upright]
    }

    fn crossings(&self) -> usize {
        let [level, upright] = self.parts();
        let mut found = 0;
        for a in level {
            let from = upright.partition_point(|b| b.at <= a.low);
            found += upright[from..]
                .iter()
                .take_while(|b| b.at < a.high)
                .filter(|b| b.edge != a.edge && b.low < a.at && a.at < b.high)
                .count();
        }
        found
    }

    fn overlaps(&self, on_purpose: impl Fn(usize, usize) -> bool) -> usize {
        let mut pairs = Vec::new();
        for part in self.parts() {
            for (i, a) in part.iter().enumerate() {
                for b in part[i + 1..].iter().take_while(|b| b.at < a.at + 1.5) {
                    if a.edge != b.edge && a.high.min(b.high) - a.low.max(b.low) > 6.0 {
                        pairs.push((a.edge.min(b.edge), a.edge.max(b.edge)));
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs.iter().filter(|(a, b)| !on_purpose(*a, *b)).count()
    }

    /// How many connections, but those at home there, have a piece inside the box.
    fn entering(&self, rect: &Rect, at_home: impl Fn(usize) -> bool) -> usize {
        let r = rect.grown(-1.0);
        let mut found = Vec::new();
        for (part, (low, high), (from, to)) in [
            (self.parts()[0], (r.y, r.bottom()), (r.x, r.right())),
            (self.parts()[1], (r.x, r.right()), (r.y, r.bottom())),
        ] {
            let start = part.partition_point(|p| p.at <= low);
            for p in part[start..].iter().take_while(|p| p.at < high) {
                if p.low < to && from < p.high && !at_home(p.edge) {
                    found.push(p.edge);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.len()
    }
}
