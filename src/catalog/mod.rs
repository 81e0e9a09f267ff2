//! What is known of technologies, kinds, capabilities and reference designs: data files of `assets`, embedded as
//! constant tables or as JSON that is read once.
//!
//! Takes names and gives entries. It knows no text beyond single names and draws nothing: an entry names its glyph and
//! its shape, the drawing has them. What the words on arrows say of who waits for whom (`paths`) is here too: the review
//! and the edits' answers both stand on it; so is of which component a figure is said, which the language's writer asks, too.

mod capabilities;
mod designs;
mod kinds;
pub(crate) mod paths;
mod patterns;
mod said_of;
mod spelling;
mod stopped;
mod technologies;
pub(crate) mod words;

use serde::de::DeserializeOwned;

use crate::model::{Kind, Technology};

pub(crate) use capabilities::{Capability, capabilities};
pub use designs::{Design, design, designs, nearest_design};
pub(crate) use designs::{Feed, Flow};
pub use kinds::{Family, KindEntry, Shape};
pub(crate) use patterns::{Atom, Pattern, Word};
pub use said_of::said_of;
pub(crate) use stopped::Stopped;
pub use technologies::TechnologyEntry;

/// Reads an embedded data file. A test reads them all, so a broken one never ships; should one be broken all the same,
/// the program goes on without its knowledge.
pub(crate) fn data<T: DeserializeOwned + Default>(json: &str) -> T {
    let read = serde_json::from_str(json);
    debug_assert!(read.is_ok(), "embedded data: {:?}", read.as_ref().err());
    read.unwrap_or_default()
}

/// Embeds `assets/<path>.yaml` in the form the build script gave it.
macro_rules! asset {
    ($path:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/assets/", $path, ".json"))
    };
}
pub(crate) use asset;

/// The catalog.
#[derive(Debug)]
pub struct Catalog {
    technologies: &'static technologies::Technologies,
    kinds: &'static [KindEntry],
}

/// The catalog.
#[must_use]
pub fn catalog() -> &'static Catalog {
    static CATALOG: Catalog = Catalog { technologies: &technologies::TECHNOLOGIES, kinds: kinds::KINDS };
    &CATALOG
}

impl Catalog {
    /// All technologies, in the order of the files.
    #[must_use]
    pub fn technologies(&self) -> &'static [TechnologyEntry] {
        self.technologies.entries
    }

    /// The technology of that catalog id.
    #[must_use]
    pub fn technology(&self, id: &str) -> Option<&'static TechnologyEntry> {
        self.technologies.by_id(id)
    }

    /// The technology of that id, name or alias; capitals and `-`, `_`, `.` and spaces do not matter.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static TechnologyEntry> {
        self.technology(name).or_else(|| self.technologies.by_name(name))
    }

    /// What the catalog says of a kind.
    #[must_use]
    pub fn kind(&self, kind: Kind) -> &'static KindEntry {
        &self.kinds[kind as usize]
    }

    /// The technology a name stands for (the name itself when the catalog does not know it), and the kind it usually is.
    #[must_use]
    pub fn look_up(&self, name: &str) -> (Technology, Option<Kind>) {
        match self.find(name) {
            Some(entry) => (entry.technology(), Some(entry.kind)),
            None => (Technology::unknown(name.trim()), None),
        }
    }

    /// The known id or name nearest to a misspelt one, if one is near enough (one edit for four letters, two from
    /// eight on; Damerau-Levenshtein).
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&'static TechnologyEntry> {
        let spelled = self
            .technologies
            .spellings
            .iter()
            .filter_map(|&(spelling, place)| Some((spelling, self.technologies.entries.get(place)?)));
        nearest(&spelling::normal(name), spelled)
    }
}

/// The candidate whose spelling is nearest to `word`, if one is near enough; the first of equals.
pub fn nearest<'a, T>(word: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let length = word.chars().count();
    let allowed = match length {
        0..=3 => return None,
        4..=7 => 1,
        _ => 2,
    };
    let letters = letters(word);
    let mut best: Option<(usize, T)> = None;
    for (spelling, value) in candidates {
        if spelling.chars().count().abs_diff(length) > allowed {
            continue;
        }
        // An edit takes at most one letter away and brings at most one in.
        if (self::letters(spelling) ^ letters).count_ones() as usize > 2 * allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(word, spelling);
        if distance <= allowed && best.as_ref().is_none_or(|(d, _)| distance < *d) {
            best = Some((distance, value));
        }
    }
    best.map(|(_, value)| value)
}

/// Which letters a word has, a bit each; others share bits.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}
