//! The outline's review: verdict, findings, what the author answers for, open questions.

use serde::Serialize;

use super::outline::Sheet;
use crate::catalog::words;
use crate::model::{Kind, Mode, Question, WorkloadFact, WorkloadKey};
use crate::review::{Fact, Finding, Level, Review};

/// The review in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Verdict {
    pub errors: usize,
    pub warnings: usize,
    pub remarks: usize,
    pub rules: usize,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Row {
    pub rule: String,
    pub severity: &'static str,
    pub basis: &'static str,
    pub title: String,
    pub message: String,
    pub why: String,
    pub components: Vec<String>,
    pub facts: Vec<Fact>,
    pub fixes: Vec<Remedy>,
    pub source: String,
    pub url: Option<String>,
}

/// A way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Remedy {
    pub id: String,
    pub title: String,
}

/// A finding the author answers for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Answered {
    pub rule: String,
    pub title: String,
    pub components: Vec<String>,
    pub reason: String,
}

/// An open question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Open {
    pub text: String,
    pub default: Option<String>,
    pub settle: Option<String>,
    pub about: Vec<String>,
    pub from: &'static str,
}

pub(super) fn verdict(review: &Review) -> Verdict {
    Verdict {
        errors: review.count(Level::Error),
        warnings: review.count(Level::Warn),
        remarks: review.count(Level::Info),
        rules: crate::review::rules().len(),
    }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "remark",
    }
}

pub(super) fn findings(sheet: &Sheet<'_>, of: &[Finding]) -> Vec<Row> {
    let row = |f: &Finding| Row {
        rule: f.rule.to_owned(),
        severity: severity(f.severity),
        basis: f.basis.word(),
        title: f.title.clone(),
        message: f.message.clone(),
        why: f.why.clone(),
        components: f.components.iter().map(|&i| sheet.label(i)).collect(),
        facts: f.facts.clone(),
        fixes: f.fixes.iter().map(|x| Remedy { id: x.id.clone(), title: x.title.clone() }).collect(),
        source: f.source.title.clone(),
        url: f.source.url.clone(),
    };
    of.iter().map(row).collect()
}

pub(super) fn suppressed(sheet: &Sheet<'_>, review: &Review) -> Vec<Answered> {
    let row = |s: &crate::review::Suppressed| Answered {
        rule: s.finding.rule.to_owned(),
        title: s.finding.title.clone(),
        components: s.finding.components.iter().map(|&i| sheet.label(i)).collect(),
        reason: s.reason.clone(),
    };
    let mut all: Vec<Answered> = review.suppressed.iter().map(row).collect();
    // What the author answers for is told also where nothing was found.
    for s in sheet.a.suppressions() {
        let rule = s.rule.to_uppercase();
        if all.iter().any(|x| x.rule == rule && x.reason == s.reason) {
            continue;
        }
        let title = crate::review::rules()
            .iter()
            .find(|r| r.id == rule)
            .map_or_else(String::new, |r| r.title.clone());
        let components = s.about.iter().map(|id| sheet.named(id.as_str())).collect();
        all.push(Answered { rule, title, components, reason: s.reason.clone() });
    }
    all
}

/// The reader's questions, then the review's, then the figures that nothing states.
pub(super) fn questions(sheet: &Sheet<'_>, review: &Review) -> Vec<Open> {
    let open = |q: &Question, from| Open {
        text: q.text.clone(),
        default: q.default.clone(),
        settle: q.settle.clone(),
        about: q.about.iter().map(|id| sheet.named(id.as_str())).collect(),
        from,
    };
    let mut all: Vec<Open> = sheet.a.questions().iter().map(|q| open(q, "text")).collect();
    all.extend(review.questions.iter().map(|q| open(q, "review")));
    let money = |f: &WorkloadFact| words::says(&f.value.to_string(), "money");
    let stated = |key| {
        let mut facts = sheet.a.workload().iter();
        facts.any(|f| f.key == key && !money(f) || key == WorkloadKey::Budget && (f.key == key || money(f)))
    };
    let figures = [
        (WorkloadKey::Rate, "How many requests or events come in?", "expect { rate: 50/s }"),
        (WorkloadKey::Latency, "How fast must an answer be?", "expect { latency: 300 ms p99 }"),
        (WorkloadKey::Availability, "What share of the time must it work?", "expect { availability: 99.9% }"),
        (WorkloadKey::DataVolume, "How much data is kept?", "expect { data: 500 GB }"),
        (WorkloadKey::Budget, "What may it cost?", "expect { budget: $500/month }"),
    ];
    let waits = sheet.a.connections().any(|c| {
        let kinds = (sheet.a.at(c.from).kind, sheet.a.at(c.to).kind);
        c.mode == Mode::Sync
            && kinds.0.is_actor()
            && !matches!(kinds.1, Kind::User | Kind::Client | Kind::Cicd)
    });
    let uncounted = crate::review::uncounted(sheet.a);
    for (key, text, line) in figures {
        if key == WorkloadKey::Rate && review.estimates.capacity.is_none() {
            // Where only the number of those who send is missing, that is the question.
            all.extend(uncounted.iter().map(|(id, every)| Open {
                text: format!("How many are there of {}? Each sends {every}.", sheet.named(id)),
                default: None,
                settle: Some(format!("… {id} … x50")),
                about: vec![sheet.named(id)],
                from: "figures",
            }));
        }
        let told = match key {
            // A peak tells as much of the load.
            WorkloadKey::Rate => {
                !uncounted.is_empty()
                    || review.estimates.capacity.is_some()
                    || [WorkloadKey::Rate, WorkloadKey::PeakRate].into_iter().any(stated)
            }
            WorkloadKey::Latency => stated(key) || !waits,
            _ => stated(key),
        };
        if !told {
            let settle = Some(line.to_owned());
            all.push(Open { text: text.into(), default: None, settle, about: Vec::new(), from: "figures" });
        }
    }
    all
}
