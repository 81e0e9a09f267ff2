//! What load each component gets: the stated rates, carried from where they come in along the way things flow.
//!
//! A rate comes in where it is stated of a component, where things of a stated number send at a stated interval
//! (50 sensors, every ten seconds: 5 a second), or, stated of the whole, at the people. Each arrow is walked once per
//! request (an assumption, printed), a person takes one way at a time, arrows that close a circle are not followed.

use petgraph::algo::toposort;
use petgraph::graph::DiGraph;

use crate::model::{ComponentIndex, Dimension, Kind, Quantity, WorkloadFact, WorkloadKey};
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
            if let Some(fact) = whole(case, key) {
                load.share(case, fact);
            }
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

    fn injected(&self, case: &Case<'_>, of: impl Fn(&Inflow) -> Option<f64>) -> Vec<Option<f64>> {
        let mut rates = vec![None; case.a.component_count()];
        for x in &self.inflows {
            if let Some(rate) = of(x) {
                *rates[x.at.index()].get_or_insert(0.0) += rate;
            }
        }
        rates
    }

    /// A rate of the whole comes from people: from those that its words are about, else from all who are no staff.
    fn share(&mut self, case: &Case<'_>, fact: &WorkloadFact) {
        let Some(rate) = base(&fact.value, Dimension::Rate) else { return };
        let peak = fact.key == WorkloadKey::PeakRate;
        // What a part sends or gets by its own figures is no share of this one.
        let counted = |i: &ComponentIndex| !self.inflows.iter().any(|x| x.at == *i && x.own);
        let from = |all: &[ComponentIndex]| all.iter().copied().filter(counted).collect::<Vec<_>>();
        let mut bearers = from(&case.paths.people);
        if bearers.is_empty() {
            bearers = from(&case.paths.entries);
        }
        let all = bearers.len();
        let spoken = bearers.iter().copied().filter(|&i| speaks_of(case, i, &fact.value.to_string()));
        let spoken: Vec<_> = spoken.collect();
        let guests: Vec<_> = bearers.iter().copied().filter(|&i| !case.is_called(i, "admin")).collect();
        let both: Vec<_> = guests.iter().copied().filter(|i| spoken.contains(i)).collect();
        if let Some(some) = [both, spoken, guests].into_iter().find(|some| !some.is_empty()) {
            bearers = some;
        }
        if all > 1 {
            let names = enumerate(&bearers.iter().map(|&i| case.label(i)).collect::<Vec<_>>());
            let value = if bearers.len() > 1 { format!("{names}, in equal shares") } else { names };
            let key = format!("{} comes from", fact.value);
            self.assumed.push((fact.key, Fact { key, value, origin: "assumed".into() }));
        }
        #[allow(clippy::cast_precision_loss)] // a handful of entries
        let part = rate / bearers.len() as f64;
        let told = case.stated(if peak { "rate at the peak" } else { "rate" }, &fact.value, &fact.origin);
        for at in bearers {
            let known = self.inflows.iter().position(|x| x.at == at);
            let place = known.unwrap_or_else(|| {
                self.inflows.push(Inflow {
                    at,
                    own: false,
                    usual: None,
                    peak: None,
                    size: size(case, at),
                    facts: Vec::new(),
                });
                self.inflows.len() - 1
            });
            let inflow = &mut self.inflows[place];
            *(if peak { &mut inflow.peak } else { &mut inflow.usual }) = Some(part);
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
        let facts = case.a.workload().iter().filter(|f| f.key == WorkloadKey::Schedule);
        facts.filter(|f| belongs(case, f, i)).find_map(|f| {
            let text = f.value.to_string();
            Some((interval(&text)?, text))
        })
    });
    told.filter(|(s, _)| *s > 0.0)
}

/// Whether a figure is said of a component, or in the words of an arrow that leaves it.
fn belongs(case: &Case<'_>, fact: &WorkloadFact, i: ComponentIndex) -> bool {
    if let Some(about) = &fact.about {
        return *about == case.at(i).id;
    }
    let inner = fact.origin.span();
    !inner.is_empty()
        && case.a.connections_from(i).any(|c| {
            let outer = c.connection.origin.span();
            outer.start <= inner.start && inner.end <= outer.end
        })
}

/// How large what comes in there is, in bytes, where that is stated.
fn size(case: &Case<'_>, i: ComponentIndex) -> Option<f64> {
    let mut facts = case.a.workload().iter().filter(|f| f.key == WorkloadKey::Payload);
    let stated = facts.find(|f| belongs(case, f, i)).and_then(|f| base(&f.value, Dimension::Bytes));
    stated
        .or_else(|| quantity(&case.at(i).properties, &["payload", "message_size", "size"], Dimension::Bytes))
}

