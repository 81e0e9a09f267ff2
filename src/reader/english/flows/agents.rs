//! Who acts when nobody is named: who acted last, who made the data, or who got it.
//!
//! Takes a clause that leaves it unsaid and gives it its actors. It draws nothing.

use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::reading::Reading;
use super::Said;
use super::discourse::goals_of;
use crate::model::Kind;

impl Reading {
    /// Who acts when nobody is named: who acted last, or who got the data last.
    pub(super) fn supply_actor(&mut self, said: &mut Said<'_>) {
        if matches!(
            said.frame,
            Frame::Run | Frame::Be | Frame::Back | Frame::Front | Frame::Make | Frame::Have | Frame::Link
        ) {
            return;
        }
        if said.agentless
            && let Some(actor) = self.own_doing(said)
        {
            said.actor = actor;
            return;
        }
        if let ([led], Frame::Send | Frame::Store, true) = (self.led.as_slice(), said.frame, said.agentless)
            && (self.kind(*led).is_compute()
                || matches!(self.kind(*led), Kind::Analytics | Kind::Workflow | Kind::Ml))
            && said.object.is_empty()
            && !goals_of(said).contains(led)
            && said.at(&["from", "by"]).is_empty()
            && self
                .traces
                .last()
                .is_none_or(|t| t.mentions.iter().all(|m| m == led || goals_of(said).contains(m)))
        {
            said.actor = vec![*led];
            self.rule("an item's passive is the deed of what its list is about");
            return;
        }
        if said.actor.is_empty() && !self.topic.is_empty() && !said.agentless {
            said.actor.clone_from(&self.topic);
            self.rule("a line under a name is about what is named");
            return;
        }
        if self.read_later && said.agentless && said.frame == Frame::Store && said.object.is_empty() {
            // "positions are kept in Redis: it is used by the dispatcher": by those who are said to use it.
            return;
        }
        if let (Frame::Use, true, [tool]) = (said.frame, said.clause.imperative(), said.object.as_slice())
            && self.topic.is_empty()
            && matches!(
                self.kind(*tool),
                Kind::Analytics | Kind::Cdn | Kind::Gateway | Kind::Workflow | Kind::LoadBalancer | Kind::Ml
            )
        {
            // "Use Data Factory to load the data. Use Databricks to clean it": one tool does not use the next.
            (self.actor, self.mover) = (Some(*tool), Some(*tool));
            self.subject = vec![*tool];
            return;
        }
        let last = if self.object.is_empty() { &self.subject } else { &self.object };
        if let (Frame::Trigger, true, [queue]) = (said.frame, said.agentless, last.as_slice())
            && self.messaging(*queue)
            && matches!(self.last_deed, Some(Frame::Read | Frame::Consume | Frame::Watch))
        {
            // "The queue is polled and a workflow execution is started"
            said.actor = vec![*queue];
            return;
        }
        // "the domain is managed in the DNS": nobody's deed.
        let kept_up = said.agentless && matches!(said.lemma(), "manage" | "administer");
        if said.frame == Frame::Trigger || kept_up {
            return;
        }
        let moved = said.object.is_empty() && matches!(said.frame, Frame::Send | Frame::Store);
        let goals = goals_of(said);
        let started =
            matches!(said.frame, Frame::Call | Frame::Send | Frame::Store | Frame::Consume | Frame::Read)
                || said.frame == Frame::Act && !said.at(&["with", "to", "in"]).is_empty();
        let arrived = self.arrival.filter(|a| started && !goals.contains(a) && !said.object.contains(a));
        let person = self.unaddressed.as_ref().filter(|_| moved && said.agentless).map(|(id, _, _)| *id);
        let kept = said.frame == Frame::Store;
        let keeps = kept
            && goals.iter().all(|&g| self.kind(g).is_store() || self.kind(g) == Kind::Cache)
            && !goals.is_empty();
        let served = self
            .actor
            .filter(|&a| {
                keeps && said.agentless && matches!(self.kind(a), Kind::Client | Kind::Device | Kind::User)
            })
            .and_then(|a| self.flows.iter().rev().find(|f| f.from == a && self.kind(f.to).is_compute()))
            .map(|f| f.to);
        let prompted = self
            .prompter
            .filter(|_| said.agentless && matches!(said.frame, Frame::Call | Frame::Trigger))
            .and_then(|p| self.flows.iter().find(|f| f.from == p))
            .map(|f| f.to)
            .filter(|t| !said.object.contains(t));
        let maker = self.maker(said).or_else(|| self.lying(said)).filter(|m| !goals.contains(m));
        let actor =
            arrived.or(self.sentence_actor).or(prompted).or(maker).or(person).or(served).or(if moved {
                self.mover.or(self.actor)
            } else {
                self.actor
            });
        if let Some(actor) = actor {
            if said.agentless && said.clause.conditional && self.occasion_downstream(said, actor) {
                return;
            }
            if let Some(consumers) = self.consumers(said, actor) {
                said.actor = consumers;
                self.rule("what is kept after a queue is kept by those who empty it");
                return;
            }
            if keeps
                && said.agentless
                && self.kind(actor) == Kind::Client
                && let Some(program) = self.only_program()
            {
                // "The pages are delivered by the web app. Orders are kept in the database": by the one program there is.
                said.actor = vec![program];
                self.rule("what is kept is kept by the one program there is");
                return;
            }
            let only_people = self.flows.iter().any(|f| f.from == actor)
                && self.flows.iter().filter(|f| f.from == actor).all(|f| self.person(f.to));
            let actor = if kept && said.agentless && self.kind(actor).is_messaging() && only_people {
                // "goes to a review queue that officers work through; all decisions are recorded in the audit store"
                self.principal().unwrap_or(actor)
            } else {
                actor
            };
            let together = self.actors.contains(&actor) && self.actors.len() > 1 && said.agentless;
            said.actor = if together { self.actors.clone() } else { vec![actor] };
            self.rule("a passive without an agent has the last actor as its agent");
        }
    }

