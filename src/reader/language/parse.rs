//! Statements to syntax: which grammar rule a statement is for, and pest's pairs as a [`Statement`].
//!
//! Takes the text of one statement and its offset; gives its syntax with spans in the whole text, or one diagnostic.

use pest::Parser;
use pest::iterators::Pair;

use super::explain;
use super::tree::{Attribute, AttributeValue, Attributes, Declaration, Hop, Mark, Statement, Text};
use super::words::{self, Arrow};
use crate::text::{Diagnostic, Span};

/// The parser that pest makes of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/blueprose.pest"]
pub(super) struct Grammar;

/// Parses one statement that stands at `offset`; `block` says whether a block opens behind it.
pub(super) fn statement(text: &str, offset: usize, block: bool) -> Result<Statement, Diagnostic> {
    let rule = rule_of(text).ok_or_else(|| explain::unknown_statement(text, offset))?;
    let rule = match (rule, block) {
        (Rule::component, true) if words::group_kind(first_word(text)).is_some() => Rule::group,
        (Rule::group | Rule::flow, true) => rule,
        (Rule::flow, false) => return Err(explain::flow_without_block(text, offset)),
        (_, true) => return Err(explain::no_block(text, offset)),
        (_, false) => rule,
    };
    let mut pairs =
        Grammar::parse(rule, text).map_err(|error| explain::syntax(rule, text, offset, &error))?;
    let pair = pairs.next().ok_or_else(|| explain::unknown_statement(text, offset))?;
    Ok(Build { offset }.statement(pair))
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !super::is_word(c) && c != '-').unwrap_or(text.len());
    text[..end].trim_end_matches('-')
}

/// The grammar rule a statement is for, told by its first word and whether an arrow follows its first names.
fn rule_of(text: &str) -> Option<Rule> {
    if arrow_follows_names(text) {
        return Some(Rule::connection);
    }
    let first = first_word(text);
    let rest = text[first.len()..].trim_start();
    if rest.starts_with([':', '='])
        && !matches!(
            words::folded(first).as_str(),
            "title" | "description" | "direction" | "note" | "assume" | "question" | "expect"
        )
    {
        return Some(Rule::property);
    }
    let rule = match words::folded(first).as_str() {
        "title" => Rule::title,
        "description" => Rule::description,
        "direction" => Rule::direction,
        "flow" => Rule::flow,
        "expect" => Rule::expect,
        "note" => Rule::note,
        "ignore" => Rule::ignore,
        "assume" => Rule::assume,
        "question" => Rule::question,
        "same-rank" | "order" | "near" | "first" | "last" => Rule::wish,
        word if words::kind(word).is_some() => Rule::component,
        word if words::group_kind(word).is_some() => Rule::group,
        _ if text.starts_with('"') && rest.contains("\":") => Rule::property,
        _ if has_arrow(text) => Rule::connection,
        _ => return None,
    };
    Some(rule)
}

/// Whether names set apart by commas stand before an arrow.
fn arrow_follows_names(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        rest = match rest.strip_prefix('"') {
            Some(inside) => inside.split_once('"').map_or("", |(_, behind)| behind),
            None => &rest[first_word(rest).len()..],
        };
        rest = rest.trim_start();
        match rest.strip_prefix(',') {
            Some(behind) => rest = behind,
            None => return Grammar::parse(Rule::arrow, rest).is_ok(),
        }
    }
}

/// Whether an arrow stands outside quotes and before a `:`.
fn has_arrow(text: &str) -> bool {
    let mut quoted = false;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ':' if !quoted => return false,
            '>' if !quoted && matches!(before, '-' | '=' | '~') => return true,
            '-' | '~' | '=' if !quoted && before == '<' => return true,
            '→' | '←' | '↔' | '⇒' if !quoted => return true,
            _ => {}
        }
        before = c;
    }
    false
}

/// Makes syntax of pairs, with spans in the whole text.
struct Build {
    offset: usize,
}

