//! Words, numbers and marks of a stretch of text.
//!
//! Takes a text and a span and gives [`Token`]s with exact places. Markdown emphasis, code marks and link targets are
//! skipped and remembered as flags. It knows no grammar.

use super::wording::lower;
use crate::text::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A word, possibly with digits, inner hyphens and dots.
    Word,
    /// A number.
    Number,
    /// A path or address: `/orders`, `https://…`.
    Path,
    /// An arrow to the right.
    Arrow,
    /// An arrow to the left.
    BackArrow,
    /// Any other mark, one character.
    Mark,
}

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// As written.
    pub(crate) text: &'a str,
    /// In lower case.
    pub(crate) lower: String,
    /// Where.
    pub(crate) span: Span,
    /// What it is made of.
    pub(crate) shape: Shape,
    /// Whether white space stands before it.
    pub(crate) spaced: bool,
    /// Whether it stands between backticks.
    pub(crate) code: bool,
    /// Whether it stands between `**`.
    pub(crate) strong: bool,
    /// Whether the text declares it, or the words around it, to be a name.
    pub(crate) named: bool,
    /// What is written on it, when it is an arrow.
    pub(crate) label: Option<Span>,
}

impl Token<'_> {
    /// Whether it is this mark or lower-case word.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    /// Whether its first letter is a capital.
    pub(crate) fn capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a letter behind the first is a capital, as in `BigQuery` or `SQS`.
    pub(crate) fn inner_capital(&self) -> bool {
        self.text.chars().skip(1).any(char::is_uppercase)
    }

    /// A word or mark that is not written but meant, at `place`.
    pub(crate) fn meant(text: &'static str, place: usize) -> Self {
        let shape = match text {
            "->" => Shape::Arrow,
            _ if text.chars().all(char::is_alphabetic) => Shape::Word,
            _ => Shape::Mark,
        };
        let span = Span::new(place, place);
        Token {
            text,
            lower: text.to_owned(),
            span,
            shape,
            spaced: true,
            code: false,
            strong: false,
            named: false,
            label: None,
        }
    }

    /// Whether it is a word.
    pub(crate) fn word(&self) -> bool {
        self.shape == Shape::Word
    }
}

const ARROWS: [(&str, Shape); 16] = [
    ("<-->", Shape::Arrow),
    ("-->", Shape::Arrow),
    ("==>", Shape::Arrow),
    ("<->", Shape::Arrow),
    ("<--", Shape::BackArrow),
    ("->", Shape::Arrow),
    ("=>", Shape::Arrow),
    ("~>", Shape::Arrow),
    (">>", Shape::Arrow),
    ("<-", Shape::BackArrow),
    ("→", Shape::Arrow),
    ("⇒", Shape::Arrow),
    ("⟶", Shape::Arrow),
    ("➜", Shape::Arrow),
    ("↔", Shape::Arrow),
    ("←", Shape::BackArrow),
];

/// The tokens of `span`.
pub(crate) fn tokens(text: &str, span: Span) -> Vec<Token<'_>> {
    let end = span.end.min(text.len());
    let mut scan = Scan {
        text,
        at: span.start.min(end),
        end,
        out: Vec::new(),
        code: false,
        strong: false,
        spaced: true,
    };
    while scan.at < scan.end {
        scan.step();
    }
    scan.out
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    out: Vec<Token<'a>>,
    code: bool,
    strong: bool,
    spaced: bool,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else {
            self.at = self.end;
            return;
        };
        if c.is_whitespace() {
            self.at += c.len_utf8();
            self.spaced = true;
        } else if !self.markup(rest, c) {
            let (length, shape) = measure(rest, c, self.spaced);
            let length =
                if self.code && shape == Shape::Word { length + folders(rest, length) } else { length };
            self.push(length, shape);
        }
    }

    /// Skips Markdown marks; gives whether there was one.
    fn markup(&mut self, rest: &str, c: char) -> bool {
        let skip = match c {
            '`' => {
                self.code = !self.code;
                1
            }
            '*' if rest.starts_with("**") => {
                self.strong = !self.strong;
                2
            }
            '*' => 1,
            '_' if rest.starts_with("__") => 2,
            '_' => 1,
            '!' if rest.starts_with("![") => 1,
            '[' => 1,
            ']' => 1 + target(rest.get(1..).unwrap_or("")),
            '<' => tag(rest),
            _ => 0,
        };
        self.at += skip;
        skip > 0
    }

    fn push(&mut self, length: usize, shape: Shape) {
        let span = Span::new(self.at, self.at + length);
        let text = self.text.get(span.start..span.end).unwrap_or("");
        let (spaced, code, strong) = (self.spaced, self.code, self.strong);
        let lower = lower(text);
        let lower = if lower.is_ascii() { lower } else { lower.replace('’', "'") };
        self.out.push(Token { text, lower, span, shape, spaced, code, strong, named: false, label: None });
        self.at = span.end;
        self.spaced = false;
    }
}

