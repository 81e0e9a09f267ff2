//! The things a text speaks of, and which mention means which thing.
//!
//! Takes noun phrases in the order of the text and gives numbers of [`Entity`]s: a new one when the phrase introduces
//! something, an old one when it says again what was said. It knows no verbs.

use super::lexicon::{Det, Lexicon, Noun, singulars};
use super::phrases::Np;
use crate::catalog::catalog;
use crate::model::Kind;
use crate::text::Span;

/// An entity's place in [`Entities::all`].
pub(crate) type EntityId = usize;

/// Something the text speaks of that may be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entity {
    /// Its name for people.
    pub(crate) label: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Technologies named for it, as places in the catalog's list; the first is what it is made with.
    pub(crate) technologies: Vec<usize>,
    /// Its head noun in the singular; empty when only a technology was named.
    pub(crate) head: String,
    /// What distinguishes it from others with the same head.
    pub(crate) modifiers: Vec<String>,
    /// Other single names it goes by, in lower case.
    pub(crate) names: Vec<String>,
    /// Where it was first named.
    pub(crate) span: Span,
    /// Whether it is in the plural.
    pub(crate) plural: bool,
    /// How many run.
    pub(crate) replicas: Option<u32>,
    /// Whether it is drawn only when something flows from or to it.
    pub(crate) weak: bool,
    /// Its group, as a place in the list of groups.
    pub(crate) group: Option<usize>,
    /// How the first mention was determined.
    pub(crate) det: Det,
    /// What it does, told from the words behind it; distinguishes things of the same name.
    pub(crate) doing: Option<String>,
    /// Whether the text rules it out.
    pub(crate) denied: bool,
    /// The rule that inferred it, for what is not stated.
    pub(crate) why: Option<&'static str>,
    /// The sentence of its last mention.
    pub(crate) last: usize,
}

/// What a noun phrase asks for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) kind: Kind,
    technology: Option<usize>,
    head: String,
    modifiers: Vec<String>,
    label: String,
    weak: bool,
}

impl Wanted {
    /// Says what it is made with.
    pub(crate) fn set_technology(&mut self, technology: usize) {
        self.technology = self.technology.or(Some(technology));
    }
}

/// Whether a phrase means the text or its system itself: "this pattern", "the solution".
pub(crate) fn speaks_of_itself(np: &Np) -> bool {
    np.technology.is_none()
        && np.owner.is_none()
        && SELF_HEADS.contains(&singular(&np.head).as_str())
        && (np.det == Det::Demonstrative || np.modifiers.iter().all(|m| WEAK_MODIFIERS.contains(&m.as_str())))
}

/// All entities.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entities {
    /// In the order of first mention.
    pub(crate) all: Vec<Entity>,
    /// Names of the system itself, in lower case: never drawn.
    pub(crate) own_names: Vec<String>,
}

/// Modifiers that distinguish nothing.
const WEAK_MODIFIERS: [&str; 64] = [
    "new",
    "serverless",
    "managed",
    "simple",
    "single",
    "central",
    "shared",
    "separate",
    "dedicated",
    "small",
    "large",
    "big",
    "existing",
    "same",
    "various",
    "different",
    "multiple",
    "own",
    "stateless",
    "stateful",
    "containerized",
    "containerised",
    "downstream",
    "upstream",
    "specified",
    "selected",
    "cloud",
    "hosted",
    "open-source",
    "relational",
    "distributed",
    "scalable",
    "aws",
    "azure",
    "amazon",
    "google",
    "gcp",
    "common",
    "custom",
    "in-memory",
    "simple",
    "modern",
    "old",
    "current",
    "following",
    "respective",
    "corresponding",
    "appropriate",
    "relevant",
    "lightweight",
    "secure",
    "dockerized",
    "python",
    "java",
    "go",
    "kotlin",
    "node.js",
    "typescript",
    "rust",
    "golang",
    "highly-available",
    "microsoft",
    "apache",
    "regional",
];

/// Heads that name a role rather than a thing of its own.
const GENERIC_HEADS: [&str; 12] = [
    "service",
    "component",
    "application",
    "app",
    "system",
    "backend",
    "module",
    "microservice",
    "server",
    "instance",
    "platform",
    "process",
];

