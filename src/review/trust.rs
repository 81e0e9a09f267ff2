//! Trust: which connections cross a boundary, and which of the six STRIDE threats each element is open to.
//!
//! Takes an [`Architecture`] and gives tables; whether a threat is met is read from what is stated or drawn, never guessed.
//! STRIDE per element after Microsoft's Security Development Lifecycle (Shostack, 2014).

use serde::Serialize;

use super::Profile;
use super::case::{Case, ENCRYPTED_AT_REST};
use super::rules::security::{authenticated, encrypted};
use super::words::says;
use crate::catalog::catalog;
use crate::model::{Architecture, ComponentIndex, ConnectionRef, GroupKind, Kind};

/// A connection between different trust.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crossing {
    /// The id where it starts.
    pub from: String,
    /// The id where it ends.
    pub to: String,
    /// The side it comes from.
    pub from_side: String,
    /// The side it goes to.
    pub to_side: String,
    /// Whether it is encrypted; `None` when not stated.
    pub encrypted: Option<bool>,
    /// Whether the caller is authenticated; `None` when not stated.
    pub authenticated: Option<bool>,
}

/// What one element is open to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Threat {
    /// The component's id.
    pub id: String,
    /// What it is in a data flow diagram: `process`, `store`, `outside`.
    pub role: &'static str,
    /// The threat: `Spoofing`.
    pub threat: &'static str,
    /// What that would mean here.
    pub question: &'static str,
    /// What is stated or drawn against it.
    pub met_by: Option<String>,
}

/// The side of what stands in no stated place.
const UNPLACED: &str = "the system";

/// The side a component stands on.
fn side(a: &Architecture, i: ComponentIndex) -> String {
    let c = a.at(i);
    if c.kind.is_actor() {
        return "people and devices".to_owned();
    }
    if c.kind == Kind::External {
        return "systems of others".to_owned();
    }
    let kinds = [GroupKind::Boundary, GroupKind::OnPremises, GroupKind::Account];
    let inner = a.group_chain(c.group.as_ref()).find(|g| kinds.contains(&g.kind));
    let places = [GroupKind::Cloud, GroupKind::Region];
    let outer = || a.group_chain(c.group.as_ref()).filter(|g| places.contains(&g.kind)).last();
    inner.or_else(outer).map_or_else(|| UNPLACED.to_owned(), |g| g.label.clone())
}

/// Every connection whose ends stand on different sides, in the order of mention.
#[must_use]
pub fn crossings(a: &Architecture) -> Vec<Crossing> {
    let case = Case::new(a, Profile::Sketch);
    let crossing = a.connections().filter_map(|c| {
        let (from, to) = (side(a, c.from), side(a, c.to));
        // What others do among themselves crosses no boundary of the system.
        let own = !(a.at(c.from).kind.is_outside() && a.at(c.to).kind.is_outside());
        // Of what has no stated place it is not known on which side it stands.
        let placed = |i: ComponentIndex, side: &str| a.at(i).kind.is_outside() || side != UNPLACED;
        let inside = !a.at(c.from).kind.is_outside() && !a.at(c.to).kind.is_outside();
        let known = !inside || placed(c.from, &from) && placed(c.to, &to);
        let checked = || {
            let asks = a.at(c.from).kind.is_outside() && !a.at(c.to).kind.is_outside();
            (asks && met(&case, c.to, "Spoofing").is_some()).then_some(true)
        };
        (from != to && own && known).then(|| Crossing {
            from: a.at(c.from).id.to_string(),
            to: a.at(c.to).id.to_string(),
            from_side: from,
            to_side: to,
            encrypted: encrypted(&c),
            authenticated: authenticated(&c).or_else(checked),
        })
    });
    crossing.collect()
}

/// The threats of every component that a connection across a boundary leads to.
#[must_use]
pub fn threats(a: &Architecture) -> Vec<Threat> {
    let case = Case::new(a, Profile::Sketch);
    let crossing = crossings(a);
    let mut found = Vec::new();
    for (i, c) in a.indexed() {
        let touched = crossing.iter().any(|x| x.to == c.id.as_str());
        if !touched || c.kind.is_outside() {
            continue;
        }
        let role = if c.kind.is_store() || c.kind == Kind::Cache { "store" } else { "process" };
        for &(threat, question, roles) in STRIDE {
            if roles.contains(&role) {
                let met_by = met(&case, i, threat);
                found.push(Threat { id: c.id.to_string(), role, threat, question, met_by });
            }
        }
    }
    found
}

