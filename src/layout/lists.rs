//! Many short lists in one piece of memory.
//!
//! Takes pairs of a number and an item; gives, for every number, its items in the order they came in.

use std::ops::Index;

/// Lists one behind the other, and where each of them starts.
#[derive(Debug, Clone)]
pub(super) struct Lists<T> {
    start: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { start: vec![0], items: Vec::new() }
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Lists numbered below `count`, as all numbers in `pairs` must be.
    pub(super) fn new(count: usize, pairs: impl DoubleEndedIterator<Item = (usize, T)> + Clone) -> Self {
        let mut start = vec![0; count + 1];
        pairs.clone().for_each(|(at, _)| start[at] += 1);
        let mut sum = 0;
        for s in &mut start {
            sum += *s;
            *s = sum;
        }
        // From the last to the first, so that every start has come down to the first of its list.
        let mut items = vec![T::default(); sum as usize];
        for (at, item) in pairs.rev() {
            start[at] -= 1;
            items[start[at] as usize] = item;
        }
        Self { start, items }
    }

    /// All lists in turn.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        self.start.windows(2).map(|w| &self.items[w[0] as usize..w[1] as usize])
    }
}

impl<T> Index<usize> for Lists<T> {
    type Output = [T];

    fn index(&self, at: usize) -> &[T] {
        &self.items[self.start[at] as usize..self.start[at + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn items_keep_their_order() {
        let lists = Lists::new(3, [(2, 'a'), (0, 'b'), (2, 'c')].into_iter());
        assert_eq!(lists.iter().collect::<Vec<_>>(), [&['b'][..], &[], &['a', 'c']]);
        assert_eq!(&lists[2], ['a', 'c']);
    }
}
