//! What follows an event: people are told, or the wish behind the comma is done.
//!
//! Takes "when an order is late, send an SMS to the customer": who knows of the event tells what sends such messages, and
//! that tells the person.

use super::Clause;
use crate::catalog::catalog;
use crate::edit::newcomer::Newcomer;
use crate::edit::pattern::{Message, knowledge};
use crate::edit::phrase::{self, Word};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, names, present};
use crate::model::{Component, Id, Kind, Mode, Operation};

/// The longest event that labels an arrow, in words.
const MAX_LABEL: usize = 6;

pub(super) fn on_event(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    if clause.has("rest") {
        return whenever(scene, clause);
    }
    let message = message(clause).ok_or_else(Refusal::other)?;
    let kind = Kind::from_word(&message.kind).unwrap_or_default();
    let (why, what) = (clause.slot("why"), clause.text("what"));
    let new = Newcomer::plain(&message.sender, kind);
    let sender = if clause.has("a") { clause.one(scene, "a")? } else { who_knows(scene, clause, &new)? };
    let channel = match channel(scene, &new, message) {
        Some(id) => id,
        None => scene.add(&new, scene.group_of(&sender))?,
    };
    scene.speak_of(&channel);
    if sender != channel && !scene.connected(&sender, &channel) {
        let label = event_label(why).unwrap_or_else(|| "notify".to_owned());
        let (from, to) = (sender, channel.clone());
        scene.perform(Operation::Connect { from, to, label: Some(label), mode: Mode::Async })?;
    } else {
        let text = format!("“{}” tells “{}” already", scene.label(&sender), scene.label(&channel));
        scene.remark("BP0811", phrase::span(clause.words), text);
    }
    tell(scene, clause, &channel, &what)
}

/// What is to be sent: by its name, else by the verb.
fn message(clause: &Clause<'_>) -> Option<&'static Message> {
    let said = |words: &[Word]| words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    let what = said(names::bare(clause.slot("what")));
    let verb = clause.bindings.get("@tell").and_then(|range| clause.words.get(range)).map(said);
    let mut all = knowledge().messages.iter();
    if what.is_empty() {
        return all.find(|m| verb.as_ref().is_some_and(|v| m.verbs.contains(v)));
    }
    let names_it = |m: &&Message| m.words.iter().any(|w| what == *w || what.ends_with(&format!(" {w}")));
    all.find(names_it)
}

/// Who knows that something happened: what the words of the event point to.
fn who_knows(scene: &mut Scene, clause: &Clause<'_>, new: &Newcomer) -> Result<Id, Refusal> {
    let words = clause.slot("why");
    let mut anchor = anchor::anchor(&scene.architecture, new, words).ok_or_else(Refusal::other)?;
    // A door knows of nothing: what lies behind it does.
    if matches!(scene.kind(&anchor.id), Kind::Gateway | Kind::LoadBalancer) {
        let behind = scene.callees(&anchor.id).into_iter().find(|id| scene.kind(id).is_compute());
        anchor.id = behind.unwrap_or(anchor.id);
        anchor.next.retain(|next| *next != anchor.id);
        anchor.why =
            "nothing in the event names a part, and this is the first that requests reach".to_owned();
    }
    let mut text = format!("“{}” (`{}`) tells: {}", scene.label(&anchor.id), anchor.id, anchor.why);
    if let Some(next) = anchor.next.first() {
        text.push_str(&format!("; next best is “{}” (`{next}`)", scene.label(next)));
    }
    scene.remark("BP0810", phrase::span(words), text);
    Ok(anchor.id)
}

/// What sends such messages already: by its name, by its kind, or as the catalog says of a product.
fn channel(scene: &Scene, new: &Newcomer, message: &Message) -> Option<Id> {
    let does = |c: &Component| {
        let entry = c.technology_id().and_then(|id| catalog().technology(id));
        let about = entry.map(|e| names::stems(e.about).join(" ")).unwrap_or_default();
        let says = |w: &String| {
            about.split(' ').any(|said| said == w) || w.contains(' ') && about.contains(w.as_str())
        };
        c.kind == Kind::External && message.words.iter().any(says)
    };
    let first = |fits: &dyn Fn(&Component) -> bool| {
        scene.architecture.components().find(|c| fits(c)).map(|c| c.id.clone())
    };
    scene.existing(new).or_else(|| first(&|c| present::does_as(c, new.kind))).or_else(|| first(&does))
}

fn tell(scene: &mut Scene, clause: &Clause<'_>, channel: &Id, what: &str) -> Result<(), Refusal> {
    let Ok(all) = names::many(&scene.architecture, clause.slot("who"), &scene.last) else {
        let text = format!(
            "no component is called “{}”: say “connect {} to …” to draw who gets it",
            clause.text("who"),
            scene.label(channel)
        );
        scene.remark("BP0812", clause.span("who"), text);
        return Ok(());
    };
    let label = Some(what.to_owned()).filter(|l| !l.is_empty());
    for to in all.into_iter().filter(|to| to != channel) {
        if !scene.connected(channel, &to) {
            let (from, label) = (channel.clone(), label.clone());
            scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })?;
        }
    }
    Ok(())
}

/// "an order fails" → "order fails".
fn event_label(words: &[Word]) -> Option<String> {
    let words = names::bare(words);
    (!words.is_empty() && words.len() <= MAX_LABEL).then(|| phrase::join(words))
}

/// "when the stock is low, the worker should call the supplier": the wish is done, and its first new arrow says when.
fn whenever(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let done = crate::edit::one(scene, clause.slot("rest")).map_err(Refusal::soft)?;
    let mut event = event_label(clause.slot("why"));
    let before = scene.operations.len();
    for operation in done.operations.iter().skip(before) {
        let mut operation = operation.clone();
        if let Operation::Connect { label, .. } = &mut operation
            && let Some(event) = event.take()
        {
            *label = Some(label.take().map_or_else(|| event.clone(), |verb| format!("{verb} when {event}")));
        }
        scene.perform(operation)?;
    }
    scene.remarks = done.remarks;
    scene.last = done.last;
    Ok(())
}
