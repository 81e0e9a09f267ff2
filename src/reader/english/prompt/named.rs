//! Technologies that the prompt names, put where they belong.
//!
//! Takes the draft with all features in it and gives each named technology a component: the one its phrase speaks of,
//! the one of its kind that was only assumed, or one of its own.

use crate::model::{Kind, Mode, Origin};

use super::assemble::Assembly;
use super::draft::{Rank, class, stated};
use super::features::Ask;
use super::knowledge::vocabulary;
use super::pattern;
use super::phrases::{Phrase, Role};
use super::technology::Mention;
use super::words::{Token, stem};

/// Puts every technology of phrases that ask for something.
pub(crate) fn put(assembly: &mut Assembly<'_>, mentions: &[Mention], phrases: &[Phrase]) {
    for mention in mentions {
        let phrase = phrases.iter().find(|p| p.range().contains(&mention.start));
        let Some(phrase) = phrase else { continue };
        if matches!(phrase.role, Role::Model | Role::Excluded) || is_ground(assembly.tokens, mention) {
            continue;
        }
        place(assembly, mention, phrase);
        if let Some(before) = before(assembly.tokens, phrase, phrases) {
            reach_for(assembly, mention, before);
        }
    }
}

/// The feature that a phrase of products says the means of: "browses the web with Tavily".
fn before<'p>(tokens: &[Token], phrase: &Phrase, phrases: &'p [Phrase]) -> Option<&'p Phrase> {
    let opener = phrase.start.checked_sub(1)?;
    let means = matches!(tokens[opener].lower.as_str(), "with" | "using" | "via" | "through");
    phrases.iter().find(|p| means && p.end == opener && p.role == Role::Feature)
}

/// Joins a product with the feature that it is the means of.
fn reach_for(assembly: &mut Assembly<'_>, mention: &Mention, before: &Phrase) {
    let main =
        assembly.made.iter().find(|(f, _)| f.phrase.start >= before.start && f.phrase.end <= before.end);
    let main = main.and_then(|(_, made)| made.first().copied());
    let technology = mention.entry.technology();
    let at = assembly.draft.parts.iter().position(|p| p.technology.as_ref() == Some(&technology));
    let (Some(main), Some(at)) = (main, at) else { return };
    let runs = class(assembly.draft.parts[main].kind) == 4 && class(assembly.draft.parts[at].kind) != 0;
    if runs && !assembly.draft.linked(at, main) {
        let why = "the text says what the feature works with";
        let mode = if class(assembly.draft.parts[at].kind) == 2 { Mode::Async } else { Mode::Sync };
        assembly.draft.link(main, at, "use", mode, Origin::inferred(mention.span, why));
    }
}