    /// "When items are added to the table, …": an occasion, and no deed of who gets what comes of it.
    fn occasion_downstream(&mut self, said: &Said<'_>, actor: EntityId) -> bool {
        let put = matches!(
            said.lemma(),
            "insert"
                | "update"
                | "add"
                | "delete"
                | "modify"
                | "change"
                | "create"
                | "upload"
                | "put"
                | "post"
                | "place"
                | "remove"
                | "write"
        );
        let goals: Vec<EntityId> = said
            .at(&["in", "into", "on", "to", "from"])
            .into_iter()
            .filter(|&g| self.held_by_kind(g))
            .collect();
        let [goal] = goals.as_slice() else { return false };
        put && (self.flows.between(*goal, actor).next().is_some()
            || self.messaging(actor) && !self.messaging(*goal))
    }

    fn held_by_kind(&self, id: EntityId) -> bool {
        self.kind(id).is_store() || self.messaging(id)
    }

    /// Who does what nobody is named for, where the words of the clause tell: a store whose data is copied, a service under its
    /// short name, a store whose events are raised.
    fn own_doing(&self, said: &mut Said<'_>) -> Option<Vec<EntityId>> {
        let goals = goals_of(said);
        if let (Frame::Send, [bus], Some(sink)) = (said.frame, goals.as_slice(), self.sink)
            && matches!(self.kind(sink), Kind::Storage | Kind::Database)
            && (self.kind(*bus) == Kind::EventBus
                && said.heads.iter().any(|h| h == "event" || h == "notification")
                || self.messaging(*bus) && said.heads.iter().any(|h| h == "change" || h == "item change")
                || self.messaging(*bus) && said.lemma() == "announce" && self.sentence_actor.is_none())
        {
            // "a blob-created event is raised to Event Grid": by the store that the file went to.
            return Some(vec![sink]);
        }
        if let (Frame::Store, Some(owner)) = (said.frame, self.data_owner)
            && said.object.is_empty()
            && !goals.contains(&owner)
            && !goals.is_empty()
        {
            // "The pipeline artifacts are kept in a bucket": by the pipeline.
            return Some(vec![owner]);
        }
        let moved =
            matches!(said.frame, Frame::Send | Frame::Store) && said.object.is_empty() && !goals.is_empty();
        if let ([source], true, true) = (said.at(&["of"]).as_slice(), moved, said.at(&["from"]).is_empty())
            && !self.person(*source)
            && !goals.contains(source)
            && !self.kind(*source).is_store()
        {
            // "The output of the job is written to the database": by the job.
            said.adjuncts.retain(|(p, _)| p != "of");
            return Some(vec![*source]);
        }
        if said.object.is_empty() || goals.is_empty() {
            return None;
        }
        let copied = |&o: &EntityId| {
            matches!(self.kind(o), Kind::Database | Kind::Storage | Kind::Warehouse | Kind::Monitoring)
        };
        let onward = goals.iter().any(|g| copied(g) && !said.object.contains(g));
        // "the database is backed up to the bucket": its data goes there.
        let copies = said.frame == Frame::Send && said.object.iter().all(copied) && onward;
        // "the leaderboard is kept in Redis": its service keeps it.
        let keeps = said.frame == Frame::Store && said.object.iter().all(|&o| self.kind(o).is_compute());
        (copies || keeps).then(|| std::mem::take(&mut said.object))
    }

