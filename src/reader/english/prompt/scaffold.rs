//! The scaffold around the services: who uses the system, where they come in, what a large load brings, and that
//! everything is connected.

use crate::model::{Kind, Mode, Origin};
use crate::text::Span;

use super::assemble::Assembly;
use super::draft::{Rank, assumed, class};
use super::knowledge::{Feed, vocabulary};
use super::words::stem;

/// At this many services a gateway in front of them pays.
const SERVICES_BEFORE_GATEWAY: usize = 3;

impl Assembly<'_> {
    /// The people's side: a client if there is none, and a gateway in front of several services.
    pub(crate) fn raise(&mut self) {
        let app = self.family() != Feed::Data;
        if app && self.draft.find("client").is_none() {
            self.name_client();
        }
        let starts = self.draft.parts.iter().any(|p| match app {
            true => p.key == "client",
            false => class(p.kind) == 0 || p.key == "sources" || p.kind == Kind::Scheduler,
        });
        if !starts && self.family() != Feed::Data {
            let why = "default: people use the system through an app";
            let label =
                self.meant.as_ref().map_or("Web and mobile app".to_owned(), |who| format!("{who} app"));
            self.draft.add(assumed("client", &label, Kind::Client, Rank::Core, self.head, why));
        }
        if !starts && self.family() == Feed::Data && self.draft.find("sources").is_none() {
            let why = "default: data comes from somewhere";
            self.draft.add(assumed("sources", "Data sources", Kind::External, Rank::Core, self.head, why));
        }
        if self.design.is_none()
            && self.draft.find("client").is_some()
            && self.draft.find("gateway").is_none()
            && self.draft.find("upload-api").is_none()
        {
            let services = self
                .draft
                .parts
                .iter()
                .filter(|p| p.kind == Kind::Service || p.kind == Kind::Function)
                .count();
            if services >= SERVICES_BEFORE_GATEWAY
                || self.draft.parts.iter().any(|p| p.kind == Kind::Function)
            {
                let why = "default: several services share one entry";
                self.draft.add(assumed("gateway", "API gateway", Kind::Gateway, Rank::Core, self.head, why));
            }
        }
        self.join_fronts();
    }

    /// The app or the people that the text names are what everybody uses; an app of certain people, or a screen that only shows
    /// what is going on, is not.
    fn name_client(&mut self) {
        let general = |p: &super::draft::Part| {
            let clients = self.draft.parts.iter().filter(|o| o.kind == p.kind).count();
            match p.kind {
                Kind::Client => p.technology.is_some() || !is_screen(&p.label) && !is_of_people(&p.label),
                Kind::User => clients == 1,
                _ => false,
            }
        };
        if let Some(at) = self.draft.parts.iter().position(general) {
            self.draft.parts[at].key = "client".to_owned();
        }
    }

    /// People's requests pass the load balancer and the gateway, where there are such.
    fn join_fronts(&mut self) {
        let why = "default: people's requests come in at the gateway";
        let Some(client) = self.draft.find("client") else { return };
        let (gateway, balancer) = (self.draft.find("gateway"), self.draft.find("load-balancer"));
        let fed = |draft: &super::draft::Draft, at: usize| draft.links.iter().any(|l| l.to == at);
        match (balancer, gateway) {
            (None, Some(gateway)) => {
                self.draft.link(client, gateway, "API requests", Mode::Sync, Origin::assumed(self.head, why));
            }
            (Some(balancer), gateway) => {
                if !fed(&self.draft, balancer) {
                    self.draft.link(
                        client,
                        balancer,
                        "requests",
                        Mode::Sync,
                        Origin::assumed(self.head, why),
                    );
                }
                if let Some(gateway) = gateway.filter(|&g| !fed(&self.draft, g)) {
                    self.draft.link(
                        balancer,
                        gateway,
                        "requests",
                        Mode::Sync,
                        Origin::assumed(self.head, why),
                    );
                }
            }
            (None, None) => {}
        }
    }

    /// What a large load brings: a load balancer before the entry, and a cache beside the store that is read most.
    pub(crate) fn scale(&mut self, span: Span) {
        let why = "capability: scale — many people at once need several instances behind a load balancer and answers from memory";
        if self.family() == Feed::Data {
            return;
        }
        let entry = self.draft.find("gateway").or(self.core);
        if let (Some(client), Some(entry), None) =
            (self.draft.find("client"), entry, self.draft.find("load-balancer"))
        {
            let balancer = self.draft.add(assumed(
                "load-balancer",
                "Load balancer",
                Kind::LoadBalancer,
                Rank::Core,
                span,
                why,
            ));
            let mut carried = String::from("requests");
            self.draft.links.retain(|l| {
                let moved = l.from == client && l.to == entry;
                if moved && !l.label.is_empty() {
                    carried.clone_from(&l.label);
                }
                !moved
            });
            self.draft.link(client, balancer, &carried, Mode::Sync, Origin::assumed(span, why));
            self.draft.link(balancer, entry, "spread requests", Mode::Sync, Origin::assumed(span, why));
        }
        let cached = self.draft.parts.iter().any(|p| p.kind == Kind::Cache);
        if let Some(core) = self.core.filter(|_| !cached) {
            let cache = self.draft.add(assumed("cache", "Cache", Kind::Cache, Rank::Core, span, why));
            self.draft.link(core, cache, "read hot data", Mode::Sync, Origin::assumed(span, why));
        }
    }

    /// Connects what is not yet reached from the people or sources.
    pub(crate) fn connect(&mut self) {
        for _ in 0..self.draft.parts.len() {
            let starts: Vec<usize> = (0..self.draft.parts.len()).filter(|&i| self.is_start(i)).collect();
            let reached = self.draft.reached(starts.iter().copied());
            let Some(lone) = (0..self.draft.parts.len()).find(|&i| !reached[i]) else { break };
            // The head of an unreached chain is what needs an arrow, so that its followers are reached through it.
            let lone = self.head_of(lone, &reached);
            let Some((from, to, label, mode)) = self.rescue(lone, &reached) else { break };
            let why = "default: every part is reached from somewhere";
            let span = self.draft.parts[lone].origin.span();
            self.draft.link(from, to, &label, mode, Origin::assumed(span, why));
        }
        for i in 0..self.draft.parts.len() {
            let idle = !self.draft.links.iter().any(|l| l.from == i || l.to == i);
            let to = if self.is_start(i) { self.entry().or(self.core) } else { None };
            if let Some(to) = to.filter(|&to| idle && to != i) {
                let span = self.draft.parts[i].origin.span();
                self.draft.link(
                    i,
                    to,
                    "use",
                    Mode::Sync,
                    Origin::assumed(span, "default: every part is reached from somewhere"),
                );
            }
        }
    }

    /// Whether flows begin there.
    fn is_start(&self, at: usize) -> bool {
        let part = &self.draft.parts[at];
        let fed = self.draft.links.iter().any(|l| l.to == at);
        match part.kind {
            Kind::User | Kind::Client | Kind::Device => {
                !fed || part.key == "client" || self.draft.links.iter().any(|l| l.from == at)
            }
            Kind::External | Kind::Scheduler | Kind::Workflow => {
                !fed && (part.key == "sources" || self.draft.links.iter().any(|l| l.from == at))
            }
            _ => part.key == "sources",
        }
    }

    /// The first component of the unreached chain that leads to `at`.
    fn head_of(&self, at: usize, reached: &[bool]) -> usize {
        let mut seen = vec![at];
        let mut head = at;
        while let Some(link) =
            self.draft.links.iter().find(|l| l.to == head && !reached[l.from] && !seen.contains(&l.from))
        {
            head = link.from;
            seen.push(head);
        }
        head
    }

    /// The arrow that brings an unreached component in.
    fn rescue(&self, lone: usize, reached: &[bool]) -> Option<(usize, usize, String, Mode)> {
        let part = &self.draft.parts[lone];
        let entry = self.entry().filter(|&e| e != lone);
        let core = self.core.filter(|&c| c != lone && reached[c]);
        let any = (0..self.draft.parts.len())
            .find(|&i| reached[i] && i != lone && class(self.draft.parts[i].kind) == 4);
        let start = (0..self.draft.parts.len()).find(|&i| i != lone && class(self.draft.parts[i].kind) == 0);
        let name = part.label.to_lowercase();
        let (from, label, mode) = match class(part.kind) {
            1 => (
                core.or(any),
                match part.kind {
                    Kind::Cache => "read hot data".into(),
                    Kind::Storage => "keep files".into(),
                    Kind::Search => "search".into(),
                    Kind::Warehouse => "load data".into(),
                    _ => "read and write".into(),
                },
                Mode::Sync,
            ),
            2 => (core.or(any), "events".into(), Mode::Async),
            3 => (core.or(any), "call".into(), Mode::Sync),
            _ if matches!(
                part.kind,
                Kind::Monitoring | Kind::Notification | Kind::Email | Kind::Analytics
            ) =>
            {
                (core.or(any), "events".into(), Mode::Async)
            }
            _ if matches!(part.kind, Kind::Ml | Kind::Secrets | Kind::Registry)
                && part.technology.is_some() =>
            {
                (core.or(any), "call".into(), Mode::Sync)
            }
            _ if self.family() == Feed::Data => (core.or(any), "data".into(), Mode::Async),
            _ => (entry.or(core), request(&name), Mode::Sync),
        };
        let from = from.or(entry).or(start).filter(|&f| f != lone)?;
        Some((from, lone, label, mode))
    }
}

