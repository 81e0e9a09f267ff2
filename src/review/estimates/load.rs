//! What load each component gets: the stated rates, carried from where they come in along the way things flow.
//!
//! A rate comes in where it is stated of a component, where things of a stated number send at a stated interval
//! (50 sensors, every ten seconds: 5 a second), or, stated of the whole, at the people. Each arrow is walked once per
//! request (an assumption, printed), a person takes one way at a time, arrows that close a circle are not followed.

use petgraph::algo::toposort;
use petgraph::graph::DiGraph;

use super::rates::{interval, rate_text};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, WorkloadFact, WorkloadKey};
use crate::review::Fact;
use crate::review::case::{Case, base, enumerate, quantity};
use crate::review::words::says;

/// The load of an architecture, per second.
pub(crate) struct Load {
    /// Where rates come in.
    pub(crate) inflows: Vec<Inflow>,
    /// By component, on average; zero where nothing is known.
    pub(crate) usual: Vec<f64>,
    /// By component, at the peak; zero where no peak is stated.
    pub(crate) peak: Vec<f64>,
    /// Bytes by component, on average; zero where no size is stated.
    pub(crate) bytes: Vec<f64>,
    /// By component, from which neighbours its rate comes.
    pub(crate) from: Vec<Vec<(ComponentIndex, f64, f64)>>,
    /// What is taken for granted about where rates come in.
    pub(crate) assumed: Vec<(WorkloadKey, Fact)>,
}

/// A rate that comes in.
pub(crate) struct Inflow {
    pub(crate) at: ComponentIndex,
    pub(crate) usual: Option<f64>,
    pub(crate) peak: Option<f64>,
    /// Whether it is stated of the part itself, not of the whole.
    pub(crate) own: bool,
    /// The size of each, in bytes.
    pub(crate) size: Option<f64>,
    /// The stated figures, each of the average or of the peak.
    pub(crate) facts: Vec<(WorkloadKey, Fact)>,
}

impl Load {
    pub(crate) fn of(case: &Case<'_>) -> Self {
        let mut load = Self {
            inflows: Vec::new(),
            usual: Vec::new(),
            peak: Vec::new(),
            bytes: Vec::new(),
            from: vec![Vec::new(); case.a.component_count()],
            assumed: Vec::new(),
        };
        for (i, _) in case.a.indexed() {
            let own = stated(case, i).or_else(|| at_intervals(case, i));
            load.inflows.extend(own);
        }
        for key in [WorkloadKey::Rate, WorkloadKey::PeakRate] {
            load.shares(case, key);
        }
        let acyclic = without_circles(case, &load.inflows);
        load.usual = carried(case, &acyclic, &load.injected(case, |x| x.usual));
        load.peak = carried(case, &acyclic, &load.injected(case, |x| x.peak));
        load.bytes = carried(
            case,
            &acyclic,
            &load.injected(case, |x| x.size.and_then(|s| Some(s * x.usual.or(x.peak)?))),
        );
        for i in case.a.indexed().map(|(i, _)| i) {
            let ways = ways(case, &acyclic, i);
            for n in acyclic.neighbors(i).collect::<std::collections::BTreeSet<_>>() {
                load.from[n.index()].push((i, load.usual[i.index()] / ways, load.peak[i.index()] / ways));
            }
        }
        load.from.iter_mut().for_each(|ways| ways.sort_unstable_by_key(|(i, ..)| *i));
        load
    }

    /// What the figures rest on, each once; of the average alone where `peak` is not asked.
    pub(crate) fn inputs(&self, peak: bool) -> Vec<Fact> {
        let mut inputs: Vec<Fact> = Vec::new();
        for (key, fact) in self.inflows.iter().flat_map(|x| &x.facts).chain(&self.assumed) {
            if (peak || *key == WorkloadKey::Rate) && !inputs.contains(fact) {
                inputs.push(fact.clone());
            }
        }
        inputs
    }

    /// What comes in by component, and whether that is all there is.
    fn injected(&self, case: &Case<'_>, of: impl Fn(&Inflow) -> Option<f64>) -> Vec<(f64, bool)> {
        let mut rates = vec![(0.0, false); case.a.component_count()];
        for x in &self.inflows {
            if let Some(rate) = of(x) {
                rates[x.at.index()].0 += rate;
                rates[x.at.index()].1 |= x.own;
            }
        }
        rates
    }

