//! Words that labels say things with: reading, writing, uploading, paying. The lists are data (`assets/rules/words.yaml`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{asset, data};

fn lists() -> &'static BTreeMap<String, Vec<String>> {
    static LISTS: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    LISTS.get_or_init(|| data(asset!("rules/words")))
}

/// Whether `text` has a word of the list `list`. A word ending in `*` matches by its beginning; one with spaces
/// matches as a phrase.
pub(crate) fn says(text: &str, list: &str) -> bool {
    let Some(words) = lists().get(list) else { return false };
    let lower = text.to_lowercase();
    let tokens: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|t| !t.is_empty()).collect();
    words.iter().any(|word| match word.strip_suffix('*') {
        Some(stem) => {
            tokens.iter().any(|t| t.starts_with(stem) || t.split('-').any(|part| part.starts_with(stem)))
        }
        None if word.contains(' ') => format!(" {} ", tokens.join(" ")).contains(&format!(" {word} ")),
        None => tokens.iter().any(|t| t == word || t.split('-').any(|part| part == word)),
    })
}
