//! What is sent, stored, fetched and consumed: data goes from who has it to who gets it; readers call stores.

use super::super::super::entities::EntityId;
use super::super::super::lexicon::{Frame, lexicon};
use super::super::super::reading::Reading;
use super::super::Said;
use crate::model::Kind;

impl Reading {
    pub(super) fn send(&mut self, said: &Said<'_>) {
        let keeper = said.clause.passive()
            && !said.agentless
            && !said.actor.is_empty()
            && said.object.is_empty()
            && said.actor.iter().all(|&a| self.keeps(a) || self.kind(a) == Kind::Search)
            && said.at(&["to", "into"]).is_empty();
        let there = said.agentless && said.frame == Frame::Store && said.object.is_empty();
        if (keeper || there) && said.clause.adjuncts.iter().any(|(p, _)| p == "where") {
            // "goes to the bucket, where it is kept": it is there already.
            return;
        }
        if keeper {
            // "the text is indexed by the search engine"
            let mover: Vec<EntityId> =
                self.sentence_actor.or(self.mover).or(self.actor).into_iter().collect();
            return self.pairs(&mover, &said.actor, &said.bare(), None);
        }
        let mut to = said.at(&["to", "into", "onto", "toward", "towards", "against"]);
        if to.is_empty() && said.frame == Frame::Send {
            to = said.at(&["dative"]);
        }
        let near: Vec<EntityId> = said.at(&["in", "on", "at", "inside", "within", "with"]);
        if to.is_empty() {
            to = near
                .into_iter()
                .filter(|&id| {
                    said.frame == Frame::Store && self.kind(id) != Kind::User
                        || self.keeps(id)
                        || matches!(self.kind(id), Kind::External | Kind::Notification | Kind::Email)
                        || said.clause.passive() && matches!(self.kind(id), Kind::Analytics)
                })
                .collect();
        }
        if to.is_empty() && said.clause.behind(&["in", "into", "to"]).next().is_some() {
            // "in its own schema of a shared database"
            to = said.at(&["of"]).into_iter().filter(|&o| self.kind(o).is_store()).collect();
        }
        let from = said.at(&["from", "out"]);
        let shown = said.agentless
            && said.frame == Frame::Send
            && to.iter().all(|&t| matches!(self.kind(t), Kind::Analytics | Kind::Monitoring))
            && said.label.as_deref().is_some_and(|l| {
                ["display", "show", "present", "visualise"].iter().any(|v| l.starts_with(v))
            });
        let shown_of = self.sink.or(said.actor.first().copied());
        if let (true, Some(sink), true) = (shown, shown_of, from.is_empty()) {
            return self.pairs(&to, &[sink], &said.bare(), None);
        }
        let mut actor = said.actor.clone();
        if let Some(queue) = self.failed_in(said, &to).filter(|_| from.is_empty()) {
            self.rule("messages that fail leave the queue they were in");
            return self.pairs(&[queue], &to, said, None);
        }
        self.taken_along(said, &to, &from);
        let common = to.iter().all(|&t| matches!(self.kind(t), Kind::Secrets | Kind::Monitoring));
        if (said.agentless || said.data_acts)
            && common
            && from.is_empty()
            && !to.is_empty()
            && let Some(principal) = self.named_in(said).or_else(|| self.principal())
        {
            self.rule("secrets and telemetry are those of who does most");
            return self.pairs(&[principal], &to, said, None);
        }
        let people =
            |r: &Self, ids: &[EntityId]| !ids.is_empty() && ids.iter().all(|&o| r.kind(o) == Kind::User);
        let elsewhere = !said.clause.passive()
            && people(self, &said.object)
            && !people(self, &actor)
            && !actor.is_empty()
            && said.clause.behind(&["to", "into"]).next().is_some();
        if to.is_empty() && matches!(said.frame, Frame::Send) {
            for &place in said
                .places
                .iter()
                .filter(|(p, _)| matches!(p.as_str(), "to" | "into"))
                .map(|(_, place)| place)
            {
                let routes = |r: &Self, a: EntityId| {
                    matches!(r.kind(a), Kind::Dns | Kind::LoadBalancer | Kind::Cdn | Kind::Gateway)
                };
                let from: Vec<EntityId> = actor.iter().copied().filter(|&a| routes(self, a)).collect();
                self.toward.extend(from.into_iter().map(|a| (a, place, said.label.clone())));
            }
        }
        if to.is_empty() && elsewhere {
            // "the DNS sends users to the primary region"
            return self.pairs(&said.object, &actor, &said.bare(), None);
        }
        if to.is_empty() {
            return self.send_object(said, &from);
        }
        let led = said.frame == Frame::Send && people(self, &said.object) && !people(self, &to);
        if led && !said.clause.passive() && !said.data_acts {
            let bare = said.bare();
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
            let bare = said.bare();
            let onward = !people(self, &to);
            if people(self, &actor)
                && stops.iter().all(|&s| onward || matches!(self.kind(s), Kind::Client | Kind::Device))
                || actor.is_empty()
            {
                self.pairs(&actor, &stops, &bare, None);
                actor = if stops.is_empty() { actor } else { stops };
            } else if said.agentless {
                actor = stops;
            } else {
                let (messaging, plain): (Vec<_>, Vec<_>) =
                    stops.into_iter().partition(|&s| self.messaging(s) || self.kind(s) == Kind::Gateway);
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
        if let ([store], "archive") = (to.as_slice(), said.lemma())
            && let Some(entity) = self.entities.all.get_mut(*store)
        {
            // "archives readings in a bucket": it is the archive from now on.
            entity.names.push("archive".to_owned());
        }
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

    /// The queue whose messages go to a dead-letter queue, when nobody else is said to move them.
    fn failed_in(&self, said: &Said<'_>, to: &[EntityId]) -> Option<EntityId> {
        let dead = |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.head == "dead letter queue");
        let messages = said.heads.iter().any(|h| lexicon().roles.carried_heads.contains(h));
        if !(said.agentless || said.data_acts) || !messages || to.is_empty() || !to.iter().all(|&t| dead(t)) {
            return None;
        }
        let holds = |id: &EntityId| {
            matches!(self.kind(*id), Kind::Queue | Kind::Topic)
                && !dead(*id)
                && self.entities.all.get(*id).is_some_and(|e| !e.denied && e.linked)
        };
        self.recent.iter().rev().copied().find(holds)
    }

    /// "copies them to the lake": who moves what lies in a store takes it from there, and keeps what it gave the store.
    fn taken_along(&mut self, said: &Said<'_>, to: &[EntityId], from: &[EntityId]) {
        let moves = matches!(
            said.lemma(),
            "copy" | "move" | "transfer" | "migrate" | "replicate" | "sync" | "synchronise" | "synchronize"
        );
        let Some(sink) = self.sink.filter(|s| !to.contains(s) && self.kind(*s).is_store()) else { return };
        let them = said.pronoun && said.object.is_empty() && from.is_empty();
        let [actor] = said.actor.as_slice() else { return };
        let own = self.flows.iter().any(|f| f.from == *actor && f.to == sink);
        if moves && them && !own && !said.agentless && !said.data_acts && !self.keeps(*actor) {
            self.rule("who moves what lies in a store takes it from there");
            self.pairs(&[*actor], &[sink], &said.bare(), None);
        }
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

    /// "reads the stream from the hub": a stream without a name of its own is what comes from there.
    fn stream_of(&mut self, said: &Said<'_>, sources: &[EntityId]) -> bool {
        let [stream] = said.object.as_slice() else { return false };
        let plain = self.entities.all.get(*stream).is_some_and(|e| {
            e.kind == Kind::Stream && e.technologies.is_empty() && e.modifiers.is_empty() && !e.linked
        });
        let live = |&s: &EntityId| self.messaging(s) || matches!(self.kind(s), Kind::Gateway | Kind::Device);
        if !plain || sources.is_empty() || !sources.iter().all(live) || said.actor.is_empty() {
            return false;
        }
        if let Some(entity) = self.entities.all.get_mut(*stream) {
            entity.weak = true;
        }
        true
    }

    /// "they get a Slack message": people are reached by what carries it.
    fn reached(&mut self, said: &Said<'_>) -> bool {
        let people = !said.actor.is_empty() && said.actor.iter().all(|&a| self.kind(a) == Kind::User);
        let carries = |&o: &EntityId| {
            matches!(self.kind(o), Kind::Notification | Kind::Email | Kind::External | Kind::Topic)
        };
        let carried = !said.object.is_empty() && said.object.iter().all(carries) && said.data.is_some();
        let gets = matches!(said.lemma(), "get" | "receive") && !said.clause.passive();
        if people && carried && gets {
            self.pairs(&said.object, &said.actor, said, None);
        }
        people && carried && gets
    }

    pub(super) fn fetch(&mut self, said: &Said<'_>) {
        if self.reached(said) {
            return;
        }
        let mut sources = said.at(&["from", "out"]);
        if self.stream_of(said, &sources) {
            return self.pairs(
                &sources,
                &said.actor,
                &Said { asynchronous: Some(true), ..said.bare() },
                None,
            );
        }
        if sources.is_empty() {
            sources = said.object.clone();
        }
        if sources.is_empty() {
            sources = said.at(&["in", "on", "at", "of", "against"]);
        }
        let to: Vec<EntityId> =
            said.at(&["to", "into", "onto"]).into_iter().filter(|&t| !self.person(t)).collect();
        let actor: Vec<EntityId> = said.actor.iter().copied().filter(|a| !sources.contains(a)).collect();
        let what = said.data.as_deref().unwrap_or("").to_lowercase();
        let pushed = lexicon().roles.pushed_heads.iter().any(|h| what.contains(h));
        let pushes =
            |&s: &EntityId| matches!(self.kind(s), Kind::External | Kind::Notification | Kind::Email);
        if pushed && !sources.is_empty() && sources.iter().all(pushes) {
            // "the app gets push messages from Firebase": they come by themselves.
            return self.pairs(&sources, &actor, said, None);
        }
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
        let bare = said.bare();
        self.pairs(&actor, &to, &bare, None);
    }

    /// Where something lies that is taken without saying from where: the queue it went to last.
    fn queued(&self, said: &Said<'_>) -> Option<EntityId> {
        // "consumes it", "subscribes to the event": what was published may have several readers.
        let event = said.pronoun && said.object.iter().all(|&o| !self.runs(o))
            || said.heads.iter().any(|h| lexicon().roles.carried_heads.contains(h));
        let told = event
            && matches!(said.lemma(), "consume" | "subscribe" | "listen" | "react" | "receive" | "pick");
        let frame = said.clause.verb.as_ref().map_or(Frame::Be, |v| v.frame);
        let last = self.sink.filter(|&s| self.messaging(s)).or(self.medium.filter(|_| told))?;
        let fed = !told && self.flows.iter().any(|f| f.from == last);
        let feeds = said.actor.iter().any(|&a| self.flows.iter().any(|f| f.from == a && f.to == last));
        let open = frame == Frame::Consume && !said.agentless && !said.data_acts;
        (open && !fed && !feeds).then_some(last)
    }

    pub(super) fn consume(&mut self, said: &Said<'_>) {
        if self.reached(said) {
            return;
        }
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
            let asked = said.at(&["via", "through"]);
            if said.lemma() == "take" && !asked.is_empty() && asked.iter().all(|&a| !self.messaging(a)) {
                // "takes the fee through the payment provider"
                return self.pairs(&said.actor, &asked, &said.bare(), None);
            }
        }
        let outside =
            |&s: &EntityId| matches!(self.kind(s), Kind::External | Kind::Email | Kind::Notification);
        let through = said.at(&["through", "via"]);
        if said.object.is_empty() && !through.is_empty() && through == sources && through.iter().all(outside)
        {
            // "takes the fee through Stripe"
            return self.pairs(&said.actor, &through, &said.bare(), None);
        }
        if let Some(queue) = self.queued(said).filter(|_| sources.is_empty()) {
            sources = vec![queue];
            self.rule("who takes something after it was queued takes it from the queue");
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
        let bare = said.bare();
        for source in sources {
            let listens = said.label.as_deref().is_some_and(|l| {
                ["subscribe", "listen", "react", "tail", "replay"].iter().any(|v| l.starts_with(v))
            });
            let asks = !listens
                && (self.kind(source).is_store() || self.kind(source) == Kind::Cache)
                && !matches!(self.kind(source), Kind::Storage);
            if asks {
                self.pairs(&actor, &[source], &bare, None);
                continue;
            }
            let asynchronous = if self.messaging(source) { Some(true) } else { said.asynchronous };
            self.pairs(&[source], &actor, &Said { asynchronous, ..bare.clone() }, None);
        }
    }
}
