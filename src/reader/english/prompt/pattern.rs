//! Patterns of feature phrases, as the data files write them.
//!
//! A pattern is a run of words (`shopping cart`, `sign-on`), a word may have alternatives (`driver|courier`), and parts joined
//! by ` + ` may stand in any order (`track + order|parcel`). Words match whatever their inflection; `=rating` matches
//! that word and its plural only. `-` and `/` join words in texts as in patterns: `e-commerce` is a run of two.

use super::words::{Token, singular};
use crate::catalog::{Atom, Pattern};

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

/// The bits of all tokens, by which most patterns are ruled out.
pub(crate) fn bits(tokens: &[Token]) -> u64 {
    tokens.iter().fold(0, |bits, t| bits | t.bit)
}

/// The first place where `pattern` matches among `tokens[range]`.
pub(crate) fn find(pattern: &Pattern, tokens: &[Token], range: std::ops::Range<usize>) -> Option<Match> {
    if pattern.bits & !bits(tokens.get(range.clone())?) != 0 {
        return None;
    }
    let mut taken: Vec<usize> = Vec::new();
    for part in pattern.parts {
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
fn run_at(part: &[Atom], tokens: &[Token], start: usize, end: usize) -> Option<Vec<usize>> {
    let mut taken = Vec::new();
    let mut at = start;
    for atom in part {
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
fn matches_word(atom: Atom, token: &Token) -> bool {
    token.is_word()
        && atom.iter().any(|w| {
            if w.exact {
                // A plural begins like its singular.
                let near = token.lower.as_bytes().first() == w.key.as_bytes().first();
                near && (token.lower == w.key || singular(&token.lower) == w.key)
            } else {
                token.stem() == w.key
            }
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::words::tokens;
    use super::*;

    /// A pattern of the data files.
    fn known(text: &str) -> &'static Pattern {
        let capabilities = crate::catalog::capabilities().iter().flat_map(|c| c.phrases);
        let designs = crate::catalog::designs().iter().flat_map(|d| d.keywords);
        capabilities.chain(designs).find(|p| p.text == text).unwrap()
    }

    fn taken(pattern: &str, text: &str) -> Option<Vec<usize>> {
        let tokens = tokens(text);
        find(known(pattern), &tokens, 0..tokens.len()).map(|m| m.tokens)
    }

    #[test]
    fn runs_alternatives_and_any_order() {
        assert_eq!(taken("change data capture", "captures of the data change"), None);
        assert_eq!(taken("change data capture", "Changing the data, captured"), None, "a comma breaks a run");
        assert_eq!(taken("change data capture", "for changed data captures").unwrap(), [1, 2, 3]);
        assert_eq!(taken("two-phase commit", "with two phase commits").unwrap(), [1, 2, 3]);
        assert_eq!(taken("break up + monolith", "our monolith is to be broken, break it up"), None);
        assert_eq!(taken("break up + monolith", "a monolith to break up").unwrap(), [1, 3, 4]);
        assert_eq!(taken("materialized|materialised view", "materialised views").unwrap(), [0, 1]);
        assert_eq!(taken("ci/cd", "checkout with CI/CD").unwrap(), [2, 3]);
    }
}
