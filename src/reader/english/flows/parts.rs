//! What phrases are for in their clause: tools, stages, sources and destinations, what stands behind what.
//!
//! Takes a clause in its sentence with the components behind its prepositions, and moves them to where they belong. It
//! draws nothing.

use super::super::clauses::NpId;
use super::super::entities::EntityId;
use super::super::lexicon::{Frame, Pronoun};
use super::super::reading::Reading;
use super::understand::{Adjunct, Scene, Voices};
use crate::model::Kind;

/// A preposition, the components of the phrase before it, and those behind it.
pub(super) type Attached = (String, Vec<EntityId>, Vec<EntityId>);

impl Reading {
    /// "the session service, where tokens are checked": who is named by `where` acts.
    pub(super) fn stage(&self, passive: bool, voices: &mut Voices, adjuncts: &mut Vec<Adjunct>) {
        let stage: Vec<EntityId> =
            adjuncts.iter().filter(|(p, _)| p == "where").flat_map(|(_, ids)| ids.clone()).collect();
        adjuncts.retain(|(p, _)| p != "where");
        let keeps = |&id: &EntityId| self.kind(id).is_store() || self.kind(id) == Kind::Search;
        if !stage.is_empty()
            && !stage.iter().all(keeps)
            && voices.actor.is_empty()
            && (passive || voices.data_acts)
        {
            adjuncts.retain(|(_, ids)| *ids != stage);
            (voices.actor, voices.data_acts) = (stage, false);
        }
    }

    /// What a thing is used for goes through the thing: "uses the queue to send jobs to the worker".
    pub(super) fn instrument(
        &mut self,
        scene: Scene<'_>,
        actor: &[EntityId],
        frame: Frame,
        adjuncts: &mut Vec<Adjunct>,
    ) {
        let named = self.all(scene, &scene.clause.instrument);
        let people = actor.iter().all(|&a| self.kind(a) == Kind::User);
        let tool = |id: &EntityId| {
            let kind = self.kind(*id);
            !actor.contains(id)
                && !kind.is_store()
                && !matches!(kind, Kind::Cache | Kind::User | Kind::Secrets)
                && (kind != Kind::Identity || matches!(frame, Frame::Front | Frame::Call))
                && (people || kind != Kind::Client)
        };
        let tools: Vec<EntityId> = named.into_iter().filter(tool).collect();
        let moves = matches!(
            frame,
            Frame::Call
                | Frame::Send
                | Frame::Store
                | Frame::Tell
                | Frame::Trigger
                | Frame::Read
                | Frame::Front
                | Frame::Act
        );
        if let ([tool], true) = (tools.as_slice(), moves) {
            adjuncts.push(("using".to_owned(), vec![*tool]));
        }
    }

    /// "logs can be searched with Kibana", "data is cleaned using Databricks": where nobody is named, the tool does it.
    pub(super) fn shown_with(&self, frame: Frame, adjuncts: &mut Vec<Adjunct>) -> Option<Vec<EntityId>> {
        let works = matches!(frame, Frame::Act | Frame::Consume);
        if !works && !matches!(frame, Frame::Call | Frame::Read | Frame::Watch) {
            return None;
        }
        let shows = |&id: &EntityId| match self.kind(id) {
            Kind::Analytics => true,
            Kind::Monitoring => !works,
            Kind::Ml => works,
            kind => works && kind.is_compute(),
        };
        // "the model is trained in Azure Machine Learning"
        let shop = |&id: &EntityId| matches!(self.kind(id), Kind::Analytics | Kind::Ml);
        let at = adjuncts.iter().position(|(p, ids)| {
            matches!(p.as_str(), "with" | "using" | "through" | "via") && ids.iter().all(shows)
                || works && p == "in" && ids.iter().all(shop)
        })?;
        Some(adjuncts.remove(at).1)
    }

