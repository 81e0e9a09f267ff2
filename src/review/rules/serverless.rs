//! SRV: functions and the limits they live in.

use petgraph::graph::DiGraph;

use super::{Product, add, connect, set, set_on, sibling, technology};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, Mode, Operation, WorkloadKey};
use crate::review::case::{Case, base, quantity};
use crate::review::facts::{amount, duration, figures};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;
use crate::review::{Fact, Level};

/// Instances that are kept ready, or runtimes that start at once.
fn warmed(case: &Case<'_>, f: ComponentIndex) -> bool {
    let ready = [
        "provisioned_concurrency",
        "min_instances",
        "minimum_instances",
        "snapstart",
        "always_ready",
        "warm",
    ];
    case.flag(f, &ready) == Some(true)
        || case
            .text(f, &["plan"])
            .is_some_and(|p| matches!(p.to_lowercase().as_str(), "premium" | "dedicated"))
}

pub(super) fn cold_start(case: &Case<'_>, out: &mut Hits<'_>) {
    for f in case.of_kind(|k| k == Kind::Function) {
        if !case.paths.on_user_path(f) || warmed(case, f) {
            continue;
        }
        let runtime = case.text(f, &["runtime", "language"]).map(|r| r.to_lowercase());
        let by_runtime = runtime.as_ref().and_then(|r| {
            let name: String = r.chars().take_while(|c| c.is_alphabetic() || *c == '.').collect();
            figures().get(&format!("runtime.{name}"), "cold_start_slow")
        });
        let Some(range) =
            case.figure(f, "cold_start").or_else(|| figures().get("kind.function", "cold_start"))
        else {
            continue;
        };
        let slowest = range.to.unwrap_or(range.value);
        if slowest < 20.0 {
            continue;
        }
        let target = case.workload_for(f, WorkloadKey::Latency);
        let target_s = target.and_then(|t| base(&t.value, Dimension::Duration));
        let figure = by_runtime.unwrap_or(range);
        let may_take = figure.to.unwrap_or(figure.value) / 1000.0;
        let usual = figure.value / 1000.0;
        let level = match target_s {
            Some(t) if by_runtime.is_some() && t < usual => Level::Error,
            Some(t) if t < may_take => Level::Warn,
            _ if figure.value >= 2000.0 => Level::Warn,
            _ => Level::Info,
        };
        let told = target.map_or_else(
            || "No latency target is stated.".to_owned(),
            |t| format!("The target is {}.", t.value),
        );
        let named = runtime.clone().unwrap_or_else(|| "runtime not stated".into());
        let mut hit = Hit::at(f).word("f", case.label(f)).word("range", figure.text()).word("runtime", named);
        hit = hit.word("target", told).fact(figure.fact()).level(level);
        if let Some(t) = target {
            hit = hit.fact(case.stated("latency target", &t.value, &t.origin));
        }
        let id = case.id(f);
        let mut run = vec![Operation::SetKind { id: id.clone(), kind: Kind::Container }];
        run.push(Operation::SetTechnology {
            id: id.clone(),
            technology: sibling(case.tech(f), Product::Container).and_then(technology),
        });
        out.add(hit.fix(0, vec![set(&id, "provisioned_concurrency", "1")]).fix(1, run));
    }
}

/// Calls between functions that are waited for.
fn between_functions<'a>(case: &'a Case<'_>) -> impl Iterator<Item = ConnectionRef<'a>> {
    let function = |i| case.kind(i) == Kind::Function;
    case.a.connections().filter(move |c| case.paths.sync(c) && function(c.from) && function(c.to))
}

