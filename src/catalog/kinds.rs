//! Kinds: how each is called and drawn.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{asset, data};
use crate::model::Kind;

/// What the catalog says of a kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindEntry {
    /// The name people read.
    pub label: String,
    /// Several of them.
    pub plural: String,
    /// Its glyph.
    pub glyph: String,
    /// The outline of its box.
    pub shape: Shape,
    /// What it belongs to; decides the colour.
    pub family: Family,
    /// What it is, in a sentence.
    pub about: String,
}

/// Outlines of boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A person without a box.
    Person,
    /// A card.
    Card,
    /// A card with the rim of a cylinder.
    Cylinder,
    /// A card with the end pieces of a queue.
    Queue,
    /// A card that fans out.
    Topic,
    /// A card with lanes.
    Stream,
    /// A device.
    Device,
    /// A sheet.
    Document,
    /// A bucket.
    Bucket,
    /// Somebody else's system: a dashed card.
    External,
    /// A door: a card with pointed sides.
    Hexagon,
}

/// Families of kinds, one colour each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Family {
    Person,
    Entry,
    Compute,
    Messaging,
    Data,
    Storage,
    Identity,
    Observe,
    Delivery,
    Network,
    External,
    Intelligence,
}

pub(super) fn read() -> Vec<KindEntry> {
    let mut by_kind: BTreeMap<Kind, KindEntry> = data(asset!("catalog/kinds"));
    let plain = |kind: Kind| KindEntry {
        label: kind.label().to_owned(),
        plural: kind.label().to_owned(),
        glyph: "other".to_owned(),
        shape: Shape::Card,
        family: Family::Compute,
        about: String::new(),
    };
    Kind::ALL.iter().map(|&kind| by_kind.remove(&kind).unwrap_or_else(|| plain(kind))).collect()
}
