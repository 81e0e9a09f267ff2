//! Inflections of verbs by rule; what is irregular comes from the word lists.

/// The regular forms: third person, past and participle, gerund.
pub(crate) fn regular(verb: &str, doubled: bool) -> [String; 3] {
    let consonant_y = verb.ends_with('y') && !verb.chars().rev().nth(1).is_some_and(vowel);
    let sibilant = ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| verb.ends_with(e));
    let third = if consonant_y {
        format!("{}ies", &verb[..verb.len() - 1])
    } else if sibilant {
        format!("{verb}es")
    } else {
        format!("{verb}s")
    };
    let last = verb.chars().last().unwrap_or('e');
    let stem = if doubled { format!("{verb}{last}") } else { verb.to_owned() };
    let (past, gerund) = if let Some(cut) = verb.strip_suffix("ie") {
        (format!("{verb}d"), format!("{cut}ying"))
    } else if let (Some(cut), false) = (verb.strip_suffix('e'), verb.ends_with("ee")) {
        (format!("{verb}d"), format!("{cut}ing"))
    } else if verb.ends_with("ee") {
        (format!("{verb}d"), format!("{verb}ing"))
    } else if consonant_y {
        (format!("{}ied", &verb[..verb.len() - 1]), format!("{verb}ing"))
    } else {
        (format!("{stem}ed"), format!("{stem}ing"))
    };
    [third, past, gerund]
}

/// Whether some write the last letter twice before `-ed` and some do not: an `l` behind a short vowel, "label".
pub(crate) fn either(verb: &str) -> bool {
    let mut back = verb.chars().rev();
    let l = back.next() == Some('l');
    let short = back.next().is_some_and(vowel) && !back.next().is_some_and(vowel);
    l && short && verb.len() > 4
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