/// Numbers that people write as words before a unit of time.
const NUMBERS: &[(&str, u32)] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("ten", 10),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("sixty", 60),
];

/// The seconds of "every ten seconds", "every 5 min", "every minute", "hourly".
pub(crate) fn interval(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    let rest = match lower.trim() {
        "hourly" => "hour",
        other => other.strip_prefix("every ").or_else(|| other.strip_prefix("once a "))?,
    };
    let (first, unit) = rest.split_once(' ').unwrap_or(("1", rest));
    let number = NUMBERS.iter().find(|(word, _)| *word == first).map(|(_, n)| n.to_string());
    let written = format!("{} {unit}", number.as_deref().unwrap_or(first));
    let q = Quantity::parse(&written)?;
    (q.dimension == Dimension::Duration).then_some(q.amount)
}

/// The rate of the whole; of several the highest.
fn whole<'a>(case: &Case<'a>, key: WorkloadKey) -> Option<&'a WorkloadFact> {
    let of = |f: &&WorkloadFact| f.key == key && f.about.is_none();
    let rated =
        case.a.workload().iter().filter(of).filter_map(|f| Some((base(&f.value, Dimension::Rate)?, f)));
    rated
        .fold(None, |best: Option<(f64, &WorkloadFact)>, next| match best {
            Some(b) if b.0 >= next.0 => Some(b),
            _ => Some(next),
        })
        .map(|(_, f)| f)
}

/// Whether what a person does is what a rate counts: "900 payments per second", "send payment requests".
fn speaks_of(case: &Case<'_>, i: ComponentIndex, value: &str) -> bool {
    let lower = value.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3);
    let counted: Vec<&str> =
        words.filter(|w| !says(w, "unit_of_rate")).map(|w| w.trim_end_matches('s')).collect();
    let says_it = |text: &str| {
        let text = text.to_lowercase();
        text.split(|c: char| !c.is_alphabetic()).any(|t| counted.iter().any(|w| t.starts_with(w)))
    };
    // What people do is told where they do it, or where the program they use does it for them.
    let programs = case.a.connections_from(i).map(|c| c.to).filter(|&to| case.kind(to) == Kind::Client);
    let mut from = std::iter::once(i).chain(programs);
    from.any(|i| case.a.connections_from(i).any(|c| c.label.as_deref().is_some_and(says_it)))
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
fn carried(case: &Case<'_>, acyclic: &DiGraph<(), (), u32>, injected: &[Option<f64>]) -> Vec<f64> {
    let mut rates = vec![0.0; case.a.component_count()];
    for i in toposort(acyclic, None).unwrap_or_default() {
        if let Some(own) = injected[i.index()] {
            rates[i.index()] = own;
        }
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
    let person = |i: ComponentIndex| matches!(case.kind(i), Kind::User | Kind::Client | Kind::Device);
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

/// `150/s`, `12/min`, `3/h`, `1/day`: in the largest unit of time that leaves a number of one or more.
pub(crate) fn rate_text(per_second: f64) -> String {
    let units = [(1.0, "s"), (60.0, "min"), (3600.0, "h"), (86_400.0, "day")];
    let (scale, unit) = units.into_iter().find(|(s, _)| per_second * s >= 1.0).unwrap_or((86_400.0, "day"));
    format!("{}/{unit}", three_digits(per_second * scale))
}

/// At most three significant digits, thousands apart.
pub(crate) fn three_digits(value: f64) -> String {
    if value >= 1000.0 {
        let mut scale = 1.0;
        while value / scale >= 1000.0 {
            scale *= 10.0;
        }
        let whole = format!("{:.0}", (value / scale).round() * scale);
        let (head, mut text) = (whole.len() % 3, String::new());
        for (n, digit) in whole.chars().enumerate() {
            if n > 0 && n % 3 == head {
                text.push(',');
            }
            text.push(digit);
        }
        return text;
    }
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::{interval, rate_text, three_digits};

    #[test]
    fn intervals_and_rates_are_read_and_written() {
        assert_eq!(interval("every ten seconds"), Some(10.0));
        assert_eq!(interval("every 5 min"), Some(300.0));
        assert_eq!(interval("every minute"), Some(60.0));
        assert_eq!(interval("hourly"), Some(3600.0));
        assert_eq!(interval("every night"), None);
        assert_eq!(rate_text(400.0), "400/s");
        assert_eq!(rate_text(0.5), "30/min");
        assert_eq!(rate_text(1.0 / 86_400.0), "1/day");
        assert_eq!(three_digits(34_560_000.0), "34,600,000");
    }
}
