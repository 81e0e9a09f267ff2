//! Connections: made, cut, redirected, and what they carry.

use super::{Clause, directed, no_connection};
use crate::edit::Refusal;
use crate::edit::pattern::{knowledge, starts};
use crate::edit::phrase::{self, Word};
use crate::edit::scene::Scene;
use crate::edit::{names, newcomer, present};
use crate::model::{ConnectionRef, Id, Kind, Mode, Operation};
use crate::text::Diagnostic;

/// The longest protocol, in words.
const MAX_PROTOCOL: usize = 3;

fn protocol_of(clause: &Clause<'_>) -> Result<Option<String>, Refusal> {
    let words = clause.slot("protocol");
    let more = ["for", "from", "between", "the", "calls", "instead"];
    if words.len() > MAX_PROTOCOL || words.iter().any(|w| w.is_any(&more)) {
        return Err(Refusal::other());
    }
    Ok((!words.is_empty()).then(|| phrase::join(words)))
}

/// Whether it is written as protocols are, or known as one.
fn is_protocol(text: &str) -> bool {
    text.chars().any(char::is_uppercase) || knowledge().protocols.iter().any(|p| p == text)
}

pub(super) fn connect(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let from = clause.many(scene, if clause.has("list") { "list" } else { "a" })?;
    let to = match clause.many(scene, if clause.has("many") { "many" } else { "b" }) {
        Err(refusal) if clause.has("many") => called_anew(scene, clause, &from).map_err(|_| refusal)?,
        found => found?,
    };
    let told = || phrase::join(names::bare(clause.slot("label")));
    let label = clause.has("label").then(told).or_else(|| said(clause));
    let protocol = protocol_of(clause)?;
    let mut done = false;
    for f in &from {
        for t in to.iter().filter(|t| *t != f) {
            // "connect the cache to the service": a store answers, it does not call.
            let plain = clause.bindings.get("@call").is_none() && !clause.has("label");
            let answers = scene.kind(f).is_store() || matches!(scene.kind(f), Kind::Cache | Kind::Monitoring);
            let (f, t) = if plain && answers && scene.kind(t).is_compute() { (t, f) } else { (f, t) };
            let (f, t) = if takes(scene, t, clause) { (t, f) } else { (f, t) };
            if scene.connected(f, t) && label.is_none() {
                continue;
            }
            let mode = if clause.says("asynchronously") { Mode::Async } else { scene.usual_mode(f, t) };
            let label = label.clone();
            scene.perform(Operation::Connect { from: f.clone(), to: t.clone(), label, mode })?;
            if let Some(protocol) = &protocol {
                let protocol = protocol.clone();
                scene.perform(Operation::SetProtocol { from: f.clone(), to: t.clone(), protocol })?;
            }
            done = true;
        }
    }
    if !done {
        scene.remark("BP0811", phrase::span(clause.words), "they are connected already; nothing changed");
    }
    Ok(())
}

/// "the service should call a weather API": what is called may be new.
pub(super) fn called_anew(scene: &mut Scene, clause: &Clause<'_>, from: &[Id]) -> Result<Vec<Id>, Refusal> {
    let mut new = clause.newcomer("many")?;
    let words = clause.slot("many");
    // "… talks to Visa": a name of somebody else's; "a virus scanner": an article makes it new.
    let bare = names::bare(words);
    let quoted = words.iter().any(|w| w.quoted) || clause.says("into");
    let name = bare.iter().all(|w| w.text.starts_with(char::is_uppercase)) && bare.len() < 4 && !quoted;
    let article =
        words.first().is_some_and(|w| w.is_any(&["a", "an"])) && (2..6).contains(&words.len()) && !quoted;
    if !new.kind_told && new.technology.is_none() && (name || article) {
        let kind = if name { Kind::External } else { Kind::Service };
        new = newcomer::Newcomer { kind, kind_told: true, ..new };
    }
    let known = !name
        && clause.slot("many").first().is_some_and(|w| w.is_any(&["the", "our", "its", "their", "this"]));
    // "connect the stream to a data warehouse": what carries messages fills what keeps them.
    let fills =
        |id: &Id| scene.kind(id).is_messaging() && article && (new.kind.is_store() || new.kind.is_compute());
    let acts = |k: Kind| {
        k.is_compute() || matches!(k, Kind::Notification | Kind::Email | Kind::Ml | Kind::Analytics)
    };
    let inner = !known && from.iter().all(|id| acts(scene.kind(id)) || fills(id));
    if !inner || new.kind == Kind::User || !(new.kind_told || new.technology.is_some()) {
        return Err(Refusal::other());
    }
    // "it keeps its state in Redis": the store that it has is of that make.
    let unmade = |id: &Id| {
        let there = scene.architecture.component(id.as_str());
        there.is_some_and(|c| c.kind == new.kind && c.technology.is_none())
    };
    let own = from.iter().flat_map(|f| scene.callees(f)).find(|id| new.technology.is_some() && unmade(id));
    if let Some(id) = own {
        let technology = new.technology.clone();
        scene.perform(Operation::SetTechnology { id: id.clone(), technology })?;
        return Ok(vec![id]);
    }
    let there = present::of_kind(scene, &new, clause.slot("many"));
    if let [id] = there.as_slice() {
        return Ok(vec![id.clone()]);
    }
    let outside = matches!(new.kind, Kind::Client | Kind::Device | Kind::External);
    let group = from.first().and_then(|id| scene.group_of(id)).filter(|_| !outside);
    scene.add(&new, group).map(|id| vec![id])
}

