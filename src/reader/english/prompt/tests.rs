//! Prompts become drafts in which every stated feature has its place.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::model::{Kind, Value, WorkloadKey};

fn drawn(text: &str) -> Architecture {
    read(&Source::new("prompt.txt", text), false).unwrap().value
}

fn labels(a: &Architecture) -> Vec<&str> {
    a.components().map(|c| c.label.as_str()).collect()
}

#[test]
fn only_requests_are_prompts() {
    assert!(asks("Design a parcel locker network") && asks("please draw a shop"));
    assert!(!asks("Designers upload sketches to the portal."), "a word that begins like a request");
    assert!(!asks("The portal writes orders to Postgres."));
    assert!(read(&Source::new("prompt.txt", "The archiver copies files to S3."), false).is_none());
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

/// The connections as labels of their ends.
fn arrows(a: &Architecture) -> Vec<(String, String)> {
    let parts: Vec<_> = a.indexed().collect();
    let label =
        |index| parts.iter().find(|(i, _)| *i == index).map_or_else(String::new, |(_, c)| c.label.clone());
    parts.iter().flat_map(|(i, _)| a.connections_from(*i)).map(|c| (label(c.from), label(c.to))).collect()
}

#[test]
fn people_who_act_have_an_app() {
    let a = drawn(
        "Build a portal for residents to submit parking requests. Wardens check plates, clerks review requests",
    );
    for wanted in ["Resident app", "Clerk app"] {
        assert!(labels(&a).contains(&wanted), "{wanted} in {:?}", labels(&a));
    }
}

#[test]
fn what_is_done_is_named_without_its_verb_unless_the_verb_tells() {
    let a = drawn("Design a tool that scrapes shops, raises disputes, and keeps invoices for seven years");
    for wanted in ["Shop scraping service", "Dispute service"] {
        assert!(labels(&a).contains(&wanted), "{wanted} in {:?}", labels(&a));
    }
}

#[test]
fn loads_and_qualities_are_no_features() {
    let a = drawn(
        "Design a coupon wallet with offers. It must handle 900 scans per second and be auditable, and it guarantees that an offer is used once",
    );
    let odd = ["scan", "auditable", "guarantee", "used"];
    let found = labels(&a).into_iter().find(|l| odd.iter().any(|o| l.to_lowercase().contains(o)));
    assert_eq!(found, None);
}

#[test]
fn a_queue_that_is_named_has_somebody_who_takes_from_it() {
    let a = drawn("Build an invoicing API with FastAPI, MariaDB, and RabbitMQ for reminder mails");
    let arrows = arrows(&a);
    let has = |from: &str, to: &str| arrows.iter().any(|(f, t)| f.contains(from) && t.contains(to));
    assert!(has("FastAPI", "RabbitMQ") && has("RabbitMQ", "worker"), "{arrows:?}");
    assert!(has("FastAPI", "MariaDB"), "{arrows:?}");
}

#[test]
fn a_product_takes_the_place_that_it_is_named_for() {
    let a = drawn(
        "Design a clickstream pipeline with Kinesis, Flink for stream processing, Redshift and Tableau dashboards",
    );
    for assumed in ["Stream processor", "Dashboards"] {
        assert!(!labels(&a).contains(&assumed), "{assumed} in {:?}", labels(&a));
    }
}

#[test]
fn features_that_nothing_uses_hear_of_the_core_over_a_bus() {
    let a =
        drawn("Design a choir app with rehearsal schedules, voice memos, seating plans and uniform loans");
    let core = a.components().find(|c| c.label.contains("schedule")).unwrap();
    let arrows = arrows(&a);
    assert!(arrows.iter().any(|(f, t)| *f == core.label && t == "Event bus"), "{arrows:?}");
    for feature in ["memo", "Seating", "loan"] {
        let hears = |label: &str| arrows.iter().any(|(f, t)| f == "Event bus" && t.contains(label));
        let tells = |label: &str| arrows.iter().any(|(f, t)| f.contains(label) && t == "Event bus");
        assert!(hears(feature) || tells(feature), "{feature}: {arrows:?}");
    }
}

#[test]
fn what_keeps_nothing_works_on_a_database_of_all() {
    let a = drawn("Design a carwash app with queue display, wash packages and attendant calls");
    let databases = a.components().filter(|c| c.kind == Kind::Database).count();
    assert!(databases >= 1, "{:?}", labels(&a));
}

#[test]
fn devices_are_drawn_as_what_they_are() {
    let a =
        drawn("Design a brewery system with tank temperature sensors, batch records and a brewer dashboard");
    let sensors = a.components().find(|c| c.label == "Tank temperature sensors").unwrap();
    assert_eq!(sensors.kind, Kind::Device);
    assert!(arrows(&a).iter().any(|(f, t)| f == "Tank temperature sensors" && t == "Device gateway"));
}

#[test]
fn outside_parties_are_partners() {
    let a = drawn(
        "Build a vet clinic app with appointment booking, lab orders to the external lab and updates to the pet registry",
    );
    let registry = a.components().find(|c| c.label == "Pet registry").unwrap();
    assert_eq!(registry.kind, Kind::External, "{:?}", labels(&a));
}

#[test]
fn who_acts_without_an_object_asks_for_the_deed() {
    let a =
        drawn("Design a club app: members register, apply for courts and pay fees, coaches review players");
    let has = |label: &str| labels(&a).contains(&label);
    assert!(has("Registration service") && has("Court service"), "{:?}", labels(&a));
}

#[test]
fn a_note_that_lists_is_a_wish() {
    let text = "Central metering for 40 mills: Fluent Bit at each mill, Kafka as buffer, ClickHouse for a year, charts in Grafana";
    let read = crate::reader::english::read(&Source::new("prompt.txt", text)).value;
    let arrows = arrows(&read);
    assert!(arrows.iter().any(|(f, t)| f.contains("Fluent Bit") && t.contains("Kafka")), "{arrows:?}");
}

#[test]
fn a_list_of_products_is_a_system() {
    let a = drawn("SvelteKit frontend, Django backend, PostgreSQL, Redis for caching");
    assert!(
        arrows(&a).iter().any(|(f, t)| f.contains("Django") && t.contains("PostgreSQL")),
        "{:?}",
        arrows(&a)
    );
}
