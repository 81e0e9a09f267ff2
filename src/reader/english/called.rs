//! Single words that programs are called by: "Billing pulls from Kafka", "orders publishes to the bus".
//!
//! Takes sentences and marks such words where they stand for the program, and gives them. What a word is said to do at
//! one place makes it a name at others, so that this goes before all reading. It knows no entities.

use std::collections::BTreeSet;

use super::lexicon::{Closed, Form, Frame, Lexicon, Noun, match_name};
use super::sentences::Sentence;
use super::tokens::{Shape, Token};
use super::wording::singular;

/// How many words behind a verb its partner is looked for.
const REACH: usize = 7;

/// Nouns that stand without an article before a verb and name no program: what travels, and what is general.
const GENERAL: [&str; 12] = [
    "data",
    "traffic",
    "everything",
    "nothing",
    "anything",
    "everyone",
    "nobody",
    "anyone",
    "someone",
    "software",
    "access",
    "input",
];

/// Marks words that programs are called by, and gives them.
pub(super) fn mark(lexicon: &Lexicon, sentences: &mut [Sentence<'_>]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for sentence in sentences.iter() {
        let tokens = &sentence.tokens;
        let doing = (0..tokens.len()).filter(|&at| acts(lexicon, tokens, at));
        names.extend(doing.filter_map(|at| tokens.get(at)).map(|t| t.lower.clone()));
    }
    if names.is_empty() {
        return names;
    }
    for sentence in sentences.iter_mut() {
        let here: Vec<usize> = (0..sentence.tokens.len())
            .filter(|&at| stands_for(lexicon, &names, &sentence.tokens, at))
            .collect();
        for at in here {
            if let Some(token) = sentence.tokens.get_mut(at) {
                token.named = true;
            }
        }
    }
    names
}

/// Whether the word at `at` is a bare noun that is said to deal with a component.
fn acts(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> bool {
    let Some(word) = tokens.get(at).filter(|t| t.word() && !t.code && !t.named && t.lower.len() > 3) else {
        return false;
    };
    if !opens(tokens, at) || GENERAL.contains(&word.lower.as_str()) || !unlisted(lexicon, word) {
        return false;
    }
    let verb = behind_aside(tokens, at + 1);
    let Some(deed) = tokens.get(verb).filter(|t| t.word() && !t.capital()) else { return false };
    let agrees = |(verb, form): &(usize, Form)| {
        *form == Form::Third && lexicon.verb(*verb).is_some_and(|v| deals(v.lemma, v.frame))
    };
    lexicon.verb_forms(&deed.lower).iter().any(agrees) && partner(lexicon, tokens, verb + 1)
}

/// Whether a clause may begin at `at`.
fn opens(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|b| tokens.get(b)) else { return true };
    before.is(";") || before.is(":") || before.is(",") || before.is("and") || before.is("while")
}

/// Whether a noun is in no list of what is drawn, so that something else has to say that it is a thing.
fn unlisted(lexicon: &Lexicon, word: &Token<'_>) -> bool {
    let noun = lexicon.noun(&word.lower).map(|(noun, _)| noun);
    let plural = singular(&word.lower) != word.lower;
    let verb = lexicon.verb_forms(&word.lower).iter().any(|(_, f)| *f != Form::Gerund);
    match noun {
        // Several of them would "publish": the one that is called so "publishes".
        Some(Noun::Data) => plural,
        Some(_) => false,
        None => !verb && !plural && lexicon.closed(&word.lower).is_empty() && !lexicon.adjective(&word.lower),
    }
}

/// The place behind parentheses that open at `at`: "billing (Go) pulls".
fn behind_aside(tokens: &[Token<'_>], at: usize) -> usize {
    if !tokens.get(at).is_some_and(|t| t.is("(")) {
        return at;
    }
    tokens.iter().skip(at).position(|t| t.is(")")).map_or(at, |close| at + close + 1)
}

/// Whether a deed is one that programs do to others.
fn deals(lemma: &str, frame: Frame) -> bool {
    matches!(frame, Frame::Read | Frame::Consume | Frame::Call | Frame::Store)
        || matches!(lemma, "publish" | "emit" | "push" | "write" | "forward" | "post" | "have" | "own")
}

/// Whether something that is drawn stands behind a verb.
fn partner(lexicon: &Lexicon, tokens: &[Token<'_>], from: usize) -> bool {
    let until = tokens.len().min(from + REACH);
    let ends = |t: &Token<'_>| t.shape == Shape::Mark && !t.is("(") && !t.is("-");
    let reach = (from..until).take_while(|&at| tokens.get(at).is_some_and(|t| !ends(t)));
    reach.into_iter().any(|at| {
        let noun = tokens.get(at).and_then(|t| lexicon.noun(&t.lower));
        let again = tokens.get(at).is_some_and(|t| t.is("it") || t.is("them"));
        again || match_name(lexicon, tokens, at).is_some() || matches!(noun, Some((Noun::Component(_), _)))
    })
}

/// Whether a word that programs are called by means the program at `at`: alone, as who does something or is asked.
fn stands_for(lexicon: &Lexicon, names: &BTreeSet<String>, tokens: &[Token<'_>], at: usize) -> bool {
    let Some(word) = tokens.get(at).filter(|t| t.word() && names.contains(&t.lower)) else { return false };
    let closed = |t: &Token<'_>| !lexicon.closed(&t.lower).is_empty();
    let verb =
        |t: &Token<'_>, form: fn(Form) -> bool| lexicon.verb_forms(&t.lower).iter().any(|(_, f)| form(*f));
    let behind = tokens.get(behind_aside(tokens, at + 1));
    // "billing service" and "the search index" say by themselves what they are.
    let alone = behind.is_none_or(|t| !t.word() || closed(t) || verb(t, |f| f == Form::Third));
    let before = at.checked_sub(1).and_then(|b| tokens.get(b));
    let does = behind.is_some_and(|t| verb(t, |f| f == Form::Third));
    let asked = || {
        before.is_some_and(|t| {
            let calls = lexicon
                .verb_forms(&t.lower)
                .iter()
                .any(|&(v, _)| lexicon.verb(v).is_some_and(|v| matches!(v.frame, Frame::Call | Frame::Tell)));
            calls || ["to", "from", "by", "via", "through", "only"].contains(&t.lower.as_str())
        })
    };
    // "calls listings, offers and messaging"
    let listed = || {
        let joined = before.is_some_and(|t| t.is(",") || t.is("and") || t.is("+"));
        let next = |n: usize| tokens.get(n).is_some_and(|t| names.contains(&t.lower));
        joined && (at.checked_sub(2).is_some_and(next))
            || behind.is_some_and(|t| t.is(",") || t.is("and")) && next(at + 2)
    };
    let unsaid = before.is_none_or(|t| !t.word() || closed(t) || asked());
    let articled = before.is_some_and(|t| {
        lexicon.closed(&t.lower).iter().any(|c| matches!(c, Closed::Determiner(_) | Closed::Number(_)))
    });
    let data = matches!(lexicon.noun(&word.lower), Some((Noun::Data, _)));
    let meant = if data {
        does && opens(tokens, at) || asked() || listed()
    } else {
        opens(tokens, at) || asked() || listed() || does
    };
    alone && unsaid && !articled && meant
}
