//! Wishes of the author about the picture.
//!
//! Takes the wishes of an architecture; gives them by index to the phases that can grant them, and holds the finished
//! arrangement against them: what was not met is reported, never silently dropped.

use super::arrangement::{Arrangement, Notice};
use crate::geometry::Rect;
use crate::model::{Architecture, Component, Direction, Id, WishKind};

/// What the phases can be asked for, by component.
#[derive(Debug, Clone, Default)]
pub(super) struct Wishes {
    /// Components to stand in the first layer.
    pub(super) first: Vec<usize>,
    /// Components to stand in the last layer.
    pub(super) last: Vec<usize>,
    /// Sets of components to share a layer.
    pub(super) ranks: Vec<Vec<usize>>,
    /// Lists of components to follow each other within their layer.
    pub(super) orders: Vec<Vec<usize>>,
    /// Pairs of components to stand beside each other.
    pub(super) near: Vec<(usize, usize)>,
    /// Members of groups that read across the picture, in the order of their flow.
    pub(super) lines: Vec<Vec<usize>>,
}

impl Wishes {
    /// The wishes of an architecture.
    pub(super) fn of(architecture: &Architecture) -> Self {
        let index = |id: &Id| architecture.index_of(id.as_str()).map(|i| i.index());
        let all = |ids: &[Id]| ids.iter().filter_map(index).collect::<Vec<_>>();
        let mut found = Self::default();
        for wish in architecture.wishes() {
            match &wish.kind {
                WishKind::First(id) => found.first.extend(index(id)),
                WishKind::Last(id) => found.last.extend(index(id)),
                WishKind::SameRank(ids) => found.ranks.push(all(ids)),
                WishKind::Order(ids) => {
                    found.ranks.push(all(ids));
                    found.orders.push(all(ids));
                }
                WishKind::Near(a, b) => found.near.extend(index(a).zip(index(b)).filter(|(a, b)| a != b)),
                WishKind::GroupDirection(..) => {}
            }
        }
        found
    }

    /// The wishes within a part, by the part's own indices.
    pub(super) fn within(&self, place: impl Fn(usize) -> Option<usize>) -> Self {
        let one = |list: &[usize]| list.iter().filter_map(|&v| place(v)).collect::<Vec<_>>();
        let many =
            |lists: &[Vec<usize>]| lists.iter().map(|l| one(l)).filter(|l| l.len() > 1).collect::<Vec<_>>();
        Self {
            first: one(&self.first),
            last: one(&self.last),
            ranks: many(&self.ranks),
            orders: many(&self.orders),
            lines: many(&self.lines),
            near: self.near.iter().filter_map(|&(a, b)| place(a).zip(place(b))).collect(),
        }
    }
}

/// What the finished picture does not grant.
pub(super) fn unmet(architecture: &Architecture, arrangement: &Arrangement) -> Vec<Notice> {
    let seen = Seen { architecture, arrangement };
    let wishes = architecture.wishes().iter();
    wishes.filter_map(|w| seen.complaint(&w.kind)).map(|message| Notice { message }).collect()
}

struct Seen<'a> {
    architecture: &'a Architecture,
    arrangement: &'a Arrangement,
}

impl Seen<'_> {
    fn complaint(&self, wish: &WishKind) -> Option<String> {
        match wish {
            WishKind::First(id) => {
                let at = self.along(id)?.0;
                let met = self.all().all(|r| self.span(&r).0 > at - 1.0);
                (!met).then(|| {
                    format!("`{id}` could not be placed first: a connection or group stands against it.")
                })
            }
            WishKind::Last(id) => {
                let at = self.along(id)?.1;
                let met = self.all().all(|r| self.span(&r).1 < at + 1.0);
                (!met).then(|| {
                    format!("`{id}` could not be placed last: a connection or group stands against it.")
                })
            }
            WishKind::SameRank(ids) => {
                (!self.level(ids)).then(|| format!("{} could not be placed in one rank.", listed(ids)))
            }
            WishKind::Order(ids) => {
                let across: Vec<f64> =
                    ids.iter().filter_map(|id| self.rect(id)).map(|r| self.middle(&r)).collect();
                let met = self.level(ids) && across.windows(2).all(|w| w[0] < w[1]);
                (!met).then(|| format!("{} could not be placed in this order.", listed(ids)))
            }
            WishKind::Near(a, b) => {
                let (ra, rb) = (self.rect(a)?, self.rect(b)?);
                let reach = (ra.w + ra.h + rb.w + rb.h) / 2.0;
                let both = ra.union(&rb);
                let between = self.all().any(|r| r != ra && r != rb && r.overlaps(&both));
                let met = !between && ra.grown(reach / 2.0).overlaps(&rb.grown(reach / 2.0));
                (!met).then(|| format!("`{a}` could not be placed next to `{b}`."))
            }
            WishKind::GroupDirection(id, direction) => {
                let met = *direction == self.arrangement.direction || self.across(id, *direction);
                (!met)
                    .then(|| format!("`{id}` could not be turned: its inside reads like the whole picture."))
            }
        }
    }

    /// Whether most connections between the members of a group run in that direction.
    fn across(&self, group: &Id, direction: Direction) -> bool {
        let member = |c: &Component| self.architecture.group_chain(c.group.as_ref()).any(|g| g.id == *group);
        let (mut with, mut all) = (0, 0);
        for connection in self.architecture.connections().filter(|c| c.from != c.to) {
            let (from, to) = (self.architecture.at(connection.from), self.architecture.at(connection.to));
            let place = |id: &Id| self.rect(id).map(|r| r.center());
            if let (true, true, Some(a), Some(b)) = (member(from), member(to), place(&from.id), place(&to.id))
            {
                let (right, down) = (b.x - a.x, b.y - a.y);
                all += 1;
                with += usize::from(match direction {
                    Direction::Right => right > down.abs(),
                    Direction::Down => down > right.abs(),
                });
            }
        }
        let ids: Vec<Id> =
            self.architecture.components().filter(|c| member(c)).map(|c| c.id.clone()).collect();
        if all > 0 { 2 * with >= all } else { self.level(&ids) }
    }

    fn rect(&self, id: &Id) -> Option<Rect> {
        let index = self.architecture.index_of(id.as_str())?;
        self.arrangement.nodes.get(index.index()).map(|n| n.rect)
    }

    fn all(&self) -> impl Iterator<Item = Rect> {
        self.arrangement.nodes.iter().map(|n| n.rect)
    }

    fn span(&self, r: &Rect) -> (f64, f64) {
        match self.arrangement.direction {
            Direction::Down => (r.y, r.bottom()),
            Direction::Right => (r.x, r.right()),
        }
    }

    fn along(&self, id: &Id) -> Option<(f64, f64)> {
        self.rect(id).map(|r| self.span(&r))
    }

    fn middle(&self, r: &Rect) -> f64 {
        match self.arrangement.direction {
            Direction::Down => r.center().x,
            Direction::Right => r.center().y,
        }
    }

    /// Whether they all stand on one line across the flow.
    fn level(&self, ids: &[Id]) -> bool {
        let lines: Vec<f64> =
            ids.iter().filter_map(|id| self.along(id)).map(|(a, b)| (a + b) / 2.0).collect();
        lines.windows(2).all(|w| (w[0] - w[1]).abs() < 2.0)
    }
}

fn listed(ids: &[Id]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
