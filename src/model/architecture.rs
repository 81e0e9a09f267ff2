//! The graph with its checked methods.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::facts::{Assumption, Note, Question, Scenario, Step, Suppression, Wish, WishKind, WorkloadFact};
use super::{Component, Connection, Direction, Group, Id, Mode, Properties, Technology};

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

/// Reading.
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

/// Building.
impl Architecture {
    /// Adds a component under its own id.
    ///
    /// # Errors
    /// When the label is empty, the id is taken, or its group does not exist.
    pub fn add_component(&mut self, component: Component) -> Result<ComponentIndex, ModelError> {
        if component.label.trim().is_empty() {
            return Err(ModelError::Empty("a component's label"));
        }
        self.check_free(&component.id)?;
        self.check_group(component.group.as_ref())?;
        let id = component.id.clone();
        let index = self.graph.add_node(component);
        self.names.insert(id, Named::Component(index));
        Ok(index)
    }

    /// Adds a group under its own id.
    ///
    /// # Errors
    /// When the label is empty, the id is taken, or its parent does not exist.
    pub fn add_group(&mut self, group: Group) -> Result<(), ModelError> {
        if group.label.trim().is_empty() {
            return Err(ModelError::Empty("a group's label"));
        }
        self.check_free(&group.id)?;
        self.check_group(group.parent.as_ref())?;
        self.names.insert(group.id.clone(), Named::Group(self.groups.len()));
        self.groups.push(group);
        Ok(())
    }

    /// Adds a connection between two components; several between the same two are allowed, and so is one to itself.
    ///
    /// # Errors
    /// When an end does not exist.
    pub fn connect(
        &mut self,
        from: &str,
        to: &str,
        connection: Connection,
    ) -> Result<ConnectionIndex, ModelError> {
        let (from, to) = (self.need(from)?, self.need(to)?);
        Ok(self.graph.add_edge(from, to, connection))
    }

    /// Changes a component in place. Its id and group stay as they are (see [`move_component`](Self::move_component)),
    /// and an emptied label is put back.
    ///
    /// # Errors
    /// When there is no such component.
    pub fn edit_component(&mut self, id: &str, edit: impl FnOnce(&mut Component)) -> Result<(), ModelError> {
        let index = self.need(id)?;
        let component = &mut self.graph[index];
        let (id, group, label) = (component.id.clone(), component.group.clone(), component.label.clone());
        edit(component);
        component.id = id;
        component.group = group;
        if component.label.trim().is_empty() {
            component.label = label;
        }
        Ok(())
    }

    /// Changes a connection in place.
    ///
    /// # Errors
    /// When it is of another architecture (the ends are unknown then).
    pub fn edit_connection(
        &mut self,
        index: ConnectionIndex,
        edit: impl FnOnce(&mut Connection),
    ) -> Result<(), ModelError> {
        let connection = self.graph.edge_weight_mut(index).ok_or(ModelError::Empty("the connection"))?;
        edit(connection);
        Ok(())
    }

    /// Changes a group in place; id and parent stay as they are.
    ///
    /// # Errors
    /// When there is no such group.
    pub fn edit_group(&mut self, id: &str, edit: impl FnOnce(&mut Group)) -> Result<(), ModelError> {
        let position = self.need_group(id)?;
        let group = &mut self.groups[position];
        let (id, parent, label) = (group.id.clone(), group.parent.clone(), group.label.clone());
        edit(group);
        group.id = id;
        group.parent = parent;
        if group.label.trim().is_empty() {
            group.label = label;
        }
        Ok(())
    }

    /// Puts a component into a group, or out of all groups.
    ///
    /// # Errors
    /// When either does not exist.
    pub fn move_component(&mut self, id: &str, group: Option<Id>) -> Result<(), ModelError> {
        let index = self.need(id)?;
        self.check_group(group.as_ref())?;
        self.graph[index].group = group;
        Ok(())
    }

    /// Puts a group into another, or to the top of the tree.
    ///
    /// # Errors
    /// When either does not exist, or the group would lie inside itself.
    pub fn move_group(&mut self, id: &str, parent: Option<Id>) -> Result<(), ModelError> {
        let position = self.need_group(id)?;
        self.check_group(parent.as_ref())?;
        if self.group_chain(parent.as_ref()).any(|g| g.id.as_str() == id) {
            return Err(ModelError::GroupCycle(self.groups[position].id.clone()));
        }
        self.groups[position].parent = parent;
        Ok(())
    }

    /// Removes a component with its connections, the steps over them and what was said about it alone.
    ///
    /// # Errors
    /// When there is no such component.
    pub fn remove_component(&mut self, id: &str) -> Result<(), ModelError> {
        let gone = self.need(id)?;
        let id = self.graph[gone].id.clone();
        self.rebuild(|index| index != gone, |connection| connection.from != gone && connection.to != gone);
        self.forget(&id);
        Ok(())
    }

