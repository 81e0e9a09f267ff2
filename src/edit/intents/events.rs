//! What follows an event: people are told, or the wish behind the comma is done.
//!
//! Takes "when an order is late, send an SMS to the customer": who knows of the event tells what sends such messages, and
//! that tells the person.

use super::Clause;
use crate::catalog::catalog;
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::pattern::{Message, knowledge};
use crate::edit::phrase::{self, Word};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, names, present};
use crate::model::{Component, Id, Kind, Mode, Operation};
use crate::reader::english::lexicon::{Noun, lexicon};

/// The longest event that labels an arrow, in words.
const MAX_LABEL: usize = 6;
/// The longest name of people, in words.
const MAX_PEOPLE: usize = 3;

pub(super) fn on_event(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    if clause.has("rest") {
        return whenever(scene, clause);
    }
    let product = newcomer::read(clause.slot("what")).filter(|new| {
        new.technology.is_some() && matches!(new.kind, Kind::Notification | Kind::Email | Kind::External)
    });
    let message = message(clause).or_else(|| product.as_ref().and_then(|_| knowledge().messages.last()));
    let message = message.ok_or_else(Refusal::other)?;
    let kind = Kind::from_word(&message.kind).unwrap_or_default();
    let why = if clause.has("why") { clause.slot("why") } else { clause.slot("notice") };
    let what = clause.text("what");
    let made = product.is_some();
    let new = product.unwrap_or_else(|| Newcomer::plain(&message.sender, kind));
    let told = !clause.has("a") && !clause.has("why") && !clause.has("notice") && !made;
    let known = channel(scene, &new, message).filter(|_| told);
    // "couriers should get push messages": who tells what sends them is there already.
    let told_by = known.and_then(|channel| scene.callers(&channel).into_iter().next());
    let sender = match told_by {
        Some(sender) => sender,
        None if clause.has("a") => clause.one(scene, "a")?,
        None => who_knows(scene, clause, &new)?,
    };
    let there = if made { scene.existing(&new) } else { channel(scene, &new, message) };
    let channel = match there {
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
    if clause.has("who") { tell(scene, clause, &channel, if made { "" } else { &what }) } else { Ok(()) }
}

/// What is to be sent: by its name, else by the verb.
fn message(clause: &Clause<'_>) -> Option<&'static Message> {
    let said = |words: &[Word]| words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    let what = said(names::bare(clause.slot("what")));
    let verb = clause.bindings.get("@tell").or_else(|| clause.bindings.get("@told"));
    let verb = verb.and_then(|range| clause.words.get(range)).map(said);
    let mut all = knowledge().messages.iter();
    if what.is_empty() {
        return all.find(|m| verb.as_ref().is_some_and(|v| m.verbs.contains(v)));
    }
    let names_it = |m: &&Message| m.words.iter().any(|w| what == *w || what.ends_with(&format!(" {w}")));
    all.find(names_it)
}

/// Who knows that something happened: what the words of the event point to.
fn who_knows(scene: &mut Scene, clause: &Clause<'_>, new: &Newcomer) -> Result<Id, Refusal> {
    let words = if clause.has("why") { clause.slot("why") } else { clause.slot("notice") };
    let mut anchor = anchor::anchor(&scene.architecture, new, words).ok_or_else(Refusal::other)?;
    // What watches for such things tells of them.
    let watches = |c: &&Component| {
        c.kind.is_compute() && names::stems(&c.label).iter().any(|w| knowledge().watchers.contains(w))
    };
    if let Some(c) = scene.architecture.components().find(watches).filter(|_| !anchor.told) {
        anchor.next = vec![std::mem::replace(&mut anchor.id, c.id.clone())];
        anchor.why = "nothing in the event names a part, and this watches for such things".to_owned();
    }
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
    if new.kind.is_compute() {
        return scene.existing(new);
    }
    // A topic that people are subscribed to.
    let told = |c: &Component| {
        c.kind == Kind::Topic && scene.callees(&c.id).iter().any(|to| scene.kind(to) == Kind::User)
    };
    scene
        .existing(new)
        .or_else(|| first(&|c| present::does_as(c, new.kind)))
        .or_else(|| first(&does))
        .or_else(|| first(&told))
}

fn tell(scene: &mut Scene, clause: &Clause<'_>, channel: &Id, what: &str) -> Result<(), Refusal> {
    // "customers" are not the drivers, though both are people.
    let said = names::stems(&clause.text("who"));
    let all =
        said.iter().any(|w| ["user", "people", "everybody", "everyone", "them", "it"].contains(&w.as_str()));
    let named = |id: &Id| {
        scene.kind(id) != Kind::User || names::stems(&scene.label(id)).iter().any(|w| said.contains(w))
    };
    let known = names::many(&scene.architecture, clause.slot("who"), &scene.last).ok();
    let known = known.filter(|ids| all || ids.iter().all(named));
    let all = match known.or(listed(scene, clause.slot("who"))?) {
        Some(all) => Some(all),
        None if somebody(clause.slot("who")) || article(clause) && somebody(&with_article(clause)) => {
            let label = phrase::capital(&phrase::join(names::bare(clause.slot("who"))));
            let id = scene.add(&Newcomer::plain(&label, Kind::User), None)?;
            scene.unspoken(&id);
            Some(vec![id])
        }
        None => None,
    };
    let Some(all) = all else {
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

/// "the driver and the dispatcher": who is there, and who comes in.
fn listed(scene: &mut Scene, words: &[Word]) -> Result<Option<Vec<Id>>, Refusal> {
    let parts: Vec<&[Word]> =
        words.split(|w| w.is("and") || w.is(",")).filter(|part| !part.is_empty()).collect();
    let known: Vec<Option<Id>> =
        parts.iter().map(|part| names::one(&scene.architecture, part, &scene.last).ok()).collect();
    let told = |(part, known): (&&[Word], &Option<Id>)| known.is_some() || somebody(part) || part.len() == 1;
    let people = parts.iter().all(|part| person(part));
    if parts.len() < 2 || known.iter().all(Option::is_none) && !people || !parts.iter().zip(&known).all(told)
    {
        return Ok(None);
    }
    let mut all = Vec::new();
    for (part, known) in parts.iter().zip(known) {
        let id = match known {
            Some(id) => id,
            None => {
                let label = phrase::capital(&phrase::join(names::bare(part)));
                scene.add(&Newcomer::plain(&label, Kind::User), None).inspect(|id| scene.unspoken(id))?
            }
        };
        all.push(id);
    }
    Ok(Some(all))
}

/// "the ward": an article before the slot says that it is somebody known.
fn article(clause: &Clause<'_>) -> bool {
    let before = clause.bindings.get("who").and_then(|r| clause.words.get(r.start.checked_sub(1)?));
    before.is_some_and(|w| w.is_any(names::DETERMINERS))
}

fn with_article(clause: &Clause<'_>) -> Vec<Word> {
    let range = clause.bindings.get("who").unwrap_or_default();
    clause.words.get(range.start.saturating_sub(1)..range.end).unwrap_or_default().to_vec()
}

/// Whether words say who is told; "us" and "somebody" do not.
pub(super) fn somebody(words: &[Word]) -> bool {
    const NOBODY: &[&str] = &[
        "us",
        "me",
        "it",
        "them",
        "him",
        "her",
        "you",
        "someone",
        "somebody",
        "everyone",
        "everybody",
        "anyone",
        "there",
        "that",
        "this",
    ];
    let bare = names::bare(words);
    let name = |w: &Word| !w.is_any(NOBODY) && w.text.chars().all(|c| c.is_alphanumeric() || c == '-');
    let several =
        bare.last().is_some_and(|w| phrase::singular(&w.lower) != w.lower) || bare.len() < words.len();
    person(words) || several && bare.len() <= MAX_PEOPLE && bare.iter().all(name)
}

/// Whether words name people: "parents", "the shift managers".
pub(super) fn person(words: &[Word]) -> bool {
    let words = names::bare(words);
    let Some(last) = words.last().filter(|w| words.len() <= MAX_PEOPLE && !w.quoted) else { return false };
    let listed = knowledge().verbs.get("people").is_some_and(|all| all.contains(&last.lower));
    let known = lexicon()
        .noun(&last.lower)
        .is_some_and(|(noun, _)| matches!(noun, Noun::Person | Noun::Component(Kind::User)));
    listed || known
}

/// "an order fails" → "order fails".
fn event_label(words: &[Word]) -> Option<String> {
    let words = names::bare(words);
    (!words.is_empty() && words.len() <= MAX_LABEL).then(|| phrase::join(words))
}

/// "when the stock is low, the worker should call the supplier": the wish is done, and its first new arrow says when.
fn whenever(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let rest = clause.slot("rest");
    let mut knowing = scene.clone();
    // Who knows of the event starts what follows, where the wish itself does not say who.
    let plain = Newcomer::plain("Service", Kind::Service);
    let knows = anchor::anchor(&scene.architecture, &plain, clause.slot("why")).filter(|a| a.told);
    if let Some(knows) = knows {
        knowing.about = vec![knows.id];
    }
    let mut done = crate::edit::one(&knowing, rest).map_err(Refusal::soft)?;
    done.about.clone_from(&scene.about);
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
