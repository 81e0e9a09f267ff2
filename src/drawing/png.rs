//! PNG from the picture's SVG, drawn by resvg with the bundled font.

use std::fmt;

use resvg::{tiny_skia, usvg};

use crate::style::Weight;

/// The largest picture in pixels: 64 million take 256 MB while they are drawn.
const MOST_PIXELS: f64 = 64_000_000.0;
/// The longest side in pixels.
const LONGEST_SIDE: f64 = 30_000.0;

/// Why no PNG was made.
#[derive(Debug, Clone, PartialEq)]
pub enum PngError {
    /// Wider, higher or larger than a PNG may be here.
    TooLarge {
        /// Width it would have, in pixels.
        width: f64,
        /// Height it would have, in pixels.
        height: f64,
        /// The largest scale that works for this picture.
        scale: f32,
    },
    /// The scale is not a number above 0.
    Scale(f32),
    /// The SVG could not be read, or the PNG not be written.
    Failed(String),
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { width, height, scale } => write!(
                f,
                "BP0701: a PNG of {width:.0} × {height:.0} pixels is more than {LONGEST_SIDE:.0} on a side or \
                 {} million in all; use a scale of at most {scale:.2}",
                MOST_PIXELS / 1e6
            ),
            Self::Scale(scale) => write!(f, "BP0703: {scale} is no scale; it must be a number above 0"),
            Self::Failed(why) => write!(f, "BP0704: no PNG could be made: {why}"),
        }
    }
}

impl std::error::Error for PngError {}

/// Draws an SVG of ours as PNG, `scale` pixels for each of its own. Characters that the bundled font does not have stay
/// blank; see [`png_with_fonts`].
///
/// # Errors
/// When the scale is not above 0, the picture would be too large (64 million pixels, 30 000 on a side), or the SVG is broken.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    png_with_fonts(svg, scale, &[])
}

/// The same with further fonts (TrueType or OpenType files) for scripts that the bundled one lacks.
///
/// # Errors
/// As [`png`].
pub fn png_with_fonts(svg: &str, scale: f32, fonts: &[Vec<u8>]) -> Result<Vec<u8>, PngError> {
    if !scale.is_finite() || scale <= 0.0 {
        return Err(PngError::Scale(scale));
    }
    let mut options = usvg::Options { font_family: "Inter".into(), ..usvg::Options::default() };
    let database = options.fontdb_mut();
    for weight in Weight::ALL {
        database.load_font_data(weight.font().to_vec());
    }
    for font in fonts {
        database.load_font_data(font.clone());
    }
    database.set_sans_serif_family("Inter");
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| PngError::Failed(e.to_string()))?;
    let (w, h) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let (width, height) = ((w * f64::from(scale)).ceil(), (h * f64::from(scale)).ceil());
    if width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS {
        let fits = (LONGEST_SIDE / w).min(LONGEST_SIDE / h).min((MOST_PIXELS / (w * h)).sqrt());
        return Err(PngError::TooLarge { width, height, scale: (fits * 0.99) as f32 });
    }
    let mut pixels = tiny_skia::Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| PngError::Failed(format!("{width} × {height} pixels")))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| PngError::Failed(e.to_string()))
}
