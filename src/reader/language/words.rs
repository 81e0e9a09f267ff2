//! The words of the language: statements, kinds with their other spellings, arrows, figures about the load.
//!
//! Takes single words and gives what they stand for. Other spellings are understood everywhere and written in their
//! canonical form by `fmt`.

use crate::model::{Direction, GroupKind, Kind, Mode, WorkloadKey};

/// Other words for kinds of components.
const KIND_ALIASES: &[(&str, Kind)] = &[
    ("person", Kind::User),
    ("actor", Kind::User),
    ("customer", Kind::User),
    ("browser", Kind::Client),
    ("app", Kind::Client),
    ("mobile", Kind::Client),
    ("web", Kind::Client),
    ("frontend", Kind::Client),
    ("svc", Kind::Service),
    ("server", Kind::Service),
    ("backend", Kind::Service),
    ("microservice", Kind::Service),
    ("worker", Kind::Service),
    ("fn", Kind::Function),
    ("func", Kind::Function),
    ("lambda", Kind::Function),
    ("api", Kind::Gateway),
    ("gw", Kind::Gateway),
    ("api-gateway", Kind::Gateway),
    ("lb", Kind::LoadBalancer),
    ("load-balancer", Kind::LoadBalancer),
    ("loadbalancer", Kind::LoadBalancer),
    ("balancer", Kind::LoadBalancer),
    ("firewall", Kind::Waf),
    ("mq", Kind::Queue),
    ("pubsub", Kind::Topic),
    ("log", Kind::Stream),
    ("event-bus", Kind::EventBus),
    ("eventbus", Kind::EventBus),
    ("bus", Kind::EventBus),
    ("db", Kind::Database),
    ("datastore", Kind::Database),
    ("bucket", Kind::Storage),
    ("blob", Kind::Storage),
    ("store", Kind::Storage),
    ("disk", Kind::Storage),
    ("index", Kind::Search),
    ("data-warehouse", Kind::Warehouse),
    ("dwh", Kind::Warehouse),
    ("lake", Kind::Warehouse),
    ("cron", Kind::Scheduler),
    ("timer", Kind::Scheduler),
    ("idp", Kind::Identity),
    ("auth", Kind::Identity),
    ("secret", Kind::Secrets),
    ("vault", Kind::Secrets),
    ("ext", Kind::External),
    ("external-system", Kind::External),
    ("saas", Kind::External),
    ("mail", Kind::Email),
    ("push", Kind::Notification),
    ("sms", Kind::Notification),
    ("metrics", Kind::Monitoring),
    ("logs", Kind::Monitoring),
    ("model", Kind::Ml),
    ("ai", Kind::Ml),
    ("sensor", Kind::Device),
    ("machine", Kind::Vm),
    ("pod", Kind::Container),
    ("net", Kind::Network),
    ("ci", Kind::Cicd),
    ("pipeline", Kind::Cicd),
    ("bi", Kind::Analytics),
    ("component", Kind::Other),
    ("node", Kind::Other),
];

/// Other words for kinds of groups.
const GROUP_ALIASES: &[(&str, GroupKind)] = &[
    ("provider", GroupKind::Cloud),
    ("az", GroupKind::Zone),
    ("availability-zone", GroupKind::Zone),
    ("project", GroupKind::Account),
    ("subscription", GroupKind::Account),
    ("vnet", GroupKind::Vpc),
    ("onprem", GroupKind::OnPremises),
    ("on-prem", GroupKind::OnPremises),
    ("on-premises", GroupKind::OnPremises),
    ("datacenter", GroupKind::OnPremises),
    ("tier", GroupKind::Layer),
    ("context", GroupKind::Domain),
    ("trust-boundary", GroupKind::Boundary),
    ("system", GroupKind::Group),
    ("subsystem", GroupKind::Group),
];

/// Words that begin the other statements.
pub(super) const KEYWORDS: &[&str] = &[
    "title",
    "description",
    "direction",
    "flow",
    "expect",
    "note",
    "ignore",
    "assume",
    "question",
    "same-rank",
    "order",
    "near",
    "first",
    "last",
];

/// Every figure about the load with its word and other spellings.
const LOAD: &[(WorkloadKey, &str, &[&str])] = &[
    (WorkloadKey::Rate, "rate", &["throughput", "requests", "rps"]),
    (WorkloadKey::PeakRate, "peak_rate", &["peak"]),
    (WorkloadKey::Latency, "latency", &["response_time"]),
    (WorkloadKey::Availability, "availability", &["uptime"]),
    (WorkloadKey::Users, "users", &[]),
    (WorkloadKey::DataVolume, "data_volume", &["data", "volume"]),
    (WorkloadKey::Payload, "payload", &["message_size", "file_size"]),
    (WorkloadKey::Duration, "duration", &[]),
    (WorkloadKey::Budget, "budget", &["cost"]),
    (WorkloadKey::Schedule, "schedule", &[]),
    (WorkloadKey::Retention, "retention", &[]),
    (WorkloadKey::RecoveryTime, "recovery_time", &["rto"]),
    (WorkloadKey::RecoveryPoint, "recovery_point", &["rpo"]),
    (WorkloadKey::Shape, "shape", &[]),
    (WorkloadKey::Regions, "regions", &["region"]),
    (WorkloadKey::Consistency, "consistency", &[]),
    (WorkloadKey::Compliance, "compliance", &[]),
    (WorkloadKey::Portability, "portability", &[]),
    (WorkloadKey::Stage, "stage", &[]),
];

