//! The catalog's technologies as constants.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::emit::{option, slice, text, texts, variant};
use crate::kind::Kind;
use crate::{Failure, read};

#[path = "../src/catalog/spelling.rs"]
mod spelling;

/// A technology, as the files have it; its fields are explained in `src/catalog/technologies.rs`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Technology {
    pub(crate) id: String,
    pub(crate) name: String,
    vendor: String,
    kind: Kind,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) cased_aliases: Vec<String>,
    managed: bool,
    icon: String,
    #[serde(default)]
    mark: Option<String>,
    about: String,
    #[serde(default)]
    ambiguous: bool,
}

/// A kind, as its file has it; its fields are explained in `src/catalog/kinds.rs`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    label: String,
    plural: String,
    glyph: String,
    shape: String,
    family: String,
    about: String,
}

/// The value of `KINDS`.
pub(crate) fn kinds() -> Result<String, Failure> {
    let path = "assets/catalog/kinds.yaml";
    let entries: BTreeMap<Kind, KindEntry> = read(path)?;
    let mut out = Vec::new();
    for kind in Kind::ALL {
        let e = entries.get(kind).ok_or_else(|| format!("{path}: nothing is said of `{kind}`"))?;
        out.push(format!(
            "KindEntry {{ label: {}, plural: {}, glyph: {}, shape: Shape::{}, family: Family::{}, about: {} }}\n",
            text(&e.label),
            text(&e.plural),
            text(&e.glyph),
            variant(&e.shape),
            variant(&e.family),
            text(&e.about),
        ));
    }
    Ok(slice(out))
}

/// All technologies, in the order of the files.
pub(crate) fn technologies() -> Result<Vec<Technology>, Failure> {
    let mut all = Vec::new();
    for file in ["aws", "azure", "google", "open-source", "saas"] {
        all.extend(read::<Vec<Technology>>(&format!("assets/catalog/{file}.yaml"))?);
    }
    Ok(all)
}

/// The value of `Technologies`.
pub(crate) fn table(all: &[Technology]) -> String {
    let mut ids: Vec<(&str, usize)> = all.iter().enumerate().map(|(i, t)| (t.id.as_str(), i)).collect();
    ids.sort_unstable();
    // Where two entries share a spelling, the first keeps it.
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    for (i, t) in all.iter().enumerate() {
        for name in std::iter::once(&t.name).chain(&t.aliases).chain(&t.cased_aliases) {
            spellings.entry(spelling::normal(name)).or_insert(i);
        }
    }
    format!(
        "Technologies {{ entries: {}, ids: {}, spellings: {} }}",
        slice(all.iter().map(entry)),
        slice(ids.iter().map(|(id, i)| format!("({}, {i})", text(id)))),
        slice(spellings.iter().map(|(name, i)| format!("({}, {i})", text(name)))),
    )
}

fn entry(t: &Technology) -> String {
    format!(
        "TechnologyEntry {{ id: {}, name: {}, vendor: {}, kind: Kind::{:?}, aliases: {}, cased_aliases: {}, \
         managed: {}, icon: {}, mark: {}, about: {}, ambiguous: {} }}\n",
        text(&t.id),
        text(&t.name),
        text(&t.vendor),
        t.kind,
        texts(&t.aliases),
        texts(&t.cased_aliases),
        t.managed,
        text(&t.icon),
        option(t.mark.as_deref().map(text)),
        text(&t.about),
        t.ambiguous,
    )
}
