//! Words with values, found by a hash. The build script lays the tables out with the same hash, so none is filled at start.

/// Words with values, in the order of their file.
#[derive(Debug)]
pub(crate) struct Table<V: 'static> {
    /// A power of two of places, each holding one more than the number of an entry, or nothing. An entry stands at the
    /// place of its hash or, where that is taken, at the next free one behind it; some places are always free.
    slots: &'static [u16],
    entries: &'static [(&'static str, V)],
}

impl<V> Table<V> {
    /// What the build script wrote down.
    pub(crate) const fn new(slots: &'static [u16], entries: &'static [(&'static str, V)]) -> Self {
        Self { slots, entries }
    }

    /// The value of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&'static V> {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = hash(word) & last;
        loop {
            let entry = usize::from(*self.slots.get(slot)?);
            let (known, value) = self.entries.get(entry.checked_sub(1)?)?;
            if *known == word {
                return Some(value);
            }
            slot = (slot + 1) & last;
        }
    }

    /// The words with their values, one by one.
    pub(crate) const fn entries(&self) -> &'static [(&'static str, V)] {
        self.entries
    }
}

/// The hash of a word: of its length, its first and its last bytes. Long words that differ only in the middle are rare.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn hash(word: &str) -> usize {
    let bytes = word.as_bytes();
    let (first, last) =
        match (bytes.first_chunk(), bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last), ..) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            (_, _, Some(first), Some(last)) => {
                (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
            }
            _ => (bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
        };
    let mixed =
        (first ^ last.rotate_left(23) ^ (bytes.len() as u64) << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize
}
