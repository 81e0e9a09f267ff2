//! What is said of a component itself: where it is, what it is made with, what it is called.

use super::super::clauses::{NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Det, Frame, Noun, lexicon};
use super::super::phrases::Np;
use super::super::reading::{Meaning, Reading};
use super::super::wording::{phrase_words, sentence_case, singular};
use super::Said;
use crate::catalog::{TechnologyEntry, catalog};
use crate::model::Kind;

impl Reading {
    /// Technologies and names said of a component.
    pub(super) fn attributes(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        self.as_role(parsed, meanings, said);
        self.offered_kind(parsed, said);
        if said.frame == Frame::Run {
            self.platform(said);
        }
        if said.clause.passive() && matches!(said.frame, Frame::Make | Frame::Store | Frame::Act) {
            self.written_with(said);
        }
        if said.clause.verb.is_none() {
            for (&id, &platform) in said.actor.iter().zip(&said.at(&["on"])) {
                self.merge_platform(id, platform);
            }
        }
        if said.frame == Frame::Be && !said.clause.passive() {
            self.identify(parsed, said);
        }
    }

    /// "is built with React", "written in Django": a framework is what the component is made with.
    fn written_with(&mut self, said: &Said<'_>) {
        let [id] = said.object.as_slice() else { return };
        for tool in said.at(&["with", "in", "using"]) {
            if tool != *id && (self.framework(*id, tool) || self.built_with(said, *id, tool)) {
                self.rule("what a program is written with is its technology");
            }
        }
    }

    /// "a façade built with Spring Cloud Gateway": a product that nothing else is said of is what the thing is made with.
    fn built_with(&mut self, said: &Said<'_>, id: EntityId, tool: EntityId) -> bool {
        let builds = matches!(said.lemma(), "build" | "implement" | "realise" | "realize");
        let bare = self.entities.all.get(tool).is_some_and(|e| {
            e.modifiers.is_empty() && !e.technologies.is_empty() && !e.linked && e.last == self.sentence
        });
        let plain =
            self.entities.all.get(id).is_some_and(|e| {
                e.technologies.is_empty() && (e.kind.is_compute() || e.kind == Kind::Client)
            });
        let doors = |e: &TechnologyEntry| {
            matches!(e.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Workflow | Kind::Client)
        };
        builds && bare && plain && self.works_with(id, tool, doors)
    }

    /// "runs on Fargate": the platform is what the component is made with, unless it is a place.
    fn platform(&mut self, said: &Said<'_>) {
        let who = if said.clause.passive() { said.object.clone() } else { said.actor.clone() };
        if !said.clause.passive() && !said.object.is_empty() {
            if self.runs_product(said) {
                return;
            }
            for &id in &said.object {
                said.actor.iter().for_each(|&platform| self.merge_platform(id, platform));
            }
            return;
        }
        let on = said.at(&super::parts::PLATFORM);
        for &id in &who {
            for &platform in &on {
                self.merge_platform(id, platform);
            }
        }
    }

    /// "the gateway runs AWS Greengrass": the product is what the machine is made with.
    fn runs_product(&mut self, said: &Said<'_>) -> bool {
        let ([machine], [product]) = (said.actor.as_slice(), said.object.as_slice()) else { return false };
        let bare = |id: EntityId| {
            self.entities.all.get(id).is_some_and(|e| {
                e.head.is_empty() && e.modifiers.is_empty() && !e.linked && e.last == self.sentence
            })
        };
        let plain =
            self.entities.all.get(*machine).is_some_and(|e| e.technologies.is_empty() && !e.head.is_empty());
        let machine_like = matches!(self.kind(*machine), Kind::Gateway | Kind::Device | Kind::Service);
        let runs =
            matches!(self.kind(*product), Kind::Device | Kind::Container | Kind::Gateway | Kind::Service);
        if !(said.lemma() == "run" && plain && machine_like && runs && bare(*product)) {
            return false;
        }
        let technology = self.entities.all.get(*product).and_then(|e| e.technologies.first().copied());
        if let (Some(technology), Some(entity)) = (technology, self.entities.all.get_mut(*machine)) {
            entity.technologies.push(technology);
        }
        if let Some(entity) = self.entities.all.get_mut(*product) {
            (entity.denied, entity.same_as) = (true, Some(*machine));
        }
        true
    }

