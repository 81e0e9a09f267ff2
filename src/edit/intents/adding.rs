//! Something new: between two, in front, behind, beside, for a purpose, or with no place named.

use super::{Clause, arrows, no_connection};
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::phrase::Word;
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, feature, names, phrase, present};
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

/// A door for requests: messages do not pass it.
fn is_door(kind: Kind) -> bool {
    matches!(kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf)
}

pub(in crate::edit) fn put_in_front(scene: &mut Scene, id: &Id, of: &Id) -> Result<(), Refusal> {
    let door = is_door(scene.kind(id));
    let requests = |c: &Id| !door || scene.mode_between(c, of) == Mode::Sync;
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

/// Doing the same again changes nothing, and says so.
pub(super) fn already(scene: &mut Scene, id: &Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    let text = format!("“{}” is there already; nothing changed", scene.label(id));
    scene.remark("BP0811", phrase::span(clause.words), text);
    Ok(())
}

pub(super) fn add_to(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let new = clause.newcomer("new")?;
    if clause.has("many") {
        let to = clause.many(scene, "many")?;
        let id = scene.add(&new, beside_code(scene, &new, &to))?;
        return to.iter().try_for_each(|on| arrows::call(scene, &id, on, clause));
    }
    if clause.has("callers") {
        let from = clause.many(scene, "callers")?;
        let id = scene.add(&new, beside_code(scene, &new, &from))?;
        return from.iter().try_for_each(|by| arrows::call(scene, by, &id, clause));
    }
    let words = clause.slot("a");
    let anchors = match names::many(&scene.architecture, words, &scene.last) {
        Ok(ids) => ids,
        Err(refusal) => match names::group(&scene.architecture, words) {
            Ok(group) => return add_in_group(scene, &new, group, clause),
            // "for the order events": a purpose whose words may still point to a place; "for the support team" names
            // nothing that could be a part, so that it says whom it serves.
            Err(_) if clause.says("for") => {
                let part = newcomer::head(names::bare(words)).is_some_and(|k| k != Kind::User);
                let told = feature::place_if_told(scene, &new, clause.slot_from("new"));
                return match told {
                    Err(_) if !part && !refusal.ambiguous => {
                        feature::place(scene, &new, clause.slot_from("new"), None)
                    }
                    done => done.map_err(|_| refusal),
                };
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
    let there = present::of_kind(scene, &new, clause.slot("new"));
    if let [id] = there.as_slice()
        && present::single(new.kind)
    {
        return use_present(scene, id, &anchors, clause);
    }
    present::mention(scene, &new, clause.slot("new"));
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

/// What is there does for those as well.
fn use_present(scene: &mut Scene, id: &Id, on: &[Id], clause: &Clause<'_>) -> Result<(), Refusal> {
    let before = scene.operations.len();
    for other in on.iter().filter(|on| *on != id) {
        if !scene.connected(other, id) && !scene.connected(id, other) {
            hang_on(scene, id, other)?;
        }
    }
    if scene.operations.len() == before {
        return already(scene, id, clause);
    }
    scene.speak_of(id);
    let text = format!(
        "“{}” (`{id}`) is there already and is used; say “add another …” for a second one",
        scene.label(id)
    );
    scene.remark("BP0816", phrase::span(clause.words), text);
    Ok(())
}

/// Code runs where the code beside it runs.
fn beside_code(scene: &Scene, new: &Newcomer, beside: &[Id]) -> Option<Id> {
    if matches!(new.kind, Kind::User | Kind::Client | Kind::Device | Kind::External) {
        return None;
    }
    let behind = |id: &Id| {
        let code = new.kind.is_compute() && !scene.kind(id).is_compute();
        let around = scene.callees(id).into_iter().chain(scene.callers(id));
        let code = around.filter(|c| code && scene.kind(c).is_compute()).find_map(|c| scene.group_of(&c));
        code.or_else(|| scene.group_of(id))
    };
    beside.first().and_then(behind)
}

/// "log everything to CloudWatch".
pub(super) fn watch(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let new = if clause.has("new") {
        let there = names::one(&scene.architecture, clause.slot("new"), &scene.last).ok();
        let monitor = there.filter(|id| scene.kind(id) == Kind::Monitoring);
        match monitor {
            Some(id) => return watch_all(scene, &id, clause),
            None => clause.newcomer("new")?,
        }
    } else {
        Newcomer::plain("Monitoring", Kind::Monitoring)
    };
    if !new.kind_told && new.technology.is_none() || new.kind.is_messaging() || new.kind == Kind::User {
        return Err(Refusal::other());
    }
    // A search engine or a warehouse may keep logs as well.
    let kind = if new.kind.is_store() { new.kind } else { Kind::Monitoring };
    add_new(scene, clause, clause.words, &Newcomer { kind, ..new })
}

/// Everything that runs code tells the monitoring that is there.
fn watch_all(scene: &mut Scene, id: &Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    let code: Vec<Id> = feature::watched(&scene.architecture);
    use_present(scene, id, &code, clause)
}

/// "send analytics events to a data warehouse": the words before say who sends, and what.
pub(super) fn deliver(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let new = clause.newcomer("new")?;
    let fits = new.kind.is_store() || new.kind.is_messaging() || new.kind == Kind::Analytics;
    if !(new.kind_told || new.technology.is_some()) || !fits {
        return Err(Refusal::other());
    }
    let there = present::of_kind(scene, &new, clause.slot("new"));
    let id = match (scene.existing(&new), there.as_slice()) {
        (Some(id), _) => Some(id),
        (None, [id]) => Some(id.clone()),
        _ => None,
    };
    let label = Some(clause.text("label"));
    let Some(id) = id else {
        feature::place(scene, &new, clause.slot("label"), None)?;
        let id = scene.owner().ok_or_else(Refusal::other)?;
        let callers = scene.callers(&id);
        let relabel = |from: Id| Operation::Relabel { from, to: id.clone(), label: label.clone() };
        return callers.into_iter().map(relabel).try_for_each(|operation| scene.perform(operation));
    };
    let anchor =
        anchor::anchor(&scene.architecture, &new, clause.slot("label")).ok_or_else(Refusal::other)?;
    scene.connect(&anchor.id, &id, label)?;
    use_present(scene, &id, std::slice::from_ref(&anchor.id), clause)
}

fn add_in_group(scene: &mut Scene, new: &Newcomer, group: Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    feature::place(scene, new, clause.words, Some(group))
}

/// Something new with no place named: knowledge and the graph say where it goes.
pub(super) fn add(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("new");
    let several = newcomer::several(words);
    if several.len() > 1 {
        return add_several(scene, clause, &several);
    }
    add_one(scene, clause, words)
}

fn add_several(scene: &mut Scene, clause: &Clause<'_>, parts: &[&[Word]]) -> Result<(), Refusal> {
    let mut monitor: Option<Id> = None;
    for part in parts {
        let new = newcomer::read(part).ok_or_else(Refusal::other)?;
        match &monitor {
            // "Prometheus and Grafana": what is named second shows what the first gathers.
            Some(first) if new.kind == Kind::Monitoring && scene.existing(&new).is_none() => {
                let group = scene.group_of(first);
                let id = scene.add(&new, group)?;
                let (to, label) = (first.clone(), Some("read".to_owned()));
                scene.perform(Operation::Connect { from: id, to, label, mode: Mode::Sync })?;
            }
            _ => add_one(scene, clause, part)?,
        }
        if new.kind == Kind::Monitoring && monitor.is_none() {
            monitor = scene.owner();
        }
    }
    Ok(())
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
    add_new(scene, clause, words, &new)
}

/// Adds it where it belongs, unless it is there.
fn add_new(scene: &mut Scene, clause: &Clause<'_>, words: &[Word], new: &Newcomer) -> Result<(), Refusal> {
    let usual = || crate::edit::companions::known(new).and_then(|known| known.there(scene, new));
    if let Some(id) = scene.existing(new).or_else(usual) {
        return once_more(scene, clause, words, &id, new);
    }
    let there = present::of_kind(scene, new, words);
    let Some(first) = there.first().cloned() else {
        present::mention(scene, new, words);
        return feature::place(scene, new, words, None);
    };
    if new.kind == Kind::Monitoring {
        return watch_all(scene, &first, clause);
    }
    // "a cache for product pages": what has a name of its own is for something else.
    let told = new.description.is_some().then(|| anchor::anchor(&scene.architecture, new, words)).flatten();
    let named = |id: &Id| scene.architecture.component(id.as_str()).is_some_and(|c| !present::nameless(c));
    match told.filter(|anchor| anchor.told) {
        Some(_) if there.iter().all(named) => {
            present::mention(scene, new, words);
            feature::place(scene, new, words, None)
        }
        Some(anchor) if there.len() == 1 => use_present(scene, &first, &[anchor.id], clause),
        _ => {
            scene.speak_of(&first);
            let names: Vec<String> =
                there.iter().map(|id| format!("“{}” (`{id}`)", scene.label(id))).collect();
            let text = format!(
                "{} {} there already; nothing changed. Say “connect … to {}” to use it, or “add another …” for one more",
                names.join(", "),
                if names.len() == 1 { "is" } else { "are" },
                scene.label(&first)
            );
            scene.remark("BP0811", phrase::span(clause.words), text);
            Ok(())
        }
    }
}

/// What is asked for is there: one more of it where that is said, else nothing changes.
fn once_more(
    scene: &mut Scene,
    clause: &Clause<'_>,
    words: &[Word],
    id: &Id,
    new: &Newcomer,
) -> Result<(), Refusal> {
    if present::another(words) && scene.kind(id).is_compute() {
        let before = scene.architecture.component(id.as_str()).and_then(|c| c.replicas).unwrap_or(1);
        scene.speak_of(id);
        let replicas = before.saturating_add(new.replicas.unwrap_or(1));
        return scene.perform(Operation::SetReplicas { id: id.clone(), replicas });
    }
    if present::another(words) {
        let label = (2..).map(|n| format!("{} {n}", new.label));
        let free = |l: &String| !scene.architecture.components().any(|c| c.label.eq_ignore_ascii_case(l));
        let label = label.take(scene.architecture.component_count() + 1).find(free);
        let new = Newcomer { label: label.unwrap_or_default(), ..new.clone() };
        return feature::place(scene, &new, words, None);
    }
    // "the worker in a second region": the place is what was meant.
    let placed = |d: &String| {
        let first = d.split(' ').next().unwrap_or_default().to_lowercase();
        ["in", "into", "behind", "on", "across", "to"].contains(&first.as_str())
    };
    if new.description.as_ref().is_some_and(placed) {
        let text = format!("“{}” (`{id}`) is there already", scene.label(id));
        let d = Diagnostic::error("BP0804", phrase::span(words), text);
        let hint = "say what is to become of it: “move … into …”, “put … behind …”, “copy … to …”";
        return Err(Refusal::hard(d.hint(hint)));
    }
    already(scene, id, clause)
}

/// "show the authentication flow": a way through the picture is no component of it.
fn not_shown(words: &[Word]) -> Refusal {
    let name = phrase::join(names::bare(words));
    let span = phrase::span(words);
    let d = Diagnostic::error("BP0801", span, format!("“{name}” is no component that could be added"));
    Refusal::hard(
        d.hint("name the component: “add a …”; flows are shown by the design document (`blueprose doc`)"),
    )
}

/// "bypass", "directly": used by the intents that take things away.
pub(super) fn missing_between(scene: &Scene, a: &Id, b: &Id, clause: &Clause<'_>) -> Refusal {
    no_connection(scene, a, b, phrase::span(clause.words))
}
