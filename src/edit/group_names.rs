//! What the words of a sentence refer to among the groups of an architecture.
//!
//! Takes words and gives a group or what lies in it, or a refusal that names the groups there are.

use super::names::{bare, stems};
use super::pattern::knowledge;
use super::phrase::{self, Word};
use super::{MAX_LISTED, Refusal};
use crate::model::{Architecture, Component, Id};
use crate::text::Diagnostic;

/// All components in a group and the groups inside it.
pub(super) fn inside(a: &Architecture, group: &Id) -> Vec<Id> {
    let within = |c: &&Component| a.group_chain(c.group.as_ref()).any(|g| g.id == *group);
    a.components().filter(within).map(|c| c.id.clone()).collect()
}

/// One group.
pub(super) fn group(a: &Architecture, words: &[Word]) -> Result<Id, Refusal> {
    group_called(a, words, false)
}

/// One group; of "a private subnet" only one that is called so.
pub(super) fn group_called(a: &Architecture, words: &[Word], new: bool) -> Result<Id, Refusal> {
    let name = phrase::join(bare(words));
    let plain = stems(&name).join(" ");
    let short = [" group", " box"].iter().find_map(|s| plain.strip_suffix(s)).unwrap_or(&plain);
    let new = new || words.first().is_some_and(|w| w.is_any(&["a", "an", "another", "new"]));
    let scored: Vec<(u32, Id)> = a
        .groups()
        .iter()
        .filter_map(|g| {
            let label = stems(&g.label).join(" ");
            let heads = knowledge().group_heads.get(g.kind.word());
            let kind = heads.into_iter().flatten().any(|h| h == short);
            let score = if g.id.as_str() == name || label == plain || label == short {
                3
            } else if kind {
                2
            } else {
                u32::from(!short.is_empty() && label.split(' ').any(|w| w == short))
            };
            (score > if new { 2 } else { 0 }).then(|| (score, g.id.clone()))
        })
        .collect();
    let best = scored.iter().map(|(s, _)| *s).max().unwrap_or(0);
    let found: Vec<Id> = scored.into_iter().filter(|(s, _)| *s == best).map(|(_, id)| id).collect();
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => {
            let message = format!("there is no group “{name}”");
            let names: Vec<String> = a.groups().iter().map(|g| g.label.clone()).take(MAX_LISTED).collect();
            let mut d = Diagnostic::error("BP0802", phrase::span(words), message);
            if !names.is_empty() {
                d = d.hint(format!("the groups are {}", names.join(", ")));
            }
            Err(Refusal::soft(d))
        }
        several => {
            let names: Vec<String> =
                several.iter().filter_map(|id| a.group(id.as_str())).map(|g| g.label.clone()).collect();
            let d = Diagnostic::error("BP0803", phrase::span(words), format!("“{name}” fits several groups"));
            Err(Refusal::several(d.hint(format!("say which: {}", names.join(", ")))))
        }
    }
}
