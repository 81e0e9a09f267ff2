//! The outline: every fact of a document as plain data, each with where it comes from.
//!
//! Takes an architecture, its review and the source text; gives what templates read (`docs/templates.md` documents it).
//! It decides no wording beyond single sentences that are computed from the graph.

use serde::Serialize;

use super::escape::fold;
use super::outline_findings::{Verdict, findings, questions, suppressed, verdict};
use super::outline_flows::{self as walks, Walk};
use super::outline_parts as parts;
use super::outline_roles as roles;
use super::outline_tables as tables;
use super::settings;
use super::told;
use super::{DocumentOptions, Picture};
use crate::catalog::catalog;
use crate::catalog::paths::Paths;
use crate::model::{
    Architecture, Component, ComponentIndex, ConnectionRef, Kind, Origin, Properties, WorkloadKey,
};
use crate::review::{Crossing, Estimates, Review, distinct_names};
use crate::text::{Source, Span};

/// What a system without a title is called.
pub(super) const UNTITLED: &str = "System design";
/// The longest quotation in characters.
pub(super) const MAX_QUOTE: usize = 140;

/// Everything a document can say.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)] // documented for template authors in docs/templates.md
pub struct Outline {
    pub title: String,
    pub description: Option<String>,
    pub opening: Option<String>,
    pub picture: Option<Picture>,
    pub profile: crate::review::Profile,
    pub counts: Counts,
    pub people: Vec<String>,
    pub devices: Vec<String>,
    pub entries: Vec<String>,
    pub outside: Vec<String>,
    pub keeps: Vec<String>,
    pub expectations: Vec<parts::Expectation>,
    pub notes: Vec<parts::Remark>,
    pub unread: Vec<String>,
    pub components: Vec<parts::Part>,
    pub places: Vec<parts::Place>,
    pub connections: Vec<parts::Arrow>,
    pub groups: Vec<parts::Box>,
    pub flows: Vec<Walk>,
    pub apart: Vec<String>,
    pub stores: Vec<tables::Store>,
    pub channels: Vec<tables::Channel>,
    pub failures: Vec<tables::Stop>,
    pub failures_left: usize,
    pub crossings: Vec<Crossing>,
    pub threats: Vec<tables::ThreatRow>,
    pub verdict: Verdict,
    pub findings: Vec<super::outline_findings::Row>,
    pub suppressed: Vec<super::outline_findings::Answered>,
    pub estimates: Estimates,
    pub decisions: Vec<parts::Remark>,
    pub stages: Vec<Vec<String>>,
    pub assumptions: Vec<parts::Assumed>,
    pub questions: Vec<super::outline_findings::Open>,
    pub sources: Vec<String>,
    pub text: Option<String>,
    pub language: bool,
}

/// How many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Counts {
    pub components: usize,
    pub connections: usize,
    pub groups: usize,
    pub flows: usize,
    pub stated: usize,
    pub inferred: usize,
    pub assumed: usize,
    pub questions: usize,
    pub waits: usize,
    pub messages: usize,
}

/// Where a fact comes from, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// `stated`, `inferred` or `assumed`.
    pub word: &'static str,
    /// The words of the text, cut to a line, where a text is there.
    pub quote: Option<String>,
    /// The line of the text, from 1.
    pub line: Option<usize>,
    /// The reason, for what is not stated.
    pub why: Option<String>,
    /// All of it on one line: `stated: “uploads images”`.
    pub text: String,
}

/// What the outline's parts are made from.
pub(super) struct Sheet<'a> {
    pub(super) a: &'a Architecture,
    /// What tells each component from the others, by index.
    pub(super) names: Vec<String>,
    pub(super) source: Option<&'a Source>,
    /// The text is written in a notation, so that its words are no sentences to quote.
    pub(super) notation: bool,
    paths: Paths,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(a: &'a Architecture, source: Option<&'a Source>) -> Self {
        let notation = source.is_some_and(|s| {
            [".bp", ".yaml", ".yml", ".json"].iter().any(|end| s.name().to_lowercase().ends_with(end))
        });
        let names = distinct_names(a).iter().map(|n| fold(n)).collect();
        Self { a, names, source, notation, paths: Paths::of(a) }
    }

    /// How an arrow works, in a word.
    pub(super) fn mode(&self, c: &ConnectionRef<'_>) -> Option<&'static str> {
        self.paths.mode(self.a, c)
    }

    pub(super) fn label(&self, i: ComponentIndex) -> String {
        self.names.get(i.index()).cloned().unwrap_or_default()
    }

    /// The label of an id, for lists that hold ids.
    pub(super) fn named(&self, id: &str) -> String {
        self.a.index_of(id).map_or_else(|| id.to_owned(), |i| self.label(i))
    }

    pub(super) fn quote(&self, span: Span) -> Option<String> {
        if self.notation || span.is_empty() {
            return None;
        }
        let words = unmarked(&fold(self.source?.slice(span)));
        if words.is_empty() {
            return None;
        }
        Some(cut(&words, MAX_QUOTE))
    }

    pub(super) fn basis(&self, origin: &Origin) -> Basis {
        let span = origin.span();
        let quote = self.quote(span);
        let line = self.source.filter(|_| !span.is_empty()).map(|s| s.location(span.start).line);
        let why = origin.why().map(str::to_owned);
        let mut text = origin.word().to_owned();
        if let Some(why) = &why {
            text.push_str(&format!(" ({why})"));
        }
        match (&quote, line) {
            (Some(quote), _) => text.push_str(&format!(": “{quote}”")),
            (None, Some(line)) => text.push_str(&format!(", line {line}")),
            (None, None) => {}
        }
        Basis { word: origin.word(), quote, line, why, text }
    }

    pub(super) fn properties(&self, of: &Properties) -> Vec<parts::Setting> {
        let setting = |(name, p): (&String, &crate::model::Property)| parts::Setting {
            name: settings::name(name),
            value: settings::value(&p.value),
            origin: self.basis(&p.origin),
        };
        of.iter().map(setting).collect()
    }
}

