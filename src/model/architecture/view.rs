//! Parts of an architecture as architectures of their own, for pictures of large systems: a neighbourhood, or everything
//! with a group closed to one box.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::graph::DiGraph;

use super::{Architecture, ComponentIndex, ConnectionIndex, ModelError};
use crate::model::{Component, Group, Id, Kind, Mode, Technology};

/// More labels than this are counted instead of said, where several connections become one.
const LABELS: usize = 2;

impl Architecture {
    /// What lies within `depth` connections of a component, in either direction; for a group, within `depth` of any of
    /// its members, those of inner groups included. Groups without members left are dropped.
    ///
    /// # Errors
    /// When there is neither a component nor a group of that id.
    pub fn focus(&self, id: &str, depth: usize) -> Result<Self, ModelError> {
        let start: Vec<ComponentIndex> = match self.index_of(id) {
            Some(index) => vec![index],
            None => self.inside(self.need_group(id)?).into_iter().collect(),
        };
        let mut far: BTreeMap<ComponentIndex, usize> = start.iter().map(|&i| (i, 0)).collect();
        let mut queue: VecDeque<ComponentIndex> = start.into();
        while let Some(at) = queue.pop_front() {
            let next = far.get(&at).map_or(0, |d| d + 1);
            if next > depth {
                continue;
            }
            for neighbour in self.graph.neighbors_undirected(at) {
                far.entry(neighbour).or_insert_with(|| {
                    queue.push_back(neighbour);
                    next
                });
            }
        }
        let mut part = self.clone();
        let gone: Vec<Id> =
            self.indexed().filter(|(i, _)| !far.contains_key(i)).map(|(_, c)| c.id.clone()).collect();
        part.rebuild(|i| far.contains_key(&i), |_| true);
        gone.iter().for_each(|id| part.forget(id));
        part.drop_empty_groups();
        Ok(part)
    }

    /// The same system with a group closed to one component of the group's id. Connections with the same ends and mode
    /// become one; those inside the group are gone, and so are the steps over them.
    ///
    /// # Errors
    /// When there is no such group, or nothing is in it.
    pub fn collapse(&self, group: &str) -> Result<Self, ModelError> {
        let place = self.need_group(group)?;
        let inside = self.inside(place);
        if inside.is_empty() {
            return Err(ModelError::Empty("the group"));
        }
        let closed = closed(&self.groups[place], inside.len());
        let mut part = self.clone();
        part.graph = DiGraph::with_capacity(self.graph.node_count(), self.graph.edge_count());
        let mut one: Option<ComponentIndex> = None;
        let mut moved = Vec::with_capacity(self.graph.node_count());
        for (index, component) in self.indexed() {
            moved.push(if inside.contains(&index) {
                *one.get_or_insert_with(|| part.graph.add_node(closed.clone()))
            } else {
                part.graph.add_node(component.clone())
            });
        }
        let edges = part.join_edges(self, &moved, one);
        for scenario in &mut part.scenarios {
            scenario.steps.retain_mut(|step| match edges[step.connection.index()] {
                Some(index) => {
                    step.connection = index;
                    true
                }
                None => false,
            });
        }
        part.scenarios.retain(|s| !s.steps.is_empty());
        let shut: BTreeSet<Id> = self.descendants(place).iter().map(|&g| self.groups[g].id.clone()).collect();
        part.groups.retain(|g| !shut.contains(&g.id));
        part.index_names();
        let gone = inside.iter().map(|&i| &self.graph[i].id).chain(&shut).filter(|id| **id != closed.id);
        gone.for_each(|id| part.forget(id));
        Ok(part)
    }

