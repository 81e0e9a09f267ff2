//! `fmt`: the one format of `.bp` files.

use std::path::Path;

use similar::TextDiff;

use super::args::{FmtArgs, Inputs, SyntaxName};
use super::failure::Failure;
use super::input::{self, Input};
use super::report::Terminal;
use super::{Verdict, output};
use crate::reader::language;
use crate::text::{Diagnostic, Severity};

pub(super) fn run(args: &FmtArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let files = input::expand(&args.files)?;
    if let Some(other) =
        files.iter().find(|f| *f != "-" && Path::new(f).extension().is_none_or(|e| e != "bp"))
    {
        return Err(Failure::Usage(format!(
            "`fmt` formats .bp files, not `{other}`; `blueprose read` turns a text into one"
        )));
    }
    let inputs = Inputs { files, text: None, syntax: Some(SyntaxName::Bp) };
    let mut verdict = Verdict::Clean;
    for input in input::read_all(&inputs, terminal)? {
        verdict = verdict.max(one(args, &input, terminal)?);
    }
    Ok(verdict)
}

fn one(args: &FmtArgs, input: &Input, terminal: &Terminal) -> Result<Verdict, Failure> {
    let before = input.source.text();
    let after = language::format(before);
    // Lines that are not understood stay as they are; their errors are worth saying, other remarks are not.
    let mut errors: Vec<Diagnostic> = input.read().diagnostics;
    errors.retain(|d| d.severity == Severity::Error);
    terminal.diagnostics(&input.source, &errors);
    let changed = after != before;
    match &input.path {
        None if args.check => {}
        None => output::to_stdout(after.as_bytes())?,
        Some(path) if changed && !args.check => {
            output::write_all(&[(path.clone(), after.as_bytes())])?;
            terminal.say(&format!("Formatted {}.", path.display()));
        }
        Some(_) => {}
    }
    if args.check && changed {
        let name = input.source.name();
        let diff = TextDiff::from_lines(before, &after)
            .unified_diff()
            .header(name, &format!("{name} (formatted)"))
            .to_string();
        output::to_stdout(diff.as_bytes())?;
    }
    Ok(Verdict::of(!errors.is_empty() || (args.check && changed)))
}
