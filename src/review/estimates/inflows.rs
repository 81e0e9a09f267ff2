//! Where the load comes in: at the parts whose rates are stated, at things that send at an interval, and, stated of the
//! whole, where what it counts enters, else with the people.
//!
//! What is taken for granted there is kept in [`Load::assumed`] and printed.

use super::load::{Inflow, Load};
use super::rates::{interval, rate_text};
use crate::model::{ComponentIndex, ConnectionRef, Dimension, Kind, WorkloadFact, WorkloadKey};
use crate::review::Fact;
use crate::review::case::{Case, base, enumerate, quantity};
use crate::review::words::says;

/// From how many beginnings what follows is walked.
const MOST_WALKED: usize = 200;

/// The rates that are stated of single parts, or follow from what is.
pub(super) fn own(case: &Case<'_>) -> Vec<Inflow> {
    case.a.indexed().filter_map(|(i, _)| stated(case, i).or_else(|| at_intervals(case, i))).collect()
}

impl Load {
    /// The rates of the whole: each that counts what some arrows tell comes in there; of all others the highest comes from
    /// the people, and each lower one stands at the one program that is called after what it counts.
    pub(super) fn shares(&mut self, case: &Case<'_>, key: WorkloadKey) {
        let mut rest: Option<(f64, &WorkloadFact)> = None;
        let mut lower: Vec<(f64, &WorkloadFact)> = Vec::new();
        for fact in case.workloads(key, None) {
            let value = fact.value.to_string();
            // "30 times per second" is how often each does it; how many do it at once is not said.
            let load = !says(&value, "money") && !says(&value, "frequency");
            let Some(rate) = base(&fact.value, Dimension::Rate).filter(|_| load) else {
                continue;
            };
            // A peak without a word for what it counts comes in where the usual rate does.
            if key == WorkloadKey::PeakRate
                && counted(&value).is_empty()
                && self.follow_usual(case, fact, rate)
            {
                continue;
            }
            let mut doors = doors(case, &value);
            if doors.is_empty() {
                doors = named_after(case, &value);
            }
            if doors.is_empty() {
                doors = called_after(case, &value);
            }
            if doors.is_empty() {
                let (most, less) = match rest {
                    Some(most) if most.0 >= rate => (most, Some((rate, fact))),
                    other => ((rate, fact), other),
                };
                rest = Some(most);
                lower.extend(less);
                continue;
            }
            let names = enumerate(&doors.iter().map(|&i| case.label(i)).collect::<Vec<_>>());
            self.take_in(case, fact, &doors, rate);
            self.assume(fact, "comes in at", names);
        }
        // "60 uploads per second, otherwise 5": a rate that counts nothing says less than one that does.
        let named = self.assumed.iter().any(|(k, _)| *k == key);
        let rest = rest.filter(|(_, fact)| !named || !counted(&fact.value.to_string()).is_empty());
        if let Some((rate, fact)) = rest {
            self.share_among_people(case, fact, rate);
        }
        // "2 million page views and 40,000 orders a month": the order service gets the orders, whatever comes before it.
        for (rate, fact) in lower {
            let counted = counted(&fact.value.to_string());
            let called = |i: &ComponentIndex| tells(&case.label(*i), &counted);
            let parts: Vec<_> = case.of_kind(Kind::is_compute).into_iter().filter(called).collect();
            if let ([one], false) = (parts.as_slice(), counted.is_empty()) {
                self.stand_at(case, fact, *one, rate);
            }
        }
    }

    /// A rate of the whole that is one part's.
    fn stand_at(&mut self, case: &Case<'_>, fact: &WorkloadFact, at: ComponentIndex, rate: f64) {
        if self.inflows.iter().any(|x| x.at == at) {
            return;
        }
        let peak = fact.key == WorkloadKey::PeakRate;
        let told = case.stated(if peak { "rate at the peak" } else { "rate" }, &fact.value, &fact.origin);
        let (usual, most) = if peak { (None, Some(rate)) } else { (Some(rate), None) };
        let facts = vec![(fact.key, told)];
        self.inflows.push(Inflow { at, own: true, usual, peak: most, size: size(case, at), facts });
        self.assume(fact, "comes in at", case.label(at));
    }

    /// A peak, where the usual rate of the whole came in, in the same shares; whether there is one.
    fn follow_usual(&mut self, case: &Case<'_>, fact: &WorkloadFact, rate: f64) -> bool {
        let shared: Vec<_> =
            self.inflows.iter().filter(|x| !x.own).filter_map(|x| Some((x.at, x.usual?))).collect();
        let all: f64 = shared.iter().map(|(_, usual)| usual).sum();
        for &(at, usual) in &shared {
            self.take_in(case, fact, &[at], rate * usual / all);
        }
        if !shared.is_empty() {
            self.assume(fact, "comes in", "as the usual rate does".into());
        }
        !shared.is_empty()
    }

