//! Stretches of sentences that name parts in passing only: what rights are needed for, what is done away with, how a call
//! is named.
//!
//! Takes the tokens of a sentence and gives the stretches that draw nothing.

use std::ops::Range;

use super::lexicon::{Form, Lexicon, match_name};
use super::tokens::{Shape, Token};

/// What is given to programs so that they may do something.
const RIGHTS: [&str; 12] = [
    "permission",
    "permissions",
    "role",
    "roles",
    "policy",
    "policies",
    "access",
    "rights",
    "privileges",
    "resources",
    "infrastructure",
    "credentials",
];
/// Words that say that it is needed.
const NEEDED: [&str; 4] = ["required", "needed", "necessary", "requires"];
/// How it is said that something is not needed any more.
const SPARED: [&[&str]; 10] = [
    &["without", "the", "need", "for"],
    &["without", "the", "need", "to"],
    &["without", "having", "to"],
    &["without", "needing"],
    &["without", "requiring"],
    &["without", "any", "need", "for"],
    &["eliminating", "the", "need", "for"],
    &["eliminates", "the", "need", "for"],
    &["removing", "the", "need", "for"],
    &["removes", "the", "need", "for"],
];
/// What a name of an operation stands before.
const OPERATIONS: [&str; 9] =
    ["api", "apis", "operation", "operations", "action", "actions", "method", "call", "command"];
/// What a call is made with.
const WAYS: [&str; 4] = ["using", "via", "through", "with"];
/// Words behind an operation that say whose it is.
const WHOSE: [&str; 6] = ["of", "in", "from", "on", "provided", "offered"];
/// The most words of the name of a product.
const NAME: usize = 5;

/// The stretches of a sentence that name parts in passing.
pub(super) fn in_passing(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    out.extend(settings(tokens));
    out.extend(defined(tokens));
    out.extend((1..tokens.len()).find_map(|at| needed(tokens, at)));
    out.extend((1..tokens.len()).find_map(|at| spared(tokens, at)));
    out.extend((0..tokens.len()).filter_map(|at| operation(lexicon, tokens, at)));
    out
}

/// "with a `Cache-Control: max-age=0` header": what code spells out with marks is a value.
fn settings(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let length = tokens.iter().skip(at).take_while(|t| t.code).count();
        let inside = tokens.get(at..at + length).unwrap_or(&[]);
        let spelt = inside.iter().skip(1).any(|t| [":", "=", "{", "("].iter().any(|m| t.is(m)));
        if spelt && at > 0 {
            out.push(at..at + length);
        }
        at += length.max(1);
    }
    out
}

/// "OrdersTable: Defines a DynamoDB table": what a line sets up under a name is what the name means.
fn defined(tokens: &[Token<'_>]) -> Option<Range<usize>> {
    let colon = tokens.iter().take(NAME).position(|t| t.is(":"))?;
    let sets_up = ["defines", "creates", "deploys", "provisions", "declares", "represents"];
    let verb = tokens.get(colon + 1).filter(|t| sets_up.contains(&t.lower.as_str()));
    let article = tokens.get(colon + 2).is_some_and(|t| t.is("a") || t.is("an"));
    (verb.is_some() && article && colon > 0).then_some(colon + 1..colon + 2)
}

/// "the IAM permissions required to run the application": what rights are for is no part.
fn needed(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let is = |at: usize, list: &[&str]| tokens.get(at).is_some_and(|t| list.contains(&t.lower.as_str()));
    let led = is(at, &NEEDED) && is(at - 1, &RIGHTS) && is(at + 1, &["to", "for", "by"]);
    led.then(|| at..stop(tokens, at))
}

/// "sends orders to the workflow without the need for another function": what is not needed is not there.
fn spared(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let told = |phrase: &&[&str]| {
        phrase.iter().enumerate().all(|(n, w)| tokens.get(at + n).is_some_and(|t| t.is(w)))
    };
    SPARED.iter().any(told).then(|| at..stop(tokens, at))
}

/// Where the next mark stands, or the end.
fn stop(tokens: &[Token<'_>], from: usize) -> usize {
    let marks = |t: &Token<'_>| [",", ";", ".", ":", ")", "–", "—"].iter().any(|m| t.is(m));
    (from..tokens.len()).find(|&at| tokens.get(at).is_some_and(marks)).unwrap_or(tokens.len())
}

/// "invokes Amazon Translate's `TranslateText` API", "writes the item with the PutItem API": an operation is how a part is
/// called, and no part. One that stands alone behind a verb stays: it is what is called.
fn operation(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    if !names_operation(lexicon, tokens.get(at)?) {
        return None;
    }
    let word = |at: usize, list: &[&str]| tokens.get(at).is_some_and(|t| list.contains(&t.lower.as_str()));
    let mut end = at + 1;
    while word(end, &OPERATIONS) {
        end += 1;
    }
    let api = end > at + 1;
    let before = at.checked_sub(1)?;
    if word(end, &WHOSE) {
        return None;
    }
    let named = || {
        (before.saturating_sub(NAME)..=before)
            .any(|from| match_name(lexicon, tokens, from).is_some_and(|n| from + n.length == at))
    };
    if api && (word(before, &["'s", "’s"]) || named()) {
        let start = if word(before, &["'s", "’s"]) { before } else { at };
        return Some(start..end);
    }
    let code = tokens.get(at).is_some_and(|t| t.code);
    let way = if word(before, &["the", "a", "an", "its"]) { before.checked_sub(1)? } else { before };
    // "by calling the SendMessage API"
    let calling =
        word(way, &["calling", "invoking"]) && way.checked_sub(1).is_some_and(|by| word(by, &["by"]));
    let start = if calling { way - 1 } else { way };
    ((api || code) && (calling || word(way, &WAYS)) && start > 0).then_some(start..end)
}

/// Whether a word is called as operations are: a verb and what it is done to, written as one, as in "SendMessage".
pub(super) fn names_operation(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    if token.shape != Shape::Word
        || token.named && !token.code
        || !token.text.starts_with(char::is_alphabetic)
    {
        return false;
    }
    let Some(next) = token.text.char_indices().skip(1).find(|(_, c)| c.is_uppercase()) else { return false };
    let Some((deed, rest)) = token.text.split_at_checked(next.0) else { return false };
    let base = lexicon.verb_forms(&deed.to_lowercase()).iter().any(|(_, f)| *f == Form::Base);
    let listed = ["put", "get", "batch", "list", "describe", "is", "assume", "detect", "start", "stop"];
    rest.len() > 2
        && rest.chars().any(char::is_lowercase)
        && deed.chars().skip(1).all(char::is_lowercase)
        && (base || listed.contains(&deed.to_lowercase().as_str()))
}

/// What operations of services usually do.
const DEEDS: [&str; 22] = [
    "Send", "Get", "Put", "Create", "Delete", "Update", "List", "Start", "Stop", "Describe", "Invoke",
    "Batch", "Query", "Detect", "Convert", "Publish", "Generate", "Analyze", "Receive", "Copy", "Assume",
    "Scan",
];

/// Whether a word is the name of an operation as services have them, even where nothing beside it says so.
pub(super) fn usual_operation(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    names_operation(lexicon, token) && DEEDS.iter().any(|deed| token.text.starts_with(deed))
}
