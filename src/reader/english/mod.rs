//! Plain English.

pub(crate) mod lexicon;
pub(crate) mod prompt;
pub(crate) mod sentences;
pub(crate) mod structure;
pub(crate) mod tokens;

use crate::model::Architecture;
use crate::text::{Outcome, Source};

/// Reads a description in plain English.
#[must_use]
pub fn read(source: &Source) -> Outcome<Architecture> {
    if let Some(prompt) = prompt::read(source) {
        return prompt;
    }
    Outcome::clean(Architecture::new())
}
