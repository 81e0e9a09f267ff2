//! RES003, RES023: parts that stand in one place and fail together.

use super::set;
use crate::model::{ComponentIndex, GroupKind, Kind};
use crate::review::case::{Case, flag};
use crate::review::hits::{Hit, Hits};

pub(super) fn one_zone(case: &Case<'_>, out: &mut Hits<'_>) {
    let zones: Vec<_> = case.a.groups().iter().filter(|g| g.kind == GroupKind::Zone).collect();
    let [zone] = zones.as_slice() else { return };
    let all = case.of_kind(|k| k.is_compute() || k.is_store());
    let inside: Vec<_> = all
        .iter()
        .copied()
        .filter(|&i| {
            case.within(i, &[GroupKind::Zone]).is_some() && case.flag(i, &["multi_az", "zones"]) != Some(true)
        })
        .collect();
    if inside.is_empty() || inside.len() < all.len() {
        return;
    }
    let fix = inside
        .iter()
        .map(|&i| set(&case.id(i), if case.kind(i).is_store() { "multi_az" } else { "zones" }, "true"));
    let fix = fix.collect();
    let names = case.names(&inside);
    out.add(Hit::of(inside).word("names", names).word("zone", zone.label.clone()).fix(0, fix));
}

/// All that is kept or run at an own site, where there is only the one.
pub(super) fn one_site(case: &Case<'_>, out: &mut Hits<'_>) {
    let sites: Vec<_> = case.a.groups().iter().filter(|g| g.kind == GroupKind::OnPremises).collect();
    let [site] = sites.as_slice() else { return };
    let second =
        ["standby", "second_site", "disaster_recovery", "multi_az", "replication", "zones", "replicas"];
    let inside = |i: ComponentIndex| case.within(i, &[GroupKind::OnPremises]).is_some();
    let kept: Vec<ComponentIndex> =
        case.of_kind(|k| k.is_store() && k != Kind::Cache).into_iter().filter(|&i| inside(i)).collect();
    let told = flag(&site.properties, &second).is_some()
        || kept
            .iter()
            .any(|&i| case.flag(i, &second).is_some() || case.at(i).replicas.is_some_and(|r| r > 1));
    if kept.is_empty() || told {
        return;
    }
    let fix = kept.iter().map(|&i| set(&case.id(i), "standby", "second site")).collect();
    let hit = Hit::of(kept.iter().copied()).word("names", case.names(&kept));
    out.add(hit.word("site", site.label.clone()).fix(0, fix));
}
