//! What the text tells beside the graph: sentences that nothing was read from, and sentences that give a reason.
//!
//! Takes the source text and the spans of everything read from it; gives sentences, word for word. Texts in a notation
//! have none. A sentence ends at `.`, `!` or `?` before a space and no small letter, at an empty line, a list item or a heading.

use super::escape::fold;
use super::outline::{Sheet, cut, unmarked};
use super::outline_parts::{Remark, remarks};
use crate::text::Span;

/// The most sentences of each sort.
const MAX_SENTENCES: usize = 40;
/// The longest sentence in characters.
const MAX_SENTENCE: usize = 400;

/// Words that announce a reason.
const REASONS: &[&str] =
    &["because", "so that", "instead of", "rather than", "in order to", "to avoid", "due to"];

/// Verbs of a choice; beside one, `over` names what was not taken and `since` says why.
const CHOICES: &[&str] = &[
    "chose",
    "choose",
    "chosen",
    "picked",
    "pick",
    "prefer",
    "preferred",
    "opted",
    "went with",
    "go with",
    "settled on",
    "decided",
    "selected",
    "favour",
    "favoured",
    "favor",
    "favored",
    "rejected",
    "dismissed",
    "ruled out",
];
/// What stands beside such a verb.
const BESIDE: &[&str] = &["since", "over", "as", "to", "given"];

/// The words of a text in small letters, padded with spaces.
fn spaced(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    format!(" {} ", parts.collect::<Vec<_>>().join(" ").to_lowercase())
}

/// Whether a sentence says why, or what was not chosen.
pub(super) fn gives_reason(text: &str) -> bool {
    let line = spaced(text);
    let says = |list: &[&str]| list.iter().any(|word| line.contains(&format!(" {word} ")));
    says(REASONS) || says(CHOICES) && says(BESIDE) && line.split(' ').nth(1).is_some_and(|w| WHO.contains(&w))
}

/// Who tells a choice, as the first word of a sentence.
const WHO: &[&str] = &["we", "the", "our", "they", "i"];

/// Sentences from which nothing was read, the title apart, so that they are not lost on a reader of the document; and those
/// of which only names were read, where they say more than that.
pub(super) fn unread(sheet: &Sheet<'_>) -> Vec<String> {
    let (told, named) = (told_spans(sheet), named_spans(sheet));
    let title = title(sheet).unwrap_or_default();
    let title = without_article(&title).to_lowercase();
    let lost = sentences(sheet).into_iter().filter(|(span, words)| {
        let read = match (within(&told, *span), within(&named, *span)) {
            ([], []) => false,
            ([], names) => !says_more(sheet, words, names),
            _ => true,
        };
        !read
            && !gives_reason(words)
            && !counts(sheet, words)
            && without_article(words).to_lowercase() != title
    });
    lost.map(|(_, words)| cut(&words, MAX_SENTENCE)).take(MAX_SENTENCES).collect()
}

/// Of spans by their ends, those that reach into a sentence.
fn within(spans: &[Span], sentence: Span) -> &[Span] {
    let reached = spans.partition_point(|s| s.end <= sentence.start);
    let rest = spans.get(reached..).unwrap_or_default();
    let behind = rest.iter().position(|s| s.start >= sentence.end).unwrap_or(rest.len());
    &rest[..behind]
}

/// From how many words beside the names on a sentence says more than that its parts are there.
const MORE_WORDS: usize = 4;

/// Whether a sentence that names parts says something else as well which no row quotes: "Patients receive a PDF of their
/// results by e-mail." What nothing is connected to is told in its own words.
fn says_more(sheet: &Sheet<'_>, words: &str, names: &[Span]) -> bool {
    let of = |c: &crate::model::Component| names.contains(&c.origin.span());
    let lone = |i| sheet.a.connections_from(i).chain(sheet.a.connections_to(i)).next().is_none();
    if sheet.a.indexed().any(|(i, c)| of(c) && lone(i)) {
        return false;
    }
    let parts = sheet.a.components().flat_map(|c| {
        let technology = c.technology.as_ref().map_or("", |t| t.name.as_str());
        [c.label.as_str(), technology, c.kind.label()].map(spaced)
    });
    let known: String = parts.collect();
    let line = spaced(words);
    let rest = line.split(' ').filter(|w| w.len() > 2 && !PLAIN.contains(w));
    rest.filter(|w| !known.contains(&format!(" {w} "))).count() >= MORE_WORDS
}

