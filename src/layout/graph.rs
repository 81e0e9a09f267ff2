//! The working graph of the layered engine: index arrays instead of names.
//!
//! Takes an architecture and a style; gives sizes, ends and nesting in the engine's own frame, in which the flow always
//! runs downwards (a picture that reads to the right is laid out with widths and heights exchanged, and turned back at
//! the end). It places nothing.

use super::former::Former;
use super::wishes::Wishes;
use super::{evenness, sideways, trunks};
use crate::geometry::{Point, Size};
use crate::model::{Architecture, Direction, Kind};
use crate::style::{PERSON_DISC, Spacing, Style};

/// The index of the root of the nesting tree: what lies in no group.
pub(super) const ROOT: usize = 0;

/// What the whole picture should look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Width by height.
    pub(super) aspect: f64,
    /// Whether the caller wished for it: then it is worth more than short ways.
    pub(super) wished: bool,
}

/// What a component is to the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// People: where reading begins, whatever comes back to them.
    Person,
    /// Where flows begin: clients, devices, schedulers.
    Source,
    /// Anything else.
    Inner,
    /// What watches the others.
    Observer,
    /// A party outside the system.
    External,
}

/// A component.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) w: f64,
    pub(super) h: f64,
    pub(super) group: usize,
    pub(super) role: Role,
    /// Where its sides are met, off their middle: a person is met at the disc, not at the name below it.
    pub(super) axis: f64,
    /// Where it stood before, in the engine's frame.
    pub(super) former: Option<Point>,
}

/// A connection.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: Option<Size>,
    /// What it has in common with those that look the same.
    pub(super) kin: Option<usize>,
}

/// A group; the first of all is the root.
#[derive(Debug, Clone)]
pub(super) struct Nest {
    pub(super) parent: usize,
    pub(super) depth: usize,
    /// The title's size as it is read, not exchanged.
    pub(super) title: Size,
    /// Its place in the architecture's groups.
    pub(super) origin: usize,
}

/// The graph. Parents come before their children in `groups`.
#[derive(Debug, Clone)]
pub(super) struct LayoutGraph {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    pub(super) groups: Vec<Nest>,
    pub(super) spacing: Spacing,
    pub(super) direction: Direction,
    /// The wished shape, width by height, in the engine's frame.
    pub(super) aspect: f64,
    /// Whether the caller wished for that shape.
    pub(super) shape_wished: bool,
    /// How much wider for their height pictures of it come out than bands foresee.
    pub(super) lean: f64,
    pub(super) wishes: Wishes,
    /// For every node, its component's index.
    pub(super) node_origin: Vec<usize>,
    /// For every edge, its connection's index.
    pub(super) edge_origin: Vec<usize>,
}

impl LayoutGraph {
    /// Measures an architecture. Groups without members are left out; their places are returned.
    pub(super) fn measure(
        architecture: &Architecture,
        style: &Style,
        direction: Direction,
        shape: Shape,
    ) -> (Self, Vec<usize>) {
        let (groups, place, empty) = nesting(architecture, style);
        let frame = |size: Size| match direction {
            Direction::Down => size,
            Direction::Right => Size::new(size.h, size.w),
        };
        let nodes = architecture
            .components()
            .map(|c| {
                let size = frame(style.face(c).size);
                let group = c
                    .group
                    .as_ref()
                    .and_then(|g| architecture.group_position(g.as_str()))
                    .map_or(ROOT, |g| place[g]);
                let beside = c.kind == Kind::User && direction == Direction::Right;
                Node {
                    axis: if beside { ((PERSON_DISC - size.w) / 2.0).round() } else { 0.0 },
                    w: match (direction, c.kind) {
                        (Direction::Down, kind) if kind != Kind::User => evenness::stepped(size.w),
                        _ => size.w.ceil().max(1.0),
                    },
                    h: size.h.ceil().max(1.0),
                    group,
                    role: role(c.kind),
                    former: None,
                }
            })
            .collect::<Vec<_>>();
        let marks = architecture.step_marks();
        let kin = trunks::kin(architecture);
        let edges = architecture
            .connections()
            .map(|c| Edge {
                kin: kin[c.index.index()],
                from: c.from.index(),
                to: c.to.index(),
                label: style.label(&c, &marks[c.index.index()]).map(|l| {
                    let size = frame(l.size);
                    Size::new(size.w.ceil(), size.h.ceil())
                }),
            })
            .collect::<Vec<_>>();
        let (node_origin, edge_origin) = ((0..nodes.len()).collect(), (0..edges.len()).collect());
        let turned = sideways::wished(architecture, direction, &groups);
        let mut graph = Self {
            nodes,
            edges,
            groups,
            spacing: style.spacing,
            direction,
            aspect: if direction == Direction::Down { shape.aspect } else { 1.0 / shape.aspect },
            shape_wished: shape.wished,
            lean: 1.0,
            wishes: Wishes::of(architecture),
            node_origin,
            edge_origin,
        };
        graph.wishes.lines = sideways::lines(&graph, &turned);
        graph.wishes.ranks.extend(graph.wishes.lines.iter().cloned());
        (graph, empty)
    }

