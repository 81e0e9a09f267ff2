//! The whole road: text → architecture → findings → arrangement → SVG and Markdown.

use std::sync::OnceLock;

use crate::document::{self, DocumentOptions, Picture};
use crate::drawing::{self, DrawOptions};
use crate::layout::{self, Arrangement, Fit, LayoutError, LayoutOptions};
use crate::model::{Architecture, Id, Origin, Scenario, Step};
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
    /// it the sequence diagrams by the names of [`flow_name`], and pictures of groups by those of [`place_name`].
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
    more: More,
}

/// Pictures that are drawn when first asked for, and how.
#[derive(Debug, Clone)]
struct More {
    drawing: DrawOptions,
    sequences: OnceLock<Vec<String>>,
    places: OnceLock<Vec<(Id, String)>>,
}

impl Compiled {
    /// The sequence diagrams of the flows, stated or derived, in their order, as SVG; drawn when first asked for.
    #[must_use]
    pub fn flows(&self) -> &[String] {
        self.more.sequences(&self.architecture)
    }

    /// Where the whole is large, a picture of each outer group with what it is connected to, by the group's id; drawn
    /// when first asked for.
    #[must_use]
    pub fn places(&self) -> &[(Id, String)] {
        self.more.places(&self.architecture)
    }
}

impl More {
    fn sequences(&self, a: &Architecture) -> &[String] {
        self.sequences.get_or_init(|| sequences(a, &Style::default(), &self.drawing))
    }

    fn places(&self, a: &Architecture) -> &[(Id, String)] {
        // The text goes into the picture of the whole, once.
        let options = || DrawOptions { source: None, ..self.drawing.clone() };
        self.places
            .get_or_init(|| outer_groups(a).into_iter().filter_map(|id| place(a, id, &options())).collect())
    }
}

/// Compiles a text. What could not be understood or done is in the diagnostics; the rest is there all the same.
#[must_use]
pub fn compile(source: &Source, options: &Options) -> Outcome<Compiled> {
    let syntax = options.syntax.unwrap_or_else(|| Syntax::of(source.name(), source.text()));
    let Outcome { value: architecture, mut diagnostics } = reader::read(source, syntax);
    let review = review::review(&architecture, &options.review);
    let style = Style::default();
    let arranged = arrange(&architecture, &style, &options.layout, &options.drawing);
    let arrangement = arranged.unwrap_or_else(|error| {
        diagnostics.push(Diagnostic::error("BP0501", None, error.to_string()));
        Arrangement::default()
    });
    diagnostics.extend(arrangement.notices.iter().map(|n| Diagnostic::warning("BP0502", None, &n.message)));
    let svg = drawing::svg(&architecture, &arrangement, &style, &options.drawing);
    let drawing = options.drawing.clone();
    let more = More { drawing, sequences: OnceLock::new(), places: OnceLock::new() };
    let pictured = pictured(options, &architecture, &svg, &more);
    let written = document::write(&architecture, &review, Some(source), &pictured);
    let mut document = written.unwrap_or_else(|error| {
        diagnostics.push(Diagnostic::error("BP0601", None, error.to_string()));
        String::new()
    });
    if let Some(former) = options.document.former.as_ref().filter(|_| !document.is_empty()) {
        let carried = document::carry_over(&document, former);
        document = carried.text;
        diagnostics.extend(homeless(&carried.orphans));
    }
    Outcome::new(Compiled { architecture, review, arrangement, svg, document, more }, diagnostics)
}

/// Arranges so that the drawing with its title and legend comes to the wished shape.
///
/// # Errors
/// As [`layout::arrange`].
pub(crate) fn arrange(
    architecture: &Architecture,
    style: &Style,
    layout: &LayoutOptions,
    drawing: &DrawOptions,
) -> Result<Arrangement, LayoutError> {
    let first = layout::arrange(architecture, style, layout)?;
    let Some(Fit::Aspect(wish)) = layout.fit.filter(|_| !first.nodes.is_empty()) else { return Ok(first) };
    let around = |a: &Arrangement| drawing::height_around(architecture, style, drawing, a.canvas.w);
    let off = |a: &Arrangement| {
        let ratio = a.canvas.w / (a.canvas.h + around(a)) / wish;
        ratio.max(1.0 / ratio)
    };
    // A picture of the same area that leaves room for what is around it.
    let (area, room) = (first.canvas.w * first.canvas.h, wish * around(&first));
    let width = (room + (room * room + 4.0 * wish * area).sqrt()) / 2.0;
    let fit = Some(Fit::Aspect(width * width / area.max(1.0)));
    let second = layout::arrange(architecture, style, &LayoutOptions { fit, ..layout.clone() })?;
    Ok(if off(&second) < off(&first) { second } else { first })
}

