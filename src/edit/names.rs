//! What the words of a sentence refer to in an architecture: a component, several, a group.
//!
//! Takes words and gives ids, or a refusal that names the candidates. It never guesses: two that fit equally well are a
//! refusal.

use std::collections::BTreeSet;

use super::Refusal;
use super::anchor::akin;
use super::candidates::{ambiguous, unknown};
pub(super) use super::group_names::{group, group_called, inside};
use super::newcomer;
use super::pattern::{knowledge, starts};
use super::phrase::{self, Word, singular};
use crate::catalog::catalog;
use crate::model::{Architecture, Component, Id, Kind};

/// The longest name that something is looked for by, in words: what is longer is no name, however it is cut.
const MAX_NAME: usize = 16;

pub(super) const DETERMINERS: &[&str] = &[
    "the", "a", "an", "our", "my", "your", "its", "their", "this", "existing", "current", "whole", "entire",
];
pub(super) const ALL: &[&str] = &["all", "every", "each", "both"];

/// The words without articles and the like in front.
pub(super) fn bare(words: &[Word]) -> &[Word] {
    let skip = words.iter().take_while(|w| w.is_any(DETERMINERS)).count();
    if skip < words.len() { &words[skip..] } else { words }
}

/// The parts of a name that can be compared: lower case, singular, no marks.
pub(super) fn stems(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(singular)
        .collect()
}

/// One component.
pub(super) fn one(a: &Architecture, words: &[Word], last: &[Id]) -> Result<Id, Refusal> {
    let whole = words;
    let mut words = words;
    loop {
        // "orders in the past year" is no word on the order service: what is cut to one bare word must be a name.
        if words.len() == 1 && whole.len() > 1 && !called(a, words) {
            return Err(unknown(whole));
        }
        match exactly(a, words, last) {
            // "the API for faster look-ups": what is said of the purpose is no part of the name.
            Err(refusal) => match cut_purpose(words) {
                Some(shorter) if !refusal.ambiguous => words = shorter,
                _ => return Err(refusal),
            },
            found => return found,
        }
    }
}

/// Whether something goes by exactly these words, or is the only one of what they name.
pub(super) fn called(a: &Architecture, words: &[Word]) -> bool {
    let plain = stems(&phrase::join(words)).join(" ");
    let pronoun = words.iter().any(|w| w.is_any(&["it", "them", "that", "this"]));
    let named = |c: &Component| fit(c, &phrase::join(words), &plain) >= 95;
    let kind =
        |c: &Component| c.technology.is_some() && alias(c, &plain) || kind_words(c).contains(plain.as_str());
    pronoun || a.components().any(|c| named(c) || kind(c))
}

fn cut_purpose(words: &[Word]) -> Option<&[Word]> {
    const PURPOSE: &[&str] =
        &["for", "to", "so", "because", "which", "that", "in", "when", "using", "with", "while", "as"];
    let cut = words.iter().rposition(|w| w.is_any(PURPOSE) || w.is(","))?;
    (cut > 0).then(|| &words[..cut])
}

fn exactly(a: &Architecture, words: &[Word], last: &[Id]) -> Result<Id, Refusal> {
    if let [word] = words
        && word.is_any(&["it", "that", "this", "there"])
        && let [id] = last
        && a.component(id.as_str()).is_some()
    {
        return Ok(id.clone());
    }
    // "a bucket" is something new, and an article alone is nothing.
    let new = words.first().is_some_and(|w| w.is_any(&["a", "an", "another", "new"]));
    if new || words.is_empty() || words.len() > MAX_NAME || words.iter().all(|w| w.is_any(DETERMINERS)) {
        return Err(Refusal::other());
    }
    let mut found = candidates(a, words);
    if let Some(door) = the_door(a, words, &found) {
        return Ok(door);
    }
    if found.is_empty() {
        found = under_another_head(a, words);
    }
    if found.is_empty() {
        found = in_other_form(a, words);
    }
    if found.is_empty() {
        found = lying_between(a, words, last);
    }
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(unknown(words)),
        several => doing(a, words, several).ok_or_else(|| ambiguous(a, words, several)),
    }
}

/// "after transcoding": of the workers and their queue, what does it.
fn doing(a: &Architecture, words: &[Word], found: &[Id]) -> Option<Id> {
    let activity = matches!(words, [w] if !w.quoted && w.lower.ends_with("ing"));
    let code = |id: &&Id| a.component(id.as_str()).is_some_and(|c| c.kind.is_compute());
    let mut all = found.iter().filter(|_| activity).filter(code);
    all.next().filter(|_| all.next().is_none()).cloned()
}