/// "commands should go through a queue": on the one way that leads on from it.
pub(super) fn goes_through(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let from = clause.one(scene, "a")?;
    if !scene.kind(&from).is_compute() {
        return Err(Refusal::other());
    }
    let new = clause.newcomer("new")?;
    let works = |k: Kind| !k.is_store() && !k.is_messaging() && !matches!(k, Kind::Monitoring | Kind::Cache);
    let mut on: Vec<Id> = scene.callees(&from);
    on.retain(|to| works(scene.kind(to)));
    let [to] = on.as_slice() else { return Err(Refusal::other()) };
    if !new.kind.is_messaging() || scene.mode_between(&from, to) == Mode::Async && new.kind != Kind::Queue {
        return Err(Refusal::other());
    }
    let id = clause.newcomer_or_existing(scene, "new", scene.group_of(&from))?;
    super::placing::put_between(scene, &id, &from, to)
}

/// Who reads from a queue is given its messages: the arrow goes to the reader.
fn takes(scene: &Scene, of: &Id, clause: &Clause<'_>) -> bool {
    const TAKING: &[&str] =
        &["read", "consume", "subscribe", "listen", "get", "receive", "fetch", "pull", "reading", "load"];
    let verb = clause.bindings.get("@call").and_then(|range| clause.words.get(range));
    let said = |words: &[Word]| words.iter().any(|w| TAKING.iter().any(|t| w.lower.starts_with(t)));
    let all = verb.unwrap_or(clause.words);
    scene.kind(of).is_messaging() && said(all)
}

/// One calls another as the sentence's verb says.
pub(super) fn call(scene: &mut Scene, from: &Id, to: &Id, clause: &Clause<'_>) -> Result<(), Refusal> {
    if takes(scene, to, clause) {
        return scene.connect(to, from, None);
    }
    scene.connect(from, to, said(clause))
}

/// "nobody but the order service should read the orders database": every other arrow to it goes.
pub(super) fn only(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let allowed = clause.many(scene, "a")?;
    let guarded = clause.one(scene, "b")?;
    // Where its data flows on to them, those that it flows on to read it, and its callers write.
    let reads =
        clause.bindings.get("@call").and_then(|r| clause.words.get(r)).is_some_and(|v| v[0].is("read"));
    let flows_on = reads && allowed.iter().any(|to| scene.connected(&guarded, to));
    let near = if flows_on { scene.callees(&guarded) } else { scene.callers(&guarded) };
    let others: Vec<Id> = near.into_iter().filter(|c| !allowed.contains(c)).collect();
    if others.is_empty() {
        scene.remark("BP0811", phrase::span(clause.words), "nobody else does; nothing changed");
        return Ok(());
    }
    for from in &others {
        let (from, to) = if flows_on { (&guarded, from) } else { (from, &guarded) };
        scene.perform(Operation::Disconnect { from: from.clone(), to: to.clone() })?;
    }
    isolated(scene, &others);
    Ok(())
}

/// The label that the verb of the sentence gives: "write to" → "write".
pub(super) fn said(clause: &Clause<'_>) -> Option<String> {
    let verb = clause.bindings.get("@call")?;
    let words = clause.words.get(verb)?;
    let all = knowledge().said.iter();
    all.filter(|(verb, _)| starts(words, verb) == Some(words.len())).map(|(_, label)| label.clone()).next()
}

pub(super) fn disconnect(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let b = clause.one(scene, "b")?;
    let both = [(a.clone(), b.clone()), (b.clone(), a.clone())];
    // "should no longer call" has a direction, "disconnect" has none.
    let ways = if clause.bindings.get("@call").is_some() { &both[..1] } else { &both[..] };
    let there: Vec<_> = ways.iter().filter(|(f, t)| scene.connected(f, t)).cloned().collect();
    // "A must not call B" holds already.
    let rule = clause.words.iter().any(|w| w.is_any(&["must", "should", "may", "never"]));
    if there.is_empty() && rule && a != b {
        let text = format!("“{}” does not lead to “{}”; nothing changed", scene.label(&a), scene.label(&b));
        scene.remark("BP0811", phrase::span(clause.words), text);
        return Ok(());
    }
    if there.is_empty() {
        return Err(no_connection(scene, &a, &b, clause.span("a").join(clause.span("b"))));
    }
    for (from, to) in there {
        scene.perform(Operation::Disconnect { from, to })?;
    }
    isolated(scene, &[a, b]);
    Ok(())
}

