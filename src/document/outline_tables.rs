//! The outline's tables over the graph: stores, channels, what stops with what, trust.
//!
//! Takes a sheet; gives rows of plain data. Who reads and writes, what waits and what crosses a boundary is the review's.

use serde::Serialize;

use super::escape::fold;
use super::outline::{Sheet, kind_name};
use super::outline_parts::{Setting, named};
use super::settings;
use crate::catalog::words;
use crate::model::{Component, ComponentIndex, ConnectionRef, Kind, Value};
use crate::review::{self, Crossing, figures};

/// A place where data is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Store {
    pub label: String,
    pub kind: String,
    pub technology: Option<String>,
    pub writers: Vec<String>,
    pub readers: Vec<String>,
    pub users: Vec<String>,
    pub settings: Vec<Setting>,
    /// What is stated of it, and what its product does unless told otherwise.
    pub known: Vec<String>,
}

/// A queue, topic, stream or bus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Channel {
    pub label: String,
    pub kind: String,
    pub technology: Option<String>,
    pub producers: Vec<String>,
    pub consumers: Vec<String>,
    pub carries: Vec<String>,
    pub retention: Option<String>,
    pub largest: Option<String>,
    pub dead_letters: Option<String>,
}

/// What stops with a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Stop {
    pub label: String,
    pub people: Vec<String>,
    pub fails: Vec<String>,
    pub slower: Vec<String>,
    pub instead: Vec<String>,
    pub delayed: Vec<String>,
    pub buffered: Vec<String>,
}

/// A threat to an element, with its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ThreatRow {
    pub label: String,
    pub role: &'static str,
    pub threat: &'static str,
    pub question: &'static str,
    pub met_by: Option<String>,
}

/// What is handed over, from the words that say so: "publish order placed" carries "order placed".
fn carried(label: &str) -> Option<String> {
    let mut rest: Vec<&str> = label.split_whitespace().collect();
    while rest.first().is_some_and(|w| words::says(w, "hand_over") || words::says(w, "articles")) {
        rest.remove(0);
    }
    (!rest.is_empty()).then(|| rest.join(" "))
}

pub(super) fn stores(sheet: &Sheet<'_>) -> Vec<Store> {
    let all = review::accesses(sheet.a);
    let kept = |k: Kind| k.is_store() || k == Kind::Cache;
    let store = |(i, c): (ComponentIndex, &crate::model::Component)| {
        let access = &all[i.index()];
        let labels = |of: &[ComponentIndex]| of.iter().map(|&i| sheet.label(i)).collect();
        Store {
            label: sheet.label(i),
            kind: kind_name(c.kind),
            technology: c.technology.as_ref().map(|t| fold(&t.name)),
            writers: labels(&access.writers),
            readers: labels(&access.readers),
            users: labels(&access.others),
            settings: sheet.properties(&c.properties),
            known: known(sheet, i, c),
        }
    };
    sheet.a.indexed().filter(|(_, c)| kept(c.kind)).map(store).collect()
}

/// How long something is kept, as it is said of it by a figure; a setting stands among the settings.
fn kept(sheet: &Sheet<'_>, i: ComponentIndex) -> Option<String> {
    review::retention(sheet.a, i).map(Value::to_string)
}

fn known(sheet: &Sheet<'_>, i: ComponentIndex, c: &Component) -> Vec<String> {
    let own = c
        .properties
        .iter()
        .map(|(name, p)| format!("{}: {}", fold(&settings::name(name)), fold(&settings::value(&p.value))));
    let mut all: Vec<String> = own.chain(kept(sheet, i).map(|k| format!("kept for {}", fold(&k)))).collect();
    let figure = |key| c.technology_id().and_then(|t| figures().get(t, key));
    let named = |names: &[&str]| names.iter().any(|n| c.property(n).is_some());
    if let Some(back) = figure("backed_up").filter(|_| !named(review::BACKUP)) {
        all.push(format!("restorable {} back (default)", back.text()));
    }
    let encrypted = figure("encrypted_by_default").is_some_and(|f| f.value > 0.0);
    if encrypted && !named(review::ENCRYPTED_AT_REST) {
        all.push("encrypted at rest (default)".into());
    }
    all
}

