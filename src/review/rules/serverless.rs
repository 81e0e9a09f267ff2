//! SRV: how functions run: cold starts, waiting, time limits, connections to databases.

use petgraph::graph::DiGraph;

use super::{Product, add, set, sibling, technology};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, Mode, Operation, WorkloadKey};
use crate::review::Level;
use crate::review::case::{Case, base};
use crate::review::facts::{duration, figures};
use crate::review::hits::{Hit, Hits};

/// The percentile up to which slow starts, one in a hundred, do not count.
const SLOW_SHARE: f64 = 99.0;
/// How many slow starts fit into the time that is allowed when none is noticed any more.
const UNNOTICED: f64 = 3.0;

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
        let written = case.text(f, &["runtime", "language"]);
        let runtime = written.as_ref().map(|r| r.to_lowercase());
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
        // Who may wait for several starts does not notice one.
        if target_s.is_some_and(|t| t >= UNNOTICED * may_take) {
            continue;
        }
        // A share of the answers may leave out those that start an instance.
        let share = target
            .is_some_and(|t| t.value.quantity().and_then(|q| q.percentile).is_some_and(|p| p < SLOW_SHARE));
        let level = match target_s {
            Some(t) if by_runtime.is_some() && t < usual && !share => Level::Error,
            Some(t) if t < may_take => Level::Warn,
            _ if figure.value >= 2000.0 => Level::Warn,
            _ => Level::Info,
        };
        let told = target.map_or_else(
            || "No latency target is stated.".to_owned(),
            |t| format!("The target is {}.", t.value),
        );
        let named = written.unwrap_or_else(|| "runtime not stated".into());
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