pub(super) fn functions_wait(case: &Case<'_>, out: &mut Hits<'_>) {
    let calls: Vec<_> = between_functions(case).collect();
    if calls.is_empty() {
        return;
    }
    let mut graph = DiGraph::<(), (), u32>::new();
    for _ in case.a.components() {
        graph.add_node(());
    }
    for c in &calls {
        graph.add_edge(c.from, c.to, ());
    }
    let in_row = petgraph::algo::toposort(&graph, None).map_or(calls.len() + 1, |order| {
        let mut length = vec![1; graph.node_count()];
        for i in order.into_iter().rev() {
            length[i.index()] = 1 + graph.neighbors(i).map(|n| length[n.index()]).max().unwrap_or(0);
        }
        length.into_iter().max().unwrap_or(1)
    });
    for c in calls {
        let (f, g) = (case.id(c.from), case.id(c.to));
        let queue = out.name(&format!("{} queue", case.label(c.to)));
        let insert = vec![
            add(
                &queue,
                &format!("{} queue", case.label(c.to)),
                Kind::Queue,
                sibling(case.tech(c.to), Product::Queue),
                case.at(c.to).group.as_ref(),
            ),
            Operation::InsertBetween {
                id: queue,
                from: f.clone(),
                to: g.clone(),
                mode_in: Mode::Async,
                mode_out: Mode::Async,
            },
        ];
        let chain = if in_row >= 3 { format!(" ({in_row} functions in a row wait)") } else { String::new() };
        let hit =
            Hit::of([c.from, c.to]).over(c.index).word("f", case.label(c.from)).word("g", case.label(c.to));
        let level = if in_row >= 3 { Level::Error } else { Level::Warn };
        out.add(
            hit.word("chain", chain)
                .level(level)
                .fix(0, insert)
                .fix(1, vec![Operation::SetMode { from: f, to: g, mode: Mode::Async }]),
        );
    }
}

pub(super) fn too_long(case: &Case<'_>, out: &mut Hits<'_>) {
    for f in case.of_kind(|k| k == Kind::Function) {
        let (Some(limit), Some((seconds, fact))) = (case.figure(f, "max_duration"), case.work_seconds(f))
        else {
            continue;
        };
        if seconds <= limit.value {
            continue;
        }
        let id = case.id(f);
        let run = vec![
            Operation::SetKind { id: id.clone(), kind: Kind::Container },
            Operation::SetTechnology {
                id: id.clone(),
                technology: sibling(case.tech(f), Product::Container).and_then(technology),
            },
        ];
        let hit = Hit::at(f).word("f", case.label(f)).word("duration", duration(seconds));
        let hit = hit.word("tech", case.tech_name(f)).word("limit", limit.text());
        out.add(hit.fact(fact).fact(limit.fact()).fix(0, run));
    }
}

pub(super) fn front_gives_up(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.paths.sync(c)) {
        if !matches!(case.kind(c.from), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn) {
            continue;
        }
        let (Some(limit), Some((seconds, fact))) =
            (case.figure(c.from, "answer_within"), case.work_seconds(c.to))
        else {
            continue;
        };
        if seconds <= limit.value {
            continue;
        }
        let (gw, b) = (case.id(c.from), case.id(c.to));
        let label = format!("{} requests", case.label(c.to));
        let queue = out.name(&label);
        let hit =
            Hit::of([c.from, c.to]).over(c.index).word("gw", case.label(c.from)).word("b", case.label(c.to));
        let hit =
            hit.word("limit", limit.text()).word("duration", duration(seconds)).fact(fact).fact(limit.fact());
        let insert = vec![
            add(
                &queue,
                &label,
                Kind::Queue,
                sibling(case.tech(c.to).or(case.tech(c.from)), Product::Queue),
                case.at(c.to).group.as_ref(),
            ),
            Operation::InsertBetween {
                id: queue,
                from: gw,
                to: b.clone(),
                mode_in: Mode::Sync,
                mode_out: Mode::Async,
            },
        ];
        let mut hit = hit.fix(0, insert);
        // Only a time limit can be lowered; work that takes longer stays longer.
        let stated_work = case.workload_of(c.to, WorkloadKey::Duration).is_some()
            || case.seconds(c.to, &["duration", "run_time", "runtime_duration"]).is_some();
        if !stated_work {
            let lower = format!("{} s", (limit.value - 1.0).max(1.0));
            hit = hit.fix(1, vec![set(&b, "timeout", &lower)]);
        }
        out.add(hit);
    }
}

