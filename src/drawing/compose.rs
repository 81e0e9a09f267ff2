//! Puts a picture together, back to front.

use std::collections::BTreeMap;

use super::crossings::{Crossings, Line, Met};
use super::furniture::{self, Block};
use super::paint::Paint;
use super::path::number;
use super::scene::{Ink, Part, Scene};
use super::{Canvas, connectors, groups, legend, nodes, words};
use crate::geometry::{Point, Rect, Size};
use crate::layout::{Arrangement, End};

/// The narrowest picture: title and legend need some room.
const MIN_WIDTH: f64 = 280.0;
/// Between legend and notes.
const BLOCK_GAP: f64 = 12.0;
/// Distance of the rules on ruled paper.
const RULE: f64 = 24.0;

/// The scene of an arrangement.
pub(super) fn scene(arrangement: &Arrangement, canvas: &Canvas<'_>) -> Scene {
    let a = canvas.architecture;
    let margin = canvas.style.spacing.margin;
    let width = arrangement.canvas.w.max(MIN_WIDTH).ceil();
    let room = width - 2.0 * margin;
    let empty = Block::default;
    let title = if canvas.options.title { furniture::title(canvas, room) } else { empty() };
    let signs = if canvas.options.legend { legend::legend(canvas, room) } else { empty() };
    let notes = if canvas.options.legend { furniture::footnotes(canvas, room) } else { empty() };
    let top = if title.height > 0.0 { margin + title.height } else { 0.0 };
    let left = ((width - arrangement.canvas.w) / 2.0).round();
    let mut ink = Vec::new();
    let mut bottom = top + arrangement.canvas.h;
    place(&mut ink, title, margin, margin);
    ink.push(Ink::Part(Part {
        at: Point::new(left, top),
        ink: picture(arrangement, canvas),
        ..Part::default()
    }));
    for block in [signs, notes] {
        if block.height > 0.0 {
            let height = block.height;
            place(&mut ink, block, margin, bottom);
            bottom += height + BLOCK_GAP;
        }
    }
    let height = if bottom > top + arrangement.canvas.h { bottom - BLOCK_GAP + margin } else { bottom };
    let size = Size::new(width, height.max(2.0 * margin).ceil());
    let mut back = background(size, canvas);
    back.append(&mut ink);
    let title = a.title.clone().filter(|t| !t.trim().is_empty());
    Scene {
        size,
        title: title.unwrap_or_else(|| "Architecture diagram".to_owned()),
        description: words::alternative(a),
        ink: back,
    }
}

fn place(ink: &mut Vec<Ink>, block: Block, x: f64, y: f64) {
    if !block.ink.is_empty() {
        ink.push(Ink::Part(Part { at: Point::new(x, y), ink: block.ink, ..Part::default() }));
    }
}

fn background(size: Size, canvas: &Canvas<'_>) -> Vec<Ink> {
    let rect = Rect::new(0.0, 0.0, size.w, size.h);
    let mut ink = vec![Ink::Box { paint: Paint::Background, rect, radius: 0.0 }];
    if canvas.options.theme.lines.grid {
        let mut d = String::new();
        let rules = |length: f64| (1..).map(|i| f64::from(i) * RULE + 0.5).take_while(move |x| *x < length);
        for x in rules(size.w.min(20_000.0)) {
            d += &format!("M{} 0V{}", number(x), number(size.h));
        }
        for y in rules(size.h.min(20_000.0)) {
            d += &format!("M0 {}H{}", number(y), number(size.w));
        }
        ink.push(Ink::Path { paint: Paint::Grid, d: d.into() });
    }
    ink
}

/// The arrangement itself: groups, connections, labels, components.
fn picture(arrangement: &Arrangement, canvas: &Canvas<'_>) -> Vec<Ink> {
    let a = canvas.architecture;
    let mut ink = Vec::new();
    for place in &arrangement.groups {
        if let Some(group) = a.groups().get(place.group) {
            ink.push(groups::draw(group, place, canvas));
        }
    }
    let silhouettes: BTreeMap<_, _> = arrangement
        .nodes
        .iter()
        .filter_map(|n| {
            Some((n.component, nodes::silhouette(a.graph().node_weight(n.component)?, n.rect, canvas)))
        })
        .collect();
    let routes: Vec<_> =
        arrangement.routes.iter().filter_map(|r| Some((r, a.connection(r.connection)?))).collect();
    let mut lines = vec![Line::default(); a.connection_count()];
    for (route, connection) in &routes {
        if let (Some(from), Some(to)) = (silhouettes.get(&connection.from), silhouettes.get(&connection.to)) {
            // At either side of a component there may be a trunk that comes and one that goes.
            let trunk = route.trunk.map(|end| match end {
                End::Source => 2 * connection.from.index(),
                End::Target => 2 * connection.to.index() + 1,
            });
            let points = connectors::path(route, from, to);
            lines[connection.index.index()] = Line { points, label: route.label, trunk };
        }
    }
    let crossings = Crossings::find(&lines, canvas.style.spacing.corner);
    let taken: Vec<Rect> = lines.iter().filter_map(|l| l.label).collect();
    let alone = Met::default();
    let marks = a.step_marks();
    for (route, connection) in &routes {
        let n = connection.index.index();
        let face = canvas.style.label(connection, &marks[n]);
        let ground = &arrangement.groups;
        let lettering =
            route.label.zip(face).map(|(place, face)| connectors::Lettering { face, place, ground });
        let path = (lines[n].points.as_slice(), route.trunk);
        let met = crossings.of(n).unwrap_or(&alone);
        ink.extend(connectors::draw(connection, path, met, lettering.as_ref(), &taken, canvas));
    }
    let notes = note_marks(canvas);
    for node in &arrangement.nodes {
        if let Some(component) = a.graph().node_weight(node.component) {
            let note = notes.get(component.id.as_str()).map(String::as_str);
            ink.push(nodes::draw(component, node.rect, note, canvas));
        }
    }
    ink
}

/// The marks of the notes by what they are about; the first of several.
fn note_marks<'a>(canvas: &Canvas<'a>) -> BTreeMap<&'a str, String> {
    let mut marks = BTreeMap::new();
    if canvas.options.legend {
        for (i, note) in canvas.architecture.notes().iter().enumerate() {
            if let Some(about) = &note.about {
                marks.entry(about.as_str()).or_insert_with(|| furniture::note_mark(i));
            }
        }
    }
    marks
}
