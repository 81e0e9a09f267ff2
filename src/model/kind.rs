//! The closed lists: kinds of components and kinds of groups.

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants have one word each, used in the language, in JSON and in data files.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal / $label:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[doc = $label] #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every one, in the documented order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in the language, in JSON and in data files.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The name people read, in sentence case.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The one with that word, written exactly so.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// What a component is. A closed list: the catalog says which shape, colour and glyph each takes.
    #[derive(Default)]
    Kind {
        User = "user" / "User",
        Client = "client" / "Client",
        #[default]
        Service = "service" / "Service",
        Function = "function" / "Function",
        Gateway = "gateway" / "Gateway",
        LoadBalancer = "load_balancer" / "Load balancer",
        Cdn = "cdn" / "CDN",
        Dns = "dns" / "DNS",
        Waf = "waf" / "Web application firewall",
        Queue = "queue" / "Queue",
        Topic = "topic" / "Topic",
        Stream = "stream" / "Stream",
        EventBus = "event_bus" / "Event bus",
        Database = "database" / "Database",
        Cache = "cache" / "Cache",
        Storage = "storage" / "Storage",
        Search = "search" / "Search",
        Warehouse = "warehouse" / "Data warehouse",
        Scheduler = "scheduler" / "Scheduler",
        Workflow = "workflow" / "Workflow",
        Identity = "identity" / "Identity",
        Secrets = "secrets" / "Secrets",
        External = "external" / "External system",
        Email = "email" / "E-mail",
        Notification = "notification" / "Notification",
        Monitoring = "monitoring" / "Monitoring",
        Ml = "ml" / "Machine learning",
        Device = "device" / "Device",
        Cluster = "cluster" / "Cluster",
        Container = "container" / "Container",
        Vm = "vm" / "Virtual machine",
        Network = "network" / "Network",
        Registry = "registry" / "Registry",
        Cicd = "cicd" / "CI/CD",
        Analytics = "analytics" / "Analytics",
        Other = "other" / "Component",
    }
}

words! {
    /// What a group is: what its members have in common.
    #[derive(Default)]
    GroupKind {
        Cloud = "cloud" / "Cloud",
        Region = "region" / "Region",
        Zone = "zone" / "Availability zone",
        Account = "account" / "Account",
        Vpc = "vpc" / "Virtual network",
        Subnet = "subnet" / "Subnet",
        Cluster = "cluster" / "Cluster",
        Namespace = "namespace" / "Namespace",
        OnPremises = "on_premises" / "On premises",
        Layer = "layer" / "Layer",
        Domain = "domain" / "Domain",
        Team = "team" / "Team",
        Boundary = "boundary" / "Trust boundary",
        #[default]
        Group = "group" / "Group",
    }
}

words! {
    /// Whether the caller waits for the answer.
    #[derive(Default)]
    Mode {
        #[default]
        Sync = "sync" / "Synchronous",
        Async = "async" / "Asynchronous",
    }
}

words! {
    /// The way a picture reads.
    #[derive(Default)]
    Direction {
        #[default]
        Right = "right" / "Left to right",
        Down = "down" / "Top to bottom",
    }
}

impl Kind {
    /// Queues, topics, streams and event buses: what passes through them is asynchronous by nature.
    #[must_use]
    pub fn is_messaging(self) -> bool {
        matches!(self, Self::Queue | Self::Topic | Self::Stream | Self::EventBus)
    }

    /// What keeps data for good: databases, storage, search indexes, warehouses.
    #[must_use]
    pub fn is_store(self) -> bool {
        matches!(self, Self::Database | Self::Storage | Self::Search | Self::Warehouse)
    }

    /// What runs the team's own code.
    #[must_use]
    pub fn is_compute(self) -> bool {
        matches!(
            self,
            Self::Service | Self::Function | Self::Container | Self::Vm | Self::Workflow | Self::Cluster
        )
    }

    /// People, the programs they use and devices: they ask and are told, and nothing of the system runs behind them.
    #[must_use]
    pub fn is_actor(self) -> bool {
        matches!(self, Self::User | Self::Client | Self::Device)
    }

    /// What is not of the system: actors, and the systems of others.
    #[must_use]
    pub fn is_outside(self) -> bool {
        self.is_actor() || self == Self::External
    }
}
