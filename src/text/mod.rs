//! Source text and what is said about it.
//!
//! Takes nothing of ours and gives the three things every room above speaks in: a [`Source`] (a name and its
//! text), a [`Span`] (a byte range in it) and a [`Diagnostic`] (what is wrong there, and the way out), carried
//! beside a value in an [`Outcome`]. It reads no file and prints nothing.

mod diagnostic;
mod outcome;
mod source;
mod span;

pub use diagnostic::{Diagnostic, Hint, Replacement, Severity};
pub use outcome::Outcome;
pub use source::{Location, Source};
pub use span::Span;
