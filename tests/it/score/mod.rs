//! The scores of the English reader on the project's own cases with gold.
//!
//! `bash tests/score.sh` prints them; `SCORE=all` says what went wrong in each case, `SCORE=<text>` in those whose id holds
//! the text or whose file has that name. The floors stand a little below what is reached, so that a loss is seen.

mod descriptions;
mod gold;
mod labels;
mod matching;
mod prompts;

use std::collections::BTreeMap;

use blueprose::reader::english;
use blueprose::text::Source;

/// Hits among the drawn and among the wanted, with what was drawn too much and what is missing.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    hits: usize,
    extra: usize,
    found: usize,
    missing: usize,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.extra += other.extra;
        self.found += other.found;
        self.missing += other.missing;
    }

    fn precision(self) -> f64 {
        share(self.hits, self.hits + self.extra)
    }

    fn recall(self) -> f64 {
        share(self.found, self.found + self.missing)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Ratio {
    right: usize,
    all: usize,
}

impl Ratio {
    fn count(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }

    fn share(self) -> f64 {
        share(self.right, self.all)
    }
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}

/// Whether the faults of a case are to be printed.
fn shown(file: &str, id: &str) -> bool {
    std::env::var("SCORE")
        .is_ok_and(|wanted| wanted == "all" || !wanted.is_empty() && (id.contains(&wanted) || file == wanted))
}

#[test]
fn descriptions_reach_their_floors() {
    let mut all = descriptions::Figures::default();
    let mut files: BTreeMap<&str, descriptions::Figures> = BTreeMap::new();
    let cases = gold::cases::<gold::Description>("descriptions");
    for (file, case) in &cases {
        let drawn = english::read(&Source::new(&case.id, case.text.as_str())).value;
        let one = descriptions::score(case, &drawn);
        if shown(file, &case.id) {
            println!("{}: components {:.2}, arrows {:.2}", case.id, one.components.f1(), one.arrows.f1());
            one.wrong.iter().for_each(|w| println!("    {w}"));
        }
        all.add(&one);
        files.entry(file).or_default().add(&one);
    }
    for (file, f) in &files {
        println!(
            "{file}: components {:.3}, kinds {:.3}, arrows {:.3}, groups {:.3}, members {:.3}, ruled out {}",
            f.components.f1(),
            f.kinds.share(),
            f.arrows.f1(),
            f.groups.f1(),
            f.members.f1(),
            f.ruled_out
        );
    }
    let (c, a, g) = (all.components, all.arrows, all.groups);
    println!("{} descriptions", cases.len());
    println!("  components  P {:.3}  R {:.3}  F1 {:.3}", c.precision(), c.recall(), c.f1());
    println!("  kinds       {:.3}", all.kinds.share());
    println!("  arrows      P {:.3}  R {:.3}  F1 {:.3}", a.precision(), a.recall(), a.f1());
    println!("  waiting     {:.3} of {}", all.waiting.share(), all.waiting.all);
    println!("  groups      F1 {:.3}, members F1 {:.3}", g.f1(), all.members.f1());
    println!("  ruled out by the text, yet drawn: {}", all.ruled_out);
    let floors = [
        ("components", c.f1(), FLOORS[0]),
        ("kinds", all.kinds.share(), FLOORS[1]),
        ("arrows", a.f1(), FLOORS[2]),
        ("waiting", all.waiting.share(), FLOORS[3]),
        ("groups", g.f1(), FLOORS[4]),
    ];
    for (what, reached, floor) in floors {
        assert!(reached >= floor, "{what}: {reached:.3} is below {floor}");
    }
}

/// Components, kinds, arrows, waiting, groups.
const FLOORS: [f64; 5] = [0.918, 0.95, 0.728, 0.96, 0.715];

#[test]
fn prompts_reach_their_floors() {
    let mut all = prompts::Figures::default();
    let cases = gold::cases::<gold::Prompt>("prompts");
    for (file, case) in &cases {
        let drawn = english::read(&Source::new(&case.id, case.text.as_str())).value;
        let one = prompts::score(case, &drawn);
        if shown(file, &case.id) {
            println!("{}: required {:.2}, reach {:.2}", case.id, one.required.recall(), one.reach.share());
            one.wrong.iter().for_each(|w| println!("    {w}"));
        }
        all.add(&one);
    }
    println!("{} prompts", cases.len());
    println!("  required    recall {:.3}", all.required.recall());
    println!("  acceptable  {:.3} of {} components", all.acceptable.share(), all.components);
    println!("  reach       {:.3}", all.reach.share());
    println!("  kinds       {:.3}", all.kinds.share());
    println!("  never       {}", all.never);
    assert!(all.required.recall() >= PROMPT_FLOORS[0], "required: {:.3}", all.required.recall());
    assert!(all.acceptable.share() >= PROMPT_FLOORS[1], "acceptable: {:.3}", all.acceptable.share());
    assert!(all.reach.share() >= PROMPT_FLOORS[2], "reach: {:.3}", all.reach.share());
}

/// Required recall, acceptable share, reach.
const PROMPT_FLOORS: [f64; 3] = [0.95, 0.95, 0.865];
