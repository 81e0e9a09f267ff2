//! What is asked for and is there already: used, named, or one more of it.

use super::placing::hang_on;
use super::{Clause, sending};
use crate::edit::newcomer::Newcomer;
use crate::edit::phrase::{self, Word};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, feature, names, present};
use crate::model::{Component, Id, Kind, Operation};
use crate::text::Diagnostic;

/// Doing the same again changes nothing, and says so.
pub(super) fn already(scene: &mut Scene, id: &Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    let text = format!("“{}” is there already; nothing changed", scene.label(id));
    scene.remark("BP0811", phrase::span(clause.words), text);
    Ok(())
}

/// Adds it where it belongs, unless it is there.
pub(super) fn add_new(
    scene: &mut Scene,
    clause: &Clause<'_>,
    words: &[Word],
    new: &Newcomer,
) -> Result<(), Refusal> {
    let alike = || same_deed(scene, new);
    let usual = || crate::edit::companions::known(new).and_then(|known| known.there(scene, new));
    if let Some(id) = scene.existing(new).or_else(alike).or_else(usual) {
        return once_more(scene, clause, words, &id, new);
    }
    let there = present::of_kind(scene, new, words);
    let Some(first) = there.first().cloned() else {
        present::mention(scene, new, words);
        return feature::place(scene, new, words, None);
    };
    if new.kind == Kind::Monitoring {
        return sending::watch_all(scene, &first, clause);
    }
    // Of a pipeline's steps, one more is a step of its own.
    if new.kind == Kind::Cicd && there.len() > 1 {
        return feature::place(scene, new, words, None);
    }
    // "a cache for product pages": what has a name of its own is for something else.
    let told = new.description.is_some().then(|| anchor::anchor(&scene.architecture, new, words)).flatten();
    let named = |id: &Id| scene.architecture.component(id.as_str()).is_some_and(|c| !present::nameless(c));
    match told.filter(|anchor| anchor.told) {
        Some(_) if there.iter().all(named) => {
            present::mention(scene, new, words);
            feature::place(scene, new, words, None)
        }
        Some(anchor) if there.len() == 1 => use_present(scene, &first, &[anchor.id], clause),
        _ => {
            scene.speak_of(&first);
            let names: Vec<String> =
                there.iter().map(|id| format!("“{}” (`{id}`)", scene.label(id))).collect();
            let text = format!(
                "{} {} there already; nothing changed. Say “connect … to {}” to use it, or “add another …” for one more",
                names.join(", "),
                if names.len() == 1 { "is" } else { "are" },
                scene.label(&first)
            );
            scene.remark("BP0811", phrase::span(clause.words), text);
            Ok(())
        }
    }
}

/// "rate limiting", where there is a rate limiter: the same words in another form.
fn same_deed(scene: &Scene, new: &Newcomer) -> Option<Id> {
    let said = names::stems(&new.label);
    let alike = |c: &&Component| {
        let label = names::stems(&c.label);
        let forms = label.len() == said.len() && label.iter().zip(&said).all(|(l, w)| anchor::akin(l, w));
        forms && said.len() > 1 && c.kind.is_compute() && new.kind.is_compute()
    };
    scene.architecture.components().find(alike).map(|c| c.id.clone())
}

/// What is asked for is there: one more of it where that is said, else nothing changes.
fn once_more(
    scene: &mut Scene,
    clause: &Clause<'_>,
    words: &[Word],
    id: &Id,
    new: &Newcomer,
) -> Result<(), Refusal> {
    if present::another(words) && scene.kind(id).is_compute() {
        let before = scene.architecture.component(id.as_str()).and_then(|c| c.replicas).unwrap_or(1);
        scene.speak_of(id);
        let replicas = before.saturating_add(new.replicas.unwrap_or(1));
        return scene.perform(Operation::SetReplicas { id: id.clone(), replicas });
    }
    if present::another(words) {
        let label = (2..).map(|n| format!("{} {n}", new.label));
        let free = |l: &String| !scene.architecture.components().any(|c| c.label.eq_ignore_ascii_case(l));
        let label = label.take(scene.architecture.component_count() + 1).find(free);
        let new = Newcomer { label: label.unwrap_or_default(), ..new.clone() };
        return feature::place(scene, &new, words, None);
    }
    // "the worker in a second region": the place is what was meant.
    let placed = |d: &String| {
        let first = d.split(' ').next().unwrap_or_default().to_lowercase();
        ["in", "into", "behind", "on", "across", "to"].contains(&first.as_str())
    };
    if new.description.as_ref().is_some_and(placed) {
        let text = format!("“{}” (`{id}`) is there already", scene.label(id));
        let d = Diagnostic::error("BP0804", phrase::span(words), text);
        let hint = "say what is to become of it: “move … into …”, “put … behind …”, “copy … to …”";
        return Err(Refusal::hard(d.hint(hint)));
    }
    // "a worker that cleans up": another than the one that is only called so.
    let there = scene.architecture.component(id.as_str());
    let own =
        |c: &&Component| c.kind.is_compute() && present::nameless(c) && c.description != new.description;
    if new.description.is_some() && there.as_ref().is_some_and(own) {
        let d =
            Diagnostic::error("BP0804", phrase::span(words), format!("there is a “{}” already", new.label));
        let hint = format!("give the new one a name: “add a {} called …”", names::uncapitalized(&new.label));
        return Err(Refusal::hard(d.hint(hint)));
    }
    already(scene, id, clause)
}

/// What is there does for those as well.
pub(super) fn use_present(scene: &mut Scene, id: &Id, on: &[Id], clause: &Clause<'_>) -> Result<(), Refusal> {
    let before = scene.operations.len();
    for other in on.iter().filter(|on| *on != id) {
        if !scene.connected(other, id) && !scene.connected(id, other) {
            hang_on(scene, id, other)?;
        }
    }
    if scene.operations.len() == before {
        return already(scene, id, clause);
    }
    scene.speak_of(id);
    let text = format!(
        "“{}” (`{id}`) is there already and is used; say “add another …” for a second one",
        scene.label(id)
    );
    scene.remark("BP0816", phrase::span(clause.words), text);
    Ok(())
}