/// Words that say nothing by themselves.
const PLAIN: &[&str] = &[
    "the",
    "and",
    "are",
    "has",
    "have",
    "with",
    "for",
    "from",
    "its",
    "their",
    "our",
    "that",
    "this",
    "which",
    "there",
    "also",
    "each",
    "all",
    "into",
    "one",
    "two",
    "three",
    "consists",
    "contains",
    "includes",
    "parts",
    "system",
    "platform",
    "application",
    "service",
    "services",
    "made",
    "uses",
    "using",
    "use",
    "called",
    "another",
    "both",
    "some",
    "well",
    "only",
    "was",
    "were",
    "been",
    "being",
    "will",
    "can",
    "them",
    "they",
];

/// Whether a sentence says how many of a component run, which the model keeps without its place: "the API runs six tasks".
fn counts(sheet: &Sheet<'_>, words: &str) -> bool {
    let line = spaced(words);
    let number = |n: u32| {
        let word = usize::try_from(n).ok().and_then(|n| NUMBERS.get(n)).copied().unwrap_or_default();
        line.contains(&format!(" {n} ")) || !word.is_empty() && line.contains(&format!(" {word} "))
    };
    sheet.a.components().any(|c| c.replicas.is_some_and(number) && line.contains(&spaced(&c.label)))
}

