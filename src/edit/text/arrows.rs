//! Connections in the text.

use std::collections::BTreeMap;

use super::scan::{Statement, StatementKind, Token, TokenKind, id_of};
use super::{Patch, attributes, render};
use crate::model::{Architecture, Connection, ConnectionRef, Id};
use crate::text::Span;

/// What becomes of an old connection.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Same,
    Becomes(usize),
    Gone,
}

/// One arrow of a statement between two names, with the old connection it stands for.
struct Arrow {
    old: usize,
    from: Span,
    to: Span,
    sign: Span,
    turned: bool,
}

fn ends<'a>(a: &'a Architecture, c: &ConnectionRef<'_>) -> (&'a Id, &'a Id) {
    (&a.at(c.from).id, &a.at(c.to).id)
}

/// Which new connection every old one became, and which are added.
fn fates(old: &Architecture, new: &Architecture) -> (Vec<Fate>, Vec<usize>) {
    let before: Vec<_> = old.connections().collect();
    let after: Vec<_> = new.connections().collect();
    let mut fates = vec![Fate::Gone; before.len()];
    let mut free = vec![true; after.len()];
    let alike = |a: &Connection, b: &Connection| {
        a.label == b.label
            && a.mode == b.mode
            && a.protocol == b.protocol
            && a.payload == b.payload
            && a.properties == b.properties
    };
    type Test<'a> = &'a dyn Fn(&ConnectionRef<'_>, &ConnectionRef<'_>) -> bool;
    let tests: [Test<'_>; 5] = [
        &|b, a| ends(old, b) == ends(new, a) && alike(b.connection, a.connection),
        &|b, a| ends(old, b) == ends(new, a),
        // Turned round.
        &|b, a| {
            let ((f, t), (g, u)) = (ends(old, b), ends(new, a));
            b.label == a.label && f == u && t == g
        },
        &|b, a| {
            let ((f, t), (g, u)) = (ends(old, b), ends(new, a));
            b.label == a.label && b.label.is_some() && (f == g || t == u)
        },
        &|b, a| {
            let ((f, t), (g, u)) = (ends(old, b), ends(new, a));
            b.label == a.label && (f == g || t == u)
        },
    ];
    for (round, test) in tests.iter().enumerate() {
        for (o, b) in before.iter().enumerate() {
            if fates[o] != Fate::Gone {
                continue;
            }
            if let Some(n) = after.iter().enumerate().position(|(n, a)| free[n] && test(b, a)) {
                free[n] = false;
                fates[o] = if round == 0 { Fate::Same } else { Fate::Becomes(n) };
            }
        }
    }
    (fates, free.iter().enumerate().filter(|(_, f)| **f).map(|(n, _)| n).collect())
}

pub(super) fn connections(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture) {
    let (fates, added) = fates(old, new);
    let after: Vec<_> = new.connections().collect();
    let mut waiting: BTreeMap<(Id, Id), Vec<usize>> = BTreeMap::new();
    for c in old.connections() {
        let (from, to) = ends(old, &c);
        waiting.entry((from.clone(), to.clone())).or_default().push(c.index.index());
    }
    let mut last: BTreeMap<Id, usize> = BTreeMap::new();
    let mut end = None;
    for s in patch.statements.clone() {
        if s.kind != StatementKind::Connection || patch.in_flow(&s) {
            continue;
        }
        end = Some((s.lines.end, patch.indent(&s)));
        let arrows = arrows(&s, &mut waiting);
        for arrow in &arrows {
            if let Some(c) = old.connections().nth(arrow.old) {
                last.insert(old.at(c.from).id.clone(), s.lines.end);
            }
        }
        rewrite(patch, &s, &arrows, &fates, old, &after, new);
    }
    let (at, indent) = end.unwrap_or_else(|| {
        let mut declared = patch.statements.iter().filter(|s| s.blocks.is_empty());
        let kinds = [StatementKind::Component, StatementKind::Close];
        (declared.rfind(|s| kinds.contains(&s.kind)).map_or(patch.text.len(), |s| s.lines.end), String::new())
    });
    for n in added {
        let Some(c) = after.get(n) else { continue };
        let (from, to) = ends(new, c);
        let line = render::connection(from.as_str(), to.as_str(), c.connection);
        let at = last.get(from).copied().unwrap_or(at);
        patch.insert_line(at, &indent, &line);
    }
}

