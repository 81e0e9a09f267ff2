//! What somebody does on its own, and with what: work on data, observation, making.
//!
//! Takes a clause with its phrases understood and draws the flows to and from what the work needs.

use super::super::super::entities::EntityId;
use super::super::super::lexicon::{Det, Form, Frame, lexicon};
use super::super::super::reading::Reading;
use super::super::Said;
use crate::model::Kind;

impl Reading {
    /// A deed that says nothing of partners by itself: its prepositions may.
    pub(super) fn act(&mut self, said: &Said<'_>) {
        if lexicon().roles.obeying_verbs.contains(said.lemma()) {
            return;
        }
        let steers = said.label.as_deref().is_some_and(|l| {
            ["stop", "restart", "terminate", "scale", "suspend", "reboot"].iter().any(|v| l.starts_with(v))
        });
        let steers = steers
            || said.clause.verb.as_ref().is_some_and(|v| v.frame == Frame::Act) && said.label.is_none();
        if steers && !said.agentless && !said.object.is_empty() {
            let (actor, object) = (said.actor.clone(), said.object.clone());
            let programs: Vec<EntityId> = object
                .into_iter()
                .filter(|&o| matches!(self.kind(o), Kind::Vm | Kind::Container | Kind::Function))
                .collect();
            self.pairs(&actor, &programs, &said.bare(), None);
        }
        if let (true, Some(arrival)) = (said.data_acts, self.arrival) {
            // "when a file is uploaded, it matches with a rule"
            let to: Vec<EntityId> =
                said.at(&["with", "to", "in", "by"]).into_iter().filter(|&t| t != arrival).collect();
            return self.pairs(&[arrival], &to, &said.bare(), None);
        }
        if let ("train" | "build" | "develop" | "create" | "fit", [model], [tool]) =
            (said.lemma(), said.object.as_slice(), said.at(&["using", "with", "in"]).as_slice())
        {
            self.made_there(*model, *tool);
        }
        let bare = said.bare();
        let with: Vec<EntityId> = said
            .at(&["with", "via", "through", "using", "against", "over"])
            .into_iter()
            .filter(|w| !said.actor.contains(w))
            .collect();
        // "reserves the stock in the inventory service": the service keeps it.
        let books = matches!(
            said.lemma(),
            "reserve"
                | "book"
                | "cancel"
                | "block"
                | "release"
                | "register"
                | "approve"
                | "complete"
                | "open"
                | "close"
        ) && !said.heads.is_empty();
        let inside: Vec<EntityId> = said
            .at(&["in", "on"])
            .into_iter()
            .filter(|&w| {
                if books && matches!(self.kind(w), Kind::Service | Kind::External) {
                    return true;
                }
                matches!(
                    self.kind(w),
                    Kind::Analytics
                        | Kind::Ml
                        | Kind::Function
                        | Kind::Service
                        | Kind::Workflow
                        | Kind::Client
                ) && !said.actor.contains(&w)
                    || self.kind(w) == Kind::Identity && said.data.is_some() | !said.object.is_empty()
            })
            .collect();
        self.pairs(&said.actor, &with, &bare, None);
        if books && !said.clause.passive() {
            self.pairs(&said.actor, &inside, &bare, None);
        }
        let starts = !said.clause.passive() && said.actor.iter().all(|&a| self.kind(a) == Kind::Workflow);
        if starts && said.data.is_some() {
            // "the workflow makes thumbnails in a function"
            self.pairs(&said.actor, &inside, &bare, None);
        }
        if said.clause.passive() && !said.agentless {
            let stores: Vec<EntityId> = said
                .at(&["in", "from"])
                .into_iter()
                .filter(|&s| self.keeps(s) && !said.actor.contains(&s))
                .collect();
            self.pairs(&said.actor, &stores, &bare, None);
        }
        let imperative = said.clause.verb.as_ref().is_some_and(|v| v.form == Form::Base || v.passive);
        if imperative && !inside.is_empty() {
            let from = self.sink.or(self.actor).into_iter().collect::<Vec<_>>();
            self.pairs(
                if said.clause.passive() || said.clause.imperative() { &from } else { &said.actor },
                &inside,
                &bare,
                None,
            );
        }
        let from = said.at(&["from"]);
        let (messaging, plain): (Vec<_>, Vec<_>) = from.into_iter().partition(|&s| self.messaging(s));
        self.pairs(&messaging, &said.actor, &bare, None);
        self.pairs(&said.actor, &plain, &bare, None);
        let to = said.at(&["to", "into"]);
        self.pairs(&said.actor, &to, &bare, None);
    }

