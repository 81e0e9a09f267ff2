//! How things look before they have a place: themes, text widths, the faces of components, spacing.
//!
//! Takes components and gives sizes. It knows no positions and writes no markup.

mod colour;
mod face;
mod metrics;
mod spacing;
mod theme;
mod wrap;

use crate::geometry::Size;
use crate::model::{Architecture, Component, ConnectionRef, Group};

pub use colour::Colour;
pub use face::{Face, GroupTitle, LabelFace};
pub use metrics::{Metrics, Weight};
pub use spacing::Spacing;
pub use theme::{Families, GroupTint, Lines, Palette, Theme, ThemeError, Tint};

/// Everything that measuring and drawing share.
#[derive(Debug, Clone)]
pub struct Style {
    /// Text widths.
    pub metrics: Metrics,
    /// Distances.
    pub spacing: Spacing,
}

impl Default for Style {
    fn default() -> Self {
        Self { metrics: Metrics::bundled(), spacing: Spacing::default() }
    }
}

impl Style {
    /// The face of a component: its lines of text and the size of its box.
    #[must_use]
    pub fn face(&self, component: &Component) -> Face {
        face::measure(component, &self.metrics)
    }

    /// The label of a connection, with its step marks (see [`Architecture::step_marks`]); `None` when it has neither.
    #[must_use]
    pub fn label(&self, connection: &ConnectionRef<'_>, marks: &[String]) -> Option<LabelFace> {
        face::measure_label(connection, marks, &self.metrics)
    }

    /// The title of a group: icon and text.
    #[must_use]
    pub fn group_title(&self, group: &Group) -> GroupTitle {
        face::measure_group_title(group, &self.metrics)
    }

    /// The faces of all components, by index.
    #[must_use]
    pub fn faces(&self, architecture: &Architecture) -> Vec<Face> {
        architecture.components().map(|c| self.face(c)).collect()
    }

    /// The width of the pill that a badge stands in.
    #[must_use]
    pub fn badge_width(&self, text: &str) -> f64 {
        badge_width(text, &self.metrics)
    }

    /// The width of the disc that a step mark stands in.
    #[must_use]
    pub fn disc_width(&self, mark: &str) -> f64 {
        disc_width(mark, &self.metrics)
    }

    /// `text` in lines no wider than `width`, at most `lines` of them.
    #[must_use]
    pub fn lines(&self, text: &str, size: f64, weight: Weight, width: f64, lines: usize) -> Vec<String> {
        wrap::wrap(text, wrap::Setting { size, weight, width, lines }, &self.metrics)
    }
}

/// Font sizes and line heights, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextSizes {
    /// A component's name.
    pub name: f64,
    /// Its line height.
    pub name_line: f64,
    /// Technology or kind.
    pub detail: f64,
    /// Its line height.
    pub detail_line: f64,
    /// Labels of connections.
    pub label: f64,
    /// Titles of groups.
    pub group: f64,
    /// Step marks and badges: the smallest text there is.
    pub mark: f64,
    /// The picture's title.
    pub title: f64,
    /// The line below it, the legend and the notes.
    pub summary: f64,
}

/// The sizes of all text.
pub const TEXT: TextSizes = TextSizes {
    name: 14.0,
    name_line: 18.0,
    detail: 12.0,
    detail_line: 16.0,
    label: 12.0,
    group: 13.0,
    mark: 11.0,
    title: 20.0,
    summary: 12.0,
};

/// Distances inside a label's plate, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelSpacing {
    /// Left and right of everything.
    pub pad_x: f64,
    /// Above and below everything.
    pub pad_y: f64,
    /// After each disc.
    pub disc_gap: f64,
}

/// The distances inside a label's plate.
pub const LABEL_TEXT: LabelSpacing = LabelSpacing { pad_x: 5.0, pad_y: 2.0, disc_gap: 2.0 };
/// The line height of labels.
pub const LABEL_LINE: f64 = 16.0;

/// The smallest box a face may have.
pub const MIN_FACE: Size = Size::new(132.0, 64.0);
/// Side of the square that a component's icon stands on.
pub const TILE: f64 = 40.0;
/// From the left edge of a box to its tile.
pub const TILE_LEFT: f64 = 14.0;
/// From the left edge of a box to its text.
pub const TEXT_LEFT: f64 = TILE_LEFT + TILE + 12.0;
/// From the right end of a text to the edge of its box.
pub const TEXT_RIGHT: f64 = 18.0;
/// What the open end of a queue takes of its right side besides, in pixels.
pub const QUEUE_LID: f64 = 6.0;
/// Diameter of the disc a person's icon stands on.
pub const PERSON_DISC: f64 = 52.0;
/// From that disc to the name.
pub const PERSON_GAP: f64 = 4.0;
/// Room for a group's icon before its title.
pub const GROUP_ICON: f64 = 18.0;
/// Diameter of a step mark's disc.
pub const DISC: f64 = 16.0;

fn badge_width(text: &str, metrics: &Metrics) -> f64 {
    (metrics.width(text, TEXT.mark, Weight::SemiBold) + 10.0).max(DISC)
}

fn disc_width(mark: &str, metrics: &Metrics) -> f64 {
    (metrics.width(mark, TEXT.mark, Weight::SemiBold) + 8.0).max(DISC)
}
