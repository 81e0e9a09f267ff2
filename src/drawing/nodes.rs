//! Components: from a face and a place to ink.

use super::brands;
use super::icons::{self, Icon};
use super::marks;
use super::paint::Paint;
use super::scene::{Anchor, Ink, Part, baseline};
use super::shapes::{self, Outline, Stroke};
use super::{Canvas, words};
use crate::catalog::{Family, Shape, catalog};
use crate::geometry::{Point, Rect, Size};
use crate::model::Component;
use crate::style::{
    DISC, Face, LABEL_TEXT, PERSON_DISC, PERSON_GAP, QUEUE_LID, TEXT, TEXT_LEFT, TEXT_RIGHT, TILE, TILE_LEFT,
    Weight,
};

/// Radius of the square behind an icon.
const TILE_RADIUS: f64 = 10.0;
/// Side of a brand mark: a solid outline looks larger than strokes do.
const MARK: f64 = 20.0;

/// What of a component matters to its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Silhouette {
    pub(super) shape: Shape,
    pub(super) rect: Rect,
    /// Width of the widest text under a person.
    pub(super) text: f64,
}

/// The silhouette a connection ends on.
pub(super) fn silhouette(component: &Component, rect: Rect, canvas: &Canvas<'_>) -> Silhouette {
    let shape = catalog().kind(component.kind).shape;
    let text = if shape == Shape::Person { text_width(&canvas.style.face(component), canvas) } else { 0.0 };
    Silhouette { shape, rect, text }
}

fn text_width(face: &Face, canvas: &Canvas<'_>) -> f64 {
    let m = &canvas.style.metrics;
    let names = face.name.iter().map(|l| m.width(l, TEXT.name, Weight::SemiBold));
    names.chain(face.detail.iter().map(|l| m.width(l, TEXT.detail, Weight::Regular))).fold(0.0, f64::max)
}

/// Draws a component; `note` is the mark of the note about it.
pub(super) fn draw(component: &Component, rect: Rect, note: Option<&str>, canvas: &Canvas<'_>) -> Ink {
    let kind = catalog().kind(component.kind);
    let face = canvas.style.face(component);
    let icon = icons::of_component(component, &canvas.options.icons);
    let mut ink = if kind.shape == Shape::Person {
        person(&face, rect.size(), kind.family, &icon, component.origin.is_assumed())
    } else {
        boxed(component, &face, rect.size(), &icon, canvas)
    };
    if let Some(mark) = note {
        note_disc(&mut ink, mark, kind.shape, rect.w, canvas);
    }
    let mut data = vec![
        ("id", component.id.to_string()),
        ("kind", component.kind.word().to_owned()),
        ("origin", component.origin.word().to_owned()),
    ];
    if let Some(&change) = canvas.options.marks.components.get(&component.id) {
        let own = Rect::new(0.0, 0.0, rect.w, rect.h);
        ink.extend(marks::ring(change, own, canvas.options.theme.lines.card_radius));
        data.push(("change", change.word().to_owned()));
    }
    let mut tooltip = words::tooltip(component, canvas.options);
    if let Some(said) = canvas.options.marks.said.get(&component.id) {
        tooltip.push('\n');
        tooltip.push_str(said);
    }
    Ink::Part(Part {
        data,
        tooltip: Some(tooltip),
        link: words::link(component),
        at: Point::new(rect.x, rect.y),
        ink,
    })
}

/// The mark of a note, on the outline at an upper corner: within the box it would cover the name.
fn note_disc(ink: &mut Vec<Ink>, mark: &str, shape: Shape, width: f64, canvas: &Canvas<'_>) {
    let own = canvas.style.disc_width(mark);
    let (right, top) = match shape {
        Shape::Person => (width / 2.0 + PERSON_DISC / 2.0, 4.0),
        // Its right corner has the arrow.
        Shape::External => (own - 4.0, 3.0 - DISC / 2.0),
        Shape::Hexagon | Shape::Topic | Shape::Stream => (width - 4.0, -DISC / 2.0),
        _ => (width + 4.0, 3.0 - DISC / 2.0),
    };
    disc(ink, mark, right - own, top, own);
}

fn person(face: &Face, size: Size, family: Family, icon: &Icon, assumed: bool) -> Vec<Ink> {
    let radius = PERSON_DISC / 2.0;
    let center = Point::new(size.w / 2.0, radius);
    let mut ink = vec![Ink::Circle { paint: Paint::Tile(family), center, radius }];
    if assumed {
        let ring = Paint::Detail(family);
        ink.push(Ink::Circle { paint: ring, center, radius: radius - 0.5 });
    }
    push_icon(&mut ink, icon, family, center, 28.0 / 24.0);
    let mut y = PERSON_DISC + PERSON_GAP;
    lines(&mut ink, face, &mut y, center.x, Anchor::Middle);
    ink
}

