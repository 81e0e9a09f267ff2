//! What a well-known feature brings along: payments a provider and a ledger, recommendations their candidates.
//!
//! Takes something new that hangs on nothing yet; the capabilities (`assets/capabilities`) say which other components it
//! works with and what the arrows between them carry. What is there already is used, not added again.

use super::Refusal;
use super::anchor::akin;
use super::newcomer::Newcomer;
use super::pattern::knowledge;
use super::present::says_kind_only;
use super::scene::Scene;
use crate::catalog::{Capability, catalog};
use crate::model::{Component, Id, Kind, Mode, Operation};
use crate::reader::english::prompt::capability;

/// A well-known feature.
pub(super) struct Known {
    capability: &'static Capability,
    key: &'static str,
    kind: Kind,
    /// What its main component is usually called.
    label: &'static str,
}

/// The capability that something new is, if its name says so.
pub(super) fn known(new: &Newcomer) -> Option<Known> {
    if new.technology.is_some() || !matches!(new.kind, Kind::Service | Kind::Other | Kind::Identity) {
        return None;
    }
    let general: Vec<String> =
        knowledge().generic_heads.iter().chain(&knowledge().empty_heads).cloned().collect();
    // "a transformation layer" transforms anything, and no data lake comes with it.
    let said: Vec<String> =
        super::names::stems(&new.label).into_iter().filter(|w| !general.contains(w)).collect();
    if matches!(said.as_slice(), [word] if knowledge().many_things.contains(word)) {
        return None;
    }
    let capability = capability(&new.label, &general)?;
    let (key, part) = capability.components.first()?;
    if new.kind == Kind::Identity && part.kind == Kind::Identity {
        return None;
    }
    Some(Known { capability, key, kind: part.kind, label: part.label })
}

impl Known {
    /// The usual kind, where the words do not tell another.
    pub(super) fn kind(&self, new: &Newcomer) -> Kind {
        if new.kind == Kind::Identity {
            return self.kind;
        }
        if new.kind_told || !(self.kind.is_compute() || self.kind == Kind::Ml) { new.kind } else { self.kind }
    }

    /// Whether people ask for it where they come in: orders, payments.
    pub(super) fn asked_for(&self) -> bool {
        self.capability.flows.iter().any(|f| f.to == self.key && f.from == "entry")
    }

    /// Whether it is a step of signing in.
    pub(super) fn is_step(&self) -> bool {
        self.capability.flows.iter().any(|f| f.to == self.key && f.from == "auth")
    }

    /// The one that signs people in, where this is a step of that.
    pub(super) fn asked_by(&self, scene: &Scene) -> Option<Id> {
        let step = self.is_step();
        let mut all = scene.architecture.components().filter(|c| step && c.kind == Kind::Identity);
        all.next().map(|c| c.id.clone())
    }

    /// The main component, when it is there under its usual name and the words ask for no more than it.
    pub(super) fn there(&self, scene: &Scene, new: &Newcomer) -> Option<Id> {
        let usual = super::names::stems(self.label);
        let general = |w: &String| knowledge().generic_heads.contains(w);
        let mut said = super::names::stems(&new.label).into_iter().filter(|w| !general(w));
        if !said.all(|w| usual.iter().any(|u| akin(u, &w))) {
            return None;
        }
        let runs = self.kind.is_compute() || self.kind == Kind::Ml;
        named(scene, self.label).filter(|_| runs)
    }

    /// What an arrow from the component it hangs on carries.
    pub(super) fn label(&self) -> Option<String> {
        let mut inward = self
            .capability
            .flows
            .iter()
            .filter(|f| f.to == self.key && matches!(f.from, "entry" | "core" | "auth"));
        inward.next().and_then(|f| said(f.label))
    }

    /// Whether it brings a store of its own.
    pub(super) fn keeps_data(&self) -> bool {
        self.capability.components.iter().any(|(_, part)| part.kind.is_store())
    }

