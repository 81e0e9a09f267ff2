//! One becoming several, several becoming one, and copies.

use std::collections::BTreeMap;

use super::arrows::isolated;
use super::{Clause, taken};
use crate::edit::anchor::akin;
use crate::edit::pattern::knowledge;
use crate::edit::phrase::{self, Word, capital};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, names, newcomer};
use crate::model::{Component, GroupKind, Id, Kind, Mode, Operation};
use crate::text::Diagnostic;

/// The most parts one component is split into.
const MAX_PARTS: usize = 12;

pub(super) fn split(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let whole = clause.one(scene, "a")?;
    if clause.has("part") {
        return extract(scene, clause, &whole);
    }
    let parts: Vec<String> = clause
        .slot("parts")
        .split(|w| w.is(",") || w.is("and") || w.is("&"))
        .filter(|p| !p.is_empty())
        .map(|p| capital(&phrase::join(names::bare(p))))
        .collect();
    if parts.len() < 2 || parts.len() > MAX_PARTS {
        let message = format!("a split needs from 2 to {MAX_PARTS} names for the parts");
        let d = Diagnostic::error("BP0808", clause.span("parts"), message);
        return Err(Refusal::hard(
            d.hint("for instance: “split the shop into Orders, Catalog and Payments”"),
        ));
    }
    let Some(old) = scene.architecture.component(whole.as_str()).cloned() else {
        return Err(Refusal::other());
    };
    let mut ids = Vec::new();
    for label in &parts {
        ids.push(like(scene, &old, label.clone(), old.group.clone())?);
    }
    let telling = telling_apart(&parts, old.kind);
    let mut unclear: Vec<(Id, Id)> = Vec::new();
    for (from, to, label) in arrows_of(scene, &whole) {
        let other = if from == whole { &to } else { &from };
        if from == to {
            scene.perform(Operation::Disconnect { from, to })?;
            continue;
        }
        let said = names::stems(&format!("{label} {} {other}", scene.label(other)));
        let fits = telling.iter().position(|part| part.iter().any(|p| said.iter().any(|s| akin(p, s))));
        let part = ids.get(fits.unwrap_or(0)).cloned().unwrap_or_else(|| whole.clone());
        if fits.is_none() {
            unclear.push((from.clone(), to.clone()));
        }
        let (new_from, new_to) = if from == whole { (part, to.clone()) } else { (from.clone(), part) };
        scene.perform(Operation::Redirect { from, to, new_from, new_to })?;
    }
    call_all(scene, &ids, &whole, &unclear)?;
    isolated(scene, &ids);
    let unclear = unclear.len();
    if unclear > 0 {
        let first = parts.first().cloned().unwrap_or_default();
        let text = format!(
            "{} no part by their words and went to “{first}”: check them",
            counted(unclear, "connection fits", "connections fit")
        );
        scene.remark("BP0816", None, text);
    }
    scene.perform(Operation::RemoveComponent { id: whole, bridge: false })
}

fn counted(n: usize, one: &str, several: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { several })
}

/// The words of each part's name that the other parts do not say, and that say more than the kind.
fn telling_apart(parts: &[String], kind: Kind) -> Vec<Vec<String>> {
    let heads = knowledge().heads.get(kind.word());
    let general = |w: &String| heads.into_iter().flatten().chain(&knowledge().generic_heads).any(|h| h == w);
    let all: Vec<Vec<String>> = parts.iter().map(|p| names::stems(p)).collect();
    let own = |n: usize| {
        let others = |w: &&String| all.iter().enumerate().any(|(m, o)| m != n && o.contains(w));
        all[n].iter().filter(|w| !others(w) && !general(w)).cloned().collect()
    };
    (0..all.len()).map(own).collect()
}

