//! What is there already of the kind that something new would be: said, and used where that is what is meant.
//!
//! A system has one monitoring, one gateway, one identity provider; of caches, queues and stores it may have several, but
//! then each is for something. Takes a component to add and the words; changes nothing.

use super::names::stems;
use super::newcomer::{self, Newcomer};
use super::pattern::knowledge;
use super::phrase::{self, Word};
use super::scene::Scene;
use crate::model::{Component, Id, Kind};

/// Words that ask for one more of what is there.
const ANOTHER: &[&str] =
    &["another", "second", "third", "more", "additional", "extra", "own", "separate", "dedicated"];

/// Whether the words ask for one more.
pub(super) fn another(words: &[Word]) -> bool {
    words.iter().any(|w| w.is_any(ANOTHER))
}

/// Whether a system usually has just one of the kind.
pub(super) fn single(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Monitoring
            | Kind::Identity
            | Kind::Secrets
            | Kind::Cdn
            | Kind::Gateway
            | Kind::LoadBalancer
            | Kind::Waf
            | Kind::Dns
            | Kind::Registry
            | Kind::Cicd
    )
}

fn shared(kind: Kind) -> bool {
    single(kind)
        || kind.is_messaging()
        || matches!(kind, Kind::Cache | Kind::Search | Kind::Warehouse | Kind::Email | Kind::Notification)
}

/// Whether a label only says what kind of thing it is, or with what it is made.
pub(super) fn says_kind_only(label: &str, kind: Kind, technology: Option<&str>) -> bool {
    let heads = knowledge().heads.get(kind.word());
    let mut known: Vec<String> = heads.into_iter().flatten().flat_map(|h| stems(h)).collect();
    known.extend(technology.into_iter().flat_map(stems));
    known.extend(knowledge().plain_adjectives.iter().flat_map(|w| stems(w)));
    known.extend(knowledge().generic_heads.iter().chain(&knowledge().empty_heads).cloned());
    stems(label).iter().all(|w| known.contains(w))
}

/// Whether it is of a kind, or is code whose name says that it does the work of one: a "Notification service".
pub(super) fn does_as(c: &Component, kind: Kind) -> bool {
    c.kind == kind || c.kind.is_compute() && newcomer::head(&phrase::words(&c.label)) == Some(kind)
}

/// Whether the name of a component says no more than its kind.
pub(super) fn nameless(c: &Component) -> bool {
    says_kind_only(&c.label, c.kind, c.technology.as_ref().map(|t| t.name.as_str()))
}

/// Those of the kind that are there, where something of that kind is asked for that has no name of its own.
pub(super) fn of_kind(scene: &Scene, new: &Newcomer, words: &[Word]) -> Vec<Id> {
    let technology = new.technology.as_ref().map(|t| t.name.as_str());
    // Dead letters lie apart from what is still to be done.
    let dead = phrase::dead_letters(words);
    if !shared(new.kind) || dead || another(words) || !says_kind_only(&new.label, new.kind, technology) {
        return Vec::new();
    }
    let same_make = |c: &&Component| {
        let made = c.technology.as_ref().map(|t| t.name.as_str());
        technology.is_none() || technology == made
    };
    let told = matches!(new.kind, Kind::Identity | Kind::Notification | Kind::Email);
    let fits = |c: &&Component| c.kind == new.kind || told && technology.is_none() && does_as(c, new.kind);
    let all = scene.architecture.components().filter(fits);
    all.filter(same_make).map(|c| c.id.clone()).collect()
}

/// Says what is there of the kind when one more comes in.
pub(super) fn mention(scene: &mut Scene, new: &Newcomer, words: &[Word]) {
    if !(single(new.kind) || new.kind == Kind::Cache) || another(words) {
        return;
    }
    let there: Vec<String> = scene
        .architecture
        .components()
        .filter(|c| c.kind == new.kind)
        .map(|c| format!("“{}”", c.label))
        .collect();
    if !there.is_empty() {
        let verb = if there.len() == 1 { "is" } else { "are" };
        let text = format!(
            "{} {verb} there already; “{}” comes in beside; “connect … to …” uses what is there",
            there.join(", "),
            new.label
        );
        scene.remark("BP0816", phrase::span(words), text);
    }
}
