//! Runs the rules over a case: one finding per rule with all its places, suppressions, open questions.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::case::{Case, enumerate};
use super::hits::{Hit, Hits};
use super::rule::{RuleEntry, Weight, entries, fill};
use super::{Finding, Fix, Level, Review, Source, Suppressed, rules};
use crate::model::{Id, Operation, Origin, Question, Suppression, WorkloadKey};
use crate::text::Span;

/// How many sentences a message has before it only names the rest.
const TOLD: usize = 3;

/// Everything the rules say of a case, but no estimates.
pub(super) fn judge(case: &Case<'_>) -> Review {
    let mut review = Review::default();
    let mut reserved = BTreeSet::new();
    for (id, rule) in rules::ALL {
        let Some(entry) = entries().iter().find(|e| e.id == *id) else { continue };
        let weight = entry.weight(case.profile);
        if weight == Weight::Silent {
            continue;
        }
        let mut hits = Hits::new(case.a, &mut reserved);
        rule(case, &mut hits);
        let Hits { found, mut unknown, .. } = hits;
        let (kept, ignored) = part(case, entry, found);
        for (hits, reason) in ignored {
            review.suppressed.push(Suppressed { finding: finding(case, entry, weight, hits), reason });
        }
        if weight == Weight::Question {
            for hit in &kept {
                unknown.extend(
                    hit.components
                        .first()
                        .filter(|i| !unknown.contains(i))
                        .copied()
                        .into_iter()
                        .collect::<Vec<_>>(),
                );
            }
        } else if !kept.is_empty() {
            review.findings.push(finding(case, entry, weight, kept));
        }
        if let (Some(text), false) = (&entry.question, unknown.is_empty()) {
            review.questions.push(question(case, entry, text, &unknown));
        }
    }
    review.findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.rule.cmp(b.rule)));
    review.reserved = reserved.into_iter().collect();
    review
}

/// Whether a suppression covers a place: it names the rule, and nothing or one of the place's components.
fn covers(case: &Case<'_>, suppression: &Suppression, entry: &RuleEntry, hit: &Hit) -> bool {
    let about = |id: &Id| {
        hit.components.iter().any(|&i| {
            case.at(i).id == *id || case.a.group_chain(case.at(i).group.as_ref()).any(|g| g.id == *id)
        })
    };
    suppression.rule.eq_ignore_ascii_case(&entry.id)
        && (suppression.about.is_empty() || suppression.about.iter().any(about))
}

/// The places that stand, and those the author answers for, by reason.
#[allow(clippy::type_complexity)]
fn part(case: &Case<'_>, entry: &RuleEntry, found: Vec<Hit>) -> (Vec<Hit>, Vec<(Vec<Hit>, String)>) {
    let mut kept = Vec::new();
    let mut ignored: Vec<(Vec<Hit>, String)> = Vec::new();
    for hit in found {
        let Some(s) = case.a.suppressions().iter().find(|s| covers(case, s, entry, &hit)) else {
            kept.push(hit);
            continue;
        };
        match ignored.iter_mut().find(|(_, reason)| *reason == s.reason) {
            Some((hits, _)) => hits.push(hit),
            None => ignored.push((vec![hit], s.reason.clone())),
        }
    }
    (kept, ignored)
}

