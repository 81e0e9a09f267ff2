//! Words as they are written in labels and compared: singulars, first capitals, without marks.
//!
//! Takes written words and gives written words.

use std::borrow::Cow;

use super::lexicon::singulars;
use super::phrases::Np;

/// The singular of a phrase's last word, if it is a plural.
pub(crate) fn singular(phrase: &str) -> String {
    if !plural_look(phrase) && !phrase.starts_with(' ') {
        return phrase.to_owned();
    }
    let (before, last) = phrase.rsplit_once(' ').map_or(("", phrase), |(b, l)| (b, l));
    let lexicon = super::lexicon::lexicon();
    let mut candidates = singulars(last);
    let one = match (candidates.next(), candidates.next()) {
        (Some(first), Some(_)) => {
            singulars(last).find(|s| lexicon.noun(s).is_some_and(|(_, plural)| !plural)).unwrap_or(first)
        }
        (only, _) => only.unwrap_or(Cow::Borrowed(last)),
    };
    let known_plural = *one != *last
        && (last.ends_with('s') && last.len() > 3 && !lexicon.roles.singular_s.contains(last)
            || lexicon.noun(last).is_some_and(|(_, plural)| plural));
    let last = if known_plural { one } else { Cow::Borrowed(last) };
    if before.is_empty() { last.into_owned() } else { format!("{before} {last}") }
}

/// Whether a phrase ends as plurals do; what does not is its own singular.
pub(super) fn plural_look(phrase: &str) -> bool {
    ["s", "people", "children", "men", "criteria"].iter().any(|end| phrase.ends_with(end))
}

/// Words in small letters.
pub(crate) fn lower(written: &str) -> String {
    // Most are ASCII, for which this is done in one go.
    if written.is_ascii() { written.to_ascii_lowercase() } else { written.to_lowercase() }
}

/// Written words without Markdown marks and line breaks.
pub(crate) fn clean(written: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'.' | b'/' | b'\'' | b'_');
    let spaced = written.starts_with(' ') || written.ends_with(' ') || written.contains("  ");
    if written.bytes().all(plain) && !spaced {
        return written.to_owned();
    }
    let kept: String = without_targets(&without_tags(written))
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !matches!(c, '*' | '`' | '[' | ']' | '"' | '“' | '”'))
        .collect();
    let joined = kept.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    // "Internet of Things (IoT) servers", cut where the short form begins
    if joined.contains(')') && !joined.contains('(') { joined.replace(')', "") } else { joined }
}

/// Written words without the targets of Markdown links: "[Azure Policy](/azure/policy) service".
fn without_targets(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(open) = rest.find("](") {
        let (before, target) = rest.split_at(open);
        out.push_str(before);
        rest = target.find(')').and_then(|close| target.get(close + 1..)).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// Written words without HTML tags.
fn without_tags(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        let names = tag.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || c == '/');
        match tag.find('>').filter(|_| names) {
            Some(close) => rest = tag.get(close + 1..).unwrap_or(""),
            None => {
                out.push('<');
                rest = tag.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    out
}

/// The first letter in capital, names such as `iOS` or `nginx` left alone when they carry capitals inside.
pub(crate) fn sentence_case(written: &str) -> String {
    let first = written.split(' ').next().unwrap_or("");
    if first.chars().any(char::is_uppercase) {
        return written.to_owned();
    }
    let mut chars = written.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The words of a phrase but its determiner.
pub(crate) fn phrase_words(np: &Np) -> String {
    np.modifiers
        .iter()
        .map(String::as_str)
        .chain(Some(np.head.as_str()))
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A label whose last word is put into the singular: "Lambda functions" gives "Lambda function".
pub(super) fn singular_label(label: &str) -> String {
    let (before, last) = label.rsplit_once(' ').map_or(("", label), |(b, l)| (b, l));
    let one = singular(&last.to_lowercase());
    let one = if last.to_lowercase() == one { last.to_owned() } else { one };
    if before.is_empty() { sentence_case(&one) } else { format!("{before} {one}") }
}

/// Whether a word measures time or names a part of a day.
pub(super) fn time_unit(word: &str) -> bool {
    const UNITS: [&str; 43] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "weekend",
        "quarter",
        "fortnight",
        "noon",
        "semester",
        "mondays",
        "fridays",
        "sundays",
        "weekdays",
        "times",
        "night",
        "day",
        "hour",
        "minute",
        "second",
        "week",
        "month",
        "morning",
        "evening",
        "year",
        "afternoon",
        "weekday",
        "s",
        "ms",
        "min",
        "sec",
        "milliseconds",
        "h",
        "nights",
        "days",
        "hours",
        "minutes",
        "seconds",
        "weeks",
        "months",
        "midnight",
    ];
    UNITS.contains(&word)
}
