//! Features named by what people can do, by a noun alone, or by what is to be kept at hand: "let viewers pay", "wish lists",
//! "cache search results".

use super::Clause;
use super::adding::already;
use super::deeds::{object, verb};
use super::events::somebody;
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::pattern::knowledge;
use crate::edit::phrase::{self, Word, capital};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, companions, feature, names};
use crate::model::{Id, Kind, Operation};
use crate::reader::english::lexicon::lexicon;

/// The longest name that its subject alone vouches for, in words.
const MAX_SUBJECT: usize = 2;
/// The longest name of something new without a verb, in words.
const MAX_BARE: usize = 8;

/// "viewers should be able to pay for premium content": the feature that lets them.
pub(super) fn ability(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let verb = verb(clause, "@able");
    let noun = knowledge().abilities.get(&verb).ok_or_else(Refusal::other)?;
    let what = clause.slot("what");
    if clause.has("who")
        && !somebody(clause.slot("who"))
        && names::one(&scene.architecture, clause.slot("who"), &[]).is_err()
    {
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
        let mut said: Vec<Word> = phrase::words(&label);
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

/// "cache search results for five minutes": beside what the words speak of.
pub(super) fn cached(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let what = clause.slot("what");
    let on = names::one(&scene.architecture, what, &scene.last).ok().filter(|id| scene.kind(id).is_compute());
    let name = object(what)
        .filter(|_| on.is_none())
        .map_or_else(|| "Cache".to_owned(), |n| format!("{} cache", capital(&n)));
    let value = super::settings::span_of_time(clause.slot("value"));
    if clause.has("value") && value.quantity().is_none() {
        return Err(Refusal::other());
    }
    let new = Newcomer::plain(&name, Kind::Cache);
    if let Some(id) = scene.existing(&new) {
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

/// "two-factor authentication", "analytics on what people watch": a name alone asks for what it names.
pub(super) fn bare(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("new");
    let core = newcomer::core(words);
    let verb = |w: &Word| {
        knowledge().verbs.values().flatten().any(|v| w.is(v))
            || !lexicon().verb_forms(&w.lower).is_empty() && lexicon().noun(&w.lower).is_none()
    };
    let says = |w: &Word| {
        w.is_any(&["is", "are", "was", "were", "has", "have", "it", "should", "must", "can", "not", "no"])
    };
    let new = newcomer::read(words).ok_or_else(Refusal::other)?;
    let known = new.technology.is_some()
        || newcomer::head(core).is_some()
            && !knowledge().vague_heads.iter().any(|h| core.last().is_some_and(|w| w.is(h)))
        || companions::known(&new).is_some()
        || core.len() <= MAX_SUBJECT
            && core.last().is_some_and(|w| {
                anchor::of_subject(&w.lower)
                    || ["ing", "ion", "ment"].iter().any(|end| w.lower.ends_with(end))
            });
    if words.iter().any(says) {
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
