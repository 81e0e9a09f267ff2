//! What each phrase of a prompt asks for.
//!
//! Takes the phrases and gives features: a capability, an action on an object, or something unknown that still has a
//! name. It adds no component.

use crate::text::Span;

use super::clause::{Clause, clause, deed, has_deed, is_light, is_load, is_quality, is_vague, nominal};
use super::deeds::{behind, is_pointed_at, is_wish, named, names_people, shared_head};
use super::frame::{Frame, chunk_end, frame, written};
use super::knowledge::{Capability, Deed, knowledge, vocabulary};
use super::naming::{unknown, words};
use super::outside::is_outsider;
use super::pattern::{self, Match};
use super::phrases::{Phrase, Role, is_empty, span_of};
use super::words::{Token, stem};

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    /// A capability of the data files, and the words it was asked for with.
    Capability(&'static Capability, String),
    /// An action on an object.
    Frame(Frame),
    /// Something with a name.
    Unknown(String),
}

/// A feature.
#[derive(Debug, Clone)]
pub(crate) struct Feature {
    pub(crate) ask: Ask,
    /// The words.
    pub(crate) span: Span,
    /// The tokens of the phrase it stands in.
    pub(crate) phrase: Phrase,
    /// How many of it, where the text says so.
    pub(crate) count: Option<u32>,
    /// The people who do it, where the text says so, and where.
    pub(crate) who: Option<(String, Span)>,
}

/// The features of one phrase. `taken` are tokens that something else accounts for: technologies, the design's name.
pub(crate) fn features(tokens: &[Token], phrase: &Phrase, taken: &[usize], pipeline: bool) -> Vec<Feature> {
    let clause = clause(tokens, &until_verb(tokens, phrase));
    let phrase = &clause.phrase;
    let who = clause.who.map(|i| (tokens[i].lower.clone(), tokens[i].span));
    let mut found = Vec::new();
    let feature = |ask, start: usize, end: usize| Feature {
        ask,
        span: span_of(tokens, start, end),
        phrase: phrase.clone(),
        count: count(tokens, phrase),
        who: who.clone(),
    };
    if is_load(tokens, phrase) {
        return found;
    }
    if let Some(head) = shared_head(tokens, phrase) {
        let name = format!("{} {head}", written(&tokens[phrase.start]));
        return vec![feature(named(name), phrase.start, phrase.end)];
    }
    if let Some(frame) = frame(tokens, phrase.range()).filter(|f| leads(f, pipeline)) {
        return vec![feature(Ask::Frame(frame), phrase.start, phrase.end)];
    }
    let mut at = phrase.start;
    let mut first = true;
    while at < phrase.end {
        let end = chunk_end(tokens, at, phrase.end);
        if end > at && (first || carries(tokens, phrase, at..end)) {
            let free = (at..end).any(|i| !taken.contains(&i) && !is_empty(&tokens[i].lower));
            let reach = if first { phrase.end } else { end };
            match known(tokens, &clause, at..end, reach).filter(|_| free) {
                Some(capability) => {
                    let words = called(tokens, &clause, at..end, taken);
                    found.push(feature(Ask::Capability(capability, words), at, end));
                }
                None if first && free && phrase.role == Role::Feature => {
                    let framed = |f: &Frame| f.action.does != Deed::Do || is_verb(tokens, phrase);
                    match frame(tokens, phrase.range()).filter(framed) {
                        Some(frame) => found.push(feature(Ask::Frame(frame), phrase.start, phrase.end)),
                        None => {
                            let ask = nameless(tokens, &clause, at..end, taken);
                            found.extend(ask.map(|ask| feature(ask, at, end)));
                        }
                    }
                }
                None => {}
            }
        }
        first = false;
        at = end.max(at) + 1;
    }
    found
}

