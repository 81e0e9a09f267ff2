//! Technologies: what people name.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{asset, data};
use crate::model::{Kind, Technology};

/// A product or technology.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TechnologyEntry {
    /// Catalog id: `aws.lambda`, `postgresql`.
    pub id: String,
    /// The name printed in pictures.
    pub name: String,
    /// Who makes or runs it.
    pub vendor: String,
    /// What it usually is.
    pub kind: Kind,
    /// Other spellings, matched whatever their capitals.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Other spellings that are ordinary words too: matched with exactly these capitals.
    #[serde(default)]
    pub cased_aliases: Vec<String>,
    /// Whether a provider runs it.
    pub managed: bool,
    /// Its glyph.
    pub icon: String,
    /// The Simple Icons slug of its brand mark.
    #[serde(default)]
    pub mark: Option<String>,
    /// What it does, in a sentence.
    pub about: String,
    /// Whether some spelling of it is an ordinary word.
    #[serde(default)]
    pub ambiguous: bool,
}

impl TechnologyEntry {
    /// As a component carries it.
    #[must_use]
    pub fn technology(&self) -> Technology {
        Technology { id: Some(self.id.clone()), name: self.name.clone() }
    }
}

#[derive(Debug, Default)]
pub(super) struct Technologies {
    pub(super) entries: Vec<TechnologyEntry>,
    /// Places in `entries`, sorted by id.
    ids: Vec<usize>,
    /// Normal spellings with places in `entries`, sorted; made when the first name is looked up.
    spellings: OnceLock<Vec<(String, usize)>>,
}

pub(super) fn read() -> Technologies {
    let files = [
        asset!("catalog/aws"),
        asset!("catalog/azure"),
        asset!("catalog/google"),
        asset!("catalog/open-source"),
        asset!("catalog/saas"),
    ];
    let entries: Vec<TechnologyEntry> = files.into_iter().flat_map(data::<Vec<TechnologyEntry>>).collect();
    let mut ids: Vec<usize> = (0..entries.len()).collect();
    ids.sort_by(|&a, &b| entries[a].id.cmp(&entries[b].id));
    Technologies { entries, ids, spellings: OnceLock::new() }
}

impl Technologies {
    pub(super) fn by_id(&self, id: &str) -> Option<&TechnologyEntry> {
        let place = self.ids.binary_search_by(|&i| self.entries[i].id.as_str().cmp(id)).ok()?;
        Some(&self.entries[self.ids[place]])
    }

    pub(super) fn by_name(&self, name: &str) -> Option<&TechnologyEntry> {
        let (spellings, name) = (self.sorted(), normal(name));
        let place = spellings.binary_search_by(|(spelling, _)| spelling.cmp(&name)).ok()?;
        Some(&self.entries[spellings[place].1])
    }

    pub(super) fn spellings(&self) -> impl Iterator<Item = (&str, usize)> {
        self.sorted().iter().map(|(spelling, i)| (spelling.as_str(), *i))
    }

    /// Where two entries share a normal spelling, the first keeps it.
    fn sorted(&self) -> &[(String, usize)] {
        self.spellings.get_or_init(|| {
            let names = |e: &'_ TechnologyEntry| -> Vec<String> {
                std::iter::once(&e.name)
                    .chain(&e.aliases)
                    .chain(&e.cased_aliases)
                    .map(|name| normal(name))
                    .collect()
            };
            let mut all: Vec<_> = self
                .entries
                .iter()
                .enumerate()
                .flat_map(|(i, e)| names(e).into_iter().map(move |n| (n, i)))
                .collect();
            all.sort();
            all.dedup_by(|later, first| later.0 == first.0);
            all
        })
    }
}

/// A name without capitals, spaces, `-`, `_`, `.` and `/`.
pub(super) fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '.' | '/'))
        .flat_map(char::to_lowercase)
        .collect()
}
