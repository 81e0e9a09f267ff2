//! What earlier clauses leave for later ones: where the data is, who was spoken of, who was addressed.
//!
//! Takes what a clause said and which arrows it drew, and keeps what a later clause leaves unsaid. Who acts where nobody is
//! named is decided in `agents`.

use super::super::clauses::Parsed;
use super::super::entities::EntityId;
use super::super::lexicon::{Det, Frame};
use super::super::reading::{Meaning, Reading};
use super::Said;
use crate::model::Kind;

/// The most data whose place is remembered: the latest.
pub(super) const MOST_KEPT: usize = 256;

impl Reading {
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
        let all = !said.object.is_empty() && said.object.iter().all(works);
        if all
            && !said.actor.is_empty()
            && (starts || said.frame == Frame::Tell)
            && self.first_named(&said.object)
        {
            // "Secrets Manager invokes a rotation function. It …": a product that is rented only starts it.
            let rented = |&a: &EntityId| {
                let kind = self.kind(a);
                !kind.is_compute() && !matches!(kind, Kind::Client | Kind::User | Kind::Workflow)
            };
            return said.actor.iter().all(rented);
        }
        starts && all && said.actor.iter().all(idle)
    }

    /// "The gateway receives the file and passes it to the container. It …": who is behind a door that only lets through.
    fn let_through(&self, said: &Said<'_>) -> Option<EntityId> {
        let door = |&a: &EntityId| matches!(self.kind(a), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn);
        let passes = matches!(said.frame, Frame::Send | Frame::Call | Frame::Trigger);
        if !passes || said.clause.passive() || said.actor.is_empty() || !said.actor.iter().all(door) {
            return None;
        }
        let mut behind: Vec<EntityId> = said.object.iter().copied().chain(goals_of(said)).collect();
        behind.retain(|b| !said.actor.contains(b));
        match behind.as_slice() {
            [one] if self.kind(*one).is_compute() => Some(*one),
            _ => None,
        }
    }

    /// Whether all of them are named in the sentence under way for the first time.
    fn first_named(&self, ids: &[EntityId]) -> bool {
        ids.iter().all(|&id| {
            self.entities
                .all
                .get(id)
                .is_some_and(|e| e.span.start >= self.span.start && e.det != Det::Definite)
        })
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
        if target.is_empty() && said.data_acts && said.frame == Frame::Send {
            // "Feature flags come from LaunchDarkly. The API asks it"
            target = said.at(&["from"]);
        }
        if said.frame == Frame::Read && said.actor.iter().any(|&a| self.kind(a) != Kind::User) {
            target = said.actor.clone();
        }
        if said.clause.purpose {
            return;
        }
        let passive = said.clause.passive();
        if let (Frame::Use, true, [tool]) = (said.frame, passive, said.object.as_slice())
            && said.agentless
            && (self.kind(*tool).is_compute()
                || matches!(self.kind(*tool), Kind::Ml | Kind::Analytics | Kind::Workflow))
        {
            // "Speech is used to transcribe the calls. The transcripts are saved in …": by the tool.
            (self.actor, self.mover) = (Some(*tool), Some(*tool));
            self.subject = vec![*tool];
            return;
        }
        // "Loans are handled by the reminder function. It is started by …": data is no "it" that does something.
        let by_agent = passive && said.object.is_empty() && !said.agentless;
        let subject = if passive && !by_agent { said.object.clone() } else { said.actor.clone() };
        let handed = !said.clause.passive() && self.handed_over(said);
        let leads = !handed
            && said.actor.iter().any(|&a| self.kind(a).is_compute() || self.kind(a) == Kind::Workflow);
        let works_on = said.object.iter().rev().copied().find(|&o| self.kind(o) == Kind::Ml);
        let started = works_on.filter(|_| said.frame == Frame::Trigger && !leads && !said.clause.passive());
        if let Some(behind) = self.let_through(said) {
            self.subject = vec![behind];
        } else if handed || said.frame == Frame::Trigger && !(leads && !said.clause.passive()) {
            self.subject = said.object.clone();
        } else if (said.clause.conditional || said.clause.told && said.frame == Frame::Be)
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
        if started.is_some() {
            // "starts a batch endpoint. The predictions are written to …": by what was started.
            (self.actor, self.mover) = (started, started);
        }
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

    /// "A worker drains a queue that is filled by the API. It asks …": what a relative clause says is done to a thing makes
    /// nobody else the subject.
    pub(super) fn main_subject(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let Some((last, before)) = parsed.clauses.split_last() else { return };
        let reduced = last.verb.as_ref().is_none_or(|v| !v.finite);
        // "copies it into the bucket, which is the origin of the CDN. It then …"
        let describes = last.told && last.frame() == Frame::Be;
        if !((last.told || reduced) && last.inherited && (last.passive() || describes)) {
            return;
        }
        let main = before.iter().rev().find(|c| {
            !c.told
                && !c.conditional
                && !c.passive()
                && c.verb.as_ref().is_some_and(|v| v.finite && !v.negated)
        });
        let Some(main) = main else { return };
        let kept = |id: &EntityId| {
            self.entities.all.get(*id).is_some_and(|e| {
                let door = matches!(e.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn);
                e.kind.is_store() || e.kind.is_messaging() || door
            })
        };
        if self.subject.iter().all(kept) {
            let ids = self.ids_of(meanings, &main.subject);
            if !ids.is_empty() {
                self.subject = ids;
            }
        }
    }

    /// Data that was put somewhere is looked for there, when nothing else is said: "the service looks up the booking".
    pub(super) fn recall(&mut self, said: &mut Said<'_>) {
        if !said.heads.is_empty() && said.clause.verb.is_some() {
            self.data.clone_from(&said.heads);
            self.sentence_data.extend(said.heads.iter().cloned());
        }
        if let (Frame::Provide, [offers], false) = (said.frame, said.actor.as_slice(), said.clause.passive())
        {
            // "the server exposes the tags … The publisher subscribes to the tags"
            self.kept.extend(said.heads.iter().map(|h| (h.clone(), *offers)));
            let more = self.kept.len().saturating_sub(MOST_KEPT);
            self.kept.drain(..more);
        }
        if let ([maker], false, true) =
            (said.actor.as_slice(), said.agentless || said.data_acts, said.clause.verb.is_some())
            && (self.kind(*maker).is_compute()
                || matches!(self.kind(*maker), Kind::Analytics | Kind::Ml)
                || said.frame == Frame::Send && self.messaging(*maker))
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
        if let (Frame::Act, [worker], Some(store), false) = (
            said.frame,
            said.actor.as_slice(),
            self.sink,
            said.agentless || said.data_acts || said.clause.conditional,
        ) && self.kind(*worker) == Kind::Analytics
            && matches!(self.kind(store), Kind::Storage)
            && said.object.is_empty()
            && said.adjuncts.is_empty()
            && said
                .heads
                .iter()
                .any(|h| h == "data" || self.kept.iter().any(|(k, id)| k == h && *id == store))
            && !self.flows.iter().any(|f| f.from == *worker || f.to == *worker)
        {
            // "copies the data to the lake. Databricks transforms the data": where it lies.
            self.rule("who works on data that was put into a store takes it from there");
            self.flow(*worker, store, None, None, None, None);
        }
        if let ("capture" | "track" | "mine", [worker], Some(store), false) =
            (said.lemma(), said.actor.as_slice(), self.sink, said.agentless || said.data_acts)
            && said.heads.iter().any(|h| h == "change")
            && said.object.is_empty()
            && self.kind(store).is_store()
            && !self.met(*worker, store)
        {
            // "Shops write to the database. Debezium captures the changes": those of the database.
            self.flow(store, *worker, None, Some(true), None, None);
        }
        let asks = match said.frame {
            Frame::Read => true,
            Frame::Consume => !said.data_acts,
            Frame::Call => true,
            // "marks the upload record as completed": where the record lies.
            Frame::Store => matches!(said.lemma(), "mark" | "update" | "delete" | "remove" | "overwrite"),
            Frame::Act => said.pronoun && self.unread_stream(said) || self.studies(said),
            // "exports files to the SFTP server. The ERP imports the files."
            Frame::Send => matches!(said.lemma(), "import" | "load" | "ingest"),
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
        let shown = said.frame == Frame::Read
            && found.is_none()
            && said.heads.iter().all(|h| h == "data")
            && !said.heads.is_empty()
            && said.actor.iter().all(|&a| matches!(self.kind(a), Kind::Monitoring | Kind::Analytics))
            && !self.flows.iter().any(|f| said.actor.contains(&f.from));
        if let Some(store) = self.sink.filter(|&s| shown && self.kind(s).is_store()) {
            // "writes to InfluxDB. Grafana shows the data."
            said.adjuncts.push(("from".to_owned(), vec![store]));
            self.rule("data is looked for where it was put");
            return;
        }
        if found.is_none()
            && said.frame == Frame::Read
            && let Some(store) = self.only_files(said)
        {
            // "a file is uploaded to the bucket. … The function reads the object."
            said.adjuncts.push(("from".to_owned(), vec![store]));
            self.rule("files are read where they were put");
            return;
        }
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
}

/// Where something is sent or put.
pub(super) fn goals_of(said: &Said<'_>) -> Vec<EntityId> {
    said.at(&["to", "into", "in", "on", "onto"])
}