/// Whether a noun phrase behind the first asks for something of its own.
fn carries(tokens: &[Token], phrase: &Phrase, range: std::ops::Range<usize>) -> bool {
    let opener = range.start.checked_sub(1).map_or("", |i| tokens[i].lower.as_str());
    let opens = matches!(opener, "with" | "via" | "through" | "using")
        || phrase.role == Role::Means && opener == "for"
        || matches!(opener, "in" | "on") && is_screen(tokens, range.clone());
    opens && !is_outsider(tokens, range)
}

/// The capability that a noun phrase of a clause asks for.
fn known(
    tokens: &[Token],
    clause: &Clause,
    range: std::ops::Range<usize>,
    reach: usize,
) -> Option<&'static Capability> {
    let (at, verb) = (range.start, clause.verb);
    let light = verb == Some(at) && range.len() > 1 && is_light(&tokens[at]);
    // Who reviews something writes no review of it.
    let judges = |c: &Capability, m: &Match| c.id == "reviews" && verb.is_some_and(|v| m.tokens == [v]);
    let found = capability(tokens, at + usize::from(light)..range.end, reach);
    found.filter(|(c, m)| !judges(c, m)).map(|(c, _)| c)
}

/// What a known feature is called: its own words, with what is done as a noun.
fn called(tokens: &[Token], clause: &Clause, range: std::ops::Range<usize>, taken: &[usize]) -> String {
    let at = range.start;
    let Some(verb) = clause.verb.filter(|&v| v <= at) else { return words(tokens, range, taken) };
    if verb == at && range.len() == 1 {
        return if has_deed(&tokens[at]) { deed(&tokens[at]) } else { words(tokens, range, taken) };
    }
    let object = words(tokens, at + usize::from(verb == at)..range.end, taken);
    if object.is_empty() { deed(&tokens[verb]) } else { nominal(&tokens[verb], &object) }
}

/// What the first noun phrase of a clause asks for that no capability and no action knows.
fn nameless(
    tokens: &[Token],
    clause: &Clause,
    range: std::ops::Range<usize>,
    taken: &[usize],
) -> Option<Ask> {
    let Some(verb) = clause.verb else {
        let name = unknown(tokens, range.clone(), taken).filter(|_| !is_quality(tokens, range));
        return name.map(Ask::Unknown);
    };
    let object = range.start + 1..range.end;
    if object.is_empty() || is_pointed_at(tokens, object.clone()) {
        return behind(tokens, verb, &clause.phrase, taken);
    }
    let asks = !is_vague(&tokens[verb]) || clause.who.is_some() && !is_wish(&tokens[verb]);
    // "Coaches agents": what is done to people is a feature as well.
    let to_people = || {
        let told = !is_light(&tokens[verb]) && names_people(tokens, object.clone());
        told.then(|| words(tokens, object.clone(), taken)).filter(|w| !w.is_empty())
    };
    let name = unknown(tokens, object.clone(), taken).or_else(to_people).filter(|_| asks)?;
    Some(Ask::Unknown(nominal(&tokens[verb], &name)))
}

/// A phrase up to the verb of what it shows: of "a dashboard shows shortages" the dashboard.
fn until_verb(tokens: &[Token], phrase: &Phrase) -> Phrase {
    let heads = vocabulary().heads;
    let shown = |&i: &usize| {
        let subject = heads.iter().any(|(w, _)| stem(w) == tokens[i - 1].stem());
        subject && SHOWS.contains(&tokens[i].lower.as_str())
    };
    let end = (phrase.start + 1..phrase.end).find(shown).unwrap_or(phrase.end);
    Phrase { end, ..phrase.clone() }
}

/// Verbs by which a screen does what screens do.
const SHOWS: &[&str] = &["shows", "displays", "lists", "lets", "allows", "gives", "presents"];

/// Whether the phrase begins with a verb in the third person or a gerund.
fn is_verb(tokens: &[Token], phrase: &Phrase) -> bool {
    let word = &tokens[phrase.start].lower;
    word.ends_with('s') || word.ends_with("ing")
}