const STRIDE: &[(&str, &str, &[&str])] = &[
    ("Spoofing", "Can someone pretend to be a legitimate caller?", &["process"]),
    ("Tampering", "Can someone change what is sent or kept?", &["process", "store"]),
    ("Repudiation", "Can someone deny what they did?", &["process"]),
    ("Information disclosure", "Can someone read what they should not?", &["process", "store"]),
    ("Denial of service", "Can someone exhaust it?", &["process", "store"]),
    ("Elevation of privilege", "Can someone do more than they may?", &["process"]),
];

/// The identity provider that every caller is connected to, if there is one.
fn signs_in(case: &Case<'_>, callers: &[ConnectionRef<'_>]) -> Option<String> {
    let provider = |c: &ConnectionRef<'_>| {
        let mut to = case.a.connections_from(c.from).map(|x| x.to);
        to.find(|&i| case.kind(i) == Kind::Identity)
    };
    let first = provider(callers.first()?)?;
    callers.iter().all(|c| provider(c).is_some()).then(|| case.label(first))
}

/// Whether what watches keeps logs or traces, by its name, its arrows or what the catalog says of it.
fn keeps_records(case: &Case<'_>, i: ComponentIndex) -> bool {
    let about = case.tech(i).and_then(|t| catalog().technology(t)).map(|t| t.about);
    let labels = case.a.connections_to(i).filter_map(|c| c.connection.label.as_deref());
    case.is_called(i, "logs") || about.into_iter().chain(labels).any(|text| says(text, "logs"))
}

/// What is drawn or stated against a threat at a component.
fn met(case: &Case<'_>, i: ComponentIndex, threat: &str) -> Option<String> {
    let a = case.a;
    let near = |kind: Kind| {
        let around = a.connections_from(i).map(|c| c.to).chain(a.connections_to(i).map(|c| c.from));
        around.into_iter().find(|&n| case.kind(n) == kind).map(|n| case.label(n))
    };
    let into: Vec<_> = a.connections_to(i).filter(|c| case.kind(c.from).is_outside()).collect();
    match threat {
        // An identity provider is what checks; where all callers sign in there, it checks for others too.
        "Spoofing" if case.kind(i) == Kind::Identity => Some("its own sign-in".to_owned()),
        "Spoofing" => near(Kind::Identity).or_else(|| signs_in(case, &into)).or_else(|| {
            let all = !into.is_empty() && into.iter().all(|c| authenticated(c) == Some(true));
            (all || case.flag(i, &["auth", "authentication"]) == Some(true))
                .then(|| "authentication is stated".to_owned())
        }),
        "Tampering" | "Information disclosure" => {
            let stored = case.flag(i, ENCRYPTED_AT_REST) == Some(true);
            let default = case.figure(i, "encrypted_by_default").is_some_and(|f| f.value > 0.0);
            if !stored && default && threat != "Tampering" {
                return Some("encrypted at rest (default)".to_owned());
            }
            let sent = !into.is_empty() && into.iter().all(|c| encrypted(c) == Some(true));
            (stored || sent)
                .then(|| if sent { "encrypted in transit" } else { "encrypted at rest" }.to_owned())
        }
        // Metrics deny nothing; only what keeps a record of what was done does.
        "Repudiation" => {
            let around = a.connections_from(i).map(|c| c.to).chain(a.connections_to(i).map(|c| c.from));
            let records = |n: &ComponentIndex| match case.kind(*n) {
                Kind::Monitoring => keeps_records(case, *n),
                kind => !kind.is_outside() && says(&case.label(*n), "audit"),
            };
            around.into_iter().find(records).map(|n| case.label(n))
        }
        "Denial of service" => near(Kind::Waf).or_else(|| {
            let stated = case.flag(i, &["rate_limit", "throttling", "waf"]) == Some(true);
            let default = case.figure(i, "throttles").is_some_and(|f| f.value > 0.0);
            let told = if stated { "a rate limit is stated" } else { "limits the rate of calls (default)" };
            (stated || default).then(|| told.to_owned())
        }),
        _ => (case.flag(i, &["least_privilege", "iam_role", "roles", "rbac"]) == Some(true))
            .then(|| "roles are stated".to_owned()),
    }
}
