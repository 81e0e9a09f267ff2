//! OBS003, OBS005, OBS006: who is told that something failed, and whether anybody has to react.

use super::{add, connect, set};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, Mode, WorkloadFact, WorkloadKey};
use crate::review::case::{Case, base, each_once};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

/// An availability from which on somebody has to react at night.
const HIGH: f64 = 0.999;
/// A time to be back from which on the same holds, in seconds.
const SOON: f64 = 4.0 * 3600.0;
/// Properties that say what happens when nobody reacts.
const ANSWERED: &[&str] = &["acknowledge", "acknowledged", "escalation", "escalates", "on_call"];

/// Dead letters that nobody is told of.
pub(super) fn unseen_dead_letters(case: &Case<'_>, out: &mut Hits<'_>) {
    for q in case.of_kind(|_| true).into_iter().filter(|&i| case.is_dead_letter(i)) {
        let told = case.flag(q, &["alarm", "alert", "monitoring", "redrive", "watched"]).is_some();
        let led = case.a.connections_from(q).next().is_some();
        let looks = |c: &ConnectionRef<'_>| {
            matches!(case.kind(c.from), Kind::Monitoring | Kind::User) || case.reads(c) == Some(true)
        };
        let watched = case.a.connections_to(q).any(|c| looks(&c));
        if !told && !led && !watched {
            out.add(Hit::at(q).word("q", case.label(q)).fix(0, vec![set(&case.id(q), "alarm", "true")]));
        }
    }
}

/// Where monitoring sends what it has to say.
fn told(case: &Case<'_>) -> Vec<ComponentIndex> {
    let receives =
        |k: Kind| matches!(k, Kind::Notification | Kind::Email | Kind::User | Kind::External | Kind::Topic);
    let arrows =
        case.a.connections().filter(|c| case.kind(c.from) == Kind::Monitoring && receives(case.kind(c.to)));
    each_once(arrows.map(|c| c.to))
}

/// Something watches, and nothing leads from it to anybody.
pub(super) fn nobody_told(case: &Case<'_>, out: &mut Hits<'_>) {
    let monitors = case.of_kind(|k| k == Kind::Monitoring);
    let names = ["alarm", "alarms", "alert", "alerts", "alerting"];
    let called = case.a.indexed().any(|(i, _)| case.is_called(i, "ops") || case.flag(i, &names).is_some());
    let labelled = case.a.connections().any(|c| c.label.as_deref().is_some_and(|l| says(l, "ops")));
    if monitors.is_empty() || called || labelled || !told(case).is_empty() {
        return;
    }
    let label = "On call";
    let person = out.name(label);
    let mut fix = vec![add(&person, label, Kind::User, None, None)];
    fix.extend(monitors.iter().map(|&i| connect(&case.id(i), &person, "alarm", Mode::Async)));
    let names = case.names(&monitors);
    out.add(Hit::of(monitors).word("names", names).fix(0, fix));
}

/// Alarms that end in a chat or a mailbox, where somebody has to react soon; and alarms to people, with nothing said of what
/// happens when they do not react.
pub(super) fn unanswered(case: &Case<'_>, out: &mut Hits<'_>) {
    let answered = |i: ComponentIndex| {
        case.flag(i, ANSWERED).is_some()
            || case.figure(i, "acknowledged").is_some_and(|f| f.value > 0.0)
            || case.kind(i) == Kind::User
            || matches!(case.kind(i), Kind::External | Kind::Topic)
    };
    let ends = told(case);
    let fact = |key: WorkloadKey, dimension: Dimension, fits: fn(f64) -> bool| {
        case.workload(key).filter(|f| base(&f.value, dimension).is_some_and(fits))
    };
    let asked: Option<&WorkloadFact> = fact(WorkloadKey::Availability, Dimension::Ratio, |v| v >= HIGH)
        .or_else(|| fact(WorkloadKey::RecoveryTime, Dimension::Duration, |v| v <= SOON));
    let paged = case
        .a
        .indexed()
        .any(|(i, _)| case.figure(i, "acknowledged").is_some() || case.flag(i, ANSWERED).is_some());
    if let Some(asked) = asked.filter(|_| !ends.is_empty() && !paged && !ends.iter().any(|&i| answered(i))) {
        let fix = ends.iter().map(|&i| set(&case.id(i), "escalation", "true")).collect();
        let what =
            if asked.key == WorkloadKey::Availability { "an availability of" } else { "a recovery within" };
        let hit = Hit::of(ends.iter().copied()).word("ends", case.names(&ends)).word("what", what);
        let hit = hit.word("asked", asked.value.to_string());
        out.add(hit.fact(case.stated("target", &asked.value, &asked.origin)).fix(0, fix));
    }
    let alarms = |c: &ConnectionRef<'_>| {
        case.kind(c.to) == Kind::User
            && case.kind(c.from) != Kind::Monitoring
            && c.label.as_deref().is_some_and(|l| says(l, "alarm"))
    };
    for c in case.a.connections().filter(alarms) {
        let back =
            case.a.connections_from(c.to).any(|x| x.label.as_deref().is_some_and(|l| says(l, "reacts")));
        if !back && !paged {
            out.ask(c.to);
        }
    }
}
