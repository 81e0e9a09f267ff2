//! The whole road: text → architecture → findings → arrangement → SVG and Markdown.

use crate::document::{self, DocumentOptions};
use crate::drawing::{self, DrawOptions};
use crate::layout::{self, Arrangement, LayoutOptions};
use crate::model::Architecture;
use crate::reader::{self, Syntax};
use crate::review::{self, Review, ReviewOptions};
use crate::style::Style;
use crate::text::{Diagnostic, Outcome, Source};

/// What the caller may choose, room by room.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The syntax of the text; `None` finds out from the source's name and text.
    pub syntax: Option<Syntax>,
    /// Layout.
    pub layout: LayoutOptions,
    /// Drawing.
    pub drawing: DrawOptions,
    /// Review.
    pub review: ReviewOptions,
    /// Document.
    pub document: DocumentOptions,
}

/// Everything a text comes to.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The component graph.
    pub architecture: Architecture,
    /// What a reviewer would raise.
    pub review: Review,
    /// Where everything is.
    pub arrangement: Arrangement,
    /// The picture.
    pub svg: String,
    /// The design document.
    pub document: String,
}

/// Compiles a text. What could not be understood or done is in the diagnostics; the rest is there all the same.
#[must_use]
pub fn compile(source: &Source, options: &Options) -> Outcome<Compiled> {
    let syntax = options.syntax.unwrap_or_else(|| Syntax::of(source.name(), source.text()));
    let Outcome { value: architecture, mut diagnostics } = reader::read(source, syntax);
    let review = review::review(&architecture, &options.review);
    let style = Style::default();
    let arrangement = layout::arrange(&architecture, &style, &options.layout).unwrap_or_else(|error| {
        diagnostics.push(Diagnostic::error("BP0501", None, error.to_string()));
        Arrangement::default()
    });
    diagnostics.extend(arrangement.notices.iter().map(|n| Diagnostic::warning("BP0502", None, &n.message)));
    let svg = drawing::svg(&architecture, &arrangement, &style, &options.drawing);
    let document =
        document::write(&architecture, &review, Some(source), &options.document).unwrap_or_else(|error| {
            diagnostics.push(Diagnostic::error("BP0601", None, error.to_string()));
            String::new()
        });
    Outcome::new(Compiled { architecture, review, arrangement, svg, document }, diagnostics)
}
