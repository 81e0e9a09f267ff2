//! Groups: moving into and out of them, making and dissolving them.

use super::{Clause, taken, taking};
use crate::catalog::catalog;
use crate::edit::pattern::knowledge;
use crate::edit::phrase::{self, Word, capital, singular};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, names};
use crate::model::{Architecture, Component, GroupKind, Id, Kind, Operation};
use crate::reader::english::lexicon::{Noun, lexicon};
use crate::reader::english::region_name;

/// The longest name of a new group, in words.
const MAX_WORDS: usize = 6;

fn group_kind(words: &[Word]) -> GroupKind {
    let plain: Vec<String> = words.iter().flat_map(|w| w.lower.split_whitespace()).map(singular).collect();
    for from in 0..plain.len() {
        let tail = plain[from..].join(" ");
        for (kind, heads) in &knowledge().group_heads {
            if heads.contains(&tail) {
                return GroupKind::from_word(kind).unwrap_or_default();
            }
        }
    }
    match lexicon().noun(&plain.join(" ")) {
        Some((Noun::Group(kind @ GroupKind::Cloud), _)) => kind,
        _ if region(words).is_some() => GroupKind::Region,
        _ => GroupKind::Group,
    }
}

/// A region of a provider by its name: "eu-west-1", "the region eu-west-1".
fn region(words: &[Word]) -> Option<&Word> {
    let (name, before) = words.split_last()?;
    let alone = names::bare(before).iter().all(|w| w.is("region"));
    (alone && region_name(&name.lower)).then_some(name)
}

/// Whether a group of one kind may lie within one of another: no region within a network, no cloud within either.
fn may_hold(outer: GroupKind, inner: GroupKind) -> bool {
    match inner {
        GroupKind::Cloud => outer == GroupKind::Group,
        GroupKind::Region => matches!(outer, GroupKind::Cloud | GroupKind::Account | GroupKind::Group),
        _ => true,
    }
}

/// The innermost group that all of them lie in.
fn around(scene: &Scene, ids: &[Id]) -> Option<Id> {
    let a = &scene.architecture;
    let holds = |group: &Id, id: &Id| a.group_chain(scene.group_of(id).as_ref()).any(|g| g.id == *group);
    let first = ids.first().and_then(|id| scene.group_of(id));
    a.group_chain(first.as_ref()).map(|g| g.id.clone()).find(|g| ids.iter().all(|id| holds(g, id)))
}

fn new_group(scene: &mut Scene, words: &[Word], ids: &[Id]) -> Result<Id, Refusal> {
    let words = names::bare(words);
    if words.is_empty() || words.len() > MAX_WORDS {
        return Err(Refusal::other());
    }
    let kind = group_kind(words);
    // "into its own cluster": whose it is names it.
    if let Some((own, rest)) = words
        .split_first()
        .filter(|(w, rest)| w.is_any(&["own", "separate", "dedicated"]) && !rest.is_empty())
    {
        let owner = ids.first().map_or_else(|| capital(&own.text), |id| names::proper(&scene.label(id)));
        return add_group(scene, format!("{owner} {}", phrase::join(rest)), kind, ids);
    }
    if let Some(name) = region(words) {
        return add_group(scene, name.text.clone(), kind, ids);
    }
    // "an “Orders” box": the name is what is quoted.
    let quoted: Vec<&Word> = words.iter().filter(|w| w.quoted).collect();
    let plain = |w: &Word| w.is_any(&["box", "group"]);
    let label = match quoted.as_slice() {
        [name] if words.iter().all(|w| w.quoted || plain(w)) || kind != GroupKind::Group => name.text.clone(),
        _ => capital(&phrase::join(words)),
    };
    add_group(scene, label, kind, ids)
}

fn add_group(scene: &mut Scene, label: String, kind: GroupKind, ids: &[Id]) -> Result<Id, Refusal> {
    let id = scene.architecture.free_id(&Id::from_label(&label));
    let a = &scene.architecture;
    let innermost = around(scene, ids);
    let parent = a
        .group_chain(innermost.as_ref())
        .find(|outer| may_hold(outer.kind, kind))
        .map(|outer| outer.id.clone());
    scene.perform(Operation::AddGroup { id: id.clone(), label, kind, parent })?;
    Ok(id)
}

