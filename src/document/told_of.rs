//! Of what a sentence says a figure, in the author's words: "order records" of "Order records are kept for 7 years".
//!
//! Takes a figure and the sentences of the text; gives words of the text or nothing. What is a component's figure says so
//! already and is not asked here.

use super::escape::fold;
use super::outline::Sheet;
use super::told;
use crate::model::{Kind, WorkloadFact, WorkloadKey};
use crate::text::Span;

/// Words behind which a sentence says something of its subject.
const SAYS: &[&str] = &[
    "is", "are", "was", "were", "be", "must", "should", "shall", "may", "can", "will", "has", "have",
    "needs", "need", "stay", "stays", "kept", "for", "within", "below", "under", "above", "after", "at",
    "up", "of", "take", "takes", "last", "lasts", "to", "in", "about", "around", "only",
];
/// Words before a subject that are none of it.
const BEFORE: &[&str] = &["and", "but", "while", "or", "as", "the", "a", "an", "our", "all", "each", "every"];
/// Words that name nothing by themselves.
const NOBODY: &[&str] =
    &["it", "they", "this", "that", "which", "we", "there", "he", "she", "who", "you", "i"];
/// The most words of a subject.
const MAX_WORDS: usize = 7;
/// The most words between a number of people and what they are called.
const MAX_PEOPLE: usize = 4;

/// The subject of a figure's clause.
pub(super) fn subject(sheet: &Sheet<'_>, sentences: &[(Span, String)], f: &WorkloadFact) -> Option<String> {
    let text = sheet.source?.text();
    let at = f.origin.span();
    let (sentence, _) = told::sentence(sentences, at)?;
    let before = text.get(sentence.start..at.start)?;
    let clause = last_clause(before);
    let words = fold(clause);
    let mut words: Vec<&str> = told::without_mark(&words).split(' ').filter(|w| !w.is_empty()).collect();
    while words.first().is_some_and(|w| BEFORE.contains(&w.to_lowercase().as_str())) {
        words.remove(0);
    }
    let end = words.iter().position(|w| SAYS.contains(&w.to_lowercase().as_str()))?;
    let subject = words.get(..end)?;
    let named = !subject.is_empty()
        && subject.len() <= MAX_WORDS
        && !subject.iter().any(|w| NOBODY.contains(&w.to_lowercase().as_str()))
        && subject
            .iter()
            .all(|w| w.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '/')));
    named.then(|| subject.join(" "))
}

/// What stands behind the last mark that ends a clause; the comma in "60,000" ends none.
fn last_clause(words: &str) -> &str {
    let bytes = words.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    let ends = |at: usize, mark: &str| mark != "," || !(digit(at.checked_sub(1)) && digit(Some(at + 1)));
    let end = words.rmatch_indices([',', ';', ':', '(', '\n']).find(|(at, mark)| ends(*at, mark));
    end.map_or(words, |(at, _)| &words[at + 1..])
}

/// The component whose name opens a figure's clause: "The home service reads the page in under 20 ms". Only of times to answer
/// and of amounts kept, as laws, budgets and availability may be told of the whole by the name of its door.
pub(super) fn part(
    sheet: &Sheet<'_>,
    sentences: &[(Span, String)],
    f: &WorkloadFact,
) -> Option<crate::model::ComponentIndex> {
    if !matches!(f.key, WorkloadKey::Latency | WorkloadKey::DataVolume) {
        return None;
    }
    let at = f.origin.span();
    let (sentence, _) = told::sentence(sentences, at)?;
    let before = fold(last_clause(sheet.source?.text().get(sentence.start..at.start)?)).to_lowercase();
    let words = told::without_mark(&before).trim_start();
    let words = BEFORE.iter().find_map(|w| words.strip_prefix(w)?.strip_prefix(' ')).unwrap_or(words);
    let opens = |label: &str| words.strip_prefix(label).is_some_and(|rest| rest.starts_with(' '));
    let own = |k: Kind| !matches!(k, Kind::User | Kind::Client | Kind::Device);
    let parts = sheet.a.indexed().filter(|(_, c)| own(c.kind));
    let named = parts.filter(|(i, _)| opens(&sheet.label(*i).to_lowercase()));
    named.map(|(i, _)| i).max_by_key(|i| sheet.label(*i).len())
}

/// What people are called behind their number: "daily active players", "concurrent at the peak".
pub(super) fn people(sheet: &Sheet<'_>, f: &WorkloadFact) -> Option<String> {
    let text = sheet.source.filter(|_| !sheet.notation)?.text();
    let behind = text.get(f.origin.span().end..)?;
    let clause = behind.split([',', ';', ':', '(', ')', '.', '\n']).next()?;
    if !clause.starts_with(' ') {
        return None;
    }
    let words: Vec<&str> = clause.split_whitespace().take(MAX_PEOPLE).collect();
    let plural =
        |w: &&str| (w.len() > 4 && w.ends_with('s') || matches!(*w, "people" | "staff")) && *w != "always";
    let end = words.iter().position(plural).map_or(0, |n| n + 1);
    let at_once = words.first().is_some_and(|w| w.starts_with("concurrent") || w.starts_with("simultaneous"));
    let end = if end == 0 && at_once { words.len() } else { end };
    let said = words.get(..end)?;
    (!said.is_empty()).then(|| fold(&said.join(" ")))
}
