//! `read`: what was understood, in the language, or sentence by sentence.

use super::args::ReadArgs;
use super::failure::Failure;
use super::report::Terminal;
use super::{Verdict, input, output};
use crate::writer;

pub(super) fn run(args: &ReadArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let input = input::read_one(&args.inputs, "read")?;
    let outcome = input.read();
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    output::to_stdout(writer::language(&outcome.value).as_bytes())?;
    Ok(Verdict::of(outcome.has_errors()))
}
