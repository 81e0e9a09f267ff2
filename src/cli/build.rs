//! `build`: picture and document beside the description. The main job.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::BuildArgs;
use super::check::count;
use super::failure::Failure;
use super::input::{self, Input};
use super::report::{Terminal, diagnostic_json};
use super::{Verdict, output, picture, template};
use crate::compile::{self, Compiled, Options};
use crate::document::{DocumentOptions, Picture};
use crate::text::Outcome;

pub(super) fn run(args: &BuildArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let inputs = input::read_all(&args.inputs, terminal)?;
    let places = places(args, &inputs)?;
    let template = template::load(&args.template)?;
    if let Some(dir) = args.out_dir.as_ref().filter(|_| !args.check) {
        output::make_dir(dir)?;
    }
    let mut verdict = Verdict::Clean;
    for (at, (input, place)) in inputs.iter().zip(&places).enumerate() {
        terminal.progress(at + 1, inputs.len(), input.source.name());
        let options = Options {
            syntax: Some(input.syntax),
            layout: picture::layout_options(&args.picture)?,
            drawing: picture::draw_options(&args.picture, input)?,
            review: args.strictness.options(),
            document: DocumentOptions {
                picture: (!args.form.inline).then(|| Picture::Link(file_name(&place.svg))),
                template: template.clone(),
                former: former(&place.document),
                front_matter: args.form.front_matter,
                ..DocumentOptions::default()
            },
            inline: args.form.inline,
        };
        let done = compile::compile(&input.source, &options);
        if args.check {
            verdict = verdict.max(check(input, &done, place, args, terminal));
            continue;
        }
        let written = write(&done, place, args)?;
        verdict = verdict.max(Verdict::of(done.has_errors() || !written));
        let more = (!args.form.inline).then(|| done.value.flows().len() + done.value.places().len());
        report(input, &done, written.then_some(place), more.unwrap_or_default(), terminal)?;
    }
    Ok(verdict)
}

/// Where one description's results go.
struct Place {
    svg: PathBuf,
    document: PathBuf,
}

/// Every place is known, free or ours, and used once before anything is written.
fn places(args: &BuildArgs, inputs: &[Input]) -> Result<Vec<Place>, Failure> {
    let mut places = Vec::new();
    let mut taken: BTreeMap<PathBuf, &str> = BTreeMap::new();
    for input in inputs {
        let beside = input.path.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
        let dir = args.out_dir.clone().unwrap_or(beside);
        let stem = input.stem();
        let svg = dir.join(format!("{stem}.svg"));
        let mut document = dir.join(format!("{stem}.md"));
        // A description in Markdown is never replaced by the document made from it.
        if input.path.as_ref() == Some(&document) {
            document = dir.join(format!("{stem}.design.md"));
        }
        for path in [&svg, &document] {
            output::check_ours(path, args.force)?;
        }
        if let Some(other) = taken.insert(svg.clone(), input.source.name()) {
            let message = format!(
                "`{other}` and `{}` would both be written to `{}`",
                input.source.name(),
                svg.display()
            );
            return Err(Failure::Usage(message));
        }
        places.push(Place { svg, document });
    }
    Ok(places)
}

/// The document that is there, whose people's own words go over into the new one.
pub(super) fn former(document: &Path) -> Option<String> {
    fs::read_to_string(document).ok()
}

/// Writes what there is; nothing when nothing was understood.
fn write(done: &Outcome<Compiled>, place: &Place, args: &BuildArgs) -> Result<bool, Failure> {
    let compiled = &done.value;
    if compiled.architecture.component_count() == 0 || compiled.svg.is_empty() || compiled.document.is_empty()
    {
        return Ok(false);
    }
    let document = marked(&compiled.document);
    let files = files(compiled, &document, place, args);
    for (path, _) in &files {
        output::check_ours(path, args.force)?;
    }
    output::write_all(&files)?;
    Ok(true)
}

/// Every file with what belongs into it.
fn files<'a>(
    compiled: &'a Compiled,
    document: &'a str,
    place: &Place,
    args: &BuildArgs,
) -> Vec<(PathBuf, &'a [u8])> {
    let mut files =
        vec![(place.svg.clone(), compiled.svg.as_bytes()), (place.document.clone(), document.as_bytes())];
    if !args.form.inline {
        for (n, svg) in compiled.flows().iter().enumerate() {
            let name = compile::flow_name(&file_name(&place.svg), n);
            files.push((place.svg.with_file_name(name), svg.as_bytes()));
        }
        for (group, svg) in compiled.places() {
            let name = compile::place_name(&file_name(&place.svg), group);
            files.push((place.svg.with_file_name(name), svg.as_bytes()));
        }
    }
    files
}

/// Whether every file is what the description now gives; names those that are not.
fn check(
    input: &Input,
    done: &Outcome<Compiled>,
    place: &Place,
    args: &BuildArgs,
    terminal: &Terminal,
) -> Verdict {
    terminal.diagnostics(&input.source, &done.diagnostics);
    let document = marked(&done.value.document);
    let mut stale = false;
    for (path, bytes) in files(&done.value, &document, place, args) {
        if !output::holds(&path, bytes) {
            stale = true;
            terminal.say(&format!("{} is not what {} now gives.", path.display(), input.source.name()));
        }
    }
    Verdict::of(stale || done.has_errors())
}

/// The document with the word by which the next run knows it; a template of the user's may lack it.
pub(super) fn marked(document: &str) -> Cow<'_, str> {
    if output::is_ours(document) {
        return Cow::Borrowed(document);
    }
    Cow::Owned(format!("{}\n\n{}\n", document.trim_end(), output::DOCUMENT_MARK))
}

fn report(
    input: &Input,
    done: &Outcome<Compiled>,
    place: Option<&Place>,
    beside: usize,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let a = &done.value.architecture;
    let questions = a.questions().len() + done.value.review.questions.len();
    if terminal.json {
        let written: Vec<String> =
            place.iter().flat_map(|p| [&p.svg, &p.document]).map(|p| p.display().to_string()).collect();
        let value = json!({
            "input": input.source.name(),
            "written": written,
            "components": a.component_count(),
            "connections": a.connection_count(),
            "assumptions": a.assumption_count(),
            "questions": questions,
            "findings": done.value.review.findings.len(),
            "diagnostics": done.diagnostics.iter().map(|d| diagnostic_json(&input.source, d)).collect::<Vec<_>>(),
        });
        return output::to_stdout(format!("{value}\n").as_bytes());
    }
    terminal.diagnostics(&input.source, &done.diagnostics);
    match place {
        Some(place) => {
            let flows = match beside {
                0 => String::new(),
                n => format!(" ({} beside it)", count(n, "more picture")),
            };
            terminal.say(&format!("Wrote {}{flows} and {}.", place.svg.display(), place.document.display()));
            terminal.say(&format!(
                "Understood {} and {}; {} and {} remain.",
                count(a.component_count(), "component"),
                count(a.connection_count(), "connection"),
                count(a.assumption_count(), "assumption"),
                count(questions, "question"),
            ));
        }
        None => terminal.say(&format!("{}: nothing to draw, nothing written.", input.source.name())),
    }
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}
