//! A D2 diagram of an architecture.
//!
//! Takes an architecture and gives a text that D2 draws: shapes by kind, containers, dashed connections for what nobody waits
//! for. Properties, figures and origins are left behind.

use std::fmt::Write as _;

use super::tree::{Step, lines, walk};
use crate::model::{Architecture, Component, Direction, Kind, Mode};

/// The diagram, with a final line break.
#[must_use]
pub fn d2(a: &Architecture) -> String {
    let way = if a.direction == Some(Direction::Right) { "right" } else { "down" };
    let mut out = format!("direction: {way}\n");
    walk(a, &mut |step| match step {
        Step::Open(group, depth) => {
            let (indent, id) = (indent(depth), quoted(group.id.as_str()));
            let _ = writeln!(out, "{indent}{id}: {} {{", quoted(&group.label));
        }
        Step::Close(depth) => {
            let _ = writeln!(out, "{}}}", indent(depth));
        }
        Step::Component(c, depth) => {
            let label = lines(c).into_iter().map(escaped).collect::<Vec<_>>().join("\\n");
            let shape = shape(c.kind).map(|s| format!(" {{shape: {s}}}")).unwrap_or_default();
            let _ = writeln!(out, "{}{}: \"{label}\"{shape}", indent(depth), quoted(c.id.as_str()));
        }
    });
    for c in a.connections() {
        let label = c.label.as_ref().map(|l| format!(": {}", quoted(l))).unwrap_or_default();
        let dashed = match (c.mode, label.is_empty()) {
            (Mode::Sync, _) => "",
            (Mode::Async, true) => ": {style.stroke-dash: 4}",
            (Mode::Async, false) => " {style.stroke-dash: 4}",
        };
        let _ = writeln!(out, "{} -> {}{label}{dashed}", path(a, a.at(c.from)), path(a, a.at(c.to)));
    }
    out
}

/// A component with the containers around it.
fn path(a: &Architecture, c: &Component) -> String {
    let mut parts: Vec<String> = a.group_chain(c.group.as_ref()).map(|g| quoted(g.id.as_str())).collect();
    parts.reverse();
    parts.push(quoted(c.id.as_str()));
    parts.join(".")
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text that stays text inside quotes; `$` would begin a variable.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '$' => out.push_str("\\$"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn shape(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::User => Some("person"),
        k if k.is_store() || k == Kind::Cache => Some("cylinder"),
        k if k.is_messaging() => Some("queue"),
        Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns => Some("hexagon"),
        Kind::External => Some("cloud"),
        _ => None,
    }
}
