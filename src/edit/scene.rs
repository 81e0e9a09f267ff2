//! The architecture while sentences are worked off: what it has become, which edits led there, what was spoken of last.

use super::Refusal;
use super::newcomer::Newcomer;
use super::pattern::knowledge;
use crate::model::{Architecture, Component, ComponentIndex, Group, GroupKind, Id, Kind, Mode, Operation};
use crate::text::{Diagnostic, Span};

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) architecture: Architecture,
    pub(super) operations: Vec<Operation>,
    pub(super) remarks: Vec<Diagnostic>,
    /// What "it" stands for.
    pub(super) last: Vec<Id>,
    /// What the reason given for a wish speaks of.
    pub(super) about: Vec<Id>,
    /// The time the wish at hand is done at, again and again: "every night".
    pub(super) when: Option<String>,
    /// The subject of the sentence before: "it" where that named others too.
    pub(super) topic: Option<Id>,
    /// What the sentence at hand speaks of.
    spoken: Vec<Id>,
    /// How many operations there were before it.
    before: usize,
}

impl Scene {
    pub(super) fn new(architecture: Architecture) -> Self {
        Self {
            architecture,
            operations: Vec::new(),
            remarks: Vec::new(),
            last: Vec::new(),
            about: Vec::new(),
            when: None,
            topic: None,
            spoken: Vec::new(),
            before: 0,
        }
    }

    /// Applies an operation and keeps it.
    pub(super) fn perform(&mut self, operation: Operation) -> Result<(), Refusal> {
        self.architecture.apply(&operation).map_err(|error| {
            Refusal::hard(Diagnostic::error("BP0807", None, format!("that is not possible: {error}")))
        })?;
        self.operations.push(operation);
        Ok(())
    }

    /// Says something about the edit.
    pub(super) fn remark(
        &mut self,
        code: &'static str,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) {
        self.remarks.push(Diagnostic::info(code, span, message));
    }

    /// Keeps what "it" will stand for.
    pub(super) fn speak_of(&mut self, id: &Id) {
        self.spoken.push(id.clone());
    }

    /// Whose "its" may be meant: what the sentence spoke of last, else "it".
    pub(super) fn owner(&self) -> Option<Id> {
        self.spoken.last().or(self.last.last()).cloned()
    }

    /// Something added along with what was asked for is not what "it" means.
    pub(super) fn unspoken(&mut self, id: &Id) {
        self.spoken.retain(|spoken| spoken != id);
    }

    /// The sentence is done. The one thing that it added is "it", whatever else it named.
    pub(super) fn said(&mut self) {
        let new = |operation: &Operation| match operation {
            Operation::AddComponent { id, .. } => Some(id.clone()),
            _ => None,
        };
        let mut added: Vec<Id> = self.operations[self.before..].iter().filter_map(new).collect();
        added.retain(|id| self.spoken.contains(id));
        self.before = self.operations.len();
        if added.len() == 1 {
            self.last = added;
            self.spoken.clear();
        } else if !self.spoken.is_empty() {
            self.last = std::mem::take(&mut self.spoken);
        }
        self.last.retain(|id| self.architecture.has(id.as_str()));
    }

    pub(super) fn label(&self, id: &Id) -> String {
        self.architecture.component(id.as_str()).map_or_else(|| id.to_string(), |c| c.label.clone())
    }

    pub(super) fn kind(&self, id: &Id) -> Kind {
        self.architecture.component(id.as_str()).map_or(Kind::Other, |c| c.kind)
    }

    pub(super) fn group_of(&self, id: &Id) -> Option<Id> {
        self.architecture.component(id.as_str()).and_then(|c| c.group.clone())
    }

    fn index(&self, id: &Id) -> Option<ComponentIndex> {
        self.architecture.index_of(id.as_str())
    }

    pub(super) fn connected(&self, from: &Id, to: &Id) -> bool {
        self.index(from)
            .zip(self.index(to))
            .is_some_and(|(f, t)| self.architecture.connections_between(f, t).next().is_some())
    }

    /// The components that lead to one, each once, in order of mention.
    pub(super) fn callers(&self, id: &Id) -> Vec<Id> {
        let Some(index) = self.index(id) else { return Vec::new() };
        let all = self.architecture.connections_to(index).map(|c| self.architecture.at(c.from).id.clone());
        distinct(all)
    }

    /// The components that one leads to, each once, in order of mention.
    pub(super) fn callees(&self, id: &Id) -> Vec<Id> {
        let Some(index) = self.index(id) else { return Vec::new() };
        let all = self.architecture.connections_from(index).map(|c| self.architecture.at(c.to).id.clone());
        distinct(all)
    }

    /// The mode of the first connection between two.
    pub(super) fn mode_between(&self, from: &Id, to: &Id) -> Mode {
        let found = self
            .index(from)
            .zip(self.index(to))
            .and_then(|(f, t)| self.architecture.connections_between(f, t).next().map(|c| c.mode));
        found.unwrap_or_default()
    }

