//! What stands around the arrangement: the title block above; legend, flows and notes below.

use super::nodes::discs;
use super::paint::Paint;
use super::scene::{Anchor, Ink, Part};
use super::{Canvas, connectors, marks, words};
use crate::catalog::{Family, catalog};
use crate::geometry::{Point, Rect};
use crate::model::{ConnectionRef, Mode};
use crate::style::{TEXT, Weight};

/// A block of furniture and how high it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) ink: Vec<Ink>,
    pub(super) height: f64,
}

const TITLE_LINE: f64 = 26.0;
const TEXT_LINE: f64 = 18.0;
const ROW: f64 = 24.0;
/// Between two entries of the legend.
const GAP: f64 = 24.0;
/// Side of a legend's swatch, and length of its lines.
const SWATCH: f64 = 14.0;
const LINE: f64 = 36.0;
/// Text wider than this is tiring to read.
const MEASURE: f64 = 720.0;

/// The title, what it is for, and how much of it there is; `width` is the room for it.
pub(super) fn title(canvas: &Canvas<'_>, width: f64) -> Block {
    let a = canvas.architecture;
    let mut block = Block::default();
    let mut y = 0.0;
    let mut put = |paint, text: String, height: f64, size: f64| {
        let at = Point::new(0.0, y + height / 2.0 + size * 0.36);
        block.ink.push(Ink::Text { paint, at, anchor: Anchor::Start, text });
        y += height;
    };
    let lines =
        |text: &str, size, weight, most| canvas.style.lines(text, size, weight, width.min(MEASURE), most);
    for line in lines(a.title.as_deref().unwrap_or_default(), TEXT.title, Weight::SemiBold, 2) {
        put(Paint::Title, line, TITLE_LINE, TEXT.title);
    }
    let about = a.description.as_deref().filter(|d| Some(*d) != a.title.as_deref()).unwrap_or_default();
    for line in lines(about, TEXT.summary, Weight::Regular, 2) {
        put(Paint::Quiet, line, TEXT_LINE, TEXT.summary);
    }
    let marks = &canvas.options.marks;
    let counted = if marks.is_empty() { words::counts(a) } else { marks.counts() };
    put(Paint::Quiet, counted, TEXT_LINE, TEXT.summary);
    block.height = y;
    block
}

/// An entry of the legend: how wide it is and its ink, drawn around a middle line at y = 0.
struct Entry {
    width: f64,
    ink: Vec<Ink>,
}

/// What the signs of this picture mean: only those that are on it.
pub(super) fn legend(canvas: &Canvas<'_>, width: f64) -> Block {
    let mut entries = Vec::new();
    entries.extend(line_entries(canvas));
    entries.extend(family_entries(canvas));
    entries.extend(canvas.options.marks.used().into_iter().map(|change| {
        let center = Point::new(SWATCH / 2.0, 0.0);
        worded(marks::sign(change, center), SWATCH + 2.0, change.word(), canvas)
    }));
    flow(entries, width)
}

