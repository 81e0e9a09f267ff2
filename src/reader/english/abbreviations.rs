//! Long forms with their abbreviation before a noun: "Internet of Things (IoT) edge servers".
//!
//! Takes sentences and leaves the abbreviation alone there, which is a word of the name like any other.

use super::lexicon::Lexicon;
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
                None => at += 1,
            }
        }
    }
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
