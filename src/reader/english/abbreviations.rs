//! Long forms with their abbreviation before a noun: "Internet of Things (IoT) edge servers", "an IoT (Internet of Things) hub".
//!
//! Takes sentences and leaves the abbreviation alone there, which is a word of the name like any other.

use super::lexicon::{Lexicon, Noun};
use super::sentences::Sentence;
use super::tokens::{Shape, Token};

/// The most letters of an abbreviation.
const LETTERS: usize = 6;

/// Takes long forms out.
pub(super) fn prepare(lexicon: &Lexicon, sentences: &mut [Sentence<'_>]) {
    for sentence in sentences {
        let mut at = 0;
        while at + 3 < sentence.tokens.len() {
            match long_form(lexicon, &sentence.tokens, at) {
                Some(start) => {
                    sentence.tokens.remove(at + 2);
                    sentence.tokens.drain(start..=at);
                    at = start;
                }
                None => match spelled_out(lexicon, &sentence.tokens, at) {
                    Some(end) => drop(sentence.tokens.drain(at..end)),
                    None => at += 1,
                },
            }
        }
    }
}

/// Where parentheses end that open at `open` and spell out the abbreviation before them, if a part's noun follows.
fn spelled_out(lexicon: &Lexicon, tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let short = tokens.get(open.checked_sub(1)?)?;
    if !tokens.get(open)?.is("(")
        || !short.word()
        || short.text.chars().filter(|c| c.is_uppercase()).count() < 2
    {
        return None;
    }
    let close = open + tokens.iter().skip(open).take(LETTERS * 2).position(|t| t.is(")"))?;
    let words = tokens.get(open + 1..close)?;
    let part = matches!(lexicon.noun(&tokens.get(close + 1)?.lower), Some((Noun::Component(_), _)));
    let told = words.len() > 1 && words.iter().all(Token::word);
    let long: String = words.iter().map(|t| t.lower.as_str()).collect();
    let mut letters = long.chars();
    let spells = short.lower.chars().all(|c| letters.any(|l| l == c))
        && long.chars().next() == short.lower.chars().next();
    (part && told && spells).then_some(close + 1)
}

/// Where the long form begins whose abbreviation stands in the parentheses that open at `open`, if a noun follows them.
fn long_form(lexicon: &Lexicon, tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let [bracket, short, close, next] = tokens.get(open..open + 4)? else { return None };
    let letters: Vec<char> = short.lower.chars().collect();
    let abbreviated = short.shape == Shape::Word
        && (2..=LETTERS).contains(&letters.len())
        && short.text.chars().filter(|c| c.is_uppercase()).count() > 1;
    let noun = next.shape == Shape::Word
        && lexicon.closed(&next.lower).is_empty()
        && (lexicon.noun(&next.lower).is_some() || lexicon.verb_forms(&next.lower).is_empty());
    if bracket.text != "(" || close.text != ")" || !abbreviated || !noun {
        return None;
    }
    let little = |t: &Token<'_>| matches!(t.lower.as_str(), "of" | "and" | "the" | "for" | "to" | "in");
    let spells = |start: usize, all: bool| {
        let words = tokens.get(start..open)?;
        let initials: Option<Vec<char>> = words
            .iter()
            .filter(|t| all || !little(t))
            .map(|t| t.lower.chars().next().filter(|_| t.shape == Shape::Word))
            .collect();
        (initials? == letters && !words.first().is_some_and(little)).then_some(start)
    };
    let longest = letters.len() * 2;
    (open.saturating_sub(longest)..open)
        .find_map(|start| spells(start, true).or_else(|| spells(start, false)))
}