/// How much longer a name in code is for the folders in it: "`workers/intake`" is one name.
fn folders(rest: &str, length: usize) -> usize {
    let name = rest.get(length..).unwrap_or("");
    let joins = name.starts_with('/') && name.chars().nth(1).is_some_and(char::is_alphanumeric);
    let end =
        name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '-' | '_'))).unwrap_or(name.len());
    if joins { name.get(..end).unwrap_or("").trim_end_matches('/').len() } else { 0 }
}

/// The length of a link's target behind `]`: `(…)` or `[…]`.
fn target(rest: &str) -> usize {
    let close = match rest.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return 0,
    };
    let line = rest.split('\n').next().unwrap_or("");
    line.find(close).map_or(0, |at| at + 1)
}

/// The length of an HTML tag; 0 if it is none.
fn tag(rest: &str) -> usize {
    let opens = rest.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '!');
    if !opens {
        return 0;
    }
    rest.char_indices().take(80).find(|&(_, c)| c == '>').map_or(0, |(at, _)| at + 1)
}

/// Length in bytes and shape of the token that `rest` starts with.
fn measure(rest: &str, first: char, spaced: bool) -> (usize, Shape) {
    if !first.is_alphanumeric()
        && let Some((arrow, shape)) = ARROWS.into_iter().find(|(arrow, _)| rest.starts_with(arrow))
    {
        return (arrow.len(), shape);
    }
    let address =
        matches!(first, 'h' | 'w') && ["http://", "https://", "www."].iter().any(|p| rest.starts_with(p));
    let second = rest.chars().nth(1);
    let path = first == '/' && spaced && second.is_some_and(|c| c.is_alphanumeric() || c == '{');
    if address || path {
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | ';' | '`' | '"'))
            .unwrap_or(rest.len());
        let kept = rest.get(..end).unwrap_or("").trim_end_matches(['.', ':', '*']);
        return (kept.len().max(1), Shape::Path);
    }
    let extension = first == '.' && spaced && second.is_some_and(char::is_alphabetic);
    if first.is_alphanumeric() || extension {
        return word(rest);
    }
    if first == '\'' || first == '’' {
        let tail: String = rest.chars().skip(1).take_while(|c| c.is_alphanumeric()).collect();
        let clitic = matches!(tail.to_lowercase().as_str(), "s" | "re" | "ll" | "ve" | "d" | "m");
        if clitic && !spaced {
            return (first.len_utf8() + tail.len(), Shape::Word);
        }
    }
    (first.len_utf8(), Shape::Mark)
}

fn word(rest: &str) -> (usize, Shape) {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    let mut digits = true;
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let joins = next.is_some_and(char::is_alphanumeric);
        let inside = match c {
            _ if c.is_alphanumeric() => {
                digits &= c.is_ascii_digit();
                true
            }
            '-' | '_' | '@' | '&' => at > 0 && joins && (c == '_' || before.is_alphanumeric()),
            '.' => joins && (at == 0 || before.is_alphanumeric()),
            ',' | ':' => before.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit()) && digits,
            '#' | '+' => before.is_alphabetic() && !joins && end <= 2,
            '\'' | '’' => {
                let tail: String =
                    rest[at + c.len_utf8()..].chars().take_while(|c| c.is_alphabetic()).collect();
                tail == "t"
            }
            _ => false,
        };
        if !inside {
            break;
        }
        before = c;
        end = at + c.len_utf8();
    }
    (end.max(1), if digits { Shape::Number } else { Shape::Word })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, Span::new(0, text.len())).iter().map(|t| t.text).collect()
    }

    #[test]
    fn names_numbers_and_marks() {
        assert_eq!(
            words("Node.js calls `getOrder` (10,000/s)."),
            ["Node.js", "calls", "getOrder", "(", "10,000", "/", "s", ")", "."]
        );
        assert_eq!(
            words("**Web app** - the [user's](http://x) API->db"),
            ["Web", "app", "-", "the", "user", "'s", "API", "->", "db"]
        );
        assert_eq!(
            words("GET /orders/{id}, us-east-1 don't"),
            ["GET", "/orders/{id}", ",", "us-east-1", "don't"]
        );
    }
}
