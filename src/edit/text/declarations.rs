//! Titles, groups, components, figures and suppressions in the text.

use super::render;
use super::scan::{Statement, StatementKind, Token, TokenKind, id_of};
use super::{Patch, attributes};
use crate::model::{Architecture, Component, Id, WorkloadFact};
use crate::text::Span;

pub(super) fn whole(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture) {
    if old.title == new.title {
        return;
    }
    let Some(title) = &new.title else { return };
    let line = format!("title {}", render::quoted(title));
    match patch.statements.iter().find(|s| s.word(0) == "title").map(|s| s.body) {
        Some(body) => patch.replace(body, line),
        None => patch.insert(0, format!("{line}\n")),
    }
}

/// Where a new declaration goes: behind the last one of its group, else behind the line that opens the group.
fn place(patch: &Patch<'_>, group: Option<&Id>) -> (usize, String) {
    let open = group.and_then(|g| patch.group_open(g));
    let inside = |s: &&Statement| s.blocks.last().copied() == open && (open.is_some() || s.blocks.is_empty());
    let mut siblings = patch.statements.iter().filter(inside);
    if let Some(last) = siblings.rfind(|s| s.kind == StatementKind::Component) {
        return (last.lines.end, patch.indent(last));
    }
    match open {
        Some(open) => {
            let s = &patch.statements[open];
            (s.lines.end, format!("{}  ", patch.indent(s)))
        }
        None => {
            let outer = patch.statements.iter().filter(|s| s.blocks.is_empty());
            let first =
                outer.filter(|s| s.kind == StatementKind::GroupOpen || s.kind == StatementKind::Connection);
            (first.map(|s| s.lines.start).next().unwrap_or(patch.text.len()), String::new())
        }
    }
}

pub(super) fn groups(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture) {
    for g in old.groups() {
        let Some(open) = patch.group_open(&g.id) else { continue };
        let statement = patch.statements[open].clone();
        let Some(now) = new.group(g.id.as_str()) else {
            dissolve(patch, &statement);
            continue;
        };
        if now.label != g.label {
            relabel(patch, &statement, &now.label);
        }
        let placed = place_said(patch, &statement, now.parent.as_ref());
        let moved = surviving(old, new, g.parent.as_ref()) != now.parent.as_ref();
        if moved && !placed && now.parent.as_ref().is_none_or(|p| old.group(p.as_str()).is_some()) {
            move_block(patch, &g.id, now.parent.as_ref());
        }
    }
    // New groups with what moves into them, outer ones first.
    for g in new.groups().iter().filter(|g| old.group(g.id.as_str()).is_none()) {
        if g.parent.as_ref().is_none_or(|p| old.group(p.as_str()).is_some()) {
            let parent = g.parent.as_ref().and_then(|p| patch.group_open(p));
            let (at, indent) = match parent {
                Some(open) => {
                    let close = patch.statements[open].close.unwrap_or(open);
                    let line =
                        patch.text[..patch.statements[close].body.start].rfind('\n').map_or(0, |n| n + 1);
                    (line, format!("{}  ", patch.indent(&patch.statements[open])))
                }
                None => {
                    let mut tops = patch.statements.iter().filter(|s| s.blocks.is_empty());
                    let kinds = [StatementKind::Component, StatementKind::Close];
                    let last = tops.rfind(|s| kinds.contains(&s.kind));
                    (last.map_or(patch.text.len(), |s| s.lines.end), String::new())
                }
            };
            let block = block(patch, old, new, &g.id, &indent);
            let broken = at == 0 || patch.text[..at].ends_with('\n');
            patch.insert(at, if broken { block } else { format!("\n{block}") });
        }
    }
}

/// The place that a statement says in words, "… in vpc": changed there. Whether there is one.
fn place_said(patch: &mut Patch<'_>, s: &Statement, group: Option<&Id>) -> bool {
    let Some((word, name)) = said_place(s) else { return false };
    match group {
        Some(group) if id_of(&name) == *group => {}
        Some(group) => patch.replace(name.span, group.as_str()),
        None => patch.replace(Span::new(word.span.start.saturating_sub(1), name.span.end), ""),
    }
    true
}

/// The words "in vpc" of a declaration.
fn said_place(s: &Statement) -> Option<(Token, Token)> {
    let head: Vec<&Token> =
        s.tokens.iter().take_while(|t| t.kind == TokenKind::Quoted || t.text != "{").collect();
    let n = head.iter().skip(2).position(|t| t.kind == TokenKind::Word && t.text == "in")? + 2;
    Some(((*head.get(n)?).clone(), (*head.get(n + 1)?).clone()))
}

