//! SRV: what starts functions and what passes through them: schedules, messages, files, loops, state.

use super::{Product, add, connect, set, set_on, sibling};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, Mode, Operation, WorkloadKey};
use crate::review::case::{Case, base, quantity};
use crate::review::facts::{amount, duration};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;
use crate::review::{Fact, Level};

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
            // In the words of the text, where it is one figure of the load.
            let told = payload.filter(|_| size(&c).is_none()).map(|p| p.value.to_string());
            let told = told.unwrap_or_else(|| amount(bytes, "bytes"));
            numbers = format!(", which takes {} in one call; {told} are stated", limit.text());
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
