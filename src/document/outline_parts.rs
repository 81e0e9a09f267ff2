//! The outline's parts: components, connections, groups, flows, stores, channels, failures, trust, assumptions.

use indexmap::IndexSet;
use serde::Serialize;

use super::escape::fold;
use super::outline::{Basis, MAX_QUOTE, Sheet, cut, expectation_name, kind_name};
use super::outline_flows::said;
use super::outline_roles::operates;
use super::{Picture, settings, told, told_of};
use crate::catalog::{catalog, words};
use crate::model::{ComponentIndex, ConnectionRef, Id, Kind, Mode, WorkloadFact, WorkloadKey};
use crate::review;
use crate::text::Span;

/// A property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Setting {
    pub name: String,
    pub value: String,
    pub origin: Basis,
}

/// A component.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Part {
    pub id: String,
    pub label: String,
    pub kind: String,
    pub technology: Option<String>,
    pub about_technology: Option<String>,
    pub does: Option<String>,
    pub described: bool,
    pub group: Option<String>,
    pub outside: bool,
    pub operates: bool,
    pub watched_by: Vec<String>,
    pub replicas: Option<u32>,
    pub settings: Vec<Setting>,
    pub receives: Vec<String>,
    pub sends: Vec<String>,
    pub origin: Basis,
}

/// The components of one place, where the whole is large and has places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Place {
    pub title: Option<String>,
    pub ids: Vec<String>,
}

/// A connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub label: Option<String>,
    pub mode: &'static str,
    pub protocol: Option<String>,
    pub payload: Option<String>,
    pub steps: Vec<String>,
    pub settings: Vec<Setting>,
    pub origin: Basis,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Box {
    pub id: String,
    pub label: String,
    pub kind: String,
    pub technology: Option<String>,
    pub inside: Option<String>,
    pub members: Vec<String>,
    pub picture: Option<Picture>,
    pub settings: Vec<Setting>,
    pub origin: Basis,
}

/// A figure about the load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Expectation {
    pub name: &'static str,
    pub value: String,
    pub about: Option<String>,
    /// What its sentence says it of, in the author's words, where it is of no component.
    pub told_of: Option<String>,
    pub whole: bool,
    pub several: bool,
    pub origin: Basis,
}

/// A remark of the author, or a sentence that gives a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Remark {
    pub text: String,
    pub about: Option<String>,
    /// What was not chosen, in the author's words.
    pub over: Option<String>,
    /// Why, in the author's words.
    pub because: Option<String>,
}

/// Something taken for granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Assumed {
    pub what: String,
    pub why: Option<String>,
    pub quote: Option<String>,
    pub settle: String,
}

/// Whether a component is none of what is designed here: people, devices, systems of others.
fn outside(kind: Kind) -> bool {
    matches!(kind, Kind::User | Kind::Device | Kind::External)
}

pub(super) fn named(list: impl IntoIterator<Item = String>) -> Vec<String> {
    list.into_iter().collect::<IndexSet<_>>().into_iter().collect()
}

fn towards(sheet: &Sheet<'_>, c: &ConnectionRef<'_>, other: ComponentIndex) -> String {
    match &c.label {
        Some(label) => format!("{} ({})", sheet.label(other), fold(label)),
        None => sheet.label(other),
    }
}

