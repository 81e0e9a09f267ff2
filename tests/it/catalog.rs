//! The catalog's data files.

use std::collections::BTreeMap;

use blueprose::catalog::catalog;
use blueprose::model::Kind;

#[test]
fn there_is_enough_of_every_vendor() {
    let count = |test: fn(&str) -> bool| catalog().technologies().iter().filter(|t| test(t.vendor)).count();
    assert!(count(|v| v == "AWS") >= 80);
    assert!(count(|v| v == "Azure") >= 50);
    assert!(count(|v| v == "Google Cloud") >= 40);
    assert!(count(|v| v == "Kubernetes" || v == "Open source") >= 90);
    assert!(count(|v| !["AWS", "Azure", "Google Cloud", "Kubernetes", "Open source"].contains(&v)) >= 40);
}

#[test]
fn every_name_means_one_thing() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut twice = Vec::new();
    for entry in catalog().technologies() {
        for name in std::iter::once(&entry.name).chain(entry.aliases).chain(entry.cased_aliases) {
            assert!(!name.trim().is_empty(), "{} has an empty alias", entry.id);
            if let Some(other) =
                owners.insert(name.to_lowercase(), entry.id).filter(|other| *other != entry.id)
            {
                twice.push(format!("`{name}` is {other} and {}", entry.id));
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn entries_are_complete() {
    for entry in catalog().technologies() {
        assert!(
            entry.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c)),
            "{}",
            entry.id
        );
        assert!(
            entry.about.ends_with('.') && !entry.icon.is_empty() && !entry.vendor.is_empty(),
            "{}",
            entry.id
        );
        assert_eq!(catalog().find(entry.id).map(|e| &e.id), Some(&entry.id));
        assert!(catalog().find(entry.name).is_some(), "{}", entry.name);
    }
    for &kind in Kind::ALL {
        assert!(!catalog().kind(kind).about.is_empty(), "{kind}");
    }
}

#[test]
fn misspelt_names_are_found() {
    for (wrong, right) in [("postgress", "postgresql"), ("kubernets", "kubernetes"), ("rabitmq", "rabbitmq")]
    {
        assert_eq!(catalog().nearest(wrong).map(|e| e.id), Some(right));
    }
    assert!(catalog().nearest("queue of messages").is_none());
}
