//! An edit as one more sentence of an English text.
//!
//! Takes an English text and edit sentences; gives the text with sentences added at its end that, read with all the rest,
//! come to what was asked. Plain statements of what it adds are tried first, then the edit's own words. It never changes
//! a word of what is there, so that only additions can be said so.

use super::statements::{self, Manner, noted, stated};
use super::{Edited, Plan, Refused, understand};
use crate::compare::{Difference, What, compare};
use crate::model::{Architecture, Id, Operation};
use crate::reader::{self, Syntax};
use crate::text::{Diagnostic, Severity, Source};

/// Applies sentences to an English text by adding to it. What a sentence leaves open, the label of a new arrow or what a
/// new component does, is as the added words say it.
///
/// # Errors
/// When the text has errors, a sentence is refused, or no added sentence comes to the same.
pub fn append(source: &Source, sentences: &[&str]) -> Result<Edited, Refused> {
    let read = reader::read(source, Syntax::English);
    if let Some(error) = read.diagnostics.iter().find(|d| d.severity == Severity::Error) {
        return Err(Refused { sentence: None, diagnostic: error.clone() });
    }
    let before = read.value;
    let plan = understand(&before, sentences)?;
    if plan.operations.is_empty() {
        return Ok(Edited { before, plan, text: source.text().to_owned() });
    }
    let mut first: Option<String> = None;
    let say = |usual, declared, placed| stated(&before, &plan, Manner { usual, declared, placed });
    let notes = source.text().contains("->");
    let ways = [
        (notes.then(|| noted(&plan)).flatten(), true),
        (say(true, false, false), true),
        (say(false, false, false), true),
        (Some(as_typed(sentences)), false),
        (say(true, false, true), true),
        (say(false, false, true), true),
        (say(true, true, true), true),
        (say(false, true, true), true),
    ];
    for (added, own_words) in ways.into_iter().filter_map(|(added, own)| Some((added?, own))) {
        let text = joined(source.text(), &added);
        let again = reader::read(&Source::new(source.name(), text.as_str()), Syntax::English);
        match differing(&before, &plan.architecture, &again.value, own_words) {
            None => {
                let plan = Plan { architecture: again.value, ..plan };
                return Ok(Edited { before, plan, text });
            }
            Some(line) => first = first.or(Some(line)),
        }
    }
    if let Some((text, architecture)) = one_by_one(source, &before, &plan) {
        return Ok(Edited { before, plan: Plan { architecture, ..plan }, text });
    }
    let only_adds = say(false, false, false).is_some();
    let reason = first.filter(|_| only_adds);
    let reason = reason.unwrap_or_else(|| "it takes away or changes what the text says".to_owned());
    let d = Diagnostic::error(
        "BP0818",
        None,
        format!("no sentence at the end of the text comes to the same ({reason})"),
    );
    let d = d.hint("edit the description as the .bp it is read as: leave out --append");
    Err(Refused { sentence: None, diagnostic: d.hint("or change the text by hand where it says so") })
}

/// The most readings of the text that are spent on finding the words.
const MAX_READINGS: usize = 200;

