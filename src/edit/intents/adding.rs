//! Something new: between two, in front, behind, beside, for a purpose, or with no place named.

use super::{Clause, no_connection};
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::phrase::Word;
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, feature, names};
use crate::model::{Architecture, Id, Kind, Mode, Operation};
use crate::text::Diagnostic;

/// Puts a component that is there on every connection between two; the modes follow from what it is.
fn put_between(scene: &mut Scene, id: &Id, from: &Id, to: &Id) -> Result<(), Refusal> {
    let before = scene.mode_between(from, to);
    let through = |scene: &Scene, f: &Id, t: &Id| {
        if scene.kind(id).is_messaging() {
            Mode::Async
        } else if before == Mode::Async {
            before
        } else {
            scene.usual_mode(f, t)
        }
    };
    let (mode_in, mode_out) = (through(scene, from, id), through(scene, id, to));
    let (from, to) = (from.clone(), to.clone());
    scene.perform(Operation::InsertBetween { id: id.clone(), from, to, mode_in, mode_out })
}

/// The innermost group of two that something between them belongs to.
fn shared_group(scene: &Scene, a: &Id, b: &Id) -> Option<Id> {
    let outside =
        |k: Kind| matches!(k, Kind::User | Kind::Client | Kind::Device | Kind::External | Kind::Email);
    match (outside(scene.kind(a)), outside(scene.kind(b))) {
        (true, false) => scene.group_of(b),
        _ => scene.group_of(a),
    }
}

pub(super) fn insert_between(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let b = clause.one(scene, "b")?;
    // "live chat between doctors and patients": people say whom it serves, not where it goes.
    if scene.kind(&a) == Kind::User && scene.kind(&b) == Kind::User {
        return Err(Refusal::other());
    }
    let (from, to) = super::directed(scene, &a, &b, clause.span("a").join(clause.span("b")))?;
    let group = shared_group(scene, &from, &to);
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    put_between(scene, &id, &from, &to)
}

pub(super) fn through_queue(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let b = clause.one(scene, "b")?;
    let words = clause.slot("new");
    let existing = names::one(&scene.architecture, words, &scene.last).ok();
    let existing = existing.filter(|id| *id != a && *id != b);
    let id = match existing {
        Some(id) => id,
        None => {
            let new = clause.newcomer("new")?;
            let passes = new.kind.is_messaging()
                || matches!(new.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Network | Kind::Cache);
            if !passes {
                return Err(Refusal::other());
            }
            let group = shared_group(scene, &a, &b);
            scene.add(&new, group)?
        }
    };
    if scene.connected(&a, &b) {
        return put_between(scene, &id, &a, &b);
    }
    scene.connect(&a, &id, None)?;
    scene.connect(&id, &b, None)
}

/// Where requests for a component come from, what only watches apart.
fn front_callers(scene: &Scene, id: &Id) -> Vec<Id> {
    let callers = scene.callers(id).into_iter();
    callers.filter(|c| !matches!(scene.kind(c), Kind::Monitoring | Kind::Scheduler)).collect()
}

pub(in crate::edit) fn put_in_front(scene: &mut Scene, id: &Id, of: &Id) -> Result<(), Refusal> {
    let callers: Vec<Id> = front_callers(scene, of).into_iter().filter(|c| c != id).collect();
    for caller in &callers {
        if scene.connected(caller, id) {
            // It is behind the same door already: a second arrow to that door would say nothing.
            scene.perform(Operation::Disconnect { from: caller.clone(), to: of.clone() })?;
            scene.connect(id, of, None)?;
        } else {
            put_between(scene, id, caller, of)?;
        }
    }
    if callers.is_empty() {
        scene.connect(id, of, None)?;
        let text =
            format!("nothing led to “{}” yet, so nothing leads to “{}”", scene.label(of), scene.label(id));
        scene.remark("BP0812", None, text);
    }
    Ok(())
}

pub(super) fn in_front(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let group = scene.group_of(&a);
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    put_in_front(scene, &id, &a)
}

/// "put X and Y behind a load balancer".
pub(super) fn put_behind(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let list = names::many(&scene.architecture, clause.slot("list"), &scene.last)
        .map_err(|r| if r.ambiguous { r } else { Refusal::other() })?;
    let words = clause.slot("new");
    let existing = names::one(&scene.architecture, words, &scene.last).ok();
    let id = match existing {
        Some(id) if scene.architecture.component(id.as_str()).is_some() => id,
        _ => {
            let new = clause.newcomer("new")?;
            if !matches!(new.kind, Kind::LoadBalancer | Kind::Gateway | Kind::Cdn | Kind::Waf | Kind::Network)
            {
                return Err(Refusal::other());
            }
            let group = list.first().and_then(|id| scene.group_of(id));
            scene.add(&new, group)?
        }
    };
    for of in list.iter().filter(|of| **of != id) {
        put_in_front(scene, &id, of)?;
    }
    Ok(())
}

