//! Widths of text in the bundled font, and honest guesses for what the font does not have.
//!
//! A width is the sum of advances: the bundled files carry no kerning, so every renderer sets the same line.

use std::sync::OnceLock;

use ttf_parser::Face;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The weights of the bundled font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// 400: second lines, labels.
    Regular,
    /// 600: names and titles.
    SemiBold,
}

impl Weight {
    /// Both, lighter first.
    pub const ALL: [Self; 2] = [Self::Regular, Self::SemiBold];

    /// The CSS number: 400 or 600.
    #[must_use]
    pub fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
        }
    }

    /// The bytes of the bundled TrueType file (Inter, OFL 1.1; see `assets/fonts`).
    #[must_use]
    pub fn font(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
            Self::SemiBold => include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
        }
    }
}

/// Width of a character no font of ours has, in em: CJK and other wide ones fill the em square.
const WIDE: f64 = 1.0;
/// Width of an emoji, in em: the colour fonts in use set them at 1.17 to 1.37.
const EMOJI: f64 = 1.37;
/// Width of any other unknown character, in em: wide enough for Arabic, Hebrew, Devanagari and Thai fonts in use.
const NARROW: f64 = 0.72;

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
        let table = table(weight);
        let em = if text.is_ascii() {
            text.bytes().map(|b| table.ascii[usize::from(b & 0x7f)]).sum()
        } else {
            text.graphemes(true).map(|g| table.grapheme(g)).sum::<f64>()
        };
        em * size
    }

    /// Whether the bundled font has every visible character of `text`.
    #[must_use]
    pub fn covers(&self, text: &str, weight: Weight) -> bool {
        text.chars().all(|c| table(weight).advance(c).is_some())
    }
}

/// The advances of one weight, in em.
struct Table {
    face: Option<Face<'static>>,
    ascii: [f64; 128],
}

fn table(weight: Weight) -> &'static Table {
    static REGULAR: OnceLock<Table> = OnceLock::new();
    static SEMI_BOLD: OnceLock<Table> = OnceLock::new();
    let cell = match weight {
        Weight::Regular => &REGULAR,
        Weight::SemiBold => &SEMI_BOLD,
    };
    cell.get_or_init(|| {
        let mut table = Table { face: Face::parse(weight.font(), 0).ok(), ascii: [0.0; 128] };
        for byte in 0x20..0x7f_u8 {
            table.ascii[usize::from(byte)] = table.advance(char::from(byte)).unwrap_or(NARROW);
        }
        table
    })
}

impl Table {
    /// The advance of a character the font has.
    fn advance(&self, c: char) -> Option<f64> {
        let face = self.face.as_ref()?;
        let units = face.glyph_hor_advance(face.glyph_index(c)?)?;
        Some(f64::from(units) / f64::from(face.units_per_em()))
    }

    /// The advance of what a reader sees as one character.
    fn grapheme(&self, grapheme: &str) -> f64 {
        let mut sum = 0.0;
        for c in grapheme.chars() {
            match self.advance(c) {
                Some(advance) => sum += advance,
                None => return sum.max(unknown(grapheme)),
            }
        }
        sum
    }
}

fn unknown(grapheme: &str) -> f64 {
    let cells = grapheme.width();
    let emoji =
        grapheme.chars().any(|c| matches!(u32::from(c), 0x1_f000..=0x1_faff | 0xfe0f | 0x2600..=0x27bf));
    match cells {
        0 => 0.0,
        _ if emoji => EMOJI,
        1 => NARROW * grapheme.chars().filter(|c| c.to_string().width() > 0).count() as f64,
        _ => WIDE * (cells as f64 / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let m = Metrics::bundled();
        let em = m.width("mmmmmmmmmm", 10.0, Weight::Regular);
        assert!((80.0..95.0).contains(&em), "{em}");
        assert!(m.width("name", 14.0, Weight::SemiBold) > m.width("name", 14.0, Weight::Regular));
        let sum = m.width("Zähler", 12.0, Weight::Regular) + m.width("stände", 12.0, Weight::Regular);
        assert!((m.width("Zählerstände", 12.0, Weight::Regular) - sum).abs() < 1e-9);
    }

    #[test]
    fn what_the_font_lacks_gets_room() {
        let m = Metrics::bundled();
        assert_eq!(m.width("画像", 10.0, Weight::Regular), 20.0);
        assert_eq!(m.width("\u{200d}\u{301}", 10.0, Weight::Regular), 0.0);
        assert!((m.width("👩‍👩‍👧‍👦", 10.0, Weight::Regular) - 13.7).abs() < 1e-9);
        assert!(m.width("خدمة", 10.0, Weight::Regular) >= 20.0);
        assert!(m.covers("Größe → ≤ 5 €", Weight::SemiBold) && !m.covers("画", Weight::Regular));
    }
}
