//! Of what a figure is said that names no component: of the one that acts in the same words.
//!
//! "The fraud service scores a payment in under 50 ms": the figure stands inside the words from which the arrows of one
//! component were read, so it is said of that component. Words in which several act, or people, say it of the whole; what
//! a program or device sends by itself is its own rate. Of several stores it is the one named last before the figure.

use indexmap::IndexSet;

use crate::model::{Architecture, ComponentIndex, ConnectionRef, Kind, WorkloadFact, WorkloadKey};

/// The component a figure is said of: the one it names, else the one that its words are about.
#[must_use]
pub fn said_of(a: &Architecture, fact: &WorkloadFact) -> Option<ComponentIndex> {
    if let Some(about) = &fact.about {
        return a.index_of(about.as_str());
    }
    let acts = matches!(
        fact.key,
        WorkloadKey::Duration
            | WorkloadKey::Latency
            | WorkloadKey::Rate
            | WorkloadKey::PeakRate
            | WorkloadKey::Schedule
            | WorkloadKey::Payload
    );
    let inner = fact.origin.span();
    if inner.is_empty() || !(acts || fact.key == WorkloadKey::Retention) {
        return None;
    }
    let around = a.connections().filter(|c| {
        let outer = c.connection.origin.span();
        outer.start <= inner.start && inner.end <= outer.end && !c.connection.origin.is_assumed()
    });
    let around: Vec<_> = around.collect();
    let tightest = around.iter().map(|c| c.connection.origin.span()).map(|s| s.end - s.start).min()?;
    let inmost = around.iter().filter(|c| {
        let span = c.connection.origin.span();
        span.end - span.start == tightest
    });
    // A channel hands over; who takes from it acts. What is kept is kept where it is put.
    let of = |c: &ConnectionRef<'_>| {
        if acts && !a.at(c.from).kind.is_messaging() { c.from } else { c.to }
    };
    let found: IndexSet<ComponentIndex> = inmost.map(of).collect();
    let mut found: Vec<ComponentIndex> = found.into_iter().collect();
    let sends = matches!(fact.key, WorkloadKey::Rate | WorkloadKey::PeakRate | WorkloadKey::Payload);
    // "keeps profiles in PostgreSQL and caches them in Redis for five minutes": of the store named last before the figure.
    let named = |i: &ComponentIndex| a.at(*i).origin.span().end;
    if !acts {
        let within = around.iter().map(|c| c.connection.origin.span().start).min().unwrap_or_default();
        let last =
            found.iter().copied().filter(|i| (within..=inner.start).contains(&named(i))).max_by_key(named);
        found = last.map_or(found, |last| vec![last]);
    }
    let [one] = found[..] else { return None };
    let kind = a.at(one).kind;
    let fits = if acts {
        let person = kind == Kind::User || kind == Kind::Client && !sends;
        !person && !matches!(kind, Kind::External | Kind::Monitoring) && !kind.is_store()
    } else {
        kind.is_store() || kind.is_messaging() || kind == Kind::Cache
    };
    fits.then_some(one)
}
