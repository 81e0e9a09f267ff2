//! OBS, CST, PRT: watching, paying, moving.

use super::{Product, add, connect, set, sibling, technology};
use crate::model::{ComponentIndex, Dimension, Kind, Mode, Operation, WorkloadKey};
use crate::review::case::{Case, base, each_once, flag};
use crate::review::estimates::portability;
use crate::review::estimates::rates::interval;
use crate::review::facts::figures;
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;
use crate::review::{Level, Profile};

/// Seconds between two runs below which an instance is never taken away in between.
const OFTEN: f64 = 900.0;

fn watched(case: &Case<'_>) -> bool {
    case.a.components().any(|c| {
        c.kind == Kind::Monitoring
            || c.properties.contains_key("monitoring")
            || c.properties.contains_key("observability")
    })
}

pub(super) fn unwatched(case: &Case<'_>, out: &mut Hits<'_>) {
    let own = case.of_kind(Kind::is_compute);
    if own.len() < 2 || watched(case) {
        return;
    }
    let label = "Monitoring";
    let monitor = out.name(label);
    let mut fix =
        vec![add(&monitor, label, Kind::Monitoring, sibling(case.provider(), Product::Monitoring), None)];
    fix.extend(own.iter().map(|&i| connect(&case.id(i), &monitor, "metrics, logs and traces", Mode::Async)));
    let names = case.names(&own);
    out.add(Hit::of(own).word("names", names).fix(0, fix));
}

pub(super) fn untraced(case: &Case<'_>, out: &mut Hits<'_>) {
    let traced = case.a.components().any(|c| {
        c.properties.contains_key("tracing")
            || c.technology_id().is_some_and(|t| figures().get(t, "traces").is_some())
            || c.kind == Kind::Monitoring && says(&c.label, "trace")
    }) || case
        .a
        .connections()
        .any(|c| c.label.as_deref().is_some_and(|l| l.to_lowercase().contains("trace")));
    if traced {
        return;
    }
    for channel in case.of_kind(Kind::is_messaging).into_iter().filter(|&i| !case.is_dead_letter(i)) {
        let own = |i: &ComponentIndex| case.kind(*i).is_compute();
        let first = case.producers(channel).into_iter().map(|(i, _)| i).find(own);
        let then = case.consumers(channel).into_iter().map(|(i, _)| i).find(own);
        if let (Some(first), Some(_)) = (first, then) {
            let hit = Hit::of([channel, first])
                .word("first", case.label(first))
                .word("channel", case.label(channel));
            out.add(hit.fix(0, vec![set(&case.id(channel), "tracing", "true")]));
            return;
        }
    }
}

pub(super) fn always_on(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in case.of_kind(|k| matches!(k, Kind::Vm | Kind::Container | Kind::Service)) {
        let told =
            case.workload_of(n, WorkloadKey::Schedule).or_else(|| case.workload_of(n, WorkloadKey::Shape));
        let Some(fact) = told else { continue };
        let when = fact.value.to_string();
        // What comes again before an instance would have been taken away keeps it busy.
        let often = interval(&when).is_some_and(|seconds| seconds < OFTEN);
        let on_schedule = fact.key == WorkloadKey::Schedule && says(&when, "scheduled");
        let rare = says(&when, "rare") || on_schedule && !often;
        let paid = case.kind(n) == Kind::Vm || case.figure(n, "always_on").is_some_and(|f| f.value > 0.0);
        let too_long = case.work_seconds(n).is_some_and(|(s, _)| s > 600.0);
        if !rare || !paid || too_long || case.flag(n, &["scale_to_zero"]) == Some(true) {
            continue;
        }
        let id = case.id(n);
        let fix = vec![
            Operation::SetKind { id: id.clone(), kind: Kind::Function },
            Operation::SetTechnology {
                id,
                technology: sibling(case.tech(n).or(case.provider()), Product::Function).and_then(technology),
            },
        ];
        let hit = Hit::at(n).word("n", case.label(n)).word("when", when).word("tech", case.tech_name(n));
        out.add(hit.fact(case.stated("how often it works", &fact.value, &fact.origin)).fix(0, fix));
    }
}

pub(super) fn busy_functions(case: &Case<'_>, out: &mut Hits<'_>) {
    let steady =
        |i| case.workload_for(i, WorkloadKey::Shape).is_some_and(|f| says(&f.value.to_string(), "steady"));
    for f in case.of_kind(|k| k == Kind::Function).into_iter().filter(|&f| steady(f)) {
        let rate = case
            .workload_for(f, WorkloadKey::Rate)
            .and_then(|r| base(&r.value, Dimension::Rate).map(|v| (v, r)));
        let stated =
            case.workload_of(f, WorkloadKey::Duration).and_then(|d| base(&d.value, Dimension::Duration));
        let duration = stated.or_else(|| case.seconds(f, &["duration", "run_time"]));
        let (Some((rate, fact)), Some(seconds)) = (rate, duration) else { continue };
        let Some(breakeven) = figures().get("kind.function", "break_even") else { continue };
        let busy = rate * seconds;
        if busy <= breakeven.value / 100.0 {
            continue;
        }
        let id = case.id(f);
        let fix = vec![
            Operation::SetKind { id: id.clone(), kind: Kind::Container },
            Operation::SetTechnology {
                id,
                technology: sibling(case.tech(f), Product::Container).and_then(technology),
            },
        ];
        let told = if busy < 1.0 {
            format!("{:.0} % of one processor", busy * 100.0)
        } else {
            format!("{busy:.1} processors")
        };
        let hit = Hit::at(f).word("f", case.label(f)).word("busy", told).word("breakeven", breakeven.text());
        let hit = hit.fact(case.stated("rate", &fact.value, &fact.origin)).fact(breakeven.fact());
        out.add(hit.fix(0, fix));
    }
}

