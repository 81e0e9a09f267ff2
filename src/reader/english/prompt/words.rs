//! Words of a prompt.
//!
//! Takes a text and gives its words and marks with their places, each word with a light stem under which its
//! inflections meet. It knows no grammar beyond that.

use super::stem::bit;
pub(crate) use super::stem::stem;
use crate::reader::english::wording::lower;
use crate::text::Span;

/// A word or a mark that separates phrases.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    /// As written.
    pub(crate) text: String,
    /// In lower case, without a possessive ending.
    pub(crate) lower: String,
    /// How many bytes of `lower` its stem takes; a stem is always a prefix.
    stem: usize,
    /// Its stem's bit, by which patterns are ruled out.
    pub(crate) bit: u64,
    /// Where.
    pub(crate) span: Span,
    /// Which.
    pub(crate) mark: Mark,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A word or number.
    Word,
    /// A word joined to the one before it by a hyphen or slash.
    Joined,
    /// `,` `;` or a bracket: a new phrase.
    Comma,
    /// `:`, or a dash between spaces.
    Colon,
    /// `.` `!` `?`, an empty line or a bullet: a new sentence.
    Stop,
    /// `->` and its kind.
    Arrow,
}

impl Token {
    /// Whether it is a word.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.mark, Mark::Word | Mark::Joined)
    }

    /// Its stem.
    pub(crate) fn stem(&self) -> &str {
        self.lower.get(..self.stem).unwrap_or_default()
    }
}

/// Splits a text into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut chars: Vec<(usize, char)> = Vec::with_capacity(text.len());
    chars.extend(text.char_indices());
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
    let mut i = 0;
    let mut joined = false;
    // Whether only spaces stand between here and the start of the line.
    let mut line_start = true;
    while let Some(&(at, c)) = chars.get(i) {
        let next = chars.get(i + 1).map(|c| c.1);
        if c.is_alphanumeric() {
            let mut j = i + 1;
            while let Some(&(_, d)) = chars.get(j) {
                let after = chars.get(j + 1).is_some_and(|e| e.1.is_alphanumeric());
                let inside =
                    matches!(d, '\'' | '’') || (matches!(d, '.' | ',') && digits(&chars, j)) || d == '.';
                if d.is_alphanumeric() || matches!(d, '+' | '#') || (inside && after) {
                    j += 1;
                } else {
                    break;
                }
            }
            push(&mut found, text, Span::new(at, end_of(j)), if joined { Mark::Joined } else { Mark::Word });
            (joined, line_start) = (false, false);
            i = j;
            continue;
        }
        joined = matches!(c, '-' | '/' | '‑')
            && next.is_some_and(char::is_alphanumeric)
            && word_before(&found, at);
        if !joined && let Some(mark) = mark_of(c, next, line_start) {
            let width = if mark == Mark::Arrow { 2 } else { 1 };
            push(&mut found, text, Span::new(at, end_of(i + width)), mark);
            i += width;
        } else {
            i += 1;
        }
        line_start = c == '\n' || line_start && c.is_whitespace();
    }
    found
}

/// Whether position `j` stands between two digits, as in `1,000` and `2.5`.
fn digits(chars: &[(usize, char)], j: usize) -> bool {
    let digit = |k: usize| chars.get(k).is_some_and(|c| c.1.is_ascii_digit());
    j > 0 && digit(j - 1) && digit(j + 1)
}

fn word_before(found: &[Token], at: usize) -> bool {
    found.last().is_some_and(|t| t.is_word() && t.span.end == at)
}

fn mark_of(c: char, next: Option<char>, starts_line: bool) -> Option<Mark> {
    match c {
        ',' | ';' | '(' | ')' | '[' | ']' | '–' | '—' => Some(Mark::Comma),
        ':' => Some(Mark::Colon),
        '.' | '!' | '?' | '•' => Some(Mark::Stop),
        '\n' if next == Some('\n') => Some(Mark::Stop),
        '-' if next == Some('>') => Some(Mark::Arrow),
        '-' | '*' if starts_line => Some(Mark::Stop),
        // "A note taking app - folders, tags, …" goes on as behind a colon.
        '-' if next == Some(' ') => Some(Mark::Colon),
        '*' if next == Some(' ') => Some(Mark::Stop),
        '=' if next == Some('>') => Some(Mark::Arrow),
        '→' => Some(Mark::Arrow),
        _ => None,
    }
}

fn push(found: &mut Vec<Token>, text: &str, span: Span, mark: Mark) {
    let written = text.get(span.start..span.end).unwrap_or_default();
    let mut lower = lower(written);
    if lower.contains('’') {
        lower = lower.replace('’', "'");
    }
    if lower.ends_with("'s") {
        lower.truncate(lower.len() - 2);
    }
    let (stem, bit) = (stem(&lower).len(), bit(stem(&lower)));
    found.push(Token { text: written.to_owned(), lower, stem, bit, span, mark });
}

/// A noun in the singular: "thumbnails" → "thumbnail", "categories" → "category".
pub(crate) fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    const KEEP: &[&str] = &[
        "sms",
        "news",
        "analytics",
        "series",
        "dns",
        "aws",
        "gps",
        "kubernetes",
        "https",
        "apis",
        "sales",
        "sports",
        "goods",
        "logistics",
        "redis",
        "robotics",
        "operations",
        "savings",
        "earnings",
        "graphics",
        "ads",
        "vitals",
        "species",
    ];
    if word.len() <= 3 || KEEP.contains(&lower.as_str()) {
        return word.to_owned();
    }
    if lower.ends_with("ies") && word.len() > 4 && lower != "movies" {
        return format!("{}y", &word[..word.len() - 3]);
    }
    if lower == "menus" {
        return word[..word.len() - 1].to_owned();
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes", "iases", "uses"] {
        if lower.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    if lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") && !lower.ends_with("is") {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
}

/// The first letter as a capital, the rest as it is.
pub(crate) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn inflections_share_a_stem() {
        for family in [
            &["schedule", "schedules", "scheduling", "scheduled"][..],
            &["process", "processes", "processing"],
            &["delivery", "deliveries", "deliver", "delivering"],
            &["ship", "ships", "shipping", "shipped"],
            &["image", "images"],
            &["cache", "caching", "caches"],
            &["track", "tracks", "tracking"],
        ] {
            for word in family {
                assert_eq!(stem(word), stem(family[0]), "{word}");
            }
        }
        for word in ["string", "redis", "status", "bus", "thing"] {
            assert_eq!(stem(word), word);
        }
    }

    #[test]
    fn marks_and_joined_words_are_told_apart() {
        let found = tokens("A real-time app, v2.5:\n- one\n- two -> three.");
        let marks: Vec<Mark> = found.iter().map(|t| t.mark).collect();
        assert_eq!(found[2].mark, Mark::Joined);
        assert_eq!(marks.iter().filter(|m| **m == Mark::Stop).count(), 3);
        assert!(marks.contains(&Mark::Arrow) && marks.contains(&Mark::Colon));
        assert!(found.iter().any(|t| t.text == "v2.5"));
    }

    #[test]
    fn singulars_read_well() {
        for (many, one) in [
            ("thumbnails", "thumbnail"),
            ("categories", "category"),
            ("branches", "branch"),
            ("analytics", "analytics"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