pub(super) fn channels(sheet: &Sheet<'_>) -> Vec<Channel> {
    let all = review::accesses(sheet.a);
    let channel = |(i, c): (ComponentIndex, &crate::model::Component)| {
        let access = &all[i.index()];
        let labels = |of: &[ComponentIndex]| -> Vec<String> { of.iter().map(|&i| sheet.label(i)).collect() };
        let sent = |x: &ConnectionRef<'_>| access.writers.contains(&x.from);
        let into: Vec<_> = sheet.a.connections_to(i).filter(sent).collect();
        let payloads = into.iter().filter_map(|x| x.payload.as_deref());
        let payloads =
            payloads.chain(sheet.a.connections_from(i).filter_map(|x| x.connection.payload.as_deref()));
        let labels_in =
            into.iter().filter(|x| x.payload.is_none()).filter_map(|x| carried(x.label.as_deref()?));
        let figure = |key| c.technology_id().and_then(|t| figures().get(t, key)).map(review::Figure::text);
        let own = |name: &str| c.property(name).map(ToString::to_string);
        Channel {
            label: sheet.label(i),
            kind: kind_name(c.kind),
            technology: c.technology.as_ref().map(|t| fold(&t.name)),
            producers: labels(&access.writers),
            consumers: labels(&access.readers),
            carries: named(payloads.map(fold).chain(labels_in.map(|l| fold(&l)))),
            retention: own("retention")
                .or_else(|| kept(sheet, i))
                .or_else(|| figure("retention").map(|r| format!("{r} (default)"))),
            largest: figure("message"),
            dead_letters: match labels(&access.dead_letters) {
                _ if access.dead_letters.contains(&i) => Some("it is that place".to_owned()),
                none if none.is_empty() => own("dlq").or_else(|| own("dead_letter")),
                led => Some(led.join(", ")),
            },
        }
    };
    sheet.a.indexed().filter(|(_, c)| c.kind.is_messaging()).map(channel).collect()
}

/// What stops with each part, and how many parts were not walked.
pub(super) fn failures(sheet: &Sheet<'_>) -> (Vec<Stop>, usize) {
    let labels = |named: review::Named| -> Vec<String> {
        let more = (named.more > 0).then(|| format!("{} more", named.more));
        named.first.iter().map(|id| sheet.named(id)).chain(more).collect()
    };
    let stop = |f: review::Failure| Stop {
        label: sheet.named(&f.id),
        people: labels(f.people),
        fails: labels(f.fails),
        slower: labels(f.slower),
        // A yes says only that there is something.
        instead: named(f.instead.into_iter().map(|(id, what)| match what.as_str() {
            "true" | "yes" => sheet.named(&id),
            what => format!("{} ({})", sheet.named(&id), fold(what)),
        })),
        delayed: labels(f.delayed),
        buffered: f
            .buffered
            .iter()
            .map(|(id, kept)| {
                kept.as_ref().map_or_else(|| sheet.named(id), |k| format!("{} (up to {k})", sheet.named(id)))
            })
            .collect(),
    };
    let (found, left) = review::failures(sheet.a);
    (found.into_iter().map(stop).collect(), left)
}

pub(super) fn crossings(sheet: &Sheet<'_>) -> Vec<Crossing> {
    let crossing = |c: Crossing| Crossing { from: sheet.named(&c.from), to: sheet.named(&c.to), ..c };
    review::crossings(sheet.a).into_iter().map(crossing).collect()
}

pub(super) fn threats(sheet: &Sheet<'_>) -> Vec<ThreatRow> {
    let row = |t: review::Threat| ThreatRow {
        label: sheet.named(&t.id),
        role: t.role,
        threat: t.threat,
        question: t.question,
        met_by: t.met_by,
    };
    review::threats(sheet.a).into_iter().map(row).collect()
}