/// Of all that words fit, the only one that runs code.
pub(super) fn only_code(a: &Architecture, words: &[Word]) -> Option<Id> {
    let mut found = candidates(a, words);
    found.retain(|id| a.component(id.as_str()).is_some_and(|c| c.kind.is_compute()));
    <[Id; 1]>::try_from(found).ok().map(|[id]| id)
}

/// What words within a text name by themselves: with an article as others name it, else by its full name or by two words
/// of it.
pub(super) fn named(a: &Architecture, words: &[Word]) -> Option<Id> {
    let said = bare(words);
    let article = said.len() < words.len();
    let capital = said.iter().all(|w| w.text.starts_with(char::is_uppercase));
    let least = match (article, said.len()) {
        (true, _) => 60,
        (false, 1) if !capital => 95,
        (false, _) => 75,
    };
    let (name, plain) = (phrase::join(said), stems(&phrase::join(said)).join(" "));
    match candidates(a, words).as_slice() {
        [one] if fit(a.component(one.as_str())?, &name, &plain) >= least => Some(one.clone()),
        _ => None,
    }
}

/// Everything the words fit best, equally well.
fn candidates(a: &Architecture, words: &[Word]) -> Vec<Id> {
    let name = phrase::join(bare(words));
    let plain = stems(&name).join(" ");
    let scored: Vec<(u32, Id)> = a
        .components()
        .filter_map(|c| {
            let score = fit(c, &name, &plain);
            (score > 0).then(|| (score, c.id.clone()))
        })
        .collect();
    let best = scored.iter().map(|(s, _)| *s).max().unwrap_or(0);
    scored.into_iter().filter(|(s, _)| *s == best).map(|(_, id)| id).collect()
}

/// "the API" of several services behind one gateway is the gateway.
fn the_door(a: &Architecture, words: &[Word], found: &[Id]) -> Option<Id> {
    let said = bare(words);
    let meant = found.len() > 1 && matches!(said, [w] if knowledge().doors.contains(&w.lower));
    let called = |c: &Component| stems(&c.label).iter().any(|l| knowledge().doors.contains(l));
    if !meant || found.iter().filter_map(|id| a.component(id.as_str())).any(called) {
        return None;
    }
    let mut doors = a.components().filter(|c| c.kind == Kind::Gateway);
    doors.next().filter(|_| doors.next().is_none()).map(|c| c.id.clone())
}

/// "the ingestion layer" where there is an ingestion service: the last noun only says that it is a part. What is left of
/// the name must be all that is left of the label.
fn under_another_head(a: &Architecture, words: &[Word]) -> Vec<Id> {
    let generic = |w: &String| knowledge().generic_heads.contains(w);
    let name = stems(&phrase::join(bare(words)));
    let Some((_, own)) = name.split_last().filter(|(last, own)| generic(last) && !own.is_empty()) else {
        return Vec::new();
    };
    let code = || a.components().filter(|c| c.kind.is_compute()).map(|c| (c, stems(&c.label)));
    let same = |label: &[String]| {
        label.split_last().is_some_and(|(last, rest)| rest == own && generic(last) || label == own)
    };
    let found: Vec<Id> = code().filter(|(_, label)| same(label)).map(|(c, _)| c.id.clone()).collect();
    if !found.is_empty() {
        return found;
    }
    // "the matching pipeline" is the trip matcher.
    let form = |label: &[String]| own.iter().all(|w| label.iter().any(|l| akin(l, w)));
    code().filter(|(_, label)| form(label)).map(|(c, _)| c.id.clone()).collect()
}

/// "the extract jobs" are the extraction jobs: every word is a form of one of the name, or says the kind.
fn in_other_form(a: &Architecture, words: &[Word]) -> Vec<Id> {
    let said = stems(&phrase::join(bare(words)));
    let form = |c: &&Component| {
        let (label, kinds) = (stems(&c.label), kind_words(c));
        let kind = |w: &String| kinds.contains(w.as_str()) || knowledge().generic_heads.contains(w);
        let named = |w: &String| label.iter().any(|l| akin(l, w));
        let Some((last, own)) = said.split_last() else { return false };
        !own.is_empty() && own.iter().all(|w| named(w) && !kind(w)) && (named(last) || kind(last))
    };
    a.components().filter(form).map(|c| c.id.clone()).collect()
}

