//! Building and changing the graph: components, connections and groups.

use petgraph::graph::DiGraph;

use super::{Architecture, ComponentIndex, ConnectionIndex, ConnectionRef, ModelError, Named};
use crate::model::facts::WishKind;
use crate::model::{Component, Connection, Group, Id, Step};

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

    /// Lets every scenario's steps be walked otherwise; steps over connections that do not exist are dropped, and so are
    /// scenarios without steps.
    pub(in crate::model) fn rewrite_steps(&mut self, rewrite: impl Fn(Vec<Step>) -> Vec<Step>) {
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

    fn need(&self, id: &str) -> Result<ComponentIndex, ModelError> {
        self.index_of(id)
            .ok_or_else(|| ModelError::NoComponent(Id::parse(id).unwrap_or_else(|| Id::from_label(id))))
    }

    pub(super) fn need_group(&self, id: &str) -> Result<usize, ModelError> {
        self.group_position(id)
            .ok_or_else(|| ModelError::NoGroup(Id::parse(id).unwrap_or_else(|| Id::from_label(id))))
    }

    fn check_free(&self, id: &Id) -> Result<(), ModelError> {
        if self.names.contains_key(id) { Err(ModelError::NameTaken(id.clone())) } else { Ok(()) }
    }

    fn check_group(&self, id: Option<&Id>) -> Result<(), ModelError> {
        id.map_or(Ok(()), |id| self.need_group(id.as_str()).map(|_| ()))
    }

    pub(super) fn check_named<'a>(&self, ids: impl IntoIterator<Item = &'a Id>) -> Result<(), ModelError> {
        match ids.into_iter().find(|id| !self.names.contains_key(*id)) {
            Some(id) => Err(ModelError::NoComponent(id.clone())),
            None => Ok(()),
        }
    }

    pub(super) fn index_names(&mut self) {
        self.names = self
            .graph
            .node_indices()
            .map(|i| (self.graph[i].id.clone(), Named::Component(i)))
            .chain(self.groups.iter().enumerate().map(|(i, g)| (g.id.clone(), Named::Group(i))))
            .collect();
    }

    /// Keeps what the two tests pass, in the same order: petgraph's own removal would reorder.
    pub(super) fn rebuild(
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
    pub(super) fn forget(&mut self, id: &Id) {
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
