//! DAT: who writes, who reads, what is kept safe.

use super::resilience::stored_as_well;
use super::{add, connect, set, set_on};
use crate::model::{ComponentIndex, ConnectionRef, GroupKind, Kind, Mode, Operation, WorkloadKey};
use crate::review::Level;
use crate::review::case::{BACKUP, Case, ENCRYPTED_AT_REST, each_once, flag};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

pub(super) fn shared_database(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| k == Kind::Database) {
        let written = case.a.connections_to(d).filter(|c| case.writes(c) == Some(true)).map(|c| c.from);
        let writers = each_once(written.filter(|&i| matches!(case.kind(i), Kind::Service | Kind::Container)));
        let [owner, others @ ..] = writers.as_slice() else { continue };
        if others.is_empty() {
            continue;
        }
        let side = |i| case.within(i, &[GroupKind::Team, GroupKind::Domain]).map(|g| &g.id);
        let apart = others.iter().any(|&o| side(o) != side(*owner));
        let mut split = Vec::new();
        let mut serve = Vec::new();
        for &other in others {
            let label = format!("{} of {}", case.label(d), case.label(other));
            let own = out.name(&label);
            let (id, db) = (case.id(other), case.id(d));
            split.push(add(&own, &label, Kind::Database, case.tech(d), case.at(d).group.as_ref()));
            split.push(Operation::Disconnect { from: id.clone(), to: db.clone() });
            split.push(connect(&id, &own, "read and write", Mode::Sync));
            serve.push(Operation::Disconnect { from: id.clone(), to: db });
            if case.a.connections_between(other, *owner).next().is_none() {
                serve.push(connect(
                    &id,
                    &case.id(*owner),
                    "read and write through its interface",
                    Mode::Sync,
                ));
            }
        }
        let hit =
            Hit::of(std::iter::once(d).chain(writers.iter().copied())).word("writers", case.names(&writers));
        let hit = hit.word("d", case.label(d)).word("owner", case.label(*owner));
        let mut hit = hit.level(if apart { Level::Warn } else { Level::Info }).fix(0, split);
        // An owner that already waits for the others would wait in a circle.
        let waited = case.paths.waited_for(*owner);
        if others.iter().all(|o| !waited[o.index()]) {
            hit = hit.fix(1, serve);
        }
        out.add(hit);
    }
}

pub(super) fn dual_write(case: &Case<'_>, out: &mut Hits<'_>) {
    for s in case.of_kind(Kind::is_compute) {
        if case.flag(s, &["outbox", "cdc", "transactional_outbox"]).is_some() {
            continue;
        }
        if redelivered(case, s) {
            continue;
        }
        let stores: Vec<_> = case
            .a
            .connections_from(s)
            .filter(|c| case.kind(c.to) == Kind::Database && case.writes(c) == Some(true))
            .collect();
        let sent: Vec<_> = case
            .a
            .connections_from(s)
            .filter(|c| {
                case.kind(c.to).is_messaging() && !case.paths.reversed(c) && !case.is_dead_letter(c.to)
            })
            .collect();
        let outbox = ["outbox", "cdc", "transactional_outbox"];
        if stores.iter().chain(&sent).any(|c| flag(&c.properties, &outbox).is_some()) {
            continue;
        }
        let Some(store) = stores.first() else { continue };
        for m in &sent {
            let fed = stores.iter().any(|d| case.a.connections_between(d.to, m.to).next().is_some());
            if fed {
                continue;
            }
            let (id, db, topic) = (case.id(s), case.id(store.to), case.id(m.to));
            let feed = vec![
                Operation::Disconnect { from: id.clone(), to: topic.clone() },
                connect(&db, &topic, m.label.as_deref().unwrap_or("changes"), Mode::Async),
            ];
            let hit = Hit::of([s, store.to, m.to]).over(store.index).over(m.index).word("s", case.label(s));
            let hit = hit.word("d", case.label(store.to)).word("m", case.label(m.to));
            out.add(hit.fix(1, vec![set(&id, "outbox", "true")]).fix(0, feed));
            break;
        }
    }
}

