//! What a noun phrase asks for: a thing of some kind, with a name, or nothing that is drawn.
//!
//! Takes a noun phrase and gives a [`Wanted`]. Whether it was spoken of before is decided by `identity`.

use super::entities::Entities;
use super::lexicon::{Det, Lexicon, Noun, lexicon};
use super::phrases::Np;
use super::undrawn::nothing;
use super::unlisted::agentive;
use super::wording::{clean, sentence_case, singular};
use crate::catalog::catalog;
use crate::model::Kind;

/// What a noun phrase asks for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) kind: Kind,
    pub(super) technology: Option<usize>,
    pub(super) head: String,
    pub(super) modifiers: Vec<String>,
    pub(super) label: String,
    pub(super) weak: bool,
}

impl Wanted {
    /// What the words only imply.
    pub(super) fn supplied(label: &str, kind: Kind) -> Self {
        let head = label.to_lowercase();
        Self { kind, technology: None, head, modifiers: Vec::new(), label: label.to_owned(), weak: false }
    }

    /// Whether it is a copy that follows another store.
    pub(super) fn copies(&self) -> bool {
        super::entities::follows(&self.head, &self.modifiers)
    }

    /// Says that it is made with another product than its words name.
    pub(crate) fn replace_technology(&mut self, technology: Option<usize>) {
        self.technology = technology;
    }

    /// Says what it is made with.
    pub(crate) fn set_technology(&mut self, technology: usize) {
        self.technology = self.technology.or(Some(technology));
    }
}

/// Whether a phrase means the text or its system itself: "this pattern", "the solution".
pub(crate) fn speaks_of_itself(np: &Np) -> bool {
    np.itself
        || np.technology.is_none()
            && np.owner.is_none()
            && lexicon().roles.self_heads.contains(&singular(&np.head))
            && (np.det == Det::Demonstrative || np.modifiers.iter().all(|m| lexicon().weak(m)))
}

impl Entities {
    /// "the API gateway" after "Azure API Management": the noun, and not the product of another vendor that is called so.
    fn other_door(&self, np: &Np, written: &str) -> Option<Np> {
        let door =
            |t: usize| catalog().technologies().get(t).filter(|e| lexicon().roles.api_doors.contains(e.id));
        let entry = door(np.technology?)?;
        let branded = written.contains(&entry.vendor.to_lowercase())
            || written.contains("amazon")
            || written.contains("google");
        let other = |e: &super::entities::Entity| {
            !e.denied && e.technologies.first().and_then(|&t| door(t)).is_some_and(|d| d.id != entry.id)
        };
        (!branded && self.all.iter().any(other)).then(|| Np {
            technology: None,
            technology_heads: false,
            head: "api gateway".to_owned(),
            noun: Some(Noun::Component(Kind::Gateway)),
            ..np.clone()
        })
    }

