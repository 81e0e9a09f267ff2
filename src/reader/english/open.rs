//! What a text leaves open: the questions it asks itself, what it calls undecided, and words that could mean either of
//! two things where that decides an arrow.
//!
//! Takes the sentences with what was understood and adds open questions, each with what was taken until it is answered.
//! What every system has to be asked (load, latency, cost) is the document's business. The words are in
//! `assets/words/open.yaml`.

use super::ambiguity::{Doubt, says};
use super::assemble::Drawn;
use super::lexicon::{Lexicon, Noun, Table, Words};
use super::reading::Reading;
use super::sentences::Sentence;
use super::structure::{Block, BlockKind};
use super::tagging::{Tag, tag};
use crate::model::{Architecture, Id, Kind, Origin, Question};
use crate::text::Source;

/// The most questions taken from one text.
const MAX_QUESTIONS: usize = 12;
/// The longest sentence that is passed on as a question, in characters.
const LONGEST: usize = 240;

/// The lists of `open.yaml` under their own names.
#[derive(Debug)]
struct OpenWords {
    /// Phrases by their first words.
    undecided: Table<&'static [&'static str]>,
    rhetorical: Words,
}

static WORDS: OpenWords = include!(concat!(env!("OUT_DIR"), "/open.rs"));

/// Adds what a description leaves open.
pub(super) fn ask(
    source: &Source,
    lexicon: &Lexicon,
    (blocks, sentences): (&[Block], &[Sentence<'_>]),
    (reading, drawn): (&Reading, &Drawn),
    architecture: &mut Architecture,
) {
    let mut asked: Vec<Question> = Vec::new();
    for (sentence, trace) in sentences.iter().zip(&reading.traces) {
        let heading = blocks.get(sentence.block).is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
        if !heading && let Some(text) = open_sentence(source, lexicon, sentence) {
            let origin = Origin::stated(sentence.span);
            asked.push(Question { text, default: None, settle: None, about: Vec::new(), origin });
        }
        let drawn_to = |id: usize| {
            trace
                .flows
                .iter()
                .any(|&f| reading.flows.get(f).is_some_and(|flow| flow.from == id || flow.to == id))
        };
        for doubt in &trace.doubts {
            if let Doubt::Reference { words, taken, others, pronoun: false } = doubt
                && taken.iter().any(|&id| drawn_to(id))
            {
                asked.extend(either(architecture, drawn, words, (taken, others), sentence));
            }
        }
    }
    asked.extend(staleness(architecture));
    for question in asked.into_iter().take(MAX_QUESTIONS) {
        let _ = architecture.add_question(question);
    }
}

/// A sentence that asks about the system, or says that something is not decided.
fn open_sentence(source: &Source, lexicon: &Lexicon, sentence: &Sentence<'_>) -> Option<String> {
    let tokens = &sentence.tokens;
    let begins = |phrase: &str, at: usize| {
        let mut words = phrase.split(' ').zip(at..);
        words.all(|(word, at)| tokens.get(at).is_some_and(|t| t.is(word)))
    };
    let undecided = tokens.iter().enumerate().any(|(at, token)| {
        let phrases = WORDS.undecided.get(&token.lower).copied().unwrap_or_default();
        phrases.iter().any(|phrase| begins(phrase, at))
    });
    let rhetorical = || WORDS.rhetorical.iter().any(|w| begins(w, 0));
    if !undecided && (!sentence.question || rhetorical()) {
        return None;
    }
    let thing = |t: &Tag| matches!(t, Tag::Name(_) | Tag::Noun(Some(Noun::Component(_) | Noun::Group(_))));
    if !tag(lexicon, &sentence.tokens).iter().any(|u| thing(&u.tag)) {
        return None;
    }
    let text = source.slice(sentence.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches(['.', '?', '!', ':', ';']);
    let text =
        if sentence.question { format!("{text}?") } else { format!("“{text}”: what is it to be?") };
    (text.chars().count() <= LONGEST).then_some(text)
}

/// "Does “the service” mean the billing service or the order service?"
fn either(
    architecture: &Architecture,
    drawn: &Drawn,
    words: &str,
    (taken, others): (&[usize], &[usize]),
    sentence: &Sentence<'_>,
) -> Option<Question> {
    let known = |id: &usize| drawn.components.get(*id).copied().flatten().map(|index| architecture.at(index));
    let chosen = taken.iter().find_map(known)?;
    let mut rest: Vec<&str> = Vec::new();
    let mut about: Vec<Id> = vec![chosen.id.clone()];
    for other in others.iter().filter_map(known).filter(|c| c.id != chosen.id) {
        if !about.contains(&other.id) && other.label != chosen.label {
            rest.push(&other.label);
            about.push(other.id.clone());
        }
    }
    if rest.is_empty() || says(words, &chosen.label) {
        return None;
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Question {
        text: format!("Does “{words}” mean {} or {}?", chosen.label, rest.join(" or ")),
        default: Some(chosen.label.clone()),
        settle: None,
        about,
        origin: Origin::assumed(sentence.span, "the words fit each of them alike"),
    })
}

/// Copies that lag behind what they are made of.
fn staleness(a: &Architecture) -> Option<Question> {
    if a.workload().iter().any(|f| f.key == crate::model::WorkloadKey::Consistency) {
        return None;
    }
    // How long a cache keeps what it has is how old it may be.
    let timed = |c: &crate::model::Component| {
        let kept = |f: &crate::model::WorkloadFact| {
            f.key == crate::model::WorkloadKey::Retention && f.about.as_ref() == Some(&c.id)
        };
        c.properties.contains_key("lag") || a.workload().iter().any(kept)
    };
    let copies = a.indexed().filter(|(index, c)| {
        matches!(c.kind, Kind::Cache | Kind::Search) && a.connections_to(*index).next().is_some() && !timed(c)
    });
    let copies: Vec<_> = copies.map(|(_, c)| c).collect();
    let first = copies.first()?;
    let stores = a.components().any(|c| matches!(c.kind, Kind::Database | Kind::Warehouse));
    let names: Vec<&str> = copies.iter().map(|c| c.label.as_str()).collect();
    stores.then(|| Question {
        text: format!("How old may what is read from {} be?", names.join(" and ")),
        default: Some("a few seconds behind the database".to_owned()),
        settle: Some("expect { consistency: \"10 s behind\" }".to_owned()),
        about: copies.iter().map(|c| c.id.clone()).collect(),
        origin: Origin::assumed(first.origin.span(), "the text does not say"),
    })
}
