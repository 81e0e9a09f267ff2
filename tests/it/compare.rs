//! Differences by meaning: none with itself, and random edits are named exactly.

use std::collections::BTreeSet;

use blueprose::compare::{What, compare};
use blueprose::model::{
    Architecture, Component, Connection, Group, GroupKind, Id, Kind, Mode, Operation, Value,
};
use proptest::prelude::*;

const WORDS: [&str; 16] = [
    "orders", "billing", "catalog", "ledger", "search", "mailer", "gateway", "images", "payments", "reports",
    "sessions", "invoices", "shipping", "ratings", "archive", "metrics",
];
const KINDS: [Kind; 6] =
    [Kind::Service, Kind::Database, Kind::Queue, Kind::Cache, Kind::Function, Kind::Storage];

/// Sixteen components with telling names, two groups, and the connections given.
fn system(connections: &[(usize, usize)]) -> Architecture {
    let mut a = Architecture::new();
    for group in ["cloud", "office"] {
        a.add_group(Group::new(group, GroupKind::Group)).expect("a new name");
    }
    for (n, word) in WORDS.iter().enumerate() {
        let group = [None, Id::parse("cloud"), Id::parse("office")][n % 3].clone();
        a.add_component(Component { group, ..Component::new(*word, KINDS[n % KINDS.len()]) })
            .expect("a new name");
    }
    let mut seen = BTreeSet::new();
    for &(from, to) in connections.iter().filter(|(f, t)| f != t) {
        if seen.insert((from, to)) {
            a.connect(
                WORDS[from],
                WORDS[to],
                Connection::new(Mode::Sync).labelled(format!("{from} to {to}")),
            )
            .expect("both exist");
        }
    }
    a
}

fn id(text: &str) -> Id {
    Id::parse(text).expect("a valid id")
}

/// One edit for each component at most, so that none undoes another; what the difference must say of it.
fn edit(a: &Architecture, at: usize, choice: usize) -> Option<(Operation, String)> {
    let it = a.component(WORDS[at])?;
    let name = it.id.clone();
    Some(match choice % 6 {
        0 => (
            Operation::Rename { id: name.clone(), label: format!("{name} desk") },
            format!("Renamed {name} {name} desk"),
        ),
        1 => (Operation::SetReplicas { id: name.clone(), replicas: 3 }, format!("Changed {name} replicas")),
        2 => {
            let kind = Kind::External;
            (Operation::SetKind { id: name.clone(), kind }, format!("Changed {name} kind"))
        }
        3 => {
            let value = Value::parse("10 s");
            let property = Operation::SetProperty { id: name.clone(), name: "timeout".into(), value };
            (property, format!("Changed {name} timeout"))
        }
        4 => {
            let group = if it.group.is_none() { Some(id("cloud")) } else { None };
            (Operation::Move { id: name.clone(), group }, format!("Changed {name} group"))
        }
        _ => {
            let label = format!("{name} twin of another world");
            let new = id(&format!("zz-{at}"));
            let add = Operation::AddComponent {
                id: new.clone(),
                label,
                kind: Kind::Analytics,
                technology: None,
                group: None,
            };
            (add, format!("Added {new}"))
        }
    })
}

fn said(old: &Architecture, new: &Architecture) -> BTreeSet<String> {
    let difference = compare(old, new);
    let mut said = BTreeSet::new();
    for c in &difference.components {
        let thing = c.after.as_ref().or(c.before.as_ref()).expect("one side");
        let id = &thing.id;
        said.insert(match c.what {
            What::Renamed => format!("Renamed {id} {}", thing.label),
            What::Changed => format!("Changed {id} {}", c.fields[0].field),
            what => format!("{what:?} {id}"),
        });
    }
    for c in &difference.connections {
        let (from, to) = c.after.as_ref().or(c.before.as_ref()).expect("one side");
        said.insert(format!("{:?} {} {}", c.what, from.id, to.id));
    }
    assert_eq!(difference.count(), said.len(), "{}", difference.text());
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn random_edits_are_named_exactly(
        connections in prop::collection::vec((0usize..16, 0usize..16), 4..24),
        edits in prop::collection::btree_map(0usize..16, 0usize..6, 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
        join in prop::option::of((0usize..16, 0usize..16)),
    ) {
        let old = system(&connections);
        prop_assert!(compare(&old, &old).is_empty());
        let mut new = old.clone();
        let mut expected = BTreeSet::new();
        for (at, choice) in edits {
            let (operation, words) = edit(&old, at, choice).expect("it exists");
            new.apply(&operation).expect("valid");
            expected.insert(words);
        }
        if let Some(cut) = cut.filter(|_| old.connection_count() > 0) {
            let c = old.connections().nth(cut.index(old.connection_count())).expect("it exists");
            let (from, to) = (old.at(c.from).id.clone(), old.at(c.to).id.clone());
            expected.insert(format!("Removed {from} {to}"));
            new.apply(&Operation::Disconnect { from, to }).expect("valid");
        } else if let Some((from, to)) = join.filter(|(f, t)| f != t) {
            let (from, to) = (id(WORDS[from]), id(WORDS[to]));
            expected.insert(format!("Added {from} {to}"));
            let label = Some("a word of its own".to_owned());
            new.apply(&Operation::Connect { from, to, label, mode: Mode::Async }).expect("valid");
        }
        prop_assert_eq!(said(&old, &new), expected);
    }
}

#[test]
fn a_new_id_with_the_same_neighbours_is_a_renaming() {
    let old = system(&[(0, 1), (1, 2), (3, 1)]);
    let mut new = Architecture::new();
    for group in old.groups() {
        new.add_group(group.clone()).expect("a new name");
    }
    for c in old.components() {
        let renamed = c.id.as_str() == "billing";
        let c = if renamed {
            Component { id: id("billing-core"), label: "billing core".into(), ..c.clone() }
        } else {
            c.clone()
        };
        new.add_component(c).expect("a new name");
    }
    for c in old.connections() {
        let end = |i| match old.at(i).id.as_str() {
            "billing" => "billing-core",
            other => other,
        };
        new.connect(end(c.from), end(c.to), c.connection.clone()).expect("both exist");
    }
    let difference = compare(&old, &new);
    assert_eq!(difference.text(), "~ billing → billing core (billing-core)\n");
    assert_eq!(difference.components[0].says().as_deref(), Some("was billing"));
    assert!(difference.connections.is_empty());
}

#[test]
fn redirected_connections_keep_their_words() {
    let old = system(&[(0, 1)]);
    let mut new = old.clone();
    let operation = Operation::Redirect {
        from: id("orders"),
        to: id("billing"),
        new_from: id("orders"),
        new_to: id("catalog"),
    };
    new.apply(&operation).expect("valid");
    let difference = compare(&old, &new);
    assert_eq!(difference.text(), "~ orders → billing, now orders → catalog “0 to 1”\n");
    assert_eq!(
        difference.markdown(),
        "### Connections\n\n- **Redirected** orders → billing, now orders → catalog “0 to 1”\n"
    );
}

#[test]
fn a_new_connection_is_listed_with_its_protocol() {
    let old = system(&[(0, 1)]);
    let mut new = old.clone();
    let (from, to) = (id("orders"), id("catalog"));
    let connect = Operation::Connect {
        from: from.clone(),
        to: to.clone(),
        label: Some("ask".into()),
        mode: Mode::Sync,
    };
    let over = Operation::SetProtocol { from, to, protocol: "gRPC".into() };
    new.apply_all(&[connect, over]).expect("valid");
    assert_eq!(compare(&old, &new).text(), "+ orders → catalog “ask”: protocol gRPC\n");
}
