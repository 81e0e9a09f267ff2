//! What words beside the verb say of who deals with whom: a copy of something, a token issued by somebody, a target.
//!
//! Takes clauses with their phrases understood and adds the flows that their nouns and their order imply.

use super::super::clauses::{NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Det, Frame, Lexicon, Noun, lexicon};
use super::super::phrases::Np;
use super::super::reading::{Flow, Meaning, Reading};
use super::Said;
use crate::model::Kind;
use crate::text::Span;

impl Reading {
    /// "a delivery API, which is published in API Management": callers come to it through the door it is published at.
    pub(super) fn published_at(&mut self, said: &Said<'_>) {
        let shown = matches!(said.lemma(), "publish" | "expose" | "offer" | "front" | "make")
            && said.clause.passive();
        let [api] = said.object.as_slice() else { return };
        if !shown || !self.kind(*api).is_compute() {
            return;
        }
        for door in said.at(&["in", "on", "through", "via", "by", "with", "using"]) {
            if matches!(self.kind(door), Kind::Gateway | Kind::LoadBalancer | Kind::Cdn) {
                self.flow(door, *api, None, None, None, None);
            }
        }
    }

    /// "Front Door routes a customer's traffic", "user traffic goes through the WAF": people come to who hands on what is
    /// theirs.
    pub(super) fn traffic_of(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        meanings: &[Meaning],
        said: &Said<'_>,
    ) {
        let clause = said.clause;
        let routes = matches!(said.frame, Frame::Send | Frame::Call | Frame::Consume | Frame::Front);
        if !routes || clause.conditional {
            return;
        }
        let active = !clause.passive() && !said.data_acts;
        let door = match (active, said.actor.as_slice()) {
            (_, [door]) => Some(*door),
            _ => said.way().first().copied(),
        };
        let Some(door) = door.filter(|&d| {
            let kind = self.kind(d);
            kind.is_compute()
                || matches!(kind, Kind::Dns | Kind::Cdn | Kind::Gateway | Kind::LoadBalancer | Kind::Waf)
        }) else {
            return;
        };
        let things = if active { &clause.object } else { &clause.subject };
        for np in things.iter().filter_map(|&np| parsed.phrases.get(np)) {
            let asked = matches!(
                super::super::wording::singular(&np.head).as_str(),
                "request" | "traffic" | "call" | "query" | "order" | "upload"
            );
            let whose = np.owner.as_deref().or(np.modifiers.last().map(String::as_str)).unwrap_or("");
            let person = lexicon.noun(whose).is_some_and(|(noun, _)| noun == Noun::Person);
            if !asked || !person || np.technology.is_some() {
                continue;
            }
            let span = np.span.start..np.span.end;
            let Some(at) = text.get(span).and_then(|t| t.to_lowercase().find(whose)) else { continue };
            let label = Span::new(np.span.start + at, np.span.start + at + whose.len());
            let who = Np {
                head: whose.to_owned(),
                noun: Some(Noun::Person),
                det: Det::Definite,
                plural: true,
                start: np.start,
                end: np.end,
                span: label,
                label,
                ..Np::default()
            };
            let Some(wanted) = self.entities.wanted(lexicon, text, &who) else { continue };
            for id in self.entities.resolve(&wanted, &who, self.sentence) {
                if let Some(entity) = self.entities.all.get_mut(id) {
                    entity.weak = false;
                }
                self.flow(id, door, None, None, None, None);
            }
        }
        // "Requests from users are routed by the CDN"
        if !active {
            let from: Vec<NpId> = clause.behind(&["from", "of"]).collect();
            for id in self.ids_of(meanings, &from) {
                if self.person(id) && id != door {
                    self.flow(id, door, None, None, None, None);
                }
            }
        }
    }

    /// "the storage, for which the SFTP endpoint is enabled": a feature of what has it, drawn only when something flows.
    pub(super) fn enabled_for(&mut self, said: &Said<'_>) {
        let switched = matches!(said.lemma(), "enable" | "activate") && said.clause.passive();
        if !switched || said.at(&["for", "on"]).is_empty() {
            return;
        }
        for &feature in &said.object {
            let start = self.span.start;
            let entity = self.entities.all.get_mut(feature);
            if let Some(entity) = entity.filter(|e| e.span.start >= start && !e.kind.is_messaging()) {
                entity.weak = true;
            }
        }
    }

