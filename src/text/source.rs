//! A named text and the way from byte offsets to lines and columns.

use super::Span;

/// A text to read, with the name it is called by in messages (a path, `-` or `--text`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

/// A place for people: both counted from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

impl Source {
    /// A source from a name and its text. A leading byte order mark is kept, readers skip it.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|&(_, b)| b == b'\n').map(|(i, _)| i + 1))
            .collect();
        Self { name: name.into(), text, line_starts }
    }

    /// The name used in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of `span`; what lies outside the text or inside a character is cut off.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        &self.text[floor(span.start)..floor(span.end)]
    }

    /// Line and column of a byte offset; offsets past the end give the end.
    #[must_use]
    pub fn location(&self, offset: usize) -> Location {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= offset).max(1);
        let column = self.slice(Span::new(self.line_starts[line - 1], offset)).chars().count() + 1;
        Location { line, column }
    }

    /// The span of line `line` (from 1) without its line break, if there is such a line.
    #[must_use]
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let end = self.line_starts.get(line).map_or(self.text.len(), |next| next - 1);
        Some(Span::new(start, end))
    }

    /// How many lines the text has; an empty text has one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_count_characters_from_one() {
        let source = Source::new("t", "añb\nc");
        assert_eq!(source.location(0), Location { line: 1, column: 1 });
        assert_eq!(source.location(3), Location { line: 1, column: 3 });
        assert_eq!(source.location(5), Location { line: 2, column: 1 });
        assert_eq!(source.location(99), Location { line: 2, column: 2 });
        assert_eq!(source.slice(source.line_span(2).unwrap_or_default()), "c");
    }
}
