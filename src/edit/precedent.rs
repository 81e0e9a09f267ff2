//! Where the graph shows by an example how something new is used: a dashboard beside dashboards, what takes up dead
//! letters, an alert of what watches.
//!
//! Takes a component to add and the words of the request, and connects it as its like are connected; it does so only
//! where there is such a one.

use super::Refusal;
use super::anchor::{Bond, akin, telling};
use super::names::stems;
use super::newcomer::Newcomer;
use super::pattern::knowledge;
use super::phrase::{self, Word};
use super::scene::Scene;
use crate::model::{Component, Id, Kind, Mode, Operation};

/// Adds it as its like are connected; whether there was one to go by.
pub(super) fn place(
    scene: &mut Scene,
    new: &Newcomer,
    words: &[Word],
    group: Option<&Id>,
) -> Result<bool, Refusal> {
    if new.kind == Kind::Analytics && scene.when.is_none() && looked_at(&new.label) {
        return beside_dashboard(scene, new, words, group);
    }
    if new.kind.is_compute() || new.kind == Kind::Client {
        return takes_up_failures(scene, new, words, group);
    }
    Ok(false)
}

/// What watches already, for an alert that the words hang on nothing else.
pub(super) fn watcher(scene: &Scene, new: &Newcomer) -> Option<(Id, String)> {
    let mut all = scene.architecture.components().filter(|c| c.kind == Kind::Monitoring);
    let one = all.next().filter(|_| new.kind == Kind::Notification && all.next().is_none())?;
    Some((one.id.clone(), "nothing in the request names a part, and this watches".to_owned()))
}

fn looked_at(label: &str) -> bool {
    stems(label).last().is_some_and(|w| knowledge().looked_at.contains(w))
}

/// The same people look at it, and it reads one of what the dashboard there reads: what the words speak of, else data.
fn beside_dashboard(
    scene: &mut Scene,
    new: &Newcomer,
    words: &[Word],
    group: Option<&Id>,
) -> Result<bool, Refusal> {
    let wanted = telling(words);
    let strength = |id: &Id| {
        let a = &scene.architecture;
        a.component(id.as_str()).map_or(0, |c| Bond::between(a, c, &wanted).strength())
    };
    let reads = |id: &Id| -> Vec<Id> {
        let data =
            |k: Kind| k.is_store() || k.is_compute() || matches!(k, Kind::Analytics | Kind::Monitoring);
        scene.callees(id).into_iter().filter(|to| data(scene.kind(to))).collect()
    };
    let peer = |c: &&Component| matches!(c.kind, Kind::Analytics | Kind::Client) && looked_at(&c.label);
    let peers = scene.architecture.components().filter(peer).map(|c| c.id.clone());
    let shown = |id: &Id| scene.callers(id).into_iter().find(|by| !scene.kind(by).is_actor());
    let peers: Vec<Id> = peers.filter(|id| !reads(id).is_empty() || shown(id).is_some()).collect();
    let best = |best: Id, next: Id| if strength(&next) > strength(&best) { next } else { best };
    let Some(peer) = peers.into_iter().reduce(best) else { return Ok(false) };
    let stores = |ids: &[Id]| ids.iter().any(|id| scene.kind(id).is_store());
    let mut all = reads(&peer);
    if all.iter().all(|id| strength(id) == 0) && stores(&all) {
        all.retain(|id| scene.kind(id).is_store());
    }
    let on = all.into_iter().reduce(best);
    let fed = shown(&peer).filter(|_| on.is_none());
    let people = |k: Kind| matches!(k, Kind::User | Kind::Client);
    let callers: Vec<Id> = scene.callers(&peer).into_iter().filter(|c| people(scene.kind(c))).collect();
    let place = group.cloned().or_else(|| scene.group_of(&peer));
    let id = scene.add(new, place)?;
    if let Some(from) = &fed {
        scene.connect(from, &id, None)?;
    }
    if let Some(to) = &on {
        scene.connect(&id, to, Some("read".to_owned()))?;
    }
    callers.iter().try_for_each(|by| scene.connect(by, &id, None))?;
    let Some(source) = on.or(fed) else { return Ok(false) };
    let text = format!(
        "“{}” reads from “{}” (`{source}`), as “{}” (`{peer}`) does",
        new.label,
        scene.label(&source),
        scene.label(&peer)
    );
    scene.remark("BP0810", phrase::span(words), text);
    Ok(true)
}

/// "a tool for replaying failed deliveries": what is kept of failures is where the dead letters lie.
fn takes_up_failures(
    scene: &mut Scene,
    new: &Newcomer,
    words: &[Word],
    group: Option<&Id>,
) -> Result<bool, Refusal> {
    let said = |all: &[String]| {
        words.iter().any(|w| stems(&w.lower).iter().any(|s| all.iter().any(|known| akin(known, s))))
    };
    let failures = &knowledge().failures;
    if !said(&failures.what) || !said(&failures.taken_up) {
        return Ok(false);
    }
    let dead = |c: &&Component| c.kind.is_messaging() && stems(&c.label).iter().any(|w| w == "dead");
    let found: Vec<Id> = scene.architecture.components().filter(dead).map(|c| c.id.clone()).collect();
    let [from] = found.as_slice() else { return Ok(false) };
    let place = group.cloned().or_else(|| scene.group_of(from));
    let id = scene.add(new, place)?;
    let label = Some("failed messages".to_owned());
    scene.perform(Operation::Connect { from: from.clone(), to: id, label, mode: Mode::Async })?;
    let text =
        format!("“{}” takes from “{}” (`{from}`): what failed is kept there", new.label, scene.label(from));
    scene.remark("BP0810", phrase::span(words), text);
    Ok(true)
}
