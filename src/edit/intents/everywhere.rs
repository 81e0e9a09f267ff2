//! A word in every name: components, groups, labels of arrows, descriptions, the title.
//!
//! Takes the old and the new word; ids stay, so that nothing else in the text moves.

use super::{Clause, taken};
use crate::edit::phrase::{self, capital, singular};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, names};
use crate::model::{Id, Operation};
use crate::text::Diagnostic;

/// The longest word that is replaced, in words.
const MAX_WORDS: usize = 4;

pub(super) fn rename(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let (old, new) = (names::bare(clause.slot("old")), names::bare(clause.slot("name")));
    let fits = |words: &[phrase::Word]| (1..=MAX_WORDS).contains(&words.len());
    if !fits(old) || !fits(new) {
        return Err(Refusal::other());
    }
    let forms = forms(&phrase::join(old).to_lowercase(), &phrase::join(new));
    let operations = operations(scene, &forms);
    if operations.is_empty() {
        let said = phrase::join(old);
        let d = Diagnostic::error("BP0802", clause.span("old"), format!("no name says “{said}”"));
        return Err(Refusal::hard(d.hint("the word is looked for in names, labels and descriptions")));
    }
    for operation in operations {
        if let Operation::Rename { id, label } = &operation {
            let other =
                scene.architecture.components().any(|c| c.id != *id && c.label.eq_ignore_ascii_case(label));
            if other {
                return Err(taken(label, clause.span("name")));
            }
        }
        scene.perform(operation)?;
    }
    Ok(())
}

/// The word as said, in the singular and in the plural, the longest first.
fn forms(old: &str, new: &str) -> Vec<(String, String)> {
    let mut forms = vec![
        (old.to_owned(), new.to_owned()),
        (plural(&singular(old)), plural(&singular(new))),
        (singular(old), singular(new)),
    ];
    forms.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    forms.dedup_by(|a, b| a.0 == b.0);
    forms
}

fn plural(word: &str) -> String {
    let vowel = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match word.strip_suffix('y') {
        Some(stem) if !vowel(stem) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

fn operations(scene: &Scene, forms: &[(String, String)]) -> Vec<Operation> {
    let a = &scene.architecture;
    let mut all = Vec::new();
    if let Some(title) = a.title.as_deref().and_then(|t| replaced(t, forms)) {
        all.push(Operation::SetTitle { title });
    }
    for g in a.groups() {
        all.extend(replaced(&g.label, forms).map(|label| Operation::RenameGroup { id: g.id.clone(), label }));
    }
    for c in a.components() {
        all.extend(replaced(&c.label, forms).map(|label| Operation::Rename { id: c.id.clone(), label }));
        let description = c.description.as_deref().and_then(|d| replaced(d, forms));
        all.extend(description.map(|d| Operation::SetDescription { id: c.id.clone(), description: Some(d) }));
    }
    for c in a.connections() {
        let (from, to): (Id, Id) = (a.at(c.from).id.clone(), a.at(c.to).id.clone());
        // All arrows between two are relabelled at once: where they say different things, they stay.
        let alike = a.connections_between(c.from, c.to).all(|other| other.label == c.label);
        let label = c.label.as_deref().filter(|_| alike).and_then(|l| replaced(l, forms));
        all.extend(label.map(|l| Operation::Relabel { from, to, label: Some(l) }));
    }
    all
}

/// The text with the word replaced wherever it stands by itself; `None` where it does not.
fn replaced(text: &str, forms: &[(String, String)]) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        let starts = before.is_none_or(|c| !c.is_alphanumeric());
        let fits = |old: &String| {
            let head = rest.get(..old.len())?;
            let after = rest.get(old.len()..)?.chars().next();
            (head.to_lowercase() == *old && after.is_none_or(|c| !c.is_alphanumeric())).then_some(head)
        };
        match forms.iter().filter(|_| starts).find_map(|(old, new)| Some((fits(old)?, new))) {
            Some((head, new)) => {
                let upper = head.starts_with(char::is_uppercase);
                out.push_str(&if upper { capital(new) } else { new.clone() });
                before = head.chars().last();
                rest = &rest[head.len()..];
                found = true;
            }
            None => {
                out.push(first);
                before = Some(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_replaced_in_both_numbers_and_cases() {
        let forms = forms("orders", "purchases");
        for (text, expected) in [
            ("Order service", Some("Purchase service")),
            ("read and write orders", Some("read and write purchases")),
            ("Border service", None),
            ("place order, reorder", Some("place purchase, reorder")),
        ] {
            assert_eq!(replaced(text, &forms).as_deref(), expected, "{text}");
        }
    }
}