    fn merge_platform(&mut self, id: EntityId, platform: EntityId) {
        let (Some(entity), Some(base)) =
            (self.entities.all.get(id).cloned(), self.entities.all.get(platform).cloned())
        else {
            return;
        };
        if base.kind == Kind::Vm && entity.kind != Kind::Vm && base.modifiers.is_empty() && !base.linked {
            // "runs on a VPS": where it runs, drawn only when something flows from or to it.
            if let Some(host) = self.entities.all.get_mut(platform) {
                host.weak = true;
            }
        }
        let Some(&technology) = base.technologies.first() else { return };
        let compute = matches!(
            base.kind,
            Kind::Container
                | Kind::Function
                | Kind::Vm
                | Kind::Service
                | Kind::Cluster
                | Kind::Storage
                | Kind::Cicd
                | Kind::Client
                | Kind::Ml
                | Kind::Analytics
        );
        // A managed store or broker is what the one before runs on: "Postgres on RDS".
        let managed = (base.kind == entity.kind || base.kind.is_messaging() && entity.kind.is_messaging())
            && !entity.technologies.is_empty()
            && (base.kind.is_store() || base.kind.is_messaging() || base.kind == Kind::Cache)
            && base.last == self.sentence;
        if id == platform
            || !(compute || managed)
            || !base.modifiers.is_empty()
            || entity.technologies.contains(&technology)
        {
            return;
        }
        let used = self.flows.iter().any(|f| f.from == platform || f.to == platform);
        if let Some(entity) = self.entities.all.get_mut(id) {
            entity.technologies.push(technology);
            if entity.kind == Kind::User {
                // "bidders running on Compute Engine" are programs.
                entity.kind = Kind::Service;
            }
            if matches!(entity.kind, Kind::Service | Kind::Other)
                && entity.technologies.len() == 1
                && base.kind != Kind::Service
            {
                entity.kind = if base.kind == Kind::Cluster { Kind::Service } else { base.kind };
            }
            entity.weak = false;
        }
        if (!used && platform > id || !used && base.last == self.sentence)
            && let Some(base) = self.entities.all.get_mut(platform)
        {
            base.denied = true;
            if base.technologies.iter().all(|&t| managed_app(t)) {
                // "the application that's hosted on App Service … App Service calls a function"
                base.same_as = base.same_as.or(Some(id));
            }
        }
        self.rule("what a component runs on is its technology");
    }

    /// "Tally is our ledger": two names of one thing.
    fn identify(&mut self, parsed: &Parsed, said: &Said<'_>) {
        if said.actor.len() > 1 {
            return self.identify_each(parsed, said);
        }
        let ([id], [other]) = (said.actor.as_slice(), said.object.as_slice()) else { return };
        let (id, other) = (*id, *other);
        if id == other || said.clause.verb.is_none() || said.clause.adjuncts.iter().any(|(p, _)| p == "whose")
        {
            return;
        }
        let introduced = self.entities.all.get(other).is_some_and(|e| e.last == self.sentence) && other > id;
        if !introduced || self.flows.iter().any(|f| f.from == other || f.to == other) {
            return;
        }
        let (Some(new), Some(np)) = (
            self.entities.all.get(other).cloned(),
            said.clause.object.first().and_then(|&np| parsed.phrases.get(np)),
        ) else {
            return;
        };
        if let Some(entity) = self.entities.all.get_mut(id) {
            if entity.kind == Kind::Service || entity.technologies.is_empty() {
                entity.kind = if matches!(np.noun, Some(Noun::Component(Kind::Service))) {
                    entity.kind
                } else {
                    new.kind
                };
            }
            for technology in new.technologies {
                if !entity.technologies.contains(&technology) {
                    entity.technologies.push(technology);
                }
            }
            entity.names.push(phrase_words(np));
            entity.names.retain(|n| !n.is_empty());
            entity.weak = false;
        }
        if let Some(entity) = self.entities.all.get_mut(other) {
            (entity.denied, entity.same_as) = (true, Some(id));
        }
        self.rule("`X is a Y` gives one thing two names");
    }

    /// "`readings` and `commands` are Redis streams": each of several is one of these.
    fn identify_each(&mut self, parsed: &Parsed, said: &Said<'_>) {
        let ([np], [other]) = (said.clause.object.as_slice(), said.object.as_slice()) else { return };
        let plural = parsed.phrases.get(*np).is_some_and(|n| n.plural && n.det == Det::Bare);
        let Some(base) = self.entities.all.get(*other).cloned() else { return };
        let fresh = base.last == self.sentence && base.span.start >= self.span.start;
        let used = self.flows.iter().any(|f| f.from == *other || f.to == *other);
        let bare = said.actor.iter().all(|id| {
            self.entities.all.get(*id).is_some_and(|e| {
                id != other && e.technologies.is_empty() && matches!(e.kind, Kind::Service | Kind::Other)
            })
        });
        if !plural || !fresh || used || !bare || said.clause.verb.is_none() {
            return;
        }
        for &id in &said.actor {
            if let Some(entity) = self.entities.all.get_mut(id) {
                (entity.kind, entity.weak) = (base.kind, false);
                entity.technologies.clone_from(&base.technologies);
            }
        }
        if let Some(entity) = self.entities.all.get_mut(*other) {
            entity.denied = true;
        }
        self.rule("`X is a Y` gives one thing two names");
    }

