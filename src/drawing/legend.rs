//! The legend: what the signs of this picture mean, told by shape as well as by colour.
//!
//! Takes the architecture and gives the signs that are on its picture, and no others. Kinds whose boxes look the same
//! share an entry: in a theme without colour those are all that have the same shape.

use super::furniture::{Block, TEXT_LINE};
use super::icons::{self, Icon};
use super::paint::{Paint, tint};
use super::path_data::scaled;
use super::scene::{Anchor, Ink, Part, baseline};
use super::shapes::{Outline, Stroke, outline};
use super::{Canvas, connectors, marks, nodes};
use crate::catalog::{Family, Shape, catalog};
use crate::geometry::{Point, Rect, Size};
use crate::model::{GroupKind, Kind, Mode};
use crate::style::{DISC, TEXT, Weight};

const ROW: f64 = 24.0;
/// Between two entries.
const GAP: f64 = 24.0;
/// Between a sign and its words.
const SPACE: f64 = 8.0;
/// The size of a sign for a kind, and how much larger the box is that it is a small picture of.
const SIGN: Size = Size { w: 24.0, h: 16.0 };
const SMALLER: f64 = 3.0;
/// Length of a sign for a connection.
const LINE: f64 = 36.0;
/// Kinds named one by one; more are called by their families.
const NAMED: usize = 2;
/// Families named one by one; more are the others.
const FAMILIES: usize = 3;

/// An entry: how wide it is and its ink, drawn around a middle line at y = 0.
struct Entry {
    width: f64,
    ink: Vec<Ink>,
}

/// The legend in rows no wider than `width`.
pub(super) fn legend(canvas: &Canvas<'_>, width: f64) -> Block {
    let mut entries = Vec::new();
    entries.extend(lines(canvas));
    let looks = looks(canvas);
    // Where all boxes look the same there is nothing to tell apart.
    if looks.len() > 1 {
        entries.extend(looks.iter().map(|l| worded(l.sign(canvas), SIGN.w, &l.words(), canvas)));
    }
    entries.extend(rest(canvas));
    entries.extend(
        canvas.options.marks.used().into_iter().map(|change| {
            worded(marks::sign(change, Point::new(DISC / 2.0, 0.0)), DISC, change.word(), canvas)
        }),
    );
    flow(entries, width)
}

fn lines(canvas: &Canvas<'_>) -> Vec<Entry> {
    let a = canvas.architecture;
    let mut entries = Vec::new();
    for (asynchronous, text) in [(false, "call, waits for the answer"), (true, "event, nobody waits")] {
        let mut such = a.connections().filter(|c| (c.mode == Mode::Async) == asynchronous).peekable();
        if such.peek().is_some() {
            // In the colour that they have here.
            let assumed = such.all(|c| c.origin.is_assumed());
            let paints = (Paint::Edge(asynchronous, assumed), Paint::Head(assumed));
            entries.push(line(text, paints, false, canvas));
        }
    }
    if a.connections().any(|c| c.origin.is_assumed()) {
        let paints = (Paint::Edge(false, true), Paint::Head(true));
        entries.push(line("assumed connection", paints, true, canvas));
    }
    entries
}

/// A line with its head, in these paints; `ring` marks what is assumed.
fn line(text: &str, (paint, tip): (Paint, Paint), ring: bool, canvas: &Canvas<'_>) -> Entry {
    // From the head backwards: dashes begin there on the picture too.
    let d = format!("M{} 0H0", LINE - 8.0);
    let head = connectors::head(Point::new(LINE, 0.0), Point::default());
    let mut ink = vec![Ink::Path { paint, d: d.into() }, Ink::Path { paint: tip, d: head.into() }];
    if ring {
        ink.push(Ink::Circle { paint: Paint::Ring, center: Point::new(3.0, 0.0), radius: 3.0 });
    }
    worded(ink, LINE, text, canvas)
}

/// Components whose boxes look the same.
struct Look {
    family: Family,
    shape: Shape,
    kinds: Vec<Kind>,
}

/// The looks on the picture, ordered by family and shape.
fn looks(canvas: &Canvas<'_>) -> Vec<Look> {
    let mut kinds: Vec<Kind> = Vec::new();
    for component in canvas.architecture.components() {
        if !kinds.contains(&component.kind) {
            kinds.push(component.kind);
        }
    }
    kinds.sort_by_key(|&kind| {
        let entry = catalog().kind(kind);
        (entry.family, entry.shape, kind)
    });
    let mut looks: Vec<Look> = Vec::new();
    for kind in kinds {
        let (family, shape) = (catalog().kind(kind).family, catalog().kind(kind).shape);
        match looks.iter_mut().find(|l| l.shape == shape && alike(l.family, family, canvas)) {
            Some(look) => look.kinds.push(kind),
            None => looks.push(Look { family, shape, kinds: vec![kind] }),
        }
    }
    looks
}

/// Whether two families have the same colours.
fn alike(a: Family, b: Family, canvas: &Canvas<'_>) -> bool {
    let theme = &canvas.options.theme;
    [&theme.light, &theme.dark].into_iter().all(|p| tint(p, a) == tint(p, b))
}

