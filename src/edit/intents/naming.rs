//! Names and what things are made with.

use super::{Clause, taken};
use crate::catalog::catalog;
use crate::edit::anchor::akin;
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::pattern::{knowledge, starts};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, names, phrase};
use crate::model::{Component, Id, Kind, Operation, Technology};

pub(super) fn rename(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let slot = ["quoted", "capital"].into_iter().find(|s| clause.has(s)).unwrap_or("name");
    let capital = |w: &phrase::Word| w.text.starts_with(char::is_uppercase);
    if slot == "capital" && !clause.slot(slot).first().is_some_and(capital) {
        return Err(Refusal::other());
    }
    if slot == "quoted" && !matches!(clause.slot("quoted"), [w] if w.quoted) {
        return Err(Refusal::other());
    }
    let label = clause.text(slot).trim().to_owned();
    // "… to Messenger and have it send mails" is no name.
    let on = |n: usize| {
        let rest = clause.slot(slot).get(n + 1..).unwrap_or_default();
        knowledge().starters.iter().any(|s| starts(rest, s).is_some())
    };
    let more = clause.slot(slot).iter().enumerate().any(|(n, w)| w.is_any(&["and", "then"]) && on(n));
    if label.is_empty() || more {
        return Err(Refusal::other());
    }
    let id = match clause.one(scene, "x") {
        Ok(id) => id,
        Err(refusal) => {
            let Ok(group) = clause.group(scene, "x") else { return Err(refusal) };
            return scene.perform(Operation::RenameGroup { id: group, label });
        }
    };
    let same = |c: &Component| c.id != id && c.label.eq_ignore_ascii_case(&label);
    if scene.architecture.components().any(same) {
        return Err(taken(&label, clause.span(slot)));
    }
    scene.perform(Operation::Rename { id, label })
}

/// "describe the trip service as …": what is written beneath its name and in the document.
pub(super) fn describe(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let text = clause.text("text");
    let id = clause.one(scene, "a")?;
    scene.perform(Operation::SetDescription { id, description: Some(phrase::capital(text.trim())) })
}

pub(super) fn title(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let title = clause.text("name");
    if title.is_empty() {
        return Err(Refusal::other());
    }
    scene.perform(Operation::SetTitle { title })
}

