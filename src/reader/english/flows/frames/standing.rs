//! What stands where and belongs to whom: fronts, backs, servers, holders, links.

use super::super::super::entities::EntityId;
use super::super::super::lexicon::Frame;
use super::super::super::reading::Reading;
use super::super::Said;
use crate::model::Kind;

impl Reading {
    pub(super) fn back(&mut self, said: &Said<'_>) {
        if said.clause.passive() {
            self.pairs(&said.object.clone(), &said.actor.clone(), &said.bare(), None);
        } else {
            self.pairs(&said.object, &said.actor, said, None);
        }
    }

    /// A store keeps something: for whom, or for who acted last.
    pub(super) fn hold(&mut self, said: &Said<'_>) {
        let mut owners = said.at(&["for"]);
        if self.people(&owners) {
            // "stores scores for users without history": whose data it is, not who keeps it.
            owners.clear();
        }
        self.pairs(&owners, &said.actor, &said.bare(), None);
        if let ([keeper], Some(actor), true) = (said.actor.as_slice(), self.actor, owners.is_empty())
            && self.kind(actor).is_compute()
        {
            self.keepers.push((*keeper, actor));
        }
    }

    /// Clients ask the server; the server asks where the content is.
    /// "App Service supports WordPress and Drupal": what a product can run is not there for that.
    pub(super) fn can_run(&mut self, said: &Said<'_>) -> bool {
        let product = |id: &EntityId| self.entities.all.get(*id).is_some_and(|e| !e.technologies.is_empty());
        let supports = said.lemma() == "support" && !said.clause.passive();
        if !supports || said.actor.is_empty() || said.object.is_empty() || !said.object.iter().all(product) {
            return false;
        }
        let here = self.span.start;
        for &id in &said.object {
            if let Some(entity) = self.entities.all.get_mut(id).filter(|e| e.span.start >= here && !e.linked)
            {
                entity.weak = true;
            }
        }
        true
    }

    pub(super) fn serve(&mut self, said: &Said<'_>) {
        let from = said.at(&["from", "out"]);
        let to = said.at(&["to"]);
        let way = said.way();
        let bare = said.bare();
        let named = !(said.actor.is_empty() || said.agentless);
        let server = if named { said.actor.clone() } else { way.clone() };
        if server.is_empty() {
            if said.agentless {
                // "a web app served from the CDN" loads itself from there.
                let apps = |&o: &EntityId| self.kind(o) == Kind::Client;
                let fetched = |&f: &EntityId| matches!(self.kind(f), Kind::Cdn | Kind::Storage);
                let loaded =
                    !said.object.is_empty() && said.object.iter().all(apps) && from.iter().all(fetched);
                let who = if loaded { &said.object } else { &said.actor };
                self.pairs(who, &from, &bare, None);
            }
            return;
        }
        self.pairs(&server, &from, &bare, None);
        let door = if named && !way.is_empty() { &way } else { &server };
        if named {
            self.pairs(&way, &server, &bare, None);
        }
        let holds = server.iter().all(|&s| {
            self.keeps(s) || matches!(self.kind(s), Kind::Cdn | Kind::Gateway | Kind::LoadBalancer | Kind::Vm)
        });
        let clients: Vec<EntityId> = said
            .object
            .iter()
            .chain(&to)
            .copied()
            .filter(|&o| {
                let asks = self.kind(o).is_compute()
                    && server.iter().all(|&s| self.kind(s).is_store() || self.kind(s) == Kind::Cache);
                self.person(o) || asks || self.kind(o) == Kind::Client && !(holds && said.object.contains(&o))
            })
            .collect();
        self.pairs(&clients, door, &bare, None);
        let content: Vec<EntityId> = said
            .object
            .iter()
            .copied()
            .filter(|&o| {
                self.kind(o).is_store()
                    || self.kind(o) == Kind::Gateway
                    || holds && self.kind(o).is_compute() && !clients.contains(&o)
            })
            .collect();
        self.pairs(&server, &content, &bare, None);
        if said.clause.passive() && server.iter().all(|&s| self.kind(s).is_compute()) {
            // "a public API, served by the tracker"
            let faces: Vec<EntityId> = said
                .object
                .iter()
                .copied()
                .filter(|&o| matches!(self.kind(o), Kind::Service | Kind::Gateway) && !clients.contains(&o))
                .collect();
            self.pairs(&faces, &server, &bare, None);
        }
    }