    /// Takes over where components stood in a former picture.
    pub(super) fn remember(&mut self, architecture: &Architecture, former: &Former) {
        for (node, component) in self.nodes.iter_mut().zip(architecture.components()) {
            node.former = former.place(component.id.as_str()).map(|p| match self.direction {
                Direction::Down => p,
                Direction::Right => Point::new(p.y, p.x),
            });
        }
    }

    /// The same graph without a former picture.
    pub(super) fn forgetful(&self) -> Self {
        let mut graph = self.clone();
        graph.nodes.iter_mut().for_each(|n| n.former = None);
        graph
    }

    /// The same graph, of which bands foresee other shapes.
    pub(super) fn leaning(&self, lean: f64) -> Self {
        Self { lean, ..self.clone() }
    }

    /// Whether most components stood somewhere before.
    pub(super) fn has_former(&self) -> bool {
        2 * self.nodes.iter().filter(|n| n.former.is_some()).count() > self.nodes.len()
    }

    /// Whether `group` is `inner` or lies around it.
    pub(super) fn holds(&self, group: usize, inner: usize) -> bool {
        let mut at = inner;
        while self.groups[at].depth > self.groups[group].depth {
            at = self.groups[at].parent;
        }
        at == group
    }

    /// The innermost group around both.
    pub(super) fn common(&self, a: usize, b: usize) -> usize {
        let (mut a, mut b) = (a, b);
        while a != b {
            if self.groups[a].depth >= self.groups[b].depth {
                a = self.groups[a].parent;
            } else {
                b = self.groups[b].parent;
            }
        }
        a
    }

    /// The child of `around` that holds `group`; `around` itself when that is `group`.
    pub(super) fn child_towards(&self, around: usize, group: usize) -> usize {
        let mut at = group;
        while at != around && self.groups[at].parent != around {
            at = self.groups[at].parent;
        }
        at
    }
}

/// The nesting tree over the groups that have members: nests, the nest of each group, and the groups left out.
fn nesting(architecture: &Architecture, style: &Style) -> (Vec<Nest>, Vec<usize>, Vec<usize>) {
    let all = architecture.groups();
    let parent_of = |g: usize| all[g].parent.as_ref().and_then(|p| architecture.group_position(p.as_str()));
    let mut peopled = vec![false; all.len()];
    for component in architecture.components() {
        let mut at = component.group.as_ref().and_then(|g| architecture.group_position(g.as_str()));
        while let Some(g) = at.filter(|&g| !peopled[g]) {
            peopled[g] = true;
            at = parent_of(g);
        }
    }
    let depth_of = |g: usize| std::iter::successors(Some(g), |&g| parent_of(g)).count();
    let mut order: Vec<usize> = (0..all.len()).filter(|&g| peopled[g]).collect();
    order.sort_by_key(|&g| (depth_of(g), g));
    let mut place = vec![ROOT; all.len()];
    let mut nests = vec![Nest { parent: ROOT, depth: 0, title: Size::default(), origin: usize::MAX }];
    for &g in &order {
        place[g] = nests.len();
        nests.push(Nest {
            parent: parent_of(g).map_or(ROOT, |p| place[p]),
            depth: depth_of(g),
            title: style.group_title(&all[g]).size,
            origin: g,
        });
    }
    (nests, place, (0..all.len()).filter(|&g| !peopled[g]).collect())
}

fn role(kind: Kind) -> Role {
    match kind {
        Kind::User => Role::Person,
        Kind::Client | Kind::Device | Kind::Scheduler => Role::Source,
        Kind::Monitoring => Role::Observer,
        Kind::External => Role::External,
        _ => Role::Inner,
    }
}