/// Heads by which a text speaks of itself.
const SELF_HEADS: [&str; 22] = [
    "pattern",
    "system",
    "solution",
    "architecture",
    "template",
    "stack",
    "sample",
    "project",
    "example",
    "scenario",
    "design",
    "setup",
    "set-up",
    "diagram",
    "document",
    "implementation",
    "sample project",
    "platform",
    "use case",
    "approach",
    "workload",
    "reference architecture",
];

/// Heads of what a technology has rather than is.
const ATTRIBUTE_HEADS: [&str; 44] = [
    "role",
    "policy",
    "permission",
    "library",
    "sdk",
    "code",
    "template",
    "key",
    "id",
    "definition",
    "layer",
    "version",
    "certificate",
    "language",
    "file",
    "image",
    "metric",
    "log",
    "credential",
    "token",
    "project",
    "stack",
    "client",
    "plugin",
    "framework",
    "configuration",
    "config",
    "account",
    "subscription",
    "region",
    "resource",
    "metrics",
    "logs",
    "developer",
    "engineer",
    "team",
    "expert",
    "console",
    "api call",
    "user",
    "format",
    "syntax",
    "protocol",
    "record",
];

impl Entities {
    /// What a phrase asks for; `None` when it is nothing to draw.
    pub(crate) fn wanted(&self, lexicon: &Lexicon, text: &str, np: &Np) -> Option<Wanted> {
        let own = np.span.start..np.span.end;
        let written = text.get(own).unwrap_or("").to_lowercase();
        if self.own_names.iter().any(|n| *n == written.trim_start_matches("the ")) {
            return None;
        }
        let head = singular(&np.head);
        let plain = np.modifiers.iter().all(|m| WEAK_MODIFIERS.contains(&m.as_str()));
        let entry = np.technology.and_then(|t| catalog().technologies().get(t));
        let own_talk = np.technology.is_none()
            && SELF_HEADS.contains(&head.as_str())
            && (plain || np.det == Det::Demonstrative)
            && np.owner.is_none();
        if own_talk || np.det == Det::None && np.technology.is_none() && np.noun.is_none() {
            return None;
        }
        let mut modifiers: Vec<String> = np
            .modifiers
            .iter()
            .filter(|m| !WEAK_MODIFIERS.contains(&m.as_str()) && m.parse::<u32>().is_err())
            .cloned()
            .collect();
        if let Some(owner) = &np.owner {
            modifiers.insert(0, owner.clone());
        }
        let (kind, weak) = match (entry, np.noun) {
            (Some(_), _)
                if !np.technology_heads
                    && ATTRIBUTE_HEADS.contains(&head.as_str())
                    && !matches!(np.noun, Some(Noun::Component(_))) =>
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
            (Some(entry), noun) => (combined(entry.kind, noun, &head), false),
            (None, Some(Noun::Component(kind))) => {
                let bare = modifiers.is_empty() && GENERIC_HEADS.contains(&head.as_str());
                (
                    kind,
                    bare || matches!(
                        head.as_str(),
                        "index" | "job" | "model" | "instance" | "core" | "node" | "primary" | "lock"
                    ),
                )
            }
            (None, Some(Noun::Person)) => (Kind::User, true),
            (None, Some(Noun::Data)) if !np.proper => return None,
            (None, None) if !np.proper => return None,
            (None, Some(Noun::Group(_))) => return None,
            (None, _) => (Kind::Service, true),
        };
        let kind = if kind == Kind::Service { by_modifiers(&modifiers, kind) } else { kind };
        Some(Wanted {
            kind,
            technology: np.technology,
            head,
            modifiers,
            label: self.label(lexicon, text, np),
            weak,
        })
    }