/// Says which of these are connected to nothing now.
pub(super) fn isolated(scene: &mut Scene, ids: &[Id]) {
    let alone: Vec<String> = ids
        .iter()
        .filter(|id| scene.architecture.has(id.as_str()))
        .filter(|id| scene.callers(id).is_empty() && scene.callees(id).is_empty())
        .map(|id| format!("“{}”", scene.label(id)))
        .collect();
    if !alone.is_empty() {
        scene.remark("BP0813", None, format!("{} now stands alone, connected to nothing", alone.join(", ")));
    }
}

pub(super) fn redirect(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let c = clause.one(scene, "c")?;
    let a = clause.one(scene, "a")?;
    let b = if clause.has("b") { clause.one(scene, "b")? } else { called_so_far(scene, &a, &c, clause)? };
    if !scene.connected(&a, &b) {
        return Err(no_connection(scene, &a, &b, clause.span("a").join(clause.span("b"))));
    }
    let (new_from, new_to) = (a.clone(), c);
    scene.perform(Operation::Redirect { from: a.clone(), to: b.clone(), new_from, new_to })?;
    isolated(scene, &[b]);
    Ok(())
}

/// "… should call the gateway instead": of what it calls, the only one, or the one whose arrow says what is sent.
fn called_so_far(scene: &Scene, a: &Id, c: &Id, clause: &Clause<'_>) -> Result<Id, Refusal> {
    let callees: Vec<Id> = scene.callees(a).into_iter().filter(|id| id != c).collect();
    if let [only] = callees.as_slice() {
        return Ok(only.clone());
    }
    let said = names::stems(&phrase::join(names::bare(clause.slot("label"))));
    let model = &scene.architecture;
    let carries = |to: &Id| {
        let ends = model.index_of(a.as_str()).zip(model.index_of(to.as_str()));
        ends.is_some_and(|(f, t)| {
            let mut between = model.connections_between(f, t).filter_map(|c| c.label.clone());
            between.any(|label| names::stems(&label).iter().any(|s| said.contains(s)))
        })
    };
    let fitting: Vec<&Id> = callees.iter().filter(|id| carries(id)).collect();
    match fitting.as_slice() {
        [one] => Ok((*one).clone()),
        _ => {
            let listed: Vec<String> = callees.iter().map(|id| format!("“{}”", scene.label(id))).collect();
            let text = format!("“{}” calls {} others", scene.label(a), callees.len());
            let d = Diagnostic::error("BP0803", clause.span("a"), text);
            let hint = format!("say instead of which: {}", listed.join(", "));
            Err(Refusal::hard(if callees.is_empty() { d } else { d.hint(hint) }))
        }
    }
}

/// "the fraud check should be asynchronous": the one call that leads to it.
fn only_call(scene: &mut Scene, a: &Id) -> Result<(), Refusal> {
    let waits = |c: &Id| scene.mode_between(c, a) == Mode::Sync && !scene.kind(c).is_actor();
    let callers: Vec<Id> = scene.callers(a).into_iter().filter(waits).collect();
    if callers.is_empty() && !scene.callers(a).is_empty() {
        let text = format!("nothing waits for “{}”; nothing changed", scene.label(a));
        scene.remark("BP0811", None, text);
        return Ok(());
    }
    let [from] = callers.as_slice() else { return Err(Refusal::other()) };
    let text = format!("“{}” no longer gets an answer from “{}”", scene.label(from), scene.label(a));
    scene.remark("BP0814", None, text);
    scene.perform(Operation::SetMode { from: from.clone(), to: a.clone(), mode: Mode::Async })
}

pub(super) fn set_mode(scene: &mut Scene, clause: &Clause<'_>, mode: Mode) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    if !clause.has("b") {
        return only_call(scene, &a);
    }
    let b = clause.one(scene, "b")?;
    let verb = clause.bindings.get("@call").is_some();
    if verb && !scene.connected(&a, &b) && !scene.connected(&b, &a) {
        return scene.perform(Operation::Connect { from: a, to: b, label: said(clause), mode });
    }
    let (from, to) = directed(scene, &a, &b, clause.span("a").join(clause.span("b")))?;
    if scene.mode_between(&from, &to) == mode {
        let text = format!("it is {} already; nothing changed", mode.label().to_lowercase());
        scene.remark("BP0811", phrase::span(clause.words), text);
        return Ok(());
    }
    if mode == Mode::Async {
        let text = format!("“{}” no longer gets an answer from “{}”", scene.label(&from), scene.label(&to));
        scene.remark("BP0814", None, text);
    }
    scene.perform(Operation::SetMode { from, to, mode })
}

