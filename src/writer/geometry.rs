//! The geometry of a picture as JSON.
//!
//! Takes an architecture and its arrangement; gives boxes, titles, label places and polylines by id, for tools that
//! measure pictures. It draws nothing.

use serde::Serialize;

use crate::geometry::Rect;
use crate::layout::Arrangement;
use crate::model::{Architecture, Direction};

#[derive(Serialize)]
struct Geometry<'a> {
    direction: &'static str,
    nodes: Vec<NodeShape<'a>>,
    groups: Vec<GroupShape<'a>>,
    edges: Vec<EdgeShape<'a>>,
}

#[derive(Serialize)]
struct NodeShape<'a> {
    id: &'a str,
    #[serde(flatten)]
    rect: Rect,
}

#[derive(Serialize)]
struct GroupShape<'a> {
    id: &'a str,
    #[serde(flatten)]
    rect: Rect,
    parent: Option<&'a str>,
    label: Rect,
}

#[derive(Serialize)]
struct EdgeShape<'a> {
    from: &'a str,
    to: &'a str,
    points: Vec<[f64; 2]>,
    label: Option<Rect>,
}

/// The geometry of a picture as JSON (the second contract), with a final line break. What has no place is left out.
#[must_use]
pub fn geometry(architecture: &Architecture, arrangement: &Arrangement) -> String {
    let id = |index| architecture.at(index).id.as_str();
    let nodes = architecture
        .indexed()
        .zip(&arrangement.nodes)
        .map(|((_, component), node)| NodeShape { id: component.id.as_str(), rect: node.rect })
        .collect();
    let groups = arrangement
        .groups
        .iter()
        .filter_map(|placed| {
            let group = architecture.groups().get(placed.group)?;
            let parent = group.parent.as_ref().map(crate::model::Id::as_str);
            Some(GroupShape { id: group.id.as_str(), rect: placed.rect, parent, label: placed.title })
        })
        .collect();
    let edges = architecture
        .connections()
        .zip(&arrangement.routes)
        .map(|(connection, route)| EdgeShape {
            from: id(connection.from),
            to: id(connection.to),
            points: route.points.iter().map(|p| [p.x, p.y]).collect(),
            label: route.label,
        })
        .collect();
    let direction = match arrangement.direction {
        Direction::Right => "LR",
        Direction::Down => "TB",
    };
    let mut text = serde_json::to_string(&Geometry { direction, nodes, groups, edges }).unwrap_or_default();
    text.push('\n');
    text
}