fn line_entries(canvas: &Canvas<'_>) -> Vec<Entry> {
    let a = canvas.architecture;
    let any = |test: &dyn Fn(&ConnectionRef<'_>) -> bool| a.connections().any(|c| test(&c));
    let mut entries = Vec::new();
    if any(&|c| c.mode == Mode::Sync) {
        entries.push(line_entry("call, waits for the answer", Paint::Edge(false, false), false, canvas));
    }
    if any(&|c| c.mode == Mode::Async) {
        entries.push(line_entry("event, nobody waits", Paint::Edge(true, false), false, canvas));
    }
    if any(&|c| c.origin.is_assumed()) {
        entries.push(line_entry("assumed connection", Paint::Edge(false, true), true, canvas));
    }
    entries
}

fn line_entry(text: &str, paint: Paint, assumed: bool, canvas: &Canvas<'_>) -> Entry {
    let d = format!("M0 0H{}", LINE - 8.0);
    let head = connectors::head(Point::new(LINE, 0.0), Point::default());
    let mut ink =
        vec![Ink::Path { paint, d: d.into() }, Ink::Path { paint: Paint::Head(assumed), d: head.into() }];
    if assumed {
        ink.push(Ink::Circle { paint: Paint::Ring, center: Point::new(3.0, 0.0), radius: 3.0 });
    }
    worded(ink, LINE, text, canvas)
}

fn family_entries(canvas: &Canvas<'_>) -> Vec<Entry> {
    let mut families: Vec<(Family, bool)> = Vec::new();
    let mut assumed = None;
    for component in canvas.architecture.components() {
        let family = catalog().kind(component.kind).family;
        if !families.iter().any(|(f, _)| *f == family) {
            families.push((family, false));
        }
        if component.origin.is_assumed() {
            assumed.get_or_insert(family);
        }
    }
    families.sort_unstable();
    let swatch = |paint| Ink::Box { paint, rect: Rect::new(0.0, -SWATCH / 2.0, SWATCH, SWATCH), radius: 4.0 };
    let mut entries: Vec<Entry> = families
        .iter()
        .map(|&(family, _)| {
            let dot = Ink::Circle {
                paint: Paint::Mark(family),
                center: Point::new(SWATCH / 2.0, 0.0),
                radius: 3.0,
            };
            worded(vec![swatch(Paint::Tile(family)), dot], SWATCH, label(family), canvas)
        })
        .collect();
    if let Some(family) = assumed {
        entries.push(worded(
            vec![swatch(Paint::Assumed(family))],
            SWATCH,
            "assumed, not in the text",
            canvas,
        ));
    }
    entries
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

/// Adds the words behind a sign.
fn worded(mut ink: Vec<Ink>, sign: f64, text: &str, canvas: &Canvas<'_>) -> Entry {
    let at = Point::new(sign + 8.0, TEXT.summary * 0.36);
    ink.push(Ink::Text { paint: Paint::Quiet, at, anchor: Anchor::Start, text: text.to_owned() });
    Entry { width: sign + 8.0 + canvas.style.metrics.width(text, TEXT.summary, Weight::Regular), ink }
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
        x += w + GAP;
    }
    block.height = if block.ink.is_empty() { 0.0 } else { y + ROW };
    block
}

/// The flows whose steps are numbered, and the notes.
pub(super) fn footnotes(canvas: &Canvas<'_>, width: f64) -> Block {
    let a = canvas.architecture;
    let mut block = Block::default();
    for (i, scenario) in a.scenarios().iter().enumerate() {
        let last = scenario.steps.len().saturating_sub(1);
        let marks = match last {
            0 => vec![a.step_mark(i, 0)],
            _ => vec![format!("{}–{}", a.step_mark(i, 0), a.step_mark(i, last))],
        };
        note(&mut block, &marks, &scenario.title, width, canvas);
    }
    for (i, text) in a.notes().iter().enumerate() {
        let about = text.about.as_ref().and_then(|id| {
            let id = id.as_str();
            a.component(id).map(|c| c.label.as_str()).or_else(|| a.group(id).map(|g| g.label.as_str()))
        });
        let said = about.map_or_else(|| text.text.clone(), |name| format!("{name}: {}", text.text));
        note(&mut block, &[note_mark(i)], &said, width, canvas);
    }
    block
}

/// The mark of the n-th note: a, b … z, then a1, b1 …
pub(super) fn note_mark(n: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
    if n < 26 { letter.to_string() } else { format!("{letter}{}", n / 26) }
}

fn note(block: &mut Block, marks: &[String], text: &str, width: f64, canvas: &Canvas<'_>) {
    let top = block.height;
    let x = discs(&mut block.ink, marks, 0.0, top + 1.0, canvas) + 6.0;
    let lines = canvas.style.lines(text, TEXT.summary, Weight::Regular, (width - x).clamp(120.0, MEASURE), 6);
    let count = lines.len().max(1);
    for (i, line) in lines.into_iter().enumerate() {
        let at = Point::new(x, top + TEXT_LINE * (i as f64 + 0.5) + TEXT.summary * 0.36);
        block.ink.push(Ink::Text { paint: Paint::Quiet, at, anchor: Anchor::Start, text: line });
    }
    block.height += count as f64 * TEXT_LINE + 4.0;
}
