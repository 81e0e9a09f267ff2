//! Labels of parts, made of a feature's words.
//!
//! Takes words and templates and gives labels. It decides nothing about components.

use super::knowledge::vocabulary;
use super::words::{sentence_case, singular, stem};

/// Whether an object is only pointed at.
pub(super) fn is_pronoun(object: &str) -> bool {
    matches!(object, "it" | "them" | "these" | "those" | "they" | "each" | "everything" | "all")
}

/// A label's words that say what it is about, in small letters and in their order.
pub(super) fn core_words_of(label: &str) -> Vec<String> {
    let roles = vocabulary().roles;
    let telling = |w: &&str| !roles.iter().any(|r| stem(r) == stem(w));
    label.to_lowercase().split(' ').filter(telling).map(str::to_owned).collect()
}

/// Whether words name devices: "fill-level sensors".
pub(super) fn is_device(words: &str) -> bool {
    let last = words.rsplit([' ', '-']).next().unwrap_or_default();
    let named = words.contains(' ') || stem(last) != stem("device");
    named && vocabulary().heads.iter().any(|(w, k)| *k == "device" && stem(w) == stem(last))
}

/// A label with the feature's own words in it.
pub(crate) fn fill(label: &str, words: &str) -> String {
    if !label.contains("{}") {
        return label.to_owned();
    }
    let roles = vocabulary().roles;
    let role = label.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let mut kept: Vec<String> = words.split(' ').map(str::to_owned).collect();
    while kept.len() > 1
        && kept.last().is_some_and(|w| {
            stem(w) == stem(&role) || (roles.iter().any(|r| stem(r) == stem(w)) && w != "management")
        })
    {
        kept.pop();
    }
    if let Some(last) = kept.last_mut() {
        *last = singular(last);
    }
    sentence_case(&label.replace("{}", &kept.join(" ")))
}
