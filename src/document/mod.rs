//! From an architecture and its review to a design document.

use std::fmt;

use crate::model::Architecture;
use crate::review::Review;

/// What the caller may choose.
#[derive(Debug, Clone, Default)]
pub struct DocumentOptions {
    /// The picture's place, relative to the document.
    pub picture: Option<String>,
    /// A template of the caller's own, in minijinja; `None` takes the built-in design document.
    pub template: Option<String>,
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

/// Writes the design document as Markdown.
///
/// # Errors
/// When the caller's template does not work.
pub fn write(
    architecture: &Architecture,
    review: &Review,
    options: &DocumentOptions,
) -> Result<String, DocumentError> {
    let _ = (architecture, review, options);
    Ok(String::new())
}
