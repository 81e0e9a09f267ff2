//! SEC008 to SEC010, SEC013, SEC014: what comes from systems of others and from devices, what goes to models of others, and what
//! devices take over.

use super::security::authenticated;
use super::set_on;
use crate::catalog::catalog;
use crate::model::{ComponentIndex, ConnectionRef, Kind};
use crate::review::case::{Case, flag};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

/// A place on an arrow, with the property on it that mends it.
fn at(case: &Case<'_>, c: &ConnectionRef<'_>, name: &str, value: &str) -> Hit {
    let hit = Hit::of([c.to, c.from]).over(c.index);
    let hit = hit.word("from", case.label(c.from)).word("to", case.label(c.to));
    hit.fix(0, vec![set_on(&case.id(c.from), &case.id(c.to), name, value)])
}

/// Calls from systems of others into the system, without a stated proof of who calls.
pub(super) fn taken_on_trust(case: &Case<'_>, out: &mut Hits<'_>) {
    // Messages come in as well, though nobody waits for what is made of them; an answer was asked for.
    let answers = |c: &ConnectionRef<'_>| {
        let first = c.label.as_deref().and_then(|l| l.split_whitespace().next());
        first.is_some_and(|verb| says(verb, "reply"))
    };
    let calls = |c: &ConnectionRef<'_>| !answers(c);
    for c in case.a.connections().filter(|c| case.kind(c.from) == Kind::External && calls(c)) {
        let target = case.kind(c.to);
        let own = target.is_compute() || matches!(target, Kind::Gateway | Kind::LoadBalancer);
        let checks = case.a.connections_from(c.to).any(|x| case.kind(x.to) == Kind::Identity);
        let known = case.flag(c.to, &["auth", "authentication", "signature"]) == Some(true);
        if !own || checks || known || authenticated(&c) == Some(true) {
            continue;
        }
        out.add(at(case, &c, "auth", "signature"));
    }
}

/// What people write, on its way to a model that another company runs.
pub(super) fn to_a_model(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections().filter(|c| case.kind(c.to) == Kind::Ml && case.paths.sync(c)) {
        let names = ["masked", "redacted", "anonymised", "anonymized", "tokenised", "tokenized"];
        let told = flag(&c.properties, &names).is_some() || case.flag(c.to, &names).is_some();
        // Who asks a model himself knows what he tells it.
        let own = case.kind(c.from).is_compute();
        if told || !own || case.managed(c.to) != Some(true) || !case.paths.on_user_path(c.from) {
            continue;
        }
        out.add(at(case, &c, "masked", "true"));
    }
}

/// Whether texts are found there, by words or by meaning.
fn finds(case: &Case<'_>, i: ComponentIndex) -> bool {
    let about = case.tech(i).and_then(|t| catalog().technology(t)).map_or("", |t| t.about);
    case.kind(i) == Kind::Search
        || case.kind(i).is_store() && (case.is_called(i, "by_meaning") || says(about, "by_meaning"))
}

/// What is found for a question goes to a language model with it: whoever wrote it may give orders in it.
pub(super) fn steered_by_what_is_found(case: &Case<'_>, out: &mut Hits<'_>) {
    let names = ["guarded", "guardrails", "filtered", "trusted"];
    for c in case.a.connections().filter(|c| case.kind(c.to) == Kind::Ml && case.paths.sync(c)) {
        let asks = case.kind(c.from).is_compute() && case.paths.on_user_path(c.from);
        let found = case.a.connections_from(c.from).find(|x| finds(case, x.to));
        let Some(found) = found.filter(|_| asks && case.is_called(c.to, "language_model")) else { continue };
        let told = [c.from, c.to, found.to].iter().any(|&i| case.flag(i, &names).is_some());
        if told || flag(&c.properties, &names).is_some() {
            continue;
        }
        let hit = Hit::of([found.to, c.from, c.to]).over(c.index).word("found", case.label(found.to));
        let hit = hit.word("model", case.label(c.to));
        out.add(hit.fix(0, vec![super::set(&case.id(found.to), "trusted", "true")]));
    }
}

/// Devices that call in without a stated proof of which they are.
pub(super) fn unproven_devices(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections() {
        let inside = !case.kind(c.to).is_outside();
        if case.kind(c.from) != Kind::Device || !inside {
            continue;
        }
        // Hubs for things let in none that does not show a key or certificate.
        let hub = case.figure(c.to, "always_encrypted").is_some_and(|f| f.value > 0.0);
        let checks = case.a.connections_from(c.to).any(|x| case.kind(x.to) == Kind::Identity);
        let names = ["auth", "authentication", "certificates", "mtls"];
        let told = case.flag(c.from, &names).is_some() || case.flag(c.to, &names).is_some();
        if hub || checks || told || authenticated(&c) == Some(true) {
            continue;
        }
        let mut hit = at(case, &c, "auth", "certificates");
        // It is asked what proves the data of those who send it.
        hit.components.reverse();
        out.add(hit);
    }
}

/// Software that devices take over, with nothing said of how they know it and how a faulty one is taken back.
pub(super) fn unsigned_updates(case: &Case<'_>, out: &mut Hits<'_>) {
    let devices = case.of_kind(|k| k == Kind::Device);
    if devices.is_empty() {
        return;
    }
    let names = ["signed", "signature", "code_signing", "secure_boot", "staged", "rollback"];
    let signed = case.a.indexed().any(|(i, _)| case.flag(i, &names).is_some())
        || case.a.connections().any(|c| flag(&c.properties, &names).is_some());
    let hands_out = |c: &ConnectionRef<'_>| {
        c.label.as_deref().is_some_and(|l| says(l, "firmware"))
            || c.payload.as_deref().is_some_and(|p| says(p, "firmware"))
            || says(&case.label(c.from), "firmware")
            || says(&case.label(c.to), "firmware")
    };
    let Some(c) = case.a.connections().find(hands_out).filter(|_| !signed) else { return };
    // What keeps it, or else who hands it out.
    let at = if case.kind(c.to).is_store() { c.to } else { c.from };
    let hit = Hit::of(std::iter::once(at).chain(devices.iter().copied())).over(c.index);
    let hit = hit.word("devices", case.names(&devices)).word("at", case.label(at));
    out.add(hit.fix(0, vec![super::set(&case.id(at), "signed", "true")]));
}
