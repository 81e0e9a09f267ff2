//! What the system is to do, said as a verb: "scan uploads for viruses", "every night, export the orders to S3", "let viewers
//! pay". What does it comes in, works on the data that the words speak of, and leads to where they say.

use super::Clause;
use super::adding::already;
use super::events::{person, somebody};
use crate::catalog::catalog;
use crate::edit::newcomer::{self, Newcomer};
use crate::edit::pattern::{Deed, knowledge};
use crate::edit::phrase::{self, Word, capital, singular};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, anchor, extent, feature, names, present};
use crate::model::{Component, Id, Kind, Mode, Operation, Value};
use crate::reader::english::lexicon::{Form, lexicon};

/// The longest object that names what does it, in words.
const MAX_OBJECT: usize = 3;

/// What ends the object of a deed.
const AFTER_OBJECT: &[&str] = &[
    "for", "to", "into", "in", "on", "onto", "from", "older", "newer", "after", "before", "when", "that",
    "which", "who", "with", "by", "using", "via", "through", "against", "at", "as", "so", "than", "if",
    "whenever", "during", "per", "of", "every", "each", "without", "until", "within", "across", "between",
    "among", "about", "over", "above", "under", "below", "beyond", "bigger", "larger", "smaller", "greater",
    "longer", "shorter", ",", ":",
];

pub(super) fn deed(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    do_it(scene, clause, &verb(clause, "@do"), clause.slot("what"))
}

/// "uploads must be scanned for viruses".
pub(super) fn done(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let (first, rest) = clause.slot("done").split_first().ok_or_else(Refusal::other)?;
    let lexicon = lexicon();
    let lemmas = lexicon
        .verb_forms(&first.lower)
        .iter()
        .filter(|(_, form)| matches!(form, Form::Participle | Form::Past));
    let mut lemmas = lemmas.filter_map(|(n, _)| lexicon.verb(*n)).map(|v| v.lemma);
    let regular: Vec<String> =
        ["ed", "d"].iter().filter_map(|end| first.lower.strip_suffix(end)).map(str::to_owned).collect();
    let verb = lemmas.find(|l| knowledge().deeds.contains_key(*l)).map(str::to_owned);
    // "cancelled" → "cancel".
    let twice = first.lower.strip_suffix("ed").filter(|stem| {
        let mut end = stem.chars().rev();
        end.next().is_some_and(|last| end.next() == Some(last))
    });
    let once = twice.and_then(|stem| stem.get(..stem.len().saturating_sub(1))).map(str::to_owned);
    let regular = regular.into_iter().chain(once);
    let verb = verb.or_else(|| regular.into_iter().find(|l| knowledge().deeds.contains_key(l)));
    let what: Vec<Word> = clause.slot("what").iter().chain(rest).cloned().collect();
    do_it(scene, clause, &verb.ok_or_else(Refusal::other)?, &what)
}

fn do_it(scene: &mut Scene, clause: &Clause<'_>, verb: &str, what: &[Word]) -> Result<(), Refusal> {
    let known = knowledge().deeds.get(verb).ok_or_else(Refusal::other)?;
    if known.timed && scene.when.is_none() {
        return Err(Refusal::other());
    }
    // "release the hold" is a wish, "release notes" is a name.
    let definite = what.first().is_some_and(|w| w.is_any(names::DETERMINERS) || w.is_any(names::ALL));
    if known.definite && !definite {
        return Err(Refusal::other());
    }
    // "the order service should export orders": it is said who does it.
    if clause.has("a") {
        let by = clause.one(scene, "a")?;
        return if lead_on(scene, &by, verb, what)? { Ok(()) } else { Err(Refusal::other()) };
    }
    let name = object(what).ok_or_else(Refusal::other)?;
    let product = |new: &Newcomer| scene.when.is_some() && new.kind == Kind::External;
    let (told, rest) = match doer(what).filter(|(new, _)| !product(new)) {
        Some((new, rest)) => (Some(new), rest),
        None => (None, what),
    };
    let file = name.rsplit(' ').next().is_some_and(|w| knowledge().files.contains(&w.to_lowercase()));
    let kind = known.files.as_deref().filter(|_| file).or(known.kind.as_deref());
    let kind = kind.and_then(Kind::from_word).unwrap_or(Kind::Service);
    let new = Newcomer {
        description: Some(format!("{} {}.", capital(&third(verb)), phrase::join(what))),
        ..told.unwrap_or_else(|| Newcomer::plain(&format!("{} {}", capital(&name), known.noun), kind))
    };
    let doing = |c: &&Component| {
        let label: Vec<String> = names::stems(&c.label);
        let own = label.iter().filter(|w| !knowledge().generic_heads.contains(w)).collect::<Vec<_>>();
        matches!(own.as_slice(), [one] if anchor::akin(one, &known.noun)) && c.kind.is_compute()
    };
    let there = || scene.architecture.components().find(doing).map(|c| c.id.clone());
    if let Some(id) = scene.existing(&new).or_else(there) {
        return already(scene, &id, clause);
    }
    let about = &rest[..destination(rest).unwrap_or(rest.len())];
    let id = come_in(scene, &new, about, (clause, verb, what))?;
    source(scene, &id, what)?;
    if let Some(end) = what.iter().position(|w| w.is_any(AFTER_OBJECT)).or(Some(what.len()))
        && let Ok(on) = names::one(&scene.architecture, &what[..end], &[])
        && new.kind.is_compute()
        && (scene.kind(&on).is_store() || scene.kind(&on) == Kind::Cache)
        && !scene.connected(&on, &id)
    {
        scene.connect(&id, &on, Some(verb.to_owned()))?;
    }
    lead_on(scene, &id, verb, rest)?;
    into_kind(scene, &id, known, verb)
}

