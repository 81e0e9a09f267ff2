//! The way that data take through named products: what collects them, carries them, works on them, keeps them and shows them.
//!
//! Takes the draft with all technologies in it and joins products of neighbouring stages that nothing joins yet. What a product
//! is known to do is in the data files; it names no product.

use crate::model::{Kind, Mode, Origin};

use super::assemble::Assembly;
use super::draft::{Part, class};
use super::knowledge::vocabulary;

/// The stages, in the order in which data pass them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Collects,
    Carries,
    WorksOn,
    Keeps,
    Shows,
}

impl Assembly<'_> {
    /// Joins named products of neighbouring stages.
    pub(crate) fn pass_stages(&mut self) {
        let parts: Vec<(usize, Stage)> =
            self.draft.parts.iter().enumerate().filter_map(|(i, p)| Some((i, stage(p)?))).collect();
        for &(at, stage) in &parts {
            let next = || parts.iter().map(|p| p.1).filter(|s| *s > stage).min();
            let joined = |to: usize| self.draft.linked(at, to) || self.draft.linked(to, at);
            let ends: Vec<usize> = match stage {
                Stage::Collects | Stage::Carries => {
                    let far = next().filter(|s| *s < Stage::Shows);
                    parts.iter().filter(|p| Some(p.1) == far).map(|p| p.0).collect()
                }
                Stage::WorksOn => parts.iter().filter(|p| p.1 == Stage::Keeps).map(|p| p.0).collect(),
                Stage::Keeps => continue,
                Stage::Shows => {
                    let warehouse = |i: &usize| self.draft.parts[*i].kind == Kind::Warehouse;
                    let watches = |i: &usize| class(self.draft.parts[*i].kind) == 4;
                    let kept = || parts.iter().filter(|p| p.1 == Stage::Keeps).map(|p| p.0);
                    let metrics =
                        kept().find(watches).filter(|_| self.draft.parts[at].kind == Kind::Monitoring);
                    metrics.or_else(|| kept().find(warehouse)).or_else(|| kept().next()).into_iter().collect()
                }
            };
            if ends.is_empty() || ends.iter().any(|&to| joined(to)) {
                continue;
            }
            let (label, mode) = match stage {
                Stage::Collects | Stage::Carries => ("data", Mode::Async),
                Stage::WorksOn => ("write results", Mode::Sync),
                Stage::Keeps | Stage::Shows => ("read figures", Mode::Sync),
            };
            let span = self.draft.parts[at].origin.span();
            let why = "default: data pass from one stage of a pipeline to the next";
            for to in ends {
                self.draft.link(at, to, label, mode, Origin::assumed(span, why));
            }
        }
    }
}

/// The stage of a named product, if it has one.
fn stage(part: &Part) -> Option<Stage> {
    let id = part.technology.as_ref()?.id.as_deref()?;
    let words = vocabulary();
    if words.collectors.contains(&id) {
        return Some(Stage::Collects);
    }
    if words.processors.contains(&id) {
        return Some(Stage::WorksOn);
    }
    if words.reporters.contains(&id) {
        return Some(Stage::Shows);
    }
    let metrics = words.stations.iter().any(|(station, key)| *station == id && *key == "metrics-db");
    match class(part.kind) {
        2 if part.kind != Kind::Queue => Some(Stage::Carries),
        1 if part.kind != Kind::Cache => Some(Stage::Keeps),
        _ if metrics => Some(Stage::Keeps),
        _ => None,
    }
}
