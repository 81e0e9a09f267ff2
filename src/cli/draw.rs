//! `draw`: the picture alone, whole or a part of it, in one of its formats.

use std::path::{Path, PathBuf};

use super::args::{DrawArgs, PictureFormat};
use super::failure::Failure;
use super::figures;
use super::input::{self, Input};
use super::report::Terminal;
use super::{Verdict, output, picture};
use crate::catalog::nearest;
use crate::compile;
use crate::drawing::{self, DrawOptions};
use crate::layout::{self, Arrangement};
use crate::model::{Architecture, Direction, Id};
use crate::style::Style;
use crate::text::Diagnostic;

pub(super) fn run(args: &DrawArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let inputs = if args.out_dir.is_some() {
        input::read_all(&args.inputs, terminal)?
    } else {
        vec![input::read_one(&args.inputs, "draw", terminal)?]
    };
    let format = format(args)?;
    if let Some(dir) = &args.out_dir {
        output::make_dir(dir)?;
    }
    let mut verdict = Verdict::Clean;
    for (at, input) in inputs.iter().enumerate() {
        terminal.progress(at + 1, inputs.len(), input.source.name());
        let place = args.out_dir.as_ref().map(|d| place(d, input, format)).or_else(|| args.output.clone());
        verdict = verdict.max(one(args, input, format, place.as_deref(), terminal)?);
    }
    Ok(verdict)
}

fn one(
    args: &DrawArgs,
    input: &Input,
    format: PictureFormat,
    place: Option<&Path>,
    terminal: &Terminal,
) -> Result<Verdict, Failure> {
    let mut outcome = input.read();
    let whole = std::mem::take(&mut outcome.value);
    let shown = part(whole, args)?;
    let style = Style::default();
    let mut wanted = picture::layout_options(&args.picture)?;
    if format == PictureFormat::Txt {
        // Terminals are narrow and scroll down.
        wanted.direction = wanted.direction.or(Some(Direction::Down));
    }
    let drawn = compile::arrange(&shown, &style, &wanted, &DrawOptions::default());
    let arrangement = drawn.unwrap_or_else(|error| {
        outcome.diagnostics.push(Diagnostic::error("BP0501", None, error.to_string()));
        Arrangement::default()
    });
    outcome.diagnostics.extend(picture::notices(&arrangement));
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    if arrangement.nodes.is_empty() {
        terminal.say(&format!("{}: nothing to draw, nothing written.", input.source.name()));
        return Ok(Verdict::Findings);
    }
    let kept = figures::figures(args, input, &shown, &arrangement, terminal)?;
    figures::stability(input, &shown, &arrangement, &wanted, terminal);
    // Figures on standard output leave no room for a picture there.
    if args.quality.is_none() || place.is_some() {
        output::to(place, &painted(args, input, format, (&shown, &arrangement, &style))?)?;
    }
    Ok(Verdict::of(!kept || outcome.diagnostics.iter().any(|d| d.severity == crate::text::Severity::Error)))
}

/// The picture's bytes.
fn painted(
    args: &DrawArgs,
    input: &Input,
    format: PictureFormat,
    (shown, arrangement, style): (&Architecture, &Arrangement, &Style),
) -> Result<Vec<u8>, Failure> {
    if format == PictureFormat::Txt {
        return Ok(drawing::text(shown, arrangement, style, args.ascii).into_bytes());
    }
    let options = picture::draw_options(&args.picture, input)?;
    let svg = match &args.flow {
        None => drawing::svg(shown, arrangement, style, &options),
        Some(name) => {
            let number = scenario(shown, name)?;
            let places = layout::sequence(shown, number, style).unwrap_or_default();
            drawing::sequence(shown, number, &places, style, &options)
        }
    };
    Ok(match format {
        PictureFormat::Svg | PictureFormat::Txt => svg.into_bytes(),
        PictureFormat::Png => picture::png(&svg, args.scale)?,
        PictureFormat::Pdf => picture::pdf(&svg)?,
        PictureFormat::Html => {
            drawing::html(&svg, shown.title.as_deref().unwrap_or("Architecture diagram")).into_bytes()
        }
    })
}

