//! What a verb's parts mean for arrows: one function for each frame, sorted by what the frame speaks of.
//!
//! Takes an understood clause and adds flows: `sending` for what is sent and stored, `moves` for what is fetched and taken,
//! `calls` for who starts what, `standing` for what stands where and belongs to whom. What no frame used of a clause is used
//! here at the end.

mod calls;
mod deeds;
mod moves;
mod sending;
mod standing;
mod taking;

use super::super::entities::EntityId;
use super::super::lexicon::{Frame, lexicon};
use super::super::reading::Reading;
use super::super::tagging::UNLISTED;
use super::Said;
use crate::catalog::catalog;
use crate::model::Kind;

impl Reading {
    /// Adds what a clause says.
    pub(super) fn frame(&mut self, said: &Said<'_>) {
        let (whole, row) = (said, self.row(said));
        let said = row.as_ref().unwrap_or(whole);
        self.relative_places(said);
        self.sourced(said);
        match said.frame {
            Frame::Call => self.call(said),
            Frame::Send | Frame::Store => self.send(said),
            Frame::Read => self.fetch(said),
            Frame::Consume => self.consume(said),
            Frame::Trigger if self.own_work(said) => {}
            Frame::Trigger => self.trigger(said),
            Frame::Use | Frame::Have => self.use_of(said),
            Frame::Tell => self.tell(said),
            Frame::Auth => self.auth(said),
            Frame::Front => self.front(said),
            Frame::Back if self.can_run(said) => {}
            Frame::Back => self.back(said),
            Frame::Hold => self.hold(said),
            Frame::Watch => self.watch(said),
            Frame::Serve => self.serve(said),
            Frame::Provide => self.provide(said),
            Frame::Link => self.link(said),
            Frame::Act => self.act(said),
            Frame::Run => self.between(said),
            Frame::Be => self.be(said),
            Frame::Make => self.make(said),
            Frame::Reply => self.reply(said),
            Frame::Allow => {
                let comes = |&o: &EntityId| {
                    // "These APIs enable the application to upload images"
                    let app = self
                        .entities
                        .all
                        .get(o)
                        .is_some_and(|e| matches!(e.head.as_str(), "app" | "application"));
                    self.person(o) || self.kind(o) == Kind::Client || app
                };
                let people: Vec<EntityId> = said.object.iter().copied().filter(comes).collect();
                if !said.clause.passive() && !said.clause.purpose {
                    self.pairs(&people, &said.actor, &said.bare(), None);
                }
            }
        }
        self.left_over(said);
        if row.is_some() {
            // An overview: what it names may be told again in detail, as "a function" and "a queue".
            for &actor in &whole.actor {
                if let Some(entity) = self.entities.all.get_mut(actor) {
                    entity.linked = false;
                }
            }
        }
    }

