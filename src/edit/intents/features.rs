//! Features named by what people can do, by a noun alone, or by what is to be kept at hand: "let viewers pay", "wish lists",
//! "cache search results".

use super::Clause;
use super::adding::{add_new, already};
use super::deeds::{object, verb};
use super::events::{person, somebody};
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::pattern::knowledge;
use crate::edit::phrase::{self, Word, capital};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, companions, extent, feature, names, present};
use crate::model::{Component, Id, Kind, Operation};
use crate::reader::english::lexicon::{Form, lexicon};

/// The longest name that its subject alone vouches for, in words.
const MAX_SUBJECT: usize = 2;
/// The longest name of something new without a verb, in words.
const MAX_BARE: usize = 8;

/// "viewers should be able to pay for premium content": the feature that lets them.
pub(super) fn ability(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    // "let the API write to Cassandra instead of …" is about parts.
    if clause.words.iter().any(|w| w.is("instead")) {
        return Err(Refusal::other());
    }
    let (verb, what) = match clause.slot("does").split_first() {
        Some((first, rest)) => (first.lower.clone(), rest),
        None => (verb(clause, "@able"), clause.slot("what")),
    };
    let told = knowledge().abilities.get(&verb).cloned();
    let noun = &told.or_else(|| gerund(&verb)).ok_or_else(Refusal::other)?;
    if clause.has("who")
        && !somebody(clause.slot("who"))
        && names::one(&scene.architecture, clause.slot("who"), &[]).is_err()
    {
        return Err(Refusal::other());
    }
    let part = names::one(&scene.architecture, clause.slot("who"), &[]).ok();
    if part.is_some_and(|id| !scene.kind(&id).is_actor()) && !person(clause.slot("who")) {
        return Err(Refusal::other());
    }
    let alone = noun.starts_with(char::is_uppercase);
    let label = match object(what) {
        _ if alone => noun.clone(),
        Some(name) => format!("{} {noun}", capital(&name)),
        None => return Err(Refusal::other()),
    };
    let who = Some(phrase::join(names::bare(clause.slot("who")))).filter(|w| !w.is_empty());
    let description = format!(
        "{} can {verb} {}.",
        capital(&who.unwrap_or_else(|| "people".to_owned())),
        phrase::join(what)
    );
    let new = Newcomer { description: Some(description), ..Newcomer::plain(&label, Kind::Service) };
    let usual = || companions::known(&new).and_then(|known| known.there(scene, &new)).filter(|_| alone);
    let there = scene.existing(&new).or_else(usual);
    let before = scene.operations.len();
    if there.is_none() {
        // "drivers can report accidents" is about accidents, not about what makes reports.
        let mut said: Vec<Word> = if alone { phrase::words(&label) } else { Vec::new() };
        said.extend_from_slice(what);
        feature::place(scene, &new, &said, None)?;
    }
    let owner = there.clone().or_else(|| scene.owner());
    // "… pay with Apple Pay".
    let with = what.iter().position(|w| w.is_any(&["with", "via", "using", "through"]));
    let product = with.and_then(|at| newcomer::read(&what[at + 1..])).filter(|p| p.technology.is_some());
    let (Some(product), Some(id)) = (product, owner) else {
        return there.map_or(Ok(()), |id| already(scene, &id, clause));
    };
    let role = |to: &Id| {
        let c = scene.architecture.component(to.as_str());
        there.is_none() && c.is_some_and(|c| c.kind == product.kind && c.technology.is_none())
    };
    if let Some(to) = scene.callees(&id).into_iter().find(role) {
        return scene.perform(Operation::SetTechnology { id: to, technology: product.technology });
    }
    let to = match scene.existing(&product) {
        Some(to) => to,
        None => scene.add(&product, None).inspect(|to| scene.unspoken(to))?,
    };
    scene.connect(&id, &to, None)?;
    if scene.operations.len() == before { already(scene, &id, clause) } else { Ok(()) }
}

/// "ban" → "banning"; only of a verb.
fn gerund(verb: &str) -> Option<String> {
    const PLAIN: &[&str] =
        &["be", "have", "do", "go", "get", "use", "make", "see", "call", "need", "want", "know"];
    let known = lexicon().verb_forms(verb).iter().any(|(_, form)| *form == Form::Base);
    let stem = verb.strip_suffix('e').filter(|s| !s.ends_with(['e', 'o', 'y'])).unwrap_or(verb);
    let known = known || lexicon().noun(verb).is_none() && verb.chars().all(|c| c.is_ascii_lowercase());
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let mut ending = verb.chars().rev();
    let (last, middle, first) = (ending.next(), ending.next(), ending.next());
    // "set" → "setting".
    let twice = verb.len() <= 4
        && !vowel(last)
        && !last.is_some_and(|c| "wxy".contains(c))
        && vowel(middle)
        && !vowel(first);
    if let Some(last) = last.filter(|_| known && twice && !PLAIN.contains(&verb)) {
        return Some(format!("{verb}{last}ing"));
    }
    (known && !PLAIN.contains(&verb)).then(|| format!("{stem}ing"))
}

