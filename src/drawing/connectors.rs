//! Connections: rounded polylines from outline to outline, one arrowhead, hops where they cross, labels on plates.

use super::crossings::{GAP, Gap, Hop, Met};
use super::marks;
use super::nodes::{self, Silhouette};
use super::paint::Paint;
use super::path::{Pen, number, towards};
use super::scene::{Anchor, Ink, Part, baseline};
use super::shapes::{Side, gap};
use super::{Canvas, groups, words};
use crate::geometry::{Point, Rect};
use crate::layout::{End, GroupBox, Route};
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

/// What stands at a connection, and where.
pub(super) struct Lettering<'a> {
    pub(super) face: LabelFace,
    pub(super) place: Rect,
    /// The groups it may lie in.
    pub(super) ground: &'a [GroupBox],
}

/// Draws a connection along its corner points, with its label and a gap where that stands; its mark of change keeps off
/// all labels.
pub(super) fn draw(
    connection: &ConnectionRef<'_>,
    (points, trunk): (&[Point], Option<End>),
    met: &Met,
    lettering: Option<&Lettering<'_>>,
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
    // What shares a line begins its dashes at one end with it.
    let backwards = asynchronous && trunk != Some(End::Source);
    let stroked = shaft(points, backwards);
    let gap = lettering.map(|l| l.place).filter(|place| can_part(points, *place, canvas));
    let met = if backwards { &met.backwards(stroked.len()) } else { met };
    let mut ink = vec![
        Ink::Path { paint, d: stroke(&stroked, met, gap, canvas).into() },
        Ink::Path { paint: tip_paint, d: head(tip, before).into() },
    ];
    if let Some(change) = change {
        ink.extend(marks::place(points, labels).into_iter().flat_map(|at| marks::sign(change, at)));
    } else if assumed {
        // Wholly outside the box it leaves.
        let (&tail, &next) = (points.first()?, points.get(1)?);
        ink.push(Ink::Circle { paint: Paint::Ring, center: towards(tail, next, RING), radius: RING });
    }
    if let Some(Lettering { face, place, ground }) = lettering {
        ink.extend(label(face, *place, points, ground, canvas));
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

/// The points of a connection's line: it stops inside the head, so that its square end never shows beside the tip. A
/// dashed one begins there, so that a whole dash meets the head and none stands off it.
pub(super) fn shaft(points: &[Point], dashed: bool) -> Vec<Point> {
    let mut points = points.to_vec();
    if let [.., before, tip] = points.as_mut_slice() {
        *tip = towards_exact(*tip, *before, HEAD - 1.0);
    }
    if dashed {
        points.reverse();
    }
    points
}

/// What interrupts a straight stretch: nothing is drawn between two points, or a bridge.
enum Break {
    Gap(Point, Point),
    Bridge(Hop),
}

/// The breaks of a stretch in the order in which they are met; `label` lies on a single stretch.
fn breaks(number: usize, (from, to): (Point, Point), met: &Met, label: Option<Rect>) -> Vec<Break> {
    let mut found: Vec<(f64, Break)> = Vec::new();
    if let Some((a, b)) = label.and_then(|place| part(from, to, place)) {
        found.push((from.distance(a), Break::Gap(a, b)));
    }
    for hop in met.hops.iter().filter(|h| h.segment == number) {
        found.push(((hop.x - from.x).abs(), Break::Bridge(*hop)));
    }
    let ahead = if to.y > from.y { GAP } else { -GAP };
    let mut last = f64::NEG_INFINITY;
    let mut ys: Vec<f64> = met.gaps.iter().filter(|g: &&Gap| g.segment == number).map(|g| g.y).collect();
    ys.sort_by(f64::total_cmp);
    for y in ys.into_iter().filter(|&y| y > std::mem::replace(&mut last, y) + 2.0 * GAP) {
        let at = Point::new(from.x, y);
        found.push(((y - from.y).abs(), Break::Gap(at.moved(0.0, -ahead), at.moved(0.0, ahead))));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|f| f.1).collect()
}

/// The line; where the label stands there is none.
fn stroke(points: &[Point], met: &Met, label: Option<Rect>, canvas: &Canvas<'_>) -> String {
    let hand = canvas.options.theme.lines.hand_drawn;
    let corner = canvas.style.spacing.corner;
    let mut pen = Pen::new(hand);
    for (i, &p) in points.iter().enumerate() {
        if i == 0 {
            pen = pen.move_to(p.x, p.y);
            continue;
        }
        let from = points[i - 1];
        for each in breaks(i - 1, (from, p), met, label) {
            pen = match each {
                Break::Gap(a, b) => pen.line_to(a.x, a.y).move_to(b.x, b.y),
                Break::Bridge(hop) => {
                    let half = if hop.rightwards { hop.half } else { -hop.half };
                    pen.line_to(hop.x - half, p.y).arc_to(hop.half, HOP, hop.rightwards, hop.x + half, p.y)
                }
            };
        }
        pen = match points.get(i + 1) {
            Some(&next) => {
                // The same radius on both sides of a corner, whatever the shorter one allows.
                let radius = corner.min(p.distance(from) / 2.0).min(p.distance(next) / 2.0);
                let (enter, leave) = (towards(p, from, radius), towards(p, next, radius));
                pen.line_to(enter.x, enter.y).curve_to(p, leave.x, leave.y)
            }
            None => pen.line_to(p.x, p.y),
        };
    }
    pen.done()
}

/// Where a level or upright stretch enters and leaves a place.
fn part(from: Point, to: Point, place: Rect) -> Option<(Point, Point)> {
    if !bounds(from, to).overlaps(&place) {
        return None;
    }
    let (enter, leave) = if (from.y - to.y).abs() < 0.1 {
        (Point::new(place.x, to.y), Point::new(place.right(), to.y))
    } else {
        (Point::new(to.x, place.y), Point::new(to.x, place.bottom()))
    };
    Some(if enter.distance(from) < leave.distance(from) { (enter, leave) } else { (leave, enter) })
}

/// Whether a label interrupts its connection on one straight stretch, clear of corners and head. Elsewhere it stands on
/// a plate.
fn can_part(points: &[Point], place: Rect, canvas: &Canvas<'_>) -> bool {
    let clear = canvas.style.spacing.corner.max(HEAD);
    let mut under = points.windows(2).filter(|s| bounds(s[0], s[1]).overlaps(&place));
    let (Some(s), None) = (under.next(), under.next()) else { return false };
    let straight = (s[0].x - s[1].x).abs() < 0.1 || (s[0].y - s[1].y).abs() < 0.1;
    let around = place.grown(clear);
    straight && !around.contains(s[0]) && !around.contains(s[1])
}

/// An arrowhead with its tip at a point, coming from another.
pub(super) fn head(tip: Point, from: Point) -> String {
    let length = tip.distance(from).max(0.001);
    let (ux, uy) = ((tip.x - from.x) / length, (tip.y - from.y) / length);
    let (bx, by) = (tip.x - ux * HEAD, tip.y - uy * HEAD);
    let (sx, sy) = (-uy * HALF_HEAD, ux * HALF_HEAD);
    let (x, y) = (number(-2.0 * sx), number(-2.0 * sy));
    let across = match (x.as_str(), y.as_str()) {
        (_, "0") => format!("h{x}"),
        ("0", _) => format!("v{y}"),
        _ => format!("l{}", pair(-2.0 * sx, -2.0 * sy)),
    };
    format!("M{}l{}{across}z", pair(tip.x, tip.y), pair(bx + sx - tip.x, by + sy - tip.y))
}

/// Two numbers of path data.
fn pair(x: f64, y: f64) -> String {
    let (x, y) = (number(x), number(y));
    let gap = if y.starts_with('-') { "" } else { " " };
    format!("{x}{gap}{y}")
}

fn towards_exact(from: Point, to: Point, by: f64) -> Point {
    let length = from.distance(to);
    let t = if length > 0.0 { (by / length).min(0.9) } else { 0.0 };
    Point::new(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t)
}

/// A label: step marks and text, on a plate where the line could not leave a gap for it.
fn label(
    face: &LabelFace,
    place: Rect,
    points: &[Point],
    ground: &[GroupBox],
    canvas: &Canvas<'_>,
) -> Vec<Ink> {
    let mut ink = Vec::new();
    let crossed = points.windows(2).any(|s| bounds(s[0], s[1]).overlaps(&place));
    if crossed && !can_part(points, place, canvas) {
        let inner = ground.iter().rfind(|g| g.rect.contains(place.center()));
        let paint = Paint::Plate(inner.map(|g| groups::level(g.depth, canvas)));
        ink.push(Ink::Box { paint, rect: place, radius: 4.0 });
    }
    inscribe(&mut ink, &face.marks, &face.lines, place, canvas);
    ink
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
        let y = baseline(top + LABEL_LINE * (i as f64 + 0.5), TEXT.label);
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
        assert_eq!(head(Point::new(10.0, 0.0), Point::new(0.0, 0.0)), "M10 0l-9 4.2v-8.4z");
    }
}
