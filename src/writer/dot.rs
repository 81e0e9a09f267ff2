//! A Graphviz DOT graph of an architecture.
//!
//! Takes an architecture and gives a graph that `dot` draws: shapes by kind, clusters, dashed edges for what nobody waits
//! for. Properties, figures and origins are left behind.

use std::fmt::Write as _;

use super::tree::{Step, lines, walk};
use crate::model::{Architecture, Direction, Kind, Mode};

/// The graph, with a final line break.
#[must_use]
pub fn dot(a: &Architecture) -> String {
    let way = if a.direction == Some(Direction::Right) { "LR" } else { "TB" };
    let mut out = String::from("digraph {\n");
    let _ = writeln!(out, "  rankdir={way}");
    if let Some(title) = &a.title {
        let _ = writeln!(out, "  label={}\n  labelloc=t", quoted(title));
    }
    out.push_str("  node [shape=box, style=rounded]\n");
    walk(a, &mut |step| match step {
        Step::Open(group, depth) => {
            let indent = indent(depth);
            let _ = writeln!(out, "{indent}subgraph {} {{", quoted(&format!("cluster_{}", group.id)));
            let _ = writeln!(out, "{indent}  label={}", quoted(&group.label));
        }
        Step::Close(depth) => {
            let _ = writeln!(out, "{}}}", indent(depth));
        }
        Step::Component(c, depth) => {
            let label = lines(c).into_iter().map(escaped).collect::<Vec<_>>().join("\\n");
            let shape = shape(c.kind).map(|s| format!(", shape={s}, style=solid")).unwrap_or_default();
            let _ = writeln!(out, "{}{} [label=\"{label}\"{shape}]", indent(depth), quoted(c.id.as_str()));
        }
    });
    for c in a.connections() {
        let (from, to) = (quoted(a.at(c.from).id.as_str()), quoted(a.at(c.to).id.as_str()));
        let label = c.label.as_ref().map(|l| format!("label={}", quoted(l)));
        let style = (c.mode == Mode::Async).then(|| "style=dashed".to_owned());
        let said: Vec<String> = label.into_iter().chain(style).collect();
        let said = if said.is_empty() { String::new() } else { format!(" [{}]", said.join(", ")) };
        let _ = writeln!(out, "  {from} -> {to}{said}");
    }
    out.push_str("}\n");
    out
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth + 1)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text that stays text inside quotes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn shape(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::User => Some("ellipse"),
        k if k.is_store() || k == Kind::Cache => Some("cylinder"),
        k if k.is_messaging() => Some("cds"),
        Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns => Some("hexagon"),
        _ => None,
    }
}
