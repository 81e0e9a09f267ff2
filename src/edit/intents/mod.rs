//! What each intent does: references resolved, then typed edits of the model.
//!
//! Takes the name of an intent with the words of its slots, and edits the scene or refuses.

mod adding;
mod answers;
mod arrows;
mod deeds;
mod events;
mod everywhere;
mod features;
mod figures;
mod grouping;
mod naming;
mod parts;
mod placing;
mod qualities;
mod relative;
mod sending;
mod settings;
mod standing;
mod taking;
mod usual;

use super::newcomer::{self, Newcomer};
use super::pattern::Bindings;
use super::phrase::{self, Word};
use super::scene::Scene;
use super::{Refusal, names, present};
use crate::model::Id;
use crate::text::{Diagnostic, Span};

/// A clause with what its slots stand for.
pub(super) struct Clause<'a> {
    pub(super) words: &'a [Word],
    pub(super) bindings: &'a Bindings,
}

impl<'a> Clause<'a> {
    /// The words of a slot; none when the pattern has no such slot.
    fn slot(&self, name: &str) -> &'a [Word] {
        self.bindings.get(name).and_then(|range| self.words.get(range)).unwrap_or_default()
    }

    /// The words from a slot to the end of the clause.
    fn slot_from(&self, name: &str) -> &'a [Word] {
        self.bindings.get(name).and_then(|range| self.words.get(range.start..)).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        !self.slot(name).is_empty()
    }

    fn says(&self, word: &str) -> bool {
        self.words.iter().any(|w| w.is(word))
    }

    /// The words of a slot as text.
    fn text(&self, name: &str) -> String {
        phrase::join(self.slot(name))
    }

    fn span(&self, name: &str) -> Span {
        phrase::span(self.slot(name))
    }

    fn one(&self, scene: &mut Scene, name: &str) -> Result<Id, Refusal> {
        let words = self.slot(name);
        // "between the service and its database": of those that it works with.
        let owned = words.first().filter(|w| w.is_any(&["its", "their"])).and_then(|_| scene.owner());
        let near = |owner: Id| names::of_owner(&scene.architecture, words, &owner);
        let subject = || scene.topic.clone().filter(|id| scene.architecture.has(id.as_str()));
        let it = matches!(words, [w] if w.is("it")).then(subject).flatten();
        let id = match owned.and_then(near) {
            Some(id) => id,
            None => match names::one(&scene.architecture, words, &scene.last) {
                Ok(id) => id,
                Err(refusal) => {
                    let meant = it.or_else(|| self.in_context(scene, words, &refusal));
                    meant.ok_or(refusal)?
                }
            },
        };
        scene.speak_of(&id);
        Ok(id)
    }

    /// "cache what the catalog reads and give the database a replica": of several databases, the one that works with what was
    /// just spoken of.
    fn in_context(&self, scene: &mut Scene, words: &[Word], refusal: &Refusal) -> Option<Id> {
        let definite = words.first().is_some_and(|w| w.is_any(&["the", "that"]));
        let spoken = if scene.about.is_empty() { &scene.last } else { &scene.about };
        let owner =
            spoken.iter().find(|id| scene.kind(id).is_compute()).filter(|_| definite && refusal.ambiguous)?;
        let id = names::of_owner(&scene.architecture, words, owner)?;
        let text = format!(
            "“{}” is taken as “{}”, which “{}” works with",
            phrase::join(names::bare(words)),
            scene.label(&id),
            scene.label(owner)
        );
        scene.remark("BP0816", phrase::span(words), text);
        Some(id)
    }

    fn many(&self, scene: &mut Scene, name: &str) -> Result<Vec<Id>, Refusal> {
        let ids = match names::many(&scene.architecture, self.slot(name), &scene.last) {
            Err(_) if matches!(self.slot(name), [w] if w.is("it")) => vec![self.one(scene, name)?],
            found => found?,
        };
        ids.iter().for_each(|id| scene.speak_of(id));
        Ok(ids)
    }

    fn group(&self, scene: &Scene, name: &str) -> Result<Id, Refusal> {
        // The article may stand before the slot.
        let before = self.bindings.get(name).and_then(|r| self.words.get(r.start.checked_sub(1)?));
        let new = before.is_some_and(|w| w.is_any(&["a", "an", "new", "another"]));
        names::group_called(&scene.architecture, self.slot(name), new)
    }

    /// Something new; refused silently where the words hold a clause.
    fn newcomer(&self, name: &str) -> Result<Newcomer, Refusal> {
        let words = self.slot(name);
        if !newcomer::is_name(words) {
            return Err(Refusal::other());
        }
        if let Some(quality) = qualities::quality(words) {
            let name = quality.name();
            let d = Diagnostic::error("BP0807", phrase::span(words), format!("{name} is no part of its own"));
            return Err(Refusal::soft(d.hint(format!("say which part has it: “add {name} to …”"))));
        }
        newcomer::read(words).ok_or_else(Refusal::other)
    }

    /// Something that is there, where the words say "the …" and fit it; else something new, added to the group.
    fn newcomer_or_existing(&self, scene: &mut Scene, name: &str, group: Option<Id>) -> Result<Id, Refusal> {
        let words = self.slot(name);
        let spoken_of = matches!(words, [w] if w.is_any(&["it", "that", "this"]));
        if (spoken_of || words.first().is_some_and(|w| w.is_any(&["the", "our", "existing"])))
            && let Ok(id) = names::one(&scene.architecture, words, &scene.last)
        {
            scene.speak_of(&id);
            return Ok(id);
        }
        let new = self.newcomer(name)?;
        // "… to Identity and put Identity in front of …".
        let capital = words.first().is_some_and(|w| w.text.starts_with(char::is_uppercase));
        if let Some(id) = scene.existing(&new).filter(|_| capital) {
            scene.speak_of(&id);
            return Ok(id);
        }
        present::mention(scene, &new, words);
        scene.add(&new, group)
    }
}

