//! Amounts of money in other currencies than dollars, which no price here is in.
//!
//! Takes tokens and gives budgets as they are written: a budget in euros is shown and asked no more, but not compared with
//! prices in dollars. What is paid today is no budget.

use super::facts::{WORDS, fact, span_of};
use super::figures::number;
use super::lexicon::joined_lower;
use super::rates::has;
use super::tokens::Token;
use crate::model::{Value, WorkloadFact, WorkloadKey};

const CURRENCIES: [&str; 10] =
    ["euro", "euros", "eur", "pounds", "gbp", "francs", "chf", "yen", "rupees", "kronor"];
/// For what an amount may be: "0.15 euros per device and month".
const PER: [&str; 4] = ["per", "a", "an", "each"];
/// How many words before an amount say whether it may be spent.
const BEFORE: usize = 8;

/// What an amount in another currency says, if one stands there: a budget, or nothing.
pub(super) fn foreign_money(tokens: &[Token<'_>], at: usize) -> Option<Option<(WorkloadFact, usize)>> {
    let (_, counted) = number(tokens, at)?;
    let unit = at + counted;
    if !tokens.get(unit).is_some_and(|t| CURRENCIES.contains(&t.lower.as_str())) {
        return None;
    }
    let mut end = unit + 1;
    while tokens.get(end).is_some_and(|t| PER.contains(&t.lower.as_str())) && end + 1 < tokens.len() {
        end += 2;
        if tokens.get(end).is_some_and(|t| t.is("and"))
            && tokens
                .get(end + 1)
                .is_some_and(|t| matches!(t.lower.as_str(), "month" | "year" | "day" | "week"))
        {
            end += 2;
        }
    }
    let before = format!(" {} ", joined_lower(tokens.get(at.saturating_sub(BEFORE)..at)?));
    let behind = format!(" {} ", joined_lower(tokens.get(end..(end + 3).min(tokens.len()))?));
    let clause = before.rsplit([',', ';']).next().unwrap_or(&before);
    if has(&format!(" {} ", clause.trim()), WORDS.hints.paid) {
        return Some(None);
    }
    let allowed = has(&before, WORDS.hints.allowed) || has(&behind, &["budget", "may be spent"]);
    let slice = tokens.get(at..end)?;
    let text: Vec<&str> = slice.iter().map(|t| t.text).collect();
    let budget = || Some((fact(WorkloadKey::Budget, Value::Text(text.join(" ")), span_of(slice)?), end - at));
    Some(if allowed { budget() } else { None })
}
