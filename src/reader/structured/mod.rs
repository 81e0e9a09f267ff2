//! The model as YAML or JSON.
//!
//! Takes the keys of the JSON contract (every key but `components` optional) and gives an architecture. What does not
//! fit is left out and reported with its place; a text that is no YAML or JSON at all gives one error and nothing else.
//! Depth and the expansion of YAML anchors are bounded by the parsers.

mod explain;
mod locate;

use crate::catalog::catalog;
use crate::model::{Architecture, Record};
use crate::text::{Diagnostic, Outcome, Source, Span};

/// The largest text in bytes.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Reads the model as JSON.
#[must_use]
pub fn read_json(source: &Source) -> Outcome<Architecture> {
    read(source, |text| {
        serde_json::from_str::<Record>(text).map_err(|error| {
            let offset = offset_of(text, error.line(), error.column());
            explain::Fault { message: error.to_string(), offset: Some(offset), syntax: !error.is_data() }
        })
    })
}

/// Reads the model as YAML.
#[must_use]
pub fn read_yaml(source: &Source) -> Outcome<Architecture> {
    read(source, |text| {
        serde_yaml::from_str::<Record>(text).map_err(|error| {
            let message = error.to_string();
            let offset = error.location().map(|l| l.index().min(text.len()));
            let data =
                ["unknown field", "missing field", "invalid type", "unknown variant", "duplicate field"];
            explain::Fault { offset, syntax: !data.iter().any(|d| message.contains(d)), message }
        })
    })
}

fn read(source: &Source, parse: impl Fn(&str) -> Result<Record, explain::Fault>) -> Outcome<Architecture> {
    let whole = source.text();
    let text = whole.trim_start_matches('\u{feff}');
    let skipped = whole.len() - text.len();
    let refuse = |d: Diagnostic| Outcome::new(Architecture::new(), vec![d]);
    if text.len() > MAX_BYTES {
        let message = format!("the text has {} bytes, more than the limit of {MAX_BYTES}", text.len());
        return refuse(
            Diagnostic::error("BP0304", None, message).hint("describe the system in several files"),
        );
    }
    if text.trim().is_empty() {
        let message = "the text is empty: there is nothing to draw";
        return refuse(
            Diagnostic::error("BP0300", None, message).hint("a model needs the key `components`, a list"),
        );
    }
    match parse(text) {
        Err(fault) => refuse(explain::fault(&fault, text, skipped)),
        Ok(record) => {
            let (architecture, errors) = record.build(&|name| catalog().look_up(name));
            let mut diagnostics: Vec<Diagnostic> =
                errors.iter().map(|e| explain::record_error(e, text, skipped, &architecture)).collect();
            if architecture.component_count() == 0 && diagnostics.is_empty() {
                let span = Span::new(skipped, skipped + text.lines().next().map_or(0, str::len));
                diagnostics.push(
                    Diagnostic::error(
                        "BP0300",
                        span,
                        "the model has no components: there is nothing to draw",
                    )
                    .hint("list them under `components`, each with an `id`"),
                );
            }
            Outcome::new(architecture, diagnostics)
        }
    }
}

/// The byte offset of a line (from 1) and column (in bytes, from 1).
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
