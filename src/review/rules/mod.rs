//! The rules' code: one small function each, which looks at the case and hands back where it fires and where it
//! cannot decide. Everything a rule says is data (`assets/rules`).

mod alerting;
mod data;
mod disclosure;
mod events;
mod functions;
mod load;
mod locations;
mod operations;
mod outsiders;
mod overload;
mod resilience;
pub(super) mod security;
mod serverless;
mod structure;
mod targets;
mod timing;

use super::case::Case;
use super::hits::Hits;
use crate::catalog::catalog;
use crate::model::{GroupKind, Id, Kind, Mode, Operation, Technology, Value};

/// A rule's code.
pub(super) type Rule = fn(&Case<'_>, &mut Hits<'_>);

/// Every rule with its code.
pub(super) const ALL: &[(&str, Rule)] = &[
    ("SRV001", serverless::cold_start),
    ("SRV002", serverless::functions_wait),
    ("SRV003", serverless::too_long),
    ("SRV004", serverless::front_gives_up),
    ("SRV006", serverless::connections),
    ("SRV007", functions::overruns),
    ("SRV008", functions::too_large),
    ("SRV009", functions::file_through_function),
    ("SRV010", functions::loops),
    ("SRV011", functions::keeps_state),
    ("SRV012", functions::visibility),
    ("EVT001", events::no_subscriber),
    ("EVT002", events::no_consumer),
    ("EVT003", events::no_producer),
    ("EVT004", events::no_dead_letters),
    ("EVT006", events::order),
    ("EVT007", events::twice),
    ("EVT008", events::compete),
    ("RES001", resilience::single_point),
    ("RES002", resilience::one_copy),
    ("RES003", locations::one_zone),
    ("RES004", resilience::single_target),
    ("RES005", resilience::no_timeout),
    ("RES006", resilience::no_breaker),
    ("RES007", resilience::deep_chain),
    ("RES008", resilience::circle),
    ("RES010", overload::hasty_retry),
    ("RES011", resilience::blind_retry),
    ("RES014", resilience::cache_only),
    ("RES015", overload::unthrottled),
    ("RES016", targets::misses_target),
    ("RES017", resilience::one_line),
    ("RES018", load::outlasts_answer),
    ("RES019", load::too_much),
    ("RES020", timing::reply_by_queue),
    ("RES021", timing::runs_overlap),
    ("RES022", overload::come_back_at_once),
    ("RES023", locations::one_site),
    ("RES024", overload::retries_multiply),
    ("DAT001", data::shared_database),
    ("DAT002", data::dual_write),
    ("DAT004", data::no_backup),
    ("DAT005", data::unprotected),
    ("DAT007", data::reports_on_live_data),
    ("DAT010", data::never_read),
    ("DAT011", data::leaves_area),
    ("DAT012", data::never_written),
    ("DAT013", timing::lags_behind),
    ("DAT014", timing::backups_too_rare),
    ("DAT015", data::unnoted_effect),
    ("DAT016", timing::kept_too_long),
    ("DAT017", disclosure::never_deleted),
    ("DAT018", timing::copy_may_lag),
    ("DAT019", timing::repeated_runs),
    ("SEC001", security::direct_access),
    ("SEC002", security::no_sign_in),
    ("SEC004", security::in_the_clear),
    ("SEC005", security::public_store),
    ("SEC006", security::boundary),
    ("SEC007", security::credentials),
    ("SEC008", outsiders::taken_on_trust),
    ("SEC009", outsiders::to_a_model),
    ("SEC010", outsiders::unproven_devices),
    ("SEC011", disclosure::personal_mail),
    ("SEC012", disclosure::copied_rights),
    ("SEC014", outsiders::steered_by_what_is_found),
    ("SEC013", outsiders::unsigned_updates),
    ("OBS001", operations::unwatched),
    ("OBS002", operations::untraced),
    ("OBS003", alerting::unseen_dead_letters),
    ("OBS004", operations::no_audit_trail),
    ("OBS005", alerting::nobody_told),
    ("OBS006", alerting::unanswered),
    ("CST001", operations::always_on),
    ("CST006", operations::busy_functions),
    ("CST007", load::above_budget),
    ("CST008", operations::tokens_without_end),
    ("CST009", load::paid_in_steps),
    ("PRT001", operations::lock_in),
    ("PRT002", operations::retired),
    ("STR001", structure::isolated),
    ("STR002", structure::no_beginning),
    ("STR003", structure::unrecognised),
    ("STR004", structure::uncalled),
    ("STR005", structure::leads_nowhere),
];

