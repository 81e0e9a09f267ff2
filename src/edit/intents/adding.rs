//! Something new: for what is named, or with no place named; and what is there already.

use super::placing::hang_on;
pub(super) use super::standing::{add_new, already, use_present};
use super::{Clause, arrows, qualities};
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::pattern::knowledge;
use crate::edit::phrase::Word;
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, companions, extent, feature, names, phrase, present};
use crate::model::{Id, Kind, Mode, Operation};
use crate::text::Diagnostic;

/// "add a cache and make the API read from it": where it goes is said, so that nothing is chosen.
pub(super) fn add_joined(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let callers = clause.many(scene, "callers")?;
    let new = clause.newcomer("new")?;
    // "add a queue and connect it to the worker": somebody else fills it.
    let joins_it = |n: usize| {
        let verb = clause.words.get(n..).and_then(|words| knowledge().verb_at("connect", words));
        verb.and_then(|length| clause.words.get(n + length)).is_some_and(|w| w.is("it"))
    };
    let leads_on = (0..clause.words.len()).any(joins_it);
    if leads_on && new.kind.is_messaging() {
        return Err(Refusal::other());
    }
    present::mention(scene, &new, clause.slot("new"));
    let id = match scene.existing(&new) {
        Some(id) => id,
        None => scene.add(&new, beside_code(scene, &new, &callers))?,
    };
    scene.speak_of(&id);
    // "… use it": what one does with things of the kind.
    let verb =
        arrows::said(clause).is_some() || new.kind.is_messaging() && clause.bindings.get("@call").is_some();
    for by in callers.iter().filter(|by| **by != id) {
        if verb { arrows::call(scene, by, &id, clause)? } else { hang_on(scene, &id, by)? }
    }
    Ok(())
}

pub(super) fn add_to(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    if let Some(quality) = qualities::quality(clause.slot("new")).filter(|_| clause.has("a")) {
        return qualities::give(scene, quality, clause);
    }
    let parts = newcomer::several(clause.slot("new"));
    if clause.has("a") && parts.len() > 1 {
        let all: Option<Vec<Newcomer>> = parts.iter().map(|part| newcomer::read(part)).collect();
        let mut all = all.ok_or_else(Refusal::other)?.into_iter();
        return all.try_for_each(|new| add_one_to(scene, clause, &new));
    }
    if clause.has("who") {
        let new = newcomer::read(clause.slot("new")).ok_or_else(Refusal::other)?;
        return super::features::needed(scene, clause, &new);
    }
    let new = clause.newcomer("new")?;
    if clause.has("does") {
        return add_doing(scene, clause);
    }
    if clause.has("many") {
        let to = match clause.many(scene, "many") {
            Ok(ids) => ids,
            Err(refusal) => vec![placed(scene, clause, "many").map_err(|_| refusal)?],
        };
        let id = scene.add(&new, beside_code(scene, &new, &to))?;
        return to.iter().try_for_each(|on| arrows::call(scene, &id, on, clause));
    }
    if clause.has("callers") {
        let from = clause.many(scene, "callers")?;
        let id = match scene.existing(&new) {
            Some(id) => id,
            None => scene.add(&new, beside_code(scene, &new, &from))?,
        };
        return from.iter().try_for_each(|by| arrows::call(scene, by, &id, clause));
    }
    add_one_to(scene, clause, &new)
}

/// "a card service that issues cards and talks to Visa": it comes in where its words say, and calls what is named.
fn add_doing(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot_from("new");
    let new = newcomer::read(words).ok_or_else(Refusal::other)?;
    feature::place(scene, &new, words, None)?;
    let id = scene.owner().ok_or_else(Refusal::other)?;
    let to = match clause.many(scene, "many") {
        Ok(ids) => ids,
        Err(refusal) => arrows::called_anew(scene, clause, std::slice::from_ref(&id)).map_err(|_| refusal)?,
    };
    to.iter().filter(|to| **to != id).try_for_each(|to| arrows::call(scene, &id, to, clause))
}

/// "… that reads from a queue": the queue is new as well.
fn placed(scene: &mut Scene, clause: &Clause<'_>, slot: &str) -> Result<Id, Refusal> {
    let new = clause.newcomer(slot)?;
    let told = clause.slot(slot).first().is_some_and(|w| w.is_any(&["a", "an"])) && new.kind_told;
    if !told || new.kind == Kind::User {
        return Err(Refusal::other());
    }
    if let [id] = present::of_kind(scene, &new, clause.slot(slot)).as_slice() {
        return Ok(id.clone());
    }
    feature::place(scene, &new, clause.words, None)?;
    scene.owner().ok_or_else(Refusal::other)
}