/// Another technology (and kind, where it calls for one) on the same component: id, connections and group stay.
pub(super) fn replace(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = until_preposition(clause.slot("tech"));
    // "counted by a stream processor" is no make.
    let done =
        words.first().is_some_and(|w| w.lower.ends_with("ed")) && clause.words.iter().any(|w| w.is("by"));
    let done = done && !clause.words.iter().any(|w| w.is_any(&["replaced", "substituted"]));
    if done || words.is_empty() || words.iter().any(|w| w.is_any(&["replica", "replicas", "queue's"])) {
        return Err(Refusal::other());
    }
    let all = match clause.one(scene, "a") {
        Ok(id) => vec![id],
        // "… is too expensive, use Adyen instead": what was just spoken of.
        Err(refusal) if !clause.has("a") => match scene.last.as_slice() {
            [id] => vec![id.clone()],
            _ => return Err(refusal),
        },
        // "the database from PostgreSQL": the old technology says which.
        Err(refusal) if clause.has("old") => vec![clause.one(scene, "old").map_err(|_| refusal)?],
        Err(refusal) => match clause.many(scene, "a") {
            Ok(ids) => ids,
            // "store the audit log in …": what is kept is no part.
            Err(_) if clause.words.first().is_some_and(|w| w.is_any(&["store", "keep"])) => {
                return Err(Refusal::other());
            }
            Err(_) => return replace_group(scene, clause, words).map_err(|_| refusal),
        },
    };
    // "users should be able to pay": what one can do is no make.
    if words.iter().any(|w| w.is_any(&["via", "through", "behind"]))
        || words[0].is_any(&[
            "able", "allowed", "possible", "behind", "before", "between", "beside", "near", "there",
        ])
        || words.iter().any(|w| w.is("to")) && !words[0].is("to")
    {
        return Err(Refusal::other());
    }
    // "… then move them to Glacier": old data goes to a colder place, and what keeps it stays.
    let pronoun = matches!(clause.slot("a"), [w] if w.is_any(&["it", "them", "these", "those"]));
    if pronoun
        && words
            .iter()
            .any(|w| ["glacier", "archive", "cold", "coldline"].iter().any(|c| w.lower.contains(c)))
    {
        return Err(Refusal::other());
    }
    // "store alerts in a database" speaks of what a service writes.
    let keeps = |id: &Id| scene.kind(id).is_store() || scene.kind(id) == Kind::Cache;
    if clause.words.first().is_some_and(|w| w.is_any(&["store", "keep"])) && !all.iter().all(keeps) {
        return Err(Refusal::other());
    }
    let definite = words.first().is_some_and(|w| w.is_any(&["the", "our", "existing"]));
    if definite
        && let Ok(other) = names::one(&scene.architecture, words, &scene.last)
        && !all.contains(&other)
    {
        return all.iter().try_for_each(|id| take_over(scene, id, &other));
    }
    let new = newcomer::read(words).ok_or_else(Refusal::other)?;
    // "run it in Europe": a place is no make.
    let before = clause.bindings.get("tech").and_then(|r| clause.words.get(r.start.checked_sub(1)?));
    if new.technology.is_none()
        && before.is_some_and(|w| w.is("in"))
        && clause.bindings.get("@replace").is_none()
    {
        return Err(Refusal::other());
    }
    if new.technology.is_none()
        && !new.kind_told
        && !words[0].text.trim_start_matches('.').starts_with(char::is_uppercase)
    {
        return Err(Refusal::other());
    }
    // "use Postgres for the order service": a service that uses it does not become it.
    let used = clause.bindings.get("@use").is_some() && !new.kind.is_compute() && new.kind != Kind::Other;
    let runs = |id: &Id| scene.architecture.component(id.as_str()).is_some_and(|c| does_such(c, &new));
    if used && all.iter().all(runs) {
        return all.into_iter().try_for_each(|id| {
            scene.perform(Operation::SetTechnology { id, technology: new.technology.clone() })
        });
    }
    if used && all.iter().any(|id| scene.kind(id).is_compute()) {
        return Err(Refusal::other());
    }
    all.iter().try_for_each(|id| {
        // "move the leaderboard to Redis": its data goes there, the service stays.
        let keeps = new.kind.is_store() || new.kind == Kind::Cache;
        if keeps && scene.kind(id).is_compute() && clause.bindings.get("@move").is_some() {
            return keep_in(scene, id, &new);
        }
        become_new(scene, id, &new, words)
    })
}

/// Whether code does what a product is made to do: "Flink" for the stream processor.
fn does_such(c: &Component, new: &Newcomer) -> bool {
    let entry = new.technology.as_ref().and_then(|t| catalog().technology(t.id.as_deref()?));
    let about =
        entry.filter(|e| e.kind == Kind::Analytics).map(|e| names::stems(e.about)).unwrap_or_default();
    let shared = names::stems(&c.label).iter().filter(|l| about.iter().any(|a| akin(a, l))).count();
    c.kind.is_compute() && shared > 1
}

/// What a service keeps its data in is of another make; where it has nothing of the kind, it comes in.
fn keep_in(scene: &mut Scene, id: &Id, new: &Newcomer) -> Result<(), Refusal> {
    let alike = scene.callees(id).into_iter().find(|to| scene.kind(to) == new.kind);
    if let Some(to) = alike {
        return scene.perform(Operation::SetTechnology { id: to, technology: new.technology.clone() });
    }
    let group = scene.group_of(id);
    let store = scene.add(new, group)?;
    super::placing::hang_on(scene, &store, id)
}

