//! RES010, RES015, RES022, RES024: load that a system makes itself: retries, retries over retries, open doors, and devices that
//! come back at once.

use super::security::authenticated;
use super::{set, set_on};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, WorkloadKey};
use crate::review::case::{Case, each_once, flag, quantity};
use crate::review::estimates::inflows::sends_every;
use crate::review::estimates::rates::three_digits;
use crate::review::facts::duration;
use crate::review::hits::{Hit, Hits};

/// The property that says how often a caller asks again.
const RETRIES: &[&str] = &["retries", "retry"];

/// Retries without a stated pause between them.
pub(super) fn hasty_retry(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.paths.sync(c)) {
        let retried = flag(&c.properties, RETRIES) == Some(true);
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

/// Who asks again calls who asks again: one failure at the end becomes a multiple of calls.
pub(super) fn retries_multiply(case: &Case<'_>, out: &mut Hits<'_>) {
    let again = |c: &ConnectionRef<'_>| {
        case.paths.sync(c) && flag(&c.properties, RETRIES) == Some(true) && !case.kind(c.to).is_actor()
    };
    for outer in case.a.connections().filter(again) {
        for inner in case.a.connections_from(outer.to).filter(again).filter(|c| c.to != outer.from) {
            let tries =
                |c: &ConnectionRef<'_>| quantity(&c.properties, RETRIES, Dimension::Count).map(|n| n + 1.0);
            let calls = match (tries(&outer), tries(&inner)) {
                (Some(a), Some(b)) => format!("up to {} calls", three_digits(a * b)),
                _ => "a multiple of calls".to_owned(),
            };
            let hit = Hit::of([outer.to, outer.from, inner.to]).over(outer.index).over(inner.index);
            let hit = hit.word("outer", case.label(outer.from)).word("inner", case.label(outer.to));
            let hit = hit.word("end", case.label(inner.to)).word("calls", calls);
            let fix = set_on(&case.id(inner.from), &case.id(inner.to), "retries", "0");
            out.add(hit.fix(0, vec![fix]));
        }
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