/// The part of the system that is asked for.
fn part(mut a: Architecture, args: &DrawArgs) -> Result<Architecture, Failure> {
    let refused = |error: crate::model::ModelError| Failure::Input {
        code: "BP0706",
        message: format!("this part cannot be drawn: {error}"),
        hint: "`blueprose read` lists what there is".into(),
    };
    for name in &args.collapse {
        let groups = a.groups().iter().map(|g| (&g.id, g.label.as_str()));
        let id = named(name, "group", groups)?;
        a = a.collapse(id.as_str()).map_err(refused)?;
    }
    if let Some(name) = &args.focus {
        let components = a.components().map(|c| (&c.id, c.label.as_str()));
        let id = named(
            name,
            "component or group",
            components.chain(a.groups().iter().map(|g| (&g.id, g.label.as_str()))),
        )?;
        a = a.focus(id.as_str(), args.depth).map_err(refused)?;
    }
    Ok(a)
}

/// The id that a name stands for: the id itself, or a label; capitals do not matter.
fn named<'a>(name: &str, what: &str, known: impl Iterator<Item = (&'a Id, &'a str)>) -> Result<Id, Failure> {
    let known: Vec<(&Id, &str)> = known.collect();
    let same = |text: &str| text.to_lowercase() == name.to_lowercase();
    let by_id = known.iter().find(|(id, _)| same(id.as_str()));
    if let Some((id, _)) = by_id.or_else(|| known.iter().find(|(_, label)| same(label))) {
        return Ok((*id).clone());
    }
    let lower: Vec<(String, &str)> = known.iter().map(|(_, label)| (label.to_lowercase(), *label)).collect();
    let near = nearest(&name.to_lowercase(), lower.iter().map(|(l, label)| (l.as_str(), *label)));
    let some = || known.iter().take(8).map(|(_, label)| *label).collect::<Vec<_>>().join(", ");
    Err(Failure::Input {
        code: "BP0706",
        message: format!("there is no {what} `{name}`"),
        hint: near
            .map_or_else(|| format!("there are {}", some()), |label| format!("did you mean `{label}`?")),
    })
}

/// The scenario of a number (from 1) or title.
fn scenario(a: &Architecture, name: &str) -> Result<usize, Failure> {
    let number =
        name.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < a.scenarios().len());
    let titled = || a.scenarios().iter().position(|s| s.title.to_lowercase() == name.to_lowercase());
    number.or_else(titled).ok_or_else(|| Failure::Input {
        code: "BP0706",
        message: format!("there is no flow `{name}`"),
        hint: match a.scenarios() {
            [] => "the description states no flow".into(),
            all => {
                format!("there are {}", all.iter().map(|s| s.title.as_str()).collect::<Vec<_>>().join(", "))
            }
        },
    })
}

fn format(args: &DrawArgs) -> Result<PictureFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = args.output.as_deref().filter(|p| *p != Path::new("-")) else {
        return Ok(if args.ascii { PictureFormat::Txt } else { PictureFormat::Svg });
    };
    match path.extension().and_then(|e| e.to_str()).map(str::to_lowercase).as_deref() {
        Some("svg") => Ok(PictureFormat::Svg),
        Some("png") => Ok(PictureFormat::Png),
        Some("pdf") => Ok(PictureFormat::Pdf),
        Some("html" | "htm") => Ok(PictureFormat::Html),
        Some("txt") => Ok(PictureFormat::Txt),
        _ => Err(Failure::Usage(format!(
            "the ending of `{}` names no picture format: use .svg, .png, .pdf, .html or .txt, or say --format",
            path.display()
        ))),
    }
}

fn place(dir: &Path, input: &Input, format: PictureFormat) -> PathBuf {
    let ending = match format {
        PictureFormat::Svg => "svg",
        PictureFormat::Png => "png",
        PictureFormat::Pdf => "pdf",
        PictureFormat::Html => "html",
        PictureFormat::Txt => "picture.txt",
    };
    dir.join(format!("{}.{ending}", input.stem()))
}
