//! The second engine: the crate `layout-rs`, for small flat graphs.
//!
//! Takes an architecture without groups; gives boxes and straight or broken paths. It is here to compare with; labels
//! stand at the middle of their path, and nothing keeps them apart.

use ::layout::core::base::Orientation;
use ::layout::core::format::RenderBackend;
use ::layout::core::geometry::Point as Spot;
use ::layout::core::style::StyleAttr;
use ::layout::std_shapes::shapes::{Arrow, Element, ShapeKind};
use ::layout::topo::layout::VisualGraph;

use super::arrangement::{Arrangement, NodeBox, Route};
use super::{LayoutError, page};
use crate::geometry::{Point, Rect, Size};
use crate::model::{Architecture, ComponentIndex, ConnectionIndex, Direction};
use crate::style::Style;

/// More components than this take the crate minutes.
pub(super) const MAX_COMPONENTS: usize = 100;

/// Arranges a small flat architecture.
///
/// # Errors
/// When there are groups, or too many components.
pub(super) fn arrange(
    architecture: &Architecture,
    style: &Style,
    direction: Direction,
) -> Result<Arrangement, LayoutError> {
    if !architecture.groups().is_empty() {
        return Err(LayoutError::Unsupported(
            "the engine layout-rs cannot draw groups; use the layered engine",
        ));
    }
    super::check("components (layout-rs)", architecture.component_count(), MAX_COMPONENTS)?;
    let mut arrangement = page::blank(architecture, direction);
    if architecture.component_count() == 0 {
        return Ok(arrangement);
    }
    let orientation = match direction {
        Direction::Right => Orientation::LeftToRight,
        Direction::Down => Orientation::TopToBottom,
    };
    let mut graph = VisualGraph::new(orientation);
    let faces = style.faces(architecture);
    let handles: Vec<_> = faces
        .iter()
        .map(|face| {
            let shape = ShapeKind::new_box("");
            let size = Spot::new(face.size.w, face.size.h);
            graph.add_node(Element::create(shape, StyleAttr::simple(), orientation, size))
        })
        .collect();
    for c in architecture.connections().filter(|c| c.from != c.to) {
        graph.add_edge(Arrow::simple(""), handles[c.from.index()], handles[c.to.index()]);
    }
    graph.do_it(false, false, false, &mut Ignore);
    let margin = style.spacing.margin;
    let raw: Vec<Rect> = handles
        .iter()
        .zip(&faces)
        .map(|(&h, face)| {
            let at = graph.pos(h).center();
            Rect::new(at.x - face.size.w / 2.0, at.y - face.size.h / 2.0, face.size.w, face.size.h)
        })
        .collect();
    let (left, top) = raw.iter().fold((f64::INFINITY, f64::INFINITY), |(x, y), r| (x.min(r.x), y.min(r.y)));
    for (v, r) in raw.iter().enumerate() {
        let rect = page::rounded(&r.moved(margin - left, margin - top));
        arrangement.nodes[v] = NodeBox { component: ComponentIndex::new(v), rect };
    }
    let marks = architecture.step_marks();
    for c in architecture.connections() {
        let (a, b) = (arrangement.nodes[c.from.index()].rect, arrangement.nodes[c.to.index()].rect);
        let points = if c.from == c.to { around(&a, margin) } else { between(&a, &b) };
        let label = style.label(&c, &marks[c.index.index()]).map(|l| centred(&points, l.size));
        let connection = ConnectionIndex::new(c.index.index());
        arrangement.routes[c.index.index()] = Route { connection, points, label, trunk: None };
    }
    arrangement.canvas = page::canvas(&arrangement, margin);
    Ok(arrangement)
}

/// The straight line between two centres, cut at the borders.
fn between(a: &Rect, b: &Rect) -> Vec<Point> {
    let cut = |r: &Rect, to: Point| {
        let c = r.center();
        let (dx, dy) = (to.x - c.x, to.y - c.y);
        let scale = (r.w / 2.0 / dx.abs().max(0.001)).min(r.h / 2.0 / dy.abs().max(0.001)).min(0.5);
        page::tenth_point(Point::new(c.x + dx * scale, c.y + dy * scale))
    };
    vec![cut(a, b.center()), cut(b, a.center())]
}

fn around(r: &Rect, reach: f64) -> Vec<Point> {
    let (x, y) = (r.right(), r.center().y);
    [(x, y - 8.0), (x + reach / 2.0, y - 8.0), (x + reach / 2.0, y + 8.0), (x, y + 8.0)]
        .into_iter()
        .map(|(x, y)| page::tenth_point(Point::new(x, y)))
        .collect()
}

fn centred(points: &[Point], size: Size) -> Rect {
    let (a, b) = (points[0], points[points.len() - 1]);
    let middle = Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
    let (x, y) = ((middle.x - size.w / 2.0).max(0.0), (middle.y - size.h / 2.0).max(0.0));
    page::rounded(&Rect::new(x, y, size.w, size.h))
}

/// The crate places while it draws; what it draws is not wanted.
struct Ignore;

impl RenderBackend for Ignore {
    fn draw_rect(
        &mut self,
        _: Spot,
        _: Spot,
        _: &StyleAttr,
        _: Option<String>,
        _: Option<::layout::core::format::ClipHandle>,
    ) {
    }
    fn draw_line(&mut self, _: Spot, _: Spot, _: &StyleAttr, _: Option<String>) {}
    fn draw_circle(&mut self, _: Spot, _: Spot, _: &StyleAttr, _: Option<String>) {}
    fn draw_text(&mut self, _: Spot, _: &str, _: &StyleAttr) {}
    fn draw_arrow(
        &mut self,
        _: &[(Spot, Spot)],
        _: bool,
        _: (bool, bool),
        _: &StyleAttr,
        _: Option<String>,
        _: &str,
    ) {
    }
    fn create_clip(&mut self, _: Spot, _: Spot, _: usize) -> ::layout::core::format::ClipHandle {
        0
    }
}