/// Words without the marks of Markdown that make them bold or code: a quotation tells what is said, not how it looked.
/// Stars and underscores within a word or between spaces stay.
pub(super) fn unmarked(words: &str) -> String {
    let all: Vec<char> = words.chars().collect();
    let inside = |i: usize| {
        let mark = |c: &char| matches!(c, '*' | '_');
        let before = all[..i].iter().rev().find(|c| !mark(c)).copied().unwrap_or(' ');
        let after = all[i + 1..].iter().find(|c| !mark(c)).copied().unwrap_or(' ');
        let (before, after) = (before.is_alphanumeric(), after.is_alphanumeric());
        !before && !after || before && after
    };
    let kept = all.iter().enumerate().filter(|(i, c)| match c {
        '`' => false,
        '*' | '_' => inside(*i),
        _ => true,
    });
    kept.map(|(_, c)| *c).collect()
}

/// The text, cut at a word where it is too long.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most).collect();
    let end = short.rfind(' ').filter(|e| *e > most / 2).unwrap_or(short.len());
    format!("{} …", &short[..end])
}

impl Outline {
    /// The outline of an architecture with its review, with the pictures that `options` names.
    #[must_use]
    pub fn of(a: &Architecture, review: &Review, source: Option<&Source>, options: &DocumentOptions) -> Self {
        let sheet = Sheet::of(a, source);
        let notation = sheet.notation;
        let labels = |test: &dyn Fn(&Component) -> bool| -> Vec<String> {
            a.indexed().filter(|(_, c)| test(c)).map(|(i, _)| sheet.label(i)).collect()
        };
        let flows = walks::walks(&sheet, &options.flow_pictures);
        let assumptions = parts::assumptions(&sheet);
        let questions = questions(&sheet, review);
        let entry = |c: &Component| {
            let index = a.index_of(c.id.as_str());
            let into = |i| a.connections_to(i).any(|x| a.at(x.from).kind.is_actor());
            // Where people sign in is no place where their requests enter.
            let aside = c.kind.is_outside() || c.kind == Kind::Identity;
            !aside && index.is_some_and(into)
        };
        let (failures, failures_left) = tables::failures(&sheet);
        Self {
            title: told::title(&sheet).unwrap_or_else(|| UNTITLED.into()),
            description: a.description.as_deref().map(fold),
            opening: opening(&sheet),
            picture: options.picture.clone(),
            profile: review.profile,
            counts: counts(&sheet, flows.len(), questions.len()),
            people: labels(&|c| c.kind == Kind::User && !roles::on_duty(a, c)),
            devices: labels(&|c| c.kind == Kind::Device && !roles::handled(a, c)),
            entries: labels(&entry),
            outside: labels(&|c| c.kind == Kind::External),
            keeps: labels(&|c| c.kind.is_store()),
            expectations: parts::expectations(&sheet),
            notes: parts::remarks(&sheet, false),
            unread: told::unread(&sheet),
            components: parts::components(&sheet),
            places: parts::places(&sheet),
            connections: parts::connections(&sheet),
            groups: parts::groups(&sheet, &options.group_pictures),
            apart: walks::apart(&sheet, flows.len()),
            flows,
            stores: tables::stores(&sheet),
            channels: tables::channels(&sheet),
            failures,
            failures_left,
            crossings: tables::crossings(&sheet),
            threats: tables::threats(&sheet),
            verdict: verdict(review),
            findings: findings(&sheet, &review.findings),
            suppressed: suppressed(&sheet, review),
            estimates: estimates(&sheet, review),
            decisions: told::decisions(&sheet),
            stages: stages(a, &sheet),
            assumptions,
            questions,
            sources: sources(review),
            text: source
                .map(|s| s.text().trim().to_owned())
                .filter(|t| !t.is_empty() && t.len() <= 64 * 1024),
            language: notation,
        }
    }
}

