//! The faces of components, labels and titles: their lines of text and their sizes.

use super::metrics::{Metrics, Weight};
use super::wrap::{Setting, one_line, tidy, wrap};
use super::{LABEL_LINE, LABEL_TEXT, TEXT};
use crate::geometry::Size;
use crate::model::{Component, ConnectionRef, Group, Kind};

/// What a component's box shows, and how large it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The box.
    pub size: Size,
    /// The name, in one line or more.
    pub name: Vec<String>,
    /// The quieter lines below it: technology or kind.
    pub detail: Vec<String>,
    /// What stands in the corner: `×3` for three replicas.
    pub badge: Option<String>,
    /// Whether it is a person: the icon above, the name under it, no box.
    pub person: bool,
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

/// The widest a line of a component's text may be.
const TEXT_WIDTH: f64 = 190.0;
/// The widest a line of a label may be.
const LABEL_WIDTH: f64 = 160.0;
/// The widest a group's title may be, icon excluded.
const GROUP_WIDTH: f64 = 280.0;
/// Lines a name may take before it ends in an ellipsis.
const NAME_LINES: usize = 4;
/// Step marks shown before the rest is counted.
const MARKS: usize = 4;

const NAME: Setting =
    Setting { size: TEXT.name, weight: Weight::SemiBold, width: TEXT_WIDTH, lines: NAME_LINES };
const DETAIL: Setting = Setting { size: TEXT.detail, weight: Weight::Regular, width: TEXT_WIDTH, lines: 2 };
const LABEL: Setting = Setting { size: TEXT.label, weight: Weight::Regular, width: LABEL_WIDTH, lines: 3 };

pub(super) fn measure(component: &Component, metrics: &Metrics) -> Face {
    let person = component.kind == Kind::User;
    let name = wrap(&component.label, NAME, metrics);
    let detail = second_line(component).map(|d| wrap(&d, DETAIL, metrics)).unwrap_or_default();
    let badge = component.replicas.filter(|&n| n > 1).map(|n| format!("×{n}"));
    let widest = |lines: &[String], set: Setting| {
        lines.iter().map(|l| metrics.width(l, set.size, set.weight)).fold(0.0, f64::max)
    };
    let badge_width = badge.as_ref().map_or(0.0, |b| super::badge_width(b, metrics) + 8.0);
    let text_width = (widest(&name, NAME) + badge_width).max(widest(&detail, DETAIL));
    let text_height = name.len() as f64 * TEXT.name_line + detail.len() as f64 * TEXT.detail_line;
    let size = if person {
        let width = text_width.max(super::PERSON_DISC) + 4.0;
        Size::new(even(width), even(super::PERSON_DISC + super::PERSON_GAP + text_height))
    } else {
        let lid = if component.kind == Kind::Queue { super::QUEUE_LID } else { 0.0 };
        let width = super::TEXT_LEFT + text_width + super::TEXT_RIGHT + lid;
        Size::new(even(width.max(super::MIN_FACE.w)), even((text_height + 24.0).max(super::MIN_FACE.h)))
    };
    Face { size, name, detail, badge, person }
}

/// The technology, or the kind where no technology is known. A person's kind is plain to see and not said, and a
/// technology or kind that is the name already is not said twice.
fn second_line(component: &Component) -> Option<String> {
    let technology = component
        .technology
        .as_ref()
        .map(|t| tidy(&t.name, 400).0)
        .filter(|t| !t.is_empty() && !t.eq_ignore_ascii_case(component.label.trim()));
    match technology {
        None if component.kind == Kind::User => None,
        None if component.label.trim().eq_ignore_ascii_case(component.kind.label()) => None,
        None => Some(component.kind.label().to_owned()),
        some => some,
    }
}

