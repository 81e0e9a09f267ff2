//! The ways of laying out a graph, and the one that is taken.
//!
//! Takes a graph in one piece; orders it in several ways, draws those that may win, rates what came of it, improves the
//! best, and folds it on request.

use super::bands::{self, Bands};
use super::crossings::{self, Links, Tally};
use super::folding::{self, Fold};
use super::former::inversions;
use super::graph::LayoutGraph;
use super::layered::{Drawing, finish};
use super::loops::{self, Loops};
use super::p2_layers::{Layers, Sharing};
use super::p3_order::STARTS;
use super::page::{Frame, Wanted, effort};
use super::proper::{self, Proper};
use super::quality::Shapes;
use super::{expand, forecast, mention, p1_cycles, p2_layers, p3_order, perturb, rim, sideways};
use crate::geometry::Point;
use crate::model::Direction;

/// Places a graph.
pub(super) fn lay(graph: &LayoutGraph) -> Laid {
    let loops = loops::measure(graph);
    let mut laid = Laid { loops, rated: Vec::new(), through: 0, foldable: false };
    if graph.nodes.is_empty() {
        laid.rated.push(Rated::default());
        return laid;
    }
    let small = size(graph) <= SEVERAL;
    let mut found = starts(graph, &laid.loops, small);
    laid.through = found.iter().map(|f| f.tally.through).min().unwrap_or(0);
    found.retain(|f| f.tally.through == laid.through);
    // With so many more crossings none wins.
    let least = found.iter().map(|f| f.tally.crossings).min().unwrap_or(0);
    found.retain(|f| f.tally.crossings <= 2 * least + 20);
    if !small || graph.nodes.len() == 1 {
        found.truncate(1);
    }
    laid.rated = found.into_iter().map(|f| laid.drawn(graph, f, small)).collect();
    if small && graph.has_former() {
        // What comes without looking back may be the former picture itself.
        let fresh = lay(&graph.forgetful());
        let sound = fresh.rated.into_iter().filter(|_| fresh.through <= laid.through);
        laid.rated.extend(sound.map(|r| Rated { rate: rate(graph, &r.drawing), ..r }));
    }
    laid.sort();
    if !laid.rated[0].improved && size(graph) <= FEW && graph.groups.len() > 1 && !graph.has_former() {
        let improved = improved(graph, &laid.loops, &laid.rated[0]);
        let sound = |f: &Ordered| {
            f.tally.through <= laid.through && sideways::possible(graph, &f.proper, &f.layers.level)
        };
        if let Some(improved) = improved.filter(sound) {
            laid.rated.push(laid.drawn(graph, improved, true));
            laid.sort();
        }
    }
    laid.lean(graph);
    laid.foldable = small && graph.nodes.len() > 1;
    laid
}

/// What came of laying out a graph: at least one drawing, the best first.
pub(super) struct Laid {
    loops: Vec<Loops>,
    rated: Vec<Rated>,
    through: usize,
    foldable: bool,
}

impl Laid {
    /// The best drawing.
    pub(super) fn drawing(&self) -> &Drawing {
        &self.rated[0].drawing
    }

    /// The best of other drawings of the same graph, folded to come nearer to the wished shape, where one is better.
    pub(super) fn folded(&self, graph: &LayoutGraph) -> Option<Drawing> {
        if !self.foldable {
            return None;
        }
        let bases = if size(graph) <= FEW { self.rated.len() } else { 1 };
        let folds = self.rated.iter().take(bases).flat_map(|r| folding::folds(graph, &r.layers, &r.drawing));
        let folded = folds.map(|fold| folded(graph, &self.loops, fold));
        let rated = folded.filter(|f| f.tally.through <= self.through).map(|f| self.drawn(graph, f, true));
        let best = rated.min_by(|a, b| a.rate.total_cmp(&b.rate));
        best.filter(|b| b.rate < self.rated[0].rate).map(|b| b.drawing)
    }

    /// Where the picture fills no page, the bands foresaw its shape badly: others are looked for, knowing by how much.
    fn lean(&mut self, graph: &LayoutGraph) {
        let banded = graph.groups.len() > 1 && size(graph) <= SEVERAL;
        if !banded || graph.lean != 1.0 || graph.has_former() {
            return;
        }
        let size = Frame::around(self.drawing(), Direction::Down).size;
        if let Some(lean) = Wanted::of(graph).excess(size.w / size.h.max(1.0)) {
            let other = lay(&graph.leaning(lean));
            if other.through <= self.through {
                self.rated.extend(other.rated);
                self.sort();
            }
        }
    }

    fn drawn(&self, graph: &LayoutGraph, ordered: Ordered, rated: bool) -> Rated {
        let drawing = finish(graph, &self.loops, &ordered.layers, ordered.proper);
        let rate = if rated { rate(graph, &drawing) } else { 0.0 };
        Rated { rate, drawing, layers: ordered.layers, rows: ordered.rows, improved: ordered.improved }
    }

