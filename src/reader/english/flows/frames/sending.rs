//! What is sent and stored: from whom, to where.
//!
//! Takes an understood clause whose frame is `send` or `store` and adds its flows.

use super::super::super::entities::EntityId;
use super::super::super::lexicon::{Frame, lexicon};
use super::super::super::reading::Reading;
use super::super::Said;
use crate::model::Kind;

impl Reading {
    pub(super) fn send(&mut self, said: &Said<'_>) {
        let unsaid = said.frame == Frame::Store && said.agentless && said.actor.is_empty();
        if unsaid && self.read_later {
            self.sink = self.goals(said).last().copied().or(self.sink);
            return;
        }
        if self.in_itself(said) {
            return;
        }
        if self.kept_there(said) || self.taken_off(said) {
            return;
        }
        let to = self.goals(said);
        let from = said.at(&["from", "out"]);
        if self.shown_or_failed(said, &to, &from) {
            return;
        }
        self.taken_along(said, &to, &from);
        self.taken_on(said, &to, &from);
        if self.common_goal(said, &to, &from) {
            return;
        }
        if to.is_empty() {
            return self.send_nowhere(said, &from);
        }
        if said.frame == Frame::Send && self.people(&said.object) && !self.people(&to) {
            // "routes users to the service": they come to who routes them.
            if !said.clause.passive() && !said.data_acts {
                self.pairs(&said.object, &said.actor, &said.bare(), None);
            }
        }
        let copies = matches!(said.lemma(), "copy" | "move" | "mirror" | "replicate" | "archive" | "export");
        let queued = !said.object.is_empty() && said.object.iter().all(|&o| self.messaging(o));
        if copies && queued && !said.clause.passive() && !said.data_acts {
            // "a connector copies all topics to the bucket"
            let taken = Said { asynchronous: Some(true), ..said.bare() };
            self.pairs(&said.object, &said.actor, &taken, None);
        }
        let stored = !said.object.is_empty() && said.object.iter().all(|&o| self.kind(o).is_store());
        if copies && stored && !said.clause.passive() && !said.data_acts && !self.people(&said.actor) {
            // "AWS Backup copies the database to a vault"
            let sources: Vec<EntityId> = said.object.iter().copied().filter(|o| !to.contains(o)).collect();
            self.pairs(&said.actor, &sources, &said.bare(), None);
        }
        let senders = self.senders(said, &to, &from);
        self.pairs(&senders, &to, said, None);
        self.left_for(said, &to);
        if let ([store], "archive") = (to.as_slice(), said.lemma())
            && let Some(entity) = self.entities.all.get_mut(*store)
        {
            // "archives readings in a bucket": it is the archive from now on.
            entity.names.push("archive".to_owned());
        }
    }

    /// "puts a job on a queue for the workers": who it is for takes it from there.
    fn left_for(&mut self, said: &Said<'_>, to: &[EntityId]) {
        let [place] = to else { return };
        let queued = self.messaging(*place) || matches!(said.lemma(), "queue" | "enqueue");
        let takers: Vec<EntityId> =
            said.at(&["for"]).into_iter().filter(|&t| self.kind(t).is_compute() && t != *place).collect();
        if queued && !said.actor.iter().any(|a| takers.contains(a)) {
            self.pairs(&[*place], &takers, &Said { asynchronous: Some(true), ..said.bare() }, None);
        }
    }

    /// What a keeper keeps: "is indexed by the search engine", "goes to the bucket, where it is kept".
    fn kept_there(&mut self, said: &Said<'_>) -> bool {
        let keeper = said.clause.passive()
            && !said.agentless
            && !said.actor.is_empty()
            && said.object.is_empty()
            && said.actor.iter().all(|&a| self.keeps(a) || self.kind(a) == Kind::Search)
            && said.at(&["to", "into"]).is_empty();
        let there = said.agentless && said.frame == Frame::Store && said.object.is_empty();
        if (keeper || there) && said.clause.adjuncts.iter().any(|(p, _)| p == "where") {
            return true;
        }
        if keeper {
            let mover: Vec<EntityId> =
                self.sentence_actor.or(self.mover).or(self.actor).into_iter().collect();
            self.pairs(&mover, &said.actor, &said.bare(), None);
        }
        keeper
    }

