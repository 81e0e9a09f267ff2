//! Where something new belongs when nobody says so.
//!
//! Takes a component to add and the words of the request; the graph and the words say which component it hangs on. It
//! is always connected, moves nothing else, and says which anchor it chose, why, and which would have been next.

use std::collections::BTreeSet;

use super::Refusal;
use super::intents::place_in_front;
use super::names::stems;
use super::newcomer::Newcomer;
use super::phrase::{self, Word};
use super::scene::Scene;
use crate::model::{Architecture, Component, Id, Kind, Mode, Operation};

/// Up to this many services are watched one by one; beyond, only those where requests come in.
const MAX_WATCHED: usize = 6;

/// Words that tell nothing about the place.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "the",
    "add",
    "feature",
    "system",
    "service",
    "that",
    "which",
    "where",
    "with",
    "for",
    "and",
    "or",
    "of",
    "to",
    "in",
    "on",
    "by",
    "from",
    "user",
    "new",
    "using",
    "based",
    "it",
    "its",
    "their",
    "them",
    "they",
    "when",
    "who",
    "can",
    "before",
    "after",
    "during",
    "into",
    "is",
    "are",
    "be",
    "as",
    "at",
    "via",
    "engine",
    "server",
    "database",
    "queue",
    "cache",
    "app",
    "application",
    "platform",
    "component",
    "data",
    "real",
    "time",
    "automatically",
    "send",
    "sends",
    "list",
    "read",
    "write",
    "get",
    "show",
    "shows",
    "request",
    "requests",
    "use",
    "uses",
    "update",
    "call",
    "multiple",
    "across",
    "between",
    "add",
    "set",
    "put",
    "take",
    "check",
    "manage",
    "managed",
    "state",
    "event",
    "events",
];

/// Where requests come in: what users and their programs call first, gateways and the like before others.
pub(super) fn entries(a: &Architecture) -> Vec<Id> {
    let outside = |k: Kind| matches!(k, Kind::User | Kind::Client | Kind::Device);
    let mut found: Vec<(u8, Id)> = Vec::new();
    for c in a.connections() {
        let (from, to) = (a.at(c.from), a.at(c.to));
        if outside(from.kind) && !outside(to.kind) && !found.iter().any(|(_, id)| *id == to.id) {
            let rank = match to.kind {
                Kind::Gateway => 0,
                Kind::LoadBalancer => 1,
                k if k.is_compute() => 2,
                _ => 3,
            };
            found.push((rank, to.id.clone()));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    let best = found.first().map(|(rank, _)| *rank);
    found.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, id)| id).collect()
}

/// What something new hangs on, why, and what would have been next.
struct Anchor {
    id: Id,
    why: String,
    next: Option<Id>,
}

/// Adds it where it belongs and says why.
pub(super) fn place(
    scene: &mut Scene,
    new: &Newcomer,
    words: &[Word],
    group: Option<Id>,
) -> Result<(), Refusal> {
    if scene.architecture.component_count() == 0 {
        scene.add(new, None)?;
        scene.remark("BP0812", None, "there is nothing to connect it with yet");
        return Ok(());
    }
    let Some(anchor) = anchor(&scene.architecture, new, words) else { return Err(Refusal::other()) };
    let outside = matches!(new.kind, Kind::User | Kind::Client | Kind::Device | Kind::External);
    let place = group.or_else(|| home(scene, new.kind, &anchor.id)).filter(|_| !outside);
    let id = scene.add(new, place)?;
    connect(scene, &id, &anchor, new, words)?;
    let mut text =
        format!("“{}” hangs on “{}” (`{}`): {}", new.label, scene.label(&anchor.id), anchor.id, anchor.why);
    if let Some(next) = &anchor.next {
        text.push_str(&format!("; next best is “{}” (`{next}`)", scene.label(next)));
    }
    scene.remark("BP0810", phrase::span(words), text);
    Ok(())
}