    fn sort(&mut self) {
        self.rated.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    }
}

/// A drawing with what is bad about it, and what it was made from.
#[derive(Default)]
struct Rated {
    rate: f64,
    drawing: Drawing,
    layers: Layers,
    /// The order that was found without layers of labels.
    rows: Vec<Vec<usize>>,
    improved: bool,
}

/// Layers with an order in them.
struct Ordered {
    layers: Layers,
    /// The order that was found without layers of labels.
    rows: Vec<Vec<usize>>,
    proper: Proper,
    tally: Tally,
    /// Whether more was tried than finding it.
    improved: bool,
}

/// The ways of laying out that are tried: one, or all that suit a small graph.
fn starts(graph: &LayoutGraph, loops: &[Loops], all: bool) -> Vec<Ordered> {
    let flow = p1_cycles::flow_order(graph);
    if graph.groups.len() <= 1 {
        let mut only = layered(graph, &flow, Sharing::Free, STARTS);
        if !graph.has_former() {
            p3_order::order_further(graph, &mut only.coarse, (&flow, STARTS));
            perturb::improve(graph, &mut only.coarse);
        }
        let again = |coarse: &mut Proper| {
            p3_order::order(graph, coarse, &flow, STARTS);
        };
        return vec![in_order(graph, loops, only.layers, only.coarse, &again)];
    }
    let nested = p1_cycles::nested_order(graph);
    let mut bands = bands::assign(graph, &nested, graph.aspect);
    let few = size(graph) <= FEW;
    bands.truncate(if all { bands.len() } else { 1 });
    // Where one is improved in any case, a first look at each is enough.
    let starts = if all { 1 } else { STARTS };
    let banded = |bands: &Bands| layered(graph, &bands.place, Sharing::Banded(bands), starts);
    let mut ways: Vec<Way> = bands.iter().map(banded).collect();
    if all {
        ways.push(layered(graph, &nested, Sharing::Stacked, starts));
    }
    if few {
        ways.extend([&nested, &flow].map(|order| layered(graph, order, Sharing::Free, starts)));
        if ways.iter().any(|w| w.promising) {
            ways.retain(|w| w.promising);
        }
        // In a small graph several ways may lead to one order.
        for k in (1..ways.len()).rev() {
            let same = |w: &Way| w.layers == ways[k].layers && w.coarse.rows == ways[k].coarse.rows;
            if ways[..k].iter().any(same) {
                ways.remove(k);
            }
        }
    }
    if all {
        ways = keep_promising(graph, ways, if few { DRAWN } else { 0 });
    }
    let mut improved = vec![false; ways.len()];
    if all && !graph.has_former() {
        for (way, improved) in ways.iter_mut().zip(&mut improved).take(IMPROVED) {
            p3_order::order_further(graph, &mut way.coarse, (&nested, starts));
            perturb::improve(graph, &mut way.coarse);
            *improved = true;
        }
    }
    let again = |coarse: &mut Proper| {
        p3_order::order(graph, coarse, &nested, STARTS);
    };
    let ways = ways.into_iter().zip(improved);
    let ordered = |(way, improved): (Way, bool)| Ordered {
        improved,
        ..in_order(graph, loops, way.layers, way.coarse, &again)
    };
    ways.map(ordered).collect()
}

/// So many of the ways that are drawn are improved before.
const IMPROVED: usize = 2;

/// Drawing costs much: keeps the way that promises most, and of the others as many as the work allows to draw.
fn keep_promising(graph: &LayoutGraph, ways: Vec<Way>, most: usize) -> Vec<Way> {
    let mut priced: Vec<(f64, Way)> = ways.into_iter().map(|way| (way.price(graph), way)).collect();
    priced.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut work = 0;
    let within = |(_, way): &(f64, Way)| {
        work += way.coarse.vertices.len() + way.coarse.segments.len();
        work <= most
    };
    let count = priced.iter().map(within).take_while(|&within| within).count();
    priced.truncate(count.max(1));
    priced.into_iter().map(|p| p.1).collect()
}

/// What drawing the ways of a small graph may cost, in vertices and segments.
const DRAWN: usize = 900;

/// Components and connections.
fn size(graph: &LayoutGraph) -> usize {
    graph.nodes.len() + graph.edges.len()
}

/// Two components that change their order against a former picture cost as much as so many crossings.
pub(super) const INVERSION: usize = 12;
/// Graphs larger than this (components and connections) are laid out in one way only.
pub(super) const SEVERAL: usize = 600;
/// Graphs larger than this are laid out in bands only, and folded from the best of the ways only.
const FEW: usize = 150;

