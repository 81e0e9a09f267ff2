//! A prompt taken apart.
//!
//! Takes the tokens and gives the phrases: what the system is, its features, the models to imitate, what is ruled
//! out. It decides nothing about components.

use crate::text::Span;

use super::knowledge::knowledge;
use super::words::{Mark, Token, stem};

/// What a phrase is in its prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What is to be built.
    Head,
    /// What it is for: "for a chain of clinics".
    Context,
    /// A product to imitate.
    Model,
    /// A feature.
    Feature,
    /// What it is built with or runs on.
    Means,
    /// What it must do without.
    Excluded,
}

/// A run of tokens without separators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// First token.
    pub(crate) start: usize,
    /// Past the last token.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) role: Role,
}

impl Phrase {
    /// Its tokens.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// Its place in the text.
    pub(crate) fn span(&self, tokens: &[Token]) -> Span {
        span_of(tokens, self.start, self.end)
    }
}

/// The place of `tokens[start..end]`.
pub(crate) fn span_of(tokens: &[Token], start: usize, end: usize) -> Span {
    match (tokens.get(start), tokens.get(end.saturating_sub(1))) {
        (Some(a), Some(b)) if start < end => a.span.join(b.span),
        _ => Span::default(),
    }
}

/// Words that begin another feature.
const FEATURE: &[&str] = &[
    "with",
    "including",
    "include",
    "includes",
    "featuring",
    "features",
    "supporting",
    "supports",
    "support",
    "offering",
    "offers",
    "providing",
    "provides",
    "having",
    "has",
    "that",
    "which",
    "who",
    "where",
    "and",
    "plus",
    "also",
    "handles",
    "handling",
    "covering",
    "covers",
    "combining",
    "while",
    "then",
    "so",
    "when",
    "whose",
    "allowing",
    "enabling",
    "or",
    "but",
    "after",
    "before",
    "showing",
    "show",
    "add",
    "adding",
];
/// Words that begin what it is built with.
const MEANS: &[&str] = &["using", "uses", "use", "leveraging"];
/// Words that rule something out.
const EXCLUDED: &[&str] =
    &["without", "no", "not", "unlike", "excluding", "except", "avoid", "avoiding", "never", "dont", "don't"];
/// Words that say nothing of their own at the start of a phrase.
pub(crate) const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "it",
    "its",
    "they",
    "their",
    "our",
    "your",
    "my",
    "we",
    "i",
    "you",
    "this",
    "these",
    "those",
    "there",
    "should",
    "must",
    "can",
    "could",
    "will",
    "would",
    "may",
    "shall",
    "to",
    "be",
    "is",
    "are",
    "able",
    "need",
    "needs",
    "have",
    "has",
    "want",
    "wants",
    "also",
    "let",
    "lets",
    "allow",
    "allows",
    "enable",
    "enables",
    "please",
    "some",
    "full",
    "both",
    "all",
    "each",
    "every",
    "such",
    "as",
    "well",
    "things",
    "like",
    "feature",
    "features",
    "functionality",
    "capabilities",
    "capability",
    "feature",
    "do",
    "does",
    "me",
    "us",
    "up",
    "out",
    "basic",
    "simple",
    "support",
    "supports",
    "new",
    "own",
    "any",
    "etc",
    "more",
    "many",
    "multiple",
    "various",
    "different",
    "using",
    "on",
    "in",
    "of",
    "for",
    "at",
    "by",
    "from",
    "with",
    "get",
    "gets",
    "which",
    "system",
    "itself",
    "key",
    "main",
    "core",
    "required",
    "requirements",
    "following",
    "where",
    "someone",
    "people",
    "when",
    "so",
    "help",
    "helps",
    "components",
    "show",
    "built",
    "one",
    "about",
    "how",
    "what",
    "around",
    "best",
    "good",
    "great",
    "nice",
    "proper",
    "based",
    "only",
    "just",
    "really",
    "very",
    "them",
    "automatically",
    "include",
    "includes",
    "not",
];

/// Takes a prompt's tokens apart, from token `start` on (past its opening words).
pub(crate) fn phrases(tokens: &[Token], start: usize) -> Vec<Phrase> {
    let mut walk = Walk { tokens, found: Vec::new(), from: start, role: Role::Head, sentence: 0 };
    let mut at = start;
    while at < tokens.len() {
        at = walk.step(at);
    }
    walk.close(tokens.len());
    walk.found
}

