//! Better orders from good ones: iterated local search (Lourenço, Martin, Stützle 2003).
//!
//! Takes ordered layers from which sifting finds nothing better. Moves something at random, lets everything around it
//! settle again, and keeps what came of it unless it crosses more. Only what was disturbed is looked at, so a try costs
//! little. The numbers drawn are the same everywhere, and work is counted, not timed.

use super::crossings;
use super::graph::LayoutGraph;
use super::group_order;
use super::nesting::Slots;
use super::p3_order::scramble;
use super::proper::{Proper, Role};
use super::switching;

/// How far a vertex is thrown at most.
const THROW: usize = 12;
/// Rounds in which the others settle after a try.
const SETTLE: usize = 6;

/// Improves the order until the work is used up; whether it did.
///
/// Precondition: the layers are ordered. Postcondition: no more segments run through groups, and none more cross.
pub(super) fn improve(graph: &LayoutGraph, proper: &mut Proper) -> bool {
    let work = WORK + WORK_EACH * proper.segments.len();
    let mut slots = Slots::new(graph, proper);
    let first = crossings::count(graph, proper, &slots.links, &mut slots.pos);
    if first.crossings == 0 {
        return false;
    }
    let before = proper.rows.clone();
    let mut search = Search::new(graph, proper, slots);
    if search.free.is_empty() && search.families.is_empty() {
        return false;
    }
    let mut left = work;
    while left > 0 {
        let spent = search.attempt();
        left = left.saturating_sub(spent + TRY);
    }
    let (links, mut pos) = (search.slots.links, search.slots.pos);
    let last = crossings::count(graph, proper, &links, &mut pos);
    let better = last < first;
    if !better {
        proper.rows = before;
    }
    better
}

/// What looking at pairs and segments one search may cost, and how much more for every segment there is.
const WORK: usize = 20_000;
const WORK_EACH: usize = 50;
/// What a try costs at least.
const TRY: usize = 20;

/// Crossings, and how far the ends of segments stand apart in their rows.
type Wrong = (usize, usize);

fn wrong(proper: &Proper, slots: &Slots, gap: usize, tree: &mut Vec<usize>) -> Wrong {
    (crossings::between(proper, &slots.links, &slots.pos, gap, tree), apart(proper, slots, gap))
}

/// How far the ends of the segments below a row stand apart in all.
fn apart(proper: &Proper, slots: &Slots, gap: usize) -> usize {
    let ends = |&v: &usize| slots.links.down(v).iter().map(move |&w| (v, w as usize));
    proper.rows[gap].iter().flat_map(ends).map(|(v, w)| slots.pos[v].abs_diff(slots.pos[w])).sum()
}

