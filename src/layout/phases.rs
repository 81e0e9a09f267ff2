//! The phases of the layered engine one by one, for benches.
//!
//! Takes an architecture; lays it out once in its simplest way and keeps what each phase starts from, so that each can be run
//! alone. It gives no picture: [`super::arrange`] does.

use super::bands::{self, Bands};
use super::graph::{LayoutGraph, Shape};
use super::p2_layers::{self, Layers, Sharing};
use super::p3_order::{self, STARTS};
use super::p4_place::{self, Across};
use super::ports::Ports;
use super::proper::{self, Proper};
use super::{PAGE, p1_cycles, p5_route};
use crate::model::{Architecture, Direction};
use crate::style::Style;

/// What the phases of one layout start from. Every phase gives a number that says how much came of it.
#[derive(Debug)]
pub struct Phases {
    graph: LayoutGraph,
    flow: Vec<usize>,
    bands: Bands,
    layers: Layers,
    /// Not ordered yet, and ordered.
    loose: Proper,
    ordered: Proper,
    ports: Ports,
    half: Vec<f64>,
    placed: Ports,
    across: Across,
}

impl Phases {
    /// Runs all phases once, reading downwards.
    #[must_use]
    pub fn prepare(architecture: &Architecture, style: &Style) -> Self {
        let shape = Shape { aspect: PAGE.1, wished: false };
        let (graph, _) = LayoutGraph::measure(architecture, style, Direction::Down, shape);
        let flow = p1_cycles::nested_order(&graph);
        let bands = bands::assign(&graph, &flow, graph.aspect).swap_remove(0);
        let reversed = p1_cycles::reversed(&graph, &bands.place);
        let layers = p2_layers::assign(&graph, &reversed, Sharing::Banded(&bands));
        let loose = proper::build(&graph, &layers, false);
        let mut ordered = loose.clone();
        p3_order::order(&graph, &mut ordered, &bands.place, STARTS);
        let mut ports = Ports::new(&graph, &ordered);
        ports.widen(&mut ordered, graph.nodes.len());
        let half: Vec<f64> = ordered.vertices.iter().map(|v| v.left).collect();
        ports.spread(&ordered, &half);
        let mut placed = ports.clone();
        let across = p4_place::place(&graph, &ordered, &half, &mut placed);
        Self { graph, flow, bands, layers, loose, ordered, ports, half, placed, across }
    }

    /// Phase 1: what runs against the flow; gives how many connections do.
    #[must_use]
    pub fn cycles(&self) -> usize {
        let flow = p1_cycles::nested_order(&self.graph);
        p1_cycles::reversed(&self.graph, &flow).iter().filter(|r| **r).count()
    }

    /// The bands of groups; gives how many ways there are.
    #[must_use]
    pub fn bands(&self) -> usize {
        bands::assign(&self.graph, &self.flow, self.graph.aspect).len()
    }

    /// Phase 2: layers; gives the last one.
    #[must_use]
    pub fn layers(&self) -> usize {
        let reversed = p1_cycles::reversed(&self.graph, &self.bands.place);
        let layers = p2_layers::assign(&self.graph, &reversed, Sharing::Banded(&self.bands));
        layers.of.into_iter().max().unwrap_or(0)
    }

    /// Long connections broken into vertices; gives how many there are.
    #[must_use]
    pub fn breaks(&self) -> usize {
        proper::build(&self.graph, &self.layers, false).vertices.len()
    }

    /// Phase 3: the order within the layers; gives the vertices of the first.
    #[must_use]
    pub fn order(&self) -> usize {
        let mut proper = self.loose.clone();
        p3_order::order(&self.graph, &mut proper, &self.bands.place, STARTS);
        proper.rows.first().map_or(0, Vec::len)
    }

    /// Phase 4: places across the flow; gives how many.
    #[must_use]
    pub fn places(&self) -> usize {
        p4_place::place(&self.graph, &self.ordered, &self.half, &mut self.ports.clone()).x.len()
    }

    /// Phase 5: runs between the layers; gives how many slots they take.
    #[must_use]
    pub fn routes(&self) -> usize {
        let routes = p5_route::route(&self.graph, &self.ordered, &self.across, &self.placed);
        routes.channels.iter().map(|c| c.slots).sum()
    }
}
