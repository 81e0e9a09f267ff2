//! Describe a system in words; get an architecture diagram and a design document.
//!
//! Offline, in milliseconds, the same bytes every time, with every box traceable to the words that caused it.
//! [`compile()`] walks the whole road; each room can be walked alone:
//!
//! 1. [`reader::read`]: text (English, the Blueprose language, YAML, JSON) → [`model::Architecture`]
//! 2. [`review::review`]: architecture → findings, questions, estimates
//! 3. [`layout::arrange`]: architecture → [`layout::Arrangement`], finished places
//! 4. [`drawing::svg`]: places → SVG
//! 5. [`document::write`]: architecture and review → Markdown
//!
//! ```
//! use blueprose::{Options, compile, text::Source};
//!
//! let text = "The web app calls the orders service, which writes to Postgres.";
//! let outcome = compile(&Source::new("orders", text), &Options::default());
//! assert!(outcome.value.svg.starts_with("<svg"));
//! assert_eq!(outcome.value.architecture.component_count(), 3);
//! ```
//!
//! Nothing here keeps global state (the embedded data is read once and never changes), touches files, or asks a clock:
//! everything may be used from several threads at once. For people who have no text there is [`model::Builder`].
//!
//! # Features
//!
//! - `cli` (default): the command-line program and its module.
//! - `brands` (default): brand marks of open-source and SaaS products on the boxes.
//! - `png`: pictures as PNG.
//! - `pdf`: pictures as PDF.
//! - `studio` (default): watching a description, and a live page of it on this machine.

pub mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
mod compile;
pub mod document;
pub mod drawing;
pub mod edit;
pub mod geometry;
pub mod layout;
pub mod model;
pub mod reader;
pub mod review;
#[cfg(feature = "studio")]
pub mod studio;
pub mod style;
pub mod text;
pub mod writer;

pub use compile::{Compiled, Options, compile, flow_name, place_name};
