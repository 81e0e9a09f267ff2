//! Markdown whose fenced `blueprose` blocks are read as one text.

use crate::model::Architecture;
use crate::text::{Outcome, Source};

/// Reads the fenced `blueprose` blocks of a Markdown text as one; `None` when it has none. Spans point into the Markdown.
#[must_use]
pub fn read_markdown(source: &Source) -> Option<Outcome<Architecture>> {
    Some(super::read_text(&masked(source.text())?))
}

/// The text with everything outside the blocks blanked, byte for byte.
fn masked(text: &str) -> Option<String> {
    let mut masked = String::with_capacity(text.len());
    let mut fence: Option<(char, usize)> = None;
    let mut inside = false;
    let mut found = false;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start_matches(' ');
        let sign = start.chars().next().filter(|c| matches!(c, '`' | '~'));
        let length = sign.map_or(0, |sign| start.chars().take_while(|&c| c == sign).count());
        let mut keep = inside;
        match (fence, sign) {
            (None, Some(sign)) if length >= 3 => {
                inside = start[length..].split_whitespace().next() == Some("blueprose");
                found |= inside;
                fence = Some((sign, length));
            }
            (Some((open, least)), Some(sign))
                if sign == open && length >= least && start[length..].trim().is_empty() =>
            {
                keep = false;
                inside = false;
                fence = None;
            }
            _ => {}
        }
        if keep {
            masked.push_str(line);
        } else {
            masked.extend(line.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        }
    }
    found.then_some(masked)
}