/// Each addition in the first of its sentences that comes to it; `None` when one has none.
fn one_by_one(source: &Source, before: &Architecture, plan: &Plan) -> Option<(String, Architecture)> {
    let mut readings = 0;
    let mut read = |said: &[String]| {
        readings += 1;
        let text = joined(source.text(), &said.join(" "));
        let again = (readings <= MAX_READINGS)
            .then(|| reader::read(&Source::new(source.name(), text.as_str()), Syntax::English))?;
        Some((text, again.value))
    };
    // What is new is told of with its first arrow.
    let mut partial = before.clone();
    let mut waiting: Vec<(&Id, &Operation)> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    let mut last = None;
    for operation in &plan.operations {
        let ends: Vec<&Id> = match operation {
            Operation::AddComponent { id, .. } | Operation::SetDescription { id, .. } => {
                waiting.push((id, operation));
                continue;
            }
            Operation::Connect { from, to, .. } => vec![from, to],
            // What a new arrow is called is as the added words say it.
            Operation::Relabel { .. } => continue,
            Operation::SetProperty { id, .. } | Operation::SetReplicas { id, .. } => vec![id],
            _ => return None,
        };
        let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(id, _)| ends.contains(id));
        waiting = later;
        let now: Vec<Operation> =
            now.into_iter().map(|(_, o)| o.clone()).chain([operation.clone()]).collect();
        partial.apply_all(&now).ok()?;
        // The reader may draw by itself what comes later; what is still missing must become less, and nothing else change.
        let missing = differences(before, &plan.architecture, &partial, true);
        let fits = statements::ways(&plan.architecture, operation, &now).into_iter().find_map(|way| {
            let all: Vec<String> = said.iter().cloned().chain([way.clone()]).collect();
            let (text, again) = read(&all)?;
            let left = differences(before, &plan.architecture, &again, true);
            left.iter().all(|line| missing.contains(line)).then_some((way, text, again))
        });
        let (way, text, again) = fits?;
        said.push(way);
        last = Some((text, again));
    }
    let whole =
        |(_, again): &(String, Architecture)| differences(before, &plan.architecture, again, true).is_empty();
    last.filter(|_| waiting.is_empty()).filter(whole)
}

/// The text with a paragraph more.
fn joined(text: &str, added: &str) -> String {
    let body = text.trim_end();
    // A file in the manner of another system keeps it.
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if body.is_empty() { String::new() } else { format!("{end}{end}") };
    format!("{body}{gap}{added}{end}")
}

/// The edit's own words as sentences.
fn as_typed(sentences: &[&str]) -> String {
    let one = |s: &&str| {
        let s = super::phrase::capital(s.trim());
        if s.ends_with(['.', '!', '?']) { s } else { format!("{s}.") }
    };
    sentences.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The first thing that is not as planned; `None` when all is.
fn differing(
    before: &Architecture,
    planned: &Architecture,
    read: &Architecture,
    labels_open: bool,
) -> Option<String> {
    differences(before, planned, read, labels_open).into_iter().next()
}

/// What is not as planned.
fn differences(
    before: &Architecture,
    planned: &Architecture,
    read: &Architecture,
    labels_open: bool,
) -> Vec<String> {
    let mut rest: Difference = compare(planned, read);
    rest.components.retain(|c| {
        // "Redshift" is Amazon Redshift, written out.
        let make = |a: &Architecture, id: &str| a.component(id).and_then(|c| c.technology.clone());
        let same_label = c.before.as_ref().zip(c.after.as_ref()).is_some_and(|(b, a)| {
            let made = make(read, &a.id);
            let product = made.as_ref().is_some_and(|t| t.name == a.label);
            b.label == a.label || product && make(planned, &b.id) == made
        });
        let new = c.before.as_ref().is_some_and(|b| before.component(&b.id).is_none());
        // "Pub/Sub topic dead letters" says what it is made with.
        let says = c
            .after
            .as_ref()
            .is_some_and(|a| make(read, &a.id).is_some_and(|t| statements::says_technology(&a.label, &t)));
        let open = |field: &str| field == "description" || field == "technology" && says;
        !(same_label && new && c.fields.iter().all(|f| open(&f.field)))
    });
    rest.connections.retain(|c| {
        let new = c.old.and_then(|i| planned.connection(i)).is_some_and(|c| {
            let end = |i| before.index_of(planned.at(i).id.as_str());
            let there = end(c.from).zip(end(c.to));
            there.is_none_or(|(f, t)| before.connections_between(f, t).next().is_none())
        });
        !(labels_open && c.what == What::Changed && new && c.fields.iter().all(|f| f.field == "label"))
    });
    rest.text().lines().map(str::to_owned).collect()
}