    /// Nobody waits on what passes through messaging.
    pub(super) fn usual_mode(&self, from: &Id, to: &Id) -> Mode {
        let told = self.kind(from).is_compute() && self.kind(to) == Kind::User;
        let (from, to) = (self.kind(from), self.kind(to));
        if from.is_messaging() || to.is_messaging() || to == Kind::Monitoring || told {
            Mode::Async
        } else {
            Mode::Sync
        }
    }

    /// The label an arrow to something of a kind gets when nobody says one.
    pub(super) fn usual_label(kind: Kind) -> Option<String> {
        knowledge().labels.get(kind.word()).cloned()
    }

    /// Adds something new to a group.
    pub(super) fn add(&mut self, new: &Newcomer, group: Option<Id>) -> Result<Id, Refusal> {
        let id = self.architecture.free_id(&Id::from_label(&new.label));
        let group = group.and_then(|group| self.room_for(new, &group));
        self.perform(Operation::AddComponent {
            id: id.clone(),
            label: new.label.clone(),
            kind: new.kind,
            technology: new.technology.clone(),
            group,
        })?;
        if let Some(replicas) = new.replicas {
            self.perform(Operation::SetReplicas { id: id.clone(), replicas })?;
        }
        if let Some(text) = &new.description {
            self.perform(Operation::SetDescription { id: id.clone(), description: Some(text.clone()) })?;
        }
        self.spoken.push(id.clone());
        Ok(id)
    }

    /// The innermost group around one that something new may lie in: what a provider runs lies in no cluster of one's own,
    /// and what another company runs in no place of one's own at all.
    fn room_for(&self, new: &Newcomer, group: &Id) -> Option<Id> {
        let Some(cloud) = new.managed().filter(|_| !new.kind.is_compute()) else {
            return Some(group.clone());
        };
        let place = |k: GroupKind| {
            matches!(
                k,
                GroupKind::Region
                    | GroupKind::Zone
                    | GroupKind::Cloud
                    | GroupKind::Account
                    | GroupKind::OnPremises
            )
        };
        let inner = |k: GroupKind| {
            matches!(k, GroupKind::Cluster | GroupKind::Namespace | GroupKind::Vpc | GroupKind::Subnet)
        };
        let chain: Vec<&Group> = self.architecture.group_chain(Some(group)).collect();
        // Nothing of one provider's lies with another.
        let strange = |g: &&Group| g.kind == GroupKind::Cloud && new.of_other_cloud(&g.label);
        let chain = match chain.iter().position(strange) {
            Some(at) => chain[at + 1..].to_vec(),
            None => chain,
        };
        let chain = chain.into_iter();
        let mut rest = chain.filter(|g| {
            !(inner(g.kind) && !cloud || matches!(g.kind, GroupKind::Cluster | GroupKind::Namespace))
        });
        // What another company does for us lies in no part of ours, unless its like lie there.
        let serves = !cloud && !new.kind.is_store();
        let alike = |g: &Group| {
            let mut members = self.architecture.components().filter(|c| c.group.as_ref() == Some(&g.id));
            members.any(|c| c.kind == Kind::External || self.run_by_others(c))
        };
        rest.find(|g| cloud || !place(g.kind) && (!serves || alike(g))).map(|g| g.id.clone())
    }

    /// Whether another company runs it, which is none of the clouds.
    fn run_by_others(&self, c: &Component) -> bool {
        let new = Newcomer { technology: c.technology.clone(), ..Newcomer::plain(&c.label, c.kind) };
        new.managed() == Some(false)
    }

    /// Connects two in the usual way, unless they are connected.
    pub(super) fn connect(&mut self, from: &Id, to: &Id, label: Option<String>) -> Result<(), Refusal> {
        if self.connected(from, to) {
            return Ok(());
        }
        let mode = self.usual_mode(from, to);
        self.perform(Operation::Connect { from: from.clone(), to: to.clone(), label, mode })
    }

    /// A component of that label or technology that is there already.
    pub(super) fn existing(&self, new: &Newcomer) -> Option<Id> {
        let label = super::names::stems(&new.label);
        // "an audit log of record access", where there is an audit log.
        let short = new.label.split_once(" of ").map(|(short, _)| super::names::stems(short));
        let named = |c: &Component, label: &[String]| super::names::stems(&c.label) == label;
        let all = || self.architecture.components();
        let found = all().find(|c| named(c, &label));
        let found =
            found.or_else(|| all().find(|c| short.as_ref().is_some_and(|s| s.len() > 1 && named(c, s))));
        found.map(|c| c.id.clone())
    }
}

fn distinct(ids: impl Iterator<Item = Id>) -> Vec<Id> {
    let mut out: Vec<Id> = Vec::new();
    for id in ids {
        if !out.contains(&id) {
            out.push(id);
        }
    }
    out
}