    /// Where it goes.
    fn goals(&self, said: &Said<'_>) -> Vec<EntityId> {
        let mut to = said.at(&["to", "into", "onto", "toward", "towards", "against"]);
        if to.is_empty() && said.frame == Frame::Send {
            to = said.at(&["dative"]);
        }
        if to.is_empty()
            && matches!(said.lemma(), "spread" | "distribute" | "balance" | "load-balance" | "split" | "fan")
        {
            // "spreads requests over two servers"
            to = said.at(&["over", "across", "among", "amongst", "between"]);
        }
        if to.is_empty() {
            let near = said.at(&["in", "on", "at", "inside", "within", "with"]);
            let takes = |&id: &EntityId| {
                said.frame == Frame::Store && self.kind(id) != Kind::User
                    || self.keeps(id)
                    || matches!(self.kind(id), Kind::External | Kind::Notification | Kind::Email)
                    || self.people(&said.actor) && matches!(self.kind(id), Kind::Client | Kind::Service)
                    || said.lemma() == "arrive" && !matches!(self.kind(id), Kind::User | Kind::Client)
                    || said.clause.passive() && matches!(self.kind(id), Kind::Analytics)
            };
            to = near.into_iter().filter(takes).collect();
        }
        if to.is_empty() && said.clause.behind(&["in", "into", "to"]).next().is_some() {
            // "in its own schema of a shared database"
            to = said.at(&["of"]).into_iter().filter(|&o| self.kind(o).is_store()).collect();
        }
        to
    }

    /// What is displayed is read from where it was put; what failed comes from the queue it was in.
    fn shown_or_failed(&mut self, said: &Said<'_>, to: &[EntityId], from: &[EntityId]) -> bool {
        let shown = said.agentless
            && said.frame == Frame::Send
            && to.iter().all(|&t| matches!(self.kind(t), Kind::Analytics | Kind::Monitoring))
            && said.label.as_deref().is_some_and(|l| {
                ["display", "show", "present", "visualise"].iter().any(|v| l.starts_with(v))
            });
        let shown_of = self.sink.or(said.actor.first().copied());
        if let (true, Some(sink), true) = (shown, shown_of, from.is_empty()) {
            self.pairs(to, &[sink], &said.bare(), None);
            return true;
        }
        let Some(queue) = self.failed_in(said, to).filter(|_| from.is_empty()) else { return false };
        self.rule("messages that fail leave the queue they were in");
        self.pairs(&[queue], to, said, None);
        true
    }

    /// Secrets and telemetry that nobody is named for are those of who does most.
    fn common_goal(&mut self, said: &Said<'_>, to: &[EntityId], from: &[EntityId]) -> bool {
        let common = to.iter().all(|&t| matches!(self.kind(t), Kind::Secrets | Kind::Monitoring));
        let nobody = (said.agentless || said.data_acts) && common && from.is_empty() && !to.is_empty();
        if !nobody {
            return false;
        }
        if self.read_later {
            // "are stored in the vault and retrieved by the job"
            self.sink = to.last().copied();
            return true;
        }
        // "logs of both functions are sent to CloudWatch"
        let mut owners = said.at(&["of"]);
        owners.retain(|&id| {
            self.kind(id).is_compute() || matches!(self.kind(id), Kind::Workflow | Kind::EventBus)
        });
        if owners.is_empty() {
            let named = self.named_in(said);
            owners = named.or_else(|| self.principal()).map_or_else(Vec::new, |o| self.alike_in_deed(o));
            self.rule("secrets and telemetry are those of who does most");
        }
        self.pairs(&owners, to, said, None);
        !owners.is_empty()
    }

