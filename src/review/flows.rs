//! What happens, step by step: the stated flows, or walks derived from the connections; and what stops when a
//! component stops.
//!
//! Takes an [`Architecture`] and gives lists. Derived walks follow connections in the order of mention from each entry,
//! each connection once; what follows a message is a part of its own, because nobody waits for it.

use serde::Serialize;

use super::Profile;
use super::case::Case;

use super::words::says;
use crate::catalog::Stopped;
use crate::model::{Architecture, ComponentIndex, ConnectionIndex, ConnectionRef, Kind};

/// The most derived walks.
const MAX_FLOWS: usize = 12;
/// The most steps of one.
const MAX_STEPS: usize = 40;

/// One way through the system.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// What happens.
    pub title: String,
    /// Whether the text states it; otherwise it was derived.
    pub stated: bool,
    /// The steps, in order.
    pub steps: Vec<FlowStep>,
    /// Whether steps were left out at the bound.
    pub cut: bool,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowStep {
    /// The mark that the picture shows too; none for derived walks.
    pub mark: Option<String>,
    /// The connection.
    pub connection: ConnectionIndex,
    /// Whether things go against the arrow: a consumer that fetches.
    pub reversed: bool,
    /// Whether somebody waits for the outcome.
    pub waits: bool,
    /// What the text says of this step besides the connection's label.
    pub text: Option<String>,
}

/// Some ids, and how many more there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The first, at most 30.
    pub first: Vec<String>,
    /// How many were left out.
    pub more: usize,
}

/// What stops when a component stops.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// The component's id.
    pub id: String,
    /// Ids of what waits for it and fails with it, people and their programs apart.
    pub fails: Named,
    /// Ids of the people and devices affected: those who wait, and those to whom nothing comes.
    pub people: Named,
    /// Ids of what goes on without it, but slower: those who use a cache.
    pub slower: Named,
    /// Ids of what goes on by something that is stated to come instead of an answer, with that.
    pub instead: Vec<(String, String)>,
    /// Ids of what gets its work later or not at all.
    pub delayed: Named,
    /// Ids of channels that hold work meanwhile, with their retention where it is known.
    pub buffered: Vec<(String, Option<String>)>,
}

/// The flows of an architecture: the stated ones, else one derived per entry.
#[must_use]
pub fn flows(a: &Architecture) -> Vec<Flow> {
    let case = Case::new(a, Profile::Sketch);
    if !a.scenarios().is_empty() {
        return a.scenarios().iter().enumerate().map(|(s, scenario)| stated(&case, s, scenario)).collect();
    }
    let mut flows: Vec<Flow> = Vec::new();
    let begun = case.paths.entries.iter().flat_map(|&entry| {
        let ways = ways(&case, entry);
        if ways.len() > 1 {
            ways.into_iter().map(|way| (entry, Some(way))).collect()
        } else {
            vec![(entry, None)]
        }
    });
    for (entry, way) in begun {
        if flows.len() == MAX_FLOWS {
            break;
        }
        let mut flow = derived(&case, entry, way);
        if flows.iter().any(|f| f.title == flow.title)
            && let Some(c) = way.and_then(|way| a.connection(way))
        {
            flow.title = format!("{} ({})", flow.title, case.label(c.to));
        }
        let part = |f: &Flow| flow.steps.iter().all(|s| f.steps.iter().any(|t| t.connection == s.connection));
        if flow.steps.len() > 1 && !flows.iter().any(part) {
            flows.push(flow);
        }
    }
    flows
}

fn stated(case: &Case<'_>, s: usize, scenario: &crate::model::Scenario) -> Flow {
    let steps = scenario.steps.iter().enumerate().filter_map(|(n, step)| {
        let c = case.a.connection(step.connection)?;
        Some(FlowStep {
            mark: Some(case.a.step_mark(s, n)),
            connection: step.connection,
            reversed: case.paths.reversed(&c),
            waits: case.paths.sync(&c),
            text: step.text.clone(),
        })
    });
    Flow { title: scenario.title.clone(), stated: true, steps: steps.collect(), cut: false }
}

/// The ways a person may take, of which they take one at a time; where they sign in is none of them.
fn ways(case: &Case<'_>, entry: ComponentIndex) -> Vec<ConnectionIndex> {
    if case.kind(entry) != Kind::User {
        return Vec::new();
    }
    let mut ways: Vec<_> = case.paths.flow().edges(entry).map(|e| *e.weight()).collect();
    ways.sort_unstable();
    let mut met: Vec<ComponentIndex> = Vec::new();
    ways.retain(|&way| {
        let to = case.a.connection(way).map(|c| c.to);
        to.is_some_and(|to| {
            let new = !met.contains(&to);
            met.push(to);
            new && case.kind(to) != Kind::Identity
        })
    });
    ways
}

