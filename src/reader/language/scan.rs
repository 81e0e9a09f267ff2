//! Cuts a text into statements, comments and block braces.
//!
//! Takes a text and gives its [`Piece`]s in order, each with its span; does not look inside a statement further than
//! quotes, brackets and comments require. An unclosed quote or bracket ends with its line, so that one mistake does not
//! hide the rest of the text. Runs in linear time and keeps no recursion.

use super::limits::{MAX_BRACKETS, MAX_DEPTH, MAX_STATEMENTS};
use super::words;
use crate::text::{Diagnostic, Span};

/// A piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    /// Where it stands: a statement without the brace and the comment behind it.
    pub(super) span: Span,
    /// Comments between the brackets of the statement.
    pub(super) inner: Vec<Span>,
    /// The comment behind it on the same line.
    pub(super) trailing: Option<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Blank,
    Comment,
    Statement,
    /// A statement whose block opens behind it.
    Open,
    Close,
    /// Text that an error has been reported for.
    Broken,
}

/// Cuts the text.
pub(super) fn scan(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let mut scan = Scan {
        text,
        at: 0,
        pieces: Vec::new(),
        open: Vec::new(),
        too_deep: None,
        statements: 0,
        diagnostics,
    };
    scan.run();
    scan.pieces
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<Piece>,
    /// Where the braces of the open blocks stand.
    open: Vec<usize>,
    /// Where the part that nests too deep begins.
    too_deep: Option<usize>,
    statements: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// How a statement ended.
enum End {
    Line,
    Brace(usize),
    Broken,
}

impl Scan<'_> {
    fn run(&mut self) {
        self.control_characters();
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        loop {
            let line_breaks = self.skip_space();
            if line_breaks > 1 && !self.pieces.is_empty() {
                self.push(PieceKind::Blank, Span::at(self.at));
            }
            if self.at >= self.text.len() {
                break;
            }
            if self.statements >= MAX_STATEMENTS {
                let message =
                    format!("the text has more than {MAX_STATEMENTS} statements; the rest is left out");
                self.diagnostics.push(Diagnostic::error("BP0106", Span::at(self.at), message));
                self.push(PieceKind::Broken, Span::new(self.at, self.text.trim_end().len()));
                break;
            }
            if self.comment_starts() {
                let span = self.take_comment();
                self.push(PieceKind::Comment, span);
            } else if self.byte(self.at) == b'}' {
                self.close();
            } else {
                self.statement();
            }
        }
        if let Some(start) = self.too_deep.take() {
            self.push(PieceKind::Broken, Span::new(start, self.text.trim_end().len()));
        }
        if let Some(&brace) = self.open.last() {
            let others = self.open.len() - 1;
            let more = if others > 0 { format!(", nor are {others} around it") } else { String::new() };
            let message = format!("the block that opens here is not closed{more}");
            let end = Span::at(self.text.len());
            self.diagnostics.push(Diagnostic::error("BP0104", Span::new(brace, brace + 1), message).suggest(
                "close it with `}` on a line of its own",
                end,
                "\n}",
            ));
        }
    }

    /// Binary input and stray control characters: one message for all of them.
    fn control_characters(&mut self) {
        let mut strange =
            self.text.char_indices().filter(|&(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        if let Some((at, c)) = strange.next() {
            let more = strange.count();
            let more = if more > 0 { format!(" (and {more} more like it)") } else { String::new() };
            let message = format!("the text holds the control character U+{:04X}{more}", u32::from(c));
            let span = Span::new(at, at + c.len_utf8());
            self.diagnostics.push(
                Diagnostic::error("BP0111", span, message)
                    .hint("is this a text file? The language is plain UTF-8 text"),
            );
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b'\n')
    }

    fn push(&mut self, kind: PieceKind, span: Span) {
        if self.too_deep.is_none() {
            self.pieces.push(Piece { kind, span, inner: Vec::new(), trailing: None });
        }
    }

    /// Skips white space and gives how many line breaks were in it.
    fn skip_space(&mut self) -> usize {
        let rest = &self.text[self.at..];
        let space = rest.len() - rest.trim_start().len();
        self.at += space;
        rest[..space].matches('\n').count()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(self.at), b' ' | b'\t') {
            self.at += 1;
        }
    }

    /// Whether a comment starts here: `#` or `//` at the beginning or behind white space.
    fn comment_starts(&self) -> bool {
        let here = self.byte(self.at) == b'#' || self.text.as_bytes()[self.at..].starts_with(b"//");
        let before = self.text[..self.at].chars().next_back();
        here && before.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | '}' | '\u{feff}'))
    }

    fn line_end(&self, from: usize) -> usize {
        self.text[from..].find('\n').map_or(self.text.len(), |n| from + n)
    }

    fn take_comment(&mut self) -> Span {
        let start = self.at;
        self.at = self.line_end(start);
        Span::new(start, start + self.text[start..self.at].trim_end().len())
    }

    /// The comment behind what was just read, if there is one on the line.
    fn trailing(&mut self) {
        self.skip_blanks();
        if self.at < self.text.len() && self.comment_starts() {
            let span = self.take_comment();
            if self.too_deep.is_none()
                && let Some(last) = self.pieces.last_mut()
            {
                last.trailing = Some(span);
            }
        }
    }

    fn close(&mut self) {
        let span = Span::new(self.at, self.at + 1);
        self.at += 1;
        if self.open.pop().is_none() {
            self.diagnostics.push(Diagnostic::error("BP0105", span, "this `}` closes nothing").suggest(
                "remove it",
                span,
                "",
            ));
            self.push(PieceKind::Broken, span);
        } else if let Some(start) = self.too_deep {
            if self.open.len() == MAX_DEPTH {
                self.too_deep = None;
                self.push(PieceKind::Broken, Span::new(start, span.end));
            }
        } else {
            self.push(PieceKind::Close, span);
        }
        self.trailing();
    }

    fn statement(&mut self) {
        self.statements += 1;
        let start = self.at;
        let mut inner = Vec::new();
        let end = self.find_end(start, &mut inner);
        let text = self.text[start..self.at].trim_end();
        let span = Span::new(start, start + text.len());
        let kind = match end {
            End::Line => PieceKind::Statement,
            End::Brace(_) => PieceKind::Open,
            End::Broken => PieceKind::Broken,
        };
        if let End::Brace(brace) = end {
            if self.open.len() == MAX_DEPTH {
                let message =
                    format!("blocks are nested deeper than {MAX_DEPTH}; what is inside is left out");
                self.diagnostics.push(
                    Diagnostic::error("BP0106", Span::new(start, brace + 1), message)
                        .hint("few readers follow more than four levels; flatten the groups"),
                );
                self.too_deep = Some(start);
            }
            self.open.push(brace);
            self.at = brace + 1;
        }
        if self.too_deep.is_none() {
            self.pieces.push(Piece { kind, span, inner, trailing: None });
        }
        self.trailing();
    }

    /// Moves to the end of the statement that starts at `start`.
    fn find_end(&mut self, start: usize, inner: &mut Vec<Span>) -> End {
        let mut brackets: Vec<usize> = Vec::new();
        while self.at < self.text.len() {
            match self.byte(self.at) {
                b'"' => {
                    if !self.skip_string() {
                        return End::Broken;
                    }
                }
                b'\n' if brackets.is_empty() => return End::Line,
                b'\n' => {
                    if !self.goes_on(self.at + 1, brackets.last().copied()) {
                        return self.unclosed(&brackets);
                    }
                    self.at += 1;
                }
                b'\\' if self.text[self.at + 1..self.line_end(self.at)].trim().is_empty() => {
                    self.at = (self.line_end(self.at) + 1).min(self.text.len());
                }
                b'#' | b'/' if self.comment_starts() => {
                    if brackets.is_empty() {
                        return End::Line;
                    }
                    let span = self.take_comment();
                    inner.push(span);
                }
                b'{' if brackets.is_empty() && self.opens_block(start) => return End::Brace(self.at),
                b'{' => self.open_bracket(&mut brackets),
                b'[' if !brackets.is_empty() => self.open_bracket(&mut brackets),
                b']' if brackets.last().is_some_and(|&b| self.byte(b) == b'[') => {
                    brackets.pop();
                    self.at += 1;
                }
                b'}' if brackets.is_empty() => return End::Line,
                b'}' if brackets.last().is_some_and(|&b| self.byte(b) == b'[') => {
                    return self.unclosed(&brackets);
                }
                b'}' => {
                    brackets.pop();
                    self.at += 1;
                }
                _ => self.skip_character(),
            }
            if brackets.len() > MAX_BRACKETS {
                let message = format!("brackets are nested deeper than {MAX_BRACKETS}");
                self.diagnostics.push(Diagnostic::error("BP0106", Span::new(start, self.at), message));
                self.at = self.line_end(self.at);
                return End::Broken;
            }
        }
        if brackets.is_empty() { End::Line } else { self.unclosed(&brackets) }
    }

    fn open_bracket(&mut self, brackets: &mut Vec<usize>) {
        brackets.push(self.at);
        self.at += 1;
    }

    /// Moves past one character, and past a text in typographic quotes as a whole.
    fn skip_character(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        self.at += c.len_utf8();
        if matches!(c, '“' | '„') {
            let line = &self.text[self.at..self.line_end(self.at)];
            if let Some((end, close)) = line.char_indices().find(|&(_, c)| matches!(c, '”' | '“')) {
                self.at += end + close.len_utf8();
            }
        }
    }

    /// Moves past a text in quotes; false (and at the end of the line) when it does not end.
    fn skip_string(&mut self) -> bool {
        let start = self.at;
        self.at += 1;
        loop {
            match self.byte(self.at) {
                b'"' => {
                    self.at += 1;
                    return true;
                }
                b'\\' if self.byte(self.at + 1) == b'\r' && self.byte(self.at + 2) == b'\n' => self.at += 3,
                b'\\' if self.at + 1 < self.text.len() => {
                    self.at += 1;
                    self.at += self.text[self.at..].chars().next().map_or(0, char::len_utf8);
                }
                b'\n' => break, // also the end of the text
                _ if self.at >= self.text.len() => break,
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.text.len());
        let end = start + self.text[start..self.at].trim_end().len();
        self.diagnostics.push(
            Diagnostic::error("BP0103", Span::new(start, start + 1), "this quotation mark is not closed")
                .suggest("close it at the end of the line", Span::at(end), "\""),
        );
        false
    }

    fn unclosed(&mut self, brackets: &[usize]) -> End {
        if let Some(&at) = brackets.last() {
            let close = if self.byte(at) == b'[' { "]" } else { "}" };
            let open = &self.text[at..=at];
            let end = Span::at(at + self.text[at..self.at].trim_end().len());
            self.diagnostics.push(
                Diagnostic::error("BP0104", Span::new(at, at + 1), format!("this `{open}` is not closed"))
                    .suggest(format!("close it with `{close}`"), end, format!(" {close}")),
            );
        }
        End::Broken
    }

    /// Whether the `{` here opens a block of statements rather than attributes.
    fn opens_block(&self, start: usize) -> bool {
        let header = self.text[start..self.at].trim_end();
        let word_end = header.find(|c: char| !super::is_word(c) && c != '-').unwrap_or(header.len());
        let (first, rest) = header.split_at(word_end);
        let named = rest.is_empty()
            || rest.trim_start().starts_with(|c| super::is_word(c) || matches!(c, '"' | '“' | '„'));
        let behind = self.text[self.at + 1..self.line_end(self.at)].trim();
        let ends_line = behind.is_empty() || behind.starts_with('#') || behind.starts_with("//");
        if named && (words::folded(first) == "flow" || words::group_kind(first).is_some()) {
            return words::kind(first).is_none() || ends_line;
        }
        let next = self.line_end(self.at) + 1;
        ends_line && next < self.text.len() && !self.goes_on(next, Some(self.at))
    }

    /// Whether the line at `at` can belong to the bracket that is open, rather than being a statement of its own.
    fn goes_on(&self, at: usize, bracket: Option<usize>) -> bool {
        let line = self.text.get(at..).map_or("", |rest| rest.lines().next().unwrap_or_default()).trim();
        let word_end = line.find(|c: char| !super::is_word(c) && c != '-').unwrap_or(line.len());
        let (word, rest) = line.split_at(word_end);
        let rest = rest.trim_start();
        if word.is_empty() {
            return true;
        }
        if bracket.is_some_and(|b| self.byte(b) == b'[') {
            let statement =
                rest.starts_with(|c| super::is_word(c) || c == '"') && words::begins_statement(word);
            return !statement && !rest.contains("->") && !rest.contains("~>");
        }
        rest.is_empty()
            || rest.starts_with([':', '=', ',', '}', '#'])
            || rest.starts_with("//")
            || rest.starts_with("assumed")
            || rest.starts_with("inferred")
    }
}
