//! Values of flags about the picture: shapes to fit, and bounds of its figures.

use clap::ValueEnum;

use crate::layout::{Fit, Quality};

/// How the figures of a picture are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum QualityFormat {
    Text,
    Json,
}

/// A bound of a figure: what lies beyond it is a finding.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) struct Bound {
    pub(in crate::cli) figure: &'static str,
    pub(in crate::cli) above: bool,
    pub(in crate::cli) number: f64,
}

impl Bound {
    /// Whether a value lies beyond the bound.
    pub(in crate::cli) fn broken_by(&self, value: f64) -> bool {
        if self.above { value > self.number } else { value < self.number }
    }
}

/// `a4`, `a4-landscape`, `WIDTH:HEIGHT`, or a width in pixels.
pub(super) fn fit(text: &str) -> Result<Fit, String> {
    // ISO 216: sides as 1 to the square root of 2.
    match text {
        "a4" => return Ok(Fit::Aspect(210.0 / 297.0)),
        "a4-landscape" => return Ok(Fit::Aspect(297.0 / 210.0)),
        _ => {}
    }
    let number = |part: &str| part.parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0);
    let wanted = "give a4, a4-landscape, a shape like 16:9, or a width in pixels of at least 100";
    match text.split_once(':') {
        Some((w, h)) => match (number(w), number(h)) {
            (Some(w), Some(h)) if (0.1..=10.0).contains(&(w / h)) => Ok(Fit::Aspect(w / h)),
            (Some(_), Some(_)) => Err("the shape must lie between 1:10 and 10:1".into()),
            _ => Err(wanted.into()),
        },
        None => number(text).filter(|&w| w >= 100.0).map(Fit::Width).ok_or_else(|| wanted.into()),
    }
}

/// `crossings>10`, `flow<0.8`.
pub(super) fn bound(text: &str) -> Result<Bound, String> {
    let above = text.contains('>');
    let names = || Quality::default().figures().map(|f| f.0);
    let wanted =
        || format!("give a figure, `>` or `<`, and a number; the figures are {}", names().join(", "));
    let (figure, number) = text.split_once(['>', '<']).ok_or_else(wanted)?;
    let figure = names().into_iter().find(|n| *n == figure.trim()).ok_or_else(wanted)?;
    let number = number.trim().parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(wanted)?;
    Ok(Bound { figure, above, number })
}