/// Who called the whole calls the parts: none is left that nothing leads to. What fits no part went to the first.
fn call_all(scene: &mut Scene, parts: &[Id], whole: &Id, unclear: &[(Id, Id)]) -> Result<(), Refusal> {
    let Some((first, others)) = parts.split_first() else { return Ok(()) };
    let alone: Vec<&Id> = others.iter().filter(|id| scene.callers(id).is_empty()).collect();
    for id in alone {
        for (from, _) in unclear.iter().filter(|(_, to)| to == whole) {
            let (label, mode) = first_between(scene, from, first);
            scene.perform(Operation::Connect { from: from.clone(), to: id.clone(), label, mode })?;
        }
    }
    Ok(())
}

/// A part gets a component of its own, called by the one it came from.
fn extract(scene: &mut Scene, clause: &Clause<'_>, whole: &Id) -> Result<(), Refusal> {
    let Some(old) = scene.architecture.component(whole.as_str()).cloned() else {
        return Err(Refusal::other());
    };
    let label = capital(&phrase::join(names::bare(clause.slot("part"))));
    let part = like(scene, &old, label.clone(), old.group.clone())?;
    for (from, to, said) in arrows_of(scene, whole).into_iter().filter(|(f, t, _)| f == whole && t != whole) {
        let said = names::stems(&format!("{said} {}", scene.label(&to)));
        if names::stems(&label).iter().any(|s| said.contains(s)) {
            let (new_from, new_to) = (part.clone(), to.clone());
            scene.perform(Operation::Redirect { from, to, new_from, new_to })?;
        }
    }
    scene.connect(whole, &part, None)
}

/// The pairs a component is connected in, each once, with the words on their arrows.
fn arrows_of(scene: &Scene, id: &Id) -> Vec<(Id, Id, String)> {
    let a = &scene.architecture;
    let mut pairs: Vec<(Id, Id, String)> = Vec::new();
    for c in a.connections() {
        let (from, to) = (a.at(c.from).id.clone(), a.at(c.to).id.clone());
        if from != *id && to != *id {
            continue;
        }
        let label = c.label.clone().unwrap_or_default();
        match pairs.iter_mut().find(|(f, t, _)| *f == from && *t == to) {
            Some((_, _, said)) => *said = format!("{said} {label}"),
            None => pairs.push((from, to, label)),
        }
    }
    pairs
}

/// A component of the same make under another name.
fn like(scene: &mut Scene, old: &Component, label: String, group: Option<Id>) -> Result<Id, Refusal> {
    let id = scene.architecture.free_id(&Id::from_label(&label));
    let (kind, technology) = (old.kind, old.technology.clone());
    scene.perform(Operation::AddComponent { id: id.clone(), label, kind, technology, group })?;
    if let Some(replicas) = old.replicas {
        scene.perform(Operation::SetReplicas { id: id.clone(), replicas })?;
    }
    for (name, property) in &old.properties {
        let (name, value) = (name.clone(), property.value.clone());
        scene.perform(Operation::SetProperty { id: id.clone(), name, value })?;
    }
    scene.speak_of(&id);
    Ok(id)
}

/// `into` takes over the connections of `gone`; what joined the two, and what would stand twice, goes.
pub(super) fn absorb(scene: &mut Scene, into: &Id, gone: &Id) -> Result<(), Refusal> {
    for (from, to, label) in arrows_of(scene, gone) {
        let (new_from, new_to) = (
            if from == *gone { into.clone() } else { from.clone() },
            if to == *gone { into.clone() } else { to.clone() },
        );
        let a = &scene.architecture;
        let pair = a.index_of(new_from.as_str()).zip(a.index_of(new_to.as_str()));
        let says = pair.is_some_and(|(f, t)| {
            a.connections_between(f, t).any(|c| c.label.as_deref() == Some(label.trim()))
        });
        let twice = scene.connected(&new_from, &new_to) && label.trim().is_empty() || says;
        if new_from == new_to || twice {
            scene.perform(Operation::Disconnect { from, to })?;
        } else {
            scene.perform(Operation::Redirect { from, to, new_from, new_to })?;
        }
    }
    scene.perform(Operation::RemoveComponent { id: gone.clone(), bridge: false })
}