/// "load Salesforce contacts": where it comes from is named by a product.
fn source(scene: &mut Scene, id: &Id, what: &[Word]) -> Result<(), Refusal> {
    let end = what.iter().position(|w| w.is_any(AFTER_OBJECT)).unwrap_or(what.len());
    let product = newcomer::technology_in(&what[..end]).or_else(|| doer(what)?.0.technology);
    // What is monitored or stored with is no source.
    let entry = product.as_ref().and_then(|t| catalog().technology(t.id.as_deref()?));
    if entry.is_some_and(|e| e.kind != Kind::External) {
        return Ok(());
    }
    let label =
        |name: &str| Newcomer { technology: product.clone(), ..Newcomer::plain(name, Kind::External) };
    let Some(name) = product.as_ref().map(|t| t.name.clone()) else { return Ok(()) };
    let made = |c: &Component| c.technology == product;
    let there = scene.architecture.components().find(|c| made(c)).map(|c| c.id.clone());
    let from = match there {
        Some(from) => from,
        None => scene.add(&label(&name), None).inspect(|from| scene.unspoken(from))?,
    };
    if from == *id {
        return Ok(());
    }
    scene.connect(id, &from, Some("read".to_owned()))
}

/// It comes in where the words say. A printer is told by what knows of it; what works on files that arrive is told by
/// where they lie, if no code is named.
fn come_in(
    scene: &mut Scene,
    new: &Newcomer,
    words: &[Word],
    (clause, verb, what): (&Clause<'_>, &str, &[Word]),
) -> Result<Id, Refusal> {
    let plain = Newcomer::plain(&new.label, Kind::Service);
    let mut anchor = anchor::anchor(&scene.architecture, &plain, what).ok_or_else(Refusal::other)?;
    // A door prints nothing: what lies behind it does.
    if !scene.kind(&anchor.id).is_compute() && new.kind.is_outside() {
        let works = |id: &Id| {
            let there = scene.architecture.component(id.as_str());
            there.is_some_and(|c| c.kind.is_compute() && !present::does_as(c, Kind::Identity))
        };
        let behind = scene.callees(&anchor.id).into_iter().find(works);
        anchor.id = behind.unwrap_or(anchor.id);
    }
    if new.kind.is_outside() {
        let id = scene.add(new, None)?;
        let text = format!(
            "“{}” is told by “{}” (`{}`): {}",
            new.label,
            scene.label(&anchor.id),
            anchor.id,
            anchor.why
        );
        scene.remark("BP0810", phrase::span(clause.words), text);
        let (from, to, label) = (anchor.id, id.clone(), Some(verb.to_owned()));
        scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })?;
        return Ok(id);
    }
    let asked = |to: &Id| scene.callers(to).iter().any(|c| !scene.kind(c).is_actor());
    if let Some(before) = reached(scene, what).filter(asked) {
        return on_the_way(scene, new, &before);
    }
    let told = feature::data_told(scene, words).filter(|store| scene.kind(store) == Kind::Storage);
    if let Some(store) = told.filter(|_| !anchor.told && scene.when.is_none()) {
        let id = scene.add(new, scene.group_of(&store))?;
        let text = format!(
            "“{}” (`{id}`) is started by what comes into “{}” (`{store}`)",
            new.label,
            scene.label(&store)
        );
        scene.remark("BP0810", phrase::span(clause.words), text);
        let (from, to, label) = (store, id.clone(), Some("new file".to_owned()));
        scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })?;
        return Ok(id);
    }
    feature::place(scene, new, words, None)?;
    scene.owner().ok_or_else(Refusal::other)
}

