//! The outline's flows: what happens step by step, each step once.
//!
//! Takes the review's flows and the pictures passed in; gives walks. A derived walk that goes on like an earlier one says
//! so instead of telling it again.

use serde::Serialize;

use super::Picture;
use super::escape::fold;
use super::outline::Sheet;
use crate::model::{ConnectionRef, Kind};
use crate::review::{self, Flow, FlowStep};

/// A flow.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Walk {
    pub title: String,
    pub stated: bool,
    pub cut: bool,
    pub picture: Option<Picture>,
    pub steps: Vec<WalkStep>,
    /// Where an earlier flow tells the rest.
    pub then: Option<Then>,
}

/// The rest of a flow, told by an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Then {
    pub title: String,
    pub from: String,
}

/// A step of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct WalkStep {
    pub mark: String,
    pub from: String,
    pub to: String,
    pub label: Option<String>,
    pub text: Option<String>,
    pub protocol: Option<String>,
    pub waits: bool,
    pub reversed: bool,
}

pub(super) fn walks(sheet: &Sheet<'_>, pictures: &[Picture]) -> Vec<Walk> {
    let flows = review::flows(sheet.a);
    let mut walks: Vec<Walk> = Vec::with_capacity(flows.len());
    for (number, flow) in flows.iter().enumerate() {
        let (own, then) = match same_end(flow, &flows[..number]) {
            Some((earlier, from, own)) => {
                let mark = mark(earlier, flows.len(), from, flows[earlier].steps.get(from));
                (own, Some(Then { title: fold(&flows[earlier].title), from: mark }))
            }
            None => (flow.steps.len(), None),
        };
        let steps = flow.steps.iter().take(own).enumerate();
        walks.push(Walk {
            title: fold(&flow.title),
            stated: flow.stated,
            cut: flow.cut && then.is_none(),
            picture: pictures.get(number).cloned(),
            steps: steps.filter_map(|(n, s)| step(sheet, mark(number, flows.len(), n, Some(s)), s)).collect(),
            then,
        });
    }
    walks
}

/// The earlier flow that ends as this one, the step it does so from, and how many steps are this one's own.
fn same_end(flow: &Flow, earlier: &[Flow]) -> Option<(usize, usize, usize)> {
    if flow.stated {
        return None;
    }
    let common = |other: &Flow| {
        let pairs = flow.steps.iter().rev().zip(other.steps.iter().rev());
        pairs.take_while(|(a, b)| a.connection == b.connection).count()
    };
    let lengths = earlier.iter().enumerate().map(|(n, other)| (n, common(other)));
    let (n, shared) = lengths.fold((0, 0), |best, next| if next.1 > best.1 { next } else { best });
    let own = flow.steps.len() - shared;
    (shared > 1 && own > 0).then(|| (n, earlier[n].steps.len() - shared, own))
}

/// The mark of a step, as the picture of its flow shows it: a letter for the flow, where there are several.
fn mark(flow: usize, flows: usize, n: usize, step: Option<&FlowStep>) -> String {
    let letter = u8::try_from(flow % 26).map_or('A', |f| char::from(b'A' + f));
    let own = || if flows > 1 { format!("{letter}{}", n + 1) } else { (n + 1).to_string() };
    step.and_then(|s| s.mark.clone()).unwrap_or_else(own)
}

/// A connection's label, where it is more than its protocol.
pub(super) fn said(c: &ConnectionRef<'_>) -> Option<String> {
    let protocol = c.protocol.as_deref().unwrap_or_default();
    c.label.as_deref().filter(|l| !l.eq_ignore_ascii_case(protocol)).map(fold)
}

fn step(sheet: &Sheet<'_>, mark: String, s: &FlowStep) -> Option<WalkStep> {
    let c = sheet.a.connection(s.connection)?;
    Some(WalkStep {
        mark,
        from: sheet.label(c.from),
        to: sheet.label(c.to),
        label: said(&c),
        text: s.text.as_deref().map(fold),
        protocol: c.protocol.as_deref().map(fold),
        waits: s.waits,
        reversed: s.reversed,
    })
}

/// The connections that no flow walks, written `A → B`, those apart that carry no request: watching, deploying.
pub(super) fn apart(sheet: &Sheet<'_>, shown: usize) -> Vec<String> {
    let flows = review::flows(sheet.a);
    if flows.is_empty() || shown == 0 {
        return Vec::new();
    }
    let walked =
        |c: &ConnectionRef<'_>| flows.iter().any(|f| f.steps.iter().any(|s| s.connection == c.index));
    let aside = |c: &ConnectionRef<'_>| {
        let kinds = [sheet.a.at(c.from).kind, sheet.a.at(c.to).kind];
        kinds.iter().any(|k| {
            matches!(k, Kind::Monitoring | Kind::Cicd | Kind::Registry | Kind::Secrets | Kind::Network)
        })
    };
    let all = sheet.a.connections().filter(|c| !walked(c) && !aside(c));
    all.map(|c| format!("{} → {}", sheet.label(c.from), sheet.label(c.to))).collect()
}
