//! Where something new belongs when nobody says so.
//!
//! Takes a component to add and the words of the request; the graph and the words say which component it hangs on. It
//! is always connected, moves nothing else, and says which anchor it chose, why, and which would have been next.

use super::Refusal;
use super::anchor::{Anchor, Bond, akin, anchor, entries, prefer, telling, uses};
use super::companions::{self, Known};
use super::intents::place_in_front;
use super::names::stems;
use super::newcomer::Newcomer;
use super::pattern::knowledge;
use super::phrase::{self, Word};
use super::precedent;
use super::scene::Scene;
use crate::catalog::catalog;
use crate::model::{Architecture, Component, Id, Kind, Mode, Operation, Technology};

/// Up to this many services are watched one by one; beyond, only those where requests come in.
const MAX_WATCHED: usize = 6;

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
    if precedent::place(scene, new, words, group.as_ref())? {
        return Ok(());
    }
    let anchor = anchor(&scene.architecture, new, words).ok_or_else(Refusal::other)?;
    let anchor = prefer(&scene.architecture, new, anchor, &scene.about);
    let itself = scene.when.is_some() || starts_itself(new);
    let known = companions::known(new).filter(|_| !itself);
    let asking = known.as_ref().and_then(|known| known.asked_by(scene));
    let asking = asking.map(|id| (id, "it is asked by what signs people in".to_owned()));
    let kin = || second_of_its_kind(scene, new).filter(|_| !anchor.told);
    let watched = || precedent::watcher(scene, new).filter(|_| !anchor.told);
    let anchor = match asking.or_else(|| beside_its_namesake(scene, new)).or_else(kin).or_else(watched) {
        Some((id, why)) => Anchor { id, why, next: Vec::new(), told: true },
        None => anchor,
    };
    let new = &Newcomer { kind: known.as_ref().map_or(new.kind, |k| k.kind(new)), ..new.clone() };
    let new = &made_like_the_rest(scene, new);
    let place = group.or_else(|| home(scene, new.kind, &anchor.id)).filter(|_| !new.kind.is_outside());
    let id = scene.add(new, place.clone())?;
    let hook = hook(scene, new, &anchor.id);
    connect(scene, &id, &anchor, &hook, new, words, known.as_ref())?;
    if let Some(known) = &known {
        known.bring(scene, &id, place.as_ref())?;
    }
    let mut text = if new.kind == Kind::Monitoring && scene.callers(&id).len() > 1 {
        format!("“{}” is told by all {} that run code", new.label, scene.callers(&id).len())
    } else if let Some(from) = scene.callees(&id).first().filter(|_| new.kind == Kind::Monitoring) {
        format!("“{}” shows what “{}” (`{from}`) gathers", new.label, scene.label(from))
    } else if let Some(on) = scene.callees(&id).first().filter(|_| scene.callers(&id).is_empty()) {
        let why = if anchor.told || *on == anchor.id {
            anchor.why.as_str()
        } else if new.kind.is_actor() {
            "nothing in the request names a part, and this is where requests come in"
        } else {
            "nothing in the request names a part, and this keeps the data"
        };
        format!("“{}” works on “{}” (`{on}`): {why}", new.label, scene.label(on))
    } else if hook == anchor.id {
        format!("“{}” hangs on “{}” (`{hook}`): {}", new.label, scene.label(&hook), anchor.why)
    } else {
        let (on, beside) = (scene.label(&hook), scene.label(&anchor.id));
        format!(
            "“{}” hangs on “{on}” (`{hook}`), beside “{beside}” (`{}`): {}",
            new.label, anchor.id, anchor.why
        )
    };
    if let Some(next) = anchor.next.iter().find(|next| new.kind != Kind::Monitoring && **next != hook) {
        text.push_str(&format!("; next best is “{}” (`{next}`)", scene.label(next)));
    }
    scene.remark("BP0810", phrase::span(words), text);
    if new.kind.is_messaging() && scene.callees(&id).is_empty() && !scene.kind(&anchor.id).is_messaging() {
        let text = format!("nothing reads from “{}” yet: say “connect {} to …”", new.label, new.label);
        scene.remark("BP0812", phrase::span(words), text);
    }
    Ok(())
}

/// Adds it only where the words of the request point to a place.
pub(super) fn place_if_told(scene: &mut Scene, new: &Newcomer, words: &[Word]) -> Result<(), Refusal> {
    match anchor(&scene.architecture, new, words) {
        Some(anchor) if anchor.told => place(scene, new, words, None),
        _ => Err(Refusal::other()),
    }
}

