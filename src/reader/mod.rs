//! Every road from a text to an [`Architecture`].
//!
//! Takes a [`Source`] and gives an architecture with what is to be said about the text. It never refuses: a text that is
//! not understood gives an empty architecture and an error with a way out. It knows no layout and no drawing.

pub mod english;
mod explain;
mod foreign;
#[cfg(test)]
mod grammar;
pub mod language;
pub mod structured;
mod syntax;

use crate::model::Architecture;
use crate::text::{Outcome, Source};

pub use explain::{Reading, Unit, explain};
pub use syntax::Syntax;

/// Reads a text in the given syntax.
#[must_use]
pub fn read(source: &Source, syntax: Syntax) -> Outcome<Architecture> {
    match syntax {
        Syntax::English => english::read(source),
        Syntax::Language => language::read(source),
        Syntax::Markdown => language::read_markdown(source).unwrap_or_else(|| english::read(source)),
        Syntax::Yaml => structured::read_yaml(source),
        Syntax::Json => structured::read_json(source),
        Syntax::Mermaid => foreign::read_mermaid(source),
        Syntax::Dot => foreign::read_dot(source),
    }
}
