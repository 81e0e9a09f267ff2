//! A review for machines and terminals: the JSON contract of `review --json`, SARIF 2.1.0, plain text.
//!
//! Takes an architecture and its review, gives values and text; prints nothing.

use std::fmt::Write as _;

use serde_json::{Value, json as value};

use super::{Finding, Level, Review, rules};
use crate::model::{Architecture, ComponentIndex, ConnectionIndex, QuestionRecord};
use crate::text::{Source, Span};

/// The third contract: findings, suppressed findings, questions, estimates.
#[must_use]
pub fn json(a: &Architecture, review: &Review) -> Value {
    let findings: Vec<Value> = review.findings.iter().map(|f| finding(a, f)).collect();
    let suppressed: Vec<Value> = review
        .suppressed
        .iter()
        .map(|s| {
            let mut one = finding(a, &s.finding);
            one["reason"] = value!(s.reason);
            one
        })
        .collect();
    let questions: Vec<QuestionRecord> = review.questions.iter().map(QuestionRecord::from).collect();
    value!({
        "profile": review.profile,
        "findings": findings,
        "suppressed": suppressed,
        "questions": questions,
        "estimates": review.estimates,
    })
}

fn ids(a: &Architecture, of: &[ComponentIndex]) -> Vec<String> {
    of.iter().map(|&i| a.at(i).id.to_string()).collect()
}

fn ends(a: &Architecture, of: &[ConnectionIndex]) -> Vec<Value> {
    let ends = of.iter().filter_map(|&c| a.connection(c));
    ends.map(|c| value!({"from": a.at(c.from).id, "to": a.at(c.to).id})).collect()
}

fn finding(a: &Architecture, f: &Finding) -> Value {
    value!({
        "rule": f.rule,
        "severity": f.severity,
        "basis": f.basis,
        "title": f.title,
        "message": f.message,
        "why": f.why,
        "components": ids(a, &f.components),
        "connections": ends(a, &f.connections),
        "spans": f.spans,
        "facts": f.facts,
        "fixes": f.fixes,
        "source": f.source,
    })
}

/// The review as SARIF 2.1.0 (OASIS, 2020), for code hosts that show findings beside the text.
#[must_use]
pub fn sarif(a: &Architecture, source: &Source, review: &Review) -> Value {
    let used = |id: &str| {
        review.findings.iter().chain(review.suppressed.iter().map(|s| &s.finding)).any(|f| f.rule == id)
    };
    let descriptors: Vec<Value> = rules()
        .iter()
        .filter(|r| used(&r.id))
        .map(|r| {
            value!({
                "id": r.id,
                "shortDescription": {"text": r.title},
                "fullDescription": {"text": r.why},
                "help": {"text": format!("{} Source: {}", r.when, r.source.title)},
                "helpUri": r.source.url,
                "defaultConfiguration": {"level": level(r.severity)},
            })
        })
        .collect();
    let results: Vec<Value> = review
        .findings
        .iter()
        .map(|f| result(a, source, f, None))
        .chain(review.suppressed.iter().map(|s| result(a, source, &s.finding, Some(&s.reason))))
        .collect();
    value!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "blueprose",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": descriptors,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "note",
    }
}

fn result(a: &Architecture, source: &Source, f: &Finding, suppressed: Option<&str>) -> Value {
    let uri = if source.name().starts_with('-') {
        "stdin".to_owned()
    } else {
        source.name().replace('\\', "/").replace(' ', "%20")
    };
    let place = |span: Option<&Span>| {
        let mut physical = value!({"artifactLocation": {"uri": uri}});
        if let Some(span) = span {
            let (from, to) = (source.location(span.start), source.location(span.end));
            physical["region"] = value!({"startLine": from.line, "startColumn": from.column,
                "endLine": to.line, "endColumn": to.column});
        }
        value!({"physicalLocation": physical, "logicalLocations": f.components.iter()
            .map(|&i| value!({"name": a.at(i).label, "fullyQualifiedName": a.at(i).id, "kind": "member"}))
            .collect::<Vec<_>>()})
    };
    // One location is the place a viewer jumps to; the rest are beside it.
    let mut one = value!({
        "ruleId": f.rule,
        "level": level(f.severity),
        "message": {"text": f.message},
        "locations": [place(f.spans.first())],
        "partialFingerprints": {"blueprose/v1": format!("{}:{}", f.rule, ids(a, &f.components).join(","))},
    });
    if f.spans.len() > 1 {
        one["relatedLocations"] = f.spans[1..].iter().map(|s| place(Some(s))).collect();
    }
    if let Some(reason) = suppressed {
        one["suppressions"] = value!([{"kind": "inSource", "justification": reason}]);
    }
    one
}

/// Words on one line: a name with a line break in it makes no line of its own.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The review for a terminal.
#[must_use]
pub fn text(a: &Architecture, source: &Source, review: &Review) -> String {
    let mut out = String::new();
    for f in &review.findings {
        let place = f.spans.first().map_or_else(String::new, |s| {
            let at = source.location(s.start);
            format!("  ({}:{}:{})", source.name(), at.line, at.column)
        });
        let _ = writeln!(out, "{} {}: {}{place}", f.severity.word(), f.rule, f.title);
        let _ = writeln!(out, "  {}", line(&f.message));
        let _ = writeln!(out, "  Why: {}", f.why);
        for fact in &f.facts {
            let _ =
                writeln!(out, "  Fact: {} = {} ({})", line(&fact.key), line(&fact.value), line(&fact.origin));
        }
        for fix in &f.fixes {
            let _ = writeln!(out, "  Fix {}: {}", fix.id, line(&fix.title));
        }
        out.push('\n');
    }
    for s in &review.suppressed {
        let names = ids(a, &s.finding.components).join(", ");
        let _ = writeln!(out, "ignored {} on {names}: {}", s.finding.rule, line(&s.reason));
    }
    if !review.suppressed.is_empty() {
        out.push('\n');
    }
    for q in &review.questions {
        let _ = writeln!(out, "question: {}", line(&q.text));
    }
    if !review.questions.is_empty() {
        out.push('\n');
    }
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let (e, w, i) = (review.count(Level::Error), review.count(Level::Warn), review.count(Level::Info));
    let _ = writeln!(
        out,
        "{}, {}, {}; {} open.",
        count(e, "error"),
        count(w, "warning"),
        count(i, "remark"),
        count(review.questions.len(), "question")
    );
    out
}
