//! Flows in the text.

use super::scan::StatementKind;
use super::{Patch, render};
use crate::model::{Architecture, Scenario};
use crate::text::Span;

/// A flow whose steps changed is written anew; all others stay.
pub(super) fn scenarios(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture) {
    let opens: Vec<usize> = patch
        .statements
        .iter()
        .enumerate()
        .filter(|(_, s)| s.kind == StatementKind::FlowOpen)
        .map(|(n, _)| n)
        .collect();
    for (scenario, open) in old.scenarios().iter().zip(opens) {
        let s = patch.statements[open].clone();
        let Some(close) = s.close.map(|c| patch.statements[c].clone()) else { continue };
        let start = patch.text[..s.body.start].rfind('\n').map_or(0, |n| n + 1);
        match new.scenarios().iter().find(|n| n.title == scenario.title) {
            None => patch.replace(Span::new(start, close.lines.end), ""),
            Some(now) => {
                let lines = steps(new, now);
                if lines == steps(old, scenario) {
                    continue;
                }
                let indent = format!("{}  ", patch.indent(&s));
                let body: String = lines.iter().map(|l| format!("{indent}{l}\n")).collect();
                let line = patch.text[..close.body.start].rfind('\n').map_or(0, |n| n + 1);
                patch.replace(Span::new(s.lines.end, line), body);
            }
        }
    }
}

/// The steps, chained where one starts where the last one ended.
fn steps(a: &Architecture, scenario: &Scenario) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut end = None;
    for step in &scenario.steps {
        let Some(c) = a.connection(step.connection) else { continue };
        let (from, to) = (&a.at(c.from).id, &a.at(c.to).id);
        let nth = a.connections_between(c.from, c.to).position(|x| x.index == c.index).unwrap_or(0);
        let which = if nth > 0 { format!(" ({})", nth + 1) } else { String::new() };
        let text = step.text.as_ref().map(|t| format!(": {}", render::quoted(t))).unwrap_or_default();
        let hop = format!(" {} {to}{which}{text}", render::arrow(c.mode));
        match lines.last_mut() {
            Some(line) if end == Some(c.from) => line.push_str(&hop),
            _ => lines.push(format!("{from}{hop}")),
        }
        end = step.text.is_none().then_some(c.to);
    }
    lines
}