fn place(assembly: &mut Assembly<'_>, mention: &Mention, phrase: &Phrase) {
    let kind = mention.entry.kind;
    let technology = mention.entry.technology();
    if let Some(at) = assembly.draft.parts.iter().position(|p| p.technology.as_ref() == Some(&technology)) {
        assembly.draft.parts[at].rank = Rank::Stated;
        return;
    }
    let siblings: Vec<(bool, Vec<usize>)> = assembly
        .made
        .iter()
        .filter(|(f, _)| f.phrase == *phrase)
        .map(|(f, made)| (matches!(f.ask, Ask::Unknown(_)), made.clone()))
        .collect();
    let built_with = mention.end - mention.start == phrase.end - phrase.start;
    let fits = |i: &usize| compatible(assembly.draft.parts[*i].kind, kind);
    let of_phrase = siblings.iter().flat_map(|s| s.1.iter().copied()).find(|i| fits(i));
    let assumed = || {
        let parts = &assembly.draft.parts;
        let llm = assembly.draft.find("llm").filter(|&at| kind == Kind::Ml && parts[at].technology.is_none());
        let free = |exact: bool| {
            parts.iter().position(|p| {
                p.technology.is_none()
                    && p.rank != Rank::Stated
                    && if exact {
                        p.kind == kind
                    } else {
                        compatible(p.kind, kind) && (class(kind) != 4 || is_front(kind))
                    }
            })
        };
        // Where a list of technologies says what everything is built with, what the features made counts as well.
        let unnamed = || {
            let runs = |p: Kind| p == Kind::Service && matches!(kind, Kind::Function | Kind::Container);
            parts.iter().position(|p| p.technology.is_none() && (p.kind == kind || runs(p.kind)))
        };
        llm.or_else(|| free(true))
            .or_else(|| free(false))
            .or_else(|| if built_with { unnamed() } else { None })
    };
    let purpose = implements(assembly.tokens, mention, phrase);
    let meant = of_phrase
        .or_else(|| stage_part(assembly, mention))
        .or_else(|| purpose_part(assembly, mention, phrase));
    let mut at = match meant.or_else(assumed) {
        Some(at) => {
            let part = &mut assembly.draft.parts[at];
            part.technology = Some(technology);
            if of_phrase.is_none() && part.rank != Rank::Stated || is_bare(&part.label) {
                part.label = label(assembly.tokens, mention, phrase);
                part.kind = used_as(assembly.tokens, mention, phrase).unwrap_or(kind_of(part.kind, kind));
            } else if !names(&part.label, mention) {
                part.label = match class(part.kind) {
                    3 => label(assembly.tokens, mention, phrase),
                    _ => said(assembly.tokens, mention, phrase),
                };
            }
            part.rank = Rank::Stated;
            part.origin = Origin::stated(mention.span);
            at
        }
        None => {
            let kind = used_as(assembly.tokens, mention, phrase).unwrap_or(kind);
            let key = place_key(assembly, kind).unwrap_or(mention.entry.id);
            let mut new = stated(key, &label(assembly.tokens, mention, phrase), kind, mention.span);
            new.technology = Some(technology);
            assembly.draft.add(new)
        }
    };
    if purpose && of_phrase.is_none() {
        for (_, made) in siblings.iter().take(1) {
            at = absorb(assembly, at, made.first().copied());
        }
    } else if of_phrase.is_none()
        && let Some(main) = siblings.iter().find_map(|(_, made)| made.first().copied())
    {
        works_with(assembly, main, at, mention, phrase);
    }
    if of_phrase.is_none() && kind == Kind::Database {
        gather(assembly, at);
    }
}

/// Whether a cluster is only what the system runs on: "on Kubernetes", "Kubernetes-based".
fn is_ground(tokens: &[Token], mention: &Mention) -> bool {
    let before = mention.start.checked_sub(1).map_or("", |i| tokens[i].lower.as_str());
    let after = tokens.get(mention.end).map_or("", |t| t.lower.as_str());
    let holds = mention.entry.kind == Kind::Cluster || vocabulary().grounds.contains(&mention.entry.id);
    holds && (matches!(before, "on" | "onto" | "to" | "in" | "using") || after == "based")
}

/// The part of the data's way that a product is known for: what takes it in, works on it or shows it.
fn stage_part(assembly: &Assembly<'_>, mention: &Mention) -> Option<usize> {
    let words = vocabulary();
    if let Some((_, key)) = words.stations.iter().find(|(id, _)| *id == mention.entry.id) {
        return assembly.draft.find(key).filter(|&at| assembly.draft.parts[at].technology.is_none());
    }
    let is = |list: &[&str]| list.contains(&mention.entry.id);
    let keys: &[&str] = if is(words.collectors) {
        &["cdc", "ingestion"]
    } else if is(words.processors) {
        &["stream-processor", "batch"]
    } else if is(words.reporters) {
        &["dashboard"]
    } else {
        return None;
    };
    let parts = &assembly.draft.parts;
    let free = |at: &usize| parts[*at].technology.is_none();
    keys.iter().find_map(|k| assembly.draft.find(k).filter(free))
}

