//! Forms of verbs, and plurals of nouns by rule.

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
    fn singulars_of_nouns() {
        assert_eq!(singulars("queries").first().map(String::as_str), Some("query"));
        assert_eq!(singulars("caches"), ["cach", "cache"]);
        assert_eq!(singulars("databases").last().map(String::as_str), Some("database"));
        assert!(singulars("access").is_empty());
    }
}
