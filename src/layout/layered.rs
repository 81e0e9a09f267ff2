//! The layered engine (Sugiyama, Tagawa, Toda 1981), phase by phase.
//!
//! Takes a graph in one piece; gives boxes and paths, the flow running downwards from (0, 0).

use super::crossings::{self, Links, Tally};
use super::folding::{self, Fold};
use super::former::inversions;
use super::graph::LayoutGraph;
use super::heights::{self, Along};
use super::loops::{self, Loops};
use super::p2_layers::{Layers, Sharing};
use super::p4_place::{Across, TITLE_INSET};
use super::p5_route::{Course, Routes};
use super::page::{Frame, effort, misshapen};
use super::ports::Ports;
use super::proper::{Proper, Role};
use super::quality::Shapes;
use super::{
    bands, expand, mention, p1_cycles, p2_layers, p3_order, p4_place, p5_route, perturb, ports, proper, rim,
    sideways,
};
use crate::geometry::{Point, Rect};
use crate::model::Direction;

/// Finished places of a graph, the flow running downwards.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    pub(super) nodes: Vec<Rect>,
    /// Boxes and titles of groups; the root's is empty.
    pub(super) groups: Vec<(Rect, Rect)>,
    pub(super) paths: Vec<Vec<Point>>,
    pub(super) labels: Vec<Option<Rect>>,
}

/// Places a graph.
pub(super) fn lay(graph: &LayoutGraph) -> Laid {
    let loops = loops::measure(graph);
    let mut laid = Laid { loops, rated: Vec::new(), through: 0, foldable: false };
    if graph.nodes.is_empty() {
        laid.rated.push(Rated::default());
        return laid;
    }
    let small = graph.nodes.len() + graph.edges.len() <= SEVERAL;
    let mut found = starts(graph, &laid.loops, small);
    if small && graph.has_former() {
        // What comes without looking back may be the former picture itself.
        found.extend(starts(&graph.forgetful(), &laid.loops, true));
    }
    laid.through = found.iter().map(|f| f.tally.through).min().unwrap_or(0);
    found.retain(|f| f.tally.through == laid.through);
    // With so many more crossings none wins.
    let least = found.iter().map(|f| f.tally.crossings).min().unwrap_or(0);
    found.retain(|f| f.tally.crossings <= 2 * least + 20);
    if !small || graph.nodes.len() == 1 {
        found.truncate(1);
    }
    laid.rated = found.into_iter().map(|f| laid.drawn(graph, f, small)).collect();
    laid.sort();
    if small && graph.groups.len() > 1 && !graph.has_former() {
        let improved = improved(graph, &laid.loops, &laid.rated[0]);
        if let Some(improved) = improved.filter(|f| f.tally.through <= laid.through) {
            laid.rated.push(laid.drawn(graph, improved, true));
            laid.sort();
        }
    }
    laid.foldable = small && graph.nodes.len() > 1;
    laid
}

/// What came of laying out a graph: at least one drawing, the best first.
pub(super) struct Laid {
    loops: Vec<Loops>,
    rated: Vec<Rated>,
    through: usize,
    foldable: bool,
}

impl Laid {
    /// The best drawing.
    pub(super) fn drawing(&self) -> &Drawing {
        &self.rated[0].drawing
    }

    /// The best of other drawings of the same graph, folded to come nearer to the wished shape, where one is better.
    pub(super) fn folded(&self, graph: &LayoutGraph) -> Option<Drawing> {
        if !self.foldable {
            return None;
        }
        let bases = if graph.nodes.len() + graph.edges.len() <= FEW { self.rated.len() } else { 1 };
        let folds = self.rated.iter().take(bases).flat_map(|r| folding::folds(graph, &r.layers, &r.drawing));
        let folded = folds.map(|fold| folded(graph, &self.loops, fold));
        let rated = folded.filter(|f| f.tally.through <= self.through).map(|f| self.drawn(graph, f, true));
        let best = rated.min_by(|a, b| a.rate.total_cmp(&b.rate));
        best.filter(|b| b.rate < self.rated[0].rate).map(|b| b.drawing)
    }

    fn drawn(&self, graph: &LayoutGraph, ordered: Ordered, rated: bool) -> Rated {
        let drawing = finish(graph, &self.loops, &ordered.layers, ordered.proper);
        let rate = if rated { rate(graph, &drawing) } else { 0.0 };
        Rated { rate, drawing, layers: ordered.layers, rows: ordered.rows }
    }

    fn sort(&mut self) {
        self.rated.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    }
}

/// A drawing with what is bad about it, and what it was made from.
#[derive(Default)]
struct Rated {
    rate: f64,
    drawing: Drawing,
    layers: Layers,
    /// The order that was found without layers of labels.
    rows: Vec<Vec<usize>>,
}

