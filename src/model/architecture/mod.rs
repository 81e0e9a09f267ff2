//! The graph with its checked methods: what it is and how it is read. `change` builds and changes the graph, `remarks`
//! what is said about it.

mod change;
mod remarks;
mod view;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::facts::{Assumption, Note, Question, Scenario, Suppression, Wish, WorkloadFact};
use super::{Component, Connection, Direction, Group, Id};

/// A component's place in the order of mention.
pub type ComponentIndex = NodeIndex<u32>;
/// A connection's place in the order of mention.
pub type ConnectionIndex = EdgeIndex<u32>;

/// A system: its components, connections and groups, and what else is known of it.
#[derive(Debug, Clone, Default)]
pub struct Architecture {
    /// What the system is called.
    pub title: Option<String>,
    /// What it is for, in a sentence or two.
    pub description: Option<String>,
    /// The way the picture is to read, where the author says so.
    pub direction: Option<Direction>,
    graph: DiGraph<Component, Connection>,
    groups: Vec<Group>,
    names: BTreeMap<Id, Named>,
    scenarios: Vec<Scenario>,
    workload: Vec<WorkloadFact>,
    notes: Vec<Note>,
    wishes: Vec<Wish>,
    suppressions: Vec<Suppression>,
    assumptions: Vec<Assumption>,
    questions: Vec<Question>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Named {
    Component(ComponentIndex),
    Group(usize),
}

/// A connection seen with its place and its ends; what it carries is reached by dereferencing.
#[derive(Debug, Clone, Copy)]
pub struct ConnectionRef<'a> {
    /// Its place in the order of mention.
    pub index: ConnectionIndex,
    /// Where it starts.
    pub from: ComponentIndex,
    /// Where it ends.
    pub to: ComponentIndex,
    /// What it carries.
    pub connection: &'a Connection,
}

impl Deref for ConnectionRef<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

/// Why a change was refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelError {
    /// The name belongs to another component or group.
    NameTaken(Id),
    /// No component of that name.
    NoComponent(Id),
    /// No group of that name.
    NoGroup(Id),
    /// No connection between the two.
    NoConnection(Id, Id),
    /// The group would lie inside itself.
    GroupCycle(Id),
    /// A label, reason or title that must say something is empty.
    Empty(&'static str),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameTaken(id) => write!(f, "the name `{id}` is already used"),
            Self::NoComponent(id) => write!(f, "there is no component `{id}`"),
            Self::NoGroup(id) => write!(f, "there is no group `{id}`"),
            Self::NoConnection(from, to) => write!(f, "there is no connection from `{from}` to `{to}`"),
            Self::GroupCycle(id) => write!(f, "the group `{id}` would lie inside itself"),
            Self::Empty(what) => write!(f, "{what} must not be empty"),
        }
    }
}

impl std::error::Error for ModelError {}