    /// Who is offered something calls who offers it; access to a thing leads to the thing.
    pub(super) fn provide(&mut self, said: &Said<'_>) {
        let bare = said.bare();
        let access = said.data.as_deref().is_some_and(|d| d.to_lowercase().contains("access"));
        for id in said.at(&["to", "for", "dative"]) {
            let onward = access && !self.person(id) && self.kind(id) != Kind::Client || self.keeps(id);
            if onward {
                self.pairs(&said.actor, &[id], &bare, None);
            } else if !said.agentless {
                self.pairs(&[id], &said.actor, &bare, None);
            }
        }
        let sources = said.at(&["from"]);
        if !said.agentless {
            self.pairs(&said.actor, &sources, &bare, None);
        }
        let door = said.at(&["via", "through", "using", "by", "with"]);
        if said.clause.passive() {
            return self.pairs(&door, &said.object, &bare, None);
        }
        let behind: Vec<EntityId> = said
            .object
            .iter()
            .copied()
            .filter(|&o| {
                self.kind(o).is_compute()
                    && said
                        .actor
                        .iter()
                        .all(|&a| matches!(self.kind(a), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn))
            })
            .collect();
        self.pairs(&said.actor, &behind, &bare, None);
    }

    pub(super) fn link(&mut self, said: &Said<'_>) {
        let with = said.at(&["with", "to", "into"]);
        // "are attached to the system through a middleware"
        let ways = said.adjuncts.iter().filter(|(p, _)| matches!(p.as_str(), "through" | "via")).cloned();
        let bare = Said { adjuncts: ways.collect(), ..said.bare() };
        if said.clause.passive() || said.actor.is_empty() {
            let door =
                |id: &EntityId| matches!(self.kind(*id), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn);
            let behind = |id: &EntityId| self.kind(*id).is_compute();
            if !with.is_empty() && with.iter().all(door) && said.object.iter().all(behind) {
                // "The service is integrated with an API gateway": calls come from there.
                return self.pairs(&with, &said.object, &bare, None);
            }
            // "A dead-letter queue is attached to the function": what fails goes there.
            let dead = |id: &EntityId| {
                let label = self.entities.all.get(*id).map(|e| e.label.to_lowercase()).unwrap_or_default();
                label.contains("dead") || label.ends_with("dlq")
            };
            if !with.is_empty() && said.object.iter().all(dead) && !said.object.is_empty() {
                return self.pairs(&with, &said.object, &bare, None);
            }
            return self.pairs(&said.object, &with, &bare, None);
        }
        if said.object.is_empty() {
            self.pairs(&said.actor, &with, &bare, None);
        } else if !with.is_empty() {
            self.pairs(&said.object, &with, &bare, None);
        }
    }

