//! Sequence diagrams: one scenario as lifelines and steps.
//!
//! Takes the places that [`crate::layout::sequence`] gives and paints them with the boxes, arrows and step marks of the main picture.

use std::fmt::Write as _;

use super::paint::Paint;
use super::path::number;
use super::scene::{Ink, Part, Scene};
use super::{Canvas, DrawOptions, connectors, nodes, svg};
use crate::geometry::{Rect, Size};
use crate::layout::{Sequence, SequenceRow};
use crate::model::{Architecture, Mode};
use crate::style::Style;

/// Draws scenario number `scenario` as SVG, from the places of its sequence.
#[must_use]
pub fn sequence(
    architecture: &Architecture,
    scenario: usize,
    sequence: &Sequence,
    style: &Style,
    options: &DrawOptions,
) -> String {
    let canvas = Canvas { architecture, style, options };
    let title = architecture.scenarios().get(scenario).map(|s| s.title.clone()).unwrap_or_default();
    let mut ink = vec![Ink::Box {
        paint: Paint::Background,
        rect: Rect::new(0.0, 0.0, sequence.canvas.w, sequence.canvas.h),
        radius: 0.0,
    }];
    for head in &sequence.heads {
        let x = number(head.rect.center().x);
        let d = format!("M{x} {}V{}", number(head.line.0 + 4.0), number(head.line.1));
        ink.push(Ink::Path { paint: Paint::Lifeline, d: d.into() });
    }
    for row in &sequence.rows {
        ink.push(step(row, scenario, &canvas));
    }
    for head in &sequence.heads {
        ink.push(nodes::draw(architecture.at(head.component), head.rect, None, &canvas));
    }
    let size = Size::new(sequence.canvas.w, sequence.canvas.h);
    let description = described(architecture, scenario);
    svg::write(&Scene { size, title, description, ink }, options)
}

/// An arrow with its label above.
fn step(row: &SequenceRow, scenario: usize, canvas: &Canvas<'_>) -> Ink {
    let a = canvas.architecture;
    let connection = a
        .scenarios()
        .get(scenario)
        .and_then(|s| s.steps.get(row.step))
        .and_then(|s| a.connection(s.connection));
    let Some(connection) = connection else { return Ink::Part(Part::default()) };
    let assumed = connection.origin.is_assumed();
    let mut d = String::new();
    let asynchronous = connection.mode == Mode::Async;
    for (i, p) in connectors::shaft(&row.points, asynchronous).iter().enumerate() {
        let _ = write!(d, "{}{} {}", if i == 0 { "M" } else { "L" }, number(p.x), number(p.y));
    }
    let paint = Paint::Edge(asynchronous, assumed);
    let mut ink = vec![Ink::Box { paint: Paint::Plate(None), rect: row.label, radius: 4.0 }];
    ink.push(Ink::Path { paint, d: d.into() });
    if let [.., before, tip] = row.points.as_slice() {
        ink.push(Ink::Path { paint: Paint::Head(assumed), d: connectors::head(*tip, *before).into() });
    }
    let marks = [a.step_mark(scenario, row.step)];
    connectors::inscribe(&mut ink, &marks, &row.lines, row.label, canvas);
    Ink::Part(Part {
        data: vec![
            ("from", a.at(connection.from).id.to_string()),
            ("to", a.at(connection.to).id.to_string()),
            ("mode", connection.mode.word().to_owned()),
        ],
        ink,
        ..Part::default()
    })
}

/// The steps in words.
fn described(a: &Architecture, scenario: usize) -> String {
    let mut text = String::new();
    for (n, step) in a.scenarios().get(scenario).into_iter().flat_map(|s| s.steps.iter().enumerate()) {
        let Some(c) = a.connection(step.connection) else { continue };
        let _ = write!(text, "{}. {} → {}", n + 1, a.at(c.from).label, a.at(c.to).label);
        if let Some(said) = step.text.as_deref().or(c.label.as_deref()) {
            let _ = write!(text, ": {said}");
        }
        text.push_str(if c.mode == Mode::Async { " (asynchronous).\n" } else { ".\n" });
    }
    text.trim_end().to_owned()
}
