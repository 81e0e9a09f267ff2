//! RES016: what is asked of the whole, and of single parts, against what the parts promise.

use crate::model::{Dimension, WorkloadKey};
use crate::review::case::{Case, base, enumerate};
use crate::review::estimates::availability;
use crate::review::facts::duration;
use crate::review::hits::{Hit, Hits};
use crate::review::{Fact, Level};

pub(super) fn misses_target(case: &Case<'_>, out: &mut Hits<'_>) {
    whole_down_too_long(case, out);
    part_down_too_long(case, out);
    answers_too_late(case, out);
}

/// The worst path against the availability asked of the whole.
fn whole_down_too_long(case: &Case<'_>, out: &mut Hits<'_>) {
    if let Some(target) = case.workload(WorkloadKey::Availability)
        && let Some(asked) = base(&target.value, Dimension::Ratio)
    {
        // Parts without a figure can only make it less: the product of the others is the most there can be.
        let worst = availability::paths(case)
            .into_iter()
            .filter(|p| p.factors.len() > 1 || p.unstated.is_empty())
            .min_by(|a, b| a.ratio.total_cmp(&b.ratio));
        if let Some(path) = worst.filter(|p| p.ratio < asked && !p.factors.is_empty()) {
            let names: Vec<_> = path.factors.iter().map(|f| f.label.clone()).collect();
            let own = path.components.iter().copied().filter(|&i| !case.kind(i).is_actor());
            let hit = Hit::of(own).word("what", "Availability");
            let hit =
                hit.word("target", target.value.to_string()).word("value", availability::percent(path.ratio));
            // A service level is a promise to pay, not a forecast.
            let hit = hit.level(if path.unstated.is_empty() { Level::Warn } else { Level::Info });
            let facts = path.components.iter().filter_map(|&i| case.figure_or_default(i, "availability"));
            let hit = hit.word("chain", enumerate(&names)).facts(facts.map(|f| f.fact()));
            out.add(hit.fact(case.stated("availability target", &target.value, &target.origin)));
        }
    }
}

/// A part with all that it waits for against the availability asked of it.
fn part_down_too_long(case: &Case<'_>, out: &mut Hits<'_>) {
    for (path, target) in availability::targeted(case) {
        let short = base(&target.value, Dimension::Ratio).is_some_and(|asked| path.ratio < asked);
        let chained = path.factors.len() > 1 || path.unstated.is_empty();
        if !short || !chained {
            continue;
        }
        let parts = path.factors.iter().filter_map(|f| case.a.index_of(&f.id));
        let hit = Hit::of(path.components.iter().copied().chain(parts));
        let names: Vec<_> = path.factors.iter().map(|f| f.label.clone()).collect();
        let hit = hit.word("what", format!("The availability of {}", case.names(&path.components)));
        let hit =
            hit.word("target", target.value.to_string()).word("value", availability::percent(path.ratio));
        let hit = hit.word("chain", enumerate(&names));
        let hit = hit.level(if path.unstated.is_empty() { Level::Warn } else { Level::Info });
        out.add(hit.fact(case.stated("availability target", &target.value, &target.origin)));
    }
}

/// The stated times along a chain of calls against the time in which the whole must answer.
fn answers_too_late(case: &Case<'_>, out: &mut Hits<'_>) {
    if let Some(target) = case.workload(WorkloadKey::Latency)
        && let Some(asked) = base(&target.value, Dimension::Duration)
    {
        for &entry in &case.paths.people {
            let timed = |i| case.seconds(i, &["latency", "response_time"]).is_some();
            let micros = |i| case.seconds(i, &["latency", "response_time"]).map_or(0, microseconds);
            let chain: Vec<_> =
                case.paths.heaviest_chain(&[entry], micros).into_iter().filter(|&i| timed(i)).collect();
            let sum: f64 = chain.iter().filter_map(|&i| case.seconds(i, &["latency", "response_time"])).sum();
            // A microsecond apart is the same figure written in two units.
            if sum > asked + 1e-6 {
                let facts = chain.iter().filter_map(|&i| {
                    let value = duration(case.seconds(i, &["latency", "response_time"])?);
                    Some(Fact { key: format!("{}: latency", case.label(i)), value, origin: "stated".into() })
                });
                let hit =
                    Hit::of(chain.iter().copied()).word("what", "The answer").word("value", duration(sum));
                let hit = hit.word("target", target.value.to_string()).word("chain", case.names(&chain));
                out.add(hit.facts(facts).fact(case.stated("latency target", &target.value, &target.origin)));
                return;
            }
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // times are small and not negative
fn microseconds(seconds: f64) -> u64 {
    (seconds * 1e6).round().max(0.0) as u64
}