fn finding(case: &Case<'_>, entry: &'static RuleEntry, weight: Weight, mut hits: Vec<Hit>) -> Finding {
    let cap = match weight {
        Weight::Error => Level::Error,
        Weight::Warn => Level::Warn,
        Weight::Silent | Weight::Question | Weight::Info => Level::Info,
    };
    let level = |hit: &Hit| hit.level.unwrap_or(entry.severity).min(cap);
    // The gravest places are told first; the sort keeps the order of mention among equals.
    hits.sort_by_key(|h| std::cmp::Reverse(level(h)));
    let severity = hits.iter().map(&level).max().unwrap_or(entry.severity);
    let mut finding = Finding {
        rule: &entry.id,
        severity,
        basis: entry.basis,
        title: entry.title.clone(),
        message: message(case, entry, &hits),
        why: entry.why.clone(),
        components: Vec::new(),
        connections: Vec::new(),
        spans: Vec::new(),
        facts: Vec::new(),
        fixes: fixes(entry, &hits),
        source: Source { title: entry.source.title.clone(), url: Some(entry.source.url.clone()) },
    };
    for hit in hits {
        push_new(&mut finding.components, hit.components);
        push_new(&mut finding.connections, hit.connections);
        push_new(&mut finding.facts, hit.facts);
    }
    let origins =
        finding.connections.iter().filter_map(|&c| case.a.connection(c)).map(|c| c.connection.origin.span());
    let origins = origins.chain(finding.components.iter().map(|&i| case.at(i).origin.span()));
    let mut spans: Vec<Span> = origins.filter(|s| !s.is_empty()).collect();
    spans.sort_unstable();
    spans.dedup();
    finding.spans = spans;
    finding
}

fn push_new<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

/// One sentence for all places where only one word of it differs; else a sentence a place, the first few.
fn message(case: &Case<'_>, entry: &RuleEntry, hits: &[Hit]) -> String {
    if let [_, _, ..] = hits
        && let Some(key) = only_word(&entry.message)
    {
        let word = |h: &Hit| h.words.iter().find(|(k, _)| *k == key).map(|(k, w)| (*k, w.clone()));
        let words: Vec<_> = hits.iter().filter_map(word).collect();
        if let [(key, _), ..] = words[..] {
            let mut once: Vec<String> = Vec::new();
            push_new(&mut once, words.into_iter().map(|(_, w)| w).collect());
            return fill(&entry.message, &[(key, enumerate(&once))]);
        }
    }
    let mut told: Vec<String> = Vec::new();
    let mut rest: Vec<String> = Vec::new();
    for group in groups(case, entry, hits) {
        let sentence = fill(&entry.message, &joined(case, entry, &group)).trim().to_owned();
        if told.contains(&sentence) {
            continue;
        }
        if told.len() < TOLD {
            told.push(sentence);
            continue;
        }
        for label in group.iter().filter_map(|h| h.components.first()).map(|&i| case.label(i)) {
            if !rest.contains(&label) {
                rest.push(label);
            }
        }
    }
    let mut text = told.join(" ");
    if !rest.is_empty() {
        text.push_str(&format!(" The same holds for {}.", enumerate(&rest)));
    }
    text
}

/// The word of a hit that fills a placeholder.
fn word<'h>(hit: &'h Hit, key: &str) -> Option<&'h str> {
    hit.words.iter().find(|(k, _)| *k == key).map(|(_, w)| w.as_str())
}

/// The placeholders of a template that stand for names of components at all of these places.
fn named<'e>(case: &Case<'_>, entry: &'e RuleEntry, hits: &[&Hit]) -> Vec<&'e str> {
    let keys = entry.message.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(key, _)| key));
    let names = |hit: &&Hit, key: &str| {
        word(hit, key).is_some_and(|w| hit.components.iter().any(|&i| case.label(i) == w))
    };
    keys.filter(|key| hits.iter().all(|hit| names(hit, key))).collect()
}

/// Places that share a sentence but for one name: by the name that leaves the fewest sentences.
fn groups<'h>(case: &Case<'_>, entry: &RuleEntry, hits: &'h [Hit]) -> Vec<Vec<&'h Hit>> {
    let all: Vec<&Hit> = hits.iter().collect();
    let apart = || hits.iter().map(|h| vec![h]).collect::<Vec<_>>();
    let by = |key: &str| {
        let mut groups: IndexMap<String, Vec<&Hit>> = IndexMap::new();
        for hit in hits {
            let rest: Vec<_> = hit.words.iter().filter(|(k, _)| *k != key).cloned().collect();
            groups.entry(fill(&entry.message, &rest)).or_default().push(hit);
        }
        groups.into_values().collect::<Vec<_>>()
    };
    let keys = named(case, entry, &all);
    keys.into_iter().map(by).min_by_key(Vec::len).unwrap_or_else(apart)
}

