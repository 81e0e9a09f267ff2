//! Phrases that mean a component by what belongs to it: its webhook, its interface, what it keeps, what it is made with.
//!
//! Takes a noun phrase with its sentence and gives the component that is meant. It makes none.

use super::clauses::{NpId, Parsed};
use super::editions::form_of;
use super::entities::EntityId;
use super::lexicon::{Det, Lexicon, Noun, lexicon};
use super::meaning::works;
use super::phrases::Np;
use super::reading::{Meaning, Reading};
use super::register::Key;
use super::wording::singular;
use crate::catalog::catalog;
use crate::model::Kind;

impl Reading {
    /// "writes curated tables to the lake; the warehouse serves the curated tables": what was put somewhere is there.
    pub(super) fn kept_as(&self, np: &Np) -> Option<EntityId> {
        let head = singular(&np.head);
        let again = np.plural
            && np.det == Det::Definite
            && np.technology.is_none()
            && matches!(np.noun, Some(Noun::Component(_)))
            && lexicon().roles.shown_heads.contains(&head)
            && !self.entities.all.iter().any(|e| e.head == head && !e.denied);
        if !again {
            return None;
        }
        self.kept.iter().rev().find(|(kept, _)| *kept == head).map(|(_, id)| *id)
    }

    /// "Documents stores photos in MinIO" beside "policies, claims and documents services": a plural that takes a verb in the
    /// singular is a name.
    pub(super) fn named_by_verb(&self, parsed: &Parsed, id: NpId, np: &Np) -> Option<EntityId> {
        let plain = np.plural
            && np.det == Det::Bare
            && np.modifiers.is_empty()
            && np.technology.is_none()
            && np.owner.is_none();
        let alone = |c: &super::clauses::Clause| {
            c.subject.as_slice() == [id] && c.verb.as_ref().is_some_and(|v| v.plural == Some(false))
        };
        (plain && parsed.clauses.iter().any(alone)).then(|| self.entities.by_short_name(&np.head)).flatten()
    }

    /// "queues a planning job; the planner gets the job": what was put on a queue is no program.
    pub(super) fn queued_before(&self, np: &Np) -> bool {
        let head = singular(&np.head);
        np.det == Det::Definite
            && np.technology.is_none()
            && lexicon().roles.message_heads.contains(&head)
            && self.kept.iter().any(|(kept, _)| *kept == head)
            && !self.entities.all.iter().any(|e| e.head == head && !e.denied)
    }

    /// "the tenant" beside "the tenant API": who uses a thing that is named for people, not the thing.
    pub(super) fn serves_people(&self, id: EntityId, np: &Np) -> bool {
        let head = singular(&np.head);
        let person = self.entities.all.iter().any(|e| e.kind == Kind::User && e.head == head && !e.denied);
        let tool = self.entities.all.get(id).is_some_and(|e| {
            matches!(
                e.head.as_str(),
                "api" | "app" | "web app" | "mobile app" | "portal" | "site" | "website"
            )
        });
        (person || tool) && (np.det != Det::Bare || np.plural)
    }

    /// "the report service's webhook", "its REST interface": what belongs to a program is the program.
    pub(super) fn facet_of(&self, lexicon: &Lexicon, np: &Np) -> Option<EntityId> {
        let plain = np.technology.is_none()
            && (np.modifiers.iter().all(|m| {
                lexicon.weak(m) || matches!(m.as_str(), "rest" | "soap" | "http" | "graphql" | "grpc")
            }) || np.modifiers.concat().replace(' ', "") == "odata");
        if !plain || np.own || !lexicon.roles.facets.contains(&singular(&np.head)) {
            return None;
        }
        if let Some(owner) = &np.owner {
            let fits = |id: &EntityId| {
                self.entities.all.get(*id).is_some_and(|e| {
                    !e.denied
                        && (e.label.to_lowercase() == *owner
                            || e.names.iter().any(|n| n.ends_with(owner.as_str())))
                })
            };
            return self.recent.iter().rev().copied().find(fits);
        }
        // "posted to Dynamics through its API": what was named just before.
        let outside = self.recent.last().copied().filter(|&id| {
            self.entities.all.get(id).is_some_and(|e| {
                e.kind == Kind::External
                    && e.last == self.sentence
                    && !e.denied
                    && !self.subject.contains(&id)
            })
        });
        if np.det == Det::Possessive && outside.is_some() {
            return outside;
        }
        let [subject] = self.subject.as_slice() else { return None };
        let program = self.entities.all.get(*subject).is_some_and(|e| e.kind.is_compute() && !e.denied);
        (np.det == Det::Possessive && program).then_some(*subject)
    }