/// What is said of own words that the new document has no place for.
fn homeless(names: &[String]) -> Option<Diagnostic> {
    let named: Vec<String> =
        names.iter().map(|n| format!("`{}`", n.chars().take(60).collect::<String>())).collect();
    let message = format!(
        "the document has no place for the words kept as {}; they stand at its end",
        named.join(", ")
    );
    (!named.is_empty()).then(|| Diagnostic::warning("BP0602", None, message))
}

/// The name of the n-th (from 0) scenario's sequence diagram beside a picture: `shop.svg` gives `shop.flow-1.svg`.
#[must_use]
pub fn flow_name(picture: &str, n: usize) -> String {
    let stem = picture.strip_suffix(".svg").unwrap_or(picture);
    format!("{stem}.flow-{}.svg", n + 1)
}

/// The name of a group's picture beside a picture: `shop.svg` gives `shop.group-network.svg`.
#[must_use]
pub fn place_name(picture: &str, group: &Id) -> String {
    let stem = picture.strip_suffix(".svg").unwrap_or(picture);
    format!("{stem}.group-{group}.svg")
}

/// From how many components on the groups get pictures of their own.
const LARGE: usize = 40;
/// The most pictures of groups.
const MAX_PLACES: usize = 12;

/// The outermost groups worth a picture: where the whole is large, those that hold several components but not nearly all.
fn outer_groups(a: &Architecture) -> Vec<Id> {
    if a.component_count() < LARGE {
        return Vec::new();
    }
    let inside =
        |id: &Id| a.components().filter(|c| a.group_chain(c.group.as_ref()).any(|g| g.id == *id)).count();
    let worth = |id: &&Id| {
        let held = inside(id);
        held > 2 && held * 4 < a.component_count() * 3
    };
    let outer = a.groups().iter().filter(|g| g.parent.is_none()).map(|g| &g.id);
    outer.filter(worth).take(MAX_PLACES).cloned().collect()
}

/// A group with what it is connected to, as a picture.
fn place(a: &Architecture, id: Id, options: &DrawOptions) -> Option<(Id, String)> {
    let mut part = a.focus(id.as_str(), 1).ok()?;
    part.title = a.group(id.as_str()).map(|g| g.label.clone());
    let style = Style::default();
    let arrangement = layout::arrange(&part, &style, &LayoutOptions::default()).ok()?;
    let svg = drawing::svg(&part, &arrangement, &style, options);
    Some((id, svg))
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
fn pictured(options: &Options, architecture: &Architecture, svg: &str, more: &More) -> DocumentOptions {
    // Own words are carried over by `compile`, which says what has no place any more.
    let mut document = DocumentOptions { former: None, ..options.document.clone() };
    if options.inline {
        let inline = |svg: &str| Picture::Inline { svg: svg.to_owned() };
        document.picture = Some(inline(svg));
        document.flow_pictures = more.sequences(architecture).iter().map(|svg| inline(svg)).collect();
        let places = more.places(architecture).iter();
        document.group_pictures = places.map(|(id, svg)| (id.clone(), inline(svg))).collect();
    } else if let Some(Picture::Link(link)) = &document.picture
        && document.flow_pictures.is_empty()
    {
        let count = review::flows(architecture).len();
        let groups = outer_groups(architecture).into_iter();
        let named = |id: Id| (id.clone(), Picture::Link(place_name(link, &id)));
        document.group_pictures = groups.map(named).collect();
        document.flow_pictures = (0..count).map(|n| Picture::Link(flow_name(link, n))).collect();
    }
    document
}
