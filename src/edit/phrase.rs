//! A sentence as words.
//!
//! Takes a sentence and gives its words with their places. It knows no grammar.

use crate::text::Span;

/// A word, a quoted text, or a mark such as `,` and `:`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// As written, quotes off.
    pub(super) text: String,
    /// In lower case.
    pub(super) lower: String,
    /// Where it stands.
    pub(super) span: Span,
    /// Whether it was quoted.
    pub(super) quoted: bool,
}

impl Word {
    pub(super) fn new(text: &str, span: Span, quoted: bool) -> Self {
        Self { text: text.to_owned(), lower: text.to_lowercase(), span, quoted }
    }

    /// Whether it is this word, unquoted.
    pub(super) fn is(&self, word: &str) -> bool {
        !self.quoted && self.lower == word
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.is(w))
    }
}

/// The words of a sentence. Quoted texts are one word; `'s` is one of its own; a final full stop is left out, those
/// between sentences are kept as `.`.
pub(super) fn words(sentence: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut rest = 0;
    while let Some(offset) = sentence[rest..].find(|c: char| !c.is_whitespace()) {
        let start = rest + offset;
        if let Some((inner, end)) = quoted(sentence, start) {
            out.push(Word::new(&sentence[inner.start..inner.end], Span::new(start, end), true));
            rest = end;
            continue;
        }
        let end = sentence[start..]
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”'))
            .map_or(sentence.len(), |n| start + n.max(1));
        let end = (end..=sentence.len()).find(|&i| sentence.is_char_boundary(i)).unwrap_or(sentence.len());
        plain(sentence, start, end, &mut out);
        rest = end;
    }
    while out.last().is_some_and(|w| w.is(".")) {
        out.pop();
    }
    out
}

/// The inside and the end of a quoted text that starts here.
fn quoted(sentence: &str, start: usize) -> Option<(Span, usize)> {
    let open = sentence[start..].chars().next()?;
    let close = match open {
        '"' => '"',
        '“' | '„' => '”',
        '‘' => '’',
        '\'' => '\'',
        '`' => '`',
        '«' => '»',
        _ => return None,
    };
    let inner = start + open.len_utf8();
    let length = sentence[inner..].find(|c| c == close || (close == '”' && c == '“'))?;
    let end = inner + length;
    let after = end + sentence[end..].chars().next().map_or(0, char::len_utf8);
    // An apostrophe is no closing quote.
    if matches!(open, '\'' | '‘') && sentence[after..].starts_with(char::is_alphanumeric) {
        return None;
    }
    (length > 0).then_some((Span::new(inner, end), after))
}

/// A run without spaces: marks are cut off its ends, `'s` off its tail.
fn plain(sentence: &str, start: usize, end: usize, out: &mut Vec<Word>) {
    let mut body = Span::new(start, end);
    let at = |s: Span| &sentence[s.start..s.end];
    while at(body).len() > 1 && at(body).starts_with(['(', '[', '*']) {
        body.start += 1;
    }
    let mut tail = Vec::new();
    while at(body).len() > 1 && at(body).ends_with([',', ';', ':', '.', '!', '?', ')', ']', '*']) {
        let mark = Span::new(body.end - 1, body.end);
        let text = if matches!(at(mark), "!" | "?") { "." } else { at(mark) };
        if !matches!(text, ")" | "]" | "*") {
            tail.push(Word::new(text, mark, false));
        }
        body.end -= 1;
    }
    for possessive in ["'s", "’s"] {
        if at(body).len() > possessive.len() && at(body).to_lowercase().ends_with(possessive) {
            let cut = body.end - possessive.len();
            let lower = at(body).to_lowercase();
            if !matches!(lower.as_str(), "let's" | "let’s" | "it's" | "it’s") {
                tail.push(Word { lower: "'s".into(), ..Word::new("'s", Span::new(cut, body.end), false) });
                body.end = cut;
            }
            break;
        }
    }
    let mut word = Word::new(at(body), body, false);
    word.lower = word.lower.replace('’', "'");
    out.push(word);
    out.extend(tail.into_iter().rev());
}

/// The words joined by spaces, as written; marks close up.
pub(super) fn join(words: &[Word]) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() && !(!word.quoted && matches!(word.text.as_str(), "," | ";" | ":" | "." | "'s")) {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
    out
}

/// The range the words cover.
pub(super) fn span(words: &[Word]) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.span.join(last.span),
        _ => Span::default(),
    }
}

/// The first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A singular for a plural, by the commonest rules; anything else as it is.
pub(super) fn singular(word: &str) -> String {
    const NAMES: &[&str] = &["dns", "aws", "ios", "sqs", "sns", "ses", "kubernetes", "redis", "postgres"];
    let stays = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if word.len() < 4 || stays || NAMES.contains(&word) {
        return word.to_owned();
    }
    for (plural, one) in [
        ("ies", "y"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("sses", "ss"),
        ("zzes", "z"),
        ("buses", "bus"),
        ("tatuses", "tatus"),
    ] {
        if let Some(stem) = word.strip_suffix(plural) {
            return if plural == "ches" && stem.ends_with("ca") {
                format!("{stem}che")
            } else {
                format!("{stem}{one}")
            };
        }
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// "Customer databases" → "Customer database"; what is written with more capitals stays.
pub(super) fn singular_last(label: &str) -> String {
    let plain = |word: &str| word.chars().skip(1).all(|c| c.is_ascii_lowercase());
    match label.rsplit_once(' ') {
        Some((before, last)) if last.chars().all(|c| c.is_ascii_lowercase()) => {
            format!("{before} {}", singular(last))
        }
        None if plain(label) => capital(&singular(&label.to_lowercase())),
        _ => label.to_owned(),
    }
}

/// Whether words speak of dead letters, and not only of something dead.
pub(super) fn dead_letters(words: &[Word]) -> bool {
    const LETTERS: &[&str] =
        &["letter", "letters", "lettering", "message", "messages", "event", "events", "job", "jobs"];
    words.iter().any(|w| w.is_any(&["dead-letter", "dead-letters", "dead-lettering", "dlq"]))
        || words.windows(2).any(|two| two[0].is("dead") && two[1].is_any(LETTERS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_quotes_and_possessives() {
        let texts = |s: &str| words(s).iter().map(|w| w.text.clone()).collect::<Vec<_>>();
        assert_eq!(
            texts("set the worker's timeout to 30 s."),
            ["set", "the", "worker", "'s", "timeout", "to", "30", "s"]
        );
        assert_eq!(
            texts("call it “Invoice builder”, please"),
            ["call", "it", "Invoice builder", ",", "please"]
        );
        assert_eq!(texts("a. b 'c d' it's\""), ["a", ".", "b", "c d", "it's", "\""]);
        assert_eq!(singular("caches"), "cache");
        assert_eq!(singular("queries"), "query");
        assert_eq!(singular("redis"), "redis");
        assert_eq!(singular("databases"), "database");
        assert_eq!(singular("event buses"), "event bus");
    }
}
