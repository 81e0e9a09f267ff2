//! `draw`: the picture alone, as SVG or PNG.

use std::path::{Path, PathBuf};

use super::args::{DrawArgs, PictureFormat, QualityFormat};
use super::failure::Failure;
use super::input::{self, Input};
use super::report::Terminal;
use super::{Verdict, output, picture};
use crate::drawing;
use crate::layout::{self, Arrangement};
use crate::model::Architecture;
use crate::style::Style;
use crate::text::Diagnostic;

pub(super) fn run(args: &DrawArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let inputs = if args.out_dir.is_some() {
        input::read_all(&args.inputs)?
    } else {
        vec![input::read_one(&args.inputs, "draw")?]
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
    let style = Style::default();
    let wanted = picture::layout_options(&args.picture)?;
    let drawn = layout::arrange(&outcome.value, &style, &wanted);
    let mut kept = true;
    let options = picture::draw_options(&args.picture, input)?;
    let svg = match drawn {
        Ok(arrangement) if outcome.value.component_count() > 0 => {
            outcome.diagnostics.extend(picture::notices(&arrangement));
            kept = figures(args, input, &outcome.value, &arrangement, terminal)?;
            if let Some(former) = &wanted.former {
                let s = layout::stability(&outcome.value, &arrangement, former);
                terminal.say(&format!(
                    "{}: {} components kept, moved by {:.0} px on average, {} pairs changed their order.",
                    input.source.name(),
                    s.kept,
                    s.displacement,
                    s.inversions
                ));
            }
            Some(drawing::svg(&outcome.value, &arrangement, &style, &options))
        }
        Ok(_) => None,
        Err(error) => {
            outcome.diagnostics.push(Diagnostic::error("BP0501", None, error.to_string()));
            None
        }
    };
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    let Some(svg) = svg else {
        terminal.say(&format!("{}: nothing to draw, nothing written.", input.source.name()));
        return Ok(Verdict::Findings);
    };
    match format {
        _ if args.quality.is_some() && place.is_none() => {}
        PictureFormat::Svg => output::to(place, svg.as_bytes())?,
        PictureFormat::Png => output::to(place, &picture::png(&svg, args.scale)?)?,
    }
    Ok(Verdict::of(outcome.has_errors() || !kept))
}

/// Prints the picture's figures where asked for; gives whether they keep the bounds.
fn figures(
    args: &DrawArgs,
    input: &Input,
    architecture: &Architecture,
    arrangement: &Arrangement,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    if args.quality.is_none() && args.fail_on.is_empty() {
        return Ok(true);
    }
    let figures = layout::quality(architecture, arrangement).figures();
    let rounded = |x: f64| (x * 1000.0).round() / 1000.0;
    if let Some(format) = args.quality {
        let text = match format {
            QualityFormat::Json => {
                let mut map: serde_json::Map<String, serde_json::Value> = serde_json::Map::new();
                map.insert("file".into(), input.source.name().into());
                map.extend(figures.iter().map(|&(name, x)| (name.to_owned(), rounded(x).into())));
                format!("{}\n", serde_json::Value::Object(map))
            }
            QualityFormat::Text => {
                let lines = figures.iter().map(|&(name, x)| format!("{name:15}{}\n", rounded(x)));
                lines.collect()
            }
        };
        output::to(None, text.as_bytes())?;
    }
    let broken: Vec<_> = figures
        .iter()
        .flat_map(|&(name, x)| args.fail_on.iter().filter(move |b| b.figure == name).map(move |b| (b, x)))
        .filter(|(bound, x)| bound.broken_by(*x))
        .collect();
    for (bound, x) in &broken {
        let side = if bound.above { "above" } else { "below" };
        terminal.say(&format!(
            "{}: {} is {}, {side} {}.",
            input.source.name(),
            bound.figure,
            rounded(*x),
            bound.number
        ));
    }
    Ok(broken.is_empty())
}

fn format(args: &DrawArgs) -> Result<PictureFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = args.output.as_deref().filter(|p| *p != Path::new("-")) else {
        return Ok(PictureFormat::Svg);
    };
    match path.extension().and_then(|e| e.to_str()).map(str::to_lowercase).as_deref() {
        Some("svg") => Ok(PictureFormat::Svg),
        Some("png") => Ok(PictureFormat::Png),
        _ => Err(Failure::Usage(format!(
            "the ending of `{}` names no picture format: use .svg or .png, or say --format",
            path.display()
        ))),
    }
}

fn place(dir: &Path, input: &Input, format: PictureFormat) -> PathBuf {
    let ending = if format == PictureFormat::Svg { "svg" } else { "png" };
    dir.join(format!("{}.{ending}", input.stem()))
}