fn taken(label: &str, span: Span) -> Refusal {
    let d = Diagnostic::error("BP0804", span, format!("there is a “{label}” already"));
    Refusal::hard(d.hint("choose another name, or say “merge” to make two one"))
}

fn no_connection(scene: &Scene, from: &Id, to: &Id, span: Span) -> Refusal {
    let (f, t) = (scene.label(from), scene.label(to));
    let mut d =
        Diagnostic::error("BP0805", span, format!("“{f}” (`{from}`) and “{t}” (`{to}`) are not connected"));
    let list = |ids: &[Id]| ids.iter().map(|id| scene.label(id)).collect::<Vec<_>>().join(", ");
    let callees = scene.callees(from);
    if !callees.is_empty() {
        d = d.hint(format!("“{f}” leads to {}", list(&callees)));
    }
    let callers = scene.callers(to);
    if !callers.is_empty() {
        d = d.hint(format!("“{t}” is reached from {}", list(&callers)));
    }
    Refusal::hard(d)
}

/// The direction in which two are connected: as said, or the other way round.
fn directed(scene: &Scene, a: &Id, b: &Id, span: Span) -> Result<(Id, Id), Refusal> {
    if scene.connected(a, b) {
        Ok((a.clone(), b.clone()))
    } else if scene.connected(b, a) {
        Ok((b.clone(), a.clone()))
    } else {
        Err(no_connection(scene, a, b, span))
    }
}

pub(super) use placing::put_in_front as place_in_front;

