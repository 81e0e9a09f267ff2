//! Attributes in braces in the text.

use super::Patch;
use super::render;
use super::scan::{Statement, TokenKind};
use crate::model::Properties;
use crate::text::Span;

/// Values in the braces of a statement; new ones go to their end.
pub(super) fn properties(patch: &mut Patch<'_>, s: &Statement, old: &Properties, new: &Properties) {
    let open = s.tokens.iter().position(|t| t.kind == TokenKind::Mark && t.text == "{");
    let mut added = Vec::new();
    for (name, property) in new.iter().filter(|(n, p)| old.get(*n).map(|o| &o.value) != Some(&p.value)) {
        let text = render::value(&property.value);
        match open.and_then(|open| entry(s, open, name)) {
            Some((_, Some(value))) => patch.replace(value, text),
            Some((key, None)) => patch.insert(key.end, format!(": {text}")),
            None => added.push(format!("{name}: {text}")),
        }
    }
    let left: Vec<(Span, Option<Span>)> = old
        .keys()
        .filter(|n| !new.contains_key(*n))
        .filter_map(|name| open.and_then(|open| entry(s, open, name)))
        .collect();
    if let (true, Some(open)) = (added.is_empty() && !left.is_empty(), open)
        && left.len() == entries(s, open)
        && let Some(last) = s.tokens.last().filter(|t| t.text == "}")
    {
        // Nothing is left to stand in braces.
        let before = patch.text[..s.tokens[open].span.start].trim_end().len();
        patch.replace(Span::new(before, last.span.end), "");
        return;
    }
    for (key, value) in left {
        let mut gone = value.map_or(key, |v| key.join(v));
        let rest = &patch.text[gone.end..];
        if let Some(tail) = rest.strip_prefix(',') {
            gone.end += 1 + tail.chars().take_while(|c| *c == ' ').count();
        } else {
            let before = &patch.text[..gone.start];
            gone.start -= before.len() - before.trim_end().trim_end_matches(',').len();
        }
        patch.replace(gone, "");
    }
    if added.is_empty() {
        return;
    }
    let added = added.join(", ");
    match (open, s.tokens.last()) {
        (Some(open), Some(last)) if last.text == "}" => {
            let empty = s.tokens.len() == open + 2;
            let before = s.tokens.get(s.tokens.len() - 2).map_or(last.span.start, |t| t.span.end);
            patch.insert(before, if empty { format!(" {added} ") } else { format!(", {added}") });
        }
        _ => patch.insert(s.body.end, format!(" {{ {added} }}")),
    }
}

/// How many attributes stand in the braces that open at a token.
fn entries(s: &Statement, open: usize) -> usize {
    let mut depth = 0_usize;
    let mut count = 0;
    let mut within = false;
    for token in s.tokens.iter().skip(open + 1) {
        match (token.kind, token.text.as_str()) {
            (TokenKind::Mark, "{" | "[") => depth += 1,
            (TokenKind::Mark, "}") if depth == 0 => break,
            (TokenKind::Mark, "}" | "]") => depth = depth.saturating_sub(1),
            (TokenKind::Mark, ",") if depth == 0 => within = false,
            _ if !within => {
                within = true;
                count += 1;
            }
            _ => {}
        }
    }
    count
}

/// The key and the value of an attribute in the braces that open at a token.
pub(super) fn entry(s: &Statement, open: usize, name: &str) -> Option<(Span, Option<Span>)> {
    let mut depth = 0_usize;
    for (n, token) in s.tokens.iter().enumerate().skip(open) {
        match (token.kind, token.text.as_str()) {
            (TokenKind::Mark, "{" | "[") => depth += 1,
            (TokenKind::Mark, "}" | "]") => depth = depth.saturating_sub(1),
            _ if depth == 1 && token.text.trim_end_matches(':').replace('-', "_") == name => {
                let start = s.tokens.get(n.wrapping_sub(1))?;
                if !(start.text == "{" || start.text == "," || start.span.end < token.span.start) {
                    continue;
                }
                let colon = s.tokens.get(n + 1).is_some_and(|t| t.text == ":" || t.text == "=");
                let glued = token.text.ends_with(':');
                if !colon && !glued {
                    return Some((token.span, None));
                }
                let from = n + 1 + usize::from(colon);
                let end = s.tokens.iter().skip(from).take_while(|t| t.text != "," && t.text != "}");
                let spans: Vec<Span> = end.map(|t| t.span).collect();
                return Some((token.span, spans.first().zip(spans.last()).map(|(a, b)| a.join(*b))));
            }
            _ => {}
        }
    }
    None
}