pub(super) fn components(sheet: &Sheet<'_>) -> Vec<Part> {
    // What nothing is connected to is at least told in the words of the text.
    let sentences = told::sentences(sheet);
    let told = |origin: &crate::model::Origin| {
        let words = told::around(&sentences, origin.span())?;
        Some(format!("“{}”", cut(words, 2 * MAX_QUOTE)))
    };
    let part = |(i, c): (ComponentIndex, &crate::model::Component)| {
        let sends = named(sheet.a.connections_from(i).map(|x| towards(sheet, &x, x.to)));
        // What watches or delivers a part gives it no work; people are told by it.
        let watches = |i| matches!(sheet.a.at(i).kind, Kind::Monitoring | Kind::Cicd | Kind::Registry);
        let told_by = c.kind == Kind::User || operates(sheet.a, i);
        let work = |x: &ConnectionRef<'_>| told_by || !watches(x.from);
        let receives = named(sheet.a.connections_to(i).filter(work).map(|x| towards(sheet, &x, x.from)));
        let group = c.group.as_ref().and_then(|g| sheet.a.group(g.as_str())).map(|g| fold(&g.label));
        Part {
            id: c.id.to_string(),
            label: sheet.label(i),
            kind: kind_name(c.kind),
            technology: c.technology.as_ref().map(|t| fold(&t.name)),
            about_technology: c
                .technology_id()
                .and_then(|t| catalog().technology(t))
                .map(|t| t.about.to_owned()),
            does: c.description.as_deref().map(fold).or_else(|| does(sheet, i)).or_else(|| told(&c.origin)),
            described: c.description.is_some(),
            group,
            outside: outside(c.kind),
            operates: operates(sheet.a, i),
            watched_by: named(watchers(sheet, i)),
            replicas: c.replicas,
            settings: sheet.properties(&c.properties),
            receives,
            sends,
            origin: sheet.basis(&c.origin),
        }
    };
    sheet.a.indexed().map(part).collect()
}

/// What watches a component, by the arrows between them.
fn watchers(sheet: &Sheet<'_>, i: ComponentIndex) -> Vec<String> {
    let near = sheet.a.connections_to(i).map(|c| c.from).chain(sheet.a.connections_from(i).map(|c| c.to));
    near.filter(|&n| sheet.a.at(n).kind == Kind::Monitoring).map(|n| sheet.label(n)).collect()
}

/// More components than a reader takes in at once in one table.
const MANY: usize = 12;

/// The components by the outermost group they are in, in the order of mention; nothing for few components, or where most of
/// them stand in no group or all in one.
pub(super) fn places(sheet: &Sheet<'_>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for c in sheet.a.components() {
        let title = sheet.a.group_chain(c.group.as_ref()).last().map(|g| fold(&g.label));
        let at = places.iter().position(|p| p.title == title).unwrap_or_else(|| {
            places.push(Place { title, ids: Vec::new() });
            places.len() - 1
        });
        places[at].ids.push(c.id.to_string());
    }
    let named: usize = places.iter().filter(|p| p.title.is_some()).map(|p| p.ids.len()).sum();
    let groups = places.iter().filter(|p| p.title.is_some()).count();
    let all = sheet.a.component_count();
    if all <= MANY || groups < 2 || named * 2 < all {
        return Vec::new();
    }
    // What is in no place comes last.
    places.sort_by_key(|p| p.title.is_none());
    places
}

/// What a component does, read off its arrows: what it does to others and what it takes; where none of that has a label,
/// what is done with it comes first.
fn does(sheet: &Sheet<'_>, i: ComponentIndex) -> Option<String> {
    let own = |c: &ConnectionRef<'_>| said(c).filter(|_| !review::receiver_acts(sheet.a, c));
    let out = sheet.a.connections_from(i).map(|c| match own(&c) {
        Some(label) => format!("{label} → {}", sheet.label(c.to)),
        None => format!("→ {}", sheet.label(c.to)),
    });
    let into = |c: ConnectionRef<'_>| Some(format!("{} ← {}", said(&c)?, sheet.label(c.from)));
    let takes = sheet
        .a
        .connections_to(i)
        .filter(|c| review::receiver_acts(sheet.a, c))
        .filter_map(into)
        .collect::<Vec<_>>();
    let told = !takes.is_empty() || sheet.a.connections_from(i).any(|c| own(&c).is_some());
    let out = named(takes.into_iter().chain(out));
    let into = sheet.a.connections_to(i).filter_map(into);
    let all: Vec<String> = if told { out } else { named(into).into_iter().chain(out).collect() };
    (!all.is_empty()).then(|| all.join("; "))
}

