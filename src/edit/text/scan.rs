//! The statements of a `.bp` text with the places of their words.
//!
//! Takes a text and gives its statements line by line: enough to change one of them and leave every other byte alone. What
//! they mean is the reader's business; whatever is taken wrongly here is caught when the result is read again.

use crate::model::{GroupKind, Id};
use crate::text::Span;

/// A word, text, arrow or mark of a statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Without quotes and escapes.
    pub(super) text: String,
    /// With them.
    pub(super) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Quoted,
    Arrow,
    Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatementKind {
    Component,
    GroupOpen,
    FlowOpen,
    Close,
    Connection,
    Other,
}

/// A statement: one line, or several where brackets go on.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub(super) kind: StatementKind,
    pub(super) tokens: Vec<Token>,
    /// Its lines, the last line break included.
    pub(super) lines: Span,
    /// Its words, the comment behind it not included.
    pub(super) body: Span,
    /// The blocks it stands in, outermost first, as indices of their opening statements.
    pub(super) blocks: Vec<usize>,
    /// For an opening statement, its closing one.
    pub(super) close: Option<usize>,
}

impl Statement {
    pub(super) fn word(&self, n: usize) -> &str {
        self.tokens.get(n).map_or("", |t| t.text.as_str())
    }

    /// The id that the declaration gives.
    pub(super) fn id(&self) -> Option<Id> {
        self.tokens.get(1).map(id_of)
    }
}

/// The id a name in a text stands for.
pub(super) fn id_of(token: &Token) -> Id {
    Id::parse(&token.text).unwrap_or_else(|| Id::from_label(&token.text))
}

const OTHERS: &[&str] = &[
    "title",
    "description",
    "direction",
    "expect",
    "note",
    "ignore",
    "assume",
    "question",
    "same-rank",
    "order",
    "near",
    "first",
    "last",
];
const GROUP_WORDS: &[&str] = &[
    "provider",
    "az",
    "availability-zone",
    "project",
    "subscription",
    "vnet",
    "onprem",
    "on-prem",
    "on-premises",
    "datacenter",
    "tier",
    "context",
    "trust-boundary",
    "system",
    "subsystem",
];

/// All statements of a text.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (tokens, lines) = statement(text, at);
        at = lines.end;
        let Some((first, last)) = tokens.first().zip(tokens.last()) else { continue };
        let body = first.span.join(last.span);
        let kind = kind(&tokens);
        if kind == StatementKind::Close
            && let Some(opening) = open.pop()
        {
            let close = found.len();
            if let Some(o) = found.get_mut(opening) {
                o.close = Some(close);
            }
        }
        let here = found.len();
        found.push(Statement { kind, tokens, lines, body, blocks: open.clone(), close: None });
        if matches!(kind, StatementKind::GroupOpen | StatementKind::FlowOpen) {
            open.push(here);
        }
    }
    found
}

fn kind(tokens: &[Token]) -> StatementKind {
    let first = tokens.first().map(|t| t.text.to_lowercase()).unwrap_or_default();
    let opens = tokens.last().is_some_and(|t| t.kind == TokenKind::Mark && t.text == "{");
    if tokens.len() == 1 && first == "}" {
        StatementKind::Close
    } else if tokens.iter().any(|t| t.kind == TokenKind::Arrow) && !OTHERS.contains(&first.as_str()) {
        StatementKind::Connection
    } else if opens && first == "flow" {
        StatementKind::FlowOpen
    } else if opens && (GroupKind::from_word(&first).is_some() || GROUP_WORDS.contains(&first.as_str())) {
        StatementKind::GroupOpen
    } else if OTHERS.contains(&first.as_str()) || tokens.len() < 2 || tokens[1].text == ":" {
        StatementKind::Other
    } else {
        StatementKind::Component
    }
}

/// The tokens from `start` to the end of the statement, and its lines.
fn statement(text: &str, start: usize) -> (Vec<Token>, Span) {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = start;
    let mut depth = 0_usize;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c == '\n' {
            at += 1;
            let opener = tokens.last().is_some_and(|t| t.text == "{" && t.kind == TokenKind::Mark);
            // A brace that ends its line opens a block when the statement opens blocks.
            let block = opener && matches!(kind(&tokens), StatementKind::GroupOpen | StatementKind::FlowOpen);
            if depth == 0 || (depth == 1 && block) {
                break;
            }
        } else if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == '#' || rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(token) = quoted(text, at) {
            at = token.span.end;
            tokens.push(token);
        } else {
            let token = plain(text, at);
            at = token.span.end;
            match token.text.as_str() {
                "{" | "[" => depth += 1,
                "}" | "]" => depth = depth.saturating_sub(1),
                _ => {}
            }
            tokens.push(token);
        }
    }
    (tokens, Span::new(start, at))
}

fn quoted(text: &str, at: usize) -> Option<Token> {
    let open = text[at..].chars().next().filter(|c| matches!(c, '"' | '“' | '„'))?;
    let mut value = String::new();
    let mut chars = text[at + open.len_utf8()..].char_indices();
    while let Some((n, c)) = chars.next() {
        match c {
            '\\' if open == '"' => value.push(match chars.next()?.1 {
                'n' => '\n',
                other => other,
            }),
            '"' if open == '"' => return Some(done(at, open, n, 1, value)),
            '”' | '“' if open != '"' => return Some(done(at, open, n, c.len_utf8(), value)),
            '\n' => return None,
            c => value.push(c),
        }
    }
    None
}

fn done(at: usize, open: char, n: usize, close: usize, text: String) -> Token {
    let span = Span::new(at, at + open.len_utf8() + n + close);
    Token { kind: TokenKind::Quoted, text, span }
}

fn plain(text: &str, at: usize) -> Token {
    let rest = &text[at..];
    let token = |length: usize, kind| Token {
        kind,
        text: rest[..length].to_owned(),
        span: Span::new(at, at + length),
    };
    let arrow = rest.find(|c: char| !matches!(c, '<' | '>' | '-' | '=' | '~')).unwrap_or(rest.len());
    if arrow >= 2 {
        return token(arrow, TokenKind::Arrow);
    }
    let first = rest.chars().next().unwrap_or(' ');
    if "→←↔⇒⇐⇔⟶⟵⟷⇢⇠➜".contains(first) {
        return token(first.len_utf8(), TokenKind::Arrow);
    }
    if matches!(first, '{' | '}' | '[' | ']' | ',' | ':' | '(' | ')') {
        return token(first.len_utf8(), TokenKind::Mark);
    }
    let end = rest
        .char_indices()
        .skip(1)
        .find(|&(n, c)| {
            c.is_whitespace()
                || matches!(c, '{' | '}' | '[' | ']' | ',' | '"' | '“' | '(' | ')')
                || (c == ':' && rest[n + 1..].starts_with([' ', '\t', '\n', '"', '“']))
                || (c == '-' && rest[n..].starts_with("->"))
                || (c == '~' && rest[n..].starts_with("~>"))
        })
        .map_or(rest.len(), |(n, _)| n);
    token(end, TokenKind::Word)
}