fn boxed(component: &Component, face: &Face, size: Size, icon: &Icon, canvas: &Canvas<'_>) -> Vec<Ink> {
    let kind = catalog().kind(component.kind);
    let family = kind.family;
    let theme = &canvas.options.theme;
    let stroke = Stroke { radius: theme.lines.card_radius, hand: theme.lines.hand_drawn };
    let Outline { body, lid, lines: detail, sink } = shapes::outline(kind.shape, size, stroke);
    let mut ink = Vec::new();
    let paint = match (kind.shape, component.origin.is_assumed()) {
        (_, true) => Paint::Assumed(family),
        (Shape::External, false) => Paint::Foreign(family),
        _ => Paint::Card(family),
    };
    ink.push(match (kind.shape, stroke.hand) {
        (Shape::Card | Shape::External, false) => {
            Ink::Box { paint, rect: Rect::new(0.0, 0.0, size.w, size.h), radius: stroke.radius }
        }
        _ => Ink::Path { paint, d: body.into() },
    });
    ink.extend(lid.map(|d| Ink::Path { paint: Paint::Lid(family), d: d.into() }));
    ink.extend(detail.map(|d| Ink::Path { paint: Paint::Detail(family), d: d.into() }));
    let middle = size.h / 2.0 + sink;
    let tile = Rect::new(TILE_LEFT, middle - TILE / 2.0, TILE, TILE);
    ink.push(Ink::Box { paint: Paint::Tile(family), rect: tile, radius: TILE_RADIUS });
    push_icon(&mut ink, icon, family, tile.center(), 1.0);
    if kind.shape == Shape::External {
        ink.push(outward(size, family));
    }
    let block = face.name.len() as f64 * TEXT.name_line + face.detail.len() as f64 * TEXT.detail_line;
    let mut y = middle - block / 2.0;
    if let Some(badge) = &face.badge {
        let width = canvas.style.badge_width(badge);
        let lid = if kind.shape == Shape::Queue { QUEUE_LID } else { 0.0 };
        let rect = Rect::new(size.w - TEXT_RIGHT - lid - width, y + 1.0, width, DISC);
        pill(&mut ink, badge, rect, (Paint::Tile(family), Paint::Badge(family)));
    }
    lines(&mut ink, face, &mut y, TEXT_LEFT, Anchor::Start);
    ink
}

/// The lines of a face from `y` downwards.
fn lines(ink: &mut Vec<Ink>, face: &Face, y: &mut f64, x: f64, anchor: Anchor) {
    let mut line = |text: &String, paint, height: f64, size: f64| {
        let at = Point::new(x, baseline(*y + height / 2.0, size));
        ink.push(Ink::Text { paint, at, anchor, text: text.clone() });
        *y += height;
    };
    for text in &face.name {
        line(text, Paint::Name, TEXT.name_line, TEXT.name);
    }
    for text in &face.detail {
        line(text, Paint::Second, TEXT.detail_line, TEXT.detail);
    }
}

/// The arrow out of the corner of somebody else's system.
fn outward(size: Size, family: Family) -> Ink {
    let (x, y) = (super::path::number(size.w - 15.5), super::path::number(8.5));
    Ink::Path { paint: Paint::Glyph(family), d: format!("M{x} {y}h7v7m0-7l-7 7").into() }
}

/// An icon with its middle at a point.
pub(super) fn push_icon(ink: &mut Vec<Ink>, icon: &Icon, family: Family, center: Point, scale: f64) {
    push_glyph(ink, icon, (Paint::Glyph(family), Paint::Mark(family)), center, scale);
}

/// The same with any paints, for strokes and for what is solid.
pub(super) fn push_glyph(ink: &mut Vec<Ink>, icon: &Icon, paints: (Paint, Paint), center: Point, scale: f64) {
    let mut push = |grid: f64, paint, d: std::borrow::Cow<'static, str>, scale: f64| {
        let at = center.moved(-grid / 2.0 * scale, -grid / 2.0 * scale);
        ink.push(Ink::Glyph { paint, d, at, scale });
    };
    match icon {
        Icon::Glyph(glyph) => {
            if !glyph.d.is_empty() {
                push(GRID, paints.0, glyph.d.as_str().into(), scale);
            }
            if let Some(fill) = &glyph.fill {
                push(GRID, paints.1, fill.as_str().into(), scale);
            }
        }
        Icon::Own(glyph) => {
            if !glyph.d.is_empty() {
                push(GRID, paints.0, glyph.d.clone().into(), scale);
            }
            if let Some(fill) = &glyph.fill {
                push(GRID, paints.1, fill.clone().into(), scale);
            }
        }
        Icon::Mark(d) => push(brands::GRID, paints.1, (*d).into(), scale * MARK / brands::GRID),
    }
}

/// The side of the grid that glyphs are drawn on.
const GRID: f64 = 24.0;

/// A disc or pill with a mark in it, `x` and `y` its top left corner.
pub(super) fn disc(ink: &mut Vec<Ink>, mark: &str, x: f64, y: f64, width: f64) {
    pill(ink, mark, Rect::new(x, y, width, DISC), (Paint::Disc, Paint::DiscText));
}

/// A pill with a mark in it.
pub(super) fn pill(ink: &mut Vec<Ink>, mark: &str, rect: Rect, paints: (Paint, Paint)) {
    let (center, radius) = (rect.center(), DISC / 2.0);
    ink.push(if rect.w > DISC {
        Ink::Box { paint: paints.0, rect, radius }
    } else {
        Ink::Circle { paint: paints.0, center, radius }
    });
    // The paint of marks is centred already.
    let at = Point::new(center.x, baseline(center.y, TEXT.mark));
    ink.push(Ink::Text { paint: paints.1, at, anchor: Anchor::Start, text: mark.to_owned() });
}

/// Several discs in a row; gives back where the last one ends, its gap included.
pub(super) fn discs(ink: &mut Vec<Ink>, marks: &[String], x: f64, y: f64, canvas: &Canvas<'_>) -> f64 {
    marks.iter().fold(x, |x, mark| {
        let width = canvas.style.disc_width(mark);
        disc(ink, mark, x, y, width);
        x + width + LABEL_TEXT.disc_gap
    })
}