    fn label(&self, lexicon: &Lexicon, text: &str, np: &Np) -> String {
        let _ = lexicon;
        let bare = np.technology.is_some() && np.technology_heads && np.modifiers.is_empty();
        if let (true, Some(entry)) = (bare, np.technology.and_then(|t| catalog().technologies().get(t))) {
            let written = clean(text.get(np.label.start..np.label.end).unwrap_or(""));
            let longer = written.contains(' ');
            return if longer && !np.misspelt { sentence_case(&written) } else { entry.name.clone() };
        }
        let mut written = clean(text.get(np.label.start..np.label.end).unwrap_or(""));
        while let Some((first, rest)) = written.split_once(' ') {
            let lower = first.to_lowercase();
            if !matches!(
                lower.as_str(),
                "new"
                    | "single"
                    | "separate"
                    | "existing"
                    | "same"
                    | "own"
                    | "following"
                    | "specified"
                    | "selected"
                    | "various"
                    | "corresponding"
                    | "respective"
                    | "\""
                    | "different"
                    | "simple"
            ) {
                break;
            }
            written = rest.to_owned();
        }
        let head = np.head.rsplit(' ').next().unwrap_or("");
        if !np.plural && !head.is_empty() && !written.to_lowercase().contains(head.trim_end_matches('s')) {
            written = format!("{written} {head}");
        }
        sentence_case(&written)
    }

    /// The entities a phrase stands for, a new one made where needed.
    pub(crate) fn resolve(&mut self, wanted: &Wanted, np: &Np, sentence: usize) -> Vec<EntityId> {
        let found = if np.det == Det::Other { self.exactly(wanted) } else { self.find(wanted, np, sentence) };
        if found.is_empty() {
            return vec![self.introduce(wanted, np, sentence)];
        }
        for &id in &found {
            self.enrich(id, wanted, np, sentence, found.len() == 1);
        }
        found
    }

    fn exactly(&self, wanted: &Wanted) -> Vec<EntityId> {
        if wanted.modifiers.is_empty() {
            return Vec::new();
        }
        let same = |e: &Entity| {
            e.head == wanted.head
                && e.modifiers == wanted.modifiers
                && e.technologies.first() == wanted.technology.as_ref()
        };
        self.all.iter().rposition(same).into_iter().collect()
    }

    /// Makes a new entity.
    pub(crate) fn introduce(&mut self, wanted: &Wanted, np: &Np, sentence: usize) -> EntityId {
        self.all.push(Entity {
            label: wanted.label.clone(),
            kind: wanted.kind,
            technologies: wanted.technology.into_iter().chain(np.second).collect(),
            head: wanted.head.clone(),
            modifiers: wanted.modifiers.clone(),
            names: Vec::new(),
            span: np.span,
            plural: np.plural,
            replicas: np.quantity.filter(|&q| q > 1 && q <= 1000),
            weak: wanted.weak,
            group: None,
            det: np.det,
            doing: None,
            denied: np.det == Det::None,
            why: None,
            last: sentence,
        });
        self.all.len() - 1
    }

    fn enrich(&mut self, id: EntityId, wanted: &Wanted, np: &Np, sentence: usize, single: bool) {
        let Some(entity) = self.all.get_mut(id) else { return };
        entity.last = sentence;
        if !single {
            return;
        }
        let more = wanted.modifiers.len() > entity.modifiers.len()
            || entity.head.is_empty() && !wanted.head.is_empty() && !wanted.modifiers.is_empty();
        if more && wanted.modifiers.iter().any(|m| !entity.modifiers.contains(m)) && !np.plural {
            entity.label.clone_from(&wanted.label);
            entity.modifiers.clone_from(&wanted.modifiers);
        }
        if entity.head.is_empty() {
            entity.head.clone_from(&wanted.head);
        }
        if let Some(technology) = wanted.technology
            && !entity.technologies.contains(&technology)
        {
            if entity.technologies.is_empty() && entity.kind == Kind::Service {
                entity.kind = wanted.kind;
            }
            entity.technologies.push(technology);
        }
        entity.weak &= wanted.weak;
        entity.replicas = entity.replicas.or(np.quantity.filter(|&q| q > 1 && q <= 1000));
    }