fn connect(
    scene: &mut Scene,
    id: &Id,
    anchor: &Anchor,
    hook: &Id,
    new: &Newcomer,
    words: &[Word],
    known: Option<&Known>,
) -> Result<(), Refusal> {
    let on = &anchor.id;
    match new.kind {
        Kind::Analytics if scene.kind(on) == Kind::Analytics => beside_its_like(scene, id, on, words),
        Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns => {
            place_in_front(scene, id, on)
        }
        Kind::Scheduler | Kind::Cicd => scene.connect(id, on, None),
        Kind::Client | Kind::User => {
            let door = outermost(scene, on);
            scene.connect(id, &door, None)
        }
        kind if kind.is_actor() => scene.connect(id, on, None),
        Kind::Monitoring if dashboard(new.technology.as_ref()) && gathered(scene, id).next().is_some() => {
            let all: Vec<Id> = gathered(scene, id).collect();
            all.into_iter().try_for_each(|to| {
                let (from, label) = (id.clone(), Some("read".to_owned()));
                scene.perform(Operation::Connect { from, to, label, mode: Mode::Sync })
            })
        }
        Kind::Monitoring => {
            let compute: Vec<Id> = watched(&scene.architecture);
            let all =
                if compute.is_empty() || compute.len() > MAX_WATCHED { vec![on.clone()] } else { compute };
            let label = Scene::usual_label(Kind::Monitoring);
            all.iter().filter(|w| *w != id).try_for_each(|w| scene.connect(w, id, label.clone()))
        }
        kind if (kind.is_messaging() || kind.is_store())
            && scene.kind(on).is_messaging()
            && phrase::dead_letters(words) =>
        {
            let (from, to, label) = (on.clone(), id.clone(), Some("after too many failures".to_owned()));
            scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })
        }
        Kind::Analytics | Kind::Service | Kind::Function | Kind::Workflow | Kind::Ml | Kind::Other => {
            if scene.kind(on).is_store() {
                return scene.connect(id, on, Some("read".to_owned()));
            }
            if (scene.when.is_some() || starts_itself(new)) && !scene.kind(on).is_messaging() {
                reach_data(scene, id, on, words)?;
                if scene.callees(id).is_empty() {
                    scene.connect(id, on, None)?;
                }
                return use_what_is_there(scene, id, words);
            }
            let usual = || Scene::usual_label(new.kind).filter(|_| new.kind == Kind::Ml);
            scene.connect(hook, id, known.and_then(Known::label).or_else(usual))?;
            if known.is_some_and(Known::is_step) {
                return Ok(());
            }
            if !known.is_some_and(Known::keeps_data) || data_told(scene, words).is_some() && known.is_none() {
                reach_data(scene, id, on, words)?;
            }
            use_what_is_there(scene, id, words)
        }
        kind => scene.connect(on, id, Scene::usual_label(kind)),
    }
}

/// What people come to first on their way to it: the firewall before the load balancer that spreads requests over it.
fn outermost(scene: &Scene, on: &Id) -> Id {
    let (mut at, mut seen) = (on.clone(), vec![on.clone()]);
    let door = |by: &Id| matches!(scene.kind(by), Kind::LoadBalancer | Kind::Waf);
    while let Some(by) = scene.callers(&at).into_iter().find(|by| door(by) && !seen.contains(by)) {
        seen.push(by.clone());
        at = by;
    }
    at
}

/// Whether it shows what others gather.
fn dashboard(technology: Option<&Technology>) -> bool {
    let entry = technology.and_then(|t| catalog().technology(t.id.as_deref()?));
    entry.is_some_and(|e| e.icon == "dashboard")
}

/// What gathers already.
fn gathered<'a>(scene: &'a Scene, id: &'a Id) -> impl Iterator<Item = Id> + 'a {
    let all = scene.architecture.components();
    let all =
        all.filter(move |c| c.kind == Kind::Monitoring && c.id != *id && !dashboard(c.technology.as_ref()));
    all.map(|c| c.id.clone())
}

/// Where the arrow to something new comes from: the anchor, but a function does not wait for a function, and people look at
/// a dashboard where they come in.
fn hook(scene: &Scene, new: &Newcomer, anchor: &Id) -> Id {
    let function = new.kind == Kind::Function && scene.kind(anchor) == Kind::Function;
    let looked_at = new.kind == Kind::Analytics
        && scene.kind(anchor).is_compute()
        && stems(&new.label).last().is_some_and(|w| knowledge().looked_at.contains(w));
    if !function && !looked_at {
        return anchor.clone();
    }
    let door = |id: &Id| matches!(scene.kind(id), Kind::Gateway | Kind::LoadBalancer);
    let mut doors: Vec<Id> = scene.callers(anchor).into_iter().filter(|id| door(id)).collect();
    // People look where they come in, not where devices do.
    let people = entries(&scene.architecture);
    doors.sort_by_key(|id| !people.contains(id));
    let own = doors.into_iter().next();
    let entry = || entries(&scene.architecture).into_iter().find(|id| looked_at || door(id));
    own.or_else(entry).unwrap_or_else(|| anchor.clone())
}