/// "… to the order service": something new for those that are there.
fn add_one_to(scene: &mut Scene, clause: &Clause<'_>, new: &Newcomer) -> Result<(), Refusal> {
    let words = clause.slot("a");
    // "a cache in Redis for …": what it is made with, not where it goes.
    let before = clause.bindings.get("a").and_then(|r| clause.words.get(r.start.checked_sub(1)?));
    let made_with = before.is_some_and(|w| w.is("in"))
        && words.get(..1).is_some_and(|first| newcomer::technology_in(first).is_some());
    if made_with && new.technology.is_none() && (new.kind.is_store() || new.kind == Kind::Cache) {
        return Err(Refusal::other());
    }
    let anchors = match names::many(&scene.architecture, words, &scene.last) {
        Ok(ids) => ids,
        // "dietary filters to the menu": of the menu's service and its database, the service.
        Err(refusal) if refusal.ambiguous && new.kind.is_compute() && !clause.says("for") => {
            vec![names::only_code(&scene.architecture, words).ok_or(refusal)?]
        }
        Err(refusal) => match names::group(&scene.architecture, words) {
            Ok(group) => return add_in_group(scene, new, group, clause),
            Err(_) if clause.says("for") => return for_purpose(scene, clause, refusal),
            // "speed limits with warnings to the driver": the place is one of what is said of it.
            Err(_) if clause.slot("new").iter().any(|w| w.is("with")) => return Err(Refusal::other()),
            Err(_) => return Err(refusal),
        },
    };
    let all = |kind: Kind| anchors.iter().all(|id| scene.kind(id) == kind);
    // "a door sensor for every truck" stands where the others stand; "for third parties" says who calls it.
    let theirs = before.is_some_and(|w| w.is("for")) && all(Kind::External);
    if new.kind == Kind::Device && all(Kind::Device) || theirs || passing_mention(scene, words, &anchors) {
        return Err(Refusal::other());
    }
    // "for users": people say whom it serves, not where it goes.
    let served = anchors.iter().all(|id| scene.kind(id) == Kind::User);
    let actors = anchors.iter().all(|id| scene.kind(id).is_actor());
    let waits = new.kind.is_messaging() && actors;
    // "MFA for the clinicians": a step of signing in is asked by what signs them in.
    let step = || companions::known(new).and_then(|known| known.asked_by(scene)).is_some();
    // "expense reports for the landlords": they are read where people come in.
    let read = new.kind == Kind::Analytics && actors;
    if waits || read || actors && step() {
        return Err(Refusal::other());
    }
    if served && !matches!(new.kind, Kind::Client | Kind::Device) {
        return Err(Refusal::other());
    }
    if let Some(id) = scene.existing(new) {
        let known = anchors.iter().all(|on| scene.connected(on, &id) || scene.connected(&id, on));
        if known {
            return already(scene, &id, clause);
        }
        return anchors.iter().try_for_each(|on| hang_on(scene, &id, on));
    }
    let there = present::of_kind(scene, new, clause.slot("new"));
    if let [id] = there.as_slice()
        && present::single(new.kind)
    {
        return use_present(scene, id, &anchors, clause);
    }
    present::mention(scene, new, clause.slot("new"));
    let group = anchors.first().and_then(|id| scene.group_of(id)).filter(|_| !new.kind.is_outside());
    let id = scene.add(new, group)?;
    anchors.iter().for_each(|on| scene.speak_of(on));
    if served {
        for on in &anchors {
            scene.connect(on, &id, None)?;
        }
        let entry = anchor::entries(&scene.architecture).into_iter().find(|e| *e != id);
        return entry.map_or(Ok(()), |entry| scene.connect(&id, &entry, None));
    }
    let tells = matches!(new.kind, Kind::Notification | Kind::Email);
    for on in &anchors {
        // "alerts for the restaurants": people get them.
        if tells && scene.kind(on).is_actor() && anchors.len() > 1 {
            let (from, to, label) = (id.clone(), on.clone(), Some("notify".to_owned()));
            scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })?;
        } else {
            hang_on(scene, &id, on)?;
        }
    }
    asked_too(scene, new, &id, &anchors)
}

/// "version history for the contracts": what works with a store is asked by what works with it.
fn asked_too(scene: &mut Scene, new: &Newcomer, id: &Id, anchors: &[Id]) -> Result<(), Refusal> {
    let works = |on: &&Id| new.kind.is_compute() && scene.kind(on).is_store() && !feature::starts_itself(new);
    let Some(on) = anchors.first().filter(works).filter(|_| scene.callers(id).is_empty()) else {
        return Ok(());
    };
    let asker = scene.callers(on).into_iter().find(|by| by != id && scene.kind(by).is_compute());
    asker.map_or(Ok(()), |by| scene.connect(&by, id, None))
}