/// A group's lines go into another group that is there, or out of all.
fn move_block(patch: &mut Patch<'_>, id: &Id, parent: Option<&Id>) {
    let Some((lines, first)) = block_lines(patch, id) else { return };
    let target = parent.and_then(|p| patch.group_open(p));
    let (at, indent) = match target.map(|open| patch.statements[open].clone()) {
        Some(open) => (open.lines.end, format!("{}  ", patch.indent(&open))),
        None => (patch.text.len(), String::new()),
    };
    let mut out = String::new();
    for line in patch.text[lines.start..lines.end].lines() {
        let rest = line.strip_prefix(first.as_str()).unwrap_or(line);
        out.push_str(&format!("{}\n", format!("{indent}{rest}").trim_end()));
    }
    patch.insert(at, out);
    patch.replace(lines, "");
}

/// A new group's block with its members: moved ones as they were written, others as declared now.
fn block(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture, id: &Id, indent: &str) -> String {
    let Some(g) = new.group(id.as_str()) else { return String::new() };
    let mut out = format!("{indent}{}\n", render::group(g));
    let inner = format!("{indent}  ");
    for c in new.members(id) {
        let declared = old.component(c.id.as_str()).and_then(|_| patch.declaration(&c.id));
        match declared.map(|n| patch.statements[n].clone()) {
            // It says its place itself.
            Some(s) if said_place(&s).is_some() => {}
            Some(s) => {
                let line = old.component(c.id.as_str()).map(|before| moved(patch, &s, before, c));
                out.push_str(&format!("{inner}{}\n", line.unwrap_or_default()));
            }
            None => out.push_str(&format!("{inner}{}\n", render::component(c))),
        }
    }
    for child in new.groups().iter().filter(|c| c.parent.as_ref() == Some(id)) {
        if old.group(child.id.as_str()).is_none() {
            out.push_str(&block(patch, old, new, &child.id, &inner));
        } else if patch.group_open(&child.id).is_some_and(|n| said_place(&patch.statements[n]).is_some()) {
        } else if let Some((lines, first)) = block_lines(patch, &child.id) {
            for line in patch.text[lines.start..lines.end].lines() {
                let rest = line.strip_prefix(first.as_str()).unwrap_or(line);
                out.push_str(&format!("{}\n", format!("{inner}{rest}").trim_end()));
            }
            patch.replace(lines, "");
        }
    }
    out + indent + "}\n"
}

/// The lines of a group's block and the indentation of its first.
fn block_lines(patch: &Patch<'_>, id: &Id) -> Option<(Span, String)> {
    let open = &patch.statements[patch.group_open(id)?];
    let close = &patch.statements[open.close?];
    Some((Span::new(open.lines.start, close.lines.end), patch.indent(open)))
}

/// Takes a group's two lines away and moves what is inside to the left.
fn dissolve(patch: &mut Patch<'_>, open: &Statement) {
    let Some(close) = open.close.map(|c| patch.statements[c].clone()) else { return };
    patch.replace(line_of(patch, open), "");
    patch.replace(line_of(patch, &close), "");
    let inner: Vec<usize> = patch
        .statements
        .iter()
        .filter(|s| s.lines.start >= open.lines.end && s.lines.end <= close.lines.start)
        .map(|s| s.lines.start)
        .collect();
    for start in inner {
        let start = start + patch.text[start..].chars().take_while(|c| *c == '\n').count();
        if patch.text[start..].starts_with("  ") {
            patch.replace(Span::new(start, start + 2), "");
        }
    }
}

/// The lines of a statement without empty lines and comments above it.
fn line_of(patch: &Patch<'_>, s: &Statement) -> Span {
    let start = patch.text[..s.body.start].rfind('\n').map_or(0, |n| n + 1);
    Span::new(start, s.lines.end)
}

fn relabel(patch: &mut Patch<'_>, s: &Statement, label: &str) {
    let text = render::quoted(label);
    match s.tokens.iter().skip(2).find(|t| t.kind == TokenKind::Quoted) {
        Some(token) if !after_word(s, token, &["using", "in", "assumed", "inferred"]) => {
            patch.replace(token.span, text);
        }
        _ => {
            if let Some(name) = s.tokens.get(1) {
                patch.insert(name.span.end, format!(" {text}"));
            }
        }
    }
}

fn after_word(s: &Statement, token: &Token, words: &[&str]) -> bool {
    let before =
        s.tokens.iter().position(|t| t.span == token.span).and_then(|n| s.tokens.get(n.wrapping_sub(1)));
    before.is_some_and(|b| b.kind == TokenKind::Word && words.contains(&b.text.as_str()))
}