    /// What a phrase asks for; `None` when it is nothing to draw.
    pub(crate) fn wanted(&self, lexicon: &Lexicon, text: &str, np: &Np) -> Option<Wanted> {
        let own = np.span.start..np.span.end;
        let written = text.get(own).unwrap_or("").to_lowercase();
        if let Some(plain) = self.other_door(np, &written) {
            return self.wanted(lexicon, text, &plain);
        }
        if self.own_names.iter().any(|n| *n == written.trim_start_matches("the ")) {
            return None;
        }
        let head = lexicon.same_head(singular(&np.head));
        let head = if head.is_empty() { head_of_name(lexicon, np, &written) } else { head };
        let plain = np.modifiers.iter().all(|m| lexicon.weak(m));
        let entry = np.technology.and_then(|t| catalog().technologies().get(t));
        if nothing(lexicon, np, &head, &written) {
            return None;
        }
        let mut modifiers: Vec<String> =
            np.modifiers.iter().filter(|m| !lexicon.weak(m) && m.parse::<u32>().is_err()).cloned().collect();
        let facet = entry.filter(|_| !np.technology_heads && lexicon.roles.facets.contains(&head));
        let owned = |owner: &String| facet.is_some_and(|e| e.name.to_lowercase().contains(owner.as_str()));
        if let Some(owner) = np.owner.as_ref().filter(|o| !owned(o)) {
            modifiers.insert(0, owner.clone());
        }
        // "a Kafka consumer" is a program that speaks to Kafka; a Celery worker is made with Celery.
        let partner = entry.filter(|e| {
            !np.technology_heads
                && matches!(np.noun, Some(Noun::Component(_)))
                && lexicon.roles.partner_heads.contains(head.rsplit(' ').next().unwrap_or(&head))
                && (e.kind.is_messaging() || e.kind.is_store() || e.kind == Kind::Cache)
                && !(e.managed && head == "service")
                && !lexicon.roles.worker_frameworks.contains(e.id)
        });
        // "the CloudFront Key Value Store" keeps what the CDN works with, and is none.
        let beside = entry.filter(|e| {
            let keeps = matches!(np.noun, Some(Noun::Component(k)) if k.is_store() || k.is_messaging() || k == Kind::Cache);
            let works = matches!(e.kind, Kind::Cdn | Kind::Function | Kind::Gateway | Kind::Workflow);
            !np.technology_heads && e.managed && keeps && works && head.contains(' ')
        });
        let (entry, technology) = match partner.or(beside) {
            Some(e) => {
                modifiers.push(e.name.to_lowercase());
                (None, None)
            }
            None => (entry, np.technology),
        };
        let (kind, weak) = match (entry, np.noun) {
            (Some(_), _)
                if !np.technology_heads
                    && lexicon.roles.attribute_heads.contains(&head)
                    && !(matches!(head.as_str(), "log" | "library")
                        && !np.plural
                        && entry.is_some_and(|e| e.kind.is_store()))
                    && !matches!(np.noun, Some(Noun::Component(_))) =>
            {
                return None;
            }
            // "a Cloud Functions trigger called `onUpload`" is a function.
            (Some(entry), Some(Noun::Data))
                if !np.technology_heads
                    && entry.kind.is_compute()
                    && !(head == "trigger" && np.aside.iter().any(|a| a.given)) =>
            {
                return None;
            }
            (Some(_), Some(Noun::Person | Noun::Group(_))) if !np.technology_heads => {
                return match np.noun {
                    Some(Noun::Person) => Some(Wanted {
                        kind: Kind::User,
                        technology: None,
                        head,
                        modifiers,
                        label: self.label(lexicon, text, np),
                        weak: true,
                    }),
                    _ => entry.map(|e| (e.kind, false)).map(|(kind, weak)| Wanted {
                        kind,
                        technology: np.technology,
                        head,
                        modifiers,
                        label: self.label(lexicon, text, np),
                        weak,
                    }),
                };
            }
            (Some(entry), Some(Noun::Component(kind)))
                if lexicon.roles.worker_frameworks.contains(entry.id) =>
            {
                (if np.technology_heads { entry.kind } else { kind }, false)
            }
            (Some(entry), Some(_)) if !np.technology_heads && lexicon.roles.facets.contains(&head) => {
                (entry.kind, false)
            }
            // "puts a message on a Redis list"
            (Some(entry), _) if entry.kind == Kind::Cache && head == "list" => (Kind::Queue, false),
            (Some(entry), noun) => (combined(entry.kind, noun, &head), false),
            (None, Some(Noun::Component(_)))
                if np.det == Det::Each
                    && (lexicon.roles.site_heads.contains(&head)
                        || plain
                            && matches!(head.as_str(), "pod" | "container" | "node" | "host" | "server")
                        || plain && lexicon.roles.shown_heads.contains(&head)) =>
            {
                return None;
            }
            (None, Some(Noun::Component(_)))
                if np.plural
                    && np.det == Det::Bare
                    && modifiers.is_empty()
                    && lexicon.roles.human_plurals.contains(&head) =>
            {
                (Kind::User, true)
            }
            (None, Some(Noun::Component(_)))
                if plain
                    && np.det == Det::Bare
                    && !np.proper
                    && (np.plural && lexicon.roles.shown_heads.contains(&head)
                        || !np.plural && lexicon.roles.deed_heads.contains(&head)) =>
            {
                return None;
            }
            (None, Some(Noun::Component(Kind::Service | Kind::Client)))
                if head == "app"
                    && modifiers.last().is_some_and(|m| !lexicon.roles.server_modifiers.contains(m)) =>
            {
                (Kind::Client, false)
            }
            (None, Some(Noun::Component(kind))) => {
                let bare = modifiers.is_empty() && lexicon.roles.generic_heads.contains(&head);
                (
                    kind,
                    bare || matches!(
                        head.as_str(),
                        "index" | "job" | "model" | "instance" | "core" | "node" | "primary" | "lock"
                    ),
                )
            }
            (None, Some(Noun::Person)) => (Kind::User, true),
            (None, Some(Noun::Data)) => return None,
            (None, None) if !np.proper && agentive(lexicon, &head) => (Kind::Service, true),
            (None, None) if !np.proper => return None,
            (None, Some(Noun::Group(_))) => return None,
            (None, None) if dotted(&np.head) || np.operation && !np.named || state(lexicon, text, np) => {
                return None;
            }
            // "a `sendOrder` route": a way in.
            (None, None)
                if matches!(
                    head.as_str(),
                    "route" | "method" | "parameter" | "property" | "field" | "header"
                ) =>
            {
                return None;
            }
            // "IAM authorization"
            (None, None) if !np.modifiers.is_empty() && lexicon.roles.attribute_heads.contains(&head) => {
                return None;
            }
            // "the HR guidelines": several of no name.
            (None, None) if np.plural && np.det != Det::Other && !np.named && !written_as_name(&np.head) => {
                return None;
            }
            (None, _) => (Kind::Service, true),
        };
        let several_views = np.plural && np.det == Det::Bare && modifiers.is_empty();
        let tool = entry.is_some_and(|e| lexicon.roles.tools.contains(e.id));
        let weak = weak || tool || several_views && lexicon.roles.view_heads.contains(&head);
        Some(Wanted { kind, technology, head, modifiers, label: self.label(lexicon, text, np), weak })
    }