pub(super) fn behind(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let group = scene.group_of(&a);
    let onward: Vec<Id> = scene.callees(&a).into_iter().filter(|c| scene.kind(c).is_compute()).collect();
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    let passes = scene.kind(&id).is_messaging()
        || matches!(scene.kind(&id), Kind::LoadBalancer | Kind::Gateway | Kind::Network);
    if passes && !onward.is_empty() {
        return onward.iter().try_for_each(|to| put_between(scene, &id, &a, to));
    }
    let label = if scene.kind(&a).is_store() { None } else { Scene::usual_label(scene.kind(&id)) };
    scene.connect(&a, &id, label)
}

pub(super) fn beside(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let group = scene.group_of(&a);
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    hang_on(scene, &id, &a)
}

/// Connects something new with the component it is for, in the direction that its kind suggests.
pub(super) fn hang_on(scene: &mut Scene, id: &Id, on: &Id) -> Result<(), Refusal> {
    let (new, there) = (scene.kind(id), scene.kind(on));
    match new {
        Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns => put_in_front(scene, id, on),
        Kind::User | Kind::Client | Kind::Device | Kind::Scheduler | Kind::Cicd => {
            scene.connect(id, on, None)
        }
        _ if new.is_compute() && there.is_store() => scene.connect(id, on, None),
        _ if matches!(there, Kind::User) => scene.connect(on, id, None),
        _ => {
            let label = Scene::usual_label(new).filter(|_| !there.is_store() && !there.is_messaging());
            scene.connect(on, id, label)
        }
    }
}

fn only(
    scene: &Scene,
    wanted: impl Fn(Kind) -> bool,
    what: &str,
    clause: &Clause<'_>,
) -> Result<Id, Refusal> {
    let found: Vec<_> = scene.architecture.components().filter(|c| wanted(c.kind)).collect();
    match found.as_slice() {
        [one] => Ok(one.id.clone()),
        [] => Err(Refusal::other()),
        several => {
            let listed: Vec<_> = several.iter().map(|c| format!("{} (`{}`)", c.label, c.id)).collect();
            let span = crate::edit::phrase::span(clause.words);
            let d = Diagnostic::error("BP0803", span, format!("there are {} {what}", several.len()));
            Err(Refusal::several(d.hint(format!("say which: {}", listed.join(", ")))))
        }
    }
}

pub(super) fn dead_letter(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = if clause.has("a") {
        clause.one(scene, "a")?
    } else {
        only(scene, Kind::is_messaging, "queues and topics", clause)?
    };
    let there = scene.architecture.component(a.as_str());
    let (kind, technology) = there.map_or((Kind::Other, None), |c| (c.kind, c.technology.clone()));
    let new = Newcomer {
        label: format!("{} dead letters", scene.label(&a)),
        kind: if clause.says("topic") { Kind::Topic } else { Kind::Queue },
        technology: technology.filter(|_| kind == Kind::Queue),
        replicas: None,
        description: None,
        kind_told: true,
    };
    if let Some(id) = scene.existing(&new) {
        return already(scene, &id, clause);
    }
    let group = scene.group_of(&a);
    let id = scene.add(&new, group)?;
    let label = Some("after too many failures".to_owned());
    scene.perform(Operation::Connect { from: a, to: id, label, mode: Mode::Async })
}

/// Doing the same again changes nothing, and says so.
pub(super) fn already(scene: &mut Scene, id: &Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    let text = format!("“{}” is there already; nothing changed", scene.label(id));
    scene.remark("BP0811", crate::edit::phrase::span(clause.words), text);
    Ok(())
}

pub(super) fn read_replica(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = if clause.has("a") {
        clause.one(scene, "a")?
    } else {
        only(scene, |k| k == Kind::Database, "databases", clause)?
    };
    let Some(there) = scene.architecture.component(a.as_str()).cloned() else { return Err(Refusal::other()) };
    if !there.kind.is_store() && there.kind != Kind::Cache {
        return Err(Refusal::other());
    }
    let new = Newcomer {
        label: format!("{} replica", there.label),
        kind: there.kind,
        technology: there.technology,
        replicas: newcomer::number(clause.slot("number")).filter(|&n| n > 1),
        description: None,
        kind_told: true,
    };
    let id = scene.add(&new, there.group)?;
    let label = Some("replicate".to_owned());
    scene.perform(Operation::Connect { from: a, to: id, label, mode: Mode::Async })
}