pub(super) fn components(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture) {
    for c in old.components() {
        let Some(n) = patch.declaration(&c.id) else { continue };
        let s = patch.statements[n].clone();
        let Some(now) = new.component(c.id.as_str()) else {
            patch.replace(line_of(patch, &s), "");
            continue;
        };
        let fresh = now.group.as_ref().is_some_and(|g| old.group(g.as_str()).is_none());
        let before = surviving(old, new, c.group.as_ref());
        if place_said(patch, &s, now.group.as_ref()) {
            change(patch, &s, c, now);
        } else if fresh {
            // The new group's block holds the line already.
            patch.replace(line_of(patch, &s), "");
        } else if before != now.group.as_ref() {
            let (at, indent) = place(patch, now.group.as_ref());
            let line = moved(patch, &s, c, now);
            patch.insert_line(at, &indent, &line);
            patch.replace(line_of(patch, &s), "");
        } else {
            change(patch, &s, c, now);
        }
    }
    for c in new.components().filter(|c| old.component(c.id.as_str()).is_none()) {
        if c.group.as_ref().is_none_or(|g| old.group(g.as_str()).is_some()) {
            let (at, indent) = place(patch, c.group.as_ref());
            patch.insert_line(at, &indent, &render::component(c));
        }
    }
    // Named by an arrow only: a change needs a declaration.
    let bare: Vec<&Component> = old.components().filter(|c| patch.declaration(&c.id).is_none()).collect();
    for c in bare {
        if let Some(now) = new.component(c.id.as_str()).filter(|now| same(c, now).is_none()) {
            let (at, indent) = place(patch, now.group.as_ref());
            patch.insert_line(at, &indent, &render::component(now));
        }
    }
}

/// The line of a component that moves: as written, or where more changes, anew with its comment.
fn moved(patch: &Patch<'_>, s: &Statement, before: &Component, now: &Component) -> String {
    let stays = Component { group: now.group.clone(), ..before.clone() };
    if same(&stays, now).is_some() {
        return patch.text[s.body.start..s.lines.end].trim_end().to_owned();
    }
    let comment = patch.text[s.body.end..s.lines.end].trim();
    let gap = if comment.is_empty() { "" } else { "  " };
    format!("{}{gap}{comment}", render::component(now))
}

fn same(a: &Component, b: &Component) -> Option<()> {
    (a.label == b.label
        && a.kind == b.kind
        && a.technology == b.technology
        && a.replicas == b.replicas
        && a.description == b.description
        && a.group == b.group
        && a.properties == b.properties)
        .then_some(())
}

/// The group around, or the next one further out where that one was dissolved.
fn surviving<'a>(old: &'a Architecture, new: &Architecture, group: Option<&'a Id>) -> Option<&'a Id> {
    old.group_chain(group).map(|g| &g.id).find(|id| new.group(id.as_str()).is_some())
}

fn change(patch: &mut Patch<'_>, s: &Statement, old: &Component, new: &Component) {
    let texts: Vec<&Token> = s
        .tokens
        .iter()
        .skip(2)
        .take_while(|t| t.text != "{" || t.kind == TokenKind::Quoted)
        .filter(|t| t.kind == TokenKind::Quoted && !after_word(s, t, &["using", "in", "assumed", "inferred"]))
        .collect();
    if old.kind != new.kind
        && let Some(word) = s.tokens.first()
    {
        patch.replace(word.span, new.kind.word());
    }
    if old.label != new.label {
        relabel(patch, s, &new.label);
    }
    let behind = texts.first().or(s.tokens.get(1).as_ref()).map_or(s.body.end, |t| t.span.end);
    if old.description != new.description {
        match (texts.get(1), &new.description) {
            (Some(token), Some(text)) => patch.replace(token.span, render::quoted(text)),
            (None, Some(text)) => patch.insert(behind, format!(" {}", render::quoted(text))),
            (Some(token), None) => patch.replace(Span::new(behind, token.span.end), String::new()),
            (None, None) => {}
        }
    }
    if old.replicas != new.replicas {
        let times = |t: &&Token| {
            let digits = t.text.strip_prefix(['x', '×']);
            t.kind == TokenKind::Word
                && digits.is_some_and(|d| !d.is_empty() && d.chars().all(|c| c.is_ascii_digit()))
        };
        let text = new.replicas.map(|n| format!("x{n}"));
        match (s.tokens.iter().skip(2).find(times), text) {
            (Some(token), Some(text)) => patch.replace(token.span, text),
            (None, Some(text)) => patch.insert(behind, format!(" {text}")),
            _ => {}
        }
    }
    if old.technology != new.technology {
        let using = s.tokens.iter().position(|t| t.kind == TokenKind::Word && t.text == "using");
        let named = using.and_then(|n| Some((s.tokens.get(n)?.span, s.tokens.get(n + 1)?.span)));
        match (named, &new.technology) {
            (Some((_, name)), Some(t)) => patch.replace(name, render::technology(t)),
            (Some((word, name)), None) => {
                patch.replace(Span::new(word.start.saturating_sub(1), name.end), "")
            }
            (None, Some(t)) => patch.insert(behind, format!(" using {}", render::technology(t))),
            (None, None) => {}
        }
    }
    attributes::properties(patch, s, &old.properties, &new.properties);
}