impl Look {
    /// A small picture of the box.
    fn sign(&self, canvas: &Canvas<'_>) -> Vec<Ink> {
        let middle = Point::new(SIGN.w / 2.0, 0.0);
        if self.shape == Shape::Person {
            let radius = SIGN.h / 2.0 + 1.0;
            let mut ink = vec![Ink::Circle { paint: Paint::Tile(self.family), center: middle, radius }];
            let icon = icons::glyph("user").map_or(Icon::Mark(""), Icon::Glyph);
            nodes::push_icon(&mut ink, &icon, self.family, middle, 0.6);
            return ink;
        }
        let paint = match self.shape {
            Shape::External => Paint::ForeignSign(self.family),
            _ => Paint::Sign(self.family),
        };
        let theme = &canvas.options.theme.lines;
        let mut ink = if matches!(self.shape, Shape::Card | Shape::External) && !theme.hand_drawn {
            let rect = Rect::new(0.0, -SIGN.h / 2.0, SIGN.w, SIGN.h);
            vec![Ink::Box { paint, rect, radius: (theme.card_radius / SMALLER).round() }]
        } else {
            let stroke = Stroke { radius: theme.card_radius, hand: theme.hand_drawn };
            let size = Size::new(SIGN.w * SMALLER, SIGN.h * SMALLER);
            let Outline { body, lid, lines, .. } = outline(self.shape, size, stroke);
            let small = |d: String| scaled(&d, 1.0 / SMALLER, (0.0, SIGN.h * SMALLER / 2.0), 1);
            let drawn = [Some(body), lid, lines].into_iter().flatten().filter_map(small);
            drawn.map(|d| Ink::Path { paint, d: d.into() }).collect()
        };
        if self.shape == Shape::External {
            ink.push(Ink::Path { paint: Paint::Glyph(self.family), d: "M13-4h7v7m0-7l-7 7".into() });
        }
        ink
    }

    /// The kinds it stands for, or what they have in common.
    fn words(&self) -> String {
        let mut words: Vec<String> = if self.kinds.len() <= NAMED {
            self.kinds.iter().map(|&kind| plain(catalog().kind(kind).plural)).collect()
        } else {
            self.kinds.iter().map(|&kind| label(catalog().kind(kind).family).to_owned()).collect()
        };
        words.dedup();
        if words.len() <= FAMILIES { words.join(", ") } else { "other components".to_owned() }
    }
}

/// A plural within a line: small, unless it is an abbreviation.
fn plain(plural: &str) -> String {
    let mut letters = plural.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(plural.chars().skip(1)).collect()
        }
        _ => plural.to_owned(),
    }
}

fn label(family: Family) -> &'static str {
    match family {
        Family::Person => "people and clients",
        Family::Entry => "entry",
        Family::Compute => "compute",
        Family::Messaging => "messaging",
        Family::Data => "data",
        Family::Storage => "storage",
        Family::Identity => "identity and secrets",
        Family::Observe => "observability",
        Family::Delivery => "delivery",
        Family::Network => "network",
        Family::External => "external",
        Family::Intelligence => "analytics and learning",
    }
}

/// What may be on boxes and groups of any kind.
fn rest(canvas: &Canvas<'_>) -> Vec<Entry> {
    let a = canvas.architecture;
    let mut entries = Vec::new();
    let rect = Rect::new(0.0, -SIGN.h / 2.0, SIGN.w, SIGN.h);
    let family = |kind: Kind| catalog().kind(kind).family;
    if let Some(assumed) = a.components().find(|c| c.origin.is_assumed()) {
        let sign = Ink::Box { paint: Paint::Assumed(family(assumed.kind)), rect, radius: 4.0 };
        entries.push(worded(vec![sign], SIGN.w, "assumed, not in the text", canvas));
    }
    if let Some(many) = a.components().find(|c| c.replicas.is_some_and(|n| n > 1)) {
        let family = family(many.kind);
        let mut ink = Vec::new();
        let pill = Rect::new(0.0, -DISC / 2.0, SIGN.w, DISC);
        nodes::pill(&mut ink, "×n", pill, (Paint::Tile(family), Paint::Badge(family)));
        entries.push(worded(ink, SIGN.w, "runs n times", canvas));
    }
    let mut borders: Vec<GroupKind> = a.groups().iter().map(|g| g.kind).filter(|k| separates(*k)).collect();
    borders.sort_unstable();
    borders.dedup();
    if !borders.is_empty() {
        let names: Vec<String> = borders.iter().map(|k| plain(k.label())).collect();
        let sign = Ink::Box { paint: Paint::Boundary(0), rect, radius: 3.0 };
        entries.push(worded(vec![sign], SIGN.w, &names.join(", "), canvas));
    }
    entries
}

/// Whether a group of that kind is a border more than a place: it is drawn dashed.
pub(super) fn separates(kind: GroupKind) -> bool {
    matches!(kind, GroupKind::Boundary | GroupKind::Zone | GroupKind::Account)
}

/// Adds the words behind a sign.
fn worded(mut ink: Vec<Ink>, sign: f64, text: &str, canvas: &Canvas<'_>) -> Entry {
    let at = Point::new(sign + SPACE, baseline(0.0, TEXT.summary));
    ink.push(Ink::Text { paint: Paint::Quiet, at, anchor: Anchor::Start, text: text.to_owned() });
    Entry { width: sign + SPACE + canvas.style.metrics.width(text, TEXT.summary, Weight::Regular), ink }
}

/// Sets entries in rows no wider than `width`.
fn flow(entries: Vec<Entry>, width: f64) -> Block {
    let mut block = Block::default();
    let (mut x, mut y) = (0.0, 0.0);
    for Entry { width: w, ink } in entries {
        if x > 0.0 && x + w > width {
            x = 0.0;
            y += ROW;
        }
        block.ink.push(Ink::Part(Part { at: Point::new(x, y + ROW / 2.0), ink, ..Part::default() }));
        x = (x + w + GAP).round();
    }
    block.height = if block.ink.is_empty() { 0.0 } else { y + ROW.max(TEXT_LINE) };
    block
}