impl Architecture {
    /// An architecture with nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The graph itself, for petgraph's algorithms. Indices follow the order of mention.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Component, Connection> {
        &self.graph
    }

    /// All components in the order of mention; the n-th has index n.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.graph.node_weights()
    }

    /// All components with their indices, in the order of mention.
    pub fn indexed(&self) -> impl Iterator<Item = (ComponentIndex, &Component)> {
        self.graph.node_indices().zip(self.graph.node_weights())
    }

    /// All connections in the order of mention; the n-th has index n.
    pub fn connections(&self) -> impl Iterator<Item = ConnectionRef<'_>> {
        self.graph.edge_references().map(|e| ConnectionRef {
            index: e.id(),
            from: e.source(),
            to: e.target(),
            connection: e.weight(),
        })
    }

    /// How many components there are.
    #[must_use]
    pub fn component_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many connections there are.
    #[must_use]
    pub fn connection_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// The component at an index of this architecture.
    ///
    /// # Panics
    /// When the index belongs to another architecture.
    #[must_use]
    pub fn at(&self, index: ComponentIndex) -> &Component {
        &self.graph[index]
    }

    /// The connection at an index; `None` for one of another architecture.
    #[must_use]
    pub fn connection(&self, index: ConnectionIndex) -> Option<ConnectionRef<'_>> {
        let (from, to) = self.graph.edge_endpoints(index)?;
        Some(ConnectionRef { index, from, to, connection: &self.graph[index] })
    }

    /// The component of that name.
    #[must_use]
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.index_of(id).map(|i| &self.graph[i])
    }

    /// The index of the component of that name.
    #[must_use]
    pub fn index_of(&self, id: &str) -> Option<ComponentIndex> {
        if let Some(Named::Component(i)) = self.names.get(id) { Some(*i) } else { None }
    }

    /// The connections from one component to another, in the order of mention.
    pub fn connections_between(
        &self,
        from: ComponentIndex,
        to: ComponentIndex,
    ) -> impl Iterator<Item = ConnectionRef<'_>> {
        self.connections_from(from).filter(move |c| c.to == to)
    }

    /// The connections that start at a component, in the order of mention.
    pub fn connections_from(&self, from: ComponentIndex) -> impl Iterator<Item = ConnectionRef<'_>> {
        let mut found: Vec<_> = self.graph.edges(from).map(|e| e.id()).collect();
        found.sort_unstable();
        found.into_iter().filter_map(|i| self.connection(i))
    }

    /// The connections that end at a component, in the order of mention.
    pub fn connections_to(&self, to: ComponentIndex) -> impl Iterator<Item = ConnectionRef<'_>> {
        let mut found: Vec<_> =
            self.graph.edges_directed(to, petgraph::Direction::Incoming).map(|e| e.id()).collect();
        found.sort_unstable();
        found.into_iter().filter_map(|i| self.connection(i))
    }

    /// All groups in the order of mention.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of that name.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.group_position(id).map(|i| &self.groups[i])
    }

    /// The place of the group of that name in [`groups`](Self::groups).
    #[must_use]
    pub fn group_position(&self, id: &str) -> Option<usize> {
        if let Some(Named::Group(i)) = self.names.get(id) { Some(*i) } else { None }
    }

    /// The groups around a group or component's group, innermost first, `start` itself included.
    pub fn group_chain<'a>(&'a self, start: Option<&'a Id>) -> impl Iterator<Item = &'a Group> {
        std::iter::successors(start.and_then(|id| self.group(id.as_str())), |g| {
            g.parent.as_ref().and_then(|id| self.group(id.as_str()))
        })
    }

    /// The components that lie directly in a group.
    pub fn members<'a>(&'a self, group: &'a Id) -> impl Iterator<Item = &'a Component> {
        self.components().filter(move |c| c.group.as_ref() == Some(group))
    }

    /// How things happen.
    #[must_use]
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The step marks of every connection, by index: `1`, `2` … with one scenario, `A1`, `B1` … with several.
    /// The same marks stand in the picture and in the document.
    #[must_use]
    pub fn step_marks(&self) -> Vec<Vec<String>> {
        let mut marks = vec![Vec::new(); self.graph.edge_count()];
        for (s, scenario) in self.scenarios.iter().enumerate() {
            for (n, step) in scenario.steps.iter().enumerate() {
                marks[step.connection.index()].push(self.step_mark(s, n));
            }
        }
        marks
    }

    /// The mark of step `step` (from 0) of scenario `scenario` (from 0).
    #[must_use]
    pub fn step_mark(&self, scenario: usize, step: usize) -> String {
        let number = step + 1;
        if self.scenarios.len() < 2 {
            return number.to_string();
        }
        let letter = char::from(b'A' + u8::try_from(scenario % 26).unwrap_or(0));
        if scenario < 26 {
            format!("{letter}{number}")
        } else {
            format!("{letter}{}.{number}", scenario / 26)
        }
    }

    /// Figures and wishes about the load.
    #[must_use]
    pub fn workload(&self) -> &[WorkloadFact] {
        &self.workload
    }

    /// Remarks.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Wishes about the picture.
    #[must_use]
    pub fn wishes(&self) -> &[Wish] {
        &self.wishes
    }

    /// Review rules the author answers for.
    #[must_use]
    pub fn suppressions(&self) -> &[Suppression] {
        &self.suppressions
    }

    /// What is taken for granted besides assumed components and connections.
    #[must_use]
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// What only the author can decide.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// How many things are assumed: components, connections and groups of that origin, and assumptions in words.
    #[must_use]
    pub fn assumption_count(&self) -> usize {
        self.components().filter(|c| c.origin.is_assumed()).count()
            + self.connections().filter(|c| c.origin.is_assumed()).count()
            + self.groups.iter().filter(|g| g.origin.is_assumed()).count()
            + self.assumptions.len()
    }

    /// An id that is still free: `wanted`, or `wanted-2`, `wanted-3` …
    #[must_use]
    pub fn free_id(&self, wanted: &Id) -> Id {
        let mut id = wanted.clone();
        let mut n = 2;
        while self.names.contains_key(&id) {
            id = wanted.numbered(n);
            n += 1;
        }
        id
    }

    /// Whether a component or group of that name exists.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.names.contains_key(id)
    }
}

