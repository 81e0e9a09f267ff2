//! What differs about components, groups, scenarios, workload and remarks.

use super::{Change, Field, Named, Pairing, Thing, What};
use crate::model::{
    Architecture, Component, Group, Id, Properties, Scenario, Technology, WishKind, WorkloadFact,
};

/// A field where the two values differ.
pub(super) fn field(name: &str, before: Option<String>, after: Option<String>) -> Option<Field> {
    (before != after).then(|| Field { field: name.to_owned(), before, after })
}

/// Every property that differs, the old ones first.
pub(super) fn properties(old: &Properties, new: &Properties) -> Vec<Field> {
    let names = old.keys().chain(new.keys().filter(|k| !old.contains_key(*k)));
    let value = |of: &Properties, name: &str| of.get(name).map(|p| p.value.to_string());
    names.filter_map(|name| field(name, value(old, name), value(new, name))).collect()
}

fn text(technology: Option<&Technology>) -> Option<String> {
    technology.map(|t| t.name.clone())
}

pub(super) fn thing(id: &Id, label: &str) -> Thing {
    Thing { id: id.to_string(), label: label.to_owned() }
}

pub(super) fn whole(old: &Architecture, new: &Architecture) -> Vec<Field> {
    let direction = |a: &Architecture| a.direction.map(|d| d.to_string());
    [
        field("title", old.title.clone(), new.title.clone()),
        field("description", old.description.clone(), new.description.clone()),
        field("direction", direction(old), direction(new)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn components(old: &Architecture, new: &Architecture, pairing: &Pairing) -> Vec<Change> {
    let mut changes = Vec::new();
    for c in new.components() {
        match pairing.old_of(&c.id).and_then(|id| old.component(id.as_str())) {
            None => changes.push(Change {
                what: What::Added,
                before: None,
                after: Some(thing(&c.id, &c.label)),
                about: about(new, c),
                fields: properties(&Properties::new(), &c.properties),
            }),
            Some(b) => changes.extend(component(old, new, pairing, b, c)),
        }
    }
    for c in old.components().filter(|c| pairing.new_of(&c.id).is_none()) {
        changes.push(Change {
            what: What::Removed,
            before: Some(thing(&c.id, &c.label)),
            after: None,
            about: about(old, c),
            fields: Vec::new(),
        });
    }
    changes
}

/// `cache, Redis, ×2, in AWS`.
fn about(a: &Architecture, c: &Component) -> String {
    let mut parts = vec![c.kind.label().to_lowercase()];
    parts.extend(text(c.technology.as_ref()));
    parts.extend(c.replicas.filter(|&n| n > 1).map(|n| format!("×{n}")));
    parts.extend(c.group.as_ref().and_then(|g| a.group(g.as_str())).map(|g| format!("in {}", g.label)));
    parts.join(", ")
}

fn component(
    old: &Architecture,
    new: &Architecture,
    pairing: &Pairing,
    b: &Component,
    c: &Component,
) -> Option<Change> {
    let kind = |c: &Component| Some(c.kind.label().to_lowercase());
    let mut fields: Vec<Field> = [
        field("kind", kind(b), kind(c)),
        field("technology", text(b.technology.as_ref()), text(c.technology.as_ref())),
        field("replicas", b.replicas.map(|n| n.to_string()), c.replicas.map(|n| n.to_string())),
        place((old, b.group.as_ref()), (new, c.group.as_ref()), pairing),
        field("description", b.description.clone(), c.description.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    fields.extend(properties(&b.properties, &c.properties));
    change(thing(&b.id, &b.label), thing(&c.id, &c.label), fields)
}

fn change(before: Thing, after: Thing, fields: Vec<Field>) -> Option<Change> {
    let renamed = before != after;
    (renamed || !fields.is_empty()).then(|| Change {
        what: if renamed { What::Renamed } else { What::Changed },
        before: Some(before),
        after: Some(after),
        about: String::new(),
        fields,
    })
}

/// The group as a field, unless it is the same group under another name.
fn place(
    (old, before): (&Architecture, Option<&Id>),
    (new, after): (&Architecture, Option<&Id>),
    pairing: &Pairing,
) -> Option<Field> {
    if before.and_then(|g| pairing.new_of(g)) == after && before.is_some() == after.is_some() {
        return None;
    }
    let label = |a: &Architecture, id: Option<&Id>| Some(a.group(id?.as_str())?.label.clone());
    Some(Field { field: "group".into(), before: label(old, before), after: label(new, after) })
}

pub(super) fn groups(old: &Architecture, new: &Architecture, pairing: &Pairing) -> Vec<Change> {
    let mut changes = Vec::new();
    let about = |g: &Group| g.kind.label().to_lowercase();
    for g in new.groups() {
        let Some(b) = pairing.old_of(&g.id).and_then(|id| old.group(id.as_str())) else {
            changes.push(Change {
                what: What::Added,
                before: None,
                after: Some(thing(&g.id, &g.label)),
                about: about(g),
                fields: Vec::new(),
            });
            continue;
        };
        let mut fields: Vec<Field> = [
            field("kind", Some(about(b)), Some(about(g))),
            field("technology", text(b.technology.as_ref()), text(g.technology.as_ref())),
            place((old, b.parent.as_ref()), (new, g.parent.as_ref()), pairing),
        ]
        .into_iter()
        .flatten()
        .collect();
        fields.extend(properties(&b.properties, &g.properties));
        changes.extend(change(thing(&b.id, &b.label), thing(&g.id, &g.label), fields));
    }
    for g in old.groups().iter().filter(|g| pairing.new_of(&g.id).is_none()) {
        changes.push(Change {
            what: What::Removed,
            before: Some(thing(&g.id, &g.label)),
            after: None,
            about: about(g),
            fields: Vec::new(),
        });
    }
    changes
}

/// The steps of a scenario in words that do not depend on order or ids that changed.
fn steps(a: &Architecture, scenario: &Scenario, name: impl Fn(&Id) -> Id) -> Vec<String> {
    let walk = scenario.steps.iter().filter_map(|step| {
        let c = a.connection(step.connection)?;
        let text = step.text.as_ref().map(|t| format!(": {t}")).unwrap_or_default();
        Some(format!("{} → {}{text}", name(&a.at(c.from).id), name(&a.at(c.to).id)))
    });
    walk.collect()
}

pub(super) fn scenarios(old: &Architecture, new: &Architecture, pairing: &Pairing) -> Vec<Named> {
    let mut changes = Vec::new();
    let named = |what, name: &str| Named { what, name: name.to_owned(), fields: Vec::new() };
    let mut left: Vec<&Scenario> = old.scenarios().iter().collect();
    for s in new.scenarios() {
        let Some(at) = left.iter().position(|b| b.title == s.title) else {
            changes.push(named(What::Added, &s.title));
            continue;
        };
        let before = steps(old, left.remove(at), |id| pairing.current(id).clone());
        let after = steps(new, s, Id::clone);
        if before != after {
            let fields =
                field("steps", Some(before.join(", ")), Some(after.join(", "))).into_iter().collect();
            changes.push(Named { what: What::Changed, name: s.title.clone(), fields });
        }
    }
    changes.extend(left.into_iter().map(|s| named(What::Removed, &s.title)));
    changes
}

pub(super) fn workload(old: &Architecture, new: &Architecture, pairing: &Pairing) -> Vec<Field> {
    let key = |f: &WorkloadFact, about: Option<Id>| {
        let word = serde_json::to_value(f.key).ok().and_then(|v| v.as_str().map(str::to_owned));
        let word = word.unwrap_or_default().replace('_', " ");
        about.map_or(word.clone(), |id| format!("{word} of {id}"))
    };
    let mut left: Vec<(String, String)> = old
        .workload()
        .iter()
        .map(|f| (key(f, f.about.as_ref().map(|id| pairing.current(id).clone())), f.value.to_string()))
        .collect();
    let mut now: Vec<(String, String)> =
        new.workload().iter().map(|f| (key(f, f.about.clone()), f.value.to_string())).collect();
    now.retain(|f| match left.iter().position(|b| b == f) {
        Some(at) => {
            left.remove(at);
            false
        }
        None => true,
    });
    let mut changes = Vec::new();
    for (name, after) in now {
        let before = left.iter().position(|b| b.0 == name).map(|at| left.remove(at).1);
        changes.push(Field { field: name, before, after: Some(after) });
    }
    changes.extend(left.into_iter().map(|(name, before)| Field {
        field: name,
        before: Some(before),
        after: None,
    }));
    changes
}

pub(super) fn remarks(old: &Architecture, new: &Architecture, pairing: &Pairing) -> Vec<Named> {
    let mut left = lines(old, |id| pairing.current(id).clone());
    let mut changes = Vec::new();
    for line in lines(new, Id::clone) {
        match left.iter().position(|b| *b == line) {
            Some(at) => drop(left.remove(at)),
            None => changes.push(Named { what: What::Added, name: line, fields: Vec::new() }),
        }
    }
    changes.extend(left.into_iter().map(|name| Named { what: What::Removed, name, fields: Vec::new() }));
    changes
}

/// Notes, wishes and suppressions, each as one line.
fn lines(a: &Architecture, name: impl Fn(&Id) -> Id) -> Vec<String> {
    let list = |ids: &[Id]| ids.iter().map(|id| name(id).to_string()).collect::<Vec<_>>().join(", ");
    let notes = a.notes().iter().map(|n| match &n.about {
        Some(id) => format!("note on {}: {}", name(id), n.text),
        None => format!("note: {}", n.text),
    });
    let wishes = a.wishes().iter().map(|w| match &w.kind {
        WishKind::SameRank(ids) => format!("wish: {} in one rank", list(ids)),
        WishKind::Order(ids) => format!("wish: order {}", list(ids)),
        WishKind::Near(x, y) => format!("wish: {} near {}", name(x), name(y)),
        WishKind::First(id) => format!("wish: {} first", name(id)),
        WishKind::Last(id) => format!("wish: {} last", name(id)),
        WishKind::GroupDirection(id, d) => format!("wish: {} reads {d}", name(id)),
    });
    let ignored = a.suppressions().iter().map(|s| {
        let place = if s.about.is_empty() { String::new() } else { format!(" on {}", list(&s.about)) };
        format!("ignore {}{place}: {}", s.rule, s.reason)
    });
    notes.chain(wishes).chain(ignored).collect()
}