/// "convert the cluster to EKS": what a group is made with is in its name.
fn replace_group(scene: &mut Scene, clause: &Clause<'_>, words: &[phrase::Word]) -> Result<(), Refusal> {
    let group = clause.group(scene, "a")?;
    let said = phrase::join(names::bare(words));
    let known = |name: &str| catalog().find(name).is_some();
    let old = scene.architecture.group(group.as_str()).map_or_else(String::new, |g| g.label.clone());
    if !known(&said) {
        return Err(Refusal::other());
    }
    let mut parts: Vec<&str> = old.split(' ').collect();
    let label = match parts.iter().position(|w| known(w)) {
        Some(n) => {
            parts[n] = &said;
            parts.join(" ")
        }
        None => format!("{said} {}", names::uncapitalized(&old)),
    };
    scene.perform(Operation::RenameGroup { id: group, label })
}

fn until_preposition(words: &[phrase::Word]) -> &[phrase::Word] {
    let cut = words
        .iter()
        .skip(1)
        .position(|w| w.is_any(&["in", "for", "on", "at", "so", "because", "everywhere"]));
    cut.map_or(words, |n| &words[..=n])
}

/// `other` takes over what led to and from `id`, which goes.
fn take_over(scene: &mut Scene, id: &Id, other: &Id) -> Result<(), Refusal> {
    super::parts::absorb(scene, other, id)
}

fn become_new(scene: &mut Scene, id: &Id, new: &Newcomer, words: &[phrase::Word]) -> Result<(), Refusal> {
    let Some(old) = scene.architecture.component(id.as_str()).cloned() else { return Err(Refusal::other()) };
    let technology = match &new.technology {
        Some(t) => Some(t.clone()),
        None if new.kind_told => None,
        None => Some(Technology::unknown(phrase::join(names::bare(words)))),
    };
    let same = technology.is_some() && technology == old.technology;
    if same && (!new.kind_told || new.kind == old.kind) {
        let text = format!("“{}” is that already; nothing changed", old.label);
        scene.remark("BP0811", phrase::span(words), text);
        return Ok(());
    }
    let hosts =
        |k: Kind| matches!(k, Kind::Cluster | Kind::Container | Kind::Vm | Kind::Service | Kind::Other);
    let keep = old.kind.is_compute() && hosts(new.kind) && !new.kind_told
        || technology.as_ref().is_some_and(|t| t.id.is_none()) && !new.kind_told
        || matches!(old.kind, Kind::User | Kind::External) && new.kind != Kind::User;
    if !keep && new.kind != old.kind {
        scene.perform(Operation::SetKind { id: id.clone(), kind: new.kind })?;
    }
    if technology != old.technology {
        scene.perform(Operation::SetTechnology { id: id.clone(), technology: technology.clone() })?;
    }
    if let Some(label) = renamed(&old, technology.as_ref(), new, words) {
        scene.perform(Operation::Rename { id: id.clone(), label })?;
    }
    let kept: Vec<&str> = old.properties.keys().map(String::as_str).collect();
    if !kept.is_empty() && technology.is_some() {
        let text = format!("“{}” keeps its {}; check that they still apply", old.label, kept.join(", "));
        scene.remark("BP0816", None, text);
    }
    Ok(())
}

/// A label that says the old technology says the new one; a label that only says the old kind says the new one.
fn renamed(
    old: &Component,
    technology: Option<&Technology>,
    new: &Newcomer,
    words: &[phrase::Word],
) -> Option<String> {
    let said = phrase::join(names::bare(words));
    let short = match technology {
        Some(t) if catalog().find(&said).is_some_and(|e| Some(e.id) == t.id.as_deref()) => said,
        Some(t) => t.name.clone(),
        None => return Some(new.label.clone()).filter(|l| *l != old.label),
    };
    let before = old.technology.as_ref()?;
    let parts: Vec<&str> = old.label.split(' ').collect();
    for length in (1..=parts.len()).rev() {
        for from in 0..=parts.len() - length {
            let name = parts[from..from + length].join(" ");
            let names_it = catalog().find(&name).is_some_and(|e| Some(e.id) == before.id.as_deref())
                || name.eq_ignore_ascii_case(&before.name);
            if names_it {
                let mut label: Vec<&str> = parts[..from].to_vec();
                label.push(&short);
                label.extend(&parts[from + length..]);
                return Some(phrase::capital(&label.join(" ")));
            }
        }
    }
    None
}
