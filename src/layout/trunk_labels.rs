//! A trunk says once what all its members say.
//!
//! Takes finished paths and labels; leaves, of the labels of connections that share a trunk and are labelled alike, one beside the
//! run that they share, where there is room for it. Where there is none every branch keeps its own.

use super::arrangement::End;
use super::graph::LayoutGraph;
use super::layered::Drawing;
use super::proper::Proper;
use super::trunks::{Trunk, Trunks};
use crate::geometry::{Point, Rect};

/// Between a label and the run beside it, and between it and anything else.
const BESIDE: f64 = 3.0;
const CLEAR: f64 = 3.0;

/// Moves labels of trunks beside their runs.
pub(super) fn say_once(graph: &LayoutGraph, proper: &Proper, trunks: &Trunks, drawing: &mut Drawing) {
    if trunks.all.is_empty() {
        return;
    }
    let mut edge = vec![0; proper.segments.len()];
    for (e, run) in proper.runs.iter().enumerate() {
        run.iter().for_each(|&s| edge[s] = e);
    }
    for trunk in &trunks.all {
        let members: Vec<usize> = trunk.segments.iter().map(|&s| edge[s]).collect();
        if members.iter().any(|&e| drawing.labels[e].is_none() || graph.edges[e].label.is_none()) {
            continue;
        }
        let leader = members[members.len() / 2];
        let Some(run) = Run::of(trunk, &members, &drawing.paths) else { continue };
        let Some(size) = drawing.labels[leader] else { continue };
        let own: Vec<Option<Rect>> = members.iter().map(|&e| drawing.labels[e].take()).collect();
        match run.places(&size).find(|place| free(drawing, place)) {
            Some(place) => drawing.labels[leader] = Some(place),
            None => members.iter().zip(own).for_each(|(&e, label)| drawing.labels[e] = label),
        }
    }
}

/// The level line that the members of a trunk share, and where they leave it.
struct Run {
    y: f64,
    /// Where it meets the hub's port.
    hub: f64,
    /// Whether the hub is above it.
    from_above: bool,
    /// The hub's and the branches' places, from left to right.
    stops: Vec<f64>,
}

impl Run {
    /// `None` where the members run along several lines.
    fn of(trunk: &Trunk, members: &[usize], paths: &[Vec<Point>]) -> Option<Self> {
        // The way from the hub: its port, the run, the branch.
        let way = |e: usize, k: usize| match trunk.end {
            End::Source => paths[e].get(k).copied(),
            End::Target => paths[e].len().checked_sub(k + 1).and_then(|k| paths[e].get(k).copied()),
        };
        let hub = way(members[0], 0)?;
        let turns = members.iter().filter_map(|&e| Some((way(e, 1)?, way(e, 2)?)));
        let far = |p: &Point| (p.y - hub.y).abs();
        let nearest = turns.clone().map(|t| t.0).min_by(|a, b| far(a).total_cmp(&far(b)))?;
        let mut stops: Vec<f64> =
            turns.filter(|(turn, _)| (turn.y - nearest.y).abs() < 0.1).map(|(_, leaves)| leaves.x).collect();
        // One may go straight on.
        if stops.len() + 1 < members.len() {
            return None;
        }
        stops.push(hub.x);
        stops.sort_by(f64::total_cmp);
        Some(Self { y: nearest.y, hub: hub.x, from_above: trunk.from_above, stops })
    }

    /// Places beside the run between its branches: on the hub's side before the other, those near the hub first.
    fn places(&self, size: &Rect) -> impl Iterator<Item = Rect> {
        let between = |w: &[f64]| [0.5, 0.25, 0.75].map(|share| w[0] + share * (w[1] - w[0]));
        let mut middles: Vec<f64> = self.stops.windows(2).flat_map(between).collect();
        middles.sort_by(|a, b| (a - self.hub).abs().total_cmp(&(b - self.hub).abs()));
        let (above, below) = (self.y - BESIDE - size.h, self.y + BESIDE);
        let sides = if self.from_above { [above, below] } else { [below, above] };
        let (w, h) = (size.w, size.h);
        let place = move |x: f64, y: f64| Rect::new(x - w / 2.0, y, w, h);
        sides.into_iter().flat_map(move |y| middles.clone().into_iter().map(move |x| place(x, y)))
    }
}

/// Whether nothing is drawn in a place.
fn free(drawing: &Drawing, place: &Rect) -> bool {
    let near = place.grown(CLEAR);
    let hit = |r: &Rect| r.overlaps(&near);
    let line = |w: &[Point]| {
        let (left, top) = (w[0].x.min(w[1].x), w[0].y.min(w[1].y));
        Rect::new(left, top, (w[0].x - w[1].x).abs(), (w[0].y - w[1].y).abs()).overlaps(place)
    };
    let bordered = |(group, title): &(Rect, Rect)| hit(title) || hit(group) && !group.contains_rect(&near);
    !drawing.nodes.iter().any(hit)
        && !drawing.labels.iter().flatten().any(hit)
        && !drawing.groups.iter().skip(1).any(bordered)
        && !drawing.paths.iter().any(|path| path.windows(2).any(line))
}