    fn find(&self, wanted: &Wanted, np: &Np, sentence: usize) -> Vec<EntityId> {
        let _ = sentence;
        let open =
            matches!(np.det, Det::Definite | Det::Demonstrative | Det::Possessive | Det::Same | Det::Each);
        let mut fits: Vec<(u8, EntityId)> = Vec::new();
        for (id, entity) in self.all.iter().enumerate() {
            if let Some(grade) = self.grade(wanted, np, entity, open) {
                fits.push((grade, id));
            }
        }
        let Some(&(best, _)) = fits.iter().max_by_key(|(grade, id)| (*grade, *id)) else { return Vec::new() };
        let equals: Vec<EntityId> = fits.iter().filter(|(g, _)| *g == best).map(|&(_, id)| id).collect();
        let several = np.plural
            && equals.len() > 1
            && best < 9
            && (open || np.quantity.is_some() || np.det == Det::Bare);
        if several {
            return equals;
        }
        if best <= 3 && equals.len() > 1 && !open {
            return Vec::new();
        }
        equals.last().copied().into_iter().collect()
    }

    /// How well a phrase fits an entity; `None` when it cannot mean it.
    fn grade(&self, wanted: &Wanted, np: &Np, entity: &Entity, open: bool) -> Option<u8> {
        let phrase: Vec<&str> = wanted
            .modifiers
            .iter()
            .map(String::as_str)
            .chain(Some(wanted.head.as_str()).filter(|h| !h.is_empty()))
            .collect();
        if entity.names.iter().any(|n| *n == phrase.join(" ")) {
            return Some(10);
        }
        let person = wanted.kind == Kind::User;
        if person != (entity.kind == Kind::User) {
            return None;
        }
        let technology = match (wanted.technology, entity.technologies.is_empty()) {
            (Some(t), false) => {
                if !entity.technologies.iter().any(|&own| own == t || related(own, t)) {
                    return None;
                }
                true
            }
            (Some(_), true) => false,
            _ => false,
        };
        let common =
            |list: &[String], other: &[String]| list.iter().all(|m| other.iter().any(|o| alike(m, o)));
        let inside = common(&wanted.modifiers, &entity.modifiers);
        let around = common(&entity.modifiers, &wanted.modifiers);
        let same_head = wanted.head == entity.head || wanted.head.is_empty() || entity.head.is_empty();
        let indefinite = np.det == Det::Indefinite;
        match (inside, around) {
            (true, true) if technology && (same_head || wanted.kind == entity.kind) => {
                let again = indefinite && entity.det == Det::Indefinite && !wanted.modifiers.is_empty();
                let fresh = indefinite
                    && entity.det != Det::Bare
                    && !again
                    && wanted.modifiers.is_empty()
                    && entity.plural == np.plural
                    && entity.last == usize::MAX;
                if fresh { None } else { Some(9) }
            }
            (true, true) if wanted.technology.is_none() && (wanted.head == entity.head) => {
                if indefinite && wanted.modifiers.is_empty() && !person { None } else { Some(9) }
            }
            (true, true) | (true, false) if wanted.technology.is_none() && wanted.modifiers.is_empty() => {
                self.by_kind(wanted, entity, open, np)
            }
            (true, true) if wanted.technology.is_some() && entity.technologies.is_empty() => {
                (same_head && wanted.kind == entity.kind && open && !wanted.head.is_empty()).then_some(6)
            }
            (true, false) if technology && same_head => (!indefinite
                || wanted.head.is_empty() && np.technology_heads && np.det == Det::Bare)
                .then_some(5),
            (true, false) if wanted.technology.is_none() && same_head && !indefinite => Some(5),
            (false, true)
                if technology
                    && entity.modifiers.is_empty()
                    && !indefinite
                    && (same_head || wanted.kind == entity.kind) =>
            {
                (open && !np.plural).then_some(4)
            }
            (false, true)
                if wanted.technology.is_none()
                    && same_head
                    && !indefinite
                    && entity.technologies.is_empty()
                    && !person =>
            {
                (open
                    && !entity.head.is_empty()
                    && entity.modifiers.is_empty()
                    && wanted.kind != Kind::Service)
                    .then_some(3)
            }
            _ => None,
        }
    }

