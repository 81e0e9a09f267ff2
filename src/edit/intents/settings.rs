//! Replicas and properties of what is there.

use super::Clause;
use crate::edit::anchor::{Bond, entries, telling};
use crate::edit::newcomer;
use crate::edit::pattern::{Adjective, knowledge};
use crate::edit::phrase::{self, Word};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, names};
use crate::model::{Architecture, Component, Dimension, Id, Kind, Operation, Quantity, Value};
use crate::text::Diagnostic;

/// The property that words name: a known one, or unless `known` is asked for, any one or two words.
pub(super) fn property(words: &[Word], known: bool) -> Option<String> {
    let words = names::bare(words);
    let said = words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    let mut all = knowledge().properties.iter();
    if let Some((name, _)) = all.find(|(name, words)| name.replace('_', " ") == said || words.contains(&said))
    {
        return Some(name.clone());
    }
    // "2 GB" is no name.
    let plain = said.split(' ').all(|w| w.starts_with(char::is_alphabetic))
        && said.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-' || c == '_');
    (!known && plain && (1..=2).contains(&words.len())).then(|| said.replace([' ', '-'], "_"))
}

fn set(scene: &mut Scene, id: &Id, name: &str, value: Value) -> Result<(), Refusal> {
    if name == "replicas" {
        let count = value.quantity().filter(|q| q.dimension == Dimension::Count).map(|q| q.amount);
        let Some(replicas) = count.and_then(|n| format!("{n:.0}").parse().ok()).filter(|&n| n > 0) else {
            let d = Diagnostic::error("BP0808", None, format!("“{value}” is no number of replicas"));
            return Err(Refusal::hard(d.hint("give a whole number from 1 on")));
        };
        return scene.perform(Operation::SetReplicas { id: id.clone(), replicas });
    }
    scene.perform(Operation::SetProperty { id: id.clone(), name: name.to_owned(), value })
}

pub(super) fn replicas(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let number = if clause.has("number") {
        Some(newcomer::number(clause.slot("number")).ok_or_else(Refusal::other)?)
    } else if clause.words.iter().any(|w| w.text.starts_with(|c: char| c.is_ascii_digit())) {
        // "scale it to 8 instances because …": the number must be read.
        return Err(Refusal::other());
    } else {
        None
    };
    let mut ids = clause.many(scene, "a")?;
    // "put a load balancer before the API and run it three times": only code is run.
    let code = |id: &&Id| scene.kind(id).is_compute();
    if let ([w], false) = (clause.slot("a"), ids.iter().any(|id| code(&id)))
        && w.is_any(&["it", "them"])
    {
        ids = ids.iter().flat_map(|id| scene.callees(id)).filter(|id| code(&id)).collect();
        if ids.is_empty() {
            return Err(Refusal::other());
        }
    }
    for id in ids {
        let before = scene.architecture.component(id.as_str()).and_then(|c| c.replicas).unwrap_or(1);
        let replicas = match number {
            Some(n) if clause.says("add") => before.saturating_add(n),
            Some(n) => n,
            None => {
                let text =
                    format!("no number was said: “{}” now runs {} times", scene.label(&id), before + 1);
                scene.remark("BP0816", None, text);
                before + 1
            }
        };
        scene.perform(Operation::SetReplicas { id, replicas })?;
    }
    Ok(())
}

/// "let the worker retry three times".
pub(super) fn retries(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let number = newcomer::number(clause.slot("number")).ok_or_else(Refusal::other)?;
    let ids = clause.many(scene, "a")?;
    let value = Value::parse(&number.to_string());
    ids.iter().try_for_each(|id| set(scene, id, "retries", value.clone()))
}

/// "the orders database stores personal data": the review reads it there.
pub(super) fn data_class(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    const CLASSES: &[&str] = &[
        "personal",
        "sensitive",
        "medical",
        "health",
        "patient",
        "card",
        "payment",
        "payment card",
        "pii",
        "phi",
    ];
    let class = clause.text("class").to_lowercase();
    let ids = clause.many(scene, "a")?;
    if !CLASSES.contains(&class.as_str()) || !ids.iter().all(|id| scene.kind(id).is_store()) {
        return Err(Refusal::other());
    }
    ids.iter().try_for_each(|id| set(scene, id, "data", Value::parse(&format!("{class} data"))))
}