struct Walk<'a> {
    tokens: &'a [Token],
    found: Vec<Phrase>,
    from: usize,
    role: Role,
    sentence: usize,
}

impl Walk<'_> {
    /// Looks at token `at`, and gives the next one to look at.
    fn step(&mut self, at: usize) -> usize {
        let token = &self.tokens[at];
        let word = token.lower.as_str();
        let turn = match token.mark {
            Mark::Stop => {
                self.sentence += 1;
                Some((Role::Feature, 1))
            }
            Mark::Colon => Some((Role::Feature, 1)),
            Mark::Comma => Some((
                if self.role == Role::Excluded && self.next_is("or", at) {
                    Role::Excluded
                } else {
                    Role::Feature
                },
                1,
            )),
            Mark::Arrow => Some((Role::Feature, 1)),
            Mark::Joined => None,
            Mark::Word => self.word_turn(word, at),
        };
        let Some((role, skip)) = turn else { return at + 1 };
        self.close(at);
        self.role = role;
        self.from = at + skip;
        at + skip
    }

    /// The role that begins with a word, and how many tokens the word takes.
    fn word_turn(&self, word: &str, at: usize) -> Option<(Role, usize)> {
        let next = self.tokens.get(at + 1).map_or("", |t| t.lower.as_str());
        let empty = self.blank(at);
        match word {
            "like" if !empty && next != "to" => Some((Role::Model, 1)),
            "similar" if next == "to" => Some((Role::Model, 2)),
            "inspired" if next == "by" => Some((Role::Model, 2)),
            "such" if next == "as" => Some((Role::Feature, 2)),
            "instead" | "rather" if matches!(next, "of" | "than") => Some((Role::Excluded, 2)),
            "built" | "based" | "hosted" | "deployed" | "running" | "runs" | "run" | "backed" | "powered"
                if matches!(next, "on" | "with" | "by" | "in" | "using") =>
            {
                Some((Role::Means, 2))
            }
            "for" | "in" | "to" if self.role == Role::Head && !empty => Some((Role::Context, 1)),
            "on" if self.role == Role::Head && !empty => Some((Role::Means, 1)),
            "and" | "or"
                if self.role == Role::Excluded || (self.role == Role::Model && self.capital(at + 1)) =>
            {
                Some((self.role, 1))
            }
            "for" | "to" if self.role == Role::Model => Some((Role::Context, 1)),
            "features" | "support" | "show" | "use" if empty && self.role != Role::Head => None,
            _ if EXCLUDED.contains(&word) => Some((Role::Excluded, 1)),
            _ if MEANS.contains(&word) => Some((Role::Means, 1)),
            _ if FEATURE.contains(&word) && (self.role != Role::Head || !empty) => Some((Role::Feature, 1)),
            _ if self.role == Role::Head && !empty && self.gerund_tail(at) => Some((Role::Feature, 0)),
            _ => None,
        }
    }

    /// Whether the phrase has no word yet that says something.
    fn blank(&self, at: usize) -> bool {
        self.tokens[self.from..at].iter().all(|t| EMPTY.contains(&t.lower.as_str()))
    }

    fn next_is(&self, word: &str, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|t| t.lower == word)
    }

    fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.text.starts_with(char::is_uppercase))
    }

    /// Whether a participle after the system's own name begins what it does: "a platform tracking parcels".
    fn gerund_tail(&self, at: usize) -> bool {
        let words = &knowledge().words;
        let after_system = at > 0 && words.systems.iter().any(|s| stem(s) == self.tokens[at - 1].stem());
        let participle = self.tokens[at].lower.ends_with("ing");
        let has_object = self
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.mark == Mark::Word && !words.systems.contains(&t.lower));
        after_system && participle && has_object
    }

    /// Whether a token says nothing of its own; parts of a joined word ("sign-on", "A/B") do.
    fn is_blank(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        !token.is_word() || EMPTY.contains(&token.lower.as_str()) && !is_joined(self.tokens, at)
    }

    fn close(&mut self, end: usize) {
        let (mut start, mut end) = (self.from.min(end), end);
        while start < end && self.is_blank(start) {
            start += 1;
        }
        while start < end && self.is_blank(end - 1) {
            end -= 1;
        }
        if start < end {
            self.found.push(Phrase { start, end, role: self.role });
        }
    }
}