/// The review's estimates, with no answer held to a time that is none to answer in.
fn estimates(sheet: &Sheet<'_>, review: &Review) -> Estimates {
    let mut estimates = review.estimates.clone();
    let arrivals = parts::not_answers(sheet);
    for l in estimates.latency.iter_mut().filter(|l| l.target.as_ref().is_some_and(|t| arrivals.contains(t)))
    {
        (l.target, l.within, l.verdict) = (None, None, None);
    }
    estimates
}

/// In which order the parts can be built; nothing for fewer than four, where everyone sees it.
fn stages(a: &Architecture, sheet: &Sheet<'_>) -> Vec<Vec<String>> {
    if a.component_count() < 4 {
        return Vec::new();
    }
    let stages = crate::review::stages(a);
    stages.iter().map(|s| s.iter().map(|id| sheet.named(id)).collect()).collect()
}

/// The first sentences of a text in English, as people would quote them.
fn opening(sheet: &Sheet<'_>) -> Option<String> {
    let text = sheet.source.filter(|_| !sheet.notation)?.text();
    let title = told::title(sheet).unwrap_or_default();
    // Of a list its first item speaks for itself.
    let said = |p: &str| {
        let line = p.trim_start().lines().next().unwrap_or_default();
        fold(if told::without_mark(line).len() < line.len() { line } else { p })
    };
    let paragraphs = text.split("\n\n").map(said);
    let start = |p: &String| {
        let plain = p.trim_start_matches(['#', ' ']).trim_end_matches('.');
        !plain.is_empty() && plain != title.trim_end_matches('.') && p.split_whitespace().count() > 4
    };
    let first = paragraphs.into_iter().find(start)?;
    if told::is_arrows(&first) {
        return None;
    }
    let first = unmarked(told::without_mark(&first));
    let mut end = 0;
    for (n, (at, _)) in first.match_indices(". ").enumerate() {
        if n < 2 && at < 280 {
            end = at + 1;
        }
    }
    Some(if end > 0 { first[..end].to_owned() } else { cut(&first, 300) })
}

fn counts(sheet: &Sheet<'_>, flows: usize, questions: usize) -> Counts {
    let a = sheet.a;
    let of = |word: &str| {
        a.components().filter(|c| c.origin.word() == word).count()
            + a.connections().filter(|c| c.origin.word() == word).count()
            + a.groups().iter().filter(|g| g.origin.word() == word).count()
    };
    let messages = a.connections().filter(|c| sheet.mode(c) == Some("asynchronous")).count();
    Counts {
        components: a.component_count(),
        connections: a.connection_count(),
        groups: a.groups().len(),
        flows,
        stated: of("stated"),
        inferred: of("inferred"),
        assumed: a.assumption_count(),
        questions,
        waits: a.connection_count() - messages,
        messages,
    }
}

/// The published sources of all figures used, each once, in the order of use.
fn sources(review: &Review) -> Vec<String> {
    let e = &review.estimates;
    let mut all: Vec<&str> = Vec::new();
    all.extend(review.findings.iter().flat_map(|f| &f.facts).map(|f| f.origin.as_str()));
    all.extend(e.availability.iter().flat_map(|p| &p.factors).map(|f| f.origin.as_str()));
    all.extend(e.latency.iter().flat_map(|l| &l.hops).map(|h| h.origin.as_str()));
    all.extend(e.cost.iter().flat_map(|c| &c.items).map(|i| i.origin.as_str()));
    all.extend(e.cold_starts.iter().map(|c| c.origin.as_str()));
    all.extend(e.limits.iter().map(|l| l.origin.as_str()));
    let mut once: Vec<String> = Vec::new();
    for origin in all {
        let plain = matches!(origin, "stated" | "inferred" | "assumed" | "convention" | "")
            || origin.starts_with("stated")
            || origin.starts_with("computed");
        if !plain && !once.iter().any(|o| o == origin) {
            once.push(origin.to_owned());
        }
    }
    once
}

/// What a workload figure is called.
pub(super) fn expectation_name(key: WorkloadKey) -> &'static str {
    match key {
        WorkloadKey::Rate => "Rate",
        WorkloadKey::PeakRate => "Rate at the peak",
        WorkloadKey::Latency => "Time to answer",
        WorkloadKey::Availability => "Availability",
        WorkloadKey::Users => "Users",
        WorkloadKey::DataVolume => "Data kept",
        WorkloadKey::Payload => "Size of one message or file",
        WorkloadKey::Duration => "Duration of one piece of work",
        WorkloadKey::Budget => "Budget",
        WorkloadKey::Schedule => "When it runs",
        WorkloadKey::Retention => "How long data is kept",
        WorkloadKey::RecoveryTime => "Back after a failure within",
        WorkloadKey::RecoveryPoint => "Data that may be lost",
        WorkloadKey::Shape => "How load varies",
        WorkloadKey::Regions => "Regions",
        WorkloadKey::Consistency => "Consistency",
        WorkloadKey::Compliance => "Laws and standards",
        WorkloadKey::Portability => "Portability",
        WorkloadKey::Stage => "Stage",
    }
}

/// A kind as people read it.
pub(super) fn kind_name(kind: Kind) -> String {
    catalog().kind(kind).label.to_owned()
}
