//! Nodes, edges and subgraphs as they are met, and the architecture they make.

use indexmap::IndexMap;

use crate::catalog::{TechnologyEntry, catalog};
use crate::model::{
    Architecture, Component, Connection, Direction, Group, GroupKind, Id, Kind, Mode, Origin, Technology,
};
use crate::reader::language;
use crate::text::Span;

/// More connections than this are left out.
const MAX_CONNECTIONS: usize = 200_000;

/// A node, gathered from all places that speak of it.
#[derive(Debug, Clone)]
struct Node {
    label: Option<String>,
    kind: Option<Kind>,
    group: Option<usize>,
    span: Span,
}

/// A subgraph.
#[derive(Debug, Clone)]
struct Subgraph {
    label: String,
    parent: Option<usize>,
    span: Span,
}

/// An edge.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) label: Option<String>,
    pub(super) mode: Mode,
    pub(super) span: Span,
}

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: Option<String>,
    pub(super) direction: Option<Direction>,
    nodes: IndexMap<String, Node>,
    groups: Vec<Subgraph>,
    group_names: IndexMap<String, usize>,
    edges: Vec<Edge>,
}

impl Draft {
    /// Notes a node; what is said of it later adds to what was said before.
    pub(super) fn node(
        &mut self,
        name: &str,
        label: Option<String>,
        kind: Option<Kind>,
        group: Option<usize>,
        span: Span,
    ) {
        let node = self.nodes.entry(name.to_owned()).or_insert(Node { label: None, kind: None, group, span });
        if let Some(label) = label {
            node.label = Some(label);
            node.span = span;
        }
        node.kind = kind.or(node.kind);
        node.group = node.group.or(group);
    }

    /// Opens a subgraph and gives its number.
    pub(super) fn group(
        &mut self,
        name: Option<&str>,
        label: String,
        parent: Option<usize>,
        span: Span,
    ) -> usize {
        self.groups.push(Subgraph { label, parent, span });
        let number = self.groups.len() - 1;
        if let Some(name) = name {
            self.group_names.entry(name.to_owned()).or_insert(number);
        }
        number
    }

    /// Gives a subgraph a better title.
    pub(super) fn retitle(&mut self, group: usize, label: String) {
        if let Some(group) = self.groups.get_mut(group) {
            group.label = label;
        }
    }

    /// Notes an edge.
    pub(super) fn edge(&mut self, edge: Edge) {
        if self.edges.len() < MAX_CONNECTIONS {
            self.edges.push(edge);
        }
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The names of a subgraph's nodes, those of its inner subgraphs included.
    pub(super) fn members(&self, group: usize) -> Vec<String> {
        let inside = |mut at: Option<usize>| {
            while let Some(g) = at {
                if g == group {
                    return true;
                }
                at = self.groups.get(g).and_then(|g| g.parent);
            }
            false
        };
        self.nodes.iter().filter(|(_, n)| inside(n.group)).map(|(name, _)| name.clone()).collect()
    }

    /// The architecture.
    pub(super) fn architecture(mut self) -> Architecture {
        let mut a = Architecture::new();
        a.title = self.title.take().map(|t| t.replace('\n', " "));
        a.direction = self.direction;
        // An edge that ends on a subgraph names it like a node: it leads to the subgraph's first node.
        let doors: IndexMap<String, Option<String>> = self
            .group_names
            .iter()
            .filter(|(name, _)| self.nodes.get(*name).is_some_and(|n| n.label.is_none()))
            .map(|(name, &group)| (name.clone(), self.members(group).into_iter().find(|m| m != name)))
            .collect();
        self.nodes.retain(|name, _| !doors.contains_key(name));
        let groups = self.add_groups(&mut a);
        let ids = self.add_nodes(&mut a, &groups);
        for edge in &self.edges {
            let end = |name: &String| match doors.get(name) {
                Some(door) => door.as_ref().and_then(|d| ids.get(d)),
                None => ids.get(name),
            };
            let (Some(from), Some(to)) = (end(&edge.from), end(&edge.to)) else { continue };
            let mut connection = Connection::new(edge.mode).labelled(edge.label.clone().unwrap_or_default());
            connection.label = connection.label.map(|l| l.replace('\n', " "));
            connection.origin = if doors.contains_key(&edge.from) || doors.contains_key(&edge.to) {
                Origin::assumed(edge.span, "the edge names a subgraph; it leads to the first node in it")
            } else {
                Origin::stated(edge.span)
            };
            // Both ends exist, so it is never refused.
            let _ = a.connect(from.as_str(), to.as_str(), connection);
        }
        a
    }

    /// Adds the subgraphs that hold something, each with its id.
    fn add_groups(&self, a: &mut Architecture) -> Vec<Option<Id>> {
        let mut used = vec![false; self.groups.len()];
        for node in self.nodes.values() {
            let mut at = node.group;
            while let Some(group) = at {
                used[group] = true;
                at = self.groups[group].parent;
            }
        }
        let mut ids: Vec<Option<Id>> = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            if !used[number] {
                ids.push(None);
                continue;
            }
            let label = group.label.replace('\n', " ");
            let mut new = Group::new(label.clone(), group_kind(&label));
            new.id = free(a, &Id::from_label(&label));
            new.parent = group.parent.and_then(|p| ids.get(p).cloned().flatten());
            new.origin = Origin::stated(group.span);
            let id = new.id.clone();
            ids.push(a.add_group(new).is_ok().then_some(id));
        }
        ids
    }

