//! SEC: trust, encryption, credentials.

use super::{Product, add, connect, set_on, sibling};
use crate::model::{ComponentIndex, ConnectionRef, Group, GroupKind, Id, Kind, Mode, Operation};
use crate::review::Level;
use crate::review::case::{Case, each_once, flag};
use crate::review::hits::{Hit, Hits};
use crate::review::words::says;

pub(super) fn direct_access(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections() {
        let (u, d) = (case.kind(c.from), case.kind(c.to));
        let client = matches!(u, Kind::User | Kind::Client) && !case.is_called(c.from, "admin");
        let made_for_it = case.figure(c.to, "client_access").is_some_and(|f| f.value > 0.0);
        // A program installed on staff's machines, inside, speaks to queues as servers do.
        let installed = d == Kind::Queue && case.is_called(c.from, "thick_client");
        if !client || !matches!(d, Kind::Database | Kind::Cache | Kind::Queue) || made_for_it || installed {
            continue;
        }
        let label = format!("{} API", case.label(c.to));
        let api = out.name(&label);
        let fix = vec![
            add(&api, &label, Kind::Service, None, case.at(c.to).group.as_ref()),
            Operation::InsertBetween {
                id: api,
                from: case.id(c.from),
                to: case.id(c.to),
                mode_in: Mode::Sync,
                mode_out: Mode::Sync,
            },
        ];
        let hit =
            Hit::of([c.from, c.to]).over(c.index).word("u", case.label(c.from)).word("d", case.label(c.to));
        out.add(hit.fix(0, fix));
    }
}

/// Doors where people's requests meet no check, while others sign in or are checked: it is asked how these are.
fn unsigned(case: &Case<'_>, out: &mut Hits<'_>) {
    for &entry in &case.paths.people {
        if case.kind(entry) == Kind::Device || case.is_called(entry, "public_like") {
            continue;
        }
        // A program that somebody gets on the way has its user's sign-in.
        let led = |&person: &ComponentIndex| {
            let signs_in = case.a.connections_from(person).any(|c| case.kind(c.to) == Kind::Identity);
            person != entry && signs_in && case.paths.downstream(person).contains(&entry)
        };
        if case.kind(entry) == Kind::Client && case.paths.people.iter().any(led) {
            continue;
        }
        // What somebody goes through to get in is no door of its own.
        let mut own = vec![entry];
        let mut next = 0;
        while let Some(&at) = own.get(next) {
            let on = case.a.connections_from(at).filter(|c| case.paths.sync(c)).map(|c| c.to);
            let through = |&i: &ComponentIndex| {
                matches!(case.kind(i), Kind::Client | Kind::Cdn | Kind::Dns | Kind::Waf)
            };
            let fresh: Vec<_> = on.filter(through).filter(|i| !own.contains(i)).collect();
            own.extend(fresh);
            next += 1;
        }
        let inward = || own.iter().flat_map(|&i| case.a.connections_from(i)).filter(|c| case.paths.sync(c));
        if own.iter().any(|&i| told(case, i)) || inward().any(|c| case.kind(c.to) == Kind::Identity) {
            continue;
        }
        let door =
            |k: Kind| k.is_compute() && !k.is_outside() || matches!(k, Kind::Gateway | Kind::LoadBalancer);
        let shut = |c: &ConnectionRef<'_>| authenticated(c).is_some();
        for d in each_once(inward().map(|c| c.to).filter(|&i| door(case.kind(i)))) {
            if !checked(case, d) && !inward().filter(|c| c.to == d).any(|c| shut(&c)) {
                out.ask(d);
            }
        }
    }
}

/// Whether something is stated about who may call a component, or it checks that itself.
fn told(case: &Case<'_>, i: ComponentIndex) -> bool {
    flag(&case.at(i).properties, &["auth", "authentication", "public"]).is_some()
        || case.is_called(i, "public_like")
        || case.kind(i) == Kind::Identity
}

/// Whether what is called there, or what it waits for, is stated to know its callers, or nothing there runs code.
fn checked(case: &Case<'_>, door: ComponentIndex) -> bool {
    let waited = case.paths.waited_for(door);
    let on_way = |i: ComponentIndex| waited[i.index()];
    let own = |k: Kind| k.is_compute() && !k.is_outside();
    let runs = case.of_kind(own).into_iter().any(on_way);
    // Deeper inside, a token may be anything.
    let shut = |c: &ConnectionRef<'_>| {
        let first = case.kind(c.from).is_outside() || case.kind(c.from) == Kind::Gateway;
        on_way(c.from) && first && authenticated(c).is_some()
    };
    !runs
        || case.of_kind(|_| true).into_iter().filter(|&i| on_way(i)).any(|i| told(case, i))
        || case.a.connections().any(|c| shut(&c))
}

