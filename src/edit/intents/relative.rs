//! Something new that does several things: "a service that reads orders and writes invoices to S3".
//!
//! Takes a relative clause with verbs of its own; each leads to or from what its words name, and what says no more than its
//! kind is named by what it does.

use super::Clause;
use super::deeds::{lead_on, object};
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::pattern::knowledge;
use crate::edit::phrase::{Word, capital};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, feature, names, present};
use crate::model::{Id, Kind};
use crate::reader::english::lexicon::{Form, lexicon};

/// What is done by taking: nobody has to call what does so.
const TAKING: &[&str] =
    &["read", "take", "consume", "poll", "pull", "fetch", "collect", "watch", "receive", "listen", "get"];

/// "use Google Maps if the map service is down": what calls the one calls the other then.
pub(super) fn fallback(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let of = clause.one(scene, "a")?;
    let callers: Vec<Id> = scene.callers(&of).into_iter().filter(|id| !scene.kind(id).is_actor()).collect();
    if callers.is_empty() || !(scene.kind(&of).is_compute() || scene.kind(&of).is_outside()) {
        return Err(Refusal::other());
    }
    let group = scene.group_of(&of);
    let id = clause.newcomer_or_existing(scene, "new", group)?;
    let label = format!("when {} fails", names::uncapitalized(&scene.label(&of)));
    callers.iter().filter(|by| **by != id).try_for_each(|by| scene.connect(by, &id, Some(label.clone())))
}

/// One thing it does: the verb as listed, and the words behind it.
struct Doing<'a> {
    verb: String,
    rest: &'a [Word],
}

pub(super) fn add_doing(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let doings = doings(clause.slot("does")).ok_or_else(Refusal::other)?;
    let words = clause.slot_from("new");
    let mut new = newcomer::read(words).filter(|new| new.kind.is_compute()).ok_or_else(Refusal::other)?;
    if present::says_kind_only(&new.label, new.kind, None) || plain(&new) {
        new.label = name(&doings).unwrap_or(new.label);
    }
    // "talks to Visa" says whom it calls: that is for others to read.
    let leads = |d: &Doing<'_>| {
        let to = d.rest.iter().rposition(|w| w.is_any(&["to", "into", "in", "onto", "from"]));
        to.is_some_and(|at| at > 0 && at + 1 < d.rest.len())
    };
    if scene.existing(&new).is_some() || !doings.iter().any(leads) {
        return Err(Refusal::other());
    }
    let mut trial = scene.clone();
    let group = sources(&trial, &doings).first().and_then(|id| trial.group_of(id));
    let id = trial.add(&new, group)?;
    let mut led = false;
    for doing in &doings {
        led |= lead_on(&mut trial, &id, &doing.verb, doing.rest)?;
    }
    // Who is told is no place to hang on.
    if !led || trial.callees(&id).iter().all(|to| trial.kind(to).is_actor()) {
        return Err(Refusal::other());
    }
    let all = sources(&trial, &doings);
    if all.is_empty() && trial.callers(&id).is_empty() && !TAKING.contains(&doings[0].verb.as_str()) {
        // Somebody has to tell it to do so.
        let mut placed = scene.clone();
        feature::place(&mut placed, &new, words, None)?;
        let id = placed.owner().ok_or_else(Refusal::other)?;
        doings.iter().try_for_each(|d| lead_on(&mut placed, &id, &d.verb, d.rest).map(|_| ()))?;
        *scene = placed;
        return Ok(());
    }
    for from in all.iter().filter(|from| **from != id) {
        if trial.connected(&id, from) || trial.connected(from, &id) {
            continue;
        }
        let (f, t) = if trial.kind(from).is_messaging() { (from, &id) } else { (&id, from) };
        trial.connect(f, t, Some("read".to_owned()))?;
    }
    *scene = trial;
    Ok(())
}

/// The verbs of a relative clause, each in the third person.
fn doings(words: &[Word]) -> Option<Vec<Doing<'_>>> {
    let mut all = Vec::new();
    for part in words.split(|w| w.is("and") || w.is(",")).filter(|part| !part.is_empty()) {
        let skip = part.iter().take_while(|w| w.is_any(&["then", "also"])).count();
        let (first, rest) = part.get(skip..)?.split_first()?;
        let forms = lexicon().verb_forms(&first.lower).iter();
        let lemma = forms.filter(|(_, form)| *form == Form::Third).find_map(|(n, _)| lexicon().verb(*n))?;
        all.push(Doing { verb: lemma.lemma.to_owned(), rest });
    }
    (!all.is_empty() && all.iter().all(|d| !d.rest.is_empty())).then_some(all)
}

/// What it takes its work from: what the words behind a verb of taking name, else the data they speak of.
fn sources(scene: &Scene, doings: &[Doing<'_>]) -> Vec<Id> {
    let taking = doings.iter().filter(|d| TAKING.contains(&d.verb.as_str()));
    let source = |d: &Doing<'_>| {
        let skip = d.rest.iter().take_while(|w| w.is_any(&["from", "to", "on"])).count();
        let words = d.rest.get(skip..)?;
        let named = names::one(&scene.architecture, words, &scene.last).ok();
        let keeps = |id: &Id| scene.kind(id).is_store() || scene.kind(id).is_messaging();
        named.filter(keeps).or_else(|| feature::data_told(scene, words))
    };
    taking.filter_map(source).collect()
}

/// "a service", "a worker", "a job": nothing is said but that it is a part.
fn plain(new: &Newcomer) -> bool {
    knowledge().generic_heads.contains(&new.label.to_lowercase())
        || new.kind == Kind::Function && new.label == "Function"
}

/// "writes invoices to S3" → "Invoice writer": by the last thing it does.
fn name(doings: &[Doing<'_>]) -> Option<String> {
    let last = doings.iter().rev().find(|d| object(d.rest).is_some())?;
    let noun = knowledge().deeds.get(&last.verb).map_or_else(|| agent(&last.verb), |deed| deed.noun.clone());
    Some(format!("{} {noun}", capital(&object(last.rest)?)))
}

/// Who does it: "write" → "writer", "generate" → "generator".
pub(super) fn agent(verb: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    let ending: Vec<char> = verb.chars().rev().take(3).collect();
    // "get" → "getter".
    let twice = matches!(ending.as_slice(), [last, middle, first]
        if verb.len() <= 4 && !vowel(*last) && !"wxy".contains(*last) && vowel(*middle) && !vowel(*first));
    match verb.strip_suffix("ate") {
        Some(stem) if stem.len() > 2 => format!("{stem}ator"),
        _ if verb.ends_with('e') => format!("{verb}r"),
        _ if twice => format!("{verb}{}er", ending[0]),
        _ => format!("{verb}er"),
    }
}

#[cfg(test)]
mod tests {
    use super::agent;

    #[test]
    fn who_does_it() {
        for (verb, noun) in
            [("write", "writer"), ("generate", "generator"), ("get", "getter"), ("read", "reader")]
        {
            assert_eq!(agent(verb), noun);
        }
    }
}
