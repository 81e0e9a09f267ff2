//! From the engine's frame to the page.
//!
//! Takes an architecture and a direction; lays out each part, packs the parts, turns pictures that read to the right,
//! adds the margin and rounds: the one place where coordinates become final.

use super::arrangement::{Arrangement, GroupBox, NodeBox, Notice, Route};
use super::former::Former;
use super::graph::{LayoutGraph, Shape};
use super::layered::Drawing;
use super::quality::{Quality, quality};
use super::ways::{self, Laid};
use super::{packing, wishes};
use crate::geometry::{Point, Rect, Size};
use crate::model::{Architecture, ComponentIndex, ConnectionIndex, Direction};
use crate::style::Style;

/// An architecture laid out to read in a direction, part by part.
pub(super) struct Page<'a> {
    architecture: &'a Architecture,
    style: &'a Style,
    direction: Direction,
    shape: Shape,
    /// Groups that are not drawn.
    empty: Vec<usize>,
    parts: Vec<(LayoutGraph, Laid)>,
}

impl<'a> Page<'a> {
    /// Lays out every part.
    pub(super) fn lay(
        architecture: &'a Architecture,
        style: &'a Style,
        direction: Direction,
        shape: Shape,
        former: Option<&Former>,
    ) -> Self {
        let (mut graph, empty) = LayoutGraph::measure(architecture, style, direction, shape);
        if let Some(former) = former {
            graph.remember(architecture, former);
        }
        let laid = |part: LayoutGraph| {
            let laid = ways::lay(&part);
            (part, laid)
        };
        let parts = packing::split(&graph).into_iter().map(laid).collect();
        Self { architecture, style, direction, shape, empty, parts }
    }

    /// The picture as it came out.
    pub(super) fn plain(&self) -> Arrangement {
        self.compose(&self.parts.iter().map(|(_, laid)| laid.drawing()).collect::<Vec<_>>())
    }

    /// Width by height of the picture as it came out, had nothing been drawn apart to reach that shape.
    pub(super) fn natural(&self, plain: &Arrangement) -> f64 {
        let apart = self.parts.iter().map(|(_, laid)| laid.drawing().apart).fold(1.0, f64::max);
        let aspect = plain.canvas.w / plain.canvas.h.max(1.0);
        if self.direction == Direction::Down { aspect / apart } else { aspect * apart }
    }

    /// The picture with what is too long or too wide folded.
    pub(super) fn folded(&self) -> Arrangement {
        let folded: Vec<Option<Drawing>> = self.parts.iter().map(|(part, laid)| laid.folded(part)).collect();
        let drawings = folded.iter().zip(&self.parts);
        self.compose(&drawings.map(|(f, (_, laid))| f.as_ref().unwrap_or(laid.drawing())).collect::<Vec<_>>())
    }

    fn compose(&self, drawings: &[&Drawing]) -> Arrangement {
        let mut arrangement = blank(self.architecture, self.direction);
        for &g in &self.empty {
            let label = &self.architecture.groups()[g].label;
            let message = format!("The group “{label}” has no members and is not drawn.");
            arrangement.notices.push(Notice { message });
        }
        let frames: Vec<Frame> = drawings.iter().map(|d| Frame::around(d, self.direction)).collect();
        let sizes: Vec<Size> = frames.iter().map(|f| f.size).collect();
        let gap = 2.0 * self.style.spacing.node_gap;
        let places = packing::shelves(&sizes, gap, self.shape.aspect);
        let margin = self.style.spacing.margin;
        for ((((part, _), drawing), frame), place) in
            self.parts.iter().zip(drawings).zip(&frames).zip(&places)
        {
            let turn = frame.turn(self.direction, place.moved(margin, margin));
            insert(&mut arrangement, part, drawing, &turn);
            let (right, bottom) = (place.x + frame.size.w, place.y + frame.size.h);
            let (w, h) = (tenth(right + 2.0 * margin), tenth(bottom + 2.0 * margin));
            arrangement.canvas = Size::new(arrangement.canvas.w.max(w), arrangement.canvas.h.max(h));
        }
        arrangement.groups.sort_by_key(|g| (g.depth, g.group));
        arrangement.notices.extend(wishes::unmet(self.architecture, &arrangement));
        arrangement
    }
}

