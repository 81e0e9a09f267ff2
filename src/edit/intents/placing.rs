//! Something put where an arrow or a neighbour says: between two, in front, behind, beside.

use super::adding::already;
use super::{Clause, no_connection};
use crate::edit::pattern::knowledge;
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, names, newcomer, phrase, present};
use crate::model::{Id, Kind, Mode, Operation};
use crate::text::Diagnostic;

/// Puts a component that is there on every connection between two; the modes follow from what it is.
pub(super) fn put_between(scene: &mut Scene, id: &Id, from: &Id, to: &Id) -> Result<(), Refusal> {
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
    let outside = |k: Kind| k.is_outside() || matches!(k, Kind::Email | Kind::Cdn | Kind::Dns);
    match (outside(scene.kind(a)), outside(scene.kind(b))) {
        (true, false) => scene.group_of(b),
        _ => scene.group_of(a),
    }
}

/// "X calls Y; put a firewall in between": the two that were spoken of.
fn between_them(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let [a, b] = scene.last.as_slice() else { return Err(Refusal::other()) };
    let (a, b) = (a.clone(), b.clone());
    let (from, to) = super::directed(scene, &a, &b, phrase::span(clause.words))?;
    let group = shared_group(scene, &from, &to);
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    put_between(scene, &id, &from, &to)
}

pub(super) fn insert_between(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    // "use gRPC between …" is how they talk.
    let used = clause.bindings.get("@use").is_some();
    if used && clause.newcomer("new").is_ok_and(|new| !new.kind_told && new.technology.is_none()) {
        return Err(Refusal::other());
    }
    if !clause.has("a") {
        return between_them(scene, clause);
    }
    let a = clause.one(scene, "a")?;
    let b = match clause.one(scene, "b") {
        Ok(b) => b,
        // "a chat between guests and the reception": people on one side say whom it serves.
        Err(_) if scene.kind(&a).is_actor() => return Err(Refusal::other()),
        Err(refusal) => return lead_on(scene, clause, &a).map_err(|_| refusal),
    };
    // "between buyers and sellers" who use one app is no place.
    if a == b {
        return Err(Refusal::other());
    }
    // "live chat between doctors and patients": people say whom it serves, not where it goes.
    if scene.kind(&a) == Kind::User && scene.kind(&b) == Kind::User {
        return Err(Refusal::other());
    }
    let (from, to) = match super::directed(scene, &a, &b, clause.span("a").join(clause.span("b"))) {
        Ok(pair) => pair,
        Err(refusal) => {
            return joined_by_a_third(scene, clause, &a, &b)
                .map_err(|r| if r.is_silent() { refusal } else { r });
        }
    };
    let group = shared_group(scene, &from, &to);
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    put_between(scene, &id, &from, &to)
}

/// Two that are not connected but share one neighbour: both ends of a stream ask a registry; what stands between them takes
/// from the stream; between two stores, what moves the data goes through it.
fn joined_by_a_third(scene: &mut Scene, clause: &Clause<'_>, a: &Id, b: &Id) -> Result<(), Refusal> {
    let stores = |scene: &Scene, id: &Id| scene.kind(id).is_store();
    let group = shared_group(scene, a, b);
    if stores(scene, a) && stores(scene, b) {
        let movers: Vec<Id> = scene
            .callers(a)
            .into_iter()
            .filter(|m| scene.connected(m, b) && scene.kind(m).is_compute())
            .collect();
        // "between silver and gold": on the way from what moves the data to where it goes.
        let on_way = |x: &Id, y: &Id| {
            let mut all =
                scene.callees(x).into_iter().filter(|m| scene.connected(m, y) && scene.kind(m).is_compute());
            all.next().filter(|_| all.next().is_none())
        };
        let moved = on_way(a, b).map(|m| (m, b.clone())).or_else(|| on_way(b, a).map(|m| (m, a.clone())));
        if let Some((mover, end)) = moved.filter(|_| movers.is_empty()) {
            let id = clause.newcomer_or_existing(scene, "new", group)?;
            return if scene.kind(&id).is_compute() {
                put_between(scene, &id, &mover, &end)
            } else {
                Err(Refusal::other())
            };
        }
        let [mover] = movers.as_slice() else { return Err(Refusal::other()) };
        let id = clause.newcomer_or_existing(scene, "new", group)?;
        if !scene.kind(&id).is_compute() {
            return Err(Refusal::other());
        }
        put_between(scene, &id, mover, b)?;
        return scene.connect(&id, a, Some("read".to_owned()));
    }
    let way =
        |x: &Id, y: &Id| scene.callees(x).into_iter().filter(|m| scene.connected(m, y)).collect::<Vec<Id>>();
    let (there, back) = (way(a, b), way(b, a));
    let (middle, end) = match (there.as_slice(), back.as_slice()) {
        ([middle], []) => (middle.clone(), b.clone()),
        ([], [middle]) => (middle.clone(), a.clone()),
        _ => return Err(Refusal::other()),
    };
    if !scene.kind(&middle).is_messaging() {
        return Err(Refusal::other());
    }
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    let kind = scene.kind(&id);
    // "a dead letter queue between the uploads and the transcoding": of the queue that lies there.
    if kind.is_messaging() && phrase::dead_letters(clause.words) {
        let (from, label) = (middle, Some("after too many failures".to_owned()));
        return scene.perform(Operation::Connect { from, to: id, label, mode: Mode::Async });
    }
    if kind.is_messaging() {
        return Err(Refusal::other());
    }
    if kind.is_compute() {
        let text = format!("it takes what “{}” carries", scene.label(&middle));
        scene.remark("BP0816", phrase::span(clause.words), text);
        return put_between(scene, &id, &middle, &end);
    }
    hang_on(scene, &id, a)?;
    hang_on(scene, &id, b)
}