/// Layers with an order in them.
struct Ordered {
    layers: Layers,
    /// The order that was found without layers of labels.
    rows: Vec<Vec<usize>>,
    proper: Proper,
    tally: Tally,
}

/// The ways of laying out that are tried: one, or all that suit a small graph.
fn starts(graph: &LayoutGraph, loops: &[Loops], all: bool) -> Vec<Ordered> {
    let flow = p1_cycles::flow_order(graph);
    if graph.groups.len() <= 1 {
        let mut only = layered(graph, &flow, Sharing::Free);
        if !graph.has_former() {
            p3_order::order_further(graph, &mut only.coarse);
            perturb::improve(graph, &mut only.coarse);
        }
        return vec![in_order(graph, loops, only.layers, only.coarse)];
    }
    let nested = p1_cycles::nested_order(graph);
    let bands = bands::assign(graph, &nested, graph.aspect);
    let mut ways = vec![layered(graph, &bands.place, Sharing::Banded(&bands))];
    if all {
        ways.push(layered(graph, &nested, Sharing::Stacked));
        ways.extend([&nested, &flow].map(|order| layered(graph, order, Sharing::Free)));
        if ways.iter().any(|w| w.promising) {
            ways.retain(|w| w.promising);
        }
    }
    ways.into_iter().map(|w| in_order(graph, loops, w.layers, w.coarse)).collect()
}

/// Two components that change their order against a former picture cost as much as so many crossings.
pub(super) const INVERSION: usize = 12;
/// Graphs larger than this (components and connections) are laid out in one way only.
const SEVERAL: usize = 600;
/// Graphs larger than this are folded from the best of the ways only.
const FEW: usize = 150;

/// What is bad about a drawing, as one number: crossings, corners, length, connections against the flow.
fn rate(graph: &LayoutGraph, drawing: &Drawing) -> f64 {
    let shapes = Shapes {
        nodes: drawing.nodes.clone(),
        ends: graph.edges.iter().map(|e| (e.from, e.to)).collect(),
        paths: drawing.paths.iter().map(Vec::as_slice).collect(),
        labels: drawing.labels.clone(),
        down: true,
    };
    let quality = shapes.measure();
    let count = graph.edges.len() as f64;
    let frame = Frame::around(drawing, Direction::Down).size;
    let across = frame.w / frame.h.max(1.0);
    let (aspect, wish) = match graph.direction {
        Direction::Down => (across, graph.aspect),
        Direction::Right => (1.0 / across, 1.0 / graph.aspect),
    };
    let shape = misshapen(aspect, wish, graph.shape_wished);
    let hits = quality.through_nodes + quality.label_hits + quality.overlaps + quality.node_overlaps;
    let moved: Vec<(Point, Point)> = graph
        .nodes
        .iter()
        .zip(&drawing.nodes)
        .filter_map(|(node, r)| node.former.map(|p| (p, Point::new(r.x, r.y))))
        .collect();
    let inversions = INVERSION * inversions(&moved);
    1000.0 * hits as f64 + (quality.crossings + inversions) as f64 + count * (effort(&quality) + shape)
}

/// Layers, ordered as far as they are known without those of labels.
struct Way {
    layers: Layers,
    coarse: Proper,
    promising: bool,
}

/// Phases 1 to 3, without layers of labels.
fn layered(graph: &LayoutGraph, flow: &[usize], sharing: Sharing<'_>) -> Way {
    let reversed = p1_cycles::reversed(graph, flow);
    let layers = p2_layers::assign(graph, &reversed, sharing);
    let mut coarse = proper::build(graph, &layers, false);
    let promising = p3_order::order(graph, &mut coarse, flow);
    Way { layers, coarse, promising }
}

/// The order that won, improved.
fn improved(graph: &LayoutGraph, loops: &[Loops], best: &Rated) -> Option<Ordered> {
    let mut coarse = proper::build(graph, &best.layers, false);
    coarse.rows.clone_from(&best.rows);
    p3_order::order_further(graph, &mut coarse);
    perturb::improve(graph, &mut coarse);
    if coarse.rows == best.rows {
        return None;
    }
    Some(in_order(graph, loops, best.layers.clone(), coarse))
}

/// Phase 3 for layers that were folded.
fn folded(graph: &LayoutGraph, loops: &[Loops], fold: Fold) -> Ordered {
    let mut coarse = proper::build(graph, &fold.layers, false);
    p3_order::order_near(graph, &mut coarse, &fold.places);
    folding::kept(&fold.layers, &mut coarse, |coarse| p3_order::polish(graph, coarse));
    in_order(graph, loops, fold.layers, coarse)
}

