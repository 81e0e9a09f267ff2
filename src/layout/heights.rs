//! Places along the flow: layers, channels and group borders.
//!
//! Takes thicknesses, slots and spans; gives the top of every layer, the lines of the slots and the first and last line
//! of every group. Between two layers lie, from above: the ends of groups, the slots of the channel, the starts of
//! groups with their titles.

use super::graph::{LayoutGraph, ROOT};
use super::p4_place::TITLE_INSET;
use super::p5_route::Routes;
use super::proper::{Proper, Role};
use crate::model::Direction;

/// Places along the flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Along {
    /// Top and thickness of every layer.
    pub(super) layers: Vec<(f64, f64)>,
    /// The line of the first slot below every layer.
    pub(super) first_slot: Vec<f64>,
    /// First and last line of every group.
    pub(super) groups: Vec<(f64, f64)>,
    /// Where everything ends.
    pub(super) end: f64,
}

/// From a component to the first run beside it, so that arrowheads stay clear.
const CLEAR: f64 = 18.0;
/// The same beside a layer of labels or a group's border.
const CLEAR_THIN: f64 = 10.0;

/// Finds the places.
///
/// Ranks stand at least `rank_gap` apart, and all layers `more` than they must.
pub(super) fn stack(
    graph: &LayoutGraph,
    proper: &Proper,
    routes: &Routes,
    (rank_gap, more): (f64, f64),
) -> Along {
    let count = proper.rows.len();
    let starts = extents(graph, proper, |g| proper.extent[g].0, |g| top_padding(graph, g));
    let ends = extents(graph, proper, |g| proper.extent[g].1, |_| graph.spacing.group_padding);
    let thin = |l: usize| !proper.rows[l].iter().any(|&v| matches!(proper.vertices[v].role, Role::Node(_)));
    let mut along = Along { groups: vec![(0.0, 0.0); graph.groups.len()], ..Along::default() };
    let mut y = starts.of_layer.first().copied().unwrap_or(0.0);
    for layer in 0..count {
        let thickness = thickness(graph, proper, layer);
        along.layers.push((y, thickness));
        let bottom = y + thickness + ends.of_layer[layer];
        if layer + 1 == count {
            along.first_slot.push(bottom);
            along.end = bottom;
            break;
        }
        let slots = routes.channels[layer].slots;
        let clear = |thin: bool, zone: f64| if thin || zone > 0.0 { CLEAR_THIN } else { CLEAR };
        let above = clear(thin(layer), ends.of_layer[layer]);
        let zone = starts.of_layer[layer + 1];
        let below = clear(thin(layer + 1), zone);
        let runs = slots.saturating_sub(1) as f64 * graph.spacing.edge_gap;
        let mut gap = if slots > 0 { above + runs + below } else { 0.0 };
        let least = match (thin(layer), thin(layer + 1)) {
            (false, false) => rank_gap - ends.of_layer[layer] - zone,
            _ => rank_gap / 3.0 - ends.of_layer[layer] - zone,
        };
        let apart = if ends.of_layer[layer] > 0.0 || zone > 0.0 { 14.0 } else { 0.0 };
        let wanted = least.max(apart);
        let spare = (wanted - gap).max(0.0) + more;
        gap += spare;
        along.first_slot.push(bottom + if slots > 0 { above + spare / 2.0 } else { gap / 2.0 });
        y = bottom + gap + zone;
    }
    for g in 1..graph.groups.len() {
        let (first, last) = proper.extent[g];
        let (top, _) = along.layers[first];
        let (last_top, thickness) = along.layers[last];
        along.groups[g] = (top - starts.of_group[g], last_top + thickness + ends.of_group[g]);
    }
    along
}

fn top_padding(graph: &LayoutGraph, g: usize) -> f64 {
    match graph.direction {
        Direction::Down => graph.groups[g].title.h + TITLE_INSET + 8.0,
        Direction::Right => graph.spacing.group_padding,
    }
}

fn thickness(graph: &LayoutGraph, proper: &Proper, layer: usize) -> f64 {
    let mut most = proper.rows[layer].iter().map(|&v| proper.vertices[v].height).fold(0.0, f64::max);
    if graph.direction == Direction::Right {
        for (g, nest) in graph.groups.iter().enumerate().skip(1) {
            if proper.extent[g].0 == layer {
                let beside = graph.spacing.group_padding;
                most = most.max(nest.title.w + TITLE_INSET - beside);
            }
        }
    }
    most
}

/// How far groups reach beyond the layer they start or end at.
struct Extents {
    of_group: Vec<f64>,
    of_layer: Vec<f64>,
}

fn extents(
    graph: &LayoutGraph,
    proper: &Proper,
    at: impl Fn(usize) -> usize,
    padding: impl Fn(usize) -> f64,
) -> Extents {
    let mut of_group = vec![0.0f64; graph.groups.len()];
    let mut of_layer = vec![0.0f64; proper.rows.len()];
    for g in (1..graph.groups.len()).rev() {
        of_group[g] += padding(g);
        let parent = graph.groups[g].parent;
        of_layer[at(g)] = of_layer[at(g)].max(of_group[g]);
        if parent != ROOT && at(parent) == at(g) {
            of_group[parent] = of_group[parent].max(of_group[g]);
        }
    }
    Extents { of_group, of_layer }
}
