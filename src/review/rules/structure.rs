//! STR: the drawing itself.

use super::{add, connect};
use crate::catalog::catalog;
use crate::model::{ComponentIndex, ConnectionRef, Kind, Mode, Operation, WorkloadFact, WorkloadKey};
use crate::review::case::Case;
use crate::review::hits::{Hit, Hits};

pub(super) fn isolated(case: &Case<'_>, out: &mut Hits<'_>) {
    if case.a.component_count() < 2 {
        return;
    }
    for (n, component) in case.a.indexed() {
        let alone = case.a.connections_from(n).next().is_none() && case.a.connections_to(n).next().is_none();
        let may = matches!(
            component.kind,
            Kind::Monitoring
                | Kind::Cicd
                | Kind::Network
                | Kind::Registry
                | Kind::Secrets
                | Kind::Cluster
                | Kind::Waf
                | Kind::Dns
        );
        if alone && !may {
            let fix = vec![Operation::RemoveComponent { id: component.id.clone(), bridge: false }];
            out.add(Hit::at(n).word("n", component.label.clone()).fix(0, fix));
        }
    }
}

pub(super) fn no_beginning(case: &Case<'_>, out: &mut Hits<'_>) {
    let connected = |i| {
        case.a
            .connections_from(i)
            .chain(case.a.connections_to(i))
            .any(|c| case.kind(c.to) != Kind::Monitoring)
    };
    let watch = |k| {
        matches!(
            k,
            Kind::Monitoring | Kind::Cicd | Kind::Registry | Kind::Network | Kind::Secrets | Kind::Identity
        )
    };
    let lost: Vec<_> = case
        .of_kind(|k| !watch(k))
        .into_iter()
        .filter(|&i| !case.paths.reachable(i) && connected(i))
        .collect();
    // A store that feeds others, or what only such a store feeds, is a beginning of its own.
    let fed_by_store = |i| {
        case.paths
            .flow()
            .neighbors_directed(i, petgraph::Direction::Incoming)
            .all(|p| case.kind(p).is_store())
    };
    let lost: Vec<_> = lost.into_iter().filter(|&i| !case.kind(i).is_store() && !fed_by_store(i)).collect();
    if lost.len() < 2 {
        return;
    }
    let user = out.name("User");
    let fix =
        vec![add(&user, "User", Kind::User, None, None), connect(&user, &case.id(lost[0]), "", Mode::Sync)];
    let names = case.names(&lost);
    out.add(Hit::of(lost).word("names", names).fix(0, fix));
}

/// What runs code and calls others, while the people who are drawn never come to it and no schedule starts it.
pub(super) fn uncalled(case: &Case<'_>, out: &mut Hits<'_>) {
    let people = case.of_kind(|k| matches!(k, Kind::Client | Kind::User));
    // Who does something with the system would call, not who is only told or only signs in.
    let acts = |&&i: &&ComponentIndex| {
        case.a.connections_from(i).any(|c| !matches!(case.kind(c.to), Kind::Identity | Kind::User))
    };
    let Some(&who) = people.iter().rfind(acts).or(people.last()) else { return };
    let schedules: Vec<_> = case.a.workload().iter().filter(|f| f.key == WorkloadKey::Schedule).collect();
    let scheduled = |i| {
        let own = |f: &&WorkloadFact| f.about.as_ref() == Some(&case.id(i));
        let said = |f: &&WorkloadFact| {
            let at = f.origin.span();
            let around = |c: ConnectionRef<'_>| {
                let span = c.connection.origin.span();
                !at.is_empty() && span.start <= at.start && at.end <= span.end
            };
            case.a.connections_from(i).any(around)
        };
        let driven = case.is_called(i, "scheduled") || case.is_called(i, "self_driven");
        driven || schedules.iter().any(|f| own(f) || said(f))
    };
    for &n in &case.paths.entries {
        let runs = case.kind(n).is_compute() && !matches!(case.kind(n), Kind::Scheduler | Kind::Workflow);
        let calls = case.a.connections_from(n).next().is_some();
        if runs && calls && case.a.connections_to(n).next().is_none() && !scheduled(n) {
            let fix = vec![connect(&case.id(who), &case.id(n), "", Mode::Sync)];
            out.add(Hit::at(n).word("n", case.label(n)).word("who", case.label(who)).fix(0, fix));
        }
    }
}

/// Doors that are called and pass nothing on, while something else runs code.
pub(super) fn leads_nowhere(case: &Case<'_>, out: &mut Hits<'_>) {
    let doors = case.of_kind(|k| matches!(k, Kind::Gateway | Kind::LoadBalancer));
    let passes = |c: &ConnectionRef<'_>| {
        let aside = matches!(case.kind(c.to), Kind::Identity | Kind::Monitoring | Kind::Secrets | Kind::Waf);
        // An answer, or what goes out to those who call, is nothing passed on.
        !aside && !case.kind(c.to).is_outside()
    };
    let runs: Vec<_> = case.of_kind(|k| k.is_compute() && !k.is_outside());
    for n in doors {
        let called = case.a.connections_to(n).any(|c| case.kind(c.from).is_outside());
        let behind = case.a.connections_from(n).any(|c| passes(&c));
        // Who takes from it by an arrow of his own stands behind it as well.
        let taken = case.a.connections_to(n).any(|c| case.kind(c.from).is_compute());
        if !called || behind || taken {
            continue;
        }
        let lonely = |i: &&ComponentIndex| case.a.connections_to(**i).next().is_none();
        let Some(&who) = runs.iter().find(lonely).or(runs.first()) else { continue };
        let fix = vec![connect(&case.id(n), &case.id(who), "", Mode::Sync)];
        out.add(Hit::at(n).word("n", case.label(n)).word("who", case.label(who)).fix(0, fix));
    }
}

pub(super) fn unrecognised(case: &Case<'_>, out: &mut Hits<'_>) {
    for (n, component) in case.a.indexed() {
        let Some(technology) = component.technology.as_ref().filter(|t| t.id.is_none()) else { continue };
        let better = catalog().nearest(&technology.name);
        let known = format!(
            "The catalog does not know \"{}\", which {} is made with",
            technology.name, component.label
        );
        let what = match better {
            Some(b) => format!("{known}; {} is near.", b.name),
            None => format!("{known}."),
        };
        let mut hit = Hit::at(n).word("what", what);
        if let Some(b) = better {
            hit = hit.word("better", b.name);
            let fix = Operation::SetTechnology { id: component.id.clone(), technology: Some(b.technology()) };
            hit = hit.fix(0, vec![fix]);
        }
        out.add(hit);
    }
}