/// Phase 3, from the order without layers of labels.
fn in_order(graph: &LayoutGraph, loops: &[Loops], layers: Layers, coarse: Proper) -> Ordered {
    let found = labelled(graph, loops, layers, coarse);
    if sideways::possible(graph, &found.proper, &found.layers.level) {
        return found;
    }
    // Something stands between neighbours: their connections go around it.
    let layers = Layers { level: vec![false; graph.edges.len()], ..found.layers };
    let mut coarse = proper::build(graph, &layers, false);
    p3_order::order_near(graph, &mut coarse, &folding::Places::of(graph, &found.rows));
    labelled(graph, loops, layers, coarse)
}

/// Phase 3, with layers of labels.
fn labelled(graph: &LayoutGraph, loops: &[Loops], layers: Layers, coarse: Proper) -> Ordered {
    let mut proper = proper::build(graph, &layers, true);
    ports::widen(graph, &mut proper);
    for (v, own) in loops.iter().enumerate() {
        let vertex = &mut proper.vertices[v];
        vertex.height = vertex.height.max(own.height);
    }
    let label_layers = proper.thin.clone();
    expand::expand(graph, &coarse, &mut proper, &label_layers);
    let tally = folding::kept(&layers, &mut proper, |proper| p3_order::polish(graph, proper));
    let tally = match tally {
        Some(tally) => tally,
        None => crossings::count(graph, &proper, &Links::of(&proper), &mut Vec::new()),
    };
    let tally = match layers.strip.iter().all(|&s| s == 0) {
        true => {
            let tally = mention::follow(graph, &mut proper, tally);
            rim::clear(graph, &mut proper, tally)
        }
        false => tally,
    };
    let tally = p3_order::grant(graph, &mut proper, tally);
    Ordered { layers, rows: coarse.rows, proper, tally }
}

/// Phases 4 and 5, and the boxes.
fn finish(graph: &LayoutGraph, loops: &[Loops], layers: &Layers, mut proper: Proper) -> Drawing {
    let half: Vec<f64> = proper.vertices.iter().map(|v| v.left).collect();
    for (v, own) in loops.iter().enumerate() {
        proper.vertices[v].right += own.room;
    }
    sideways::widen(graph, &mut proper, &layers.level);
    let mut ports = ports::spread(&proper, &half);
    let across = p4_place::place(graph, &proper, &half, &mut ports);
    let routes = p5_route::route(&proper, &across.x, &ports);
    let along = unfolded(graph, &proper, &routes, &across);
    let plan = Plan {
        graph,
        loops,
        proper: &proper,
        half: &half,
        ports: &ports,
        across: &across,
        routes: &routes,
        along: &along,
        level: &layers.level,
    };
    plan.draw()
}

/// Places along the flow, ranks further apart where the picture would be too flat for a page.
fn unfolded(graph: &LayoutGraph, proper: &Proper, routes: &Routes, across: &Across) -> Along {
    let spacing = &graph.spacing;
    let along = heights::stack(graph, proper, routes, spacing.rank_gap);
    let widest = match graph.direction {
        _ if graph.shape_wished => graph.aspect * NEAR,
        Direction::Down => WIDEST,
        Direction::Right => 1.0 / NARROWEST,
    };
    let reach = |v: usize| (across.x[v] - proper.vertices[v].left, across.x[v] + proper.vertices[v].right);
    let (left, right) = (0..proper.vertices.len())
        .map(reach)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (l, r)| (a.min(l), b.max(r)));
    let missing = (right - left) / widest - along.end;
    if missing <= 0.0 || proper.rows.len() < 2 {
        return along;
    }
    let mut best = along;
    for step in 1..=STRETCH {
        let gap = spacing.rank_gap * (1.0 + 0.5 * f64::from(step));
        best = heights::stack(graph, proper, routes, gap);
        if (right - left) / widest <= best.end {
            break;
        }
    }
    best
}

/// The shapes that pages and screens take, width by height; and how far ranks may be drawn apart to reach them.
const WIDEST: f64 = 1.85;
const NARROWEST: f64 = 0.72;
const NEAR: f64 = 1.15;
const STRETCH: i32 = 6;

struct Plan<'a> {
    graph: &'a LayoutGraph,
    loops: &'a [Loops],
    proper: &'a Proper,
    half: &'a [f64],
    ports: &'a Ports,
    across: &'a Across,
    routes: &'a Routes,
    along: &'a Along,
    level: &'a [bool],
}

