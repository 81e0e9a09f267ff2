//! What goes somewhere: logs to a monitoring, events to a warehouse, sessions to a cache.

use super::adding::{add_new, use_present};
use super::placing::hang_on;
use super::{Clause, arrows};
use crate::edit::newcomer::Newcomer;
use crate::edit::phrase::{self, Word};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, feature, names, newcomer, present};
use crate::model::{Id, Kind, Operation};

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
pub(super) fn watch_all(scene: &mut Scene, id: &Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    let code: Vec<Id> = feature::watched(&scene.architecture);
    use_present(scene, id, &code, clause)
}

/// "use Redis for sessions": what it is for says where it goes.
pub(super) fn use_for(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let new = clause.newcomer("new")?;
    if new.technology.is_none() {
        return Err(Refusal::other());
    }
    let on = names::one(&scene.architecture, clause.slot("purpose"), &scene.last).ok();
    if let Some(on) = on.filter(|id| scene.kind(id).is_compute()) {
        present::mention(scene, &new, clause.slot("new"));
        let group = scene.group_of(&on);
        let id = scene.add(&new, group)?;
        return hang_on(scene, &id, &on);
    }
    if names::one(&scene.architecture, clause.slot("new"), &scene.last).is_ok() {
        return Err(Refusal::other());
    }
    if let Some(id) = unmade(scene, &new, clause.slot("purpose")) {
        scene.speak_of(&id);
        return scene.perform(Operation::SetTechnology { id, technology: new.technology });
    }
    present::mention(scene, &new, clause.slot("new"));
    feature::place_if_told(scene, &new, clause.slot("purpose"))
}

/// "Timestream for the points": the one of its kind that nobody said the make of, where the purpose has to do with it.
fn unmade(scene: &Scene, new: &Newcomer, purpose: &[Word]) -> Option<Id> {
    let wanted = anchor::telling(purpose);
    let a = &scene.architecture;
    let mut all = a.components().filter(|c| c.kind == new.kind);
    let only = all.next().filter(|c| c.technology.is_none() && all.next().is_none())?;
    (anchor::Bond::between(a, only, &wanted).strength() > 0).then(|| only.id.clone())
}

/// "the search is too slow – use Elasticsearch": what was spoken of becomes it, or uses it.
pub(super) fn use_here(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let [on] = scene.about.clone().try_into().map_err(|_| Refusal::other())?;
    let new = newcomer::read(clause.slot("new"))
        .filter(|new| new.technology.is_some())
        .ok_or_else(Refusal::other)?;
    if scene.kind(&on) == new.kind || scene.kind(&on) == Kind::External {
        return scene.perform(Operation::SetTechnology { id: on, technology: new.technology });
    }
    if !scene.kind(&on).is_compute() {
        return Err(Refusal::other());
    }
    present::mention(scene, &new, clause.slot("new"));
    let group = scene.group_of(&on);
    let id = scene.add(&new, group)?;
    hang_on(scene, &id, &on)
}

/// "Power BI reads from the warehouse", "a mobile app calls the API": who does so comes in.
pub(super) fn joins(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("new");
    let to = clause.many(scene, "many")?;
    let mut new = clause.newcomer("new")?;
    let article = words.first().is_some_and(|w| w.is_any(&["a", "an", "another"]));
    let name = words.iter().all(|w| w.text.starts_with(char::is_uppercase));
    if !(new.technology.is_some() && name || new.kind_told && article || name && words.len() > 1)
        || new.kind == Kind::User
    {
        return Err(Refusal::other());
    }
    if name && new.technology.is_none() && !new.kind_told {
        new.kind = Kind::External;
    }
    let group = to.first().and_then(|on| scene.group_of(on)).filter(|_| !new.kind.is_outside());
    let id = scene.add(&new, group)?;
    to.iter().try_for_each(|on| arrows::call(scene, &id, on, clause))
}

/// "move cold files to Glacier after 180 days": from where such things are kept.
fn cool_down(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let new = newcomer::read(clause.slot("new")).ok_or_else(Refusal::other)?;
    let value = super::settings::span_of_time(clause.slot("value"));
    let from = match clause.one(scene, "cold") {
        Ok(from) => Some(from),
        Err(_) => super::settings::keeper(&scene.architecture, clause.slot("cold")),
    };
    let from = from.filter(|id| scene.kind(id).is_store()).ok_or_else(Refusal::other)?;
    let known = new.kind.is_store() && (new.kind_told || new.technology.is_some());
    if !known || value.quantity().is_none() {
        return Err(Refusal::other());
    }
    let group = scene.group_of(&from);
    let id = scene.add(&new, group)?;
    scene.connect(&from, &id, Some(format!("after {value}")))
}