/// "keep the position stream for 30 days", "the cache should expire after 20 minutes".
pub(super) fn duration(scene: &mut Scene, clause: &Clause<'_>, name: &str) -> Result<(), Refusal> {
    let value = span_of_time(clause.slot("value"));
    if value.quantity().is_none_or(|q| q.dimension != Dimension::Duration) {
        return Err(Refusal::other());
    }
    let kept = keeper(&scene.architecture, clause.slot("a"));
    let ids = match clause.many(scene, "a") {
        Ok(ids) => ids,
        Err(refusal) => vec![kept.clone().ok_or(refusal)?],
    };
    // "keep posts for five years" is said of where they are kept, not of the post service.
    let code = ids.iter().all(|id| scene.kind(id).is_compute()) && !clause.says("service");
    let ids = kept.filter(|_| code && name == "retention").map_or(ids, |id| vec![id]);
    // "delete messages after 90 days" is said of what keeps them, not of the service that is called so too.
    let keeps = |id: &Id| {
        let kind = scene.kind(id);
        kind.is_store()
            || kind.is_messaging()
            || matches!(kind, Kind::Search | Kind::Cache | Kind::Monitoring)
    };
    let kept: Vec<Id> = ids.iter().filter(|id| keeps(id)).cloned().collect();
    let ids = if kept.is_empty() { ids } else { kept };
    ids.iter().try_for_each(|id| set(scene, id, name, value.clone()))
}

/// "90 days", "a year", "two weeks".
pub(super) fn span_of_time(words: &[Word]) -> Value {
    let only = words.last().is_some_and(|w| words.len() > 1 && w.is_any(&["only", "long", "max", "maximum"]));
    let words = if only { &words[..words.len() - 1] } else { words };
    let text = match words.split_first() {
        Some((one, rest)) if one.is_any(&["a", "an"]) => format!("1 {}", phrase::join(rest)),
        Some((first, rest)) if !rest.is_empty() => match newcomer::number(std::slice::from_ref(first)) {
            Some(n) => format!("{n} {}", phrase::join(rest)),
            None => phrase::join(words),
        },
        _ => phrase::join(words),
    };
    Value::parse(&text)
}

/// "rate limit the public API", "limit each user to 50 questions a day": said of what is named, else of where requests
/// come in.
pub(super) fn limit(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let slot = if clause.has("a") { "a" } else { "who" };
    let who = clause.has("who");
    let value = match clause.slot("value") {
        [] => Value::Flag(true),
        words
            if !words.iter().any(|w| w.text.starts_with(|c: char| c.is_ascii_digit()))
                && newcomer::number(&words[..1]).is_none() =>
        {
            return Err(Refusal::other());
        }
        words if who => Value::parse(&format!("{} per {}", phrase::join(words), clause.text("who"))),
        words => Value::parse(&phrase::join(words)),
    };
    let named = clause.many(scene, slot).ok().filter(|ids| ids.iter().all(|id| !scene.kind(id).is_actor()));
    let ids = named.unwrap_or_else(|| entries(&scene.architecture));
    if ids.is_empty() || who && !super::events::person(clause.slot("who")) {
        return Err(Refusal::other());
    }
    ids.iter().try_for_each(|id| {
        scene.speak_of(id);
        set(scene, id, "rate_limit", value.clone())
    })
}

/// "devices must authenticate with certificates".
pub(super) fn authenticate_by(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    const MEANS: &[&str] = &[
        "certificate",
        "certificates",
        "token",
        "tokens",
        "key",
        "keys",
        "password",
        "passwords",
        "mtls",
        "jwt",
        "jwts",
        "passkey",
        "passkeys",
        "signature",
        "signatures",
    ];
    let value = clause.slot("value");
    if !value.last().is_some_and(|w| w.is_any(MEANS)) {
        return Err(Refusal::other());
    }
    let ids = clause.many(scene, "list")?;
    ids.iter()
        .try_for_each(|id| set(scene, id, "authentication", Value::parse(&phrase::join(names::bare(value)))))
}

