//! How alike two labels are: 0 … 1.

use std::collections::BTreeSet;

const VENDORS: [&str; 11] = [
    "amazon",
    "aws",
    "azure",
    "google",
    "gcp",
    "microsoft",
    "apache",
    "generic",
    "managed",
    "hashicorp",
    "oracle",
];
const EMPTY: [&str; 22] = [
    "the", "a", "an", "of", "for", "and", "or", "to", "in", "on", "with", "by", "its", "our", "your",
    "their", "each", "via", "from", "this", "own", "new",
];
/// Words that say the role of a thing and little else: they weigh half.
const ROLES: [&str; 40] = [
    "service",
    "function",
    "server",
    "system",
    "app",
    "application",
    "database",
    "queue",
    "topic",
    "stream",
    "bucket",
    "storage",
    "store",
    "api",
    "gateway",
    "cluster",
    "table",
    "cache",
    "component",
    "instance",
    "microservice",
    "module",
    "engine",
    "node",
    "data",
    "web",
    "process",
    "job",
    "task",
    "platform",
    "layer",
    "broker",
    "bus",
    "endpoint",
    "container",
    "lambda",
    "worker",
    "provider",
    "backend",
    "index",
];
/// Head nouns that say what a thing is; heads of different classes are different things.
const CLASSES: [(&str, &[&str]); 6] = [
    (
        "compute",
        &[
            "service",
            "server",
            "backend",
            "function",
            "lambda",
            "worker",
            "microservice",
            "handler",
            "processor",
            "app",
            "application",
            "api",
            "job",
            "website",
            "frontend",
            "scheduler",
            "gateway",
        ],
    ),
    ("data", &["database", "table", "warehouse"]),
    ("object", &["bucket", "blob"]),
    ("messaging", &["queue", "topic", "stream", "bus", "broker", "exchange"]),
    ("cache", &["cache"]),
    (
        "person",
        &[
            "user",
            "customer",
            "client",
            "admin",
            "administrator",
            "developer",
            "employee",
            "operator",
            "manager",
        ],
    ),
];
const SAME: [(&str, &str); 18] = [
    ("db", "database"),
    ("postgresql", "postgres"),
    ("k8s", "kubernetes"),
    ("svc", "service"),
    ("lb", "load balancer"),
    ("alb", "alb load balancer"),
    ("nlb", "nlb load balancer"),
    ("apigw", "api gateway"),
    ("mongo", "mongodb"),
    ("fn", "function"),
    ("repo", "repository"),
    ("auth", "authentication"),
    ("dlq", "dead letter queue"),
    ("idp", "identity provider"),
    ("processing", "process"),
    ("processor", "process"),
    ("mgmt", "management"),
    ("datastore", "store"),
];
const JOINED: [(&str, &str); 12] = [
    ("front end", "frontend"),
    ("back end", "backend"),
    ("web site", "website"),
    ("pub sub", "pubsub"),
    ("e mail", "email"),
    ("data base", "database"),
    ("ci cd", "cicd"),
    ("webapp", "web app"),
    ("no sql", "nosql"),
    ("cosmos db", "cosmosdb"),
    ("data warehouse", "warehouse"),
    ("micro service", "microservice"),
];
const NO_PLURALS: [&str; 26] = [
    "aws",
    "sqs",
    "sns",
    "ses",
    "kms",
    "ecs",
    "eks",
    "aks",
    "rds",
    "dns",
    "redis",
    "kinesis",
    "kubernetes",
    "postgres",
    "efs",
    "ebs",
    "cms",
    "gcs",
    "status",
    "bus",
    "access",
    "prometheus",
    "nats",
    "news",
    "analytics",
    "jenkins",
];

/// The words of a label, without case, marks, plurals, vendors and words that say nothing.
pub fn words(label: &str) -> BTreeSet<String> {
    let mut spaced = String::new();
    let chars: Vec<char> = label.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        let camel = c.is_uppercase()
            && i > 0
            && chars[i - 1].is_lowercase()
            && chars.get(i + 1).is_some_and(|n| n.is_lowercase());
        if camel {
            spaced.push(' ');
        }
        let kept = c.is_alphanumeric() || matches!(c, '+' | '#');
        spaced.extend(if kept { c.to_lowercase().collect::<Vec<_>>() } else { vec![' '] });
    }
    let mut text = format!(" {} ", spaced.split_whitespace().map(singular).collect::<Vec<_>>().join(" "));
    for (from, to) in JOINED {
        text = text.replace(&format!(" {from} "), &format!(" {to} "));
    }
    let all: Vec<String> = text
        .split_whitespace()
        .flat_map(|w| SAME.iter().find(|(a, _)| *a == w).map_or(w, |(_, b)| b).split(' '))
        .map(str::to_owned)
        .collect();
    let kept: BTreeSet<String> = all
        .iter()
        .filter(|w| !VENDORS.contains(&w.as_str()) && !EMPTY.contains(&w.as_str()))
        .cloned()
        .collect();
    if kept.is_empty() { all.into_iter().collect() } else { kept }
}

fn singular(word: &str) -> String {
    let keep = word.len() <= 3
        || NO_PLURALS.contains(&word)
        || !word.ends_with('s')
        || ["ss", "us", "is"].iter().any(|e| word.ends_with(e));
    if keep {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() > 1) {
        return format!("{stem}y");
    }
    let sibilant = ["ches", "shes", "sses", "xes", "zes"].iter().any(|e| word.ends_with(e));
    word[..word.len() - if sibilant { 2 } else { 1 }].to_owned()
}

fn weight(word: &str) -> f64 {
    if ROLES.contains(&word) { 0.5 } else { 1.0 }
}

fn classes(words: &BTreeSet<String>) -> BTreeSet<&'static str> {
    CLASSES
        .iter()
        .filter(|(_, list)| words.iter().any(|w| list.contains(&w.as_str())))
        .map(|(c, _)| *c)
        .collect()
}

/// The likeness of two labels.
pub fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let common: BTreeSet<String> = a.intersection(&b).cloned().collect();
    if common.is_empty() {
        let joined = |s: &BTreeSet<String>| s.iter().map(String::as_str).collect::<String>();
        return if joined(&a) == joined(&b) { 0.9 } else { 0.0 };
    }
    let sum = |s: &BTreeSet<String>| s.iter().map(|w| weight(w)).sum::<f64>();
    let mut likeness = 2.0 * sum(&common) / (sum(&a) + sum(&b));
    let small = if sum(&a) <= sum(&b) { &a } else { &b };
    if small.is_subset(&common) && small.iter().any(|w| weight(w) == 1.0) {
        likeness = likeness.max(0.75);
    }
    let (x, y) = (classes(&a), classes(&b));
    if !x.is_empty() && !y.is_empty() && x.is_disjoint(&y) {
        likeness *= 0.6;
    }
    likeness.min(0.99)
}

#[test]
fn labels_that_mean_the_same_are_alike() {
    assert_eq!(alike("Orders Service", "order service"), 1.0);
    assert_eq!(alike("AWS Lambda", "Lambda"), 1.0);
    assert!(alike("Orders DB", "Orders database") > 0.99);
    assert!(alike("Orders service", "Orders database") < 0.5);
    assert!(alike("Order service", "Payment service") < 0.5);
}
