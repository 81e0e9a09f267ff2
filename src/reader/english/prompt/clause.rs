//! Features that are said in clauses: who does what.
//!
//! Takes a phrase and says who acts in it and with which verb: "clerks review applications", "(a tool that) scrapes
//! targets". It decides nothing about components.

use super::super::lexicon::{Form, lexicon};
use super::frame::PREPOSITIONS;
use super::knowledge::vocabulary;
use super::phrases::{Phrase, is_empty};
use super::words::{Mark, Token, singular, stem};

/// A phrase as a clause.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// The phrase from its verb on.
    pub(crate) phrase: Phrase,
    /// The people who act.
    pub(crate) who: Option<usize>,
    /// The verb it begins with.
    pub(crate) verb: Option<usize>,
}

/// What may stand between people and what they do.
const BETWEEN: &[&str] = &["can", "could", "may", "will", "should", "must", "to", "then", "also"];

/// Reads a phrase as a clause, as far as it is one.
pub(crate) fn clause(tokens: &[Token], phrase: &Phrase) -> Clause {
    let mut phrase = phrase.clone();
    let before = |n: usize| phrase.start.checked_sub(n).and_then(|i| tokens.get(i));
    // "For birdwatchers to log sightings": whoever it is for acts.
    let meant =
        |t: &Token| are_people(t) || before(3).is_some_and(|f| f.lower == "for") && t.lower.ends_with('s');
    let bidden = before(1).is_some_and(|t| t.lower == "to") && before(2).is_some_and(meant);
    let mut who = bidden.then(|| phrase.start - 2);
    if who.is_none() && are_people(&tokens[phrase.start]) {
        let does = (phrase.start + 1..phrase.end).find(|&i| !BETWEEN.contains(&tokens[i].lower.as_str()));
        if let Some(verb) = does.filter(|&i| acts(tokens, i)) {
            who = Some(phrase.start);
            phrase.start = verb;
        }
    }
    let first = &tokens[phrase.start];
    // In a list of clauses what looks like a plural before a noun is a verb, known or not: "(that) awards badges".
    let plural = first.lower.ends_with('s')
        && !first.lower.ends_with("ss")
        && phrase.len() > 1
        && !are_people(first)
        && !are_parts(first);
    let told = who.is_some() && acts(tokens, phrase.start)
        || match tells(tokens, phrase.start) {
            Told::Clauses => plural || is_form(first, Form::Base),
            Told::Both => is_form(first, Form::Third),
            Told::Deeds => is_form(first, Form::Base) && lexicon().noun(&first.lower).is_none(),
            Told::Parts => false,
        };
    let object = tokens.get(phrase.start + 1).filter(|_| phrase.start + 1 < phrase.end);
    // "(A product that) records calls, transcribes, …".
    let named = phrase.len() == 1
        && has_deed(first)
        && matches!(tells(tokens, phrase.start), Told::Clauses | Told::Both);
    let alone = (who.is_some() || named) && object.is_none();
    let told = told || named;
    let verb = (told && (alone || object.is_some_and(|t| t.mark == Mark::Word))).then_some(phrase.start);
    Clause { phrase, who, verb }
}

/// Whether a word behind people says what they do. A word that the lexicon does not know does when it is no noun for a part
/// and has something behind it: "residents apply for permits".
fn acts(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let words = vocabulary();
    let part = words.roles.iter().chain(words.systems).chain(words.component_nouns);
    let noun = token.lower.ends_with('s') && !token.lower.ends_with("ss")
        || token.lower.ends_with("ing")
        || token.lower.ends_with("ion")
        || PREPOSITIONS.contains(&token.lower.as_str())
        || part.into_iter().any(|w| stem(w) == token.stem());
    let object = tokens.get(at + 1).is_some_and(|t| t.mark == Mark::Word);
    is_form(token, Form::Base) && (object || !noun) || object && !noun && !is_empty(&token.lower)
}

/// Whether a token names people in the plural: "clerks".
fn are_people(token: &Token) -> bool {
    let words = vocabulary();
    let known = |t: &Token| words.people.iter().chain(words.organisations).any(|p| stem(p) == t.stem());
    let several = token.lower.ends_with('s') || matches!(token.lower.as_str(), "people" | "staff");
    token.is_word() && several && known(token)
}

/// Whether a token names records or files in the plural, and is no verb.
fn are_parts(token: &Token) -> bool {
    let words = vocabulary();
    let one = singular(&token.lower);
    lexicon().verb_forms(&token.lower).is_empty()
        && words.records.iter().chain(words.files).any(|w| *w == one)
}

