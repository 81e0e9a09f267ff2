//! What something is built with: frameworks, libraries, tools and parts.
//!
//! Takes a clause with its phrases understood and takes out of it what is no partner. It draws nothing.

use super::super::entities::EntityId;
use super::super::lexicon::{Frame, lexicon};
use super::super::reading::Reading;
use super::Said;
use crate::catalog::catalog;
use crate::model::Kind;

impl Reading {
    /// "is written in Quarkus and reads from MongoDB": what a program is written with is no partner.
    pub(super) fn written_in(&mut self, said: &mut Said<'_>) {
        let made = matches!(
            said.lemma(),
            "implement" | "build" | "create" | "host" | "realise" | "realize" | "expose"
        );
        if let ([program], [platform], true) = (
            said.object.as_slice(),
            said.at(&["using", "with", "on"]).as_slice(),
            made && !said.clause.passive(),
        ) && self.built_on(*program, *platform)
        {
            // "implements an API using Azure Functions"
            let platform = *platform;
            said.adjuncts.retain(|(_, ids)| ids.as_slice() != [platform]);
        }
        let written = said.clause.passive() && lexicon().roles.writing_verbs.contains(said.lemma());
        let ([program], true) = (said.object.as_slice(), written) else { return };
        let program = *program;
        let mut adjuncts = std::mem::take(&mut said.adjuncts);
        for (p, ids) in &mut adjuncts {
            if matches!(p.as_str(), "in" | "with") {
                ids.retain(|&tool| !self.framework(program, tool));
            }
            if matches!(p.as_str(), "in" | "with" | "on" | "using") {
                ids.retain(|&platform| !self.built_on(program, platform));
            }
        }
        adjuncts.retain(|(_, ids)| !ids.is_empty());
        said.adjuncts = adjuncts;
    }

    /// "The API is implemented with AWS Lambda", "the backend is built on Cloud Run": the platform is what the program is.
    fn built_on(&mut self, program: EntityId, platform: EntityId) -> bool {
        let entity = |id: EntityId| self.entities.all.get(id);
        let (Some(whole), Some(base)) = (entity(program), entity(platform)) else { return false };
        let Some(&technology) = base.technologies.first() else { return false };
        let managed = catalog()
            .technologies()
            .get(technology)
            .is_some_and(|t| t.managed && matches!(t.kind, Kind::Function | Kind::Container | Kind::Service));
        let bare = base.modifiers.is_empty() && !base.linked && program != platform;
        let open = whole.technologies.is_empty()
            && whole.head != "layer"
            && matches!(whole.kind, Kind::Service | Kind::Other | Kind::Function);
        if !(managed && bare && open) {
            return false;
        }
        let kind = base.kind;
        if let Some(whole) = self.entities.all.get_mut(program) {
            whole.technologies.push(technology);
            (whole.kind, whole.weak) = (kind, false);
        }
        if let Some(base) = self.entities.all.get_mut(platform) {
            (base.denied, base.same_as) = (true, Some(program));
        }
        self.rule("what a program is built on is its technology");
        true
    }

    /// "The app is built with React, Express and MongoDB": what a whole is built with are its parts, where they are of
    /// several layers. Says whether they are.
    pub(super) fn stack(&mut self, said: &mut Said<'_>) -> bool {
        let verb = said.lemma();
        let built =
            lexicon().roles.writing_verbs.contains(verb) || matches!(verb, "make" | "compose" | "power");
        let ([program], true) = (said.object.as_slice(), built && said.clause.passive()) else {
            return false;
        };
        let program = *program;
        let parts = said.at(&["in", "with", "on", "using"]);
        let bare = |id: EntityId| {
            self.entities.all.get(id).is_some_and(|e| !e.technologies.is_empty() && e.modifiers.is_empty())
        };
        let app = |id: &EntityId| self.kind(*id) == Kind::Client;
        let serves = |id: &EntityId| self.kind(*id).is_compute() && !app(id);
        let stores: Vec<EntityId> = parts.iter().copied().filter(|&id| self.keeps(id)).collect();
        let layers = [parts.iter().any(app), parts.iter().any(serves), !stores.is_empty()];
        let several = layers.into_iter().filter(|&layer| layer).count() > 1;
        let whole = self.entities.all.get(program).is_some_and(|e| e.technologies.is_empty() && !e.linked);
        if !(several && whole && parts.iter().all(|&id| bare(id))) {
            return false;
        }
        // One program with its stores is that program; an app and a server are two.
        let two = parts.iter().any(app) && parts.iter().any(serves);
        for &part in &parts {
            let tool = !two && !stores.contains(&part);
            if !(tool && self.framework(program, part))
                && let Some(entity) = self.entities.all.get_mut(part)
            {
                (entity.declared, entity.weak) = (true, false);
            }
        }
        if let Some(entity) = self.entities.all.get_mut(program) {
            (entity.weak, entity.itself) = (two, two);
            entity.declared = !two;
        }
        said.adjuncts.clear();
        self.rule("what a whole is built with are its parts");
        true
    }

    /// A framework behind `using` is what the actor is written with, not a partner.
    pub(super) fn tools(&mut self, said: &mut Said<'_>) {
        // "the pattern is deployed using AWS SAM": by a tool that is no part.
        let tool = |id: &EntityId| {
            let made = self.entities.all.get(*id).and_then(|e| e.technologies.first()).copied();
            let entry = made.and_then(|t| catalog().technologies().get(t));
            entry.is_some_and(|e| lexicon().roles.tools.contains(e.id))
        };
        if said.frame == Frame::Use && !self.people(&said.actor) {
            // "This pattern has two consumers. It uses AWS SAM."
            said.object.retain(|id| !tool(id));
        }
        if matches!(said.lemma(), "deploy" | "provision" | "install" | "create" | "define" | "build") {
            said.adjuncts.retain(|(p, ids)| {
                !(matches!(p.as_str(), "using" | "with" | "by" | "via") && ids.iter().all(tool))
            });
        }
        let [actor] = said.actor.as_slice() else { return };
        let actor = *actor;
        let mut adjuncts = std::mem::take(&mut said.adjuncts);
        for (p, ids) in &mut adjuncts {
            if p == "using" {
                ids.retain(|&tool| !self.framework(actor, tool));
            }
            if matches!(p.as_str(), "using" | "with" | "through") {
                ids.retain(|&tool| !self.library(actor, tool));
            }
        }
        adjuncts.retain(|(_, ids)| !ids.is_empty());
        said.adjuncts = adjuncts;
    }
}
