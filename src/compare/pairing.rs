//! Which component and group of the new architecture is which of the old one.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Architecture, Component, ComponentIndex, Group, Id};

/// From this likeness on, two components with different ids are taken for the same.
const ALIKE: f64 = 0.62;
/// Up to this many pairs likeness is worked out; beyond, only equal labels are paired.
const MAX_PAIRS: usize = 250_000;

/// Who is who: old and new ids of what is in both.
#[derive(Debug, Clone, Default)]
pub struct Pairing {
    new_of: BTreeMap<Id, Id>,
    old_of: BTreeMap<Id, Id>,
}

impl Pairing {
    /// Pairs by id, then by likeness, the likest first.
    #[must_use]
    pub fn of(old: &Architecture, new: &Architecture) -> Self {
        let mut pairing = Self::default();
        for c in old.components().filter(|c| new.component(c.id.as_str()).is_some()) {
            pairing.join(&c.id, &c.id);
        }
        for g in old.groups().iter().filter(|g| new.group(g.id.as_str()).is_some()) {
            pairing.join(&g.id, &g.id);
        }
        pairing.components(old, new);
        pairing.groups(old, new);
        pairing
    }

    /// The new id of something old.
    #[must_use]
    pub fn new_of(&self, old: &Id) -> Option<&Id> {
        self.new_of.get(old)
    }

    /// The old id of something new.
    #[must_use]
    pub fn old_of(&self, new: &Id) -> Option<&Id> {
        self.old_of.get(new)
    }

    /// The new id where there is one, else the old.
    pub(super) fn current<'a>(&'a self, old: &'a Id) -> &'a Id {
        self.new_of(old).unwrap_or(old)
    }

    fn join(&mut self, old: &Id, new: &Id) {
        self.new_of.insert(old.clone(), new.clone());
        self.old_of.insert(new.clone(), old.clone());
    }

    fn components(&mut self, old: &Architecture, new: &Architecture) {
        let gone: Vec<_> = old.indexed().filter(|(_, c)| self.new_of(&c.id).is_none()).collect();
        let come: Vec<_> = new.indexed().filter(|(_, c)| self.old_of(&c.id).is_none()).collect();
        let all = gone.len().saturating_mul(come.len()) <= MAX_PAIRS;
        let mut by_label: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, (_, c)) in come.iter().enumerate() {
            by_label.entry(plain(&c.label)).or_default().push(n);
        }
        let mut pairs = Vec::new();
        for (o, (oi, a)) in gone.iter().enumerate() {
            let candidates = match by_label.get(&plain(&a.label)) {
                _ if all => (0..come.len()).collect(),
                Some(same) => same.clone(),
                None => Vec::new(),
            };
            for n in candidates {
                let (ni, b) = come[n];
                let score = self.likeness((old, *oi, a), (new, ni, b));
                if score >= ALIKE {
                    pairs.push((score, o, n));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, o, n) in pairs {
            let (from, to) = (gone[o].1.id.clone(), come[n].1.id.clone());
            if self.new_of(&from).is_none() && self.old_of(&to).is_none() {
                self.join(&from, &to);
            }
        }
    }

    /// Between 0 and 1: the label weighs most, then the neighbours, then kind and technology.
    fn likeness(
        &self,
        (old, oi, a): (&Architecture, ComponentIndex, &Component),
        (new, ni, b): (&Architecture, ComponentIndex, &Component),
    ) -> f64 {
        let label = strsim::normalized_damerau_levenshtein(&plain(&a.label), &plain(&b.label));
        let technology = match (&a.technology, &b.technology) {
            (Some(x), Some(y)) => f64::from(x == y),
            (None, None) => 0.5,
            _ => 0.0,
        };
        let before: BTreeSet<(bool, Id)> = around(old, oi)
            .into_iter()
            .filter_map(|(out, id)| Some((out, self.new_of(&id)?.clone())))
            .collect();
        let after: BTreeSet<(bool, Id)> = around(new, ni).into_iter().collect();
        let union = before.union(&after).count();
        #[allow(clippy::cast_precision_loss)]
        let neighbours =
            if union == 0 { 0.5 } else { before.intersection(&after).count() as f64 / union as f64 };
        0.45 * label + 0.15 * f64::from(a.kind == b.kind) + 0.15 * technology + 0.25 * neighbours
    }

    /// Groups are the same when kind and label are, or else when they hold the same members.
    fn groups(&mut self, old: &Architecture, new: &Architecture) {
        let free: Vec<&Group> = old.groups().iter().filter(|g| self.new_of(&g.id).is_none()).collect();
        for by_members in [false, true] {
            for &g in &free {
                if self.new_of(&g.id).is_some() {
                    continue;
                }
                let before: BTreeSet<_> =
                    old.members(&g.id).filter_map(|c| self.new_of(&c.id).cloned()).collect();
                let same = new.groups().iter().find(|h| {
                    let members: BTreeSet<_> = new.members(&h.id).map(|c| c.id.clone()).collect();
                    self.old_of(&h.id).is_none()
                        && g.kind == h.kind
                        && if by_members {
                            !before.is_empty() && before == members
                        } else {
                            plain(&g.label) == plain(&h.label)
                        }
                });
                if let Some(h) = same.map(|h| h.id.clone()) {
                    self.join(&g.id, &h);
                }
            }
        }
    }
}

fn plain(label: &str) -> String {
    label
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn around(a: &Architecture, index: ComponentIndex) -> Vec<(bool, Id)> {
    let out = a.connections_from(index).map(|c| (true, a.at(c.to).id.clone()));
    out.chain(a.connections_to(index).map(|c| (false, a.at(c.from).id.clone()))).collect()
}