/// Depth first over what is waited for, as calls return before the next goes out; then what follows without anyone
/// waiting. `way` is the one that a person takes of several.
fn derived(case: &Case<'_>, entry: ComponentIndex, way: Option<ConnectionIndex>) -> Flow {
    let flow = Flow { title: title(case, entry, way), stated: false, steps: Vec::new(), cut: false };
    let visited = vec![false; case.a.component_count()];
    let mut walk = Derivation { case, flow, later: vec![entry], visited, entry, way };
    let mut at = 0;
    while let Some(&next) = walk.later.get(at) {
        walk.from(next);
        at += 1;
    }
    walk.flow
}

/// A walk under way.
struct Derivation<'a> {
    case: &'a Case<'a>,
    flow: Flow,
    /// Where something follows that nobody waits for.
    later: Vec<ComponentIndex>,
    visited: Vec<bool>,
    entry: ComponentIndex,
    /// Of several ways from the entry, the one taken.
    way: Option<ConnectionIndex>,
}

impl Derivation<'_> {
    /// Every step from here on that is waited for. Each step deeper is one more, so the depth is bounded with them.
    fn from(&mut self, i: ComponentIndex) {
        if std::mem::replace(&mut self.visited[i.index()], true) {
            return;
        }
        let mut next: Vec<_> = self.case.paths.flow().edges(i).map(|e| *e.weight()).collect();
        if let Some(way) = self.way.filter(|_| i == self.entry) {
            let to = |c: ConnectionIndex| self.case.a.connection(c).map(|c| c.to);
            let taken = to(way);
            next.retain(|&c| to(c) == taken || to(c).is_some_and(|to| self.case.kind(to) == Kind::Identity));
        }
        // Who signs in does so before all else.
        let aside = |c: &ConnectionIndex| {
            let to = self.case.a.connection(*c).map(|c| c.to);
            !to.is_some_and(|to| self.case.kind(to) == Kind::Identity)
        };
        next.sort_unstable_by_key(|c| (aside(c), *c));
        for c in next.into_iter().filter_map(|index| self.case.a.connection(index)) {
            if self.flow.steps.len() == MAX_STEPS {
                self.flow.cut = true;
                return;
            }
            let reversed = self.case.paths.reversed(&c);
            let to = if reversed { c.from } else { c.to };
            let waits = self.case.paths.sync(&c);
            self.flow.steps.push(FlowStep { mark: None, connection: c.index, reversed, waits, text: None });
            if waits {
                self.from(to);
            } else if !matches!(self.case.kind(to), Kind::User) {
                self.later.push(to);
            }
        }
    }
}

/// Whether an arrow's words tell what its receiver does: "queue → worker: read", "stream → writer: consume orders".
#[must_use]
pub fn receiver_acts(a: &Architecture, c: &ConnectionRef<'_>) -> bool {
    let from = a.at(c.from).kind;
    let verb = || c.label.as_deref().and_then(|label| label.split_whitespace().next());
    (from.is_messaging() || from.is_store() || from == Kind::Cache)
        && !a.at(c.to).kind.is_messaging()
        && verb().is_some_and(|verb| says(verb, "consume") || says(verb, "read"))
}

/// A flow is named by what its beginning does; a label that is the protocol, or tells of the receiver, says nothing of that.
fn title(case: &Case<'_>, entry: ComponentIndex, way: Option<ConnectionIndex>) -> String {
    let signs_in = |c: &ConnectionRef<'_>| case.kind(c.to) == Kind::Identity;
    let only = case.a.connections_from(entry).all(|c| signs_in(&c));
    let tells =
        |c: &ConnectionRef<'_>| !receiver_acts(case.a, c) && c.label != c.protocol && (only || !signs_in(c));
    let taken = way.and_then(|way| case.a.connection(way)).map(|c| c.to);
    let out = case.a.connections_from(entry).filter(|c| taken.is_none_or(|to| to == c.to));
    let label = out.filter(tells).find_map(|c| c.label.clone());
    match label {
        Some(label) => format!("{}: {label}", case.label(entry)),
        None => format!("From {}", case.label(entry)),
    }
}

/// Who uses a store or channel, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Access {
    /// What is known to write to it.
    pub writers: Vec<ComponentIndex>,
    /// What is known to read from it.
    pub readers: Vec<ComponentIndex>,
    /// What uses it in a way that is not said.
    pub others: Vec<ComponentIndex>,
    /// Where a channel or its readers put messages that cannot be processed; itself, where it is such a place.
    pub dead_letters: Vec<ComponentIndex>,
}

/// Who writes to each component and who reads from it, as far as arrows and labels tell; by component index.
#[must_use]
pub fn accesses(a: &Architecture) -> Vec<Access> {
    let case = Case::new(a, Profile::Sketch);
    a.indexed().map(|(i, _)| access(&case, i)).collect()
}

