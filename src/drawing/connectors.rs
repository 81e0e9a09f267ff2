//! Connections: rounded polylines from outline to outline, one arrowhead, hops where they cross, labels on plates.

use super::crossings::{Hop, Hops};
use super::marks;
use super::nodes::{self, Silhouette};
use super::paint::Paint;
use super::path::{Pen, towards};
use super::scene::{Anchor, Ink, Part};
use super::shapes::{Side, gap};
use super::{Canvas, groups, words};
use crate::geometry::{Point, Rect};
use crate::layout::{GroupBox, Route};
use crate::model::{ConnectionRef, Mode};
use crate::style::{LABEL_LINE, LABEL_TEXT, LabelFace, TEXT};

/// Length and half width of an arrowhead.
const HEAD: f64 = 9.0;
const HALF_HEAD: f64 = 4.2;
/// Radius of the ring at the tail of an assumed connection.
const RING: f64 = 3.0;
/// Radius of a hop over another connection.
pub(super) const HOP: f64 = 5.0;

/// The corner points of a connection, drawn on to the outlines of both ends.
pub(super) fn path(route: &Route, from: &Silhouette, to: &Silhouette) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(route.points.len());
    for &p in &route.points {
        if points.last().is_none_or(|q| q.distance(p) > 0.05) {
            points.push(p);
        }
    }
    if points.len() < 2 {
        return points;
    }
    let last = points.len() - 1;
    points[0] = reach(points[0], points[1], from);
    points[last] = reach(points[last], points[last - 1], to);
    points
}

/// Moves an end on the box inwards to the outline, straight on.
fn reach(end: Point, next: Point, on: &Silhouette) -> Point {
    let r = on.rect;
    let upright = (end.x - next.x).abs() < 0.1;
    let level = (end.y - next.y).abs() < 0.1;
    let near = |a: f64, b: f64| (a - b).abs() < 1.0;
    let depth = |side, along| gap(on.shape, r.size(), side, along, on.text);
    if level && near(end.x, r.x) && next.x <= end.x {
        end.moved(depth(Side::Left, end.y - r.y), 0.0)
    } else if level && near(end.x, r.right()) && next.x >= end.x {
        end.moved(-depth(Side::Right, end.y - r.y), 0.0)
    } else if upright && near(end.y, r.y) && next.y <= end.y {
        end.moved(0.0, depth(Side::Top, end.x - r.x))
    } else if upright && near(end.y, r.bottom()) && next.y >= end.y {
        end.moved(0.0, -depth(Side::Bottom, end.x - r.x))
    } else {
        end
    }
}

/// Draws a connection along its corner points; its mark of change keeps off the labels.
pub(super) fn draw(
    connection: &ConnectionRef<'_>,
    points: &[Point],
    hops: &Hops,
    labels: &[Rect],
    canvas: &Canvas<'_>,
) -> Option<Ink> {
    let (&tip, &before) = (points.last()?, points.iter().nth_back(1)?);
    let assumed = connection.origin.is_assumed();
    let change = canvas.options.marks.connections.get(&connection.index).copied();
    let asynchronous = connection.mode == Mode::Async;
    let (paint, tip_paint) = match change {
        Some(change) => (Paint::ChangeEdge(asynchronous, change), Paint::ChangeHead(change)),
        None => (Paint::Edge(asynchronous, assumed), Paint::Head(assumed)),
    };
    // The line stops inside the head, so that its square end never shows beside the tip.
    let neck = towards_exact(tip, before, HEAD - 1.0);
    let mut stroked = points.to_vec();
    if let Some(end) = stroked.last_mut() {
        *end = neck;
    }
    let mut ink = vec![
        Ink::Path { paint, d: stroke(&stroked, hops.of(connection.index.index()), canvas).into() },
        Ink::Path { paint: tip_paint, d: head(tip, before).into() },
    ];
    if let Some(change) = change {
        ink.extend(marks::place(points, labels).into_iter().flat_map(|at| marks::sign(change, at)));
    } else if assumed {
        // Wholly outside the box it leaves.
        let (&tail, &next) = (points.first()?, points.get(1)?);
        ink.push(Ink::Circle { paint: Paint::Ring, center: towards(tail, next, RING), radius: RING });
    }
    let a = canvas.architecture;
    let mut data = vec![
        ("from", a.at(connection.from).id.to_string()),
        ("to", a.at(connection.to).id.to_string()),
        ("mode", connection.mode.word().to_owned()),
    ];
    if let Some(change) = change {
        data.push(("change", change.word().to_owned()));
    }
    if connection.origin.why().is_some() {
        data.push(("origin", connection.origin.word().to_owned()));
    }
    Some(Ink::Part(Part {
        data,
        tooltip: words::connection_tooltip(a, connection, canvas.options),
        ink,
        ..Part::default()
    }))
}

