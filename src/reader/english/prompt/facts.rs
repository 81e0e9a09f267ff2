//! What a prompt says besides its features: figures, laws, and whether many people come at once.
//!
//! Takes the text and gives workload facts for the model, found as in any other text. It adds no component.

use crate::model::WorkloadFact;
use crate::text::{Source, Span};

use super::super::{facts, sentences, structure};
use super::knowledge::vocabulary;
use super::pattern;
use super::words::Token;

/// Where a large load is spoken of, if it is.
pub(crate) fn large_load(tokens: &[Token]) -> Option<Span> {
    vocabulary().scale.iter().find_map(|s| {
        let found = pattern::find(s, tokens, 0..tokens.len())?;
        Some(tokens[found.first()].span.join(tokens[found.last()].span))
    })
}

/// The figures and laws that the text gives.
pub(crate) fn workload(source: &Source) -> Vec<WorkloadFact> {
    let blocks = structure::blocks(source.text());
    let sentences = sentences::sentences(source.text(), &blocks);
    facts::facts(source, &sentences, |_, _, _, _| None)
}
