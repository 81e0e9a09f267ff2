//! Diagrams written for other tools: Mermaid flowcharts and Graphviz DOT.
//!
//! Takes such a text and gives the architecture it draws: nodes become components, subgraphs groups, edges connections,
//! dashed and dotted ones asynchronous. What a node is, the other notations do not say: its shape, the technology its label
//! names and its last word tell, and the origin says so. Colours, fonts and positions are left behind.

mod dot;
mod draft;
mod mermaid;

pub(super) use dot::{looks_like as looks_like_dot, read as read_dot};
pub(super) use mermaid::{looks_like as looks_like_mermaid, read as read_mermaid};

use crate::model::Architecture;
use crate::text::{Diagnostic, Outcome, Source};

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The deepest nesting of subgraphs.
const MAX_DEPTH: usize = 64;

/// How many statements that are not understood are reported one by one.
const MAX_MESSAGES: usize = 100;

/// The answer to a text that is too long.
fn too_long(source: &Source) -> Option<Outcome<Architecture>> {
    (source.text().len() > MAX_BYTES).then(|| {
        let message = format!("the text is longer than the {MAX_BYTES} bytes that are read");
        Outcome::new(Architecture::new(), vec![Diagnostic::error("BP0306", None, message)])
    })
}