pub(super) fn authenticate(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let guarded = if clause.has("a") {
        clause.many(scene, "a").map_err(|r| if r.soft { Refusal::other() } else { r })?
    } else {
        anchor::entries(&scene.architecture)
    };
    if guarded.is_empty() {
        return Err(Refusal::other());
    }
    let there = scene.architecture.components().find(|c| c.kind == Kind::Identity).map(|c| c.id.clone());
    let id = match there {
        Some(id) => id,
        None => {
            let new = Newcomer {
                label: "Identity provider".into(),
                kind: Kind::Identity,
                technology: None,
                replicas: None,
                description: None,
                kind_told: true,
            };
            let group = guarded.first().and_then(|g| scene.group_of(g));
            scene.add(&new, group)?
        }
    };
    let before = scene.operations.len();
    for g in guarded.iter().filter(|g| **g != id) {
        scene.connect(g, &id, Scene::usual_label(Kind::Identity))?;
    }
    if scene.operations.len() == before { already(scene, &id, clause) } else { Ok(()) }
}

pub(super) fn add_to(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let new = clause.newcomer("new")?;
    if clause.has("many") {
        let to = clause.many(scene, "many")?;
        let group = to.first().and_then(|id| scene.group_of(id));
        let id = scene.add(&new, group)?;
        return to.iter().try_for_each(|on| scene.connect(&id, on, None));
    }
    let words = clause.slot("a");
    let anchors = match names::many(&scene.architecture, words, &scene.last) {
        Ok(ids) => ids,
        Err(refusal) => match names::group(&scene.architecture, words) {
            Ok(group) => return add_in_group(scene, &new, group, clause),
            // "for the order events": a purpose whose words may still point to a place.
            Err(_) if clause.says("for") => {
                return feature::place_if_told(scene, &new, clause.slot_from("new")).map_err(|_| refusal);
            }
            Err(_) => return Err(refusal),
        },
    };
    // "for users": people say whom it serves, not where it goes.
    let served = |a: &Architecture| {
        anchors.iter().all(|id| a.component(id.as_str()).is_some_and(|c| c.kind == Kind::User))
    };
    if served(&scene.architecture) && !matches!(new.kind, Kind::Client | Kind::Device) {
        return Err(Refusal::other());
    }
    if let Some(id) = scene.existing(&new) {
        let known = anchors.iter().all(|on| scene.connected(on, &id) || scene.connected(&id, on));
        if known {
            return already(scene, &id, clause);
        }
        return anchors.iter().try_for_each(|on| hang_on(scene, &id, on));
    }
    let outside = matches!(new.kind, Kind::User | Kind::Client | Kind::Device | Kind::External);
    let group = anchors.first().and_then(|id| scene.group_of(id)).filter(|_| !outside);
    let id = scene.add(&new, group)?;
    anchors.iter().for_each(|on| scene.speak_of(on));
    if served(&scene.architecture) {
        for on in &anchors {
            scene.connect(on, &id, None)?;
        }
        let entry = anchor::entries(&scene.architecture).into_iter().find(|e| *e != id);
        return entry.map_or(Ok(()), |entry| scene.connect(&id, &entry, None));
    }
    anchors.iter().try_for_each(|on| hang_on(scene, &id, on))
}

fn add_in_group(scene: &mut Scene, new: &Newcomer, group: Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    feature::place(scene, new, clause.words, Some(group))
}

/// Something new with no place named: knowledge and the graph say where it goes.
pub(super) fn add(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("new");
    let several = newcomer::several(words);
    if several.len() > 1 {
        return several.iter().try_for_each(|part| add_one(scene, clause, part));
    }
    add_one(scene, clause, words)
}

fn add_one(scene: &mut Scene, clause: &Clause<'_>, words: &[Word]) -> Result<(), Refusal> {
    let new = newcomer::read(words).ok_or_else(Refusal::other)?;
    if clause.says("show") && !(new.kind_told || new.technology.is_some()) {
        return Err(not_shown(words));
    }
    if clause.says("use") && clause.says("it") {
        let same: Vec<Id> = scene
            .architecture
            .components()
            .filter(|c| new.technology.is_some() && c.kind == new.kind)
            .map(|c| c.id.clone())
            .collect();
        if let [id] = same.as_slice() {
            scene.speak_of(id);
            return scene
                .perform(Operation::SetTechnology { id: id.clone(), technology: new.technology.clone() });
        }
    }
    let usual = || crate::edit::companions::known(&new).and_then(|known| known.there(scene, &new));
    if let Some(id) = scene.existing(&new).or_else(usual) {
        return already(scene, &id, clause);
    }
    feature::place(scene, &new, words, None)
}

/// "show the authentication flow": a way through the picture is no component of it.
fn not_shown(words: &[Word]) -> Refusal {
    let name = crate::edit::phrase::join(names::bare(words));
    let span = crate::edit::phrase::span(words);
    let d = Diagnostic::error("BP0801", span, format!("“{name}” is no component that could be added"));
    Refusal::hard(
        d.hint("name the component: “add a …”; flows are shown by the design document (`blueprose doc`)"),
    )
}

/// "bypass", "directly": used by the intents that take things away.
pub(super) fn missing_between(scene: &Scene, a: &Id, b: &Id, clause: &Clause<'_>) -> Refusal {
    no_connection(scene, a, b, crate::edit::phrase::span(clause.words))
}
