//! The wishes in one sentence, taken apart: verbs of their own, verbs and subjects that a second half goes on with, settings
//! told behind "with".
//!
//! Takes words and gives ways to cut them, the likelier first; whether the pieces make sense is for others to try.

use super::names;
use super::newcomer;
use super::pattern::{self, knowledge};
use super::phrase::{Word, singular};
use super::scene::Scene;
use crate::model::Id;
use crate::reader::english::lexicon::{Form, lexicon};

/// Longer sentences are cut at their verbs only.
const MAX_WORDS: usize = 60;
/// The longest subject, in words.
const MAX_SUBJECT: usize = 8;
/// The longest value of a setting behind "with", in words.
const MAX_VALUE: usize = 3;

/// One way to cut a sentence.
pub(super) type Way = Vec<Vec<Word>>;

/// The ways to cut a sentence that come before the sentence as a whole.
pub(super) fn ways(scene: &Scene, words: &[Word]) -> Vec<Way> {
    let strong: Way = at_verbs(words).iter().map(|part| part.to_vec()).collect();
    let mut ways: Vec<Way> = Vec::new();
    if words.len() <= MAX_WORDS && !words.first().is_some_and(|w| w.is_any(SUBORDINATE)) {
        let subjects: Way = strong.iter().flat_map(|part| at_subjects(scene, part)).collect();
        let said: Way = subjects.iter().flat_map(|part| same_subject(scene, part)).collect();
        let gapped: Way = said.iter().flat_map(|part| same_verb(part)).collect();
        let set: Way = gapped.iter().flat_map(|part| with_setting(part)).collect();
        ways.extend([listed(scene, words), set, gapped, said, subjects]);
    }
    ways.push(strong);
    ways.push(at_joints(words));
    ways.retain(|way| way.len() > 1);
    ways.dedup();
    ways
}

/// What makes the first half a condition or a reason, whatever follows.
const SUBORDINATE: &[&str] = &[
    "when", "whenever", "if", "once", "after", "before", "as", "since", "because", "while", "instead",
    "until", "unless", "what", "between", "in",
];

/// "rename A to B and connect it to C": each verb that begins a wish.
pub(super) fn at_verbs(words: &[Word]) -> Vec<&[Word]> {
    let starts = |at: usize| {
        let rest = words.get(at..).unwrap_or_default();
        knowledge().starters.iter().any(|s| pattern::starts(rest, s).is_some())
    };
    let mut parts = Vec::new();
    let mut from = 0;
    for n in 1..words.len() {
        if n > from && starts(n) {
            let end = before_joint(words, from, n);
            if end < n && end > from {
                parts.push(&words[from..end]);
                from = n;
            }
        }
    }
    parts.push(&words[from..]);
    parts
}

/// "three workers, and 12 partitions on the stream": a comma and an "and" part wishes whatever they begin with.
fn at_joints(words: &[Word]) -> Way {
    let joint = |w: &Word| w.is_any(&["and", "plus", "then"]);
    let mut way: Way = vec![Vec::new()];
    for (n, word) in words.iter().enumerate() {
        let ends_list = way.last().is_some_and(|part| in_list(part));
        if word.is(",") && words.get(n + 1).is_some_and(joint) && !ends_list {
            way.push(Vec::new());
        } else if let Some(part) = way.last_mut().filter(|part| !part.is_empty() || !joint(word)) {
            part.push(word.clone());
        }
    }
    way.retain(|part| !part.is_empty());
    way
}

/// "… with ride sharing, emergency buttons": a list that says what belongs to the wish is under way.
fn in_list(part: &[Word]) -> bool {
    const OPENERS: &[&str] = &[
        "with",
        "supporting",
        "including",
        "allowing",
        "like",
        "such",
        "that",
        "which",
        "where",
        "using",
        "tracking",
        "showing",
        "covering",
    ];
    let comma = part.iter().position(|w| w.is(","));
    comma.is_some_and(|at| part[..at].iter().any(|w| w.is_any(OPENERS)))
}

/// Where the words before a second wish end, without what joins the two.
fn before_joint(words: &[Word], from: usize, at: usize) -> usize {
    let mut end = at;
    while end > from
        && (words[end - 1].is_any(&["and", "then", "also", "afterwards", "please", "but"])
            || words[end - 1].is(",")
            || words[end - 1].is(":"))
    {
        end -= 1;
    }
    end
}

