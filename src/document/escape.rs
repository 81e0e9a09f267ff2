//! Text from users as Markdown that shows exactly that text: in paragraphs, table cells, headings and link texts.
//!
//! Follows CommonMark 0.31 (backslash escapes of ASCII punctuation) and GitHub's tables and dollar mathematics.

/// The text on one line, with everything escaped that Markdown, HTML or a table would take for itself.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let folded = fold(text);
    let chars: Vec<char> = folded.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let before = if i == 0 { ' ' } else { chars[i - 1] };
        match c {
            '\\' | '`' | '*' | '[' | ']' | '|' | '$' | '~' if c != '~' || next == '~' || before == '~' => {
                out.push('\\');
                out.push(c);
            }
            // Within a word an underscore is only itself.
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => out.push('_'),
            '_' => out.push_str("\\_"),
            '<' => out.push_str("&lt;"),
            '&' if next.is_ascii_alphanumeric() || next == '#' => out.push_str("&amp;"),
            // At the start of a line these would begin a heading, list or quotation.
            '#' | '>' | '+' | '-' | '=' if i == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if i > 0 && next == ' ' && chars[..i].iter().all(char::is_ascii_digit) => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// White space folded to single spaces, control and direction characters left out.
pub(super) fn fold(text: &str) -> String {
    let visible = |c: &char| {
        (!c.is_control() || c.is_whitespace())
            && !matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    let kept: String = text.chars().filter(visible).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as code on one line; as escaped text where code could not hold it in a table.
pub(super) fn code(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() || folded.contains(['`', '|']) {
        return inline(&folded);
    }
    format!("`{folded}`")
}

/// The text line by line in a fence longer than any in it.
pub(super) fn fence(text: &str, language: &str) -> String {
    let mut longest = 2;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let ticks = "`".repeat(longest + 1);
    let clean: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    format!("{ticks}{language}\n{}\n{ticks}", clean.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{code, fence, inline};

    #[test]
    fn hostile_text_stays_text() {
        let cases = [
            ("a | b", "a \\| b"),
            ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
            ("`x` *y* __z__", "\\`x\\` \\*y\\* \\_\\_z\\_\\_"),
            ("snake_case", "snake_case"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("# head\nline", "\\# head line"),
            ("1. item", "1\\. item"),
            ("&lt; & &amp;", "&amp;lt; & &amp;amp;"),
            ("$5 and $6", "\\$5 and \\$6"),
            ("{{ x }} {% y %}", "{{ x }} {% y %}"),
        ];
        for (text, expected) in cases {
            assert_eq!(inline(text), expected);
        }
        assert_eq!(code("a|`b"), "a\\|\\`b");
        assert!(fence("```\nx", "text").starts_with("````text\n"));
    }
}
