//! RES: failure and waiting.

use super::{Product, add, connect, set, set_on, sibling};
use crate::catalog::catalog;
use crate::model::{ComponentIndex, ConnectionRef, Dimension, GroupKind, Kind, Mode, Operation, WorkloadKey};
use crate::review::case::{Case, base, each_once, flag};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;
use crate::review::{Level, Profile};

fn entry_kind(kind: Kind) -> bool {
    matches!(kind, Kind::Gateway | Kind::LoadBalancer)
}

/// How many run: what is stated, or many where the platform sees to it; unknown otherwise.
fn copies(case: &Case<'_>, i: ComponentIndex) -> Option<u32> {
    let component = case.at(i);
    if let Some(n) = component.replicas {
        return Some(n);
    }
    if case.flag(i, &["multi_az", "autoscaling", "auto_scaling", "ha", "high_availability", "zones"])
        == Some(true)
    {
        return Some(2);
    }
    let elastic = component.kind == Kind::Function || case.self_replicating(i) == Some(true);
    let cluster = case.within(i, &[GroupKind::Cluster]).is_some();
    (elastic || cluster).then_some(2)
}

/// Whether a platform that others run sees to how many run: a setting names it.
fn hosted(case: &Case<'_>, i: ComponentIndex) -> bool {
    let platform = case.text(i, &["platform"]);
    platform.and_then(|p| catalog().find(&p)).is_some_and(|t| t.managed)
}

pub(super) fn single_point(case: &Case<'_>, out: &mut Hits<'_>) {
    let strict = matches!(case.profile, Profile::Production | Profile::Regulated);
    let mut singles: Vec<(ComponentIndex, Vec<ComponentIndex>)> = Vec::new();
    for &entry in &case.paths.people {
        let dominators = case.paths.dominators(entry);
        let waited = case.paths.waited_for(entry);
        for goal in case.of_kind(Kind::is_store).into_iter().filter(|g| waited[g.index()]) {
            for v in dominators.strict_dominators(goal).into_iter().flatten() {
                let kind = case.kind(v);
                if !(kind.is_compute() || entry_kind(kind)) {
                    continue;
                }
                match copies(case, v) {
                    Some(1) => {}
                    None if strict && case.managed(v) != Some(true) && !hosted(case, v) => {}
                    _ => continue,
                }
                match singles.iter_mut().find(|(i, _)| *i == v) {
                    Some((_, goals)) if !goals.contains(&goal) => goals.push(goal),
                    Some(_) => {}
                    None => singles.push((v, vec![goal])),
                }
            }
        }
    }
    singles.sort_unstable_by_key(|(v, _)| *v);
    let asked = case.workload(WorkloadKey::Availability).and_then(|f| base(&f.value, Dimension::Ratio));
    for (v, goals) in singles {
        let how =
            if case.at(v).replicas == Some(1) { "one instance" } else { "number of instances not stated" };
        let hit = Hit::at(v).word("v", case.label(v)).word("behind", case.names(&goals)).word("how", how);
        // What is not stated is no error yet.
        let sure = case.at(v).replicas == Some(1);
        let level = if sure && asked.is_some_and(|a| a >= 0.999) { Level::Error } else { Level::Warn };
        let fix = vec![Operation::SetReplicas { id: case.id(v), replicas: 2 }];
        out.add(hit.level(level).fix(0, fix));
    }
}

pub(super) fn one_copy(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Cache | Kind::Search)) {
        let names = [
            "multi_az",
            "zones",
            "ha",
            "high_availability",
            "replicas",
            "standby",
            "read_replicas",
            "replication",
            "geo_redundant",
        ];
        let stated = case.flag(d, &names).is_some() || case.at(d).replicas.is_some_and(|r| r > 1);
        // A standby is a copy itself.
        if says(&case.at(d).label, "copy") {
            continue;
        }
        let copied = case.a.connections_from(d).chain(case.a.connections_to(d)).any(|c| {
            let other = if c.from == d { c.to } else { c.from };
            let told = case.is_called(other, "copy") || c.label.as_deref().is_some_and(|l| says(l, "copy"));
            case.kind(other) == case.kind(d) && told
        });
        // What a cache loses is read again where it came from.
        if case.kind(d) == Kind::Cache && stored_as_well(case, d) {
            continue;
        }
        if stated && case.at(d).replicas != Some(1) || copied || case.self_replicating(d) == Some(true) {
            continue;
        }
        out.add(Hit::at(d).word("d", case.label(d)).fix(0, vec![set(&case.id(d), "multi_az", "true")]));
    }
}

pub(super) fn single_target(case: &Case<'_>, out: &mut Hits<'_>) {
    for lb in case.of_kind(|k| k == Kind::LoadBalancer) {
        let targets: Vec<_> =
            case.a.connections_from(lb).filter(|c| case.paths.sync(c)).map(|c| c.to).collect();
        let [target] = targets.as_slice() else { continue };
        if case.at(*target).replicas == Some(1) {
            let hit = Hit::of([lb, *target]).word("lb", case.label(lb)).word("target", case.label(*target));
            out.add(hit.fix(0, vec![Operation::SetReplicas { id: case.id(*target), replicas: 2 }]));
        }
    }
}

