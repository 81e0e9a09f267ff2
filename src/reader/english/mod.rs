//! Plain English.
//!
//! Takes a text and gives the architecture it describes, with what is to be said about it. The stages, each a module
//! with types of its own: `structure` (blocks) → `sentences`, `tables`, `arrows` and `tokens` → `declared` (names) →
//! `tagging` (one meaning a word, from the `lexicon`) → `phrases` (noun phrases, verb groups) → `clauses` (who does what)
//! → `reading` with `topics` (what lines are about), `entities` (which mention means which thing), `flows` (what verbs say
//! of arrows) and `places` (groups) → `assemble`.
//! Wishes in everyday words, which name no program, get one from `lay`.
//! Design prompts, which name features rather than components, go to `prompt`.

mod abbreviations;
mod alone;
mod ambiguity;
mod apposition;
mod arrows;
mod asked;
mod assemble;
mod belongings;
mod called;
mod carried;
mod choices;
mod clauses;
mod component_settings;
mod containment;
mod copies;
mod counted;
mod declared;
mod editions;
mod ends;
mod entities;
mod enumeration;
mod explain;
mod facing;
mod facts;
mod figures;
mod flows;
mod generalities;
mod identity;
mod incidental;
mod itself;
mod jobs;
mod kept;
mod lay;
mod led;
pub(crate) mod lexicon;
mod links;
mod lists;
mod meaning;
mod meant;
mod measures;
mod money;
mod open;
mod others;
mod overview;
mod passing;
mod patterns;
mod phrases;
mod places;
pub(crate) mod prompt;
mod rates;
mod reading;
mod reference;
mod register;
mod relevance;
mod sameness;
pub(crate) mod sentences;
mod settings;
mod several;
mod sites;
mod standbys;
pub(crate) mod structure;
mod subjects;
mod supplied;
mod tables;
mod tagging;
mod telling;
pub(crate) mod tokens;
mod topics;
mod undrawn;
mod unlisted;
mod wanted;
mod wording;

use crate::model::Architecture;
use crate::text::{Diagnostic, Outcome, Source};

pub use explain::{Explanation, SentenceExplanation};
pub(crate) use places::region_name;

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Sentences behind a request that must draw arrows for the text to be a description.
const TELLING: usize = 2;

/// The longest note, in words, the parts that it names at least, and the commas between them.
const NOTE: usize = 60;
const FEW_PARTS: usize = 3;
const LISTED: usize = 2;

/// Reads a description in plain English.
#[must_use]
pub fn read(source: &Source) -> Outcome<Architecture> {
    if source.text().len() > MAX_BYTES {
        let message = format!("the text is longer than the {MAX_BYTES} bytes that are read");
        let diagnostic = Diagnostic::error("BP0401", None, message).hint("describe one system a file");
        return Outcome::new(Architecture::new(), vec![diagnostic]);
    }
    let (described, explanation, tells) = describe(source);
    let loose = is_loose(source, &described.value);
    if !loose && describes(source, &described.value, &explanation, tells) {
        return described;
    }
    prompt::read(source, loose).unwrap_or(described)
}

/// Whether a short text lists parts and hardly says what passes between them: most of them would hang in the air. Such a note
/// is better understood as a wish for what it names.
fn is_loose(source: &Source, architecture: &Architecture) -> bool {
    let (parts, arrows) = (architecture.component_count(), architecture.connections().count());
    let text = source.text();
    if text.split_whitespace().count() > NOTE || parts < FEW_PARTS {
        return false;
    }
    // Who asks for a design in so many words and describes one would have told how all of it hangs together.
    match prompt::asks(text) {
        true => arrows + 1 < parts,
        false => arrows * 2 < parts && text.matches(',').count() >= LISTED,
    }
}

/// Whether a text describes a system rather than asking for one, by what was found in it; `tells` says that some sentence
/// says what a part does.
fn describes(source: &Source, architecture: &Architecture, explanation: &Explanation, tells: bool) -> bool {
    // A text that states arrows is a description, unless it asks for a design in so many words.
    // Where it only names one, the arrows that its phrases seem to state are no reason to read it as a description.
    let request = prompt::asks(source.text()) || !tells && prompt::names_a_system(source.text());
    let stated = architecture.connections().filter(|c| c.origin.word() == "stated").count();
    // Behind a request, sentences that draw arrows of their own describe what is asked for.
    let telling = explanation.sentences.iter().skip(1).filter(|s| !s.flows.is_empty()).count();
    // Several sentences that ask for nothing describe, as soon as they name things, and so does one that tells.
    let spoken = (tells || explanation.sentences.len() > 1) && architecture.component_count() > 0;
    // What had to be supplied to a wish in everyday words says less than what its features ask for.
    let supplied = architecture.components().filter(|c| c.origin.is_assumed()).count();
    let telling = telling >= TELLING && !(prompt::asks(source.text()) && supplied >= TELLING);
    (stated > 0 || spoken) && !request || telling
}

/// Says sentence by sentence what was understood of a text. One that is too long gives an empty explanation.
#[must_use]
pub fn explain(source: &Source) -> Explanation {
    if source.text().len() > MAX_BYTES {
        return Explanation::default();
    }
    let (described, explanation, tells) = describe(source);
    let loose = is_loose(source, &described.value);
    if !loose && describes(source, &described.value, &explanation, tells) {
        return explanation;
    }
    prompt::explain(source, loose).unwrap_or(explanation)
}

/// Reads a text as a description, whatever it is, and says whether some sentence tells what a part does.
fn describe(source: &Source) -> (Outcome<Architecture>, Explanation, bool) {
    let text = source.text();
    let blocks = structure::blocks(text);
    let lexicon = lexicon::lexicon();
    let mut sentences = sentences::sentences(text, &blocks);
    arrows::prepare(text, &mut sentences);
    led::prepare(lexicon, &blocks, &mut sentences);
    abbreviations::prepare(lexicon, &mut sentences);
    let mut things = declared::mark(lexicon, &mut sentences);
    things.extend(called::mark(lexicon, &mut sentences));
    let short = declared::short_names(lexicon, &sentences);
    let mut reading = reading::read(lexicon, text, &blocks, &sentences, things, short);
    lay::complete(&mut reading, text, &sentences);
    let (mut architecture, drawn) = assemble::assemble(&mut reading);
    if explain::off_subject(lexicon, &sentences, &architecture) {
        architecture = Architecture::new();
        let diagnostics =
            explain::diagnostics(source, lexicon, &sentences, &Explanation::default(), &architecture);
        return (Outcome::new(architecture, diagnostics), Explanation::default(), false);
    }
    if architecture.component_count() > 0 {
        patterns::expand(source, lexicon, &sentences, (&reading, &drawn), &mut architecture);
        let subjects =
            subjects::Subjects { source, reading: &reading, drawn: &drawn, architecture: &architecture };
        let facts =
            facts::facts(source, &sentences, |n, key, from, figure| subjects.of(n, key, from, figure));
        for fact in facts {
            let _ = architecture.add_workload(fact);
        }
        settings::set(source, &sentences, &mut architecture);
        component_settings::set(source, &sentences, &mut architecture);
        open::ask(source, lexicon, (&blocks, &sentences), (&reading, &drawn), &mut architecture);
    }
    let explanation = explain::explanation(source, lexicon, &sentences, &reading, &architecture, &drawn);
    let diagnostics = explain::diagnostics(source, lexicon, &sentences, &explanation, &architecture);
    (Outcome::new(architecture, diagnostics), explanation, reading.tells)
}
