//! Of which component a figure is said, where its words name one.
//!
//! Takes what was read and drawn; gives for a figure the component of its clause. What only the arrows tell is found later
//! (`catalog::said_of`).

use super::assemble::Drawn;
use super::component_settings::{last_of, place};
use super::reading::Reading;
use super::wording::singular;
use crate::model::{Architecture, Component, ComponentIndex, Id, Kind, WorkloadKey};
use crate::text::{Source, Span};

/// Words behind which a sentence says what is asked of its subject.
const ASKS: [&str; 14] = [
    "must", "should", "shall", "has to", "have to", "needs to", "takes", "may", "is", "answers", "has",
    "gets", "peaks", "receives",
];
/// Words behind which a part that repeats the verb of the one before says what is asked.
const GAPS: [&str; 4] = ["within", "under", "in", "below"];
/// What is done to a component, so that its first word names it: "the fraud check" of the fraud service.
const DEEDS: [&str; 12] = [
    "check", "call", "answer", "request", "query", "response", "lookup", "score", "api", "service", "portal",
    "site",
];

/// What any store may keep.
const ANY_DATA: [&str; 6] = ["data", "information", "record", "records", "result", "item"];

/// What figures may be said of.
pub(super) struct Subjects<'s> {
    pub(super) source: &'s Source,
    pub(super) reading: &'s Reading,
    pub(super) drawn: &'s Drawn,
    pub(super) architecture: &'s Architecture,
}