/// "… between the stream and a data lake": what is at the end is new as well.
fn lead_on(scene: &mut Scene, clause: &Clause<'_>, a: &Id) -> Result<(), Refusal> {
    let new = clause.slot("b").first().is_some_and(|w| w.is_any(&["a", "an"]));
    let end = clause.newcomer("b")?;
    if !new || !end.kind_told || end.kind == Kind::User {
        return Err(Refusal::other());
    }
    let group = scene.group_of(a);
    let id = clause.newcomer_or_existing(scene, "new", group.clone())?;
    let outside = matches!(end.kind, Kind::Client | Kind::Device | Kind::External);
    let end = scene.add(&end, group.filter(|_| !outside))?;
    scene.connect(a, &id, None)?;
    scene.connect(&id, &end, None)
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
            // "through GraphQL" says how they talk.
            let said = phrase::join(words).to_lowercase();
            if knowledge().protocols.contains(&said) {
                return Err(Refusal::other());
            }
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

/// A door for requests: messages do not pass it.
fn is_door(kind: Kind) -> bool {
    matches!(kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf)
}

pub(in crate::edit) fn put_in_front(scene: &mut Scene, id: &Id, of: &Id) -> Result<(), Refusal> {
    let door = is_door(scene.kind(id));
    let requests = |c: &Id| !door || scene.mode_between(c, of) == Mode::Sync || scene.kind(c) == Kind::Device;
    let callers: Vec<Id> = front_callers(scene, of).into_iter().filter(|c| c != id && requests(c)).collect();
    callers.iter().try_for_each(|caller| put_between(scene, id, caller, of))?;
    if callers.is_empty() {
        scene.connect(id, of, None)?;
    }
    if callers.is_empty() && scene.callers(id).is_empty() {
        let text =
            format!("no request led to “{}” yet, so nothing leads to “{}”", scene.label(of), scene.label(id));
        scene.remark("BP0812", None, text);
    }
    Ok(())
}

pub(super) fn in_front(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let parts = newcomer::several(clause.slot("new"));
    if parts.len() > 1 && clause.has("a") {
        return row_in_front(scene, clause, &parts);
    }
    let when = clause.says("before") || clause.says("ahead");
    let all = clause.many(scene, "a").map_err(|r| if when { activity(r, clause.slot("a")) } else { r })?;
    let a = all.first().cloned().ok_or_else(Refusal::other)?;
    if let Some(id) = door_there(scene, clause, &a) {
        return stand_before(scene, &id, &all, clause);
    }
    let group = scene.group_of(&a);
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    // What they ask of each other goes past it.
    let door = is_door(scene.kind(&id));
    let asks = |scene: &Scene, c: &Id, of: &Id| !door || scene.mode_between(c, of) == Mode::Sync;
    let inner =
        |scene: &Scene, of: &Id| scene.callers(of).iter().any(|c| !all.contains(c) && asks(scene, c, of));
    let several = all.len() > 1;
    for of in all.iter().filter(|of| **of != id) {
        if !several || inner(scene, of) {
            stand_in_front(scene, &id, of)?;
        }
    }
    Ok(())
}

/// In front of it; a door in front of the program that people hold in their hands stands before what that calls.
fn stand_in_front(scene: &mut Scene, id: &Id, of: &Id) -> Result<(), Refusal> {
    let held = scene.kind(of) == Kind::Client && scene.callers(of).is_empty() && is_door(scene.kind(id));
    let asked = |k: Kind| k.is_compute() || is_door(k);
    let called: Vec<Id> =
        scene.callees(of).into_iter().filter(|to| to != id && asked(scene.kind(to))).collect();
    if !held || called.is_empty() {
        return put_in_front(scene, id, of);
    }
    called.iter().try_for_each(|to| put_between(scene, id, of, to))
}

/// "a CDN and a firewall in front of the API": requests meet them in that order.
fn row_in_front(scene: &mut Scene, clause: &Clause<'_>, parts: &[&[phrase::Word]]) -> Result<(), Refusal> {
    let mut of = clause.one(scene, "a")?;
    for part in parts.iter().rev() {
        let new = newcomer::read(part).ok_or_else(Refusal::other)?;
        let there = present::of_kind(scene, &new, part);
        let there =
            scene.existing(&new).or_else(|| there.into_iter().next().filter(|_| present::single(new.kind)));
        let id = match there {
            Some(id) => id,
            None => {
                let group = scene.group_of(&of);
                scene.add(&new, group)?
            }
        };
        if id != of && !scene.connected(&of, &id) {
            stand_in_front(scene, &id, &of)?;
        }
        of = id;
    }
    Ok(())
}

/// The one gateway, load balancer or the like there is, where just one more of the kind is asked for.
fn door_there(scene: &Scene, clause: &Clause<'_>, of: &Id) -> Option<Id> {
    let words = clause.slot("new");
    let new = clause.newcomer("new").ok().filter(|new| present::single(new.kind))?;
    let there = present::of_kind(scene, &new, words);
    <[Id; 1]>::try_from(there).ok().map(|[id]| id).filter(|id| id != of && !scene.connected(of, id))
}

/// What is there comes in front of others as well.
fn stand_before(scene: &mut Scene, id: &Id, of: &[Id], clause: &Clause<'_>) -> Result<(), Refusal> {
    let before = scene.operations.len();
    for of in of.iter().filter(|of| *of != id) {
        put_in_front(scene, id, of)?;
    }
    if scene.operations.len() == before {
        return already(scene, id, clause);
    }
    scene.speak_of(id);
    let text =
        format!("“{}” is there already and is used; say “add another …” for a second one", scene.label(id));
    scene.remark("BP0816", phrase::span(clause.words), text);
    Ok(())
}

/// "the app", "the whole system": where requests come in.
fn the_whole(words: &[phrase::Word]) -> bool {
    const WHOLE: &[&str] = &[
        "app",
        "application",
        "system",
        "platform",
        "site",
        "website",
        "product",
        "assistant",
        "thing",
        "everything",
        "all",
        "it",
        "service",
        "portal",
    ];
    names::bare(words).last().is_some_and(|w| names::bare(words).len() == 1 && w.is_any(WHOLE))
}

/// "put X and Y behind a load balancer".
pub(super) fn put_behind(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let list = match names::many(&scene.architecture, clause.slot("list"), &scene.last) {
        Ok(list) => list,
        Err(_) if the_whole(clause.slot("list")) => anchor::entries(&scene.architecture),
        Err(r) => return Err(if r.ambiguous { r } else { Refusal::other() }),
    };
    if newcomer::read(clause.slot("new")).is_some_and(|new| new.kind == Kind::Identity) {
        return super::usual::signed_in(scene, &list, clause);
    }
    let words = clause.slot("new");
    let existing = names::one(&scene.architecture, words, &scene.last).ok();
    let there = list.first().and_then(|of| door_there(scene, clause, of));
    if existing.is_none()
        && let Some(id) = there
    {
        return stand_before(scene, &id, &list, clause);
    }
    let id = match existing {
        Some(id) if scene.architecture.component(id.as_str()).is_some() => id,
        _ => {
            let new = clause.newcomer("new")?;
            if matches!(new.kind, Kind::Vm | Kind::Cluster | Kind::Container) {
                let d = Diagnostic::error(
                    "BP0807",
                    clause.span("new"),
                    format!("“{}” runs something, nothing stands behind it", new.label),
                );
                return Err(Refusal::hard(d.hint("say “scale … to 3”, “autoscale …” or “run … on …”")));
            }
            if new.kind.is_store() || new.kind.is_messaging() || new.kind == Kind::User {
                return Err(Refusal::other());
            }
            present::mention(scene, &new, words);
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
    let a = clause.one(scene, "a").map_err(|r| activity(r, clause.slot("a")))?;
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

/// "after the load", "before the release": what is done is no part, so that it says when and not where.
fn activity(refusal: Refusal, words: &[phrase::Word]) -> Refusal {
    let bare = names::bare(words);
    let doer = |w: &phrase::Word| ["er", "or", "ers", "ors"].iter().any(|end| w.lower.ends_with(end));
    let plain = bare.len() == 1 && !doer(&bare[0]) && !bare[0].quoted && newcomer::head(bare).is_none();
    if plain && !refusal.ambiguous { Refusal::other() } else { refusal }
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
        Kind::Scheduler | Kind::Cicd => scene.connect(id, on, None),
        _ if new.is_actor() => scene.connect(id, on, None),
        _ if new.is_compute() && there.is_store() => scene.connect(id, on, None),
        _ if matches!(there, Kind::User) => scene.connect(on, id, None),
        _ => {
            let label = Scene::usual_label(new).filter(|_| !there.is_store() && !there.is_messaging());
            scene.connect(on, id, label)
        }
    }
}

/// "bypass", "directly": used by the intents that take things away.
pub(super) fn missing_between(scene: &Scene, a: &Id, b: &Id, clause: &Clause<'_>) -> Refusal {
    no_connection(scene, a, b, phrase::span(clause.words))
}