struct Search<'a> {
    graph: &'a LayoutGraph,
    proper: &'a mut Proper,
    slots: Slots,
    /// The best rows so far, and what is wrong below each.
    kept: Vec<Vec<usize>>,
    gaps: Vec<Wrong>,
    /// Groups that may change places.
    families: Vec<Vec<usize>>,
    /// Vertices that have others of their group beside them.
    free: Vec<usize>,
    /// Places of connections beside groups.
    beside: Vec<usize>,
    state: u64,
    tree: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(graph: &'a LayoutGraph, proper: &'a mut Proper, slots: Slots) -> Self {
        let mut tree = Vec::new();
        let last = proper.rows.len().saturating_sub(1);
        let gaps: Vec<Wrong> = (0..last).map(|gap| wrong(proper, &slots, gap, &mut tree)).collect();
        let group = |v: usize| proper.vertices[v].group;
        let runs = proper.rows.iter().flat_map(|row| row.chunk_by(|&a, &b| group(a) == group(b)));
        let mut free: Vec<usize> = runs.filter(|run| run.len() > 1).flatten().copied().collect();
        free.sort_unstable();
        let families = group_order::families(graph, proper).into_values().collect();
        let mut holds_groups = vec![false; graph.groups.len()];
        graph.groups.iter().skip(1).for_each(|g| holds_groups[g.parent] = true);
        let passes = |v: &usize| edge(proper, *v).is_some() && holds_groups[group(*v)];
        let beside = (0..proper.vertices.len()).filter(passes).collect();
        Self { graph, kept: proper.rows.clone(), gaps, families, free, beside, proper, slots, state: 7, tree }
    }

    /// A random number below `most`.
    fn draw(&mut self, most: usize) -> usize {
        (scramble(&mut self.state) >> 33) as usize % most.max(1)
    }

    /// One try; gives what it cost.
    fn attempt(&mut self) -> usize {
        self.slots.settle();
        let mut spent = 0;
        if !self.beside.is_empty() && self.draw(HOPS) == 0 {
            self.hop();
        } else if !self.families.is_empty() && (self.free.is_empty() || self.draw(GROUPS) == 0) {
            let k = self.draw(self.families.len());
            let count = self.families[k].len();
            let first = self.draw(count);
            let second = (first + 1 + self.draw(count - 1)) % count;
            let (a, b) = (self.families[k][first], self.families[k][second]);
            group_order::force(self.graph, self.proper, &mut self.slots, a, b);
            spent += switching::switch(self.proper, &mut self.slots, SETTLE);
            spent += group_order::exchange(self.graph, self.proper, &mut self.slots, 2);
        } else if !self.free.is_empty() {
            self.throw();
        }
        spent += switching::switch(self.proper, &mut self.slots, SETTLE);
        spent + self.judge()
    }

    /// Moves a vertex somewhere else among its like.
    fn throw(&mut self) {
        let k = self.draw(self.free.len());
        let v = self.free[k];
        let group = |v: usize| self.proper.vertices[v].group;
        let (layer, here) = (self.proper.vertices[v].layer, self.slots.pos[v]);
        let row = &self.proper.rows[layer];
        let same = |w: &&usize| group(**w) == group(v);
        let left = row[..here].iter().rev().take(THROW).take_while(same).count();
        let right = row[here + 1..].iter().take(THROW).take_while(same).count();
        if left + right == 0 {
            return;
        }
        let mut to = here - left + self.draw(left + right);
        to += usize::from(to >= here);
        let row = &mut self.proper.rows[layer];
        if here < to {
            row[here..=to].rotate_left(1);
        } else {
            row[to..=here].rotate_right(1);
        }
        for at in here.min(to)..=here.max(to) {
            self.slots.pos[row[at]] = at;
        }
        // It stays until something it is joined to has followed.
        self.slots.unsettle_around(v);
    }

    /// Lets a connection pass on the other side of a group that it runs beside, in all layers of that group.
    fn hop(&mut self) {
        let (k, right) = (self.draw(self.beside.len()), self.draw(2) == 0);
        let v = self.beside[k];
        let Some(over) = self.next_group(v, right) else { return };
        let Some(path) = edge(self.proper, v).map(|e| &self.proper.paths[e]) else { return };
        let (first, last) = self.proper.span[over];
        let within = |&u: &usize| {
            let layer = self.proper.vertices[u].layer;
            first <= layer && layer <= last && edge(self.proper, u).is_some()
        };
        let at = path.iter().position(|&u| u == v).unwrap_or(0);
        let from = at - path[..at].iter().rev().take_while(|u| within(u)).count();
        let to = at + path[at..].iter().take_while(|u| within(u)).count();
        let chain = path[from..to].to_vec();
        let around = self.proper.vertices[v].group;
        let beside =
            |&u: &usize| self.proper.vertices[u].group == around && self.next_group(u, right) == Some(over);
        if !chain.iter().all(beside) {
            return;
        }
        for u in chain {
            self.jump(u, over, right);
        }
    }

    /// The group that comes next to a vertex on one side, of those beside it in one group.
    fn next_group(&self, v: usize, right: bool) -> Option<usize> {
        let around = self.proper.vertices[v].group;
        let (row, here) = (&self.proper.rows[self.proper.vertices[v].layer], self.slots.pos[v]);
        let group = |&w: &usize| Some(self.proper.vertices[w].group).filter(|&g| g != around);
        let next =
            if right { row[here..].iter().find_map(group) } else { row[..here].iter().rev().find_map(group) };
        next.filter(|&g| self.graph.holds(around, g)).map(|g| self.graph.child_towards(around, g))
    }

    /// Moves a vertex to the far side of a group in its row.
    fn jump(&mut self, v: usize, over: usize, right: bool) {
        let layer = self.proper.vertices[v].layer;
        let here = self.slots.pos[v];
        let inside = |w: usize| self.graph.holds(over, self.proper.vertices[w].group);
        let row = &self.proper.rows[layer];
        let mut to = here;
        let mut met = false;
        loop {
            let next = if right { to + 1 } else { to.wrapping_sub(1) };
            let Some(&w) = row.get(next) else { break };
            if met && !inside(w) {
                break;
            }
            met |= inside(w);
            to = next;
        }
        let row = &mut self.proper.rows[layer];
        if right {
            row[here..=to].rotate_left(1);
        } else {
            row[to..=here].rotate_right(1);
        }
        for at in here.min(to)..=here.max(to) {
            self.slots.pos[row[at]] = at;
        }
        self.slots.settled[v] = false;
        self.slots.waiting[layer] = true;
        self.slots.unsettle_around(v);
    }

    /// Keeps what is no worse than before; gives what looking at it cost.
    fn judge(&mut self) -> usize {
        let rows = &self.proper.rows;
        let changed: Vec<usize> = (0..rows.len()).filter(|&l| rows[l] != self.kept[l]).collect();
        let mut touched: Vec<usize> = changed.iter().flat_map(|&l| [l.wrapping_sub(1), l]).collect();
        touched.retain(|&gap| gap < self.gaps.len());
        touched.dedup();
        let cost = touched.iter().map(|&gap| self.proper.rows[gap].len()).sum();
        if let Some(now) = self.no_worse(&touched) {
            for (&gap, now) in touched.iter().zip(now) {
                self.gaps[gap] = now;
            }
            for layer in changed {
                self.kept[layer].clone_from(&self.proper.rows[layer]);
            }
        } else {
            for layer in changed {
                self.proper.rows[layer].clone_from(&self.kept[layer]);
                for (k, &v) in self.kept[layer].iter().enumerate() {
                    self.slots.pos[v] = k;
                }
            }
        }
        cost
    }

    /// What is wrong below each of these rows, unless it is more than before: then looking ends as soon as that is known.
    fn no_worse(&mut self, touched: &[usize]) -> Option<Vec<Wrong>> {
        let sum = |a: Wrong, b: &Wrong| (a.0 + b.0, a.1 + b.1);
        let before = touched.iter().map(|&gap| &self.gaps[gap]).fold((0, 0), sum);
        let mut now: Vec<Wrong> = Vec::with_capacity(touched.len());
        let mut crossings = 0;
        for &gap in touched {
            let own =
                crossings::between(self.proper, &self.slots.links, &self.slots.pos, gap, &mut self.tree);
            crossings += own;
            if crossings > before.0 {
                return None;
            }
            now.push((own, 0));
        }
        for (&gap, now) in touched.iter().zip(&mut now) {
            now.1 = apart(self.proper, &self.slots, gap);
        }
        (now.iter().fold((0, 0), sum) <= before).then_some(now)
    }
}

/// One try in so many exchanges groups.
const GROUPS: usize = 6;
/// One of the others in so many lets a connection pass a group on the other side.
const HOPS: usize = 2;

/// The connection that a vertex is a place of.
fn edge(proper: &Proper, v: usize) -> Option<usize> {
    match proper.vertices[v].role {
        Role::Bend(e) | Role::Label(e) | Role::Turn(e) => Some(e),
        Role::Node(_) | Role::Filler => None,
    }
}