/// "the queue between the API and the worker": of all queues, those on the way from one to the other.
fn lying_between(a: &Architecture, words: &[Word], last: &[Id]) -> Vec<Id> {
    let Some(at) = words.iter().position(|w| w.is("between")).filter(|&at| at > 0) else { return Vec::new() };
    let ends = words.get(at + 1..).unwrap_or_default();
    let Some(and) = ends.iter().position(|w| w.is("and") || w.is("&")) else { return Vec::new() };
    let end = |words: &[Word]| exactly(a, words, last).ok();
    let (Some(one), Some(other)) = (end(&ends[..and]), end(&ends[and + 1..])) else { return Vec::new() };
    let joined = |x: &Id, y: &Id| {
        let pair = a.index_of(x.as_str()).zip(a.index_of(y.as_str()));
        pair.is_some_and(|(x, y)| {
            a.connections_between(x, y).chain(a.connections_between(y, x)).next().is_some()
        })
    };
    let mut found = candidates(a, &words[..at]);
    found.retain(|id| joined(id, &one) && joined(id, &other));
    found
}

/// Of what an owner is connected with, the one that "its database" means; `None` when there is none or several.
pub(super) fn of_owner(a: &Architecture, words: &[Word], owner: &Id) -> Option<Id> {
    let (owner_id, owner) = (owner, a.index_of(owner.as_str())?);
    let near = |id: &Id| {
        let other = a.index_of(id.as_str());
        other.is_some_and(|o| {
            a.connections_between(owner, o).chain(a.connections_between(o, owner)).next().is_some()
        })
    };
    let mut found = candidates(a, words);
    found.retain(near);
    // Of several, the one that is called after it.
    let own = a.component(owner_id.as_str()).map(|c| stems(&proper(&c.label))).unwrap_or_default();
    let after = |id: &Id| a.component(id.as_str()).is_some_and(|c| stems(&c.label).starts_with(&own));
    if found.len() > 1 && !own.is_empty() && found.iter().filter(|id| after(id)).count() == 1 {
        found.retain(after);
    }
    <[Id; 1]>::try_from(found).ok().map(|[id]| id)
}

/// "service" after "each": all of the kind, or what the words name.
pub(super) fn each(a: &Architecture, words: &[Word], last: &[Id]) -> Option<Vec<Id>> {
    let found = candidates(a, words);
    if found.is_empty() { many(a, words, last).ok() } else { Some(found) }
}

/// What is a name's own in a label: "Order service" → "Order".
pub(super) fn proper(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    match words.split_last() {
        Some((last, own)) if !own.is_empty() && knowledge().generic_heads.contains(&last.to_lowercase()) => {
            own.join(" ")
        }
        _ => label.to_owned(),
    }
}

/// "Database" → "database"; what is written with more capitals stays.
pub(super) fn uncapitalized(label: &str) -> String {
    let mut chars = label.chars();
    let first = chars.next().map(char::to_lowercase);
    let shout = chars.as_str().split_whitespace().any(|w| w.chars().any(char::is_uppercase));
    let word = label.split_whitespace().next().unwrap_or_default();
    let proper = [label, word].into_iter().any(|n| catalog().find(n).is_some_and(|e| !e.ambiguous));
    match first {
        Some(first) if !shout && !proper => first.chain(chars).collect(),
        _ => label.to_owned(),
    }
}

/// How well a name fits a component; 0 is not at all.
fn fit(c: &Component, name: &str, plain: &str) -> u32 {
    if c.id.as_str() == name {
        return 100;
    }
    let label = stems(&c.label);
    if label.join(" ") == plain || stems(c.id.as_str()).join(" ") == plain {
        return 95;
    }
    let wanted: Vec<&str> = plain.split(' ').filter(|w| !w.is_empty()).collect();
    if wanted.is_empty() {
        return 0;
    }
    let technology = c.technology.as_ref();
    let same_technology = technology.is_some_and(|t| {
        stems(&t.name).join(" ") == plain
            || t.id.as_deref().is_some_and(|id| catalog().find(name).is_some_and(|entry| entry.id == id))
    });
    let kinds = kind_words(c);
    if same_technology {
        return 75;
    }
    // "the database", where one is called so and another only is one.
    if kinds.contains(plain)
        && label.last().is_some_and(|l| l == plain)
        && !knowledge().generic_heads.contains(&label[label.len() - 1])
    {
        return 72;
    }
    // "the devices" are "Devices and sensors", and not the gateway that is called after them.
    let mut things = label.split(|l| l == "and");
    if label.iter().any(|l| l == "and") && things.any(|thing| thing.last().is_some_and(|l| l == plain)) {
        return 82;
    }
    if kinds.contains(plain)
        || wanted.iter().all(|w| label.iter().any(|l| l == w)) && kinds.contains(wanted[0])
    {
        return 70;
    }
    let in_label = |w: &&str| label.iter().any(|l| l == w);
    if wanted.iter().all(in_label) {
        return 80;
    }
    let made_of: BTreeSet<String> =
        technology.map(|t| stems(&t.name).into_iter().collect()).unwrap_or_default();
    // "the Postgres database", "the orders db": every word must come from the label, the kind or the technology.
    let telling = label.iter().filter(|l| wanted.contains(&l.as_str())).count();
    let rest: Vec<&str> = wanted.iter().filter(|w| !in_label(w)).copied().collect();
    let known = rest.iter().all(|w| made_of.contains(*w) || alias(c, w))
        || kinds.contains(rest.join(" ").as_str())
        || rest.iter().all(|w| made_of.contains(*w) || alias(c, w) || kinds.contains(*w));
    if !known {
        return 0;
    }
    60 + u32::try_from(telling.min(5)).unwrap_or(0)
}