    /// Who looks at something; where only what is measured is named, at where it comes from.
    /// "The model is deployed to a managed endpoint": by where it was made.
    pub(in super::super) fn deployed_model(&mut self, said: &Said<'_>) {
        let deployed = matches!(said.lemma(), "deploy" | "publish" | "register") && said.clause.passive();
        let made = |id: &EntityId| {
            matches!(self.kind(*id), Kind::Ml | Kind::Analytics)
                && self.entities.all.get(*id).is_some_and(|e| !e.technologies.is_empty())
        };
        let endpoint = |id: &EntityId| {
            self.kind(*id) == Kind::Ml
                && self.entities.all.get(*id).is_some_and(|e| e.head.ends_with("endpoint"))
        };
        let model = said.heads.iter().any(|h| h == "model" || h.ends_with(" model"))
            || said.data.is_none() && said.object.iter().all(|id| self.kind(*id) == Kind::Ml);
        let targets = said.at(&["to", "as", "on", "behind"]);
        let ([target], true, true) = (targets.as_slice(), deployed, model) else { return };
        let shop = said
            .object
            .iter()
            .copied()
            .find(made)
            .or(self.actor.filter(made))
            .or_else(|| self.recent.iter().rev().copied().find(|id| id != target && made(id)));
        if let Some(shop) = shop.filter(|shop| endpoint(target) && !self.met(*shop, *target)) {
            self.rule("a model is deployed by where it was made");
            self.flow(shop, *target, said.label.as_deref(), None, None, None);
        }
    }

    pub(super) fn watch(&mut self, said: &Said<'_>) {
        let mut seen = said.object.clone();
        if seen.is_empty() {
            seen = said.at(&["from", "in", "on", "of", "across"]);
        }
        self.pairs(&said.actor, &seen, &said.bare(), None);
        if said.clause.passive() {
            let by = said.at(&["with", "using", "via", "through"]);
            self.pairs(&by, &said.object, &said.bare(), None);
        }
    }

    /// What makes something that runs starts it; what is made in a store is written there.
    pub(super) fn make(&mut self, said: &Said<'_>) {
        let starters: Vec<EntityId> =
            said.actor.iter().copied().filter(|&a| self.runs(a) || self.messaging(a)).collect();
        let started: Vec<EntityId> = said
            .object
            .iter()
            .copied()
            .filter(|&o| {
                matches!(
                    self.kind(o),
                    Kind::Container
                        | Kind::Function
                        | Kind::Cluster
                        | Kind::Vm
                        | Kind::Workflow
                        | Kind::Scheduler
                )
            })
            .collect();
        if !said.clause.passive() && !said.agentless {
            self.pairs(&starters, &started, said, None);
            // "makes thumbnails in a function"
            let workshops: Vec<EntityId> = said
                .at(&["in", "with", "using"])
                .into_iter()
                .filter(|&w| {
                    matches!(self.kind(w), Kind::Function | Kind::Container | Kind::Ml)
                        && !said.actor.contains(&w)
                })
                .collect();
            self.pairs(&starters, &workshops, said, None);
        }
    }

    /// "train a model using Azure Machine Learning": the model is what the product makes, and no other thing.
    fn made_there(&mut self, model: EntityId, tool: EntityId) {
        let plain = self.entities.all.get(model).is_some_and(|e| {
            e.kind == Kind::Ml && e.technologies.is_empty() && !e.linked && e.last == self.sentence
        });
        let makes = self.kind(tool) == Kind::Ml
            && self.entities.all.get(tool).is_some_and(|e| !e.technologies.is_empty());
        if let (true, Some(entity)) = (plain && makes && model != tool, self.entities.all.get_mut(model)) {
            (entity.denied, entity.same_as) = (true, Some(tool));
        }
    }

    /// "The Glue job runs a transformation job": what a job is said to run under its own noun is its work.
    pub(super) fn own_work(&mut self, said: &Said<'_>) -> bool {
        let ([job], [work]) = (said.actor.as_slice(), said.object.as_slice()) else { return false };
        let runs = matches!(said.lemma(), "run" | "execute" | "perform") && !said.clause.passive();
        let head = |id: EntityId| self.entities.all.get(id).map(|e| e.head.clone()).unwrap_or_default();
        let worker = matches!(self.kind(*job), Kind::Analytics | Kind::Service | Kind::Function);
        let fresh = self.entities.all.get(*work).is_some_and(|e| {
            e.technologies.is_empty() && e.det == Det::Indefinite && !e.linked && e.last == self.sentence
        });
        let same = head(*job).ends_with("job") && head(*work).ends_with("job");
        if !(runs && worker && fresh && same) || job == work {
            return false;
        }
        let (job, work) = (*job, *work);
        if let Some(entity) = self.entities.all.get_mut(work) {
            (entity.denied, entity.same_as) = (true, Some(job));
        }
        true
    }
}
