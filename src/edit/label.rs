//! What something new is called: the name in a noun phrase, or what it does where the noun says nothing.
//!
//! Takes the words of the phrase without its articles; gives a label and a description, or says that it names nothing.

use super::extent;
use super::pattern::{self, knowledge};
use super::phrase::{self, Word, capital, singular};
use crate::model::Technology;
use crate::reader::english::lexicon::{Form, lexicon};

/// The longest label of something new, in words.
const MAX_WORDS: usize = 7;

/// What begins no name: "to reach drivers", "a way to reach drivers"; nor does it hold a wish of its own.
pub(super) fn no_name(core: &[Word]) -> bool {
    const NO_NAME: &[&str] = &[
        "to", "from", "of", "into", "onto", "we", "i", "you", "they", "it", "there", "how", "why", "what",
        "if", "not", "no", "faster", "better", "cheaper",
    ];
    const NO_PART: &[&str] = &["way", "ways", "ability", "possibility", "option"];
    let starts = |rest: &[Word]| knowledge().starters.iter().any(|s| pattern::starts(rest, s).is_some());
    let begins = |all: &[&str]| core.first().is_some_and(|w| w.is_any(all));
    // "S3, and only a link is kept": what stands behind the comma says something of its own.
    const SAYS: &[&str] = &[
        "the",
        "is",
        "are",
        "should",
        "must",
        "can",
        "it",
        "we",
        "they",
        "everything",
        "only",
        "not",
        "but",
        "both",
    ];
    let comma = core.iter().position(|w| w.is(",")).and_then(|at| core.get(at + 1..));
    let more = |two: &[Word]| {
        two[0].is("and")
            && two[1].is_any(&["must", "should", "can", "will", "is", "has", "needs", "call", "name", "put"])
    };
    // "PagerDuty, chat goes to Slack".
    let lexicon = lexicon();
    let goes = |w: &Word| {
        let third = lexicon.verb_forms(&w.lower).iter().any(|(_, f)| *f == Form::Third);
        third && lexicon.noun(&singular(&w.lower)).is_none()
    };
    // "…, tickets go to Jira".
    let go = |two: &[Word]| {
        let base = |(_, f): &(_, Form)| *f == Form::Base;
        let verb =
            lexicon.noun(&two[1].lower).is_none() && lexicon.verb_forms(&two[1].lower).iter().any(base);
        singular(&two[0].lower) != two[0].lower && !two[1].quoted && verb
    };
    let acts = |rest: &[Word]| rest.iter().any(|w| !w.quoted && goes(w)) || rest.windows(2).any(go);
    if comma.is_some_and(|rest| rest.iter().any(|w| w.is_any(SAYS)) || acts(rest))
        || core.windows(2).any(more)
    {
        return true;
    }
    // "louder as they come near and quieter as they walk away".
    if core.len() > 1 && core.last().is_some_and(|w| w.is_any(&["as", "than", "while"])) {
        return true;
    }
    // "… needs one too".
    if matches!(core, [w] if w.is_any(&["one", "ones"])) {
        return true;
    }
    // "scoring behind a queue" says where something is that is there.
    let place = |two: &[Word]| two[0].is_any(&["behind", "between"]) && two[1].is_any(&["a", "an", "the"]);
    if core.windows(2).any(place) {
        return true;
    }
    // "… and add a standby", "… and run it twice".
    let adds = core.len() > 1 && core[0].is("add") && core[1].is_any(&["a", "an", "the", "some", "another"]);
    let more = core.windows(2).enumerate().any(|(n, two)| two[0].is("and") && starts(&core[n + 1..]));
    adds || more || begins(NO_NAME) || core.len() > 1 && begins(NO_PART)
}

/// "… called X", "… named X", or a quoted name at the end or alone.
pub(super) fn told_name(words: &[Word]) -> (&[Word], Option<String>) {
    if let Some(n) = words.iter().position(|w| w.is_any(&["called", "named"]))
        && n > 0
        && n + 1 < words.len()
    {
        return (&words[..n], Some(phrase::join(&words[n + 1..])));
    }
    match words.split_last() {
        Some((last, before)) if last.quoted => {
            (if before.is_empty() { words } else { before }, Some(last.text.clone()))
        }
        _ => (words, None),
    }
}

/// "a feature that exports the user's data", "a tool for replaying failures": the noun says nothing, what it does names it.
pub(super) fn named_by_what_it_does(core: &[Word], said: &[Word]) -> Option<String> {
    const MAX_OBJECT: usize = 3;
    let [noun] = core else { return None };
    let says_nothing = |w: &Word| w.is_any(&["tool", "thing", "mechanism", "system", "program"]);
    if !(says_nothing(noun) || knowledge().empty_heads.iter().any(|h| noun.is(h))) {
        return None;
    }
    let said = match said.split_first() {
        Some((w, rest)) if w.is_any(&["that", "which", "for", "to"]) => rest,
        _ => said,
    };
    let (verb, object) = said.split_first()?;
    let gerund = verb.lower.ends_with("ing") && verb.lower.len() > 5;
    if gerund {
        let noun = if knowledge().empty_heads.iter().any(|h| noun.is(h)) {
            String::new()
        } else {
            format!(" {}", noun.lower)
        };
        return Some(capital(&format!("{}{noun}", verb.lower)));
    }
    let third = lexicon().verb_forms(&verb.lower).iter().find(|(_, f)| *f == Form::Third);
    let lemma = third.and_then(|(n, _)| lexicon().verb(*n)).map(|v| v.lemma)?;
    let deed = knowledge().deeds.get(lemma)?;
    let bare = super::names::bare(object);
    let ends = |w: &&Word| {
        !w.is_any(&[
            "on", "for", "to", "in", "from", "with", "when", "by", "after", "at", "and", ",", "into", "of",
        ])
    };
    let name: Vec<Word> = bare.iter().take_while(ends).take(MAX_OBJECT).cloned().collect();
    let one = phrase::singular_last(&phrase::join(&name));
    (!name.is_empty()).then(|| capital(&format!("{one} {}", deed.noun)))
}

pub(super) fn label(words: &[Word], technology: Option<&Technology>) -> Option<String> {
    let mut words = words;
    if words.len() > 1
        && let Some((last, before)) = words.split_last()
        && knowledge().empty_heads.iter().any(|h| last.is(h) || last.is(&format!("{h}s")))
    {
        words = before;
    }
    if words.len() > MAX_WORDS {
        words = &words[..MAX_WORDS];
    }
    // "proof of reserves published": what was done with it is no part of the name.
    if let [.., before, last] = words
        && words.len() > 2
        && extent::done(last)
        && singular(&before.lower) != before.lower
    {
        words = &words[..words.len() - 1];
    }
    // "an audit trail of": what is cut off may leave its preposition.
    while words.len() > 1
        && words.last().is_some_and(|w| w.is_any(&["of", "for", "to", "about", "with", "and", "in", "on"]))
    {
        words = &words[..words.len() - 1];
    }
    let text = phrase::join(words);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if text.is_empty() {
        return technology.map(|t| t.name.clone());
    }
    Some(capital(text))
}

/// A clause as a sentence: "that suggests products" → "Suggests products."
pub(super) fn describe(words: &[Word]) -> Option<String> {
    let words = match words.first() {
        Some(w) if w.is_any(&["that", "which", "who", "so"]) => &words[1..],
        _ => words,
    };
    let text = phrase::join(words);
    let text = text.trim_end_matches(['.', ',', ';']);
    (!text.is_empty()).then(|| format!("{}.", capital(text)))
}
