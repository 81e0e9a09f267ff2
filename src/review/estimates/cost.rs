//! The monthly cost at list prices, where a rate is stated.
//!
//! The rates are those of the capacity table. A month has 730 hours. What drives the price and is not stated is assumed, printed, and makes the range:
//! half of it, it, three times it.

use serde::Serialize;

use super::capacity::{kept, walked};
use super::inflows;
use super::load::Load;
use super::two_digits;
use crate::model::{ComponentIndex, Dimension, Kind, WorkloadKey};
use crate::review::Fact;
use crate::review::case::{Case, base, quantity};
use crate::review::facts::Figure;

/// The seconds of a month of 730 hours.
const MONTH: f64 = 2_628_000.0;
/// The bytes of what vendors bill as a gigabyte.
const GB: f64 = 1_073_741_824.0;
/// Assumed where a function's time or memory is not stated.
const ASSUMED_SECONDS: f64 = 0.1;
/// 512 MB, as gigabytes.
const ASSUMED_GB: f64 = 0.5;

/// What the system costs in a month, in US dollars, two significant digits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cost {
    /// Requests in a month, from the stated rate.
    pub requests: f64,
    /// With assumed drivers at half.
    pub low: f64,
    /// With everything as stated or assumed.
    pub likely: f64,
    /// With assumed drivers at three times.
    pub high: f64,
    /// The parts.
    pub items: Vec<CostItem>,
    /// What the figures rest on.
    pub inputs: Vec<Fact>,
    /// How many components have a price here.
    pub covered: usize,
    /// The labels of components whose prices are not known here, or to which no stated rate leads.
    pub uncovered: Vec<String>,
}

/// One component's part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CostItem {
    /// The component.
    pub id: String,
    /// Its label.
    pub label: String,
    /// How it is computed, with the figures in it.
    pub formula: String,
    /// Dollars a month, two significant digits.
    pub likely: f64,
    /// Where the price comes from.
    pub origin: String,
}

pub(crate) fn of(case: &Case<'_>, load: &Load) -> Option<Cost> {
    let stated: Vec<_> = load.inflows.iter().filter(|x| x.usual.is_some()).collect();
    let requests = stated.iter().filter_map(|x| x.usual).sum::<f64>() * MONTH;
    if stated.is_empty() {
        return None;
    }
    let (mut low, mut likely, mut high) = (0.0, 0.0, 0.0);
    let (mut items, mut uncovered, mut covered) = (Vec::new(), Vec::new(), 0);
    let mut inputs = load.inputs(false);
    let month = Fact { key: "hours in a month".into(), value: "730".into(), origin: "convention".into() };
    inputs.extend([month, walked()]);
    for (i, component) in case.a.indexed() {
        let found = prices(case, load, i, &mut inputs);
        if found.is_empty() {
            if !component.kind.is_outside() {
                uncovered.push(case.label(i));
            }
            continue;
        }
        covered += 1;
        for price in found {
            low += price.low;
            likely += price.likely;
            high += price.high;
            items.push(CostItem {
                id: component.id.to_string(),
                label: case.label(i),
                formula: price.formula,
                likely: two_digits(price.likely),
                origin: price.origin,
            });
        }
    }
    if items.is_empty() {
        return None;
    }
    Some(Cost {
        requests,
        low: two_digits(low),
        likely: two_digits(likely),
        high: two_digits(high),
        items,
        inputs,
        covered,
        uncovered,
    })
}

struct Price {
    low: f64,
    likely: f64,
    high: f64,
    formula: String,
    origin: String,
}

/// A price with a range of its own says how far it goes; else what is assumed makes the range.
fn range(figure: &Figure, likely: f64, assumed: bool) -> (f64, f64) {
    match figure.to {
        Some(to) => (likely, likely * to / figure.value),
        None if assumed => (likely * 0.5, likely * 3.0),
        None => (likely, likely),
    }
}