pub(super) fn connections(sheet: &Sheet<'_>) -> Vec<Arrow> {
    let marks = sheet.a.step_marks();
    let arrow = |c: ConnectionRef<'_>| Arrow {
        from: sheet.label(c.from),
        to: sheet.label(c.to),
        label: said(&c),
        mode: sheet.mode(&c).unwrap_or("–"),
        protocol: c.protocol.as_deref().map(fold),
        payload: c.payload.as_deref().map(fold),
        steps: marks.get(c.index.index()).cloned().unwrap_or_default(),
        settings: sheet.properties(&c.properties),
        origin: sheet.basis(&c.origin),
    };
    sheet.a.connections().map(arrow).collect()
}

pub(super) fn groups(sheet: &Sheet<'_>, pictures: &[(Id, Picture)]) -> Vec<Box> {
    let group = |g: &crate::model::Group| Box {
        id: g.id.to_string(),
        label: fold(&g.label),
        kind: g.kind.label().to_owned(),
        technology: g.technology.as_ref().map(|t| fold(&t.name)),
        inside: g.parent.as_ref().and_then(|p| sheet.a.group(p.as_str())).map(|p| fold(&p.label)),
        members: sheet
            .a
            .members(&g.id)
            .map(|c| sheet.named(c.id.as_str()))
            .chain(
                sheet.a.groups().iter().filter(|x| x.parent.as_ref() == Some(&g.id)).map(|x| fold(&x.label)),
            )
            .collect(),
        picture: pictures.iter().find(|(id, _)| *id == g.id).map(|(_, picture)| picture.clone()),
        settings: sheet.properties(&g.properties),
        origin: sheet.basis(&g.origin),
    };
    sheet.a.groups().iter().map(group).collect()
}

/// Whether a figure that is said of no component is one of the whole system; durations and sizes are of some part.
fn concerns_whole(key: WorkloadKey) -> bool {
    !matches!(
        key,
        WorkloadKey::Duration | WorkloadKey::Schedule | WorkloadKey::Retention | WorkloadKey::Payload
    )
}

/// Whether two different figures of a sort are of two different things; of laws and regions all hold, and a rate says what it
/// counts.
fn differs(key: WorkloadKey) -> bool {
    use WorkloadKey::{Compliance, Consistency, PeakRate, Rate, Regions, Users};
    !matches!(key, Compliance | Regions | Consistency | Rate | PeakRate | Users)
}

/// A figure as it is written; a number of people with what they are called.
fn counted(sheet: &Sheet<'_>, f: &WorkloadFact) -> String {
    let value = f.value.to_string();
    let who = (f.key == WorkloadKey::Users).then(|| told_of::people(sheet, f)).flatten();
    who.map_or(value.clone(), |who| format!("{value} {who}"))
}

fn rated(key: WorkloadKey) -> bool {
    matches!(key, WorkloadKey::Rate | WorkloadKey::PeakRate)
}

pub(super) fn expectations(sheet: &Sheet<'_>) -> Vec<Expectation> {
    // A figure alone does not tell what it is about; its sentence does.
    let sentences = told::sentences(sheet);
    let of = |f: &WorkloadFact| review::said_of(sheet.a, f).or_else(|| told_of::part(sheet, &sentences, f));
    let same = |f: &WorkloadFact, g: &WorkloadFact| f.key == g.key && of(g).is_none() && f.value != g.value;
    let expectation = |f: &WorkloadFact| {
        let mut origin = sheet.basis(&f.origin);
        if let Some(words) = told::around(&sentences, f.origin.span()) {
            let words = cut(words, 2 * MAX_QUOTE);
            origin.text = format!("{}: “{words}”", origin.word);
            origin.quote = Some(words);
        }
        Expectation {
            // An amount of money in a month is no rate, whatever it was read as.
            name: if f.key == WorkloadKey::Latency && arrives(&sentences, f) {
                "Time until it arrives"
            } else if f.key == WorkloadKey::Consistency && f.value.to_string().ends_with(" behind") {
                "How old what is read may be"
            } else if rated(f.key) && words::says(&f.value.to_string(), "money") {
                expectation_name(WorkloadKey::Budget)
            } else {
                expectation_name(f.key)
            },
            value: counted(sheet, f),
            about: of(f).map(|i| sheet.label(i)),
            told_of: of(f).is_none().then(|| told_of::subject(sheet, &sentences, f)).flatten(),
            whole: of(f).is_none() && concerns_whole(f.key),
            several: of(f).is_none() && differs(f.key) && sheet.a.workload().iter().any(|g| same(f, g)),
            origin,
        }
    };
    sheet.a.workload().iter().map(expectation).collect()
}

