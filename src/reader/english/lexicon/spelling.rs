//! How phrases are compared. The build script makes the lexicon's tables with the same function.

/// A phrase without capitals, spaces, hyphens, dots and slashes.
pub(crate) fn normal(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    for c in phrase.chars() {
        match c {
            ' ' | '-' | '.' | '_' | '/' | '(' | ')' | '\'' => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}
