//! What a verb says here: some say something else with these parts.
//!
//! Takes a clause with who does what in it and gives its frame. It draws nothing.

use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::reading::Reading;
use super::carrying::{answers, tells_changes};
use super::understand::{Adjunct, Scene, Voices};
use crate::model::Kind;

impl Reading {
    /// The frame of the verb here: some verbs say something else with these parts.
    pub(super) fn deed(
        &self,
        scene: Scene<'_>,
        voices: &Voices,
        agentless: bool,
        adjuncts: &[Adjunct],
    ) -> Frame {
        let (clause, lemma) = (scene.clause, scene.lemma());
        let passive = clause.passive();
        let inside = |p: &str| matches!(p, "on" | "in");
        let actors = |kinds: &[Kind]| {
            !voices.actor.is_empty() && voices.actor.iter().all(|&a| kinds.contains(&self.kind(a)))
        };
        let idle = clause.object.is_empty()
            && (!passive || agentless && adjuncts.iter().any(|(p, _)| inside(p)))
            && matches!(lemma, "run" | "execute");
        let hosts = lemma == "run" && actors(&[Kind::Vm, Kind::Container, Kind::Cluster]);
        let product = lemma == "run"
            && !passive
            && actors(&[Kind::Gateway, Kind::Device, Kind::Service])
            && !voices.object.is_empty()
            && voices.object.iter().all(|&o| {
                self.entities.all.get(o).is_some_and(|e| e.head.is_empty() && e.last == self.sentence)
                    && matches!(self.kind(o), Kind::Device | Kind::Container | Kind::Gateway | Kind::Service)
            });
        let deploys = matches!(lemma, "deploy" | "provision" | "install") && actors(&[Kind::User]);
        let shows = !passive && matches!(lemma, "show" | "display" | "present" | "surface");
        let keeps = |id: &EntityId| {
            let kind = self.kind(*id);
            kind.is_store() || matches!(kind, Kind::Cache | Kind::Secrets)
        };
        let kept = clause.verb.as_ref().is_some_and(|v| v.finite)
            && voices.data_acts
            && adjuncts.iter().any(|(p, ids)| inside(p) && ids.iter().all(keeps));
        // "The order is validated and then placed in a queue"
        let put = passive
            && lemma == "place"
            && voices.object.is_empty()
            && voices.data.is_some()
            && adjuncts
                .iter()
                .any(|(p, ids)| inside(p) && ids.iter().all(|&id| keeps(&id) || self.messaging(id)));
        // "runs a check in the screening service"
        let runs_elsewhere = lemma == "run"
            && !passive
            && voices.object.is_empty()
            && voices.data.is_some()
            && !voices.actor.is_empty()
            && adjuncts.iter().any(|(p, ids)| {
                let box_of_its_own = |&id: &EntityId| {
                    matches!(self.kind(id), Kind::Vm | Kind::Container | Kind::Function) && p == "in"
                };
                inside(p) && ids.iter().all(|id| answers(self.kind(*id)) || box_of_its_own(id))
            });
        // "prompts are logged in Log Analytics": nobody signs in.
        let noted = lemma == "log" && passive && voices.object.is_empty() && voices.data.is_some();
        match clause.frame() {
            // "payments run through the provider"
            Frame::Run | Frame::Trigger | Frame::Act
                if voices.data_acts
                    && matches!(lemma, "run" | "pass" | "flow")
                    && adjuncts.iter().any(|(p, _)| matches!(p.as_str(), "through" | "via" | "over")) =>
            {
                Frame::Call
            }
            Frame::Auth if noted => Frame::Store,
            // "messages are ingested from the hub by the cluster"
            Frame::Send
                if lemma == "ingest"
                    && adjuncts.iter().any(|(p, _)| p == "from")
                    && !(agentless && adjuncts.iter().any(|(p, _)| matches!(p.as_str(), "to" | "into"))) =>
            {
                Frame::Consume
            }
            // "the hub captures the events in the lake", "events are captured from the hub to the lake"
            Frame::Consume
                if lemma == "capture"
                    && voices.object.is_empty()
                    && !tells_changes(scene)
                    && (agentless || !passive && voices.actor.iter().any(|&a| self.messaging(a)))
                    && adjuncts.iter().any(|(p, ids)| {
                        (inside(p) || matches!(p.as_str(), "to" | "into")) && ids.iter().all(keeps)
                    }) =>
            {
                Frame::Store
            }
            // "a schedule runs the function on the first day of each month"
            Frame::Run
                if lemma == "run"
                    && !passive
                    && !voices.object.is_empty()
                    && actors(&[Kind::Scheduler, Kind::EventBus, Kind::Workflow]) =>
            {
                Frame::Trigger
            }
            // "Customers are identified by Keycloak"
            Frame::Act
                if passive
                    && matches!(lemma, "identify" | "recognise" | "recognize")
                    && actors(&[Kind::Identity]) =>
            {
                Frame::Auth
            }
            // "leaves a message on the server"
            Frame::Act
                if lemma == "leave"
                    && !passive
                    && voices.data.is_some()
                    && adjuncts.iter().any(|(p, ids)| inside(p) && !ids.is_empty()) =>
            {
                Frame::Send
            }
            // "resolves the name to the distribution"
            Frame::Read if lemma == "resolve" && adjuncts.iter().any(|(p, _)| p == "to") => Frame::Send,
            // "the receipts are captured in the lake"
            Frame::Consume
                if agentless
                    && voices.object.is_empty()
                    && adjuncts.iter().any(|(p, ids)| inside(p) && ids.iter().all(keeps)) =>
            {
                Frame::Store
            }
            Frame::Be | Frame::Run if kept || put => Frame::Store,
            Frame::Trigger if hosts || idle || product => Frame::Run,
            Frame::Run | Frame::Trigger if runs_elsewhere => Frame::Call,
            _ if deploys => Frame::Make,
            Frame::Send if shows => Frame::Read,
            frame => frame,
        }
    }
}
