//! The figures of a picture: `draw --quality` and `--fail-on`, and what a former layout kept.

use super::args::{DrawArgs, QualityFormat};
use super::failure::Failure;
use super::input::Input;
use super::output;
use super::report::Terminal;
use crate::layout::{self, Arrangement, LayoutOptions};
use crate::model::Architecture;

/// Says how far a picture stayed like the former one, where there was one.
pub(super) fn stability(
    input: &Input,
    architecture: &Architecture,
    arrangement: &Arrangement,
    wanted: &LayoutOptions,
    terminal: &Terminal,
) {
    if let Some(former) = &wanted.former {
        let s = layout::stability(architecture, arrangement, former);
        terminal.say(&format!(
            "{}: {} components kept, moved by {:.0} px on average, {} pairs changed their order.",
            input.source.name(),
            s.kept,
            s.displacement,
            s.inversions
        ));
    }
}

/// Prints the picture's figures where asked for; gives whether they keep the bounds.
pub(super) fn figures(
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
