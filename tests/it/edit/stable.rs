//! An edit moves little in the picture.

use blueprose::drawing::{self, DrawOptions};
use blueprose::edit;
use blueprose::layout::{self, Arrangement, Former, LayoutOptions};
use blueprose::model::{Architecture, Builder, Kind};
use blueprose::style::Style;

/// Thirty components: ten services in three domains, each with a store, behind one gateway, with queues between some.
fn thirty() -> Architecture {
    let names = [
        "Orders", "Catalog", "Payments", "Shipping", "Search", "Reviews", "Accounts", "Pricing", "Returns",
        "Reports",
    ];
    let mut b = Builder::new("Shop")
        .component("customer", "Customer", Kind::User)
        .component("web", "Web shop", Kind::Client)
        .component("gateway", "API gateway", Kind::Gateway)
        .call("customer", "web", "shop")
        .call("web", "gateway", "requests");
    for name in names {
        let id = name.to_lowercase();
        let store = format!("{id}-db");
        b = b
            .component(&id, &format!("{name} service"), Kind::Service)
            .component(&store, &format!("{name} database"), Kind::Database)
            .call("gateway", &id, &id)
            .call(&id, &store, "read and write");
    }
    for (n, (from, to)) in [
        ("orders", "payments"),
        ("orders", "shipping"),
        ("catalog", "search"),
        ("returns", "accounts"),
        ("orders", "reports"),
        ("payments", "reports"),
        ("reviews", "search"),
    ]
    .into_iter()
    .enumerate()
    {
        let queue = format!("queue-{n}");
        b = b
            .component(&queue, &format!("Queue of {to} {n}"), Kind::Queue)
            .event(from, &queue, "")
            .event(&queue, to, "");
    }
    b.build().expect("a valid system")
}

fn arranged(a: &Architecture, former: Option<Former>) -> Arrangement {
    layout::arrange(a, &Style::default(), &LayoutOptions { former, ..LayoutOptions::default() })
        .expect("an arrangement")
}

/// The picture of an arrangement, read again.
fn drawn(a: &Architecture, arrangement: &Arrangement) -> Former {
    let svg = drawing::svg(a, arrangement, &Style::default(), &DrawOptions::default());
    Former::parse(&svg).expect("the picture has places")
}

/// The middles of all boxes, by id.
fn places(a: &Architecture, arrangement: &Arrangement) -> Vec<(String, f64, f64)> {
    let middle = |n: &layout::NodeBox| (n.rect.x + n.rect.w / 2.0, n.rect.y + n.rect.h / 2.0);
    let at = |n: &layout::NodeBox| (a.at(n.component).id.to_string(), middle(n).0, middle(n).1);
    arrangement.nodes.iter().map(at).collect()
}

/// The share of pairs of components that stand to each other, left and right, above and below, as they did.
fn kept(old: &[(String, f64, f64)], new: &[(String, f64, f64)]) -> f64 {
    let now = |id: &str| new.iter().find(|n| n.0 == id).expect("it is still there");
    let (mut same, mut all) = (0.0, 0.0);
    for (i, a) in old.iter().enumerate() {
        for b in &old[i + 1..] {
            let (c, d) = (now(&a.0), now(&b.0));
            for (was, is) in [(a.1 - b.1, c.1 - d.1), (a.2 - b.2, c.2 - d.2)] {
                if was.abs() > 5.0 {
                    all += 1.0;
                    same += if was * is > 0.0 { 1.0 } else { 0.0 };
                }
            }
        }
    }
    same / all
}

/// Sentences that add one component.
const ONE_MORE: [&str; 10] = [
    "add a recommendation engine that suggests products",
    "add a Redis cache between the catalog service and the catalog database",
    "add an email service to the shipping service",
    "add a fraud scorer to the payment service",
    "add a WAF in front of the API gateway",
    "add a data warehouse",
    "add a queue between the gateway and the returns service",
    "add a mobile app",
    "add a read replica to the accounts database",
    "add authentication",
];

/// The shares that each sentence leaves, with the former picture given or not.
fn shares(system: &Architecture, remembered: bool) -> Vec<f64> {
    let before = arranged(system, None);
    let old = places(system, &before);
    let share = |sentence: &&str| {
        let plan = edit::understand(system, &[sentence]).unwrap_or_else(|r| panic!("{sentence}: {r:?}"));
        let after = arranged(&plan.architecture, remembered.then(|| drawn(system, &before)));
        let share = kept(&old, &places(&plan.architecture, &after));
        println!("{:5.1} % {} {sentence}", share * 100.0, if remembered { "with the picture:" } else { "" });
        share
    };
    ONE_MORE.iter().map(share).collect()
}

#[test]
fn one_component_more_leaves_order_and_sides() {
    let system = thirty();
    assert_eq!(system.component_count(), 30);
    let shares = shares(&system, false);
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    let least = shares.iter().copied().fold(1.0, f64::min);
    assert!(mean >= 0.94 && least >= 0.9, "{mean:.3} on average, {least:.3} at least: {shares:?}");
}

#[test]
fn with_the_former_picture_nearly_everything_stays() {
    let shares = shares(&thirty(), true);
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    let least = shares.iter().copied().fold(1.0, f64::min);
    assert!(mean >= 0.98 && least >= 0.95, "{mean:.3} on average, {least:.3} at least: {shares:?}");
}
