//! What the page shows at the moment, shared between who draws and who serves.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::text::{Diagnostic, Severity, Source};

/// A message with its place, as the page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// Its stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The line, from 1, and the column; `None` when it is about the whole text.
    pub place: Option<(usize, usize)>,
    /// The line as written, cut to a readable length.
    pub excerpt: Option<String>,
    /// Ways out.
    pub hints: Vec<String>,
}

impl Problem {
    /// The longest excerpt, in characters.
    const MAX_EXCERPT: usize = 160;

    /// A diagnostic with its line.
    #[must_use]
    pub fn new(source: &Source, d: &Diagnostic) -> Self {
        let place = d.span.map(|s| source.location(s.start));
        let line = place.and_then(|p| source.line_span(p.line)).map(|span| source.slice(span));
        Self {
            severity: d.severity.word(),
            code: d.code,
            message: d.message.clone(),
            place: place.map(|p| (p.line, p.column)),
            excerpt: line.map(|l| l.trim_end().chars().take(Self::MAX_EXCERPT).collect()),
            hints: d.hints.iter().map(|h| h.message.clone()).collect(),
        }
    }

    /// Whether it keeps the picture from being up to date.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error.word()
    }
}

/// What a text came to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Shown {
    /// The name of the file.
    pub file: String,
    /// What the picture shows, in a few words.
    pub summary: String,
    /// Messages about the text.
    pub problems: Vec<Problem>,
    /// Whether the picture is older than the text, because the text has errors.
    pub stale: bool,
    /// How often there was something new to show.
    pub version: u64,
    /// The picture.
    #[serde(skip)]
    pub svg: Arc<str>,
}

/// See the module. A clone shows the same.
#[derive(Debug, Clone, Default)]
pub struct Live {
    shared: Arc<(Mutex<Shown>, Condvar)>,
}

impl Live {
    /// Nothing to show yet.
    #[must_use]
    pub fn new(file: &str) -> Self {
        let live = Self::default();
        live.lock().file = file.to_owned();
        live
    }

    /// Shows a new state. Without a picture the last one stays, marked as older than the text.
    pub fn show(&self, svg: Option<String>, summary: String, problems: Vec<Problem>) {
        let mut shown = self.lock();
        shown.stale = svg.is_none();
        if let Some(svg) = svg {
            shown.svg = svg.into();
            shown.summary = summary;
        }
        shown.problems = problems;
        shown.version += 1;
        drop(shown);
        self.shared.1.notify_all();
    }

    /// What is shown now.
    #[must_use]
    pub fn now(&self) -> Shown {
        self.lock().clone()
    }

    /// Waits until something newer than `version` is shown, `patience` at most; `None` when nothing came.
    #[must_use]
    pub fn newer(&self, version: u64, patience: Duration) -> Option<u64> {
        let same = |shown: &mut Shown| shown.version == version;
        let (shown, wait) = self
            .shared
            .1
            .wait_timeout_while(self.lock(), patience, same)
            .unwrap_or_else(PoisonError::into_inner);
        (!wait.timed_out()).then_some(shown.version)
    }

    /// A thread that died left plain data behind, which is as good as before.
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_good_picture_stays() {
        let live = Live::new("a.bp");
        live.show(Some("<svg/>".into()), "1 component".into(), Vec::new());
        let problem =
            Problem::new(&Source::new("a.bp", "x\ny ->"), &Diagnostic::error("BP0102", None, "bad"));
        live.show(None, String::new(), vec![problem]);
        let shown = live.now();
        assert_eq!((&*shown.svg, shown.summary.as_str(), shown.stale), ("<svg/>", "1 component", true));
        assert_eq!(live.newer(1, Duration::ZERO), Some(2));
        assert_eq!(live.newer(2, Duration::ZERO), None);
    }
}
