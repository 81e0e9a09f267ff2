//! Shape by folding: long chains in strips beside each other, long rows in several.
//!
//! Takes layers and the drawing made of them; gives other layers for the same graph, from which a drawing nearer to the
//! wished shape may come. Strips follow each other as lines of text do: where one ends, the next begins beside it (wrapping
//! after Rüegg and von Hanxleden 2018). It draws nothing and decides nothing: whoever calls rates what comes of it.

use super::graph::{LayoutGraph, ROOT};
use super::layered::Drawing;
use super::p2_layers::{self, Layers};
use super::page::strain;
use super::proper::Proper;
use crate::geometry::Rect;

/// Shapes nearer to the wished one than this are left alone.
const GOOD: f64 = 1.35;
const WISHED: f64 = 1.15;
/// The most strips or rows that one is folded into.
const MOST: usize = 12;

/// Other layers, and places to take their order from.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    pub(super) layers: Layers,
    pub(super) places: Places,
}

/// Where things should stand across the flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// Every component.
    pub(super) nodes: Vec<Option<f64>>,
    /// Connections that lead on to another strip, where they run back.
    pub(super) lanes: Vec<Option<f64>>,
}

/// The foldings worth trying; none where the drawing has a good shape.
pub(super) fn folds(graph: &LayoutGraph, layers: &Layers, drawing: &Drawing) -> Vec<Fold> {
    let across = reach(drawing, |r| (r.x, r.right()));
    let along = reach(drawing, |r| (r.y, r.bottom()));
    let (width, length) = ((across.1 - across.0).max(1.0), (along.1 - along.0).max(1.0));
    let aspect = width / length;
    let good = if graph.shape_wished { WISHED } else { GOOD };
    if strain(aspect, graph.aspect) < good {
        return Vec::new();
    }
    if aspect > graph.aspect {
        let most = strain(aspect, graph.aspect).sqrt().ceil() as usize;
        let counts = (most.max(3) - 1..=most.max(3)).map(|k| k.min(MOST));
        return counts.map(|k| narrowed(graph, layers, drawing, width / k as f64)).collect();
    }
    let chain = Chain { graph, layers, drawing, lines: lines(layers, drawing), left: across.0, width };
    let ranks = chain.lines.len();
    let mut found = Vec::new();
    for (from, to) in stretches(graph, layers, ranks) {
        let share = chain.length(from, to) / length;
        // So many strips that width and length of the whole come to the wished shape.
        let rest = graph.aspect * (1.0 - share);
        let wanted = (rest + (rest * rest + 4.0 * aspect * graph.aspect * share).sqrt()) / (2.0 * aspect);
        let most = (wanted.ceil() as usize).min(MOST).min((to - from).div_ceil(2));
        for count in most.saturating_sub(2).max(2)..=most {
            found.push(chain.fold((from, to), &chain.cuts((from, to), count)));
        }
        let former = chain.former_cuts((from, to));
        if !former.is_empty() {
            found.push(chain.fold((from, to), &former));
        }
    }
    found
}

/// The stretches of ranks to fold: all of them, and those of a group that takes up most of them.
fn stretches(graph: &LayoutGraph, layers: &Layers, ranks: usize) -> Vec<(usize, usize)> {
    let outer = (1..graph.groups.len()).filter(|&g| graph.groups[g].parent == ROOT);
    let spans = outer.map(|g| (layers.span[g].0, layers.span[g].1 + 1));
    let longest = spans.max_by_key(|s| s.1 - s.0).filter(|s| 2 * (s.1 - s.0) >= ranks && *s != (0, ranks));
    std::iter::once((0, ranks)).chain(longest).collect()
}

fn reach(drawing: &Drawing, side: impl Fn(&Rect) -> (f64, f64)) -> (f64, f64) {
    let sides = drawing.nodes.iter().map(side);
    sides.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (low, high)| (a.min(low), b.max(high)))
}

/// First and last line of every rank along the flow.
fn lines(layers: &Layers, drawing: &Drawing) -> Vec<(f64, f64)> {
    let ranks = layers.of.iter().max().map_or(0, |m| m + 1);
    let mut lines = vec![(f64::INFINITY, f64::NEG_INFINITY); ranks];
    for (&rank, r) in layers.of.iter().zip(&drawing.nodes) {
        let line = &mut lines[rank];
        *line = (line.0.min(r.y), line.1.max(r.bottom()));
    }
    lines
}

/// A drawing that is too long.
struct Chain<'a> {
    graph: &'a LayoutGraph,
    layers: &'a Layers,
    drawing: &'a Drawing,
    lines: Vec<(f64, f64)>,
    left: f64,
    width: f64,
}

