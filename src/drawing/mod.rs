//! From finished places to ink: SVG, and PNG from it.
//!
//! Takes an [`Arrangement`] and decides no position in it; it only adds the title block above and the legend below.
//! Everything becomes a scene of a few primitives first; `svg.rs` is the only file that writes markup.

#[cfg(feature = "brands")]
mod brands;
#[cfg(not(feature = "brands"))]
#[path = "no_brands.rs"]
mod brands;
mod compose;
mod connectors;
mod crossings;
mod furniture;
mod groups;
mod html;
mod icons;
mod legend;
mod marks;
mod nodes;
#[cfg(feature = "pdf")]
mod pages;
mod paint;
mod path;
mod path_data;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod pdf_order;
#[cfg(feature = "png")]
mod png;
mod scene;
mod sequence;
mod shapes;
#[cfg(test)]
mod simplify;
mod subset;
mod svg;
#[cfg(feature = "pdf")]
mod svg_blocks;
mod svg_icons;
#[cfg(feature = "pdf")]
mod svg_pages;
mod terminal;
mod woff;
mod words;

use crate::geometry::Size;
use crate::layout::Arrangement;
use crate::model::Architecture;
use crate::style::{Style, Theme};

pub use html::html;
pub use marks::{Change, Marks};
#[cfg(feature = "pdf")]
pub use pdf::{PdfError, document_pdf, pdf};
#[cfg(feature = "png")]
pub use png::{PngError, png, png_with_fonts};
pub use sequence::sequence;
pub use svg_icons::{IconError, IconPack};
pub use terminal::text;

/// What the caller may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawOptions {
    /// Colours and line widths.
    pub theme: Theme,
    /// Light, dark, or whichever the reader prefers.
    pub ground: Ground,
    /// The font of the picture.
    pub font: FontChoice,
    /// Whether title and summary stand above the picture.
    pub title: bool,
    /// Whether legend, flows and notes stand below it.
    pub legend: bool,
    /// The text that the architecture was read from: tooltips quote the words that something goes back to.
    pub source: Option<String>,
    /// What is new, gone or different from an earlier picture.
    pub marks: Marks,
    /// Icons of the user's, before those of the catalog.
    pub icons: IconPack,
}

/// The ground of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// Light, or dark where the reader prefers it (`prefers-color-scheme`).
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The font of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FontChoice {
    /// The picture carries the glyphs it uses and looks the same everywhere.
    #[default]
    Embedded,
    /// Inter if the reader has it, else the reader's sans-serif: a smaller file, but text may be wider than measured.
    System,
}

impl Default for DrawOptions {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            ground: Ground::Auto,
            font: FontChoice::Embedded,
            title: true,
            legend: true,
            source: None,
            marks: Marks::default(),
            icons: IconPack::default(),
        }
    }
}

/// What all parts of a drawing are made from.
#[derive(Debug, Clone, Copy)]
struct Canvas<'a> {
    architecture: &'a Architecture,
    style: &'a Style,
    options: &'a DrawOptions,
}

/// The height of all that is drawn above and below an arrangement of that width: title, legend, notes.
#[must_use]
pub fn height_around(architecture: &Architecture, style: &Style, options: &DrawOptions, width: f64) -> f64 {
    let canvas = Canvas { architecture, style, options };
    let empty = Arrangement { canvas: Size::new(width, 0.0), ..Arrangement::default() };
    compose::scene(&empty, &canvas).size.h
}

/// Draws an arrangement as SVG.
#[must_use]
pub fn svg(
    architecture: &Architecture,
    arrangement: &Arrangement,
    style: &Style,
    options: &DrawOptions,
) -> String {
    let canvas = Canvas { architecture, style, options };
    svg::write(&compose::scene(arrangement, &canvas), options)
}