    /// "Writers publish in the CMS. A webhook calls …": a webhook that acts is that of the outside service spoken of last.
    pub(super) fn webhook_of(&self, parsed: &Parsed, id: NpId, np: &Np) -> Option<EntityId> {
        let plain =
            np.modifiers.is_empty() && np.technology.is_none() && np.owner.is_none() && np.aside.is_empty();
        let acts = |c: &super::clauses::Clause| c.subject.contains(&id) && c.verb.is_some() && !c.passive();
        if !plain || singular(&np.head) != "webhook" || !parsed.clauses.iter().any(acts) {
            return None;
        }
        let calls_back = |e: &super::entities::Entity| {
            let outside = matches!(e.kind, Kind::External | Kind::Cicd | Kind::Registry | Kind::Email);
            !e.denied && (outside || e.named && e.kind == Kind::Service)
        };
        let own = self.entities.all.iter().any(|e| e.head == "webhook" && !e.denied);
        let last = self.recent.iter().rev().copied();
        let mut outside = last.filter(|&r| self.entities.all.get(r).is_some_and(calls_back));
        outside.next().filter(|_| !own)
    }

    /// "a queue in SQS": the technology behind `in` is what the thing before is made with.
    pub(super) fn housed(
        &mut self,
        housed: &[(NpId, &str)],
        id: NpId,
        np: &Np,
        meanings: &[Meaning],
    ) -> Option<Meaning> {
        let [host] = meanings.get(id.checked_sub(1)?)?.ids.as_slice() else { return None };
        let behind = housed.iter().find(|(np, _)| *np == id).map(|(_, p)| *p)?;
        let partner =
            np.technology.is_none() && np.noun == Some(Noun::Component(Kind::External)) && !np.plural;
        if behind == "of" && partner && self.kind(*host).is_compute() {
            // "the warehouse API of our logistics partner" is theirs.
            if let Some(entity) = self.entities.all.get_mut(*host) {
                (entity.kind, entity.weak) = (Kind::External, false);
            }
            return Some(Meaning { ids: vec![*host], ..Meaning::default() });
        }
        let technology = np.technology?;
        let on = behind == "on";
        if !np.technology_heads || !np.modifiers.is_empty() {
            return None;
        }
        let kind = catalog().technologies().get(technology)?.kind;
        let entity = self.entities.all.get_mut(*host)?;
        let unit = entity.head.rsplit(' ').next().unwrap_or("");
        if behind == "of"
            && entity.technologies.is_empty()
            && matches!(unit, "instance" | "server" | "cluster" | "account" | "deployment")
            && !matches!(kind, Kind::External | Kind::User)
        {
            // "a flexible server instance of Azure Database for MySQL"
            entity.technologies.push(technology);
            (entity.kind, entity.weak) = (kind, false);
            return Some(Meaning { ids: vec![*host], ..Meaning::default() });
        }
        if matches!(behind, "in" | "of")
            && kind.is_store()
            && matches!(unit, "layer" | "zone" | "area" | "tier" | "folder" | "path")
            && matches!(entity.kind, Kind::Service | Kind::Other)
        {
            // "the bronze layer in Azure Data Lake Storage"
            entity.kind = kind;
        }
        if entity.technologies.is_empty() && entity.kind != kind && form_of(&entity.head, technology) {
            // "a pipeline in Data Factory"
            entity.kind = kind;
        }
        let family = entity.kind == kind
            || entity.kind.is_messaging() && kind.is_messaging()
            || entity.kind.is_store() && (kind.is_store() || kind == Kind::Cache)
            || kind.is_compute()
                && kind != Kind::Cluster
                && matches!(entity.kind, Kind::Service | Kind::Client | Kind::Other)
            || on && kind == Kind::Gateway && entity.kind == Kind::Service && entity.technologies.is_empty()
            || on
                && (kind.is_compute() && kind != Kind::Cluster || works(kind))
                && (entity.kind.is_compute() || works(entity.kind));
        if behind == "of"
            && kind == Kind::External
            && (entity.kind.is_compute() || entity.kind == Kind::Gateway)
        {
            // "the card gateway of Worldpay" is Worldpay's, outside.
            (entity.kind, entity.weak) = (Kind::External, false);
            entity.technologies.push(technology);
            return Some(Meaning { ids: vec![*host], ..Meaning::default() });
        }
        let rented = catalog().technologies().get(technology).is_some_and(|e| e.managed && e.kind.is_store());
        if on && rented && entity.kind.is_store() && !entity.technologies.contains(&technology) {
            // "a PostgreSQL database on RDS": the platform, whose figures count, and the engine.
            entity.technologies.insert(0, technology);
            return Some(Meaning { ids: vec![*host], ..Meaning::default() });
        }
        let written = entity
            .technologies
            .iter()
            .all(|&t| catalog().technologies().get(t).is_some_and(|e| e.kind == Kind::Service && !e.managed));
        if family && written && on && !entity.technologies.is_empty() {
            // "a FastAPI service on Fargate": what it is written with, and what it runs on.
            entity.technologies.push(technology);
            return Some(Meaning { ids: vec![*host], ..Meaning::default() });
        }
        if family && on && works(kind) && works(entity.kind) {
            // "Apache Spark on Azure Databricks"
            entity.technologies.push(technology);
            return Some(Meaning { ids: vec![*host], ..Meaning::default() });
        }
        if !family || !(entity.technologies.is_empty() || entity.technologies.contains(&technology)) {
            return None;
        }
        if entity.technologies.is_empty() {
            entity.technologies.push(technology);
            entity.weak = false;
            if entity.kind == Kind::Service && kind != Kind::Scheduler {
                entity.kind = kind;
            }
        }
        Some(Meaning { ids: vec![*host], ..Meaning::default() })
    }

