//! Taking away: components (joining their neighbours where something only passed through), groups, properties.

use super::arrows::isolated;
use super::{Clause, placing, settings};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, names, phrase};
use crate::model::{Id, Kind, Operation};

/// Whether what came through a component is to go on without it.
fn passes_through(scene: &Scene, id: &Id) -> bool {
    let (ins, outs) = (scene.callers(id).len(), scene.callees(id).len());
    let kind = scene.kind(id);
    let through = match kind {
        Kind::LoadBalancer
        | Kind::Gateway
        | Kind::Cdn
        | Kind::Waf
        | Kind::Dns
        | Kind::Network
        | Kind::Cache => true,
        Kind::Queue | Kind::Topic | Kind::Stream | Kind::EventBus => ins == 1 || outs == 1,
        _ => false,
    };
    through && ins > 0 && outs > 0
}

fn take(scene: &mut Scene, id: &Id, bridge: bool) -> Result<(), Refusal> {
    let around: Vec<Id> =
        scene.callers(id).into_iter().chain(scene.callees(id)).filter(|n| n != id).collect();
    let label = scene.label(id);
    let joined = bridge && !scene.callers(id).is_empty() && !scene.callees(id).is_empty();
    let cut = around.len();
    scene.perform(Operation::RemoveComponent { id: id.clone(), bridge })?;
    if joined {
        scene.remark("BP0815", None, format!("what went through “{label}” now goes straight on"));
    } else if cut > 0 {
        let names: Vec<String> = around.iter().map(|n| format!("“{}”", scene.label(n))).collect();
        scene.remark("BP0815", None, format!("its connections with {} are gone too", names.join(", ")));
    }
    isolated(scene, &around);
    Ok(())
}

pub(super) fn remove(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("list");
    let ids = match names::many(&scene.architecture, words, &scene.last) {
        Ok(ids) => ids,
        Err(refusal) => match names::group(&scene.architecture, words) {
            Ok(group) => return dissolve(scene, &group),
            Err(_) => return Err(refusal),
        },
    };
    let keep_gap = clause.says("without");
    for id in ids {
        let bridge = !keep_gap && passes_through(scene, &id);
        take(scene, &id, bridge)?;
    }
    Ok(())
}

/// "remove the widget and everything that only it uses": what nobody else leads to goes with it.
pub(super) fn remove_with_own(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let mut gone = vec![clause.one(scene, "a")?];
    let mut at = 0;
    while let Some(id) = gone.get(at).cloned() {
        for to in scene.callees(&id) {
            let own = scene.callers(&to).iter().all(|by| gone.contains(by));
            if own && !gone.contains(&to) {
                gone.push(to);
            }
        }
        at += 1;
    }
    let with: Vec<String> = gone.iter().skip(1).map(|id| format!("“{}”", scene.label(id))).collect();
    for id in gone {
        scene.perform(Operation::RemoveComponent { id, bridge: false })?;
    }
    let text = if with.is_empty() {
        "nothing else was only used by it".to_owned()
    } else {
        format!("{} went with it", with.join(", "))
    };
    scene.remark("BP0815", None, text);
    Ok(())
}

/// Removes a group and says that its members stay.
pub(super) fn dissolve(scene: &mut Scene, group: &Id) -> Result<(), Refusal> {
    let count = names::inside(&scene.architecture, group).len();
    let label = scene.architecture.group(group.as_str()).map_or_else(String::new, |g| g.label.clone());
    scene.perform(Operation::RemoveGroup { id: group.clone() })?;
    if count > 0 {
        let text = format!(
            "the {count} components in “{label}” stay; “remove {label} and everything in it” takes them too"
        );
        scene.remark("BP0815", None, text);
    }
    Ok(())
}

pub(super) fn bypass(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    if clause.has("a") {
        return direct(scene, clause);
    }
    for id in clause.many(scene, "list")? {
        take(scene, &id, true)?;
    }
    Ok(())
}

/// "let A call B directly": the one that stands between is left out of that way.
fn direct(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let b = clause.one(scene, "b")?;
    if scene.connected(&a, &b) {
        scene.remark("BP0811", phrase::span(clause.words), "it does so already; nothing changed");
        return Ok(());
    }
    let between: Vec<Id> = scene.callees(&a).into_iter().filter(|m| scene.connected(m, &b)).collect();
    let [middle] = between.as_slice() else {
        return Err(placing::missing_between(scene, &a, &b, clause));
    };
    let alone = scene.callers(middle).len() == 1 && scene.callees(middle).len() == 1;
    if alone {
        return take(scene, middle, true);
    }
    let (new_from, new_to) = (a.clone(), b);
    scene.perform(Operation::Redirect { from: a, to: middle.clone(), new_from, new_to })
}

pub(super) fn remove_members(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let group = clause.group(scene, "g")?;
    for id in names::inside(&scene.architecture, &group) {
        take(scene, &id, false)?;
    }
    if clause.words.iter().take(2).any(|w| w.is("everything")) {
        return Ok(());
    }
    let a = &scene.architecture;
    let mut inner: Vec<Id> = a
        .groups()
        .iter()
        .filter(|g| a.group_chain(Some(&g.id)).any(|outer| outer.id == group))
        .map(|g| g.id.clone())
        .collect();
    inner.reverse();
    inner.into_iter().try_for_each(|id| scene.perform(Operation::RemoveGroup { id }))
}

pub(super) fn unset(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    if matches!(clause.slot("prop"), [w] if w.is("description")) {
        let id = clause.one(scene, "a")?;
        return scene.perform(Operation::SetDescription { id, description: None });
    }
    let known = settings::property(clause.slot("prop"), true);
    let name = known.clone().or_else(|| settings::property(clause.slot("prop"), false));
    let name = name.ok_or_else(Refusal::other)?;
    let id = clause.one(scene, "a")?;
    let has = |scene: &Scene| {
        scene.architecture.component(id.as_str()).is_some_and(|c| c.properties.contains_key(&name))
    };
    if known.is_none() && !has(scene) {
        // "remove the logo of the shop": no property, then.
        return Err(Refusal::other());
    }
    if scene.architecture.component(id.as_str()).is_none_or(|c| !c.properties.contains_key(&name)) {
        let text = format!("“{}” has no {name}; nothing changed", scene.label(&id));
        scene.remark("BP0811", phrase::span(clause.words), text);
        return Ok(());
    }
    scene.perform(Operation::UnsetProperty { id, name })
}
