//! The tree of groups with the components in them, as the notations of other tools want it: every group once, around all
//! its members.

use crate::model::{Architecture, Component, Group};

/// A step of the walk through the tree, with the depth it stands at (0 for the top).
pub(super) enum Step<'a> {
    /// A group begins.
    Open(&'a Group, usize),
    /// A component.
    Component(&'a Component, usize),
    /// The group that was opened last ends; the depth is that of its opening.
    Close(usize),
}

/// What lies directly in one group.
#[derive(Debug, Clone, Default)]
struct Inside<'a> {
    components: Vec<&'a Component>,
    groups: Vec<usize>,
}

/// Walks the tree: in each group its components first, then its inner groups, both in the order of mention.
pub(super) fn walk<'a>(a: &'a Architecture, visit: &mut dyn FnMut(Step<'a>)) {
    let top = a.groups().len();
    let place =
        |id: Option<&crate::model::Id>| id.and_then(|id| a.group_position(id.as_str())).unwrap_or(top);
    let mut tree = vec![Inside::default(); top + 1];
    for component in a.components() {
        tree[place(component.group.as_ref())].components.push(component);
    }
    for (number, group) in a.groups().iter().enumerate() {
        tree[place(group.parent.as_ref())].groups.push(number);
    }
    inside(a, &tree, top, 0, visit);
}

fn inside<'a>(
    a: &'a Architecture,
    tree: &[Inside<'a>],
    at: usize,
    depth: usize,
    visit: &mut dyn FnMut(Step<'a>),
) {
    for &component in &tree[at].components {
        visit(Step::Component(component, depth));
    }
    for &group in &tree[at].groups {
        visit(Step::Open(&a.groups()[group], depth));
        inside(a, tree, group, depth + 1, visit);
        visit(Step::Close(depth));
    }
}

/// A component's label with the technology in a second line where it says more.
pub(super) fn lines(c: &Component) -> Vec<&str> {
    let technology = c.technology.as_ref().map(|t| t.name.as_str());
    std::iter::once(c.label.as_str()).chain(technology.filter(|t| *t != c.label)).collect()
}
