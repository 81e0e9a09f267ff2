//! EVT: queues, topics, streams and buses.

use super::{Product, add, connect, set, sibling, technology};
use crate::model::{ComponentIndex, ConnectionRef, Kind, Mode, Operation, WorkloadKey};
use crate::review::Level;
use crate::review::case::{Case, each_once, flag};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

fn channels(case: &Case<'_>) -> Vec<ComponentIndex> {
    case.of_kind(Kind::is_messaging).into_iter().filter(|&i| !case.is_dead_letter(i)).collect()
}

/// Adds a worker behind a channel.
fn worker(case: &Case<'_>, out: &mut Hits<'_>, n: ComponentIndex) -> Vec<Operation> {
    let label = format!("{} worker", case.label(n));
    let id = out.name(&label);
    vec![
        add(&id, &label, Kind::Service, None, case.at(n).group.as_ref()),
        connect(&case.id(n), &id, "deliver", Mode::Async),
    ]
}

fn leave_out(case: &Case<'_>, n: ComponentIndex) -> Vec<Operation> {
    vec![Operation::RemoveComponent { id: case.id(n), bridge: false }]
}

pub(super) fn no_subscriber(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in channels(case) {
        let silent = matches!(case.kind(n), Kind::Topic | Kind::EventBus) && case.consumers(n).is_empty();
        if silent && !case.producers(n).is_empty() {
            let fix = worker(case, out, n);
            out.add(Hit::at(n).word("n", case.label(n)).fix(0, fix).fix(1, leave_out(case, n)));
        }
    }
}

/// Whether some part works on what the text does not say it gets: it may well be the one that takes messages out.
fn somebody_may(case: &Case<'_>) -> bool {
    let scheduled =
        |i| case.workload_of(i, WorkloadKey::Schedule).is_some() || case.is_called(i, "scheduled");
    case.of_kind(Kind::is_compute).into_iter().any(|i| {
        let works = case.a.connections_from(i).any(|c| !case.kind(c.to).is_messaging());
        works && case.a.connections_to(i).next().is_none() && !scheduled(i)
    })
}

pub(super) fn no_consumer(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in channels(case) {
        let kind = case.kind(n);
        let filled = matches!(kind, Kind::Queue | Kind::Stream) && case.consumers(n).is_empty();
        if !filled || case.producers(n).is_empty() {
            continue;
        }
        if somebody_may(case) {
            out.ask(n);
            continue;
        }
        let retention = case.figure(n, "retention");
        let told = retention
            .map_or(String::new(), |f| format!("; messages expire after {} unless set otherwise", f.text()));
        let level = if kind == Kind::Queue { Level::Error } else { Level::Warn };
        let fix = worker(case, out, n);
        let hit = Hit::at(n).word("n", case.label(n)).word("retention", told).level(level);
        out.add(
            hit.facts(retention.map(super::super::facts::Figure::fact))
                .fix(0, fix)
                .fix(1, leave_out(case, n)),
        );
    }
}

pub(super) fn no_producer(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in channels(case) {
        let consumers = each_once(case.consumers(n).into_iter().map(|(i, _)| i));
        // What only feeds other channels is a source, such as a connector that reads a database's log.
        let feeds = consumers.iter().all(|&i| case.kind(i).is_messaging());
        let source = feeds || case.is_called(n, "self_driven");
        if !source && case.producers(n).is_empty() {
            let hit = Hit::at(n).word("n", case.label(n)).word("consumers", case.names(&consumers));
            out.add(hit.fix(0, leave_out(case, n)));
        }
    }
}

/// Whether a queue stands for a broker that may hold many: it is called as the product is.
fn broker(case: &Case<'_>, n: ComponentIndex) -> bool {
    case.at(n).technology.as_ref().is_some_and(|t| t.name == case.at(n).label)
}

pub(super) fn compete(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in channels(case).into_iter().filter(|&n| case.kind(n) == Kind::Queue) {
        let mut consumers: Vec<_> = case.consumers(n).into_iter().map(|(i, _)| i).collect();
        consumers.sort_unstable();
        consumers.dedup();
        if consumers.len() < 2 {
            continue;
        }
        // An exchange or a fan-out hands each message to every queue that is bound to it.
        if case.is_called(n, "fans_out") {
            continue;
        }
        if broker(case, n) {
            out.ask(n);
            continue;
        }
        let topic = sibling(case.tech(n), Product::Topic).and_then(technology);
        let fix = vec![
            Operation::SetKind { id: case.id(n), kind: Kind::Topic },
            Operation::SetTechnology { id: case.id(n), technology: topic },
        ];
        let hit = Hit::of([n]).word("n", case.label(n)).word("consumers", case.names(&consumers));
        out.add(hit.fix(0, fix));
    }
}

