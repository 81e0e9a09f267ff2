//! Own descriptions, scored: what is found of what an engineer would draw.

use std::collections::BTreeMap;
use std::fs;

use blueprose::model::{Architecture, WorkloadFact};
use blueprose::reader::english;
use blueprose::text::Source;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    components: BTreeMap<String, String>,
    #[serde(default)]
    flows: Vec<(String, String)>,
    #[serde(default)]
    groups: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    never: Vec<String>,
}

fn words(label: &str) -> Vec<String> {
    let vendor = ["amazon", "aws", "azure", "google", "apache", "the"];
    let lower = label.to_lowercase();
    let split = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !vendor.contains(w));
    split.map(|w| w.trim_end_matches('s').to_owned()).collect()
}

/// The id of the component a name means: all its words are in the label or the technology's name.
fn find(architecture: &Architecture, name: &str) -> Option<String> {
    let wanted = words(name);
    let fits = architecture.components().filter(|c| {
        let technology = c.technology.as_ref().map_or("", |t| t.name.as_str());
        let have = words(&format!("{} {technology}", c.label));
        wanted.iter().all(|w| have.contains(w))
    });
    fits.min_by_key(|c| c.label.len()).map(|c| c.id.to_string())
}

#[test]
fn own_descriptions_are_understood() {
    let text = fs::read_to_string("tests/suite/english/descriptions.yaml").unwrap();
    let cases: Vec<Case> = serde_yaml::from_str(&text).unwrap();
    let (mut named, mut found, mut kinds, mut drawn) = (0, 0, 0, 0);
    let (mut arrows, mut right, mut all) = (0, 0, 0);
    for case in &cases {
        let architecture = english::read(&Source::new("case", case.text.as_str())).value;
        drawn += architecture.component_count();
        all += architecture.connection_count();
        for (name, kind) in &case.components {
            named += 1;
            let Some(id) = find(&architecture, name) else {
                println!("not found: {name} in {:?}", case.text);
                continue;
            };
            found += 1;
            kinds += usize::from(architecture.component(&id).unwrap().kind.word() == kind);
        }
        for (from, to) in &case.flows {
            arrows += 1;
            let ends = (find(&architecture, from), find(&architecture, to));
            let (Some(a), Some(b)) = ends else { continue };
            let (a, b) = (architecture.index_of(&a).unwrap(), architecture.index_of(&b).unwrap());
            let hit = architecture.connections().any(|c| c.from == a && c.to == b);
            right += usize::from(hit);
            if !hit {
                println!("no arrow {from} -> {to} in {:?}", case.text);
            }
        }
        for (group, members) in &case.groups {
            let group =
                architecture.groups().iter().find(|g| words(&g.label) == words(group)).expect("the group");
            for member in members {
                let id = find(&architecture, member).unwrap();
                assert_eq!(architecture.component(&id).unwrap().group.as_ref(), Some(&group.id), "{member}");
            }
        }
        for word in &case.never {
            assert!(find(&architecture, word).is_none(), "{word} is drawn for {:?}", case.text);
        }
    }
    println!("components {found} of {named} found, {kinds} of the right kind, {drawn} drawn");
    println!("arrows {right} of {arrows} found, {all} drawn");
    assert!(found * 100 >= named * 85 && kinds * 100 >= found * 85);
    assert!(right * 100 >= arrows * 70);
}

