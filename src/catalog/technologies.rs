//! Technologies: what people name.

use super::spelling::normal;
use crate::model::{Kind, Technology};

/// A product or technology.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TechnologyEntry {
    /// Catalog id: `aws.lambda`, `postgresql`.
    pub id: &'static str,
    /// The name printed in pictures.
    pub name: &'static str,
    /// Who makes or runs it.
    pub vendor: &'static str,
    /// What it usually is.
    pub kind: Kind,
    /// Other spellings, matched whatever their capitals.
    pub aliases: &'static [&'static str],
    /// Other spellings that are ordinary words too: matched with exactly these capitals.
    pub cased_aliases: &'static [&'static str],
    /// Whether a provider runs it.
    pub managed: bool,
    /// Its glyph.
    pub icon: &'static str,
    /// The Simple Icons slug of its brand mark.
    pub mark: Option<&'static str>,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Whether some spelling of it is an ordinary word.
    pub ambiguous: bool,
}

impl TechnologyEntry {
    /// As a component carries it.
    #[must_use]
    pub fn technology(&self) -> Technology {
        Technology { id: Some(self.id.to_owned()), name: self.name.to_owned() }
    }
}

/// The technologies of `assets/catalog`, as the build script writes them down.
#[derive(Debug)]
pub(super) struct Technologies {
    /// In the order of the files.
    pub(super) entries: &'static [TechnologyEntry],
    /// Ids with places in `entries`, sorted.
    ids: &'static [(&'static str, usize)],
    /// Normal spellings with places in `entries`, sorted. Of two entries with one spelling, the first has it.
    pub(super) spellings: &'static [(&'static str, usize)],
}

pub(super) static TECHNOLOGIES: Technologies = include!(concat!(env!("OUT_DIR"), "/technologies.rs"));

impl Technologies {
    pub(super) fn by_id(&self, id: &str) -> Option<&'static TechnologyEntry> {
        self.at(self.ids, id)
    }

    pub(super) fn by_name(&self, name: &str) -> Option<&'static TechnologyEntry> {
        self.at(self.spellings, &normal(name))
    }

    fn at(&self, places: &[(&str, usize)], key: &str) -> Option<&'static TechnologyEntry> {
        let place = places.binary_search_by(|(known, _)| (*known).cmp(key)).ok()?;
        self.entries.get(places.get(place)?.1)
    }
}
