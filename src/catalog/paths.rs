//! The graph, analysed once: who calls whom and waits, where requests come in, what lies on the way of a person's
//! request, which callers call each other in a circle, and the heaviest chain of waiting.
//!
//! Takes an [`Architecture`] and knows nothing of rules. Dominators are petgraph's (Cooper, Harvey, Kennedy 2001),
//! strongly connected components Tarjan's (1972); everything else is linear in components and connections.

use petgraph::algo::dominators::{self, Dominators};
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;

use super::words::says;
use crate::model::{Architecture, ComponentIndex, ConnectionIndex, ConnectionRef, Kind, Mode};

/// What is known of an architecture's graph.
#[derive(Debug)]
pub(crate) struct Paths {
    /// Calls whose caller waits for the work, by connection.
    pub(super) sync: Vec<bool>,
    /// Connections drawn against the way things flow (a consumer's arrow to its queue), by connection.
    reversed: Vec<bool>,
    /// Only the calls that are waited for.
    pub(super) calls: DiGraph<(), ConnectionIndex, u32>,
    /// The way things flow, whoever waits.
    pub(super) flow: DiGraph<(), ConnectionIndex, u32>,
    /// Where people's and devices' requests start.
    pub(crate) people: Vec<ComponentIndex>,
    /// Where anything starts: people, schedulers, outside systems, and parts that nothing leads to.
    pub(crate) entries: Vec<ComponentIndex>,
    on_user_path: Vec<bool>,
    reachable: Vec<bool>,
    persons: Vec<bool>,
    /// Places for messages that keep failing, by component: what fails leads there, what is missing does not.
    dead_ends: Vec<bool>,
    /// What arrows at hubs speak of, by connection; nothing for all others.
    topics: Vec<Vec<String>>,
}

impl Paths {
    pub(crate) fn of(a: &Architecture) -> Self {
        let reversed: Vec<bool> = a.connections().map(|c| against_flow(a, &c)).collect();
        let sync: Vec<bool> = a.connections().map(|c| waits(a, &c)).collect();
        let mut calls = DiGraph::with_capacity(a.component_count(), a.connection_count());
        let mut flow = DiGraph::with_capacity(a.component_count(), a.connection_count());
        for _ in a.components() {
            calls.add_node(());
            flow.add_node(());
        }
        for c in a.connections() {
            if sync[c.index.index()] {
                calls.add_edge(c.from, c.to, c.index);
            }
            if reversed[c.index.index()] {
                flow.add_edge(c.to, c.from, c.index);
            } else if !is_aside(a, &c) {
                flow.add_edge(c.from, c.to, c.index);
            }
        }
        let leads_on = |i| flow.edges(i).next().is_some();
        let led_to = |i| flow.edges_directed(i, petgraph::Direction::Incoming).any(|e| e.source() != i);
        let people: Vec<_> = a
            .indexed()
            .filter(|(i, c)| {
                leads_on(*i) && (c.kind == Kind::User || c.kind.is_actor() && !led_by_person(a, &flow, *i))
            })
            .map(|(i, _)| i)
            .collect();
        let starts = |i: ComponentIndex, k: Kind| match k {
            k if k.is_actor() => people.contains(&i),
            Kind::Scheduler => true,
            k => {
                !led_to(i)
                    && (k == Kind::External
                        || !k.is_store() && !matches!(k, Kind::Monitoring | Kind::Network))
            }
        };
        let entries: Vec<_> =
            a.indexed().filter(|(i, c)| leads_on(*i) && starts(*i, c.kind)).map(|(i, _)| i).collect();
        let on_user_path = reach(&calls, &people);
        let reachable = reach(&flow, &entries);
        let persons = a.components().map(|c| c.kind.is_actor()).collect();
        let topics = topics(a, &flow);
        let dead_ends =
            a.components().map(|c| c.kind.is_messaging() && says(&c.label, "dead_letter")).collect();
        Self {
            sync,
            reversed,
            calls,
            flow,
            people,
            entries,
            on_user_path,
            reachable,
            persons,
            dead_ends,
            topics,
        }
    }

