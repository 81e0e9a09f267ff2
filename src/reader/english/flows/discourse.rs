//! What earlier clauses leave for later ones: who acts, where the data is, who was spoken of.
//!
//! Takes what a clause said and which arrows it drew, and supplies what a later clause leaves unsaid.

use super::super::entities::EntityId;
use super::super::lexicon::Frame;
use super::super::reading::Reading;
use super::Said;
use crate::model::Kind;

/// The most data whose place is remembered: the latest.
pub(super) const MOST_KEPT: usize = 256;

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
        if said.actor.is_empty() && !self.topic.is_empty() && !said.agentless {
            said.actor.clone_from(&self.topic);
            self.rule("a line under a name is about what is named");
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
            if let Some(consumers) = self.consumers(said, actor) {
                said.actor = consumers;
                self.rule("what is kept after a queue is kept by those who empty it");
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

    /// Who does what nobody is named for, where the words of the clause tell: a store whose data is copied, a service under its
    /// short name, a store whose events are raised.
    fn own_doing(&self, said: &mut Said<'_>) -> Option<Vec<EntityId>> {
        let goals = goals_of(said);
        if let (Frame::Send, [bus], Some(sink)) = (said.frame, goals.as_slice(), self.sink)
            && self.kind(*bus) == Kind::EventBus
            && matches!(self.kind(sink), Kind::Storage | Kind::Database)
            && said.heads.iter().any(|h| h == "event" || h == "notification")
        {
            // "a blob-created event is raised to Event Grid": by the store that the file went to.
            return Some(vec![sink]);
        }
        if said.object.is_empty() || goals.is_empty() {
            return None;
        }
        let copied = |&o: &EntityId| matches!(self.kind(o), Kind::Database | Kind::Storage | Kind::Warehouse);
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
        let usual = self.mover.or(self.actor)?;
        if of(usual) || self.messaging(usual) {
            return None;
        }
        let known = self.makers.iter().rev().find(|(h, _)| said.heads.contains(h))?.1;
        Some(known)
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
    fn held(&self, said: &Said<'_>) -> Option<EntityId> {
        let lies = |(head, id): &&(String, EntityId)| said.heads.contains(head) && self.messaging(*id);
        self.kept.iter().rev().find(lies).map(|(_, id)| *id)
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

    /// Who was spoken of, for pronouns and passives to come.
    ///
    /// `keeps` says that the target was only changed by what was put there, as in "updates the stock system".
    pub(super) fn remember(&mut self, from: &[EntityId], to: &[EntityId], keeps: bool) {
        self.object = to.to_vec();
        let acts = |id: EntityId| {
            self.entities.all.get(id).filter(|e| !e.itself).is_some_and(|e| {
                e.kind.is_compute()
                    || matches!(
                        e.kind,
                        Kind::Gateway
                            | Kind::LoadBalancer
                            | Kind::Client
                            | Kind::Analytics
                            | Kind::Device
                            | Kind::Cdn
                            | Kind::Dns
                            | Kind::Scheduler
                            | Kind::Cicd
                            | Kind::Ml
                    )
            })
        };
        let holds = |id: EntityId| {
            self.entities
                .all
                .get(id)
                .is_some_and(|e| e.kind.is_store() || matches!(e.kind, Kind::Cache | Kind::Monitoring))
                || self.messaging(id)
        };
        if let Some(&last) = to.iter().rev().find(|&&id| holds(id)) {
            self.sink = Some(last);
            if self.messaging(last) {
                self.mover = Some(last);
                self.medium = Some(last);
            }
        }
        if let Some(&actor) = from.iter().rev().find(|&&id| acts(id)) {
            self.actor = Some(actor);
            // Who sent it on does not act together with where it went next.
            let before =
                |id: EntityId| self.flows.drawn_last(self.span).any(|f| f.from == id && f.to == actor);
            self.actors = from.iter().copied().filter(|&id| acts(id) && !before(id)).collect();
            self.actors.dedup();
            if !to.iter().any(|&id| self.entities.all.get(id).is_some_and(|e| e.kind.is_messaging())) {
                self.mover = Some(actor);
            }
        }
        let [only] = to else { return };
        let runs = self.entities.all.get(*only).is_some_and(|e| {
            e.kind.is_compute() || matches!(e.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn)
        });
        if matches!(self.kind(*only), Kind::Client | Kind::Analytics | Kind::Workflow) {
            self.mover = Some(*only);
        }
        if runs && !keeps {
            self.actor = Some(*only);
            self.mover = Some(*only);
        }
    }

    /// "The gateway invokes a function. It …": who is started goes on, unless the starter leads the whole work.
    fn handed_over(&self, said: &Said<'_>) -> bool {
        let starts = said.frame == Frame::Trigger || said.lemma() == "invoke";
        let works = |&o: &EntityId| matches!(self.kind(o), Kind::Function | Kind::Workflow);
        let idle = |&a: &EntityId| {
            matches!(self.kind(a), Kind::Gateway | Kind::Scheduler | Kind::Storage)
                || self.messaging(a)
                || said.object.iter().all(|&o| self.kind(o) == Kind::Workflow)
                    && self.kind(a) != Kind::Workflow
        };
        starts && !said.object.is_empty() && said.object.iter().all(works) && said.actor.iter().all(idle)
    }

    /// Whether a clause about something else is told of what the sentences before were about, as "it".
    fn goes_on_with_it(&self, said: &Said<'_>) -> bool {
        let acts = |&o: &EntityId| {
            (self.kind(o).is_compute() || self.kind(o) == Kind::Client) && !said.actor.contains(&o)
        };
        let partner = matches!(
            said.frame,
            Frame::Call | Frame::Trigger | Frame::Front | Frame::Serve | Frame::Watch | Frame::Tell
        );
        let one = said.object.len() == 1 && said.object.iter().all(acts);
        partner && said.pronoun && !said.clause.passive() && one
    }

    pub(super) fn follow(&mut self, said: &Said<'_>, before: usize) {
        let new: Vec<(EntityId, EntityId)> =
            self.flows.get(before..).unwrap_or(&[]).iter().map(|f| (f.from, f.to)).collect();
        let from: Vec<EntityId> = new.iter().map(|f| f.0).collect();
        let to: Vec<EntityId> = new.iter().map(|f| f.1).collect();
        if said.clause.verb.is_none() && said.actor.is_empty() {
            return;
        }
        let mut target: Vec<EntityId> = if to.is_empty() { said.object.clone() } else { to };
        if target.is_empty() && said.data_acts && said.frame == Frame::Send {
            // "All traffic arrives at the balancer; the API stands behind it"
            target = goals_of(said).into_iter().filter(|&g| !self.person(g)).collect();
            target.extend(said.at(&["at"]).into_iter().filter(|&g| !self.person(g)));
        }
        if said.frame == Frame::Read && said.actor.iter().any(|&a| self.kind(a) != Kind::User) {
            target = said.actor.clone();
        }
        if said.clause.purpose {
            return;
        }
        let subject = if said.clause.passive() { said.object.clone() } else { said.actor.clone() };
        let handed = !said.clause.passive() && self.handed_over(said);
        let leads = !handed
            && said.actor.iter().any(|&a| self.kind(a).is_compute() || self.kind(a) == Kind::Workflow);
        if handed || said.frame == Frame::Trigger && !(leads && !said.clause.passive()) {
            self.subject = said.object.clone();
        } else if said.clause.conditional
            && subject.iter().all(|&s| self.kind(s).is_store() || self.kind(s) == Kind::Cache)
        {
            // "if the cache misses, it reads": what only keeps does nothing.
        } else if let (true, [it]) = (self.goes_on_with_it(said), said.object.as_slice()) {
            // "the app's request reaches it; it publishes": what "it" was, "it" stays.
            self.subject = vec![*it];
        } else if !subject.is_empty() && !(said.clause.passive() && said.agentless && !new.is_empty()) {
            self.subject = subject;
        } else if !new.is_empty() {
            self.subject.clear();
        }
        if said.clause.conditional && new.is_empty() {
            if let ([actor], false) = (said.actor.as_slice(), said.clause.passive() || said.data_acts)
                && self.entities.all.get(*actor).is_some_and(|e| e.kind.is_compute())
                && said.clause.verb.as_ref().is_some_and(|v| v.finite && !v.negated)
            {
                // "when the driver service accepts a ride, the app is notified"
                self.actor = Some(*actor);
            }
            if let Some(&holder) = goals_of(said).iter().chain(&said.object).find(|&&id| {
                self.entities.all.get(id).is_some_and(|e| e.kind.is_store() || e.kind.is_messaging())
            }) {
                self.sink = Some(holder);
                if self.entities.all.get(holder).is_some_and(|e| e.kind.is_messaging()) {
                    self.mover = Some(holder);
                }
            }
            return;
        }
        if said.agentless && new.is_empty() && said.frame == Frame::Act {
            return;
        }
        self.remember(&from, &target, said.frame == Frame::Store && !said.clause.passive());
        if let (Some(&actor), false) = (said.actor.last(), said.frame == Frame::Trigger)
            && self.entities.all.get(actor).is_some_and(|e| {
                e.kind.is_compute()
                    || e.kind == Kind::Analytics
                    || new.is_empty() && matches!(e.kind, Kind::Device | Kind::Client)
            })
        {
            self.actor = Some(actor);
        }
    }

    /// Data that was put somewhere is looked for there, when nothing else is said: "the service looks up the booking".
    pub(super) fn recall(&mut self, said: &mut Said<'_>) {
        if !said.heads.is_empty() && said.clause.verb.is_some() {
            self.data.clone_from(&said.heads);
            self.sentence_data.extend(said.heads.iter().cloned());
        }
        if let ([maker], false, true) =
            (said.actor.as_slice(), said.agentless || said.data_acts, said.clause.verb.is_some())
            && (self.kind(*maker).is_compute() || matches!(self.kind(*maker), Kind::Analytics | Kind::Ml))
            && !super::super::lexicon::lexicon().roles.studying_verbs.contains(said.lemma())
        {
            self.makers.extend(said.heads.iter().map(|h| (h.clone(), *maker)));
            let old = self.makers.len().saturating_sub(MOST_KEPT);
            self.makers.drain(..old);
        }
        if self.people(&said.actor) {
            // "data scientists train a forecast in Azure ML": the forecast is made there.
            let mut shops = said.at(&["in", "with", "using", "on"]);
            shops.retain(|&s| matches!(self.kind(s), Kind::Ml | Kind::Analytics));
            for shop in shops {
                self.makers.extend(said.heads.iter().map(|h| (h.clone(), shop)));
            }
        }
        self.sentence_data.extend(said.products.iter().cloned());
        if let (Frame::Act, [worker], false, false) =
            (said.frame, said.actor.as_slice(), said.agentless, said.data_acts)
            && self.kind(*worker) == Kind::Analytics
            && let Some(held) = self.held(said)
            && !self.flows.iter().any(|f| f.from == held || f.from == *worker && f.to == held)
        {
            // "puts the clicks on the stream … The Flink job joins the clicks"
            self.rule("who works on what lies in a stream that nobody reads takes it from there");
            self.flow(held, *worker, None, Some(true), None, None);
        }
        let asks = match said.frame {
            Frame::Read => true,
            Frame::Consume => !said.data_acts,
            Frame::Call => true,
            Frame::Act => said.pronoun && self.unread_stream(said) || self.studies(said),
            _ => false,
        };
        let placed = said.adjuncts.iter().any(|(p, _)| !matches!(p.as_str(), "for" | "by" | "about"));
        if !asks || !said.object.is_empty() || placed || said.actor.is_empty() {
            return;
        }
        if said.frame == Frame::Act && said.pronoun {
            said.adjuncts.extend(self.sink.map(|s| ("from".to_owned(), vec![s])));
            self.rule("who works on what was queued takes it from the queue");
            return;
        }
        let consumes = said.frame == Frame::Consume;
        let found = self.kept.iter().rev().find(|(head, id)| {
            let medium = self.entities.all.get(*id).is_some_and(|e| e.kind.is_messaging());
            let same = |h: &String| h == head || head.ends_with(&format!(" {h}"));
            said.heads.iter().any(same)
                && (medium == consumes
                    || medium && said.frame == Frame::Read
                    || !medium && said.lemma() == "pick")
                && !said.actor.contains(id)
        });
        if let Some(&(_, id)) = found {
            said.adjuncts.push(("from".to_owned(), vec![id]));
            self.rule("data is looked for where it was put");
        }
    }

    /// "the settlement job aggregates the journeys": work on all that was kept, by one that got it from nobody.
    fn studies(&self, said: &Said<'_>) -> bool {
        let [actor] = said.actor.as_slice() else { return false };
        let fed = self
            .flows
            .iter()
            .any(|f| f.to == *actor && !matches!(self.kind(f.from), Kind::Scheduler | Kind::User));
        super::super::lexicon::lexicon().roles.studying_verbs.contains(said.lemma()) && !fed && !said.pronoun
    }

    /// Whether data lies in a queue or stream that nobody reads, and the one who works on it has got none.
    fn unread_stream(&self, said: &Said<'_>) -> bool {
        let Some(sink) = self.sink.filter(|&s| self.messaging(s)) else { return false };
        let [actor] = said.actor.as_slice() else { return false };
        let works = self.kind(*actor).is_compute() || matches!(self.kind(*actor), Kind::Analytics | Kind::Ml);
        let idle = !self.flows.iter().any(|f| f.to == *actor || f.from == *actor);
        works && idle && !said.agentless && !said.data_acts && !self.flows.iter().any(|f| f.from == sink)
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

/// Where something is sent or put.
fn goals_of(said: &Said<'_>) -> Vec<EntityId> {
    said.at(&["to", "into", "in", "on", "onto"])
}
