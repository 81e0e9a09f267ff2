//! Widths of text.

/// The weights of the bundled font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// 400: second lines, labels.
    Regular,
    /// 600: names and titles.
    SemiBold,
}

/// Measures text in the bundled font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {}

impl Metrics {
    /// The metrics of the bundled font.
    #[must_use]
    pub fn bundled() -> Self {
        Self {}
    }

    /// The width of one line of text at a font size, both in pixels.
    #[must_use]
    pub fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let em = if weight == Weight::SemiBold { 0.6 } else { 0.56 };
        text.chars().count() as f64 * em * size
    }
}
