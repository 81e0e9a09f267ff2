//! Stretches of sentences that only measure: figures between commas, times that are asked for, counts told in passing.
//!
//! Takes the tokens of a sentence and gives the stretches that draw nothing.

use std::ops::Range;

use super::figures::{is_time, number};
use super::tokens::{Shape, Token};
use crate::model::{Dimension, Quantity};

/// Words that may stand before a figure.
const ABOUT: [&str; 12] =
    ["up", "to", "about", "around", "roughly", "nearly", "at", "most", "least", "some", "over", "almost"];
/// Who has to do something within a time.
const MODALS: [&str; 5] = ["must", "should", "shall", "has", "have"];
/// Verbs that say no more than that something is there in time.
const COMES: [&str; 8] = ["reach", "arrive", "be", "appear", "get", "show", "answer", "respond"];
/// What there may be several of.
const COPIES: [&str; 9] =
    ["replicas", "instances", "copies", "pods", "tasks", "nodes", "containers", "workers", "servers"];
/// The most words of a name that is told a count in passing.
const NAME: usize = 4;

/// "raw footage, up to 50 GB a file, goes to …": a size between commas.
pub(super) fn between_commas(tokens: &[Token<'_>]) -> Option<Range<usize>> {
    let comma = |at: usize| tokens.get(at).is_some_and(|t| t.is(","));
    (1..tokens.len()).filter(|&at| comma(at - 1)).find_map(|at| {
        let start = (at..tokens.len()).find(|&n| !ABOUT.contains(&tokens[n].lower.as_str()))?;
        let (_, counted) = number(tokens, start)?;
        let unit = tokens.get(start + counted)?;
        let sized =
            Quantity::parse(&format!("1 {}", unit.lower)).is_some_and(|q| q.dimension == Dimension::Bytes);
        let end = (start + counted..tokens.len().min(start + counted + NAME)).find(|&n| comma(n))?;
        sized.then_some(at - 1..end)
    })
}

/// "An alarm must reach the manager within one minute": what is asked of the time draws nothing by itself.
pub(super) fn demanded(tokens: &[Token<'_>]) -> Option<Range<usize>> {
    let modal = tokens.iter().position(|t| MODALS.contains(&t.lower.as_str()))?;
    let verb =
        (modal + 1..modal + 3).find(|&n| tokens.get(n).is_some_and(|t| COMES.contains(&t.lower.as_str())))?;
    let within = (verb..tokens.len()).find(|&n| {
        let led = tokens.get(n).is_some_and(|t| t.is("within") || t.is("than") || t.is("under"));
        let (value, unit) = (number(tokens, n + 1), tokens.get(n + 2));
        led && value.is_some() && unit.is_some_and(|t| is_time(&t.lower))
    })?;
    let plain = |n: usize| tokens.get(n).is_some_and(|t| t.shape != Shape::Mark);
    // A participle tells what is done as well: "must be written to the archive within a second".
    let done = tokens.get(verb).is_some_and(|t| t.is("be"))
        && tokens.get(verb + 1).is_some_and(|t| t.lower.ends_with("ed") || t.lower.ends_with("en"));
    let end = within + 3;
    ((0..end).all(plain) && !done && tokens.len() <= end).then_some(0..tokens.len())
}

/// A count that a name gets like the one before it.
pub(super) struct Likewise {
    /// Its tokens, with the comma.
    pub(super) range: Range<usize>,
    /// The tokens of the name.
    pub(super) name: Range<usize>,
    pub(super) count: f64,
}

/// "The API has six replicas, the worker three."
pub(super) fn likewise(tokens: &[Token<'_>]) -> Option<Likewise> {
    let copies = tokens.iter().position(|t| COPIES.contains(&t.lower.as_str()))?;
    number(tokens, copies.checked_sub(1)?)?;
    let comma = copies + 1;
    let opens = tokens.get(comma).is_some_and(|t| t.is(","));
    let start = comma + 1 + usize::from(tokens.get(comma + 1).is_some_and(|t| t.is("and")));
    let last = tokens.len().checked_sub(1)?;
    let (count, length) = number(tokens, last)?;
    let named = last > start && last - start <= NAME + 1 && length == 1;
    let plain = tokens.get(start..last)?.iter().all(|t| t.shape == Shape::Word);
    let led = tokens.get(start).is_some_and(|t| t.is("the") || t.is("a") || t.capital());
    (opens && named && plain && led).then_some(Likewise {
        range: comma..tokens.len(),
        name: start..last,
        count,
    })
}