    pub(super) fn between(&mut self, said: &Said<'_>) {
        let to: Vec<EntityId> = said.at(&["to", "into"]);
        let deployer = if said.agentless {
            self.actor.filter(|&a| self.kind(a) == Kind::Cicd)
        } else {
            said.actor.first().copied()
        };
        let clock: Vec<EntityId> = said
            .at(&["on"])
            .into_iter()
            .filter(|&o| matches!(self.kind(o), Kind::EventBus | Kind::Scheduler))
            .collect();
        let who = if said.clause.passive() { said.object.clone() } else { said.actor.clone() };
        self.pairs(&clock, &who, &said.bare(), None);
        let floor: Vec<EntityId> = said
            .at(&["on", "in", "atop"])
            .into_iter()
            .filter(|&o| self.kind(o).is_store() || self.kind(o) == Kind::Cache)
            .filter(|&o| self.entities.all.get(o).is_some_and(|e| !e.denied))
            .collect();
        let programs = who.iter().all(|&w| self.kind(w).is_compute() || self.kind(w) == Kind::Client);
        if programs {
            self.pairs(&who, &floor, &said.place(), None);
        }
        let deploys = said.clause.passive() || said.lemma() == "deploy";
        if let (true, Some(deployer), false) = (deploys, deployer, to.is_empty()) {
            self.pairs(&[deployer], &to, &said.bare(), None);
        }
        let ends = said.at(&["between"]);
        if let [a, b] = ends.as_slice() {
            let bare = said.bare();
            // "Between the two there is a queue"
            let there = said.frame == Frame::Be && said.actor.is_empty();
            let middle =
                if said.clause.passive() || there { said.object.clone() } else { said.actor.clone() };
            self.pairs(&[*a], &middle, &bare, None);
            self.pairs(&middle, &[*b], &bare, None);
        }
    }

    pub(super) fn be(&mut self, said: &Said<'_>) {
        self.between(said);
        let whose = said.clause.adjuncts.iter().any(|(p, _)| p == "whose");
        if whose {
            let bare = said.bare();
            self.pairs(&said.actor, &said.object, &bare, None);
        }
        let bare = said.bare();
        // "a thin wrapper around the mainframe"
        let wrapped: Vec<EntityId> = said
            .at(&["around", "over"])
            .into_iter()
            .filter(|&w| !self.person(w) && !said.actor.contains(&w))
            .collect();
        self.pairs(&said.actor, &wrapped, &bare, None);
        if said.clause.verb.is_some() {
            for id in said.at(&["for", "to"]) {
                let entry = |r: &Self| {
                    said.actor.iter().all(|&a| {
                        matches!(
                            r.kind(a),
                            Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns
                        )
                    })
                };
                if entry(self) && !self.person(id) && self.kind(id) != Kind::Client {
                    self.pairs(&said.actor, &[id], &bare, None);
                } else {
                    self.pairs(&[id], &said.actor, &bare, None);
                }
            }
        }
        if said.clause.verb.is_none() {
            let into = said.at(&["to", "into"]);
            self.pairs(&said.actor, &into, &Said { label: None, ..said.clone() }, None);
            let owners: Vec<EntityId> =
                said.at(&["for"]).into_iter().filter(|&o| self.kind(o).is_compute()).collect();
            let stores: Vec<EntityId> = said
                .actor
                .iter()
                .copied()
                .filter(|&a| self.keeps(a) || self.kind(a) == Kind::Identity)
                .collect();
            self.pairs(&owners, &stores, &bare, None);
            let with: Vec<EntityId> = said
                .at(&["with", "via"])
                .into_iter()
                .filter(|&o| self.keeps(o) || self.kind(o) == Kind::Identity)
                .collect();
            self.pairs(&said.actor, &with, &bare, None);
        }
    }

    /// What protects or precedes something stands before it; an identity service is asked by what it protects.
    pub(super) fn front(&mut self, said: &Said<'_>) {
        let with = said.at(&["with", "using", "via", "through", "behind", "by"]);
        let bare = said.bare();
        let (identity, shields): (Vec<EntityId>, Vec<EntityId>) =
            with.into_iter().partition(|&w| matches!(self.kind(w), Kind::Identity | Kind::Function));
        self.pairs(&said.object, &identity, &bare, None);
        if shields.is_empty() && identity.is_empty() && !said.agentless {
            self.pairs(&said.actor, &said.object, said, None);
        } else {
            self.pairs(&shields, &said.object, &bare, None);
        }
    }
}