/// The part that does what the phrase says the product is for: "BigQuery for warehousing", "Nginx as the reverse proxy".
fn purpose_part(assembly: &Assembly<'_>, mention: &Mention, phrase: &Phrase) -> Option<usize> {
    let words = (mention.end..phrase.end)
        .find(|&i| !assembly.tokens[i].is_word() || is_purpose(&assembly.tokens[i]))?;
    let range = words + 1..phrase.end;
    let parts = &assembly.draft.parts;
    let kind = mention.entry.kind;
    let fits = |at: &usize| {
        let part = &parts[*at];
        part.technology.is_none()
            && (compatible(part.kind, kind) || class(part.kind) == class(kind))
            && !matches!(class(part.kind), 0 | 3)
            && (part.rank != Rank::Stated || part.kind != Kind::Service)
    };
    let design = assembly.design.into_iter().flat_map(|d| d.components.iter());
    let told = design
        .filter(|(_, p)| p.words.iter().any(|w| pattern::find(w, assembly.tokens, range.clone()).is_some()))
        .filter_map(|(key, _)| assembly.draft.find(key))
        .find(fits);
    told.or_else(|| {
        let capability = super::features::capability_of(assembly.tokens, range.clone())?;
        capability.components.iter().filter_map(|(key, _)| assembly.draft.find(key)).find(fits)
    })
}

fn is_purpose(token: &Token) -> bool {
    matches!(token.lower.as_str(), "for" | "as")
}

/// What the text uses a product as, where that is not what it mostly is: "Redis broker", "Celery workers".
fn used_as(tokens: &[Token], mention: &Mention, phrase: &Phrase) -> Option<Kind> {
    let noun = tokens.get(mention.end).filter(|_| mention.end < phrase.end)?;
    match (noun.lower.as_str(), class(mention.entry.kind)) {
        ("broker" | "queue", 1) => Some(Kind::Queue),
        ("worker" | "workers", 2) => Some(Kind::Service),
        _ => None,
    }
}