    /// "The adapters enable connectivity between the devices and the hub": what joins two stands between them.
    pub(super) fn joins(&mut self, said: &Said<'_>) {
        let joined = matches!(
            said.lemma(),
            "provide"
                | "enable"
                | "offer"
                | "establish"
                | "allow"
                | "ensure"
                | "handle"
                | "manage"
                | "facilitate"
        );
        let link = |h: &String| {
            matches!(
                h.as_str(),
                "connectivity"
                    | "connection"
                    | "communication"
                    | "integration"
                    | "link"
                    | "exchange"
                    | "interface"
            )
        };
        let parted = matches!(said.lemma(), "decouple" | "insulate" | "shield") && !said.clause.passive();
        if let (true, [middle], [a], [b]) =
            (parted, said.actor.as_slice(), said.object.as_slice(), said.at(&["from"]).as_slice())
            && (self.kind(*middle).is_messaging() || self.kind(*middle) == Kind::Gateway)
        {
            self.rule("what parts two stands between them");
            self.flow(*a, *middle, None, None, None, None);
            return self.flow(*middle, *b, None, None, None, None);
        }
        let nominal = said.heads.iter().any(link) && !said.clause.passive() && said.object.is_empty();
        if let (true, [a], [b]) =
            (nominal, said.at(&["of"]).as_slice(), said.at(&["to", "with", "into"]).as_slice())
        {
            // "allows the integration of a gateway to a load balancer"
            return self.flow(*a, *b, None, None, None, None);
        }
        if !joined || said.clause.passive() || !said.object.is_empty() || !said.heads.iter().any(link) {
            return;
        }
        if let ([middle], [a, b]) = (said.actor.as_slice(), said.at(&["between"]).as_slice()) {
            self.rule("what joins two stands between them");
            self.flow(*a, *middle, None, None, None, None);
            self.flow(*middle, *b, None, None, None, None);
        }
    }

    /// "boards which are fed from ClickHouse": what comes from there goes to what is fed.
    pub(super) fn fed_from(&mut self, said: &Said<'_>) {
        let fed = matches!(said.lemma(), "feed" | "populate" | "source" | "hydrate" | "supply" | "fill");
        if !fed || !said.clause.passive() {
            return;
        }
        for source in said.at(&["from"]) {
            for &id in &said.object {
                self.flow(source, id, said.label.as_deref(), None, None, None);
            }
        }
    }

    /// "The nightly backup of the database goes to a bucket": a copy goes from what it is a copy of.
    pub(super) fn copies_go(&mut self, parsed: &Parsed, said: &mut Said<'_>) {
        let [np] = said.clause.subject.as_slice() else { return };
        if said.frame != Frame::Send || said.clause.passive() {
            return;
        }
        let copy = parsed.phrases.get(*np).is_some_and(|n| {
            let head = super::super::wording::singular(&n.head.to_lowercase());
            n.technology.is_none()
                && matches!(head.as_str(), "backup" | "snapshot" | "dump" | "copy" | "export")
        });
        let kept = |id: &EntityId| self.kind(*id).is_store();
        let (of, to) = (said.at(&["of"]), said.at(&["to", "in", "on", "into"]));
        let ([whole], [place]) = (of.as_slice(), to.as_slice()) else { return };
        let (whole, place) = (*whole, *place);
        if copy && kept(&whole) && kept(&place) {
            said.adjuncts.clear();
            self.rule("a copy goes from what it is a copy of");
            self.flow(whole, place, said.label.as_deref(), None, None, None);
        }
    }

    /// "takes a daily snapshot of the file share": who takes a copy of something reads it.
    pub(super) fn copied_off(&mut self, said: &Said<'_>) {
        let takes = matches!(said.lemma(), "take" | "make" | "create" | "draw") && !said.clause.passive();
        if !takes || !said.object.is_empty() {
            return;
        }
        let data = said.data.as_deref().unwrap_or("").to_lowercase();
        let last = super::super::wording::singular(data.rsplit(' ').next().unwrap_or(""));
        if !matches!(last.as_str(), "snapshot" | "backup" | "copy" | "dump" | "export") {
            return;
        }
        let stores: Vec<EntityId> =
            said.at(&["of"]).into_iter().filter(|&o| self.kind(o).is_store()).collect();
        for &actor in &said.actor {
            stores.iter().for_each(|&store| self.flow(actor, store, said.label.as_deref(), None, None, None));
        }
    }