/// The arrows of a statement, hop by hop, each with the next old connection between its ends.
fn arrows(s: &Statement, waiting: &mut BTreeMap<(Id, Id), Vec<usize>>) -> Vec<Arrow> {
    let mut found = Vec::new();
    let signs: Vec<usize> =
        s.tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Arrow).map(|(n, _)| n).collect();
    for (k, &sign) in signs.iter().enumerate() {
        let start = if k == 0 { 0 } else { signs[k - 1] + 1 };
        let until = signs.get(k + 1).copied().unwrap_or(s.tokens.len());
        let (left, right) = (names(&s.tokens[start..sign]), names(&s.tokens[sign + 1..until]));
        let written = s.tokens[sign].text.as_str();
        let back = written.starts_with('<') || "←⇐⟵⇠".contains(written);
        for l in &left {
            for r in &right {
                let (f, t) = if back { (r, l) } else { (l, r) };
                let key = (id_of(f), id_of(t));
                if let Some(list) = waiting.get_mut(&key).filter(|list| !list.is_empty()) {
                    let old = list.remove(0);
                    found.push(Arrow {
                        old,
                        from: f.span,
                        to: t.span,
                        sign: s.tokens[sign].span,
                        turned: back,
                    });
                }
            }
        }
    }
    found
}

/// The names at the start of a run of tokens: `a, b, "C"`.
fn names(tokens: &[Token]) -> Vec<&Token> {
    let mut found = Vec::new();
    let mut wanted = true;
    for token in tokens {
        match token.kind {
            TokenKind::Word | TokenKind::Quoted if wanted => {
                found.push(token);
                wanted = false;
            }
            TokenKind::Mark if token.text == "," && !wanted => wanted = true,
            _ => break,
        }
    }
    found
}

fn rewrite(
    patch: &mut Patch<'_>,
    s: &Statement,
    arrows: &[Arrow],
    fates: &[Fate],
    old: &Architecture,
    after: &[ConnectionRef<'_>],
    new: &Architecture,
) {
    let fate = |a: &Arrow| fates.get(a.old).copied().unwrap_or(Fate::Same);
    if arrows.is_empty() || arrows.iter().all(|a| fate(a) == Fate::Same) {
        return;
    }
    let line = Span::new(patch.text[..s.body.start].rfind('\n').map_or(0, |n| n + 1), s.lines.end);
    if arrows.iter().all(|a| fate(a) == Fate::Gone) {
        patch.replace(line, "");
        return;
    }
    if let ([arrow], Some(before)) = (arrows, arrows.first().and_then(|a| old.connections().nth(a.old)))
        && let Fate::Becomes(n) = fate(arrow)
        && let Some(now) = after.get(n)
    {
        in_place(patch, s, arrow, (old, &before), (new, now));
        return;
    }
    // A chain or a fan of which a part changes: what is left of it, one arrow a line.
    let before: Vec<_> = old.connections().collect();
    let lines: Vec<String> = arrows
        .iter()
        .filter_map(|a| {
            let (from, to, c) = match fate(a) {
                Fate::Gone => return None,
                Fate::Same => {
                    let c = before.get(a.old)?;
                    (ends(old, c).0, ends(old, c).1, c.connection)
                }
                Fate::Becomes(n) => {
                    let c = after.get(n)?;
                    (ends(new, c).0, ends(new, c).1, c.connection)
                }
            };
            Some(render::connection(from.as_str(), to.as_str(), c))
        })
        .collect();
    let indent = patch.indent(s);
    patch.replace(s.body, lines.join(&format!("\n{indent}")));
}

fn in_place(
    patch: &mut Patch<'_>,
    s: &Statement,
    arrow: &Arrow,
    (old, before): (&Architecture, &ConnectionRef<'_>),
    (new, now): (&Architecture, &ConnectionRef<'_>),
) {
    let ((f, t), (g, u)) = (ends(old, before), ends(new, now));
    if f != g {
        patch.replace(arrow.from, g.as_str());
    }
    if t != u {
        patch.replace(arrow.to, u.as_str());
    }
    if before.mode != now.mode {
        let sign = render::arrow(now.mode);
        let turned = if sign == "->" { "<-" } else { "<~" };
        patch.replace(arrow.sign, if arrow.turned { turned } else { sign });
    }
    if before.label != now.label || before.protocol != now.protocol {
        // Label and protocol stand together, so they are written together.
        let whole = render::connection("", "", now.connection);
        let text = whole.split(" {").next().unwrap_or_default();
        let tail = text.split_once(':').map(|(_, label)| format!(":{label}"));
        let tail = tail.or_else(|| text.find(" over ").map(|n| text[n..].to_owned())).unwrap_or_default();
        let open = s.tokens.iter().position(|t| t.kind == TokenKind::Mark && t.text == "{");
        let behind = arrow.to.end.max(arrow.from.end);
        let until = match open.and_then(|n| n.checked_sub(1)) {
            Some(n) => s.tokens[n].span.end,
            None => s.body.end,
        };
        patch.replace(Span::new(behind, until.max(behind)), tail);
    }
    attributes::properties(patch, s, &before.properties, &now.properties);
}
