//! Questions about what is there: who depends on whom, what a failure means, how one gets to another.
//!
//! Takes what a question names and answers in remarks; nothing changes.

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::visit::EdgeRef;

use super::{Clause, no_connection};
use crate::catalog::paths::Paths;
use crate::edit::scene::Scene;
use crate::edit::{Refusal, phrase};
use crate::model::{Architecture, Component, ComponentIndex, ConnectionRef, Id, Mode};

/// At most this many names are listed in an answer.
const MAX_LISTED: usize = 12;

fn answer(scene: &mut Scene, clause: &Clause<'_>, text: String) {
    scene.remark("BP0819", phrase::span(clause.words), text);
}

fn name(c: &Component) -> String {
    format!("“{}”", c.label)
}

fn listed(a: &Architecture, found: &[ComponentIndex]) -> String {
    let mut names: Vec<String> = found.iter().take(MAX_LISTED).map(|i| name(a.at(*i))).collect();
    if found.len() > MAX_LISTED {
        names.push(format!("{} more", found.len() - MAX_LISTED));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// An end of a connection with what it carries: "“Web shop” (requests)".
fn end(a: &Architecture, c: &ConnectionRef<'_>, other: ComponentIndex) -> String {
    match &c.label {
        Some(label) => format!("{} ({label})", name(a.at(other))),
        None => name(a.at(other)),
    }
}

fn verb(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// Those who wait, directly or through others, the nearest first.
fn by_distance(paths: &Paths, of: ComponentIndex) -> Vec<ComponentIndex> {
    let mut found: Vec<ComponentIndex> = Vec::new();
    let mut next = VecDeque::from([of]);
    while let Some(at) = next.pop_front() {
        let calls = paths.calls().edges_directed(at, Direction::Incoming);
        let mut callers: Vec<_> = calls.map(|e| (*e.weight(), e.source())).collect();
        callers.sort_unstable();
        for (_, from) in callers {
            if from != of && !found.contains(&from) {
                found.push(from);
                next.push_back(from);
            }
        }
    }
    found
}

/// Each once.
fn once(all: impl Iterator<Item = ComponentIndex>) -> Vec<ComponentIndex> {
    let mut found = Vec::new();
    for i in all {
        if !found.contains(&i) {
            found.push(i);
        }
    }
    found
}

fn the(scene: &mut Scene, clause: &Clause<'_>) -> Result<(ComponentIndex, Component), Refusal> {
    let id = clause.one(scene, "x")?;
    let found = scene.architecture.index_of(id.as_str());
    let index = found.ok_or_else(Refusal::other)?;
    Ok((index, scene.architecture.at(index).clone()))
}

/// "what if the queue fails": who gets no answer, whose work comes later, what holds it meanwhile, and what stands by. Who
/// waits is what the review and the document say too ([`Paths::stopped`]).
pub(super) fn impact(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let (index, c) = the(scene, clause)?;
    let a = &scene.architecture;
    let paths = Paths::of(a);
    let stopped = paths.stopped(a, index);
    let person = |i: &&ComponentIndex| a.at(**i).kind.is_actor();
    let mut said = standing_by(a, index);
    let before = said.len();
    let mut say = |found: &[ComponentIndex], one: &str, several: &str| {
        if !found.is_empty() {
            said.push(format!("{} {}", listed(a, found), if found.len() == 1 { one } else { several }));
        }
    };
    let calls = once(a.connections_to(index).filter(|e| paths.sync(e)).map(|e| e.from));
    say(&stopped.slower, "goes on without it, slower", "go on without it, slower");
    let instead = once(stopped.instead.iter().filter_map(|&e| a.connection(e)).map(|e| e.from));
    say(&instead, "goes on by its fallback", "go on by their fallbacks");
    let waiting = by_distance(&paths, index).into_iter().filter(|i| stopped.waiting.contains(i));
    let (direct, further): (Vec<_>, Vec<_>) = waiting.partition(|i| calls.contains(i));
    let of = name(&c);
    say(&direct, &format!("gets no answer from {of}"), &format!("get no answer from {of}"));
    say(&further, "waits for it in turn", "wait for it in turn");
    let told = |e: &ConnectionRef<'_>| {
        e.mode == Mode::Async && !stopped.waiting.contains(&e.from) && !stopped.delayed.contains(&e.from)
    };
    let senders = once(a.connections_to(index).filter(told).map(|e| e.from));
    let (channels, senders): (Vec<_>, Vec<_>) =
        senders.into_iter().partition(|i| stopped.buffers.contains(i));
    if c.kind.is_messaging() {
        say(&senders, "cannot hand its messages over", "cannot hand their messages over");
    } else {
        say(&senders, "goes on; what it sends is lost", "go on; what they send is lost");
    }
    let others = stopped.buffers.iter().filter(|i| !channels.contains(i)).copied();
    let buffers: Vec<_> = channels.iter().copied().chain(others).collect();
    say(&buffers, "holds what comes for it meanwhile", "hold what comes for it meanwhile");
    let (people, work): (Vec<_>, Vec<_>) = stopped.delayed.iter().partition(person);
    say(&work, "gets its work later or not at all", "get their work later or not at all");
    say(&people, "hears of it later or not at all", "hear of it later or not at all");
    if said.len() == before {
        said.push(format!("nothing waits for {of}: the rest goes on without it"));
    } else if !stopped.waiting.iter().any(|i| person(&i)) {
        said.push("no user waits for it".to_owned());
    }
    said.into_iter().for_each(|text| answer(scene, clause, text));
    Ok(())
}

/// What goes on in its place: the other copies, and for a store, those that it is replicated to.
fn standing_by(a: &Architecture, of: ComponentIndex) -> Vec<String> {
    let c = a.at(of);
    let mut said = Vec::new();
    if let Some(times) = c.replicas.filter(|&n| n > 1) {
        let of = name(c);
        said.push(format!("{of} runs {times} times: the others go on when one fails; when all fail:"));
    }
    let replicas = once(a.connections_from(of).filter(|e| a.at(e.to).kind == c.kind).map(|e| e.to));
    if c.kind.is_store() && !replicas.is_empty() {
        said.push(format!("{} could take over for {}", listed(a, &replicas), name(c)));
    }
    said
}

/// "what depends on the database".
pub(super) fn dependents(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let (index, c) = the(scene, clause)?;
    let a = &scene.architecture;
    let direct: Vec<String> = a.connections_to(index).map(|e| end(a, &e, e.from)).collect();
    let own = once(a.connections_to(index).map(|e| e.from));
    let waiting = by_distance(&Paths::of(a), index).into_iter();
    let further: Vec<_> = waiting.filter(|i| !own.contains(i)).collect();
    let fed: Vec<String> = a
        .connections_from(index)
        .filter(|e| e.mode == Mode::Async && c.kind.is_messaging())
        .map(|e| end(a, &e, e.to))
        .collect();
    let mut said = Vec::new();
    if direct.is_empty() {
        said.push(format!("nothing calls {}", name(&c)));
    } else {
        said.push(format!("{} is called by {}", name(&c), direct.join(", ")));
    }
    if !fed.is_empty() {
        said.push(format!("it feeds {}", fed.join(", ")));
    }
    if !further.is_empty() {
        said.push(format!(
            "through them, {} {}",
            listed(a, &further),
            verb(further.len(), "waits too", "wait too")
        ));
    }
    said.into_iter().for_each(|text| answer(scene, clause, text));
    Ok(())
}

/// "what does the worker use".
pub(super) fn dependencies(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let (index, c) = the(scene, clause)?;
    let a = &scene.architecture;
    let called: Vec<String> = a.connections_from(index).map(|e| end(a, &e, e.to)).collect();
    let text = if called.is_empty() {
        format!("{} calls nothing", name(&c))
    } else {
        format!("{} calls {}", name(&c), called.join(", "))
    };
    answer(scene, clause, text);
    Ok(())
}

/// "show the path from A to B": the shortest.
pub(super) fn way(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let (from, to) = (clause.one(scene, "a")?, clause.one(scene, "b")?);
    let there = shortest(&scene.architecture, &from, &to);
    let Some(way) = there.or_else(|| shortest(&scene.architecture, &to, &from)) else {
        return Err(no_connection(scene, &from, &to, clause.span("a").join(clause.span("b"))));
    };
    let a = &scene.architecture;
    let mut text = way.first().map(|i| a.at(*i).label.clone()).unwrap_or_default();
    for pair in way.windows(2) {
        let mode = a.connections_between(pair[0], pair[1]).next().map_or(Mode::Sync, |c| c.mode);
        text.push_str(if mode == Mode::Async { " ⇢ " } else { " → " });
        text.push_str(&a.at(pair[1]).label);
    }
    answer(scene, clause, text);
    Ok(())
}

fn shortest(a: &Architecture, from: &Id, to: &Id) -> Option<Vec<ComponentIndex>> {
    let (from, to) = (a.index_of(from.as_str())?, a.index_of(to.as_str())?);
    let mut before: Vec<Option<ComponentIndex>> = vec![None; a.component_count()];
    let mut next = VecDeque::from([from]);
    while let Some(at) = next.pop_front() {
        if at == to {
            let mut way = vec![to];
            while let Some(last) = way.last().copied().filter(|i| *i != from) {
                way.push(before.get(last.index()).copied().flatten()?);
            }
            way.reverse();
            return Some(way);
        }
        for c in a.connections_from(at).filter(|c| c.to != from) {
            if let Some(slot @ None) = before.get_mut(c.to.index()) {
                *slot = Some(at);
                next.push_back(c.to);
            }
        }
    }
    None
}