    /// The rates of the whole: each that counts what some arrows tell comes in there; of all others the highest comes from
    /// the people.
    fn shares(&mut self, case: &Case<'_>, key: WorkloadKey) {
        let mut rest: Option<(f64, &WorkloadFact)> = None;
        for fact in case.workloads(key, None) {
            let value = fact.value.to_string();
            let Some(rate) = base(&fact.value, Dimension::Rate).filter(|_| !says(&value, "money")) else {
                continue;
            };
            let doors = doors(case, &value);
            if doors.is_empty() {
                rest = Some(rest.filter(|(most, _)| *most >= rate).unwrap_or((rate, fact)));
                continue;
            }
            let names = enumerate(&doors.iter().map(|&i| case.label(i)).collect::<Vec<_>>());
            self.take_in(case, fact, &doors, rate);
            self.assume(fact, "comes in at", names);
        }
        // "60 uploads per second, otherwise 5": a rate that counts nothing says less than one that does.
        let named = self.assumed.iter().any(|(k, _)| *k == key);
        let rest = rest.filter(|(_, fact)| !named || !counted(&fact.value.to_string()).is_empty());
        if let Some((rate, fact)) = rest {
            self.share_among_people(case, fact, rate);
        }
    }

    fn assume(&mut self, fact: &WorkloadFact, what: &str, value: String) {
        let key = format!("{} {what}", fact.value);
        self.assumed.push((fact.key, Fact { key, value, origin: "assumed".into() }));
    }

    /// A rate of the whole comes from people: from those that its words are about, else from all who are no staff.
    fn share_among_people(&mut self, case: &Case<'_>, fact: &WorkloadFact, rate: f64) {
        // What a part sends or gets by its own figures is no share of this one.
        let asks = |i: ComponentIndex| case.paths.flow().neighbors(i).any(|n| case.kind(n) != Kind::Identity);
        let counted = |i: &ComponentIndex| asks(*i) && !self.inflows.iter().any(|x| x.at == *i && x.own);
        let from = |all: &[ComponentIndex]| all.iter().copied().filter(counted).collect::<Vec<_>>();
        let mut bearers = from(&case.paths.people);
        if bearers.is_empty() {
            bearers = from(&case.paths.entries);
        }
        let all = bearers.len();
        let value = fact.value.to_string();
        let spoken: Vec<_> = bearers.iter().copied().filter(|&i| speaks_of(case, i, &value)).collect();
        let guests: Vec<_> = bearers.iter().copied().filter(|&i| !case.is_called(i, "admin")).collect();
        let both: Vec<_> = guests.iter().copied().filter(|i| spoken.contains(i)).collect();
        if let Some(some) = [both, spoken, guests].into_iter().find(|some| !some.is_empty()) {
            bearers = some;
        }
        if all > 1 {
            let names = enumerate(&bearers.iter().map(|&i| case.label(i)).collect::<Vec<_>>());
            let shared = if bearers.len() > 1 { format!("{names}, in equal shares") } else { names };
            self.assume(fact, "comes from", shared);
        }
        #[allow(clippy::cast_precision_loss)] // a handful of entries
        let part = rate / bearers.len() as f64;
        self.take_in(case, fact, &bearers, part);
    }

    fn take_in(&mut self, case: &Case<'_>, fact: &WorkloadFact, places: &[ComponentIndex], part: f64) {
        let peak = fact.key == WorkloadKey::PeakRate;
        let told = case.stated(if peak { "rate at the peak" } else { "rate" }, &fact.value, &fact.origin);
        for &at in places {
            let known = self.inflows.iter().position(|x| x.at == at && !x.own);
            let place = known.unwrap_or_else(|| {
                let size = size(case, at);
                self.inflows.push(Inflow {
                    at,
                    own: false,
                    usual: None,
                    peak: None,
                    size,
                    facts: Vec::new(),
                });
                self.inflows.len() - 1
            });
            let inflow = &mut self.inflows[place];
            *if peak { &mut inflow.peak } else { &mut inflow.usual }.get_or_insert(0.0) += part;
            inflow.facts.push((fact.key, told.clone()));
        }
    }
}

