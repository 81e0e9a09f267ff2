//! What a part may be like, said as if it were a part of its own: "add a retention policy".
//!
//! Takes the words of something new; where they name a quality (`qualities` in `assets/words/edits.yaml`), it becomes a
//! property of what the sentence points to, and no component comes in.

use super::Clause;
use crate::edit::anchor::{Bond, telling};
use crate::edit::pattern::{Quality, knowledge};
use crate::edit::phrase::{self, Word, singular};
use crate::edit::scene::Scene;
use crate::edit::{MAX_LISTED, Refusal, candidates, extent, names, newcomer};
use crate::model::{Component, Id, Kind, Operation, Value};
use crate::text::Diagnostic;

/// At most this many words may stand before a quality of several words and belong to it: "regional weighted routing". Before
/// a single word they make it something else: "contract versioning" is a feature.
const MAX_BEFORE: usize = 2;

/// The quality that words name instead of a part.
pub(super) fn quality(words: &[Word]) -> Option<&'static Quality> {
    let mut core = names::bare(extent::core(words));
    while let Some((last, before)) = core.split_last() {
        if before.is_empty() || !knowledge().quality_tails.contains(&last.lower) {
            break;
        }
        core = before;
    }
    let plain: Vec<&str> = core.iter().map(|w| w.lower.as_str()).collect();
    let says = |said: &String| {
        let said: Vec<&str> = said.split(' ').collect();
        let before = if said.len() > 1 { MAX_BEFORE } else { 0 };
        plain.ends_with(&said) && plain.len() <= said.len() + before
    };
    let quoted = core.iter().any(|w| w.quoted);
    knowledge().qualities.iter().find(|q| !quoted && q.words.iter().any(says))
}

fn able(quality: &Quality, kind: Kind) -> bool {
    quality.kinds.iter().any(|k| k == kind.word())
}

fn set(scene: &mut Scene, quality: &Quality, ids: &[Id]) -> Result<(), Refusal> {
    for id in ids {
        scene.speak_of(id);
        let (name, value) = (quality.property.clone(), Value::Flag(true));
        scene.perform(Operation::SetProperty { id: id.clone(), name, value })?;
    }
    Ok(())
}

/// "… to the orders database", "… for all functions", "… in the VPC": of a group, those that can be so.
pub(super) fn give(scene: &mut Scene, quality: &Quality, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("a");
    let ids = match names::many(&scene.architecture, words, &scene.last) {
        Ok(ids) => ids,
        Err(refusal) => {
            let group = names::group(&scene.architecture, words).map_err(|_| refusal)?;
            let inside = names::inside(&scene.architecture, &group).into_iter();
            inside.filter(|id| able(quality, scene.kind(id))).collect()
        }
    };
    if ids.is_empty() {
        return Err(nothing(quality, words));
    }
    set(scene, quality, &ids)
}

/// With no place named: what the words point to, else the one part that is usually so.
pub(super) fn give_fitting(scene: &mut Scene, quality: &Quality, words: &[Word]) -> Result<(), Refusal> {
    let ids = fitting(scene, quality, words)?;
    set(scene, quality, &ids)?;
    let listed: Vec<String> = ids.iter().map(|id| format!("“{}” (`{id}`)", scene.label(id))).collect();
    let text = format!("{} is no part of its own: it is set on {}", quality.name(), listed.join(", "));
    scene.remark("BP0816", phrase::span(words), text);
    Ok(())
}

fn fitting(scene: &Scene, quality: &Quality, words: &[Word]) -> Result<Vec<Id>, Refusal> {
    let a = &scene.architecture;
    let all: Vec<&Component> = a.components().filter(|c| able(quality, c.kind)).collect();
    let ids = |found: &[&Component]| found.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
    // "… for the nightly functions": all that are so called.
    let rest = words.get(extent::core(words).len()..).unwrap_or_default();
    let several = |w: &&Word| singular(&w.lower) != w.lower;
    let meant: Vec<Kind> =
        rest.iter().filter(several).filter_map(|w| newcomer::head(std::slice::from_ref(w))).collect();
    let called: Vec<&Component> = all.iter().filter(|c| meant.contains(&c.kind)).copied().collect();
    if !called.is_empty() {
        return Ok(ids(&called));
    }
    let wanted = telling(rest);
    let strength = |c: &&&Component| Bond::between(a, c, &wanted).strength();
    let best = all.iter().map(|c| strength(&c)).max().filter(|s| *s > 0);
    let told: Vec<&Component> = all.iter().filter(|c| Some(strength(c)) == best).copied().collect();
    if let [one] = told.as_slice() {
        return Ok(vec![one.id.clone()]);
    }
    let of = |kind: &String| all.iter().filter(|c| c.kind.word() == kind).copied().collect::<Vec<_>>();
    let usual = quality.kinds.iter().map(of).find(|found| !found.is_empty()).unwrap_or_default();
    match usual.as_slice() {
        [one] => Ok(vec![one.id.clone()]),
        [] => Err(nothing(quality, words)),
        several => {
            let text = format!("{} is said of a part, and this does not say of which", quality.name());
            let listed: Vec<String> =
                several.iter().take(MAX_LISTED).map(|c| candidates::called(c)).collect();
            let d = Diagnostic::error("BP0803", phrase::span(words), text);
            Err(Refusal::several(d.hint(format!("say of which: {}", listed.join(", ")))))
        }
    }
}

fn nothing(quality: &Quality, words: &[Word]) -> Refusal {
    let kinds: Vec<String> = quality.kinds.iter().map(|k| k.replace('_', " ")).collect();
    let text = format!("nothing here can have {}", quality.name());
    let d = Diagnostic::error("BP0802", phrase::span(words), text);
    Refusal::hard(d.hint(format!("it is said of a {}: name one, or add it first", kinds.join(", "))))
}