/// The words of places that share a sentence: where the names differ, all of them.
fn joined(case: &Case<'_>, entry: &RuleEntry, group: &[&Hit]) -> Vec<(&'static str, String)> {
    let Some(first) = group.first() else { return Vec::new() };
    let names = named(case, entry, group);
    let one = |(key, own): &(&'static str, String)| {
        let mut all: Vec<String> = Vec::new();
        if names.contains(key) {
            push_new(&mut all, group.iter().filter_map(|h| word(h, key)).map(str::to_owned).collect());
        }
        (*key, if all.len() > 1 { enumerate(&all) } else { own.clone() })
    };
    first.words.iter().map(one).collect()
}

/// The placeholder of a template that has one and no more text of its own making.
fn only_word(template: &str) -> Option<&str> {
    let (_, from) = template.split_once('{')?;
    let (key, rest) = from.split_once('}')?;
    // A list of names already belongs together: two circles are not one.
    (template.len() > key.len() + 2 && key != "names" && !rest.contains('{')).then_some(key)
}

/// One fix per title, over all places; a place that has no such fix takes its own first one.
fn fixes(entry: &RuleEntry, hits: &[Hit]) -> Vec<Fix> {
    if hits.iter().any(|h| h.fixes.is_empty()) {
        return Vec::new();
    }
    let mut fixes: Vec<Fix> = Vec::new();
    for (nth, title) in entry.fixes.iter().enumerate() {
        if !hits.iter().any(|h| h.fixes.iter().any(|(n, _)| *n == nth)) {
            continue;
        }
        let mut operations: Vec<Operation> = Vec::new();
        for hit in hits {
            let own = hit
                .fixes
                .iter()
                .find(|(n, _)| *n == nth)
                .or_else(|| hit.fixes.iter().min_by_key(|(n, _)| *n));
            for operation in own.map(|(_, ops)| ops).into_iter().flatten() {
                if !operations.contains(operation) {
                    operations.push(operation.clone());
                }
            }
        }
        let words = hits.first().map_or(&[][..], |h| &h.words);
        let mut title = fill(title, words);
        if hits.len() > 1 {
            let more = hits.len() - 1;
            title.push_str(&format!(
                " (and likewise at {more} more place{})",
                if more == 1 { "" } else { "s" }
            ));
        }
        fixes.push(Fix { id: format!("{}.{}", entry.id, fixes.len() + 1), title, operations });
    }
    fixes
}

fn question(
    case: &Case<'_>,
    entry: &RuleEntry,
    text: &str,
    about: &[crate::model::ComponentIndex],
) -> Question {
    Question {
        text: fill(text, &[("names", case.names(about))]),
        default: entry.default.clone(),
        settle: settle(case, entry, about),
        about: about.iter().map(|&i| case.id(i)).collect(),
        origin: Origin::assumed(Span::default(), format!("review: {}", entry.id)),
    }
}

/// The line that settles a rule's question: the one its data gives, else a suppression with a reason, which always does.
fn settle(case: &Case<'_>, entry: &RuleEntry, about: &[crate::model::ComponentIndex]) -> Option<String> {
    let names: Vec<String> = about.iter().take(3).map(|&i| case.id(i).to_string()).collect();
    let first = names.first()?.clone();
    Some(match &entry.settle {
        Some(line) => {
            let area = case.workload(WorkloadKey::Regions).map_or_else(String::new, |f| f.value.to_string());
            fill(line, &[("id", first), ("area", area)])
        }
        None => format!("ignore {} on {}: \"…\"", entry.id, names.join(", ")),
    })
}