/// "delete messages after 90 days": the one that keeps what the words speak of.
pub(super) fn keeper(a: &Architecture, words: &[Word]) -> Option<Id> {
    // "store trip photos in S3 for …" says itself where.
    if words.iter().any(|w| w.is_any(&["in", "into", "to", "on"])) {
        return None;
    }
    fitting(a, words, &|c| matches!(c.kind, Kind::Database | Kind::Storage | Kind::Warehouse | Kind::Stream))
        .or_else(|| {
            // "rejected applications" are where the application service keeps its data.
            let service = a.index_of(fitting(a, words, &|c| c.kind.is_compute())?.as_str())?;
            let mut kept =
                a.connections_from(service).map(|c| a.at(c.to)).filter(|c| c.kind == Kind::Database);
            kept.next().filter(|_| kept.next().is_none()).map(|c| c.id.clone())
        })
}

/// The one of those that fits words best.
fn fitting(a: &Architecture, words: &[Word], fits: &dyn Fn(&Component) -> bool) -> Option<Id> {
    let wanted = telling(words);
    let keeps = |c: &&Component| fits(c);
    let strength = |c: &Component| Bond::between(a, c, &wanted).strength();
    let best = a.components().filter(keeps).map(strength).max().filter(|s| *s > 0)?;
    let mut all = a.components().filter(keeps).filter(|c| strength(c) == best);
    all.next().filter(|_| all.next().is_none()).map(|c| c.id.clone())
}

/// "partition the stream into 12 partitions".
pub(super) fn partitions(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let number = newcomer::number(clause.slot("number")).ok_or_else(Refusal::other)?;
    let name = if clause.says("shard") || clause.says("shards") { "shards" } else { "partitions" };
    let ids = clause.many(scene, "a")?;
    ids.iter().try_for_each(|id| set(scene, id, name, Value::parse(&number.to_string())))
}

/// "autoscale the API between 2 and 10".
pub(super) fn autoscale(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let number = |slot: &str| newcomer::number(clause.slot(slot)).ok_or_else(Refusal::other);
    let (low, high) = (number("low")?, number("high")?);
    if low > high {
        let d = Diagnostic::error("BP0808", clause.span("high"), format!("{high} is less than {low}"));
        return Err(Refusal::hard(d.hint("say the smaller number first")));
    }
    let ids = clause.many(scene, "a")?;
    let value = Value::parse(&format!("{low} to {high}"));
    ids.iter().try_for_each(|id| set(scene, id, "autoscaling", value.clone()))
}

/// "double the timeout": the number in front of the unit is what changes.
pub(super) fn relative(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let name = property(clause.slot("prop"), false).ok_or_else(Refusal::other)?;
    let id = clause.one(scene, "a")?;
    let factor = match clause.words.first() {
        Some(w) if w.is("double") => 2.0,
        Some(w) if w.is("triple") => 3.0,
        _ => 0.5,
    };
    if name == "replicas" {
        let before = scene.architecture.component(id.as_str()).and_then(|c| c.replicas).unwrap_or(1);
        let replicas = Value::parse(&format!("{:.0}", (f64::from(before) * factor).max(1.0)));
        return set(scene, &id, &name, replicas);
    }
    let before = scene.architecture.component(id.as_str()).and_then(|c| c.property(&name)).cloned();
    let scaled = before.as_ref().and_then(Value::quantity).and_then(|q| scaled(q, factor));
    let Some(value) = scaled else {
        let message = format!("“{}” has no {name} that could be changed by a factor", scene.label(&id));
        let d = Diagnostic::error("BP0808", clause.span("prop"), message);
        return Err(Refusal::hard(d.hint("say “set its … to …”")));
    };
    set(scene, &id, &name, value)
}

fn scaled(quantity: &Quantity, factor: f64) -> Option<Value> {
    let text = &quantity.text;
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    let value = Value::parse(&format!("{}{}", number * factor, &text[end..]));
    value.quantity().is_some().then_some(value)
}