/// What is bad about a drawing, as one number: crossings, corners, length, connections against the flow.
fn rate(graph: &LayoutGraph, drawing: &Drawing) -> f64 {
    let shapes = Shapes {
        nodes: drawing.nodes.clone(),
        ends: graph.edges.iter().map(|e| (e.from, e.to)).collect(),
        paths: drawing.paths.iter().map(Vec::as_slice).collect(),
        labels: drawing.labels.clone(),
        trunks: drawing.trunks.clone(),
        down: true,
    };
    let quality = shapes.measure();
    let count = graph.edges.len() as f64;
    let frame = Frame::around(drawing, Direction::Down).size;
    let shape = Wanted::of(graph).price(frame.w / frame.h.max(1.0));
    let hits = quality.through_nodes + quality.label_hits + quality.overlaps + quality.node_overlaps;
    let moved: Vec<(Point, Point)> = graph
        .nodes
        .iter()
        .zip(&drawing.nodes)
        .filter_map(|(node, r)| node.former.map(|p| (p, Point::new(r.x, r.y))))
        .collect();
    let inversions = INVERSION * inversions(&moved);
    1000.0 * hits as f64 + (quality.crossings + inversions) as f64 + count * (effort(&quality) + shape)
}

/// Layers, ordered as far as they are known without those of labels.
struct Way {
    layers: Layers,
    coarse: Proper,
    promising: bool,
}

impl Way {
    /// What will be bad about its drawing.
    fn price(&self, graph: &LayoutGraph) -> f64 {
        let tally = crossings::count(graph, &self.coarse, &Links::of(&self.coarse), &mut Vec::new());
        forecast::price(graph, &self.layers, &self.coarse, tally)
    }
}

/// Phases 1 to 3, without layers of labels.
fn layered(graph: &LayoutGraph, flow: &[usize], sharing: Sharing<'_>, starts: usize) -> Way {
    let reversed = p1_cycles::reversed(graph, flow);
    let layers = p2_layers::assign(graph, &reversed, sharing);
    let mut coarse = proper::build(graph, &layers, false);
    let promising = match starts {
        1 => p3_order::first_look(graph, &mut coarse, flow),
        _ => p3_order::order(graph, &mut coarse, flow, starts),
    };
    Way { layers, coarse, promising }
}

/// The order that won, improved.
fn improved(graph: &LayoutGraph, loops: &[Loops], best: &Rated) -> Option<Ordered> {
    let mut coarse = proper::build(graph, &best.layers, false);
    coarse.rows.clone_from(&best.rows);
    p3_order::order_further(graph, &mut coarse, (&[], 1));
    perturb::improve(graph, &mut coarse);
    if coarse.rows == best.rows {
        return None;
    }
    Some(Ordered { improved: true, ..in_order_once(graph, loops, best.layers.clone(), coarse) })
}

/// Phase 3 for layers that were folded.
fn folded(graph: &LayoutGraph, loops: &[Loops], fold: Fold) -> Ordered {
    let strips = fold.layers.clone();
    let order = |coarse: &mut Proper| {
        p3_order::order_near(graph, coarse, &fold.places);
        folding::kept(&strips, coarse, |coarse| p3_order::polish(graph, coarse));
    };
    let mut coarse = proper::build(graph, &fold.layers, false);
    order(&mut coarse);
    in_order(graph, loops, fold.layers, coarse, &order)
}

/// Phase 3, from the order without layers of labels; `again` finds that order anew where components that should stand
/// on one level cannot.
fn in_order(
    graph: &LayoutGraph,
    loops: &[Loops],
    layers: Layers,
    coarse: Proper,
    again: &dyn Fn(&mut Proper),
) -> Ordered {
    let found = in_order_once(graph, loops, layers, coarse);
    if sideways::possible(graph, &found.proper, &found.layers.level) {
        return found;
    }
    let layers = Layers { level: vec![false; graph.edges.len()], ..found.layers };
    let mut coarse = proper::build(graph, &layers, false);
    again(&mut coarse);
    in_order_once(graph, loops, layers, coarse)
}

fn in_order_once(graph: &LayoutGraph, loops: &[Loops], layers: Layers, coarse: Proper) -> Ordered {
    let mut proper = proper::build(graph, &layers, true);
    for (v, own) in loops.iter().enumerate() {
        let vertex = &mut proper.vertices[v];
        vertex.height = vertex.height.max(own.height);
    }
    let label_layers = proper.thin.clone();
    expand::expand(graph, &coarse, &mut proper, &label_layers);
    let tally = folding::kept(&layers, &mut proper, |proper| p3_order::polish(graph, proper));
    let tally = match tally {
        Some(tally) => tally,
        None => crossings::count(graph, &proper, &Links::of(&proper), &mut Vec::new()),
    };
    let tally = match layers.strip.iter().all(|&s| s == 0) {
        true => {
            let tally = mention::follow(graph, &mut proper, tally);
            rim::clear(graph, &mut proper, tally)
        }
        false => tally,
    };
    let tally = p3_order::grant(graph, &mut proper, tally);
    Ordered { layers, rows: coarse.rows, proper, tally, improved: false }
}
