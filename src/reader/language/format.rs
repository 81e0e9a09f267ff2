//! `fmt`: a text of the language in its canonical form.
//!
//! Takes a text and gives it with one statement a line, two spaces of indentation a block, aligned columns and at most one
//! empty line in a row. Comments stay where they are; what is not understood stays letter by letter.

use super::tree::{Declaration, Item, ItemKind, Statement};
use super::words;

/// The canonical form of a text. Formatting it again changes nothing, and no comment is lost.
#[must_use]
pub fn format(text: &str) -> String {
    if text.len() > super::limits::MAX_BYTES {
        return text.to_owned();
    }
    let mut diagnostics = Vec::new();
    let items = super::items(text, &mut diagnostics);
    let mut out = String::with_capacity(text.len());
    let mut depth = 0;
    let mut at = 0;
    while at < items.len() {
        let run = items[at..]
            .iter()
            .take_while(|item| matches!(item.kind, ItemKind::Statement(Statement::Component(_))))
            .count();
        if run > 0 {
            components(&items[at..at + run], text, depth, &mut out);
            at += run;
            continue;
        }
        let item = &items[at];
        at += 1;
        if matches!(item.kind, ItemKind::Close) {
            depth = usize::saturating_sub(depth, 1);
        }
        let written = text[item.span.start..item.span.end].trim();
        match &item.kind {
            ItemKind::Blank => {
                if !out.is_empty() && at < items.len() {
                    out.push('\n');
                }
                continue;
            }
            ItemKind::AsIs(_) => {
                indent(depth, &mut out);
                out.push_str(written);
            }
            ItemKind::Close => {
                indent(depth, &mut out);
                out.push('}');
            }
            ItemKind::Comment(comment) => {
                indent(depth, &mut out);
                out.push_str(comment);
            }
            ItemKind::OpenAsIs => {
                indent(depth, &mut out);
                out.push_str(written);
                out.push_str(" {");
            }
            ItemKind::Open(statement) => {
                indent(depth, &mut out);
                out.push_str(&canonical(statement, written));
                out.push_str(" {");
            }
            ItemKind::Statement(statement) => {
                indent(depth, &mut out);
                out.push_str(&canonical(statement, written));
            }
        }
        trailing(item, &mut out);
        if matches!(item.kind, ItemKind::Open(_) | ItemKind::OpenAsIs) {
            depth += 1;
        }
    }
    out
}

fn indent(depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", depth));
}

fn trailing(item: &Item, out: &mut String) {
    if let Some(comment) = &item.trailing {
        out.push_str("  ");
        out.push_str(comment);
    }
    out.push('\n');
}

/// Components that follow each other, in columns: kind, name, label, the rest.
fn components(items: &[Item], text: &str, depth: usize, out: &mut String) {
    let rows: Vec<Option<[String; 4]>> = items.iter().map(|item| row(item, text)).collect();
    let width = |column: usize| {
        rows.iter().flatten().map(|row| row[column].chars().count()).filter(|&n| n <= 40).max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2)];
    for (item, row) in items.iter().zip(&rows) {
        indent(depth, out);
        match row {
            None => out.push_str(text[item.span.start..item.span.end].trim()),
            Some(row) => {
                let mut line = String::new();
                for (column, cell) in row.iter().enumerate() {
                    line.push_str(cell);
                    if let Some(width) = widths.get(column) {
                        let gap = width.saturating_sub(cell.chars().count());
                        line.extend(std::iter::repeat_n(' ', gap));
                        line.push(' ');
                    }
                }
                out.push_str(line.trim_end());
            }
        }
        trailing(item, out);
    }
}

/// The cells of a component that stands on one line.
fn row(item: &Item, text: &str) -> Option<[String; 4]> {
    let ItemKind::Statement(Statement::Component(d)) = &item.kind else { return None };
    let written = text[item.span.start..item.span.end].trim();
    if written.contains('\n') {
        return None;
    }
    let cell = |span: crate::text::Span| text.get(span.start..span.end).unwrap_or_default().to_owned();
    let behind_name = text.get(d.name.span.end..item.span.end)?.trim();
    let (label, rest) = match &d.label {
        Some(label) if text.get(d.name.span.end..label.span.start)?.trim().is_empty() => {
            (cell(label.span), text.get(label.span.end..item.span.end)?.trim())
        }
        _ => (String::new(), behind_name),
    };
    Some([kind_word(d), cell(d.name.span), label, folded(rest)])
}

fn kind_word(d: &Declaration) -> String {
    words::kind(&d.kind.value).map_or_else(|| d.kind.value.clone(), |kind| kind.word().to_owned())
}

/// A statement with canonical words and arrows and single spaces outside quotes.
fn canonical(statement: &Statement, written: &str) -> String {
    if written.contains('\n') {
        return written.to_owned();
    }
    match statement {
        Statement::Group(d) => {
            let kind = words::group_kind(&d.kind.value).map_or(d.kind.value.as_str(), |kind| kind.word());
            let rest = written.get(d.kind.value.len()..).unwrap_or_default();
            format!("{kind} {}", folded(rest.trim()))
        }
        _ => folded(written),
    }
}

/// The text with every run of blanks outside quotes as one space.
fn folded(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let (mut quoted, mut escaped, mut gap) = (false, false, false);
    for c in written.chars() {
        if !quoted && matches!(c, ' ' | '\t') {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push(' ');
        }
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && c == '\\' && !escaped;
        out.push(c);
    }
    out
}
