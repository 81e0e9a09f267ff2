//! From a path in a record (`components[3].kind`) to its place in the text.
//!
//! The parsers keep no places, so the text is looked through again, only after an error. JSON is followed exactly; YAML
//! by its section and list item, which is where people look.

use crate::text::Span;

/// The place of `word` at `path`, or of the list item the path leads to; `None` when the text does not show it.
pub(super) fn locate(text: &str, path: &str, word: Option<&str>) -> Option<Span> {
    let (section, rest) = path.split_once('[')?;
    let (index, rest) = rest.split_once(']')?;
    let index: usize = index.parse().ok()?;
    let item = if text.trim_start().starts_with('{') {
        json_item(text, section, index)
    } else {
        yaml_item(text, section, index)
    }?;
    let inside = &text[item.start..item.end];
    let key = rest.rsplit('.').next().filter(|k| !k.is_empty() && !k.contains('['));
    // Behind its key a word cannot be mistaken for the same word elsewhere in the item.
    let from = key.and_then(|k| find_word(inside, k, 0)).map_or(0, |s| s.end);
    let found = word.and_then(|w| find_word(inside, w, from).or_else(|| find_word(inside, w, 0)));
    let found = found.or_else(|| key.and_then(|k| find_word(inside, k, 0)));
    Some(found.map_or_else(|| first_line(text, item), |s| s.shifted(item.start)))
}

/// `word` between characters that belong to no word.
fn find_word(text: &str, word: &str, from: usize) -> Option<Span> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text[from..].match_indices(word).map(|(i, _)| i + from).find_map(|start| {
        let end = start + word.len();
        let free = !text[..start].chars().next_back().is_some_and(is_word)
            && !text[end..].chars().next().is_some_and(is_word);
        free.then(|| Span::new(start, end))
    })
}

fn first_line(text: &str, span: Span) -> Span {
    let line = text[span.start..span.end].lines().next().unwrap_or_default().trim_end();
    Span::new(span.start, span.start + line.len())
}

/// Element `index` of the list under the top key `section` of a JSON text.
fn json_item(text: &str, section: &str, index: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let (mut depth, mut at, mut count) = (0_usize, 0, 0);
    let (mut key, mut start): (Option<&str>, Option<usize>) = (None, None);
    while at < bytes.len() {
        let byte = bytes[at];
        let begins = depth == 2
            && key == Some(section)
            && start.is_none()
            && !matches!(byte, b',' | b']')
            && !byte.is_ascii_whitespace();
        if begins {
            start = Some(at);
        }
        match byte {
            b'"' => {
                let end = string_end(bytes, at);
                if depth == 1 && text[end..].trim_start().starts_with(':') {
                    key = text.get(at + 1..end - 1);
                }
                at = end;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = depth == 2 && byte == b',' || depth == 1 && byte == b']';
        if let Some(from) = start.filter(|_| ends && key == Some(section)) {
            if count == index {
                return Some(Span::new(from, at));
            }
            count += 1;
            start = None;
        }
        at += 1;
    }
    None
}

/// The byte behind the closing quote of the string that opens at `at`.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() {
        match bytes[end] {
            b'\\' => end += 2,
            b'"' => return end + 1,
            _ => end += 1,
        }
    }
    bytes.len()
}

/// Item `index` of the block list under the top key `section` of a YAML text; the section for a list in brackets.
fn yaml_item(text: &str, section: &str, index: usize) -> Option<Span> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    let head = lines
        .iter()
        .position(|(_, l)| l.strip_prefix(section).is_some_and(|r| r.trim_start().starts_with(':')))?;
    let body: Vec<(usize, &str)> = lines[head + 1..]
        .iter()
        .copied()
        .take_while(|(_, l)| l.starts_with([' ', '-', '#', '\r', '\n', '\t']))
        .collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_item = |line: &str| line.trim_start() == "-\n" || line.trim_start().starts_with("- ");
    let least = body.iter().filter(|(_, l)| is_item(l)).map(|(_, l)| indent(l)).min();
    let starts: Vec<usize> = least.map_or_else(Vec::new, |least| {
        body.iter().filter(|(_, l)| is_item(l) && indent(l) == least).map(|(at, l)| at + indent(l)).collect()
    });
    let end = body.last().map_or(lines[head].0 + lines[head].1.len(), |(at, l)| at + l.len());
    let Some(&start) = starts.get(index) else { return Some(Span::new(lines[head].0, end)) };
    Some(Span::new(start, starts.get(index + 1).copied().unwrap_or(end)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::locate;

    #[test]
    fn paths_lead_to_words() {
        let json =
            r#"{"title": "kind", "components": [{"id": "a", "kind": "x"}, {"id": "b", "kind": "databse"}]}"#;
        let yaml = "title: kind\ncomponents:\n  - id: a\n    kind: x\n  - id: b\n    kind: databse\nconnections: []\n";
        for text in [json, yaml] {
            let span = locate(text, "components[1].kind", Some("databse")).unwrap();
            assert_eq!(&text[span.start..span.end], "databse");
        }
        assert!(locate(json, "components[7].kind", None).is_none());
    }
}
