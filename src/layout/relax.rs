//! Places by repeated relaxation, for graphs too large for the exact way.
//!
//! Takes separation constraints and segments; gives places that keep all constraints. Every round moves each point
//! towards the weighted middle of its neighbours and then projects on the constraints: the mean of the leftmost and
//! the rightmost feasible answer is feasible itself.

use super::network_simplex::Arc;
use super::ports::Ports;
use super::proper::Proper;

/// Rounds of relaxation.
const ROUNDS: usize = 24;

/// Finds the places.
pub(super) fn relax(proper: &Proper, ports: &Ports, points: usize, arcs: &[Arc]) -> Vec<f64> {
    let order = topological(points, arcs);
    let (out, into) = adjacency(points, arcs);
    let mut x: Vec<f64> = vec![0.0; points];
    push_right(&order, &into, arcs, &mut x);
    let n = proper.vertices.len();
    let mut wanted = x.clone();
    for round in 0..ROUNDS {
        for v in 0..n {
            wanted[v] = middle(proper, ports, &x, v, round);
        }
        // Borders want to stay close around their members.
        for p in n..points {
            let opens = (p - n).is_multiple_of(2);
            wanted[p] = if opens {
                out[p].iter().map(|&a| x[arcs[a].to] - arcs[a].least as f64).fold(f64::INFINITY, f64::min)
            } else {
                into[p]
                    .iter()
                    .map(|&a| x[arcs[a].from] + arcs[a].least as f64)
                    .fold(f64::NEG_INFINITY, f64::max)
            };
            if !wanted[p].is_finite() {
                wanted[p] = x[p];
            }
        }
        let (mut right, mut left) = (wanted.clone(), wanted.clone());
        push_right(&order, &into, arcs, &mut right);
        push_left(&order, &out, arcs, &mut left);
        for p in 0..points {
            x[p] = (right[p] + left[p]) / 2.0;
        }
    }
    let least = x.iter().copied().fold(f64::INFINITY, f64::min);
    for at in &mut x {
        *at = (*at - least).round();
    }
    // Rounding may cost up to a pixel of distance; put it back.
    push_right(&order, &into, arcs, &mut x);
    x
}

fn middle(proper: &Proper, ports: &Ports, x: &[f64], v: usize, round: usize) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    let up = round % 3 != 1;
    let down = !round.is_multiple_of(3);
    if up {
        for &s in &proper.above[v] {
            let w = super::p4_place::weight(proper, s) as f64;
            sum += w * (x[proper.segments[s].upper] + ports.upper[s] - ports.lower[s]);
            weight += w;
        }
    }
    if down {
        for &s in &proper.below[v] {
            let w = super::p4_place::weight(proper, s) as f64;
            sum += w * (x[proper.segments[s].lower] + ports.lower[s] - ports.upper[s]);
            weight += w;
        }
    }
    if weight > 0.0 { sum / weight } else { x[v] }
}

fn adjacency(points: usize, arcs: &[Arc]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let (mut out, mut into) = (vec![Vec::new(); points], vec![Vec::new(); points]);
    for (i, arc) in arcs.iter().enumerate() {
        out[arc.from].push(i);
        into[arc.to].push(i);
    }
    (out, into)
}

fn topological(points: usize, arcs: &[Arc]) -> Vec<usize> {
    let (out, into) = adjacency(points, arcs);
    let mut left: Vec<usize> = into.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..points).filter(|&p| left[p] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        for &a in &out[order[next]] {
            let to = arcs[a].to;
            left[to] -= 1;
            if left[to] == 0 {
                order.push(to);
            }
        }
        next += 1;
    }
    debug_assert_eq!(order.len(), points, "the constraints form a cycle");
    order
}

fn push_right(order: &[usize], into: &[Vec<usize>], arcs: &[Arc], x: &mut [f64]) {
    for &p in order {
        for &a in &into[p] {
            x[p] = x[p].max(x[arcs[a].from] + arcs[a].least as f64);
        }
    }
}

fn push_left(order: &[usize], out: &[Vec<usize>], arcs: &[Arc], x: &mut [f64]) {
    for &p in order.iter().rev() {
        for &a in &out[p] {
            x[p] = x[p].min(x[arcs[a].to] - arcs[a].least as f64);
        }
    }
}
