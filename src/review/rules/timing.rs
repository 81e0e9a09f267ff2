//! RES020, RES021, DAT013, DAT014, DAT016: what comes back late, runs too long, lags behind, is copied too rarely or kept too
//! long.

use super::set;
use crate::model::{ComponentIndex, Dimension, Kind, Quantity, WorkloadFact, WorkloadKey};
use crate::review::case::{Case, base, flag, quantity};
use crate::review::estimates::rates::interval;
use crate::review::facts::duration;
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

/// A component that sends into one queue and waits for what comes back through another.
pub(super) fn reply_by_queue(case: &Case<'_>, out: &mut Hits<'_>) {
    let queues = case.of_kind(|k| k == Kind::Queue);
    for &there in &queues {
        for (s, _) in case.producers(there) {
            let known = case.flag(s, &["reply_timeout", "timeout"]).is_some();
            if !case.kind(s).is_compute() || known {
                continue;
            }
            let workers: Vec<ComponentIndex> = case.consumers(there).into_iter().map(|(i, _)| i).collect();
            let back = queues.iter().copied().filter(|&q| q != there).find(|&q| {
                case.producers(q).iter().any(|(i, _)| *i != s && workers.contains(i))
                    && case.consumers(q).iter().any(|(i, _)| *i == s)
            });
            let Some(back) = back else { continue };
            let hit = Hit::of([s, there, back]).word("s", case.label(s));
            let hit = hit.word("there", case.label(there)).word("back", case.label(back));
            out.add(hit.fix(0, vec![set(&case.id(s), "reply_timeout", "3 s")]));
        }
    }
}

/// How often something runs, in seconds, as far as an interval is stated.
fn rhythm(text: &str) -> Option<f64> {
    // "every six hours, kept for 30 days", "every day at 22:00"
    let lower = text.trim().to_lowercase();
    let lower = lower.split([',', ';']).next().unwrap_or(&lower);
    match lower.split(" at ").next().unwrap_or(lower).trim() {
        "nightly" | "daily" | "every night" | "every day" | "once a day" => Some(86_400.0),
        "weekly" | "every week" | "once a week" => Some(604_800.0),
        other => interval(other),
    }
}

/// A run that takes longer than until the next one starts.
pub(super) fn runs_overlap(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in case.of_kind(|k| k.is_compute() || k == Kind::Analytics) {
        let own = case.workload_of(n, WorkloadKey::Schedule);
        let starts = || {
            let by = case.a.connections_to(n).filter(|c| case.kind(c.from) == Kind::Scheduler);
            by.filter_map(|c| case.workload_of(c.from, WorkloadKey::Schedule)).next()
        };
        let Some(schedule) = own.or_else(starts) else { continue };
        let Some(every) = rhythm(&schedule.value.to_string()) else { continue };
        let told = case.workload_of(n, WorkloadKey::Duration);
        let run = told.and_then(|f| base(&f.value, Dimension::Duration));
        let Some(run) = run.or_else(|| case.seconds(n, &["duration", "run_time"])) else { continue };
        if run < every || case.flag(n, &["one_at_a_time", "lock", "max_concurrency"]).is_some() {
            continue;
        }
        let hit = Hit::at(n).word("n", case.label(n)).word("run", duration(run));
        let hit = hit.word("every", schedule.value.to_string());
        let fact = case.stated("when it runs", &schedule.value, &schedule.origin);
        out.add(hit.fact(fact).fix(0, vec![set(&case.id(n), "one_at_a_time", "true")]));
    }
}