pub(super) fn no_sign_in(case: &Case<'_>, out: &mut Hits<'_>) {
    let stated = case.a.components().any(|c| {
        c.kind == Kind::Identity || flag(&c.properties, &["auth", "authentication", "public"]).is_some()
    });
    let said =
        case.a.connections().any(|c| {
            flag(&c.properties, &["auth", "authentication"]).is_some()
                || c.label.as_deref().is_some_and(|l| says(l, "sign_in"))
        }) || case.a.components().any(|c| c.description.as_deref().is_some_and(|d| says(d, "sign_in")));
    if stated || said {
        unsigned(case, out);
        return;
    }
    let enters = |c: &ConnectionRef<'_>| {
        matches!(case.kind(c.from), Kind::User | Kind::Client)
            && !case.kind(c.to).is_outside()
            && !case.is_called(c.to, "public_like")
            && (case.kind(c.to).is_compute() || matches!(case.kind(c.to), Kind::Gateway | Kind::LoadBalancer))
    };
    let doors: Vec<_> = case.a.connections().filter(|c| case.paths.sync(c) && enters(c)).collect();
    let Some(first) = doors.first() else { return };
    let label = "Sign-in";
    let identity = out.name(label);
    let mut fix = vec![add(
        &identity,
        label,
        Kind::Identity,
        sibling(case.provider(), Product::Identity),
        case.at(first.to).group.as_ref(),
    )];
    let entries = each_once(doors.iter().map(|c| c.to));
    let people = each_once(doors.iter().map(|c| c.from));
    fix.extend(entries.iter().map(|&i| connect(&case.id(i), &identity, "verify token", Mode::Sync)));
    let mut hit = Hit::of(entries.iter().chain(&people).copied()).word("people", case.names(&people));
    hit = hit.word("entry", case.names(&entries));
    for c in &doors {
        hit = hit.over(c.index);
    }
    out.add(hit.fix(0, fix));
}

/// Protocols whose name is said whether they are encrypted or not.
const EITHER: &[&str] = &["mqtt", "smtp"];

/// A protocol in the clear and its encrypted sibling; whether it also carries passwords.
fn in_clear(protocol: &str) -> Option<(&'static str, bool)> {
    Some(match protocol.trim().to_lowercase().as_str() {
        "http" | "http/1.1" => ("HTTPS", false),
        "ws" => ("WSS", false),
        "ftp" => ("SFTP", true),
        "telnet" => ("SSH", true),
        "ldap" => ("LDAPS", true),
        _ => return None,
    })
}

pub(super) fn in_the_clear(case: &Case<'_>, out: &mut Hits<'_>) {
    for c in case.a.connections() {
        let Some(protocol) = c.protocol.as_deref() else { continue };
        let always = |i| case.figure(i, "always_encrypted").is_some_and(|f| f.value > 0.0);
        let known = flag(&c.properties, &["tls", "encrypted", "vpn"]).is_some();
        if EITHER.contains(&protocol.trim().to_lowercase().as_str())
            && !known
            && !always(c.from)
            && !always(c.to)
        {
            out.ask(c.to);
        }
        let Some((secure, passwords)) = in_clear(protocol) else { continue };
        if flag(&c.properties, &["tls", "encrypted", "vpn"]) == Some(true) || always(c.from) || always(c.to) {
            continue;
        }
        let public = case.kind(c.from).is_outside() || case.kind(c.to).is_outside();
        let level = match (public, passwords) {
            (true, true) => Level::Error,
            (true, false) | (false, true) => Level::Warn,
            (false, false) => Level::Info,
        };
        let (from, to) = (case.id(c.from), case.id(c.to));
        let hit = Hit::of([c.from, c.to])
            .over(c.index)
            .word("from", case.label(c.from))
            .word("to", case.label(c.to));
        let hit = hit.word("protocol", protocol).word("secure", secure).level(level);
        out.add(hit.fix(0, vec![Operation::SetProtocol { from, to, protocol: secure.to_owned() }]));
    }
}

fn is_public(group: &Group) -> bool {
    group.kind == GroupKind::Subnet
        && (says(&group.label, "public_like") || flag(&group.properties, &["public"]) == Some(true))
}

