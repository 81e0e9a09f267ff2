//! The faces of components, labels and titles: their lines of text and their sizes.

use super::metrics::{Metrics, Weight};
use crate::geometry::Size;
use crate::model::{Component, ConnectionRef, Group};

/// What a component's box shows, and how large it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The box.
    pub size: Size,
    /// The name, in one line or more.
    pub name: Vec<String>,
    /// The quieter lines below it: technology or kind.
    pub detail: Vec<String>,
}

/// What stands at a connection, and how large it is.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelFace {
    /// The plate.
    pub size: Size,
    /// The step marks before the text.
    pub marks: Vec<String>,
    /// The text, in one line or more.
    pub lines: Vec<String>,
}

/// A group's title, and how large it is.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupTitle {
    /// Icon and text together.
    pub size: Size,
    /// The text.
    pub text: String,
}

pub(super) fn measure(component: &Component, metrics: &Metrics) -> Face {
    let detail = component.technology.as_ref().map_or(component.kind.label(), |t| t.name.as_str());
    let width = metrics.width(&component.label, 14.0, Weight::SemiBold).max(metrics.width(
        detail,
        12.0,
        Weight::Regular,
    ));
    Face {
        size: Size::new((width + 80.0).max(super::MIN_FACE.w), super::MIN_FACE.h),
        name: vec![component.label.clone()],
        detail: vec![detail.to_owned()],
    }
}

pub(super) fn measure_label(
    connection: &ConnectionRef<'_>,
    marks: &[String],
    metrics: &Metrics,
) -> Option<LabelFace> {
    let lines: Vec<String> = connection.label.iter().cloned().collect();
    if lines.is_empty() && marks.is_empty() {
        return None;
    }
    let text = lines.iter().map(|l| metrics.width(l, 11.5, Weight::Regular)).fold(0.0, f64::max);
    let size = Size::new(text + 12.0 + 18.0 * marks.len() as f64, 18.0);
    Some(LabelFace { size, marks: marks.to_vec(), lines })
}

pub(super) fn measure_group_title(group: &Group, metrics: &Metrics) -> GroupTitle {
    let width = metrics.width(&group.label, 12.0, Weight::SemiBold);
    GroupTitle { size: Size::new(width + 28.0, 20.0), text: group.label.clone() }
}