    /// "analysts query the bucket with Athena", "texts the customer by Twilio": what people use and what reaches them
    /// stands in between.
    pub(super) fn ways(
        &self,
        scene: Scene<'_>,
        actor: &[EntityId],
        object: &[EntityId],
        adjuncts: &mut [Adjunct],
    ) {
        if scene.clause.passive() || actor.is_empty() {
            return;
        }
        let frame = scene.clause.frame();
        let looks = self.people(actor) && matches!(frame, Frame::Call | Frame::Read | Frame::Watch);
        let goal = !object.is_empty()
            || adjuncts.iter().any(|(p, _)| matches!(p.as_str(), "in" | "at" | "from" | "to" | "of" | "on"));
        let speaks = matches!(frame, Frame::Send | Frame::Tell)
            || frame == Frame::Call && matches!(scene.lemma(), "call" | "contact" | "reach" | "message");
        let told: Vec<EntityId> = adjuncts
            .iter()
            .filter(|(p, _)| p == "to" || p == "dative")
            .flat_map(|(_, ids)| ids.clone())
            .collect();
        let mails = self.people(&told) && object.is_empty();
        let tells = (self.people(object) || mails) && !self.people(actor) && speaks;
        for (p, ids) in adjuncts.iter_mut() {
            let app = |&id: &EntityId| matches!(self.kind(id), Kind::Client | Kind::Device);
            if looks && matches!(p.as_str(), "from" | "on") && !object.is_empty() && ids.iter().all(app) {
                // "technicians ask the advisor from a tablet"
                "using".clone_into(p);
                continue;
            }
            let tool = |&id: &EntityId| matches!(self.kind(id), Kind::Analytics | Kind::Monitoring);
            let kept = !object.is_empty()
                && object.iter().all(|&o| self.keeps(o) || self.kind(o) == Kind::Analytics);
            if looks && p == "in" && kept && ids.iter().all(tool) {
                // "engineers explore it in Grafana"
                "using".clone_into(p);
                continue;
            }
            let door =
                |&id: &EntityId| matches!(self.kind(id), Kind::Gateway | Kind::Service | Kind::LoadBalancer);
            if p == "by" && scene.lemma() == "reach" && !object.is_empty() && ids.iter().all(door) {
                // "the request reaches it by the mobile API"
                "using".clone_into(p);
                continue;
            }
            // "sends a confirmation by SES"
            let posts = |&id: &EntityId| matches!(self.kind(id), Kind::Email | Kind::Notification);
            let mails = p == "by" && speaks && !self.people(actor) && ids.iter().all(posts);
            if mails && !ids.is_empty() {
                "using".clone_into(p);
                continue;
            }
            let by = p == "by" && tells;
            if !(p == "with" || by) || ids.len() != 1 {
                continue;
            }
            let fits = |&id: &EntityId| {
                let kind = self.kind(id);
                let shows = matches!(kind, Kind::Analytics | Kind::Client | Kind::Monitoring | Kind::Service);
                let reaches = matches!(kind, Kind::Notification | Kind::Email | Kind::External);
                looks && goal && shows || tells && (reaches || kind == Kind::Service)
            };
            if ids.iter().all(fits) {
                "using".clone_into(p);
            }
        }
    }

    /// "we stream changes with the connector": the tool does it.
    pub(super) fn own_tool(&self, scene: Scene<'_>, adjuncts: &mut Vec<Adjunct>) -> Vec<EntityId> {
        let clause = scene.clause;
        let ours = scene.is_pronoun(&clause.subject, Pronoun::Person) || clause.imperative();
        // "Clean the data with Databricks", "Visualize the data with Power BI": the tool does it.
        let worked = |(p, ids): &Adjunct| {
            let tool = |&id: &EntityId| matches!(self.kind(id), Kind::Analytics | Kind::Monitoring);
            matches!(p.as_str(), "with" | "using" | "in") && ids.len() == 1 && ids.iter().all(tool)
        };
        let works = matches!(clause.frame(), Frame::Act | Frame::Read | Frame::Watch | Frame::Send);
        if let ([only], true) = (adjuncts.as_slice(), clause.imperative() && works && !clause.purpose)
            && worked(only)
        {
            return std::mem::take(adjuncts).into_iter().flat_map(|(_, ids)| ids).collect();
        }
        if !ours || clause.purpose || adjuncts.len() < 2 {
            return Vec::new();
        }
        let runs = |&id: &EntityId| {
            let kind = self.kind(id);
            !kind.is_store()
                && !matches!(kind, Kind::Cache | Kind::User | Kind::Queue | Kind::Topic | Kind::EventBus)
        };
        let tool = adjuncts.iter().position(|(p, ids)| {
            matches!(p.as_str(), "with" | "using") && ids.len() == 1 && ids.iter().all(runs)
        });
        tool.map(|at| adjuncts.remove(at).1).unwrap_or_default()
    }

