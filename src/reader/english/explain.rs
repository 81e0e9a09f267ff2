//! Why the reader understood what it understood.
//!
//! Takes a [`Reading`] with what became of it and gives an [`Explanation`], sentence by sentence, for people and machines.

use serde::Serialize;

use super::ambiguity::told;
use super::assemble::Drawn;
use super::lexicon::{Closed, Lexicon, Noun};
use super::reading::Reading;
use super::sentences::Sentence;
use super::tagging::{Tag, tag};
use crate::model::Architecture;
use crate::text::{Diagnostic, Source, Span};

/// What was understood of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Explanation {
    /// Sentence by sentence, in the order of the text.
    pub sentences: Vec<SentenceExplanation>,
    /// What was concluded or assumed rather than read, with the reason.
    pub concluded: Vec<String>,
}

/// What was understood of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceExplanation {
    /// Its bytes.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// Labels of the components it speaks of.
    pub mentions: Vec<String>,
    /// Arrows it draws, as `from → to: label`.
    pub flows: Vec<String>,
    /// Rules that were applied, as sentences.
    pub rules: Vec<String>,
    /// Words that could have meant something else, with what they were taken for.
    pub choices: Vec<String>,
    /// Content words of which no use was made.
    pub unused: Vec<String>,
}

/// Explains a reading.
pub(super) fn explanation(
    source: &Source,
    lexicon: &Lexicon,
    sentences: &[Sentence<'_>],
    reading: &Reading,
    architecture: &Architecture,
    drawn: &Drawn,
) -> Explanation {
    let label = |id: usize| {
        drawn.components.get(id).copied().flatten().map(|index| architecture.at(index).label.clone())
    };
    let mut out = Explanation::default();
    for (sentence, trace) in sentences.iter().zip(&reading.traces) {
        let mut mentions: Vec<String> = trace.mentions.iter().filter_map(|&id| label(id)).collect();
        mentions.dedup();
        let flows = trace.flows.iter().filter_map(|&f| reading.flows.get(f)).filter_map(|flow| {
            let ends = format!("{} → {}", label(flow.from)?, label(flow.to)?);
            Some(flow.label.as_ref().map_or(ends.clone(), |l| format!("{ends}: {l}")))
        });
        let flows: Vec<String> = flows.collect();
        let idle =
            mentions.is_empty() && flows.is_empty() && !used_otherwise(source, architecture, trace.span);
        out.sentences.push(SentenceExplanation {
            span: trace.span,
            text: source.slice(trace.span).to_owned(),
            unused: if idle { content_words(lexicon, sentence) } else { Vec::new() },
            mentions,
            flows,
            rules: trace.rules.iter().map(|r| (*r).to_owned()).collect(),
            choices: trace.doubts.iter().filter_map(|d| told(d, label)).collect(),
        });
    }
    let inferred = architecture.connections().filter_map(|c| {
        let why = c.origin.why()?;
        Some(format!("{} → {}: {why}", architecture.at(c.from).label, architecture.at(c.to).label))
    });
    out.concluded = inferred.collect();
    out
}

/// Whether a sentence is the picture's title or gave a figure.
fn used_otherwise(source: &Source, architecture: &Architecture, sentence: Span) -> bool {
    let written = source.slice(sentence).trim_end_matches(['.', ':', ' ']);
    let titled = architecture.title.as_deref().is_some_and(|t| t == written);
    let inside = |s: Span| sentence.start <= s.start && s.end <= sentence.end;
    let placed = || architecture.groups().iter().any(|g| inside(g.origin.span()));
    titled || placed() || architecture.workload().iter().any(|f| inside(f.origin.span()))
}

/// The nouns and verbs of a sentence.
fn content_words(lexicon: &Lexicon, sentence: &Sentence<'_>) -> Vec<String> {
    let units = tag(lexicon, &sentence.tokens);
    let content = units.iter().filter(|u| matches!(u.tag, Tag::Noun(_) | Tag::Verb(..) | Tag::Name(_)));
    let words = content.filter_map(|u| sentence.tokens.get(u.start)).map(|t| t.lower.clone());
    words.filter(|w| !lexicon.closed(w).iter().any(|c| matches!(c, Closed::Auxiliary))).take(12).collect()
}

/// What is to be said of the text as a whole.
pub(super) fn diagnostics(
    source: &Source,
    lexicon: &Lexicon,
    sentences: &[Sentence<'_>],
    explanation: &Explanation,
    architecture: &Architecture,
) -> Vec<Diagnostic> {
    if sentences.is_empty() {
        let empty = Diagnostic::error("BP0402", None, "the text is empty, so there is nothing to draw");
        return vec![empty.hint("describe the parts of a system and what they send each other")];
    }
    if architecture.component_count() == 0 {
        let whole = Span::new(0, source.text().trim_end().len());
        let message = "this does not read as the description of a system: no component was found in it";
        let none = Diagnostic::error("BP0403", whole, message);
        return vec![none.hint("name the services, stores and people, and say who calls or sends to whom")];
    }
    let idle: Vec<&SentenceExplanation> =
        explanation.sentences.iter().filter(|s| !s.unused.is_empty()).collect();
    let Some(first) = idle.first() else { return Vec::new() };
    let words: Vec<&str> = idle.iter().flat_map(|s| &s.unused).map(String::as_str).take(8).collect();
    let _ = lexicon;
    let message = format!(
        "{} of {} sentences added nothing to the picture: {} …",
        idle.len(),
        sentences.len(),
        words.join(", ")
    );
    vec![
        Diagnostic::info("BP0404", first.span, message)
            .hint("`read --explain` shows what was understood of each sentence"),
    ]
}

/// Whether so little of a text speaks of components that what was found is chance: a recipe that names a terminal.
pub(super) fn off_subject(
    lexicon: &Lexicon,
    sentences: &[Sentence<'_>],
    architecture: &Architecture,
) -> bool {
    let words: usize = sentences.iter().map(|s| s.tokens.iter().filter(|t| t.word()).count()).sum();
    let technologies = architecture.components().filter(|c| c.technology.is_some()).count();
    let (mut known, mut things) = (0_usize, 0_usize);
    for token in sentences.iter().flat_map(|s| &s.tokens).filter(|t| t.word()) {
        known += usize::from(lexicon.knows(&token.lower));
        things += usize::from(matches!(lexicon.noun(&token.lower), Some((Noun::Component(_), _))));
    }
    let foreign = words >= 8 && known * 4 < words && technologies < 2;
    let chance =
        words >= 25 && technologies == 0 && architecture.connection_count() < 2 && things * 25 < words;
    foreign || chance
}