/// Whether a time is how long something may be on its way, by the sentence it stands in: "an alarm has to reach the technician
/// within a minute". Nobody waits for an answer there.
fn arrives(sentences: &[(Span, String)], f: &WorkloadFact) -> bool {
    told::around(sentences, f.origin.span()).is_some_and(|words| words::says(words, "arrives"))
}

/// The times of the whole that are no times to answer, or that are told of one part, as they are said.
pub(super) fn not_answers(sheet: &Sheet<'_>) -> Vec<String> {
    let sentences = told::sentences(sheet);
    let facts = sheet.a.workload().iter().filter(|f| f.key == WorkloadKey::Latency && f.about.is_none());
    let other = |f: &&WorkloadFact| arrives(&sentences, f) || told_of::part(sheet, &sentences, f).is_some();
    facts.filter(other).map(|f| f.value.to_string()).collect()
}

/// Notes that give a reason are decisions, all others remarks.
pub(super) fn remarks(sheet: &Sheet<'_>, reasoned: bool) -> Vec<Remark> {
    let notes = sheet.a.notes().iter().filter(|n| told::gives_reason(&n.text) == reasoned);
    notes
        .map(|n| {
            let text = fold(&n.text);
            let about = n.about.as_ref().map(|id| sheet.named(id.as_str()));
            told::remark(text, about, reasoned)
        })
        .collect()
}

/// Everything assumed, with the line that states it instead.
pub(super) fn assumptions(sheet: &Sheet<'_>) -> Vec<Assumed> {
    let mut all = Vec::new();
    let mut push = |what: String, origin: &crate::model::Origin, settle: String| {
        all.push(Assumed { what, why: origin.why().map(fold), quote: sheet.quote(origin.span()), settle });
    };
    for c in sheet.a.components().filter(|c| c.origin.is_assumed()) {
        let using = c.technology_id().map_or_else(String::new, |t| format!(" using {t}"));
        let line = format!("{} {} \"{}\"{using}", c.kind.word(), c.id, fold(&c.label));
        push(
            format!("There is a {} “{}”", kind_name(c.kind).to_lowercase(), fold(&c.label)),
            &c.origin,
            line,
        );
    }
    for c in sheet.a.connections().filter(|c| c.origin.is_assumed()) {
        let (from, to) = (sheet.a.at(c.from), sheet.a.at(c.to));
        let sign = if c.mode == Mode::Async { "~>" } else { "->" };
        let label = c.label.as_deref().map_or_else(String::new, |l| format!(": {}", fold(l)));
        let told = c.label.as_deref().map_or_else(String::new, |l| format!(" ({})", fold(l)));
        let what = format!("{} leads to {}{told}", fold(&from.label), fold(&to.label));
        push(what, &c.origin, format!("{} {sign} {}{label}", from.id, to.id));
    }
    for g in sheet.a.groups().iter().filter(|g| g.origin.is_assumed()) {
        let line = format!("{} {} \"{}\" {{ … }}", g.kind.word(), g.id, fold(&g.label));
        push(format!("There is a {} “{}”", g.kind.label().to_lowercase(), fold(&g.label)), &g.origin, line);
    }
    for c in sheet.a.components().filter(|c| !c.origin.is_assumed()) {
        for (name, p) in c.properties.iter().filter(|(_, p)| p.origin.is_assumed()) {
            let line = format!("… {} … {{ {name}: {} }}", c.id, p.value);
            push(
                format!("{}: {} is {}", fold(&c.label), settings::name(name), settings::value(&p.value)),
                &p.origin,
                line,
            );
        }
    }
    for x in sheet.a.assumptions() {
        push(fold(&x.text), &x.origin, String::new());
    }
    all
}