/// What the words before a phrase list.
enum Told {
    /// What the system or somebody does.
    Clauses,
    /// What it has, said within what it does: "(that) detects motion with AI, …" may go on either way.
    Both,
    /// What people do, with something named in between: "(residents) sign in with a card, apply for …".
    Deeds,
    /// What it has.
    Parts,
}

/// What the words before `at` list: the last of them that opens a list is "that", or "with".
fn tells(tokens: &[Token], at: usize) -> Told {
    let openers = tokens[..at].iter().rev().take_while(|t| t.mark != Mark::Stop);
    let mut nominal = false;
    for (back, token) in openers.enumerate() {
        let place = at - 1 - back;
        let does = (place + 1..at).find(|&i| !BETWEEN.contains(&tokens[i].lower.as_str()));
        if are_people(token) && does.is_some_and(|i| acts(tokens, i)) {
            return if nominal { Told::Deeds } else { Told::Clauses };
        }
        let plural =
            |back: usize| place.checked_sub(back).map(|i| tokens[i].lower.as_str()).unwrap_or_default();
        if !nominal && token.lower == "to" && plural(1).ends_with('s') && plural(2) == "for" {
            return Told::Clauses;
        }
        match token.lower.as_str() {
            "that" | "which" | "who" | "where" | "we" | "lets" | "must" | "should" if nominal => {
                return Told::Both;
            }
            "that" | "which" | "who" | "where" | "we" | "lets" | "must" | "should" => return Told::Clauses,
            "with" | "including" | "supporting" | "features" | "offering" => nominal = true,
            // "(An assistant:) records calls, …" lists what it does.
            _ if token.mark == Mark::Colon => {
                let does =
                    tokens.get(place + 1).is_some_and(|t| is_form(t, Form::Third)) || bids(tokens, place + 1);
                let object =
                    tokens.get(place + 2).is_some_and(|t| t.mark == Mark::Word && !is_form(t, Form::Gerund));
                if does && object && !nominal {
                    return Told::Clauses;
                }
                nominal = true;
            }
            _ => {}
        }
    }
    Told::Parts
}

/// Whether most items of the list from `at` on begin with a bare verb: "record calls, transcribe, search transcripts".
fn bids(tokens: &[Token], at: usize) -> bool {
    let end = (at..tokens.len()).find(|&i| tokens[i].mark == Mark::Stop).unwrap_or(tokens.len());
    let begins = |&i: &usize| {
        let joins = |t: &Token| t.mark == Mark::Comma || t.lower == "and";
        tokens[i].is_word() && tokens[i].lower != "and" && (i == at || joins(&tokens[i - 1]))
    };
    let items: Vec<usize> = (at..end).filter(begins).collect();
    let verbs = items.iter().filter(|&&i| is_form(&tokens[i], Form::Base)).count();
    items.len() > 2 && verbs * 3 >= items.len() * 2
}

/// Whether the words before a phrase list what the system has, rather than what it does.
pub(crate) fn lists_parts(tokens: &[Token], at: usize) -> bool {
    matches!(tells(tokens, at), Told::Parts)
}

/// Whether a word can be a verb in its bare form.
pub(crate) fn is_bare_verb(token: &Token) -> bool {
    is_form(token, Form::Base)
}

/// Whether what a verb does has a name of its own.
pub(crate) fn has_deed(verb: &Token) -> bool {
    let forms = lexicon().verb_forms(&verb.lower);
    let lemma = forms.first().and_then(|(v, _)| lexicon().verb(*v)).map(|v| v.lemma);
    vocabulary()
        .deeds
        .iter()
        .any(|(v, _)| Some(*v) == lemma || *v == verb.lower || Some(*v) == verb.lower.strip_suffix('s'))
}

fn is_form(token: &Token, form: Form) -> bool {
    token.is_word() && lexicon().verb_forms(&token.lower).iter().any(|(_, f)| *f == form)
}

/// Whether a verb asks for a quality of the system: "guarantees delivery".
pub(crate) fn is_vague(token: &Token) -> bool {
    vocabulary().vague.iter().any(|v| stem(v) == token.stem())
}

/// Whether a verb tells nothing that its object does not: "submit applications".
pub(crate) fn is_light(token: &Token) -> bool {
    vocabulary().light.iter().any(|v| stem(v) == token.stem())
}

/// Whether a clause only says how well something is to go: "(that) a job runs once", "guarantees".
pub(crate) fn is_quality(tokens: &[Token], range: std::ops::Range<usize>) -> bool {
    let alone = range.len() == 1;
    let past_subject = range.start + usize::from(!alone)..range.end;
    past_subject.into_iter().any(|i| {
        is_vague(&tokens[i]) && (is_form(&tokens[i], Form::Third) || alone && tokens[i].lower.ends_with('s'))
    })
}