/// "… on calls to the bank": who calls it waits so long.
fn calling(scene: &mut Scene, clause: &Clause<'_>) -> Result<Vec<Id>, Refusal> {
    let to = clause.one(scene, "called")?;
    let callers: Vec<Id> = scene.callers(&to).into_iter().filter(|c| !scene.kind(c).is_actor()).collect();
    if callers.is_empty() { Err(Refusal::other()) } else { Ok(callers) }
}

pub(super) fn set_property(scene: &mut Scene, clause: &Clause<'_>, known: bool) -> Result<(), Refusal> {
    // "add an evaluation of quizzes for drivers" asks for a part.
    let known = known || clause.bindings.get("@add").is_some();
    let name =
        if clause.has("timeout") { Some("timeout".to_owned()) } else { property(clause.slot("prop"), known) };
    let name = name.ok_or_else(Refusal::other)?;
    // "give it a cache of device settings" asks for a part.
    if clause.has("prop")
        && newcomer::head(clause.slot("prop")).is_some()
        && property(clause.slot("prop"), true).is_none()
    {
        return Err(Refusal::other());
    }
    // "give the report worker 2 GB of memory": the value begins with its number.
    let number = |w: &Word| w.text.starts_with(|c: char| c.is_ascii_digit());
    let value = if clause.has("timeout") { clause.slot("timeout") } else { clause.slot("value") };
    if value.iter().skip(1).any(number) && !value.first().is_some_and(number) {
        return Err(Refusal::other());
    }
    // "12 partitions on the stream": what stands first is a number.
    let leads = clause.bindings.get("value").is_some_and(|range| range.start == 0);
    if leads
        && newcomer::number(value.get(..1).unwrap_or_default()).is_none()
        && !value.first().is_some_and(number)
    {
        return Err(Refusal::other());
    }
    let ids = if clause.has("called") { calling(scene, clause)? } else { clause.many(scene, "a")? };
    let value = Value::parse(&phrase::join(value));
    ids.iter().try_for_each(|id| set(scene, id, &name, value.clone()))
}

pub(super) fn flag(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let first = clause.words.first();
    let said = |words: &[Word]| words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    let known = |said: &str| knowledge().adjectives.values().find(|a| a.words.iter().any(|w| w == said));
    // "encrypt …", "back up …": the verb says it.
    let verb = |n: usize| clause.words.get(..n).map(said).filter(|said| known(said).is_some());
    let said = match clause.slot("adjective") {
        [] => verb(2).or_else(|| verb(1)).unwrap_or_default(),
        words => said(words),
    };
    let off = first.is_some_and(|w| w.is("disable")) || clause.words.get(1).is_some_and(|w| w.is("off"));
    if said == "serverless" {
        return serverless(scene, clause);
    }
    // "encrypted and versioned": each of them, where the whole is no adjective.
    let parts: Vec<&str> = if known(&said).is_some() { vec![&said] } else { said.split(" and ").collect() };
    let all: Option<Vec<&Adjective>> =
        parts.iter().map(|part| known(part.trim_matches([',', ' ']))).collect();
    let all = all.ok_or_else(Refusal::other)?;
    let ids = clause.many(scene, "list")?;
    for adjective in all {
        let value = match &adjective.to {
            Some(to) => Value::parse(to),
            None => Value::Flag(!off),
        };
        ids.iter().try_for_each(|id| set(scene, id, &adjective.property, value.clone()))?;
    }
    Ok(())
}

fn serverless(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    for id in clause.many(scene, "list")? {
        if !scene.kind(&id).is_compute() {
            let message =
                format!("“{}” runs no code of its own, so it cannot become a function", scene.label(&id));
            return Err(Refusal::hard(Diagnostic::error("BP0807", clause.span("list"), message)));
        }
        scene.perform(Operation::SetKind { id: id.clone(), kind: Kind::Function })?;
        scene.perform(Operation::SetTechnology { id, technology: None })?;
    }
    Ok(())
}
