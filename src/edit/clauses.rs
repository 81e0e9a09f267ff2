//! A sentence as the wishes it holds: parts with verbs of their own, a time they are done at, and the reasons given for them.
//!
//! Takes a scene and a sentence; each wish is done on what the ones before it left. A reason draws nothing and is said to be
//! one, and what it speaks of is what the wish beside it is about.

use super::extent;
use super::names;
use super::pattern::{self, Reasons, knowledge};
use super::phrase::{self, Word};
use super::scene::Scene;
use super::{intents, segments, spelling, without_manners, wording};
use crate::model::{Id, Kind, Operation, Value};
use crate::reader::english::lexicon::{Form, lexicon};
use crate::text::{Diagnostic, Span};

/// The longest sentence, in words.
const MAX_WORDS: usize = 200;
/// The longest name that is looked for in a reason, in words.
const MAX_NAME: usize = 5;
/// The longest reason, in words.
const MAX_REASON: usize = 20;

/// Intents whose second half has a verb of its own.
const JOINED: &[&str] = &["add_joined", "on_event"];

/// One argument may hold several sentences; each is done on what the ones before it left.
pub(super) fn sentence(scene: &Scene, sentence: &str) -> Result<Scene, Diagnostic> {
    let mut scene = scene.clone();
    let words = spelling::corrected(&mut scene, phrase::words(sentence));
    let limit = |n: usize| {
        let message = format!("the sentence has {n} words; the limit is {MAX_WORDS}");
        Diagnostic::error("BP0806", Span::new(0, sentence.len()), message).hint("say it in several sentences")
    };
    if words.is_empty() {
        let d = Diagnostic::error("BP0801", None, "the sentence is empty");
        return Err(d.hint("say, for instance, “add a cache between the API and the database”"));
    }
    let parts: Vec<&[Word]> =
        words.split(|w| w.is(".") || w.is(";")).filter(|part| !part.is_empty()).collect();
    for part in &parts {
        if part.len() > MAX_WORDS {
            return Err(limit(part.len()));
        }
        let plainer = |refused| {
            let plain = wording::plainer(part).and_then(|plain| timed(&scene, &plain).ok());
            plain.ok_or(refused)
        };
        scene = match timed(&scene, part).or_else(plainer) {
            Ok(done) => done,
            Err(refused) if parts.len() > 1 && is_reason(part) => reason(&scene, part).ok_or(refused)?,
            Err(refused) => return Err(refused),
        };
    }
    scene.about.clear();
    Ok(scene)
}

/// The wish as it stands; where that makes no sense, without the time it is done at.
fn timed(scene: &Scene, raw: &[Word]) -> Result<Scene, Diagnostic> {
    let words = without_manners(raw);
    let within = time_within(words);
    let cut =
        within.as_ref().map(|(when, rest)| (when.as_slice(), rest.as_slice())).or_else(|| cut_time(words));
    // "export the orders hourly": what is done at its time is done by a job.
    let duty = |w: &Word| w.is_any(&["should", "must", "shall", "needs", "need"]);
    let adds = |rest: &[Word]| {
        let what = knowledge().verb_at("add", rest).and_then(|n| rest.get(n..));
        what.is_some_and(|what| !what.is_empty() && !extent::holds_clause(what))
    };
    let does = |rest: &[Word]| knowledge().verb_at("do", rest).is_some() || rest.iter().any(duty);
    let job = cut.is_some_and(|(_, rest)| does(rest) || adds(rest));
    let refused = match reasoned(scene, raw) {
        Ok(done) if !job => return Ok(done),
        done => done,
    };
    let Some((when, rest)) = cut else { return refused };
    let mut trial = scene.clone();
    trial.when = Some(phrase::join(when).to_lowercase());
    let before = trial.operations.len();
    let Ok(mut done) = reasoned(&trial, rest) else { return refused };
    // What comes in to run at that time says so.
    if let Some(when) = done.when.take() {
        let runs = |o: &Operation| match o {
            Operation::AddComponent { id, kind, .. } if kind.is_compute() || *kind == Kind::Analytics => {
                Some(id.clone())
            }
            _ => None,
        };
        if let Some(id) = done.operations.get(before..).and_then(|added| added.iter().find_map(runs)) {
            let set = Operation::SetProperty { id, name: "schedule".to_owned(), value: Value::parse(&when) };
            if done.perform(set).is_err() {
                return refused;
            }
        }
    }
    Ok(done)
}

