//! Names written in one word: `OrdersTable`, `resize-image-function`.
//!
//! Takes the word and gives the common noun at its end, what stands before it, and the technology among its parts.

use super::super::lexicon::{Lexicon, Noun};
use super::Np;
use crate::catalog::{TechnologyEntry, catalog};
use crate::model::Kind;

/// The most parts that are looked at.
const MOST_PARTS: usize = 8;

/// Fills in what the parts of a joined name say; leaves a phrase alone whose name says nothing. `code` says that the
/// name is marked as code, where hyphens and underscores join parts, too.
pub(super) fn take_apart(lexicon: &Lexicon, written: &str, code: bool, np: &mut Np) {
    let mut parts = parts(written, code);
    if parts.len() > 2 && parts.last().is_some_and(|p| p == "db") {
        // "EventStoreDB" is an event store.
        parts.pop();
    }
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        return;
    }
    let technology = |part: &String| {
        let entry = product(part)?;
        catalog().technologies().iter().position(|t| t.id == entry.id)
    };
    for length in [2, 1] {
        let Some((before, tail)) = parts.split_at_checked(parts.len() - length) else { continue };
        if before.is_empty() {
            continue;
        }
        let head = tail.join(" ");
        // "connectionId", but not the login "BundID"
        let login = head == "id" && written.ends_with("ID");
        let noun = match lexicon.noun(&head) {
            _ if login => None,
            Some((noun @ (Noun::Component(_) | Noun::Data), _)) => Some(noun),
            _ => matches!(head.as_str(), "id" | "ids" | "arn").then_some(Noun::Data),
        };
        // No product alone says what it is: "TheHive" has nothing to do with Hive.
        let Some(noun) = noun else { continue };
        np.noun = Some(noun);
        np.head = head;
        np.technology = before.iter().rev().filter(|_| noun != Noun::Data).find_map(technology);
        np.modifiers = before.iter().filter(|part| product(part).is_none()).cloned().collect();
        np.proper = true;
        return;
    }
}

/// Fills in what a joined name before a noun says: "the `InvokeBedrockLambda` function" is the function of that name.
pub(super) fn take_modifier_apart(written: &str, code: bool, np: &mut Np) {
    let parts = parts(written, code);
    let whole = written.to_lowercase();
    if !(2..=MOST_PARTS).contains(&parts.len()) || np.modifiers != [whole] {
        return;
    }
    let own = |part: &String| product(part).is_some_and(|e| np.noun == Some(Noun::Component(e.kind)));
    let head = &np.head;
    np.modifiers = parts.iter().filter(|part| *part != head && !own(part)).cloned().collect();
}

/// The product a part names, if it is one that resources are called after: a store, a queue or a function service.
fn product(part: &str) -> Option<&'static TechnologyEntry> {
    let product =
        |e: &&TechnologyEntry| e.kind.is_store() || e.kind.is_messaging() || e.kind == Kind::Function;
    catalog().find(part).filter(product)
}

/// The parts in lower case: at capitals, and in code at hyphens and underscores.
fn parts(written: &str, code: bool) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let letters: Vec<char> = written.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        if code && matches!(letter, '-' | '_') {
            parts.push(String::new());
            continue;
        }
        if !letter.is_alphanumeric() {
            return Vec::new();
        }
        let before = at.checked_sub(1).and_then(|b| letters.get(b));
        let next_small = letters.get(at + 1).is_some_and(|l| l.is_lowercase());
        let rises = letter.is_uppercase()
            && before.is_some_and(|b| b.is_lowercase() || b.is_uppercase() && next_small);
        if rises || parts.is_empty() {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(letter.to_lowercase());
        }
    }
    parts.retain(|p| !p.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn names_fall_apart_at_capitals() {
        assert_eq!(parts("HumiditySqsQueue", false), ["humidity", "sqs", "queue"]);
        assert_eq!(parts("SQSQueue", false), ["sqs", "queue"]);
        assert_eq!(parts("resize-image_function", true), ["resize", "image", "function"]);
        assert_eq!(parts("orders-queue", false), Vec::<String>::new());
    }
}
