//! One function for each frame of verbs: what its parts mean for arrows.

use super::super::entities::EntityId;
use super::super::lexicon::{Form, Frame};
use super::super::reading::Reading;
use super::Said;
use crate::model::Kind;

impl Reading {
    /// Adds what a clause says.
    pub(super) fn frame(&mut self, said: &Said<'_>) {
        self.relative_places(said);
        match said.frame {
            Frame::Call => self.call(said),
            Frame::Send | Frame::Store => self.send(said),
            Frame::Read => self.fetch(said),
            Frame::Consume => self.consume(said),
            Frame::Trigger => self.trigger(said),
            Frame::Use | Frame::Have => self.use_of(said),
            Frame::Tell => self.tell(said),
            Frame::Auth => self.auth(said),
            Frame::Front => self.pairs(&said.actor, &said.object, said, None),
            Frame::Back => self.back(said),
            Frame::Hold => self.hold(said),
            Frame::Watch => self.pairs(&said.actor, &said.object, said, None),
            Frame::Serve => self.serve(said),
            Frame::Provide => self.provide(said),
            Frame::Link => self.link(said),
            Frame::Act => self.act(said),
            Frame::Run => self.between(said),
            Frame::Be => self.be(said),
            Frame::Make | Frame::Reply | Frame::Allow => {}
        }
    }

    fn kind(&self, id: EntityId) -> Kind {
        self.entities.all.get(id).map_or(Kind::Other, |e| e.kind)
    }

    fn messaging(&self, id: EntityId) -> bool {
        self.kind(id).is_messaging()
    }

    /// The one queue, topic, stream or bus of the text, if there is just one.
    fn only_bus(&self) -> Option<EntityId> {
        let mut buses = (0..self.entities.all.len())
            .filter(|&id| self.messaging(id) && self.entities.all.get(id).is_some_and(|e| !e.denied));
        let first = buses.next()?;
        buses.next().is_none().then_some(first)
    }