    /// "a report that is based on the data in the database": what shows data reads it where it lies.
    pub(super) fn based_on(&mut self, said: &Said<'_>) {
        let shows = |&a: &EntityId| {
            matches!(self.kind(a), Kind::Analytics | Kind::Client | Kind::Monitoring | Kind::Ml)
        };
        let actors = if said.clause.passive() { &said.object } else { &said.actor };
        let about = said.clause.adjuncts.iter().any(|(p, _)| p == "about");
        let states = said.frame == Frame::Be
            || matches!(said.frame, Frame::Provide | Frame::Send | Frame::Read | Frame::Make | Frame::Act);
        if !states || !about || actors.is_empty() || !actors.iter().all(shows) {
            return;
        }
        for store in said.at(&["about", "in", "from"]) {
            if self.kind(store).is_store() || self.kind(store) == Kind::Search {
                actors.clone().iter().for_each(|&a| self.flow(a, store, None, None, None, None));
            }
        }
    }

    /// "checks the token issued by the identity provider": who checks it turns to who issued it.
    pub(super) fn issued_by(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for pair in parsed.clauses.windows(2) {
            let [checks, issued] = pair else { continue };
            let reduced = issued.passive() && issued.verb.as_ref().is_some_and(|v| !v.finite);
            let made = matches!(issued.lemma(), "issue" | "sign" | "grant" | "mint");
            let tests = matches!(checks.lemma(), "check" | "validate" | "verify" | "inspect" | "introspect");
            if !(reduced && made && tests) || checks.passive() || issued.subject != checks.object {
                continue;
            }
            let issuers: Vec<NpId> = issued.behind(&["by"]).collect();
            for issuer in self.ids_of(meanings, &issuers) {
                for checker in self.ids_of(meanings, &checks.subject) {
                    if self.kind(issuer) == Kind::Identity {
                        self.flow(checker, issuer, None, None, None, None);
                    }
                }
            }
        }
    }

    /// "Payments are processed by Stripe", "the text is extracted by Textract": who acted last has a service of others do it.
    pub(super) fn done_outside(&mut self, said: &Said<'_>) {
        let [agent] = said.actor.as_slice() else { return };
        let served = lexicon().roles.outside_verbs.contains(said.lemma());
        let outside = self.kind(*agent) == Kind::Ml || self.kind(*agent) == Kind::External && served;
        let works =
            matches!(said.frame, Frame::Act | Frame::Consume | Frame::Read | Frame::Send | Frame::Store);
        let alone =
            said.clause.passive() && said.object.is_empty() && said.adjuncts.iter().all(|(p, _)| p == "by");
        if !(outside && works && alone) || said.clause.conditional || said.clause.told || self.asked_later {
            return;
        }
        if self.flows.iter().any(|f| f.to == *agent || f.from == *agent) {
            return;
        }
        let program = |id: &EntityId| self.kind(*id).is_compute() || self.kind(*id) == Kind::Workflow;
        let asker = [self.sentence_actor, self.mover, self.actor].into_iter().flatten().find(program);
        let asker = asker
            .or_else(|| self.object.iter().copied().find(program))
            .or_else(|| self.principal().filter(program));
        if let Some(asker) = asker.filter(|a| a != agent) {
            self.rule("what a service of others does is asked for by who acted last");
            self.flow(asker, *agent, said.label.as_deref(), None, None, None);
        }
    }

    /// "Stripe charges the cards for the order service": who has it done asks the product that does it.
    pub(super) fn done_for(&mut self, said: &Said<'_>) {
        let [agent] = said.actor.as_slice() else { return };
        let serves =
            matches!(self.kind(*agent), Kind::External | Kind::Email | Kind::Notification | Kind::Identity);
        let works =
            matches!(said.frame, Frame::Act | Frame::Call | Frame::Consume | Frame::Send | Frame::Auth);
        let idle = !self.flows.iter().any(|f| f.from == *agent || f.to == *agent);
        if !(serves && works && idle) || said.clause.passive() || !said.object.is_empty() {
            return;
        }
        for asker in said.at(&["for"]) {
            if self.kind(asker).is_compute() {
                self.flow(asker, *agent, said.label.as_deref(), None, None, None);
            }
        }
    }