    /// Removes a connection and the steps over it.
    ///
    /// # Errors
    /// When it is of another architecture.
    pub fn remove_connection(&mut self, index: ConnectionIndex) -> Result<(), ModelError> {
        self.connection(index).ok_or(ModelError::Empty("the connection"))?;
        self.rebuild(|_| true, |connection| connection.index != index);
        Ok(())
    }

    /// Leads a connection to other ends; what it carries, its place in the order and the steps over it stay.
    ///
    /// # Errors
    /// When it is of another architecture or an end does not exist.
    pub fn redirect(&mut self, index: ConnectionIndex, from: &str, to: &str) -> Result<(), ModelError> {
        let (from, to) = (self.need(from)?, self.need(to)?);
        self.connection(index).ok_or(ModelError::Empty("the connection"))?;
        // petgraph cannot move an edge; adding all edges again in order keeps every index.
        let mut graph = DiGraph::with_capacity(self.graph.node_count(), self.graph.edge_count());
        for component in self.graph.node_weights() {
            graph.add_node(component.clone());
        }
        for c in self.connections() {
            let (from, to) = if c.index == index { (from, to) } else { (c.from, c.to) };
            graph.add_edge(from, to, c.connection.clone());
        }
        self.graph = graph;
        Ok(())
    }

    /// States a figure about the load in place of an earlier one about the same thing.
    ///
    /// # Errors
    /// When it is about a component that does not exist.
    pub fn set_workload(&mut self, fact: WorkloadFact) -> Result<(), ModelError> {
        self.check_named(fact.about.iter())?;
        match self.workload.iter_mut().find(|f| f.key == fact.key && f.about == fact.about) {
            Some(earlier) => *earlier = fact,
            None => self.workload.push(fact),
        }
        Ok(())
    }

    /// Lets every scenario's steps be walked otherwise; steps over connections that do not exist are dropped, and so are
    /// scenarios without steps.
    pub(super) fn rewrite_steps(&mut self, rewrite: impl Fn(Vec<Step>) -> Vec<Step>) {
        for scenario in &mut self.scenarios {
            let mut steps = rewrite(std::mem::take(&mut scenario.steps));
            steps.retain(|s| self.graph.edge_weight(s.connection).is_some());
            scenario.steps = steps;
        }
        self.scenarios.retain(|s| !s.steps.is_empty());
    }

    /// Removes a group; its members and child groups go to the group around it.
    ///
    /// # Errors
    /// When there is no such group.
    pub fn remove_group(&mut self, id: &str) -> Result<(), ModelError> {
        let position = self.need_group(id)?;
        let group = self.groups.remove(position);
        for component in self.graph.node_weights_mut().filter(|c| c.group.as_ref() == Some(&group.id)) {
            component.group.clone_from(&group.parent);
        }
        for child in self.groups.iter_mut().filter(|g| g.parent.as_ref() == Some(&group.id)) {
            child.parent.clone_from(&group.parent);
        }
        self.index_names();
        self.forget(&group.id);
        Ok(())
    }

    /// Adds a scenario; steps over connections of another architecture are refused.
    ///
    /// # Errors
    /// When the title is empty or a step's connection does not exist.
    pub fn add_scenario(&mut self, scenario: Scenario) -> Result<(), ModelError> {
        if scenario.title.trim().is_empty() {
            return Err(ModelError::Empty("a flow's title"));
        }
        if scenario.steps.iter().any(|s| self.graph.edge_weight(s.connection).is_none()) {
            return Err(ModelError::Empty("the connection of a step"));
        }
        self.scenarios.push(scenario);
        Ok(())
    }

    /// Adds a figure about the load.
    ///
    /// # Errors
    /// When it is about a component that does not exist.
    pub fn add_workload(&mut self, fact: WorkloadFact) -> Result<(), ModelError> {
        self.check_named(fact.about.iter())?;
        self.workload.push(fact);
        Ok(())
    }

    /// Adds a remark.
    ///
    /// # Errors
    /// When it is about something that does not exist.
    pub fn add_note(&mut self, note: Note) -> Result<(), ModelError> {
        self.check_named(note.about.iter())?;
        self.notes.push(note);
        Ok(())
    }

    /// Adds a wish about the picture.
    ///
    /// # Errors
    /// When it names something that does not exist.
    pub fn add_wish(&mut self, wish: Wish) -> Result<(), ModelError> {
        match &wish.kind {
            WishKind::SameRank(ids) | WishKind::Order(ids) => self.check_named(ids.iter())?,
            WishKind::Near(a, b) => self.check_named([a, b])?,
            WishKind::First(id) | WishKind::Last(id) | WishKind::GroupDirection(id, _) => {
                self.check_named([id])?
            }
        }
        self.wishes.push(wish);
        Ok(())
    }

    /// Adds a suppression.
    ///
    /// # Errors
    /// When the reason is empty or it names something that does not exist.
    pub fn add_suppression(&mut self, suppression: Suppression) -> Result<(), ModelError> {
        if suppression.reason.trim().is_empty() {
            return Err(ModelError::Empty("the reason to ignore a rule"));
        }
        self.check_named(suppression.about.iter())?;
        self.suppressions.push(suppression);
        Ok(())
    }

