//! PDF from the picture's SVG: vectors and text, by svg2pdf with the bundled font.

use std::fmt;

use svg2pdf::{ConversionOptions, PageOptions, usvg};

use crate::style::Weight;

/// Why no PDF was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfError(String);

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BP0705: no PDF could be made: {}", self.0)
    }
}

impl std::error::Error for PdfError {}

/// Makes a PDF of one page, as large as the picture (a pixel is 1/96 inch), from an SVG of ours.
///
/// # Errors
/// When the SVG is broken or holds what a PDF cannot.
pub fn pdf(svg: &str) -> Result<Vec<u8>, PdfError> {
    let mut options = usvg::Options { font_family: "Inter".into(), ..usvg::Options::default() };
    let database = options.fontdb_mut();
    for weight in Weight::ALL {
        database.load_font_data(weight.font().to_vec());
    }
    database.set_sans_serif_family("Inter");
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| PdfError(e.to_string()))?;
    svg2pdf::to_pdf(&tree, ConversionOptions::default(), PageOptions { dpi: 96.0 })
        .map_err(|e| PdfError(e.to_string()))
}