    /// Adds what it works with: what it calls itself, and, where something of the kind is there, what feeds it.
    pub(super) fn bring(&self, scene: &mut Scene, id: &Id, group: Option<&Id>) -> Result<(), Refusal> {
        for f in self.capability.flows {
            let other = if f.from == self.key {
                f.to
            } else if f.to == self.key {
                f.from
            } else {
                continue;
            };
            let Some(part) = self.capability.components.get(other) else { continue };
            let (kind, label) = (part.kind, part.label);
            let there = find(scene, kind, label).or_else(|| self::alike(scene, kind, label, id));
            let to = match there {
                Some(there) => there,
                None if f.from == self.key && !label.contains("{}") => {
                    let new = Newcomer::plain(label, kind);
                    let spoken = scene.add(&new, home(scene, kind, group))?;
                    scene.unspoken(&spoken);
                    spoken
                }
                None => continue,
            };
            let (from, to) = if f.from == self.key { (id.clone(), to) } else { (to, id.clone()) };
            if from != to && !scene.connected(&from, &to) {
                let label = said(f.label);
                let mode = if f.mode == Mode::Async { f.mode } else { scene.usual_mode(&from, &to) };
                scene.perform(Operation::Connect { from, to, label, mode })?;
            }
        }
        Ok(())
    }
}

/// "Object storage" is any storage: the one that what it hangs on works with, or the only one there is.
fn alike(scene: &Scene, kind: Kind, label: &str, id: &Id) -> Option<Id> {
    if kind != Kind::Storage || !says_kind_only(label, kind, None) {
        return None;
    }
    let used = scene.callers(id).into_iter().flat_map(|by| scene.callees(&by)).chain(scene.callees(id));
    let mut used: Vec<Id> = used.filter(|c| scene.kind(c) == kind).collect();
    used.reverse();
    let only = || {
        let mut all = scene.architecture.components().filter(|c| c.kind == kind);
        all.next().filter(|_| all.next().is_none()).map(|c| c.id.clone())
    };
    used.into_iter().next().or_else(only)
}

/// What it brings lies where it lies; a store where the stores of the kind lie.
fn home(scene: &Scene, kind: Kind, group: Option<&Id>) -> Option<Id> {
    let alike: Vec<Option<Id>> = scene
        .architecture
        .components()
        .filter(|c| kind.is_store() && c.kind == kind)
        .map(|c| c.group.clone())
        .collect();
    match alike.first() {
        Some(first) if !alike.iter().any(|g| g.as_ref() == group) => first.clone(),
        _ => group.filter(|_| !kind.is_outside()).cloned(),
    }
}

/// The label of a flow; one that has a place for a subject says nothing without it.
fn said(label: &str) -> Option<String> {
    Some(label).filter(|l| !l.is_empty() && !l.contains("{}")).map(str::to_owned)
}

fn named(scene: &Scene, label: &str) -> Option<Id> {
    let wanted = super::names::stems(label);
    let mut all = scene.architecture.components();
    all.find(|c| super::names::stems(&c.label) == wanted).map(|c| c.id.clone())
}

/// "Records database", where there is an "Encrypted records database".
fn called_more(scene: &Scene, kind: Kind, label: &str) -> Option<Id> {
    let wanted = super::names::stems(label);
    let holds = |c: &&Component| {
        let said = super::names::stems(&c.label);
        c.kind == kind && kind.is_store() && wanted.iter().all(|w| said.contains(w))
    };
    let mut all = scene.architecture.components().filter(|_| wanted.len() > 1).filter(holds);
    all.next().filter(|_| all.next().is_none()).map(|c| c.id.clone())
}

/// A component under that name, the product that does it, or the only stream or bus there is where one is meant.
fn find(scene: &Scene, kind: Kind, label: &str) -> Option<Id> {
    if let Some(id) = named(scene, label).or_else(|| called_more(scene, kind, label)) {
        return Some(id);
    }
    if kind == Kind::External {
        let wanted = super::names::stems(label);
        // "Payment provider": what the catalog draws as payment does payments.
        let does = |c: &&Component| {
            let entry = c.technology_id().and_then(|id| catalog().technology(id));
            c.kind == kind
                && entry.is_some_and(|e| super::names::stems(e.icon).iter().any(|w| wanted.contains(w)))
        };
        return scene.architecture.components().find(does).map(|c| c.id.clone());
    }
    let mut all = scene
        .architecture
        .components()
        .filter(|c| kind.is_messaging() && kind != Kind::Queue && c.kind == kind);
    all.next().filter(|_| all.next().is_none()).map(|c| c.id.clone())
}
