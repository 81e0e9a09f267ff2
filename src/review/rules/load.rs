//! RES018, RES019, CST007: time limits, rates and prices against what is stated of the whole.

use super::set_on;
use crate::model::{Dimension, Kind, Value, WorkloadKey};
use crate::review::Level;
use crate::review::case::{Case, base, quantity};
use crate::review::estimates::capacity::most;
use crate::review::estimates::cost;
use crate::review::estimates::load::Load;
use crate::review::estimates::rates::{rate_text, three_digits};
use crate::review::facts::duration;
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
