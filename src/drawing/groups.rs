//! Groups: soft fills by nesting, and a titled corner.

use super::Canvas;
use super::icons;
use super::legend::separates;
use super::marks;
use super::nodes::push_glyph;
use super::paint::Paint;
use super::scene::{Anchor, Ink, Part, baseline};
use super::shapes::card;
use crate::geometry::Point;
use crate::layout::GroupBox;
use crate::model::Group;
use crate::style::{GROUP_ICON, TEXT};

/// Fills repeat after that many levels.
const LEVELS: usize = 4;

/// The level a nesting depth is painted as.
pub(super) fn level(depth: usize, canvas: &Canvas<'_>) -> usize {
    let palettes = [&canvas.options.theme.light, &canvas.options.theme.dark];
    depth % palettes.iter().map(|p| p.groups.len()).min().unwrap_or(LEVELS).clamp(1, LEVELS)
}

/// The ground and border of a group.
pub(super) fn draw(group: &Group, place: &GroupBox, canvas: &Canvas<'_>) -> Ink {
    let depth = level(place.depth, canvas);
    let paint = if separates(group.kind) { Paint::Boundary(depth) } else { Paint::Group(depth) };
    let lines = &canvas.options.theme.lines;
    let r = place.rect;
    let mut ink = vec![if lines.hand_drawn {
        Ink::Path { paint, d: card(r.x, r.y, r.w, r.h, lines.group_radius, true).into() }
    } else {
        Ink::Box { paint, rect: r, radius: lines.group_radius }
    }];
    let title = canvas.style.group_title(group);
    let middle = place.title.center().y;
    let icon = Point::new(place.title.x + GROUP_ICON / 2.0, middle);
    push_glyph(
        &mut ink,
        &icons::of_group(group),
        (Paint::GroupGlyph, Paint::GroupMark),
        icon,
        GROUP_ICON / 24.0,
    );
    let at = Point::new(place.title.x + GROUP_ICON + 6.0, baseline(middle, TEXT.group));
    ink.push(Ink::Text { paint: Paint::GroupTitle, at, anchor: Anchor::Start, text: title.text });
    let mut data = vec![("group", group.id.to_string()), ("kind", group.kind.word().to_owned())];
    if let Some(&change) = canvas.options.marks.groups.get(&group.id) {
        // A veil over a group would hide what stays in it.
        ink.push(Ink::Box { paint: Paint::ChangeRing(change), rect: r, radius: lines.group_radius });
        ink.extend(marks::sign(change, Point::new(r.x, r.y)));
        data.push(("change", change.word().to_owned()));
    }
    Ink::Part(Part { data, tooltip: Some(super::words::group_tooltip(group)), ink, ..Part::default() })
}
