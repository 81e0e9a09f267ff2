//! SEC011, SEC012, DAT017: what is disclosed on the way: personal data in messages to people, rights to read that were copied,
//! and personal data that nothing ever deletes.

use super::{set, set_on};
use crate::model::{ComponentIndex, Kind, WorkloadKey};
use crate::review::case::{Case, each_once, flag};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

/// Personal data in mails and text messages.
pub(super) fn personal_mail(case: &Case<'_>, out: &mut Hits<'_>) {
    let names = ["link_only", "masked", "encryption", "encrypted", "end_to_end"];
    for c in case.a.connections() {
        let post = |k: Kind| matches!(k, Kind::Email | Kind::Notification);
        let out_by = if post(case.kind(c.to)) { c.to } else { c.from };
        let leaves = post(case.kind(c.to)) && case.kind(c.from) != Kind::Monitoring
            || post(case.kind(c.from)) && case.kind(c.to) == Kind::User;
        let Some(label) = c.label.as_deref().filter(|_| leaves) else { continue };
        let told = flag(&c.properties, &names).is_some() || case.flag(out_by, &names).is_some();
        let personal = ["personal", "health", "card"].into_iter().any(|list| says(label, list));
        if told || !personal {
            continue;
        }
        let hit = Hit::of([c.from, c.to]).over(c.index).word("what", label.to_owned());
        let hit = hit.word("by", case.label(out_by)).word("from", case.label(c.from));
        out.add(hit.fix(0, vec![set_on(&case.id(c.from), &case.id(c.to), "link_only", "true")]));
    }
}

/// Rights to read that were copied into an index, and answers made from what an index holds for all.
pub(super) fn copied_rights(case: &Case<'_>, out: &mut Hits<'_>) {
    let names = ["rights_lag", "lag", "freshness", "row_level_security", "public"];
    let people = case.of_kind(|k| k == Kind::Identity);
    for d in case.of_kind(|k| matches!(k, Kind::Search | Kind::Database | Kind::Cache)) {
        if case.flag(d, &names).is_some() {
            continue;
        }
        let copies = |l: &str| says(l, "rights");
        let arrow = case.a.connections_to(d).find(|c| {
            c.label.as_deref().is_some_and(copies)
                && case.writes(c) != Some(false)
                && case.kind(c.from).is_compute()
        });
        if let Some(c) = arrow {
            let hit = Hit::of([d, c.from]).over(c.index);
            let hit = hit.word("d", case.label(d)).word("writer", case.label(c.from));
            out.add(hit.fix(0, vec![set(&case.id(d), "rights_lag", "5 min")]));
            continue;
        }
        // A model answers from what is found there, to people who sign in and may not all read the same.
        let answers = |i: &ComponentIndex| {
            let metered = |m: ComponentIndex| case.figure(m, "per_token").is_some_and(|f| f.value > 0.0);
            case.kind(*i).is_compute()
                && case.paths.on_user_path(*i)
                && case.a.connections_from(*i).any(|c| metered(c.to))
        };
        let readers = each_once(case.a.connections_to(d).map(|c| c.from));
        if case.kind(d) == Kind::Search && !people.is_empty() && readers.iter().any(answers) {
            out.ask(d);
        }
    }
}

/// Stores of personal data of which no time of deletion is said.
pub(super) fn never_deleted(case: &Case<'_>, out: &mut Hits<'_>) {
    let names = ["retention", "ttl", "deleted_after", "deletion", "lifecycle", "expires"];
    // A time that is said of no part may be of this one.
    let open = case.workload(WorkloadKey::Retention).is_some();
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Storage | Kind::Warehouse)) {
        let told = case.flag(d, &names).is_some() || case.workload_of(d, WorkloadKey::Retention).is_some();
        let personal = |text: &str| ["personal", "health"].into_iter().any(|list| says(text, list));
        let arrows = case.a.connections_to(d).filter(|c| case.writes(c) != Some(false));
        let written =
            arrows.flat_map(|c| [c.connection.label.clone(), c.connection.payload.clone()]).flatten();
        let class = case.text(d, &["data_class", "classification", "data"]);
        let of_people = personal(&case.label(d)) || written.chain(class).any(|text| personal(&text));
        if of_people && !told && !open {
            out.add(
                Hit::at(d).word("d", case.label(d)).fix(0, vec![set(&case.id(d), "retention", "2 years")]),
            );
        }
    }
}
