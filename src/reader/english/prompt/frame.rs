//! Features as action and object.
//!
//! Takes a phrase and gives what is done to what: "generates thumbnails" and "thumbnail generation" are the same.
//! It decides nothing about components.

use crate::model::Kind;
use crate::text::Span;

use super::clause::deed;
use super::knowledge::{Action, knowledge, vocabulary};
use super::phrases::{is_empty, span_of};
use super::words::{Mark, Token, singular, stem};

/// An action on an object.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// What is done.
    pub(crate) action: &'static Action,
    /// What doing it is called: "generation".
    pub(crate) doing: String,
    /// To what, in the singular: "product image".
    pub(crate) object: String,
    /// Whether the object was handed in by somebody: "uploaded images".
    pub(crate) handed_in: bool,
    /// Where it is put: what the text calls it, and what that is.
    pub(crate) place: Option<(String, Kind)>,
    /// Who gets it.
    pub(crate) recipient: Option<String>,
    /// The words.
    pub(crate) span: Span,
}

impl Frame {
    /// Whether the object is a file or media.
    pub(crate) fn is_file(&self) -> bool {
        is_file(&self.object)
    }
}

/// Whether a noun phrase names files or media.
pub(crate) fn is_file(object: &str) -> bool {
    let words = vocabulary();
    object.split(' ').any(|w| words.files.iter().any(|f| stem(f) == stem(&w.to_lowercase())))
}

/// Prepositions that end a noun phrase.
pub(crate) const PREPOSITIONS: &[&str] = &[
    "in", "into", "to", "from", "for", "on", "onto", "with", "by", "at", "via", "through", "over", "across",
    "of", "between", "per", "within", "based", "during", "as", "against", "about", "around", "using",
    "after", "before", "under", "every", "inside", "near", "among", "behind", "toward", "towards", "when",
    "if", "until", "is", "are", "without",
];
/// Adjectives that tell nothing of what an object is.
const PLAIN: &[&str] = &[
    "uploaded",
    "submitted",
    "incoming",
    "raw",
    "large",
    "new",
    "the",
    "a",
    "an",
    "their",
    "its",
    "all",
    "original",
    "received",
    "scanned",
    "resulting",
    "resized",
    "processed",
    "automated",
    "automatic",
    "real",
    "time",
    "smart",
    "instant",
    "them",
    "it",
    "each",
    "every",
    "user",
    "users",
    "generated",
    "these",
    "those",
    "and",
    "converted",
    "extracted",
    "live",
    "email",
    "scalable",
    "high",
    "low",
    "quality",
    "your",
    "our",
    "any",
    "different",
    "multiple",
    "several",
    "various",
    "async",
    "asynchronous",
    "background",
    "secure",
    "fast",
    "final",
    "finished",
    "completed",
    "daily",
    "nightly",
    "hourly",
    "weekly",
];

/// Words that only say how many.
const MANY: &[&str] = &["millions", "billions", "thousands", "hundreds", "dozens", "lots"];

/// Reads a phrase as action and object.
pub(crate) fn frame(tokens: &[Token], range: std::ops::Range<usize>) -> Option<Frame> {
    let start = range.clone().find(|&i| tokens[i].is_word() && !is_empty(&tokens[i].lower))?;
    let range = start..range.end;
    verbal(tokens, range.clone())
        .or_else(|| passive(tokens, range.clone()))
        .or_else(|| nominal(tokens, range))
}

/// "delays predicted", "customers notified".
fn passive(tokens: &[Token], range: std::ops::Range<usize>) -> Option<Frame> {
    let end = chunk_end(tokens, range.start, range.end);
    let last = end.checked_sub(1).filter(|&l| l > range.start)?;
    if !tokens[last].lower.ends_with("ed") {
        return None;
    }
    let action = by_verb(&tokens[last])?;
    Some(build(tokens, (action, deed(&tokens[last])), range.start..last, end..range.end, range))
}