pub(super) fn measure_label(
    connection: &ConnectionRef<'_>,
    marks: &[String],
    metrics: &Metrics,
) -> Option<LabelFace> {
    let lines = wrap(&label_text(connection), LABEL, metrics);
    let marks = shown_marks(marks);
    if lines.is_empty() && marks.is_empty() {
        return None;
    }
    let text = lines.iter().map(|l| metrics.width(l, LABEL.size, LABEL.weight)).fold(0.0, f64::max);
    let discs = marks.iter().map(|m| super::disc_width(m, metrics) + LABEL_TEXT.disc_gap).sum::<f64>();
    let between = if lines.is_empty() || marks.is_empty() { 0.0 } else { 3.0 };
    let trailing = if lines.is_empty() { -LABEL_TEXT.disc_gap } else { 0.0 };
    let width = text + discs + between + trailing + 2.0 * LABEL_TEXT.pad_x;
    let height = (lines.len().max(1) as f64) * LABEL_LINE + 2.0 * LABEL_TEXT.pad_y;
    Some(LabelFace { size: Size::new(even(width), even(height)), marks, lines })
}

/// Label and protocol: `POST /images · HTTPS`. A protocol that the label names already is not said twice.
fn label_text(connection: &ConnectionRef<'_>) -> String {
    let label = connection.label.as_deref().map(|l| tidy(l, 600).0).unwrap_or_default();
    let protocol = connection.protocol.as_deref().map(|p| tidy(p, 200).0).unwrap_or_default();
    let said =
        label.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == protocol.to_lowercase());
    match (label.is_empty(), protocol.is_empty() || said) {
        (_, true) => label,
        (true, false) => protocol,
        (false, false) => format!("{label} · {protocol}"),
    }
}

/// The first marks, and `+n` for the rest.
fn shown_marks(marks: &[String]) -> Vec<String> {
    let mut shown: Vec<String> = marks.iter().take(MARKS).cloned().collect();
    if marks.len() > MARKS {
        shown.truncate(MARKS - 1);
        shown.push(format!("+{}", marks.len() + 1 - MARKS));
    }
    shown
}

pub(super) fn measure_group_title(group: &Group, metrics: &Metrics) -> GroupTitle {
    let setting = Setting { size: TEXT.group, weight: Weight::SemiBold, width: GROUP_WIDTH, lines: 1 };
    let text = one_line(&group.label, setting, metrics);
    let width = metrics.width(&text, setting.size, setting.weight);
    GroupTitle { size: Size::new(even(width + super::GROUP_ICON + 6.0), 20.0), text }
}

/// The next even number of pixels: boxes of one row then share their middle line without half pixels.
fn even(length: f64) -> f64 {
    (length / 2.0).ceil() * 2.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::model::{Architecture, Connection, Mode, Technology};

    fn face(label: &str, kind: Kind) -> Face {
        measure(&Component::new(label, kind), &Metrics::bundled())
    }

    #[test]
    fn names_say_their_kind_once() {
        assert_eq!(face("Orders", Kind::Queue).detail, ["Queue"]);
        assert_eq!(face("Customer", Kind::User).detail, Vec::<String>::new());
        let mut c = Component::new("PostgreSQL", Kind::Database);
        c.technology = Some(Technology::unknown("PostgreSQL"));
        assert_eq!(measure(&c, &Metrics::bundled()).detail, ["Database"]);
    }

    #[test]
    fn boxes_grow_with_their_text() {
        let (short, long) =
            (face("A", Kind::Service), face("Customer notification preferences", Kind::Service));
        assert_eq!(short.size, super::super::MIN_FACE);
        assert!(long.size.w > short.size.w && long.size.w <= 280.0 && long.name.len() == 2);
        assert!(face(&"x".repeat(100_000), Kind::Service).size.w <= 280.0);
    }

    #[test]
    fn labels_carry_the_protocol_once() {
        let mut a = Architecture::new();
        for name in ["a", "b"] {
            a.add_component(Component::new(name, Kind::Service)).unwrap();
        }
        let mut lines = |label: &str, protocol: &str| {
            let mut c = Connection::new(Mode::Sync).labelled(label);
            c.protocol = Some(protocol.to_owned());
            let index = a.connect("a", "b", c).unwrap();
            measure_label(&a.connection(index).unwrap(), &[], &Metrics::bundled()).map(|l| l.lines.join("|"))
        };
        assert_eq!(lines("POST /images", "HTTPS").unwrap(), "POST /images · HTTPS");
        assert_eq!(lines("HTTPS call", "https").unwrap(), "HTTPS call");
        assert_eq!(lines("", "gRPC").unwrap(), "gRPC");
        assert_eq!(lines("", ""), None);
    }
}
