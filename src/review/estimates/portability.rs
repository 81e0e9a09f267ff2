//! How much of a system uses interfaces that only one provider has, and what does the same elsewhere.

use serde::Serialize;

use crate::catalog::catalog;
use crate::model::Kind;
use crate::review::case::Case;

/// The lock-in of the whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LockIn {
    /// 0 (everything open) to 100 (everything proprietary): the weighted mean of the parts, stores and workflows
    /// counting twice because data is hardest to move.
    pub index: u32,
    /// The parts of which it is known, most tied first.
    pub parts: Vec<Part>,
    /// The labels of parts whose technology is stated but not classed.
    pub unclassed: Vec<String>,
}

/// One component's share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The component.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its technology.
    pub technology: String,
    /// 0 open, 0.3 managed open interface, 0.6 own interface with wide equivalents, 1 own interface.
    pub share: f64,
    /// What does the same elsewhere.
    pub alternative: Option<String>,
    #[serde(skip)]
    pub(crate) alternative_id: Option<String>,
}

pub(crate) fn of(case: &Case<'_>) -> Option<LockIn> {
    let (mut sum, mut weights) = (0.0, 0.0);
    let (mut parts, mut unclassed) = (Vec::new(), Vec::new());
    for (i, component) in case.a.indexed() {
        let person = component.kind.is_outside();
        let Some(technology) = component.technology.as_ref().filter(|_| !person) else { continue };
        let open =
            component.technology_id().and_then(|t| catalog().technology(t)).is_some_and(|t| !t.managed);
        let figure = case.figure(i, "lock_in");
        let share = match figure {
            Some(figure) => figure.value,
            None if open => 0.0,
            None => {
                unclassed.push(case.label(i));
                continue;
            }
        };
        let weight = if component.kind.is_store() || component.kind == Kind::Workflow { 2.0 } else { 1.0 };
        sum += weight * share;
        weights += weight;
        let other = figure.and_then(|f| f.name.strip_prefix("instead: "));
        parts.push(Part {
            id: component.id.to_string(),
            label: case.label(i),
            technology: technology.name.clone(),
            share,
            alternative: other
                .map(|id| catalog().technology(id).map_or_else(|| id.to_owned(), |t| t.name.to_owned())),
            alternative_id: other.map(str::to_owned),
        });
    }
    if parts.iter().all(|p| p.share == 0.0) {
        return None;
    }
    parts.sort_by(|a, b| b.share.total_cmp(&a.share));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 100
    let index = (100.0 * sum / weights).round() as u32;
    Some(LockIn { index, parts, unclassed })
}
