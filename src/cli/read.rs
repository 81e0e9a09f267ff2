//! `read`: what was understood, in the language, or sentence by sentence.

use std::fmt::Write as _;

use serde_json::json;

use super::args::ReadArgs;
use super::failure::Failure;
use super::report::Terminal;
use super::{Verdict, input, output};
use crate::reader::{self, Unit};
use crate::writer;

pub(super) fn run(args: &ReadArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let input = input::read_one(&args.inputs, "read", terminal)?;
    let outcome = input.read();
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    let text = if args.explain {
        let units = reader::explain(&input.source, input.syntax, &outcome.value);
        if terminal.json { format!("{:#}\n", json!({ "units": units })) } else { told(&units) }
    } else if terminal.json {
        writer::json(&outcome.value)
    } else {
        writer::language(&outcome.value)
    };
    output::to_stdout(text.as_bytes())?;
    Ok(Verdict::of(outcome.has_errors()))
}

/// The explanation for people. Writing to a string cannot fail.
fn told(units: &[Unit]) -> String {
    let mut text = String::new();
    for unit in units {
        let _ = writeln!(text, "“{}”", unit.text.split_whitespace().collect::<Vec<_>>().join(" "));
        for reading in &unit.results {
            let why = reading.origin.why().map(|w| format!(": {w}")).unwrap_or_default();
            let _ =
                writeln!(text, "  {:10} {}  [{}{why}]", reading.what, reading.text, reading.origin.word());
        }
        for rule in &unit.rules {
            let _ = writeln!(text, "  {:10} {rule}", "rule");
        }
        for choice in &unit.choices {
            let _ = writeln!(text, "  {:10} {choice}", "ambiguous");
        }
        if !unit.unused.is_empty() {
            let _ = writeln!(text, "  {:10} {}", "unused", unit.unused.join(", "));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
