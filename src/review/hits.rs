//! What a rule's code hands back: places where it fires, places it cannot decide, and names for what its fixes add.

use std::collections::BTreeSet;

use super::case::each_once;
use super::{Fact, Level};
use crate::model::{Architecture, ComponentIndex, ConnectionIndex, Id, Operation};

/// One place where a rule fires.
#[derive(Debug, Clone, Default)]
pub(super) struct Hit {
    pub(super) components: Vec<ComponentIndex>,
    pub(super) connections: Vec<ConnectionIndex>,
    pub(super) words: Vec<(&'static str, String)>,
    pub(super) facts: Vec<Fact>,
    pub(super) level: Option<Level>,
    /// The fix's place in the rule's data, and its edits.
    pub(super) fixes: Vec<(usize, Vec<Operation>)>,
}

impl Hit {
    pub(super) fn at(component: ComponentIndex) -> Self {
        Self { components: vec![component], ..Self::default() }
    }

    pub(super) fn of(components: impl IntoIterator<Item = ComponentIndex>) -> Self {
        Self { components: each_once(components), ..Self::default() }
    }

    pub(super) fn over(mut self, connection: ConnectionIndex) -> Self {
        if !self.connections.contains(&connection) {
            self.connections.push(connection);
        }
        self
    }

    pub(super) fn word(mut self, key: &'static str, word: impl Into<String>) -> Self {
        self.words.push((key, word.into()));
        self
    }

    pub(super) fn fact(mut self, fact: Fact) -> Self {
        if !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
        self
    }

    pub(super) fn facts(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        for fact in facts {
            self = self.fact(fact);
        }
        self
    }

    pub(super) fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// A way out: the `nth` of the rule's titles (from 0).
    pub(super) fn fix(mut self, nth: usize, operations: Vec<Operation>) -> Self {
        self.fixes.push((nth, operations));
        self
    }
}

/// The places a rule found.
pub(super) struct Hits<'a> {
    pub(super) found: Vec<Hit>,
    pub(super) unknown: Vec<ComponentIndex>,
    architecture: &'a Architecture,
    reserved: &'a mut BTreeSet<Id>,
}

impl<'a> Hits<'a> {
    pub(super) fn new(architecture: &'a Architecture, reserved: &'a mut BTreeSet<Id>) -> Self {
        Self { found: Vec::new(), unknown: Vec::new(), architecture, reserved }
    }

    pub(super) fn add(&mut self, hit: Hit) {
        self.found.push(hit);
    }

    /// The rule cannot decide here: something is not known.
    pub(super) fn ask(&mut self, component: ComponentIndex) {
        if !self.unknown.contains(&component) {
            self.unknown.push(component);
        }
    }

    /// An id for a component that a fix adds; no two fixes of a review get the same.
    pub(super) fn name(&mut self, label: &str) -> Id {
        let wanted = Id::from_label(label);
        let mut id = wanted.clone();
        let mut n = 2;
        while self.architecture.has(id.as_str()) || self.reserved.contains(&id) {
            id = wanted.numbered(n);
            n += 1;
        }
        self.reserved.insert(id.clone());
        id
    }
}