impl Subjects<'_> {
    /// The component a figure is said of; `from` is where its clause begins.
    pub(super) fn of(&self, sentence: usize, key: WorkloadKey, from: usize, figure: Span) -> Option<Id> {
        match key {
            WorkloadKey::Duration | WorkloadKey::Schedule => {
                // A store or a system of others does not run.
                let runs = |k: Kind| !k.is_store() && !matches!(k, Kind::External | Kind::User | Kind::Cache);
                let own = self.spoken_of(sentence, from, figure).filter(|id| self.is(id, runs));
                let timed = key == WorkloadKey::Schedule;
                own.or_else(|| self.beside(figure).filter(|id| timed && self.is(id, runs)))
            }
            WorkloadKey::Payload => self.spoken_of(sentence, from, figure),
            WorkloadKey::Retention => {
                let store = |k: Kind| k.is_store() || k == Kind::Cache || k.is_messaging();
                let keeps = |k: Kind| store(k) || k == Kind::Monitoring;
                self.spoken_of(sentence, from, figure)
                    .filter(|id| self.is(id, keeps))
                    .or_else(|| {
                        last_of(
                            self.source,
                            self.architecture,
                            (Span::new(from, figure.start), figure.start),
                            store,
                        )
                    })
                    .or_else(|| self.keeper(from, figure))
            }
            WorkloadKey::Latency | WorkloadKey::Availability => self.subject(from, figure),
            // "The portal has 40,000 users a day and peaks at 80 requests per second"
            WorkloadKey::Rate | WorkloadKey::PeakRate => {
                let start = self.reading.traces.get(sentence)?.span.start;
                let of = self.subject(start, figure)?;
                let kind = self.architecture.component(of.as_str())?.kind;
                (kind == Kind::Client || kind.is_compute()).then_some(of)
            }
            _ => None,
        }
    }

    /// "A nightly Glue job", "started by a timer every night": the part whose name holds the figure or stands right before it.
    fn beside(&self, figure: Span) -> Option<Id> {
        let named = |c: &&Component| {
            let name = c.origin.span();
            let between = self.source.text().get(name.end..figure.start);
            let near = between.is_some_and(|t| t.len() < 3 && t.trim().is_empty());
            !name.is_empty() && (name.start <= figure.start && figure.end <= name.end || near)
        };
        self.architecture.components().find(named).map(|c| c.id.clone())
    }

    /// Whether a component is of such a kind.
    fn is(&self, id: &Id, of: impl Fn(Kind) -> bool) -> bool {
        self.architecture.component(id.as_str()).is_some_and(|c| of(c.kind))
    }

    /// The one component that the sentence speaks of, unless it does so in another part.
    fn spoken_of(&self, sentence: usize, from: usize, figure: Span) -> Option<Id> {
        let trace = self.reading.traces.get(sentence)?;
        let mut indices: Vec<ComponentIndex> = trace
            .mentions
            .iter()
            .filter_map(|&id| self.drawn.components.get(id).copied().flatten())
            .collect();
        indices.sort_unstable();
        indices.dedup();
        let [only] = indices.as_slice() else { return None };
        let component = self.architecture.at(*only);
        let text = self.source.text();
        let named = |range: std::ops::Range<usize>| {
            text.get(range).and_then(|t| place(self.source, component, &t.to_lowercase()))
        };
        let in_clause = named(from..figure.start).is_some();
        let elsewhere = named(trace.span.start..from).is_some();
        let after = named(figure.end..trace.span.end.max(figure.end)).is_some_and(|at| {
            text.get(figure.end..figure.end + at).is_some_and(|between| between.contains([',', ';']))
        });
        let later = text.get(trace.span.start..from).is_some_and(|t| t.trim_end().ends_with(';'));
        let other = !in_clause && (after || elsewhere && later);
        (!other).then(|| component.id.clone())
    }

    /// "Photos are kept for ten years": the store into which they were put.
    fn keeper(&self, from: usize, figure: Span) -> Option<Id> {
        let text = self.source.text().get(from..figure.start)?.to_lowercase();
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !ANY_DATA.contains(w))
            .map(singular)
            .collect();
        let lies = |(head, _): &&(String, usize)| words.iter().any(|w| *w == singular(head));
        let store = |(_, id): &(String, usize)| {
            let index = self.drawn.components.get(*id).copied().flatten()?;
            let component = self.architecture.at(index);
            (component.kind.is_store() && component.kind != Kind::Cache).then_some(component)
        };
        let mut found: Vec<&Component> = self.reading.kept.iter().filter(lies).filter_map(store).collect();
        found.dedup_by_key(|c| c.id.clone());
        match found.as_slice() {
            [one] => Some(one.id.clone()),
            _ => None,
        }
    }

    /// "The upload must answer within 300 ms", "of which the fraud check may use 100 ms": the one part that is called so.
    fn subject(&self, from: usize, figure: Span) -> Option<Id> {
        let text = self.source.text().get(from..figure.start)?.to_lowercase();
        let padded = format!("{text} ");
        let asks = ASKS.iter().filter_map(|a| padded.find(&format!(" {a} "))).min();
        // "A search must answer within 800 ms, a booking within 2 seconds."
        let gapped = || {
            let listed = text.trim_start().starts_with(',');
            GAPS.iter().filter_map(|a| padded.find(&format!(" {a} "))).min().filter(|_| listed)
        };
        let end = asks.or_else(gapped)?;
        let before = padded.get(..end)?;
        let before = before.trim_start_matches([',', ' ']);
        // "Each payment must be answered": a request of the whole, whatever part has its name.
        let any = before.strip_prefix("each ").or_else(|| before.strip_prefix("every "));
        if any.is_some_and(|one| !one.contains(' ')) {
            return None;
        }
        let before = before.rsplit([',', ';', ':']).next().unwrap_or(before);
        let words: Vec<&str> = before.split_whitespace().collect();
        let start =
            words.iter().rposition(|w| matches!(*w, "the" | "a" | "an" | "our" | "each" | "every"))?;
        let subject = words.get(start + 1..)?;
        let (first, last) = (subject.first()?, subject.last()?);
        let fits = |c: &Component| {
            let label = c.label.to_lowercase();
            let own: Vec<&str> = label.split(' ').collect();
            let whole = subject.iter().all(|w| own.contains(w))
                && (own.len() == 1
                    || subject.len() > 1
                    || *first == own[0]
                    || own.last() == Some(first) && subject.len() == 1 && !general(first));
            let deed = subject.len() == 2 && own.first() == Some(first) && DEEDS.contains(last);
            let answers = c.kind.is_compute()
                || c.kind.is_store()
                || matches!(c.kind, Kind::Client | Kind::Gateway | Kind::Cdn);
            answers && (whole || deed)
        };
        let found: Vec<&Component> = self.architecture.components().filter(|c| fits(c)).collect();
        // A service and its database share a name; it is the service that answers.
        let programs: Vec<&Component> = found.iter().copied().filter(|c| !c.kind.is_store()).collect();
        match (found.as_slice(), programs.as_slice()) {
            ([one], _) => Some(one.id.clone()),
            // "Placing an order must take …" is what the whole does.
            (_, [one]) if start == 0 => Some(one.id.clone()),
            _ => None,
        }
    }
}

/// Words that mean the whole as well as a part of it.
fn general(word: &str) -> bool {
    matches!(
        word,
        "system" | "service" | "platform" | "application" | "app" | "api" | "backend" | "site" | "solution"
    )
}