/// Small numbers as words.
const NUMBERS: &[&str] =
    &["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The sentence in which something stands.
pub(super) fn around(sentences: &[(Span, String)], of: Span) -> Option<&str> {
    sentence(sentences, of).map(|(_, words)| words.as_str())
}

/// That sentence with its place.
pub(super) fn sentence(sentences: &[(Span, String)], of: Span) -> Option<&(Span, String)> {
    let at = sentences.partition_point(|(s, _)| s.end <= of.start);
    sentences.get(at).filter(|(s, _)| !of.is_empty() && s.start <= of.start)
}

/// The most words of a title that opens the text without a mark.
const MAX_TITLE: usize = 6;
/// Words that make a whole sentence of few words.
const SENTENCE_WORDS: &[&str] = &["is", "are", "was", "were", "we", "i", "it", "this", "you", "our", "there"];

/// What the system is called: the title read, else the few words with a full stop that open a text and in which
/// nothing was read: "Photo printing."
pub(super) fn title(sheet: &Sheet<'_>) -> Option<String> {
    if let Some(title) = sheet.a.title.as_deref() {
        return Some(fold(title));
    }
    let source = sheet.source.filter(|_| !sheet.notation)?;
    let text = source.text();
    let start = text.len() - text.trim_start().len();
    let end = text[start..].find(". ").map(|at| start + at)?;
    let words = fold(&text[start..end]);
    let lower = words.to_lowercase();
    let many = words.split(' ').count() > MAX_TITLE || words.contains(['!', '?', ':', ',']);
    let read = read_spans(sheet).iter().any(|s| s.start < end);
    let said = lower.split(' ').any(|w| SENTENCE_WORDS.contains(&w));
    if words.is_empty() || many || read || said {
        return None;
    }
    let bare = without_article(&words);
    let mut letters = bare.chars();
    Some(letters.next()?.to_uppercase().chain(letters).collect())
}

fn without_article(words: &str) -> &str {
    let bare = words.trim_end_matches(['.', '!', '?', ':']);
    let articles = ["A ", "An ", "The ", "Our "];
    articles.iter().find_map(|article| bare.strip_prefix(article)).unwrap_or(bare)
}

/// Remarks that give a reason, and sentences of the text that do.
pub(super) fn decisions(sheet: &Sheet<'_>) -> Vec<Remark> {
    let mut all = remarks(sheet, true);
    for (_, words) in sentences(sheet).into_iter().filter(|(_, words)| gives_reason(words)) {
        let known = |r: &Remark| words.contains(r.text.trim_end_matches('.')) || r.text.contains(&words);
        if all.len() < MAX_SENTENCES && !all.iter().any(known) {
            all.push(remark(cut(&words, MAX_SENTENCE), chosen(sheet, &words), true));
        }
    }
    all
}

/// Words before what was not chosen, and before the reason.
const OVER: &[&str] =
    &[" instead of ", " rather than ", " over ", " rejected ", " dismissed ", " decided against "];
const WHY: &[&str] = &[" because ", " since ", " so that ", " in order to ", " due to ", " to avoid "];

/// A remark with what a reasoned one says was not chosen, and why.
pub(super) fn remark(text: String, about: Option<String>, reasoned: bool) -> Remark {
    let lower = text.to_ascii_lowercase();
    let behind = |word: &str, at: usize| at + word.len();
    let why = WHY.iter().filter_map(|w| Some((lower.find(w)?, *w))).min();
    let prefers = lower.find(" prefer").and_then(|at| Some((at + lower[at..].find(" to ")?, " to ")));
    let chosen = CHOICES.iter().any(|c| lower.contains(&format!(" {c} ")));
    let plain = |w: &str| chosen || w.contains("instead") || w.contains("rather");
    let over =
        OVER.iter().filter(|w| plain(w)).filter_map(|w| Some((lower.find(w)?, *w))).chain(prefers).min();
    let stop = |from: usize| {
        let marks = lower[from..].find([',', ';', '.', ':']).map(|at| from + at);
        let ends =
            WHY.iter().chain(&[" for ", " as "]).filter_map(|w| lower[from..].find(w).map(|at| from + at));
        ends.chain(marks).min().unwrap_or(lower.len())
    };
    let words = |range: std::ops::Range<usize>| {
        let said = text.get(range)?.trim().trim_end_matches(['.', '!']);
        (!said.is_empty()).then(|| said.to_owned())
    };
    let over =
        over.filter(|_| reasoned).map(|(at, w)| behind(w, at)).and_then(|from| words(from..stop(from)));
    let because = why.filter(|_| reasoned).and_then(|(at, w)| {
        // "so that", "in order to", "to avoid" are part of the reason.
        let from = if matches!(w, " because " | " since " | " due to ") { behind(w, at) } else { at };
        words(from..text.len())
    });
    Remark { text, about, over, because }
}

/// Words after which a sentence names what was not chosen.
const REFUSED: &[&str] = &[" instead of ", " rather than ", " over ", " because ", " since "];
/// Makers that people leave out of a product's name.
const MAKERS: &[&str] =
    &["aws", "amazon", "azure", "microsoft", "google", "cloud", "apache", "ibm", "oracle"];

/// The one component with a technology that a sentence names before it says instead of what, or why: by the words that
/// first named it, by its label or by its technology, with or without the maker.
fn chosen(sheet: &Sheet<'_>, words: &str) -> Option<String> {
    let whole = spaced(words);
    // "we preferred CockroachDB to PostgreSQL"
    let prefers = whole.find(" prefer").and_then(|at| Some(at + whole[at..].find(" to ")?));
    let line = REFUSED
        .iter()
        .filter_map(|word| whole.find(word))
        .chain(prefers)
        .min()
        .map_or(&whole[..], |at| &whole[..=at]);
    let says = |name: &str| {
        let full = spaced(name);
        let mut bare = full.trim();
        while let Some((first, rest)) = bare.split_once(' ').filter(|(first, _)| MAKERS.contains(first)) {
            let _ = first;
            bare = rest;
        }
        !name.is_empty() && (line.contains(&full) || bare.len() > 3 && line.contains(&format!(" {bare} ")))
    };
    let first = |c: &crate::model::Component| sheet.quote(c.origin.span()).unwrap_or_default();
    let mut named = sheet.a.indexed().filter(|(_, c)| {
        c.technology.as_ref().is_some_and(|t| says(&t.name) || says(&c.label) || says(&first(c)))
    });
    match (named.next(), named.next()) {
        (Some((i, _)), None) => Some(sheet.label(i)),
        _ => None,
    }
}

/// The places in the text that anything was read from, by their ends.
fn read_spans(sheet: &Sheet<'_>) -> Vec<Span> {
    by_end(told_spans(sheet).into_iter().chain(named_spans(sheet)).collect())
}

/// The places that name parts and groups, by their ends.
fn named_spans(sheet: &Sheet<'_>) -> Vec<Span> {
    let a = sheet.a;
    by_end(
        a.components().map(|c| c.origin.span()).chain(a.groups().iter().map(|g| g.origin.span())).collect(),
    )
}

fn by_end(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|s| !s.is_empty());
    spans.sort_unstable_by_key(|s| (s.end, s.start));
    spans
}