impl Chain<'_> {
    /// How long ranks from one up to another are.
    fn length(&self, from: usize, to: usize) -> f64 {
        self.lines[to - 1].1 - self.lines[from].0
    }

    /// What it costs to begin a strip at a rank: the connections and groups cut.
    fn prices(&self) -> Vec<f64> {
        let ranks = self.lines.len();
        let mut price = vec![0.0f64; ranks + 1];
        for edge in &self.graph.edges {
            let (a, b) = (self.layers.of[edge.from], self.layers.of[edge.to]);
            (a.min(b) + 1..=a.max(b)).for_each(|r| price[r] += 1.0);
        }
        for &(first, last) in self.layers.span.iter().skip(1) {
            // A group along nearly everything is a frame: folding folds it, too.
            let framed = 4 * (last - first + 1) >= 3 * ranks;
            (first + 1..=last).filter(|_| !framed).for_each(|r| price[r] += 2.0);
        }
        price
    }

    /// The ranks at which strips begin but the first: where little is cut, and strips are alike long.
    fn cuts(&self, (start, end): (usize, usize), count: usize) -> Vec<usize> {
        let price = self.prices();
        let ideal = self.length(start, end) / count as f64;
        let strip = |from: usize, to: usize| {
            let off = self.length(from, to) / ideal - 1.0;
            6.0 * off * off
        };
        // The least price of so many strips that end before a rank, and where the last of them begins.
        let none = vec![(f64::MAX, start); end + 1];
        let mut first = none.clone();
        first[start].0 = 0.0;
        let mut best = vec![first];
        for k in 1..=count {
            let before = &best[k - 1];
            let mut row = none.clone();
            for to in start + k..=end {
                for from in (start + k - 1..to).filter(|&from| before[from].0 < f64::MAX) {
                    let cut = if from > start { price[from] } else { 0.0 };
                    let sum = before[from].0 + cut + strip(from, to);
                    // Of equals the one whose last strip is the shortest: lines of text are full but the last.
                    if sum <= row[to].0 + 1e-9 {
                        row[to] = (sum, from);
                    }
                }
            }
            best.push(row);
        }
        let mut found = Vec::with_capacity(count);
        let mut at = end;
        for k in (1..=count).rev() {
            at = best[k][at].1;
            found.push(at);
        }
        found.reverse();
        found.split_off(1)
    }

    /// The ranks at which the strips of a former picture began: where it goes back along the flow.
    fn former_cuts(&self, (start, end): (usize, usize)) -> Vec<usize> {
        let mut sums = vec![(0.0, 0.0); self.lines.len()];
        for (&rank, node) in self.layers.of.iter().zip(&self.graph.nodes) {
            if let Some(p) = node.former {
                sums[rank] = (sums[rank].0 + p.y + node.h / 2.0, sums[rank].1 + 1.0);
            }
        }
        let known = (start..end).filter(|&r| sums[r].1 > 0.0).map(|r| (r, sums[r].0 / sums[r].1));
        let known: Vec<(usize, f64)> = known.collect();
        known.windows(2).filter(|w| w[1].1 < w[0].1).map(|w| w[1].0).collect()
    }

    /// Layers counted anew from every cut on, and places strip beside strip; what is before and behind the stretch
    /// stays so.
    fn fold(&self, (start, end): (usize, usize), cuts: &[usize]) -> Fold {
        let begin = |strip: usize| strip.checked_sub(1).map_or(start, |k| cuts[k]);
        let finish = |strip: usize| cuts.get(strip).copied().unwrap_or(end);
        let longest = (0..=cuts.len()).map(|k| finish(k) - begin(k)).max().unwrap_or(0);
        let strip: Vec<usize> =
            self.layers.of.iter().map(|&l| cuts.partition_point(|&cut| cut <= l)).collect();
        let of = self.layers.of.iter().zip(&strip).map(|(&l, &s)| match l {
            _ if l < start => l,
            _ if l >= end => start + longest + l - end,
            _ => start + l - begin(s),
        });
        let mut layers = p2_layers::finish(self.graph, of.collect());
        let gap = self.graph.spacing.node_gap;
        let apart = self.width + gap;
        let node = |v: usize| strip[v] as f64 * apart + self.drawing.nodes[v].center().x - self.left;
        let nodes = (0..strip.len()).map(|v| Some(node(v))).collect();
        let lane = |edge: &super::graph::Edge| {
            (strip[edge.from] < strip[edge.to]).then(|| strip[edge.to] as f64 * apart - gap / 2.0)
        };
        let lanes = self.graph.edges.iter().map(lane).collect();
        layers.strip = strip;
        Fold { layers, places: Places { nodes, lanes } }
    }
}

/// Ranks wider than the limit become several, dealt out in turn so that what stands later finds its way between.
fn narrowed(graph: &LayoutGraph, layers: &Layers, drawing: &Drawing, limit: f64) -> Fold {
    let ranks = layers.of.iter().max().map_or(0, |m| m + 1);
    let mut rows = vec![Vec::new(); ranks];
    (0..graph.nodes.len()).for_each(|v| rows[layers.of[v]].push(v));
    let together: Vec<usize> = graph.wishes.ranks.iter().flatten().copied().collect();
    let mut of = vec![0; graph.nodes.len()];
    let mut next = 0;
    for row in &mut rows {
        row.sort_by(|&a, &b| drawing.nodes[a].x.total_cmp(&drawing.nodes[b].x));
        let whole: f64 = row.iter().map(|&v| graph.nodes[v].w + graph.spacing.node_gap).sum();
        let whole = if row.iter().any(|v| together.contains(v)) { 0.0 } else { whole };
        let count = ((whole / limit).ceil() as usize).clamp(1, row.len().max(1));
        for (k, &v) in row.iter().enumerate() {
            of[v] = next + k % count;
        }
        next += count;
    }
    let nodes = drawing.nodes.iter().map(|r| Some(r.center().x)).collect();
    let lanes = vec![None; graph.edges.len()];
    Fold { layers: p2_layers::finish(graph, of), places: Places { nodes, lanes } }
}

/// Lets an order be improved, unless that takes strips out of their order; then it stays.
pub(super) fn kept<T>(
    layers: &Layers,
    proper: &mut Proper,
    improve: impl FnOnce(&mut Proper) -> T,
) -> Option<T> {
    let disorder = |proper: &Proper| {
        let strip = |v: usize| layers.strip.get(v).copied();
        let lines = proper.rows.iter().map(|row| row.iter().filter_map(|&v| strip(v)).collect::<Vec<_>>());
        lines.map(|line| line.windows(2).filter(|w| w[0] > w[1]).count()).sum::<usize>()
    };
    let (before, rows) = (disorder(proper), proper.rows.clone());
    let done = improve(proper);
    if disorder(proper) <= before {
        return Some(done);
    }
    proper.rows = rows;
    None
}