/// Whether a client only shows what is going on, and is not what everybody works with.
fn is_screen(label: &str) -> bool {
    let last = label.rsplit(' ').next().unwrap_or_default().to_lowercase();
    !matches!(
        last.as_str(),
        "app"
            | "apps"
            | "website"
            | "site"
            | "frontend"
            | "ui"
            | "client"
            | "clients"
            | "storefront"
            | "browser"
            | "application"
    )
}

/// Whether a client is named after the people who use it.
fn is_of_people(label: &str) -> bool {
    let lower = label.to_lowercase();
    let words = vocabulary();
    lower.split(' ').any(|w| words.people.iter().chain(words.organisations).any(|p| stem(p) == stem(w)))
}

/// What somebody wants of a service, from its name: "manage restaurants" of a restaurant management service.
fn request(name: &str) -> String {
    let object = name.trim_end_matches(" service").trim_end_matches(" api").trim_end_matches(" engine");
    match object.rsplit_once(' ') {
        Some((what, "management")) => format!("manage {what}"),
        Some((what, "tracking")) => format!("track {what}"),
        Some((what, "matching")) => format!("match {what}"),
        Some((what, "scheduling")) => format!("schedule {what}"),
        Some((what, "processing")) => format!("process {what}"),
        _ => object.to_owned(),
    }
}
