//! The outlines of boxes: one silhouette for each shape of the catalog, so that shape tells as much as colour.
//!
//! Everything is relative to the box's top left corner and stays inside the box.

use super::path::{Pen, rounded};
use crate::catalog::Shape;
use crate::geometry::{Point, Size};
use crate::style::PERSON_DISC;

/// Depth of pointed sides and of a ribbon's notch.
const POINT: f64 = 11.0;
const NOTCH: f64 = 8.0;
/// Half the height of a drum's lid, and half the width of a pipe's end.
const LID: f64 = 5.0;
const CAP: f64 = 6.0;
/// How far a lid is curved at its ends.
const LID_END: f64 = 36.0;
/// Height of a bucket's rim, how far its body stands back, and how much it narrows.
const RIM: f64 = 8.0;
const REST: f64 = 3.0;
const TAPER: f64 = 6.0;
/// Length of a device's pins.
const PINS: f64 = 4.0;
/// Side of a sheet's folded corner.
const FOLD: f64 = 12.0;

/// An outline with what is drawn on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Outline {
    /// The closed outline.
    pub(super) body: String,
    /// A closed part of it in the family's tint.
    pub(super) lid: Option<String>,
    /// Open lines on it.
    pub(super) lines: Option<String>,
    /// How far the content moves down to look centred.
    pub(super) sink: f64,
}

/// How outlines are drawn: the theme's corner radius, and whether by hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) radius: f64,
    pub(super) hand: bool,
}

/// The outline of a shape of that size.
pub(super) fn outline(shape: Shape, size: Size, stroke: Stroke) -> Outline {
    let Size { w, h } = size;
    let Stroke { radius: r, hand } = stroke;
    let pen = || Pen::new(hand);
    let at = Point::new;
    let sharp = r.min(5.0);
    match shape {
        Shape::Person | Shape::Card | Shape::External => {
            Outline { body: card(0.0, 0.0, w, h, r, hand), ..Outline::default() }
        }
        Shape::Cylinder => {
            let e = LID_END.min(w / 2.0);
            let over = |pen: Pen, y: f64| {
                pen.arc_to(e, LID, true, e, y - LID).line_to(w - e, y - LID).arc_to(e, LID, true, w, y)
            };
            let under = |pen: Pen, y: f64| {
                pen.arc_to(e, LID, true, w - e, y + LID).line_to(e, y + LID).arc_to(e, LID, true, 0.0, y)
            };
            let body = over(pen().move_to(0.0, LID), LID).line_to(w, h - LID);
            let body = under(body, h - LID).close().done();
            let lid = under(over(pen().move_to(0.0, LID), LID), LID).close().done();
            Outline { body, lid: Some(lid), lines: None, sink: 3.0 }
        }
        Shape::Queue => {
            let body = pen().move_to(CAP, 0.0).line_to(w - CAP, 0.0).arc_to(CAP, h / 2.0, true, w - CAP, h);
            let body = body.line_to(CAP, h).arc_to(CAP, h / 2.0, true, CAP, 0.0).close().done();
            let lid = pen().move_to(w - CAP, 0.0).arc_to(CAP, h / 2.0, true, w - CAP, h);
            let lid = lid.arc_to(CAP, h / 2.0, true, w - CAP, 0.0).close().done();
            Outline { body, lid: Some(lid), ..Outline::default() }
        }
        Shape::Topic => {
            let corners = [
                (at(0.0, 0.0), r),
                (at(w - POINT, 0.0), sharp),
                (at(w, h / 2.0), sharp),
                (at(w - POINT, h), sharp),
                (at(0.0, h), r),
            ];
            Outline { body: rounded(&corners, hand), ..Outline::default() }
        }
        Shape::Stream => {
            let corners = [
                (at(0.0, 0.0), sharp),
                (at(w - POINT, 0.0), sharp),
                (at(w, h / 2.0), sharp),
                (at(w - POINT, h), sharp),
                (at(0.0, h), sharp),
                (at(NOTCH, h / 2.0), sharp),
            ];
            Outline { body: rounded(&corners, hand), ..Outline::default() }
        }
        Shape::Hexagon => {
            let corners = [
                (at(POINT, 0.0), sharp),
                (at(w - POINT, 0.0), sharp),
                (at(w, h / 2.0), sharp),
                (at(w - POINT, h), sharp),
                (at(POINT, h), sharp),
                (at(0.0, h / 2.0), sharp),
            ];
            Outline { body: rounded(&corners, hand), ..Outline::default() }
        }
        Shape::Bucket => {
            let (left, foot) = (REST, REST + TAPER);
            let body = rounded(
                &[
                    (at(left, RIM / 2.0), 0.0),
                    (at(w - left, RIM / 2.0), 0.0),
                    (at(w - foot, h), r),
                    (at(foot, h), r),
                ],
                hand,
            );
            Outline { body, lid: Some(card(0.0, 0.0, w, RIM, RIM / 2.0, hand)), lines: None, sink: 4.0 }
        }
        Shape::Device => {
            let mut pins = pen();
            let count = ((w - 40.0) / 14.0).max(1.0).floor();
            for i in 0..=(count as u32) {
                let x = (20.0 + (w - 40.0) * f64::from(i) / count).round();
                pins = pins.move_to(x, 0.0).line_to(x, PINS).move_to(x, h - PINS).line_to(x, h);
            }
            Outline {
                body: card(0.0, PINS, w, h - 2.0 * PINS, r, hand),
                lid: None,
                lines: Some(pins.done()),
                sink: 0.0,
            }
        }
        Shape::Document => {
            let corners = [
                (at(0.0, 0.0), sharp),
                (at(w - FOLD, 0.0), 0.0),
                (at(w, FOLD), 0.0),
                (at(w, h), sharp),
                (at(0.0, h), sharp),
            ];
            let fold = pen().move_to(w - FOLD, 0.0).line_to(w - FOLD, FOLD).line_to(w, FOLD).close().done();
            Outline { body: rounded(&corners, hand), lid: Some(fold), ..Outline::default() }
        }
    }
}

