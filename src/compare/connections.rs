//! Connections added, removed, changed and redirected.

use super::fields::{field, properties, thing};
use super::{ConnectionChange, Field, Pairing, Thing, What};
use crate::model::{Architecture, Connection, ConnectionRef, Id, Mode};

/// A connection of the old architecture that has no partner yet, with its ends' present ids.
struct Left<'a> {
    connection: ConnectionRef<'a>,
    from: &'a Id,
    to: &'a Id,
}

/// Equal ones are paired first, then those between the same two, then those that share one end and say the same.
pub(super) fn changes(old: &Architecture, new: &Architecture, pairing: &Pairing) -> Vec<ConnectionChange> {
    let mut left: Vec<Left<'_>> = old
        .connections()
        .map(|c| Left {
            connection: c,
            from: pairing.current(&old.at(c.from).id),
            to: pairing.current(&old.at(c.to).id),
        })
        .collect();
    let mut rest: Vec<ConnectionRef<'_>> = new.connections().collect();
    let ends = |c: &ConnectionRef<'_>| (&new.at(c.from).id, &new.at(c.to).id);
    let mut by_ends: std::collections::BTreeMap<(&Id, &Id), Vec<usize>> = std::collections::BTreeMap::new();
    for (i, l) in left.iter().enumerate() {
        by_ends.entry((l.from, l.to)).or_default().push(i);
    }
    let mut taken = vec![false; left.len()];
    let mut pick = |key: (&Id, &Id), test: &dyn Fn(&Left<'_>) -> bool| {
        let at = *by_ends.get(&key)?.iter().find(|&&i| !taken[i] && test(&left[i]))?;
        taken[at] = true;
        Some(at)
    };
    rest.retain(|c| {
        pick(ends(c), &|l| differing(l.connection.connection, c.connection).is_empty()).is_none()
    });
    let mut found: Vec<(usize, ConnectionChange)> = Vec::new();
    rest.retain(|c| {
        let Some(at) = pick(ends(c), &|_| true) else { return true };
        let fields = differing(left[at].connection.connection, c.connection);
        found.push((
            c.index.index(),
            change(What::Changed, (old, Some(&left[at].connection)), (new, Some(c)), fields),
        ));
        false
    });
    let mut taken = taken.into_iter();
    left.retain(|_| !taken.next().unwrap_or(false));
    rest.retain(|c| {
        let Some(at) = partner(&left, new, c) else { return true };
        let gone = left.remove(at);
        let fields = differing(gone.connection.connection, c.connection);
        found.push((
            c.index.index(),
            change(What::Redirected, (old, Some(&gone.connection)), (new, Some(c)), fields),
        ));
        false
    });
    for c in &rest {
        // What a new one is like besides its label: "protocol TLS".
        let plain = Connection { label: c.label.clone(), ..Connection::new(c.mode) };
        let fields = differing(&plain, c.connection);
        found.push((c.index.index(), change(What::Added, (old, None), (new, Some(c)), fields)));
    }
    found.sort_by_key(|(at, _)| *at);
    let gone =
        left.iter().map(|l| change(What::Removed, (old, Some(&l.connection)), (new, None), Vec::new()));
    found.into_iter().map(|(_, c)| c).chain(gone).collect()
}

/// The one left over that `c` continues: it runs the other way between the same two, or one end is the same, and so is what it says. Without words, being the only one
/// left with that start must do.
fn partner(left: &[Left<'_>], new: &Architecture, c: &ConnectionRef<'_>) -> Option<usize> {
    let (from, to) = (&new.at(c.from).id, &new.at(c.to).id);
    // Turned round, it says the same the other way.
    let turned = |l: &Left<'_>| l.from == to && l.to == from && l.connection.label == c.label;
    if let Some(at) = left.iter().position(turned) {
        return Some(at);
    }
    if c.label.is_some() {
        return left.iter().position(|l| l.connection.label == c.label && ((l.from == from) != (l.to == to)));
    }
    let mut same = left.iter().enumerate().filter(|(_, l)| {
        l.connection.label.is_none()
            && l.connection.mode == c.mode
            && l.connection.protocol == c.protocol
            && l.from == from
            && l.to != to
            && new.component(l.to.as_str()).is_some()
    });
    match (same.next(), same.next()) {
        (Some((at, _)), None) => Some(at),
        _ => None,
    }
}

fn differing(old: &Connection, new: &Connection) -> Vec<Field> {
    let mode = |c: &Connection| Some(c.mode.label().to_lowercase());
    let mut fields: Vec<Field> = [
        field("label", old.label.clone(), new.label.clone()),
        field("mode", mode(old), mode(new)),
        field("protocol", old.protocol.clone(), new.protocol.clone()),
        field("payload", old.payload.clone(), new.payload.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    fields.extend(properties(&old.properties, &new.properties));
    fields
}

fn change(
    what: What,
    (old, before): (&Architecture, Option<&ConnectionRef<'_>>),
    (new, after): (&Architecture, Option<&ConnectionRef<'_>>),
    fields: Vec<Field>,
) -> ConnectionChange {
    let ends = |a: &Architecture, c: &ConnectionRef<'_>| -> (Thing, Thing) {
        let end = |index| thing(&a.at(index).id, &a.at(index).label);
        (end(c.from), end(c.to))
    };
    let shown = after.or(before);
    ConnectionChange {
        what,
        before: before.map(|c| ends(old, c)),
        after: after.map(|c| ends(new, c)),
        label: shown.and_then(|c| c.label.clone()),
        asynchronous: shown.is_some_and(|c| c.mode == Mode::Async),
        fields,
        old: before.map(|c| c.index),
        new: after.map(|c| c.index),
    }
}
