//! Constants as Rust text.

use std::collections::BTreeMap;

#[path = "../src/reader/english/lexicon/table.rs"]
#[allow(dead_code)]
mod table;

use table::hash;

/// A string literal.
pub(crate) fn text(value: &str) -> String {
    format!("{value:?}")
}

/// A slice of values that are Rust text already.
pub(crate) fn slice(values: impl IntoIterator<Item = String>) -> String {
    let mut out = String::from("&[");
    for value in values {
        out.push_str(&value);
        out.push_str(", ");
    }
    out.push(']');
    out
}

/// A slice of string literals.
pub(crate) fn texts<'a>(values: impl IntoIterator<Item = &'a String>) -> String {
    slice(values.into_iter().map(|v| text(v)))
}

/// `Some(…)` or `None`.
pub(crate) fn option(value: Option<String>) -> String {
    value.map_or_else(|| "None".to_owned(), |v| format!("Some({v})"))
}

/// A set that keeps its order.
pub(crate) fn set(words: &[String]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for word in words {
        if !seen.contains(&word.as_str()) {
            seen.push(word);
        }
    }
    let entries = slice(seen.iter().map(|word| format!("({}, ())", text(word))));
    format!("Words::new({}, {entries})", slots(&seen))
}

/// A sorted table from words to values that are Rust text already.
pub(crate) fn keys(entries: &BTreeMap<String, String>) -> String {
    let start = |byte: usize| {
        entries.keys().filter(|key| key.bytes().next().is_none_or(|b| usize::from(b) < byte)).count()
    };
    let starts = slice((0..=256).map(|byte| start(byte).to_string()));
    format!("Keys {{ table: {}, starts: {starts} }}", map(entries))
}

/// A map from words to values that are Rust text already.
pub(crate) fn map(entries: &BTreeMap<String, String>) -> String {
    let words: Vec<&str> = entries.keys().map(String::as_str).collect();
    let entries = slice(entries.iter().map(|(word, value)| format!("({}, {value})", text(word))));
    format!("Table::new({}, {entries})", slots(&words))
}

/// Where the entries of a table stand; see `Table` in `src/reader/english/lexicon/table.rs`.
fn slots(words: &[&str]) -> String {
    let mut slots = vec![0; (2 * words.len()).next_power_of_two()];
    for (entry, word) in words.iter().enumerate() {
        let mut slot = hash(word) % slots.len();
        while slots[slot] > 0 {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = entry + 1;
    }
    slice(slots.iter().map(usize::to_string))
}

/// A class as the variants of enums are written: `definite` → `Definite`, `peak_rate` → `PeakRate`.
pub(crate) fn variant(class: &str) -> String {
    let words = class.split('_').map(|word| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    });
    words.collect()
}