    /// Those that do the same as one of them: "all our backends - search, cart and ads - send metrics to Prometheus".
    fn alike_in_deed(&self, one: EntityId) -> Vec<EntityId> {
        let goals = |id: EntityId| -> std::collections::BTreeSet<EntityId> {
            self.flows.iter().filter(|f| f.from == id).map(|f| f.to).collect()
        };
        let (own, kind) = (goals(one), self.kind(one));
        let alike = |id: &EntityId| *id == one || self.kind(*id) == kind && goals(*id) == own;
        if own.is_empty() { vec![one] } else { (0..self.entities.all.len()).filter(alike).collect() }
    }

    /// Nothing that can be drawn stands where it goes: a place, people on their way, or no word at all.
    fn send_nowhere(&mut self, said: &Said<'_>, from: &[EntityId]) {
        let actor = &said.actor;
        if said.frame == Frame::Send {
            let routes = |&a: &EntityId| {
                matches!(self.kind(a), Kind::Dns | Kind::LoadBalancer | Kind::Cdn | Kind::Gateway)
            };
            let doors: Vec<EntityId> = actor.iter().copied().filter(routes).collect();
            for (_, place) in said.places.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "into")) {
                self.toward.extend(doors.iter().map(|&a| (a, *place, said.label.clone())));
            }
        }
        let elsewhere = !said.clause.passive()
            && self.people(&said.object)
            && !self.people(actor)
            && !actor.is_empty()
            && said.clause.behind(&["to", "into"]).next().is_some();
        if elsewhere {
            // "the DNS sends users to the primary region"
            return self.pairs(&said.object, actor, &said.bare(), None);
        }
        self.send_object(said, from);
    }

    /// Who sends it: who acts, or where it comes from; between a person and the goal stands what it comes from.
    fn senders(&mut self, said: &Said<'_>, to: &[EntityId], from: &[EntityId]) -> Vec<EntityId> {
        let mut actor = said.actor.clone();
        let arrives = said.data_acts || said.agentless && said.object.is_empty();
        if arrives && !from.is_empty() {
            actor = from.to_vec();
        } else if let (true, Some(watcher)) = (arrives && !self.watches(to), self.alerter(said)) {
            // "Cloud Monitoring watches everything; alerts go to Opsgenie"
            actor = vec![watcher];
        } else if let (true, Some(router)) = (arrives, self.router(said, to)) {
            actor = vec![router];
        } else if arrives && said.actor.is_empty() {
            let app = self.mover.filter(|&m| self.kind(m) == Kind::Client);
            if self.actor.is_none() && app.is_some() {
                // What a person does in the app is the app's from here on.
                self.unaddressed = None;
            }
            actor = self.actor.or(app).into_iter().collect();
        }
        if !from.is_empty() && !arrives {
            let stops: Vec<EntityId> = from.iter().copied().filter(|f| !actor.contains(f)).collect();
            let bare = said.bare();
            let onward = !self.people(to);
            if self.people(&actor)
                && stops.iter().all(|&s| onward || matches!(self.kind(s), Kind::Client | Kind::Device))
                || actor.is_empty()
            {
                self.pairs(&actor, &stops, &bare, None);
                actor = if stops.is_empty() { actor } else { stops };
            } else if said.agentless {
                actor = stops;
            } else {
                let comes = |&s: &EntityId| {
                    // "distributes requests from customers to the servers": they come to who hands them on.
                    let said_there =
                        said.heads.iter().any(|h| matches!(h.as_str(), "message" | "question" | "chat"));
                    let outside = self.person(s)
                        || self.kind(s) == Kind::Client && !self.people(to)
                        || self.kind(s) == Kind::Notification && said_there;
                    self.messaging(s) || self.kind(s) == Kind::Gateway || outside
                };
                let (messaging, plain): (Vec<_>, Vec<_>) = stops.into_iter().partition(comes);
                self.pairs(&messaging, &actor, &bare, None);
                self.pairs(&actor, &plain, &bare, None);
            }
        }
        if let (true, true, Some((person, _, _))) = (actor.is_empty(), arrives, self.unaddressed.clone()) {
            // "The shopper places an order, and the order goes to the API": from the app that the shopper uses.
            let app = self.flows.iter().rev().find(|f| f.from == person && self.kind(f.to) == Kind::Client);
            actor = vec![app.map_or(person, |f| f.to)];
            self.unaddressed = None;
        }
        if actor.is_empty() {
            let moved = |&o: &EntityId| self.kind(o).is_store() && !to.contains(&o);
            actor = said.object.iter().copied().filter(moved).collect();
        }
        actor.retain(|a| !to.contains(a));
        actor
    }

    /// Whether all of them watch others.
    fn watches(&self, ids: &[EntityId]) -> bool {
        ids.iter().all(|&id| self.kind(id) == Kind::Monitoring)
    }

    /// What watches the others, for alerts that nobody is named to send.
    fn alerter(&self, said: &Said<'_>) -> Option<EntityId> {
        let alerts = said.heads.iter().any(|h| matches!(h.as_str(), "alert" | "alarm"));
        let watcher = |id: &EntityId| {
            self.kind(*id) == Kind::Monitoring && self.entities.all.get(*id).is_some_and(|e| !e.denied)
        };
        self.recent.iter().rev().copied().find(watcher).filter(|_| alerts)
    }

    /// Something is sent or stored without a place behind `to`.
    pub(super) fn send_object(&mut self, said: &Said<'_>, from: &[EntityId]) {
        let keeper = said.actor.iter().all(|&a| self.keeps(a)) && !said.actor.is_empty();
        if keeper && said.frame == Frame::Store {
            return self.hold(said);
        }
        let to: Vec<EntityId> = said
            .object
            .iter()
            .copied()
            .filter(|&o| said.frame == Frame::Send || self.kind(o) != Kind::User)
            .collect();
        if let (true, true, [tool], false) =
            (said.data_acts, to.is_empty(), said.way().as_slice(), from.is_empty())
        {
            // "secrets come from the vault through the operator": who brings them fetches them.
            return self.pairs(&[*tool], from, &said.bare(), None);
        }
        let door = self.mover.or(self.actor).filter(|&m| {
            matches!(self.kind(m), Kind::Cdn | Kind::Gateway | Kind::LoadBalancer | Kind::Client)
        });
        let kept = !from.is_empty() && from.iter().all(|&f| self.kind(f).is_store() && Some(f) != door);
        if let (true, true, Some(door), "come") = (said.data_acts && to.is_empty(), kept, door, said.lemma())
        {
            // "Route 53 resolves to CloudFront. Static content comes from S3": the door that was spoken of gets it there.
            return self.pairs(&[door], from, &said.bare(), None);
        }
        let secret = !from.is_empty() && from.iter().all(|&f| self.kind(f) == Kind::Secrets);
        if said.data_acts && to.is_empty() && secret {
            // "The API token comes from the parameter store": who works with it fetches it there.
            let owner: Vec<EntityId> = self
                .actor
                .filter(|&a| self.kind(a).is_compute())
                .or_else(|| self.principal())
                .into_iter()
                .collect();
            return self.pairs(&owner, from, &said.bare(), None);
        }
        if said.data_acts && !said.clause.conditional {
            let holders: Vec<EntityId> =
                to.iter().copied().filter(|&t| self.keeps(t) || self.kind(t).is_compute()).collect();
            let mover: Vec<EntityId> = self.mover.or(self.actor).into_iter().collect();
            return self.pairs(&mover, &holders, said, None);
        }
        if said.data_acts {
            return;
        }
        if said.agentless {
            let way = said.way();
            if let (Some(&last), true) = (way.last(), said.object.is_empty()) {
                return self.pairs(&said.actor, &[last], said, None);
            }
            if from.is_empty()
                && !to.is_empty()
                && to.iter().any(|t| self.keeps(*t))
                && said.frame == Frame::Store
            {
                self.pairs(&said.actor, &to, said, None);
            }
            return;
        }
        if to.is_empty() {
            let published = said.label.as_deref().is_some_and(|l| {
                ["publish", "emit", "raise", "broadcast", "fire", "produce"].iter().any(|v| l.starts_with(v))
            });
            let mut way = said.way();
            if let (true, true, Some(bus)) = (
                way.is_empty(),
                said.asynchronous == Some(true) && published && from.is_empty() && !said.data_acts,
                self.only_bus(),
            ) {
                self.rule("what is published goes over the one bus there is");
                self.pairs(&said.actor, &[bus], said, None);
            } else if let Some(last) = way.pop() {
                self.pairs(&said.actor, &[last], said, None);
            } else if !from.is_empty() && !said.data_acts {
                self.pairs(&said.actor, from, said, None);
            }
            return;
        }
        self.pairs(&said.actor, &to, said, None);
        let (messaging, plain): (Vec<_>, Vec<_>) = from.iter().copied().partition(|&s| self.messaging(s));
        self.pairs(&messaging, &said.actor, &said.bare(), None);
        self.pairs(&said.actor, &plain, &said.bare(), None);
    }

    /// "build logs" are those of the one program with `build` in its name.
    fn named_in(&self, said: &Said<'_>) -> Option<EntityId> {
        let data = said.data.as_deref()?.to_lowercase();
        let (before, _) = data.rsplit_once(' ')?;
        let named = |id: &EntityId| {
            let label = self.entities.all.get(*id).map_or(String::new(), |e| e.label.to_lowercase());
            self.runs(*id) && before.split(' ').any(|w| w.len() > 3 && label.contains(w))
        };
        let mut found = (0..self.entities.all.len()).filter(named);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// "Requests for pages go to the API. All other requests go to the function": who handed on the ones before.
    fn router(&self, said: &Said<'_>, to: &[EntityId]) -> Option<EntityId> {
        let requests =
            said.heads.iter().any(|h| matches!(h.as_str(), "request" | "traffic" | "call" | "path"));
        if !requests {
            return None;
        }
        let routes = |id: &EntityId| {
            matches!(self.kind(*id), Kind::LoadBalancer | Kind::Gateway | Kind::Cdn) && !to.contains(id)
        };
        self.flows.iter().rev().map(|f| f.from).find(routes)
    }

    /// The queue whose messages go to a dead-letter queue, when nobody else is said to move them.
    fn failed_in(&self, said: &Said<'_>, to: &[EntityId]) -> Option<EntityId> {
        let dead = |id: EntityId| {
            self.entities.all.get(id).is_some_and(|e| {
                let failed = |m: &String| {
                    ["redrive", "retry", "error", "failed", "failure", "poison", "dead-letter"]
                        .contains(&m.as_str())
                };
                e.head == "dead letter queue" || e.kind == Kind::Queue && e.modifiers.iter().any(failed)
            })
        };
        let messages = said.heads.iter().any(|h| lexicon().roles.carried_heads.contains(h));
        let queue = |id: EntityId| dead(id) || self.fails && self.kind(id) == Kind::Queue;
        if !(said.agentless || said.data_acts) || to.is_empty() || !to.iter().all(|&t| queue(t)) {
            return None;
        }
        if !messages {
            // "failed webhooks go to the dead-letter queue": from who sends them.
            return self
                .makers
                .iter()
                .rev()
                .find(|(head, _)| said.heads.contains(head))
                .map(|(_, maker)| *maker);
        }
        let holds = |id: &EntityId| {
            matches!(self.kind(*id), Kind::Queue | Kind::Topic)
                && !dead(*id)
                && !to.contains(id)
                && self.entities.all.get(*id).is_some_and(|e| !e.denied && e.linked)
        };
        // What a bus could not deliver leaves the bus.
        let delivers = |id: &EntityId| {
            self.kind(*id) == Kind::EventBus
                && self.flows.iter().any(|f| f.from == *id && !to.contains(&f.to))
        };
        let recent = || self.recent.iter().rev().copied();
        recent().find(holds).or_else(|| recent().find(delivers))
    }
}
