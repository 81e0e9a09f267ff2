//! `check`: diagnostics and nothing else.

use serde_json::json;

use super::args::CheckArgs;
use super::failure::Failure;
use super::report::{Terminal, diagnostic_json};
use super::{Verdict, input, output};
use crate::text::{Diagnostic, Severity};

pub(super) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let least = if args.strict { Severity::Warning } else { Severity::Error };
    let mut verdict = Verdict::Clean;
    let mut found = Vec::new();
    let inputs = input::read_all(&args.inputs, terminal)?;
    for (at, input) in inputs.iter().enumerate() {
        terminal.progress(at + 1, inputs.len(), input.source.name());
        let outcome = input.read();
        verdict = verdict.max(Verdict::of(outcome.diagnostics.iter().any(|d| d.severity >= least)));
        if terminal.json {
            found.extend(outcome.diagnostics.iter().map(|d| diagnostic_json(&input.source, d)));
        } else {
            terminal.diagnostics(&input.source, &outcome.diagnostics);
            let a = &outcome.value;
            let counts = format!(
                "{}: {}, {}; {}",
                input.source.name(),
                count(a.component_count(), "component"),
                count(a.connection_count(), "connection"),
                tally(&outcome.diagnostics)
            );
            terminal.say(&counts);
        }
    }
    if terminal.json {
        output::to_stdout(format!("{:#}\n", json!({ "diagnostics": found })).as_bytes())?;
    }
    Ok(verdict)
}

/// `1 component`, `2 components`.
pub(super) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn tally(diagnostics: &[Diagnostic]) -> String {
    let number = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    match (number(Severity::Error), number(Severity::Warning)) {
        (0, 0) => "nothing wrong".into(),
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}
