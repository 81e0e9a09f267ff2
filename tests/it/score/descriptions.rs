//! Descriptions: components, kinds, arrows, waiting and groups against their gold.

use std::collections::{BTreeMap, BTreeSet};

use blueprose::model::{Architecture, Component, Mode};

use super::gold::{Arrow, Description, Part};
use super::labels::alike;
use super::matching::matching;
use super::{Counts, Ratio};

/// The figures of one or more cases.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub components: Counts,
    pub kinds: Ratio,
    pub arrows: Counts,
    pub waiting: Ratio,
    pub groups: Counts,
    pub members: Counts,
    /// What was drawn though the text rules it out.
    pub ruled_out: usize,
    /// What went wrong, in words.
    pub wrong: Vec<String>,
}

impl Figures {
    pub fn add(&mut self, other: &Self) {
        self.components.add(other.components);
        self.kinds.add(other.kinds);
        self.arrows.add(other.arrows);
        self.waiting.add(other.waiting);
        self.groups.add(other.groups);
        self.members.add(other.members);
        self.ruled_out += other.ruled_out;
    }
}

/// How well a drawn component fits one of the gold.
fn likeness(component: &Component, part: &Part) -> f64 {
    let technology = component.technology.as_ref().map_or("", |t| t.name.as_str());
    let name = |n: &String| alike(&component.label, n).max(0.85 * alike(technology, n));
    part.names.iter().map(name).fold(0.0, f64::max)
}

/// The gold component of each drawn one.
fn align<'a>(gold: &'a Description, drawn: &Architecture) -> Vec<Option<&'a str>> {
    let parts: Vec<(&str, &Part)> = gold
        .components
        .iter()
        .chain(&gold.optional_components)
        .map(|(id, part)| (id.as_str(), part))
        .collect();
    let around = |id: &str| -> Vec<&str> {
        let groups = gold.groups.values().filter(|g| g.members.iter().any(|m| m == id));
        groups.flat_map(|g| g.names.iter().map(String::as_str)).collect()
    };
    let weights: Vec<Vec<f64>> = drawn
        .components()
        .map(|c| {
            let group = c.group.as_ref().and_then(|g| drawn.groups().iter().find(|x| x.id == *g));
            let weigh = |(id, part): &(&str, &Part)| {
                let (like, same) = (likeness(c, part), part.is(c.kind.word()));
                if like < 0.3 || like < 0.5 && !same {
                    return 0.0;
                }
                let inside = group.is_some_and(|g| around(id).iter().any(|n| alike(&g.label, n) >= 0.5));
                let required = gold.components.contains_key(*id);
                like + if same { 0.25 } else { 0.0 }
                    + if inside { 0.03 } else { 0.0 }
                    + if required { 0.001 } else { 0.0 }
            };
            parts.iter().map(weigh).collect()
        })
        .collect();
    matching(&weights).into_iter().map(|m| m.and_then(|j| parts.get(j)).map(|(id, _)| *id)).collect()
}

/// Scores one description.
pub fn score(gold: &Description, drawn: &Architecture) -> Figures {
    let aligned = align(gold, drawn);
    let mut figures = Figures::default();
    let hit: BTreeSet<&str> =
        aligned.iter().flatten().copied().filter(|g| gold.components.contains_key(*g)).collect();
    figures.components.hits = hit.len();
    figures.components.found = hit.len();
    for (component, match_) in drawn.components().zip(&aligned) {
        let Some(id) = match_ else {
            figures.components.extra += 1;
            figures.wrong.push(format!("extra: {}", component.label));
            if gold.absent.iter().any(|a| alike(&component.label, a) >= 0.99) {
                figures.ruled_out += 1;
                figures.wrong.push(format!("ruled out: {}", component.label));
            }
            continue;
        };
        let part = gold.components.get(*id).or_else(|| gold.optional_components.get(*id));
        let right = part.is_some_and(|p| p.is(component.kind.word()));
        figures.kinds.count(right);
        if !right {
            figures.wrong.push(format!("kind of {id}: {}", component.kind.word()));
        }
    }
    for id in gold.components.keys().filter(|id| !hit.contains(id.as_str())) {
        figures.components.missing += 1;
        figures.wrong.push(format!("missing: {id}"));
    }
    arrows(gold, drawn, &aligned, &mut figures);
    groups(gold, drawn, &aligned, &mut figures);
    figures
}