/// A rectangle with rounded corners, as a path.
pub(super) fn card(x: f64, y: f64, w: f64, h: f64, r: f64, hand: bool) -> String {
    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)].map(|(x, y)| (Point::new(x, y), r));
    rounded(&corners, hand)
}

/// A side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// How far the outline lies inside the box at the point `along` a side (from its left or upper end): what a connection
/// that ends on the box goes on to touch the shape. `text` is the width of a person's name.
pub(super) fn gap(shape: Shape, size: Size, side: Side, along: f64, text: f64) -> f64 {
    let Size { w, h } = size;
    let upright = matches!(side, Side::Left | Side::Right);
    let length = if upright { h } else { w };
    // -1 at the one end of the side, 1 at the other.
    let off = if length > 0.0 { (2.0 * along / length - 1.0).clamp(-1.0, 1.0) } else { 0.0 };
    let bulge = 1.0 - (1.0 - off * off).sqrt();
    match (shape, side) {
        (Shape::Person, _) => person_gap(size, side, along, text),
        (Shape::Hexagon, Side::Left | Side::Right) | (Shape::Topic | Shape::Stream, Side::Right) => {
            POINT * off.abs()
        }
        (Shape::Stream, Side::Left) => NOTCH * (1.0 - off.abs()),
        (Shape::Queue, Side::Left | Side::Right) => CAP * bulge,
        (Shape::Cylinder, Side::Top | Side::Bottom) => {
            let end = LID_END.min(w / 2.0);
            let off = (1.0 - along.min(w - along).max(0.0) / end).clamp(0.0, 1.0);
            LID * (1.0 - (1.0 - off * off).sqrt())
        }
        (Shape::Bucket, Side::Left | Side::Right) if along > RIM => {
            REST + TAPER * (along - RIM) / (h - RIM).max(1.0)
        }
        (Shape::Device, Side::Top | Side::Bottom) => PINS,
        _ => 0.0,
    }
}

/// To the disc, or to the name under it, with a little air.
fn person_gap(size: Size, side: Side, along: f64, text: f64) -> f64 {
    let radius = PERSON_DISC / 2.0;
    let chord = |off: f64| (radius * radius - off * off).max(0.0).sqrt();
    match side {
        Side::Bottom => 0.0,
        Side::Top => {
            let off = along - size.w / 2.0;
            if off.abs() < radius - 2.0 { radius - chord(off) } else { PERSON_DISC }
        }
        Side::Left | Side::Right => {
            let off = along - radius;
            let reach = if off.abs() < radius - 2.0 { chord(off) } else { text / 2.0 + 4.0 };
            (size.w / 2.0 - reach).max(0.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: [Shape; 11] = [
        Shape::Person,
        Shape::Card,
        Shape::Cylinder,
        Shape::Queue,
        Shape::Topic,
        Shape::Stream,
        Shape::Device,
        Shape::Document,
        Shape::Bucket,
        Shape::External,
        Shape::Hexagon,
    ];

    #[test]
    fn shapes_are_told_apart_without_colour() {
        let stroke = Stroke { radius: 10.0, hand: false };
        let drawn: Vec<Outline> =
            SHAPES.iter().map(|&s| outline(s, Size::new(180.0, 64.0), stroke)).collect();
        for (i, a) in drawn.iter().enumerate() {
            for (j, b) in drawn.iter().enumerate().skip(i + 1) {
                // A person has no box and an external party a dashed one; both are cards here.
                let alike = matches!(SHAPES[i], Shape::Person | Shape::Card)
                    && matches!(SHAPES[j], Shape::Card | Shape::External);
                assert!(alike || a != b, "{:?} and {:?}", SHAPES[i], SHAPES[j]);
            }
        }
    }

    #[test]
    fn connections_reach_the_outline() {
        let size = Size::new(180.0, 64.0);
        assert_eq!(gap(Shape::Card, size, Side::Left, 32.0, 0.0), 0.0);
        assert_eq!(gap(Shape::Hexagon, size, Side::Right, 32.0, 0.0), 0.0);
        assert_eq!(gap(Shape::Hexagon, size, Side::Right, 0.0, 0.0), POINT);
        assert_eq!(gap(Shape::Person, Size::new(120.0, 74.0), Side::Left, 26.0, 60.0), 34.0);
        for shape in SHAPES {
            for side in [Side::Left, Side::Right, Side::Top, Side::Bottom] {
                for along in 0..=180 {
                    let g = gap(shape, size, side, f64::from(along), 50.0);
                    assert!((0.0..=90.0).contains(&g), "{shape:?} {side:?} {along}: {g}");
                }
            }
        }
    }
}