    fn add_nodes(&self, a: &mut Architecture, groups: &[Option<Id>]) -> IndexMap<String, Id> {
        let mut ids = IndexMap::new();
        for (name, node) in &self.nodes {
            let written = node.label.as_deref().filter(|l| !l.is_empty()).unwrap_or(name);
            let (label, below) = label_and_technology(written);
            let (technology, kind, why) = what_it_is(&label, below, node.kind);
            let mut component = Component::new(label, kind);
            component.id = free(a, &Id::parse(name).unwrap_or_else(|| Id::from_label(name)));
            component.technology = technology;
            component.group = node.group.and_then(|g| groups.get(g).cloned().flatten());
            component.origin = match why {
                Some(why) => Origin::inferred(node.span, why),
                None => Origin::stated(node.span),
            };
            let id = component.id.clone();
            if a.add_component(component).is_ok() {
                ids.insert(name.clone(), id);
            }
        }
        ids
    }
}

/// The first of `id`, `id-2`, `id-3` … that is not taken.
fn free(a: &Architecture, id: &Id) -> Id {
    if !a.has(id.as_str()) {
        return id.clone();
    }
    let mut n = 2;
    while a.has(id.numbered(n).as_str()) {
        n += 1;
    }
    id.numbered(n)
}

/// A label in one line, and the technology that its last line names.
fn label_and_technology(written: &str) -> (String, Option<&'static TechnologyEntry>) {
    if let Some((label, last)) = written.rsplit_once('\n')
        && let Some(entry) = catalog().find(last.trim_matches(['(', ')', '[', ']']))
    {
        return (label.replace('\n', " "), Some(entry));
    }
    (written.replace('\n', " "), None)
}

/// What a label and a shape tell of a node: the technology, the kind, and how it was told.
fn what_it_is(
    label: &str,
    below: Option<&'static TechnologyEntry>,
    shape: Option<Kind>,
) -> (Option<Technology>, Kind, Option<&'static str>) {
    let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let entry = below.or_else(|| catalog().find(label)).or_else(|| {
        let longest = words.len().min(4);
        (1..=longest).rev().find_map(|n| {
            words.windows(n).find_map(|w| catalog().find(&w.join(" ")).filter(|e| !e.ambiguous || n > 1))
        })
    });
    let last = words.last().map(|w| w.to_lowercase()).unwrap_or_default();
    let noun = language::kind_of_word(&last)
        .or_else(|| last.strip_suffix('s').and_then(language::kind_of_word))
        .filter(|k| *k != Kind::Other);
    let technology = entry.map(TechnologyEntry::technology);
    if let Some(entry) = below {
        return (technology, entry.kind, Some("the technology below its name tells what it is"));
    }
    match (shape, noun, entry) {
        (Some(kind), ..) => (technology, kind, Some("its shape tells what it is")),
        (None, Some(kind), _) => (technology, kind, Some("its name tells what it is")),
        (None, None, Some(entry)) => {
            (technology, entry.kind, Some("the technology it names tells what it is"))
        }
        (None, None, None) => (None, Kind::Other, None),
    }
}

/// The kind of group that a title tells.
fn group_kind(label: &str) -> GroupKind {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    words.iter().rev().find_map(|w| language::group_kind_of_word(w)).unwrap_or_else(|| {
        match label.to_lowercase().as_str() {
            "aws" | "azure" | "gcp" | "google cloud" => GroupKind::Cloud,
            _ => GroupKind::Group,
        }
    })
}