    fn assume(&mut self, fact: &WorkloadFact, what: &str, value: String) {
        let key = format!("{} {what}", fact.value);
        self.assumed.push((fact.key, Fact { key, value, origin: "assumed".into() }));
    }

    /// A rate of the whole comes from people: from those that its words are about, else from all who are no staff.
    fn share_among_people(&mut self, case: &Case<'_>, fact: &WorkloadFact, rate: f64) {
        // What a part sends or gets by its own figures is no share of this one.
        let asks = |i: ComponentIndex| case.paths.flow().neighbors(i).any(|n| case.kind(n) != Kind::Identity);
        let counted = |i: &ComponentIndex| asks(*i) && !self.inflows.iter().any(|x| x.at == *i && x.own);
        let from = |all: &[ComponentIndex]| all.iter().copied().filter(counted).collect::<Vec<_>>();
        let mut bearers = from(&case.paths.people);
        if bearers.is_empty() {
            bearers = from(&case.paths.entries);
        }
        // A program that one of them gets on the way sends nothing of its own.
        let led: Vec<ComponentIndex> =
            bearers.iter().take(MOST_WALKED).flat_map(|&i| case.paths.downstream(i)).collect();
        let first: Vec<_> = bearers.iter().copied().filter(|i| !led.contains(i)).collect();
        if !first.is_empty() {
            bearers = first;
        }
        // "The portal serves 40,000 customers, about 25 requests per second": of those in whose words it stands.
        let at = fact.origin.span();
        let beside = |i: &ComponentIndex| {
            let around = |c: &ConnectionRef<'_>| {
                let span = c.connection.origin.span();
                !at.is_empty() && span.start <= at.start && at.end <= span.end
            };
            case.a.connections_from(*i).any(|c| around(&c))
        };
        let all = bearers.len();
        let named: Vec<_> = bearers.iter().copied().filter(beside).collect();
        if !named.is_empty() {
            bearers = named;
        }
        let value = fact.value.to_string();
        let speaking = |far: bool| {
            let speaks = |i: &ComponentIndex| speaks_of(case, *i, &value, far);
            bearers.iter().copied().filter(speaks).collect::<Vec<_>>()
        };
        let near = speaking(false);
        let spoken = if near.is_empty() && all <= MOST_WALKED { speaking(true) } else { near };
        let guests: Vec<_> = bearers.iter().copied().filter(|&i| !case.is_called(i, "admin")).collect();
        let both: Vec<_> = guests.iter().copied().filter(|i| spoken.contains(i)).collect();
        if let Some(some) = [both, spoken, guests].into_iter().find(|some| !some.is_empty()) {
            bearers = some;
        }
        // Things send by themselves; what is asked for without a word for them is asked by people.
        let people: Vec<_> = bearers.iter().copied().filter(|&i| case.kind(i) != Kind::Device).collect();
        if !people.is_empty() {
            bearers = people;
        }
        if all > 1 {
            let names = enumerate(&bearers.iter().map(|&i| case.label(i)).collect::<Vec<_>>());
            let shared = if bearers.len() > 1 { format!("{names}, in equal shares") } else { names };
            self.assume(fact, "comes from", shared);
        }
        #[allow(clippy::cast_precision_loss)] // a handful of entries
        let part = rate / bearers.len() as f64;
        self.take_in(case, fact, &bearers, part);
    }

    fn take_in(&mut self, case: &Case<'_>, fact: &WorkloadFact, places: &[ComponentIndex], part: f64) {
        let peak = fact.key == WorkloadKey::PeakRate;
        let told = case.stated(if peak { "rate at the peak" } else { "rate" }, &fact.value, &fact.origin);
        for &at in places {
            let known = self.inflows.iter().position(|x| x.at == at && !x.own);
            let place = known.unwrap_or_else(|| {
                let size = size(case, at);
                self.inflows.push(Inflow {
                    at,
                    own: false,
                    usual: None,
                    peak: None,
                    size,
                    facts: Vec::new(),
                });
                self.inflows.len() - 1
            });
            let inflow = &mut self.inflows[place];
            *if peak { &mut inflow.peak } else { &mut inflow.usual }.get_or_insert(0.0) += part;
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
        case.workloads(WorkloadKey::Schedule, Some(i)).find_map(|f| {
            let text = f.value.to_string();
            Some((interval(&text)?, text))
        })
    });
    // What comes once a year is no sending.
    told.filter(|(s, _)| *s > 0.0 && *s <= 86_400.0)
}

/// How large what comes in there is, in bytes, where that is stated.
fn size(case: &Case<'_>, i: ComponentIndex) -> Option<f64> {
    let stated = case.workload_of(i, WorkloadKey::Payload).and_then(|f| base(&f.value, Dimension::Bytes));
    stated
        .or_else(|| quantity(&case.at(i).properties, &["payload", "message_size", "size"], Dimension::Bytes))
}

