//! `edit`: sentences applied to a description; the difference shown, and written only when asked.

use std::fmt::Write as _;

use similar::TextDiff;

use super::args::EditArgs;
use super::failure::Failure;
use super::input::Input;
use super::judged::Judged;
use super::report::Terminal;
use super::{Verdict, input, output};
use crate::compare::compare;
use crate::edit;
use crate::reader::Syntax;
use crate::text::Source;
use crate::writer;

pub(super) fn run(args: &EditArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let input = input::read_file(&args.file, args.syntax.map(Into::into))?;
    if args.sentences.is_empty() {
        return Err(Failure::Usage("`edit` needs a sentence that says what to change".into()));
    }
    let sentences: Vec<&str> = args.sentences.iter().map(String::as_str).collect();
    if args.append && input.syntax != Syntax::English {
        return Err(Failure::Usage(format!(
            "--append is for English texts, and `{}` is none: leave it out",
            input.source.name()
        )));
    }
    let (source, converted) =
        if args.append { (input.source.clone(), false) } else { in_language(&input, terminal) };
    let done = if args.append { edit::append(&source, &sentences) } else { edit::edit(&source, &sentences) };
    let edited = match done {
        Ok(edited) => edited,
        Err(refused) => {
            match refused.sentence.and_then(|n| sentences.get(n)) {
                Some(sentence) => {
                    let source = Source::new("the sentence", *sentence);
                    terminal.diagnostics(&source, std::slice::from_ref(&refused.diagnostic));
                }
                None => terminal.diagnostics(&source, std::slice::from_ref(&refused.diagnostic)),
            }
            return Ok(Verdict::Findings);
        }
    };
    for (sentence, remarks) in sentences.iter().zip(&edited.plan.remarks) {
        terminal.diagnostics(&Source::new("the sentence", *sentence), remarks);
    }
    let difference = compare(&edited.before, &edited.plan.architecture);
    let judged = Judged::of(&edited.before, &edited.plan.architecture);
    let target = target(args, &input, converted);
    if terminal.json {
        let whole = serde_json::json!({
            "operations": edited.plan.operations,
            "difference": difference,
            "judged": judged,
            "text": edited.text,
            "written": target.as_ref().filter(|_| args.write),
        });
        output::to_stdout(format!("{whole:#}\n").as_bytes())?;
    } else {
        output::to_stdout(shown(&source, &edited, &difference.text(), &judged.text()).as_bytes())?;
    }
    if !args.write {
        if !difference.is_empty() {
            terminal.say("Nothing is written; --write writes it.");
        }
        return Ok(Verdict::Clean);
    }
    match target {
        Some(path) => {
            if converted {
                output::check_ours(path.as_ref(), args.force)?;
            }
            output::write_all(&[(path.clone().into(), edited.text.as_bytes())])?;
            terminal.say(&format!("Written: {path}"));
            Ok(Verdict::Clean)
        }
        None => {
            Err(Failure::Usage("the text came from standard input: name a file with -o to write to".into()))
        }
    }
}

/// The text in the language: as it is, or what it was read as.
pub(super) fn in_language(input: &Input, terminal: &Terminal) -> (Source, bool) {
    if input.syntax == Syntax::Language {
        return (input.source.clone(), false);
    }
    let read = input.read();
    terminal.diagnostics(&input.source, &read.diagnostics);
    (Source::new(format!("{}.bp", input.stem()), writer::language(&read.value)), true)
}

/// The file to write: the one named, the input itself, or for a text read as `.bp`, the `.bp` beside it.
fn target(args: &EditArgs, input: &Input, converted: bool) -> Option<String> {
    let beside = |path: &std::path::PathBuf| {
        let path = if converted { path.with_extension("bp") } else { path.clone() };
        path.to_string_lossy().into_owned()
    };
    args.output.as_ref().map(|p| p.to_string_lossy().into_owned()).or_else(|| input.path.as_ref().map(beside))
}

/// The difference of the texts, then of the meanings.
pub(super) fn shown(source: &Source, edited: &edit::Edited, difference: &str, findings: &str) -> String {
    let mut out = String::new();
    if source.text() != edited.text {
        let diff = TextDiff::from_lines(source.text(), edited.text.as_str());
        let name = source.name().replace(char::is_control, "\u{fffd}");
        let _ = write!(out, "{}", diff.unified_diff().context_radius(2).header(&name, &name));
        out.push('\n');
    }
    if difference.is_empty() {
        out.push_str("Nothing changes.\n");
    }
    out + difference + findings
}