/// Does what the intent says.
pub(super) fn perform(intent: &str, scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    match intent {
        "insert_between" => placing::insert_between(scene, clause),
        "goes_through" => arrows::goes_through(scene, clause),
        "through_queue" => placing::through_queue(scene, clause),
        "put_behind" => placing::put_behind(scene, clause),
        "in_front" => placing::in_front(scene, clause),
        "behind" => placing::behind(scene, clause),
        "beside" => placing::beside(scene, clause),
        "dead_letter" => usual::dead_letter(scene, clause),
        "read_replica" => usual::read_replica(scene, clause),
        "authenticate" => usual::authenticate(scene, clause),
        "sign_in_with" => usual::sign_in_with(scene, clause),
        "publish" => usual::publish(scene, clause),
        "data_class" => settings::data_class(scene, clause),
        "share" => usual::share(scene, clause),
        "use_for" => sending::use_for(scene, clause),
        "retention" => settings::duration(scene, clause, "retention"),
        "expiry" => settings::duration(scene, clause, "ttl"),
        "partitions" => settings::partitions(scene, clause),
        "own" => usual::own(scene, clause),
        "watch" => sending::watch(scene, clause),
        "deliver" => sending::deliver(scene, clause),
        "only" => arrows::only(scene, clause),
        "describe" => naming::describe(scene, clause),
        "retries" => settings::retries(scene, clause),
        "autoscale" => settings::autoscale(scene, clause),
        "add_to" => adding::add_to(scene, clause),
        "add" => adding::add(scene, clause),
        "connect" => arrows::connect(scene, clause),
        "disconnect" => arrows::disconnect(scene, clause),
        "redirect" => arrows::redirect(scene, clause),
        "asynchronous" => arrows::set_mode(scene, clause, crate::model::Mode::Async),
        "synchronous" => arrows::set_mode(scene, clause, crate::model::Mode::Sync),
        "protocol" => arrows::protocol(scene, clause),
        "label" => arrows::label(scene, clause),
        "reverse" => arrows::reverse(scene, clause),
        "remove" => taking::remove(scene, clause),
        "bypass" => taking::bypass(scene, clause),
        "remove_members" => taking::remove_members(scene, clause),
        "unset" => taking::unset(scene, clause),
        "rename" => naming::rename(scene, clause),
        "title" => naming::title(scene, clause),
        "replace" => naming::replace(scene, clause),
        "replicas" => settings::replicas(scene, clause),
        "relative" => settings::relative(scene, clause),
        "set_property" => settings::set_property(scene, clause, false),
        "set_known" => settings::set_property(scene, clause, true),
        "flag" => settings::flag(scene, clause),
        "workload" => figures::workload(scene, clause),
        "suppress" => figures::suppress(scene, clause),
        "split" => parts::split(scene, clause),
        "merge" => parts::merge(scene, clause),
        "copy" => parts::copy(scene, clause),
        "copy_region" => parts::copy_region(scene, clause),
        "move" => grouping::move_into(scene, clause),
        "move_out" => grouping::move_out(scene, clause),
        "group" => grouping::group(scene, clause),
        "ungroup" => grouping::ungroup(scene, clause),
        _ => further(intent, scene, clause),
    }
}

/// What spans several parts, and what is a question.
fn further(intent: &str, scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    match intent {
        "on_event" => events::on_event(scene, clause),
        "everywhere" => everywhere::rename(scene, clause),
        // "… and keep the rest".
        "leave" => {
            if clause.has("x") {
                clause.many(scene, "x").map(|_| ())
            } else {
                Ok(())
            }
        }
        "cached" => features::cached(scene, clause),
        "fallback" => relative::fallback(scene, clause),
        "told" => figures::told(scene, clause),
        "add_doing" => relative::add_doing(scene, clause),
        "deed_done" => deeds::done(scene, clause),
        "limit" => settings::limit(scene, clause),
        "authenticate_by" => settings::authenticate_by(scene, clause),
        "use_here" => sending::use_here(scene, clause),
        "joins" => sending::joins(scene, clause),
        "remove_with_own" => taking::remove_with_own(scene, clause),
        "deed" => deeds::deed(scene, clause),
        "ability" => features::ability(scene, clause),
        "scheduled" => deeds::scheduled(scene, clause),
        "bare" => features::bare(scene, clause),
        "add_joined" => adding::add_joined(scene, clause),
        "impact" => answers::impact(scene, clause),
        "dependents" => answers::dependents(scene, clause),
        "dependencies" => answers::dependencies(scene, clause),
        "way" => answers::way(scene, clause),
        _ => Err(Refusal::other()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_intent_of_the_data_is_done_by_someone() {
        use super::*;
        let clause = Clause { words: &[], bindings: &Bindings::default() };
        let source = include_str!("mod.rs");
        for pattern in super::super::pattern::knowledge().patterns() {
            assert!(source.contains(&format!("\"{}\" =>", pattern.intent)), "{}", pattern.intent);
            // Without words every intent refuses, and none panics.
            let mut scene = Scene::new(crate::model::Architecture::new());
            let _ = perform(&pattern.intent, &mut scene, &clause);
        }
    }
}
