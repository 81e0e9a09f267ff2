//! The arrows of a text with an index of their ends.
//!
//! Takes flows and says which go between two entities, without looking at all others. It draws none.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::entities::EntityId;
use super::reading::Flow;
use crate::text::Span;

/// Flows in the order of the text. They are read as a slice.
#[derive(Debug, Default)]
pub(crate) struct Links {
    flows: Vec<Flow>,
    /// Where each starts, where it ends, and its place.
    index: BTreeSet<(EntityId, EntityId, usize)>,
    /// Whether ends may have changed since they were put into the index.
    changed: bool,
}

impl Deref for Links {
    type Target = [Flow];

    fn deref(&self) -> &[Flow] {
        &self.flows
    }
}

impl Extend<Flow> for Links {
    fn extend<T: IntoIterator<Item = Flow>>(&mut self, flows: T) {
        flows.into_iter().for_each(|flow| self.push(flow));
    }
}

impl<'a> IntoIterator for &'a mut Links {
    type Item = &'a mut Flow;
    type IntoIter = std::slice::IterMut<'a, Flow>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl Links {
    /// Adds a flow behind all others.
    pub(crate) fn push(&mut self, flow: Flow) {
        self.index.insert((flow.from, flow.to, self.flows.len()));
        self.flows.push(flow);
    }

    /// All flows, to be changed.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Flow> {
        self.changed = true;
        self.flows.iter_mut()
    }

    /// The flows from one entity to another, in their order.
    pub(crate) fn between(&mut self, from: EntityId, to: EntityId) -> impl Iterator<Item = &Flow> {
        self.settle();
        self.places(from, to).filter_map(|place| self.flows.get(place))
    }

    /// The flows that were drawn last, of a sentence with this span.
    pub(crate) fn drawn_last(&self, sentence: Span) -> impl Iterator<Item = &Flow> {
        let last = self.flows.iter().rev().take_while(move |f| f.span.start >= sentence.start);
        last.filter(move |f| f.span == sentence)
    }

    /// The first flow from one entity to another, whose label and manner may be changed.
    pub(crate) fn first_mut(&mut self, from: EntityId, to: EntityId) -> Option<&mut Flow> {
        self.settle();
        let place = self.places(from, to).next()?;
        self.flows.get_mut(place)
    }

    fn places(&self, from: EntityId, to: EntityId) -> impl Iterator<Item = usize> {
        self.index.range((from, to, 0)..=(from, to, usize::MAX)).map(|(_, _, place)| *place)
    }

    /// Puts what has changed into the index.
    fn settle(&mut self) {
        if std::mem::take(&mut self.changed) {
            self.index = self.flows.iter().enumerate().map(|(place, f)| (f.from, f.to, place)).collect();
        }
    }
}
