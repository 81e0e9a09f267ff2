//! Diagnostics and progress on the terminal, as excerpts with a caret for people and as JSON for machines.

use std::io::{IsTerminal, Write as _};

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use serde_json::json;

use super::args::Color;
use super::failure::Failure;
use super::output::printable;
use crate::text::{Diagnostic, Severity, Source, Span};

/// How many diagnostics of one input are printed in full.
const MAX_PRINTED: usize = 40;

/// Where messages go and how they look.
#[derive(Debug)]
pub(super) struct Terminal {
    quiet: bool,
    /// Whether machines read along.
    pub(super) json: bool,
}

impl Terminal {
    pub(super) fn new(color: Color, quiet: bool, json: bool) -> Self {
        let choice = match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::AlwaysAnsi,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        Self { quiet, json }
    }

    /// Says one line to people, unless they asked for silence.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet && !self.json {
            print(&format!("{}\n", printable(line)));
        }
    }

    /// Shows which of many files is worked on, on a terminal only.
    pub(super) fn progress(&self, at: usize, all: usize, name: &str) {
        if all > 3 && !self.quiet && !self.json && std::io::stderr().is_terminal() {
            print(&format!("[{at}/{all}] {}\n", printable(name)));
        }
    }

    /// Prints diagnostics; remarks are for people who did not ask for silence.
    pub(super) fn diagnostics(&self, source: &Source, diagnostics: &[Diagnostic]) {
        if self.json {
            for d in diagnostics {
                print(&format!("{}\n", diagnostic_json(source, d)));
            }
            return;
        }
        let least = if self.quiet { Severity::Error } else { Severity::Info };
        let shown: Vec<_> = diagnostics.iter().filter(|d| d.severity >= least).collect();
        for d in shown.iter().take(MAX_PRINTED) {
            print(&format!("{}\n\n", render(source, d)));
        }
        if let Some(rest) = shown.len().checked_sub(MAX_PRINTED).filter(|&n| n > 0) {
            print(&format!("… and {rest} more; `blueprose check --json` lists them all\n"));
        }
    }

    /// Prints what stopped the command.
    pub(super) fn failure(&self, failure: &Failure) {
        if self.json {
            let value = json!({"code": failure.id(), "severity": "error", "message": failure.to_string(), "hints":
                failure.hint().into_iter().map(|message| json!({"message": message})).collect::<Vec<_>>()});
            print(&format!("{value}\n"));
            return;
        }
        let title = printable(&failure.to_string());
        let mut report = vec![Group::with_title(Level::ERROR.primary_title(title).id(failure.id()))];
        if let Some(hint) = failure.hint() {
            report.push(Group::with_title(Level::HELP.secondary_title(printable(&hint))));
        }
        print(&format!("{}\n", Renderer::styled().render(&report)));
    }
}

/// Prints to standard error; colours go where the terminal or `--color` wants them.
fn print(text: &str) {
    // Nowhere is left to complain about a broken standard error.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// A diagnostic for machines.
pub(super) fn diagnostic_json(source: &Source, d: &Diagnostic) -> serde_json::Value {
    let place = d.span.map(|s| {
        json!({"start": s.start, "end": s.end, "from": source.location(s.start), "to": source.location(s.end)})
    });
    json!({"file": source.name(), "code": d.code, "severity": d.severity, "message": d.message, "place": place,
        "hints": d.hints})
}

fn render(source: &Source, d: &Diagnostic) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::NOTE,
    };
    let title = level.primary_title(printable(&d.message)).id(d.code);
    let excerpt = d.span.map(|span| Excerpt::around(source, span));
    let mut report = vec![match &excerpt {
        Some(e) => title.element(e.snippet().annotation(AnnotationKind::Primary.span(e.local(e.span)))),
        None => Group::with_title(title).element(annotate_snippets::Origin::path(source.name())),
    }];
    for hint in &d.hints {
        let title = Level::HELP.secondary_title(printable(&hint.message));
        let patch = hint.replacement.as_ref().zip(excerpt.as_ref()).filter(|(r, e)| e.holds(r.span));
        report.push(match patch {
            Some((r, e)) => title.element(e.patched().patch(Patch::new(e.local(r.span), printable(&r.text)))),
            None => Group::with_title(title),
        });
    }
    Renderer::styled().render(&report)
}

/// The lines around a span, cut to a size that a terminal takes.
struct Excerpt<'a> {
    name: &'a str,
    text: &'a str,
    start: usize,
    line: usize,
    span: Span,
}

impl<'a> Excerpt<'a> {
    /// The longest excerpt in bytes; a longer place is shown by its start.
    const MAX: usize = 2000;

    fn around(source: &'a Source, span: Span) -> Self {
        let first = source.location(span.start).line;
        let last = source.location(span.end).line.min(first + 3);
        let start = source.line_span(first).unwrap_or_default().start;
        let end = source.line_span(last).unwrap_or_default().end;
        let whole =
            Span::new(start.max(span.start.saturating_sub(Self::MAX / 2)), end.min(span.start + Self::MAX));
        let text = source.slice(whole);
        // `slice` moves to a character boundary; the excerpt's start must move along.
        let start = text.as_ptr() as usize - source.text().as_ptr() as usize;
        Self { name: source.name(), text, start, line: first, span }
    }

    fn snippet(&self) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        Snippet::source(self.text).path(self.name).line_start(self.line)
    }

    fn patched(&self) -> Snippet<'a, Patch<'a>> {
        Snippet::source(self.text).path(self.name).line_start(self.line)
    }

    fn holds(&self, span: Span) -> bool {
        self.start <= span.start && span.end <= self.start + self.text.len()
    }

    /// A span of the source in the excerpt, on character boundaries.
    fn local(&self, span: Span) -> std::ops::Range<usize> {
        let floor = |offset: usize| {
            let mut at = offset.saturating_sub(self.start).min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        floor(span.start)..floor(span.end)
    }
}