pub(super) fn lock_in(case: &Case<'_>, out: &mut Hits<'_>) {
    let Some(found) = portability::of(case) else { return };
    let wish = case.workload(WorkloadKey::Portability);
    let wanted = wish.is_some_and(|f| {
        let text = f.value.to_string().to_lowercase();
        !matches!(text.as_str(), "false" | "no" | "none" | "not needed")
    });
    let strict = matches!(case.profile, Profile::Production | Profile::Regulated);
    let level = match (wanted, found.index) {
        (true, index) if index > 40 => Level::Warn,
        (false, index) if index > 70 && strict => Level::Info,
        _ => return,
    };
    let mut tied: Vec<ComponentIndex> = Vec::new();
    let mut fix = Vec::new();
    for part in &found.parts {
        let Some(i) = case.a.index_of(&part.id) else { continue };
        if part.share < 0.6 {
            continue;
        }
        tied.push(i);
        if let Some(other) = part.alternative_id.as_deref().and_then(technology) {
            fix.push(Operation::SetTechnology { id: case.id(i), technology: Some(other) });
        }
    }
    let hit =
        Hit::of(tied.iter().copied()).word("index", found.index.to_string()).word("names", case.names(&tied));
    let mut hit = hit.level(level);
    if let Some(wish) = wish {
        hit = hit.fact(case.stated("portability", &wish.value, &wish.origin));
    }
    if fix.len() == tied.len() {
        hit = hit.fix(0, fix);
    }
    out.add(hit);
}

/// A standard that asks for a record of who did what, and none is drawn.
pub(super) fn no_audit_trail(case: &Case<'_>, out: &mut Hits<'_>) {
    let asked =
        case.workloads(WorkloadKey::Compliance, None).find(|f| says(&f.value.to_string(), "asks_audit"));
    let Some(law) = asked else { return };
    let told = case.a.indexed().any(|(i, c)| {
        // Auditors read; what they read is still to be written.
        !c.kind.is_actor() && case.is_called(i, "audit")
            || c.properties.keys().any(|k| k.starts_with("audit"))
    }) || case.a.connections().any(|c| c.label.as_deref().is_some_and(|l| says(l, "audit")))
        || case.a.notes().iter().any(|n| says(&n.text, "audit"));
    let stores = case.of_kind(|k| matches!(k, Kind::Database | Kind::Storage | Kind::Warehouse));
    if told || stores.is_empty() {
        return;
    }
    let label = "Audit log";
    let log = out.name(label);
    let writes = |i: &ComponentIndex| {
        let c = case.a.connections_from(*i);
        case.kind(*i).is_compute() && c.into_iter().any(|c| stores.contains(&c.to))
    };
    let writers: Vec<_> = case.of_kind(Kind::is_compute).into_iter().filter(writes).collect();
    let mut fix = vec![add(&log, label, Kind::Storage, None, None)];
    fix.extend(writers.iter().map(|&i| connect(&case.id(i), &log, "write who did what", Mode::Async)));
    let names = case.names(&stores);
    let hit = Hit::of(stores).word("law", law.value.to_string()).word("names", names);
    let hit = hit.fact(case.stated("laws and standards", &law.value, &law.origin));
    out.add(if writers.is_empty() { hit } else { hit.fix(0, fix) });
}

/// A model paid by the token on people's way, with nothing said of how much of it may be used.
pub(super) fn tokens_without_end(case: &Case<'_>, out: &mut Hits<'_>) {
    let names =
        ["token_limit", "token_budget", "max_tokens", "tokens", "rate_limit", "max_rate", "quota", "budget"];
    if case.workload(WorkloadKey::Budget).is_some() {
        return;
    }
    for m in case.of_kind(|k| k == Kind::Ml) {
        let metered = case.figure(m, "per_token").is_some_and(|f| f.value > 0.0);
        let calls: Vec<_> = case.a.connections_to(m).filter(|c| case.kind(c.from).is_compute()).collect();
        let told = case.flag(m, &names).is_some()
            || calls.iter().any(|c| flag(&c.properties, &names).is_some())
            || case.workload_of(m, WorkloadKey::Budget).is_some();
        let callers = each_once(calls.iter().map(|c| c.from).filter(|&i| case.paths.on_user_path(i)));
        if !metered || told || callers.is_empty() {
            continue;
        }
        let hit = Hit::of(std::iter::once(m).chain(callers.iter().copied()));
        let hit = hit.word("m", case.label(m)).word("callers", case.names(&callers));
        out.add(hit.fix(0, vec![set(&case.id(m), "token_limit", "1000000")]));
    }
}

/// A product that its maker has announced the end of.
pub(super) fn retired(case: &Case<'_>, out: &mut Hits<'_>) {
    for (i, _) in case.a.indexed() {
        let Some(figure) =
            case.figure(i, "ends").filter(|_| case.flag(i, &["keeps_until", "migration"]).is_none())
        else {
            continue;
        };
        let (label, tech) = (case.label(i), case.tech_name(i));
        let what = if label == tech { label } else { format!("{label} ({tech})") };
        let hit = Hit::at(i).word("what", what);
        let hit = hit.word("ends", format!("{} {}", figure.name, figure.text()));
        out.add(hit.fact(figure.fact()));
    }
}
