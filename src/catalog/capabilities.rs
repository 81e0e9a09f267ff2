//! Capabilities: what a feature phrase such as "payments" or "live chat" brings in.
//!
//! Gives the data of `assets/capabilities`. It reads no text.

use super::designs::{Flow, Part, Parts};
use super::patterns::{Pattern, Word};
use crate::model::{Kind, Mode};

/// What a feature phrase asks for.
#[derive(Debug)]
pub(crate) struct Capability {
    /// Its name in reasons: "capability: payments".
    pub(crate) id: &'static str,
    /// Whether it is a way of building what other features ask for, rather than a feature.
    pub(crate) pattern: bool,
    /// Patterns of the phrases that ask for it.
    pub(crate) phrases: &'static [Pattern],
    /// Its components, the main one first; `{}` in a label stands for the phrase's own words.
    pub(crate) components: Parts,
    /// Its connections.
    pub(crate) flows: &'static [Flow],
}

/// The capabilities, in the order of the files.
pub(crate) fn capabilities() -> &'static [Capability] {
    static CAPABILITIES: &[Capability] = include!(concat!(env!("OUT_DIR"), "/capabilities.rs"));
    CAPABILITIES
}
