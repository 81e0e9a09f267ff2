//! `doc`: the design document alone.

use super::args::DocArgs;
use super::failure::Failure;
use super::input::{self, Input};
use super::report::Terminal;
use super::{Verdict, output, template};
use crate::document::{self, DocumentOptions};
use crate::review::{self, ReviewOptions};
use crate::text::Diagnostic;

pub(super) fn run(args: &DocArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let inputs = if args.out_dir.is_some() {
        input::read_all(&args.inputs)?
    } else {
        vec![input::read_one(&args.inputs, "doc")?]
    };
    let template = template::load(&args.template)?;
    if let Some(dir) = &args.out_dir {
        output::make_dir(dir)?;
    }
    let mut verdict = Verdict::Clean;
    for (at, input) in inputs.iter().enumerate() {
        terminal.progress(at + 1, inputs.len(), input.source.name());
        verdict = verdict.max(one(args, input, template.clone(), terminal)?);
    }
    Ok(verdict)
}

fn one(
    args: &DocArgs,
    input: &Input,
    template: Option<String>,
    terminal: &Terminal,
) -> Result<Verdict, Failure> {
    let mut outcome = input.read();
    let findings = review::review(&outcome.value, &ReviewOptions { profile: args.profile.into() });
    let options = DocumentOptions { picture: args.picture.clone(), template, ..DocumentOptions::default() };
    let text =
        document::write(&outcome.value, &findings, Some(&input.source), &options).unwrap_or_else(|error| {
            outcome.diagnostics.push(Diagnostic::error("BP0601", None, error.to_string()));
            String::new()
        });
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    if text.is_empty() || outcome.value.component_count() == 0 {
        terminal.say(&format!("{}: nothing to describe, nothing written.", input.source.name()));
        return Ok(Verdict::Findings);
    }
    let place =
        args.out_dir.as_ref().map(|d| d.join(format!("{}.md", input.stem()))).or_else(|| args.output.clone());
    output::to(place.as_deref(), text.as_bytes())?;
    Ok(Verdict::of(outcome.has_errors()))
}
