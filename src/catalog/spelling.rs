//! How spellings of names are compared. The build script makes the catalog's tables with the same function.

/// A name without capitals, spaces, `-`, `_`, `.` and `/`.
pub(crate) fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '.' | '/'))
        .flat_map(char::to_lowercase)
        .collect()
}
