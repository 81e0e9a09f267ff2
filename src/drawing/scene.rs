//! What a picture is made of: a handful of primitives, each with a paint, grouped into parts.
//!
//! Takes shape from nodes, groups, connectors and furniture; the writers ([`super::svg`]) read nothing else.

use std::borrow::Cow;

use super::paint::Paint;
use crate::geometry::{Point, Rect, Size};

/// A whole picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    /// Width and height in pixels.
    pub(super) size: Size,
    /// What it is called.
    pub(super) title: String,
    /// What it shows, in words: the text alternative.
    pub(super) description: String,
    /// Everything drawn, back to front.
    pub(super) ink: Vec<Ink>,
}

/// A primitive.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ink {
    /// A rectangle with rounded corners.
    Box { paint: Paint, rect: Rect, radius: f64 },
    /// A circle.
    Circle { paint: Paint, center: Point, radius: f64 },
    /// An outline in the SVG path grammar.
    Path { paint: Paint, d: Cow<'static, str> },
    /// A glyph of 24 × 24, scaled, with its top left corner at a point.
    Glyph { paint: Paint, d: Cow<'static, str>, at: Point, scale: f64 },
    /// A line of text; the point is on the baseline.
    Text { paint: Paint, at: Point, anchor: Anchor, text: String },
    /// Several of them that belong together.
    Part(Part),
}

/// Where on a line of text its point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
}

/// The baseline that centres capitals of a size on a level line (those of Inter are 0.727 em high), on a whole pixel.
pub(super) fn baseline(middle: f64, size: f64) -> f64 {
    (middle + size * 0.36).round()
}

/// Ink that belongs together, with what tools and readers are told of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Part {
    /// Facts for tools: `data-<key>`.
    pub(super) data: Vec<(&'static str, String)>,
    /// What is shown when the pointer rests on it.
    pub(super) tooltip: Option<String>,
    /// Where a click leads.
    pub(super) link: Option<String>,
    /// How far everything in it is moved.
    pub(super) at: Point,
    /// What is in it, back to front.
    pub(super) ink: Vec<Ink>,
}