/// An arrangement with no places yet.
pub(super) fn blank(architecture: &Architecture, direction: Direction) -> Arrangement {
    let nodes = (0..architecture.component_count())
        .map(|v| NodeBox { component: ComponentIndex::new(v), rect: Rect::default() })
        .collect();
    let routes = (0..architecture.connection_count())
        .map(|e| Route { connection: ConnectionIndex::new(e), points: Vec::new(), label: None, trunk: None })
        .collect();
    Arrangement { direction, nodes, routes, ..Arrangement::default() }
}

fn insert(
    arrangement: &mut Arrangement,
    part: &LayoutGraph,
    drawing: &Drawing,
    turn: &impl Fn(Point) -> Point,
) {
    let rect = |r: &Rect| {
        let (a, b) = (turn(Point::new(r.x, r.y)), turn(Point::new(r.right(), r.bottom())));
        Rect::new(tenth(a.x), tenth(a.y), tenth(tenth(b.x) - tenth(a.x)), tenth(tenth(b.y) - tenth(a.y)))
    };
    for (k, r) in drawing.nodes.iter().enumerate() {
        arrangement.nodes[part.node_origin[k]].rect = rect(r);
    }
    for (nest, (r, title)) in part.groups.iter().zip(&drawing.groups).skip(1) {
        arrangement.groups.push(GroupBox {
            group: nest.origin,
            depth: nest.depth - 1,
            rect: rect(r),
            title: rect(title),
        });
    }
    for (k, path) in drawing.paths.iter().enumerate() {
        let route = &mut arrangement.routes[part.edge_origin[k]];
        route.points = path
            .iter()
            .map(|&p| {
                let p = turn(p);
                Point::new(tenth(p.x), tenth(p.y))
            })
            .collect();
        route.label = drawing.labels[k].as_ref().map(rect);
        route.trunk = drawing.trunks[k];
    }
}

/// The place and size of a drawing in the engine's frame and on the page.
pub(super) struct Frame {
    origin: Point,
    pub(super) size: Size,
}

impl Frame {
    pub(super) fn around(drawing: &Drawing, direction: Direction) -> Self {
        let mut whole: Option<Rect> = None;
        let mut add = |r: Rect| whole = Some(whole.map_or(r, |w| w.union(&r)));
        drawing.nodes.iter().for_each(|r| add(*r));
        drawing.groups.iter().skip(1).for_each(|(r, _)| add(*r));
        drawing.labels.iter().flatten().for_each(|r| add(*r));
        drawing.paths.iter().flatten().for_each(|p| add(Rect::new(p.x, p.y, 0.0, 0.0)));
        let whole = whole.unwrap_or_default();
        let size = match direction {
            Direction::Down => whole.size(),
            Direction::Right => Size::new(whole.h, whole.w),
        };
        Self { origin: Point::new(whole.x, whole.y), size }
    }

    fn turn(&self, direction: Direction, to: Point) -> impl Fn(Point) -> Point {
        let origin = self.origin;
        move |p| {
            let (x, y) = (p.x - origin.x, p.y - origin.y);
            match direction {
                Direction::Down => Point::new(to.x + x, to.y + y),
                Direction::Right => Point::new(to.x + y, to.y + x),
            }
        }
    }
}

/// The box with rounded corners.
pub(super) fn rounded(r: &Rect) -> Rect {
    let (x, y) = (tenth(r.x), tenth(r.y));
    Rect::new(x, y, tenth(tenth(r.right()) - x), tenth(tenth(r.bottom()) - y))
}

/// The point on the grid of tenths.
pub(super) fn tenth_point(p: Point) -> Point {
    Point::new(tenth(p.x), tenth(p.y))
}

/// The canvas around everything.
pub(super) fn canvas(arrangement: &Arrangement, margin: f64) -> Size {
    let points = arrangement.routes.iter().flat_map(|r| r.points.iter().map(|p| (p.x, p.y)));
    let labels = arrangement.routes.iter().filter_map(|r| r.label.map(|l| (l.right(), l.bottom())));
    let nodes = arrangement.nodes.iter().map(|n| (n.rect.right(), n.rect.bottom()));
    let (w, h) =
        points.chain(labels).chain(nodes).fold((0.0f64, 0.0f64), |(w, h), (x, y)| (w.max(x), h.max(y)));
    Size::new(tenth(w + margin), tenth(h + margin))
}