    /// Adds the edges of `from` between moved ends, those that became alike as one; gives each old edge's new index.
    fn join_edges(
        &mut self,
        from: &Self,
        moved: &[ComponentIndex],
        one: Option<ComponentIndex>,
    ) -> Vec<Option<ConnectionIndex>> {
        let mut joined: BTreeMap<(ComponentIndex, ComponentIndex, Mode), ConnectionIndex> = BTreeMap::new();
        let mut labels: BTreeMap<ConnectionIndex, Vec<String>> = BTreeMap::new();
        let mut edges = Vec::with_capacity(from.graph.edge_count());
        for c in from.connections() {
            let (a, b) = (moved[c.from.index()], moved[c.to.index()]);
            let touched = Some(a) == one || Some(b) == one;
            if touched && a == b {
                edges.push(None);
                continue;
            }
            let key = (a, b, c.mode);
            let index = match joined.get(&key).filter(|_| touched) {
                Some(&index) => index,
                None => self.graph.add_edge(a, b, c.connection.clone()),
            };
            if touched {
                joined.insert(key, index);
                let said = labels.entry(index).or_default();
                said.extend(c.label.clone().filter(|l| !said.contains(l)));
            }
            edges.push(Some(index));
        }
        for (index, said) in labels {
            if let Some(connection) = self.graph.edge_weight_mut(index) {
                let more = said.len().saturating_sub(LABELS);
                let mut label = said.iter().take(LABELS).cloned().collect::<Vec<_>>().join("; ");
                if more > 0 {
                    label.push_str(&format!("; {more} more"));
                }
                connection.label = Some(label).filter(|l| !l.is_empty());
            }
        }
        edges
    }

    /// The group at a place and all groups inside it.
    fn descendants(&self, place: usize) -> Vec<usize> {
        let id = &self.groups[place].id;
        let within = |g: &Group| self.group_chain(Some(&g.id)).any(|around| around.id == *id);
        (0..self.groups.len()).filter(|&g| within(&self.groups[g])).collect()
    }

    /// The components in a group and in the groups inside it.
    fn inside(&self, place: usize) -> BTreeSet<ComponentIndex> {
        let id = &self.groups[place].id;
        let within = |c: &Component| self.group_chain(c.group.as_ref()).any(|g| g.id == *id);
        self.indexed().filter(|(_, c)| within(c)).map(|(i, _)| i).collect()
    }

    fn drop_empty_groups(&mut self) {
        let used: BTreeSet<Id> = self
            .components()
            .flat_map(|c| self.group_chain(c.group.as_ref()).map(|g| g.id.clone()))
            .collect();
        let gone: Vec<Id> =
            self.groups.iter().map(|g| g.id.clone()).filter(|id| !used.contains(id)).collect();
        self.groups.retain(|g| used.contains(&g.id));
        self.index_names();
        gone.iter().for_each(|id| self.forget(id));
    }
}

/// A group as one component; its second line counts what it holds.
fn closed(group: &Group, count: usize) -> Component {
    let mut component = Component::new(group.label.clone(), Kind::Cluster);
    component.id = group.id.clone();
    component.technology =
        Some(Technology::unknown(format!("{count} component{}", if count == 1 { "" } else { "s" })));
    component.group = group.parent.clone();
    component.properties = group.properties.clone();
    component.origin = group.origin.clone();
    component
}

#[cfg(test)]
mod tests {
    use crate::model::{Architecture, Builder, GroupKind, Kind};

    fn shop() -> Architecture {
        Builder::new("Shop")
            .component("web", "Web", Kind::Client)
            .group("aws", "AWS", GroupKind::Cloud)
            .group_in("aws", "core", "Core", GroupKind::Domain)
            .component_in("core", "api", "API", Kind::Service)
            .component_in("core", "db", "DB", Kind::Database)
            .component_in("aws", "mail", "Mail", Kind::Email)
            .call("web", "api", "browse")
            .call("web", "api", "buy")
            .call("api", "db", "write")
            .event("api", "mail", "send")
            .build()
            .unwrap()
    }

    #[test]
    fn a_neighbourhood_keeps_what_is_near() {
        let part = shop().focus("web", 1).unwrap();
        let ids: Vec<&str> = part.components().map(|c| c.id.as_str()).collect();
        assert_eq!((ids, part.connection_count()), (vec!["web", "api"], 2));
        assert_eq!(shop().focus("core", 0).unwrap().component_count(), 2);
        assert!(shop().focus("nowhere", 1).is_err());
    }

    #[test]
    fn a_closed_group_keeps_its_connections() {
        let part = shop().collapse("core").unwrap();
        let ids: Vec<&str> = part.components().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, ["web", "core", "mail"]);
        let labels: Vec<_> = part.connections().map(|c| c.label.clone().unwrap_or_default()).collect();
        assert_eq!(labels, ["browse; buy", "send"]);
        assert_eq!(part.component("core").and_then(|c| c.group.clone()).unwrap().as_str(), "aws");
        assert_eq!(part.collapse("aws").unwrap().component_count(), 2);
    }
}
