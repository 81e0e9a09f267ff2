//! What is wrong with a statement, in words.
//!
//! Takes pest's errors and statements that no rule is for; gives diagnostics that say what was expected at the place and,
//! where it is known, the way out.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::parse::Rule;
use super::words;
use crate::catalog::nearest;
use crate::text::{Diagnostic, Span};

/// The most characters of the text that a message repeats.
const SHOWN: usize = 40;

/// A word of the text for a message, cut when it is long.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).filter(|c| !c.is_control()).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || matches!(c, '{' | ':' | '"')).next().unwrap_or_default()
}

/// A statement that begins with no word of the language.
pub(super) fn unknown_statement(text: &str, offset: usize) -> Diagnostic {
    let word = first_word(text);
    let span = Span::new(offset, offset + if word.is_empty() { text.len().min(1) } else { word.len() });
    let near = (word.len() <= 64)
        .then(|| nearest(&words::folded(word), words::statement_words().map(|w| (w, w))))
        .flatten();
    let shown = if word.is_empty() { shown(text) } else { shown(word) };
    let diagnostic = Diagnostic::error("BP0101", span, format!("no statement begins with `{shown}`"));
    match near {
        Some(word) => diagnostic.suggest(format!("did you mean `{word}`?"), span, word),
        None => diagnostic.hint(
            "a component is `service name \"Label\"`, a connection is `a -> b: label`, a group is `cloud name { … }`",
        ),
    }
}

/// A `flow` that no block follows.
pub(super) fn flow_without_block(text: &str, offset: usize) -> Diagnostic {
    let span = Span::new(offset, offset + text.len());
    Diagnostic::error("BP0102", span, "a flow needs its steps in a block").suggest(
        "open a block",
        Span::at(span.end),
        " {\n}",
    )
}

/// A block behind a statement that takes none.
pub(super) fn no_block(text: &str, offset: usize) -> Diagnostic {
    let word = first_word(text);
    let span = Span::new(offset, offset + word.len());
    let message = format!("`{}` opens no block of statements", shown(word));
    let near = (word.len() <= 64 && !words::begins_statement(word))
        .then(|| nearest(&words::folded(word), words::statement_words().map(|w| (w, w))))
        .flatten();
    let diagnostic = Diagnostic::error("BP0108", span, message);
    match near {
        Some(word) => diagnostic.suggest(format!("did you mean `{word}`?"), span, word),
        None => diagnostic.hint(
            "only groups (`cloud`, `vpc`, `group` …) hold components, and only a `flow` holds steps; attributes are \
             `name: value`",
        ),
    }
}

/// What pest could not read.
pub(super) fn syntax(rule: Rule, text: &str, offset: usize, error: &Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
    };
    let at = at + text[at..].len() - text[at..].trim_start().len();
    let rest = &text[at..];
    let length = rest.find(|c: char| c.is_whitespace() || c == ',').map_or(rest.len(), |n| n.max(1));
    let length =
        rest.char_indices().map(|(i, c)| i + c.len_utf8()).find(|&end| end >= length).unwrap_or(rest.len());
    let span = Span::new(offset + at, offset + at + length);
    let what = statement_name(rule);
    let expected = expectations(error);
    let message = if rest.is_empty() {
        format!("{what} is not complete: expected {expected}")
    } else {
        format!("{what}: expected {expected}, found `{}`", shown(&rest[..length]))
    };
    let diagnostic = Diagnostic::error("BP0102", span, message);
    let plain = rest[..length].chars().all(|c| super::is_word(c) || c == '-');
    if rule == Rule::connection && plain && !rest.is_empty() {
        return diagnostic.hint("a name of several words stands in quotes: `\"Upload API\" -> storage`");
    }
    if matches!(rule, Rule::component | Rule::group) && rest.starts_with(['-', '~', '<', '=']) {
        return diagnostic.hint("a connection is a statement of its own: `a -> b: label`");
    }
    diagnostic.hint(format!("for example: {}", example(rule)))
}

fn expectations(error: &Error<Rule>) -> String {
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else { return "something else".into() };
    let mut words: Vec<&str> = positives.iter().filter_map(|rule| rule_name(*rule)).collect();
    words.dedup();
    let mut known = Vec::new();
    for word in words {
        if !known.contains(&word) {
            known.push(word);
        }
    }
    match known.split_last() {
        None => "something else".into(),
        Some((last, [])) => (*last).into(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

fn rule_name(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::word | Rule::name | Rule::names => "a name",
        Rule::technology => "a technology",
        Rule::string | Rule::text | Rule::bare_text => "a text",
        Rule::mark | Rule::mark_word => "`assumed \"why\"`",
        Rule::attributes => "`{ … }`",
        Rule::attribute | Rule::key => "an attribute",
        Rule::value | Rule::bare_value | Rule::list | Rule::item => "a value",
        Rule::replicas => "`x2`",
        Rule::using | Rule::using_word => "`using`",
        Rule::inside | Rule::in_word => "`in`",
        Rule::hop | Rule::arrow => "an arrow",
        Rule::label => "`: label`",
        Rule::over | Rule::over_word => "`over`",
        Rule::on | Rule::on_word => "`on`",
        Rule::protocol => "a protocol",
        Rule::default | Rule::default_word => "`default`",
        Rule::settle | Rule::settle_word => "`settle`",
        Rule::count => "a number",
        Rule::EOI => "the end of the line",
        _ => return None,
    })
}

fn statement_name(rule: Rule) -> &'static str {
    match rule {
        Rule::component => "this component",
        Rule::group => "this group",
        Rule::connection => "this connection",
        Rule::property => "this attribute",
        Rule::flow => "this flow",
        Rule::wish => "this wish",
        _ => "this statement",
    }
}

fn example(rule: Rule) -> &'static str {
    match rule {
        Rule::component => "`service api \"Orders API\" x2 using aws.ecs { timeout: 10s }`",
        Rule::group => "`cloud aws \"AWS\" using aws {`",
        Rule::connection => "`customer -> api: \"POST /orders\" over HTTPS`",
        Rule::property => "`region: eu-west-1`",
        Rule::title => "`title \"Image pipeline\"`",
        Rule::description => "`description \"Takes pictures in.\"`",
        Rule::direction => "`direction right`",
        Rule::flow => "`flow \"Upload an image\" {`",
        Rule::expect => "`expect { rate: 50/s, latency: 300 ms p99 }`",
        Rule::note => "`note on api \"Is rewritten this year.\"`",
        Rule::ignore => "`ignore SRV001 on upload: \"kept warm by a schedule\"`",
        Rule::assume => "`assume \"Traffic is spread over the day.\"`",
        Rule::question => "`question \"How long are orders kept?\" default \"ten years\"`",
        _ => "`same-rank api, upload`, `near api upload`, `first api`",
    }
}