/// "comments on videos": a word of the names of several or of data, without an article, is what it is about and no place.
fn passing_mention(scene: &Scene, words: &[Word], found: &[Id]) -> bool {
    let small = |w: &Word| !w.quoted && w.text.starts_with(char::is_lowercase);
    let list = words.iter().any(|w| w.is_any(&["and", "all", "both", "each", "every", "them"]) || w.is(","));
    let one = matches!(found, [id] if scene.kind(id).is_compute());
    !one && !names::called(&scene.architecture, words)
        && !list
        && names::bare(words).len() == words.len()
        && words.iter().all(small)
        && newcomer::head(words).is_none()
}

/// "for the order events": a purpose whose words may still point to a place; "for the support team" names nothing that
/// could be a part, so that it says whom it serves.
fn for_purpose(scene: &mut Scene, clause: &Clause<'_>, refusal: Refusal) -> Result<(), Refusal> {
    let words = clause.slot_from("new");
    let new = newcomer::read(words).ok_or_else(Refusal::other)?;
    let told = anchor::anchor(&scene.architecture, &new, words).is_some_and(|anchor| anchor.told);
    let part = newcomer::head(names::bare(clause.slot("a"))).is_some_and(|k| k != Kind::User);
    if told || !part && !refusal.ambiguous && !refusal.soft {
        return add_new(scene, clause, words, &new);
    }
    Err(refusal)
}

/// Code runs where the code beside it runs.
fn beside_code(scene: &Scene, new: &Newcomer, beside: &[Id]) -> Option<Id> {
    if new.kind.is_outside() {
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
    // "deploy with Terraform": what comes in is what it is done with.
    let words = match words.split_first() {
        Some((first, rest)) if first.is_any(&["with", "using"]) && !rest.is_empty() => rest,
        Some((first, _))
            if first.is_any(&["to", "in", "into", "on", "from", "by", "for", "behind", "between"]) =>
        {
            return Err(Refusal::other());
        }
        _ => words,
    };
    if words.len() > 1 && words[0].is_any(&["all", "every", "each"]) {
        let text = format!("“{}” names nothing new", phrase::join(words));
        let d = Diagnostic::error("BP0801", phrase::span(words), text);
        return Err(Refusal::hard(d.hint("say which, each by its name: “add an import and an export”")));
    }
    if let Some(quality) = qualities::quality(words) {
        match qualities::give_fitting(scene, quality, words) {
            // "a traffic shifting feature that …", where nothing can have it: it is a part of its own then.
            Err(refusal) if !refusal.ambiguous && extent::holds_clause(words) => {}
            done => return done,
        }
    }
    let mut new = newcomer::read(words).ok_or_else(Refusal::other)?;
    // "integrate with the John Deere API": somebody else's.
    let linked = clause.words.first().is_some_and(|w| w.is_any(&["integrate", "connect", "link"]));
    if linked && (new.technology.is_none() || new.managed() == Some(false) && new.kind.is_compute()) {
        new.kind = Kind::External;
    }
    let place = extent::core(words).last();
    if new.technology.is_none()
        && place.is_some_and(|w| w.is_any(&["region", "zone", "subnet", "vpc", "datacenter", "datacentre"]))
    {
        let d = Diagnostic::error(
            "BP0801",
            phrase::span(words),
            format!("“{}” is a place for parts, and does not say which", new.label),
        );
        return Err(Refusal::hard(
            d.hint("for instance: “copy the order service to Singapore”, “move … into …”"),
        ));
    }
    if clause.says("show") && !(new.kind_told || new.technology.is_some()) {
        return Err(not_shown(words));
    }
    if clause.says("use") && clause.says("it") && make_it_use(scene, clause, &new)? {
        return Ok(());
    }
    add_new(scene, clause, words, &new)
}

/// "make it use PostgreSQL": the only one of the kind is of that make; whether there is one.
fn make_it_use(scene: &mut Scene, clause: &Clause<'_>, new: &Newcomer) -> Result<bool, Refusal> {
    let all = scene.architecture.components().filter(|c| new.technology.is_some() && c.kind == new.kind);
    let same: Vec<Id> = all.map(|c| c.id.clone()).collect();
    let made = |id: &&Id| {
        let there = scene.architecture.component(id.as_str()).and_then(|c| c.technology.clone());
        there == new.technology
    };
    if let Some(id) = same.iter().find(made) {
        scene.speak_of(id);
        return already(scene, id, clause).map(|()| true);
    }
    let [id] = same.as_slice() else { return Ok(false) };
    scene.speak_of(id);
    let technology = new.technology.clone();
    scene.perform(Operation::SetTechnology { id: id.clone(), technology })?;
    Ok(true)
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