/// Calls to systems of others, to old ones and to those on the other side of a line that are waited for.
fn remote<'a>(case: &'a Case<'_>) -> impl Iterator<Item = ConnectionRef<'a>> {
    let site = |i: ComponentIndex| case.within(i, &[GroupKind::OnPremises]).map(|g| &g.id);
    let other = move |c: &ConnectionRef<'_>| match case.kind(c.to) {
        Kind::External => true,
        // Of a model without a name it is not known who runs it.
        Kind::Ml => case.at(c.to).technology.is_some(),
        kind if kind.is_compute() => {
            case.is_called(c.to, "legacy") || site(c.to).is_some() && site(c.to) != site(c.from)
        }
        _ => false,
    };
    let called = case.a.connections().filter(|c| case.paths.sync(c) && case.kind(c.from).is_compute());
    called.filter(move |c| other(c))
}

pub(super) fn no_timeout(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in remote(case) {
        if flag(&c.properties, &["timeout", "deadline"]).is_some() || case.flag(c.to, &["timeout"]).is_some()
        {
            continue;
        }
        let hit = Hit::of([c.to, c.from])
            .over(c.index)
            .word("from", case.label(c.from))
            .word("to", case.label(c.to));
        // A model takes its time.
        let limit = if case.kind(c.to) == Kind::Ml { "30 s" } else { "2 s" };
        let fix = set_on(&case.id(c.from), &case.id(c.to), "timeout", limit);
        out.add(hit.word("limit", limit).fix(0, vec![fix]));
    }
}

pub(super) fn no_breaker(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in remote(case).filter(|c| case.paths.on_user_path(c.from)) {
        let names = ["circuit_breaker", "breaker", "fallback"];
        if flag(&c.properties, &names).is_some()
            || case.flag(c.to, &names).is_some()
            || case.flag(c.from, &names).is_some()
        {
            continue;
        }
        let (from, to) = (case.id(c.from), case.id(c.to));
        let label = format!("{} calls", case.label(c.to));
        let queue = out.name(&label);
        let insert = vec![
            add(
                &queue,
                &label,
                Kind::Queue,
                sibling(case.tech(c.from), Product::Queue),
                case.at(c.from).group.as_ref(),
            ),
            Operation::InsertBetween {
                id: queue,
                from: from.clone(),
                to: to.clone(),
                mode_in: Mode::Async,
                mode_out: Mode::Async,
            },
        ];
        let hit = Hit::of([c.to, c.from])
            .over(c.index)
            .word("from", case.label(c.from))
            .word("to", case.label(c.to));
        out.add(hit.fix(0, vec![set_on(&from, &to, "circuit_breaker", "true")]).fix(1, insert));
    }
}

pub(super) fn deep_chain(case: &Case<'_>, out: &mut Hits<'_>) {
    let own = |i| case.kind(i).is_compute();
    let chain: Vec<_> = case
        .paths
        .heaviest_chain(&case.paths.people, |i| u64::from(own(i)))
        .into_iter()
        .filter(|&i| own(i))
        .collect();
    if chain.len() < 4 {
        return;
    }
    let labels: Vec<_> = chain.iter().map(|&i| case.label(i)).collect();
    let mut hit =
        Hit::of(chain.iter().copied()).word("n", chain.len().to_string()).word("chain", labels.join(" → "));
    hit = hit.level(if chain.len() > 4 { Level::Warn } else { Level::Info });
    // Only what reads like a side effect can go on without its caller waiting.
    let side = chain.windows(2).find_map(|pair| {
        let c = case.a.connections_between(pair[0], pair[1]).find(|c| case.paths.sync(c))?;
        c.label.as_deref().is_some_and(|l| says(l, "side_effect")).then_some(c)
    });
    if let Some(c) = side {
        let (from, to) = (case.id(c.from), case.id(c.to));
        hit = hit.word("from", case.label(c.from)).word("to", case.label(c.to));
        let before = chain.iter().position(|&i| i == c.from).map_or(0, |p| p + 1);
        if before < 4 {
            hit = hit.fix(0, vec![Operation::SetMode { from, to, mode: Mode::Async }]);
        }
    }
    out.add(hit);
}

pub(super) fn circle(case: &Case<'_>, out: &mut Hits<'_>) {
    for circle in case.paths.circles() {
        let own: Vec<_> = circle.iter().copied().filter(|&i| case.kind(i).is_compute()).collect();
        if own.len() < 2 {
            continue;
        }
        let inside = |i: &ComponentIndex| circle.contains(i);
        let calls: Vec<_> =
            case.a.connections().filter(|c| case.paths.sync(c) && inside(&c.from) && inside(&c.to)).collect();
        // The way back is what was mentioned last and leads to what was mentioned earlier.
        let back: Vec<_> = calls.iter().filter(|c| c.to < c.from).collect();
        let Some(last) = back.last().copied().or(calls.last()) else { continue };
        let mut hit = Hit::of(own.iter().copied()).word("names", case.names(&own));
        for c in &calls {
            hit = hit.over(c.index);
        }
        let fix = back.iter().map(|c| Operation::SetMode {
            from: case.id(c.from),
            to: case.id(c.to),
            mode: Mode::Async,
        });
        let fix: Vec<_> = fix.collect();
        hit = hit.word("from", case.label(last.from)).word("to", case.label(last.to));
        out.add(hit.fix(0, fix));
    }
}