/// What was paid or booked at another's system, and the message about it, where nothing of one's own notes either.
pub(super) fn unnoted_effect(case: &Case<'_>, out: &mut Hits<'_>) {
    let noted = ["outbox", "cdc", "transactional_outbox", "reconciliation", "idempotency_key"];
    for s in case.of_kind(Kind::is_compute) {
        let known = case.flag(s, &noted).is_some() || redelivered(case, s) || case.kind(s) == Kind::Workflow;
        let keeps = case.a.connections_from(s).any(|c| case.kind(c.to).is_store());
        if known || keeps {
            continue;
        }
        let calls = |c: &ConnectionRef<'_>| {
            case.kind(c.to) == Kind::External
                && case.paths.sync(c)
                && c.label.as_deref().is_some_and(|l| says(l, "effect_once"))
                && flag(&c.properties, &noted).is_none()
        };
        let tells = |c: &ConnectionRef<'_>| {
            case.kind(c.to).is_messaging() && !case.paths.reversed(c) && !case.is_dead_letter(c.to)
        };
        let (Some(x), Some(m)) =
            (case.a.connections_from(s).find(calls), case.a.connections_from(s).find(tells))
        else {
            continue;
        };
        let hit = Hit::of([s, x.to, m.to]).over(x.index).over(m.index).word("s", case.label(s));
        let hit = hit.word("x", case.label(x.to)).word("m", case.label(m.to));
        out.add(hit.fix(0, vec![set(&case.id(s), "outbox", "true")]));
    }
}

/// Whether all work of a component comes in messages: what fails between two writes comes again, and is done again.
fn redelivered(case: &Case<'_>, s: ComponentIndex) -> bool {
    let mut came = case.a.connections_to(s).filter(|c| !case.paths.reversed(c)).peekable();
    came.peek().is_some()
        && came
            .all(|c| matches!(case.kind(c.from), Kind::Queue | Kind::Topic | Kind::Stream | Kind::EventBus))
}

/// The areas that the law or a contract may name, with the list of words by which their regions go. London and Zurich
/// are `eu-west-2` and `eu-central-2`, so that their areas come first.
const AREAS: [(&str, &str); 5] = [
    ("uk", "region_uk"),
    ("switzerland", "region_ch"),
    ("eu", "region_eu"),
    ("us", "region_us"),
    ("elsewhere", "region_other"),
];

/// Data that must stay in an area, in parts that stand elsewhere or nowhere that is stated.
pub(super) fn leaves_area(case: &Case<'_>, out: &mut Hits<'_>) {
    let Some(fact) = case.workload(WorkloadKey::Regions) else { return };
    let wanted = fact.value.to_string();
    let area = wanted.to_lowercase();
    if !AREAS.iter().any(|(name, _)| *name == area) {
        return;
    }
    let mut elsewhere: Vec<(String, Vec<ComponentIndex>)> = Vec::new();
    let holds = |k: Kind| {
        k.is_store()
            || k.is_compute()
            || k.is_messaging()
            || matches!(k, Kind::Ml | Kind::Monitoring | Kind::Search | Kind::Cache)
    };
    for i in case.of_kind(holds) {
        let Some(region) = case.within(i, &[GroupKind::Region]) else {
            // What the team runs itself stands where it wants; what others run has a region to be chosen.
            if case.managed(i) == Some(true) {
                out.ask(i);
            }
            continue;
        };
        let region = region.label.clone();
        let Some((there, _)) = AREAS.iter().find(|(_, list)| says(&region, list)) else {
            out.ask(i);
            continue;
        };
        if *there != area {
            match elsewhere.iter_mut().find(|(r, _)| *r == region) {
                Some((_, all)) => all.push(i),
                None => elsewhere.push((region, vec![i])),
            }
        }
    }
    for (region, all) in elsewhere {
        let names = case.names(&all);
        out.add(Hit::of(all).word("names", names).word("region", region).word("area", wanted.clone()));
    }
}

pub(super) fn no_backup(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Warehouse)) {
        let stated = case.flag(d, BACKUP).is_some();
        // Some products keep backups unless they are told not to.
        if stated || case.figure(d, "backed_up").is_some() {
            continue;
        }
        let named =
            case.a.components().any(|c| says(&c.label, "replicate") && says(&c.label, "archive_like"));
        if !named {
            out.add(Hit::at(d).word("d", case.label(d)).fix(0, vec![set(&case.id(d), "backup", "7 days")]));
        }
    }
}

/// What kind of sensitive data a text speaks of.
fn sensitive(text: &str) -> Option<&'static str> {
    let lists = [("health", "medical data"), ("card", "card data"), ("personal", "personal data")];
    lists.into_iter().find(|(list, _)| says(text, list)).map(|(_, what)| what)
}

fn class(case: &Case<'_>, i: ComponentIndex) -> Option<String> {
    let named = ["data_class", "classification", "data"].iter().find_map(|n| case.text(i, &[n]));
    named
        .and_then(|t| {
            sensitive(&t)
                .map(str::to_owned)
                .or_else(|| matches!(t.as_str(), "phi" | "pci" | "pii").then_some(t))
        })
        .or_else(|| sensitive(&case.label(i)).map(str::to_owned))
}