    /// Who worked on the data that is stored or sent, when the last actor had nothing to do with it.
    fn maker(&self, said: &Said<'_>) -> Option<EntityId> {
        let moved = said.agentless && matches!(said.frame, Frame::Send | Frame::Store);
        if !moved {
            return None;
        }
        let of = |actor: EntityId| self.makers.iter().any(|(h, a)| *a == actor && said.heads.contains(h));
        // Who was given the data just now works on it: "the bus delivers the order to the worker; the order is saved".
        let given = |usual: EntityId| self.flows.drawn_last(self.span).any(|f| f.to == usual);
        if self.mover.or(self.actor).is_some_and(|usual| of(usual) || self.messaging(usual) || given(usual)) {
            return None;
        }
        // A door only lets through.
        let makes = |&id: &EntityId| !matches!(self.kind(id), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn);
        self.makers.iter().rev().find(|(h, _)| said.heads.contains(h)).map(|(_, maker)| *maker).filter(makes)
    }

    /// The queue or stream that was said to have the data that nobody is named to store, when who acted last has not got it
    /// from there.
    fn lying(&self, said: &Said<'_>) -> Option<EntityId> {
        let usual = self.actor?;
        if !said.agentless
            || said.frame != Frame::Store
            || self.makers.iter().any(|(h, a)| *a == usual && said.heads.contains(h))
        {
            return None;
        }
        let held = self.held(said)?;
        let fed = self.flows.iter().any(|f| f.from == held && f.to == usual);
        (!fed).then_some(held)
    }

    /// The queue or stream that the data was said to be in.
    pub(super) fn held(&self, said: &Said<'_>) -> Option<EntityId> {
        let lies = |(head, id): &&(String, EntityId)| said.heads.contains(head) && self.messaging(*id);
        self.kept.iter().rev().find(lies).map(|(_, id)| *id)
    }

    /// The one function or service that was named, where there is just one.
    fn only_program(&self) -> Option<EntityId> {
        let program = |id: &EntityId| {
            self.entities.all.get(*id).is_some_and(|e| !e.denied && !e.weak && e.kind.is_compute())
        };
        let mut all = (0..self.entities.all.len()).filter(program);
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    /// Who empties a queue whose data is kept somewhere by nobody who is named.
    fn consumers(&self, said: &Said<'_>, actor: EntityId) -> Option<Vec<EntityId>> {
        let kept = said.agentless && said.frame == Frame::Store && self.kind(actor).is_messaging();
        let consumers: Vec<EntityId> = self
            .flows
            .iter()
            .filter(|f| f.from == actor && self.kind(f.to).is_compute())
            .map(|f| f.to)
            .collect();
        (kept && !consumers.is_empty()).then_some(consumers)
    }

    /// Who acts after a person's deed without an addressee was its addressee.
    pub(super) fn address(&mut self, said: &Said<'_>) {
        let Some((person, label, sentence)) = self.unaddressed.clone() else { return };
        if self.sentence > sentence + 1 {
            self.unaddressed = None;
            return;
        }
        let [actor] = said.actor.as_slice() else { return };
        let runs = self.kind(*actor).is_compute()
            || matches!(
                self.kind(*actor),
                Kind::Client
                    | Kind::Gateway
                    | Kind::LoadBalancer
                    | Kind::Cdn
                    | Kind::Notification
                    | Kind::Email
                    | Kind::External
            );
        if *actor == person || !runs || said.agentless || said.clause.verb.is_none() {
            return;
        }
        self.unaddressed = None;
        let reached = self.flows.iter().any(|f| f.to == *actor);
        if !reached {
            self.flow(
                person,
                *actor,
                label.as_deref(),
                None,
                None,
                Some("who acts on what somebody does was addressed"),
            );
        }
    }
}
