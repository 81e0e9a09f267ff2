//! How things look before they have a place: themes, text widths, the faces of components, spacing.
//!
//! Takes components and gives sizes. It knows no positions and writes no markup.

mod face;
mod metrics;
mod spacing;

use crate::geometry::Size;
use crate::model::{Architecture, Component, ConnectionRef, Group};

pub use face::{Face, GroupTitle, LabelFace};
pub use metrics::{Metrics, Weight};
pub use spacing::Spacing;

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
}

/// The smallest box a face may have.
pub const MIN_FACE: Size = Size::new(132.0, 64.0);