/// Where all code runs as functions of one make, a feature is one more of them, unless the words say what it is.
fn made_like_the_rest(scene: &Scene, new: &Newcomer) -> Newcomer {
    let mut code =
        scene.architecture.components().filter(|c| c.kind.is_compute() && c.kind != Kind::Workflow);
    let functions: Vec<_> = code.by_ref().take_while(|c| c.kind == Kind::Function).collect();
    let make = functions.first().and_then(|c| c.technology.clone());
    let alike =
        code.next().is_none() && functions.len() > 1 && functions.iter().all(|c| c.technology == make);
    let alone = stems(&new.label).last().is_some_and(|w| knowledge().runs_alone.contains(w));
    if new.kind != Kind::Service || new.technology.is_some() || !alike || alone {
        return new.clone();
    }
    Newcomer { kind: Kind::Function, technology: make, ..new.clone() }
}

/// "a fallback map provider", where there is a map provider: who calls the one calls the other.
fn beside_its_namesake(scene: &Scene, new: &Newcomer) -> Option<(Id, String)> {
    let said = stems(&new.label);
    let alike = |c: &&Component| {
        let label = stems(&c.label);
        c.kind == new.kind && label.len() > 1 && label.iter().all(|w| said.contains(w))
    };
    let called = matches!(new.kind, Kind::External | Kind::Ml | Kind::Notification | Kind::Email);
    let there = scene.architecture.components().filter(|_| called).find(alike)?;
    let by = scene.callers(&there.id).into_iter().find(|id| scene.kind(id).is_compute())?;
    Some((by, format!("it works with “{}” (`{}`)", there.label, there.id)))
}

/// "replace the provider by Stripe and add PayPal": who calls what was just spoken of calls another of its kind.
fn second_of_its_kind(scene: &Scene, new: &Newcomer) -> Option<(Id, String)> {
    let [there] = scene.last.as_slice() else { return None };
    let called = matches!(new.kind, Kind::External | Kind::Notification | Kind::Email);
    let mut callers = scene.callers(there).into_iter().filter(|id| scene.kind(id).is_compute());
    let by =
        callers.next().filter(|_| called && new.kind == scene.kind(there) && callers.next().is_none())?;
    Some((by, format!("it works with “{}” (`{there}`)", scene.label(there))))
}

/// A dashboard beside a dashboard: the same people look at it, and it reads what its words speak of, else the same data.
fn beside_its_like(scene: &mut Scene, id: &Id, on: &Id, words: &[Word]) -> Result<(), Refusal> {
    let people = |k: Kind| matches!(k, Kind::User | Kind::Client);
    let callers: Vec<Id> = scene.callers(on).into_iter().filter(|c| people(scene.kind(c))).collect();
    if callers.is_empty() {
        scene.connect(on, id, None)?;
    }
    callers.iter().try_for_each(|from| scene.connect(from, id, None))?;
    reach_data(scene, id, on, words)
}

/// "a nightly job": a clock starts it, nobody calls it.
pub(super) fn starts_itself(new: &Newcomer) -> bool {
    let words = &knowledge().self_starting;
    let label = stems(&new.label);
    let times = &knowledge().times;
    // "a job that runs monthly".
    let said = new.description.as_deref().unwrap_or_default().to_lowercase();
    let timed = said.split(|c: char| !c.is_alphanumeric()).any(|w| times.adverbs.iter().any(|a| a == w));
    label.last().is_some_and(|w| words.what.contains(w))
        && (timed || label.iter().any(|w| words.when.contains(w)))
}

/// The anchor's group; behind a door, code lives where the code behind that door lives.
fn home(scene: &Scene, new: Kind, anchor: &Id) -> Option<Id> {
    let door = matches!(scene.kind(anchor), Kind::Gateway | Kind::LoadBalancer);
    let inner = door && (new.is_compute() || new.is_store() || matches!(new, Kind::Cache | Kind::Ml));
    let behind = scene.callees(anchor).into_iter().find(|c| inner && scene.kind(c).is_compute());
    behind.map_or_else(|| scene.group_of(anchor), |c| scene.group_of(&c))
}

