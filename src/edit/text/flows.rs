//! Flows in the text.

use super::scan::{Statement, StatementKind, TokenKind};
use super::{Patch, render};
use crate::model::{Architecture, ComponentIndex, Scenario};
use crate::text::Span;

/// More steps than this are written anew, not matched one by one.
const MAX_MATCHED: usize = 400;

/// One step as it is written.
#[derive(Debug, Clone, PartialEq)]
struct Hop {
    from: String,
    /// Arrow, target and text.
    rest: String,
    start: ComponentIndex,
    /// Where the next step may go on in the same line; `None` behind a text.
    end: Option<ComponentIndex>,
}

/// Of a flow whose steps changed, only the lines concerned are written anew; where that is not possible, all are.
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
        let Some(now) = new.scenarios().iter().find(|n| n.title == scenario.title) else {
            patch.replace(Span::new(start, close.lines.end), "");
            continue;
        };
        let (before, after) = (hops(old, scenario), hops(new, now));
        let same = |a: &Hop, b: &Hop| a.from == b.from && a.rest == b.rest;
        if before.len() == after.len() && before.iter().zip(&after).all(|(a, b)| same(a, b)) {
            continue;
        }
        let steps: Vec<Statement> = patch
            .statements
            .iter()
            .filter(|t| t.kind == StatementKind::Connection && t.blocks.last() == Some(&open))
            .cloned()
            .collect();
        let indent = format!("{}  ", patch.indent(&s));
        match shares(&steps, &before, &after) {
            Some(shares) => in_place(patch, &steps, &shares, &before, &indent),
            None => {
                let body: String = lines(&after, false).iter().map(|l| format!("{indent}{l}\n")).collect();
                let line = patch.text[..close.body.start].rfind('\n').map_or(0, |n| n + 1);
                patch.replace(Span::new(s.lines.end, line), body);
            }
        }
    }
}

fn hops(a: &Architecture, scenario: &Scenario) -> Vec<Hop> {
    let written = scenario.steps.iter().filter_map(|step| {
        let c = a.connection(step.connection)?;
        let (from, to) = (&a.at(c.from).id, &a.at(c.to).id);
        let nth = a.connections_between(c.from, c.to).position(|x| x.index == c.index).unwrap_or(0);
        let which = if nth > 0 { format!(" ({})", nth + 1) } else { String::new() };
        let text = step.text.as_ref().map(|t| format!(": {}", render::quoted(t))).unwrap_or_default();
        let rest = format!(" {} {to}{which}{text}", render::arrow(c.mode));
        let end = step.text.is_none().then_some(c.to);
        Some(Hop { from: from.to_string(), rest, start: c.from, end })
    });
    written.collect()
}

/// Hops as lines, chained where one starts where the last one ended, unless each is to have a line of its own.
fn lines(hops: &[Hop], single: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut end = None;
    for hop in hops {
        match lines.last_mut() {
            Some(line) if !single && end == Some(hop.start) => line.push_str(&hop.rest),
            _ => lines.push(format!("{}{}", hop.from, hop.rest)),
        }
        end = hop.end;
    }
    lines
}

/// The old hops that a statement stands for, and the hops it is to stand for.
struct Share {
    old: std::ops::Range<usize>,
    new: Vec<Hop>,
}

/// Which statement takes which of the new hops; `None` where the statements do not show their hops one by one.
fn shares(steps: &[Statement], before: &[Hop], after: &[Hop]) -> Option<Vec<Share>> {
    let mut at = 0;
    let mut shares: Vec<Share> = Vec::new();
    for s in steps {
        let arrows: Vec<&str> =
            s.tokens.iter().filter(|t| t.kind == TokenKind::Arrow).map(|t| t.text.as_str()).collect();
        let back = arrows.iter().any(|t| t.starts_with('<') || "←⇐⟵⇠".contains(*t));
        let listed = s.tokens.iter().any(|t| t.kind == TokenKind::Mark && (t.text == "," || t.text == "{"));
        if back || listed {
            return None;
        }
        shares.push(Share { old: at..at + arrows.len(), new: Vec::new() });
        at += arrows.len();
    }
    if at != before.len() || shares.is_empty() || before.len().max(after.len()) > MAX_MATCHED {
        return None;
    }
    let holder = |old: usize| shares.iter().position(|s| s.old.contains(&old));
    let mut owners = Vec::new();
    let mut old = 0;
    for (o, n) in common(before, after) {
        // New steps stand where old ones were, else behind the step before.
        let place = if old < o { holder(old) } else { holder(old.saturating_sub(1)) };
        owners.extend((owners.len()..n).map(|w| (place, w)));
        if o < before.len() {
            owners.push((holder(o), n));
        }
        old = o + 1;
    }
    for (owner, n) in owners {
        shares.get_mut(owner?)?.new.push(after.get(n)?.clone());
    }
    Some(shares)
}

/// The longest run of hops that both have in common, as pairs of places; ends with the two lengths.
fn common(before: &[Hop], after: &[Hop]) -> Vec<(usize, usize)> {
    let same = |a: &Hop, b: &Hop| a.from == b.from && a.rest == b.rest;
    let (rows, columns) = (before.len(), after.len());
    let mut best = vec![vec![0_usize; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            best[i][j] = if same(&before[i], &after[j]) {
                best[i + 1][j + 1] + 1
            } else {
                best[i + 1][j].max(best[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < rows && j < columns {
        if same(&before[i], &after[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs.push((rows, columns));
    pairs
}

fn in_place(patch: &mut Patch<'_>, steps: &[Statement], shares: &[Share], before: &[Hop], indent: &str) {
    let single = shares.iter().all(|s| s.old.len() == 1);
    for (s, share) in steps.iter().zip(shares) {
        let old = before.get(share.old.clone()).unwrap_or_default();
        let same = |a: &Hop, b: &Hop| a.from == b.from && a.rest == b.rest;
        if old.len() == share.new.len() && old.iter().zip(&share.new).all(|(a, b)| same(a, b)) {
            continue;
        }
        let lines = lines(&share.new, single);
        let Some((first, more)) = lines.split_first() else {
            let line = Span::new(patch.text[..s.body.start].rfind('\n').map_or(0, |n| n + 1), s.lines.end);
            patch.replace(line, "");
            continue;
        };
        patch.replace(s.body, first.as_str());
        for line in more {
            patch.insert_line(s.lines.end, indent, line);
        }
    }
}
