//! An edit as one more sentence of an English text.
//!
//! Takes an English text and edit sentences; gives the text with sentences added at its end that, read with all the rest,
//! come to what was asked. Plain statements of what it adds are tried first, then the edit's own words. It never changes
//! a word of what is there, so that only additions can be said so.

use super::pattern::knowledge;
use super::{Edited, Plan, Refused, understand};
use crate::catalog::catalog;
use crate::compare::{Difference, What, compare};
use crate::model::{Architecture, Component, Id, Mode, Operation, Technology};
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
    let mut first: Option<String> = None;
    let ways = [
        (stated(&before, &plan, true, false), true),
        (stated(&before, &plan, false, false), true),
        (Some(as_typed(sentences)), false),
        (stated(&before, &plan, true, true), true),
        (stated(&before, &plan, false, true), true),
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
    let only_adds = stated(&before, &plan, false, false).is_some();
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

/// What a plan adds, as statements; `None` when it does more than add. `usual` ones say what one does with things of the
/// kind ("reads from the cache"), the others only that it is called. What is `declared` is said to be there first, by its
/// kind and its quoted name, so that no word of the name is taken for anything else.
fn stated(before: &Architecture, plan: &Plan, usual: bool, declared: bool) -> Option<String> {
    let after = &plan.architecture;
    let new = |id: &Id| declared && before.component(id.as_str()).is_none();
    let called = |c: &Component| if new(&c.id) { format!("“{}”", c.label) } else { named(c) };
    let name = |id: &Id| after.component(id.as_str()).map(called);
    let mut said = Vec::new();
    for operation in &plan.operations {
        match operation {
            Operation::AddComponent { id, label, technology, kind, group } => {
                if new(id) {
                    let plain = || kind.label().to_lowercase();
                    let kind = knowledge().nouns.get(kind.word()).cloned().unwrap_or_else(plain);
                    let article = if kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
                    said.push(format!("There is {article} {kind} called “{label}”."));
                    let place = group.as_ref().and_then(|g| after.group(g.as_str()));
                    said.extend(place.map(|g| format!("“{label}” runs in the {}.", g.label)));
                }
                let told = technology.as_ref().filter(|t| !says_technology(label, t));
                if let (Some(t), true) = (told, before.component(id.as_str()).is_none()) {
                    let name = name(id)?;
                    said.push(format!("{} runs on {}.", super::phrase::capital(&name), t.name));
                }
            }
            Operation::Connect { from, to, mode, .. } => {
                let messaging = |id: &Id| after.component(id.as_str()).is_some_and(|c| c.kind.is_messaging());
                let verb = match mode {
                    Mode::Async if messaging(to) => "publishes to",
                    Mode::Async if messaging(from) => "sends messages to",
                    Mode::Async => "asynchronously calls",
                    Mode::Sync => {
                        let kind = after.component(to.as_str()).map(|c| c.kind.word());
                        let said = kind.and_then(|k| knowledge().statements.get(k));
                        said.filter(|_| usual).map_or("calls", String::as_str)
                    }
                };
                said.push(format!("{} {verb} {}.", super::phrase::capital(&name(from)?), name(to)?));
            }
            // What it does follows from the words, and is no part of the picture.
            Operation::SetDescription { .. } => {}
            _ => return None,
        }
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// Whether a name says what the thing is made with: "S3 bucket", "Redis cache".
fn says_technology(label: &str, technology: &Technology) -> bool {
    let known = |word: &str| {
        let entry = catalog().find(word);
        entry.is_some_and(|e| !e.ambiguous && Some(e.id) == technology.id.as_deref())
    };
    label.to_lowercase().contains(&technology.name.to_lowercase()) || label.split_whitespace().any(known)
}

/// A component as a sentence names it: products without an article, other names in small letters unless they are none.
fn named(c: &Component) -> String {
    if c.technology.as_ref().is_some_and(|t| t.name == c.label) {
        return c.label.clone();
    }
    format!("the {}", super::names::uncapitalized(&c.label))
}

/// The first thing that is not as planned; `None` when all is.
fn differing(
    before: &Architecture,
    planned: &Architecture,
    read: &Architecture,
    labels_open: bool,
) -> Option<String> {
    let mut rest: Difference = compare(planned, read);
    rest.components.retain(|c| {
        let same_label = matches!((&c.before, &c.after), (Some(b), Some(a)) if b.label == a.label);
        let new = c.before.as_ref().is_some_and(|b| before.component(&b.id).is_none());
        !(same_label && new && c.fields.iter().all(|f| f.field == "description"))
    });
    rest.connections.retain(|c| {
        let new = c.old.and_then(|i| planned.connection(i)).is_some_and(|c| {
            let end = |i| before.index_of(planned.at(i).id.as_str());
            let there = end(c.from).zip(end(c.to));
            there.is_none_or(|(f, t)| before.connections_between(f, t).next().is_none())
        });
        !(labels_open && c.what == What::Changed && new && c.fields.iter().all(|f| f.field == "label"))
    });
    rest.text().lines().next().map(str::to_owned)
}