pub(super) fn watched(a: &Architecture) -> Vec<Id> {
    a.components().filter(|c| c.kind.is_compute()).map(|c| c.id.clone()).collect()
}

/// The store that words speak of.
pub(super) fn data_told(scene: &Scene, words: &[Word]) -> Option<Id> {
    let wanted = telling(words);
    let a = &scene.architecture;
    let data = |k: Kind| matches!(k, Kind::Database | Kind::Warehouse | Kind::Storage | Kind::Search);
    let mut best: Option<(usize, Id)> = None;
    for c in a.components().filter(|c| data(c.kind)) {
        let bond = Bond::between(a, c, &wanted);
        // An index is asked by what speaks of what it holds, not by all of its subject.
        let strength = if c.kind == Kind::Search && bond.shared.is_empty() { 0 } else { bond.strength() };
        if strength > best.as_ref().map_or(0, |b| b.0) {
            best = Some((strength, c.id.clone()));
        }
    }
    best.map(|(_, id)| id)
}

/// Whether words point to files: what they share with the anchor's name or arrows says nothing of the files that are called
/// so too, unless they are named in full.
fn own(scene: &Scene, store: &Id, anchor: &Id, words: &[Word]) -> bool {
    if scene.kind(store) != Kind::Storage {
        return true;
    }
    let a = &scene.architecture;
    let shared = a.component(anchor.as_str()).map(|c| Bond::between(a, c, &telling(words)).shared);
    let shared = shared.unwrap_or_default();
    let wanted = telling(words);
    let label = telling(&phrase::words(&scene.label(store)));
    let named = !label.is_empty() && label.iter().all(|l| wanted.iter().any(|w| akin(l, w)));
    let of_anchor = |w: &Word| stems(&w.lower).iter().any(|s| shared.contains(s));
    let said: Vec<Word> = words.iter().filter(|w| !of_anchor(w)).cloned().collect();
    named || data_told(scene, &said).as_ref() == Some(store)
}

/// A feature works on the data its words speak of; without such words, on what its anchor works on.
fn reach_data(scene: &mut Scene, id: &Id, anchor: &Id, words: &[Word]) -> Result<(), Refusal> {
    let kept = |k: Kind| matches!(k, Kind::Database | Kind::Warehouse);
    let by_anchor = || scene.callees(anchor).into_iter().find(|c| kept(scene.kind(c)));
    // An index that the anchor asks holds what the words are about, though they name nothing in it.
    let wanted = telling(words);
    let related = |id: &Id| {
        let a = &scene.architecture;
        a.component(id.as_str()).is_some_and(|c| Bond::between(a, c, &wanted).strength() > 0)
    };
    let index = || scene.callees(anchor).into_iter().find(|c| scene.kind(c) == Kind::Search && related(c));
    let best =
        data_told(scene, words).filter(|store| own(scene, store, anchor, words) || by_anchor().is_none());
    let reads = matches!(scene.kind(id), Kind::Analytics | Kind::Ml);
    let waits = scene.when.is_some() || scene.callers(id).is_empty();
    // Behind a door, a dashboard reads what most others work with.
    let busiest = || {
        let stores = scene.architecture.components().filter(|c| (reads || waits) && kept(c.kind));
        let used = stores.map(|c| (scene.callers(&c.id).len(), c.id.clone()));
        used.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, id)| id)
    };
    let only_reads = stems(&scene.label(id)).last().is_some_and(|w| knowledge().readers.contains(w));
    let label = if reads || only_reads { "read" } else { "read and write" };
    match best.or_else(by_anchor).or_else(index).or_else(busiest) {
        Some(store) if scene.kind(&store) == Kind::Search => {
            scene.connect(id, &store, Scene::usual_label(Kind::Search))
        }
        Some(store) => scene.connect(id, &store, Some(label.to_owned())),
        None => Ok(()),
    }
}

/// A feature that notifies, predicts or searches uses what is there to do so.
fn use_what_is_there(scene: &mut Scene, id: &Id, words: &[Word]) -> Result<(), Refusal> {
    for used in uses(words) {
        let doers = used.doers(&scene.architecture);
        let there = doers.iter().find(|c| c.id != *id).map(|c| c.id.clone());
        // Who calls it need not be called by it.
        let Some(to) = there.filter(|to| !scene.connected(to, id) && !scene.connected(id, to)) else {
            continue;
        };
        let mode = if used.asynchronous { Mode::Async } else { scene.usual_mode(id, &to) };
        let label = Some(used.label.clone());
        scene.perform(Operation::Connect { from: id.clone(), to, label, mode })?;
    }
    Ok(())
}
