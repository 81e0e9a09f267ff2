//! Availability along a path of waiting: the product of the published service levels of its parts.
//!
//! A path is a chain of calls that are waited for, from where a request comes in to where nothing more is waited for.
//! Queues and other channels cut it; caches and monitoring do not count. Parts without a published or stated figure
//! are named, and the product holds without them: it is the best the path can promise.

use serde::Serialize;

use crate::model::{ComponentIndex, Dimension, Kind, WorkloadFact, WorkloadKey};
use crate::review::case::{Case, base, quantity};
use crate::review::facts::Figure;

/// The most paths listed.
const MAX_PATHS: usize = 24;
/// The most paths followed before the worst are chosen.
const MAX_FOLLOWED: usize = 400;
/// The minutes of a month of 730 hours.
const MINUTES: f64 = 43_800.0;

/// The availability of one path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Availability {
    /// The labels of the path, in order; of `together`, of the entries.
    pub path: Vec<String>,
    /// What was multiplied.
    pub factors: Vec<Factor>,
    /// The labels of parts without a figure.
    pub unstated: Vec<String>,
    /// The product, as people write it: `99.89 %`.
    pub at_best: String,
    /// How long that may be down in a month of 730 hours, in minutes, rounded to one digit.
    pub minutes_per_month: f64,
    /// Everything that requests from the entry may wait for, together, instead of one chain.
    pub together: bool,
    /// The availability asked of the whole, or of the part whose path it is, where one is stated.
    pub target: Option<String>,
    /// Whether the product reaches it.
    pub within: Option<bool>,
}

/// One figure of a product.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Factor {
    /// The component.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The figure: `99.95 %`.
    pub value: String,
    /// Where it comes from.
    pub origin: String,
}

/// A path with its product.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(crate) components: Vec<ComponentIndex>,
    pub(crate) factors: Vec<Factor>,
    pub(crate) unstated: Vec<String>,
    pub(crate) ratio: f64,
}

/// `99.89 %`, with as many nines as there are.
pub(crate) fn percent(ratio: f64) -> String {
    let percent = ratio * 100.0;
    let digits = if percent >= 99.99 { 3 } else { 2 };
    let text = format!("{percent:.digits$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{short} %")
}

pub(super) fn of(case: &Case<'_>) -> Vec<Availability> {
    let mut paths: Vec<Path> = paths(case).into_iter().filter(|p| !p.factors.is_empty()).collect();
    let whole = together(case, &paths);
    paths.sort_by(|a, b| a.ratio.total_cmp(&b.ratio));
    paths.truncate(MAX_FOLLOWED);
    paths = telling(paths);
    paths.truncate(MAX_PATHS);
    let target = case.workload(WorkloadKey::Availability);
    let write = |p: Path, together: bool, target: Option<&WorkloadFact>| Availability {
        path: p.components.iter().map(|&i| case.label(i)).collect(),
        factors: p.factors,
        unstated: p.unstated,
        at_best: percent(p.ratio),
        minutes_per_month: ((1.0 - p.ratio) * MINUTES * 10.0).round() / 10.0,
        together,
        target: target.map(|f| f.value.to_string()),
        within: target.and_then(|f| base(&f.value, Dimension::Ratio)).map(|a| p.ratio >= a),
    };
    let chains = paths.into_iter().map(|p| write(p, false, target)).collect::<Vec<_>>();
    let whole = whole.into_iter().map(|p| write(p, true, target));
    let parts = targeted(case).into_iter().map(|(p, fact)| write(p, true, Some(fact)));
    chains.into_iter().chain(whole).chain(parts).collect()
}

/// For each part whose availability is asked for, that part with all that it waits for; none without a figure.
pub(crate) fn targeted<'a>(case: &Case<'a>) -> Vec<(Path, &'a WorkloadFact)> {
    let own = case.a.indexed().filter_map(|(i, _)| {
        let fact = case.workload_of(i, WorkloadKey::Availability)?;
        let waited = case.paths.waited_for(i);
        let behind = case.a.indexed().map(|(n, _)| n);
        let behind = behind.filter(|&n| n != i && waited[n.index()] && case.kind(n) != Kind::Cache);
        let mut path = product(case, std::iter::once(i).chain(behind).collect());
        path.components = vec![i];
        (!path.factors.is_empty()).then_some((path, fact))
    });
    own.collect()
}

