//! What a review says of two architectures: findings that came and went, estimates before and after.

use std::fmt::Write as _;

use serde::Serialize;

use crate::compare::Pairing;
use crate::model::{Architecture, Id};
use crate::review::{self, Estimates, Finding, Review, ReviewOptions};

/// What the review says of the old and of the new architecture, where it differs.
#[derive(Debug, Serialize)]
pub(super) struct Judged {
    pub(super) findings: Findings,
    pub(super) estimates: Vec<Estimate>,
}

impl Judged {
    pub(super) fn of(old: &Architecture, new: &Architecture) -> Self {
        let options = ReviewOptions::default();
        let (before, after) = (review::review(old, &options), review::review(new, &options));
        Self {
            findings: Findings::of((old, &before), (new, &after)),
            estimates: estimates(&before.estimates, &after.estimates),
        }
    }

    /// One line each: `+` or `-` for findings, `~` for estimates.
    pub(super) fn text(&self) -> String {
        let mut out = self.findings.text();
        for e in &self.estimates {
            let _ = writeln!(out, "~ estimate {}", e.text());
        }
        out
    }

    /// Two more chapters of the change list.
    pub(super) fn markdown(&self) -> String {
        let mut out = String::new();
        if !self.findings.gained.is_empty() || !self.findings.lost.is_empty() {
            out.push_str("\n### Findings\n\n");
            for (word, list) in [("Gained", &self.findings.gained), ("Lost", &self.findings.lost)] {
                for s in list {
                    let _ = writeln!(out, "- **{word}** {} {}{}", s.rule, s.title, s.place());
                }
            }
        }
        if !self.estimates.is_empty() {
            out.push_str("\n### Estimates\n\n| | before | after |\n|---|---|---|\n");
            for e in &self.estimates {
                let cell = |v: &Option<String>| v.clone().unwrap_or_else(|| "—".into());
                let _ = writeln!(out, "| {} | {} | {} |", e.what, cell(&e.before), cell(&e.after));
            }
        }
        out
    }
}

/// A figure that is another now; `None` where it could not be estimated.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Estimate {
    what: &'static str,
    before: Option<String>,
    after: Option<String>,
}

impl Estimate {
    fn text(&self) -> String {
        let name = self.what;
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!("{name}: {before} → {after}"),
            (Some(before), None) => format!("{name}: no longer {before}"),
            (None, after) => format!("{name}: {}", after.as_deref().unwrap_or_default()),
        }
    }
}

/// The figures that matter most, each where it differs.
fn estimates(old: &Estimates, new: &Estimates) -> Vec<Estimate> {
    let availability = |e: &Estimates| e.availability.first().map(|a| a.at_best.clone());
    let time = |e: &Estimates, of: fn(&review::Latency) -> f64| {
        let worst = e.latency.iter().map(of).max_by(f64::total_cmp);
        worst.map(|ms| format!("{ms:.0} ms"))
    };
    let cost = |e: &Estimates| e.cost.as_ref().map(|c| format!("{:.0} USD a month", c.likely));
    let all = [
        ("availability at best, along the weakest path", availability(old), availability(new)),
        (
            "usual answering time, along the slowest path",
            time(old, |l| l.usual_ms),
            time(new, |l| l.usual_ms),
        ),
        ("slow answering time, along the slowest path", time(old, |l| l.slow_ms), time(new, |l| l.slow_ms)),
        ("cost of what is priced", cost(old), cost(new)),
    ];
    let differing = all.into_iter().filter(|(_, before, after)| before != after);
    differing.map(|(what, before, after)| Estimate { what, before, after }).collect()
}

/// A finding that came or went.
#[derive(Debug, Serialize)]
struct Said {
    rule: &'static str,
    title: String,
    components: Vec<String>,
}

/// What the review says of one side only.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    gained: Vec<Said>,
    lost: Vec<Said>,
}

impl Findings {
    /// Findings are the same when the rule is and so are the components, whatever those are called now.
    fn of((old, before): (&Architecture, &Review), (new, after): (&Architecture, &Review)) -> Self {
        let pairing = Pairing::of(old, new);
        let all = |a: &Architecture, review: &Review, name: &dyn Fn(&Id) -> Id| -> Vec<Said> {
            review.findings.iter().map(|f| said(a, f, name)).collect()
        };
        let before = all(old, before, &|id| pairing.new_of(id).unwrap_or(id).clone());
        let after = all(new, after, &Id::clone);
        let only = |these: &[Said], others: &[Said]| -> Vec<Said> {
            let absent = |s: &&Said| !others.iter().any(|o| o.rule == s.rule && o.components == s.components);
            these.iter().filter(absent).map(Said::copy).collect()
        };
        Self { gained: only(&after, &before), lost: only(&before, &after) }
    }

    /// One line each, `+` or `-` in front.
    fn text(&self) -> String {
        let mut out = String::new();
        for (mark, list) in [('+', &self.gained), ('-', &self.lost)] {
            for s in list {
                let _ = writeln!(out, "{mark} finding {} {}{}", s.rule, s.title, s.place());
            }
        }
        out
    }
}

impl Said {
    fn copy(&self) -> Self {
        Self { rule: self.rule, title: self.title.clone(), components: self.components.clone() }
    }

    fn place(&self) -> String {
        if self.components.is_empty() { String::new() } else { format!(" ({})", self.components.join(", ")) }
    }
}

fn said(a: &Architecture, finding: &Finding, name: &dyn Fn(&Id) -> Id) -> Said {
    let mut components: Vec<String> =
        finding.components.iter().map(|&i| name(&a.at(i).id).to_string()).collect();
    components.sort();
    Said { rule: finding.rule, title: finding.title.clone(), components }
}