/// From this many telling words before a figure on, a phrase asks for more than to carry it.
const SAID_BEFORE_FIGURE: usize = 2;

/// Whether a phrase only says how much is to be carried: "handle 2,000 transactions per second".
pub(crate) fn is_load(tokens: &[Token], phrase: &Phrase) -> bool {
    let mut words = tokens[phrase.start..phrase.end].iter().map(|t| t.lower.as_str());
    let figure = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    let rate =
        |w: &str| matches!(w, "per" | "second" | "seconds" | "minute" | "hour" | "day" | "daily" | "month");
    // What is said before the figure may be a feature: "takes in positions from 500 trucks a minute".
    let said = |i: usize| {
        let t = &tokens[i];
        t.is_word()
            && !is_empty(&t.lower)
            && !is_vague(t)
            && !PREPOSITIONS.contains(&t.lower.as_str())
            && t.lower != "process"
    };
    let before =
        (phrase.start..phrase.end).take_while(|&i| !figure(&tokens[i].lower)).filter(|&i| said(i)).count();
    words.clone().any(figure) && words.any(rate) && before < SAID_BEFORE_FIGURE
}

/// What is done, as a noun: "scrapes targets" → "target scraping". What is only handed over is named by itself: "raises cases" → "cases".
pub(crate) fn nominal(verb: &Token, object: &str) -> String {
    if is_light(verb) || is_empty(object) {
        return object.to_owned();
    }
    let (rest, last) = object.rsplit_once(' ').unwrap_or(("", object));
    format!("{rest} {} {}", singular(last), deed(verb)).trim_start().to_owned()
}

/// What doing something is called: "approval" of "approves", "scraping" of "scrapes".
pub(crate) fn deed(verb: &Token) -> String {
    let forms = lexicon().verb_forms(&verb.lower);
    let lemma = forms
        .first()
        .and_then(|(v, _)| lexicon().verb(*v))
        .map_or(verb.lower.trim_end_matches('s'), |v| v.lemma);
    let named = vocabulary().deeds.iter().find(|(verb, _)| *verb == lemma);
    named.map_or_else(|| gerund(lemma), |(_, noun)| (*noun).to_owned())
}

/// The `-ing` form of a verb.
fn gerund(lemma: &str) -> String {
    let bytes = lemma.as_bytes();
    let vowel = |b: u8| b"aeiou".contains(&b);
    match bytes {
        [.., a, b'e'] if !b"eoy".contains(a) => format!("{}ing", &lemma[..lemma.len() - 1]),
        [head @ .., v, c]
            if vowel(*v) && !vowel(*c) && !b"wxy".contains(c) && head.iter().all(|b| !vowel(*b)) =>
        {
            format!("{lemma}{}ing", &lemma[lemma.len() - 1..])
        }
        _ => format!("{lemma}ing"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::phrases::{opening, phrases};
    use super::super::words::tokens;
    use super::*;

    /// The last phrase's people, verb and rest.
    fn last(text: &str) -> (Option<String>, Option<String>, String) {
        let tokens = tokens(text);
        let phrases = phrases(&tokens, opening(&tokens).unwrap_or(0));
        let clause = clause(&tokens, phrases.last().unwrap());
        let word = |i: usize| tokens[i].lower.clone();
        let rest: Vec<String> = clause.phrase.range().map(word).collect();
        (clause.who.map(word), clause.verb.map(word), rest.join(" "))
    }

    #[test]
    fn who_does_what() {
        let some = |w: &str| Some(w.to_owned());
        let said = last("Design a permit portal. Clerks review applications");
        assert_eq!(said, (some("clerks"), some("review"), "review applications".to_owned()));
        let said = last("Build a portal for citizens to submit requests");
        assert_eq!(said, (some("citizens"), some("submit"), "submit requests".to_owned()));
        assert_eq!(last("Build a tool that scrapes targets").1, some("scrapes"));
        assert_eq!(last("Build a tool with order history").1, None);
    }

    #[test]
    fn verbs_become_nouns() {
        let verb = tokens("scrapes");
        assert_eq!(nominal(&verb[0], "targets"), "target scraping");
        assert_eq!(nominal(&verb[0], "price pages"), "price page scraping");
        assert_eq!(nominal(&tokens("raises")[0], "disputes"), "disputes");
        assert_eq!(gerund("scan"), "scanning");
    }
}