    /// Whether the caller of this connection waits for the work behind it.
    pub(crate) fn sync(&self, c: &ConnectionRef<'_>) -> bool {
        self.sync[c.index.index()]
    }

    /// How an arrow works in a word: whoever calls waits (`synchronous`) or does not (`asynchronous`), whatever the arrow
    /// looks like; nothing for what carries no request, such as watching.
    pub(crate) fn mode(&self, a: &Architecture, c: &ConnectionRef<'_>) -> Option<&'static str> {
        match (c.mode, self.sync(c)) {
            (Mode::Sync, true) => Some("synchronous"),
            (Mode::Sync, false) if is_aside(a, c) => None,
            _ => Some("asynchronous"),
        }
    }

    /// Whether the arrow is drawn against the way things flow.
    pub(crate) fn reversed(&self, c: &ConnectionRef<'_>) -> bool {
        self.reversed[c.index.index()]
    }

    /// The calls that are waited for.
    pub(crate) fn calls(&self) -> &DiGraph<(), ConnectionIndex, u32> {
        &self.calls
    }

    /// The way things flow.
    pub(crate) fn flow(&self) -> &DiGraph<(), ConnectionIndex, u32> {
        &self.flow
    }

    /// Whether a person waits for this component.
    pub(crate) fn on_user_path(&self, i: ComponentIndex) -> bool {
        self.on_user_path[i.index()]
    }

    /// Whether anything that starts leads here.
    pub(crate) fn reachable(&self, i: ComponentIndex) -> bool {
        self.reachable[i.index()]
    }

    /// Every component a request from `entry` waits for, `entry` included, as flags by component.
    pub(crate) fn waited_for(&self, entry: ComponentIndex) -> Vec<bool> {
        reach(&self.calls, &[entry])
    }

    /// The dominators of what a request from `entry` waits for.
    pub(crate) fn dominators(&self, entry: ComponentIndex) -> Dominators<ComponentIndex> {
        dominators::simple_fast(&self.calls, entry)
    }

    /// Everything that what happens at `of` leads to, in the order of mention. What people do next is their own doing.
    /// What a hub hands on from one arrow goes along the arrows that speak of the same, if any do.
    pub(crate) fn downstream(&self, of: ComponentIndex) -> Vec<ComponentIndex> {
        self.beyond(of, self.flow.edges(of).map(|e| (e.target(), *e.weight())).collect())
    }

    /// Everything behind these arrows of `of`.
    pub(super) fn beyond(
        &self,
        of: ComponentIndex,
        mut stack: Vec<(ComponentIndex, ConnectionIndex)>,
    ) -> Vec<ComponentIndex> {
        let mut seen = vec![false; self.flow.node_count()];
        let mut walked = vec![false; self.sync.len()];
        while let Some((i, by)) = stack.pop() {
            if self.dead_ends[i.index()] {
                continue;
            }
            seen[i.index()] = true;
            if std::mem::replace(&mut walked[by.index()], true) || self.persons[i.index()] || i == of {
                continue;
            }
            let topic = self.topics.get(by.index()).map_or(&[][..], Vec::as_slice);
            let out = || self.flow.edges(i).map(|e| (e.target(), *e.weight()));
            let same = |c: &ConnectionIndex| {
                self.topics.get(c.index()).is_some_and(|words| words.iter().any(|w| topic.contains(w)))
            };
            let told = !topic.is_empty() && out().any(|(_, c)| same(&c));
            stack.extend(out().filter(|(_, c)| !walked[c.index()] && (!told || same(c))));
        }
        self.flow.node_indices().filter(|&i| i != of && seen[i.index()]).collect()
    }

    /// Sets of components of more than one that call each other in a circle and wait.
    pub(crate) fn circles(&self) -> Vec<Vec<ComponentIndex>> {
        let mut circles: Vec<Vec<_>> =
            tarjan_scc(&self.calls).into_iter().filter(|scc| scc.len() > 1).collect();
        for circle in &mut circles {
            circle.sort_unstable();
        }
        circles.sort_unstable();
        circles
    }

    /// The chain of waiting that weighs most, from any of `starts`: its components in order, those included that weigh
    /// nothing; of equals the one with more components. Components in a circle count once each.
    pub(crate) fn heaviest_chain(
        &self,
        starts: &[ComponentIndex],
        weight: impl Fn(ComponentIndex) -> u64,
    ) -> Vec<ComponentIndex> {
        let n = self.calls.node_count();
        let mut set_of = vec![0; n];
        let sccs = tarjan_scc(&self.calls);
        for (s, scc) in sccs.iter().enumerate() {
            for i in scc {
                set_of[i.index()] = s;
            }
        }
        // Tarjan gives the sets in reverse topological order: what a set leads to comes before it.
        let mut best: Vec<((u64, usize), Option<usize>)> = vec![((0, 0), None); sccs.len()];
        for (s, scc) in sccs.iter().enumerate() {
            let own: u64 = scc.iter().map(|&i| weight(i)).sum();
            let mut next: Option<(usize, (u64, usize))> = None;
            let mut targets: Vec<usize> =
                scc.iter().flat_map(|&i| self.calls.edges(i)).map(|e| set_of[e.target().index()]).collect();
            targets.sort_unstable();
            for t in targets.into_iter().filter(|&t| t != s) {
                if next.is_none_or(|(_, length)| best[t].0 > length) {
                    next = Some((t, best[t].0));
                }
            }
            let (heavy, long) = next.map_or((0, 0), |(_, length)| length);
            best[s] = ((own + heavy, scc.len() + long), next.map(|(t, _)| t));
        }
        let start = starts.iter().map(|i| set_of[i.index()]).max_by_key(|&s| (best[s].0, usize::MAX - s));
        let mut chain = Vec::new();
        let mut at = start;
        while let Some(s) = at {
            let mut members = sccs[s].clone();
            members.sort_unstable();
            chain.extend(members);
            at = best[s].1;
        }
        chain
    }
}

/// The most pairs of arrows in and out that a hub's arrows are compared for.
const MOST_PAIRS: usize = 400;

/// The words of the labels around hubs: channels and brokers that several write to and several read from. Words that only
/// say that something is handed over tell of no topic.
fn topics(a: &Architecture, flow: &DiGraph<(), ConnectionIndex, u32>) -> Vec<Vec<String>> {
    let mut topics = vec![Vec::new(); a.connection_count()];
    let hub = |i: ComponentIndex| {
        let kind = a.at(i).kind;
        let into = flow.edges_directed(i, petgraph::Direction::Incoming).count();
        let out = flow.edges(i).count();
        (kind.is_messaging() || kind == Kind::Gateway) && into > 1 && out > 1 && into * out <= MOST_PAIRS
    };
    for c in a.connections().filter(|c| hub(c.from) || hub(c.to)) {
        let label = c.label.as_deref().unwrap_or_default().to_lowercase();
        let words = label.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2);
        let told =
            words.filter(|w| !["hand_over", "articles", "consume", "read"].iter().any(|list| says(w, list)));
        topics[c.index.index()] = told.map(|w| w.trim_end_matches('s').to_owned()).collect();
    }
    topics
}

