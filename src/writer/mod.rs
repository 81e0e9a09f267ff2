//! An architecture as text again: the language, YAML and JSON of the model, the notations of other tools, and the
//! geometry of a picture.

mod d2;
mod dot;
mod geometry;
mod language;
mod mermaid;
mod outline;
mod tree;

use crate::model::{Architecture, Record};

pub use d2::d2;
pub use dot::dot;
pub use geometry::geometry;
pub use language::language;
pub use mermaid::mermaid;

/// The model as JSON (the first contract), with a final line break.
#[must_use]
pub fn json(architecture: &Architecture) -> String {
    let mut text = serde_json::to_string_pretty(&Record::from(architecture)).unwrap_or_default();
    text.push('\n');
    text
}

/// The model as YAML.
#[must_use]
pub fn yaml(architecture: &Architecture) -> String {
    serde_yaml::to_string(&Record::from(architecture)).unwrap_or_default()
}
