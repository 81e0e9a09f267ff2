//! How phrases are compared. The build script makes the lexicon's tables with the same function.

/// A phrase without capitals, spaces, hyphens, dots and slashes.
pub(crate) fn normal(phrase: &str) -> String {
    phrase
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '_' | '/' | '(' | ')' | '\''))
        .flat_map(char::to_lowercase)
        .collect()
}