/// The rates stated of a component.
fn stated(case: &Case<'_>, i: ComponentIndex) -> Option<Inflow> {
    let of = |key| {
        let fact = case.workload_of(i, key)?;
        let told = case.stated(&format!("rate at {}", case.label(i)), &fact.value, &fact.origin);
        Some((base(&fact.value, Dimension::Rate)?, (key, told)))
    };
    let (usual, peak) = (of(WorkloadKey::Rate), of(WorkloadKey::PeakRate));
    if usual.is_none() && peak.is_none() {
        return None;
    }
    // A rate of each of several things counts as often as there are things.
    let each =
        if matches!(case.kind(i), Kind::Device) { f64::from(case.at(i).replicas.unwrap_or(1)) } else { 1.0 };
    let facts = usual.iter().chain(&peak).map(|(_, f)| f.clone()).collect();
    let times = |x: Option<(f64, (WorkloadKey, Fact))>| x.map(|(rate, _)| rate * each);
    Some(Inflow { at: i, own: true, usual: times(usual), peak: times(peak), size: size(case, i), facts })
}

/// Things of a stated number that send at a stated interval.
fn at_intervals(case: &Case<'_>, i: ComponentIndex) -> Option<Inflow> {
    let component = case.at(i);
    if !matches!(component.kind, Kind::Device | Kind::Client) {
        return None;
    }
    let number = component.replicas?;
    let (seconds, text) = sends_every(case, i)?;
    let rate = f64::from(number) / seconds;
    let value = format!("{number} × {text} = {}", rate_text(rate));
    let fact = Fact {
        key: format!("rate from {}", case.label(i)),
        value,
        origin: "computed from what is stated".into(),
    };
    let facts = vec![(WorkloadKey::Rate, fact)];
    Some(Inflow { at: i, own: true, usual: Some(rate), peak: None, size: size(case, i), facts })
}

/// The interval at which one of a component's instances sends, in seconds, and as it is said.
pub(crate) fn sends_every(case: &Case<'_>, i: ComponentIndex) -> Option<(f64, String)> {
    let component = case.at(i);
    let own = quantity(&component.properties, &["interval", "every"], Dimension::Duration);
    let told = own.map(|s| (s, crate::review::facts::duration(s))).or_else(|| {
        case.workloads(WorkloadKey::Schedule, Some(i)).find_map(|f| {
            let text = f.value.to_string();
            Some((interval(&text)?, text))
        })
    });
    // What comes once a year is no sending.
    told.filter(|(s, _)| *s > 0.0 && *s <= 86_400.0)
}

/// How large what comes in there is, in bytes, where that is stated.
fn size(case: &Case<'_>, i: ComponentIndex) -> Option<f64> {
    let stated = case.workload_of(i, WorkloadKey::Payload).and_then(|f| base(&f.value, Dimension::Bytes));
    stated
        .or_else(|| quantity(&case.at(i).properties, &["payload", "message_size", "size"], Dimension::Bytes))
}

/// The beginnings of what a rate counts: "900 payments per second" counts "payment".
fn counted(value: &str) -> Vec<String> {
    let lower = value.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3);
    words.filter(|w| !says(w, "unit_of_rate")).map(|w| w.trim_end_matches('s').to_owned()).collect()
}

fn tells(text: &str, counted: &[String]) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphabetic()).any(|t| counted.iter().any(|w| t.starts_with(w.as_str())))
}

/// What people do: the arrows that leave them, and those of the programs they use.
fn done_by<'a>(case: &Case<'a>, i: ComponentIndex) -> Vec<ConnectionRef<'a>> {
    let programs = case.a.connections_from(i).map(|c| c.to).filter(|&to| case.kind(to) == Kind::Client);
    std::iter::once(i).chain(programs).flat_map(|i| case.a.connections_from(i)).collect()
}

/// Whether what a person does is what a rate counts: "900 payments per second", "send payment requests".
fn speaks_of(case: &Case<'_>, i: ComponentIndex, value: &str) -> bool {
    let counted = counted(value);
    done_by(case, i).iter().any(|c| c.label.as_deref().is_some_and(|l| tells(l, &counted)))
}

