//! The case before the reviewer: an architecture with everything computed from it once.
//!
//! Takes an [`Architecture`] and gives what rules and estimates ask of it: properties with three answers (yes, no,
//! unknown), figures of its technologies, and the analysis of its graph.

use indexmap::IndexSet;

use super::facts::{Figure, figures};
use super::paths::Paths;
use super::words::says;
use super::{Fact, Profile};
use crate::catalog::catalog;
use crate::model::{
    Architecture, Component, ComponentIndex, ConnectionRef, Dimension, Group, GroupKind, Id, Kind, Origin,
    Properties, Value, WorkloadFact, WorkloadKey,
};

/// The properties that tell of backups, and of data that lies encrypted.
pub(crate) const BACKUP: &[&str] = &["backup", "backups", "pitr", "snapshots"];
pub(crate) const ENCRYPTED_AT_REST: &[&str] = &["encryption", "encrypted", "encryption_at_rest"];

/// An architecture under review.
pub(crate) struct Case<'a> {
    pub(crate) a: &'a Architecture,
    pub(crate) paths: Paths,
    pub(crate) profile: Profile,
    names: Vec<String>,
    /// Of what each workload fact is said, in their order; nothing for the whole.
    said_of: Vec<Option<ComponentIndex>>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(a: &'a Architecture, profile: Profile) -> Self {
        let said_of = a.workload().iter().map(|f| super::said_of(a, f)).collect();
        Self { a, paths: Paths::of(a), profile, names: super::distinct_names(a), said_of }
    }

    pub(crate) fn at(&self, i: ComponentIndex) -> &'a Component {
        self.a.at(i)
    }

    pub(crate) fn id(&self, i: ComponentIndex) -> Id {
        self.at(i).id.clone()
    }

    pub(crate) fn kind(&self, i: ComponentIndex) -> Kind {
        self.at(i).kind
    }

    /// The label, with what sets it apart where several share it.
    pub(crate) fn label(&self, i: ComponentIndex) -> String {
        self.names.get(i.index()).cloned().unwrap_or_default()
    }

    pub(crate) fn tech(&self, i: ComponentIndex) -> Option<&'a str> {
        self.at(i).technology_id()
    }

    /// The technology's name, or the kind's, for sentences.
    pub(crate) fn tech_name(&self, i: ComponentIndex) -> String {
        let component = self.at(i);
        component.technology.as_ref().map_or_else(
            || format!("a {}", component.kind.label().to_lowercase()),
            |technology| technology.name.clone(),
        )
    }

    pub(crate) fn of_kind(&self, test: impl Fn(Kind) -> bool) -> Vec<ComponentIndex> {
        self.a.indexed().filter(|(_, c)| test(c.kind)).map(|(i, _)| i).collect()
    }

    /// Whether the component's label, description or technology says a word of the list.
    pub(crate) fn is_called(&self, i: ComponentIndex, list: &str) -> bool {
        let c = self.at(i);
        says(&c.label, list)
            || c.description.as_ref().is_some_and(|d| says(d, list))
            || c.technology.as_ref().is_some_and(|t| says(&t.name, list))
    }

    /// Yes, no, or unknown.
    pub(crate) fn flag(&self, i: ComponentIndex, names: &[&str]) -> Option<bool> {
        flag(&self.at(i).properties, names)
    }

    /// A duration in seconds, from the component's properties.
    pub(crate) fn seconds(&self, i: ComponentIndex, names: &[&str]) -> Option<f64> {
        quantity(&self.at(i).properties, names, Dimension::Duration)
    }

    /// A plain number, from the component's properties.
    pub(crate) fn count(&self, i: ComponentIndex, names: &[&str]) -> Option<f64> {
        quantity(&self.at(i).properties, names, Dimension::Count)
    }

    /// A text, from the component's properties.
    pub(crate) fn text(&self, i: ComponentIndex, names: &[&str]) -> Option<String> {
        names.iter().find_map(|n| self.at(i).property(n)).map(Value::to_string)
    }

    /// What was said of the system as a whole. Of several times to answer it is the one with a percentile, as only such
    /// times have one; else none.
    pub(crate) fn workload(&self, key: WorkloadKey) -> Option<&'a WorkloadFact> {
        let first = self.workloads(key, None).next()?;
        let sole = |facts: Vec<&'a WorkloadFact>| {
            let one = *facts.first()?;
            facts.iter().all(|f| f.value == one.value).then_some(one)
        };
        if key == WorkloadKey::Availability {
            // Of several that differ none is the one of the whole.
            return sole(self.workloads(key, None).collect());
        }
        if key != WorkloadKey::Latency {
            return Some(first);
        }
        let all: Vec<&'a WorkloadFact> = self.workloads(key, None).collect();
        let share = |f: &&WorkloadFact| matches!(&f.value, Value::Quantity(q) if q.percentile.is_some());
        let shares = all.iter().copied().filter(share).collect();
        sole(all).or_else(|| sole(shares))
    }

    /// What was said of one component.
    pub(crate) fn workload_of(&self, i: ComponentIndex, key: WorkloadKey) -> Option<&'a WorkloadFact> {
        self.workloads(key, Some(i)).next()
    }

    /// All that was said of one component, or of the whole.
    pub(crate) fn workloads(
        &self,
        key: WorkloadKey,
        of: Option<ComponentIndex>,
    ) -> impl Iterator<Item = &'a WorkloadFact> + '_ {
        let facts = self.a.workload().iter().zip(&self.said_of);
        let fits = move |f: &WorkloadFact, said: Option<ComponentIndex>| {
            f.key == key && said == of && (of.is_some() || f.about.is_none())
        };
        facts.filter(move |(f, said)| fits(f, **said)).map(|(f, _)| f)
    }

    /// What was said of the component, or else of the whole.
    pub(crate) fn workload_for(&self, i: ComponentIndex, key: WorkloadKey) -> Option<&'a WorkloadFact> {
        self.workload_of(i, key).or_else(|| self.workload(key))
    }

    /// How long one run of the component takes, in seconds: what was said of its work, else its time limit.
    pub(crate) fn work_seconds(&self, i: ComponentIndex) -> Option<(f64, Fact)> {
        if let Some(fact) = self.workload_of(i, WorkloadKey::Duration)
            && let Some(seconds) = base(&fact.value, Dimension::Duration)
        {
            return Some((seconds, self.stated("duration of one run", &fact.value, &fact.origin)));
        }
        ["duration", "run_time", "runtime_duration", "timeout"].iter().find_map(|name| {
            let property = self.at(i).properties.get(*name)?;
            let seconds = base(&property.value, Dimension::Duration)?;
            let key = format!("{}: {}", self.label(i), name.replace('_', " "));
            Some((
                seconds,
                Fact { key, value: property.value.to_string(), origin: property.origin.word().into() },
            ))
        })
    }

    /// A figure of the component's technology.
    pub(crate) fn figure(&self, i: ComponentIndex, key: &str) -> Option<&'static Figure> {
        figures().get(self.tech(i)?, key)
    }

    /// A figure of the component's technology, or else of its kind.
    pub(crate) fn figure_or_default(&self, i: ComponentIndex, key: &str) -> Option<&'static Figure> {
        self.figure(i, key).or_else(|| figures().get(&format!("kind.{}", self.kind(i).word()), key))
    }

    /// Whether the provider spreads it over zones by itself.
    pub(crate) fn self_replicating(&self, i: ComponentIndex) -> Option<bool> {
        match self.figure(i, "multi_zone") {
            Some(figure) => Some(figure.value > 0.0),
            None if self.tech(i).and_then(|t| catalog().technology(t)).is_some_and(|t| t.managed) => None,
            None => self.tech(i).map(|_| false),
        }
    }

    pub(crate) fn managed(&self, i: ComponentIndex) -> Option<bool> {
        self.tech(i).and_then(|t| catalog().technology(t)).map(|t| t.managed)
    }

    /// A fact that the text states (or that was inferred or assumed from it).
    #[allow(clippy::unused_self)] // the caller reads `case.stated(…)` beside `case.figure(…)`
    pub(crate) fn stated(&self, key: &str, value: &Value, origin: &Origin) -> Fact {
        Fact { key: key.to_owned(), value: value.to_string(), origin: origin.word().to_owned() }
    }

    /// The innermost group of one of these kinds around a component.
    pub(crate) fn within(&self, i: ComponentIndex, kinds: &[GroupKind]) -> Option<&'a Group> {
        self.a.group_chain(self.at(i).group.as_ref()).find(|g| kinds.contains(&g.kind))
    }

    /// Whether a component is the place for messages that keep failing.
    pub(crate) fn is_dead_letter(&self, i: ComponentIndex) -> bool {
        let c = self.at(i);
        (c.kind.is_messaging() || c.kind == Kind::Storage)
            && (c.technology_id() == Some("aws.sqs-dlq")
                || says(&c.label, "dead_letter")
                || says(c.id.as_str(), "dead_letter")
                || flag(&c.properties, &["dlq", "dead_letter"]) == Some(true)
                    && says(&c.label, "dead_letter"))
    }

    /// Who reads from a channel, with the arrow: arrows out of it, and arrows into it that say they consume, or that what goes
    /// over it goes both ways.
    pub(crate) fn consumers(&self, channel: ComponentIndex) -> Vec<(ComponentIndex, ConnectionRef<'a>)> {
        let out = self.a.connections_from(channel);
        let out = out.filter(|c| c.to != channel && !self.paths.reversed(c)).map(|c| (c.to, c));
        let both = |c: &ConnectionRef<'_>| c.label.as_deref().is_some_and(|l| says(l, "both_ways"));
        let pull = self.a.connections_to(channel).filter(|c| self.paths.reversed(c) || both(c));
        let pull = pull.map(|c| (c.from, c));
        out.chain(pull).filter(|(i, _)| !self.is_dead_letter(*i)).collect()
    }

    /// Who writes to a channel, and from what it reads by itself.
    pub(crate) fn producers(&self, channel: ComponentIndex) -> Vec<(ComponentIndex, ConnectionRef<'a>)> {
        let into = self.a.connections_to(channel);
        let into = into.filter(|c| c.from != channel && !self.paths.reversed(c)).map(|c| (c.from, c));
        let read = self.a.connections_from(channel).filter(|c| self.paths.reversed(c)).map(|c| (c.to, c));
        into.chain(read).collect()
    }

    /// Whether a connection writes to its target: said by its properties or its label; unknown otherwise.
    pub(crate) fn writes(&self, c: &ConnectionRef<'_>) -> Option<bool> {
        self.uses(c).map(|(_, writes)| writes)
    }

    /// Whether a connection reads from its target.
    pub(crate) fn reads(&self, c: &ConnectionRef<'_>) -> Option<bool> {
        self.uses(c).map(|(reads, _)| reads)
    }

    /// Whether a connection reads from its target, and whether it writes to it, where that is said.
    fn uses(&self, c: &ConnectionRef<'_>) -> Option<(bool, bool)> {
        if let Some(op) = c.properties.get("op").map(|p| p.value.to_string()) {
            return Some((op != "write", op != "read"));
        }
        let label = c.label.as_deref()?;
        // What is cached is looked up there first.
        if self.kind(c.to) == Kind::Cache && says(label, "files_away") {
            return Some((true, true));
        }
        let first = label.split_whitespace().next().unwrap_or_default();
        // A warehouse is loaded, from elsewhere.
        if self.kind(c.to) == Kind::Warehouse && first.to_lowercase().starts_with("load") {
            return Some((false, true));
        }
        let (reads, writes) = (says(label, "read"), says(label, "write"));
        if says(label, "both") {
            return Some((true, true));
        }
        match (reads, writes) {
            // "read the log", "update the list": what is read or written may be called like a deed itself.
            (true, true) if !joined(label) && says(first, "read") != says(first, "write") => {
                Some((says(first, "read"), says(first, "write")))
            }
            (false, false) => None,
            told => Some(told),
        }
    }

    /// Names for a sentence: `A`, `A and B`, `A, B and C`, `A, B, C and 4 more`.
    pub(crate) fn names(&self, of: &[ComponentIndex]) -> String {
        let labels: Vec<String> = of.iter().map(|&i| self.label(i)).collect();
        enumerate(&labels)
    }
}

