//! Why a prompt became what it became.
//!
//! Takes a prompt with its features and what was drawn, and says sentence by sentence which words asked for what, what
//! that brought in, which other design the words could have meant, and which words were of no use.

use super::super::explain::{Explanation, SentenceExplanation};
use super::super::{sentences, structure};
use super::features::{Ask, Feature};
use super::knowledge::vocabulary;
use super::phrases::Role;
use super::words::{Token, stem};
use super::{Prompt, facts, subject};
use crate::model::{Architecture, Origin};
use crate::text::Span;

/// Explains a prompt.
pub(super) fn explanation(prompt: &Prompt<'_>, features: &[Feature], drawn: &Architecture) -> Explanation {
    let text = prompt.source.text();
    let blocks = structure::blocks(text);
    let mut out: Vec<SentenceExplanation> = sentences::sentences(text, &blocks)
        .iter()
        .map(|s| SentenceExplanation {
            span: s.span,
            text: prompt.source.slice(s.span).to_owned(),
            mentions: Vec::new(),
            flows: Vec::new(),
            rules: Vec::new(),
            choices: Vec::new(),
            unused: Vec::new(),
        })
        .collect();
    let mut at = |span: Span, put: &mut dyn FnMut(&mut SentenceExplanation)| {
        let place = out.partition_point(|s| s.span.start <= span.start).saturating_sub(1);
        if let Some(sentence) = out.get_mut(place) {
            put(sentence);
        }
    };
    for (span, rule) in prompt.rules(features, drawn) {
        at(span, &mut |s| s.rules.push(rule.clone()));
    }
    for (span, choice) in prompt.choices() {
        at(span, &mut |s| s.choices.push(choice.clone()));
    }
    for (span, word) in prompt.unused(features, drawn) {
        at(span, &mut |s| s.unused.push(word.clone()));
    }
    let added = drawn.components().filter_map(|c| Some(format!("{}: {}", c.label, c.origin.why()?)));
    Explanation { sentences: out, concluded: added.collect() }
}

impl Prompt<'_> {
    /// What the phrases were taken for, in the order of the text.
    fn rules(&self, features: &[Feature], drawn: &Architecture) -> Vec<(Span, String)> {
        let mut rules = Vec::new();
        let head = self.head().map_or_else(|| self.whole(), |p| p.span(self.tokens));
        if let Some(subject) = &self.subject {
            let rule = format!(
                "built like the reference design “{}” (`designs`: {}), because of “{}”",
                subject.design.title(),
                subject.design.id(),
                subject.keyword
            );
            rules.push((head, rule));
        }
        for phrase in &self.phrases {
            let span = phrase.span(self.tokens);
            let words = self.words(span);
            rules.extend(match phrase.role {
                Role::Model => {
                    Some((span, format!("“{words}” is what the system is to be like; it is not drawn")))
                }
                Role::Excluded => Some((span, format!("“{words}” is ruled out"))),
                Role::Head | Role::Context | Role::Feature | Role::Means => None,
            });
        }
        for feature in features {
            let (asks, words) = (asked(feature), self.words(feature.span));
            let brought = brought(drawn, feature.span);
            let brings = if brought.is_empty() { String::new() } else { format!(": {}", brought.join(", ")) };
            rules.push((feature.span, format!("“{words}” {asks}{brings}")));
        }
        if let Some(span) = facts::large_load(self.tokens) {
            let words = self.words(span);
            rules.push((span, format!("“{words}” is a large load: a load balancer and a cache")));
        }
        rules.sort_by_key(|(span, _)| span.start);
        rules
    }

    /// Designs that the words could have meant as well.
    fn choices(&self) -> Vec<(Span, String)> {
        let Some(taken) = &self.subject else { return Vec::new() };
        let span = self.head().map_or_else(|| self.whole(), |p| p.span(self.tokens));
        let others: Vec<&str> = subject::rivals(self.tokens, &self.phrases, taken);
        if others.is_empty() {
            return Vec::new();
        }
        let choice = format!(
            "“{}” is taken for: {}; it could be: {}",
            self.words(span),
            taken.design.title(),
            others.join(", ")
        );
        vec![(span, choice)]
    }

    /// Words of phrases that asked for nothing that is known.
    fn unused(&self, features: &[Feature], drawn: &Architecture) -> Vec<(Span, String)> {
        let used = |span: Span| {
            let within = |other: Span| other.start <= span.start && span.end <= other.end;
            features.iter().any(|f| within(f.span))
                || self.mentions.iter().any(|m| within(m.span))
                || drawn.workload().iter().any(|f| within(f.origin.span()))
        };
        let idle = self.phrases.iter().filter(|p| matches!(p.role, Role::Feature | Role::Means));
        let tokens = idle.flat_map(|p| p.range()).filter_map(|i| self.tokens.get(i));
        tokens
            .filter(|t| t.is_word() && !super::phrases::is_empty(&t.lower) && !used(t.span) && !is_person(t))
            .map(|t| (t.span, t.text.clone()))
            .collect()
    }

    fn words(&self, span: Span) -> String {
        self.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether a token names people, who use every system.
fn is_person(token: &Token) -> bool {
    vocabulary().people.iter().any(|p| stem(p) == token.stem())
}

/// What a feature was understood as.
fn asked(feature: &Feature) -> String {
    match &feature.ask {
        Ask::Capability(capability, _) if capability.pattern => format!("is the pattern “{}”", capability.id),
        Ask::Capability(capability, _) => format!("asks for the capability “{}”", capability.id),
        Ask::Frame(frame) => format!("is something to be done with “{}”", frame.object),
        Ask::Unknown(name) => format!("is nothing that is known; a part is named after it (“{name}”)"),
    }
}

/// The labels of what goes back to the words of a span.
fn brought(drawn: &Architecture, span: Span) -> Vec<String> {
    let of = |origin: &Origin| origin.span() == span;
    drawn.components().filter(|c| of(&c.origin)).map(|c| c.label.clone()).collect()
}
