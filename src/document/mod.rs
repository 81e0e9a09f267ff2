//! From an architecture and its review to a design document.
//!
//! Takes an [`Architecture`], its [`Review`] and, where there is one, the [`Source`] text; gives Markdown. First an
//! [`Outline`]: every fact as plain data, each with where it comes from. Then a template over it (minijinja), which may
//! only lay out what the outline holds: every sentence is stated, inferred, assumed and marked so, computed from the
//! graph, or an open question. Same input, same bytes. It parses no picture, touches no file and knows no clock.

mod escape;
mod fence;
mod html;
mod keep;
mod outline;
mod outline_findings;
mod outline_flows;
mod outline_parts;
mod outline_roles;
mod outline_tables;
mod render;
mod settings;
mod told;
mod told_of;

use std::fmt;

use serde::Serialize;

use crate::model::{Architecture, Id};
use crate::review::Review;
use crate::text::Source;

pub use html::html_page;
pub use keep::{Carried, carry_over};
pub use outline::Outline;

/// A picture in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Picture {
    /// Its place, relative to the document.
    Link(String),
    /// The picture itself. It goes into the document as it is: pass what [`crate::drawing`] made, nothing of a user's.
    Inline {
        /// The SVG.
        svg: String,
    },
}

/// What the caller may choose.
#[derive(Debug, Clone, Default)]
pub struct DocumentOptions {
    /// The picture.
    pub picture: Option<Picture>,
    /// The sequence diagrams of the flows that [`crate::review::flows`] gives, in their order.
    pub flow_pictures: Vec<Picture>,
    /// Pictures of single groups, by the group's id.
    pub group_pictures: Vec<(Id, Picture)>,
    /// Whether the document begins with front matter in YAML (title and the name of the source).
    pub front_matter: bool,
    /// A template of the caller's own, in minijinja; `None` takes the built-in design document.
    pub template: Option<String>,
    /// Templates that the caller's template includes or extends, by name.
    pub partials: Vec<(String, String)>,
    /// A former version of the document, whose `keep` regions are carried over.
    pub former: Option<String>,
}

/// A template that does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError {
    /// What is wrong, with template name and line.
    pub message: String,
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DocumentError {}

/// The built-in templates by name, the default one first.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("design", include_str!("../../templates/design.md.jinja")),
    ("one-page", include_str!("../../templates/one-page.md.jinja")),
    ("adr", include_str!("../../templates/adr.md.jinja")),
    ("runbook", include_str!("../../templates/runbook.md.jinja")),
    ("threat-model", include_str!("../../templates/threat-model.md.jinja")),
    ("review-only", include_str!("../../templates/review-only.md.jinja")),
    ("rfc", include_str!("../../templates/rfc.md.jinja")),
];

/// The built-in template of that name.
#[must_use]
pub fn template(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}

/// Writes the document as Markdown. `source` is the text the architecture was read from; its words are quoted.
///
/// # Errors
/// When the caller's template does not work: a mistake in it, or more work or text than the limits allow.
pub fn write(
    architecture: &Architecture,
    review: &Review,
    source: Option<&Source>,
    options: &DocumentOptions,
) -> Result<String, DocumentError> {
    let outline = Outline::of(architecture, review, source, options);
    let mut text = render::render(&outline, options.template.as_deref(), &options.partials)?;
    if options.front_matter {
        text.insert_str(0, &front_matter(&outline.title, source));
    }
    Ok(match &options.former {
        Some(former) => carry_over(&text, former).text,
        None => text,
    })
}

/// What the document of an architecture is called.
#[must_use]
pub fn title(architecture: &Architecture, source: Option<&Source>) -> String {
    told::title(&outline::Sheet::of(architecture, source)).unwrap_or_else(|| outline::UNTITLED.into())
}

/// Title and source as YAML between `---` lines. JSON strings are YAML strings.
fn front_matter(title: &str, source: Option<&Source>) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let source = source.map(|s| format!("source: {}\n", quoted(s.name()))).unwrap_or_default();
    format!("---\ntitle: {}\n{source}generator: Blueprose\n---\n\n", quoted(title))
}
