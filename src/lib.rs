//! Describe a system in words; get an architecture diagram and a design document.
//!
//! The road is [`reader`] → [`review`] → [`layout`] → [`drawing`] and [`document`]; [`compile()`] walks it whole.

pub mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
mod compile;
pub mod document;
pub mod drawing;
pub mod geometry;
pub mod layout;
pub mod model;
pub mod reader;
pub mod review;
pub mod style;
pub mod text;
pub mod writer;

pub use compile::{Compiled, Options, compile};