/// "… before they reach the warehouse": what they come to.
fn reached(scene: &Scene, what: &[Word]) -> Option<Id> {
    let at = what.iter().position(|w| w.is("before"))?;
    let rest = what.get(at + 1..)?;
    let rest = rest.strip_prefix(rest.get(..1).filter(|w| w[0].is_any(&["they", "it", "these", "this"]))?)?;
    let verbs = [
        "reach", "reaches", "enter", "enters", "get", "gets", "arrive", "arrives", "come", "comes", "go",
        "goes",
    ];
    let rest = rest.strip_prefix(rest.get(..1).filter(|w| w[0].is_any(&verbs))?)?;
    let skip = rest.iter().take_while(|w| w.is_any(&["to", "into", "at", "in", "on"])).count();
    names::one(&scene.architecture, rest.get(skip..)?, &scene.last).ok()
}

/// On every way that leads there by messages; where none does, on the calls of code.
fn on_the_way(scene: &mut Scene, new: &Newcomer, to: &Id) -> Result<Id, Refusal> {
    let callers: Vec<Id> = scene.callers(to).into_iter().filter(|c| !scene.kind(c).is_actor()).collect();
    let queues: Vec<Id> = callers.iter().filter(|c| scene.kind(c).is_messaging()).cloned().collect();
    let all = if queues.is_empty() { callers } else { queues };
    if all.is_empty() {
        return Err(Refusal::other());
    }
    let group = scene.group_of(all.first().filter(|c| scene.kind(c).is_compute()).unwrap_or(to));
    let id = scene.add(new, group)?;
    all.iter().try_for_each(|from| super::placing::put_between(scene, &id, from, to))?;
    Ok(id)
}

/// The verb as it is listed.
pub(super) fn verb(clause: &Clause<'_>, class: &str) -> String {
    let words = clause.bindings.get(class).and_then(|range| clause.words.get(range)).unwrap_or_default();
    phrase::join(words).to_lowercase()
}

/// "scan" → "scans", "copy" → "copies".
fn third(verb: &str) -> String {
    let (first, rest) = verb.split_once(' ').map_or((verb, String::new()), |(f, r)| (f, format!(" {r}")));
    let hisses = ["s", "x", "ch", "sh"].iter().any(|end| first.ends_with(end));
    let said = match first.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if hisses => format!("{first}es"),
        _ => format!("{first}s"),
    };
    format!("{said}{rest}")
}

/// What is done something to, as the first part of a name: "all uploaded photos for …" → "photo".
pub(super) fn object(words: &[Word]) -> Option<String> {
    // "documents uploaded by users", "plays exactly once": what is said of the object is no part of its name.
    let said = |w: &Word| {
        let how = w.lower.ends_with("ly") && lexicon().noun(&w.lower).is_none();
        how || w.lower.ends_with("ed") || w.is_any(&["once", "twice"])
    };
    let ends = |(n, w): (usize, &Word)| w.is_any(AFTER_OBJECT) || n > 0 && said(w);
    let end = words.iter().enumerate().position(ends).unwrap_or(words.len());
    let mut words = &words[..end];
    let plain = |w: &Word| {
        w.is_any(names::DETERMINERS)
            || w.is_any(names::ALL)
            || w.is_any(&["any", "new", "old", "out", "up", "down", "more", "some"])
            || lexicon().weak(&w.lower)
            || w.lower.ends_with("ed")
    };
    while words.len() > 1 && plain(&words[0]) {
        words = &words[1..];
    }
    while words.last().is_some_and(|w| w.is_any(&["too", "also", "again", "automatically", "there"])) {
        words = &words[..words.len() - 1];
    }
    if words.is_empty()
        || words.len() > MAX_OBJECT
        || words.iter().any(|w| w.is_any(&["it", "them", "and", "or", "this", "that"]))
    {
        return None;
    }
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        last.text = singular(&last.text);
    }
    Some(phrase::join(&words))
}

/// "… on a receipt printer", "… with a virus scanner", "… using AWS Glue": what does it, and the words without it.
fn doer(words: &[Word]) -> Option<(Newcomer, &[Word])> {
    let at = words.iter().rposition(|w| w.is_any(&["on", "with", "using", "by", "through", "via"]))?;
    let said = words.get(at + 1..)?;
    let article = said.first().is_some_and(|w| w.is_any(&["a", "an"]));
    // "approved by a clerk": people use what does it.
    let new = newcomer::read(said).filter(|_| !person(said))?;
    let does = new.kind.is_compute()
        || matches!(new.kind, Kind::Device | Kind::Ml | Kind::External | Kind::Workflow);
    (does && (new.technology.is_some() || article && extent::core(said).len() > 1))
        .then(|| (new, &words[..at]))
}