/// "processes uploaded images", "store the results in S3".
fn verbal(tokens: &[Token], range: std::ops::Range<usize>) -> Option<Frame> {
    let adverb = tokens[range.start].lower.ends_with("ly") && range.len() > 1;
    let at = if adverb { range.start + 1 } else { range.start };
    let verb = &tokens[at];
    let action = by_verb(verb)?;
    let object_end = chunk_end(tokens, at + 1, range.end);
    if object_end == at + 1 {
        return None;
    }
    let last = &tokens[object_end - 1];
    let inflected = verb.lower.ends_with("ing") || (verb.lower.ends_with('s') && !verb.lower.ends_with("ss"));
    let roles = vocabulary().roles;
    let noun_phrase = !inflected && (by_noun(last).is_some() || roles.iter().any(|r| stem(r) == last.stem()));
    // "Label printing" is printing.
    if noun_phrase || !inflected && last.lower.ends_with("ing") {
        return None;
    }
    // "Manages billions of relationships": how many is no object.
    let many = at + 2 == object_end && MANY.contains(&last.lower.as_str());
    if many && tokens.get(object_end).is_some_and(|t| t.lower == "of") && object_end + 1 < range.end {
        let end = chunk_end(tokens, object_end + 1, range.end);
        return Some(build(tokens, (action, deed(verb)), object_end + 1..end, end..range.end, range));
    }
    Some(build(tokens, (action, deed(verb)), at + 1..object_end, object_end..range.end, range))
}

/// "thumbnail generation", "generation of thumbnails".
fn nominal(tokens: &[Token], range: std::ops::Range<usize>) -> Option<Frame> {
    let end = chunk_end(tokens, range.start, range.end);
    let mut last = end.checked_sub(1)?;
    let roles = vocabulary().roles;
    if last > range.start
        && by_noun(&tokens[last]).is_none()
        && roles.iter().any(|r| stem(r) == tokens[last].stem())
    {
        last -= 1;
    }
    let action = by_noun(tokens.get(last)?)?;
    if last > range.start {
        let doing = written(&tokens[last]);
        return Some(build(tokens, (action, doing), range.start..last, end..range.end, range));
    }
    let of = tokens.get(end).is_some_and(|t| t.lower == "of") && end < range.end;
    let object_end = chunk_end(tokens, end + 1, range.end);
    (of && object_end > end + 1).then(|| {
        build(tokens, (action, written(&tokens[last])), end + 1..object_end, object_end..range.end, range)
    })
}

