//! Features that are said by what somebody does, or by words that others share: "donors register", "user and order services".
//!
//! Takes phrases and says what they ask for by the names of deeds. It adds no component.

use super::clause::{deed, is_vague, nominal};
use super::features::{Ask, capability};
use super::frame::{PREPOSITIONS, chunk_end};
use super::knowledge::vocabulary;
use super::naming::{unknown, words};
use super::phrases::Phrase;
use super::words::{Mark, Token, stem};

/// Whether a noun phrase names people.
pub(super) fn names_people(tokens: &[Token], range: std::ops::Range<usize>) -> bool {
    let last = range.last().map(|i| &tokens[i]);
    last.is_some_and(|t| vocabulary().people.iter().any(|p| stem(p) == t.stem()))
}

/// Whether an object only points to something said before: "tiles it".
pub(super) fn is_pointed_at(tokens: &[Token], range: std::ops::Range<usize>) -> bool {
    range.len() == 1
        && matches!(tokens[range.start].lower.as_str(), "it" | "them" | "these" | "those" | "everything")
}

/// What people do with something behind a preposition, or with nothing: "residents apply for permits", "donors register".
pub(super) fn behind(tokens: &[Token], verb: usize, phrase: &Phrase, taken: &[usize]) -> Option<Ask> {
    let next = tokens.get(verb + 1).map_or("", |t| t.lower.as_str());
    let word = tokens[verb].lower.as_str();
    let start = verb + 2;
    if matches!(next, "for" | "to" | "on" | "about" | "at" | "through" | "over") && start < phrase.end {
        let end = chunk_end(tokens, start, phrase.end);
        if let Some((capability, _)) = capability(tokens, start..end, phrase.end) {
            return Some(Ask::Capability(capability, words(tokens, start..end, taken)));
        }
        let name = unknown(tokens, start..end, taken)?;
        return Some(Ask::Unknown(nominal(&tokens[verb], &name)));
    }
    let deed = match (word.trim_end_matches('s'), next) {
        ("log" | "sign", "in" | "on") => "sign-in".to_owned(),
        ("sign", "up") => "registration".to_owned(),
        ("check", "in" | "out") => format!("check-{next}"),
        _ if is_vague(&tokens[verb]) => return None,
        _ => deed(&tokens[verb]),
    };
    Some(named(deed))
}

/// What a name of its own asks for.
pub(super) fn named(name: String) -> Ask {
    let tokens = super::words::tokens(&name);
    match capability(&tokens, 0..tokens.len(), tokens.len()) {
        Some((capability, _)) => Ask::Capability(capability, name),
        None => Ask::Unknown(name),
    }
}

/// Whether a noun in the plural heads several parts that are only told apart before it: "user, catalog and order services".
pub(crate) fn heads_several(token: &Token) -> bool {
    const HEADS: &[&str] = &[
        "services",
        "microservices",
        "apps",
        "portals",
        "dashboards",
        "databases",
        "queues",
        "apis",
        "consoles",
        "gateways",
        "teams",
    ];
    HEADS.contains(&token.lower.as_str())
}

/// The noun that a list shares with its items, which are single words: "service" of "user" in "user, catalog and order services".
pub(super) fn shared_head(tokens: &[Token], phrase: &Phrase) -> Option<String> {
    let first = &tokens[phrase.start];
    let joins = |t: &Token| t.mark == Mark::Comma || matches!(t.lower.as_str(), "and" | "or");
    if phrase.len() != 1
        || !tokens.get(phrase.end).is_some_and(joins)
        || first.lower == "web"
        || first.lower == "mobile"
    {
        return None;
    }
    let mut run = 0;
    for token in tokens.get(phrase.end..)? {
        if joins(token) {
            run = 0;
        } else if !token.is_word() || PREPOSITIONS.contains(&token.lower.as_str()) {
            return None;
        } else if run == 1 && heads_several(token) {
            return Some(super::words::singular(&token.lower));
        } else if run >= 1 {
            return None;
        } else {
            run += 1;
        }
    }
    None
}

/// Whether a verb says what people expect, rather than what they do.
pub(super) fn is_wish(verb: &Token) -> bool {
    const WISHES: &[&str] =
        &["expect", "need", "want", "should", "must", "have", "live", "stay", "remain", "cost", "guarantee"];
    WISHES.iter().any(|w| stem(w) == verb.stem())
}
