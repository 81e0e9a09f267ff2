//! Groups: boxes around components and other groups.

use super::{GroupKind, Id, Origin, Properties, Technology};

/// A named set of components and groups. Groups form a tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name in the architecture.
    pub id: Id,
    /// The name people read.
    pub label: String,
    /// What its members have in common.
    pub kind: GroupKind,
    /// The platform it stands for (a cloud, a cluster product).
    pub technology: Option<Technology>,
    /// The group around it.
    pub parent: Option<Id>,
    /// Everything else that is known.
    pub properties: Properties,
    /// Where it comes from.
    pub origin: Origin,
}

impl Group {
    /// A group at the top of the tree, named after its label.
    #[must_use]
    pub fn new(label: impl Into<String>, kind: GroupKind) -> Self {
        let label = label.into();
        Self {
            id: Id::from_label(&label),
            label,
            kind,
            technology: None,
            parent: None,
            properties: Properties::new(),
            origin: Origin::default(),
        }
    }
}
