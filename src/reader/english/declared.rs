//! Names that a text declares: in code marks, before a colon or dash that says what they are, at arrows.
//!
//! Takes sentences and marks the tokens of such names wherever they stand, so that no verb is seen in "Scan API" or in
//! `worker`. It knows no grammar but the closed classes.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{Closed, Form, Lexicon, Noun, match_name};
use super::sentences::Sentence;
use super::tokens::{Shape, Token};
use super::wording::singular;
use crate::catalog::catalog;

/// The most words of a name.
const NAME_WORDS: usize = 4;

/// Lines with a name before a colon or dash that make a list of definitions.
const DEFINITIONS: usize = 2;

/// Declared names by their first words, all in lower case.
type Names = BTreeMap<String, BTreeSet<Vec<String>>>;

/// Marks the tokens of declared names and gives the names of which lines say what they are: these are things, whatever
/// else their words may mean.
pub(super) fn mark(lexicon: &Lexicon, sentences: &mut [Sentence<'_>]) -> BTreeSet<String> {
    let mut names = Names::new();
    let mut things = BTreeSet::new();
    let mut keep = |tokens: &[Token<'_>]| {
        let words: Vec<String> = tokens.iter().map(|t| t.lower.clone()).collect();
        let first = words.first().cloned().unwrap_or_default();
        let distinct = words.len() > 1 || first.contains(['-', '_']);
        if distinct {
            names.entry(first).or_default().insert(words);
        }
    };
    let heads = sentences.iter().filter(|s| head(lexicon, &s.tokens) > 0).count();
    things.extend(links(lexicon, sentences));
    for sentence in sentences.iter_mut() {
        let tabled = sentence.tokens.iter().take_while(|t| t.named).count();
        let tabled = if sentence.tokens.get(tabled).is_some_and(|t| !t.word()) { tabled } else { 0 };
        if sentence.tokens.first().is_some_and(|t| t.named) {
            // Only tables name tokens before: "reads from `readings`".
            let code = sentence.tokens.iter().filter(|t| t.named && t.code);
            things.extend(code.map(|t| t.lower.clone()));
        }
        for token in &mut sentence.tokens {
            token.named |= token.code && token.word();
        }
        let mut found: Vec<(usize, usize)> = at_arrows(lexicon, &sentence.tokens);
        let head = head(lexicon, &sentence.tokens);
        if head > 0 && heads >= DEFINITIONS {
            found.push((0, head));
        }
        let defined = head > 0 && heads >= DEFINITIONS && acts(lexicon, &sentence.tokens, head);
        for words in [tabled, if defined { head } else { 0 }] {
            if let Some(tokens) = sentence.tokens.get(..words).filter(|t| !t.is_empty()) {
                let words: Vec<&str> = tokens.iter().map(|t| t.lower.as_str()).collect();
                things.insert(words.join(" "));
            }
        }
        for (start, end) in found {
            let Some(tokens) = sentence.tokens.get_mut(start..end) else { continue };
            tokens.iter_mut().for_each(|t| t.named = true);
            keep(tokens);
        }
    }
    for sentence in sentences.iter_mut() {
        again(&names, &mut sentence.tokens);
        for token in sentence.tokens.iter_mut().filter(|t| t.strong) {
            token.named |= things.contains(&token.lower);
        }
    }
    things
}

/// Words that stand before "service" somewhere in the text and mean nothing by themselves: elsewhere "fulfilment" alone
/// is short for "the fulfilment service", also before that is named.
pub(super) fn short_names(lexicon: &Lexicon, sentences: &[Sentence<'_>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for sentence in sentences {
        for three in sentence.tokens.windows(3) {
            let [article, word, head] = three else { continue };
            if !(article.is("the") && (head.is("service") || head.is("microservice"))) {
                continue;
            }
            let plain = word.word() && !word.code && !word.capital() && lexicon.noun(&word.lower).is_none();
            if plain && lexicon.closed(&word.lower).is_empty() && !lexicon.weak(&word.lower) {
                found.insert(word.lower.clone());
            }
        }
    }
    found
}

/// Whether a line says of the name before its colon or dash what it does, or writes it as code is written.
fn acts(lexicon: &Lexicon, tokens: &[Token<'_>], head: usize) -> bool {
    let name = tokens.get(..head).unwrap_or(&[]);
    let strong = name.iter().all(|t| t.strong);
    let defined = strong && tokens.get(head).is_some_and(|t| t.is("is"));
    let mark = tokens.iter().skip(head).position(|t| t.is(":") || ["-", "–", "—"].contains(&t.text));
    let told = mark.and_then(|at| tokens.get(head + at + 1)).is_some_and(|t| {
        let third = lexicon.verb_forms(&t.lower).iter().any(|(_, f)| *f == Form::Third);
        t.is("is") || third && (strong || lexicon.noun(&t.lower).is_none())
    });
    defined || told || name.iter().all(|t| t.code)
}

/// Marks declared names where they stand again.
fn again(names: &Names, tokens: &mut [Token<'_>]) {
    for at in 0..tokens.len() {
        let Some(same) = tokens.get(at).and_then(|t| names.get(&t.lower)) else { continue };
        let fits = |name: &&Vec<String>| {
            let here = tokens.get(at..at + name.len());
            here.is_some_and(|here| here.iter().zip(name.iter()).all(|(t, word)| t.lower == *word))
        };
        let Some(length) = same.iter().filter(fits).map(Vec::len).max() else { continue };
        for token in tokens.iter_mut().skip(at).take(length) {
            token.named = true;
        }
    }
}

/// How many tokens before a colon or dash at the beginning are a name; 0 if none are.
fn head(lexicon: &Lexicon, tokens: &[Token<'_>]) -> usize {
    if tokens.iter().any(|t| t.shape == Shape::Arrow) {
        // The name of a chain: "Query path: analysts -> Trino".
        return 0;
    }
    let words = name(lexicon, tokens);
    let strong = words > 0 && tokens.iter().take(words).all(|t| t.strong);
    let aside = tokens.get(words).filter(|t| t.is("(")).map_or(words, |_| {
        let close = tokens.iter().position(|t| t.is(")"));
        close.map_or(words, |c| c + 1)
    });
    let mark = tokens.get(aside);
    let cut = mark.is_some_and(|t| t.is(":") || t.spaced && ["-", "–", "—"].contains(&t.text));
    // "**web** is a Next.js app"
    let set_off = tokens.iter().take(words).all(|t| t.code || t.strong);
    let cut = cut || set_off && words > 0 && mark.is_some_and(|t| t.is("is"));
    let more = tokens.len() > aside + 1;
    let verb = words == 1 && tokens.first().is_some_and(|t| !strong && !t.code && only_verb(lexicon, t));
    if cut && more && !verb && (strong || tokens.first().is_some_and(|t| t.capital() || t.code)) {
        words
    } else {
        0
    }
}

/// How many tokens from the beginning on are words that may be a name.
fn name(lexicon: &Lexicon, tokens: &[Token<'_>]) -> usize {
    let open = |t: &&Token<'_>| {
        t.word() && (t.code || t.strong || lexicon.closed(&t.lower).iter().all(|c| *c == Closed::Adverb))
    };
    let words = tokens.iter().take_while(open).count();
    let told = tokens.first().is_some_and(|t| !t.code && !lexicon.closed(&t.lower).is_empty());
    if words <= NAME_WORDS && !told { words } else { 0 }
}

/// Names on both sides of arrows: where they begin and what is behind them.
fn at_arrows(lexicon: &Lexicon, tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let arrow = |t: &Token<'_>| matches!(t.shape, Shape::Arrow | Shape::BackArrow);
    let mut out = Vec::new();
    for (at, _) in tokens.iter().enumerate().filter(|(_, t)| arrow(t)) {
        let behind = tokens.get(at + 1..).unwrap_or(&[]);
        let words = name(lexicon, behind);
        if let Some(subject) = subject_of(lexicon, behind.get(..words).unwrap_or(&[])) {
            // "-> inventory reserves stock"
            out.push((at + 1, at + 1 + subject));
            continue;
        }
        let ends = behind.get(words).is_none_or(|t| t.shape != Shape::Word && !t.is("/"));
        if words > 0 && ends && !deed(lexicon, behind) {
            out.push((at + 1, at + 1 + words));
        }
        let before = tokens.get(..at).unwrap_or(&[]);
        let words = before.iter().rev().take_while(|t| t.word()).count();
        let start = at - words;
        let opens = start == 0 || tokens.get(start - 1).is_some_and(|t| t.shape != Shape::Word && !t.is("/"));
        let segment = tokens.get(start..at).unwrap_or(&[]);
        if let Some(subject) = subject_of(lexicon, segment).filter(|_| opens) {
            out.push((start, start + subject));
            continue;
        }
        // "deeds -> bucket": what is put there.
        let put = words == 1 && segment.iter().all(|t| several(lexicon, t)) && store(lexicon, tokens, at + 1);
        if put {
            continue;
        }
        if opens && words > 0 && name(lexicon, segment) == words && !deed(lexicon, segment) {
            out.push((start, at));
        }
    }
    // "collect -> enrich -> store": what is done, one after the other.
    let phase = |&&(start, end): &&(usize, usize)| {
        let base = |t: &Token<'_>| {
            !t.code
                && lexicon.verb_forms(&t.lower).iter().any(|(_, f)| matches!(f, Form::Base | Form::Gerund))
        };
        end == start + 1 && tokens.get(start).is_some_and(base)
    };
    if out.iter().filter(phase).count() >= 2.max(out.len().div_ceil(2)) {
        out.clear();
    }
    out
}

/// Single words for data that arrows lead to: what gets things is a part that is called so ("gateway -> orders -> MySQL").
fn links(lexicon: &Lexicon, sentences: &[Sentence<'_>]) -> BTreeSet<String> {
    let mut targets = BTreeSet::new();
    for sentence in sentences {
        let tokens = &sentence.tokens;
        let arrow = |at: usize| tokens.get(at).is_some_and(|t| t.shape == Shape::Arrow);
        for (start, _) in at_arrows(lexicon, tokens).into_iter().filter(|(start, end)| *end == start + 1) {
            let reached = start.checked_sub(1).is_some_and(arrow);
            let data = |t: &&Token<'_>| matches!(lexicon.noun(&t.lower), Some((Noun::Data, _)));
            targets.extend(tokens.get(start).filter(|_| reached).filter(data).map(|t| t.lower.clone()));
        }
    }
    targets
}

/// How many words before a verb in the third person say who does it: "payment charges the card"; nothing without a verb.
fn subject_of(lexicon: &Lexicon, words: &[Token<'_>]) -> Option<usize> {
    let does = |t: &Token<'_>| {
        let third = lexicon.verb_forms(&t.lower).iter().any(|(_, f)| *f == Form::Third);
        third && !t.capital() && !t.code && !matches!(lexicon.noun(&t.lower), Some((Noun::Component(_), _)))
    };
    let at = words.iter().skip(1).position(does)? + 1;
    (at + 1 < words.len() && at <= 2).then_some(at)
}

/// Whether a word is a plural of no list.
fn several(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    let listed = matches!(lexicon.noun(&token.lower), Some((noun, _)) if noun != Noun::Data);
    !token.code && !listed && singular(&token.lower) != token.lower
}

/// Whether a store stands at `at`: a product that keeps data, or a noun for one.
fn store(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> bool {
    let keeps =
        |technology: usize| catalog().technologies().get(technology).is_some_and(|t| t.kind.is_store());
    let noun =
        |t: &Token<'_>| matches!(lexicon.noun(&t.lower), Some((Noun::Component(kind), _)) if kind.is_store());
    match match_name(lexicon, tokens, at) {
        Some(name) => keeps(name.technology),
        None => tokens.iter().skip(at).take_while(|t| t.word()).last().is_some_and(noun),
    }
}

/// Whether words say what is done rather than who does it: "user -> uploads a photo".
fn deed(lexicon: &Lexicon, tokens: &[Token<'_>]) -> bool {
    let Some(first) = tokens.first() else { return false };
    let third = lexicon.verb_forms(&first.lower).iter().any(|(_, f)| *f == Form::Third);
    third && lexicon.noun(&first.lower).is_none() && !first.capital() && !first.code && tokens.len() > 1
}

/// Whether a word is a verb and no noun: "Reads: …", "Enrich: …".
fn only_verb(lexicon: &Lexicon, token: &Token<'_>) -> bool {
    let forms = lexicon.verb_forms(&token.lower);
    let finite = forms.iter().any(|(_, f)| matches!(f, Form::Third | Form::Base));
    finite && !matches!(lexicon.noun(&token.lower), Some((Noun::Component(_), _)))
}