impl Plan<'_> {
    fn draw(&self) -> Drawing {
        let nodes: Vec<Rect> = (0..self.graph.nodes.len()).map(|v| self.rect(v, self.half[v])).collect();
        let groups = (0..self.graph.groups.len()).map(|g| self.group(g)).collect();
        let mut paths = Vec::with_capacity(self.graph.edges.len());
        let mut labels = vec![None; self.graph.edges.len()];
        for (e, edge) in self.graph.edges.iter().enumerate() {
            let own = self.loops[edge.from].loops.iter().find(|l| l.edge == e);
            if let Some(own) = own {
                let (path, label) = own.draw(self.graph, &nodes[edge.from]);
                paths.push(path);
                labels[e] = label;
            } else if self.level[e] {
                let (path, label) = sideways::draw(self.graph, e, &nodes);
                paths.push(path);
                labels[e] = label;
            } else {
                paths.push(self.path(e));
                labels[e] = self.label(e);
            }
        }
        Drawing { nodes, groups, paths, labels }
    }

    fn rect(&self, v: usize, half: f64) -> Rect {
        let vertex = &self.proper.vertices[v];
        let (top, thickness) = self.along.layers[vertex.layer];
        let y = top + (thickness - vertex.height) / 2.0;
        Rect::new(self.across.x[v] - half, y, 2.0 * half, vertex.height)
    }

    fn group(&self, g: usize) -> (Rect, Rect) {
        let (left, right) = self.across.borders[g];
        let (top, bottom) = self.along.groups[g];
        let title = self.graph.groups[g].title;
        let size = match self.graph.direction {
            Direction::Down => (title.w, title.h),
            Direction::Right => (title.h, title.w),
        };
        let inset = TITLE_INSET - 2.0;
        let (dx, dy) = match self.graph.direction {
            Direction::Down => (TITLE_INSET, inset),
            Direction::Right => (inset, TITLE_INSET),
        };
        (Rect::new(left, top, right - left, bottom - top), Rect::new(left + dx, top + dy, size.0, size.1))
    }

    fn label(&self, e: usize) -> Option<Rect> {
        let v = *self.proper.paths[e].iter().find(|&&v| self.proper.vertices[v].role == Role::Label(e))?;
        Some(self.rect(v, self.proper.vertices[v].left))
    }

    fn path(&self, e: usize) -> Vec<Point> {
        let (stops, run) = (&self.proper.paths[e], &self.proper.runs[e]);
        let mut points: Vec<Point> = Vec::with_capacity(2 * run.len() + 2);
        for (k, &s) in run.iter().enumerate() {
            let segment = &self.proper.segments[s];
            let mut piece = self.piece(s);
            if stops[k] != segment.upper {
                piece.reverse();
            }
            points.extend(piece);
        }
        tidy(points)
    }

    /// The points of a segment, from above.
    fn piece(&self, s: usize) -> Vec<Point> {
        let segment = &self.proper.segments[s];
        let (upper, lower) = (&self.proper.vertices[segment.upper], &self.proper.vertices[segment.lower]);
        let top = self.across.x[segment.upper] + self.ports.upper[s];
        let bottom = self.across.x[segment.lower] + self.ports.lower[s];
        let line =
            |slot: usize| self.along.first_slot[upper.layer] + slot as f64 * self.graph.spacing.edge_gap;
        let mut points = Vec::new();
        if !matches!(upper.role, Role::Turn(_)) {
            let from = match upper.role {
                Role::Node(_) => self.rect(segment.upper, 0.0).bottom(),
                _ => self.along.layers[upper.layer].0,
            };
            points.push(Point::new(top, from));
        }
        match self.routes.courses[s] {
            Course::Straight => {}
            Course::Run(slot) => {
                let y = line(slot);
                if matches!(upper.role, Role::Turn(_)) {
                    points.push(Point::new(bottom, y));
                } else if matches!(lower.role, Role::Turn(_)) {
                    points.push(Point::new(top, y));
                } else {
                    points.extend([Point::new(top, y), Point::new(bottom, y)]);
                }
            }
            Course::Dogleg(first, at, second) => {
                let (a, b) = (line(first), line(second));
                points.extend([
                    Point::new(top, a),
                    Point::new(at, a),
                    Point::new(at, b),
                    Point::new(bottom, b),
                ]);
            }
        }
        if !matches!(lower.role, Role::Turn(_)) {
            let to = match lower.role {
                Role::Node(_) => self.rect(segment.lower, 0.0).y,
                _ => self.along.layers[lower.layer].0,
            };
            points.push(Point::new(bottom, to));
        }
        points
    }
}

/// Drops points that say nothing: doubles and those on a straight line.
fn tidy(points: Vec<Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        if out.last().is_some_and(|q| (q.x - p.x).abs() < 0.01 && (q.y - p.y).abs() < 0.01) {
            continue;
        }
        while out.len() >= 2 {
            let (a, b) = (out[out.len() - 2], out[out.len() - 1]);
            let straight = ((a.x - b.x).abs() < 0.01 && (b.x - p.x).abs() < 0.01)
                || ((a.y - b.y).abs() < 0.01 && (b.y - p.y).abs() < 0.01);
            if !straight {
                break;
            }
            out.pop();
        }
        out.push(p);
    }
    out
}