    /// Adds an assumption in words.
    ///
    /// # Errors
    /// When it names something that does not exist.
    pub fn add_assumption(&mut self, assumption: Assumption) -> Result<(), ModelError> {
        self.check_named(assumption.about.iter())?;
        self.assumptions.push(assumption);
        Ok(())
    }

    /// Adds an open question.
    ///
    /// # Errors
    /// When it names something that does not exist.
    pub fn add_question(&mut self, question: Question) -> Result<(), ModelError> {
        self.check_named(question.about.iter())?;
        self.questions.push(question);
        Ok(())
    }

    fn need(&self, id: &str) -> Result<ComponentIndex, ModelError> {
        self.index_of(id)
            .ok_or_else(|| ModelError::NoComponent(Id::parse(id).unwrap_or_else(|| Id::from_label(id))))
    }

    fn need_group(&self, id: &str) -> Result<usize, ModelError> {
        self.group_position(id)
            .ok_or_else(|| ModelError::NoGroup(Id::parse(id).unwrap_or_else(|| Id::from_label(id))))
    }

    fn check_free(&self, id: &Id) -> Result<(), ModelError> {
        if self.names.contains_key(id) { Err(ModelError::NameTaken(id.clone())) } else { Ok(()) }
    }

    fn check_group(&self, id: Option<&Id>) -> Result<(), ModelError> {
        id.map_or(Ok(()), |id| self.need_group(id.as_str()).map(|_| ()))
    }

    fn check_named<'a>(&self, ids: impl IntoIterator<Item = &'a Id>) -> Result<(), ModelError> {
        match ids.into_iter().find(|id| !self.names.contains_key(*id)) {
            Some(id) => Err(ModelError::NoComponent(id.clone())),
            None => Ok(()),
        }
    }

    fn index_names(&mut self) {
        self.names = self
            .graph
            .node_indices()
            .map(|i| (self.graph[i].id.clone(), Named::Component(i)))
            .chain(self.groups.iter().enumerate().map(|(i, g)| (g.id.clone(), Named::Group(i))))
            .collect();
    }

    /// Keeps what the two tests pass, in the same order: petgraph's own removal would reorder.
    fn rebuild(
        &mut self,
        keep: impl Fn(ComponentIndex) -> bool,
        keep_connection: impl Fn(&ConnectionRef<'_>) -> bool,
    ) {
        let mut graph = DiGraph::with_capacity(self.graph.node_count(), self.graph.edge_count());
        let moved: Vec<Option<ComponentIndex>> =
            self.indexed().map(|(i, c)| keep(i).then(|| graph.add_node(c.clone()))).collect();
        let mut edges = vec![None; self.graph.edge_count()];
        for connection in self.connections().filter(|c| keep_connection(c)) {
            if let (Some(from), Some(to)) = (moved[connection.from.index()], moved[connection.to.index()]) {
                edges[connection.index.index()] =
                    Some(graph.add_edge(from, to, connection.connection.clone()));
            }
        }
        self.graph = graph;
        for scenario in &mut self.scenarios {
            scenario.steps.retain_mut(|step| match edges[step.connection.index()] {
                Some(index) => {
                    step.connection = index;
                    true
                }
                None => false,
            });
        }
        self.scenarios.retain(|s| !s.steps.is_empty());
        self.index_names();
    }

    /// Drops what was said about a name that is gone.
    fn forget(&mut self, id: &Id) {
        self.workload.retain(|f| f.about.as_ref() != Some(id));
        self.notes.retain(|n| n.about.as_ref() != Some(id));
        self.suppressions.retain_mut(|s| {
            let had = !s.about.is_empty();
            s.about.retain(|other| other != id);
            !(had && s.about.is_empty())
        });
        self.wishes.retain_mut(|w| match &mut w.kind {
            WishKind::SameRank(ids) | WishKind::Order(ids) => {
                ids.retain(|other| other != id);
                ids.len() > 1
            }
            WishKind::Near(a, b) => a != id && b != id,
            WishKind::First(other) | WishKind::Last(other) | WishKind::GroupDirection(other, _) => {
                other != id
            }
        });
        for about in self
            .assumptions
            .iter_mut()
            .map(|a| &mut a.about)
            .chain(self.questions.iter_mut().map(|q| &mut q.about))
        {
            about.retain(|other| other != id);
        }
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

impl Connection {
    /// A connection of that mode with nothing else known.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self { mode, properties: Properties::new(), ..Self::default() }
    }

    /// The same with a label.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into()).filter(|l: &String| !l.trim().is_empty());
        self
    }
}

impl Technology {
    /// A technology the catalog does not know.
    #[must_use]
    pub fn unknown(name: impl Into<String>) -> Self {
        Self { id: None, name: name.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GroupKind, Kind, Origin};

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
