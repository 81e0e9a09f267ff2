//! The Blueprose language.

use crate::model::Architecture;
use crate::text::{Outcome, Source};

/// Reads a text in the Blueprose language.
#[must_use]
pub fn read(source: &Source) -> Outcome<Architecture> {
    let _ = source;
    Outcome::clean(Architecture::new())
}

/// Reads the fenced `blueprose` blocks of a Markdown text as one; `None` when it has none.
#[must_use]
pub fn read_markdown(source: &Source) -> Option<Outcome<Architecture>> {
    let _ = source;
    None
}

/// Whether a text without a telling name is probably written in the language.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    let _ = text;
    false
}
