//! Prompts become drafts in which every stated feature has its place.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::{Kind, Value, WorkloadKey};

fn drawn(text: &str) -> Architecture {
    read(&Source::new("prompt.txt", text)).unwrap().value
}

fn labels(a: &Architecture) -> Vec<&str> {
    a.components().map(|c| c.label.as_str()).collect()
}

#[test]
fn only_requests_are_prompts() {
    assert!(asks("Design a parcel locker network") && asks("please draw a shop"));
    assert!(!asks("Designers upload sketches to the portal."), "a word that begins like a request");
    assert!(!asks("The portal writes orders to Postgres."));
    assert!(read(&Source::new("prompt.txt", "The archiver copies files to S3.")).is_none());
}

#[test]
fn every_feature_has_a_place_and_says_why() {
    let a = drawn("Design a pottery school site with class bookings, payments and a photo gallery");
    for wanted in ["Booking", "Payment"] {
        assert!(labels(&a).iter().any(|l| l.contains(wanted)), "{wanted} in {:?}", labels(&a));
    }
    assert!(a.components().all(|c| !c.origin.is_assumed() || c.origin.why().is_some()));
    assert!(a.connections().all(|c| c.origin.why().is_some()));
}

#[test]
fn what_is_ruled_out_is_not_drawn() {
    let with = drawn("Design a shop with a catalog and search");
    let without = drawn("Design a shop with a catalog and without search");
    let searches = |a: &Architecture| a.components().any(|c| c.kind == Kind::Search);
    assert!(searches(&with) && !searches(&without), "{:?}", labels(&without));
}

#[test]
fn figures_and_laws_are_facts_as_in_any_text() {
    let a = drawn("Design a clinic booking system under HIPAA for 20,000 users with 300 requests per second");
    let facts: Vec<_> = a.workload().iter().map(|f| f.key).collect();
    for key in [WorkloadKey::Compliance, WorkloadKey::Users, WorkloadKey::Rate] {
        assert!(facts.contains(&key), "{key:?} in {facts:?}");
    }
    let law = a.workload().iter().find(|f| f.key == WorkloadKey::Compliance).unwrap();
    assert_eq!(law.value, Value::Text("HIPAA".to_owned()));
}

#[test]
fn a_large_load_brings_a_load_balancer_and_a_cache() {
    let a = drawn("Design a ticket shop for millions of users with seat maps");
    for kind in [Kind::LoadBalancer, Kind::Cache] {
        assert!(a.components().any(|c| c.kind == kind), "{kind:?} in {:?}", labels(&a));
    }
}
