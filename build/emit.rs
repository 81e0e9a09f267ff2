//! Constants as Rust text.

use std::collections::BTreeMap;

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
    let mut set = phf_codegen::OrderedSet::new();
    let mut seen = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
            set.entry(word.as_str());
        }
    }
    format!("Words::new({})", set.build())
}

/// A sorted table from words to values that are Rust text already.
pub(crate) fn keys(entries: &BTreeMap<String, String>) -> String {
    format!("Keys({})", slice(entries.iter().map(|(key, value)| format!("({}, {value})", text(key)))))
}

/// A map from words to values that are Rust text already.
pub(crate) fn map(entries: &BTreeMap<String, String>) -> String {
    let mut map = phf_codegen::Map::new();
    for (key, value) in entries {
        map.entry(key.as_str(), value.as_str());
    }
    map.build().to_string()
}

/// A class as the variants of enums are written: `definite` → `Definite`, `peak_rate` → `PeakRate`.
pub(crate) fn variant(class: &str) -> String {
    let words = class.split('_').map(|word| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    });
    words.collect()
}
