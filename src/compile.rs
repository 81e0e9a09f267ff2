//! The whole road: text → architecture → findings → arrangement → SVG and Markdown.

use std::sync::OnceLock;

use crate::document::{self, DocumentOptions, Picture};
use crate::drawing::{self, DrawOptions};
use crate::layout::{self, Arrangement, LayoutOptions};
use crate::model::{Architecture, Origin, Scenario, Step};
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
    /// Whether the document holds its pictures; otherwise it links the one that `document.picture` names, and beside
    /// it the sequence diagrams by the names of [`flow_name`].
    pub inline: bool,
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
    /// How the sequence diagrams are drawn, and they themselves once somebody asked for them.
    drawing: DrawOptions,
    sequences: OnceLock<Vec<String>>,
}

impl Compiled {
    /// The sequence diagrams of the flows, stated or derived, in their order, as SVG; drawn when first asked for.
    #[must_use]
    pub fn flows(&self) -> &[String] {
        self.sequences.get_or_init(|| sequences(&self.architecture, &Style::default(), &self.drawing))
    }
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
    let drawn = OnceLock::new();
    let flows = || drawn.get_or_init(|| sequences(&architecture, &style, &options.drawing)).as_slice();
    let pictured = pictured(options, &architecture, &svg, flows);
    let document = document::write(&architecture, &review, Some(source), &pictured).unwrap_or_else(|error| {
        diagnostics.push(Diagnostic::error("BP0601", None, error.to_string()));
        String::new()
    });
    let drawing = options.drawing.clone();
    let sequences = drawn;
    let compiled = Compiled { architecture, review, arrangement, svg, document, drawing, sequences };
    Outcome::new(compiled, diagnostics)
}

/// The name of the n-th (from 0) scenario's sequence diagram beside a picture: `shop.svg` gives `shop.flow-1.svg`.
#[must_use]
pub fn flow_name(picture: &str, n: usize) -> String {
    let stem = picture.strip_suffix(".svg").unwrap_or(picture);
    format!("{stem}.flow-{}.svg", n + 1)
}

/// The sequence diagrams of the flows: the stated scenarios, else the walks that the review derives.
fn sequences(architecture: &Architecture, style: &Style, options: &DrawOptions) -> Vec<String> {
    let mut derived;
    let architecture = if architecture.scenarios().is_empty() {
        derived = architecture.clone();
        for flow in review::flows(architecture) {
            let step = |s: review::FlowStep| Step {
                connection: s.connection,
                text: s.text,
                origin: Origin::default(),
            };
            let steps = flow.steps.into_iter().map(step).collect();
            // A title is a label and never empty; without its steps a flow would have no picture.
            let _ = derived.add_scenario(Scenario { title: flow.title, steps, origin: Origin::default() });
        }
        &derived
    } else {
        architecture
    };
    let draw = |n| {
        layout::sequence(architecture, n, style)
            .map(|places| drawing::sequence(architecture, n, &places, style, options))
            .unwrap_or_default()
    };
    (0..architecture.scenarios().len()).map(draw).collect()
}

/// The document's options with the pictures in them, or their names. Only pictures that go into it are drawn.
fn pictured<'f>(
    options: &Options,
    architecture: &Architecture,
    svg: &str,
    flows: impl FnOnce() -> &'f [String],
) -> DocumentOptions {
    let mut document = options.document.clone();
    if options.inline {
        let inline = |svg: &str| Picture::Inline { svg: svg.to_owned() };
        document.picture = Some(inline(svg));
        document.flow_pictures = flows().iter().map(|svg| inline(svg)).collect();
    } else if let Some(Picture::Link(link)) = &document.picture
        && document.flow_pictures.is_empty()
    {
        let count = review::flows(architecture).len();
        document.flow_pictures = (0..count).map(|n| Picture::Link(flow_name(link, n))).collect();
    }
    document
}