fn connect(
    scene: &mut Scene,
    id: &Id,
    anchor: &Anchor,
    new: &Newcomer,
    words: &[Word],
) -> Result<(), Refusal> {
    let on = &anchor.id;
    match new.kind {
        Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns => {
            place_in_front(scene, id, on)
        }
        Kind::User | Kind::Client | Kind::Device | Kind::Scheduler | Kind::Cicd => {
            scene.connect(id, on, None)
        }
        Kind::Monitoring => {
            let compute: Vec<Id> = watched(&scene.architecture);
            let all =
                if compute.is_empty() || compute.len() > MAX_WATCHED { vec![on.clone()] } else { compute };
            let label = Scene::usual_label(Kind::Monitoring);
            all.iter().filter(|w| *w != id).try_for_each(|w| scene.connect(w, id, label.clone()))
        }
        kind if kind.is_messaging() && scene.kind(on).is_messaging() => {
            let (from, to, label) = (on.clone(), id.clone(), Some("after too many failures".to_owned()));
            scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })
        }
        Kind::Analytics | Kind::Service | Kind::Function | Kind::Workflow | Kind::Ml | Kind::Other => {
            if scene.kind(on).is_store() {
                return scene.connect(id, on, Some("read".to_owned()));
            }
            scene.connect(on, id, Scene::usual_label(new.kind).filter(|_| new.kind == Kind::Ml))?;
            reach_data(scene, id, on, words)?;
            tell(scene, id, words)
        }
        kind => scene.connect(on, id, Scene::usual_label(kind)),
    }
}

/// The anchor's group; behind a door, code lives where the code behind that door lives.
fn home(scene: &Scene, new: Kind, anchor: &Id) -> Option<Id> {
    let door = matches!(scene.kind(anchor), Kind::Gateway | Kind::LoadBalancer);
    let inner = door && (new.is_compute() || new.is_store() || matches!(new, Kind::Cache | Kind::Ml));
    let behind = scene.callees(anchor).into_iter().find(|c| inner && scene.kind(c).is_compute());
    behind.map_or_else(|| scene.group_of(anchor), |c| scene.group_of(&c))
}

fn watched(a: &Architecture) -> Vec<Id> {
    a.components().filter(|c| c.kind.is_compute()).map(|c| c.id.clone()).collect()
}

/// A feature works on the data its words speak of; without such words, on what its anchor works on.
fn reach_data(scene: &mut Scene, id: &Id, anchor: &Id, words: &[Word]) -> Result<(), Refusal> {
    let wanted = telling(words);
    let a = &scene.architecture;
    let data = |k: Kind| matches!(k, Kind::Database | Kind::Warehouse | Kind::Storage | Kind::Search);
    let by_words = a
        .components()
        .filter(|c| data(c.kind))
        .map(|c| (overlap(a, c, &wanted).len(), c.id.clone()))
        .filter(|(n, _)| *n > 0)
        .fold(
            None,
            |best: Option<(usize, Id)>, it| {
                if best.as_ref().is_some_and(|b| b.0 >= it.0) { best } else { Some(it) }
            },
        );
    let by_anchor = || {
        scene.callees(anchor).into_iter().find(|c| matches!(scene.kind(c), Kind::Database | Kind::Warehouse))
    };
    match by_words.map(|(_, id)| id).or_else(by_anchor) {
        Some(store) => scene.connect(id, &store, Some("read and write".to_owned())),
        None => Ok(()),
    }
}

