//! How phrases are compared. The build script makes the lexicon's tables with the same function.

use std::borrow::Cow;

/// A phrase without capitals, spaces, hyphens, dots and slashes.
pub(crate) fn normal(phrase: &str) -> Cow<'_, str> {
    if phrase.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(phrase);
    }
    let mut out = String::with_capacity(phrase.len());
    for c in phrase.chars() {
        match c {
            ' ' | '-' | '.' | '_' | '/' | '(' | ')' | '\'' => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    Cow::Owned(out)
}
