//! Words that could have meant something else: what was taken, and what else there was.
//!
//! Takes choices as they are made and keeps them with their sentence, for `explain`. It decides nothing.

use super::entities::EntityId;
use super::lexicon::{Det, Pronoun};
use super::phrases::Np;
use super::reading::Reading;
use crate::catalog::catalog;
use crate::model::Kind;

/// A choice between meanings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Doubt {
    /// Words that stand for something spoken of before; a pronoun's choice is mostly settled by grammar.
    Reference { words: String, taken: Vec<EntityId>, others: Vec<EntityId>, pronoun: bool },
    /// A misspelt name, or one that is an ordinary word, too; with the place of what it was taken for in the catalog.
    Name { words: String, technology: usize, misspelt: bool },
}

/// The most choices kept of one sentence.
const MAX_DOUBTS: usize = 8;

impl Reading {
    fn doubt(&mut self, doubt: Doubt) {
        if let Some(trace) = self.traces.last_mut()
            && trace.doubts.len() < MAX_DOUBTS
            && !trace.doubts.contains(&doubt)
        {
            trace.doubts.push(doubt);
        }
    }

    /// A pronoun was taken for some of what the sentence before spoke of.
    pub(super) fn doubt_pronoun(&mut self, pronoun: Pronoun, taken: &[EntityId]) {
        let words = match pronoun {
            Pronoun::It => "it",
            Pronoun::They => "they",
            Pronoun::Both => "both",
            _ => return,
        };
        // What only keeps or carries things does nothing that "it" could do.
        let thing = |id: &EntityId| {
            self.entities.all.get(*id).is_some_and(|e| {
                let passive = e.kind.is_store() || e.kind.is_messaging() || e.kind == Kind::Cache;
                e.kind != Kind::User && !e.denied && !passive
            })
        };
        let spoken = self.subject.iter().chain(&self.object).copied();
        let mut others: Vec<EntityId> = spoken.filter(|id| !taken.contains(id)).filter(thing).collect();
        others.sort_unstable();
        others.dedup();
        if !taken.is_empty() && !others.is_empty() {
            self.doubt(Doubt::Reference {
                words: words.to_owned(),
                taken: taken.to_vec(),
                others,
                pronoun: true,
            });
        }
    }

    /// A phrase was taken for one of several things that it fits alike.
    pub(super) fn doubt_phrase(&mut self, text: &str, np: &Np, taken: &[EntityId]) {
        let mut others = std::mem::take(&mut self.entities.rivals);
        let [only] = taken else { return };
        if np.plural || np.det == Det::Each {
            return;
        }
        let kind = |id: EntityId| self.entities.all.get(id).map(|e| e.kind);
        // What was spoken of long ago is not what a phrase means where something of the kind is fresh.
        let fresh = |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.last + 1 >= self.sentence);
        others.retain(|&id| kind(id) == kind(*only) && fresh(id));
        if !others.is_empty() {
            let words = text.get(np.span.start..np.span.end).unwrap_or_default().to_owned();
            self.doubt(Doubt::Reference { words, taken: taken.to_vec(), others, pronoun: false });
        }
    }

    /// A name was read in spite of its spelling, or is an ordinary word, too.
    pub(super) fn doubt_name(&mut self, text: &str, np: &Np) {
        let Some(technology) = np.technology else { return };
        let words = text.get(np.span.start..np.span.end).unwrap_or_default();
        let ordinary = catalog().technologies().get(technology).is_some_and(|e| e.ambiguous)
            && !words.contains(char::is_uppercase);
        if np.misspelt || ordinary {
            self.doubt(Doubt::Name { words: words.to_owned(), technology, misspelt: np.misspelt });
        }
    }
}

/// Whether words are a thing's own name, with or without an article.
pub(super) fn says(words: &str, label: &str) -> bool {
    let lower = words.to_lowercase();
    let bare = ["the ", "a ", "an ", "our "].iter().find_map(|article| lower.strip_prefix(article));
    bare.unwrap_or(&lower) == label.to_lowercase()
}

/// A choice as a sentence; `label` gives the name of what is drawn. None where nothing else that could be meant is drawn.
pub(super) fn told(doubt: &Doubt, label: impl Fn(EntityId) -> Option<String>) -> Option<String> {
    match doubt {
        Doubt::Reference { words, taken, others, .. } => {
            let names = |ids: &[EntityId], joint: &str| {
                let mut names: Vec<String> = ids.iter().filter_map(|&id| label(id)).collect();
                names.dedup();
                (!names.is_empty()).then(|| names.join(joint))
            };
            let (taken, others) = (names(taken, " and ")?, names(others, " or ")?);
            (taken != others && !says(words, &taken))
                .then(|| format!("“{words}” is taken for {taken}; it could be {others}"))
        }
        Doubt::Name { words, technology, misspelt } => {
            let name = catalog().technologies().get(*technology)?.name;
            Some(if *misspelt {
                format!("“{words}” is read as {name}, misspelt")
            } else {
                format!("“{words}” is read as {name}; it is an ordinary word, too")
            })
        }
    }
}
