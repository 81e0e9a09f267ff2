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

/// How additions are stated.
#[derive(Clone, Copy)]
struct Manner {
    /// By what one does with things of the kind ("reads from the cache"), else only that it is called.
    usual: bool,
    /// What is new is said to be there first, by its kind and its quoted name, so that no word of the name is taken for
    /// anything else.
    declared: bool,
    /// With the group that it lies in.
    placed: bool,
}

/// What a plan adds, as the arrows that notes are made of; `None` when it does more than that.
fn noted(plan: &Plan) -> Option<String> {
    let after = &plan.architecture;
    let name = |id: &Id| after.component(id.as_str()).map(|c| c.label.clone());
    let mut lines = Vec::new();
    for operation in &plan.operations {
        match operation {
            Operation::Connect { from, to, .. } => lines.push(format!("{} -> {}", name(from)?, name(to)?)),
            Operation::AddComponent { .. } | Operation::SetDescription { .. } => {}
            _ => return None,
        }
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What a plan adds, as statements; `None` when it does more than add.
fn stated(before: &Architecture, plan: &Plan, manner: Manner) -> Option<String> {
    let Manner { usual, declared, placed } = manner;
    let after = &plan.architecture;
    let new = |id: &Id| declared && before.component(id.as_str()).is_none();
    let called = |c: &Component| if new(&c.id) { format!("“{}”", c.label) } else { named(c) };
    let name = |id: &Id| after.component(id.as_str()).map(called);
    let (mut said, mut lying) = (Vec::new(), Vec::new());
    for operation in &plan.operations {
        match operation {
            Operation::AddComponent { id, label, technology, kind, group } => {
                if new(id) {
                    let plain = || kind.label().to_lowercase();
                    let kind = knowledge().nouns.get(kind.word()).cloned().unwrap_or_else(plain);
                    let article = if kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
                    said.push(format!("There is {article} {kind} called “{label}”."));
                }
                let place = group.as_ref().and_then(|g| after.group(g.as_str()));
                if let Some(g) = place.filter(|_| placed && before.component(id.as_str()).is_none()) {
                    lying.push(format!("{} runs in the {}.", super::phrase::capital(&name(id)?), g.label));
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
            Operation::SetProperty { id, name: property, value } if property == "schedule" => {
                said.push(format!("{} runs {value}.", super::phrase::capital(&name(id)?)));
            }
            // What it does follows from the words, and is no part of the picture.
            Operation::SetDescription { .. } => {}
            _ => return None,
        }
    }
    said.extend(lying);
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
        // "Redshift" is Amazon Redshift, written out.
        let make = |a: &Architecture, id: &str| a.component(id).and_then(|c| c.technology.clone());
        let same_label = c.before.as_ref().zip(c.after.as_ref()).is_some_and(|(b, a)| {
            let made = make(read, &a.id);
            let product = made.as_ref().is_some_and(|t| t.name == a.label);
            b.label == a.label || product && make(planned, &b.id) == made
        });
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