fn alias(c: &Component, word: &str) -> bool {
    let Some(id) = c.technology_id() else { return false };
    catalog().find(word).is_some_and(|entry| entry.id == id)
}

/// What things of the component's kind are called, in the singular.
fn kind_words(c: &Component) -> BTreeSet<&'static str> {
    let heads = knowledge().heads.get(c.kind.word());
    let vague = &knowledge().vague_heads;
    heads.into_iter().flatten().filter(|h| !vague.contains(h)).map(String::as_str).collect()
}

/// Several components: a list, all of a kind, everything in a group.
pub(super) fn many(a: &Architecture, words: &[Word], last: &[Id]) -> Result<Vec<Id>, Refusal> {
    if let [word] = words
        && word.is_any(&["them", "these", "those", "both"])
        && !last.is_empty()
    {
        return Ok(last.to_vec());
    }
    let whole = exactly(a, words, last);
    if let Ok(id) = whole {
        return Ok(vec![id]);
    }
    // "all services except the worker".
    let but = words.iter().position(|w| w.is_any(&["except", "but", "besides", "excluding"]));
    if let Some(at) = but.filter(|&at| at > 0 && at + 1 < words.len()) {
        let skip = usize::from(words.get(at + 1).is_some_and(|w| w.is_any(&["for", "not"])));
        let out = many(a, words.get(at + 1 + skip..).unwrap_or_default(), last)?;
        let mut all = many(a, &words[..at], last)?;
        all.retain(|id| !out.contains(id));
        return if all.is_empty() { Err(unknown(words)) } else { Ok(all) };
    }
    if let Some(all) = everything(a, words) {
        return Ok(all);
    }
    let parts: Vec<&[Word]> = words
        .split(|w| w.is(",") || w.is("and") || w.is("&") || w.is("plus"))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() < 2 {
        return one(a, words, last).map(|id| vec![id]);
    }
    let mut found: Vec<Id> = Vec::new();
    for part in parts {
        // "the claims service and its database": what the one before has.
        let owned = part.first().is_some_and(|w| w.is_any(&["its", "their"]));
        let own = found.last().filter(|_| owned).and_then(|owner| of_owner(a, part, owner));
        let own = own.map_or_else(|| many(a, part, last), |id| Ok(vec![id]));
        for id in own? {
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    Ok(found)
}

/// "all functions", "both queues", "the workers", "everything in the VPC".
fn everything(a: &Architecture, words: &[Word]) -> Option<Vec<Id>> {
    if let Some(n) = starts(words, "everything in").or_else(|| starts(words, "everything inside")) {
        let group = group(a, words.get(n..)?).ok()?;
        return Some(inside(a, &group));
    }
    let told = words.first()?.is_any(ALL);
    let words = bare(if told { words.get(1..)? } else { words });
    let words = match words.first() {
        Some(w) if w.is("of") => bare(words.get(1..)?),
        _ => words,
    };
    // "the two databases": all there are, when there are two.
    let number = words.first().filter(|_| words.len() > 1).and_then(|_| newcomer::number(&words[..1]));
    let words = if number.is_some() { &words[1..] } else { words };
    let last = words.last()?;
    let plural = !last.quoted && singular(&last.lower) != last.lower;
    if !told && !plural {
        return None;
    }
    let found = candidates(a, words);
    let as_many = number.is_none_or(|n| usize::try_from(n).is_ok_and(|n| n == found.len()));
    (!found.is_empty() && as_many).then_some(found)
}
