//! Capabilities: what a feature phrase such as "payments" or "live chat" brings in.
//!
//! Gives the data of `assets/capabilities`, read once. It reads no text.

use std::sync::OnceLock;

use serde::Deserialize;

use super::designs::Parts;
use super::{asset, data};

/// What a feature phrase asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Capability {
    /// Its name in reasons: "capability: payments".
    pub(crate) id: String,
    /// Patterns of the phrases that ask for it.
    pub(crate) phrases: Vec<String>,
    /// Whether it is a way of building what other features ask for, rather than a feature.
    #[serde(default)]
    pub(crate) pattern: bool,
    /// Its components, the main one first; `{}` in a label stands for the phrase's own words.
    pub(crate) components: Parts,
    /// Its connections, as `from -> to: label`, `~>` for asynchronous.
    #[serde(default)]
    pub(crate) flows: Vec<String>,
}

/// The capabilities, in the order of the files.
pub(crate) fn capabilities() -> &'static [Capability] {
    static CAPABILITIES: OnceLock<Vec<Capability>> = OnceLock::new();
    CAPABILITIES.get_or_init(|| {
        [
            asset!("capabilities/commerce"),
            asset!("capabilities/people"),
            asset!("capabilities/communication"),
            asset!("capabilities/content"),
            asset!("capabilities/data"),
            asset!("capabilities/intelligence"),
            asset!("capabilities/operations"),
            asset!("capabilities/infrastructure"),
            asset!("capabilities/places"),
            asset!("capabilities/patterns"),
        ]
        .into_iter()
        .flat_map(data::<Vec<Capability>>)
        .collect()
    })
}
