//! From an architecture to finished places: boxes, paths and label places.
//!
//! Takes an [`Architecture`], measures its faces with a [`Style`] and gives an [`Arrangement`], the only thing that
//! drawings see. It reads no source text and knows no colour.

mod arrangement;

use std::fmt;

use crate::model::{Architecture, Direction};
use crate::style::Style;

pub use arrangement::{Arrangement, GroupBox, NodeBox, Notice, Route};

/// What the caller may choose.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayoutOptions {
    /// The way the picture reads; `None` takes the author's wish or chooses what fits better.
    pub direction: Option<Direction>,
    /// Which engine places things.
    pub engine: EngineName,
}

/// The engines there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineName {
    /// Our own layered engine.
    #[default]
    Layered,
    /// The engine of the crate `layout-rs`: small flat graphs only.
    LayoutRs,
}

/// Why no arrangement was made.
#[derive(Debug, Clone, PartialEq)]
pub enum LayoutError {
    /// More of something than the engine takes.
    TooLarge {
        /// What there is too much of: "components".
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many are taken at most.
        limit: usize,
    },
    /// The engine cannot do what the architecture needs.
    Unsupported(&'static str),
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { what, count, limit } => {
                write!(f, "{count} {what} are more than the layout's limit of {limit}")
            }
            Self::Unsupported(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for LayoutError {}

/// Gives everything its place.
///
/// # Errors
/// When there is more than the engine takes, or the engine cannot do what is needed.
pub fn arrange(
    architecture: &Architecture,
    style: &Style,
    options: &LayoutOptions,
) -> Result<Arrangement, LayoutError> {
    let _ = (architecture, style, options);
    Ok(Arrangement::default())
}