/// Each component once, where it comes first: two arrows to one neighbour are no two neighbours.
pub(crate) fn each_once(of: impl IntoIterator<Item = ComponentIndex>) -> Vec<ComponentIndex> {
    of.into_iter().collect::<IndexSet<_>>().into_iter().collect()
}

/// Whether a label may tell of several deeds.
fn joined(label: &str) -> bool {
    label.contains([',', ';', '/', '&', '+'])
        || label.split_whitespace().any(|w| matches!(w, "and" | "then" | "or"))
}

/// `A`, `A and B`, `A, B and C`; past five, the first four and how many more.
pub(crate) fn enumerate(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        many if many.len() > 5 => format!("{} and {} more", many[..4].join(", "), many.len() - 4),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Yes, no or unknown by the first of these properties that is there.
pub(crate) fn flag(properties: &Properties, names: &[&str]) -> Option<bool> {
    let value = names.iter().find_map(|name| properties.get(*name)).map(|p| &p.value)?;
    Some(match value {
        Value::Flag(b) => *b,
        Value::Quantity(q) => q.amount > 0.0,
        Value::Text(t) => !matches!(t.to_lowercase().as_str(), "no" | "none" | "off" | "false" | "never"),
        Value::List(values) => !values.is_empty(),
    })
}

/// An amount of that dimension by the first of these properties that has one.
pub(crate) fn quantity(properties: &Properties, names: &[&str], dimension: Dimension) -> Option<f64> {
    names.iter().find_map(|name| base(&properties.get(*name)?.value, dimension))
}

/// A value's amount in the base unit of a dimension.
pub(crate) fn base(value: &Value, dimension: Dimension) -> Option<f64> {
    match value {
        Value::Quantity(q) if q.dimension == dimension => Some(q.amount),
        Value::List(values) => values.iter().find_map(|v| base(v, dimension)),
        _ => None,
    }
}