/// The key under which the scaffold looks for a part of that kind, while it is free.
fn place_key(assembly: &Assembly<'_>, kind: Kind) -> Option<&'static str> {
    let key = match kind {
        Kind::Client => "client",
        Kind::Gateway => "gateway",
        Kind::LoadBalancer => "load-balancer",
        _ => return None,
    };
    assembly.draft.find(key).is_none().then_some(key)
}

/// The technology does what the phrase asks for ("Kafka for ingestion"): no box of its own for that.
fn absorb(assembly: &mut Assembly<'_>, at: usize, main: Option<usize>) -> usize {
    match main.filter(|&m| m != at && class(assembly.draft.parts[m].kind) == 4) {
        Some(main) => assembly.forget(main, at),
        None => at,
    }
}

/// What a feature is said to work with is what it deals with: "nightly exports to S3", "invoices via Stripe".
fn works_with(assembly: &mut Assembly<'_>, main: usize, at: usize, mention: &Mention, phrase: &Phrase) {
    let joined = (phrase.start..mention.start).rev().map(|i| assembly.tokens[i].lower.as_str()).find(|w| {
        matches!(
            *w,
            "to" | "into" | "in" | "from" | "via" | "with" | "through" | "on" | "by" | "over" | "against"
        )
    });
    let runs = class(assembly.draft.parts[main].kind) == 4;
    if joined.is_none() || !runs || class(assembly.draft.parts[at].kind) == 0 {
        return;
    }
    let why = "the text says what the feature works with";
    let mode = if class(assembly.draft.parts[at].kind) == 2 { Mode::Async } else { Mode::Sync };
    let verb = match (joined, class(assembly.draft.parts[at].kind)) {
        (Some("from"), _) => "read",
        (_, 1) => "write",
        (_, 2) => "publish",
        _ => "call",
    };
    assembly.draft.link(main, at, verb, mode, Origin::inferred(mention.span, why));
}

/// One database that the text names for the whole system takes the place of those that were only assumed.
fn gather(assembly: &mut Assembly<'_>, mut at: usize) {
    loop {
        let parts = &assembly.draft.parts;
        let other = (0..parts.len()).find(|&i| {
            i != at
                && parts[i].kind == Kind::Database
                && parts[i].technology.is_none()
                && parts[i].rank > Rank::Stated
        });
        let Some(other) = other else { return };
        at = assembly.forget(other, at);
    }
}

/// Whether a technology of one kind can be what a component of another kind is made with.
fn compatible(part: Kind, technology: Kind) -> bool {
    use Kind::{
        Cache, Client, Cluster, Container, Database, Email, External, Function, Gateway, LoadBalancer, Ml,
        Monitoring, Notification, Scheduler, Search, Service, Storage, User, Vm, Warehouse, Workflow,
    };
    part == technology
        || match (part, technology) {
            (Database, Search | Warehouse) | (Cache | Search | Warehouse, Database) | (Storage, Database) => {
                true
            }
            (Gateway, LoadBalancer) | (LoadBalancer, Gateway) => true,
            (Service, Function | Container | Cluster | Vm) | (Function | Container, Service) => true,
            (External, Email | Notification | Ml)
            | (Email | Notification | Ml, External)
            | (Email, Notification)
            | (Notification, Email) => true,
            (Scheduler, Workflow) | (Workflow, Scheduler) => true,
            (Monitoring, Database | Service) | (Service, Monitoring | Ml) => true,
            (User, Client) => false,
            (a, b) => class(a) == 2 && class(b) == 2 || matches!((a, b), (Client, Client)),
        }
}

/// Whether a kind stands in front of services.
fn is_front(kind: Kind) -> bool {
    matches!(kind, Kind::Gateway | Kind::LoadBalancer)
}

/// A component keeps the more telling of two kinds.
fn kind_of(part: Kind, technology: Kind) -> Kind {
    let kept =
        class(part) == 1 && class(technology) == 4 || class(part) == class(technology) && part == Kind::Cache;
    if kept { part } else { technology }
}

/// Whether a label says no more than a kind does.
fn is_bare(label: &str) -> bool {
    let lower = label.to_lowercase();
    Kind::ALL.iter().any(|k| k.label().to_lowercase() == lower)
        || matches!(
            lower.as_str(),
            "message queue"
                | "event bus"
                | "event stream"
                | "object storage"
                | "search index"
                | "api"
                | "vector database"
                | "load balancer"
                | "api gateway"
        )
}

/// "Redis cache", "PostgreSQL database", "Kafka": the name with the noun that goes with it.
fn label(tokens: &[Token], mention: &Mention, phrase: &Phrase) -> String {
    let noun = tokens.get(mention.end).filter(|t| {
        mention.end < phrase.end
            && [
                "cache",
                "database",
                "queue",
                "cluster",
                "bucket",
                "table",
                "topic",
                "stream",
                "storage",
                "warehouse",
                "index",
                "broker",
                "bus",
                "worker",
            ]
            .iter()
            .any(|n| stem(n) == t.stem())
            && !mention.text.to_lowercase().ends_with(&t.lower)
    });
    let several = vocabulary().stacks.iter().any(|(name, _)| *name == mention.text.to_lowercase());
    let name = if !several && mention.text.chars().any(char::is_uppercase) {
        mention.text.clone()
    } else {
        mention.entry.name.to_owned()
    };
    noun.map_or_else(|| name.clone(), |noun| format!("{name} {}", super::words::singular(&noun.lower)))
}

/// Whether a label has a product's name in it.
fn names(label: &str, mention: &Mention) -> bool {
    let (label, name) = (label.to_lowercase(), mention.entry.name.to_lowercase());
    label.contains(&mention.text.to_lowercase()) || label.contains(&name)
}

/// The product with what it is said to do: "Airflow scheduling", "dbt transformations"; the bare name where that is long.
fn said(tokens: &[Token], mention: &Mention, phrase: &Phrase) -> String {
    let end = super::frame::chunk_end(tokens, mention.end, phrase.end);
    let name = label(tokens, mention, phrase);
    let rest: Vec<&str> = tokens[mention.end..end].iter().map(|t| t.lower.as_str()).collect();
    if rest.is_empty() || rest.len() > 2 || name.contains(rest[0]) || name == mention.entry.name {
        return name;
    }
    format!("{} {}", mention.text, rest.join(" "))
}

/// Whether the phrase says what the technology is for: "X for …", "X as …".
fn implements(tokens: &[Token], mention: &Mention, phrase: &Phrase) -> bool {
    let after = tokens[mention.end.min(phrase.end)..phrase.end].iter().find(|t| t.is_word());
    let starts = tokens[phrase.start..mention.start].is_empty();
    starts && after.is_some_and(|t| matches!(t.lower.as_str(), "for" | "as" | "to"))
}
