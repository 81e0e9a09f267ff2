//! What pronouns stand for.
//!
//! Takes the meaning of a phrase and gives entities, by what was spoken of before.

use super::clauses::{NpId, Parsed};
use super::entities::EntityId;
use super::lexicon::{Frame, Pronoun};
use super::reading::{Meaning, Reading};
use crate::model::Kind;

impl Reading {
    /// The entities of several phrases.
    pub(super) fn ids_of(&mut self, meanings: &[Meaning], nps: &[NpId]) -> Vec<EntityId> {
        nps.iter().flat_map(|&np| self.ids(meanings, np)).collect()
    }

    /// The entities of a phrase, pronouns understood.
    pub(crate) fn ids(&mut self, meanings: &[Meaning], np: NpId) -> Vec<EntityId> {
        let Some(meaning) = meanings.get(np) else { return Vec::new() };
        if let Some((pronoun, quantity)) = meaning.pronoun {
            // One word means one thing, in however many clauses it stands.
            if let Some(ids) = self.taken_for.get(&np) {
                return ids.clone();
            }
            let ids = self.pronoun(pronoun, quantity);
            self.doubt_pronoun(pronoun, &ids);
            if !ids.is_empty() && pronoun == Pronoun::It {
                self.taken_for.insert(np, ids.clone());
            }
            return ids;
        }
        let replaced =
            |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.denied && e.same_as.is_none());
        if meaning.ids.iter().any(|&id| replaced(id)) && !self.listed.is_empty() {
            return self.listed.clone();
        }
        let same = |id: &EntityId| self.entities.all.get(*id).and_then(|e| e.same_as).unwrap_or(*id);
        meaning.ids.iter().map(same).collect()
    }

    fn pronoun(&mut self, pronoun: Pronoun, quantity: Option<u32>) -> Vec<EntityId> {
        let thing = |id: &EntityId| self.entities.all.get(*id).is_some_and(|e| e.kind != Kind::User);
        let several =
            |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.plural && e.replicas.is_none());
        let other = self.object.iter().any(|&id| thing(&id) && !several(id) && !self.subject.contains(&id));
        match pronoun {
            Pronoun::It => match self.subject.as_slice() {
                [only] if self.started(*only).is_some() => self.started(*only).into_iter().collect(),
                [only] if self.handed_to(*only).is_some() => self.handed_to(*only).into_iter().collect(),
                [only] if self.served(*only).is_some() => self.served(*only).into_iter().collect(),
                // "The game servers report to the results service; it writes …"
                [only] if thing(only) && !(several(*only) && other) => {
                    vec![self.rather(*only).unwrap_or(*only)]
                }
                _ => {
                    let last = self.object.iter().rev().find(|id| thing(id)).copied();
                    last.map(|last| self.rather(last).unwrap_or(last)).into_iter().collect()
                }
            },
            Pronoun::They => match quantity {
                Some(n) if n > 1 => self.last_distinct(n as usize),
                _ if self.subject.len() > 1 => self.subject.clone(),
                _ if self.named_together() => self.listed.clone(),
                _ => self
                    .subject
                    .iter()
                    .copied()
                    .filter(|id| self.entities.all.get(*id).is_some_and(|e| e.plural))
                    .collect(),
            },
            Pronoun::Both => {
                let near =
                    |id: &EntityId| self.entities.all.get(*id).is_some_and(|e| e.last + 1 >= self.sentence);
                if self.listed.len() == 2 && self.listed.iter().all(near) {
                    self.listed.clone()
                } else if self.subject.len() == 2 {
                    self.subject.clone()
                } else if self.object.len() == 2 {
                    self.object.clone()
                } else if let Some(apps) = self.apps_used() {
                    apps
                } else {
                    self.last_distinct(2)
                }
            }
            Pronoun::Latter => self.of_pair(1),
            Pronoun::Former => self.of_pair(2),
            Pronoun::There => self.sink.or(self.object.last().copied()).into_iter().collect(),
            Pronoun::Everything | Pronoun::This | Pronoun::Relative | Pronoun::Person => Vec::new(),
        }
    }

    /// The program that a client has just turned to: "the form posts to the service. It creates …".
    fn served(&self, client: EntityId) -> Option<EntityId> {
        let object = self.object.last()?;
        let kind = |id: EntityId| self.entities.all.get(id).map(|e| e.kind);
        let program = kind(*object).is_some_and(|k| k.is_compute() && k != Kind::Client);
        (kind(client) == Some(Kind::Client) && program).then_some(*object)
    }

    /// The program that was just dealt with, where what was spoken of can't do what is done: "the queue delivers the request to
    /// the worker. It uses Redis".
    fn rather(&self, spoken: EntityId) -> Option<EntityId> {
        if !self.subject_asked {
            return None;
        }
        let kind = |id: EntityId| self.entities.all.get(id).map(|e| e.kind);
        let (here, deed) = (kind(spoken)?, self.deed?);
        let unable = if here.is_store() || here == Kind::Cache {
            matches!(deed, Frame::Call | Frame::Read | Frame::Consume | Frame::Use | Frame::Tell)
        } else {
            here.is_messaging() && matches!(deed, Frame::Read | Frame::Consume | Frame::Use)
        };
        let program = |id: &EntityId| kind(*id).is_some_and(|k| k.is_compute());
        let object = self.object.last().copied().filter(program);
        object.or(self.actor.filter(program)).filter(|_| unable)
    }

    /// The program that was sent something in the same sentence for the first time: "the CMS sends a webhook to the
    /// indexer; it updates the index".
    fn handed_to(&self, sender: EntityId) -> Option<EntityId> {
        let last = self.flows.iter().next_back().filter(|f| f.span == self.span && f.from == sender)?;
        let program = self.entities.all.get(last.to).is_some_and(|e| {
            e.kind.is_compute() && e.span.start >= self.span.start && e.technologies.is_empty()
        });
        let sends = self.last_deed == Some(Frame::Send) && self.deed != Some(Frame::Send);
        (program && sends).then_some(last.to)
    }

    /// The apps that two used in the same sentence: "librarians use a console and members an app; both go through …".
    fn apps_used(&self) -> Option<Vec<EntityId>> {
        let mut last = self.flows.iter().rev().filter(|f| f.span == self.span).map(|f| f.to);
        let (second, first) = (last.next()?, last.next()?);
        let app = |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.kind == Kind::Client);
        (first != second && app(first) && app(second)).then(|| vec![first, second])
    }

    /// Whether the sentence under way named several programs as the parts of something, and nothing else several.
    fn named_together(&self) -> bool {
        let program = |id: &EntityId| {
            self.entities.all.get(*id).is_some_and(|e| e.kind.is_compute() && e.last == self.sentence)
        };
        self.subject.is_empty() && self.listed.len() > 1 && self.listed.iter().all(program)
    }

    /// The function that a workflow has just started, while it is spoken of what is done with data: "the state machine
    /// invokes the function; it reads the key".
    fn started(&self, workflow: EntityId) -> Option<EntityId> {
        let [object] = self.object.as_slice() else { return None };
        let kind = |id: EntityId| self.entities.all.get(id).map(|e| e.kind);
        let works = matches!(self.deed, Some(Frame::Read | Frame::Store | Frame::Act | Frame::Send));
        let begun = self.flows.iter().next_back().is_some_and(|f| f.from == workflow && f.to == *object);
        let both = kind(workflow) == Some(Kind::Workflow) && kind(*object) == Some(Kind::Function);
        (both && works && begun).then_some(*object)
    }

    /// The first or the last of the two that were named together last.
    fn of_pair(&self, back: usize) -> Vec<EntityId> {
        let mut stores: Vec<EntityId> = Vec::new();
        for &id in self.traces.last().map_or(&[][..], |t| t.mentions.as_slice()) {
            let keeps = self.entities.all.get(id).is_some_and(|e| e.kind.is_store() || e.kind == Kind::Cache);
            if keeps && !stores.contains(&id) {
                stores.push(id);
            }
        }
        if let [first, second] = stores.as_slice() {
            return vec![if back == 2 { *first } else { *second }];
        }
        match self.pair {
            Some((first, second)) => vec![if back == 1 { second } else { first }],
            None => self.last_stores(back),
        }
    }

    fn last_stores(&self, back: usize) -> Vec<EntityId> {
        let mut seen: Vec<EntityId> = Vec::new();
        for &id in self.recent.iter().rev() {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        let stores: Vec<EntityId> = seen
            .iter()
            .copied()
            .filter(|&id| {
                self.entities.all.get(id).is_some_and(|e| e.kind.is_store() || e.kind == Kind::Cache)
            })
            .collect();
        let from = if stores.len() >= 2 { stores } else { seen };
        from.get(back - 1).copied().into_iter().collect()
    }

    fn last_distinct(&self, n: usize) -> Vec<EntityId> {
        let mut seen: Vec<EntityId> = Vec::new();
        let passed_through =
            |id: EntityId| self.flows.iter().any(|f| f.from == id) && self.flows.iter().any(|f| f.to == id);
        for &id in self.recent.iter().rev() {
            let person = self
                .entities
                .all
                .get(id)
                .is_some_and(|e| e.kind == Kind::User || e.denied || e.last == self.sentence);
            if !seen.contains(&id) && !person && !passed_through(id) {
                seen.push(id);
            }
            if seen.len() == n {
                break;
            }
        }
        seen.reverse();
        seen
    }
}

/// Two components named together in a sentence: "the quote service and the policy service".
pub(super) fn pair(parsed: &Parsed, meanings: &[Meaning]) -> Option<(EntityId, EntityId)> {
    let adjuncts = parsed.clauses.iter().flat_map(|c| c.adjuncts.iter().map(|(_, nps)| nps));
    let parts = parsed.clauses.iter().flat_map(|c| [&c.subject, &c.object]);
    parts.chain(adjuncts).chain([&parsed.fragments]).find_map(|nps| match nps.as_slice() {
        [a, b] => match (meanings.get(*a)?.ids.as_slice(), meanings.get(*b)?.ids.as_slice()) {
            ([a], [b]) if a != b => Some((*a, *b)),
            _ => None,
        },
        _ => None,
    })
}