pub(super) fn unprotected(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(Kind::is_store) {
        let Some(what) = class(case, d) else { continue };
        match case.flag(d, ENCRYPTED_AT_REST) {
            Some(true) => {}
            Some(false) => {
                let label = case.label(d);
                let hit = Hit::at(d)
                    .word("what", capital(&what))
                    .word("where", format!("lies in {label} unencrypted"));
                out.add(hit.fix(0, vec![set(&case.id(d), "encryption", "true")]));
            }
            None if case.figure(d, "encrypted_by_default").is_some_and(|f| f.value > 0.0) => {}
            None => out.ask(d),
        }
    }
    for c in case.a.connections().filter(|c| matches!(case.kind(c.to), Kind::Monitoring | Kind::Ml)) {
        let text = c.label.clone().unwrap_or_default() + " " + c.payload.as_deref().unwrap_or_default();
        let Some(what) = sensitive(&text) else { continue };
        if flag(&c.properties, &["masked", "tokenised", "tokenized", "anonymised", "anonymized", "redacted"])
            == Some(true)
        {
            continue;
        }
        let there =
            format!("goes from {} to {} without stated masking", case.label(c.from), case.label(c.to));
        let hit = Hit::of([c.from, c.to]).over(c.index).word("what", capital(what)).word("where", there);
        out.add(hit.fix(0, vec![set_on(&case.id(c.from), &case.id(c.to), "masked", "true")]));
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

pub(super) fn never_read(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Storage | Kind::Search | Kind::Warehouse)) {
        let arrows: Vec<_> = case.a.connections_to(d).filter(|c| c.from != d).collect();
        let out_of = case.a.connections_from(d).any(|c| c.to != d);
        let told = ["archive_like", "buffer"].into_iter().any(|list| case.is_called(d, list))
            || case.flag(d, &["archive", "read_by", "immutable"]).is_some()
            || arrows.iter().all(|c| c.label.as_deref().is_some_and(|l| says(l, "archive_like")));
        let only_written = !arrows.is_empty()
            && arrows.iter().all(|c| case.writes(c) == Some(true) && case.reads(c) == Some(false));
        // A service that owns a database reads it, drawn or not; a function writes what others are to find.
        let owned = arrows
            .iter()
            .any(|c| matches!(case.kind(c.from), Kind::Service | Kind::Container | Kind::Vm | Kind::Cluster));
        // What the reader put there itself is nothing that the author left out.
        let assumed = case.at(d).origin.is_assumed();
        if only_written && !out_of && !told && !assumed && (!owned || case.kind(d) != Kind::Database) {
            let writers = each_once(arrows.iter().map(|c| c.from));
            let hit =
                Hit::of(std::iter::once(d)).word("d", case.label(d)).word("writers", case.names(&writers));
            out.add(hit);
        }
    }
}

/// Data that is read and, by the description, never written.
pub(super) fn never_written(case: &Case<'_>, out: &mut Hits<'_>) {
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Storage | Kind::Search | Kind::Cache)) {
        let arrows: Vec<_> = case.a.connections_to(d).filter(|c| c.from != d).collect();
        if case.at(d).origin.is_assumed() {
            continue;
        }
        let read = |c: &crate::model::ConnectionRef<'_>| {
            case.reads(c) == Some(true) && case.writes(c) == Some(false)
        };
        let told = case.is_called(d, "reference_like") || case.flag(d, &["source", "written_by"]).is_some();
        let alone = case.a.connections_from(d).all(|c| c.to == d);
        if arrows.is_empty() || !alone || told || !arrows.iter().all(read) {
            continue;
        }
        // What is loaded at start or looked up is made elsewhere and brought along; who checks a token or key in a cache
        // sets it with the same call.
        let brought = |c: &crate::model::ConnectionRef<'_>| {
            let state = |l: &str| case.kind(d) == Kind::Cache && says(l, "session");
            c.label.as_deref().is_some_and(|l| says(l, "reference_like") || state(l))
        };
        // The files of a page that a CDN hands out come with its release.
        let handed_out =
            case.kind(d) == Kind::Storage && arrows.iter().all(|c| case.kind(c.from) == Kind::Cdn);
        // What reads a cache beside its store fills it.
        let aside = case.kind(d) == Kind::Cache && stored_as_well(case, d);
        if arrows.iter().any(brought) || handed_out || aside {
            continue;
        }
        let readers = each_once(arrows.iter().map(|c| c.from));
        out.add(Hit::at(d).word("d", case.label(d)).word("readers", case.names(&readers)));
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