pub(super) fn protocol(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let Some(protocol) = protocol_of(clause)?.filter(|p| is_protocol(p)) else {
        return Err(Refusal::other());
    };
    if clause.has("old") {
        return change_protocol(scene, clause, &protocol);
    }
    if clause.has("many") {
        return protocol_around(scene, clause, &protocol);
    }
    if !clause.has("a") {
        // "between all services": code and the doors before it, no stores and nobody's own programs.
        let among = clause.says("services") && clause.says("between");
        let inner = |at| {
            let kind = scene.architecture.at(at).kind;
            kind.is_compute()
                || matches!(kind, Kind::Gateway | Kind::LoadBalancer | Kind::Identity | Kind::Ml)
        };
        let all: Vec<(Id, Id)> = scene
            .architecture
            .connections()
            .filter(|c| c.mode == Mode::Sync && c.protocol.is_none())
            .filter(|c| scene.architecture.at(c.from).kind != Kind::User)
            .filter(|c| !among || inner(c.from) && inner(c.to))
            .map(|c| (scene.architecture.at(c.from).id.clone(), scene.architecture.at(c.to).id.clone()))
            .collect();
        for (from, to) in all {
            scene.perform(Operation::SetProtocol { from, to, protocol: protocol.clone() })?;
        }
        return Ok(());
    }
    let a = clause.one(scene, "a")?;
    let b = clause.one(scene, "b")?;
    let (from, to) = directed(scene, &a, &b, clause.span("a").join(clause.span("b")))?;
    scene.perform(Operation::SetProtocol { from, to, protocol })
}

/// "switch from REST to gRPC": wherever the old one is said.
fn change_protocol(scene: &mut Scene, clause: &Clause<'_>, protocol: &str) -> Result<(), Refusal> {
    let old = clause.text("old");
    let said = |c: &str| c.eq_ignore_ascii_case(&old);
    let a = &scene.architecture;
    let ends = |c: &ConnectionRef<'_>| (a.at(c.from).id.clone(), a.at(c.to).id.clone());
    let all: Vec<(Id, Id)> =
        a.connections().filter(|c| c.protocol.as_deref().is_some_and(said)).map(|c| ends(&c)).collect();
    if all.is_empty() {
        if !knowledge().protocols.iter().any(|p| said(p)) {
            return Err(Refusal::other());
        }
        let d = Diagnostic::error("BP0805", clause.span("old"), format!("no connection says {old}"));
        let hint =
            format!("say which is meant: “use {protocol} between … and …”, or “use {protocol} everywhere”");
        return Err(Refusal::hard(d.hint(hint)));
    }
    for (from, to) in all {
        scene.perform(Operation::SetProtocol { from, to, protocol: protocol.to_owned() })?;
    }
    Ok(())
}

/// "use TLS for all database connections": those to the ones named, or where nothing leads to them, from them.
fn protocol_around(scene: &mut Scene, clause: &Clause<'_>, protocol: &str) -> Result<(), Refusal> {
    let found = names::each(&scene.architecture, clause.slot("many"), &scene.last);
    for id in found.ok_or_else(Refusal::other)? {
        let to: Vec<(Id, Id)> = scene.callers(&id).into_iter().map(|from| (from, id.clone())).collect();
        let from = scene.callees(&id).into_iter().map(|to| (id.clone(), to));
        let all = if to.is_empty() { from.collect() } else { to };
        for (from, to) in all {
            scene.perform(Operation::SetProtocol { from, to, protocol: protocol.to_owned() })?;
        }
    }
    Ok(())
}

pub(super) fn label(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let name = if clause.has("quoted") { "quoted" } else { "name" };
    if name == "quoted" && !matches!(clause.slot("quoted"), [w] if w.quoted) {
        return Err(Refusal::other());
    }
    let a = clause.one(scene, "a")?;
    let b = clause.one(scene, "b")?;
    let (from, to) = directed(scene, &a, &b, clause.span("a").join(clause.span("b")))?;
    scene.perform(Operation::Relabel { from, to, label: Some(clause.text(name)) })
}

pub(super) fn reverse(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let a = clause.one(scene, "a")?;
    let b = clause.one(scene, "b")?;
    let (from, to) = directed(scene, &a, &b, clause.span("a").join(clause.span("b")))?;
    if scene.connected(&to, &from) {
        let d = Diagnostic::error("BP0807", phrase::span(clause.words), "they are connected both ways");
        return Err(Refusal::hard(d.hint("say which of the two to remove")));
    }
    let (new_from, new_to) = (to.clone(), from.clone());
    scene.perform(Operation::Redirect { from, to, new_from, new_to })
}
