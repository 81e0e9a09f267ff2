//! Inflections of verbs and plurals of nouns, by rule; what is irregular comes from the word lists.

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `send`
    Base,
    /// `sends`
    Third,
    /// `sent` before an object: past tense. Regular verbs share it with the participle.
    Past,
    /// `sent` behind `is`.
    Participle,
    /// `sending`
    Gerund,
}

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

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Singular forms a word may have, most likely first. A word that is no plural gives none.
pub(crate) fn singulars(word: &str) -> Vec<String> {
    if word.len() < 3 || !word.ends_with('s') || word.ends_with("ss") || !word.is_ascii() {
        return match word {
            "people" => vec!["person".to_owned()],
            "children" => vec!["child".to_owned()],
            "data" | "media" | "staff" => Vec::new(),
            "indices" => vec!["index".to_owned()],
            "criteria" => vec!["criterion".to_owned()],
            _ => word.strip_suffix("men").map(|w| vec![format!("{w}man")]).unwrap_or_default(),
        };
    }
    let cut = |by: usize| word.get(..word.len().saturating_sub(by)).unwrap_or("").to_owned();
    let mut out = Vec::new();
    if word.ends_with("ies") && word.len() > 4 {
        out.push(format!("{}y", cut(3)));
    }
    if word.ends_with("ices") {
        out.push(format!("{}ex", cut(4)));
    }
    if ["ches", "shes", "sses", "xes", "zes", "uses", "oes"].iter().any(|e| word.ends_with(e)) {
        out.push(cut(2));
    }
    if word.ends_with("'s") {
        return vec![cut(2)];
    }
    out.push(cut(1));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        assert_eq!(regular("ship", true), ["ships", "shipped", "shipping"]);
        assert_eq!(regular("store", false), ["stores", "stored", "storing"]);
        assert_eq!(regular("query", false), ["queries", "queried", "querying"]);
        assert_eq!(regular("push", false), ["pushes", "pushed", "pushing"]);
        assert_eq!(regular("deploy", false), ["deploys", "deployed", "deploying"]);
    }

    #[test]
    fn singulars_of_nouns() {
        assert_eq!(singulars("queries").first().map(String::as_str), Some("query"));
        assert_eq!(singulars("caches"), ["cach", "cache"]);
        assert_eq!(singulars("databases").last().map(String::as_str), Some("database"));
        assert!(singulars("access").is_empty());
    }
}