/// For each entry with several paths, all that its requests may wait for: each part once.
fn together(case: &Case<'_>, paths: &[Path]) -> Vec<Path> {
    let mut all = Vec::new();
    for &entry in &case.paths.people {
        let own: Vec<&Path> = paths.iter().filter(|p| p.components.first() == Some(&entry)).collect();
        if own.len() < 2 {
            continue;
        }
        let mut parts: Vec<ComponentIndex> = vec![entry];
        for i in own.iter().flat_map(|p| &p.components) {
            if !parts.contains(i) {
                parts.push(*i);
            }
        }
        let mut whole = product(case, parts);
        whole.components = vec![entry];
        match all.iter_mut().find(|other: &&mut Path| other.factors == whole.factors) {
            Some(same) => same.components.push(entry),
            None if own.iter().all(|p| parts_of(&whole) > parts_of(p)) => all.push(whole),
            None => {}
        }
    }
    all
}

fn parts_of(path: &Path) -> usize {
    path.factors.len() + path.unstated.len()
}

/// The paths whose figures do not all stand in another path from the same beginning already.
fn telling(paths: Vec<Path>) -> Vec<Path> {
    let mut kept: Vec<Path> = Vec::new();
    for path in paths {
        let told = |other: &Path| {
            other.components.first() == path.components.first()
                && path.factors.iter().all(|f| other.factors.contains(f))
        };
        if !kept.iter().any(told) {
            kept.push(path);
        }
    }
    kept
}

/// Every path of waiting that people's requests take, in the order of the graph.
pub(crate) fn paths(case: &Case<'_>) -> Vec<Path> {
    let mut found = Vec::new();
    for &entry in &case.paths.people {
        let mut stack = vec![vec![entry]];
        let mut followed = 0;
        while let Some(path) = stack.pop() {
            followed += 1;
            if followed > MAX_FOLLOWED {
                break;
            }
            let Some(&last) = path.last() else { continue };
            let mut next: Vec<ComponentIndex> = case
                .paths
                .calls()
                .neighbors(last)
                .filter(|n| !path.contains(n) && !matches!(case.kind(*n), Kind::Cache))
                .collect();
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                if path.len() > 1 {
                    found.push(product(case, path));
                }
                continue;
            }
            // Last first: the stack gives them back in the order of mention.
            for n in next.into_iter().rev() {
                let mut longer = path.clone();
                longer.push(n);
                stack.push(longer);
            }
        }
    }
    found
}

fn product(case: &Case<'_>, components: Vec<ComponentIndex>) -> Path {
    let mut path = Path { components, factors: Vec::new(), unstated: Vec::new(), ratio: 1.0 };
    for &i in &path.components {
        let component = case.at(i);
        if component.kind.is_actor() {
            continue;
        }
        let own = quantity(&component.properties, &["availability", "sla"], Dimension::Ratio);
        let figure = case.figure(i, "availability");
        let Some(one) = own.or(figure.map(|f| f.value / 100.0)) else {
            path.unstated.push(case.label(i));
            continue;
        };
        // Copies fail independently of each other: an assumption that flatters, and is printed with the figure.
        let copies =
            if own.is_some() || component.kind == Kind::Vm { component.replicas.unwrap_or(1) } else { 1 };
        let mut down = 1.0;
        for _ in 0..copies.min(16) {
            down *= 1.0 - one;
        }
        let ratio = 1.0 - down;
        let origin =
            if own.is_some() { "stated".to_owned() } else { figure.map_or_else(String::new, Figure::origin) };
        let origin = if copies > 1 { format!("{origin}; {copies} independent copies") } else { origin };
        path.ratio *= ratio;
        let (id, label) = (component.id.to_string(), case.label(i));
        path.factors.push(Factor { id, label, value: percent(ratio), origin });
    }
    path
}