impl Build {
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        let length = span.as_str().trim_end().len();
        Span::new(span.start(), span.start() + length).shifted(self.offset)
    }

    fn statement(&self, pair: Pair<'_, Rule>) -> Statement {
        let rule = pair.as_rule();
        let mut parts = Parts::default();
        let mut hops = Vec::new();
        let mut first = None;
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::names => parts.names = self.names(inner),
                Rule::name => parts.names.push(self.text(inner)),
                Rule::on => parts.on.extend(
                    inner.into_inner().filter(|p| p.as_rule() == Rule::names).flat_map(|p| self.names(p)),
                ),
                Rule::word => first = Some(self.text(inner)),
                Rule::hop => hops.push(self.hop(inner)),
                Rule::EOI => {}
                _ => self.part(inner, &mut parts),
            }
        }
        let word = first.unwrap_or_default();
        let text = parts.texts.first().cloned().unwrap_or_default();
        let (on, mark) = (parts.on, parts.mark);
        match rule {
            Rule::title => Statement::Title(text),
            Rule::description => Statement::Description(text),
            Rule::direction => Statement::Direction { word, inside: parts.inside, mark },
            Rule::connection => Statement::Connection { from: parts.names, hops },
            Rule::flow => Statement::Flow { title: text, mark },
            Rule::note => Statement::Note { on, text, mark },
            Rule::ignore => Statement::Ignore { rules: parts.names, on, reason: text, mark },
            Rule::assume => Statement::Assume { on, text, mark },
            Rule::question => {
                Statement::Question { on, text, default: parts.default, settle: parts.settle, mark }
            }
            Rule::wish => Statement::Wish { word, names: parts.names, mark },
            Rule::expect => Statement::Expect { on, attributes: parts.attributes.unwrap_or_default(), mark },
            Rule::property => {
                let entries = parts.attributes.unwrap_or_default();
                Statement::Property(entries.entries().next().cloned().unwrap_or(Attribute {
                    key: Text::default(),
                    value: None,
                    mark: None,
                    span: Span::at(self.offset),
                }))
            }
            _ => {
                let mut texts = parts.texts.into_iter();
                let declaration = Declaration {
                    kind: word,
                    name: parts.names.into_iter().next().unwrap_or_default(),
                    label: texts.next(),
                    description: texts.next(),
                    replicas: parts.replicas,
                    using: parts.using,
                    inside: parts.inside,
                    attributes: parts.attributes,
                    mark,
                    repeated: parts.repeated.into_iter().chain(texts.map(|t| t.span)).collect(),
                };
                if rule == Rule::group {
                    Statement::Group(declaration)
                } else {
                    Statement::Component(declaration)
                }
            }
        }
    }

    /// Puts a part that stands alike in several statements where it belongs.
    fn part(&self, pair: Pair<'_, Rule>, parts: &mut Parts) {
        let span = self.span(&pair);
        let twice = match pair.as_rule() {
            Rule::string | Rule::text | Rule::bare_text => {
                parts.texts.push(self.text(pair));
                false
            }
            Rule::replicas => parts.replicas.replace(self.text(pair)).is_some(),
            Rule::using => parts.using.replace(self.last(pair)).is_some(),
            Rule::inside => parts.inside.replace(self.last(pair)).is_some(),
            Rule::over => parts.over.replace(self.last(pair)).is_some(),
            Rule::default => parts.default.replace(self.last(pair)).is_some(),
            Rule::settle => parts.settle.replace(self.last(pair)).is_some(),
            Rule::which => parts.which.replace(self.last(pair)).is_some(),
            Rule::label => match pair.into_inner().next() {
                Some(text) => parts.label.replace(self.text(text)).is_some(),
                None => false,
            },
            Rule::mark => parts.mark.replace(self.mark(pair)).is_some(),
            Rule::attributes => parts.attributes.replace(self.attributes(pair)).is_some(),
            Rule::attribute => {
                let items = vec![self.attribute(pair)];
                parts.attributes.replace(Attributes { items }).is_some()
            }
            _ => false,
        };
        if twice {
            parts.repeated.push(span);
        }
    }

    fn hop(&self, pair: Pair<'_, Rule>) -> Hop {
        let mut parts = Parts::default();
        let mut sign = Text::default();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::arrow => sign = self.text(inner),
                Rule::names => parts.names = self.names(inner),
                _ => self.part(inner, &mut parts),
            }
        }
        Hop {
            arrow: Arrow::read(&sign.value),
            sign,
            to: parts.names,
            which: parts.which,
            label: parts.label,
            over: parts.over,
            attributes: parts.attributes,
            mark: parts.mark,
            repeated: parts.repeated,
        }
    }

    fn names(&self, pair: Pair<'_, Rule>) -> Vec<Text> {
        pair.into_inner().map(|name| self.text(name)).collect()
    }

    /// The text of the last pair inside: what stands behind `using`, `in`, `over`.
    fn last(&self, pair: Pair<'_, Rule>) -> Text {
        pair.into_inner().last().map(|p| self.text(p)).unwrap_or_default()
    }

    fn mark(&self, pair: Pair<'_, Rule>) -> Mark {
        let assumed = pair.as_str().get(..7).is_some_and(|word| word.eq_ignore_ascii_case("assumed"));
        Mark { assumed, why: self.last(pair) }
    }

    fn attributes(&self, pair: Pair<'_, Rule>) -> Attributes {
        let _multiline =
            pair.as_str().trim_start_matches(['{', ' ', '\t', '\r']).starts_with(['\n', '#', '/']);
        let attributes = pair.into_inner().filter(|p| p.as_rule() == Rule::attribute);
        let items = attributes.map(|p| self.attribute(p)).collect();
        Attributes { items }
    }

    fn attribute(&self, pair: Pair<'_, Rule>) -> Attribute {
        let span = self.span(&pair);
        let (mut key, mut value, mut mark) = (Text::default(), None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::key => key = self.text(inner),
                Rule::value => value = inner.into_inner().next().map(|p| self.value(p)),
                Rule::mark => mark = Some(self.mark(inner)),
                _ => {}
            }
        }
        Attribute { key, value, mark, span }
    }

    fn value(&self, pair: Pair<'_, Rule>) -> AttributeValue {
        match pair.as_rule() {
            Rule::attributes => AttributeValue::Attributes(self.attributes(pair)),
            Rule::list => {
                let items = pair.into_inner().filter_map(|item| item.into_inner().next());
                AttributeValue::List(items.map(|p| self.value(p)).collect())
            }
            _ => AttributeValue::Text(self.text(pair)),
        }
    }

    /// A word or text; quotes and escapes are taken away, white space without quotes is folded.
    fn text(&self, pair: Pair<'_, Rule>) -> Text {
        let span = self.span(&pair);
        let written = pair.as_str().trim_end();
        let (value, quoted) = if written.starts_with('"') {
            (unescaped(written), true)
        } else if written.starts_with(['“', '„']) && written.ends_with(['”', '“']) {
            (written.trim_start_matches(['“', '„']).trim_end_matches(['”', '“']).to_owned(), true)
        } else if written.contains(['\n', '\t', '\\']) || written.contains("  ") {
            let folded =
                written.split_whitespace().filter(|word| *word != "\\").collect::<Vec<_>>().join(" ");
            (folded, false)
        } else {
            (written.to_owned(), false)
        };
        Text { value, quoted, span }
    }
}

/// The parts found so far of a statement or hop.
#[derive(Default)]
struct Parts {
    names: Vec<Text>,
    on: Vec<Text>,
    texts: Vec<Text>,
    replicas: Option<Text>,
    using: Option<Text>,
    inside: Option<Text>,
    over: Option<Text>,
    default: Option<Text>,
    settle: Option<Text>,
    which: Option<Text>,
    label: Option<Text>,
    attributes: Option<Attributes>,
    mark: Option<Mark>,
    repeated: Vec<Span>,
}

/// The text between straight quotes. A `\` at a line's end joins the lines with one space.
fn unescaped(written: &str) -> String {
    let inside = written.strip_prefix('"').unwrap_or(written);
    let inside = inside.strip_suffix('"').unwrap_or(inside);
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('\n' | '\r') => {
                while rest.next_if(|c| c.is_whitespace()).is_some() {}
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    /// Every `// e.g.` of the grammar is read as a whole by the rule below it.
    #[test]
    fn examples_of_the_grammar_hold() {
        let grammar = include_str!("../../../grammar/blueprose.pest");
        crate::reader::grammar::examples_hold::<Grammar, Rule>(grammar, Rule::all_rules(), 40);
    }
}
