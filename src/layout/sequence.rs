//! The places of a sequence diagram: one scenario as lifelines and steps.
//!
//! Takes an architecture and one of its scenarios and gives finished places, as [`super::arrange`] does for the graph.
//! Participants stand side by side in the order in which the steps meet them; every step is a row.

use indexmap::IndexMap;

use crate::geometry::{Point, Rect, Size};
use crate::model::{Architecture, ComponentIndex};
use crate::style::{LABEL_LINE, LABEL_TEXT, Style, TEXT, Weight};

/// More steps than this are left out, and counted in `Sequence::left_out`.
pub(super) const MAX_STEPS: usize = 200;

/// The places of a sequence diagram. Coordinates are CSS pixels inside `0,0 … canvas`; y grows downwards.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sequence {
    /// Width and height of everything.
    pub canvas: Size,
    /// The participants, from left to right.
    pub heads: Vec<Head>,
    /// The steps, from top to bottom.
    pub rows: Vec<Row>,
    /// How many steps did not fit within 200.
    pub left_out: usize,
}

/// A participant and its lifeline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// Which component.
    pub component: ComponentIndex,
    /// Its box.
    pub rect: Rect,
    /// Where its lifeline begins and ends.
    pub line: (f64, f64),
}

/// A step: an arrow from lifeline to lifeline, with its label above.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its place in the scenario, from 0.
    pub step: usize,
    /// Corner points of the arrow: two, or four where a participant calls itself.
    pub points: Vec<Point>,
    /// The label's lines.
    pub lines: Vec<String>,
    /// The box of the step mark and the label.
    pub label: Rect,
}

/// Between two heads.
const GAP: f64 = 28.0;
/// Between a head and the first row, and below the last one.
const LEAD: f64 = 18.0;
/// Between a label and its arrow, and between an arrow and the next label.
const UNDER: f64 = 5.0;
const BETWEEN: f64 = 14.0;
/// How far out a call to oneself goes, and how far down it comes back.
const LOOP: Size = Size::new(34.0, 18.0);
/// The widest a label's text may be.
const TEXT_WIDTH: f64 = 220.0;

/// The places of scenario number `scenario`; `None` when there is none of that number or it has no steps.
#[must_use]
pub fn sequence(a: &Architecture, scenario: usize, style: &Style) -> Option<Sequence> {
    let said = a.scenarios().get(scenario).filter(|s| !s.steps.is_empty())?;
    let mut columns: IndexMap<ComponentIndex, Rect> = IndexMap::new();
    let mut steps = Vec::new();
    for (number, step) in said.steps.iter().enumerate().take(MAX_STEPS) {
        let connection = a.connection(step.connection)?;
        for end in [connection.from, connection.to] {
            let size = style.face(a.at(end)).size;
            columns.entry(end).or_insert(Rect::new(0.0, 0.0, size.w, size.h));
        }
        let text = step.text.as_deref().or(connection.label.as_deref()).unwrap_or_default();
        let lines = style.lines(text, TEXT.label, Weight::Regular, TEXT_WIDTH, 3);
        let mark = style.disc_width(&a.step_mark(scenario, number));
        let widest =
            lines.iter().map(|l| style.metrics.width(l, TEXT.label, Weight::Regular)).fold(0.0, f64::max);
        let width = (mark + 3.0 + widest + 2.0 * LABEL_TEXT.pad_x).ceil();
        let ends = (columns.get_index_of(&connection.from)?, columns.get_index_of(&connection.to)?);
        steps.push(Wanted { number, ends, lines, width });
    }
    let centers = spread(&mut columns, &steps, style.spacing.margin);
    let top = style.spacing.margin;
    let tallest = columns.values().map(|r| r.h).fold(0.0, f64::max);
    let mut y = top + tallest + LEAD;
    let mut rows = Vec::new();
    for step in steps {
        let height = LABEL_LINE * step.lines.len().max(1) as f64 + 2.0 * LABEL_TEXT.pad_y;
        let (from, to) = (centers[step.ends.0], centers[step.ends.1]);
        let at = y + height + UNDER;
        let (points, left) = if step.ends.0 == step.ends.1 {
            let corner = |x, y| Point::new(x, y);
            let (out, down) = (from + LOOP.w, at + LOOP.h);
            (vec![corner(from, at), corner(out, at), corner(out, down), corner(from, down)], from + 6.0)
        } else {
            (vec![Point::new(from, at), Point::new(to, at)], (from + to - step.width) / 2.0)
        };
        let label = Rect::new(left.round(), y, step.width, height);
        y = points.last().map_or(at, |p| p.y) + BETWEEN;
        rows.push(Row { step: step.number, points, lines: step.lines, label });
    }
    let heads = columns
        .iter()
        .map(|(&component, rect)| {
            let rect = Rect { y: top + tallest - rect.h, ..*rect };
            Head { component, rect, line: (rect.bottom(), y) }
        })
        .collect::<Vec<_>>();
    let right = heads
        .iter()
        .map(|h| h.rect.right())
        .chain(rows.iter().flat_map(|r| r.points.iter().map(|p| p.x).chain([r.label.right()])));
    let width = right.fold(0.0, f64::max) + style.spacing.margin;
    let canvas = Size::new(width.ceil(), (y + style.spacing.margin).ceil());
    Some(Sequence { canvas, heads, rows, left_out: said.steps.len().saturating_sub(MAX_STEPS) })
}

/// A step before it has a place.
struct Wanted {
    number: usize,
    /// The columns it goes from and to.
    ends: (usize, usize),
    lines: Vec<String>,
    width: f64,
}

/// Sets the columns side by side, as close as their heads and the labels between them allow, and gives their middles.
fn spread(columns: &mut IndexMap<ComponentIndex, Rect>, steps: &[Wanted], margin: f64) -> Vec<f64> {
    let half: Vec<f64> = columns.values().map(|r| r.w / 2.0).collect();
    let mut centers: Vec<f64> = Vec::with_capacity(half.len());
    for column in 0..half.len() {
        let mut x = match column.checked_sub(1) {
            Some(before) => centers[before] + half[before] + GAP + half[column],
            None => {
                // A label wider than the way to the neighbour must not leave the picture on the left.
                margin + half[0]
            }
        };
        for step in steps {
            let (left, right) = (step.ends.0.min(step.ends.1), step.ends.0.max(step.ends.1));
            if right == column && left < column {
                x = x.max(centers[left] + step.width + 24.0);
            } else if left == right && left + 1 == column {
                x = x.max(centers[left] + step.width.max(LOOP.w) + 30.0);
            }
        }
        centers.push(x.round());
    }
    for (rect, &center) in columns.values_mut().zip(&centers) {
        rect.x = center - rect.w / 2.0;
    }
    centers
}
