//! Of orders that are equally good, the one that follows the order of mention.
//!
//! Takes ordered layers; sorts what hangs on a component in several parts by where each part is mentioned first, and turns
//! parts round that run against it. So the picture reads as the text does, and a small change of the text changes little.
//! Nothing that adds a crossing is done, and nothing across the border of a group.

use super::crossings::{self, Links, Tally};
use super::graph::LayoutGraph;
use super::proper::{Proper, Role};

/// Larger graphs (components and connections) keep the order they have.
const FEW: usize = 200;

/// Follows the order of mention; gives what is left of crossings.
pub(super) fn follow(graph: &LayoutGraph, proper: &mut Proper, tally: Tally) -> Tally {
    if graph.nodes.len() + graph.edges.len() > FEW || graph.has_former() {
        return tally;
    }
    let links = Links::of(proper);
    let mut search = Search { graph, links, tally, pos: Vec::new() };
    search.turn(proper, None);
    for hub in 0..graph.nodes.len() {
        if search.links.up(hub).len() + search.links.down(hub).len() < 2 {
            continue;
        }
        for below in [true, false] {
            let mut hanging = search.hanging(proper, hub, below);
            hanging.sort_by_key(|part| part.iter().min().copied());
            search.sort(proper, &hanging);
            for part in &hanging {
                search.turn(proper, Some(part));
            }
        }
    }
    search.tally
}

struct Search<'a> {
    graph: &'a LayoutGraph,
    links: Links,
    tally: Tally,
    pos: Vec<usize>,
}

impl Search<'_> {
    /// Of what the graph falls into without a component, the parts that lie on one side of it, in its group.
    fn hanging(&self, proper: &Proper, hub: usize, below: bool) -> Vec<Vec<usize>> {
        let (layer, group) = (proper.vertices[hub].layer, proper.vertices[hub].group);
        let aside = |v: usize| {
            let vertex = &proper.vertices[v];
            vertex.group == group && vertex.layer != layer && (vertex.layer > layer) == below
        };
        // The number of the part that something is in, from 1.
        let mut seen = vec![0; proper.vertices.len()];
        let (mut parts, mut number) = (Vec::new(), 0);
        let starts = if below { self.links.down(hub) } else { self.links.up(hub) };
        for &start in starts {
            let start = start as usize;
            if seen[start] != 0 {
                continue;
            }
            number += 1;
            seen[start] = number;
            let mut part = vec![start];
            let mut next = 0;
            // What leads elsewhere hangs on more than this component.
            let mut hangs = aside(start);
            while let Some(&v) = part.get(next).filter(|_| hangs) {
                next += 1;
                for &w in self.links.up(v).iter().chain(self.links.down(v)) {
                    let w = w as usize;
                    if w == hub || seen[w] == number {
                        continue;
                    }
                    // What was met before belongs to a part that was given up.
                    hangs &= seen[w] == 0 && aside(w);
                    seen[w] = number;
                    part.push(w);
                }
            }
            if hangs {
                parts.push(part);
            }
        }
        parts
    }

    /// Takes over other rows unless they are worse.
    fn try_rows(&mut self, proper: &mut Proper, rows: Vec<Vec<usize>>) {
        let before = std::mem::replace(&mut proper.rows, rows);
        let now = crossings::count(self.graph, proper, &self.links, &mut self.pos);
        if now <= self.tally {
            self.tally = now;
        } else {
            proper.rows = before;
        }
    }

    /// Puts parts beside each other in the order given, at the places they have together.
    fn sort(&mut self, proper: &mut Proper, parts: &[Vec<usize>]) {
        if parts.len() < 2 {
            return;
        }
        let mut part_of = vec![usize::MAX; proper.vertices.len()];
        for (k, part) in parts.iter().enumerate() {
            part.iter().for_each(|&v| part_of[v] = k);
        }
        let mut rows = proper.rows.clone();
        for row in &mut rows {
            let places: Vec<usize> = (0..row.len()).filter(|&k| part_of[row[k]] != usize::MAX).collect();
            let mut members: Vec<usize> = places.iter().map(|&k| row[k]).collect();
            members.sort_by_key(|&v| part_of[v]);
            for (&k, v) in places.iter().zip(members) {
                row[k] = v;
            }
        }
        if rows != proper.rows {
            self.try_rows(proper, rows);
        }
    }

    /// Turns a part, or everything, round when more of its neighbours stand against the order of mention than with it.
    fn turn(&mut self, proper: &mut Proper, part: Option<&[usize]>) {
        let mut inside = vec![part.is_none(); proper.vertices.len()];
        part.into_iter().flatten().for_each(|&v| inside[v] = true);
        let component = |v: &usize| inside[*v] && matches!(proper.vertices[*v].role, Role::Node(_));
        let against = |row: &Vec<usize>| {
            let nodes = row.iter().copied().filter(component);
            nodes.clone().zip(nodes.skip(1)).map(|(a, b)| if a < b { -1i64 } else { 1 }).sum::<i64>()
        };
        if proper.rows.iter().map(against).sum::<i64>() <= 0 {
            return;
        }
        let mut rows = proper.rows.clone();
        for row in &mut rows {
            let places: Vec<usize> = (0..row.len()).filter(|&k| inside[row[k]]).collect();
            let members: Vec<usize> = places.iter().map(|&k| row[k]).collect();
            for (&k, v) in places.iter().rev().zip(members) {
                row[k] = v;
            }
        }
        self.try_rows(proper, rows);
    }
}
