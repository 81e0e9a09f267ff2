//! Patterns of phrases, as the data files write them and the build script takes them apart; `reader` matches them.

/// A pattern: parts that may stand in any order, each a run of words.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// As the file writes it.
    pub(crate) text: &'static str,
    /// The bits of stems that a text must have for the pattern to match at all.
    pub(crate) bits: u64,
    pub(crate) parts: &'static [&'static [Atom]],
}

/// A word of a pattern: one of these.
pub(crate) type Atom = &'static [Word];

/// An alternative of a word.
#[derive(Debug)]
pub(crate) struct Word {
    /// The stem, or the word itself where only that and its plural match.
    pub(crate) key: &'static str,
    pub(crate) exact: bool,
}
