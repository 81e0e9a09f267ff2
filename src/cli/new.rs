//! `new`: a reference design as a file in the language, to go on from.

use std::fmt::Write as _;

use super::args::NewArgs;
use super::failure::Failure;
use super::report::Terminal;
use super::{Verdict, output};
use crate::catalog::{Design, design, nearest_design};
use crate::writer;

pub(super) fn run(args: &NewArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let Some(found) = design(&args.design.to_lowercase()) else {
        let hint = nearest_design(&args.design.to_lowercase())
            .map(|d| format!("; did you mean `{}`?", d.id()))
            .unwrap_or_default();
        return Err(Failure::Usage(format!(
            "there is no reference design `{}`{hint} (`blueprose designs` lists them)",
            args.design
        )));
    };
    let text = page(found).map_err(|error| Failure::Usage(error.to_string()))?;
    if let Some(path) = args.output.as_deref().filter(|p| p.as_os_str() != "-") {
        // What somebody has begun is never replaced unasked, whoever wrote it.
        if path.exists() && !args.force {
            return Err(Failure::InTheWay(path.to_owned()));
        }
        output::to(Some(path), text.as_bytes())?;
        terminal.say(&format!("Wrote {}: {}, {} components.", path.display(), found.title(), found.size()));
    } else {
        output::to_stdout(text.as_bytes())?;
    }
    Ok(Verdict::Clean)
}

/// The design in the language, after comments on what to decide and what can be left out.
fn page(design: &Design) -> Result<String, crate::model::ModelError> {
    let architecture = design.architecture()?;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# {}: a reference design of Blueprose to go on from.", design.title());
    let _ = writeln!(text, "# To decide, and what is drawn until then:");
    for (question, default) in design.decisions() {
        let _ = writeln!(text, "#   - {question} Here: {default}.");
    }
    let optional: Vec<&str> = design.optional().collect();
    if !optional.is_empty() {
        let _ = writeln!(text, "# A first version can do without: {}.", optional.join(", "));
    }
    text.push('\n');
    text.push_str(&writer::language(&architecture));
    Ok(text)
}
