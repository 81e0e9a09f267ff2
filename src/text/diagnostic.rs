//! What is wrong in a text, where, and the way out.

use serde::Serialize;

use super::Span;

/// How bad it is. The command line's exit code depends on it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing to mend.
    Info,
    /// Read, but probably not as meant.
    Warning,
    /// Not understood or not possible; the part concerned is left out.
    Error,
}

impl Severity {
    /// The word for people and machines: `error`, `warning` or `info`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One message about a place in a source text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable code such as `BP0102`, documented with an example in `docs/errors.md`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where; `None` when it is about the input as a whole.
    pub span: Option<Span>,
    /// What is wrong, as one sentence without the place.
    pub message: String,
    /// Ways out, best first.
    pub hints: Vec<Hint>,
}

/// A way out of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hint {
    /// What to do, as one sentence.
    pub message: String,
    /// The edit that does it, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<Replacement>,
}

/// An edit: put `text` in place of `span`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub text: String,
}

impl Diagnostic {
    /// A message of the given severity. `span` takes a [`Span`] or `None`.
    #[must_use]
    pub fn new(
        code: &'static str,
        severity: Severity,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Self {
        Self { code, severity, span: span.into(), message: message.into(), hints: Vec::new() }
    }

    /// An error.
    #[must_use]
    pub fn error(code: &'static str, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message)
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message)
    }

    /// A remark.
    #[must_use]
    pub fn info(code: &'static str, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Info, span, message)
    }

    /// Adds a way out in words.
    #[must_use]
    pub fn hint(mut self, message: impl Into<String>) -> Self {
        self.hints.push(Hint { message: message.into(), replacement: None });
        self
    }

    /// Adds a way out that an editor can apply.
    #[must_use]
    pub fn suggest(mut self, message: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        let replacement = Some(Replacement { span, text: text.into() });
        self.hints.push(Hint { message: message.into(), replacement });
        self
    }
}
