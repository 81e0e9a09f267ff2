//! Colours, and how well they can be told apart.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

/// An opaque sRGB colour, written `#rgb` or `#rrggbb` in themes. Nothing else passes, so that no theme can carry markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

impl Colour {
    /// Reads `#rgb` or `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let values: Vec<u8> = digits
            .chars()
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()?;
        match values.as_slice() {
            [r, g, b] => Some(Self { rgb: [r * 17, g * 17, b * 17] }),
            [r1, r2, g1, g2, b1, b2] => Some(Self { rgb: [r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2] }),
            _ => None,
        }
    }

    /// Contrast to another colour after WCAG 2 (W3C, 2008), from 1 to 21; at least 4.5 is readable as small text.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.rgb.map(|v| linear(f64::from(v) / 255.0));
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

/// sRGB to linear light. `((x + 0.055) / 1.055)^2.4` is `y²·y^0.4`; `y^0.4` by Newton's method for the fifth root of y².
fn linear(x: f64) -> f64 {
    if x <= 0.04045 {
        return x / 12.92;
    }
    let y = (x + 0.055) / 1.055;
    let square = y * y;
    let mut root = 1.0_f64;
    for _ in 0..40 {
        let fourth = root * root * root * root;
        root -= (fourth * root - square) / (5.0 * fourth);
    }
    square * root
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.rgb;
        if self.rgb.iter().all(|v| v % 17 == 0) {
            write!(f, "#{:x}{:x}{:x}", r / 17, g / 17, b / 17)
        } else {
            write!(f, "#{r:02x}{g:02x}{b:02x}")
        }
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!("`{text}` is no colour; write it as `#rgb` or `#rrggbb`"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn contrast_is_that_of_wcag() {
        let c = |s| Colour::parse(s).unwrap_or(Colour { rgb: [0; 3] });
        assert!((c("#000").contrast(c("#fff")) - 21.0).abs() < 1e-9);
        assert!((c("#767676").contrast(c("#ffffff")) - 4.54).abs() < 0.01);
        assert!((c("#1d4ed8").contrast(c("#e8efff")) - 5.83).abs() < 0.05);
        assert_eq!(c("#aabbcc").to_string(), "#abc");
        assert!(
            Colour::parse("red").is_none() && Colour::parse("#12").is_none() && Colour::parse("#ä").is_none()
        );
    }
}
