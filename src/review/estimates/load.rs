//! What load each component gets: the stated rates, carried from where they come in along the way things flow.
//!
//! A rate comes in where it is stated of a component, where things of a stated number send at a stated interval
//! (50 sensors, every ten seconds: 5 a second), or, stated of the whole, at the people (`inflows`). Each arrow is walked
//! once per request (an assumption, printed), a person takes one way at a time, arrows that close a circle are not
//! followed, and neither are those that tell of exceptions only.

use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, EdgeReference};
use petgraph::visit::EdgeRef;

use super::inflows;
use crate::model::{ComponentIndex, ConnectionIndex, ConnectionRef, Kind, WorkloadKey};
use crate::review::Fact;
use crate::review::case::Case;
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
    /// Arrows that tell of exceptions alone, over which a share goes that nobody states.
    pub(crate) left_out: Vec<(ComponentIndex, ComponentIndex)>,
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
            left_out: Vec::new(),
        };
        load.inflows = inflows::own(case);
        for key in [WorkloadKey::Rate, WorkloadKey::PeakRate] {
            load.shares(case, key);
        }
        let acyclic = without_circles(case, &load.inflows);
        let all = |_: ComponentIndex, _: ComponentIndex| true;
        load.usual = carried(case, &acyclic, &load.injected(case, |x| x.usual), all);
        load.peak = carried(case, &acyclic, &load.injected(case, |x| x.peak), all);
        // What a store tells of a new file is an event, not the file; what reads takes data out, not along; what is
        // analysed comes out smaller, and nobody says by how much.
        let along = |i: ComponentIndex, n: ComponentIndex| {
            let keeps = case.kind(i).is_store() || matches!(case.kind(i), Kind::Analytics | Kind::Ml);
            let takes = |c: ConnectionRef<'_>| case.reads(&c) == Some(true) && case.writes(&c) == Some(false);
            let mut arrows = case.a.connections_between(i, n).peekable();
            !keeps && (arrows.peek().is_none() || !arrows.all(takes))
        };
        load.bytes = carried(
            case,
            &acyclic,
            &load.injected(case, |x| x.size.and_then(|s| Some(s * x.usual.or(x.peak)?))),
            along,
        );
        let loaded = |i: ComponentIndex| load.usual[i.index()] > 0.0 || load.peak[i.index()] > 0.0;
        let partial = case.a.connections().filter(|c| tells_a_part(case, c) && loaded(c.from));
        load.left_out = partial.map(|c| (c.from, c.to)).collect();
        for i in case.a.indexed().map(|(i, _)| i) {
            let ways = ways(case, &acyclic, i);
            for n in acyclic.neighbors(i).collect::<std::collections::BTreeSet<_>>() {
                load.from[n.index()].push((i, load.usual[i.index()] / ways, load.peak[i.index()] / ways));
            }
        }
        let shared = case.a.indexed().filter(|(i, _)| load.usual[i.index()].max(load.peak[i.index()]) > 0.0);
        for (i, n) in shared.map(|(i, _)| (i, ways(case, &acyclic, i))).filter(|(_, n)| *n > 1.0) {
            let (key, value) =
                (format!("ways from {}", case.label(i)), format!("{n}, taken in equal shares"));
            load.assumed.push((WorkloadKey::Rate, Fact { key, value, origin: "assumed".into() }));
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
    // What the same words tell of a program belongs to one way: "gets a signed address from the API and puts the photo into
    // the bucket". Of people they may tell what they choose from.
    if case.kind(i) == Kind::User {
        return next.len().max(1) as f64;
    }
    // The files of a program come with its calls, not instead of them.
    let files = |n: &ComponentIndex| {
        let kept = case.a.connections_from(*n).all(|c| case.kind(c.to) == Kind::Storage);
        case.kind(*n) == Kind::Cdn && kept
    };
    if !next.iter().all(files) {
        next.retain(|n| !files(n));
    }
    let words = |n: ComponentIndex| {
        let mut spans = case.a.connections_between(i, n).map(|c| c.connection.origin.span());
        spans.find(|s| !s.is_empty())
    };
    let mut told: Vec<crate::text::Span> = next.iter().filter_map(|&n| words(n)).collect();
    let untold = next.len() - told.len();
    told.sort_unstable();
    told.dedup();
    (told.len() + untold).max(1) as f64
}

/// Whether an arrow tells of exceptions alone: alarms, anomalies, what failed. How many there are is another figure.
fn tells_a_part(case: &Case<'_>, c: &ConnectionRef<'_>) -> bool {
    c.label.as_deref().is_some_and(|l| says(l, "exceptional")) || case.is_dead_letter(c.to)
}

/// Per second and component, as far as it is passed on; what is stated of a component stands there whatever comes
/// to it.
fn carried(
    case: &Case<'_>,
    acyclic: &DiGraph<(), (), u32>,
    injected: &[(f64, bool)],
    passes: impl Fn(ComponentIndex, ComponentIndex) -> bool,
) -> Vec<f64> {
    let mut rates = vec![0.0; case.a.component_count()];
    for i in toposort(acyclic, None).unwrap_or_default() {
        let (own, all) = injected[i.index()];
        rates[i.index()] = if all { own } else { rates[i.index()] + own };
        let share = rates[i.index()] / ways(case, acyclic, i);
        let mut next: Vec<ComponentIndex> = acyclic.neighbors(i).collect();
        next.sort_unstable();
        next.dedup();
        for n in next.into_iter().filter(|&n| passes(i, n)) {
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
    // A program that no person is drawn to use acts for those who get it: "guests → CDN → web app → API".
    let got = |i: ComponentIndex| case.kind(i) == Kind::Client && case.paths.people.contains(&i);
    let person = |i: ComponentIndex| case.kind(i).is_actor() && !got(i);
    let next = |i: ComponentIndex| {
        let whole = |e: &EdgeReference<'_, ConnectionIndex, u32>| {
            case.a.connection(*e.weight()).is_some_and(|c| !tells_a_part(case, &c))
        };
        let mut next: Vec<ComponentIndex> =
            flow.edges(i).filter(whole).map(|e| e.target()).filter(|&n| !person(n) || person(i)).collect();
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
