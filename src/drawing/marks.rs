//! Marks of change: what of a picture is new, gone, or different from an earlier one.
//!
//! Takes the changes the caller names and gives ink for them: a ring and a sign (`+`, `−`, `~`) on boxes and groups, a
//! sign and a colour on connections, a veil over what is gone, and the legend's entries. Sign, line and colour say the
//! same, so that none of them has to be seen.

use std::collections::BTreeMap;

use super::paint::Paint;
use super::scene::{Anchor, Ink, baseline};
use crate::geometry::{Point, Rect};
use crate::model::{ConnectionIndex, Id};
use crate::style::{DISC, TEXT};

/// What became of a part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone; the picture shows where it was.
    Removed,
    /// It was there, but differs.
    Changed,
}

impl Change {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Added, Self::Removed, Self::Changed];

    /// The word for people and tools: `added`, `removed`, `changed`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }

    /// The sign on the picture.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "−",
            Self::Changed => "~",
        }
    }
}

/// The changes a picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Of components, by id.
    pub components: BTreeMap<Id, Change>,
    /// Of connections.
    pub connections: BTreeMap<ConnectionIndex, Change>,
    /// Of groups, by id.
    pub groups: BTreeMap<Id, Change>,
    /// What differs about a component, in words: its tooltip says so.
    pub said: BTreeMap<Id, String>,
}

impl Marks {
    /// Whether nothing is marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.components.is_empty() && self.connections.is_empty() && self.groups.is_empty()
    }

    /// How much changed: "2 added, 1 removed, 3 changed".
    pub(super) fn counts(&self) -> String {
        let all = || self.components.values().chain(self.connections.values()).chain(self.groups.values());
        let count = |change: Change| (all().filter(|c| **c == change).count(), change.word());
        let told = Change::ALL.into_iter().map(count).filter(|(n, _)| *n > 0);
        told.map(|(n, word)| format!("{n} {word}")).collect::<Vec<_>>().join(", ")
    }

    /// The changes there are, each once.
    pub(super) fn used(&self) -> Vec<Change> {
        let all = || self.components.values().chain(self.connections.values()).chain(self.groups.values());
        Change::ALL.into_iter().filter(|change| all().any(|c| c == change)).collect()
    }
}

/// How far a ring stands off the box.
const OFF: f64 = 4.0;

/// Ring and sign around a box; what is gone lies under a veil.
pub(super) fn ring(change: Change, rect: Rect, radius: f64) -> Vec<Ink> {
    let around = rect.grown(OFF);
    let mut ink = Vec::new();
    if change == Change::Removed {
        ink.push(Ink::Box { paint: Paint::Veil, rect, radius });
    }
    ink.push(Ink::Box { paint: Paint::ChangeRing(change), rect: around, radius: radius + OFF });
    ink.extend(sign(change, Point::new(around.x, around.y)));
    ink
}

/// A sign with its middle at a point.
pub(super) fn sign(change: Change, center: Point) -> Vec<Ink> {
    let at = Point::new(center.x, baseline(center.y, TEXT.mark));
    vec![
        Ink::Circle { paint: Paint::ChangeDisc(change), center, radius: DISC / 2.0 },
        Ink::Text { paint: Paint::ChangeSign, at, anchor: Anchor::Start, text: change.sign().to_owned() },
    ]
}

/// Where on a path its sign stands: the middle of the first stretch with room for it, else of the longest; beside labels,
/// where a stretch has such a place.
pub(super) fn place(points: &[Point], labels: &[Rect]) -> Option<Point> {
    const ROOM: f64 = 2.5 * DISC;
    let at = |s: &[Point], share: f64| {
        Point::new(s[0].x + (s[1].x - s[0].x) * share, s[0].y + (s[1].y - s[0].y) * share)
    };
    let free = |p: &Point| !labels.iter().any(|l| l.grown(DISC / 2.0 + 1.0).contains(*p));
    let room = || points.windows(2).filter(|s| s[0].distance(s[1]) >= ROOM);
    let clear = room().find_map(|s| [0.5, 0.3, 0.7, 0.2, 0.8].into_iter().map(|n| at(s, n)).find(free));
    let longest = || points.windows(2).max_by(|a, b| a[0].distance(a[1]).total_cmp(&b[0].distance(b[1])));
    clear.or_else(|| room().next().or_else(longest).map(|s| at(s, 0.5)))
}