pub(super) fn connections(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.paths.sync(c) && case.kind(c.from) == Kind::Function) {
        let counts = case.figure(c.to, "counts_connections").is_some_and(|f| f.value > 0.0);
        let pooled = case.flag(c.to, &["pool", "pooling", "proxy"]) == Some(true)
            || case.flag(c.from, &["pool", "pooling", "proxy"]) == Some(true)
            || crate::review::case::flag(&c.properties, &["pool", "pooling", "proxy"]) == Some(true);
        if !counts || pooled {
            continue;
        }
        let instances =
            case.count(c.from, &["max_concurrency", "reserved_concurrency", "max_instances", "concurrency"]);
        let allowed = case.count(c.to, &["max_connections", "connections"]);
        let (level, numbers) = match (instances, allowed) {
            (Some(n), Some(m)) if n > m => {
                (Level::Error, format!(": up to {n} instances against {m} connections"))
            }
            (Some(_), _) => continue,
            (None, Some(m)) => (Level::Warn, format!(", which takes {m}")),
            (None, None) => (Level::Warn, String::new()),
        };
        let (f, d) = (case.id(c.from), case.id(c.to));
        let label = format!("{} connection pool", case.label(c.to));
        let pool = out.name(&label);
        let tech =
            if case.tech(c.to).is_some_and(|t| t.starts_with("aws.")) { Some("aws.rds-proxy") } else { None };
        let insert = vec![
            add(&pool, &label, Kind::Network, tech, case.at(c.to).group.as_ref()),
            Operation::InsertBetween {
                id: pool,
                from: f.clone(),
                to: d,
                mode_in: Mode::Sync,
                mode_out: Mode::Sync,
            },
        ];
        let bound = allowed.map_or(20.0, |m| (m / 2.0).floor().max(1.0));
        let hit =
            Hit::of([c.from, c.to]).over(c.index).word("f", case.label(c.from)).word("d", case.label(c.to));
        out.add(
            hit.word("numbers", numbers)
                .level(level)
                .fix(0, insert)
                .fix(1, vec![set(&f, "max_concurrency", &format!("{bound}"))]),
        );
    }
}

/// What starts a function.
fn triggers<'a>(case: &'a Case<'_>, f: ComponentIndex) -> impl Iterator<Item = ConnectionRef<'a>> {
    case.a.connections_to(f).filter(move |c| {
        let from = case.kind(c.from);
        c.from != f
            && (from.is_messaging() || from.is_store() && c.mode == Mode::Async || from == Kind::Gateway)
    })
}

pub(super) fn overruns(case: &Case<'_>, out: &mut Hits<'_>) {
    for f in case.of_kind(|k| k == Kind::Function) {
        let bounded =
            case.count(f, &["max_concurrency", "reserved_concurrency", "max_instances", "concurrency"]);
        if bounded.is_some() || triggers(case, f).next().is_none() {
            continue;
        }
        for c in case.a.connections_from(f).filter(|c| case.paths.sync(c)) {
            if case.kind(c.to) == Kind::Vm || case.is_called(c.to, "legacy") {
                let hit =
                    Hit::of([f, c.to]).over(c.index).word("f", case.label(f)).word("d", case.label(c.to));
                out.add(hit.fix(0, vec![set(&case.id(f), "max_concurrency", "10")]));
            }
        }
    }
}

/// The size of what a connection carries, in bytes, where it is stated.
fn size(c: &ConnectionRef<'_>) -> Option<f64> {
    quantity(&c.properties, &["payload", "size", "message_size"], Dimension::Bytes).or_else(|| {
        let written = c.payload.as_deref()?;
        crate::model::Quantity::parse(written).filter(|q| q.dimension == Dimension::Bytes).map(|q| q.amount)
    })
}

