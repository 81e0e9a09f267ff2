//! Requests that name features rather than components.

use crate::model::Architecture;
use crate::text::{Outcome, Source};

/// Reads a design prompt; `None` when the text is a description.
pub(crate) fn read(source: &Source) -> Option<Outcome<Architecture>> {
    let _ = source;
    None
}