pub(super) fn move_into(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("g");
    // "put X in front of Y" and the like are no group.
    if words.iter().any(|w| w.is_any(&["of", "that", "which"])) && !words.iter().any(|w| w.quoted) {
        return Err(Refusal::other());
    }
    let ids = match names::many(&scene.architecture, clause.slot("list"), &scene.last) {
        Ok(ids) => ids,
        Err(refusal) => {
            let inner = names::group(&scene.architecture, clause.slot("list")).map_err(|_| refusal)?;
            let parent = clause.group(scene, "g")?;
            return scene.perform(Operation::MoveGroup { id: inner, parent: Some(parent) });
        }
    };
    ids.iter().for_each(|id| scene.speak_of(id));
    let group = match clause.group(scene, "g") {
        Ok(group) => group,
        Err(refusal) if refusal.ambiguous => return Err(refusal),
        Err(refusal) => {
            // Something that is no group and is there as a component is no name for a new group.
            let there = names::one(&scene.architecture, words, &[]).is_ok();
            let named = words.iter().any(|w| w.quoted)
                || group_kind(words) != GroupKind::Group
                || clause.says("group");
            if there || !named {
                return Err(refusal);
            }
            new_group(scene, words, &ids)?
        }
    };
    ids.into_iter().try_for_each(|id| scene.perform(Operation::Move { id, group: Some(group.clone()) }))
}

/// A replica in another place: "to Frankfurt", "in eu-central-1".
pub(super) fn put_in_place(scene: &mut Scene, id: &Id, words: &[Word]) -> Result<(), Refusal> {
    let known = names::group(&scene.architecture, words).ok();
    let name = words.iter().all(|w| w.text.starts_with(char::is_uppercase)) || region(words).is_some();
    let kind = group_kind(words);
    let group = match known {
        Some(group) => group,
        None if name || kind == GroupKind::Region => {
            let other = words.first().is_some_and(|w| w.is_any(&["another", "other", "different"]));
            let label = match region(words) {
                Some(name) => name.text.clone(),
                None if other => "Second region".to_owned(),
                None => capital(&phrase::join(names::bare(words))),
            };
            add_group(scene, label, GroupKind::Region, &[])?
        }
        None => return Err(Refusal::other()),
    };
    scene.perform(Operation::Move { id: id.clone(), group: Some(group) })
}

pub(super) fn move_out(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let group = clause.group(scene, "g")?;
    let ids = match clause.many(scene, "list") {
        Ok(ids) => ids,
        Err(refusal) => {
            let inner = clause.group(scene, "list").map_err(|_| refusal)?;
            let a = &scene.architecture;
            let parent = a.group(group.as_str()).and_then(|g| g.parent.clone());
            if inner == group || !a.group_chain(Some(&inner)).any(|g| g.id == group) {
                return Err(Refusal::other());
            }
            return scene.perform(Operation::MoveGroup { id: inner, parent });
        }
    };
    let parent = scene.architecture.group(group.as_str()).and_then(|g| g.parent.clone());
    for id in ids {
        let inside = names::inside(&scene.architecture, &group).contains(&id);
        if inside {
            scene.perform(Operation::Move { id, group: parent.clone() })?;
        } else {
            let text = format!("“{}” is not in there; nothing changed", scene.label(&id));
            scene.remark("BP0811", clause.span("list"), text);
        }
    }
    Ok(())
}

