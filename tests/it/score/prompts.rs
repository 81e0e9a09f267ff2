//! Prompts: what every sound answer holds, what may be added, and who must be able to reach whom.

use std::collections::BTreeSet;

use blueprose::model::{Architecture, Kind};

use super::gold::{Part, Prompt};
use super::labels::words;
use super::matching::matching;
use super::{Counts, Ratio};

/// The figures of one or more prompts.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Hits and misses among what is required; extras are what is neither required nor acceptable.
    pub required: Counts,
    /// Drawn components that are required or acceptable.
    pub acceptable: Ratio,
    /// Required pairs that are joined by a path, among all.
    pub reach: Ratio,
    pub kinds: Ratio,
    /// Labels that must not appear.
    pub never: usize,
    pub components: usize,
    pub wrong: Vec<String>,
}

impl Figures {
    pub fn add(&mut self, other: &Self) {
        self.required.add(other.required);
        self.acceptable.add(other.acceptable);
        self.reach.add(other.reach);
        self.kinds.add(other.kinds);
        self.never += other.never;
        self.components += other.components;
    }
}

/// Words that say what role a thing has: they weigh little.
const ROLES: [&str; 30] = [
    "service",
    "system",
    "server",
    "component",
    "module",
    "microservice",
    "engine",
    "manager",
    "management",
    "handler",
    "processor",
    "process",
    "api",
    "app",
    "application",
    "layer",
    "platform",
    "tier",
    "node",
    "instance",
    "backend",
    "worker",
    "subsystem",
    "function",
    "cluster",
    "pipeline",
    "unit",
    "operation",
    "gateway",
    "bus",
];
const STORES: [&str; 12] = [
    "database",
    "cache",
    "queue",
    "storage",
    "store",
    "index",
    "stream",
    "table",
    "log",
    "topic",
    "warehouse",
    "bucket",
];
const SUFFIXES: [&str; 18] = [
    "ations", "ation", "ators", "ator", "ating", "ment", "ings", "ing", "ers", "er", "ors", "or", "ions",
    "ion", "ies", "ed", "y", "e",
];

fn stems(label: &str) -> BTreeSet<String> {
    words(label).into_iter().map(stem).collect()
}

fn stem(word: String) -> String {
    if ROLES.contains(&word.as_str()) || STORES.contains(&word.as_str()) {
        return word;
    }
    let cut = SUFFIXES.iter().find_map(|s| word.strip_suffix(s).filter(|rest| rest.len() >= 4));
    cut.map_or(word.clone(), str::to_owned)
}

fn weight(word: &str) -> f64 {
    match word {
        w if ROLES.contains(&w) => 0.35,
        w if STORES.contains(&w) => 0.5,
        _ => 1.0,
    }
}

fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (stems(a), stems(b));
    if a == b {
        return 1.0;
    }
    let sum = |s: &BTreeSet<String>| s.iter().map(|w| weight(w)).sum::<f64>();
    let strong =
        |s: &BTreeSet<String>| s.iter().filter(|w| weight(w) == 1.0).cloned().collect::<BTreeSet<_>>();
    let common: BTreeSet<String> = a.intersection(&b).cloned().collect();
    let (x, y) = (strong(&a), strong(&b));
    let store = common.iter().any(|w| STORES.contains(&w.as_str()));
    let content = !x.is_disjoint(&y);
    if common.is_empty()
        || !content && (!x.is_empty() && !y.is_empty() || !x.is_empty() | !y.is_empty() && !store)
    {
        return 0.0;
    }
    2.0 * sum(&common) / (sum(&a) + sum(&b))
}

fn class(kind: &str) -> u8 {
    match kind {
        "database" | "cache" | "storage" | "warehouse" | "search" => 0,
        "queue" | "topic" | "stream" | "event_bus" => 1,
        "client" | "user" | "device" => 2,
        _ => 3,
    }
}

fn fits(label: &str, kind: Kind, part: &Part) -> f64 {
    let mut like = part.names.iter().map(|n| alike(label, n)).fold(0.0, f64::max);
    let same = part.is(kind.word());
    let kin = std::iter::once(&part.kind).chain(&part.kinds).any(|k| class(k) == class(kind.word()));
    if !kin {
        like *= 0.7;
    }
    if like >= 0.5 || same && like >= 0.34 { like + if same { 0.1 } else { 0.0 } } else { 0.0 }
}

/// Scores the answer to one prompt.
pub fn score(gold: &Prompt, drawn: &Architecture) -> Figures {
    let parts: Vec<(&str, &Part)> = gold
        .components
        .iter()
        .chain(&gold.optional_components)
        .map(|(id, part)| (id.as_str(), part))
        .collect();
    let named = |label: &str| {
        gold.components
            .values()
            .chain(gold.optional_components.values())
            .any(|p| p.names.iter().any(|n| alike(label, n) >= 0.95))
    };
    let barred = |label: &str| gold.never.iter().any(|n| words(n) == words(label)) && !named(label);
    let weigh = |c: &blueprose::model::Component| -> Vec<f64> {
        let of = |(id, part): &(&str, &Part)| {
            let fit = if barred(&c.label) { 0.0 } else { fits(&c.label, c.kind, part) };
            if fit > 0.0 && gold.components.contains_key(*id) { fit + 1.0 } else { fit }
        };
        parts.iter().map(of).collect()
    };
    let weights: Vec<Vec<f64>> = drawn.components().map(weigh).collect();
    let matched = matching(&weights);
    let mut figures = Figures { components: drawn.component_count(), ..Figures::default() };
    let mut places: Vec<(&str, usize)> = Vec::new();
    for (at, (component, m)) in drawn.components().zip(&matched).enumerate() {
        figures.acceptable.count(m.is_some());
        if barred(&component.label) {
            figures.never += 1;
            figures.wrong.push(format!("never: {}", component.label));
        }
        let Some((id, part)) = m.and_then(|j| parts.get(j)) else {
            figures.wrong.push(format!("extra: {}", component.label));
            continue;
        };
        figures.kinds.count(part.is(component.kind.word()));
        if gold.components.contains_key(*id) {
            places.push((id, at));
        }
    }
    for id in gold.components.keys() {
        if places.iter().any(|(p, _)| p == id) {
            figures.required.hits += 1;
            figures.required.found += 1;
        } else {
            figures.required.missing += 1;
            figures.wrong.push(format!("missing: {id}"));
        }
    }
    for pair in &gold.reach {
        let [from, to, rest @ ..] = pair.as_slice() else { continue };
        let at = |id: &String| places.iter().find(|(p, _)| p == id).map(|(_, at)| *at);
        let joined = match (at(from), at(to)) {
            (Some(a), Some(b)) => reaches(drawn, a, b) || !rest.is_empty() && reaches(drawn, b, a),
            _ => false,
        };
        figures.reach.count(joined);
        if !joined {
            figures.wrong.push(format!("no way: {from} -> {to}"));
        }
    }
    figures
}

fn reaches(drawn: &Architecture, from: usize, to: usize) -> bool {
    let order: Vec<_> = drawn.indexed().map(|(index, _)| index).collect();
    let (Some(&start), Some(&end)) = (order.get(from), order.get(to)) else { return false };
    let (mut seen, mut todo) = (BTreeSet::from([start]), vec![start]);
    while let Some(at) = todo.pop() {
        for next in drawn.connections_from(at).map(|c| c.to) {
            if next == end {
                return true;
            }
            if seen.insert(next) {
                todo.push(next);
            }
        }
    }
    false
}
