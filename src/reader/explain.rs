//! Why a text was read as it was: unit by unit of the text, what stands in the architecture because of it.
//!
//! Takes a source and the architecture read from it and gives, for every sentence (English) or line (all else), the
//! components, connections, groups and facts that go back to it, with their origin.

use serde::Serialize;

use super::{Syntax, english};
use crate::model::{Architecture, Origin};
use crate::text::{Source, Span};

/// What one sentence or line came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unit {
    /// Its bytes.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// What stands in the architecture because of it.
    pub results: Vec<Reading>,
    /// Rules that were applied, as sentences.
    pub rules: Vec<String>,
    /// Words that could have meant something else, with what they were taken for.
    pub choices: Vec<String>,
    /// Content words of which no use was made.
    pub unused: Vec<String>,
}

/// One thing in the architecture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// `component`, `connection`, `group`, `figure`, `assumption` or `question`.
    pub what: &'static str,
    /// What it is, in words.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Explains an architecture that was read from `source`. Units of which there is nothing to say
/// are left out.
#[must_use]
pub fn explain(source: &Source, syntax: Syntax, architecture: &Architecture) -> Vec<Unit> {
    let mut units = units(source, syntax);
    for reading in readings(architecture) {
        let start = reading.origin.span().start;
        // What belongs to no unit (a heading, say) is told with the unit before it.
        let place = units.partition_point(|u| u.span.start <= start).saturating_sub(1);
        if let Some(unit) = units.get_mut(place) {
            unit.results.push(reading);
        }
    }
    units.retain(|u| !(u.results.is_empty() && u.unused.is_empty() && u.choices.is_empty()));
    units
}

fn units(source: &Source, syntax: Syntax) -> Vec<Unit> {
    if matches!(syntax, Syntax::English | Syntax::Markdown) {
        let sentences = english::explain(source).sentences;
        return sentences
            .into_iter()
            .map(|s| Unit {
                span: s.span,
                text: s.text,
                results: Vec::new(),
                rules: s.rules,
                choices: s.choices,
                unused: s.unused,
            })
            .collect();
    }
    let lines = (1..=source.line_count()).filter_map(|n| source.line_span(n));
    lines
        .map(|span| {
            let text = source.slice(span).trim().to_owned();
            Unit {
                span,
                text,
                results: Vec::new(),
                rules: Vec::new(),
                choices: Vec::new(),
                unused: Vec::new(),
            }
        })
        .collect()
}

fn readings(a: &Architecture) -> Vec<Reading> {
    let mut all = Vec::new();
    let mut add =
        |what, text: String, origin: &Origin| all.push(Reading { what, text, origin: origin.clone() });
    for c in a.components() {
        let made = c.technology.as_ref().map(|t| format!(", {}", t.name)).unwrap_or_default();
        add("component", format!("{} ({}{made})", c.label, c.kind.label().to_lowercase()), &c.origin);
    }
    for g in a.groups() {
        add("group", format!("{} ({})", g.label, g.kind.label().to_lowercase()), &g.origin);
    }
    for c in a.connections() {
        let label = c.label.as_ref().map(|l| format!(": {l}")).unwrap_or_default();
        add("connection", format!("{} → {}{label}", a.at(c.from).label, a.at(c.to).label), &c.origin);
    }
    for f in a.workload() {
        add("figure", format!("{:?} {}", f.key, f.value), &f.origin);
    }
    for x in a.assumptions() {
        add("assumption", x.text.clone(), &x.origin);
    }
    for q in a.questions() {
        add("question", q.text.clone(), &q.origin);
    }
    all
}
