//! In which order the parts can be built, so that each finds what it needs.
//!
//! Takes an [`Architecture`] and gives stages of component ids: a caller comes after what it calls, who writes to or reads
//! from a channel after the channel; what needs each other is one stage. Strongly connected components: Tarjan (1972).

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use crate::model::{Architecture, Kind};

/// The stages in order, each in the order of mention. People, devices and systems of others are not built.
#[must_use]
pub fn stages(a: &Architecture) -> Vec<Vec<String>> {
    let built = |k: Kind| !matches!(k, Kind::User | Kind::Device | Kind::External);
    let mut needs: DiGraph<(), (), u32> = DiGraph::with_capacity(a.component_count(), a.connection_count());
    for _ in a.components() {
        needs.add_node(());
    }
    for c in a.connections() {
        let (from, to) = (a.at(c.from).kind, a.at(c.to).kind);
        let channel_first = from.is_messaging() && !to.is_messaging();
        let (one, other) = if channel_first { (c.to, c.from) } else { (c.from, c.to) };
        if built(from) && built(to) {
            needs.add_edge(one, other, ());
        }
    }
    let mut stage = vec![0_usize; a.component_count()];
    // Tarjan gives what is needed before what needs it.
    let knots = tarjan_scc(&needs);
    let mut of = vec![0_usize; a.component_count()];
    for (number, knot) in knots.iter().enumerate() {
        knot.iter().for_each(|i| of[i.index()] = number);
    }
    for (number, knot) in knots.iter().enumerate() {
        let below = knot.iter().flat_map(|&i| needs.neighbors(i)).filter(|n| of[n.index()] != number);
        let level = below.map(|n| stage[n.index()] + 1).max().unwrap_or(0);
        for i in knot {
            stage[i.index()] = level;
        }
    }
    let mut stages: Vec<Vec<String>> = Vec::new();
    for (i, c) in a.indexed().filter(|(_, c)| built(c.kind)) {
        let level = stage[i.index()];
        if stages.len() <= level {
            stages.resize(level + 1, Vec::new());
        }
        stages[level].push(c.id.to_string());
    }
    stages.retain(|s| !s.is_empty());
    stages
}