/// A client whose user is drawn too is not an entry of its own.
fn led_by_person(a: &Architecture, flow: &DiGraph<(), ConnectionIndex, u32>, i: ComponentIndex) -> bool {
    flow.edges_directed(i, petgraph::Direction::Incoming)
        .any(|e| e.source() != i && matches!(a.at(e.source()).kind, Kind::User))
}

/// A consumer drawn as calling its channel: "worker → queue: polls", or a channel that reads what it passes on:
/// "change stream → database: reads the log". A person's arrow never is one, and neither is a request that goes
/// through: "portal → queue: read account", "queue → adapter: read account".
fn against_flow(a: &Architecture, c: &ConnectionRef<'_>) -> bool {
    if a.at(c.from).kind.is_messaging() && a.at(c.to).kind.is_store() {
        // "ClickHouse reads from Kafka": what others write into a channel, the store reads from it.
        let fed = a.connections_to(c.from).any(|into| into.from != c.to && into.from != c.from);
        return !fed && c.label.as_deref().is_some_and(|label| says(label, "read") && !says(label, "write"));
    }
    let goes_on = || a.connections_from(c.to).any(|next| next.to != c.from && next.label == c.label);
    a.at(c.to).kind.is_messaging()
        && !a.at(c.from).kind.is_messaging()
        && c.label.as_deref().is_some_and(|label| says(label, "consume") && !says(label, "write"))
        && !goes_on()
}