/// "case workers need a worklist": whom it serves, or the part it is for.
pub(super) fn needed(scene: &mut Scene, clause: &Clause<'_>, new: &Newcomer) -> Result<(), Refusal> {
    let before = clause.bindings.get("new").and_then(|r| clause.words.get(r.start.checked_sub(1)?));
    if !before.is_some_and(|w| w.is_any(&["a", "an", "need", "needs", "require", "requires"])) {
        return Err(Refusal::other());
    }
    let words = clause.slot("who");
    match names::one(&scene.architecture, words, &scene.last) {
        Ok(on) if !scene.kind(&on).is_actor() => Err(Refusal::other()),
        found if found.is_ok() || somebody(words) => {
            let description = format!("For {}.", phrase::join(names::bare(words)).to_lowercase());
            // "kiosks need an API": whose it is names it.
            let label = if present::says_kind_only(&new.label, new.kind, None) && new.technology.is_none() {
                format!("{} {}", capital(&phrase::join(names::bare(words))), names::uncapitalized(&new.label))
            } else {
                new.label.clone()
            };
            let new = Newcomer { label, description: Some(description), ..new.clone() };
            add_new(scene, clause, clause.slot("new"), &new)
        }
        _ => Err(Refusal::other()),
    }
}

/// "cache search results for five minutes": beside what the words speak of.
pub(super) fn cached(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let what = clause.slot("what");
    let code = |scene: &Scene, id: &Id| scene.kind(id).is_compute();
    // "the maps API is expensive: cache its answers": who asks it keeps them.
    const ANSWERS: &[&str] = &["answers", "responses", "replies", "results", "output", "content"];
    let theirs = matches!(what, [its, w] if its.is_any(&["its", "their"]) && w.is_any(ANSWERS));
    let spoken = scene.about.first().or(scene.last.first()).filter(|_| theirs).cloned();
    let asker = spoken.and_then(|id| {
        if code(scene, &id) { Some(id) } else { scene.callers(&id).into_iter().find(|by| code(scene, by)) }
    });
    let on = names::one(&scene.architecture, what, &scene.last).ok().filter(|id| code(scene, id)).or(asker);
    let name = object(what)
        .filter(|_| on.is_none())
        .map_or_else(|| "Cache".to_owned(), |n| format!("{} cache", capital(&n)));
    let value = super::settings::span_of_time(clause.slot("value"));
    if clause.has("value") && value.quantity().is_none() {
        return Err(Refusal::other());
    }
    let made =
        clause.has("tech").then(|| newcomer::technology_in(clause.slot("tech")).ok_or_else(Refusal::other));
    let new = Newcomer { technology: made.transpose()?, ..Newcomer::plain(&name, Kind::Cache) };
    if let Some(id) = scene.existing(&new).or_else(|| there(scene, what)) {
        if clause.has("value") {
            return scene.perform(Operation::SetProperty { id, name: "ttl".to_owned(), value });
        }
        return already(scene, &id, clause);
    }
    let id = match on {
        Some(on) => {
            let group = scene.group_of(&on);
            let id = scene.add(&new, group)?;
            super::placing::hang_on(scene, &id, &on)?;
            id
        }
        None => {
            feature::place(scene, &new, what, None)?;
            scene.owner().ok_or_else(Refusal::other)?
        }
    };
    if clause.has("value") {
        scene.perform(Operation::SetProperty { id, name: "ttl".to_owned(), value })?;
    }
    Ok(())
}

/// "cache availability", where there is an availability cache.
fn there(scene: &Scene, what: &[Word]) -> Option<Id> {
    let said = names::stems(&phrase::join(names::bare(what)));
    let named = |c: &&Component| {
        let label = names::stems(&c.label);
        c.kind == Kind::Cache && !said.is_empty() && said.iter().all(|w| label.contains(w))
    };
    scene.architecture.components().find(named).map(|c| c.id.clone())
}

/// "two-factor authentication", "analytics on what people watch": a name alone asks for what it names.
pub(super) fn bare(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("new");
    let core = extent::core(words);
    let verb = |w: &Word| {
        knowledge().verbs.values().flatten().any(|v| w.is(v))
            || !lexicon().verb_forms(&w.lower).is_empty() && lexicon().noun(&w.lower).is_none()
    };
    // "store certificates of the sensors" is a wish to do so.
    let base = |w: &Word| lexicon().verb_forms(&w.lower).iter().any(|(_, form)| *form == Form::Base);
    if core.len() > MAX_SUBJECT && words.first().is_some_and(base) {
        return Err(Refusal::other());
    }
    let says = |w: &Word| {
        w.is_any(&[
            "is", "are", "was", "were", "has", "have", "it", "should", "must", "can", "may", "will", "not",
            "no", "need", "needs", "want", "wants", "only", "nobody",
        ])
    };
    let new = newcomer::read(words).ok_or_else(Refusal::other)?;
    let known = new.technology.is_some()
        || newcomer::head(core).is_some()
            && !knowledge()
                .vague_heads
                .iter()
                .any(|h| core.last().is_some_and(|w| phrase::singular(&w.lower) == *h))
        || companions::known(&new).is_some()
        || core.len() <= MAX_SUBJECT
            && core.last().is_some_and(|w| {
                anchor::of_subject(&w.lower)
                    || ["ing", "ion", "ment"].iter().any(|end| w.lower.ends_with(end))
            });
    // "students log in with Google" tells what they do.
    let act = core.get(1).is_some_and(base) && core.first().is_some_and(|w| person(std::slice::from_ref(w)));
    if words.iter().any(says) || act {
        return Err(Refusal::other());
    }
    if !known
        || core.len() > MAX_BARE
        || core.first().is_some_and(verb)
        || names::one(&scene.architecture, words, &[]).is_ok()
    {
        return Err(Refusal::other());
    }
    super::adding::add(scene, clause)
}