/// Figures about the load, and suppressions.
pub(super) fn facts(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture) {
    let end = patch.text.len();
    for fact in new.workload().iter().filter(|f| !old.workload().iter().any(|o| said(o) == said(f))) {
        let Some(key) = word(fact) else { continue };
        let text = render::value(&fact.value);
        let on = |s: &&Statement| match &fact.about {
            None => s.word(0) == "expect" && s.word(1) != "on",
            Some(id) => {
                s.word(0) == "expect" && s.word(1) == "on" && s.tokens.get(2).map(id_of).as_ref() == Some(id)
            }
        };
        let there = patch.statements.iter().find(on).cloned();
        let open = there.as_ref().and_then(|s| s.tokens.iter().position(|t| t.text == "{"));
        match (there, open) {
            (Some(s), Some(open)) => match attributes::entry(&s, open, &key) {
                Some((_, Some(value))) => patch.replace(value, text),
                _ => {
                    let before = s.tokens.iter().rev().nth(1).map_or(s.body.end, |t| t.span.end);
                    patch.insert(before, format!(", {key}: {text}"));
                }
            },
            _ => {
                let about = fact.about.as_ref().map(|id| format!("on {id} ")).unwrap_or_default();
                patch.insert_line(end, "", &format!("expect {about}{{ {key}: {text} }}"));
            }
        }
    }
    for s in new.suppressions().iter().skip(old.suppressions().len()) {
        let names = s.about.iter().map(Id::to_string).collect::<Vec<_>>().join(", ");
        let on = if names.is_empty() { String::new() } else { format!(" on {names}") };
        patch.insert_line(end, "", &format!("ignore {}{on}: {}", s.rule, render::quoted(&s.reason)));
    }
    gone(patch, old, new);
}

fn said(f: &WorkloadFact) -> (String, String, Option<&Id>) {
    (word(f).unwrap_or_default(), f.value.to_string(), f.about.as_ref())
}

fn word(f: &WorkloadFact) -> Option<String> {
    serde_json::to_value(f.key).ok()?.as_str().map(str::to_owned)
}

/// Notes, wishes and the like about what is gone: the name goes, and with the only name the line.
fn gone(patch: &mut Patch<'_>, old: &Architecture, new: &Architecture) {
    let removed = |id: &Id| old.has(id.as_str()) && !new.has(id.as_str());
    for s in patch.statements.clone() {
        let names: &[Token] = match s.word(0) {
            "note" | "ignore" | "assume" | "question" | "expect" => {
                let on = s.tokens.iter().position(|t| t.kind == TokenKind::Word && t.text == "on");
                on.and_then(|n| s.tokens.get(n + 1..)).unwrap_or_default()
            }
            "same-rank" | "order" | "near" | "first" | "last" => s.tokens.get(1..).unwrap_or_default(),
            _ => continue,
        };
        let named: Vec<&Token> = names
            .iter()
            .take_while(|t| t.kind == TokenKind::Word || t.text == ",")
            .filter(|t| t.kind == TokenKind::Word)
            .collect();
        let (out, kept): (Vec<&Token>, Vec<&Token>) = named.iter().partition(|t| removed(&id_of(t)));
        let least = usize::from(matches!(s.word(0), "same-rank" | "order" | "near"));
        if out.is_empty() {
            continue;
        }
        if kept.len() <= least {
            patch.replace(line_of(patch, &s), "");
        } else if let (Some(first), Some(last)) = (named.first(), named.last()) {
            let list: Vec<&str> = kept.iter().map(|t| t.text.as_str()).collect();
            patch.replace(first.span.join(last.span), list.join(", "));
        }
    }
}
