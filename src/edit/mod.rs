//! Editing by a sentence.
//!
//! Takes an [`Architecture`] and sentences and gives a [`Plan`]: typed [`Operation`]s of the model and the architecture
//! they come to. All sentences together are one transaction: one that is not understood, or whose references fit nothing
//! or several things, refuses the whole. It draws nothing and touches no file.

mod anchor;
mod append;
mod bond;
mod candidates;
mod clauses;
mod companions;
mod entry;
mod extent;
mod feature;
mod group_names;
mod intents;
mod label;
mod names;
mod newcomer;
mod pattern;
mod phrase;
mod precedent;
mod present;
mod provider;
mod scene;
mod segments;
mod spelling;
mod statements;
mod text;
mod vocabulary;
mod wording;

use crate::compare::compare;
use crate::model::{Architecture, Operation};
use crate::reader::language;
use crate::text::{Diagnostic, Severity, Source};

pub use append::append;
use phrase::Word;
use scene::Scene;

/// The most sentences in one transaction.
const MAX_SENTENCES: usize = 100;

/// At most this many candidates are listed where a name or a wish fits none or several.
const MAX_LISTED: usize = 6;

/// What sentences come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The edits, in order.
    pub operations: Vec<Operation>,
    /// The architecture after them.
    pub architecture: Architecture,
    /// What is to be said about them besides the difference, sentence by sentence: the place chosen and why, what else is
    /// touched, what was there already.
    pub remarks: Vec<Vec<Diagnostic>>,
}

/// A text in the language with sentences applied to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// What the text read as.
    pub before: Architecture,
    /// What the sentences came to.
    pub plan: Plan,
    /// The text that reads so; comments, order and layout of all else as they were.
    pub text: String,
}

/// Why sentences were refused; nothing has changed then.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// Which sentence, from 0; `None` when it is about the text.
    pub sentence: Option<usize>,
    /// What is wrong, with its place in that sentence.
    pub diagnostic: Diagnostic,
}

/// Why one reading of a sentence does not hold.
#[derive(Debug, Clone)]
struct Refusal {
    diagnostic: Diagnostic,
    /// Whether another reading may still be meant.
    soft: bool,
    /// Whether several things fit.
    ambiguous: bool,
    /// The words that nothing is called by.
    missing: Box<[Word]>,
}

impl Refusal {
    fn soft(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, soft: true, ambiguous: false, missing: Box::default() }
    }

    fn hard(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, soft: false, ambiguous: false, missing: Box::default() }
    }

    fn several(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, soft: false, ambiguous: true, missing: Box::default() }
    }

    /// The pattern fits but is not meant; says nothing of its own.
    fn other() -> Self {
        Self::soft(Diagnostic::error("BP0801", None, String::new()))
    }

    fn is_silent(&self) -> bool {
        self.diagnostic.message.is_empty()
    }
}

/// Understands sentences as edits of an architecture.
///
/// # Errors
/// The first sentence that is not understood or not possible, with candidates where a name fits nothing or several things.
pub fn understand(architecture: &Architecture, sentences: &[&str]) -> Result<Plan, Refused> {
    let mut scene = Scene::new(architecture.clone());
    let mut remarks = Vec::new();
    if sentences.len() > MAX_SENTENCES {
        let message = format!("{} sentences are more than the limit of {MAX_SENTENCES}", sentences.len());
        return Err(Refused {
            sentence: Some(MAX_SENTENCES),
            diagnostic: Diagnostic::error("BP0806", None, message),
        });
    }
    for (n, sentence) in sentences.iter().enumerate() {
        let done = clauses::sentence(&scene, sentence);
        scene = done.map_err(|diagnostic| Refused { sentence: Some(n), diagnostic })?;
        remarks.push(std::mem::take(&mut scene.remarks));
    }
    let Scene { architecture, operations, .. } = scene;
    Ok(Plan { operations, architecture, remarks })
}

/// Applies sentences to a text in the language.
///
/// # Errors
/// When the text itself has errors, a sentence is refused (see [`understand`]), or the result could not be put into the
/// text so that it reads as meant.
pub fn edit(source: &Source, sentences: &[&str]) -> Result<Edited, Refused> {
    let about = |diagnostic| Refused { sentence: None, diagnostic };
    let read = language::read(source);
    if let Some(error) = read.diagnostics.iter().find(|d| d.severity == Severity::Error) {
        return Err(about(error.clone()));
    }
    let before = read.value;
    let plan = understand(&before, sentences)?;
    let text = write(source, &before, &plan.architecture).map_err(about)?;
    Ok(Edited { before, plan, text })
}