/// "keep readings for a year, then move them to Glacier": from where they are.
fn from_last(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let [last] = scene.last.clone().try_into().map_err(|_| Refusal::other())?;
    let new = newcomer::read(clause.slot("last")).ok_or_else(Refusal::other)?;
    let fits =
        new.kind.is_store() && scene.kind(&last).is_store() && (new.kind_told || new.technology.is_some());
    if !fits {
        return Err(Refusal::other());
    }
    let group = scene.group_of(&last);
    let id = scene.add(&new, group)?;
    scene.connect(&last, &id, Some("archive".to_owned()))
}

/// "send analytics events to a data warehouse": the words before say who sends, and what.
pub(super) fn deliver(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    if clause.has("last") {
        return from_last(scene, clause);
    }
    if clause.has("cold") {
        return cool_down(scene, clause);
    }
    // "put a registry next to …" brings something new; "keep readings for a year, then move them to …" is two wishes.
    if clause.slot("label").first().is_some_and(|w| w.is_any(&["a", "an"]))
        || clause.slot("label").iter().any(|w| w.is_any(&["then", ","]))
    {
        return Err(Refusal::other());
    }
    // "every night, …": a job does it.
    if scene.when.is_some() {
        return Err(Refusal::other());
    }
    let new =
        clause.newcomer("new").or_else(|_| newcomer::read(clause.slot("new")).ok_or_else(Refusal::other))?;
    // "store the audit log in a separate database": what it keeps names it.
    let plain = new.technology.is_none() && present::says_kind_only(&new.label, new.kind, None);
    let own =
        clause.words.first().is_some_and(|w| w.is_any(&["store", "save", "keep", "put", "log", "record"]));
    let new = if plain && own {
        let label = phrase::capital(&phrase::join(names::bare(clause.slot("label"))));
        Newcomer { label: format!("{label} {}", names::uncapitalized(&new.label)), ..new }
    } else {
        new
    };
    let fits = new.kind.is_store()
        || new.kind.is_messaging()
        || matches!(new.kind, Kind::External | Kind::Notification) && new.technology.is_some()
        || matches!(new.kind, Kind::Analytics | Kind::Registry | Kind::Secrets);
    if !(new.kind_told || new.technology.is_some()) || !fits {
        return Err(Refusal::other());
    }
    let kept =
        clause.slot("new").iter().rposition(|w| w.is("for")).and_then(|at| clause.slot("new").get(at + 1..));
    let kept = kept.map(super::settings::span_of_time).filter(|v| v.quantity().is_some());
    deliver_to(scene, clause, &new)?;
    match (kept, scene.owner()) {
        (Some(value), Some(id)) if scene.kind(&id) == new.kind => {
            scene.perform(Operation::SetProperty { id, name: "retention".to_owned(), value })
        }
        _ => Ok(()),
    }
}

fn deliver_to(scene: &mut Scene, clause: &Clause<'_>, new: &Newcomer) -> Result<(), Refusal> {
    let there = present::of_kind(scene, new, clause.slot("new"));
    let id = match (scene.existing(new), there.as_slice()) {
        (Some(id), _) => Some(id),
        (None, [id]) => Some(id.clone()),
        _ => None,
    };
    let said = clause.slot("label");
    let every = usize::from(said.len() > 1 && said[0].is_any(&["every", "each"]));
    let label = Some(phrase::join(names::bare(&said[every..])));
    if let Some(stream) = stream_of(scene, clause.slot("label")) {
        let id = match id {
            Some(id) => id,
            None => scene.add(new, scene.group_of(&stream))?,
        };
        return scene.connect(&stream, &id, label);
    }
    let Some(id) = id else {
        feature::place(scene, new, clause.slot("label"), None)?;
        let id = scene.owner().ok_or_else(Refusal::other)?;
        let callers = scene.callers(&id);
        let relabel = |from: Id| Operation::Relabel { from, to: id.clone(), label: label.clone() };
        return callers.into_iter().map(relabel).try_for_each(|operation| scene.perform(operation));
    };
    let anchor = anchor::anchor(&scene.architecture, new, clause.slot("label")).ok_or_else(Refusal::other)?;
    scene.connect(&anchor.id, &id, label)?;
    use_present(scene, &id, std::slice::from_ref(&anchor.id), clause)
}

/// "all events": what passes through the one stream or bus there is.
fn stream_of(scene: &Scene, words: &[Word]) -> Option<Id> {
    let events = words.last().is_some_and(|w| w.is_any(&["events", "event", "messages"]));
    let mut all = scene.architecture.components().filter(|c| events && anchor::passes_events(c.kind));
    all.next().filter(|_| all.next().is_none()).map(|c| c.id.clone())
}
