//! What an edit adds, as sentences of an English text.
//!
//! Takes a plan and gives statements of it, all in one manner, or each addition in all the ways it may be said. Whether
//! they come to the same is for others to see.

use super::Plan;
use super::newcomer::head;
use super::pattern::knowledge;
use super::phrase::capital;
use crate::catalog::catalog;
use crate::model::{Architecture, Component, Id, Mode, Operation, Technology};

/// How additions are stated.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// By what one does with things of the kind ("reads from the cache"), else only that it is called.
    pub(super) usual: bool,
    /// What is new is said to be there first, by its kind and its quoted name, so that no word of the name is taken for
    /// anything else.
    pub(super) declared: bool,
    /// With the group that it lies in.
    pub(super) placed: bool,
}

/// What a plan adds, as the arrows that notes are made of; `None` when it does more than that.
pub(super) fn noted(plan: &Plan) -> Option<String> {
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
pub(super) fn stated(before: &Architecture, plan: &Plan, manner: Manner) -> Option<String> {
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
                    lying.push(format!("{} runs in the {}.", capital(&name(id)?), g.label));
                }
                let told = technology.as_ref().filter(|t| !says_technology(label, t));
                if let (Some(t), true) = (told, before.component(id.as_str()).is_none()) {
                    let name = name(id)?;
                    said.push(format!("{} runs on {}.", capital(&name), t.name));
                }
            }
            Operation::Connect { from, to, mode, .. } => {
                let messaging = |id: &Id| after.component(id.as_str()).is_some_and(|c| c.kind.is_messaging());
                let verb = match mode {
                    Mode::Async if messaging(to) => "publishes to",
                    Mode::Async if messaging(from) => "sends messages to",
                    Mode::Async => "asynchronously calls",
                    Mode::Sync => usual_verb(after, to).filter(|_| usual).unwrap_or("calls"),
                };
                said.push(format!("{} {verb} {}.", capital(&name(from)?), name(to)?));
            }
            Operation::SetReplicas { id, replicas } => {
                said.push(format!("{} runs on {replicas} instances.", capital(&name(id)?)));
            }
            Operation::SetProperty { id, name: property, value } if property == "schedule" => {
                said.push(format!("{} runs {value}.", capital(&name(id)?)));
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
pub(super) fn says_technology(label: &str, technology: &Technology) -> bool {
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

/// What one does with a thing of the kind: "reads from".
fn usual_verb(a: &Architecture, to: &Id) -> Option<&'static str> {
    let kind = a.component(to.as_str())?.kind;
    knowledge().statements.get(kind.word()).map(String::as_str)
}

/// The sentences that may say one operation, the plainer first; `with` holds what is new with it.
pub(super) fn ways(after: &Architecture, operation: &Operation, with: &[Operation]) -> Vec<String> {
    let new =
        |id: &Id| with.iter().any(|o| matches!(o, Operation::AddComponent { id: added, .. } if added == id));
    let component = |id: &Id| after.component(id.as_str());
    match operation {
        Operation::Connect { from, to, mode, .. } => {
            let verbs: Vec<&str> = match mode {
                Mode::Async => vec!["publishes to", "sends messages to", "asynchronously calls", "notifies"],
                Mode::Sync => {
                    usual_verb(after, to).into_iter().chain(["calls", "uses", "writes to"]).collect()
                }
            };
            let Some((f, t)) = component(from).zip(component(to)) else { return Vec::new() };
            let fresh: Vec<&Component> = [f, t].into_iter().filter(|c| new(&c.id)).collect();
            let mut ways = Vec::new();
            for placed in [false, true] {
                for form in [Form::Plain, Form::Indefinite, Form::Declared] {
                    let form_of = |c: &Component| if new(&c.id) { form } else { Form::Plain };
                    for verb in &verbs {
                        let told = fresh.iter().filter(|_| form == Form::Declared).map(|c| declaration(c));
                        let (f, t) = (form_of(f).name(f), form_of(t).name(t));
                        let arrow = format!("{} {verb} {t}.", capital(&f));
                        let places = fresh.iter().filter(|_| placed).filter_map(|c| place(after, c, form));
                        let makes = fresh.iter().filter_map(|c| make(c, form));
                        let all: Vec<String> = told.chain([arrow]).chain(makes).chain(places).collect();
                        ways.push(all.join(" "));
                    }
                }
            }
            ways.dedup();
            ways
        }
        Operation::SetReplicas { id, replicas } => component(id)
            .map(|c| format!("{} runs on {replicas} instances.", capital(&named(c))))
            .into_iter()
            .collect(),
        Operation::SetProperty { id, name, value } if name == "schedule" => {
            let run = |form: Form| component(id).map(|c| format!("{} runs {value}.", capital(&form.name(c))));
            [run(Form::Plain), run(Form::Declared)].into_iter().flatten().collect()
        }
        Operation::SetProperty { id, name, value } => {
            let name = name.replace('_', " ");
            component(id)
                .map(|c| format!("{} has a {name} of {value}.", capital(&named(c))))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// How something new is named where it is first spoken of.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// "the review service".
    Plain,
    /// "a review service".
    Indefinite,
    /// By its quoted name, which a sentence before has told.
    Declared,
}

impl Form {
    fn name(self, c: &Component) -> String {
        let plain = named(c);
        match self {
            Self::Plain => plain,
            Self::Indefinite => match plain.strip_prefix("the ") {
                Some(name) => format!("{} {name}", article(name)),
                None => plain,
            },
            Self::Declared => format!("“{}”", c.label),
        }
    }
}

fn article(name: &str) -> &'static str {
    if name.to_lowercase().starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

fn declaration(c: &Component) -> String {
    let usual =
        || knowledge().nouns.get(c.kind.word()).cloned().unwrap_or_else(|| c.kind.label().to_lowercase());
    // A "Reporting dashboard" is a dashboard.
    let words = super::phrase::words(&c.label);
    let own =
        words.last().filter(|last| head(std::slice::from_ref(last)) == Some(c.kind)).map(|w| w.lower.clone());
    let kind = own.unwrap_or_else(usual);
    format!("There is {} {kind} called “{}”.", article(&kind), c.label)
}

/// A second time, what was new is known.
fn again(c: &Component, form: Form) -> String {
    let form = if form == Form::Indefinite { Form::Plain } else { form };
    capital(&form.name(c))
}

fn place(a: &Architecture, c: &Component, form: Form) -> Option<String> {
    let group = a.group(c.group.as_ref()?.as_str())?;
    Some(format!("{} runs in the {}.", again(c, form), group.label))
}

fn make(c: &Component, form: Form) -> Option<String> {
    let technology = c.technology.as_ref().filter(|t| !says_technology(&c.label, t))?;
    Some(format!("{} runs on {}.", again(c, form), technology.name))
}
