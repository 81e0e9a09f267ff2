//! Tables of phrases that may be spelled in several words, as they are compared.

use std::borrow::Cow;

use super::spelling::normal;
use super::table::Table;
use crate::reader::english::tokens::Token;

/// Keys with values, sorted by key.
#[derive(Debug)]
pub(crate) struct Keys<V: 'static> {
    pub(super) table: Table<V>,
    /// Where the keys begin that start with each byte, or with a later one.
    pub(super) starts: &'static [u16; 257],
}

impl<V> Keys<V> {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'static V> {
        self.table.get(key)
    }

    /// How many of the tokens from the first on may be one key, at most: while what they spell begins a longer key, the
    /// next may belong to it. A last one may be in the plural, which no key is.
    pub(super) fn reach(&self, tokens: &[Token<'_>], most: usize) -> usize {
        let mut spelled = Cow::Borrowed("");
        let mut keys = self.table.entries();
        for (n, token) in tokens.iter().take(most).enumerate() {
            let word = normal(&token.lower);
            if let (true, Some(&byte)) = (spelled.is_empty(), word.as_bytes().first()) {
                let [start, end] =
                    [byte.into(), usize::from(byte) + 1].map(|at: usize| self.starts[at].into());
                keys = keys.get(start..end).unwrap_or_default();
            }
            spelled = if spelled.is_empty() { word } else { spelled + word };
            let start = keys.partition_point(|(key, _)| *key < &*spelled);
            keys = keys.get(start..).unwrap_or_default();
            let longer = |(key, _): &&(&str, V)| key.starts_with(&*spelled) && key.len() > spelled.len();
            if keys.iter().take(2).find(longer).is_none() {
                return n + 1;
            }
        }
        most.min(tokens.len())
    }
}
