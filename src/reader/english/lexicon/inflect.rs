//! Forms of verbs, and plurals of nouns by rule.

use std::borrow::Cow;

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
pub(crate) fn singulars(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let regular = word.len() >= 3 && word.ends_with('s') && !word.ends_with("ss") && word.is_ascii();
    let owner = regular && word.ends_with("'s");
    let plural = regular && !owner;
    let cut = |by: usize| word.get(..word.len().saturating_sub(by)).unwrap_or("");
    let ends = |endings: &[&str]| plural && endings.iter().any(|e| word.ends_with(e));
    let irregular = if regular { owner.then(|| Cow::Borrowed(cut(2))) } else { irregular(word) };
    let y = (ends(&["ies"]) && word.len() > 4).then(|| Cow::Owned(format!("{}y", cut(3))));
    let ex = ends(&["ices"]).then(|| Cow::Owned(format!("{}ex", cut(4))));
    let es = ends(&["ches", "shes", "sses", "xes", "zes", "uses", "oes"]).then(|| Cow::Borrowed(cut(2)));
    let s = plural.then(|| Cow::Borrowed(cut(1)));
    [irregular, y, ex, es, s].into_iter().flatten()
}

/// The singular of a plural by no rule.
fn irregular(word: &str) -> Option<Cow<'_, str>> {
    match word {
        "people" => Some(Cow::Borrowed("person")),
        "children" => Some(Cow::Borrowed("child")),
        "criteria" => Some(Cow::Borrowed("criterion")),
        _ => word.strip_suffix("men").map(|w| Cow::Owned(format!("{w}man"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singulars_of_nouns() {
        assert_eq!(singulars("queries").next().as_deref(), Some("query"));
        assert!(singulars("caches").eq(["cach", "cache"]));
        assert_eq!(singulars("databases").last().as_deref(), Some("database"));
        assert!(singulars("access").next().is_none());
    }
}
