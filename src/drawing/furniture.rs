//! What stands around the arrangement: the title block above; flows and notes below (the legend has a file of its own).

use super::nodes::discs;
use super::paint::Paint;
use super::scene::{Anchor, Ink, baseline};
use super::{Canvas, words};
use crate::geometry::Point;
use crate::style::{TEXT, Weight};

/// A block of furniture and how high it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) ink: Vec<Ink>,
    pub(super) height: f64,
}

const TITLE_LINE: f64 = 26.0;
pub(super) const TEXT_LINE: f64 = 18.0;
/// Text wider than this is tiring to read.
const MEASURE: f64 = 720.0;

/// The title, what it is for, and how much of it there is; `width` is the room for it.
pub(super) fn title(canvas: &Canvas<'_>, width: f64) -> Block {
    let a = canvas.architecture;
    let mut block = Block::default();
    let mut y = 0.0;
    let mut put = |paint, text: String, height: f64, size: f64| {
        let at = Point::new(0.0, baseline(y + height / 2.0, size));
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
        let at = Point::new(x, baseline(top + TEXT_LINE * (i as f64 + 0.5), TEXT.summary));
        block.ink.push(Ink::Text { paint: Paint::Quiet, at, anchor: Anchor::Start, text: line });
    }
    block.height += count as f64 * TEXT_LINE + 4.0;
}