/// Two architectures are equal when everything in them is, in the same order.
impl PartialEq for Architecture {
    fn eq(&self, other: &Self) -> bool {
        self.title == other.title
            && self.description == other.description
            && self.direction == other.direction
            && self.components().eq(other.components())
            && self
                .connections()
                .map(|c| (c.from, c.to, c.connection))
                .eq(other.connections().map(|c| (c.from, c.to, c.connection)))
            && self.groups == other.groups
            && self.scenarios == other.scenarios
            && self.workload == other.workload
            && self.notes == other.notes
            && self.wishes == other.wishes
            && self.suppressions == other.suppressions
            && self.assumptions == other.assumptions
            && self.questions == other.questions
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GroupKind, Kind, Mode, Origin, Step};

    fn three() -> Architecture {
        let mut a = Architecture::new();
        for name in ["a", "b", "c"] {
            a.add_component(Component::new(name, Kind::Service)).expect("new name");
        }
        for (from, to) in [("a", "b"), ("b", "c"), ("a", "c")] {
            a.connect(from, to, Connection::new(Mode::Sync)).expect("both exist");
        }
        a
    }

    #[test]
    fn removal_keeps_order_and_steps() {
        let mut a = three();
        let last = ConnectionIndex::new(2);
        let step = |connection| Step { connection, text: None, origin: Origin::default() };
        let steps = vec![step(ConnectionIndex::new(0)), step(last)];
        a.add_scenario(Scenario { title: "t".into(), steps, origin: Origin::default() }).expect("valid");
        a.remove_component("b").expect("exists");
        assert_eq!(a.components().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(a.connection_count(), 1);
        assert_eq!(a.scenarios()[0].steps, vec![step(ConnectionIndex::new(0))]);
        assert_eq!(a.index_of("c"), Some(ComponentIndex::new(1)));
    }

    #[test]
    fn invalid_changes_are_refused() {
        let mut a = three();
        assert!(matches!(a.add_component(Component::new("a", Kind::Queue)), Err(ModelError::NameTaken(_))));
        assert!(matches!(a.connect("a", "x", Connection::default()), Err(ModelError::NoComponent(_))));
        a.add_group(Group::new("g", GroupKind::Cloud)).expect("new");
        a.add_group(Group { parent: Id::parse("g"), ..Group::new("h", GroupKind::Region) }).expect("new");
        assert!(matches!(a.move_group("g", Id::parse("h")), Err(ModelError::GroupCycle(_))));
        a.move_component("a", Id::parse("h")).expect("both exist");
        a.remove_group("h").expect("exists");
        assert_eq!(a.component("a").and_then(|c| c.group.clone()), Id::parse("g"));
    }
}