/// "send a daily summary to the team leads": the time stands before what is sent.
fn time_within(words: &[Word]) -> Option<(Vec<Word>, Vec<Word>)> {
    let verb = knowledge().verb_at("do", words)?;
    let tells = knowledge().deeds.get(&phrase::join(words.get(..verb)?).to_lowercase())?.tells;
    let at = verb + usize::from(words.get(verb).is_some_and(|w| w.is_any(&["a", "an", "the"])));
    let when = words.get(at).filter(|w| tells && knowledge().times.adverbs.iter().any(|a| w.is(a)))?;
    let rest: Vec<Word> = words[..at].iter().chain(&words[at + 1..]).cloned().collect();
    Some((vec![when.clone()], rest))
}

/// The time at the start or at the end of a wish, and the wish.
fn cut_time(words: &[Word]) -> Option<(&[Word], &[Word])> {
    let length = time(words);
    if length > 0 && length < words.len() {
        let (when, mut rest) = words.split_at(length);
        while rest.len() > 1 && rest[0].is(",") {
            rest = &rest[1..];
        }
        return Some((when, rest));
    }
    let ends = |n: &usize| time(&words[*n..]) == words.len() - n;
    let from = (2..words.len()).find(ends)?;
    let (mut rest, when) = words.split_at(from);
    while rest.last().is_some_and(|w| w.is(",")) {
        rest = &rest[..rest.len() - 1];
    }
    Some((when, rest))
}

/// How many words at the start say when something is done again and again: "every other night", "once a day", "at 3 am".
fn time(words: &[Word]) -> usize {
    let times = &knowledge().times;
    let plain = |n: usize| words.get(n).filter(|w| !w.quoted).map_or("", |w| w.lower.as_str());
    let unit = |n: usize| times.units.iter().any(|u| u == plain(n) || format!("{u}s") == plain(n));
    let number =
        |n: usize| words.get(n).is_some_and(|w| super::newcomer::number(std::slice::from_ref(w)).is_some());
    let each = matches!(plain(0), "every" | "each");
    let hour = |n: usize| times.hours.iter().any(|h| h == plain(n));
    // "at 2 am", "at 14:30".
    let o_clock = |n: usize| {
        let (clock, half) = (plain(n), plain(n + 1));
        let digits = clock.starts_with(|c: char| c.is_ascii_digit());
        let told = clock.contains(':') || ["am", "pm"].iter().any(|end| clock.ends_with(end));
        match half {
            "am" | "pm" | "o'clock" if digits => 2,
            _ => usize::from(digits && told),
        }
    };
    let each_few = each && (number(1) || matches!(plain(1), "other" | "few" | "second" | "single"));
    let once =
        matches!(plain(0), "once" | "twice") && matches!(plain(1), "a" | "an" | "per" | "every" | "each");
    let plural = words.get(1).is_some_and(|w| w.lower.ends_with('s'));
    let on = matches!(plain(0), "on" | "over" | "at" | "during") && plural && unit(1);
    let mut length = if times.adverbs.iter().any(|a| a == plain(0)) {
        1
    } else if (each_few || once) && unit(2) {
        3
    } else if each && unit(1) || plain(0) == "at" && hour(1) || on {
        2
    } else if plain(0) == "at" && o_clock(1) > 0 {
        1 + o_clock(1)
    } else {
        return 0;
    };
    // "at 2 am every day", "at 2 am daily".
    if plain(0) == "at" && matches!(plain(length), "every" | "each" | "on") && unit(length + 1) {
        length += 2;
    } else if plain(0) == "at" && times.adverbs.iter().any(|a| a == plain(length)) {
        length += 1;
    }
    // "every night at 3 am".
    if plain(length) == "at"
        && words.get(length + 1).is_some_and(|w| w.text.starts_with(|c: char| c.is_ascii_digit()))
    {
        length += 2;
        length += usize::from(matches!(plain(length), "am" | "pm" | "o'clock"));
    } else if plain(length) == "at" && hour(length + 1) {
        length += 2;
    }
    length
}

/// The wish as it stands; where that makes no sense, without the reason given for it.
fn reasoned(scene: &Scene, raw: &[Word]) -> Result<Scene, Diagnostic> {
    let words = without_manners(raw);
    let refused = match clauses(scene, words) {
        Ok(done) => return Ok(done),
        Err(refused) => refused,
    };
    let because = |w: &Word| w.is_any(&["because", "since", "as", "so", "otherwise", "given"]);
    for (n, _) in words.iter().enumerate().skip(2).filter(|(_, w)| because(w) || w.is(",")) {
        let (wish, why) = (&words[..n], &words[n + 1..]);
        let told = because(&words[n]) && !(words[n].is("as") && why.len() < 3);
        let wish_too =
            knowledge().starters.iter().any(|s| pattern::starts(without_manners(why), s).is_some());
        if why.is_empty() || wish_too || !(told || is_reason(why)) {
            continue;
        }
        let wish = if wish.last().is_some_and(|w| w.is(",")) { &wish[..wish.len() - 1] } else { wish };
        if let Ok(done) = clauses(scene, wish) {
            let why = if because(&words[n]) { &words[n..] } else { why };
            return Ok(said_aside(done, why));
        }
    }
    let stop = |w: &Word| [",", ":", "-", "–", "—"].iter().any(|mark| w.is(mark));
    for (n, _) in raw.iter().enumerate().skip(2).filter(|(_, w)| stop(w)) {
        let (why, wish) = (&raw[..n], without_manners(&raw[n + 1..]));
        if wish.is_empty() || !is_reason(why) {
            continue;
        }
        if let Some(told) = reason(scene, why)
            && let Ok(done) = clauses(&told, wish)
        {
            return Ok(done);
        }
    }
    Err(refused)
}