type Pair<'a> = (&'a str, &'a str);

fn arrows<'a>(
    gold: &'a Description,
    drawn: &Architecture,
    aligned: &[Option<&'a str>],
    figures: &mut Figures,
) {
    let order: Vec<_> = drawn.indexed().map(|(index, _)| index).collect();
    let at = |index| order.iter().position(|i| *i == index).and_then(|n| aligned.get(n).copied().flatten());
    let mut mapped: BTreeMap<Pair<'_>, Mode> = BTreeMap::new();
    for connection in drawn.connections() {
        let (Some(from), Some(to)) = (at(connection.from), at(connection.to)) else {
            figures.arrows.extra += 1;
            continue;
        };
        let mode = mapped.entry((from, to)).or_insert(connection.mode);
        if connection.mode == Mode::Async {
            *mode = Mode::Async;
        }
    }
    let flows: Vec<Arrow> = gold.flows.iter().map(Arrow::from).collect();
    let optional: Vec<Arrow> = gold.optional_flows.iter().map(Arrow::from).collect();
    let accepted = |f: &Arrow| -> Vec<(String, String)> {
        let mut pairs = vec![(f.from.clone(), f.to.clone())];
        pairs.extend(f.alt.iter().cloned());
        if f.either {
            pairs.extend(pairs.clone().into_iter().map(|(a, b)| (b, a)));
        }
        pairs
    };
    let has = |pair: &(String, String)| mapped.get(&(pair.0.as_str(), pair.1.as_str())).copied();
    let passes = |from: &str, to: &str, via: &[String]| {
        let open = |id: &str| gold.optional_components.contains_key(id) || via.iter().any(|v| v == id);
        let (mut seen, mut todo) = (BTreeSet::new(), vec![from]);
        while let Some(x) = todo.pop() {
            for (_, next) in mapped.keys().filter(|(a, _)| *a == x) {
                if *next == to && x != from {
                    return true;
                }
                if open(next) && seen.insert(*next) {
                    todo.push(next);
                }
            }
        }
        false
    };
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    for flow in &flows {
        let hits: Vec<(String, String)> = accepted(flow).into_iter().filter(|p| has(p).is_some()).collect();
        if let Some(first) = hits.first() {
            figures.arrows.found += 1;
            if let (Some(wanted), Some(mode)) = (flow.asynchronous, has(first)) {
                figures.waiting.count((mode == Mode::Async) == wanted);
            }
            used.extend(hits);
        } else if passes(&flow.from, &flow.to, &flow.via)
            || flow.either && passes(&flow.to, &flow.from, &flow.via)
        {
            figures.arrows.found += 1;
            figures.arrows.hits += 1;
        } else {
            figures.arrows.missing += 1;
            figures.wrong.push(format!("no arrow: {} -> {}", flow.from, flow.to));
        }
    }
    figures.arrows.hits += used.len();
    let fine: BTreeSet<(String, String)> = optional.iter().chain(&flows).flat_map(accepted).collect();
    for (a, b) in mapped.keys().filter(|(a, b)| a != b) {
        let pair = ((*a).to_owned(), (*b).to_owned());
        let free = [a, b].iter().any(|id| gold.optional_components.contains_key(**id));
        let detail = flows.iter().any(|f| {
            let ends = |id: &str| f.from == id || f.to == id || f.via.iter().any(|v| v == id);
            !f.via.is_empty() && ends(a) && ends(b)
        });
        if !used.contains(&pair) && !fine.contains(&pair) && !free && !detail {
            figures.arrows.extra += 1;
            figures.wrong.push(format!("extra arrow: {a} -> {b}"));
        }
    }
    for flow in gold.forbidden_flows.iter().map(Arrow::from) {
        if mapped.contains_key(&(flow.from.as_str(), flow.to.as_str())) {
            figures.ruled_out += 1;
            figures.wrong.push(format!("ruled out: {} -> {}", flow.from, flow.to));
        }
    }
}

