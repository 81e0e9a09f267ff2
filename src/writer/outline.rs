//! Which components and groups stand in which block, so that the order of mention survives.
//!
//! A group whose members follow each other becomes a block around them. Where the text's order mixes members of several
//! groups, the groups stand first, empty, and each member names its group.

use crate::model::{Architecture, ComponentIndex};

/// A line or a block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A component; `inside` when it has to name its group.
    Component { index: ComponentIndex, inside: bool },
    /// A group with what stands in its block; `inside` when it has to name its parent.
    Group { place: usize, inside: bool, items: Vec<Item> },
}

pub(super) fn items(a: &Architecture) -> Vec<Item> {
    let blocks = nested(a);
    let (mut components, mut groups) = (Vec::new(), Vec::new());
    order(&blocks, &mut components, &mut groups);
    let kept = components.iter().copied().eq(a.indexed().map(|(i, _)| i))
        && groups.into_iter().eq(0..a.groups().len());
    if kept { blocks } else { flat(a) }
}

/// Blocks in the order in which their first members are mentioned; groups without members come last.
fn nested(a: &Architecture) -> Vec<Item> {
    let mut children: Vec<Vec<Item>> = vec![Vec::new(); a.groups().len()];
    let mut top = Vec::new();
    let mut opened = vec![false; a.groups().len()];
    // The order in which each group's items come is the order of mention; groups are opened by their first member.
    let mut slots: Vec<(Option<usize>, Slot)> = Vec::new();
    for (index, component) in a.indexed() {
        let chain: Vec<usize> =
            a.group_chain(component.group.as_ref()).filter_map(|g| a.group_position(g.id.as_str())).collect();
        for (level, &place) in chain.iter().enumerate().rev() {
            if !opened[place] {
                opened[place] = true;
                slots.push((chain.get(level + 1).copied(), Slot::Group(place)));
            }
        }
        slots.push((chain.first().copied(), Slot::Component(index)));
    }
    for (place, group) in a.groups().iter().enumerate().filter(|(place, _)| !opened[*place]) {
        let parent = group.parent.as_ref().and_then(|p| a.group_position(p.as_str()));
        slots.push((parent, Slot::Group(place)));
    }
    // From the last slot to the first, a group's items are complete before the group itself is placed, except for
    // childless-first orders, which `items` notices by their changed order.
    for (parent, slot) in slots.into_iter().rev() {
        let item = match slot {
            Slot::Component(index) => Item::Component { index, inside: false },
            Slot::Group(place) => {
                let mut items = std::mem::take(&mut children[place]);
                items.reverse();
                Item::Group { place, inside: false, items }
            }
        };
        match parent {
            Some(parent) => children[parent].push(item),
            None => top.push(item),
        }
    }
    top.reverse();
    top
}

enum Slot {
    Component(ComponentIndex),
    Group(usize),
}

fn order(items: &[Item], components: &mut Vec<ComponentIndex>, groups: &mut Vec<usize>) {
    for item in items {
        match item {
            Item::Component { index, .. } => components.push(*index),
            Item::Group { place, items, .. } => {
                groups.push(*place);
                order(items, components, groups);
            }
        }
    }
}

/// All groups first, empty, then all components.
fn flat(a: &Architecture) -> Vec<Item> {
    let groups = (0..a.groups().len()).map(|place| Item::Group { place, inside: true, items: Vec::new() });
    groups.chain(a.indexed().map(|(index, _)| Item::Component { index, inside: true })).collect()
}