/// A feature that notifies uses what is there to notify.
fn tell(scene: &mut Scene, id: &Id, words: &[Word]) -> Result<(), Refusal> {
    let notifies = words.iter().any(|w| {
        let w = w.lower.as_str();
        w.starts_with("notif")
            || w.starts_with("alert")
            || w.starts_with("email")
            || w == "emails"
            || w == "remind"
    });
    if !notifies {
        return Ok(());
    }
    let there = scene.architecture.components().find(|c| {
        c.id != *id && matches!(c.kind, Kind::Notification | Kind::Email)
            || c.id != *id && c.kind.is_compute() && c.label.to_lowercase().contains("notif")
    });
    match there.map(|c| c.id.clone()) {
        Some(to) => {
            let (from, label) = (id.clone(), Some("notify".to_owned()));
            scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })
        }
        None => Ok(()),
    }
}

fn telling(words: &[Word]) -> BTreeSet<String> {
    let text = words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    stems(&text).into_iter().filter(|w| w.len() > 2 && !EMPTY.contains(&w.as_str())).collect()
}

/// The words of the request that a component's label, description, technology and arrows say too.
fn overlap(a: &Architecture, c: &Component, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let mut said: BTreeSet<String> = stems(&c.label).into_iter().collect();
    said.extend(c.description.iter().flat_map(|d| stems(d)));
    said.extend(c.technology.iter().flat_map(|t| stems(&t.name)));
    if let Some(index) = a.index_of(c.id.as_str()) {
        let around = a.connections_from(index).chain(a.connections_to(index));
        said.extend(around.filter_map(|e| e.label.clone()).flat_map(|l| stems(&l)));
    }
    let root = |w: &str| w.chars().take(6).collect::<String>();
    wanted
        .iter()
        .filter(|w| said.iter().any(|s| s == *w || w.len() > 5 && root(s) == root(w)))
        .cloned()
        .collect()
}

fn anchor(a: &Architecture, new: &Newcomer, words: &[Word]) -> Option<Anchor> {
    let wanted = telling(words);
    let entry = entries(a);
    let front = matches!(new.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns);
    let people = matches!(new.kind, Kind::User | Kind::Client | Kind::Device);
    let dead = words.iter().any(|w| w.is_any(&["dead", "dead-letter", "dlq"]));
    let code = a.components().any(|c| c.kind.is_compute());
    let may = |c: &&Component| {
        if dead && a.components().any(|c| c.kind.is_messaging()) {
            c.kind.is_messaging()
        } else if code && (new.kind.is_store() || new.kind.is_messaging() || new.kind == Kind::Cache) {
            c.kind.is_compute()
        } else if new.kind == Kind::Cdn {
            c.kind == Kind::Storage || c.kind.is_compute() || c.kind == Kind::Gateway
        } else {
            c.kind.is_compute()
                || matches!(c.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Ml | Kind::Analytics)
        }
    };
    let mut scored: Vec<(usize, BTreeSet<String>, &Component)> = Vec::new();
    for c in a.components().filter(may) {
        let shared = overlap(a, c, &wanted);
        let label = stems(&c.label);
        let named = shared.iter().filter(|w| label.contains(w)).count();
        let first = usize::from(entry.contains(&c.id));
        let bonus = if front || people || new.kind == Kind::Identity { 40 * first } else { 2 * first };
        scored.push((shared.len() * 10 + named * 12 + bonus, shared, c));
    }
    if scored.is_empty() {
        let any = a.components().find(|c| c.kind != Kind::User).or_else(|| a.components().next())?;
        let why = "nothing else could take it on".to_owned();
        return Some(Anchor { id: any.id.clone(), why, next: None });
    }
    // Stable, so that among equals the one mentioned first wins.
    scored.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    let (_, shared, best) = scored.first()?;
    let why = if !shared.is_empty() {
        let list: Vec<String> = shared.iter().map(|w| format!("“{w}”")).collect();
        format!("the request and it share {}", list.join(", "))
    } else if entry.contains(&best.id) {
        "nothing in the request names a part, and this is where requests come in".to_owned()
    } else {
        "nothing in the request names a part, and this is the first that could take it on".to_owned()
    };
    Some(Anchor { id: best.id.clone(), why, next: scored.get(1).map(|(_, _, c)| c.id.clone()) })
}