    fn label(&self, lexicon: &Lexicon, text: &str, np: &Np) -> String {
        let bare = np.technology.is_some() && np.technology_heads && np.modifiers.is_empty();
        if let (true, Some(entry)) = (bare, np.technology.and_then(|t| catalog().technologies().get(t))) {
            let written = clean(text.get(np.label.start..np.label.end).unwrap_or(""));
            let longer = written.contains(' ');
            return if longer && !np.misspelt { sentence_case(&written) } else { entry.name.to_owned() };
        }
        let mut written = clean(text.get(np.label.start..np.label.end).unwrap_or(""));
        while let Some((first, rest)) = written.split_once(' ') {
            let lower = first.to_lowercase();
            if !lexicon.roles.unsaid_modifiers.contains(&lower) && lower != "\"" {
                break;
            }
            written = rest.to_owned();
        }
        let head = np.head.rsplit(' ').next().unwrap_or("");
        if let Some((before, last)) = written.rsplit_once(' ')
            && !np.plural
            && last.to_lowercase() != head
            && singular(&last.to_lowercase()) == head
        {
            // "orders and billing services": each is one service.
            let upper = last.strip_suffix('s').filter(|one| one.chars().all(char::is_uppercase));
            written = format!("{before} {}", upper.unwrap_or(head));
        }
        if !np.plural && !head.is_empty() && !written.to_lowercase().contains(head.trim_end_matches('s')) {
            // The head was borrowed from the last of a list: "the user, the order and the invoice API".
            let short = matches!(head, "api" | "bff" | "db" | "ui");
            written = if short {
                format!("{written} {}", head.to_uppercase())
            } else {
                format!("{written} {head}")
            };
        }
        sentence_case(&written)
    }
}