pub(super) fn public_store(case: &Case<'_>, out: &mut Hits<'_>) {
    let mut made: Option<Id> = None;
    for d in case.of_kind(|k| matches!(k, Kind::Database | Kind::Cache | Kind::Search | Kind::Warehouse)) {
        let Some(subnet) = case.within(d, &[GroupKind::Subnet]).filter(|g| is_public(g)) else { continue };
        let sibling = case
            .a
            .groups()
            .iter()
            .find(|g| g.kind == GroupKind::Subnet && g.parent == subnet.parent && !is_public(g));
        let mut fix = Vec::new();
        let target = match (sibling, &made) {
            (Some(group), _) => group.id.clone(),
            (None, Some(id)) => id.clone(),
            (None, None) => {
                let id = out.name("Private subnet");
                let parent = subnet.parent.clone();
                fix.push(Operation::AddGroup {
                    id: id.clone(),
                    label: "Private subnet".into(),
                    kind: GroupKind::Subnet,
                    parent,
                });
                made = Some(id.clone());
                id
            }
        };
        fix.push(Operation::Move { id: case.id(d), group: Some(target) });
        out.add(Hit::at(d).word("d", case.label(d)).word("subnet", subnet.label.clone()).fix(0, fix));
    }
}

/// Whether a protocol's name says that it is encrypted.
pub(crate) fn encrypted(c: &ConnectionRef<'_>) -> Option<bool> {
    if let Some(known) = flag(&c.properties, &["tls", "encrypted", "encryption", "vpn", "mtls"]) {
        return Some(known);
    }
    // Who shows a certificate does so over TLS.
    let shown = c.properties.get("auth").map(|p| p.value.to_string().to_lowercase()).unwrap_or_default();
    if ["mutual tls", "mtls", "certificate"].iter().any(|w| shown.contains(w)) {
        return Some(true);
    }
    let protocol = c.protocol.as_deref()?.to_lowercase();
    if in_clear(&protocol).is_some() {
        return Some(false);
    }
    let words = ["https", "tls", "ssl", "wss", "sftp", "ssh", "ldaps", "vpn", "ipsec", "mqtts", "amqps"];
    words.iter().any(|w| protocol.contains(w)).then_some(true)
}

/// Whether callers of a connection are authenticated.
pub(crate) fn authenticated(c: &ConnectionRef<'_>) -> Option<bool> {
    flag(&c.properties, &["auth", "authentication", "mtls"]).or_else(|| {
        let told = c.label.as_deref().is_some_and(|l| says(l, "sign_in"))
            || c.protocol.as_deref().is_some_and(|p| p.to_lowercase().contains("mtls"));
        told.then_some(true)
    })
}

pub(super) fn boundary(case: &Case<'_>, out: &mut Hits<'_>) {
    // A cloud or region beside a data centre or account is another side too; what one holds of the other is not.
    let trusted = |i: ComponentIndex| case.within(i, Case::trust_kinds());
    let side =
        |i: ComponentIndex| trusted(i).or_else(|| case.within(i, &[GroupKind::Cloud, GroupKind::Region]));
    for c in case.a.connections() {
        let (Some(a), Some(b)) = (side(c.from), side(c.to)) else { continue };
        if a.id == b.id || trusted(c.from).is_none() && trusted(c.to).is_none() {
            continue;
        }
        let missing = match (encrypted(&c) == Some(true), authenticated(&c) == Some(true)) {
            (true, true) => continue,
            (false, true) => "encryption",
            (true, false) => "authentication",
            (false, false) => "encryption and authentication",
        };
        let (from, to) = (case.id(c.from), case.id(c.to));
        let hit = Hit::of([c.from, c.to])
            .over(c.index)
            .word("from", case.label(c.from))
            .word("to", case.label(c.to));
        let hit = hit.word("a", a.label.clone()).word("b", b.label.clone()).word("missing", missing);
        out.add(hit.fix(0, vec![set_on(&from, &to, "tls", "true"), set_on(&from, &to, "auth", "mTLS")]));
    }
}

pub(super) fn credentials(case: &Case<'_>, out: &mut Hits<'_>) {
    let kept = case.a.components().any(|c| {
        c.kind == Kind::Secrets
            || flag(&c.properties, &["credentials", "managed_identity", "iam_role", "iam"]).is_some()
    });
    if kept {
        return;
    }
    let asks = |c: &ConnectionRef<'_>| {
        case.kind(c.from).is_compute()
            && (matches!(case.kind(c.to), Kind::External | Kind::Email | Kind::Ml)
                || case.figure(c.to, "counts_connections").is_some_and(|f| f.value > 0.0))
    };
    let need = each_once(case.a.connections().filter(asks).map(|c| c.from));
    if need.is_empty() {
        return;
    }
    let store = out.name("Secrets");
    let mut fix = vec![add(
        &store,
        "Secrets",
        Kind::Secrets,
        sibling(case.provider(), Product::Secrets),
        case.at(need[0]).group.as_ref(),
    )];
    fix.extend(need.iter().map(|&i| connect(&case.id(i), &store, "read credentials", Mode::Sync)));
    out.add(Hit::of(need.iter().copied()).word("names", case.names(&need)).fix(0, fix));
}