fn access(case: &Case<'_>, of: ComponentIndex) -> Access {
    let a = case.a;
    let mut access = Access::default();
    let push = |list: &mut Vec<ComponentIndex>, i| {
        if i != of && !list.contains(&i) {
            list.push(i);
        }
    };
    if case.kind(of).is_messaging() {
        if case.is_dead_letter(of) {
            access.dead_letters.push(of);
        }
        case.producers(of).into_iter().for_each(|(i, _)| push(&mut access.writers, i));
        case.consumers(of).into_iter().for_each(|(i, _)| push(&mut access.readers, i));
        let from = std::iter::once(of).chain(access.readers.iter().copied());
        let led = from.flat_map(|i| a.connections_from(i)).map(|c| c.to).filter(|&i| case.is_dead_letter(i));
        led.collect::<Vec<_>>().into_iter().for_each(|i| push(&mut access.dead_letters, i));
        return access;
    }
    for c in a.connections_to(of) {
        match (case.writes(&c), case.reads(&c)) {
            // What a channel hands to a store is kept there.
            (None, None) if case.kind(c.from).is_messaging() => push(&mut access.writers, c.from),
            // A copy is written by what it is a copy of.
            _ if copies(case, &c) => push(&mut access.writers, c.from),
            (None, None) => push(&mut access.others, c.from),
            (writes, reads) => {
                if writes == Some(true) {
                    push(&mut access.writers, c.from);
                }
                if reads == Some(true) {
                    push(&mut access.readers, c.from);
                }
            }
        }
    }
    // What an arrow leads to from here gets the data or hears of it.
    a.connections_from(of).for_each(|c| push(&mut access.readers, c.to));
    access
}

/// Whether a store brings another to its own state.
fn copies(case: &Case<'_>, c: &ConnectionRef<'_>) -> bool {
    let stores = case.kind(c.from).is_store() && case.kind(c.to).is_store();
    stores && c.label.as_deref().is_some_and(|l| says(l, "replicate") || says(l, "copy"))
}

/// The most components named in one list of a failure; of all others the number is kept.
const MOST_NAMED: usize = 30;
/// The most components named and counted before no further failure is walked: in a chain of services each stops all before
/// it, so that the walks grow with the square of its length.
const MOST_STOPPED: usize = 500_000;

/// What stops with each component that something else needs, in the order of mention, and how many components were not
/// walked, where the bound was met.
#[must_use]
pub fn failures(a: &Architecture) -> (Vec<Failure>, usize) {
    let case = Case::new(a, Profile::Sketch);
    let person = |i: &ComponentIndex| case.kind(*i).is_actor();
    let id = |i: ComponentIndex| case.id(i).to_string();
    let names = |of: Vec<ComponentIndex>| Named {
        more: of.len().saturating_sub(MOST_NAMED),
        first: of.into_iter().take(MOST_NAMED).map(id).collect(),
    };
    // Who makes a call, and what comes instead of its answer.
    let answer = |call: ConnectionIndex| {
        let call = a.connection(call)?;
        Some((id(call.from), call.properties.get("fallback")?.value.to_string()))
    };
    let mut found = Vec::new();
    let (mut stopped, mut left) = (0, 0);
    for (v, component) in a.indexed() {
        if person(&v) {
            continue;
        }
        if stopped > MOST_STOPPED {
            left += 1;
            continue;
        }
        let Stopped { waiting: mut callers, slower, instead, delayed, buffers } = case.paths.stopped(a, v);
        // A line without anything before it is told of, not waiting.
        callers.retain(|&i| case.kind(i) != Kind::Network || a.connections_to(i).next().is_some());
        let monitors = matches!(component.kind, Kind::Monitoring | Kind::Cicd);
        let alone = callers.is_empty() && slower.is_empty() && instead.is_empty();
        if alone && (monitors || delayed.is_empty() && buffers.is_empty()) {
            continue;
        }
        let mut people: Vec<_> = callers.iter().copied().filter(person).collect();
        people.extend(delayed.iter().filter(|i| person(i)));
        stopped += callers.len() + delayed.len();
        callers.retain(|i| !person(i));
        let stated = |i: ComponentIndex| super::retention(a, i).map(ToString::to_string);
        let retention =
            |i: ComponentIndex| stated(i).or_else(|| case.figure(i, "retention").map(super::Figure::text));
        found.push(Failure {
            id: component.id.to_string(),
            fails: names(callers),
            people: names(people),
            slower: names(slower),
            instead: instead.into_iter().filter_map(answer).collect(),
            delayed: names(delayed.into_iter().filter(|i| !person(i)).collect()),
            buffered: buffers.into_iter().map(|i| (id(i), retention(i))).collect(),
        });
    }
    (found, left)
}