/// Where the words of a destination begin.
fn destination(words: &[Word]) -> Option<usize> {
    words
        .iter()
        .rposition(|w| w.is_any(&["to", "into", "in", "onto"]))
        .filter(|&at| at > 0 && at + 1 < words.len())
}

/// "… from the ledger to a bucket": whether the words said a place to read from or to write to.
pub(super) fn lead_on(scene: &mut Scene, id: &Id, verb: &str, words: &[Word]) -> Result<bool, Refusal> {
    let mut found = false;
    if let Some(at) = words.iter().position(|w| w.is("from")) {
        let end = words
            .iter()
            .skip(at)
            .position(|w| w.is_any(&["to", "into", "in"]))
            .map_or(words.len(), |n| at + n);
        if let Ok(from) = names::one(&scene.architecture, &words[at + 1..end], &scene.last) {
            let (f, t) = if scene.kind(&from).is_messaging() { (&from, id) } else { (id, &from) };
            scene.connect(f, t, Some("read".to_owned()))?;
            found = true;
        } else if words.get(at + 1..end).is_some_and(|name| {
            !name.is_empty() && name.iter().all(|w| w.text.starts_with(char::is_uppercase))
        }) {
            let name = phrase::join(&words[at + 1..end]);
            let from = scene.add(&Newcomer::plain(&name, Kind::External), None)?;
            scene.unspoken(&from);
            scene.connect(id, &from, Some("read".to_owned()))?;
            found = true;
        }
    }
    let Some(at) = destination(words) else { return Ok(found) };
    let said = &words[at + 1..];
    let to = match names::one(&scene.architecture, said, &scene.last) {
        Ok(to) => Some(to),
        Err(_) => newcomer::read(said)
            .filter(keeps)
            .map(|new| {
                let group = scene.group_of(id).filter(|_| !new.kind.is_outside());
                scene.add(&new, group).inspect(|to| scene.unspoken(to))
            })
            .transpose()?,
    };
    match to.filter(|to| to != id) {
        Some(to) if scene.kind(&to) == Kind::User => {
            scene.perform(Operation::Connect {
                from: id.clone(),
                to,
                label: Some(verb.to_owned()),
                mode: Mode::Async,
            })?;
        }
        Some(to) => scene.connect(id, &to, Some(verb.to_owned()))?,
        // "send the arrivals to the front desk".
        None if knowledge().deeds.get(verb).is_some_and(|d| d.tells) && somebody(said) => {
            let label = capital(&phrase::join(names::bare(said)));
            let to = scene.add(&Newcomer::plain(&label, Kind::User), None)?;
            scene.unspoken(&to);
            let (from, label) = (id.clone(), Some(verb.to_owned()));
            scene.perform(Operation::Connect { from, to, label, mode: Mode::Async })?;
        }
        None => return Ok(found),
    }
    Ok(true)
}

/// What things can be put into: it keeps, carries or takes them.
fn keeps(new: &Newcomer) -> bool {
    let kind = new.kind.is_store()
        || new.kind.is_messaging()
        || matches!(new.kind, Kind::External | Kind::Analytics | Kind::Email);
    kind && (new.kind_told || new.technology.is_some())
}

/// What indexes works into the search index that is there.
fn into_kind(scene: &mut Scene, id: &Id, known: &Deed, verb: &str) -> Result<(), Refusal> {
    let Some(kind) = known.to.as_deref().and_then(Kind::from_word) else { return Ok(()) };
    if scene.callees(id).iter().any(|to| scene.kind(to) == kind) {
        return Ok(());
    }
    let all: Vec<Id> =
        scene.architecture.components().filter(|c| c.kind == kind).map(|c| c.id.clone()).collect();
    match all.as_slice() {
        [to] => scene.connect(id, to, Some(verb.to_owned())),
        _ => Ok(()),
    }
}

/// "run the cleanup every night": what is there starts at that time.
pub(super) fn scheduled(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let when = scene.when.clone().ok_or_else(Refusal::other)?;
    let ids = clause.many(scene, "a")?;
    scene.when = None;
    ids.into_iter().try_for_each(|id| {
        scene.perform(Operation::SetProperty { id, name: "schedule".to_owned(), value: Value::parse(&when) })
    })
}
