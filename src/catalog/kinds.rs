//! Kinds: how each is called and drawn.

/// What the catalog says of a kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KindEntry {
    /// The name people read.
    pub label: &'static str,
    /// Several of them.
    pub plural: &'static str,
    /// Its glyph.
    pub glyph: &'static str,
    /// The outline of its box.
    pub shape: Shape,
    /// What it belongs to; decides the colour.
    pub family: Family,
    /// What it is, in a sentence.
    pub about: &'static str,
}

/// Outlines of boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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

/// What `assets/catalog/kinds.yaml` says of each kind, in the order of [`Kind::ALL`](crate::model::Kind::ALL); the build
/// script writes it down, and stops where a kind is missing.
pub(super) static KINDS: &[KindEntry] = include!(concat!(env!("OUT_DIR"), "/kinds.rs"));
