//! `review --fix`: what a finding proposes, applied to the text.

use super::args::ReviewArgs;
use super::edit::{in_language, shown};
use super::failure::Failure;
use super::input::Input;
use super::judged::Judged;
use super::report::Terminal;
use super::{Verdict, output};
use crate::compare::compare;
use crate::edit::{self, Edited, Plan};
use crate::model::{Architecture, Operation};
use crate::reader::language;
use crate::review;

pub(super) fn run(args: &ReviewArgs, input: &Input, terminal: &Terminal) -> Result<Verdict, Failure> {
    let (source, converted) = in_language(input, terminal);
    let before = language::read(&source).value;
    let operations = chosen(&before, args)?;
    let mut after = before.clone();
    if let Err(error) = after.apply_all(&operations) {
        return Err(Failure::Input {
            code: "BP0807",
            message: format!("the fix cannot be applied: {error}"),
            hint: "make the change by hand".into(),
        });
    }
    let text = match edit::write(&source, &before, &after) {
        Ok(text) => text,
        Err(diagnostic) => {
            terminal.diagnostics(&source, std::slice::from_ref(&diagnostic));
            return Ok(Verdict::Findings);
        }
    };
    let difference = compare(&before, &after);
    let findings = Judged::of(&before, &after);
    let edited = Edited { before, plan: Plan { operations, architecture: after, remarks: Vec::new() }, text };
    output::to_stdout(shown(&source, &edited, &difference.text(), &findings.text()).as_bytes())?;
    if !args.write {
        terminal.say("Nothing is written; --write writes it.");
        return Ok(Verdict::Clean);
    }
    let beside = input.path.as_ref().map(|p| if converted { p.with_extension("bp") } else { p.clone() });
    let Some(path) = args.output.clone().or(beside) else {
        return Err(Failure::Usage(
            "the text came from standard input: name a file with -o to write to".into(),
        ));
    };
    if converted {
        output::check_ours(&path, args.force)?;
    }
    output::write_all(&[(path.clone(), edited.text.as_bytes())])?;
    terminal.say(&format!("Written: {}", path.display()));
    Ok(Verdict::Clean)
}

/// The operations of the fixes named; `all` takes the first fix of every finding that has one.
fn chosen(a: &Architecture, args: &ReviewArgs) -> Result<Vec<Operation>, Failure> {
    let review = review::review(a, &args.strictness.options());
    let mut operations = Vec::new();
    for wanted in &args.fix {
        if wanted.eq_ignore_ascii_case("all") {
            let first = review.findings.iter().filter_map(|f| f.fixes.first());
            operations.extend(first.flat_map(|f| f.operations.clone()));
            continue;
        }
        let mut all = review.findings.iter().flat_map(|f| &f.fixes);
        let Some(fix) = all.find(|f| f.id.eq_ignore_ascii_case(wanted)) else {
            let known: Vec<&str> =
                review.findings.iter().flat_map(|f| &f.fixes).map(|f| f.id.as_str()).collect();
            return Err(Failure::Input {
                code: "BP0817",
                message: format!("there is no fix `{wanted}` for this description"),
                hint: if known.is_empty() {
                    "no finding proposes one".into()
                } else {
                    format!("there are {}, or all", known.join(", "))
                },
            });
        };
        operations.extend(fix.operations.clone());
    }
    Ok(operations)
}