pub(super) fn merge(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let mut list = clause.many(scene, "list")?;
    if clause.has("many") {
        list.extend(clause.many(scene, "many")?);
    }
    let words = clause.slot("name");
    // "into one service called Control plane".
    let called = words.iter().position(|w| w.is_any(&["called", "named"])).map_or(0, |at| at + 1);
    let words = words.get(called..).filter(|words| !words.is_empty()).unwrap_or(words);
    let target = names::one(&scene.architecture, words, &scene.last).ok();
    let named = (!words.is_empty()).then(|| capital(&phrase::join(names::bare(words))));
    let into = match &target {
        Some(id) => id.clone(),
        None => list.first().cloned().ok_or_else(Refusal::other)?,
    };
    let gone: Vec<Id> = list.iter().filter(|id| **id != into).cloned().collect();
    if gone.is_empty() {
        let d = Diagnostic::error("BP0808", clause.span("list"), "a merge needs two components or more");
        return Err(Refusal::hard(d));
    }
    let make =
        |scene: &Scene, id: &Id| scene.architecture.component(id.as_str()).and_then(|c| c.technology.clone());
    for id in &gone {
        if let (Some(other), Some(own)) = (make(scene, id), make(scene, &into))
            && other != own
        {
            let text = format!("“{}” was {}; the merged one is {}", scene.label(id), other.name, own.name);
            scene.remark("BP0816", None, text);
        }
        absorb(scene, &into, id)?;
    }
    if target.is_none()
        && let Some(label) = named
    {
        let same = |c: &Component| c.id != into && c.label.eq_ignore_ascii_case(&label);
        if scene.architecture.components().any(same) {
            return Err(taken(&label, clause.span("name")));
        }
        scene.perform(Operation::Rename { id: into, label })?;
    }
    Ok(())
}

pub(super) fn copy(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    // "copy the photos to a bucket": what is in them is copied.
    if scene.when.is_some() || clause.slot("a").iter().any(|w| w.is_any(&["to", "into"])) {
        return Err(Refusal::other());
    }
    let id = clause.one(scene, "a")?;
    let Some(old) = scene.architecture.component(id.as_str()).cloned() else { return Err(Refusal::other()) };
    let label = if clause.has("name") { clause.text("name") } else { format!("{} copy", old.label) };
    let twin = like(scene, &old, label, old.group.clone())?;
    for (from, to, _) in arrows_of(scene, &id).into_iter().filter(|(f, t, _)| f != t) {
        let (f, t) = if from == id { (twin.clone(), to.clone()) } else { (from.clone(), twin.clone()) };
        let (label, mode) = first_between(scene, &from, &to);
        scene.perform(Operation::Connect { from: f, to: t, label, mode })?;
    }
    Ok(())
}

fn first_between(scene: &Scene, from: &Id, to: &Id) -> (Option<String>, Mode) {
    let a = &scene.architecture;
    let found = a
        .index_of(from.as_str())
        .zip(a.index_of(to.as_str()))
        .and_then(|(f, t)| a.connections_between(f, t).next().map(|c| (c.label.clone(), c.mode)));
    found.unwrap_or_default()
}

