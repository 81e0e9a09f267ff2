//! RES018, RES019: time limits and rates against what is stated of the whole.

use super::set_on;
use crate::model::{Dimension, Kind, WorkloadKey};
use crate::review::Level;
use crate::review::case::{Case, base, quantity};
use crate::review::estimates::capacity::most;
use crate::review::estimates::load::Load;
use crate::review::estimates::rates::rate_text;
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
