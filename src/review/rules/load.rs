//! RES018, RES019, CST007, CST009: time limits, rates and prices against what is stated of the whole.

use super::set_on;
use crate::model::{Dimension, Kind, Value, WorkloadKey};
use crate::review::Level;
use crate::review::case::{Case, base, flag, quantity};
use crate::review::estimates::capacity::most;
use crate::review::estimates::cost;
use crate::review::estimates::load::Load;
use crate::review::estimates::rates::{rate_text, three_digits};
use crate::review::facts::{amount, duration};
use crate::review::hits::{Hit, Hits};

/// A time limit above the time in which the whole has to answer.
pub(super) fn outlasts_answer(case: &Case<'_>, out: &mut Hits<'_>) {
    let Some(target) = case.workload(WorkloadKey::Latency) else { return };
    let Some(asked) = base(&target.value, Dimension::Duration) else { return };
    for c in case.a.connections().filter(|c| case.paths.sync(c) && case.paths.on_user_path(c.from)) {
        let Some(limit) = quantity(&c.properties, &["timeout", "deadline"], Dimension::Duration) else {
            continue;
        };
        if limit <= asked {
            continue;
        }
        let (from, to) = (case.id(c.from), case.id(c.to));
        let half = duration(asked / 2.0);
        let hit = Hit::of([c.from, c.to]).over(c.index);
        let hit = hit.word("from", case.label(c.from)).word("to", case.label(c.to));
        let hit = hit.word("timeout", duration(limit)).word("target", target.value.to_string());
        let hit = hit.word("half", half.clone()).fix(0, vec![set_on(&from, &to, "timeout", &half)]);
        // Where the target is met by a share of the answers, the others may take longer.
        let share = matches!(&target.value, Value::Quantity(q) if q.percentile.is_some_and(|p| p < 100.0));
        let hit = if share { hit.level(Level::Info) } else { hit };
        out.add(hit.fact(case.stated("time to answer", &target.value, &target.origin)));
    }
}

/// More than a component is stated to take.
pub(super) fn too_much(case: &Case<'_>, out: &mut Hits<'_>) {
    let limited: Vec<_> =
        case.of_kind(|_| true).into_iter().filter_map(|i| Some((i, most(case, i)?))).collect();
    if limited.is_empty() {
        return;
    }
    let load = Load::of(case);
    for (i, most) in limited {
        let rate = load.usual[i.index()].max(load.peak[i.index()]);
        if rate <= most {
            continue;
        }
        let spared = case
            .a
            .connections_to(i)
            .any(|c| case.a.connections_from(c.from).any(|x| case.kind(x.to) == Kind::Cache));
        let hit =
            Hit::at(i).word("n", case.label(i)).word("most", rate_text(most)).word("rate", rate_text(rate));
        let hit =
            hit.word("cache", if spared { ", unless the cache before it spares it enough" } else { "" });
        let level = if spared { Level::Info } else { Level::Warn };
        out.add(hit.level(level).facts(load.inputs(true)));
    }
}

/// A likely cost above the stated budget. Parts without a price can only make it more.
pub(super) fn above_budget(case: &Case<'_>, out: &mut Hits<'_>) {
    let Some(budget) = case.workload(WorkloadKey::Budget) else { return };
    let Some(most) = base(&budget.value, Dimension::MoneyPerMonth) else { return };
    let Some(estimate) = cost::of(case, &Load::of(case)) else { return };
    if estimate.likely <= most {
        return;
    }
    let mut parts: Vec<_> = estimate.items.iter().collect();
    parts.sort_by(|a, b| b.likely.total_cmp(&a.likely));
    let dear: Vec<_> = parts.iter().filter_map(|p| case.a.index_of(&p.id)).collect();
    let mut hit = Hit::of(dear).word("cost", format!("USD {}", three_digits(estimate.likely)));
    hit = hit.word("budget", budget.value.to_string());
    hit = hit.word("dearest", parts.first().map_or_else(String::new, |p| p.label.clone()));
    out.add(hit.facts(estimate.inputs).fact(case.stated("budget", &budget.value, &budget.origin)));
}

/// From what a part costs in a month, in US dollars, it pays to send less often.
const WORTH_IT: f64 = 100.0;
/// How often a message fits into the step it is paid in when it is small.
const SMALL: f64 = 4.0;

/// Messages that are paid in steps much larger than they are, many of them.
pub(super) fn paid_in_steps(case: &Case<'_>, out: &mut Hits<'_>) {
    let steps: Vec<_> = case
        .of_kind(|_| true)
        .into_iter()
        .filter_map(|i| Some((i, case.figure(i, "billed_bytes")?)))
        .collect();
    if steps.is_empty() {
        return;
    }
    let load = Load::of(case);
    let Some(estimate) = cost::of(case, &load) else { return };
    for (i, step) in steps {
        let (rate, bytes) = (load.usual[i.index()], load.bytes[i.index()]);
        let small = rate > 0.0 && bytes > 0.0 && bytes / rate * SMALL <= step.value;
        let own = estimate.items.iter().filter(|p| p.id == case.id(i).to_string());
        let paid: f64 = own.map(|p| p.likely).sum();
        let names = ["batch", "batched", "batch_size", "batching"];
        // Who sends nothing of the stated rate has no part in it.
        let sends = |c: &crate::model::ConnectionRef<'_>| c.from != i && load.usual[c.from.index()] > 0.0;
        let senders: Vec<_> = case.a.connections_to(i).filter(sends).collect();
        let told = case.flag(i, &names).is_some()
            || senders
                .iter()
                .any(|c| flag(&c.properties, &names).is_some() || case.flag(c.from, &names).is_some());
        if !small || paid < WORTH_IT || told || senders.is_empty() {
            continue;
        }
        let from: Vec<_> = senders.iter().map(|c| c.from).collect();
        let fix = senders.iter().map(|c| set_on(&case.id(c.from), &case.id(i), "batch", "10")).collect();
        let mut hit = Hit::of(std::iter::once(i).chain(from.iter().copied())).word("n", case.label(i));
        hit = hit.word("rate", rate_text(rate)).word("size", amount((bytes / rate).round(), "bytes"));
        hit = hit.word("step", step.text()).word("cost", format!("USD {}", three_digits(paid)));
        hit = hit.word("from", case.names(&from)).fact(step.fact());
        out.add(hit.facts(load.inputs(false)).fix(0, fix));
    }
}