fn prices(case: &Case<'_>, load: &Load, i: ComponentIndex, inputs: &mut Vec<Fact>) -> Vec<Price> {
    let (calls, bytes) = (load.usual[i.index()] * MONTH, load.bytes[i.index()]);
    let mut found = Vec::new();
    // One message a run is assumed; batches make the runs fewer.
    let batch = batch(case, i).filter(|_| calls > 0.0);
    if batch.is_some() {
        assume(inputs, "messages that one run of a function takes, where not stated", "1");
    }
    let share = 1.0 / batch.unwrap_or(1.0);
    let mut times = |figure: &Figure, amount: f64, of: &str| {
        let likely = amount * figure.value;
        let (low, high) = range(figure, likely, false);
        let low = low * share;
        let formula = format!("{} {of} {} × {}", short(amount), figure.name, figure.text());
        found.push(Price { low, likely, high, formula: formula.replace("  ", " "), origin: figure.origin() });
    };
    if let Some(figure) = per_request(case, i).filter(|_| calls > 0.0 && !of_others(case, load, i)) {
        // What a monthly price includes is not paid again.
        let paid = calls / 1e6 - case.figure(i, "included_requests").map_or(0.0, |f| f.value);
        if paid > 0.0 {
            times(figure, paid, "million");
        }
    }
    if let Some(figure) = case.figure(i, "price_gb").filter(|_| bytes > 0.0) {
        let step = case.figure(i, "billed_bytes").map_or(0.0, |f| f.value);
        times(figure, stepped(load.usual[i.index()], bytes, step) * MONTH / GB, "GB");
    }
    if let (Some(figure), Some(gigabytes)) = (case.figure(i, "price_gb_month"), held(case, load, i)) {
        times(figure, gigabytes, "GB");
    }
    if let Some(figure) = case.figure(i, "price_gb_second").filter(|_| calls > 0.0) {
        let seconds =
            case.workload_of(i, WorkloadKey::Duration).and_then(|f| base(&f.value, Dimension::Duration));
        let seconds = seconds.or_else(|| case.seconds(i, &["duration", "run_time"]));
        let memory = quantity(&case.at(i).properties, &["memory"], Dimension::Bytes).map(|b| b / GB);
        let assumed = seconds.is_none() || memory.is_none();
        if seconds.is_none() {
            assume(inputs, "time of one run, where not stated", "100 ms");
        }
        if memory.is_none() {
            assume(inputs, "memory of a function, where not stated", "512 MB");
        }
        let (s, gb) = (seconds.unwrap_or(ASSUMED_SECONDS), memory.unwrap_or(ASSUMED_GB));
        let likely = calls * s * gb * figure.value;
        let (low, high) = range(figure, likely, assumed);
        let low = low * share;
        let formula = format!(
            "{} million runs × {} s × {} GB × {} USD per GB-second",
            short(calls / 1e6),
            short(s),
            short(gb),
            figure.value
        );
        found.push(Price { low, likely, high, formula, origin: figure.origin() });
    }
    if let Some(figure) = case.figure(i, "price_month") {
        let units = units(case, load, i);
        let copies = units.unwrap_or(f64::from(case.at(i).replicas.unwrap_or(1)));
        let likely = figure.value * copies;
        let (low, high) = range(figure, likely, units.is_none() && case.at(i).replicas.is_none());
        let formula = format!("{copies} × {} ({})", figure.text(), figure.name);
        found.push(Price { low: low.max(likely), likely, high, formula, origin: figure.origin() });
    }
    found
}

/// The bytes a second that are paid where each of `rate` messages a second is rounded up to whole steps.
fn stepped(rate: f64, bytes: f64, step: f64) -> f64 {
    if rate <= 0.0 || step <= 0.0 {
        return bytes;
    }
    // A message that fills its steps takes no further one for the last bit of a division.
    rate * (bytes / rate / step - 1e-9).ceil().max(1.0) * step
}

/// How many messages one run of a function takes by default, at most, where it gets its work in batches and no number is
/// stated: 100 from a stream, 10 from a queue, as AWS Lambda does.
fn batch(case: &Case<'_>, i: ComponentIndex) -> Option<f64> {
    if case.kind(i) != Kind::Function || case.flag(i, &["batch", "batch_size"]).is_some() {
        return None;
    }
    let mut into = case.a.connections_to(i).map(|c| case.kind(c.from)).peekable();
    into.peek()?;
    into.map(|kind| match kind {
        Kind::Stream => Some(100.0),
        Kind::Queue => Some(10.0),
        _ => None,
    })
    .reduce(|a, b| Some(f64::min(a?, b?)))
    .flatten()
}

