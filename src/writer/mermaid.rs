//! A Mermaid flowchart of an architecture.
//!
//! Takes an architecture and gives a flowchart that Mermaid draws: shapes by kind, subgraphs, dotted links for what nobody
//! waits for. Properties, figures and origins are left behind.

use std::fmt::Write as _;

use super::tree::{Step, lines, walk};
use crate::model::{Architecture, Direction, Kind, Mode};

/// The flowchart, with a final line break.
#[must_use]
pub fn mermaid(a: &Architecture) -> String {
    let way = if a.direction == Some(Direction::Right) { "LR" } else { "TB" };
    let mut out = String::new();
    if let Some(title) = &a.title {
        let _ = writeln!(out, "---\ntitle: {}\n---", quoted(title));
    }
    let _ = writeln!(out, "flowchart {way}");
    walk(a, &mut |step| match step {
        Step::Open(group, depth) => {
            let _ = writeln!(
                out,
                "{}subgraph {}[{}]",
                indent(depth),
                name(group.id.as_str()),
                quoted(&group.label)
            );
        }
        Step::Close(depth) => {
            let _ = writeln!(out, "{}end", indent(depth));
        }
        Step::Component(c, depth) => {
            let (open, close) = shape(c.kind);
            let text = lines(c).into_iter().map(escaped).collect::<Vec<_>>().join("<br>");
            let _ = writeln!(out, "{}{}{open}\"{text}\"{close}", indent(depth), name(c.id.as_str()));
        }
    });
    for c in a.connections() {
        let arrow = if c.mode == Mode::Async { "-.->" } else { "-->" };
        let label = c.label.as_ref().map(|l| format!("|{}|", quoted(l))).unwrap_or_default();
        let (from, to) = (name(a.at(c.from).id.as_str()), name(a.at(c.to).id.as_str()));
        let _ = writeln!(out, "  {from} {arrow}{label} {to}");
    }
    out
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth + 1)
}

/// An id that is no word of Mermaid's.
fn name(id: &str) -> String {
    const WORDS: [&str; 8] =
        ["end", "graph", "subgraph", "flowchart", "class", "style", "click", "direction"];
    // `o` and `x` behind a link would be read as its head, and ids beyond ASCII not at all.
    let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if plain && !WORDS.contains(&id) && !id.starts_with(['o', 'x', '-']) && !id.contains("--") {
        return id.to_owned();
    }
    let ascii = id
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}", c as u32) });
    format!("n_{}", ascii.collect::<String>())
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text that stays text inside quotes: Mermaid's own character codes for what it or a browser would act on.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' => {
                let _ = write!(out, "#{};", c as u32);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The marks around a label that give a shape.
fn shape(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::User => ("((", "))"),
        k if k.is_store() || k == Kind::Cache => ("[(", ")]"),
        k if k.is_messaging() => ("[[", "]]"),
        Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns => ("{{", "}}"),
        Kind::External => ("([", "])"),
        _ => ("[", "]"),
    }
}
