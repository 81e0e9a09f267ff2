//! Where a fact comes from.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// Why something stands in the architecture. Every component, connection, group and fact has one, and it is shown
/// to the user everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Origin {
    /// The text says so, in these words.
    Stated {
        /// The words.
        #[serde(flatten)]
        span: Span,
    },
    /// The text implies it: the words, and the rule that drew the conclusion.
    Inferred {
        /// The words.
        #[serde(flatten)]
        span: Span,
        /// The rule, as a readable sentence part: "a passive without an agent has its context as actor".
        why: String,
    },
    /// Nothing in the text says so; a design, a capability or a default brought it in.
    Assumed {
        /// The words that called for it.
        #[serde(flatten)]
        span: Span,
        /// What brought it in: "design: image pipeline", "capability: search".
        why: String,
    },
}

impl Origin {
    /// Stated by the words of `span`.
    #[must_use]
    pub fn stated(span: Span) -> Self {
        Self::Stated { span }
    }

    /// Inferred from the words of `span` for the reason given.
    #[must_use]
    pub fn inferred(span: Span, why: impl Into<String>) -> Self {
        Self::Inferred { span, why: why.into() }
    }

    /// Assumed for the reason given, called for by the words of `span`.
    #[must_use]
    pub fn assumed(span: Span, why: impl Into<String>) -> Self {
        Self::Assumed { span, why: why.into() }
    }

    /// The words it goes back to.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Stated { span } | Self::Inferred { span, .. } | Self::Assumed { span, .. } => *span,
        }
    }

    /// The reason, for what is not stated.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Stated { .. } => None,
            Self::Inferred { why, .. } | Self::Assumed { why, .. } => Some(why),
        }
    }

    /// `stated`, `inferred` or `assumed`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Stated { .. } => "stated",
            Self::Inferred { .. } => "inferred",
            Self::Assumed { .. } => "assumed",
        }
    }

    /// Whether it is an assumption.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        matches!(self, Self::Assumed { .. })
    }
}

impl Default for Origin {
    fn default() -> Self {
        Self::stated(Span::default())
    }
}