pub(super) fn too_large(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.kind(c.to).is_messaging() && !case.paths.reversed(c)) {
        let about =
            case.workload_of(c.to, WorkloadKey::Payload).and_then(|f| base(&f.value, Dimension::Bytes));
        let (Some(limit), Some(bytes)) = (case.figure(c.to, "message"), size(&c).or(about)) else { continue };
        if bytes <= limit.value {
            continue;
        }
        let label = format!("{} contents", case.label(c.to));
        let store = out.name(&label);
        let (from, to) = (case.id(c.from), case.id(c.to));
        let mut check = vec![
            add(
                &store,
                &label,
                Kind::Storage,
                sibling(case.tech(c.to), Product::Storage),
                case.at(c.to).group.as_ref(),
            ),
            connect(&from, &store, "write the content", Mode::Sync),
            set_on(&from, &to, "payload", "1 KB"),
        ];
        for (consumer, _) in case.consumers(c.to).iter().filter(|(i, _)| case.kind(*i).is_compute()) {
            check.push(connect(&case.id(*consumer), &store, "read the content", Mode::Sync));
        }
        let stated =
            Fact { key: "message size".into(), value: amount(bytes, "bytes"), origin: "stated".into() };
        let hit = Hit::of([c.from, c.to]).over(c.index).word("size", amount(bytes, "bytes"));
        let hit = hit
            .word("channel", case.label(c.to))
            .word("tech", case.tech_name(c.to))
            .word("limit", limit.text());
        out.add(hit.fact(stated).fact(limit.fact()).fix(0, check));
    }
}

pub(super) fn file_through_function(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.paths.sync(c) && case.kind(c.to) == Kind::Storage) {
        let f = c.from;
        if case.kind(f) != Kind::Function || !case.paths.on_user_path(f) || case.writes(&c) == Some(false) {
            continue;
        }
        let signed = crate::review::case::flag(&c.properties, &["presigned", "signed"]) == Some(true);
        let into =
            case.a.connections_to(c.to).any(|d| matches!(case.kind(d.from), Kind::User | Kind::Client));
        let uploads =
            |x: &ConnectionRef<'_>| x.label.as_deref().is_some_and(|l| says(l, "upload") && !says(l, "read"));
        let into_front = |d: &ConnectionRef<'_>| {
            matches!(case.kind(d.from), Kind::Gateway | Kind::LoadBalancer)
                && case.a.connections_to(d.from).any(|e| uploads(&e))
        };
        let asked = uploads(&c)
            || case.a.connections_to(f).any(|d| case.paths.sync(&d) && (uploads(&d) || into_front(&d)));
        if signed || into || !asked {
            continue;
        }
        let people = case.paths.people.iter().copied();
        let Some(client) = people.into_iter().find(|&p| case.paths.waited_for(p)[f.index()]) else {
            continue;
        };
        let payload = case.workload_for(f, WorkloadKey::Payload);
        let bytes = size(&c).or(payload.and_then(|p| base(&p.value, Dimension::Bytes)));
        let limit = case.figure(f, "request");
        let mut hit =
            Hit::of([f, c.to]).over(c.index).word("f", case.label(f)).word("store", case.label(c.to));
        let mut numbers = String::new();
        if let (Some(bytes), Some(limit)) = (bytes, limit)
            && bytes > limit.value
        {
            numbers =
                format!(", which takes {} in one call; {} are stated", limit.text(), amount(bytes, "bytes"));
            hit = hit.level(Level::Error).fact(limit.fact());
        }
        let fix = vec![
            connect(&case.id(client), &case.id(c.to), "upload with a pre-signed URL", Mode::Sync),
            set_on(&case.id(f), &case.id(c.to), "presigned", "true"),
        ];
        out.add(hit.word("numbers", numbers).word("client", case.label(client)).fix(0, fix));
    }
}