/// Whether what is sent to people stems from events that count something else than the stated rates do: "scans" come in,
/// "status changes" are published, and nobody says how many of these a scan makes.
fn of_others(case: &Case<'_>, load: &Load, i: ComponentIndex) -> bool {
    let counted: Vec<String> =
        load.inflows.iter().flat_map(|x| &x.facts).flat_map(|(_, f)| inflows::counted(&f.value)).collect();
    if !matches!(case.kind(i), Kind::Notification | Kind::Email) || counted.is_empty() {
        return false;
    }
    let senders = case.a.connections_to(i).map(|c| c.from);
    let channels = senders.flat_map(|s| case.a.connections_to(s)).map(|c| c.from);
    let mut channels = channels.filter(|&c| case.kind(c).is_messaging());
    channels.any(|channel| {
        let told: Vec<String> = case.a.connections_to(channel).filter_map(|c| c.label.clone()).collect();
        !told.is_empty() && !told.iter().any(|label| inflows::tells(label, &counted))
    })
}

/// The gigabytes a store holds: what comes in over the time it is kept, else what is stated to be kept, in the only store.
fn held(case: &Case<'_>, load: &Load, i: ComponentIndex) -> Option<f64> {
    let bytes = load.bytes[i.index()];
    if let Some((seconds, _)) = kept(case, i).filter(|_| bytes > 0.0) {
        return Some(bytes * seconds / GB);
    }
    let stores = case.of_kind(Kind::is_store);
    let whole = case.workload(WorkloadKey::DataVolume).filter(|_| stores == [i]);
    let stated = case.workload_of(i, WorkloadKey::DataVolume).or(whole)?;
    Some(base(&stated.value, Dimension::Bytes)? / GB)
}

/// How many of what is paid by capacity the load takes, such as shards; nothing where the number is stated or no limit is known.
fn units(case: &Case<'_>, load: &Load, i: ComponentIndex) -> Option<f64> {
    if case.at(i).replicas.is_some() {
        return None;
    }
    let (rate, most) = (case.figure(i, "unit_rate"), case.figure(i, "unit_bytes"));
    let top = load.usual[i.index()].max(load.peak[i.index()]);
    let by = |figure: Option<&Figure>, amount: f64| figure.map(|f| (amount / f.value).ceil());
    let needed = [by(rate, top), by(most, load.bytes[i.index()])].into_iter().flatten();
    needed.reduce(f64::max).map(|n| n.max(1.0))
}

/// The price of a call: of a read or a write where every arrow to the component says which, else what lies between.
fn per_request(case: &Case<'_>, i: ComponentIndex) -> Option<&'static Figure> {
    let into: Vec<_> = case.a.connections_to(i).collect();
    // Streams and their jobs write files of many records each, so that the calls are few.
    let gathers = |k: Kind| matches!(k, Kind::Stream | Kind::Analytics | Kind::Warehouse);
    if case.kind(i) == Kind::Storage && into.iter().any(|c| gathers(case.kind(c.from))) {
        return None;
    }
    let all =
        |test: &dyn Fn(&crate::model::ConnectionRef<'_>) -> bool| !into.is_empty() && into.iter().all(test);
    let key = if all(&|c| case.reads(c) == Some(true) && case.writes(c) == Some(false)) {
        "price_read"
    } else if all(&|c| case.writes(c) == Some(true) && case.reads(c) == Some(false)) {
        "price_write"
    } else {
        "price_request"
    };
    case.figure(i, key).or_else(|| case.figure(i, "price_request"))
}

fn assume(inputs: &mut Vec<Fact>, key: &str, value: &str) {
    let fact = Fact { key: key.into(), value: value.into(), origin: "assumed".into() };
    if !inputs.contains(&fact) {
        inputs.push(fact);
    }
}

/// At most two decimals, without trailing zeros; of less than a tenth four.
fn short(value: f64) -> String {
    let small = value > 0.0 && value < 0.1;
    let digits = if small { 4 } else { 2 };
    let text = format!("{value:.digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