pub(super) fn group(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    if clause.has("kindname") && group_kind(clause.slot("kindname")) == GroupKind::Group
        || clause.has("quoted") && !clause.slot("quoted").iter().all(|w| w.quoted)
    {
        return Err(Refusal::other());
    }
    let name = ["name", "quoted", "kindname"].into_iter().find(|slot| clause.has(slot));
    let words = name.map(|slot| clause.slot(slot)).unwrap_or_default();
    let ids = match clause.slot("list") {
        list if list.is_empty() || list.iter().all(|w| w.is_any(&["everything", "all"])) => {
            everything(&scene.architecture, group_kind(words))
        }
        _ => clause.many(scene, "list")?,
    };
    if let Some(slot) = name
        && scene
            .architecture
            .groups()
            .iter()
            .any(|g| g.label.eq_ignore_ascii_case(&phrase::join(names::bare(words))))
    {
        return Err(taken(&phrase::join(names::bare(words)), clause.span(slot)));
    }
    let group = match name {
        Some("quoted" | "name") if clause.has("kindname") => {
            let kind = group_kind(clause.slot("kindname"));
            add_group(scene, phrase::join(words), kind, &ids)?
        }
        Some(_) if clause.says("region") => {
            add_group(scene, phrase::join(names::bare(words)), GroupKind::Region, &ids)?
        }
        Some(_) => new_group(scene, words, &ids)?,
        None => add_group(scene, "Group".to_owned(), GroupKind::Group, &ids)?,
    };
    // A group whose members move along keeps its shape: only what lies directly beside is moved.
    let outer = scene.architecture.group(group.as_str()).and_then(|g| g.parent.clone());
    let whole = !clause.has("list") || clause.says("everything");
    let mut moved: Vec<Id> = Vec::new();
    for id in ids {
        let own = scene.group_of(&id);
        let top = whole.then(|| below(scene, own.as_ref(), outer.as_ref())).flatten();
        match top {
            Some(inner) if inner != group && !moved.contains(&inner) => {
                scene.perform(Operation::MoveGroup { id: inner.clone(), parent: Some(group.clone()) })?;
                moved.push(inner);
            }
            Some(_) => {}
            None => scene.perform(Operation::Move { id, group: Some(group.clone()) })?,
        }
    }
    Ok(())
}

/// What is meant by "everything": what we run; in a region, what the one cloud holds.
fn everything(a: &Architecture, kind: GroupKind) -> Vec<Id> {
    let mut clouds = a.groups().iter().filter(|g| g.kind == GroupKind::Cloud);
    let held = match (clouds.next(), clouds.next()) {
        (Some(cloud), None) if kind == GroupKind::Region => names::inside(a, &cloud.id),
        _ => Vec::new(),
    };
    if !held.is_empty() {
        return held;
    }
    let ours = |c: &&Component| !c.kind.is_outside() && !(kind == GroupKind::Region && elsewhere(c));
    a.components().filter(ours).map(|c| c.id.clone()).collect()
}

/// What lies in no region: it is everywhere, or another company runs it.
fn elsewhere(c: &Component) -> bool {
    const CLOUDS: &[&str] = &["aws", "azure", "google", "gcp"];
    let entry = c.technology_id().and_then(|id| catalog().technology(id));
    let of_cloud = |id: &str| id.split_once('.').is_some_and(|(cloud, _)| CLOUDS.contains(&cloud));
    matches!(c.kind, Kind::Cdn | Kind::Dns) || entry.is_some_and(|e| e.managed && !of_cloud(e.id))
}

/// The outermost group around `start` that lies inside `outer`.
fn below(scene: &Scene, start: Option<&Id>, outer: Option<&Id>) -> Option<Id> {
    let chain = scene.architecture.group_chain(start);
    chain.take_while(|g| Some(&g.id) != outer).map(|g| g.id.clone()).last()
}

pub(super) fn ungroup(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let group = if clause.has("g") {
        let kept = ["content", "contents", "member", "members", "component", "components", "inside", "rest"];
        if clause.has("rest") && !clause.slot("rest").iter().any(|w| w.is_any(&kept)) {
            return Err(Refusal::other());
        }
        clause.group(scene, "g")?
    } else {
        let ids = clause.many(scene, "list")?;
        around(scene, &ids).ok_or_else(Refusal::other)?
    };
    taking::dissolve(scene, &group)
}
