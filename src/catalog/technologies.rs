//! Technologies: what people name.

use std::collections::BTreeMap;

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
    ids: BTreeMap<String, usize>,
    spellings: BTreeMap<String, usize>,
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
    let ids = entries.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect();
    let mut spellings = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        for name in std::iter::once(&entry.name).chain(&entry.aliases).chain(&entry.cased_aliases) {
            spellings.entry(normal(name)).or_insert(i);
        }
    }
    Technologies { entries, ids, spellings }
}

impl Technologies {
    pub(super) fn by_id(&self, id: &str) -> Option<&TechnologyEntry> {
        self.ids.get(id).map(|&i| &self.entries[i])
    }

    pub(super) fn by_name(&self, name: &str) -> Option<&TechnologyEntry> {
        self.spellings.get(&normal(name)).map(|&i| &self.entries[i])
    }

    pub(super) fn spellings(&self) -> impl Iterator<Item = (&str, usize)> {
        self.spellings.iter().map(|(spelling, &i)| (spelling.as_str(), i))
    }
}

/// A name without capitals, spaces, `-`, `_`, `.` and `/`.
pub(super) fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '.' | '/'))
        .flat_map(char::to_lowercase)
        .collect()
}
