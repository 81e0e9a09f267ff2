//! Stems of words. The build script writes the patterns of the data files down with the same functions.

/// A word without its plural, `-ing`, `-ed`, final `e` and `y`, so that "schedules", "scheduling" and "scheduled"
/// meet. Only ever a prefix of the word, and never shorter than three letters.
pub(crate) fn stem(word: &str) -> &str {
    if !word.is_ascii() || word.len() <= 3 {
        return word;
    }
    if let Some(rest) = word.strip_suffix("ies").filter(|r| r.len() >= 3) {
        return rest;
    }
    let word = match word.strip_suffix('s') {
        Some(rest) if !rest.ends_with(['s', 'u', 'i']) => rest,
        _ => word,
    };
    for ending in ["ing", "ed"] {
        if let Some(rest) = word.strip_suffix(ending).filter(|r| r.len() >= 3 && has_vowel(r)) {
            return undouble(rest).strip_suffix('e').filter(|r| r.len() >= 3).unwrap_or(undouble(rest));
        }
    }
    if let Some(rest) = word.strip_suffix('e').filter(|r| r.len() >= 3) {
        return rest;
    }
    match word.strip_suffix('y') {
        Some(rest) if rest.len() >= 4 && !rest.ends_with(['a', 'e', 'o', 'u']) => rest,
        _ => word,
    }
}

fn has_vowel(word: &str) -> bool {
    word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn undouble(word: &str) -> &str {
    let bytes = word.as_bytes();
    match bytes {
        [.., a, b] if a == b && !b"lszaeiou".contains(b) && bytes.len() > 3 => &word[..word.len() - 1],
        _ => word,
    }
}

/// One of 64 bits for a stem, by which most patterns are ruled out without comparing words (FNV-1a).
pub(crate) fn bit(stem: &str) -> u64 {
    let hash = stem
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    1 << (hash >> 58)
}