/// Whether an action says more than any capability would: storing somewhere, telling somebody, working on files.
fn leads(frame: &Frame, pipeline: bool) -> bool {
    match frame.action.does {
        Deed::Store => frame.place.is_some() || pipeline,
        Deed::Process | Deed::Make | Deed::Derive => {
            pipeline && (frame.is_file() || frame.handed_in || frame.action.does != Deed::Process)
        }
        Deed::Upload => frame.is_file(),
        Deed::Send => pipeline && frame.recipient.is_some(),
        Deed::Ingest | Deed::Serve | Deed::Do => false,
    }
}

/// The capability that a noun phrase or verb phrase asks for: the one whose pattern takes its last word or the most words.
pub(super) fn capability(
    tokens: &[Token],
    chunk: std::ops::Range<usize>,
    reach: usize,
) -> Option<(&'static Capability, Match)> {
    let last = chunk.clone().rfind(|&i| tokens[i].is_word() && !is_role(&tokens[i])).unwrap_or(chunk.start);
    // "High availability" asks for no list of what is available.
    let qualities = vocabulary().qualities.iter().filter(|q| q.text.contains(' '));
    let quality: Vec<usize> =
        qualities.filter_map(|q| pattern::find(q, tokens, chunk.clone())).flat_map(|m| m.tokens).collect();
    let device = head_kind(&tokens[last]) == Some("device") && last + 1 >= chunk.end;
    type Rank = (bool, usize, usize, usize);
    let mut best: Option<(Rank, &'static Capability, Match)> = None;
    for capability in knowledge().capabilities {
        for phrase in capability.phrases {
            let whole = if phrase.text.contains(' ') { chunk.start..reach } else { chunk.clone() };
            let Some(found) = pattern::find(phrase, tokens, whole) else { continue };
            if found.first() >= chunk.end || found.tokens.iter().all(|t| quality.contains(t)) {
                continue;
            }
            let head = found.tokens.contains(&last);
            // "Soil moisture sensors" are devices, whatever they measure.
            if device && capability.id != "devices" {
                continue;
            }
            let score = (head || found.tokens.len() > 1, found.tokens.len(), usize::from(head), found.last());
            if best.as_ref().is_none_or(|(s, ..)| score > *s) {
                best = Some((score, capability, found));
            }
        }
    }
    best.map(|(_, capability, found)| (capability, found))
}

/// The kind that a noun phrase's last word stands for.
fn head_kind(token: &Token) -> Option<&'static str> {
    vocabulary().heads.iter().find(|(w, _)| stem(w) == token.stem()).map(|(_, kind)| *kind)
}

/// Whether a noun phrase names what people look at: "in one dashboard".
fn is_screen(tokens: &[Token], range: std::ops::Range<usize>) -> bool {
    let last = range.last().map(|i| &tokens[i]);
    last.is_some_and(|t| {
        matches!(t.lower.as_str(), "dashboard" | "dashboards" | "portal" | "console" | "map")
    })
}

/// The capabilities that the system's own name asks for besides its design.
pub(crate) fn capability_of(tokens: &[Token], range: std::ops::Range<usize>) -> Option<&'static Capability> {
    let end = range.end;
    capability(tokens, range, end).map(|c| c.0)
}

fn is_role(token: &Token) -> bool {
    vocabulary().roles.iter().any(|r| stem(r) == token.stem())
}

/// Small numbers in words.
pub(super) const NUMBERS: &[(&str, u32)] =
    &[("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("eight", 8), ("ten", 10)];

/// "two API servers", "3 workers".
fn count(tokens: &[Token], phrase: &Phrase) -> Option<u32> {
    let end = chunk_end(tokens, phrase.start, phrase.end);
    let plural = tokens.get(end.checked_sub(1)?).is_some_and(|t| t.lower.ends_with('s'));
    let number = (phrase.start.saturating_sub(1)..end.min(phrase.start + 2)).find_map(|i| {
        let word = tokens.get(i)?.lower.as_str();
        NUMBERS
            .iter()
            .find(|n| n.0 == word)
            .map(|n| n.1)
            .or_else(|| word.parse().ok().filter(|n| (2..=64).contains(n)))
    })?;
    plural.then_some(number)
}