/// Where what a rate counts comes in, if some of the people's arrows into the system tell of it and others do not: the parts
/// they lead to, without those that lie behind another.
fn doors(case: &Case<'_>, value: &str) -> Vec<ComponentIndex> {
    let counted = counted(value);
    let inside = |c: &ConnectionRef<'_>| {
        !matches!(case.kind(c.to), Kind::User | Kind::Client | Kind::Identity)
            && !case.is_called(c.from, "admin")
    };
    let people = case.paths.people.iter().filter(|&&i| !case.is_called(i, "admin"));
    let arrows: Vec<_> = people.flat_map(|&i| done_by(case, i)).filter(inside).collect();
    let of = |c: &&ConnectionRef<'_>| {
        c.label.as_deref().is_some_and(|l| tells(l, &counted)) || tells(&case.label(c.to), &counted)
    };
    let mut doors: Vec<ComponentIndex> = arrows.iter().filter(of).map(|c| c.to).collect();
    doors.sort_unstable();
    doors.dedup();
    if doors.is_empty() || arrows.iter().all(|c| doors.contains(&c.to)) {
        return Vec::new();
    }
    let behind: Vec<ComponentIndex> = doors.iter().flat_map(|&d| case.paths.downstream(d)).collect();
    let first: Vec<_> = doors.iter().copied().filter(|d| !behind.contains(d)).collect();
    if first.is_empty() { doors } else { first }
}

/// How many ways share what a component passes on: a person takes one at a time, all others walk each arrow.
#[allow(clippy::cast_precision_loss)] // a handful of arrows
fn ways(case: &Case<'_>, acyclic: &DiGraph<(), (), u32>, i: ComponentIndex) -> f64 {
    if !matches!(case.kind(i), Kind::User | Kind::Client) {
        return 1.0;
    }
    // Signing in is no way of its own.
    let mut next: Vec<ComponentIndex> =
        acyclic.neighbors(i).filter(|&n| case.kind(n) != Kind::Identity).collect();
    next.sort_unstable();
    // Two arrows to one neighbour are two things said of one call.
    next.dedup();
    next.len().max(1) as f64
}

/// Per second and component; what is stated of a component stands there whatever comes to it.
fn carried(case: &Case<'_>, acyclic: &DiGraph<(), (), u32>, injected: &[(f64, bool)]) -> Vec<f64> {
    let mut rates = vec![0.0; case.a.component_count()];
    for i in toposort(acyclic, None).unwrap_or_default() {
        let (own, all) = injected[i.index()];
        rates[i.index()] = if all { own } else { rates[i.index()] + own };
        let share = rates[i.index()] / ways(case, acyclic, i);
        let mut next: Vec<ComponentIndex> = acyclic.neighbors(i).collect();
        next.sort_unstable();
        next.dedup();
        for n in next {
            rates[n.index()] += share;
        }
    }
    rates
}

/// The way things flow from where rates come in, without what leads back to where it came from and without what is told to
/// people: what they do then is their own.
fn without_circles(case: &Case<'_>, inflows: &[Inflow]) -> DiGraph<(), (), u32> {
    let flow = case.paths.flow();
    let mut acyclic = DiGraph::with_capacity(flow.node_count(), flow.edge_count());
    for _ in flow.node_indices() {
        acyclic.add_node(());
    }
    let person = |i: ComponentIndex| case.kind(i).is_actor();
    let next = |i: ComponentIndex| {
        let mut next: Vec<ComponentIndex> = flow.neighbors(i).filter(|&n| !person(n) || person(i)).collect();
        next.sort_unstable_by_key(|n| std::cmp::Reverse(*n));
        next.dedup();
        next
    };
    // Depth first with a stack of what is still to be walked at each depth; an arrow to what is on it leads back.
    let mut state = vec![Walked::Not; flow.node_count()];
    for start in inflows.iter().map(|x| x.at) {
        if state[start.index()] != Walked::Not {
            continue;
        }
        state[start.index()] = Walked::Open;
        let mut stack = vec![(start, next(start))];
        while let Some((at, rest)) = stack.last_mut() {
            let from = *at;
            let Some(to) = rest.pop() else {
                state[from.index()] = Walked::Done;
                stack.pop();
                continue;
            };
            if state[to.index()] != Walked::Open {
                acyclic.add_edge(from, to, ());
            }
            if state[to.index()] == Walked::Not {
                state[to.index()] = Walked::Open;
                stack.push((to, next(to)));
            }
        }
    }
    acyclic
}

/// How far a component is walked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walked {
    Not,
    Open,
    Done,
}