    /// "This pattern uses SNS and SQS to fan out events": of the services that a text itself uses together for something,
    /// one hands on to the next. Draws that, and gives the clause with the one that does the deed.
    fn row<'a>(&mut self, said: &Said<'a>) -> Option<Said<'a>> {
        let (&last, before) = said.actor.split_last()?;
        let carries = |&a: &EntityId| {
            self.messaging(a) || matches!(self.kind(a), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn)
        };
        let works = self.kind(last).is_compute() || self.messaging(last) || self.kind(last) == Kind::Workflow;
        let deed = matches!(
            said.frame,
            Frame::Call | Frame::Send | Frame::Store | Frame::Consume | Frame::Trigger | Frame::Tell
        );
        let together =
            said.clause.purpose && !before.is_empty() && said.clause.instrument.len() == said.actor.len();
        if !(together && deed && works && before.iter().all(carries)) {
            return None;
        }
        let unlabelled = Said { label: None, ..said.bare() };
        for pair in said.actor.windows(2) {
            self.pairs(&pair[..1], &pair[1..], &unlabelled, None);
        }
        let does = if said.frame == Frame::Consume { said.actor.first().copied() } else { Some(last) };
        Some(Said { actor: does.into_iter().collect(), ..said.clone() })
    }

    pub(in crate::reader::english) fn kind(&self, id: EntityId) -> Kind {
        self.entities.all.get(id).map_or(Kind::Other, |e| e.kind)
    }

    pub(super) fn messaging(&self, id: EntityId) -> bool {
        // An MQTT broker is a door for devices by kind, and hands messages on all the same.
        self.kind(id).is_messaging()
            || self.entities.all.get(id).is_some_and(|e| {
                let broker = || {
                    let made = e.technologies.first().and_then(|&t| catalog().technologies().get(t));
                    made.is_some_and(|t| lexicon().roles.brokers.contains(t.id))
                        || e.label.to_lowercase().split(' ').any(|w| w == "broker")
                };
                let door = e.kind == Kind::Gateway && broker();
                door || e.head.rsplit(' ').next() == Some("broker")
            })
    }

    pub(in super::super) fn person(&self, id: EntityId) -> bool {
        self.kind(id) == Kind::User
    }

    /// Whether there are some, and all are people.
    pub(super) fn people(&self, ids: &[EntityId]) -> bool {
        !ids.is_empty() && ids.iter().all(|&id| self.person(id))
    }

    /// Something that runs by itself and may start a call.
    fn runs(&self, id: EntityId) -> bool {
        let kind = self.kind(id);
        kind.is_compute()
            || matches!(
                kind,
                Kind::Gateway
                    | Kind::LoadBalancer
                    | Kind::Client
                    | Kind::Analytics
                    | Kind::Device
                    | Kind::Workflow
                    | Kind::Cicd
                    | Kind::Ml
                    | Kind::Scheduler
                    | Kind::External
            )
    }

    /// The one queue, topic, stream or bus of the text, if there is just one.
    fn only_bus(&self) -> Option<EntityId> {
        let mut buses = (0..self.entities.all.len())
            .filter(|&id| self.messaging(id) && self.entities.all.get(id).is_some_and(|e| !e.denied));
        let first = buses.next()?;
        buses.next().is_none().then_some(first)
    }

    /// The one stream, topic or bus of the text, whatever queues there are besides.
    fn only_log(&self) -> Option<EntityId> {
        let logs = |&id: &EntityId| {
            matches!(self.kind(id), Kind::Stream | Kind::Topic | Kind::EventBus)
                && self.entities.all.get(id).is_some_and(|e| !e.denied)
        };
        let mut logs = (0..self.entities.all.len()).filter(logs);
        let first = logs.next()?;
        logs.next().is_none().then_some(first)
    }

    /// Something that keeps what is put in or on it.
    pub(in crate::reader::english::flows) fn keeps(&self, id: EntityId) -> bool {
        let kind = self.kind(id);
        kind.is_store()
            || kind.is_messaging()
            || matches!(kind, Kind::Cache | Kind::Registry | Kind::Search | Kind::Secrets | Kind::Monitoring)
    }

    /// Draws every pair, with the ways between them.
    fn pairs(&mut self, from: &[EntityId], to: &[EntityId], said: &Said<'_>, why: Option<&'static str>) {
        let way: Vec<EntityId> =
            said.way().into_iter().filter(|w| !from.contains(w) && !to.contains(w)).collect();
        let mut starts = from.to_vec();
        for &stop in &way {
            for &start in &starts {
                if starts.len() > 1 && self.crosswise(start, stop) {
                    continue;
                }
                self.link_of(start, stop, said, why);
            }
            starts = vec![stop];
        }
        for &start in &starts {
            for &end in to {
                if starts.len().max(to.len()) > 1 && self.crosswise(start, end) {
                    continue;
                }
                self.link_of(start, end, said, why);
            }
        }
    }

    /// One arrow with the clause's words on it.
    fn link_of(&mut self, from: EntityId, to: EntityId, said: &Said<'_>, why: Option<&'static str>) {
        self.flow(from, to, said.label.as_deref(), said.asynchronous, said.protocol.as_deref(), why);
    }

    /// "X sits in front of Y", "behind Y", "on top of Y", whatever the verb.
    fn relative_places(&mut self, said: &Said<'_>) {
        let place = said.place();
        for (p, host, behind) in &said.attached {
            if matches!(p.as_str(), "front" | "atop") {
                self.pairs(host, behind, &place, None);
            } else {
                self.pairs(behind, host, &place, None);
            }
        }
        let standing = matches!(
            said.frame,
            Frame::Run
                | Frame::Be
                | Frame::Make
                | Frame::Use
                | Frame::Have
                | Frame::Provide
                | Frame::Send
                | Frame::Store
                | Frame::Read
                | Frame::Watch
        );
        let who = if said.actor.is_empty()
            || said.frame != Frame::Run && said.frame != Frame::Be && !said.object.is_empty()
        {
            &said.object
        } else {
            &said.actor
        };
        let who: Vec<EntityId> = if said.clause.passive() { said.object.clone() } else { who.clone() };
        if !standing || who.is_empty() {
            return;
        }
        for (p, ids) in &said.adjuncts {
            match p.as_str() {
                "front" | "before" if !matches!(said.frame, Frame::Send | Frame::Store) || p == "front" => {
                    self.pairs(&who, ids, &place, None);
                }
                "behind" | "beneath" => self.pairs(ids, &who, &place, None),
                "atop" => self.pairs(&who, ids, &place, None),
                _ => {}
            }
        }
    }

    /// "is configured with A as source and B as destination".
    fn sourced(&mut self, said: &Said<'_>) {
        let made = (matches!(said.frame, Frame::Make | Frame::Use | Frame::Have | Frame::Provide)
            || matches!(said.lemma(), "deploy" | "configure" | "set"))
            && !said.object.is_empty()
            && said.object.iter().all(|o| said.roles.iter().all(|(_, role)| role != o));
        let middle = if said.clause.passive() || made { said.object.clone() } else { said.actor.clone() };
        let way = said.way();
        let middle = match way.as_slice() {
            // "through a CDN with the bucket as its origin"
            [door] if !said.clause.passive() && matches!(self.kind(*door), Kind::Cdn | Kind::Gateway) => {
                vec![*door]
            }
            _ => middle,
        };
        let itself = |id: &EntityId| said.roles.iter().any(|(_, role)| role == id);
        let middle: Vec<EntityId> = middle.into_iter().filter(|id| !itself(id)).collect();
        let middle = if middle.is_empty() { said.at(&["to", "for", "of"]) } else { middle };
        for (role, id) in &said.roles {
            let bare = said.bare();
            let asked = middle.iter().all(|&m| self.kind(m) == Kind::Gateway);
            if *role == "source" && !asked {
                self.pairs(&[*id], &middle, &bare, None);
            } else {
                self.pairs(&middle, &[*id], &bare, None);
            }
        }
    }

    /// A component behind a preposition that the frame did not use is a partner of who acts all the same.
    fn left_over(&mut self, said: &Said<'_>) {
        let speaks = matches!(
            said.frame,
            Frame::Call
                | Frame::Send
                | Frame::Store
                | Frame::Read
                | Frame::Consume
                | Frame::Trigger
                | Frame::Tell
                | Frame::Make
                | Frame::Act
                | Frame::Watch
                | Frame::Have
                | Frame::Provide
                | Frame::Use
        );
        let unlisted = said.clause.verb.as_ref().is_some_and(|v| v.verb == UNLISTED);
        let [actor] = said.actor.as_slice() else { return };
        let actor = *actor;
        if !speaks
            || lexicon().roles.obeying_verbs.contains(said.lemma())
            || said.agentless
            || said.clause.conditional
        {
            return;
        }
        let bare = said.bare();
        if unlisted && !said.clause.passive() {
            let objects: Vec<EntityId> =
                said.object.iter().copied().filter(|&o| !self.met(actor, o)).collect();
            self.pairs(&[actor], &objects, &bare, None);
        }
        for (p, ids) in &said.adjuncts {
            for &id in ids {
                let in_role = said.roles.iter().any(|(_, role)| *role == id);
                if id == actor || self.met(actor, id) || self.used(id) || in_role {
                    continue;
                }
                match p.as_str() {
                    // "resolves to a distribution with a WAF": the guard of where it leads.
                    // "through the gateway with a WAF": the guard of the way.
                    "with" if self.kind(id) == Kind::Waf && !said.way().is_empty() => {}
                    "with" if self.kind(id) == Kind::Waf && !said.at(&["to", "into"]).is_empty() => {
                        let guarded = said.at(&["to", "into"]);
                        self.pairs(&guarded, &[id], &bare.place(), None);
                    }
                    "from" | "out" if self.messaging(id) => self.pairs(&[id], &[actor], &bare, None),
                    "with" | "via" | "through" | "over" | "using" | "against" | "from" | "to" | "into"
                    | "onto"
                        if !self.person(id) =>
                    {
                        self.pairs(&[actor], &[id], &bare, None);
                    }
                    "in" | "on"
                        if said.frame == Frame::Trigger
                            && (self.kind(id).is_compute()
                                || matches!(
                                    self.kind(id),
                                    Kind::Cicd | Kind::Workflow | Kind::Analytics | Kind::Ml
                                )) =>
                    {
                        self.pairs(&[actor], &[id], &bare, None);
                    }
                    "in" | "on" | "at"
                        if !self.person(id)
                            && (self.keeps(id)
                                || self.person(actor)
                                || matches!(
                                    self.kind(id),
                                    Kind::External | Kind::Analytics | Kind::Ml | Kind::Workflow
                                )
                                || self.entities.all.get(id).is_some_and(|e| {
                                    e.head.ends_with("engine") || e.head.ends_with("system")
                                })) =>
                    {
                        self.pairs(&[actor], &[id], &bare, None);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether an arrow joins the two, either way.
    pub(in super::super) fn met(&self, a: EntityId, b: EntityId) -> bool {
        self.flows.iter().any(|f| f.from == a && f.to == b || f.from == b && f.to == a)
    }

    /// Whether the sentence has an arrow from or to it already.
    fn used(&self, id: EntityId) -> bool {
        self.flows.drawn_last(self.span).any(|f| f.from == id || f.to == id)
    }

    /// The program with the most arrows of its own: whom general statements are about.
    pub(in super::super) fn principal(&self) -> Option<EntityId> {
        let mut counts = vec![0_usize; self.entities.all.len()];
        for flow in self.flows.iter() {
            if let Some(count) = counts.get_mut(flow.from) {
                *count += 1;
            }
        }
        let out = |id: EntityId| counts.get(id).copied().unwrap_or(0);
        let mut best: Option<(usize, EntityId)> = None;
        for (id, entity) in self.entities.all.iter().enumerate() {
            let runs = entity.kind.is_compute() || matches!(entity.kind, Kind::Client | Kind::Cicd);
            if runs && !entity.denied && out(id) > best.map_or(0, |b| b.0) {
                best = Some((out(id), id));
            }
        }
        best.map(|b| b.1)
    }
}