#[test]
fn what_is_no_system_is_said_to_be_none() {
    for (text, code) in [
        ("", "BP0402"),
        (
            "Whisk two eggs with sugar, melt the butter and bake the cake for 40 minutes until golden.",
            "BP0403",
        ),
        ("Der Dienst ruft die Datenbank auf und schreibt danach alle Bestellungen in das Archiv.", "BP0403"),
    ] {
        let outcome = english::read(&Source::new("t", text));
        assert_eq!(outcome.value.component_count(), 0, "{text}");
        assert!(outcome.diagnostics.iter().any(|d| d.code == code), "{text}: {:?}", outcome.diagnostics);
    }
    let long = "a ".repeat(600_000);
    assert_eq!(english::read(&Source::new("t", long)).diagnostics[0].code, "BP0401");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactCase {
    text: String,
    facts: Vec<String>,
}

#[test]
fn facts_about_the_load_are_kept() {
    let text = fs::read_to_string("tests/suite/english/facts.yaml").unwrap();
    for case in serde_yaml::from_str::<Vec<FactCase>>(&text).unwrap() {
        let architecture = english::read(&Source::new("case", case.text.as_str())).value;
        let key = |f: &WorkloadFact| serde_json::to_value(f.key).unwrap().as_str().unwrap().to_owned();
        let mut left: Vec<String> = architecture
            .workload()
            .iter()
            .map(|f| {
                let about = f.about.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
                format!("{} {}{about}", key(f), f.value)
            })
            .collect();
        for wanted in &case.facts {
            let at = left.iter().position(|have| have == wanted || have.starts_with(&format!("{wanted} (")));
            assert!(at.is_some(), "{wanted} is not among {left:?} of {:?}", case.text);
            left.remove(at.unwrap());
        }
        assert!(left.is_empty(), "{left:?} were not expected of {:?}", case.text);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettingCase {
    text: String,
    settings: Vec<String>,
}

#[test]
fn what_is_said_of_a_connection_is_kept() {
    let text = fs::read_to_string("tests/suite/english/settings.yaml").unwrap();
    for case in serde_yaml::from_str::<Vec<SettingCase>>(&text).unwrap() {
        let a = english::read(&Source::new("case", case.text.as_str())).value;
        let mut found = Vec::new();
        for c in a.connections() {
            let ends = format!("{} -> {}", a.at(c.from).label, a.at(c.to).label);
            found.extend(c.properties.iter().map(|(name, p)| format!("{ends}: {name} {}", p.value)));
        }
        let said = [
            "attempts",
            "auth",
            "backup",
            "buffer",
            "encryption",
            "geo_redundant",
            "immutable",
            "lag",
            "language",
            "max_rate",
            "multi_az",
            "rate_limit",
            "standby",
        ];
        for c in a.components() {
            let own = c.properties.iter().filter(|(name, _)| said.contains(&name.as_str()));
            found.extend(own.map(|(name, p)| format!("{}: {name} {}", c.label, p.value)));
        }
        assert_eq!(found, case.settings, "{}", case.text);
    }
}

/// Units, years and "nobody" are no things: the text, then how many components and arrows it has.
#[test]
fn what_is_no_thing_is_not_drawn() {
    for (text, components, arrows) in [
        (
            "The API publishes orders to EventBridge. EventBridge starts a worker. We expect 40 requests per second.",
            3,
            2,
        ),
        (
            "The app calls the API. The API uses MySQL. MySQL feeds a warehouse. The mainframe will go in 2027.",
            5,
            3,
        ),
        ("The API writes orders to PostgreSQL. Nobody may be woken at night.", 2, 1),
        // What was not chosen, and why.
        (
            "The API writes orders to Kafka. We picked Kafka over RabbitMQ because partners want to replay events.",
            2,
            1,
        ),
        (
            "The API writes to CockroachDB. We preferred CockroachDB to PostgreSQL for payments because it survives the loss of a region.",
            2,
            1,
        ),
        (
            "The API reads from Timestream. We use Timestream instead of InfluxDB because nobody here wants to operate a database.",
            2,
            1,
        ),
        (
            "The API calls the resizer. We rejected a farm of our own servers because load is too uneven. Kafka was chosen over Pulsar by the board. The API publishes to Kafka.",
            3,
            2,
        ),
        ("The API writes orders to PostgreSQL with a standby in another zone.", 2, 1),
    ] {
        let a = english::read(&Source::new("case", text)).value;
        assert_eq!((a.component_count(), a.connection_count()), (components, arrows), "{text}");
    }
}

#[test]
fn examples_of_the_manual_are_read() {
    let manual = fs::read_to_string("docs/english.md").unwrap();
    let examples: Vec<&str> =
        manual.split("```text\n").skip(1).filter_map(|part| part.split("\n```").next()).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let outcome = english::read(&Source::new("manual", example));
        assert!(outcome.value.connection_count() > 0, "nothing drawn for {example:?}");
    }
}

#[test]
fn every_sentence_is_explained() {
    let source = Source::new("t", "The API calls the billing service. We like it very much.");
    let explanation = english::explain(&source);
    assert_eq!(explanation.sentences.len(), 2);
    assert_eq!(explanation.sentences[0].flows.len(), 1);
}

#[test]
fn what_could_mean_something_else_is_told() {
    let source = Source::new(
        "t",
        "The shop calls the order service and the billing service. The service stores data in Postgress.",
    );
    let choices = english::explain(&source).sentences[1].choices.join("\n");
    for part in
        ["“The service” is taken for Billing service", "Order service", "“Postgress” is read as PostgreSQL"]
    {
        assert!(choices.contains(part), "{part:?} in {choices:?}");
    }
    let clear =
        Source::new("t", "The shop calls the order service. The order service stores orders in Postgres.");
    assert!(english::explain(&clear).sentences.iter().all(|s| s.choices.is_empty()));
}

#[test]
fn what_a_description_leaves_open_is_asked() {
    let text = "The shop calls the order service and the billing service. The service stores data in Postgres. \
                Should the billing service cache invoices in Redis? The search engine is still to be decided. \
                How does the order service work? The billing service reads prices from a cache.";
    let read = english::read(&Source::new("t", text)).value;
    let asked: Vec<&str> = read.questions().iter().map(|q| q.text.as_str()).collect();
    assert_eq!(
        asked,
        [
            "Does “The service” mean Billing service or Order service?",
            "Should the billing service cache invoices in Redis?",
            "“The search engine is still to be decided”: what is it to be?",
            "How old may what is read from Cache be?",
        ]
    );
    assert_eq!(read.questions()[0].default.as_deref(), Some("Billing service"));
    assert!(read.component("redis").is_none(), "what is only asked for is not drawn");
    let plain = "The shop calls the order service. The order service stores orders in Postgres.";
    assert!(english::read(&Source::new("t", plain)).value.questions().is_empty());
}

#[test]
fn patterns_named_in_a_description_are_drawn_unless_spelled_out() {
    let named = "The shop calls the order service. The order service uses the transactional outbox pattern.";
    let a = english::read(&Source::new("t", named)).value;
    let relay = a.component("outbox-relay").expect("what the pattern brings");
    assert_eq!(relay.origin.word(), "inferred");
    let core = a.index_of("order-service").expect("the service");
    assert!(a.connections_from(core).any(|c| a.at(c.to).label == "Outbox table"));
    let told =
        "The order service writes to an outbox table. A relay reads the outbox and publishes to Kafka.";
    let a = english::read(&Source::new("t", told)).value;
    assert!(a.components().all(|c| !c.origin.why().is_some_and(|w| w.starts_with("pattern"))));
    let ruled_out = "The order service stores orders in Postgres, without CQRS.";
    let a = english::read(&Source::new("t", ruled_out)).value;
    assert_eq!(a.component_count(), 2);
}

#[test]
fn a_prompt_is_explained_by_what_its_words_asked_for() {
    let source = Source::new(
        "t",
        "Design a kennel marketplace like Rover with bookings, payouts and a dog horoscope for 2 million users",
    );
    let explanation = english::explain(&source);
    let rules = explanation.sentences[0].rules.join("\n");
    for part in [
        "reference design “Two-sided marketplace” (`designs`: marketplace), because of “marketplace”",
        "“Rover” is what the system is to be like; it is not drawn",
        "“payouts” asks for the capability “payments”: Payout service",
        "is nothing that is known; a part is named after it",
        "is a large load",
    ] {
        assert!(rules.contains(part), "{part:?} in {rules}");
    }
    assert!(explanation.concluded.iter().any(|c| c == "Payment provider: design: Two-sided marketplace"));
    assert!(explanation.sentences[0].unused.is_empty(), "{:?}", explanation.sentences[0].unused);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        let source = Source::new("t", text);
        let _ = english::read(&source);
        let _ = english::explain(&source);
    }
}