/// The beginnings of what a rate counts: "900 payments per second" counts "payment".
pub(super) fn counted(value: &str) -> Vec<String> {
    let lower = value.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3);
    words.filter(|w| !says(w, "unit_of_rate")).map(|w| w.trim_end_matches('s').to_owned()).collect()
}

pub(super) fn tells(text: &str, counted: &[String]) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphabetic()).any(|t| counted.iter().any(|w| t.starts_with(w.as_str())))
}

/// What people do: the arrows that leave them, and those of the programs they use.
fn done_by<'a>(case: &Case<'a>, i: ComponentIndex) -> Vec<ConnectionRef<'a>> {
    let programs = case.a.connections_from(i).map(|c| c.to).filter(|&to| case.kind(to) == Kind::Client);
    std::iter::once(i).chain(programs).flat_map(|i| case.a.connections_from(i)).collect()
}

/// Whether what a person does, or `far`, what follows from it, is what a rate counts: "900 payments per second", "send
/// payment requests".
fn speaks_of(case: &Case<'_>, i: ComponentIndex, value: &str, far: bool) -> bool {
    let counted = counted(value);
    let told = |c: &ConnectionRef<'_>| {
        [&c.label, &c.payload].into_iter().flatten().any(|text| tells(text, &counted))
            || far && tells(&case.label(c.to), &counted)
    };
    if far {
        let behind = case.paths.downstream(i);
        return behind.into_iter().flat_map(|i| case.a.connections_from(i)).any(|c| told(&c));
    }
    done_by(case, i).iter().any(told)
}

/// The beginnings that are called after what a rate counts: "2 million plays a day", a part "Play" that sends; or, where
/// nothing that people do tells of it, those that are said to do it: "reporters upload files", "400 uploads a day".
fn named_after(case: &Case<'_>, value: &str) -> Vec<ComponentIndex> {
    let counted = counted(value);
    let spoken = case.paths.people.iter().any(|&i| speaks_of(case, i, value, false));
    let does = |i: ComponentIndex| {
        let mut labels = case.a.connections_from(i).filter_map(|c| c.label.clone());
        !spoken && labels.any(|l| tells(&l, &counted))
    };
    let beginning =
        |i: &ComponentIndex| !case.kind(*i).is_actor() && (tells(&case.label(*i), &counted) || does(*i));
    case.paths.entries.iter().copied().filter(beginning).collect()
}

/// The one program that is called after what a rate counts, where nothing that people do, nor what follows from it, tells of
/// that: "1,200 authorizations per second", an authorization service that no person's request is said to reach.
fn called_after(case: &Case<'_>, value: &str) -> Vec<ComponentIndex> {
    let counted = counted(value);
    let people = &case.paths.people;
    let spoken = people.len() > MOST_WALKED
        || people.iter().any(|&i| speaks_of(case, i, value, false) || speaks_of(case, i, value, true));
    let called = |i: &ComponentIndex| !spoken && tells(&case.label(*i), &counted);
    let parts: Vec<_> = case.of_kind(Kind::is_compute).into_iter().filter(called).collect();
    if parts.len() == 1 { parts } else { Vec::new() }
}

/// Where what a rate counts comes in, if some of the people's arrows into the system tell of it and others do not: the parts
/// they lead to, without those that lie behind another.
fn doors(case: &Case<'_>, value: &str) -> Vec<ComponentIndex> {
    let counted = counted(value);
    let inside = |c: &ConnectionRef<'_>| {
        !matches!(case.kind(c.to), Kind::User | Kind::Client | Kind::Identity)
            && !case.is_called(c.from, "admin")
    };
    let people = case.paths.people.iter().filter(|&&i| !case.is_called(i, "admin"));
    let arrows: Vec<_> = people.flat_map(|&i| done_by(case, i)).filter(inside).collect();
    let of = |c: &&ConnectionRef<'_>| {
        c.label.as_deref().is_some_and(|l| tells(l, &counted)) || tells(&case.label(c.to), &counted)
    };
    let mut doors: Vec<ComponentIndex> = arrows.iter().filter(of).map(|c| c.to).collect();
    if doors.is_empty() {
        // Deeper inside: "moves", where the gateway hands each move to the game server.
        let behind = |to: ComponentIndex| {
            let parts = std::iter::once(to).chain(case.paths.downstream(to));
            parts
                .flat_map(|i| case.a.connections_from(i))
                .any(|c| [&c.label, &c.payload].into_iter().flatten().any(|text| tells(text, &counted)))
        };
        if arrows.len() <= MOST_WALKED {
            doors = arrows.iter().map(|c| c.to).filter(|&to| behind(to)).collect();
        }
    }
    doors.sort_unstable();
    doors.dedup();
    if doors.is_empty() || arrows.iter().all(|c| doors.contains(&c.to)) {
        return Vec::new();
    }
    let behind: Vec<ComponentIndex> = doors.iter().flat_map(|&d| case.paths.downstream(d)).collect();
    let first: Vec<_> = doors.iter().copied().filter(|d| !behind.contains(d)).collect();
    if first.is_empty() { doors } else { first }
}