/// A store that is only written by what messages bring, while people wait for what is read there.
pub(super) fn lags_behind(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Search)) {
        let fed = |s: ComponentIndex| {
            let mut into = case.a.connections_to(s).filter(|c| !case.paths.reversed(c)).peekable();
            into.peek().is_some() && into.all(|c| case.kind(c.from).is_messaging())
        };
        let arrows: Vec<_> = case.a.connections_to(d).filter(|c| c.from != d).collect();
        let writers = || arrows.iter().filter(|c| case.writes(c) == Some(true)).map(|c| c.from);
        let read = |c: &crate::model::ConnectionRef<'_>| {
            case.reads(c) == Some(true) && case.paths.sync(c) && case.paths.on_user_path(c.from)
        };
        let Some(reader) = arrows.iter().find(|c| read(c)).map(|c| c.from) else { continue };
        let whole = case.workload(WorkloadKey::Consistency);
        let told = case.workload_of(d, WorkloadKey::Consistency).is_some()
            || whole.is_some_and(|f| age(&f.value.to_string()).is_some())
            || case.workload_of(d, WorkloadKey::Latency).is_some()
            || case.flag(d, &["lag", "freshness", "staleness"]).is_some();
        // The reader of English may have asked the same of all copies.
        let asks = |q: &crate::model::Question| {
            q.about.contains(&case.id(d)) && q.settle.as_ref().is_some_and(|s| s.contains("consistency"))
        };
        let told = told || case.a.questions().iter().any(asks);
        if told || writers().next().is_none() || !writers().all(fed) {
            continue;
        }
        let writer = writers().next().unwrap_or(reader);
        let hit = Hit::of([d, writer, reader]).word("d", case.label(d)).word("reader", case.label(reader));
        out.add(hit.word("writer", case.label(writer)).fix(0, vec![set(&case.id(d), "lag", "10 s")]));
    }
}

/// Backups that are rarer than the loss that is allowed, of data without another copy.
pub(super) fn backups_too_rare(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Warehouse)) {
        let Some(asked) = case.workload_for(d, WorkloadKey::RecoveryPoint) else {
            let told = case.text(d, &["backup", "backups"]).and_then(|b| rhythm(&b));
            if told.is_some() && case.flag(d, &["pitr"]) != Some(true) {
                out.ask(d);
            }
            continue;
        };
        let Some(allowed) = base(&asked.value, Dimension::Duration).or_else(|| none(asked)) else { continue };
        let names = ["multi_az", "zones", "standby", "replicas", "replication", "pitr"];
        let copied = case.flag(d, &names) == Some(true) || case.at(d).replicas.is_some_and(|r| r > 1);
        let Some(backup) = case.text(d, &["backup", "backups"]) else { continue };
        let Some(every) = rhythm(&backup) else { continue };
        let kept = quantity(&case.at(d).properties, &["backup", "backups"], Dimension::Duration).is_some();
        if every <= allowed || copied || kept || case.self_replicating(d) == Some(true) {
            continue;
        }
        let hit = Hit::at(d).word("d", case.label(d)).word("backup", backup);
        let hit = hit.word("allowed", asked.value.to_string());
        let fact = case.stated("data that may be lost", &asked.value, &asked.origin);
        out.add(hit.fact(fact).fix(0, vec![set(&case.id(d), "pitr", "true")]));
    }
}

/// Seconds between two runs from which a failed one is run again by hand.
const AGAIN: f64 = 3600.0;
/// The most seconds of loss that only a copy at the same state keeps.
const AT_ONCE: f64 = 1.0;

/// Copies that nothing is stated of but that they are there, where nothing may be lost.
pub(super) fn copy_may_lag(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Warehouse)) {
        let Some(asked) = case.workload_for(d, WorkloadKey::RecoveryPoint) else { continue };
        let allowed = base(&asked.value, Dimension::Duration).or_else(|| none(asked));
        if allowed.is_none_or(|seconds| seconds > AT_ONCE) || case.self_replicating(d) == Some(true) {
            continue;
        }
        let copied = case.flag(d, &["multi_az", "zones", "standby", "replicas"]) == Some(true)
            || case.at(d).replicas.is_some_and(|r| r > 1);
        // What a product calls several zones is kept at one state by it.
        let managed = case.managed(d) == Some(true) && case.flag(d, &["multi_az", "zones"]) == Some(true);
        let told = case.flag(d, &["replication", "synchronous", "consistency"]).is_some();
        let said =
            ["standby", "replicas"].iter().any(|n| case.text(d, &[n]).is_some_and(|t| t.contains("sync")));
        if !copied || managed || told || said {
            continue;
        }
        let hit = Hit::at(d).word("d", case.label(d)).word("asked", asked.value.to_string());
        let fact = case.stated("data that may be lost", &asked.value, &asked.origin);
        out.add(hit.fact(fact).fix(0, vec![set(&case.id(d), "replication", "synchronous")]));
    }
}

