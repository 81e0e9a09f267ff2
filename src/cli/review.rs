//! `review`: findings as text, JSON or SARIF.

use super::args::{DenyLevel, ReviewArgs, ReviewFormat};
use super::failure::Failure;
use super::report::Terminal;
use super::{Verdict, input, output};
use crate::review::{self, Level};

pub(super) fn run(args: &ReviewArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let input = input::read_one(&args.inputs, "review", terminal)?;
    if !args.fix.is_empty() {
        return super::fix::run(args, &input, terminal);
    }
    let outcome = input.read();
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    let review = review::review(&outcome.value, &args.strictness.options());
    let format = if terminal.json { ReviewFormat::Json } else { args.format };
    let text = match format {
        ReviewFormat::Text => review::text(&outcome.value, &input.source, &review),
        ReviewFormat::Json => pretty(&review::json(&outcome.value, &review)),
        ReviewFormat::Sarif => pretty(&review::sarif(&outcome.value, &input.source, &review)),
    };
    output::to_stdout(text.as_bytes())?;
    let denied = args.deny.is_some_and(|least| review.findings.iter().any(|f| f.severity >= level(least)));
    Ok(Verdict::of(denied || outcome.has_errors()))
}

fn level(least: DenyLevel) -> Level {
    match least {
        DenyLevel::Error => Level::Error,
        DenyLevel::Warn => Level::Warn,
        DenyLevel::Info => Level::Info,
    }
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
