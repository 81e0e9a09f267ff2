//! `doc`: the design document alone, as Markdown, as a page of HTML or as PDF.

use std::path::{Path, PathBuf};

use super::args::{DocArgs, DocFormat};
use super::build::{former, marked};
use super::failure::Failure;
use super::input::{self, Input};
use super::report::Terminal;
use super::{Verdict, output, picture, template};
use crate::compile::{self, Options};
use crate::document::{self, DocumentOptions, Picture};
use crate::drawing::DrawOptions;
use crate::text::Diagnostic;

pub(super) fn run(args: &DocArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let inputs = if args.out_dir.is_some() {
        input::read_all(&args.inputs, terminal)?
    } else {
        vec![input::read_one(&args.inputs, "doc", terminal)?]
    };
    let template = template::load(&args.template)?;
    if args.check && args.out_dir.is_none() && args.output.is_none() {
        return Err(Failure::Usage(
            "`--check` needs the document: name it with -o, or its folder with --out-dir".into(),
        ));
    }
    if let Some(dir) = args.out_dir.as_ref().filter(|_| !args.check) {
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
    let format = format(args);
    let place = place(args, input, format);
    let options = Options {
        syntax: Some(input.syntax),
        drawing: DrawOptions { source: Some(input.source.text().to_owned()), ..DrawOptions::default() },
        review: args.strictness.options(),
        document: DocumentOptions {
            picture: args.picture.clone().map(Picture::Link),
            template,
            // A page of HTML is made anew: people write in Markdown.
            former: place.as_deref().filter(|_| format == DocFormat::Md).and_then(former),
            front_matter: args.form.front_matter && format == DocFormat::Md,
            ..DocumentOptions::default()
        },
        inline: args.form.inline || format != DocFormat::Md,
        ..Options::default()
    };
    let mut outcome = compile::compile(&input.source, &options);
    let a = &outcome.value.architecture;
    let mut text = outcome.value.document.clone();
    if format == DocFormat::Html && !text.is_empty() {
        let title = document::title(a, Some(&input.source));
        text = document::html_page(&text, &title).unwrap_or_else(|error| {
            outcome.diagnostics.push(Diagnostic::error("BP0601", None, error.to_string()));
            String::new()
        });
    }
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    if text.is_empty() || outcome.value.architecture.component_count() == 0 {
        terminal.say(&format!("{}: nothing to describe, nothing written.", input.source.name()));
        return Ok(Verdict::Findings);
    }
    let bytes = if format == DocFormat::Pdf {
        picture::document_pdf(&text, &document::title(a, Some(&input.source)))?
    } else {
        marked(&text).into_owned().into_bytes()
    };
    if args.check {
        let place = place.unwrap_or_default();
        let same = output::holds(&place, &bytes);
        if !same {
            terminal.say(&format!("{} is not what {} now gives.", place.display(), input.source.name()));
        }
        return Ok(Verdict::of(!same || outcome.has_errors()));
    }
    output::to(place.as_deref(), &bytes)?;
    Ok(Verdict::of(outcome.has_errors()))
}

/// The format said, or the one that the file's ending tells.
fn format(args: &DocArgs) -> DocFormat {
    let ending = args.output.as_ref().and_then(|p| p.extension()).unwrap_or_default();
    args.to.unwrap_or(match ending.to_string_lossy().to_lowercase().as_str() {
        "html" | "htm" => DocFormat::Html,
        "pdf" => DocFormat::Pdf,
        _ => DocFormat::Md,
    })
}

fn place(args: &DocArgs, input: &Input, format: DocFormat) -> Option<PathBuf> {
    let ending = match format {
        DocFormat::Md => "md",
        DocFormat::Html => "html",
        DocFormat::Pdf => "pdf",
    };
    let inside = |dir: &PathBuf| dir.join(format!("{}.{ending}", input.stem()));
    let named = args.output.clone().filter(|p| p != Path::new("-"));
    args.out_dir.as_ref().map(inside).or(named)
}