    fn keeps(&self, id: EntityId) -> bool {
        let kind = self.kind(id);
        kind.is_store()
            || kind.is_messaging()
            || matches!(kind, Kind::Cache | Kind::Registry | Kind::Secrets | Kind::Monitoring)
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
                self.flow(
                    start,
                    stop,
                    said.label.as_deref(),
                    said.asynchronous,
                    said.protocol.as_deref(),
                    why,
                );
            }
            starts = vec![stop];
        }
        for &start in &starts {
            for &end in to {
                if starts.len().max(to.len()) > 1 && self.crosswise(start, end) {
                    continue;
                }
                self.flow(
                    start,
                    end,
                    said.label.as_deref(),
                    said.asynchronous,
                    said.protocol.as_deref(),
                    why,
                );
            }
        }
    }

    /// "X sits in front of Y", "behind Y", "on top of Y", whatever the verb.
    fn relative_places(&mut self, said: &Said<'_>) {
        let standing = matches!(
            said.frame,
            Frame::Run | Frame::Be | Frame::Make | Frame::Use | Frame::Have | Frame::Provide | Frame::Send
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
        let (who, said) = (who.clone(), said.clone());
        for (p, ids) in &said.adjuncts {
            let bare = Said { adjuncts: Vec::new(), ..said.clone() };
            match p.as_str() {
                "front" | "before" if said.frame != Frame::Send || p == "front" => {
                    self.pairs(&who, ids, &bare, None)
                }
                "behind" | "beneath" => self.pairs(ids, &who, &bare, None),
                "atop" => self.pairs(&who, ids, &bare, None),
                _ => {}
            }
        }
    }

    fn call(&mut self, said: &Said<'_>) {
        let mut to = said.object.clone();
        let callers = said.at(&["from"]);
        if said.clause.passive() && said.agentless && !callers.is_empty() {
            return self.pairs(&callers, &to, said, None);
        }
        let behind = said.at(&["to", "into", "on", "with", "against", "at", "from"]);
        if to.is_empty() || to.iter().all(|&t| self.kind(t) == Kind::User) {
            to = behind;
        }
        if to.is_empty() {
            let way = said.way();
            if let (Some((&last, _)), false) = (way.split_last(), said.actor.is_empty()) {
                to = vec![last];
            }
        }
        self.pairs(&said.actor, &to, said, None);
    }

    fn send(&mut self, said: &Said<'_>) {
        let mut to = said.at(&["to", "into", "onto", "toward", "towards", "against"]);
        let near: Vec<EntityId> = said.at(&["in", "on", "at", "inside", "within", "with"]);
        if to.is_empty() {
            to = near
                .into_iter()
                .filter(|&id| {
                    said.frame == Frame::Store && self.kind(id) != Kind::User
                        || self.keeps(id)
                        || said.clause.passive() && matches!(self.kind(id), Kind::Analytics)
                })
                .collect();
        }
        let from = said.at(&["from", "out"]);
        let mut actor = said.actor.clone();
        let people =
            |r: &Self, ids: &[EntityId]| !ids.is_empty() && ids.iter().all(|&o| r.kind(o) == Kind::User);
        if to.is_empty() {
            return self.send_object(said, &from);
        }
        if people(self, &said.object) && !said.clause.passive() && !said.data_acts && !people(self, &to) {
            let bare = Said { adjuncts: Vec::new(), ..said.clone() };
            self.pairs(&said.object, &actor, &bare, None);
        }
        let arrives = said.data_acts || said.agentless && said.object.is_empty();
        if arrives && !from.is_empty() {
            actor.clone_from(&from);
        } else if arrives && said.actor.is_empty() {
            actor = self.actor.into_iter().collect();
        }
        if !from.is_empty() && !arrives {
            let stops: Vec<EntityId> = from.iter().copied().filter(|f| !actor.contains(f)).collect();
            let bare = Said { adjuncts: Vec::new(), ..said.clone() };
            if people(self, &actor)
                && stops.iter().all(|&s| matches!(self.kind(s), Kind::Client | Kind::Device))
                || actor.is_empty()
            {
                self.pairs(&actor, &stops, &bare, None);
                actor = if stops.is_empty() { actor } else { stops };
            } else if said.agentless {
                actor = stops;
            } else {
                let (messaging, plain): (Vec<_>, Vec<_>) =
                    stops.into_iter().partition(|&s| self.messaging(s));
                self.pairs(&messaging, &actor, &bare, None);
                self.pairs(&actor, &plain, &bare, None);
            }
        }
        let moved: Vec<EntityId> =
            said.object.iter().copied().filter(|&o| self.kind(o).is_store() && !to.contains(&o)).collect();
        if !moved.is_empty() && actor.is_empty() {
            actor = moved;
        }
        actor.retain(|a| !to.contains(a));
        self.pairs(&actor, &to, said, None);
    }

    /// Something is sent or stored without a place behind `to`.
    fn send_object(&mut self, said: &Said<'_>, from: &[EntityId]) {
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
            let mut way = said.way();
            if let (true, true, Some(bus)) = (
                way.is_empty(),
                said.asynchronous == Some(true) && from.is_empty() && !said.data_acts,
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
        if !from.is_empty() {
            let bare = Said { adjuncts: Vec::new(), ..said.clone() };
            self.pairs(&said.actor, from, &bare, None);
        }
    }

    fn fetch(&mut self, said: &Said<'_>) {
        let mut sources = said.at(&["from", "out"]);
        if sources.is_empty() {
            sources = said.object.clone();
        }
        if sources.is_empty() {
            sources = said.at(&["in", "on", "at", "of", "against"]);
        }
        let to: Vec<EntityId> = said.at(&["to", "into", "onto"]);
        let actor: Vec<EntityId> = said.actor.iter().copied().filter(|a| !sources.contains(a)).collect();
        let nobody = actor.is_empty() || said.clause.inherited && said.clause.subject.is_empty();
        if let (true, Some((&last, before))) = (nobody && !sources.is_empty(), said.way().split_last()) {
            let adjuncts = vec![("via".to_owned(), before.to_vec())];
            return self.pairs(&sources, &[last], &Said { adjuncts, ..said.clone() }, None);
        }
        let (messaging, plain): (Vec<_>, Vec<_>) = sources.into_iter().partition(|&s| self.messaging(s));
        if !messaging.is_empty() {
            self.pairs(&messaging, &actor, &Said { asynchronous: Some(true), ..said.clone() }, None);
        }
        if plain.is_empty() && messaging.is_empty() && !said.way().is_empty() {
            let mut way = said.way();
            if let Some(last) = way.pop() {
                self.pairs(&actor, &[last], said, None);
            }
        } else if said.agentless && !to.is_empty() {
            return self.pairs(&plain, &to, said, None);
        } else {
            self.pairs(&actor, &plain, said, None);
        }
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        self.pairs(&actor, &to, &bare, None);
    }

    fn consume(&mut self, said: &Said<'_>) {
        let mut sources = said.at(&["from", "out", "off"]);
        if sources.is_empty() {
            sources = said
                .object
                .iter()
                .copied()
                .filter(|&o| self.messaging(o) || self.kind(o).is_store())
                .collect();
        }
        if sources.is_empty() {
            sources = said.at(&["to", "on", "at", "via", "over", "in", "through"]);
        }
        let lemma = said.clause.verb.as_ref().map_or(Frame::Be, |v| v.frame);
        let pronoun = sources.is_empty() && lemma == Frame::Consume;
        if let (true, Some(sink), false) = (pronoun, self.sink, said.agentless) {
            let fed = self.flows.iter().any(|f| f.from == sink);
            let feeds = said.actor.iter().any(|&a| self.flows.iter().any(|f| f.from == a && f.to == sink));
            if self.messaging(sink) && !fed && !feeds && !said.data_acts {
                sources = vec![sink];
                self.rule("who takes something after it was queued takes it from the queue");
            }
        }
        let reacts = said.clause.verb.as_ref().is_some_and(|v| !v.passive)
            && said.adjuncts.iter().all(|(p, _)| p != "from");
        if sources.is_empty()
            && reacts
            && !said.data_acts
            && said.clause.behind(&["to", "for"]).next().is_some()
        {
            sources = self.only_bus().into_iter().collect();
            self.rule("what is awaited comes over the one bus there is");
        }
        let actor: Vec<EntityId> = said.actor.iter().copied().filter(|a| !sources.contains(a)).collect();
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        for source in sources {
            let asynchronous = if self.messaging(source) { Some(true) } else { said.asynchronous };
            self.pairs(&[source], &actor, &Said { asynchronous, ..bare.clone() }, None);
        }
    }

    fn trigger(&mut self, said: &Said<'_>) {
        let mut from = said.actor.clone();
        if from.is_empty() {
            from = said.at(&["from", "via", "on"]);
        }
        let mut asynchronous = said.asynchronous;
        if said.object.is_empty()
            && let Some((&last, _)) = said.way().split_last()
        {
            return self.pairs(&from, &[last], said, None);
        }
        if from.is_empty() && (said.data_acts || said.agentless) {
            from = self.sink.into_iter().filter(|s| !said.object.contains(s)).collect();
            if from.is_empty() {
                from = self.actor.into_iter().filter(|s| !said.object.contains(s)).collect();
            }
            self.rule("an event comes from where the data went last");
        }
        let event_source = |r: &Self, id: &EntityId| r.messaging(*id) || matches!(r.kind(*id), Kind::Storage);
        if from.iter().all(|id| event_source(self, id)) {
            asynchronous = Some(true);
        }
        self.pairs(&from, &said.object, &Said { asynchronous, ..said.clone() }, None);
    }

    fn use_of(&mut self, said: &Said<'_>) {
        if said.agentless {
            return;
        }
        let to: Vec<EntityId> = said.object.iter().copied().filter(|&o| self.kind(o) != Kind::User).collect();
        let from: Vec<EntityId> = said.actor.clone();
        for &a in &from {
            for &b in &to {
                if from.len().max(to.len()) > 1 && self.crosswise(a, b) || self.framework(a, b) {
                    continue;
                }
                if self.messaging(a) && said.frame == Frame::Have
                    || matches!(self.kind(b), Kind::Client) && self.kind(a) != Kind::User
                {
                    continue;
                }
                self.flow(a, b, said.label.as_deref(), said.asynchronous, said.protocol.as_deref(), None);
            }
        }
    }

    fn tell(&mut self, said: &Said<'_>) {
        let mut to = said.object.clone();
        if to.is_empty() {
            to = said.at(&["to", "on", "in"]);
        }
        if said.way().is_empty() && to.is_empty() {
            return;
        }
        self.pairs(&said.actor, &to, said, None);
    }

    fn auth(&mut self, said: &Said<'_>) {
        let mut to = said.at(&["with", "via", "through", "against", "using", "to", "at", "from"]);
        to.retain(|&id| {
            matches!(
                self.kind(id),
                Kind::Identity
                    | Kind::Service
                    | Kind::External
                    | Kind::Gateway
                    | Kind::Function
                    | Kind::Client
                    | Kind::Database
            )
        });
        if said.clause.passive() {
            let who =
                if said.object.is_empty() { self.actor.into_iter().collect() } else { said.object.clone() };
            let by = if to.is_empty() { said.actor.clone() } else { to };
            let bare = Said { adjuncts: Vec::new(), ..said.clone() };
            return self.pairs(&who, &by, &bare, None);
        }
        if to.is_empty() {
            to = said.object.iter().copied().filter(|&o| self.kind(o) != Kind::User).collect();
        }
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        self.pairs(&said.actor, &to, &bare, None);
    }

    fn back(&mut self, said: &Said<'_>) {
        if said.clause.passive() {
            self.pairs(
                &said.object.clone(),
                &said.actor.clone(),
                &Said { adjuncts: Vec::new(), ..said.clone() },
                None,
            );
        } else {
            self.pairs(&said.object, &said.actor, said, None);
        }
    }

    /// A store keeps something: for whom, or for who acted last.
    fn hold(&mut self, said: &Said<'_>) {
        let owners = said.at(&["for"]);
        self.pairs(&owners, &said.actor, &Said { adjuncts: Vec::new(), ..said.clone() }, None);
    }

    fn serve(&mut self, said: &Said<'_>) {
        let from = said.at(&["from", "out"]);
        let to = said.at(&["to"]);
        let way = said.way();
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        let server = if said.actor.is_empty() || said.agentless { way.clone() } else { said.actor.clone() };
        if server.is_empty() {
            return;
        }
        if !from.is_empty() {
            self.pairs(&server, &from, &bare, None);
        }
        let clients: Vec<EntityId> = said
            .object
            .iter()
            .chain(&to)
            .copied()
            .filter(|&o| matches!(self.kind(o), Kind::User | Kind::Client))
            .collect();
        self.pairs(&clients, &server, &bare, None);
        let content: Vec<EntityId> = said
            .object
            .iter()
            .copied()
            .filter(|&o| self.kind(o).is_store() || o != usize::MAX && self.kind(o) == Kind::Gateway)
            .collect();
        if said.clause.passive() {
            self.pairs(&server, &content, &bare, None);
        }
    }

    fn provide(&mut self, said: &Said<'_>) {
        let to = said.at(&["to"]);
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        self.pairs(&to, &said.actor, &bare, None);
        let door = said.at(&["via", "through", "using"]);
        if said.clause.passive() {
            self.pairs(&door, &said.object, &bare, None);
        }
    }

    fn link(&mut self, said: &Said<'_>) {
        let with = said.at(&["with", "to", "into"]);
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        if said.clause.passive() || said.actor.is_empty() {
            return self.pairs(&said.object, &with, &bare, None);
        }
        if said.object.is_empty() {
            self.pairs(&said.actor, &with, &bare, None);
        } else if !with.is_empty() {
            self.pairs(&said.object, &with, &bare, None);
        }
    }

    /// A deed that says nothing of partners by itself: its prepositions may.
    fn act(&mut self, said: &Said<'_>) {
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        let with: Vec<EntityId> = said
            .at(&["with", "via", "through", "using", "against", "over"])
            .into_iter()
            .filter(|w| !said.actor.contains(w))
            .collect();
        let inside: Vec<EntityId> = said
            .at(&["in", "on"])
            .into_iter()
            .filter(|&w| {
                matches!(
                    self.kind(w),
                    Kind::Analytics
                        | Kind::Ml
                        | Kind::Function
                        | Kind::Service
                        | Kind::Workflow
                        | Kind::Client
                ) && !said.actor.contains(&w)
            })
            .collect();
        self.pairs(&said.actor, &with, &bare, None);
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
            self.pairs(if said.clause.passive() { &from } else { &said.actor }, &inside, &bare, None);
        }
        let from = said.at(&["from"]);
        let (messaging, plain): (Vec<_>, Vec<_>) = from.into_iter().partition(|&s| self.messaging(s));
        self.pairs(&messaging, &said.actor, &bare, None);
        self.pairs(&said.actor, &plain, &bare, None);
        let to = said.at(&["to", "into"]);
        self.pairs(&said.actor, &to, &bare, None);
    }

    fn between(&mut self, said: &Said<'_>) {
        let ends = said.at(&["between"]);
        if let [a, b] = ends.as_slice() {
            let bare = Said { adjuncts: Vec::new(), ..said.clone() };
            let middle = if said.clause.passive() { said.object.clone() } else { said.actor.clone() };
            self.pairs(&[*a], &middle, &bare, None);
            self.pairs(&middle, &[*b], &bare, None);
        }
    }

    fn be(&mut self, said: &Said<'_>) {
        self.between(said);
        let whose = said.clause.adjuncts.iter().any(|(p, _)| p == "whose");
        if whose {
            let bare = Said { adjuncts: Vec::new(), ..said.clone() };
            self.pairs(&said.actor, &said.object, &bare, None);
        }
        let bare = Said { adjuncts: Vec::new(), ..said.clone() };
        if said.clause.verb.is_none() {
            let into = said.at(&["to", "into"]);
            self.pairs(&said.actor, &into, &bare, None);
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
}