    /// "keeps files in the bucket behind the CDN": takes what belongs to the phrase before out of the clause.
    pub(super) fn attached(&mut self, scene: Scene<'_>, adjuncts: &mut Vec<Adjunct>) -> Vec<Attached> {
        let mut out = Vec::new();
        for (p, nps) in &scene.clause.adjuncts {
            let first = nps
                .first()
                .copied()
                .filter(|_| matches!(p.as_str(), "front" | "behind" | "atop" | "beneath"));
            let Some((first, before)) = first.and_then(|f| Some((f, f.checked_sub(1)?))) else { continue };
            // "the ingester, behind which sits Kafka": what stands before the verb is no host of what stands before it.
            let verb = scene.clause.verb.as_ref().map_or(0, |v| v.start);
            let phrase = |np: NpId| scene.parsed.phrases.get(np);
            if phrase(first).is_some_and(|np| np.start < verb)
                || phrase(before).is_some_and(|np| np.end <= verb)
            {
                continue;
            }
            let near = match (scene.parsed.phrases.get(before), scene.parsed.phrases.get(first)) {
                (Some(a), Some(b)) => b.start <= a.end + LONGEST,
                _ => false,
            };
            let host = scene.meanings.get(before).map(|m| m.ids.clone()).unwrap_or_default();
            let own = scene.parsed.phrases.get(first).is_some_and(|n| n.pronoun == Some(Pronoun::It));
            if let (true, Some(store)) = (own && p == "front", before.checked_sub(1))
                && scene.clause.behind(&["with"]).any(|np| np == before)
                && let Some(store) =
                    scene.meanings.get(store).map(|m| m.ids.clone()).filter(|ids| !ids.is_empty())
            {
                // "in DynamoDB with DAX in front of it"
                adjuncts.retain(|(q, ids)| q != p && *ids != host);
                for (_, ids) in adjuncts.iter_mut().filter(|(_, ids)| *ids == store) {
                    ids.clone_from(&host);
                }
                out.push((p.clone(), host, store));
                continue;
            }
            if scene.clause.frame() == Frame::Run && scene.clause.behind(&PLATFORM).any(|np| np == before) {
                continue;
            }
            let behind = self.ids_of(scene.meanings, nps);
            if near && !host.is_empty() && !behind.is_empty() && !scene.clause.subject.contains(&before) {
                adjuncts.retain(|(q, ids)| q != p || *ids != behind);
                out.push((p.clone(), host, behind));
            }
        }
        out
    }

    /// "with A as source and B as destination".
    pub(super) fn roles(&mut self, scene: Scene<'_>) -> Vec<(&'static str, EntityId)> {
        let mut out = Vec::new();
        let object = ("with".to_owned(), scene.clause.object.clone());
        let all: Vec<_> = Some(object)
            .filter(|(_, o)| !o.is_empty())
            .into_iter()
            .chain(scene.clause.adjuncts.iter().cloned())
            .collect();
        let named = |np: &usize| match scene.parsed.phrases.get(*np).map_or("", |n| n.head.as_str()) {
            "source" | "input" | "trigger" | "event source" | "data source" => Some("source"),
            "destination" | "target" | "output" | "origin" | "sink" | "backend" | "dlq" => {
                Some("destination")
            }
            _ => None,
        };
        for pair in all.windows(2) {
            let [(p, things), (role, np)] = pair else { continue };
            let placed = role == "as" && matches!(p.as_str(), "with" | "to" | "using");
            let (true, [np]) = (placed, np.as_slice()) else { continue };
            let Some(role) = named(np) else { continue };
            out.extend(self.all(scene, things).into_iter().map(|id| (role, id)));
        }
        if let (true, Some((p, np))) = (scene.clause.passive(), scene.clause.adjuncts.first())
            && let ("as", [np]) = (p.as_str(), np.as_slice())
            && let Some(role) = named(np)
        {
            // "the queue is configured as an event source for the function"
            out.extend(self.all(scene, &scene.clause.subject).into_iter().map(|id| (role, id)));
        }
        out
    }
}

/// The most words of a preposition: "in front of".
const LONGEST: usize = 3;

/// What something runs on or in stands behind these.
pub(super) const PLATFORM: [&str; 5] = ["on", "in", "as", "inside", "within"];
