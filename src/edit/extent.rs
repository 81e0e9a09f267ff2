//! How far the name in a noun phrase goes: up to what is said of the thing, and what it is for.
//!
//! Takes the words of something new: "a job that exports orders", "a warehouse fed from the stream", "a cache for prices".

use super::newcomer::{head, technology_in};
use super::pattern::knowledge;
use super::phrase::{Word, singular};
use crate::model::Kind;

/// The phrase before a relative clause, and the clause.
pub(super) fn split_clause(words: &[Word]) -> (&[Word], &[Word]) {
    if let Some(n) = words.iter().position(is_colon).filter(|&n| n > 0) {
        return (split_clause(&words[..n]).0, &words[n + 1..]);
    }
    let relative = ["that", "which", "where", "who", "when", "so", "because", "by"];
    // "a database nobody but auditors may read": a clause without its pronoun.
    let subject = ["whose", "nobody", "everyone", "we", "they", "you", "it"];
    // "slowly changing dimensions": an adverb has its participle with it.
    let adverb = |n: usize| words[n - 1].lower.ends_with("ly") && !words[n - 1].quoted;
    let led = (1..words.len()).position(|n| !adverb(n) && (participle(&words[n..]) || past(&words[n..])));
    let before = |n: &usize| led.is_none_or(|led| *n < led);
    // "a notification telling users when …": people are told before anything else is said.
    let telling = |n: &usize| {
        let people = words.get(n + 2).is_some_and(|w| head(std::slice::from_ref(w)) == Some(Kind::User));
        people && words[n + 1].lower.ends_with("ing")
    };
    let told = led.filter(telling);
    let cut = words.iter().skip(1).position(|w| w.is_any(&relative)).filter(|n| told.is_none_or(|t| *n < t));
    let cut = cut.or_else(|| words.iter().skip(1).position(|w| w.is_any(&subject)).filter(before));
    // "a report customers can download".
    let may = |two: &[Word]| {
        two[1].is_any(&["can", "may", "must", "should", "will"]) && singular(&two[0].lower) != two[0].lower
    };
    let cut = cut.or_else(|| words.get(2..).and_then(|rest| rest.windows(2).position(may)).map(|n| n + 1));
    match cut {
        // "an audit log of who read what": the preposition is no part of the name.
        Some(n) if n > 0 && words[n].is_any(&["of", "about", "on", "for", "over"]) => {
            (&words[..n], &words[n..])
        }
        // "a feature store shared by …", "certificates issued when …": the participle belongs to what follows.
        Some(n) if n > 0 && words[n + 1].is_any(&["by", "when", "so"]) && done(&words[n]) => {
            (&words[..n], &words[n..])
        }
        Some(n) => (&words[..=n], &words[n + 1..]),
        None => match led {
            // "a caching layer" begins with no name that a clause could be about.
            Some(n) if words[..=n].iter().any(|w| !w.is_any(&["a", "an", "the", "some", "another"])) => {
                (&words[..=n], &words[n + 1..])
            }
            _ => (words, &[]),
        },
    }
}

/// The name alone, without what is said about it.
pub(super) fn core(words: &[Word]) -> &[Word] {
    let (core, _) = split_clause(words);
    if core.len() > 1 { split_purpose(core).0 } else { core }
}

/// Where the relative clause begins.
pub(super) fn core_end(words: &[Word]) -> usize {
    split_clause(words).0.len()
}

/// "tracking opens", "matching riders": a clause without its pronoun. The word must not be part of the name: something
/// follows that it is done to.
fn participle(words: &[Word]) -> bool {
    let Some((word, rest)) = words.split_first() else { return false };
    let Some(next) = rest.first() else { return false };
    let determiner = next
        .is_any(&["a", "an", "the", "its", "their", "your", "each", "every", "all", "multiple"])
        || next.text.starts_with(|c: char| c.is_ascii_digit());
    // "reminding patients": people are reminded of something; "monitoring dashboards" is a name.
    let plural =
        singular(&next.lower) != next.lower && head(&rest[..1]).is_none_or(|kind| kind == Kind::User);
    // "everything they do" is no verb.
    if word.lower.ends_with("thing") {
        return false;
    }
    // "courier tracking on a map" is a name.
    if next.is_any(&["on", "in", "for", "with", "by", "from", "at", "of", "and", "as", "via", "through"]) {
        return false;
    }
    // "usage based billing" is a name.
    if word.is_any(&["based", "driven"]) && !next.is_any(&["upon"]) {
        return false;
    }
    // "cycle counting tasks".
    if next.is_any(&["tasks", "jobs", "runs", "rules", "tools", "checks", "sessions"]) {
        return false;
    }
    let known = !word.quoted && knowledge().clause_verbs.contains(&word.lower);
    known && head(rest).is_none_or(|_| rest.len() > 1)
        || word.lower.ends_with("ing") && word.lower.len() > 4 && (determiner || plural)
}

/// "fed from the stream", "written in Go", "of everything they do": what was done with it, or what it is about.
fn past(words: &[Word]) -> bool {
    let Some([word, next]) = words.get(..2) else { return false };
    let led = next.is_any(&["from", "by", "with", "in", "into", "to", "on", "at", "through", "via", "over"]);
    let done = done(word);
    // "rides booked a day in advance".
    let led = led
        || word.lower.ends_with("ed") && next.is_any(&["a", "an", "one", "two", "three", "every", "each"]);
    let whole =
        next.is_any(&["everything", "all", "what", "who", "whatever", "every", "each", "how", "which"]);
    !word.quoted && (led && done || whole && word.is_any(&["of", "about", "on", "for"]))
}

/// "issued", "sent".
pub(super) fn done(word: &Word) -> bool {
    const IRREGULAR: &[&str] =
        &["fed", "built", "written", "kept", "driven", "held", "sent", "made", "run", "bought", "hosted"];
    word.is_any(IRREGULAR) || word.lower.ends_with("ed") && word.lower.len() > 4 && !word.is("feed")
}

pub(super) fn is_colon(word: &Word) -> bool {
    [":", "-", "–", "—"].iter().any(|mark| word.is(mark))
}

pub(super) fn split_purpose(words: &[Word]) -> (&[Word], &[Word]) {
    let cut = words.iter().skip(1).position(|w| {
        w.is_any(&[
            "for",
            "with",
            "to",
            "using",
            "across",
            "triggered",
            "between",
            "in",
            "on",
            "from",
            "at",
            "into",
            "during",
            "behind",
            "over",
            "per",
            "before",
            "after",
            "without",
            "as",
            "via",
            "through",
            "against",
            "around",
            "along",
            "inside",
            "within",
            "next",
            "near",
            "instead",
            "whenever",
            "until",
            "if",
            "unless",
        ])
    });
    match cut {
        // "webhooks for …": a plural is a name by itself.
        Some(n)
            if n > 0
                || singular(&words[n].lower) != words[n].lower
                // "a tip for the courier": a word of a subject is a name by itself.
                || words[n + 1].is("for") && !words[n].quoted && super::bond::of_subject(&words[n].lower)
                || head(&words[..=n]).is_some()
                || technology_in(&words[..=n]).is_some()
                || words[n + 1].is_any(&["with", "using", "between", "via"]) =>
        {
            (&words[..=n], &words[n + 1..])
        }
        _ => (words, &words[..0]),
    }
}

/// Whether something is said about the new thing besides its name.
pub(super) fn holds_clause(words: &[Word]) -> bool {
    let cut_off = words.len() > 2 && words.last().is_some_and(|w| w.is_any(&["integrated", "based"]));
    cut_off || !split_clause(words).1.is_empty()
}