    /// Lists behind a name: "lambdas: users, posts, likes".
    pub(super) fn enumerate(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let bare = parsed.clauses.iter().all(|c| c.verb.is_none());
        let ([topic], true) = (parsed.topic.as_slice(), bare) else { return };
        let Some([general]) = meanings.get(*topic).map(|m| m.ids.as_slice()) else { return };
        let Some(np) = parsed.phrases.get(*topic) else { return };
        let plain = |id: &NpId| {
            meanings.get(*id).is_some_and(|m| m.ids.is_empty())
                && parsed.phrases.get(*id).is_some_and(|n| n.modifiers.len() <= 1 && n.det == Det::Bare)
        };
        if parsed.fragments.len() >= 2 && np.plural && parsed.fragments.iter().all(plain) {
            let Some(model) = self.entities.all.get(*general).cloned() else { return };
            let mut made = Vec::new();
            for &one in &parsed.fragments {
                let Some(one) = parsed.phrases.get(one) else { continue };
                made.push(self.instance(&model, one));
            }
            if let Some(entity) = self.entities.all.get_mut(*general) {
                entity.denied = true;
            }
            self.listed = made;
            return;
        }
        for &fragment in &parsed.fragments {
            let Some([made]) = meanings.get(fragment).map(|m| m.ids.as_slice()) else { continue };
            self.made_of(*general, *made);
        }
    }

    /// "`inbox`: FastAPI service, receives uploads", "Editor – a browser app": what stands first behind the name of a
    /// thing says what it is.
    pub(super) fn described_as(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let [topic] = parsed.topic.as_slice() else { return };
        let Some(([general], np)) =
            meanings.get(*topic).map(|m| m.ids.as_slice()).zip(parsed.phrases.get(*topic))
        else {
            return;
        };
        let general = *general;
        let listed: Vec<(NpId, EntityId)> =
            parsed.fragments.iter().filter_map(|&f| Some((f, *meanings.get(f)?.ids.first()?))).collect();
        let thing = np.named && self.things.contains(&phrase_words(np));
        let (Some(&(first, made)), false) = (listed.first(), np.plural && !thing) else { return };
        let next = parsed.phrases.get(first).is_some_and(|n| {
            n.start <= np.end + np.aside.len() * 4 + 2
                && !n.plural
                && matches!(n.det, Det::Bare | Det::Indefinite)
        });
        let spoken = self.flows.iter().any(|f| f.from == made || f.to == made);
        let Some(base) = self.entities.all.get(made).cloned() else { return };
        let fresh = base.span.start >= self.span.start && base.last == self.sentence && !base.denied;
        if !next || spoken || !fresh || general == made || listed.len() > 1 && !thing {
            return;
        }
        let keeper = base.kind.is_store() || base.kind.is_messaging() || base.kind == Kind::Cache;
        if keeper && service(np) && !base.technologies.is_empty() {
            // "Refund service: PostgreSQL" tells what it keeps its data in.
            self.rule("a store behind the name of a service is its own");
            return self.flow(general, made, None, None, None, None);
        }
        let Some(entity) = self.entities.all.get_mut(general) else { return };
        let open = matches!(entity.kind, Kind::Service | Kind::Other | Kind::User | Kind::External);
        if !(open || entity.kind == base.kind || entity.kind.is_compute() && base.kind.is_compute()) {
            return;
        }
        for technology in base.technologies {
            if !entity.technologies.contains(&technology) {
                entity.technologies.push(technology);
            }
        }
        let telling = open && !matches!(base.kind, Kind::Service | Kind::Other | Kind::User);
        if telling || entity.kind == Kind::User && base.kind != Kind::User {
            entity.kind = base.kind;
        }
        if let Some(np) = parsed.phrases.get(first) {
            entity.names.push(phrase_words(np));
            entity.names.retain(|n| !n.is_empty());
        }
        (entity.weak, entity.declared) = (false, true);
        if let Some(base) = self.entities.all.get_mut(made) {
            base.denied = true;
        }
        self.rule("what stands behind the name of a thing says what it is");
    }