fn stroke(points: &[Point], hops: &[Hop], canvas: &Canvas<'_>) -> String {
    let hand = canvas.options.theme.lines.hand_drawn;
    let corner = canvas.style.spacing.corner;
    let mut pen = Pen::new(hand);
    for (i, &p) in points.iter().enumerate() {
        if i == 0 {
            pen = pen.move_to(p.x, p.y);
            continue;
        }
        for hop in hops.iter().filter(|h| h.segment == i - 1) {
            let (enter, leave) = if hop.rightwards { (-hop.half, hop.half) } else { (hop.half, -hop.half) };
            pen = pen.line_to(hop.x + enter, p.y);
            pen = pen.arc_to(hop.half, HOP, hop.rightwards, hop.x + leave, p.y);
        }
        pen = match points.get(i + 1) {
            Some(&next) => {
                // The same radius on both sides of a corner, whatever the shorter one allows.
                let radius = corner.min(p.distance(points[i - 1]) / 2.0).min(p.distance(next) / 2.0);
                let (enter, leave) = (towards(p, points[i - 1], radius), towards(p, next, radius));
                pen.line_to(enter.x, enter.y).curve_to(p, leave.x, leave.y)
            }
            None => pen.line_to(p.x, p.y),
        };
    }
    pen.done()
}

/// An arrowhead with its tip at a point, coming from another.
pub(super) fn head(tip: Point, from: Point) -> String {
    let length = tip.distance(from).max(0.001);
    let (ux, uy) = ((tip.x - from.x) / length, (tip.y - from.y) / length);
    let (bx, by) = (tip.x - ux * HEAD, tip.y - uy * HEAD);
    let (sx, sy) = (-uy * HALF_HEAD, ux * HALF_HEAD);
    Pen::new(false).move_to(tip.x, tip.y).line_to(bx + sx, by + sy).line_to(bx - sx, by - sy).close().done()
}

fn towards_exact(from: Point, to: Point, by: f64) -> Point {
    let length = from.distance(to);
    let t = if length > 0.0 { (by / length).min(0.9) } else { 0.0 };
    Point::new(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t)
}

/// Draws a label: plate where the line runs under it, step marks, text.
pub(super) fn label(
    connection: &ConnectionRef<'_>,
    face: &LabelFace,
    place: Rect,
    points: &[Point],
    around: &[GroupBox],
    canvas: &Canvas<'_>,
) -> Ink {
    let mut ink = Vec::new();
    if points.windows(2).any(|s| bounds(s[0], s[1]).overlaps(&place)) {
        let inner = around.iter().rfind(|g| g.rect.contains(place.center()));
        let paint = Paint::Plate(inner.map(|g| groups::level(g.depth, canvas)));
        ink.push(Ink::Box { paint, rect: place, radius: 4.0 });
    }
    inscribe(&mut ink, &face.marks, &face.lines, place, canvas);
    let a = canvas.architecture;
    // Not `data-from`: tools count connections by that.
    let edge = format!("{}>{}", a.at(connection.from).id, a.at(connection.to).id);
    Ink::Part(Part { data: vec![("edge", edge)], ink, ..Part::default() })
}

/// Sets step marks and lines of text in the place of a label.
pub(super) fn inscribe(
    ink: &mut Vec<Ink>,
    marks: &[String],
    lines: &[String],
    place: Rect,
    canvas: &Canvas<'_>,
) {
    let top = place.y + LABEL_TEXT.pad_y;
    let mut x = nodes::discs(ink, marks, place.x + LABEL_TEXT.pad_x, top, canvas);
    if !marks.is_empty() {
        x += 3.0;
    }
    for (i, line) in lines.iter().enumerate() {
        let y = top + LABEL_LINE * (i as f64 + 0.5) + TEXT.label * 0.36;
        let at = Point::new(x, y);
        ink.push(Ink::Text { paint: Paint::Label, at, anchor: Anchor::Start, text: line.clone() });
    }
}

/// The box around a segment, grown by a hair so that it has an inside.
fn bounds(a: Point, b: Point) -> Rect {
    Rect::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs()).grown(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Shape;

    #[test]
    fn ends_reach_the_outline_and_heads_point_on() {
        let rect = Rect::new(100.0, 0.0, 120.0, 74.0);
        let person = Silhouette { shape: Shape::Person, rect, text: 60.0 };
        let end = reach(Point::new(100.0, 26.0), Point::new(50.0, 26.0), &person);
        assert_eq!(end, Point::new(134.0, 26.0));
        assert_eq!(head(Point::new(10.0, 0.0), Point::new(0.0, 0.0)), "M10 0L1 4.2V-4.2Z");
    }
}
