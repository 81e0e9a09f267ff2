//! Misspelt words of the trade: "cahce" is a cache.
//!
//! Takes the words of a sentence; one that nobody knows and that is one slip away from a single known word is read as that,
//! and this is said. Names that are quoted or written in capitals are left as they are.

use std::collections::BTreeSet;

use super::bond;
use super::names::stems;
use super::pattern::knowledge;
use super::phrase::{Word, singular};
use super::scene::Scene;
use crate::catalog::catalog;
use crate::reader::english::lexicon::lexicon;

/// Shorter words have too many neighbours, in letters; with the same letters in another order one less will do.
const MIN_LENGTH: usize = 5;

/// The words as they were meant; the scene says which were read as others.
pub(super) fn corrected(scene: &mut Scene, words: Vec<Word>) -> Vec<Word> {
    if !words.iter().any(strange) {
        return words;
    }
    let known = vocabulary(scene);
    let read = |w: Word| {
        if !strange(&w) || said(&w.lower) || known.contains(&w.lower) || known.contains(&singular(&w.lower)) {
            return w;
        }
        match meant(&w.lower, &known) {
            Some(other) => {
                let text = format!("“{}” is read as “{other}”", w.text);
                scene.remark("BP0816", w.span, text);
                Word::new(other, w.span, false)
            }
            None => w,
        }
    };
    words.into_iter().map(read).collect()
}

/// Whether nothing knows the word by itself.
fn strange(word: &Word) -> bool {
    let lower = word.lower.as_str();
    !word.quoted
        && word.text == lower
        && lower.len() >= MIN_LENGTH - 1
        && lower.chars().all(|c| c.is_ascii_lowercase())
        && !lexicon().knows(lower)
        && catalog().find(lower).is_none()
}

/// The words that edits are made of, and those of the names that are there.
fn vocabulary(scene: &Scene) -> BTreeSet<String> {
    let k = knowledge();
    let said = k.heads.values().chain(k.verbs.values()).chain(k.properties.values()).flatten();
    let adjectives = k.adjectives.values().flat_map(|a| &a.words);
    let qualities = k.qualities.iter().flat_map(|q| &q.words);
    let said = said.chain(&k.starters).chain(adjectives).chain(qualities);
    let labels = scene.architecture.components().flat_map(|c| stems(&c.label));
    said.flat_map(|phrase| phrase.split([' ', '-'])).map(str::to_owned).chain(labels).collect()
}

/// The one known word that is a slip away: two letters swapped, one missing, one too many. Endings are no slips.
fn meant<'a>(word: &str, known: &'a BTreeSet<String>) -> Option<&'a str> {
    let ending = |k: &str| word.starts_with(k) || k.starts_with(word);
    let other_spelling = |k: &str| k.replace('z', "s") == word.replace('z', "s");
    let near = |k: &&String| {
        k.len() >= if swapped(k, word) { MIN_LENGTH - 1 } else { MIN_LENGTH }
            && k.bytes().next() == word.bytes().next()
            && k.len().abs_diff(word.len()) <= 1
            && !ending(k)
            && !other_spelling(k)
            // One letter for another is another word too often: "stock", "stick".
            && (k.len() != word.len() || swapped(k, word))
            && strsim::damerau_levenshtein(k, word) <= if swapped(k, word) { 2 } else { 1 }
    };
    let mut all = known.iter().filter(near);
    all.next().filter(|_| all.next().is_none()).map(String::as_str)
}

/// Whether two words have the same letters in another order.
fn swapped(a: &str, b: &str) -> bool {
    let sorted = |w: &str| {
        let mut letters: Vec<u8> = w.bytes().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// Whether the words of subjects and patterns hold it.
fn said(word: &str) -> bool {
    bond::knows(word) || knowledge().patterns().iter().any(|pattern| pattern.says(word))
}