    /// "the sheet" for the Google Sheet: a noun of no list that is the last word of one name.
    pub(super) fn last_word(&self, np: &Np) -> Option<EntityId> {
        let told = matches!(np.det, Det::Definite | Det::Demonstrative | Det::Possessive | Det::Same);
        let named = np.proper && np.det == Det::Bare && np.head.len() > 3;
        if !(told || named)
            || np.noun.is_some()
            || np.technology.is_some()
            || !np.modifiers.is_empty()
            || np.plural
        {
            return None;
        }
        let head = np.head.to_lowercase();
        // "the pipe" after "EventBridge Pipes"
        let plural = format!("{head}s");
        let ends = |label: &str| {
            label.to_lowercase().rsplit_once(' ').is_some_and(|(_, last)| last == head || last == plural)
        };
        let live = |id: &EntityId| self.entities.all.get(*id).filter(|e| !e.denied);
        let same = self.entities.all.among([Key::Head(&head), Key::Head(&np.head)]);
        if same.iter().any(|id| live(id).is_some_and(|e| e.label.to_lowercase() == head)) {
            return None;
        }
        let ids = self.entities.all.among([Key::Last(&head), Key::Last(&plural)]).into_iter();
        let mut hits = ids.filter(|id| live(id).is_some_and(|e| ends(&e.label)));
        let first = hits.next()?;
        hits.next().is_none().then_some(first)
    }

    /// The component hidden in data: "the queue event", "S3 notification".
    pub(super) fn hint(&self, np: &Np) -> Option<EntityId> {
        np.modifiers.iter().rev().find_map(|m| {
            let m = singular(m);
            let mut hits = self.entities.all.iter().enumerate().filter(|(_, e)| {
                e.head == m || e.modifiers.last().is_some_and(|l| *l == m) && e.kind.is_store()
            });
            let first = hits.next()?.0;
            hits.next().is_none().then_some(first)
        })
    }
}
