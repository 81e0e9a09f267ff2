//! Patterns of feature phrases, as the data files write them.
//!
//! A pattern is a run of words (`shopping cart`, `sign-on`), a word may have alternatives (`driver|courier`), and parts joined
//! by ` + ` may stand in any order (`track + order|parcel`). Words match whatever their inflection; `=rating` matches
//! that word and its plural only. `-` and `/` join words in texts as in patterns: `e-commerce` is a run of two.

use super::words::{Token, singular, stem};

/// Words that may stand between the words of a run without breaking it.
const SMALL: &[&str] = &["a", "an", "the", "of", "our", "your", "their", "its", "to"];

/// Where a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match {
    /// The tokens taken, ascending.
    pub(crate) tokens: Vec<usize>,
}

impl Match {
    /// The first token.
    pub(crate) fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or(0)
    }

    /// The last token.
    pub(crate) fn last(&self) -> usize {
        self.tokens.last().copied().unwrap_or(0)
    }
}

/// The first place where `pattern` matches among `tokens[range]`.
pub(crate) fn find(pattern: &str, tokens: &[Token], range: std::ops::Range<usize>) -> Option<Match> {
    let mut taken: Vec<usize> = Vec::new();
    for part in pattern.split(" + ") {
        let run = range.clone().find_map(|start| {
            let run = run_at(part, tokens, start, range.end)?;
            run.iter().all(|t| !taken.contains(t)).then_some(run)
        })?;
        taken.extend(run);
    }
    taken.sort_unstable();
    (!taken.is_empty()).then_some(Match { tokens: taken })
}

/// A run of words that starts at token `start`.
fn run_at(part: &str, tokens: &[Token], start: usize, end: usize) -> Option<Vec<usize>> {
    let mut taken = Vec::new();
    let mut at = start;
    for atom in part.split([' ', '-', '/']) {
        if !taken.is_empty() {
            while at < end
                && SMALL.contains(&tokens.get(at)?.lower.as_str())
                && !matches_word(atom, tokens.get(at)?)
            {
                at += 1;
            }
        }
        if at >= end || !matches_word(atom, tokens.get(at)?) {
            return None;
        }
        taken.push(at);
        at += 1;
    }
    Some(taken)
}

/// Whether a token is one of an atom's alternatives.
fn matches_word(atom: &str, token: &Token) -> bool {
    token.is_word()
        && atom.split('|').any(|word| match word.strip_prefix('=') {
            Some(exact) => token.lower == exact || singular(&token.lower) == exact,
            None => token.lower == word || token.stem() == stem(word),
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::words::tokens;
    use super::*;

    #[test]
    fn runs_alternatives_and_any_order() {
        let text = tokens("live tracking of the drivers with ratings");
        let all = 0..text.len();
        assert_eq!(find("track + courier|driver", &text, all.clone()).unwrap().tokens, [1, 4]);
        assert_eq!(find("tracking driver", &text, all.clone()).unwrap().tokens, [1, 4]);
        assert!(find("driver track", &text, all.clone()).is_none());
        assert!(find("=rating", &text, all.clone()).is_some());
        assert!(find("=rate", &text, all).is_none());
        let shop = tokens("an E-commerce checkout with CI/CD");
        let all = 0..shop.len();
        assert_eq!(find("e-commerce", &shop, all.clone()).unwrap().tokens, [1, 2]);
        assert_eq!(find("ci/cd", &shop, all).unwrap().tokens, [5, 6]);
    }
}
