//! What is fetched and consumed: data goes from who has it to who gets it; readers call stores.

use super::super::super::entities::EntityId;
use super::super::super::lexicon::{Frame, lexicon};
use super::super::super::reading::Reading;
use super::super::Said;
use crate::model::Kind;

impl Reading {
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
        if self.mailed(said) {
            return true;
        }
        let people = self.people(&said.actor);
        let carries = |&o: &EntityId| {
            matches!(self.kind(o), Kind::Notification | Kind::Email | Kind::External | Kind::Topic)
        };
        let message = |&o: &EntityId| matches!(self.kind(o), Kind::Notification | Kind::Email);
        let carried = !said.object.is_empty()
            && said.object.iter().all(carries)
            && (said.data.is_some() || said.object.iter().all(message));
        let gets = matches!(said.lemma(), "get" | "receive") && !said.clause.passive();
        if people && carried && gets {
            self.pairs(&said.object, &said.actor, said, None);
        }
        people && carried && gets
    }

    /// "the uploader gets an email via SES": who is written to is a person, and is reached by what carries it.
    fn mailed(&mut self, said: &Said<'_>) -> bool {
        let what = said.data.as_deref().unwrap_or("").to_lowercase();
        let written =
            ["email", "e-mail", "mail", "sms", "text message", "letter"].iter().any(|w| what.ends_with(w));
        let gets =
            matches!(said.lemma(), "get" | "receive") && !said.clause.passive() && said.object.is_empty();
        let carrier: Vec<EntityId> = said
            .at(&["via", "through", "by", "with", "from"])
            .into_iter()
            .filter(|&c| matches!(self.kind(c), Kind::Email | Kind::Notification))
            .collect();
        let ([who], true, false) = (said.actor.as_slice(), written && gets, carrier.is_empty()) else {
            return false;
        };
        let plain = self.entities.all.get(*who).is_some_and(|e| {
            matches!(e.kind, Kind::Service | Kind::User) && e.technologies.is_empty() && !e.linked
        });
        if !plain {
            return false;
        }
        if let Some(entity) = self.entities.all.get_mut(*who) {
            entity.kind = Kind::User;
        }
        let sender: Vec<EntityId> = self.actor.into_iter().filter(|a| a != who).collect();
        let sent = Said { label: said.data.clone(), ..said.bare() };
        self.pairs(&sender, &carrier, &sent, None);
        self.pairs(&carrier, &said.actor, &sent, None);
        true
    }

    /// "Application Insights collects telemetry from the web app": what watches gets what the others send, unless it is
    /// known to fetch it.
    fn gathers(&mut self, said: &Said<'_>) -> bool {
        let [watcher] = said.actor.as_slice() else { return false };
        let gathers = matches!(said.lemma(), "collect" | "gather" | "receive" | "capture" | "ingest");
        let managed = self.entities.all.get(*watcher).is_some_and(|e| {
            let entry = e.technologies.first().and_then(|&t| crate::catalog::catalog().technologies().get(t));
            entry.is_some_and(|t| t.managed)
        });
        if !gathers || said.clause.passive() || self.kind(*watcher) != Kind::Monitoring || !managed {
            return false;
        }
        let mut senders = said.at(&["from", "of", "on", "for", "about", "across"]);
        senders.extend(said.object.iter().copied());
        senders.retain(|s| s != watcher && !self.person(*s));
        if senders.is_empty() {
            senders.extend(self.principal().filter(|p| p != watcher && self.kind(*p) != Kind::Cicd));
            self.rule("secrets and telemetry are those of who does most");
        }
        self.pairs(&senders, &[*watcher], &said.bare(), None);
        true
    }

    pub(super) fn fetch(&mut self, said: &Said<'_>) {
        if self.in_app(said) || self.gathers(said) {
            return;
        }
        if self.reached(said) {
            return;
        }
        let (given, onward) = (said.at(&["from"]), said.at(&["to", "into"]));
        let stores = |ids: &[EntityId]| !ids.is_empty() && ids.iter().all(|&id| self.kind(id).is_store());
        if matches!(said.lemma(), "get" | "receive") && stores(&given) && stores(&onward) {
            // "finance gets an export from the database into the warehouse"
            return self.pairs(&given, &onward, &said.bare(), None);
        }
        let viewers = said.at(&["to"]);
        if self.people(&viewers) && !said.agentless && said.lemma() == "show" {
            // "shows the open cases to the clerks"
            self.pairs(&viewers, &said.actor, &said.bare(), None);
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
        let shown = matches!(said.lemma(), "show" | "display" | "present");
        if sources.is_empty() && said.pronoun && !said.clause.passive() && !said.agentless && !shown {
            // "publishes the results to the cache so that the app can read them": from where they were put.
            let put = |&s: &EntityId| self.kind(s).is_store() || self.kind(s) == Kind::Cache;
            sources = self.sink.into_iter().filter(put).collect();
        }
        if let (true, Some(device)) = (sources.is_empty(), self.sensed(said)) {
            return self.pairs(&[device], &said.actor, said, None);
        }
        if sources.is_empty() && self.read_later && said.clause.passive() && !said.agentless {
            sources = self.sink.into_iter().collect();
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
        // "gets an order from a customer": who asks for it comes by himself.
        let asks = |&s: &EntityId| {
            let handed = matches!(said.lemma(), "get" | "collect" | "gather" | "obtain" | "take" | "extract");
            handed && !said.clause.passive() && (self.person(s) || self.kind(s) == Kind::Client)
        };
        let (askers, sources): (Vec<_>, Vec<_>) = sources.into_iter().partition(asks);
        if !askers.is_empty() && !self.people(&actor) {
            self.pairs(&askers, &actor, said, None);
            if sources.is_empty() {
                return self.pairs(&actor, &to, &said.bare(), None);
            }
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

    /// "Sensors measure the moisture. A gateway collects the values": those of the devices spoken of last.
    fn sensed(&self, said: &Said<'_>) -> Option<EntityId> {
        let takes = matches!(said.lemma(), "collect" | "gather" | "receive" | "pick") && !said.agentless;
        let last = [self.actor, self.subject.last().copied()].into_iter().flatten();
        let mut devices = last.filter(|&a| self.kind(a) == Kind::Device && !said.actor.contains(&a));
        devices.next().filter(|_| takes && !said.actor.is_empty() && !said.heads.is_empty())
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
        // A queue takes nothing out of another by itself.
        let queue = said.actor.iter().any(|&a| self.messaging(a));
        let open = frame == Frame::Consume && !said.agentless && !said.data_acts && !queue;
        (open && !fed && !feeds).then_some(last)
    }

    /// "pupils listen in the audio player": what people do in an app, they do with it.
    fn in_app(&mut self, said: &Said<'_>) -> bool {
        let mut apps = said.at(&["in", "on", "with", "through"]);
        apps.retain(|&t| self.kind(t) == Kind::Client);
        let turns = self.people(&said.actor) && said.object.is_empty() && !apps.is_empty();
        if turns {
            self.pairs(&said.actor, &apps, &said.bare(), None);
        }
        turns
    }

    /// "the warehouse receives the changes through a loader": from where they went last, by way of the loader.
    fn through_loader(&mut self, said: &Said<'_>) -> bool {
        let way = said.at(&["through", "via"]);
        let loads = |&w: &EntityId| self.kind(w).is_compute() || self.kind(w) == Kind::Analytics;
        let keeper = !said.actor.is_empty()
            && said.actor.iter().all(|&a| self.kind(a).is_store() && !way.contains(&a));
        let named = said.at(&["from"]).is_empty() && said.object.is_empty() && !said.clause.passive();
        if !(keeper && named && !way.is_empty() && way.iter().all(loads)) {
            return false;
        }
        let source: Vec<EntityId> = self.medium.into_iter().filter(|m| !self.met_by(*m, &way)).collect();
        let bare = said.bare();
        self.pairs(&source, &way, &Said { asynchronous: Some(true), ..bare.clone() }, None);
        self.pairs(&way, &said.actor, &bare, None);
        true
    }

    /// Whether an arrow goes from one of them to it.
    fn met_by(&self, id: EntityId, others: &[EntityId]) -> bool {
        self.flows.iter().any(|f| f.to == id && others.contains(&f.from))
    }

    /// "A stream captures changes to the table": they come from there.
    fn captures(&mut self, said: &Said<'_>) -> bool {
        let tables = said.at(&["to", "in", "of", "on"]);
        let ([stream], [table]) = (said.actor.as_slice(), tables.as_slice()) else { return false };
        let (stream, table) = (*stream, *table);
        let fits = said.lemma() == "capture"
            && said.heads.iter().any(|h| h == "change" || h == "modification")
            && self.messaging(stream)
            && self.kind(table) == Kind::Database;
        if fits && !said.clause.passive() {
            self.flow(table, stream, None, Some(true), None, None);
            return true;
        }
        false
    }

    pub(super) fn consume(&mut self, said: &Said<'_>) {
        if self.captures(said) {
            return;
        }
        if self.in_app(said) {
            return;
        }
        if self.reached(said) {
            return;
        }
        if self.through_loader(said) {
            return;
        }
        let mut sources = said.at(&["from", "out", "off"]);
        let onward = said.at(&["to", "into", "onto"]);
        if said.lemma() == "take" && !said.clause.passive() && !onward.is_empty() {
            // "a worker takes them to the mailer"
            let queue = self.queued(said).filter(|_| sources.is_empty());
            let from: Vec<EntityId> = sources.into_iter().chain(queue).collect();
            self.pairs(&from, &said.actor, &said.bare(), None);
            return self.pairs(&said.actor, &onward, said, None);
        }
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
            // "a detector on the VPS listens": where it runs has nothing to say.
            sources.retain(|&id| !matches!(self.kind(id), Kind::Vm | Kind::Cluster | Kind::Container));
            let asked = said.at(&["via", "through"]);
            let outside =
                |&a: &EntityId| matches!(self.kind(a), Kind::External | Kind::Email | Kind::Notification);
            let take = said.lemma() == "take" && asked.iter().all(|&a| !self.messaging(a));
            let only = asked == sources && asked.iter().all(outside);
            if !asked.is_empty() && (take || only && said.object.is_empty()) {
                // "takes the fee through the payment provider"
                return self.pairs(&said.actor, &asked, &said.bare(), None);
            }
        }
        if sources.is_empty()
            && !said.clause.passive()
            && said.heads.iter().any(|h| h == "request" || h == "traffic")
        {
            // "receives the requests of members"
            let callers = said.at(&["of"]);
            if !callers.is_empty() && callers.iter().all(|&c| self.person(c) || self.kind(c) == Kind::Client)
            {
                return self.pairs(&callers, &said.actor, &said.bare(), None);
            }
        }
        if sources.is_empty() {
            sources.extend(self.sensed(said));
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
            let offered = |(head, _): &&(String, EntityId)| said.heads.contains(head);
            let offers = self
                .kept
                .iter()
                .rev()
                .find(offered)
                .map(|(_, id)| *id)
                .filter(|&id| self.kind(id).is_compute());
            sources = offers.or_else(|| self.only_bus()).or_else(|| self.only_log()).into_iter().collect();
            self.rule("what is awaited comes over the one bus there is");
        }
        let subscribed = said.clause.passive() && said.lemma() == "subscribe" && !said.actor.is_empty();
        let alone = said.object.is_empty()
            && said.data.is_none()
            && said.adjuncts.is_empty()
            && (reacts || subscribed);
        if sources.is_empty() && alone && matches!(said.lemma(), "subscribe" | "listen") {
            // "Two services subscribe": to what was spoken of last.
            sources = self.medium.or_else(|| self.only_bus()).into_iter().collect();
        }
        let actor: Vec<EntityId> = said.actor.iter().copied().filter(|a| !sources.contains(a)).collect();
        let bare = said.bare();
        for source in sources {
            let listens = said.label.as_deref().is_some_and(|l| {
                ["subscribe", "listen", "react", "tail", "replay"].iter().any(|v| l.starts_with(v))
            });
            let asks = !listens
                && (self.kind(source).is_store() || self.kind(source) == Kind::Cache)
                && (said.lemma() == "pick" || !matches!(self.kind(source), Kind::Storage));
            if asks {
                self.pairs(&actor, &[source], &bare, None);
                continue;
            }
            let asynchronous = if self.messaging(source) { Some(true) } else { said.asynchronous };
            self.pairs(&[source], &actor, &Said { asynchronous, ..bare.clone() }, None);
        }
    }
}