fn build(
    tokens: &[Token],
    (action, doing): (&'static Action, String),
    object: std::ops::Range<usize>,
    tail: std::ops::Range<usize>,
    whole: std::ops::Range<usize>,
) -> Frame {
    let handed_in =
        object.clone().any(|i| matches!(tokens[i].lower.as_str(), "uploaded" | "submitted" | "scanned"));
    let (place, recipient) = complements(tokens, tail);
    Frame {
        action,
        doing,
        object: noun_phrase(tokens, object),
        handed_in,
        place,
        recipient,
        span: span_of(tokens, whole.start, whole.end),
    }
}

/// The last words of a noun phrase in the singular, without adjectives that tell nothing.
pub(crate) fn noun_phrase(tokens: &[Token], range: std::ops::Range<usize>) -> String {
    let kept: Vec<&Token> = range
        .clone()
        .map(|i| &tokens[i])
        .filter(|t| t.is_word() && !PLAIN.contains(&t.lower.as_str()) && !is_empty(&t.lower))
        .collect();
    let kept = &kept[kept.len().saturating_sub(3)..];
    let mut words: Vec<String> = Vec::new();
    for token in kept {
        match words.last_mut().filter(|_| token.mark == Mark::Joined) {
            Some(before) => before.extend(["-", &written(token)]),
            None => words.push(written(token)),
        }
    }
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    if words.is_empty() {
        words = range
            .filter_map(|i| tokens.get(i))
            .rfind(|t| t.is_word())
            .map(|t| singular(&t.lower))
            .into_iter()
            .collect();
    }
    words.join(" ")
}

/// A word in lower case, unless it is an abbreviation or a name of its own.
pub(crate) fn written(token: &Token) -> String {
    let capitals = token.text.chars().filter(|c| c.is_uppercase()).count();
    if capitals >= 2 { token.text.trim_end_matches("'s").to_owned() } else { token.lower.clone() }
}

/// Where something is put, and who gets it.
fn complements(tokens: &[Token], tail: std::ops::Range<usize>) -> (Option<(String, Kind)>, Option<String>) {
    let (mut place, mut recipient) = (None, None);
    let mut at = tail.start;
    while at < tail.end {
        let preposition = tokens[at].lower.clone();
        let end = chunk_end(tokens, at + 1, tail.end);
        if end > at + 1 {
            let kind = store_kind(tokens, at + 1..end);
            if let Some(kind) = kind
                .filter(|_| matches!(preposition.as_str(), "in" | "into" | "to" | "on" | "onto" | "inside"))
            {
                place.get_or_insert((noun_phrase(tokens, at + 1..end), kind));
            } else if matches!(preposition.as_str(), "to" | "for") {
                let who = people(tokens, at + 1..end);
                recipient = recipient.or(who);
            }
        }
        at = end.max(at + 1);
    }
    (place, recipient)
}

/// The kind of store that words name, if they do.
pub(crate) fn store_kind(tokens: &[Token], range: std::ops::Range<usize>) -> Option<Kind> {
    let last = { range }.rfind(|&i| tokens[i].is_word())?;
    match tokens[last].stem() {
        "databas" | "db" | "tabl" | "postgr" | "sql" | "stor" | "datastor" | "ledger" => Some(Kind::Database),
        "storag" | "bucket" | "blob" | "filesystem" | "lak" | "disk" | "s3" => Some(Kind::Storage),
        "warehous" => Some(Kind::Warehouse),
        "cach" => Some(Kind::Cache),
        "index" => Some(Kind::Search),
        _ => None,
    }
}

/// The people that words name, as written in the plural or singular.
pub(crate) fn people(tokens: &[Token], range: std::ops::Range<usize>) -> Option<String> {
    let list = vocabulary().people;
    let at = range.clone().find(|&i| list.iter().any(|p| stem(p) == tokens[i].stem()))?;
    Some(tokens[at].lower.clone())
}

/// The end of the noun phrase that starts at `start`.
pub(crate) fn chunk_end(tokens: &[Token], start: usize, end: usize) -> usize {
    (start..end)
        .find(|&i| {
            !tokens[i].is_word()
                || (tokens[i].mark == Mark::Word
                    && tokens.get(i + 1).is_none_or(|t| t.mark != Mark::Joined)
                    && PREPOSITIONS.contains(&tokens[i].lower.as_str()))
        })
        .unwrap_or(end)
}

fn by_verb(token: &Token) -> Option<&'static Action> {
    knowledge().actions.iter().find(|a| a.verbs.iter().any(|v| stem(v) == token.stem()))
}

/// The action that a noun stands for: "generation", "transcoder", "resizing".
fn by_noun(token: &Token) -> Option<&'static Action> {
    knowledge().actions.iter().find(|a| {
        a.nouns.iter().any(|n| stem(n) == token.stem())
            || (token.lower.ends_with("ing") && a.verbs.iter().any(|v| stem(v) == token.stem()))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::words::tokens;
    use super::*;

    fn read(text: &str) -> Frame {
        let tokens = tokens(text);
        frame(&tokens, 0..tokens.len()).unwrap()
    }

    #[test]
    fn verbs_and_their_nouns_mean_the_same() {
        for text in ["transcodes uploaded videos", "video transcoding", "transcoding of videos"] {
            let frame = read(text);
            assert_eq!((frame.object.as_str(), frame.action.done), ("video", "transcoded"), "{text}");
        }
        assert!(read("transcodes uploaded videos").handed_in);
    }

    #[test]
    fn places_and_recipients() {
        let kept = read("stores the totals in a database");
        assert_eq!(kept.place.unwrap().1, Kind::Database);
        assert_eq!(read("sends receipts to customers").recipient.unwrap(), "customers");
    }
}