/// A second region: everything copied into a group of that name, reached as the first is, stores replicated.
pub(super) fn copy_region(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("x");
    if clause.has("count") && !newcomer::number(clause.slot("count")).is_some_and(|n| n == 2) {
        let d = Diagnostic::error("BP0808", clause.span("count"), "one region is added at a time");
        return Err(Refusal::hard(d.hint("say “copy everything to eu-west-1”, then the next")));
    }
    // "every night, copy the photos to a bucket": no place on the map.
    if scene.when.is_some() || newcomer::head(clause.slot("region")).is_some() {
        return Err(Refusal::other());
    }
    let originals = originals(scene, words)?;
    let region = match clause.slot("region") {
        [] => "Second region".to_owned(),
        words if words.len() <= 4 => region_label(names::bare(words)),
        _ => return Err(Refusal::other()),
    };
    let group = scene.architecture.free_id(&Id::from_label(&region));
    let parent = clouds(scene, &originals);
    scene.perform(Operation::AddGroup {
        id: group.clone(),
        label: region.clone(),
        kind: GroupKind::Region,
        parent,
    })?;
    let mut twins: BTreeMap<Id, Id> = BTreeMap::new();
    for id in &originals {
        let Some(old) = scene.architecture.component(id.as_str()).cloned() else { continue };
        let twin = like(scene, &old, format!("{} ({region})", old.label), Some(group.clone()))?;
        twins.insert(id.clone(), twin);
    }
    let a = &scene.architecture;
    let mut copies: Vec<Operation> = Vec::new();
    for c in a.connections() {
        let (from, to) = (&a.at(c.from).id, &a.at(c.to).id);
        // What is copied to a third region comes from the first, not from the second.
        let stores = a.at(c.from).kind.is_store() && a.at(c.to).kind == a.at(c.from).kind;
        let onward = stores && c.mode == Mode::Async && !twins.contains_key(to);
        if !onward && (twins.contains_key(from) || twins.contains_key(to)) {
            let twin = |id: &Id| twins.get(id).unwrap_or(id).clone();
            let (from, to) = (twin(from), twin(to));
            copies.push(Operation::Connect { from, to, label: c.label.clone(), mode: c.mode });
        }
    }
    for (id, twin) in twins.iter().filter(|(id, _)| scene.kind(id).is_store()) {
        let (from, to, label) = (id.clone(), twin.clone(), Some("replicate".to_owned()));
        copies.push(Operation::Connect { from, to, label, mode: Mode::Async });
    }
    let count = copies.len();
    copies.into_iter().try_for_each(|operation| scene.perform(operation))?;
    let text = format!(
        "{} and {} were added for “{region}”",
        counted(twins.len(), "component", "components"),
        counted(count, "connection", "connections")
    );
    scene.remark("BP0816", None, text);
    Ok(())
}

/// "eu-central-1" is written so; "the second site" is a name.
fn region_label(words: &[Word]) -> String {
    let text = phrase::join(words);
    if text.chars().any(|c| c.is_ascii_digit()) { text } else { capital(&text) }
}

fn originals(scene: &Scene, words: &[Word]) -> Result<Vec<Id>, Refusal> {
    let a = &scene.architecture;
    let whole = words
        .iter()
        .all(|w| w.is_any(&["it", "the", "system", "everything", "whole", "architecture", "all"]));
    if whole {
        let ours = |c: &&Component| !c.kind.is_outside() && !matches!(c.kind, Kind::Dns | Kind::Cdn);
        return Ok(a.components().filter(ours).map(|c| c.id.clone()).collect());
    }
    match names::many(a, words, &scene.last) {
        Ok(ids) => Ok(ids),
        Err(refusal) => {
            let group = names::group(a, words).map_err(|_| refusal)?;
            Ok(names::inside(a, &group))
        }
    }
}

/// The cloud or account that all of them lie in.
fn clouds(scene: &Scene, ids: &[Id]) -> Option<Id> {
    let a = &scene.architecture;
    let first = ids.first().and_then(|id| scene.group_of(id));
    let holds = |group: &Id, id: &Id| a.group_chain(scene.group_of(id).as_ref()).any(|g| g.id == *group);
    a.group_chain(first.as_ref())
        .filter(|g| matches!(g.kind, GroupKind::Cloud | GroupKind::Account))
        .map(|g| g.id.clone())
        .find(|g| ids.iter().all(|id| holds(g, id)))
}