/// A call that is waited for: not a message, not a trigger, not a push to a person, not a metric.
fn waits(a: &Architecture, c: &ConnectionRef<'_>) -> bool {
    let (from, to) = (a.at(c.from).kind, a.at(c.to).kind);
    c.mode == Mode::Sync
        && c.from != c.to
        && !from.is_messaging()
        && !to.is_messaging()
        && !from.is_store()
        && !matches!(from, Kind::Scheduler | Kind::Cache | Kind::Cicd | Kind::Registry)
        && !matches!(to, Kind::User | Kind::Cicd | Kind::Registry)
        && !is_aside(a, c)
        && (!matches!(to, Kind::Client | Kind::Device) || matches!(from, Kind::User))
        && !(c.label.as_deref().is_some_and(is_reply) && answers(a, c))
        // Who raises an alarm does not wait until somebody has heard it.
        && !(to == Kind::Notification && c.label.as_deref().is_some_and(|label| says(label, "ops")))
}

/// Whether a label's verb, its first word, is one of answering: "ask for an answer" is a call.
fn is_reply(label: &str) -> bool {
    label.split_whitespace().next().is_some_and(|verb| says(verb, "reply")) && !says(label, "write")
}

/// Whether there is somebody to answer: a person or program, or who called. "Answer the question with a model" is a call.
fn answers(a: &Architecture, c: &ConnectionRef<'_>) -> bool {
    let to = a.at(c.to).kind;
    to.is_actor() || to == Kind::Client || a.connections_between(c.to, c.from).next().is_some()
}

/// Connections that carry no request: watching, deploying, copying, and secrets, which are read when a part starts (a key
/// store that encrypts or signs is called). A dashboard that somebody looks at, and what it reads
/// for that, are requests like others.
fn is_aside(a: &Architecture, c: &ConnectionRef<'_>) -> bool {
    let (from, to) = (a.at(c.from).kind, a.at(c.to).kind);
    let reads = || c.label.as_deref().is_some_and(|label| says(label, "read"));
    from == Kind::Monitoring && !reads()
        || matches!(from, Kind::Cicd | Kind::Registry)
        || to == Kind::Monitoring && !matches!(from, Kind::User | Kind::Client)
        || to == Kind::Secrets && !c.label.as_deref().is_some_and(|label| says(label, "key_use"))
        || a.at(c.from).kind.is_store()
            && a.at(c.to).kind.is_store()
            && c.label.as_deref().is_some_and(|label| says(label, "replicate"))
}

pub(super) fn reach(graph: &DiGraph<(), ConnectionIndex, u32>, from: &[ComponentIndex]) -> Vec<bool> {
    let mut seen = vec![false; graph.node_count()];
    let mut stack: Vec<ComponentIndex> = from.iter().copied().filter(|i| i.index() < seen.len()).collect();
    while let Some(i) = stack.pop() {
        if !std::mem::replace(&mut seen[i.index()], true) {
            stack.extend(graph.neighbors(i).filter(|n| !seen[n.index()]));
        }
    }
    seen
}
