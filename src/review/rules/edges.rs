//! RES010, RES015, RES022, DAT007, OBS003, OBS004: what public doors, devices that come back, retries, reports, dead letters
//! and auditors ask for.

use super::security::authenticated;
use super::{add, connect, set, set_on};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, Mode, WorkloadKey};
use crate::review::case::{Case, each_once, flag, quantity};
use crate::review::estimates::inflows::sends_every;
use crate::review::estimates::rates::three_digits;
use crate::review::facts::duration;
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

/// Retries without a stated pause between them.
pub(super) fn hasty_retry(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.paths.sync(c)) {
        let retried = flag(&c.properties, &["retries", "retry"]) == Some(true);
        let paced = flag(&c.properties, &["backoff", "retry_backoff", "retry_delay", "jitter"]).is_some()
            || case.flag(c.from, &["backoff", "retry_backoff", "jitter"]).is_some();
        if !retried || paced || case.kind(c.to).is_actor() {
            continue;
        }
        let hit = Hit::of([c.from, c.to]).over(c.index);
        let hit = hit.word("from", case.label(c.from)).word("to", case.label(c.to));
        let fix = set_on(&case.id(c.from), &case.id(c.to), "backoff", "exponential with jitter");
        out.add(hit.fix(0, vec![fix]));
    }
}

/// A door to the public that anyone may knock at as often as they like.
pub(super) fn unthrottled(case: &Case<'_>, out: &mut Hits<'_>) {
    let names = ["rate_limit", "throttling", "throttle", "quota", "max_rate", "waf"];
    let kept = |i: ComponentIndex| {
        case.flag(i, &names).is_some()
            || case.kind(i) == Kind::Waf
            || case.figure(i, "throttles").is_some_and(|f| f.value > 0.0)
    };
    let near = |i: ComponentIndex| {
        let after = case.a.connections_from(i).map(|c| c.to);
        after.chain(case.a.connections_to(i).map(|c| c.from)).collect::<Vec<_>>()
    };
    let known = |i: ComponentIndex| near(i).into_iter().any(|n| case.kind(n) == Kind::Identity);
    let door = |k: Kind| matches!(k, Kind::Gateway | Kind::LoadBalancer | Kind::Service | Kind::Container);
    for d in case.of_kind(door) {
        // What stands before or behind the door may be what counts the calls; who signs in can be held to account.
        if kept(d) || known(d) || near(d).into_iter().any(kept) {
            continue;
        }
        let public = |c: &ConnectionRef<'_>| {
            case.paths.sync(c)
                && matches!(case.kind(c.from), Kind::User | Kind::Client)
                && !case.is_called(c.from, "admin")
                && !known(c.from)
                && flag(&c.properties, &names).is_none()
                && authenticated(c) != Some(true)
        };
        let callers: Vec<_> = case.a.connections_to(d).filter(public).collect();
        let from = each_once(callers.iter().map(|c| c.from));
        if from.is_empty() {
            continue;
        }
        let hit = Hit::of(std::iter::once(d).chain(from.iter().copied()));
        let hit = callers.iter().fold(hit, |hit, c| hit.over(c.index));
        let hit = hit.word("door", case.label(d)).word("from", case.names(&from));
        out.add(hit.fix(0, vec![set(&case.id(d), "throttling", "true")]));
    }
}

/// Devices that keep their data while the line is down, and send all of it when it is back.
pub(super) fn come_back_at_once(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| k == Kind::Device) {
        let names = ["buffer", "buffers", "buffering", "store_and_forward", "offline"];
        let Some(held) = quantity(&case.at(d).properties, &names, Dimension::Duration) else { continue };
        let paced = case.flag(d, &["jitter", "backoff", "paced", "catch_up_rate"]).is_some();
        let Some(number) = case.at(d).replicas.filter(|n| *n > 1 && !paced) else { continue };
        let Some((every, text)) = sends_every(case, d) else { continue };
        let Some(door) = case.a.connections_from(d).map(|c| c.to).find(|&i| !case.kind(i).is_outside())
        else {
            continue;
        };
        let told =
            case.workload_of(d, WorkloadKey::PeakRate).or_else(|| case.workload(WorkloadKey::PeakRate));
        if told.is_some() || case.workload_of(door, WorkloadKey::PeakRate).is_some() {
            continue;
        }
        let kept = held / every;
        let hit = Hit::of([d, door]).word("d", case.label(d)).word("door", case.label(door));
        let hit = hit.word("n", number.to_string()).word("held", duration(held));
        let hit = hit.word("each", three_digits(kept)).word("all", three_digits(kept * f64::from(number)));
        let fact = crate::review::Fact {
            key: format!("what {} keep", case.label(d)),
            value: format!("{number} × {} / {text}", duration(held)),
            origin: "computed from what is stated".into(),
        };
        out.add(hit.fact(fact).fix(0, vec![set(&case.id(d), "jitter", "true")]));
    }
}

/// Reports that read the database people's requests wait for.
pub(super) fn reports_on_live_data(case: &Case<'_>, out: &mut Hits<'_>) {
    let names = ["read_replicas", "read_replica", "replicas", "reporting_replica"];
    for d in case.of_kind(|k| k == Kind::Database) {
        if !case.paths.on_user_path(d) || case.flag(d, &names) == Some(true) || case.is_called(d, "copy") {
            continue;
        }
        let arrows: Vec<ConnectionRef<'_>> = case.a.connections_to(d).collect();
        let reports =
            |c: &&ConnectionRef<'_>| case.kind(c.from) == Kind::Analytics && case.reads(c) != Some(false);
        let Some(c) = arrows.iter().find(reports) else { continue };
        let serves = arrows.iter().any(|x| case.kind(x.from).is_compute() && case.writes(x) == Some(true));
        if !serves {
            continue;
        }
        let hit = Hit::of([d, c.from]).over(c.index);
        let hit = hit.word("reader", case.label(c.from)).word("d", case.label(d));
        out.add(hit.fix(0, vec![set(&case.id(d), "read_replica", "true")]));
    }
}

/// Dead letters that nobody is told of.
pub(super) fn unseen_dead_letters(case: &Case<'_>, out: &mut Hits<'_>) {
    for q in case.of_kind(|_| true).into_iter().filter(|&i| case.is_dead_letter(i)) {
        let told = case.flag(q, &["alarm", "alert", "monitoring", "redrive", "watched"]).is_some();
        let led = case.a.connections_from(q).next().is_some();
        let watched = case.a.connections_to(q).any(|c| case.kind(c.from) == Kind::Monitoring);
        if !told && !led && !watched {
            out.add(Hit::at(q).word("q", case.label(q)).fix(0, vec![set(&case.id(q), "alarm", "true")]));
        }
    }
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
