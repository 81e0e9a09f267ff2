//! An edit moves little in the picture.

use blueprose::edit;
use blueprose::layout::{self, LayoutOptions};
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

/// The middles of all boxes, by id.
fn places(a: &Architecture) -> Vec<(String, f64, f64)> {
    let arrangement =
        layout::arrange(a, &Style::default(), &LayoutOptions::default()).expect("an arrangement");
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

#[test]
fn one_component_more_leaves_order_and_sides() {
    let system = thirty();
    assert_eq!(system.component_count(), 30);
    let old = places(&system);
    let mut shares = Vec::new();
    for sentence in [
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
    ] {
        let plan = edit::understand(&system, &[sentence]).unwrap_or_else(|r| panic!("{sentence}: {r:?}"));
        let share = kept(&old, &places(&plan.architecture));
        println!("{:5.1} % {sentence}", share * 100.0);
        shares.push((share, sentence));
    }
    let mean = shares.iter().map(|(s, _)| s).sum::<f64>() / shares.len() as f64;
    assert!(mean >= 0.9, "{mean:.3} on average: {shares:?}");
}
