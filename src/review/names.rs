//! Names that tell components apart in sentences and tables.
//!
//! Takes an [`Architecture`] and gives one name per component: its label, and where several share one, what sets each
//! apart: `Database (Orders)`. Pictures show the label alone, because there the place tells.

use std::collections::BTreeMap;

use crate::model::{Architecture, ComponentIndex};

/// The name of each component, by index. Components of one label are told apart by their groups, else by the first
/// component each is connected to, else by their ids.
#[must_use]
pub fn distinct_names(a: &Architecture) -> Vec<String> {
    let mut names: Vec<String> = a.components().map(|c| c.label.clone()).collect();
    let mut same: BTreeMap<&str, Vec<ComponentIndex>> = BTreeMap::new();
    for (i, c) in a.indexed() {
        same.entry(&c.label).or_default().push(i);
    }
    for alike in same.values().filter(|alike| alike.len() > 1) {
        let by_group = alike.iter().map(|&i| group(a, i)).collect::<Option<Vec<_>>>();
        let by_neighbour = || alike.iter().map(|&i| neighbour(a, i)).collect::<Option<Vec<_>>>();
        let marks = by_group.filter(|m| differ(m)).or_else(|| by_neighbour().filter(|m| differ(m)));
        let ids = || alike.iter().map(|&i| a.at(i).id.to_string()).collect();
        for (&i, mark) in alike.iter().zip(marks.unwrap_or_else(ids)) {
            if let Some(name) = names.get_mut(i.index()) {
                *name = format!("{name} ({mark})");
            }
        }
    }
    names
}

fn differ(marks: &[String]) -> bool {
    let mut sorted: Vec<&String> = marks.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).all(|w| w[0] != w[1])
}

fn group(a: &Architecture, i: ComponentIndex) -> Option<String> {
    a.at(i).group.as_ref().and_then(|g| a.group(g.as_str())).map(|g| g.label.clone())
}

fn neighbour(a: &Architecture, i: ComponentIndex) -> Option<String> {
    let label = a.at(i).label.as_str();
    let mut around = a.connections_to(i).map(|c| c.from).chain(a.connections_from(i).map(|c| c.to));
    around.find(|&n| a.at(n).label != label).map(|n| a.at(n).label.clone())
}