    /// "invokes A, followed by B": the same is done to both.
    pub(super) fn followed_by(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for pair in parsed.clauses.windows(2) {
            let [main, next] = pair else { continue };
            let follows =
                next.lemma() == "follow" && next.passive() && next.verb.as_ref().is_some_and(|v| !v.finite);
            let starts = matches!(main.frame(), Frame::Call | Frame::Trigger) && !main.passive();
            if !(follows && starts) {
                continue;
            }
            let behind: Vec<NpId> = next.behind(&["by"]).collect();
            for actor in self.ids_of(meanings, &main.subject) {
                for &other in &self.ids_of(meanings, &behind) {
                    self.flow(actor, other, None, None, None, None);
                }
            }
        }
    }

    /// "checks whether the domain is on the list in Parameter Store": who checks something looks where it is kept.
    pub(super) fn checks_whether(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for pair in parsed.clauses.windows(2) {
            let [checks, state] = pair else { continue };
            let tests =
                matches!(checks.lemma(), "check" | "verify" | "test" | "determine") && !checks.passive();
            let asks = state.conditional && state.frame() == Frame::Be && checks.object.is_empty();
            if !(tests && asks) {
                continue;
            }
            let places: Vec<NpId> = state.behind(&["in", "on", "of"]).collect();
            for store in self.ids_of(meanings, &places) {
                let keeps = self.kind(store).is_store()
                    || matches!(self.kind(store), Kind::Cache | Kind::Secrets | Kind::Search);
                for actor in self.ids_of(meanings, &checks.subject) {
                    if keeps {
                        self.flow(actor, store, None, None, None, None);
                    }
                }
            }
        }
    }

    /// "the pipe's target is an API destination", "which is the origin of the CDN": what is somebody's target gets what
    /// comes from there.
    pub(super) fn aims_at(&mut self, parsed: &Parsed, meanings: &[Meaning], said: &Said<'_>) {
        let clause = said.clause;
        let ([subject], [object], Frame::Be) =
            (clause.subject.as_slice(), clause.object.as_slice(), clause.frame())
        else {
            return;
        };
        let head = |np: &NpId| parsed.phrases.get(*np).map_or("", |n| n.head.as_str());
        let of = said.at(&["of", "for"]);
        let its = parsed.phrases.get(*subject).is_some_and(|n| n.det == Det::Possessive);
        let near = |f: &&Flow| f.span == self.span;
        let last = || self.flows.iter().next_back().filter(near).map(|f| f.to);
        let owner = self.owner_of(parsed, *subject).or_else(|| last().filter(|_| its));
        let (role, whose, who) = if let Some(owner) = owner {
            let [other] = self.ids(meanings, *object)[..] else { return };
            (head(subject), owner, other)
        } else if let ([whose], [who]) = (of.as_slice(), said.actor.as_slice()) {
            (head(object), *whose, *who)
        } else {
            return;
        };
        match role {
            "target" | "destination" | "sink" | "backend" | "upstream" | "origin" => {
                self.flow(whose, who, None, None, None, None);
                self.subject = vec![who];
            }
            "source" | "input" | "trigger" => self.flow(who, whose, None, None, None, None),
            _ => {}
        }
    }

    /// "ingests data into the lake. The sources of this data can be ERP systems and SAP": they give it to who took it in.
    pub(super) fn sources_of_data(&mut self, parsed: &Parsed, said: &Said<'_>) {
        let [subject] = said.clause.subject.as_slice() else { return };
        let head = parsed.phrases.get(*subject).map(|n| super::super::wording::singular(&n.head));
        let sources = matches!(head.as_deref(), Some("source" | "data source"));
        let says = said.frame == Frame::Be || matches!(said.lemma(), "include" | "comprise");
        let taker = self.actor.filter(|&a| {
            matches!(self.kind(a), Kind::Analytics | Kind::Workflow) || self.kind(a).is_compute()
        });
        let (true, Some(taker)) = (sources && says && said.actor.is_empty(), taker) else { return };
        let mut given = said.object.clone();
        given.extend(said.at(&["like"]));
        for source in given.into_iter().filter(|s| *s != taker) {
            self.flow(source, taker, None, None, None, None);
        }
    }
}