/// The places from which arrows, figures, settings and the like were read, by their ends.
fn told_spans(sheet: &Sheet<'_>) -> Vec<Span> {
    let a = sheet.a;
    let mut spans: Vec<Span> = Vec::new();
    spans.extend(a.components().flat_map(|c| c.properties.values().map(|p| p.origin.span())));
    for c in a.connections() {
        // What was concluded from a name tells nothing of the sentence that the name stands in.
        if c.connection.origin.word() == "stated" {
            spans.push(c.connection.origin.span());
        }
        spans.extend(c.connection.properties.values().map(|p| p.origin.span()));
    }
    spans.extend(a.groups().iter().flat_map(|g| g.properties.values().map(|p| p.origin.span())));
    spans.extend(a.scenarios().iter().flat_map(|s| s.steps.iter().map(|x| x.origin.span())));
    spans.extend(a.workload().iter().map(|f| f.origin.span()));
    spans.extend(a.notes().iter().map(|n| n.origin.span()));
    spans.extend(a.suppressions().iter().map(|s| s.origin.span()));
    spans.extend(a.wishes().iter().map(|w| w.origin.span()));
    by_end(spans)
}

/// The sentences of a text in English with their places.
pub(super) fn sentences(sheet: &Sheet<'_>) -> Vec<(Span, String)> {
    let Some(source) = sheet.source.filter(|_| !sheet.notation) else { return Vec::new() };
    let text = source.text();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let heading = bare.starts_with('#');
        // A line of arrows is a note of its own.
        if bare.is_empty() || heading || is_item(bare) || is_arrows(bare) {
            push(source, start..at, &mut found);
            start = at;
        }
        if heading {
            start = at + line.len();
        } else {
            for end in ends(text, at..at + line.len()) {
                push(source, start..end, &mut found);
                start = end;
            }
        }
        at += line.len();
    }
    push(source, start..text.len(), &mut found);
    found
}

/// Whether a line is a note with arrows instead of a sentence.
pub(super) fn is_arrows(line: &str) -> bool {
    ["->", "=>", "→"].iter().any(|arrow| line.contains(arrow))
}

/// A text without the mark that makes it an item of a list.
pub(super) fn without_mark(text: &str) -> &str {
    let item = text.trim_start_matches(['-', '*', '+', ' ']);
    if is_item(item) { item.split_once(' ').map_or(item, |(_, rest)| rest) } else { item }
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '+']) && line[1..].starts_with(' ')
        || number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "))
}

/// Where sentences end within a line of the text.
fn ends(text: &str, line: std::ops::Range<usize>) -> Vec<usize> {
    let words = text.get(line.clone()).unwrap_or_default();
    let marks = words.char_indices().filter(|(i, c)| {
        let rest = words[i + c.len_utf8()..].trim_start();
        let spaced = words[i + c.len_utf8()..].starts_with(char::is_whitespace);
        let numbered = *c == '.' && words[..*i].trim().chars().all(|d| d.is_ascii_digit());
        matches!(c, '.' | '!' | '?') && spaced && !numbered && !rest.starts_with(char::is_lowercase)
    });
    marks.map(|(i, c)| line.start + i + c.len_utf8()).collect()
}

fn push(source: &crate::text::Source, range: std::ops::Range<usize>, found: &mut Vec<(Span, String)>) {
    let slice = source.text().get(range.clone()).unwrap_or_default();
    let words = fold(slice);
    let item = unmarked(without_mark(&words));
    // A word or two alone are a label or a heading, not a sentence.
    if item.split(' ').count() > 2 {
        found.push((Span { start: range.start, end: range.end }, item));
    }
}

#[cfg(test)]
mod tests {
    use super::{gives_reason, remark};

    #[test]
    fn a_choice_names_what_was_not_chosen_and_why() {
        let told = |text: &str| {
            let r = remark(text.to_owned(), None, true);
            (r.over.unwrap_or_default(), r.because.unwrap_or_default())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            told("We picked Kafka over RabbitMQ because partners replay."),
            pair("RabbitMQ", "partners replay")
        );
        assert_eq!(told("We preferred A to B for payments because it survives."), pair("B", "it survives"));
        assert_eq!(told("We use Redis instead of Memcached."), pair("Memcached", ""));
        assert_eq!(told("Photos are kept over night because of the law."), pair("", "of the law"));
    }

    #[test]
    fn reasons_are_whole_words() {
        assert!(gives_reason("Redis, because reads are hot."));
        assert!(gives_reason("We use Kafka rather than SQS"));
        assert!(!gives_reason("The instead service reads orders"));
        assert!(!gives_reason("Orders go to the queue."));
    }
}
