//! What is said of the system as a whole: its load, the laws it keeps, findings that are accepted.

use super::Clause;
use crate::edit::pattern::knowledge;
use crate::edit::phrase::{self, Word};
use crate::edit::scene::Scene;
use crate::edit::{Refusal, names};
use crate::model::{Dimension, Id, Kind, Operation, Value, WorkloadKey};
use crate::reader::{self, Syntax};
use crate::text::Source;

/// What a statement about the whole is made with.
const SAYING: &[&str] = &[
    "must",
    "should",
    "has",
    "have",
    "expect",
    "expects",
    "get",
    "gets",
    "serve",
    "serves",
    "handle",
    "handles",
    "see",
    "need",
    "needs",
    "stay",
    "comply",
    "compliant",
    "is",
    "are",
    "may",
];

const CONDITIONAL: &[&str] = &["if", "when", "whenever", "once", "after", "in"];

const CALLERS: &[&str] = &["client", "user", "customer", "ip", "tenant", "key"];

/// The longest statement about the whole, in words.
const MAX_FIGURE: usize = 20;

pub(super) fn workload(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let slots = [
        ("rate", WorkloadKey::Rate, Dimension::Rate),
        ("latency", WorkloadKey::Latency, Dimension::Duration),
        ("availability", WorkloadKey::Availability, Dimension::Ratio),
        ("budget", WorkloadKey::Budget, Dimension::MoneyPerMonth),
        ("users", WorkloadKey::Users, Dimension::Count),
        ("recovery_time", WorkloadKey::RecoveryTime, Dimension::Duration),
        ("recovery_point", WorkloadKey::RecoveryPoint, Dimension::Duration),
        ("retention", WorkloadKey::Retention, Dimension::Duration),
    ];
    for (slot, key, dimension) in slots {
        if clause.has(slot) {
            // "$800 a month" is "$800/month".
            let text = clause.text(slot).replace(" a ", "/").replace(" per ", "/");
            let said = Value::parse(&clause.text(slot));
            let value = if said.quantity().is_some() { said } else { Value::parse(&text) };
            if value.quantity().is_none_or(|q| q.dimension != dimension) {
                return Err(Refusal::other());
            }
            let about = if clause.has("a") { Some(clause.one(scene, "a")?) } else { None };
            return scene.perform(Operation::SetWorkload { key, value, about });
        }
    }
    Err(Refusal::other())
}

pub(super) fn suppress(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let rule = clause.text("rule").to_uppercase();
    let letters = rule.chars().take_while(char::is_ascii_uppercase).count();
    if letters < 2 || !rule.chars().skip(letters).all(|c| c.is_ascii_digit()) || rule.len() == letters {
        return Err(Refusal::other());
    }
    let about = if clause.has("x") {
        let words = clause.slot("x");
        match names::many(&scene.architecture, words, &scene.last) {
            Ok(ids) => ids,
            Err(refusal) => vec![names::group(&scene.architecture, words).map_err(|_| refusal)?],
        }
    } else {
        Vec::new()
    };
    let reason = phrase::join(clause.slot("reason"));
    if reason.is_empty() {
        return Err(Refusal::other());
    }
    scene.perform(Operation::Suppress { rule, about, reason })
}

/// "it must be GDPR compliant", "data must stay in the EU": what the English reader takes for a figure, where it takes the
/// words for nothing else.
pub(super) fn told(scene: &mut Scene, clause: &Clause<'_>) -> Result<(), Refusal> {
    let words = clause.slot("said");
    // What follows a condition, and what is said of each caller, is no figure of the whole.
    let conditional = words.first().is_some_and(|w| w.is_any(CONDITIONAL));
    let each = |two: &[Word]| two[0].is_any(&["per", "each"]) && two[1].is_any(CALLERS);
    let other = conditional || words.windows(2).any(each);
    let wish = |class: &&str| {
        knowledge().verb_at(class, words).is_some_and(|n| !words[..n].iter().any(|w| w.is("we")))
    };
    let imperative = ["add", "remove", "set", "replace", "use", "make", "move", "connect"].iter().any(wish);
    let says = |w: &Word| w.is_any(SAYING);
    if words.len() > MAX_FIGURE || other || imperative || !words.iter().any(says) {
        return Err(Refusal::other());
    }
    let led = words.first().is_some_and(|w| w.is_any(&["must", "should", "has", "needs"]));
    let said = format!("{}{}", if led { "It " } else { "" }, phrase::join(words));
    // A text of its own, so that "it" is something.
    let about = |said: &str| {
        let text = format!("A web app calls a service. {said}");
        reader::read(&Source::new("edit", text), Syntax::English).value
    };
    let plain = about("");
    let read = about(&said);
    let known = |id: &Id| plain.component(id.as_str()).is_some();
    let more = read.components().any(|c| !known(&c.id) && c.kind != Kind::User);
    // What is said of one part, a time or how long something is kept, is no figure of the whole.
    let whole = words.iter().any(|w| w.is_any(&["data", "everything", "we", "system"]));
    let partial = read
        .workload()
        .iter()
        .any(|f| f.key == WorkloadKey::Schedule || f.key == WorkloadKey::Retention && !whole);
    if more || partial || read.workload().is_empty() {
        return Err(Refusal::other());
    }
    for fact in read.workload() {
        let earlier = scene.architecture.workload().iter();
        let earlier = earlier.filter(|f| f.key == WorkloadKey::Compliance && f.key == fact.key);
        let (laws, law) = (earlier.map(|f| f.value.to_string()).next(), fact.value.to_string());
        let value = match laws {
            Some(laws) if laws.split(", ").any(|one| one == law) => Value::parse(&laws),
            Some(laws) => Value::parse(&format!("{laws}, {law}")),
            None => fact.value.clone(),
        };
        scene.perform(Operation::SetWorkload { key: fact.key, value, about: None })?;
    }
    Ok(())
}
