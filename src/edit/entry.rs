//! Where requests come in, and where work is done on what comes in.
//!
//! Takes an architecture and gives the components that people, their programs or devices call first, and those that a
//! stream or a queue hands its work. It changes nothing.

use crate::model::{Architecture, Component, Id, Kind};

/// Where requests come in: what people and their programs call first, gateways and the like before others; where there
/// are no people, what devices call.
pub(super) fn entries(a: &Architecture) -> Vec<Id> {
    let personal = |k: Kind| matches!(k, Kind::User | Kind::Client);
    let people = a.connections().any(|c| {
        let to = a.at(c.to).kind;
        personal(a.at(c.from).kind)
            && (to.is_compute() || matches!(to, Kind::Gateway | Kind::LoadBalancer | Kind::Waf))
    });
    let mut found: Vec<(u8, Id)> = Vec::new();
    for c in a.connections() {
        let (from, to) = (a.at(c.from), a.at(c.to));
        if (!people || personal(from.kind))
            && from.kind.is_actor()
            && !to.kind.is_actor()
            && !found.iter().any(|(_, id)| *id == to.id)
        {
            let rank = match to.kind {
                Kind::Gateway | Kind::Waf => 0,
                Kind::LoadBalancer => 1,
                k if k.is_compute() => 2,
                _ => 3,
            };
            found.push((rank, to.id.clone()));
        }
    }
    // A load balancer before one program is that program's.
    for (rank, id) in &mut found {
        let behind = behind_balancer(a, id);
        if let Some(one) = behind {
            (*rank, *id) = (2, one);
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    let best = found.first().map(|(rank, _)| *rank);
    found.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, id)| id).collect()
}

/// The one that a load balancer spreads requests over.
fn behind_balancer(a: &Architecture, id: &Id) -> Option<Id> {
    let c = a.component(id.as_str()).filter(|c| c.kind == Kind::LoadBalancer)?;
    let mut behind: Vec<&Component> = a
        .connections_from(a.index_of(c.id.as_str())?)
        .map(|e| a.at(e.to))
        .filter(|c| c.kind.is_compute())
        .collect();
    behind.dedup_by(|x, y| x.id == y.id);
    <[&Component; 1]>::try_from(behind).ok().map(|[one]| one.id.clone())
}

/// What people look at, where nobody else comes in: the dashboards of a monitoring system.
pub(super) fn looked_at(a: &Architecture) -> Vec<Id> {
    let leads = |c: &Component, to: fn(Kind) -> bool| {
        a.index_of(c.id.as_str()).is_some_and(|i| a.connections_from(i).any(|e| to(a.at(e.to).kind)))
    };
    if a.components().any(|c| c.kind.is_actor() && leads(c, |_| true)) {
        return Vec::new();
    }
    let asks = |c: &&Component| c.kind == Kind::Analytics && leads(c, |k| !k.is_actor());
    a.components().filter(asks).map(|c| c.id.clone()).collect()
}

/// Where work is done on what comes in, where the entries only take it in and hand it on: uploads wait in a queue for their
/// workers.
pub(super) fn workers(a: &Architecture, entry: &[Id]) -> Vec<Id> {
    let hands_on = |id: &Id| -> Option<Vec<Id>> {
        let to: Vec<&Component> = a.connections_from(a.index_of(id.as_str())?).map(|e| a.at(e.to)).collect();
        let asks = |c: &&Component| c.kind.is_compute() || c.kind == Kind::Ml;
        (!to.iter().any(asks))
            .then(|| to.iter().filter(|c| c.kind.is_messaging()).map(|c| c.id.clone()).collect())
    };
    let Some(passed) = entry.iter().map(hands_on).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let consumers = passed.iter().flatten().filter_map(|id| a.index_of(id.as_str())).flat_map(|i| {
        a.connections_from(i).map(|e| a.at(e.to)).filter(|c| c.kind.is_compute()).map(|c| c.id.clone())
    });
    consumers.collect()
}

/// Whether something hands it its work: a stream, a queue.
pub(super) fn consumes(a: &Architecture, c: &Component) -> bool {
    a.index_of(c.id.as_str()).is_some_and(|i| a.connections_to(i).any(|e| a.at(e.from).kind.is_messaging()))
}

/// Whether somebody asks it: people or code, and not only a queue or a store that hands it work.
pub(super) fn asked(a: &Architecture, c: &Component) -> bool {
    let hands = |k: Kind| k.is_messaging() || k.is_store() || k == Kind::Scheduler;
    a.index_of(c.id.as_str()).is_some_and(|i| a.connections_to(i).any(|e| !hands(a.at(e.from).kind)))
}

/// Whether people or their programs go to it themselves.
pub(super) fn asked_by_people(a: &Architecture, c: &Component) -> bool {
    let index = a.index_of(c.id.as_str());
    index.is_some_and(|i| a.connections_to(i).any(|e| a.at(e.from).kind.is_actor()))
}

/// 2 for what the entries call, 1 for what anything calls.
pub(super) fn reach(a: &Architecture, c: &Component, entry: &[Id]) -> usize {
    let Some(index) = a.index_of(c.id.as_str()) else { return 0 };
    let mut callers = a.connections_to(index).map(|e| &a.at(e.from).id).peekable();
    let called = usize::from(callers.peek().is_some());
    called + usize::from(callers.any(|by| entry.contains(by)))
}
