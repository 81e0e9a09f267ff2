//! Names of technologies in running text, with plurals and misspellings.

use super::{Lexicon, MAX_PHRASE, joinable, joined_lower, normal, singulars};
use crate::catalog::{catalog, nearest};
use crate::model::Kind;
use crate::reader::english::tokens::{Shape, Token};

/// How a name may be written.
#[derive(Debug)]
pub(crate) struct Spelling {
    /// The technology when written in any capitals.
    pub(super) any: Option<usize>,
    /// The technology when written exactly so.
    pub(super) exact: &'static [(&'static str, usize)],
    /// Whether it is written as several words, too.
    pub(super) spaced: bool,
}

/// A technology found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameMatch {
    /// How many tokens it takes.
    pub(crate) length: usize,
    /// Its place in the catalog's list.
    pub(crate) technology: usize,
    /// Whether it is in the plural.
    pub(crate) plural: bool,
    /// Whether it was found in spite of a misspelling.
    pub(crate) misspelt: bool,
}

impl Lexicon {
    /// The names of one word with that length and first letter.
    fn of_shape(&self, length: usize, initial: char) -> Option<&'static [(&'static str, usize)]> {
        let place = self.by_shape.binary_search_by_key(&(length, initial), |(shape, _)| *shape).ok()?;
        Some(self.by_shape.get(place)?.1)
    }
}

/// The longest technology name that begins at `at`. `inside` says whether the token is in the middle of a sentence, where
/// a capital means something.
pub(crate) fn match_name(lexicon: &Lexicon, tokens: &[Token<'_>], at: usize) -> Option<NameMatch> {
    let first = tokens.get(at)?;
    if first.shape != Shape::Word {
        return None;
    }
    let most = lexicon.names.reach(tokens.get(at..).unwrap_or_default(), MAX_PHRASE);
    let found = (1..=most).rev().find_map(|length| {
        let slice = tokens.get(at..at + length)?;
        let open = slice.iter().skip(1).any(|t| t.is("and") || t.is("or"));
        if !joinable(slice) || open || length > 1 && slice.iter().all(|t| t.text.len() == 1) {
            return None;
        }
        exact(lexicon, slice, length)
    });
    if at == 0 && found.as_ref().is_some_and(|f| f.length == 1) && opens_with_adjective(lexicon, tokens) {
        return None;
    }
    // "`apps/site`" is a folder, and no product misspelt.
    found.or_else(|| (!first.text.contains('/')).then(|| misspelt(lexicon, first)).flatten())
}

/// "Temporal and spatial data": whether a sentence's first word is an adjective of data, whatever product is called so.
fn opens_with_adjective(lexicon: &Lexicon, tokens: &[Token<'_>]) -> bool {
    let adjective = |t: &Token<'_>| {
        let word = t.lower.as_str();
        lexicon.adjective(word)
            || ["al", "ic", "ive", "ous"].iter().any(|e| word.len() > 5 && word.ends_with(e))
    };
    let between = |t: &&Token<'_>| t.is("and") || adjective(t);
    let words = tokens.iter().take_while(between).count();
    let data =
        tokens.get(words).is_some_and(|t| matches!(lexicon.noun(&t.lower), Some((super::Noun::Data, _))));
    words > 0 && data
}

fn exact(lexicon: &Lexicon, slice: &[Token<'_>], length: usize) -> Option<NameMatch> {
    let words = joined_lower(slice);
    let key = normal(&words);
    let of_plural = || singulars(&key);
    if lexicon.names.get(&key).is_none() && of_plural().all(|s| lexicon.names.get(&s).is_none()) {
        return None;
    }
    let written: String = slice.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
    let find = |key: &str, plural: bool| {
        let spelling = lexicon.names.get(key)?;
        let plain = length > 1
            && slice.iter().skip(1).all(|t| !t.capital())
            && slice.iter().all(|t| lexicon.knows(&t.lower));
        if plain && !spelling.spaced {
            return None;
        }
        let cased = spelling.exact.iter().find(|(name, place)| {
            let (name, written) = (compact(name), compact(&written));
            name == written || plural && counted(*place) && written.strip_suffix('s') == Some(name.as_str())
        });
        let technology = cased.map(|&(_, place)| place).or(spelling.any)?;
        Some(NameMatch { length, technology, plural, misspelt: false })
    };
    let single_common = length == 1
        && slice.first().is_some_and(|t| !t.capital())
        && (lexicon.noun(&words).is_some()
            || !lexicon.closed(&words).is_empty()
            || lexicon.adjective(&words));
    let verb = length == 1
        && slice.first().is_some_and(|t| t.text == t.lower)
        && !lexicon.verb_forms(&words).is_empty();
    if (single_common || verb) && lexicon.names.get(&key).is_none_or(|s| s.exact.is_empty()) {
        return None;
    }
    // "Lambda functions" is an alias of its own, and a plural all the same.
    let plural = length > 1
        && slice
            .last()
            .is_some_and(|t| matches!(lexicon.noun(&t.lower), Some((super::Noun::Component(_), true))));
    find(&key, plural).or_else(|| of_plural().find_map(|s| find(&s, true)))
}

/// Whether a system may have several of a product: "Lambdas" are, "Clerks" are people and no identity service.
fn counted(technology: usize) -> bool {
    catalog().technologies().get(technology).is_some_and(|t| {
        t.kind.is_compute() || t.kind.is_store() || t.kind.is_messaging() || matches!(t.kind, Kind::Cache)
    })
}

/// A name without spaces, hyphens and slashes, capitals kept.
fn compact(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '/' | '_')).collect()
}

/// A single unknown word that is nearly a technology's name.
fn misspelt(lexicon: &Lexicon, token: &Token<'_>) -> Option<NameMatch> {
    let key = normal(token.text);
    let length = key.chars().count();
    if !(5..=24).contains(&length)
        || lexicon.knows(&token.lower)
        || lexicon.ordinary.contains(&token.lower)
        || token.lower.contains('-')
    {
        return None;
    }
    let known_suffix = ["ing", "ed", "ly", "tion", "ment", "ness", "ity", "er", "ers", "ies", "able", "al"];
    if !token.capital() && known_suffix.iter().any(|s| key.ends_with(s)) {
        return None;
    }
    let initial = key.chars().next()?;
    let reach = if length < 8 { 1 } else { 2 };
    let candidates = (length.saturating_sub(reach)..=length + reach)
        .filter_map(|l| lexicon.of_shape(l, initial))
        .flatten()
        .filter(|(name, _)| name.chars().count() >= 5)
        .copied();
    let technology = nearest(&key, candidates)?;
    Some(NameMatch { length: 1, technology, plural: false, misspelt: true })
}