/// What says of a subject what it is to do.
fn modal(word: &Word) -> bool {
    word.is_any(&[
        "should",
        "must",
        "can",
        "will",
        "may",
        "shall",
        "needs",
        "need",
        "has",
        "have",
        "gets",
        "get",
        "is",
        "are",
        "doesn't",
        "don't",
        "shouldn't",
        "mustn't",
        "cannot",
        "can't",
        "no",
    ])
}

/// Whether a verb in the third person stands there: "reads from", "listens to".
fn third_person(words: &[Word]) -> bool {
    let Some(first) = words.first() else { return false };
    let known = knowledge().verb_at("call", words).is_some();
    let form = |form: Form| form == Form::Third;
    first.lower.ends_with('s') && (known || lexicon().verb_forms(&first.lower).iter().any(|(_, f)| form(*f)))
}

/// How many words at the start name what is there, before a verb that says something of it.
fn subject(scene: &Scene, words: &[Word]) -> Option<usize> {
    let verb = |n: &usize| words.get(*n..).is_some_and(|rest| modal(&rest[0]) || third_person(rest));
    (1..=MAX_SUBJECT.min(words.len().saturating_sub(1))).filter(verb).find(|&n| {
        let name = &words[..n];
        let name = if name[0].is_any(&["both", "all"]) && n > 1 { &name[1..] } else { name };
        let pronoun = matches!(name, [w] if w.is_any(&["it", "they"]));
        pronoun || names::many(&scene.architecture, name, &scene.last).is_ok()
    })
}

/// "drop A, B can tell C": what is there is said to do something of its own.
fn at_subjects(scene: &Scene, words: &[Word]) -> Way {
    let joint = |w: &Word| w.is_any(&["and", "but", ",", ":", "while", "whereas"]);
    // "…, it is internal" is a reason.
    let wish = |rest: &[Word]| subject(scene, rest).is_some_and(|n| !rest[n].is_any(&["is", "are"]));
    let at = (2..words.len()).find(|&n| joint(&words[n - 1]) && words.get(n..).is_some_and(wish));
    // "A and B should …": what stands before is no wish yet.
    let whole = subject(scene, words).is_some_and(|n| at.is_some_and(|at| at <= n));
    match at.filter(|_| !whole) {
        Some(at) => {
            let end = before_joint(words, 0, at);
            if end == 0 {
                return vec![words.to_vec()];
            }
            let mut way = vec![words[..end].to_vec()];
            way.extend(at_subjects(scene, &words[at..]));
            way
        }
        None => vec![words.to_vec()],
    }
}

/// "A needs a login and should be behind B": the second half goes on with the subject of the first.
fn same_subject(scene: &Scene, words: &[Word]) -> Way {
    let Some(length) = subject(scene, words) else { return vec![words.to_vec()] };
    let acts = |rest: &[Word]| modal(&rest[0]) && !rest[0].is("no") || third_person(rest);
    let mut way = Vec::new();
    let mut rest = words.to_vec();
    let mut from = length + 2;
    while let Some(at) = (from..rest.len()).find(|&n| {
        let word = rest[n - 1].is_any(&["and", "but", "also"]) || rest[n - 1].is(",");
        word && rest.get(n..).is_some_and(acts)
    }) {
        let end = before_joint(&rest, 0, at);
        way.push(rest[..end].to_vec());
        rest = words[..length].iter().chain(&rest[at..]).cloned().collect();
        from = length + 2;
    }
    way.push(rest);
    way.into_iter().flat_map(|part| same_verb_to_be(&part, length)).collect()
}

/// "recordings must be kept for 30 days and encrypted": what they must be besides.
fn same_verb_to_be(words: &[Word], subject: usize) -> Way {
    let Some(be) = words.iter().position(|w| w.is("be")).filter(|&at| at > subject && at < subject + 3)
    else {
        return vec![words.to_vec()];
    };
    let participle = |w: &Word| lexicon().verb_forms(&w.lower).iter().any(|(_, f)| *f == Form::Participle);
    let at = (be + 2..words.len()).find(|&n| words[n - 1].is("and") && participle(&words[n]));
    match at {
        Some(at) => {
            let more = words[..=be].iter().chain(&words[at..]).cloned().collect();
            vec![words[..before_joint(words, 0, at)].to_vec(), more]
        }
        None => vec![words.to_vec()],
    }
}