pub(super) fn loops(case: &Case<'_>, out: &mut Hits<'_>) {
    for f in case.of_kind(|k| k == Kind::Function) {
        for trigger in triggers(case, f).filter(|c| case.kind(c.from) != Kind::Gateway) {
            let s = trigger.from;
            let filtered =
                crate::review::case::flag(&trigger.properties, &["filter", "prefix", "suffix", "recursion"]);
            if filtered == Some(true) {
                continue;
            }
            for back in case.a.connections_between(f, s).filter(|c| !case.paths.reversed(c)) {
                let same = match case.kind(s) {
                    // Names of events tell apart what one topic or bus carries.
                    Kind::Topic | Kind::EventBus | Kind::Stream => match (&trigger.label, &back.label) {
                        (Some(a), Some(b)) => Some(a == b),
                        _ => None,
                    },
                    Kind::Queue => Some(!back.label.as_deref().is_some_and(|l| says(l, "dead_letter"))),
                    _ => case.writes(&back),
                };
                match same {
                    Some(true) => {}
                    Some(false) => continue,
                    None => {
                        out.ask(f);
                        continue;
                    }
                }
                let label = format!("{} results", case.label(s));
                let other = out.name(&label);
                let (id, store) = (case.id(f), case.id(s));
                let split = vec![
                    add(&other, &label, case.kind(s), case.tech(s), case.at(s).group.as_ref()),
                    Operation::Disconnect { from: id.clone(), to: store.clone() },
                    connect(&id, &other, back.label.as_deref().unwrap_or_default(), back.mode),
                ];
                let hit = Hit::of([f, s])
                    .over(back.index)
                    .over(trigger.index)
                    .word("f", case.label(f))
                    .word("s", case.label(s));
                out.add(hit.fix(0, split).fix(1, vec![set_on(&store, &id, "filter", "prefix in/")]));
            }
        }
    }
}

pub(super) fn keeps_state(case: &Case<'_>, out: &mut Hits<'_>) {
    for (n, component) in case.a.indexed() {
        let scaled = component.replicas.is_some_and(|r| r > 1);
        if !(component.kind == Kind::Function || scaled && component.kind.is_compute()) {
            continue;
        }
        for (name, what) in [("state", "state"), ("session", "sessions"), ("sessions", "sessions")] {
            let Some(place) = case.text(n, &[name]) else { continue };
            let inside = ["memory", "in-memory", "local", "disk", "local disk", "in process", "in-process"];
            if !inside.contains(&place.to_lowercase().as_str()) {
                continue;
            }
            let label = format!("{} state", case.label(n));
            let store = out.name(&label);
            let id = case.id(n);
            let fix = vec![
                add(
                    &store,
                    &label,
                    Kind::Cache,
                    sibling(case.tech(n), Product::Cache),
                    component.group.as_ref(),
                ),
                connect(&id, &store, "read and write session state", Mode::Sync),
                set(&id, name, "shared store"),
            ];
            let hit = Hit::at(n).word("n", case.label(n)).word("what", what).word("where", place);
            out.add(hit.fix(0, fix));
        }
    }
}

pub(super) fn visibility(case: &Case<'_>, out: &mut Hits<'_>) {
    for q in case.of_kind(|k| k == Kind::Queue) {
        let Some(hidden) = case.seconds(q, &["visibility_timeout", "visibility", "lock_duration"]) else {
            continue;
        };
        for (f, c) in case.consumers(q) {
            let Some(timeout) = case.seconds(f, &["timeout"]) else { continue };
            if case.kind(f) != Kind::Function || hidden >= 6.0 * timeout {
                continue;
            }
            let level = if hidden < timeout { Level::Error } else { Level::Warn };
            let hit = Hit::of([q, f]).over(c.index).word("q", case.label(q)).word("f", case.label(f));
            let hit =
                hit.word("visibility", duration(hidden)).word("timeout", duration(timeout)).level(level);
            let enough = format!("{} s", 6.0 * timeout);
            out.add(hit.fix(0, vec![set(&case.id(q), "visibility_timeout", &enough)]));
        }
    }
}