/// The kind of a technology with a head noun behind it.
pub(super) fn combined(technology: Kind, noun: Option<Noun>, head: &str) -> Kind {
    let Some(Noun::Component(kind)) = noun else { return technology };
    if matches!(technology, Kind::Warehouse | Kind::Database) && head.ends_with("pipeline") {
        // "a Synapse pipeline" works on data.
        return Kind::Analytics;
    }
    match (technology, kind) {
        (
            Kind::Stream
            | Kind::Container
            | Kind::Vm
            | Kind::Analytics
            | Kind::Search
            | Kind::Warehouse
            | Kind::Ml
            | Kind::Cicd
            | Kind::Identity
            | Kind::Gateway
            | Kind::Cdn
            | Kind::Workflow
            | Kind::Monitoring
            | Kind::Secrets
            | Kind::Waf,
            Kind::Service
            | Kind::Container
            | Kind::Vm
            | Kind::Cluster
            | Kind::Database
            | Kind::Topic
            | Kind::Storage
            | Kind::Other
            | Kind::Gateway
            | Kind::External
            | Kind::Stream
            | Kind::Analytics,
        ) => technology,
        (Kind::Function, Kind::Service | Kind::Container | Kind::Function) => technology,
        (
            _,
            Kind::Function
            | Kind::Queue
            | Kind::Topic
            | Kind::Cache
            | Kind::Client
            | Kind::Scheduler
            | Kind::Search
            | Kind::Stream
            | Kind::Gateway
            | Kind::LoadBalancer,
        ) => kind,
        (Kind::Cluster, _) if head != "cluster" => kind,
        (Kind::Service | Kind::Client | Kind::Other, _) => kind,
        (Kind::Database, Kind::Storage) if head == "store" => technology,
        _ => technology,
    }
}

/// The common noun at the end of a technology's name: `table` for "DynamoDB table".
fn head_of_name(lexicon: &Lexicon, np: &Np, written: &str) -> String {
    let words: Vec<&str> = written.split(' ').collect();
    let tail = (1..=2.min(words.len().saturating_sub(1))).rev().find_map(|n| {
        let tail = words.get(words.len() - n..)?.join(" ");
        matches!(lexicon.noun(&tail), Some((Noun::Component(_), _))).then_some(tail)
    });
    tail.filter(|_| np.technology_heads).map_or_else(String::new, |t| lexicon.same_head(singular(&t)))
}

/// The technology in data that is named after it: SQS in "the SQS messages". `None` when the phrase is no such data.
pub(super) fn carrier(lexicon: &Lexicon, np: &Np) -> Option<Np> {
    // A program is not what its data goes through: "Lambda invocations" go to no Lambda.
    let passes = np
        .technology
        .and_then(|t| catalog().technologies().get(t))
        .is_some_and(|e| !e.kind.is_compute() && !lexicon.roles.tools.contains(e.id));
    let data = passes
        && !np.technology_heads
        && np.noun == Some(Noun::Data)
        && !lexicon.roles.attribute_heads.contains(&singular(&np.head));
    data.then(|| Np {
        head: String::new(),
        noun: None,
        modifiers: Vec::new(),
        technology_heads: true,
        plural: false,
        quantity: None,
        det: Det::Definite,
        misspelt: true,
        ..np.clone()
    })
}

/// Whether a phrase is a value that something is set to: "updates the status to `COMPLETE`".
fn state(lexicon: &Lexicon, text: &str, np: &Np) -> bool {
    let written = clean(text.get(np.label.start..np.label.end).unwrap_or(""));
    let loud = written.len() > 3 && written.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let word = written.to_lowercase();
    let verb = ["GET", "PUT", "POST", "PATCH", "DELETE"].contains(&written.as_str());
    verb || loud && (lexicon.adjective(&word) || !lexicon.verb_forms(&word).is_empty())
}

/// Whether a word is written as names are: with a capital, a digit or a mark in it.
fn written_as_name(word: &str) -> bool {
    word.chars().any(|c| !c.is_ascii_lowercase())
}

/// Whether a word is an address, a file or the name of an event: "feeds.example.com", "order.paid".
fn dotted(word: &str) -> bool {
    let part = |p: &str| p.len() > 1 && p.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_'));
    word.contains('.') && word.split('.').all(part)
}