/// The word in lower case with `-` for `_`, so that `Load_Balancer` and `load-balancer` are one.
pub(super) fn folded(word: &str) -> String {
    word.to_lowercase().replace('_', "-")
}

/// The kind a word stands for.
pub(crate) fn kind(word: &str) -> Option<Kind> {
    let folded = folded(word);
    Kind::from_word(&folded.replace('-', "_"))
        .or_else(|| KIND_ALIASES.iter().find(|(alias, _)| *alias == folded).map(|&(_, kind)| kind))
}

/// The kind of group a word stands for.
pub(crate) fn group_kind(word: &str) -> Option<GroupKind> {
    let folded = folded(word);
    GroupKind::from_word(&folded.replace('-', "_"))
        .or_else(|| GROUP_ALIASES.iter().find(|(alias, _)| *alias == folded).map(|&(_, kind)| kind))
}

/// The figure a word stands for.
pub(crate) fn workload_key(word: &str) -> Option<WorkloadKey> {
    let word = word.to_lowercase().replace('-', "_");
    LOAD.iter()
        .find(|(_, name, others)| *name == word || others.contains(&word.as_str()))
        .map(|&(key, ..)| key)
}

/// The words of all figures.
pub(super) fn workload_words() -> impl Iterator<Item = &'static str> {
    LOAD.iter().map(|&(_, word, _)| word)
}

/// The direction a word stands for.
pub(super) fn direction(word: &str) -> Option<Direction> {
    match folded(word).as_str() {
        "right" | "lr" | "horizontal" | "left-to-right" => Some(Direction::Right),
        "down" | "tb" | "td" | "vertical" | "top-to-bottom" => Some(Direction::Down),
        _ => None,
    }
}

/// Every word that may begin a statement, for nearest-word hints.
pub(super) fn statement_words() -> impl Iterator<Item = &'static str> {
    let kinds = Kind::ALL.iter().map(|k| k.word());
    let groups = GroupKind::ALL.iter().map(|g| g.word());
    KEYWORDS.iter().copied().chain(kinds).chain(groups).chain(KIND_ALIASES.iter().map(|&(alias, _)| alias))
}

/// Whether a statement may begin with that word.
pub(super) fn begins_statement(word: &str) -> bool {
    KEYWORDS.contains(&folded(word).as_str()) || kind(word).is_some() || group_kind(word).is_some()
}

/// What an arrow says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arrow {
    /// Whether the caller waits.
    pub(crate) mode: Mode,
    /// Whether it leads from right to left.
    pub(crate) reversed: bool,
    /// Whether it leads both ways.
    pub(crate) both: bool,
}

impl Arrow {
    /// What a sign that looks like an arrow says. Strange ones are read by their heads; wavy and dotted ones are
    /// asynchronous, and those without a head lead to the right.
    pub(super) fn read(sign: &str) -> Self {
        let left = sign.starts_with(['<', '←', '↔', '⇐', '⇔', '⟵', '⟷', '⇠']);
        let right = sign.ends_with(['>', '→', '↔', '⇒', '⇔', '⟶', '⟷', '⇢', '➜']);
        let waiting = !sign.contains(['~', '.', '⇢', '⇠']);
        let mode = if waiting { Mode::Sync } else { Mode::Async };
        Self { mode, reversed: left && !right, both: left && right }
    }

    /// The sign the language writes.
    pub(crate) fn sign(self) -> &'static str {
        match (self.mode, self.both, self.reversed) {
            (Mode::Sync, true, _) => "<->",
            (Mode::Sync, false, true) => "<-",
            (Mode::Sync, false, false) => "->",
            (Mode::Async, true, _) => "<~>",
            (Mode::Async, false, true) => "<~",
            (Mode::Async, false, false) => "~>",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_word_and_aliases_are_new_words() {
        for kind in Kind::ALL {
            assert_eq!(super::kind(kind.word()), Some(*kind));
        }
        for (alias, kind) in KIND_ALIASES {
            assert!(Kind::from_word(alias).is_none(), "{alias} is a kind itself");
            assert_eq!(super::kind(alias), Some(*kind));
            assert!(group_kind(alias).is_none(), "{alias} is a group too");
        }
        assert_eq!(super::kind("Load-Balancer"), Some(Kind::LoadBalancer));
    }

    #[test]
    fn strange_arrows_are_read_by_their_heads() {
        for (sign, wanted) in [
            ("=>", "->"),
            ("-->", "->"),
            ("→", "->"),
            ("<=", "<-"),
            ("-.->", "~>"),
            ("<-->", "<->"),
            ("--", "->"),
        ] {
            assert_eq!(Arrow::read(sign).sign(), wanted, "{sign}");
        }
    }
}
