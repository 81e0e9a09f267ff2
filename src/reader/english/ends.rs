//! Where arrows start and end.
//!
//! Takes the flows of a reading, each looked at once, and says of an entity whether one starts or ends at it.

use super::entities::EntityId;
use super::reading::Flow;

/// The entities at both ends of arrows.
#[derive(Debug, Default)]
pub(super) struct Ends {
    starts: Vec<bool>,
    ends: Vec<bool>,
}

impl Ends {
    /// Those of all flows.
    pub(super) fn of(flows: &[Flow]) -> Self {
        let mut out = Self::default();
        for flow in flows {
            mark(&mut out.starts, flow.from);
            mark(&mut out.ends, flow.to);
        }
        out
    }

    /// Whether an arrow starts at an entity.
    pub(super) fn from(&self, id: EntityId) -> bool {
        self.starts.get(id).copied().unwrap_or(false)
    }

    /// Whether an arrow ends at an entity.
    pub(super) fn to(&self, id: EntityId) -> bool {
        self.ends.get(id).copied().unwrap_or(false)
    }
}

fn mark(list: &mut Vec<bool>, id: EntityId) {
    if list.len() <= id {
        list.resize(id + 1, false);
    }
    if let Some(slot) = list.get_mut(id) {
        *slot = true;
    }
}
