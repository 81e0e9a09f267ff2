//! Phases 4 and 5 of the layered engine (Sugiyama, Tagawa, Toda 1981), and what comes of them.
//!
//! Takes ordered layers; gives boxes and paths, the flow running downwards from (0, 0).

use super::arrangement::End;
use super::evenness;
use super::graph::LayoutGraph;
use super::heights::{self, Along};
use super::loops::Loops;
use super::p2_layers::Layers;
use super::p4_place::{self, Across, TITLE_INSET};
use super::p5_route::{self, Course, Routes};
use super::ports::Ports;
use super::proper::{Proper, Role};
use super::{sideways, trunk_labels};
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
    /// The end at which a connection shares its line with others.
    pub(super) trunks: Vec<Option<End>>,
    /// How much further apart across the flow everything stands than it must.
    pub(super) apart: f64,
}

/// Phases 4 and 5, and the boxes.
pub(super) fn finish(graph: &LayoutGraph, loops: &[Loops], layers: &Layers, mut proper: Proper) -> Drawing {
    evenness::along(graph, &mut proper);
    let mut ports = Ports::new(graph, &proper);
    ports.widen(&mut proper, graph.nodes.len());
    let half: Vec<f64> = proper.vertices.iter().map(|v| v.left).collect();
    for (v, own) in loops.iter().enumerate() {
        proper.vertices[v].right += own.room;
    }
    sideways::widen(graph, &mut proper, &layers.level);
    ports.spread(&proper, &half);
    let mut across = p4_place::place(graph, &proper, &half, &mut ports);
    let mut routes = p5_route::route(graph, &proper, &across, &ports);
    let mut along = unfolded(graph, &proper, &routes, &across);
    let mut apart = 1.0;
    if let Some(factor) = too_narrow(graph, &proper, &across, &along) {
        apart = factor;
        across = p4_place::stretched(graph, &proper, &half, &mut ports, (&across, factor));
        routes = p5_route::route(graph, &proper, &across, &ports);
        along = unfolded(graph, &proper, &routes, &across);
    }
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
    Drawing { apart, ..plan.draw() }
}

/// Places along the flow, ranks further apart where the picture would be too flat for a page.
fn unfolded(graph: &LayoutGraph, proper: &Proper, routes: &Routes, across: &Across) -> Along {
    let spacing = &graph.spacing;
    let along = heights::stack(graph, proper, routes, (spacing.rank_gap, 0.0));
    let widest = match graph.direction {
        _ if graph.shape_wished => graph.aspect * NEAR,
        Direction::Down => WIDEST,
        Direction::Right => 1.0 / NARROWEST,
    };
    let width = width(proper, across);
    let missing = width / widest - along.end;
    if missing <= 0.0 || proper.rows.len() < 2 {
        return along;
    }
    let mut best = along;
    for step in 1..=STRETCH {
        let gap = spacing.rank_gap * (1.0 + 0.5 * f64::from(step));
        best = heights::stack(graph, proper, routes, (gap, 0.0));
        if width / widest <= best.end {
            return best;
        }
    }
    // Channels full of runs are as high already.
    let more = (width / widest - best.end) / (proper.rows.len() - 1) as f64;
    if more > spacing.rank_gap {
        return best;
    }
    heights::stack(graph, proper, routes, (spacing.rank_gap * (1.0 + 0.5 * f64::from(STRETCH)), more))
}

/// How far everything reaches across the flow.
fn width(proper: &Proper, across: &Across) -> f64 {
    let reach = |v: usize| (across.x[v] - proper.vertices[v].left, across.x[v] + proper.vertices[v].right);
    let (left, right) = (0..proper.vertices.len())
        .map(reach)
        .chain(across.borders.iter().skip(1).copied())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (l, r)| (a.min(l), b.max(r)));
    right - left
}

/// How much further apart across the flow everything should stand where the picture would be a little too long for a page.
fn too_narrow(graph: &LayoutGraph, proper: &Proper, across: &Across, along: &Along) -> Option<f64> {
    let least = match graph.direction {
        _ if graph.shape_wished => graph.aspect / NEAR,
        Direction::Down => NARROWEST,
        Direction::Right => 1.0 / WIDEST,
    };
    let width = width(proper, across);
    let factor = least * along.end / width.max(1.0);
    let long = along.end > LONG || graph.shape_wished;
    (long && 1.0 < factor && factor <= APART).then_some(factor * AIM)
}

/// Nothing is drawn further apart across the flow than by this, and no picture that is not longer than this.
const APART: f64 = 1.2;
/// The shape may lose a little when runs are laid anew.
const AIM: f64 = 1.03;
const LONG: f64 = 800.0;
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
        let trunks = self.ports.trunks.ends(self.proper);
        let mut drawing = Drawing { nodes, groups, paths, labels, trunks, apart: 1.0 };
        trunk_labels::say_once(self.graph, self.proper, &self.ports.trunks, &mut drawing);
        drawing
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