/// "use A for B and C for D": the second half goes on with the verb of the first.
fn same_verb(words: &[Word]) -> Way {
    const PLACES: &[&str] =
        &["for", "as", "to", "with", "by", "into", "in", "from", "behind", "before", "after", "beside"];
    let whole = || vec![words.to_vec()];
    let Some(verb) = words.first().filter(|w| knowledge().gapping.contains(&w.lower)) else {
        return whole();
    };
    let place = |part: &[Word]| {
        let at = part.iter().position(|w| w.is_any(PLACES))?;
        (at > 0 && at + 1 < part.len()).then(|| part[at].lower.clone())
    };
    let mut parts: Vec<Vec<Word>> = Vec::new();
    for part in words[1..].split(|w| w.is("and") || w.is(",")).filter(|part| !part.is_empty()) {
        match (place(part), parts.last_mut()) {
            (None, Some(_)) => return whole(),
            _ => parts.push(part.to_vec()),
        }
    }
    let of_use = |p: String| if p == "as" { "for".to_owned() } else { p };
    let mut places = parts.iter().map(|part| place(part).map(of_use));
    let first = places.next().flatten();
    let alike = first.is_some() && places.all(|p| p == first);
    if parts.len() < 2 || !alike {
        return whole();
    }
    // "into a private subnet and … into a public one": one of what the first half ends with.
    let ends = parts.first().and_then(|part| part.last()).cloned();
    if let Some(last) = parts.last_mut().and_then(|part| part.last_mut()).filter(|w| w.is("one")) {
        last.clone_from(ends.as_ref().unwrap_or(verb));
    }
    parts.into_iter().map(|part| std::iter::once(verb.clone()).chain(part).collect()).collect()
}

/// "the worker: memory 2 GB, 2 vCPUs": each is given to what stands before the colon.
fn listed(scene: &Scene, words: &[Word]) -> Way {
    let Some(at) = words.iter().position(|w| w.is(":")).filter(|&at| at > 0) else { return Vec::new() };
    if names::many(&scene.architecture, &words[..at], &scene.last).is_err() {
        return Vec::new();
    }
    let give = Word::new("give", words[at].span, false);
    let parts = words[at + 1..].split(|w| w.is(",") || w.is("and")).filter(|part| !part.is_empty());
    let bare = |part: &[Word]| match part {
        [at, most, rest @ ..] if at.is("at") && most.is_any(&["least", "most"]) => rest.to_vec(),
        part => part.to_vec(),
    };
    parts.map(|part| [vec![give.clone()], words[..at].to_vec(), bare(part)].concat()).collect()
}

/// "make A idempotent with a timeout of 2 s": the setting is a wish of its own.
fn with_setting(words: &[Word]) -> Way {
    let whole = || vec![words.to_vec()];
    let Some(at) = words.iter().rposition(|w| w.is("with")).filter(|&at| at > 1) else { return whole() };
    if !setting(&words[at + 1..]) {
        return whole();
    }
    let span = words[at].span;
    let word = |text: &str| Word::new(text, span, false);
    let whom = if words.iter().any(|w| w.is("them")) { "them" } else { "it" };
    let given = [word("give"), word(whom)].into_iter().chain(words[at + 1..].iter().cloned());
    vec![words[..at].to_vec(), given.collect()]
}

/// "a timeout of 2 s", "3 retries": a property and its value, and nothing else.
fn setting(words: &[Word]) -> bool {
    let property = |words: &[Word]| {
        let said = words.iter().map(|w| singular(&w.lower)).collect::<Vec<_>>().join(" ");
        knowledge().properties.values().flatten().any(|p| singular(p) == said)
    };
    let bare = names::bare(words);
    if let Some(of) = bare.iter().position(|w| w.is("of")) {
        let value = &bare[of + 1..];
        let plain = !value.is_empty()
            && value.len() <= MAX_VALUE
            && value[0].text.starts_with(|c: char| c.is_ascii_digit());
        return plain && property(&bare[..of]);
    }
    let number = |w: &Word| newcomer::number(std::slice::from_ref(w)).is_some();
    let replicas = |rest: &[Word]| {
        let last = |n: &str| rest.last().is_some_and(|w| w.is(n));
        rest.len() == 2 && rest[0].is("read") && (last("replicas") || last("replica"))
    };
    matches!(bare.split_first(), Some((first, rest)) if number(first) && (property(rest) || replicas(rest)))
}

/// What a sentence speaks of first, where it says what that is to do: "the worker should read from the queue".
pub(super) fn topic(scene: &Scene, words: &[Word]) -> Option<Id> {
    let length = subject(scene, words)?;
    match names::many(&scene.architecture, &words[..length], &scene.last).ok()?.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}