/// A technology of the catalog, by id.
fn technology(id: &str) -> Option<Technology> {
    catalog().technology(id).map(crate::catalog::TechnologyEntry::technology)
}

fn add(id: &Id, label: &str, kind: Kind, tech: Option<&str>, group: Option<&Id>) -> Operation {
    Operation::AddComponent {
        id: id.clone(),
        label: label.to_owned(),
        kind,
        technology: tech.and_then(technology),
        group: group.cloned(),
    }
}

fn connect(from: &Id, to: &Id, label: &str, mode: Mode) -> Operation {
    let label = Some(label.to_owned()).filter(|l| !l.is_empty());
    Operation::Connect { from: from.clone(), to: to.clone(), label, mode }
}

fn set(id: &Id, name: &str, value: &str) -> Operation {
    Operation::SetProperty { id: id.clone(), name: name.to_owned(), value: Value::parse(value) }
}

fn set_on(from: &Id, to: &Id, name: &str, value: &str) -> Operation {
    let (from, to) = (from.clone(), to.clone());
    Operation::SetConnectionProperty { from, to, name: name.to_owned(), value: Value::parse(value) }
}

/// The product of a kind that the provider of `like` offers, else the portable one.
fn sibling(like: Option<&str>, what: Product) -> Option<&'static str> {
    let provider = like.and_then(|t| t.split_once('.')).map(|(provider, _)| provider);
    let (aws, azure, google, open) = match what {
        Product::Queue => ("aws.sqs", "azure.service-bus", "google.pubsub", "rabbitmq"),
        Product::Topic => ("aws.sns", "azure.event-grid", "google.pubsub", "rabbitmq"),
        Product::Container => {
            ("aws.fargate", "azure.container-apps", "google.cloud-run", "kubernetes.deployment")
        }
        Product::Function => ("aws.lambda", "azure.functions", "google.cloud-functions", "knative"),
        Product::KeyValue => ("aws.dynamodb", "azure.cosmos-db", "google.firestore", "postgresql"),
        Product::Cache => ("aws.elasticache-redis", "azure.cache-for-redis", "google.memorystore", "redis"),
        Product::Storage => ("aws.s3", "azure.blob-storage", "google.cloud-storage", "minio"),
        Product::Identity => {
            ("aws.cognito", "azure.entra-external-id", "google.identity-platform", "keycloak")
        }
        Product::Secrets => ("aws.secrets-manager", "azure.key-vault", "google.secret-manager", "vault"),
        Product::Monitoring => ("aws.cloudwatch", "azure.monitor", "google.cloud-monitoring", "prometheus"),
    };
    match provider {
        Some("aws") => Some(aws),
        Some("azure") => Some(azure),
        Some("google") => Some(google),
        Some(_) | None if like.is_some() => Some(open),
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Product {
    Queue,
    Topic,
    Container,
    Function,
    KeyValue,
    Cache,
    Storage,
    Identity,
    Secrets,
    Monitoring,
}

impl Case<'_> {
    /// A technology of the system that tells its provider, for what a fix adds.
    fn provider(&self) -> Option<&str> {
        let of = |t: &&str| ["aws.", "azure.", "google."].iter().any(|p| t.starts_with(p));
        self.a.components().filter_map(crate::model::Component::technology_id).find(of)
    }

    /// Group kinds that stand for different trust.
    fn trust_kinds() -> &'static [GroupKind] {
        &[GroupKind::Boundary, GroupKind::OnPremises, GroupKind::Account]
    }
}