/// Rounds to a tenth of a pixel.
fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// How far a shape (width by height) is from a wished one; 1 is best.
pub(super) fn strain(aspect: f64, wished: f64) -> f64 {
    let ratio = (aspect / wished).max(0.001);
    ratio.max(1.0 / ratio)
}

/// What is bad about a picture, for each connection: crossings, corners, length, running against the flow, the shape.
pub(super) fn price(
    architecture: &Architecture,
    arrangement: &Arrangement,
    shape: Shape,
    former: bool,
) -> f64 {
    let quality = quality(architecture, arrangement);
    let count = architecture.connection_count().max(1) as f64;
    quality.crossings as f64 / count
        + effort(&quality)
        + misshapen(quality.aspect, shape.aspect, shape.wished, (if former { 0.0 } else { OUTSIDE }, 1.0))
}

/// The part of a price that every connection bears on average.
pub(super) fn effort(quality: &Quality) -> f64 {
    quality.bends + 0.5 * quality.length + 6.0 * (1.0 - quality.flow)
}

/// The price of a shape on the page: up to the bounds of good pages nothing, unless the caller wishes for a shape.
///
/// Shapes that fill no page at all cost more, beyond what can be `spared` by drawing everything apart.
fn misshapen(aspect: f64, wish: f64, wished: bool, (outside, spared): (f64, f64)) -> f64 {
    if wished {
        return 12.0 * (strain(aspect, wish) - 1.1).max(0.0);
    }
    let beyond = |low: f64, high: f64| (low / aspect.max(0.001)).max(aspect / high).max(1.0) - 1.0;
    6.0 * beyond(TALL, WIDE) + outside * beyond(TALLEST / spared, FLAT * spared)
}

/// The shape that a graph should get on the page, seen from the engine's frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    down: bool,
    aspect: f64,
    wished: bool,
    /// What it costs to fill no page: nobody prints the largest pictures on one, and a former
    /// picture has its shape.
    outside: f64,
}

impl Wanted {
    pub(super) fn of(graph: &LayoutGraph) -> Self {
        let down = graph.direction == Direction::Down;
        let aspect = if down { graph.aspect } else { 1.0 / graph.aspect };
        let free = graph.nodes.len() + graph.edges.len() > ways::SEVERAL || graph.has_former();
        Self { down, aspect, wished: graph.shape_wished, outside: if free { 0.0 } else { OUTSIDE } }
    }

    /// How much more across the flow there is for one along it than the nearest shape that fills a page; none where it fills one.
    pub(super) fn excess(self, across: f64) -> Option<f64> {
        if self.wished {
            return None;
        }
        let (low, high) = if self.down { (TALLEST, WIDEST) } else { (1.0 / WIDEST, 1.0 / TALLEST) };
        let fits = across.clamp(low - HAIR, high + HAIR);
        (fits != across).then(|| across / across.clamp(low, high))
    }

    /// The price of so much across the flow for one along it, for each connection.
    pub(super) fn price(self, across: f64) -> f64 {
        self.misshapen(across, 1.0)
    }

    /// The same before it is drawn.
    pub(super) fn foreseen(self, across: f64) -> f64 {
        self.misshapen(across, SPARED)
    }

    fn misshapen(self, across: f64, spared: f64) -> f64 {
        let aspect = if self.down { across } else { 1.0 / across };
        misshapen(aspect, self.aspect, self.wished, (self.outside, spared))
    }
}

/// Shapes between these, width by height, are good for a page.
const TALL: f64 = 0.8;
const WIDE: f64 = 1.8;
/// Shapes beyond these fill no page well, and cost so much more.
const TALLEST: f64 = 0.72;
const WIDEST: f64 = 1.88;
const OUTSIDE: f64 = 24.0;
/// Title and legend stand above and below: what is a little too wide comes right with them.
const FLAT: f64 = 2.3;
/// How much better a shape gets by drawing everything apart.
const SPARED: f64 = 1.1;
const HAIR: f64 = 0.02;
