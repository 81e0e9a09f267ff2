//! Plain English.
//!
//! Takes a text and gives the architecture it describes, with what is to be said about it. The stages, each a module
//! with types of its own: `structure` (blocks) → `sentences` and `tokens` → `tagging` (one meaning a word, from the
//! `lexicon`) → `phrases` (noun phrases, verb groups) → `clauses` (who does what) → `reading` with `entities` (which
//! mention means which thing), `flows` (what verbs say of arrows) and `places` (groups) → `assemble`.
//! Design prompts, which name features rather than components, go to `prompt`.

mod assemble;
mod clauses;
mod entities;
mod flows;
pub(crate) mod lexicon;
mod phrases;
mod places;
pub(crate) mod prompt;
mod reading;
pub(crate) mod sentences;
pub(crate) mod structure;
mod tagging;
pub(crate) mod tokens;

use crate::model::Architecture;
use crate::text::{Diagnostic, Outcome, Source};

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Reads a description in plain English.
#[must_use]
pub fn read(source: &Source) -> Outcome<Architecture> {
    if source.text().len() > MAX_BYTES {
        let message = format!("the text is longer than the {MAX_BYTES} bytes that are read");
        let diagnostic = Diagnostic::error("BP0401", None, message).hint("describe one system a file");
        return Outcome::new(Architecture::new(), vec![diagnostic]);
    }
    if let Some(prompt) = prompt::read(source) {
        return prompt;
    }
    let text = source.text();
    let blocks = structure::blocks(text);
    let sentences = sentences::sentences(text, &blocks);
    let lexicon = lexicon::lexicon();
    let mut reading = reading::read(lexicon, text, &blocks, &sentences);
    let (architecture, _drawn) = assemble::assemble(&mut reading);
    Outcome::clean(architecture)
}