/// Runs by the clock that write to a database, with nothing said of what a second run of the same does.
pub(super) fn repeated_runs(case: &Case<'_>, out: &mut Hits<'_>) {
    let runs = |k: Kind| k.is_compute() && !k.is_outside() || matches!(k, Kind::Workflow | Kind::Analytics);
    for n in case.of_kind(runs) {
        let clock = case.a.connections_to(n).any(|c| case.kind(c.from) == Kind::Scheduler);
        let told = case.workload_of(n, WorkloadKey::Schedule).map(|f| f.value.to_string());
        // What comes again at once makes good what the run before left.
        let seldom = told.is_some_and(|t| interval(&t).is_none_or(|seconds| seconds >= AGAIN));
        if !clock && !seldom && !case.is_called(n, "by_the_clock") {
            continue;
        }
        let names = ["idempotent", "rerunnable", "upsert", "exactly_once"];
        let writes = |c: &crate::model::ConnectionRef<'_>| {
            let label = c.label.as_deref().unwrap_or_default();
            matches!(case.kind(c.to), Kind::Database | Kind::Warehouse)
                && (case.writes(c) == Some(true) || says(label, "copy") || says(label, "load"))
                && case.reads(c) != Some(true)
                && !says(label, "replaces")
                && flag(&c.properties, &names).is_none()
        };
        let Some(c) = case.a.connections_from(n).find(|c| writes(c)) else { continue };
        if case.flag(n, &names).is_some() {
            continue;
        }
        let hit = Hit::of([n, c.to]).over(c.index).word("n", case.label(n)).word("d", case.label(c.to));
        out.add(hit.fix(0, vec![set(&case.id(n), "idempotent", "true")]));
    }
}

/// How old what is read may be, in seconds: "30 seconds behind".
fn age(text: &str) -> Option<f64> {
    let written = text.strip_suffix(" behind").or_else(|| text.strip_suffix(" old"))?;
    Quantity::parse(written).filter(|q| q.dimension == Dimension::Duration).map(|q| q.amount)
}

/// A cache that keeps its entries longer than what is read there may be old.
pub(super) fn kept_too_long(case: &Case<'_>, out: &mut Hits<'_>) {
    let Some(asked) = case.workload(WorkloadKey::Consistency) else { return };
    let Some(most) = age(&asked.value.to_string()) else { return };
    for c in case.of_kind(|k| matches!(k, Kind::Cache | Kind::Cdn)) {
        let own = case.seconds(c, &["ttl", "max_age", "retention"]);
        let told = case.workload_of(c, WorkloadKey::Retention);
        let said = || told.and_then(|f| base(&f.value, Dimension::Duration));
        let Some(kept) = own.or_else(said).filter(|kept| *kept > most) else { continue };
        if case.flag(c, &["invalidation", "invalidated", "write_through"]).is_some() {
            continue;
        }
        let hit = Hit::at(c).word("c", case.label(c)).word("kept", duration(kept));
        let hit = hit.word("most", duration(most));
        let fact = case.stated("how old it may be", &asked.value, &asked.origin);
        let fix = vec![set(&case.id(c), "ttl", &duration(most))];
        out.add(hit.fact(fact).fix(0, fix));
    }
}

/// "0" or "none" may be lost.
fn none(fact: &WorkloadFact) -> Option<f64> {
    matches!(fact.value.to_string().as_str(), "0" | "none" | "nothing" | "zero").then_some(0.0)
}