/// Where the words end that only ask for a design, if the text begins with such: "Please design a", "I want to
/// build", "System design for".
pub(crate) fn opening(tokens: &[Token]) -> Option<usize> {
    let leads = &knowledge().words.leads;
    let limit = tokens
        .iter()
        .position(|t| matches!(t.mark, Mark::Stop | Mark::Comma))
        .unwrap_or(tokens.len())
        .min(12);
    let lead = (0..limit).find(|&i| leads.iter().any(|l| l == &tokens[i].lower))?;
    let polite = tokens[..lead]
        .iter()
        .all(|t| EMPTY.contains(&t.lower.as_str()) || POLITE.contains(&t.lower.as_str()));
    if !polite {
        return None;
    }
    let mut at = lead + 1;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1).map_or("", |t| t.lower.as_str());
        let wrapper = WRAPPERS.contains(&token.lower.as_str())
            && (matches!(next, "for" | "of" | "that" | "where") || WRAPPERS.contains(&next));
        let named = tokens[at - 1].lower.as_str();
        let lead = leads.contains(&token.lower) && !matches!(named, "a" | "an" | "the" | "our" | "my");
        let empty = EMPTY.contains(&token.lower.as_str())
            || lead
            || POLITE.contains(&token.lower.as_str()) && named != "a";
        if !(wrapper || empty) || !token.is_word() || is_joined(tokens, at) {
            break;
        }
        at += 1;
    }
    Some(at)
}

/// Whether a token is part of a word with a hyphen or slash.
fn is_joined(tokens: &[Token], at: usize) -> bool {
    tokens[at].mark == Mark::Joined || tokens.get(at + 1).is_some_and(|t| t.mark == Mark::Joined)
}

/// Words around a request.
const POLITE: &[&str] = &[
    "please", "help", "hi", "hello", "how", "would", "could", "can", "let's", "lets", "looking", "going",
    "trying", "plan", "planning", "i'd", "i'm", "we're", "we'd", "want", "need", "like", "give", "task",
    "goal", "team", "idea", "startup", "company", "for", "end", "working", "think",
];
/// Nouns around the system's own name: "an architecture for …".
const WRAPPERS: &[&str] = &[
    "architecture",
    "design",
    "diagram",
    "system",
    "backend",
    "high",
    "level",
    "infrastructure",
    "blueprint",
    "solution",
    "software",
    "cloud",
    "technical",
    "overview",
    "sketch",
    "reference",
    "end",
    "proposal",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::words::tokens;
    use super::*;

    fn taken_apart(text: &str) -> Vec<(Role, String)> {
        let tokens = tokens(text);
        let start = opening(&tokens).unwrap_or(0);
        phrases(&tokens, start)
            .into_iter()
            .map(|p| {
                (p.role, tokens[p.range()].iter().map(|t| t.lower.as_str()).collect::<Vec<_>>().join(" "))
            })
            .collect()
    }

    #[test]
    fn head_model_features_and_exclusions() {
        let found = taken_apart(
            "Please build a grocery shop like Instacart with baskets, courier routing and no Kafka",
        );
        assert_eq!(
            found,
            [
                (Role::Head, "grocery shop".to_owned()),
                (Role::Model, "instacart".to_owned()),
                (Role::Feature, "baskets".to_owned()),
                (Role::Feature, "courier routing".to_owned()),
                (Role::Excluded, "kafka".to_owned()),
            ]
        );
    }

    #[test]
    fn verbs_of_a_relative_clause_are_features() {
        let found = taken_apart("I want a tool that scans receipts and emails totals to accountants");
        let roles: Vec<Role> = found.iter().map(|f| f.0).collect();
        assert_eq!(roles, [Role::Head, Role::Feature, Role::Feature]);
        assert_eq!(found[2].1, "emails totals to accountants");
    }

    #[test]
    fn a_text_without_a_request_has_no_opening() {
        assert!(opening(&tokens("The orders service writes to Postgres")).is_none());
    }
}