    /// One of several things named together.
    fn instance(&mut self, model: &super::super::entities::Entity, np: &Np) -> EntityId {
        let name = phrase_words(np);
        let mut one = model.clone();
        let head = if model.head.is_empty() { "function".to_owned() } else { singular(&model.head) };
        one.label = sentence_case(&format!("{name} {head}"));
        one.head = head;
        one.modifiers = vec![name];
        one.plural = false;
        one.replicas = None;
        one.weak = false;
        one.span = np.span;
        self.entities.all.push(one);
        self.recent.push(self.entities.all.len() - 1);
        self.entities.all.len() - 1
    }

    /// "Seat map cache - Redis": what stands behind the name is what it is made with.
    fn made_of(&mut self, general: EntityId, made: EntityId) {
        let Some(base) = self.entities.all.get(made).cloned() else { return };
        let Some(&technology) = base.technologies.first() else { return };
        let keeps = base.kind.is_store() || base.kind.is_messaging() || base.kind == Kind::Cache;
        let runs = self.entities.all.get(general).is_some_and(|e| {
            let last = e.head.rsplit(' ').next().unwrap_or("");
            matches!(last, "api" | "service" | "backend" | "app" | "server" | "worker") && e.kind.is_compute()
                || e.kind.is_compute() && !e.technologies.is_empty()
        });
        if keeps && runs && general != made && base.last == self.sentence {
            // "API: NestJS, Postgres for data, Redis for sessions"
            return self.flow(general, made, None, None, None, None);
        }
        if general == made
            || !base.modifiers.is_empty()
            || base.last != self.sentence
            || self.flows.iter().any(|f| f.from == made || f.to == made)
        {
            return;
        }
        if let Some(entity) = self.entities.all.get_mut(general) {
            entity.technologies.push(technology);
            entity.weak = false;
            if entity.kind == Kind::Service && !base.kind.is_compute() && base.kind != Kind::Client {
                entity.kind = base.kind;
            }
        }
        if let Some(base) = self.entities.all.get_mut(made) {
            base.denied = true;
        }
    }

    /// "transcodes them with FFmpeg": whether `b` is a library that `a` works with; it is noted as its technology then.
    pub(super) fn library(&mut self, a: EntityId, b: EntityId) -> bool {
        let fresh = self.entities.all.get(b).is_some_and(|e| e.modifiers.is_empty() && !e.linked);
        let listed = |entry: &TechnologyEntry| lexicon().roles.libraries.contains(entry.id);
        fresh && a != b && self.works_with(a, b, listed)
    }

    /// Whether `b` is a framework or runtime that `a` is written with; it is noted as its technology then.
    pub(super) fn framework(&mut self, a: EntityId, b: EntityId) -> bool {
        let bare = self.entities.all.get(b).is_some_and(|e| e.head.is_empty() && e.modifiers.is_empty());
        let kind = self.kind(a);
        let sort = |e: &TechnologyEntry| {
            (matches!(e.kind, Kind::Service | Kind::Client) || e.kind == kind && kind == Kind::Analytics)
                && !e.managed
        };
        bare && self.works_with(a, b, sort)
    }

    /// Notes the technology of `b` as one of `a`, if it is of that sort; `b` is then drawn only when something flows.
    fn works_with(&mut self, a: EntityId, b: EntityId, sort: impl Fn(&TechnologyEntry) -> bool) -> bool {
        let Some(&technology) = self.entities.all.get(b).and_then(|e| e.technologies.first()) else {
            return false;
        };
        if !catalog().technologies().get(technology).is_some_and(sort) {
            return false;
        }
        if let Some(entity) = self.entities.all.get_mut(a)
            && !entity.technologies.contains(&technology)
        {
            entity.technologies.push(technology);
        }
        let shown = self.kind(b) == Kind::Client;
        if let Some(entity) = self.entities.all.get_mut(a).filter(|e| shown && e.kind == Kind::Service) {
            // "the portal is built with Static Web Apps"
            entity.kind = Kind::Client;
        }
        if let Some(base) = self.entities.all.get_mut(b) {
            base.weak = true;
        }
        true
    }
}

/// Whether a phrase says in so many words that it is a program: "refund service", "order svc", "tracker API".
fn service(np: &Np) -> bool {
    let head = lexicon().same_head(singular(&np.head));
    let last = head.rsplit(' ').next().unwrap_or("");
    let told = !np.modifiers.is_empty() || head.contains(' ');
    told && matches!(
        last,
        "service" | "microservice" | "api" | "app" | "worker" | "backend" | "function" | "job"
    )
}

/// Whether a platform is spoken of for the program that it hosts.
fn managed_app(technology: usize) -> bool {
    let entry = catalog().technologies().get(technology);
    entry.is_some_and(|t| {
        t.managed && matches!(t.kind, Kind::Service | Kind::Client | Kind::Function | Kind::Container)
    })
}
