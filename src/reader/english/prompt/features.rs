//! What each phrase of a prompt asks for.
//!
//! Takes the phrases and gives features: a capability, an action on an object, or something unknown that still has a
//! name. It adds no component.

use crate::text::Span;

use super::super::lexicon::{Noun, lexicon};
use super::clause::{Clause, clause, deed, has_deed, is_light, is_load, is_quality, is_vague, nominal};
use super::frame::{Frame, PREPOSITIONS, chunk_end, frame, written};
use super::knowledge::{Capability, Deed, knowledge, vocabulary};
use super::outside::is_outsider;
use super::pattern::{self, Match};
use super::phrases::{Phrase, Role, is_empty, is_joined, span_of};
use super::words::{Mark, Token, stem};

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
    let Clause { phrase, who, verb } = clause(tokens, &until_verb(tokens, phrase));
    let phrase = &phrase;
    let who = who.map(|i| (tokens[i].lower.clone(), tokens[i].span));
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
        let opener = at.checked_sub(1).map_or("", |i| tokens[i].lower.as_str());
        let carries = first
            || matches!(opener, "with" | "via" | "through" | "using")
            || phrase.role == Role::Means && opener == "for"
            || matches!(opener, "in" | "on") && is_screen(tokens, at..end);
        let carries = carries && (first || !is_outsider(tokens, at..end));
        if carries && end > at {
            let free = (at..end).any(|i| !taken.contains(&i) && !is_empty(&tokens[i].lower));
            let reach = if first { phrase.end } else { end };
            let light = verb == Some(at) && at + 1 < end && is_light(&tokens[at]);
            // Who reviews something writes no review of it.
            let judges =
                |c: &Capability, m: &Match| c.id == "reviews" && verb.is_some_and(|v| m.tokens == [v]);
            let found_here = capability(tokens, at + usize::from(light)..end, reach);
            match found_here.filter(|(c, m)| free && !judges(c, m)) {
                Some((capability, _)) => {
                    let alone = verb == Some(at) && at + 1 == end;
                    let said = if verb == Some(at) { at + 1 } else { at };
                    let mut words = words(tokens, said..end, taken);
                    if alone && has_deed(&tokens[at]) {
                        words = deed(&tokens[at]);
                    } else if alone {
                        words = self::words(tokens, at..end, taken);
                    }
                    if let Some(verb) = verb.filter(|&v| v < said && !alone) {
                        words = match words.is_empty() {
                            true => deed(&tokens[verb]),
                            false => nominal(&tokens[verb], &words),
                        };
                    }
                    found.push(feature(Ask::Capability(capability, words), at, end));
                }
                None if first && free && phrase.role == Role::Feature => {
                    if let Some(frame) = frame(tokens, phrase.range())
                        .filter(|f| f.action.does != Deed::Do || is_verb(tokens, phrase))
                    {
                        found.push(feature(Ask::Frame(frame), phrase.start, phrase.end));
                    } else if let Some(verb) = verb.filter(|&v| end == v + 1 || is_pointed_at(tokens, v + 1..end)) {
                        let ask = behind(tokens, verb, phrase, taken);
                        found.extend(ask.map(|ask| feature(ask, at, end)));
                    } else if let Some(verb) = verb {
                        let asks = !is_vague(&tokens[verb]) || who.is_some() && !is_wish(&tokens[verb]);
                        // "Coaches agents": what is done to people is a feature as well.
                        let to_people = || {
                            let told = !is_light(&tokens[verb]) && names_people(tokens, at + 1..end);
                            told.then(|| words(tokens, at + 1..end, taken)).filter(|w| !w.is_empty())
                        };
                        let name = unknown(tokens, at + 1..end, taken).or_else(to_people).filter(|_| asks);
                        let name = name.map(|n| nominal(&tokens[verb], &n));
                        found.extend(name.map(|n| feature(Ask::Unknown(n), at, end)));
                    } else if let Some(name) =
                        unknown(tokens, at..end, taken).filter(|_| !is_quality(tokens, at..end))
                    {
                        found.push(feature(Ask::Unknown(name), at, end));
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

/// Whether a noun phrase names people.
fn names_people(tokens: &[Token], range: std::ops::Range<usize>) -> bool {
    let last = range.last().map(|i| &tokens[i]);
    last.is_some_and(|t| vocabulary().people.iter().any(|p| stem(p) == t.stem()))
}

/// Whether an object only points to something said before: "tiles it".
fn is_pointed_at(tokens: &[Token], range: std::ops::Range<usize>) -> bool {
    range.len() == 1 && matches!(tokens[range.start].lower.as_str(), "it" | "them" | "these" | "those" | "everything")
}

/// What people do with something behind a preposition, or with nothing: "residents apply for permits", "donors register".
fn behind(tokens: &[Token], verb: usize, phrase: &Phrase, taken: &[usize]) -> Option<Ask> {
    let next = tokens.get(verb + 1).map_or("", |t| t.lower.as_str());
    let word = tokens[verb].lower.as_str();
    let start = verb + 2;
    if matches!(next, "for" | "to" | "on" | "about" | "at" | "through" | "over") && start < phrase.end {
        let end = chunk_end(tokens, start, phrase.end);
        if let Some((capability, _)) = capability(tokens, start..end, phrase.end) {
            return Some(Ask::Capability(capability, words(tokens, start..end, taken)));
        }
        let name = unknown(tokens, start..end, taken)?;
        return Some(Ask::Unknown(nominal(&tokens[verb], &name)));
    }
    let deed = match (word.trim_end_matches('s'), next) {
        ("log" | "sign", "in" | "on") => "sign-in".to_owned(),
        ("sign", "up") => "registration".to_owned(),
        ("check", "in" | "out") => format!("check-{next}"),
        _ if is_vague(&tokens[verb]) => return None,
        _ => deed(&tokens[verb]),
    };
    Some(named(deed))
}

/// What a name of its own asks for.
fn named(name: String) -> Ask {
    let tokens = super::words::tokens(&name);
    match capability(&tokens, 0..tokens.len(), tokens.len()) {
        Some((capability, _)) => Ask::Capability(capability, name),
        None => Ask::Unknown(name),
    }
}

/// Whether a noun in the plural heads several parts that are only told apart before it: "user, catalog and order services".
pub(crate) fn heads_several(token: &Token) -> bool {
    const HEADS: &[&str] = &[
        "services", "microservices", "apps", "portals", "dashboards", "databases", "queues", "apis", "consoles", "gateways", "teams",
    ];
    HEADS.contains(&token.lower.as_str())
}

/// The noun that a list shares with its items, which are single words: "service" of "user" in "user, catalog and order services".
fn shared_head(tokens: &[Token], phrase: &Phrase) -> Option<String> {
    let first = &tokens[phrase.start];
    let joins = |t: &Token| t.mark == Mark::Comma || matches!(t.lower.as_str(), "and" | "or");
    if phrase.len() != 1 || !tokens.get(phrase.end).is_some_and(joins) || first.lower == "web" || first.lower == "mobile" {
        return None;
    }
    let mut run = 0;
    for token in tokens.get(phrase.end..)? {
        if joins(token) {
            run = 0;
        } else if !token.is_word() || PREPOSITIONS.contains(&token.lower.as_str()) {
            return None;
        } else if run == 1 && heads_several(token) {
            return Some(super::words::singular(&token.lower));
        } else if run >= 1 {
            return None;
        } else {
            run += 1;
        }
    }
    None
}

/// Whether a verb says what people expect, rather than what they do.
fn is_wish(verb: &Token) -> bool {
    const WISHES: &[&str] =
        &["expect", "need", "want", "should", "must", "have", "live", "stay", "remain", "cost", "guarantee"];
    WISHES.iter().any(|w| stem(w) == verb.stem())
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
fn capability(
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
    last.is_some_and(|t| matches!(t.lower.as_str(), "dashboard" | "dashboards" | "portal" | "console" | "map"))
}

/// The capabilities that the system's own name asks for besides its design.
pub(crate) fn capability_of(tokens: &[Token], range: std::ops::Range<usize>) -> Option<&'static Capability> {
    let end = range.end;
    capability(tokens, range, end).map(|c| c.0)
}

fn is_role(token: &Token) -> bool {
    vocabulary().roles.iter().any(|r| stem(r) == token.stem())
}

/// The words of a noun phrase as a name: without articles, adjectives of quality and what is taken.
fn words(tokens: &[Token], range: std::ops::Range<usize>, taken: &[usize]) -> String {
    let qualities = vocabulary().qualities;
    let quality: Vec<usize> = qualities
        .iter()
        .filter_map(|q| pattern::find(q, tokens, range.clone()))
        .flat_map(|m| m.tokens)
        .collect();
    let telling = |i: usize| tokens[i].is_word() && !quality.contains(&i) && !is_empty(&tokens[i].lower);
    let others = range.clone().any(telling);
    let quality: Vec<usize> = quality
        .iter()
        .copied()
        .filter(|&i| !(others && MEASURED.contains(&tokens[i].lower.as_str())))
        .collect();
    let plain = |i: &usize| tokens[*i].is_word() && !taken.contains(i) && !quality.contains(i);
    let lone = range.clone().filter(plain).count() == 1;
    let mut kept: Vec<(usize, String)> = range
        .filter(|i| {
            let token = &tokens[*i];
            token.is_word()
                && !taken.contains(i)
                && (!quality.contains(i) || lone && TELLING.contains(&token.lower.as_str()))
                && (!is_empty(&token.lower) || is_joined(tokens, *i))
                && !token.lower.starts_with(|c: char| c.is_ascii_digit())
                && (is_joined(tokens, *i) || !NUMBERS.iter().any(|n| n.0 == token.lower))
        })
        .map(|i| (i, written(&tokens[i])))
        .collect();
    if kept.len() > 4 {
        kept.drain(..kept.len() - 4);
    }
    let mut name = String::new();
    for (i, word) in kept {
        if !name.is_empty() {
            name.push(if tokens[i].mark == Mark::Joined && tokens[i].span.start > 0 { '-' } else { ' ' });
        }
        name.push_str(&word);
    }
    name
}

/// A name for a feature that no capability knows, unless it is a mere quality, figure or context.
fn unknown(tokens: &[Token], range: std::ops::Range<usize>, taken: &[usize]) -> Option<String> {
    let vocabulary = vocabulary();
    let name = words(tokens, range.clone(), taken);
    let said = name.split([' ', '-']).any(|w| {
        w.len() > 2
            && (!vocabulary.roles.iter().any(|r| stem(r) == stem(w))
                || w.trim_end_matches('s') == "application")
            && !PREPOSITIONS.contains(&w)
            && !vocabulary.people.iter().any(|p| stem(p) == stem(w))
    });
    // "Driver app" says something of its own, "app" does not.
    let screen = name.rsplit_once(' ').is_some_and(|(who, last)| {
        vocabulary.heads.iter().any(|(w, k)| *k == "client" && stem(w) == stem(last))
            && vocabulary.people.iter().any(|p| who.split(' ').any(|w| stem(p) == stem(w)))
    });
    let said = said || screen;
    let figure = range.clone().any(|i| tokens[i].lower.starts_with(|c: char| c.is_ascii_digit()));
    let surface = matches!(
        name.as_str(),
        "web" | "mobile" | "desktop" | "ios" | "iOS" | "android" | "browser" | "online" | "app"
    );
    let verb_only = surface
        || range.len() == 1
            && (tokens[range.start].lower.ends_with("ed") || tokens[range.start].lower.ends_with("ly"));
    let able = range.len() == 1 && ["able", "ible"].iter().any(|e| tokens[range.start].lower.ends_with(e));
    let person = range.len() == 1
        && matches!(
            lexicon().noun(&super::words::singular(&tokens[range.start].lower)),
            Some((Noun::Person, _))
        );
    let place = knowledge().platforms.iter().any(|p| {
        p.phrases
            .iter()
            .any(|w| pattern::find(w, tokens, range.clone()).is_some_and(|m| m.tokens.len() == range.len()))
    });
    (said && !figure && !verb_only && !able && !person && !place && name.split(' ').count() <= 4)
        .then_some(name)
}

/// Qualities that are measured: beside another noun they say what a feature is about ("SLA timers").
const MEASURED: &[&str] =
    &["sla", "uptime", "performance", "latency", "throughput", "consistency", "dynamic", "custom"];

/// Qualities that make a name of a single word: "live view", "smart lock".
const TELLING: &[&str] =
    &["live", "smart", "custom", "instant", "interactive", "personal", "dynamic", "global"];

/// Small numbers in words.
const NUMBERS: &[(&str, u32)] =
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