pub(super) fn no_dead_letters(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in channels(case) {
        let consumers = case.consumers(n).into_iter().map(|(i, _)| i);
        let consumers = each_once(consumers.filter(|&i| case.kind(i).is_compute()));
        let concerned = match case.kind(n) {
            Kind::Queue | Kind::EventBus => true,
            Kind::Topic => consumers.iter().any(|&i| case.kind(i) == Kind::Function),
            _ => false,
        };
        let names = ["dlq", "dead_letter", "dead_letter_queue", "max_receive", "redrive"];
        let stated =
            case.flag(n, &names).is_some() || consumers.iter().any(|&i| case.flag(i, &names).is_some());
        let leads = |from| case.a.connections_from(from).any(|c| case.is_dead_letter(c.to));
        if !concerned || consumers.is_empty() || stated || leads(n) || consumers.iter().any(|&i| leads(i)) {
            continue;
        }
        let label = format!("{} dead letters", case.label(n));
        let dead = out.name(&label);
        let id = case.id(n);
        let fix = vec![
            add(&dead, &label, Kind::Queue, sibling(case.tech(n), Product::Queue), case.at(n).group.as_ref()),
            connect(&id, &dead, "after 5 attempts", Mode::Async),
            set(&id, "max_receive", "5"),
        ];
        out.add(Hit::at(n).word("n", case.label(n)).word("consumers", case.names(&consumers)).fix(0, fix));
    }
}

/// Whether the text asks for order on a channel.
fn order_wanted(case: &Case<'_>, n: ComponentIndex) -> bool {
    let asks = |text: &str| says(&text.to_lowercase().replace("in order to", "to"), "order_matters");
    let id = &case.at(n).id;
    case.flag(n, &["ordered", "order", "ordering"]) == Some(true)
        || case.at(n).description.as_deref().is_some_and(asks)
        || case.a.notes().iter().any(|note| note.about.as_ref() == Some(id) && asks(&note.text))
        || case.a.connections_to(n).chain(case.a.connections_from(n)).any(|c: ConnectionRef<'_>| {
            c.label.as_deref().is_some_and(asks) || flag(&c.properties, &["ordered", "order"]) == Some(true)
        })
        || case.workload_of(n, WorkloadKey::Consistency).is_some_and(|f| asks(&f.value.to_string()))
}

pub(super) fn order(case: &Case<'_>, out: &mut Hits<'_>) {
    for n in channels(case).into_iter().filter(|&n| order_wanted(case, n)) {
        let Some(keeps) = case.figure(n, "ordered") else { continue };
        let set_so =
            case.flag(n, &["fifo", "ordering_key", "group_key", "partition_key", "sessions"]) == Some(true);
        if keeps.value > 0.0 && !set_so && case.kind(n) == Kind::Stream {
            // A stream keeps order within a partition: it depends on what goes into the same one.
            out.ask(n);
        }
        if keeps.value > 0.0 || set_so {
            continue;
        }
        let id = case.id(n);
        let hit = Hit::at(n).word("n", case.label(n)).word("tech", case.tech_name(n)).fact(keeps.fact());
        out.add(hit.fix(0, vec![set(&id, "fifo", "true"), set(&id, "group_key", "entity id")]));
    }
}

/// What a component does to the world that must not happen twice, and how bad twice is.
fn effect(case: &Case<'_>, c: ComponentIndex) -> Option<(String, Level)> {
    let mut found: Option<(String, Level)> = None;
    for out in case.a.connections_from(c).filter(|x| x.to != c) {
        let label = out.label.clone().unwrap_or_default();
        let to = case.kind(out.to);
        let told = |level| {
            let target = case.label(out.to);
            let what = if label.is_empty() {
                format!("the call to {target}")
            } else {
                format!("{label} ({target})")
            };
            Some((what, level))
        };
        let this = match to {
            Kind::Email | Kind::Notification => told(Level::Info),
            Kind::External if says(&label, "effect_once") => told(Level::Warn),
            Kind::Database if says(&label, "effect_once") && case.writes(&out) == Some(true) => {
                told(Level::Warn)
            }
            _ => None,
        };
        if let Some(this) = this
            && found.as_ref().is_none_or(|f| f.1 < this.1)
        {
            found = Some(this);
        }
    }
    found
}

pub(super) fn twice(case: &Case<'_>, out: &mut Hits<'_>) {
    let mut done = Vec::new();
    for channel in channels(case) {
        for (c, arrow) in case.consumers(channel) {
            let keyed = ["idempotency_key", "idempotent"];
            let known = case.flag(c, &["idempotent", "idempotency", "deduplication"]) == Some(true)
                || case.a.connections_from(c).any(|x| flag(&x.properties, &keyed) == Some(true));
            if known || done.contains(&c) || !case.kind(c).is_compute() {
                continue;
            }
            let Some((effect, level)) = effect(case, c) else { continue };
            done.push(c);
            let label = format!("{} idempotency keys", case.label(c));
            let store = out.name(&label);
            let id = case.id(c);
            let remember = vec![
                add(
                    &store,
                    &label,
                    Kind::Database,
                    sibling(case.tech(c), Product::KeyValue),
                    case.at(c).group.as_ref(),
                ),
                connect(&id, &store, "check and put the message's key", Mode::Sync),
                set(&id, "idempotent", "true"),
            ];
            let hit = Hit::of([c, channel])
                .over(arrow.index)
                .word("channel", case.label(channel))
                .word("c", case.label(c));
            let hit = hit.word("effect", effect).level(level);
            out.add(hit.fix(0, remember).fix(1, vec![set(&id, "idempotent", "true")]));
        }
    }
}
