//! What the words for the system itself say, beside its design: what it does, what it is called.
//!
//! Takes a prompt's head and gives features and names, and the core of a system that nothing else explains.

use super::assemble::Assembly;
use super::features::{self, Ask, Feature};
use super::knowledge::{self, Feed};
use super::phrases::{self, Phrase};
use super::{Prompt, draft, frame, pattern, words};

/// Words for the system itself behind what it is about: "price comparison site".
const WRAPS: &[&str] = &[
    "site",
    "website",
    "app",
    "application",
    "platform",
    "tool",
    "system",
    "portal",
    "software",
    "backend",
    "saas",
    "product",
    "solution",
    "suite",
];

impl Prompt<'_> {
    /// For whom the system is said to be, where they have a trade: "Delivery driver" of "for delivery drivers".
    pub(super) fn meant(&self) -> Option<String> {
        let people = &knowledge::vocabulary().people;
        let context = self.phrases.iter().find(|p| p.role == phrases::Role::Context && p.len() <= 3)?;
        let opened = context.start.checked_sub(1).is_some_and(|i| self.tokens[i].lower == "for");
        let last = &self.tokens[context.end - 1];
        let anybody = ["user", "people", "customer", "client", "team", "person", "developer"];
        let named = people.iter().any(|p| words::stem(p) == last.stem())
            && !anybody.iter().any(|a| words::stem(a) == last.stem());
        (opened && named && last.lower.ends_with('s'))
            .then(|| words::sentence_case(&frame::noun_phrase(self.tokens, context.range())))
    }

    /// Whether the head says what the system does, as it has no name: "a system that ingests positions".
    pub(super) fn is_clause(&self, head: &Phrase) -> bool {
        let opens = |i: usize| {
            self.tokens.get(i).is_some_and(|t| matches!(t.lower.as_str(), "that" | "which" | "where"))
        };
        opens(head.start) || head.start > 0 && opens(head.start - 1)
    }

    /// What the subject's own name asks for besides its design: "multi-tenant", "serverless", and what it goes on to say behind
    /// what the design is known by ("Instagram stories").
    pub(super) fn head_features(&self, phrase: &Phrase, taken: &[usize]) -> Vec<Feature> {
        let first = phrase.range().find(|i| !taken.contains(i));
        let end =
            first.map_or(phrase.end, |f| (f..phrase.end).find(|i| taken.contains(i)).unwrap_or(phrase.end));
        let design_less = self.subject.is_none();
        let before = first.filter(|&f| f < end).and_then(|start| self.named_by_head(phrase, start..end));
        let before = before.filter(|(c, _)| design_less || c.pattern || c.id == "organisations");
        let last = phrase.range().rev().find(|i| taken.contains(i)).map_or(phrase.end, |i| i + 1);
        let design = self.subject.as_ref().map(|s| s.design);
        let new = |c: &knowledge::Capability| {
            let main = c.components.first().map_or("", |(key, _)| key);
            design.is_some_and(|d| d.components.get(main).is_none())
        };
        let behind = (last < phrase.end).then(|| self.named_by_head(phrase, last..phrase.end)).flatten();
        let behind = behind.filter(|(c, _)| new(c));
        before.into_iter().chain(behind).map(|(_, feature)| feature).collect()
    }

    /// The capability that a part of the head asks for, as a feature.
    fn named_by_head(
        &self,
        phrase: &Phrase,
        range: std::ops::Range<usize>,
    ) -> Option<(&'static knowledge::Capability, Feature)> {
        let (start, end) = (range.start, range.end);
        let wrapped = |i: usize| WRAPS.contains(&self.tokens[i].lower.as_str());
        let bare = (start + 1..end).rev().find(|&i| !wrapped(i)).map_or(end, |i| i + 1);
        let capability = features::capability_of(self.tokens, start..bare)?;
        let words = frame::noun_phrase(self.tokens, start..bare);
        let feature = Feature {
            ask: Ask::Capability(capability, words),
            span: phrases::span_of(self.tokens, start, end),
            phrase: phrase.clone(),
            count: None,
            who: None,
        };
        Some((capability, feature))
    }

    /// A system that no design and no feature explains still has a service of its name, and keeps data.
    pub(super) fn name_the_core(&self, assembly: &mut Assembly<'_>) {
        let Some(head) = self.head() else { return };
        let taken = self.taken();
        let range = (head.start..head.end).find(|i| !taken.contains(i)).map_or(head.range(), |s| s..head.end);
        let name = self.core_name(range);
        let span = head.span(self.tokens);
        let service = assembly.draft.add(draft::stated(
            "core",
            &words::sentence_case(&format!("{name} service")),
            crate::model::Kind::Service,
            span,
        ));
        assembly.core = Some(service);
        if !assembly.draft.parts.iter().any(|p| p.kind == crate::model::Kind::Database)
            && assembly.family() == Feed::App
        {
            let why = "default: a system keeps its data in a store of its own";
            let store = assembly.draft.add(draft::assumed(
                "database",
                "Database",
                crate::model::Kind::Database,
                draft::Rank::Core,
                span,
                why,
            ));
            assembly.draft.link(
                service,
                store,
                "read and write",
                crate::model::Mode::Sync,
                crate::model::Origin::assumed(span, why),
            );
        }
    }

    /// What the text calls the system, where that is not the design's own name.
    pub(super) fn own_name(&self) -> Option<String> {
        self.subject.as_ref().filter(|s| s.tokens.is_empty())?;
        let head = self.head()?;
        Some(self.core_name(head.range())).filter(|name| name != "application")
    }

    /// The head's words without "system", "platform" and qualities.
    pub(super) fn core_name(&self, range: std::ops::Range<usize>) -> String {
        let vocabulary = &knowledge::vocabulary();
        let quality: Vec<usize> = vocabulary
            .qualities
            .iter()
            .filter_map(|q| pattern::find(q, self.tokens, range.clone()))
            .flat_map(|m| m.tokens)
            .collect();
        let kept: Vec<String> = range
            .filter(|i| !quality.contains(i) && self.tokens[*i].is_word())
            .filter(|&i| {
                !vocabulary
                    .systems
                    .iter()
                    .chain(vocabulary.roles)
                    .any(|s| words::stem(s) == self.tokens[i].stem())
            })
            .map(|i| frame::written(&self.tokens[i]))
            .filter(|w| !phrases::is_empty(w))
            .collect();
        let kept = &kept[..kept.len().min(4)];
        if kept.is_empty() { "application".to_owned() } else { kept.join(" ") }
    }
}