    /// "the queue" means the queue spoken of, whatever it is called.
    fn by_kind(&self, wanted: &Wanted, entity: &Entity, open: bool, np: &Np) -> Option<u8> {
        if !open && !(np.det == Det::Bare && wanted.head == entity.head) {
            return None;
        }
        if wanted.head == entity.head {
            return Some(5);
        }
        let same = wanted.kind == entity.kind;
        let generic = GENERIC_HEADS.contains(&wanted.head.as_str()) && entity.kind.is_compute();
        match wanted.kind {
            Kind::User => None,
            Kind::Service => {
                let app =
                    matches!(wanted.head.as_str(), "app" | "application") && entity.head.ends_with("app");
                (generic && same && np.det == Det::Demonstrative || app).then_some(3)
            }
            Kind::Client => (same
                && (wanted.head.ends_with("app") && entity.head.ends_with("app") || wanted.head == "client"))
                .then_some(3),
            Kind::Other => None,
            _ => {
                let medium = wanted.kind.is_messaging()
                    && entity.kind.is_messaging()
                    && !entity.technologies.is_empty();
                ((same || medium) && open).then_some(4)
            }
        }
    }

    /// Entities whose only modifier is this word: "checkout" for the checkout service.
    pub(crate) fn by_short_name(&self, word: &str) -> Option<EntityId> {
        let mut hits = self.all.iter().enumerate().filter(|(_, e)| {
            let short = match e.modifiers.as_slice() {
                [only] => alike(only, word),
                _ => false,
            };
            (short && e.kind.is_compute() || e.names.iter().any(|n| n == word)) && !e.denied
        });
        let first = hits.next()?.0;
        hits.next().is_none().then_some(first)
    }
}

/// The kind of a technology with a head noun behind it.
fn combined(technology: Kind, noun: Option<Noun>, head: &str) -> Kind {
    let Some(Noun::Component(kind)) = noun else { return technology };
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

/// A service whose modifiers say more than its head: `notification service`.
fn by_modifiers(modifiers: &[String], kind: Kind) -> Kind {
    match modifiers.last().map(String::as_str) {
        Some("web" | "mobile" | "ios" | "android" | "desktop") => kind,
        _ => kind,
    }
}

/// Two modifiers that say the same: equal but for a plural.
fn alike(a: &str, b: &str) -> bool {
    a == b || singular(a) == singular(b)
}

/// Whether one technology's name holds the other's: Aurora and Aurora PostgreSQL.
fn related(a: usize, b: usize) -> bool {
    let kinds = [a, b].map(|t| catalog().technologies().get(t).map(|e| e.kind));
    if kinds.contains(&Some(Kind::Monitoring)) {
        return false;
    }
    let words = |t: usize| -> Vec<String> {
        catalog().technologies().get(t).map_or_else(Vec::new, |e| {
            e.name
                .to_lowercase()
                .split([' ', '/'])
                .filter(|w| !WEAK_MODIFIERS.contains(w) && *w != "for" && *w != "on")
                .map(str::to_owned)
                .collect()
        })
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w)))
}

/// The singular of a phrase's last word, if it is a plural.
pub(crate) fn singular(phrase: &str) -> String {
    let (before, last) = phrase.rsplit_once(' ').map_or(("", phrase), |(b, l)| (b, l));
    let lexicon = super::lexicon::lexicon();
    let one = match singulars(last).as_slice() {
        [] => last.to_owned(),
        [only] => only.clone(),
        many => many
            .iter()
            .find(|s| lexicon.noun(s).is_some_and(|(_, plural)| !plural))
            .or(many.first())
            .cloned()
            .unwrap_or_default(),
    };
    let known_plural = lexicon.noun(last).is_some_and(|(_, plural)| plural)
        || last.ends_with('s')
            && last.len() > 3
            && ![
                "aws",
                "sqs",
                "sns",
                "kinesis",
                "analytics",
                "redis",
                "kubernetes",
                "status",
                "access",
                "news",
                "sms",
                "gps",
                "address",
                "process",
                "bus",
            ]
            .contains(&last);
    let last = if known_plural { one } else { last.to_owned() };
    if before.is_empty() { last } else { format!("{before} {last}") }
}

/// Written words without Markdown marks and line breaks.
pub(crate) fn clean(written: &str) -> String {
    let kept: String = written
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !matches!(c, '*' | '`' | '[' | ']' | '"' | '“' | '”'))
        .collect();
    kept.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first letter in capital, names such as `iOS` or `nginx` left alone when they carry capitals inside.
pub(crate) fn sentence_case(written: &str) -> String {
    let first = written.split(' ').next().unwrap_or("");
    if first.chars().any(char::is_uppercase) {
        return written.to_owned();
    }
    let mut chars = written.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
