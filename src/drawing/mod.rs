//! From finished places to ink.

use crate::layout::Arrangement;
use crate::model::Architecture;
use crate::style::Style;

/// What the caller may choose.
#[derive(Debug, Clone, Default)]
pub struct DrawOptions {}

/// Draws an arrangement as SVG.
#[must_use]
pub fn svg(
    architecture: &Architecture,
    arrangement: &Arrangement,
    style: &Style,
    options: &DrawOptions,
) -> String {
    let _ = (architecture, arrangement, style, options);
    String::new()
}
