//! What is added along well-worn lines: dead letters, replicas, an identity provider, a store for each.

use super::Clause;
use super::adding::already;
use super::placing::hang_on;
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, candidates, names, phrase, present};
use crate::model::{Id, Kind, Mode, Operation, Technology};
use crate::text::Diagnostic;

fn only(
    scene: &Scene,
    wanted: impl Fn(Kind) -> bool,
    what: &str,
    clause: &Clause<'_>,
) -> Result<Id, Refusal> {
    let found: Vec<_> = scene.architecture.components().filter(|c| wanted(c.kind)).collect();
    // "… and add a standby": of what was just spoken of.
    if let Some(c) = found.iter().find(|c| found.len() > 1 && scene.last == [c.id.clone()]) {
        return Ok(c.id.clone());
    }
    match found.as_slice() {
        [one] => Ok(one.id.clone()),
        [] => Err(Refusal::other()),
        several => {
            let listed: Vec<_> = several.iter().map(|c| candidates::called(c)).collect();
            let span = phrase::span(clause.words);
            let d = Diagnostic::error("BP0803", span, format!("there are {} {what}", several.len()));
            Err(Refusal::several(d.hint(format!("say which: {}", listed.join(", ")))))
        }
    }
}

pub(super) fn dead_letter(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = if clause.has("a") {
        clause.one(scene, "a")?
    } else if let Some(queue) = feeding(scene) {
        queue
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

/// "… and park the message": what the one just spoken of takes its messages from.
fn feeding(scene: &Scene) -> Option<Id> {
    let [last] = scene.last.as_slice() else { return None };
    let mut all = scene.callers(last).into_iter().filter(|id| scene.kind(id).is_messaging());
    all.next().filter(|_| all.next().is_none())
}

pub(super) fn read_replica(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = if clause.has("a") {
        clause.one(scene, "a")?
    } else {
        only(scene, |k| k == Kind::Database, "databases", clause)?
    };
    let Some(there) = scene.architecture.component(a.as_str()).cloned() else { return Err(Refusal::other()) };
    // What keeps nothing stands by as one more of itself.
    let standby = ["standby", "failover"].into_iter().any(|w| clause.says(w)) && !clause.has("place");
    if standby && (there.kind.is_compute() || there.kind == Kind::Scheduler) {
        let replicas = there.replicas.unwrap_or(1).saturating_add(1);
        let text = format!("“{}” runs once more; the one more stands by", there.label);
        scene.remark("BP0816", phrase::span(clause.words), text);
        return scene.perform(Operation::SetReplicas { id: a, replicas });
    }
    if !there.kind.is_store() && there.kind != Kind::Cache {
        return Err(Refusal::other());
    }
    let stands_by = ["standby", "failover", "secondary"].into_iter().any(|w| clause.says(w));
    let label = match clause.slot("kindof") {
        [] => format!("{} {}", there.label, if stands_by { "standby" } else { "replica" }),
        words => format!(
            "{} copy of {}",
            phrase::capital(&phrase::join(names::bare(words))),
            names::uncapitalized(&there.label)
        ),
    };
    let new = Newcomer {
        label,
        kind: there.kind,
        technology: there.technology,
        replicas: newcomer::number(clause.slot("number")).filter(|&n| n > 1),
        description: None,
        kind_told: true,
    };
    if let Some(id) =
        scene.existing(&new).filter(|_| !["another", "more"].into_iter().any(|w| clause.says(w)))
    {
        return already(scene, &id, clause);
    }
    let id = scene.add(&new, there.group)?;
    if clause.has("place") {
        super::grouping::put_in_place(scene, &id, clause.slot("place"))?;
    }
    let label = Some("replicate".to_owned());
    scene.perform(Operation::Connect { from: a, to: id, label, mode: Mode::Async })
}

pub(super) fn authenticate(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let guarded = if clause.has("a") {
        clause.many(scene, "a").map_err(|r| if r.soft { Refusal::other() } else { r })?
    } else {
        anchor::entries(&scene.architecture)
    };
    let identity = Newcomer::plain("Identity provider", Kind::Identity);
    let there = self::identity(scene).or_else(|| own_identity(scene));
    guard(scene, &guarded, &identity, there, clause)
}

/// "put the app behind our company SSO".
pub(super) fn signed_in(scene: &mut Scene, guarded: &[Id], clause: &Clause<'_>) -> Result<(), Refusal> {
    let new = newcomer::read(clause.slot("new")).ok_or_else(Refusal::other)?;
    let there = self::identity(scene).or_else(|| own_identity(scene));
    guard(scene, guarded, &new, there, clause)
}

/// Those who ask an identity provider: the one there is, else a new one.
fn guard(
    scene: &mut Scene,
    guarded: &[Id],
    new: &Newcomer,
    there: Option<Id>,
    clause: &Clause<'_>,
) -> Result<(), Refusal> {
    if guarded.is_empty() {
        return Err(Refusal::other());
    }
    let id = match there {
        Some(id) => id,
        None => {
            // Somebody else's lies in no place of one's own.
            let theirs = new.technology.is_none() || new.managed() == Some(false);
            let named = clause.has("tech") && theirs || new.kind == Kind::External;
            let group = guarded.first().and_then(|g| scene.group_of(g)).filter(|_| !named);
            scene.add(new, group)?
        }
    };
    let before = scene.operations.len();
    for g in guarded.iter().filter(|g| **g != id) {
        let label = if scene.kind(g).is_actor() {
            Some("sign in".to_owned())
        } else {
            Scene::usual_label(Kind::Identity)
        };
        scene.connect(g, &id, label)?;
    }
    if scene.operations.len() == before { already(scene, &id, clause) } else { Ok(()) }
}

fn identity(scene: &Scene) -> Option<Id> {
    scene.architecture.components().find(|c| c.kind == Kind::Identity).map(|c| c.id.clone())
}

/// An "Auth service" of one's own signs people in as well, though it is drawn as a service.
fn own_identity(scene: &Scene) -> Option<Id> {
    let mut all = scene.architecture.components();
    all.find(|c| present::does_as(c, Kind::Identity)).map(|c| c.id.clone())
}

/// "use Auth0 for login": the identity provider is of that make; where there is none, it comes in where requests do.
pub(super) fn sign_in_with(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let mut new = newcomer::read(clause.slot("tech")).ok_or_else(Refusal::other)?;
    if let Some(id) = identity(scene) {
        scene.speak_of(&id);
        // "login with social accounts" names no product.
        let product =
            clause.slot("tech").first().is_some_and(|w| w.text.starts_with(char::is_uppercase) || w.quoted);
        if new.technology.is_none() && !product {
            return Err(Refusal::other());
        }
        let technology = new.technology.unwrap_or_else(|| Technology::unknown(new.label));
        if scene
            .architecture
            .component(id.as_str())
            .is_some_and(|c| c.technology.as_ref() == Some(&technology))
        {
            return already(scene, &id, clause);
        }
        // "put Auth0 in front, students log in with Google": the one asks the other.
        let made = scene.architecture.component(id.as_str()).is_some_and(|c| c.technology.is_some());
        if made && clause.bindings.get("list").is_some() {
            let plain = Newcomer {
                technology: Some(technology.clone()),
                ..Newcomer::plain(&technology.name, Kind::Identity)
            };
            let other = scene.add(&plain, None)?;
            return scene.connect(&id, &other, Some("sign in with".to_owned()));
        }
        return scene.perform(Operation::SetTechnology { id, technology: Some(technology) });
    }
    new.kind = Kind::Identity;
    guard(scene, &anchor::entries(&scene.architecture), &new, None, clause)
}

/// "let the orders and the catalog service share a cache": the one that either has, else a new one.
pub(super) fn share(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let owners = clause.many(scene, "list").map_err(|r| if r.soft { Refusal::other() } else { r })?;
    let words = clause.slot("new");
    let before = clause.bindings.get("new").and_then(|r| clause.words.get(r.start.checked_sub(1)?));
    let known =
        before.filter(|w| w.is("the")).and_then(|_| names::one(&scene.architecture, words, &scene.last).ok());
    let new = clause.newcomer("new")?;
    let has = |owner: &Id| scene.callees(owner).into_iter().find(|id| scene.kind(id) == new.kind);
    let id = match known.or_else(|| owners.iter().find_map(has)) {
        Some(id) => id,
        None => {
            let group = owners.first().and_then(|o| scene.group_of(o));
            scene.add(&new, group)?
        }
    };
    let before = scene.operations.len();
    for owner in owners.iter().filter(|o| **o != id) {
        if !scene.connected(owner, &id) {
            hang_on(scene, &id, owner)?;
        }
    }
    if scene.operations.len() == before { already(scene, &id, clause) } else { Ok(()) }
}

/// "give each service its own database": one for each that has none to itself.
pub(super) fn own(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let owners =
        names::each(&scene.architecture, clause.slot("list"), &scene.last).ok_or_else(Refusal::other)?;
    let new = clause.newcomer("new")?;
    if new.kind.is_compute() || new.kind.is_actor() {
        return Err(Refusal::other());
    }
    // "their own databases": one each.
    let one = phrase::singular_last(&new.label);
    let together: Vec<Id> = shared_by_several(scene, new.kind);
    let mut served = Vec::new();
    for owner in owners {
        let label = format!("{} {}", names::proper(&scene.label(&owner)), names::uncapitalized(&one));
        let namesake = |id: &Id| names::stems(&scene.label(id)) == names::stems(&label);
        let to_itself = |id: &Id| {
            scene.kind(id) == new.kind
                && (scene.callers(id).len() == 1 && !together.contains(id) || namesake(id))
        };
        if let Some(id) = scene.callees(&owner).into_iter().find(to_itself) {
            served.push(format!("“{}” has “{}”", scene.label(&owner), scene.label(&id)));
            continue;
        }
        let shared: Vec<Id> =
            scene.callees(&owner).into_iter().filter(|id| scene.kind(id) == new.kind).collect();
        // What it shared with others so far it has to itself now, of the same make and at the same place.
        let apart = |before: &&Id| of_another(scene, before, &owner) || together.contains(before);
        let before = <[Id; 1]>::try_from(shared).ok().map(|[before]| before).filter(|b| apart(&b));
        let group = scene.group_of(before.as_ref().filter(|b| together.contains(b)).unwrap_or(&owner));
        let made = before.as_ref().and_then(|b| scene.architecture.component(b.as_str())?.technology.clone());
        let technology = new.technology.clone().or(made);
        let id = scene.add(&Newcomer { label, technology, ..new.clone() }, group)?;
        match before {
            Some(before) => {
                let (from, to, new_from, new_to) = (owner.clone(), before, owner.clone(), id);
                scene.perform(Operation::Redirect { from, to, new_from, new_to })?;
            }
            None => hang_on(scene, &id, &owner)?,
        }
    }
    for left in &together {
        if !scene.callers(left).is_empty() || !scene.callees(left).is_empty() {
            continue;
        }
        let text = format!("nobody uses “{}” any more: it is removed", scene.label(left));
        scene.remark("BP0815", phrase::span(clause.words), text);
        scene.perform(Operation::RemoveComponent { id: left.clone(), bridge: false })?;
    }
    if !served.is_empty() {
        let text = format!("{} to itself already; nothing changed there", served.join(", "));
        scene.remark("BP0811", phrase::span(clause.words), text);
    }
    Ok(())
}

/// The stores of a kind that several work with.
fn shared_by_several(scene: &Scene, kind: Kind) -> Vec<Id> {
    let all = scene.architecture.components().filter(|c| c.kind == kind && kind.is_store());
    all.map(|c| c.id.clone()).filter(|id| scene.callers(id).len() > 1).collect()
}

/// Whether a store is called after another one that works with it.
fn of_another(scene: &Scene, store: &Id, owner: &Id) -> bool {
    let called = names::stems(&scene.label(store));
    let after = |by: &Id| {
        let own = names::stems(&names::proper(&scene.label(by)));
        by != owner && !own.is_empty() && called.starts_with(&own)
    };
    scene.kind(store).is_store() && scene.callers(store).iter().any(after)
}

/// "the payment service should publish an event when a payment succeeds": to the one topic or bus there is, else to one
/// of its own.
pub(super) fn publish(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let from = clause.one(scene, "a")?;
    let bus = |k: Kind| matches!(k, Kind::Topic | Kind::Stream | Kind::EventBus);
    let there: Vec<Id> =
        scene.architecture.components().filter(|c| bus(c.kind)).map(|c| c.id.clone()).collect();
    let to = match there.as_slice() {
        [one] => one.clone(),
        [] => {
            let label = format!("{} events", names::proper(&scene.label(&from)));
            let group = scene.group_of(&from);
            let id = scene.add(&Newcomer::plain(&label, Kind::Topic), group)?;
            let text = format!("nothing reads from “{label}” yet: say “connect {label} to …”");
            scene.remark("BP0812", phrase::span(clause.words), text);
            id
        }
        _ => only(scene, bus, "topics and streams", clause)?,
    };
    let label = Some(phrase::join(names::bare(clause.slot("why")))).filter(|l| !l.is_empty());
    // "… and the worker listens to it".
    scene.unspoken(&from);
    scene.speak_of(&to);
    scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })
}
