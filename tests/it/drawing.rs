//! What must hold for every drawing: its size, its legend, its classes, and what people get who cannot see it.

use blueprose::drawing::Ground;
use blueprose::style::Theme;
use blueprose::text::Source;
use blueprose::{Options, compile};

/// Ten components and ten connections.
const TEN: &str = r#"
title "Orders"
user customer "Customer"
client web "Web app"
gateway api "API gateway"
service orders "Order service" x3
service stock "Stock service"
service mail "Mail service"
database db "Order database"
cache cache "Sessions"
queue jobs "Order events"
external pay "Payments"
customer -> web: opens
web -> api: "GET /orders" over HTTPS
api -> orders: routes
api -> stock: routes
orders -> db: writes
orders -> cache: reads
orders -> pay: charges
orders ~> jobs: order placed
jobs ~> stock: reserve items
jobs ~> mail: send receipt
"#;

fn picture(text: &str, options: &Options) -> String {
    let mut options = options.clone();
    options.drawing.source = Some(text.to_owned());
    compile(&Source::new("ten.bp", text), &options).value.svg
}

fn themed(name: &str) -> Options {
    let mut options = Options::default();
    options.drawing.theme = Theme::named(name).expect("an embedded theme");
    options
}

#[test]
fn ten_components_take_less_than_25_kilobytes_with_their_font() {
    let svg = picture(TEN, &Options::default());
    assert!(svg.contains("@font-face") && svg.matches("data-id=").count() == 10);
    assert!(svg.len() < 25_000, "{} bytes", svg.len());
}

#[cfg(feature = "brands")]
/// Ten components each, of products whose marks are among those in most detail.
const BRANDS: [&str; 5] = [
    "The React storefront calls the NGINX gateway over HTTPS. NGINX forwards requests to the Django shop service. \
     The shop service writes orders to PostgreSQL and caches product pages in Redis. It publishes order events to Kafka. \
     A Celery worker consumes the order events from Kafka and charges cards through Stripe. The worker indexes products \
     in Elasticsearch. Prometheus scrapes the shop service.",
    "The Vue.js web app calls the Node.js API through Cloudflare. The API stores documents in MongoDB and sessions in \
     Redis. It publishes jobs to RabbitMQ. A Python worker consumes the jobs from RabbitMQ and writes results to MySQL. \
     Grafana reads metrics from Prometheus.",
    "The Flutter app calls the Kong gateway. Kong forwards requests to the Spring Boot account service and the Go ledger \
     service. The ledger service writes entries to CockroachDB and publishes events to Apache Kafka. Apache Flink \
     consumes the events and writes aggregates to ClickHouse. Metabase reads ClickHouse. Vault keeps the secrets of the \
     ledger service.",
    "Jenkins builds images and pushes them to Docker Hub. Argo CD deploys the images to the Angular web app. The Angular \
     web app calls the FastAPI service. The FastAPI service writes to Cassandra. Airflow loads data from Cassandra into \
     Snowflake. Superset reads Snowflake. Grafana reads metrics of the FastAPI service.",
    "The Next.js site calls the Rails API. The Rails API stores posts in PostgreSQL and searches in OpenSearch. Sidekiq \
     jobs read from Redis. NATS delivers events from the Rails API to the Elixir notifier. The notifier writes to \
     InfluxDB. Jaeger receives traces from the Rails API.",
];

#[cfg(feature = "brands")]
#[test]
fn ten_brands_take_less_than_25_kilobytes_with_their_font() {
    for text in BRANDS {
        let mut options = Options::default();
        options.drawing.source = Some(text.to_owned());
        let svg = compile(&Source::new("brands.txt", text), &options).value.svg;
        let (components, marks) = (svg.matches("data-id=").count(), svg.matches("scale(0.167)").count());
        assert!(components == 10 && marks >= 8, "{components} components, {marks} marks: {text}");
        assert!(svg.len() < 25_000, "{} bytes: {text}", svg.len());
    }
}

#[test]
fn the_legend_has_what_is_there_and_nothing_else() {
    let svg = picture(TEN, &Options::default());
    for there in [
        "call, waits",
        "event, nobody",
        ">users<",
        ">clients<",
        ">gateways<",
        ">services<",
        ">queues<",
        ">databases, caches<",
        ">external systems<",
        ">runs n times<",
    ] {
        assert!(svg.contains(there), "{there}");
    }
    for absent in ["assumed", ">topics<", ">storage<", "boundary"] {
        assert!(!svg.contains(absent), "{absent}");
    }
    // Without colour, what has the same shape is one entry.
    let plain = picture(TEN, &themed("plain"));
    assert!(plain.contains(">clients, services<") && !plain.contains(">services<"));
    // Where all boxes look the same there is nothing to tell apart.
    assert!(!picture("service a\nservice b\na -> b\n", &Options::default()).contains(">services<"));
}

#[test]
fn pictures_of_one_theme_share_classes_that_say_the_same() {
    let rules = |svg: &str| -> std::collections::BTreeMap<String, Vec<String>> {
        let sheet = svg.split_once("<style>").and_then(|(_, s)| s.split_once("@media")).expect("a sheet").0;
        let mut by_class: std::collections::BTreeMap<String, Vec<String>> = Default::default();
        for rule in sheet.split_terminator('}') {
            let (selectors, said) = rule.split_once('{').expect("a rule");
            for class in selectors.split(',') {
                by_class.entry(class.to_owned()).or_default().extend(said.split(';').map(str::to_owned));
            }
        }
        by_class.values_mut().for_each(|said| said.sort());
        by_class
    };
    let one = rules(&picture(TEN, &Options::default()));
    let other = rules(&picture("service a\ndatabase b\na -> b: reads\n", &Options::default()));
    let shared = other.iter().filter(|(class, _)| one.contains_key(*class)).collect::<Vec<_>>();
    assert!(shared.len() > 8, "{shared:?}");
    for (class, said) in shared {
        assert_eq!(one[class], *said, "{class}");
    }
    let plain = rules(&picture(TEN, &themed("plain")));
    assert!(plain.keys().all(|class| !one.contains_key(class)), "themes do not mix");
    let mut dark = Options::default();
    dark.drawing.ground = Ground::Dark;
    let prefix = |svg: &str| svg.split_once("class=\"").map(|(_, s)| s[..3].to_owned());
    assert_ne!(prefix(&picture(TEN, &dark)), prefix(&picture(TEN, &Options::default())));
}

#[test]
fn labels_interrupt_their_own_lines() {
    let svg = picture("service a\nservice b\na -> b: asks\n", &Options::default());
    let line = svg.split_once("data-from=\"a\"").expect("the connection").1;
    let d = line.split_once(" d=\"").and_then(|(_, d)| d.split_once('"')).expect("its line").0;
    assert_eq!(d.matches('M').count(), 2, "{d}");
}

#[test]
fn whoever_cannot_see_it_is_told() {
    let svg = picture(TEN, &Options::default());
    assert!(svg.contains("role=\"img\" aria-labelledby="));
    assert!(svg.contains(">Orders</title><desc"));
    assert!(svg.contains("\nOrder service → Order events: order placed (asynchronous)."));
    assert!(svg.contains("<title>Order service (Service)"), "a tooltip on each component");
    assert!(
        svg.contains("“orders -&gt; db: writes”") || svg.contains("<title>Order service → Order database")
    );
}