/// Whether words say how things are, not what is to be done: they begin with no imperative and no condition, speak of no
/// duty, and hold a verb.
fn is_reason(words: &[Word]) -> bool {
    let Reasons { states, duties } = &knowledge().reasons;
    let says = |w: &Word, all: &[String]| all.iter().any(|s| w.is(s));
    let lexicon = lexicon();
    let base = |w: &Word| lexicon.verb_forms(&w.lower).iter().any(|(_, form)| *form == Form::Base);
    let verb = |w: &Word| !lexicon.verb_forms(&w.lower).is_empty();
    // People and arrows are among the classes of words, and no verbs.
    let acts = |class: &str| !["people", "arrow", "instead", "told"].contains(&class);
    let said =
        |w: &Word| knowledge().verbs.iter().any(|(class, all)| acts(class) && all.iter().any(|v| w.is(v)));
    let imperative = words.first().is_some_and(|w| base(w) || said(w));
    let (first, rest) = (words.first(), words.get(1..).unwrap_or_default());
    let pronoun = first.is_some_and(|w| w.is_any(&["and", "then", "also"]));
    (3..=MAX_REASON).contains(&words.len())
        && !imperative
        && !pronoun
        && (!words.iter().any(|w| says(w, duties))
            || words
                .iter()
                .any(|w| w.is_any(&["faster", "cheaper", "quicker", "safer", "easier", "simpler"])))
        && rest.iter().any(|w| says(w, states) || verb(w) && !w.quoted)
}

/// The scene with a reason taken note of: what it speaks of is what the wish that follows is about.
fn reason(scene: &Scene, words: &[Word]) -> Option<Scene> {
    let mut told = scene.clone();
    let spoken = mentioned(scene, words);
    if !spoken.is_empty() {
        told.last.clone_from(&spoken);
        told.about = spoken;
    }
    Some(said_aside(told, words))
}

fn said_aside(mut scene: Scene, words: &[Word]) -> Scene {
    let text = format!("“{}” is taken as the reason; nothing is drawn for it", phrase::join(words));
    scene.remark("BP0816", phrase::span(words), text);
    scene
}

/// The components that words name, in their order.
fn mentioned(scene: &Scene, words: &[Word]) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=MAX_NAME.min(words.len() - at)).rev().find_map(|length| {
            let window = &words[at..at + length];
            let id = names::named(&scene.architecture, window)?;
            Some((length, id))
        });
        match longest {
            Some((length, id)) => {
                if !found.contains(&id) {
                    found.push(id);
                }
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// "rename A to B and connect it to C": each clause with a verb of its own is an edit of its own, unless only the whole
/// makes sense.
fn clauses(scene: &Scene, words: &[Word]) -> Result<Scene, Diagnostic> {
    let ways = segments::ways(scene, words);
    if ways.is_empty() {
        return super::one(scene, words);
    }
    // "add a cache and make the API read from it": the second half says where the first goes.
    if let Some(done) = joined(scene, words) {
        return Ok(done);
    }
    let mut refused = None;
    for way in &ways {
        let done = way.iter().try_fold(scene.clone(), |scene, part| super::one(&scene, part));
        match done {
            Ok(done) => return Ok(done),
            Err(diagnostic) => refused = Some(diagnostic),
        }
    }
    super::one(scene, words).map_err(|whole| refused.unwrap_or(whole))
}

/// The reading of two halves as one wish, if there is one.
fn joined(scene: &Scene, words: &[Word]) -> Option<Scene> {
    let words = without_manners(words);
    let mut patterns = knowledge().patterns().iter().filter(|p| JOINED.contains(&p.intent.as_str()));
    patterns.find_map(|pattern| {
        pattern.matches(words).iter().find_map(|bindings| {
            let mut trial = scene.clone();
            let clause = intents::Clause { words, bindings };
            intents::perform(&pattern.intent, &mut trial, &clause).ok()?;
            trial.said();
            Some(trial)
        })
    })
}