/// Puts a changed architecture back into the text it was read from, and reads it again to be sure.
///
/// # Errors
/// When the text would not read as the architecture; the message names the first difference.
pub fn write(source: &Source, before: &Architecture, after: &Architecture) -> Result<String, Diagnostic> {
    let text = text::rewrite(source.text(), before, after);
    let again = language::read(&Source::new(source.name(), text.as_str()));
    let difference = compare(after, &again.value);
    if difference.is_empty() && !again.has_errors() {
        return Ok(text);
    }
    let said = difference.text();
    let first = said.lines().next().unwrap_or("it has errors");
    let d = Diagnostic::error(
        "BP0809",
        None,
        format!("the change could not be put into the text in place ({first})"),
    );
    Err(d.hint("format the text with `blueprose fmt` and try again, or make the change by hand"))
}

/// Intents that take any words: not tried once a closer reading failed on a name it clearly meant.
const LOOSE: &[&str] = &["add", "add_to", "ability", "bare", "use_here"];

/// One clause: the first reading that holds, else the most telling refusal.
fn one(scene: &Scene, words: &[Word]) -> Result<Scene, Diagnostic> {
    let words = without_manners(words);
    if let Some(d) = no_edit(scene, words, false) {
        return Err(d);
    }
    // A wish that is another one in other words; as it stands where that does not hold.
    let reworded = |late: bool| {
        pattern::knowledge().reworded(words, late).find_map(|wishes| {
            let mut each = wishes.split(|w| w.is(";")).filter(|wish| !wish.is_empty());
            each.try_fold(scene.clone(), |scene, wish| as_said(&scene, wish)).ok()
        })
    };
    if let Some(done) = reworded(false) {
        return Ok(done);
    }
    as_said(scene, words).or_else(|refused| reworded(true).ok_or(refused))
}

/// One clause, word for word.
fn as_said(scene: &Scene, words: &[Word]) -> Result<Scene, Diagnostic> {
    let mut refused: Option<Refusal> = None;
    for pattern in pattern::knowledge().patterns() {
        let settled = refused.as_ref().is_some_and(|r| !r.soft);
        if settled && LOOSE.contains(&pattern.intent.as_str()) {
            continue;
        }
        for bindings in pattern.matches(words) {
            // "a feature that … before the exam": the place is one of the clause, not of the feature.
            let new = bindings.get("new").and_then(|range| words.get(range));
            if !["add", "deliver"].contains(&pattern.intent.as_str()) && new.is_some_and(extent::holds_clause)
            {
                continue;
            }
            if bindings.swallow_a_wish(words) {
                continue;
            }
            let mut trial = scene.clone();
            let clause = intents::Clause { words, bindings: &bindings };
            match intents::perform(&pattern.intent, &mut trial, &clause) {
                Ok(()) => {
                    trial.said();
                    trial.topic = segments::topic(scene, words);
                    return Ok(trial);
                }
                Err(refusal) if refusal.is_silent() => {}
                Err(refusal) => {
                    let better = refused.as_ref().is_none_or(|r| r.soft && !refusal.soft);
                    if better {
                        refused = Some(refusal);
                    }
                }
            }
        }
    }
    if refused.as_ref().is_none_or(|r| r.soft)
        && let Some(d) = no_edit(scene, words, true)
    {
        return Err(d);
    }
    let shown = |refusal| candidates::with_candidates(&scene.architecture, refusal);
    Err(refused.map_or_else(|| not_understood(words), shown))
}

/// What the words ask for instead of an edit, and the way to get it.
fn no_edit(scene: &Scene, words: &[Word], late: bool) -> Option<Diagnostic> {
    let aside = pattern::knowledge().aside(words, late)?;
    let d = Diagnostic::error("BP0801", phrase::span(words), aside.says.clone());
    let d = aside.hints.iter().fold(d, |d, hint| d.hint(hint.clone()));
    let once = scene.architecture.components().filter(|c| c.kind.is_compute() && c.replicas.is_none());
    let once: Vec<&str> = once.take(MAX_LISTED).map(|c| c.label.as_str()).collect();
    let listed = aside.lists && !once.is_empty();
    Some(if listed {
        d.hint(format!("code that is not said to run more than once: {}", once.join(", ")))
    } else {
        d
    })
}

fn without_manners(words: &[Word]) -> &[Word] {
    let polite = &pattern::knowledge().polite;
    let mut words = words;
    loop {
        let before = polite.before.iter().filter_map(|p| pattern::starts(words, p)).max();
        match before {
            Some(n) if n < words.len() => words = &words[n..],
            _ => break,
        }
        while words.len() > 1 && words[0].is(",") {
            words = &words[1..];
        }
    }
    while let Some((last, rest)) = words.split_last() {
        if rest.is_empty() || !(polite.after.iter().any(|p| last.is(p)) || last.is(",") || last.is(":")) {
            break;
        }
        words = rest;
    }
    words
}

fn not_understood(words: &[Word]) -> Diagnostic {
    Diagnostic::error("BP0801", phrase::span(words), "this is not understood as an edit")
        .hint("say what to add, remove, rename, replace, connect, move, group, split, merge or set")
        .hint("for instance: “add a Redis cache between the API and the orders database”")
}