pub(super) fn blind_retry(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.paths.sync(c)) {
        let retried = flag(&c.properties, &["retries", "retry"]) == Some(true);
        let known = flag(&c.properties, &["idempotent", "idempotency_key"]) == Some(true)
            || case.flag(c.to, &["idempotent"]) == Some(true);
        // A payment provider pays, whatever stands on the arrow.
        let entry = case.tech(c.to).and_then(|t| catalog().technology(t));
        let about = entry.filter(|_| case.kind(c.to) == Kind::External).map(|t| t.about);
        let said = c.label.as_deref().filter(|l| says(l, "effect_once"));
        let Some(label) = said.or(about.filter(|t| says(t, "effect_once")).map(|_| "call")) else { continue };
        if !retried || known || case.writes(&c) == Some(false) {
            continue;
        }
        let (from, to) = (case.id(c.from), case.id(c.to));
        let hit = Hit::of([c.from, c.to])
            .over(c.index)
            .word("from", case.label(c.from))
            .word("to", case.label(c.to));
        out.add(hit.word("label", label).fix(0, vec![set_on(&from, &to, "idempotency_key", "true")]));
    }
}

/// Whether those who use a cache have another store.
pub(super) fn stored_as_well(case: &Case<'_>, c: ComponentIndex) -> bool {
    let users = case.a.connections_to(c).map(|x| x.from).chain(case.a.connections_from(c).map(|x| x.to));
    users.into_iter().any(|i| {
        let around = case.a.connections_from(i).map(|x| x.to).chain(case.a.connections_to(i).map(|x| x.from));
        case.kind(i).is_store()
            || around.into_iter().any(|o| {
                o != c && (case.kind(o).is_store() || matches!(case.kind(o), Kind::External | Kind::Ml))
            })
    })
}

pub(super) fn cache_only(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.of_kind(|k| k == Kind::Cache) {
        let around: Vec<_> = case.a.connections_to(c).chain(case.a.connections_from(c)).collect();
        let temporary = case.is_called(c, "session")
            || around.iter().any(|x| x.label.as_deref().is_some_and(|l| says(l, "session")))
            || case.flag(c, &["persistent", "persistence", "durable", "ttl"]).is_some();
        let neighbours: Vec<_> = around.iter().map(|x| if x.from == c { x.to } else { x.from }).collect();
        let kept = |i: ComponentIndex| {
            case.a.connections_from(i).chain(case.a.connections_to(i)).any(|x| {
                let other = if x.from == i { x.to } else { x.from };
                case.kind(other).is_store() || matches!(case.kind(other), Kind::External | Kind::Ml)
            })
        };
        // What is said to be cached is kept elsewhere as well.
        let cached = |x: &ConnectionRef<'_>| x.label.as_deref().is_some_and(|l| says(l, "files_away"));
        let written = case.a.connections_to(c).filter(|x| case.writes(x) == Some(true) && !cached(x));
        let writers = each_once(written.map(|x| x.from));
        if temporary || writers.is_empty() || neighbours.iter().any(|&i| case.kind(i).is_store() || kept(i)) {
            continue;
        }
        let label = format!("{} data", case.label(c));
        let db = out.name(&label);
        let mut fix = vec![add(
            &db,
            &label,
            Kind::Database,
            sibling(case.tech(c), Product::KeyValue),
            case.at(c).group.as_ref(),
        )];
        fix.extend(writers.iter().map(|&w| connect(&case.id(w), &db, "read and write", Mode::Sync)));
        let hit = Hit::of(std::iter::once(c).chain(writers.iter().copied())).word("c", case.label(c));
        out.add(hit.word("writers", case.names(&writers)).fix(0, fix));
    }
}

pub(super) fn one_line(case: &Case<'_>, out: &mut Hits<'_>) {
    for v in case.of_kind(|k| k == Kind::Network) {
        let label = case.label(v);
        let technology = case.tech_name(v);
        let passed = case.a.connections_to(v).next().is_some() && case.a.connections_from(v).next().is_some();
        if !passed || !(says(&label, "line") || says(&technology, "line")) {
            continue;
        }
        match case.at(v).replicas {
            Some(1) => {
                let fix = vec![Operation::SetReplicas { id: case.id(v), replicas: 2 }];
                out.add(Hit::at(v).word("v", label).word("how", "one line").fix(0, fix));
            }
            Some(_) => {}
            None => out.ask(v),
        }
    }
}