/// Groups, by name or by members; where the gold asks for none, none count.
fn groups(gold: &Description, drawn: &Architecture, aligned: &[Option<&str>], figures: &mut Figures) {
    if gold.groups.values().all(|g| g.optional) {
        return;
    }
    let mut wanted: Vec<BTreeSet<&str>> =
        gold.groups.values().map(|g| g.members.iter().map(String::as_str).collect()).collect();
    for _ in 0..gold.groups.len() {
        for (child, place) in gold.groups.values().enumerate() {
            let parent = place.parent.as_ref().and_then(|p| gold.groups.get_index_of(p.as_str()));
            if let Some(parent) = parent.filter(|p| *p != child) {
                let inner = wanted[child].clone();
                wanted[parent].extend(inner);
            }
        }
    }
    let members: Vec<BTreeSet<&str>> = drawn
        .groups()
        .iter()
        .map(|g| {
            let inside = |c: &Component| drawn.group_chain(c.group.as_ref()).any(|x| x.id == g.id);
            drawn.components().zip(aligned).filter(|(c, _)| inside(c)).filter_map(|(_, m)| *m).collect()
        })
        .collect();
    let weights: Vec<Vec<f64>> = drawn
        .groups()
        .iter()
        .zip(&members)
        .map(|(g, have)| {
            let weigh = |(place, want): (&super::gold::Place, &BTreeSet<&str>)| {
                let like = place.names.iter().map(|n| alike(&g.label, n)).fold(0.0, f64::max);
                let all = have.union(want).count();
                let shared = if all == 0 { 0.0 } else { have.intersection(want).count() as f64 / all as f64 };
                if like >= 0.5 || shared >= 0.5 {
                    like + shared + if place.optional { 0.0 } else { 0.001 }
                } else {
                    0.0
                }
            };
            gold.groups.values().zip(&wanted).map(weigh).collect()
        })
        .collect();
    let matched = matching(&weights);
    for (n, place) in gold.groups.values().enumerate().filter(|(_, p)| !p.optional) {
        let required = |id: &&str| gold.components.contains_key(*id);
        let Some(at) = matched.iter().position(|m| *m == Some(n)) else {
            figures.groups.missing += 1;
            figures.members.missing += wanted[n].iter().filter(|id| required(id)).count();
            figures.wrong.push(format!("no group: {}", place.names.join(" / ")));
            continue;
        };
        figures.groups.hits += 1;
        figures.groups.found += 1;
        let free = |id: &&&str| !place.optional_members.iter().any(|m| m == **id);
        let have: BTreeSet<&str> = members[at].iter().filter(free).copied().collect();
        let shared = have.intersection(&wanted[n]).filter(|id| required(id)).count();
        figures.members.hits += shared;
        figures.members.found += shared;
        let (extra, missing): (Vec<&str>, Vec<&str>) = (
            have.difference(&wanted[n]).copied().filter(|id| required(id)).collect(),
            wanted[n].difference(&have).copied().filter(|id| required(id)).collect(),
        );
        figures.members.extra += extra.len();
        figures.members.missing += missing.len();
        figures.wrong.extend(extra.iter().map(|m| format!("in {}: {m}", place.names[0])));
        figures.wrong.extend(missing.iter().map(|m| format!("not in {}: {m}", place.names[0])));
    }
    for (group, _) in drawn.groups().iter().zip(&matched).filter(|(_, m)| m.is_none()) {
        figures.groups.extra += 1;
        figures.wrong.push(format!("extra group: {}", group.label));
    }
}
