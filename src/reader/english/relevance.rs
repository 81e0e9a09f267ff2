//! Sentences and sections that speak of something else than the system: plans, comparisons, history, tooling.
//!
//! Takes a sentence and says whether it is one of them. The words are in `assets/words/roles.yaml`.

use super::lexicon::{Lexicon, joined_lower};
use super::sentences::Sentence;

/// The most words of a heading that is taken by one of its words: "Next steps", but not "How the roadmap service works".
const HEADING_WORDS: usize = 4;

/// Whether a heading opens a section about something else than the system.
pub(super) fn off_topic(lexicon: &Lexicon, sentence: &Sentence<'_>) -> bool {
    let listed = |word: &String| lexicon.roles.other_sections.contains(word);
    sentence.tokens.len() <= HEADING_WORDS && sentence.tokens.iter().any(|t| listed(&t.lower))
}

/// Whether a sentence is about plans, comparisons or history.
pub(super) fn distracts(lexicon: &Lexicon, sentence: &Sentence<'_>) -> bool {
    if sentence.tokens.first().is_some_and(|t| lexicon.roles.aside_openings.contains(&t.lower)) {
        return true;
    }
    let words = format!(" {} ", joined_lower(&sentence.tokens));
    let purpose = ["is", "are", "be"].iter().any(|be| words.contains(&format!(" {be} used to ")));
    !purpose && lexicon.roles.aside_marks.iter().any(|m| words.contains(&format!(" {m} ")))
}
