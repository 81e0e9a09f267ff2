//! What a senior engineer would raise.
//!
//! Takes an [`Architecture`] and gives findings, each with its reason and its fixes as plain
//! [`Operation`](crate::model::Operation)s. An unknown never fires: it becomes an open question.

mod finding;

use crate::model::Architecture;

pub use finding::{Basis, Fact, Finding, Fix, Level, Review, Suppressed};

/// How strict a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// A first sketch: what is not drawn is not missed.
    #[default]
    Sketch,
    /// A first product: resilience and operability weigh less.
    Mvp,
    /// A system people rely on.
    Production,
    /// A system that is audited.
    Regulated,
}

/// What the caller may choose.
#[derive(Debug, Clone, Default)]
pub struct ReviewOptions {
    /// How strict.
    pub profile: Profile,
}

/// Reviews an architecture.
#[must_use]
pub fn review(architecture: &Architecture, options: &ReviewOptions) -> Review {
    let _ = (architecture, options);
    Review::default()
}
