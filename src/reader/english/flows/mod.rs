//! What clauses say of components: who talks to whom.
//!
//! Takes the clauses of a sentence with the meanings of their phrases and adds flows, places and attributes to the
//! [`Reading`]. Who starts a call is where the arrow starts; data and events go from who has them to who gets them.

mod agents;
mod arrivals;
mod attributes;
mod building;
mod carrying;
mod consequences;
mod deed;
mod discourse;
mod events;
mod frames;
mod implied;
mod labels;
mod occasions;
mod parts;
mod passages;
mod referring;
mod requests;
mod understand;

use super::clauses::{Clause, NpId, Parsed};
use super::entities::EntityId;
use super::lexicon::{Frame, Lexicon, Pronoun};
use super::reading::{Flow, Meaning, Reading};
use crate::model::Kind;

/// What is said of data with which something failed.
const FAILED: [&str; 7] =
    ["failed", "failing", "undeliverable", "unprocessable", "unprocessed", "faulty", "poisonous"];

/// A clause with its phrases understood.
#[derive(Debug, Clone)]
pub(super) struct Said<'a> {
    pub(super) clause: &'a Clause,
    /// Who does it.
    pub(super) actor: Vec<EntityId>,
    /// What it is done to.
    pub(super) object: Vec<EntityId>,
    /// The words of an object that is nothing to draw.
    pub(super) data: Option<String>,
    /// The head nouns of such objects, in the singular.
    pub(super) heads: Vec<String>,
    /// The head nouns of data that something is made into.
    pub(super) products: Vec<String>,
    /// Whether the object is a pronoun.
    pub(super) pronoun: bool,
    /// What stands before, behind or on top of a phrase right before the preposition: the preposition, the phrase's
    /// components, those behind.
    pub(super) attached: Vec<parts::Attached>,
    /// Places behind prepositions.
    pub(super) places: Vec<(String, usize)>,
    /// Whether the actor is nothing to draw: "the upload triggers".
    pub(super) data_acts: bool,
    /// Whether the text speaks of itself: "this pattern uses …".
    pub(super) self_talk: bool,
    /// Whether nobody is named who does it.
    pub(super) agentless: bool,
    /// Components behind prepositions, in order.
    pub(super) adjuncts: Vec<(String, Vec<EntityId>)>,
    /// What is its source or its destination: "with A as source and B as destination".
    pub(super) roles: Vec<(&'static str, EntityId)>,
    /// The frame.
    pub(super) frame: Frame,
    /// Whether somebody waits.
    pub(super) asynchronous: Option<bool>,
    /// The label that the words give.
    pub(super) label: Option<String>,
    /// How it travels.
    pub(super) protocol: Option<String>,
}

impl Said<'_> {
    /// The verb's base form; empty without a verb.
    pub(super) fn lemma(&self) -> &'static str {
        self.clause.lemma()
    }

    /// Components behind one of these prepositions.
    pub(super) fn at(&self, prepositions: &[&str]) -> Vec<EntityId> {
        self.adjuncts
            .iter()
            .filter(|(p, _)| prepositions.contains(&p.as_str()))
            .flat_map(|(_, ids)| ids.clone())
            .collect()
    }

    /// The same without the phrases behind prepositions: for arrows that take no way of theirs.
    pub(super) fn bare(&self) -> Self {
        Self { adjuncts: Vec::new(), ..self.clone() }
    }

    /// The same for arrows that only say what stands before what: the deed is not theirs.
    pub(super) fn place(&self) -> Self {
        Self { label: None, asynchronous: None, ..self.bare() }
    }

    /// Components on the way: behind via, through, over.
    pub(super) fn way(&self) -> Vec<EntityId> {
        self.at(&["via", "through", "over", "using", "across"])
    }
}

impl Reading {
    /// Reads the clauses of a sentence.
    pub(crate) fn interpret(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        meanings: Vec<Meaning>,
    ) {
        let acting = (self.actor, self.mover);
        self.with_roles(parsed, &meanings);
        self.links(text, parsed, &meanings);
        self.readers(parsed, &meanings);
        // "events that could not be delivered", "failed messages"
        let told = |c: &Clause| c.told && c.verb.as_ref().is_some_and(|v| v.negated) && !c.relative;
        let failed = |n: &super::phrases::Np| n.modifiers.iter().any(|m| FAILED.contains(&m.as_str()));
        let read = |c: &Clause| {
            let takes = matches!(c.frame(), Frame::Read | Frame::Consume | Frame::Use | Frame::Call);
            let again = |np: &NpId| {
                let pronoun = parsed.phrases.get(*np).and_then(|n| n.pronoun);
                matches!(pronoun, Some(Pronoun::Former | Pronoun::Latter))
            };
            let again = c.inherited || c.subject.iter().any(again);
            takes && c.passive() && again && c.behind(&["by"]).next().is_some()
        };
        let both = |np: &NpId| parsed.phrases.get(*np).is_some_and(|n| n.pronoun == Some(Pronoun::Both));
        self.asked_later = parsed
            .clauses
            .iter()
            .any(|c| c.frame() == Frame::Call && !c.passive() && c.object.iter().any(both));
        self.read_later = parsed.clauses.iter().any(read);
        self.fails = parsed.clauses.iter().any(told) || parsed.phrases.iter().any(failed);
        let mut order: Vec<usize> = (0..parsed.clauses.len()).collect();
        // What a condition says comes first, unless it speaks of what the main clause names.
        let pronoun = |c: &Clause| {
            c.subject.iter().any(|&np| parsed.phrases.get(np).is_some_and(|n| n.pronoun.is_some()))
        };
        let behind_colon = |c: &Clause| {
            let all = c.subject.iter().chain(&c.object).chain(c.adjuncts.iter().flat_map(|(_, nps)| nps));
            parsed.colon.is_some_and(|colon| all.min().is_some_and(|first| *first >= colon))
        };
        order
            .sort_by_key(|&c| parsed.clauses.get(c).map(|c| (behind_colon(c), !c.conditional || pronoun(c))));
        for index in order {
            let Some(clause) = parsed.clauses.get(index) else { continue };
            self.clause(lexicon, text, parsed, &meanings, clause);
        }
        let written = text.get(self.span.start..self.span.end).unwrap_or("");
        if written.get(..3).is_some_and(|first| first.eq_ignore_ascii_case("if ")) && acting.0.is_some() {
            // What happens in one case only does not take over from who acts in general.
            (self.actor, self.mover) = acting;
        }
        self.main_subject(parsed, &meanings);
        self.occasions(parsed, &meanings);
        self.has_do(parsed, &meanings);
        self.handed_on(parsed, &meanings);
        self.heard_by_bus(parsed, &meanings);
        self.followed_by(parsed, &meanings);
        self.checks_whether(parsed, &meanings);
        self.issued_by(parsed, &meanings);
        self.put_there(parsed, &meanings);
        self.uses_kept(parsed, &meanings);
        self.take_published(text, parsed, &meanings);
        self.can_act(text, parsed, &meanings);
        self.in_site(text, parsed, &meanings);
        if !self.listed_in_place(text, parsed, &meanings) {
            self.described_as(parsed, &meanings);
            self.enumerate(parsed, &meanings);
        }
        self.near_places(parsed, &meanings);
    }

    /// Arrows drawn in the text.
    fn links(&mut self, text: &str, parsed: &Parsed, meanings: &[Meaning]) {
        let behind = text.get(self.span.start..self.span.end).and_then(labels::behind_arrow);
        for (at, (from, to)) in parsed.links.iter().enumerate() {
            let on = self.on_arrow(text, parsed, from, to);
            let sources = from;
            let mut from: Vec<EntityId> = from
                .iter()
                .flat_map(|&np| {
                    let ids = self.ids(meanings, np);
                    // "loader failures -> queue": what goes is the loader's.
                    let owner = meanings.get(np).and_then(|m| m.hint).filter(|_| ids.is_empty());
                    ids.into_iter().chain(owner)
                })
                .collect();
            from.dedup();
            if from.is_empty() {
                // "payment charges the card -> shipping": from who does it.
                let doing =
                    parsed.clauses.iter().rev().find(|c| c.object.iter().any(|np| sources.contains(np)));
                from = doing.map_or_else(Vec::new, |c| self.ids_of(meanings, &c.subject));
            }
            if from.is_empty() {
                from = self.senders_of_data(parsed, sources);
            }
            let to = self.ids_of(meanings, to);
            let last = behind.clone().filter(|_| at + 1 == parsed.links.len());
            let label = on.as_deref().or(last.as_deref());
            for &a in &from {
                for &b in &to {
                    self.flow(a, b, label, None, None, None);
                }
            }
            if !to.is_empty() {
                self.subject.clone_from(&to);
                self.remember(&from, &to, false);
            }
        }
    }

    /// "all traffic -> gateway", "deeds -> bucket": traffic is that of the clients, other data that of who was spoken of.
    fn senders_of_data(&mut self, parsed: &Parsed, nps: &[NpId]) -> Vec<EntityId> {
        let head = |np: &NpId| parsed.phrases.get(*np).map(|n| super::wording::singular(&n.head));
        let traffic = |np: &NpId| {
            head(np).is_some_and(|h| matches!(h.as_str(), "traffic" | "request" | "call" | "http"))
        };
        if !nps.is_empty() && nps.iter().all(traffic) {
            let client = |id: &EntityId| {
                self.kind(*id) == Kind::Client
                    && self.entities.all.get(*id).is_some_and(|e| !e.denied && !e.itself)
            };
            let clients = (0..self.entities.all.len()).filter(client).collect();
            self.rule("traffic is that of the clients");
            return clients;
        }
        match self.topic.as_slice() {
            [] => self.actor.into_iter().collect(),
            topic => topic.to_vec(),
        }
    }

    fn clause(
        &mut self,
        lexicon: &Lexicon,
        text: &str,
        parsed: &Parsed,
        meanings: &[Meaning],
        clause: &Clause,
    ) {
        // "Nothing is ever written by the website into Oracle"
        let nothing = clause.subject.iter().any(|&np| {
            parsed.phrases.get(np).is_some_and(|n| {
                matches!(n.head.to_lowercase().as_str(), "nothing" | "nobody" | "none")
                    && n.modifiers.is_empty()
            })
        });
        if nothing || clause.verb.as_ref().is_some_and(|v| v.negated) {
            let subject = self.ids_of(meanings, &clause.subject);
            if !subject.is_empty() && !clause.conditional {
                self.subject = subject;
            }
            self.fails_at(meanings, clause);
            let beside = clause.adjuncts.iter().flat_map(|(_, nps)| nps).chain(&clause.object).copied();
            for id in beside.filter_map(|np| meanings.get(np)).flat_map(|m| &m.ids) {
                let here = self.span.start;
                if let Some(entity) =
                    self.entities.all.get_mut(*id).filter(|e| e.span.start >= here && !e.linked)
                {
                    // "does not call the backend services directly": not there for that alone.
                    entity.weak = true;
                }
            }
            self.rule("what is negated is not drawn");
            return;
        }
        if self.enabled(text, parsed, clause) {
            return;
        }
        self.last_deed = self.deed.replace(clause.frame());
        let mut said = self.said(understand::Scene { lexicon, text, parsed, meanings, clause });
        self.self_talk = said.self_talk || self.self_talk && clause.inherited;
        self.job_of(said.lemma(), &said.object, &said.heads, &said.at(&["in", "with", "on", "to", "using"]));
        let through = if clause.passive() { &said.object } else { &said.actor };
        if let Some(worker) = self.done_by(clause, through, &said.heads) {
            (self.actor, self.mover, self.sentence_actor) = (Some(worker), Some(worker), Some(worker));
            return;
        }
        self.carries(parsed, meanings, clause);
        self.fronted(text, parsed, meanings, &said);
        self.machine(&said);
        self.each_site(text, parsed, meanings, &said);
        if self.contain(parsed, meanings, &said) {
            return;
        }
        self.undergoes(&mut said);
        if said.clause.passive()
            && matches!(
                said.lemma(),
                "deploy" | "implement" | "package" | "provision" | "realise" | "realize"
            )
        {
            // "The backend is deployed as a Lambda function"
            self.as_role(parsed, meanings, &said);
        }
        if !self.stack(&mut said) {
            self.attributes(parsed, meanings, &said);
            self.written_in(&mut said);
        }
        self.mapped(parsed, meanings, &mut said);
        self.data_owner = self.named_before_data(parsed, meanings, clause);
        if self.where_data_is(parsed, meanings, &said) {
            return;
        }
        if self.integrated(&said) || self.target_is(parsed, &said) {
            return;
        }
        self.given_messages(parsed, &mut said);
        self.sent_on(parsed, meanings, &mut said);
        if !said.self_talk && (said.agentless || said.actor.is_empty() && !said.data_acts) {
            self.supply_actor(&mut said);
        }
        let before = self.flows.len();
        self.asked_by(parsed, meanings, &mut said);
        self.requests_of(parsed, &said);
        self.at_machine(&mut said);
        self.connected_on(&mut said);
        self.handed_through(parsed, meanings, &said);
        self.with_behind(parsed, meanings, &mut said);
        self.webhook_received(&said);
        self.stream_on_table(parsed, meanings, &mut said);
        self.with_tools(&mut said);
        self.same_machine(&mut said);
        self.goes_on(parsed, &said);
        if self.bound_to(&said) {
            return;
        }
        self.taken_from_clients(&mut said);
        self.has_done(parsed, meanings, &said);
        self.raised_for(parsed, &said);
        self.copied_off(&said);
        self.copies_go(parsed, &mut said);
        self.joins(&said);
        self.fed_from(&said);
        self.based_on(&said);
        self.published_at(&said);
        self.traffic_of(lexicon, text, parsed, meanings, &said);
        self.enabled_for(&said);
        self.done_outside(&said);
        self.done_for(&said);
        self.event_made(&said);
        self.deployed_model(&said);
        self.aims_at(parsed, meanings, &said);
        self.sources_of_data(parsed, &said);
        if self.act_there(&said) {
            return;
        }
        self.recall(&mut said);
        self.address(&said);
        self.tools(&mut said);
        self.travel(&said);
        self.frame(&said);
        self.arrive(&said, before);
        self.name_by_deed(lexicon, &said);
        self.follow(&said, before);
    }

    /// "If a record cannot be processed by Firehose, it is sent to the bucket": by who could not do it.
    fn fails_at(&mut self, meanings: &[Meaning], clause: &Clause) {
        if !clause.passive() || !(clause.conditional || clause.told) {
            return;
        }
        let by: Vec<NpId> = clause.behind(&["by"]).collect();
        if let [worker] = self.ids_of(meanings, &by)[..]
            && !self.person(worker)
        {
            (self.actor, self.mover) = (Some(worker), Some(worker));
        }
    }

    /// What is inferred next is the words' that made the entity, and no step's.
    pub(super) fn speak_of(&mut self, id: EntityId) {
        self.span = self.entities.all.get(id).map_or(self.span, |e| e.span);
        self.step = None;
    }

    /// Adds a flow, unless it is there already.
    pub(super) fn flow(
        &mut self,
        from: EntityId,
        to: EntityId,
        label: Option<&str>,
        asynchronous: Option<bool>,
        protocol: Option<&str>,
        why: Option<&'static str>,
    ) {
        if from == to {
            return;
        }
        if let Some(known) = self.flows.first_mut(from, to) {
            let new = label.filter(|l| known.label.as_deref().is_none_or(|k| !k.contains(*l)));
            if let Some(new) = new {
                let joined = known.label.as_ref().map_or_else(|| new.to_owned(), |k| format!("{k}; {new}"));
                if joined.chars().count() <= 60 {
                    known.label = Some(joined);
                }
            }
            known.asynchronous = known.asynchronous.or(asynchronous);
            return;
        }
        let (span, step) = (self.span, self.step);
        let reply = self.flows.between(to, from).any(|f| f.span == span && f.step == step);
        let medium = |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.kind.is_messaging());
        let pushed =
            label.is_some_and(|l| ["push", "notify", "stream", "broadcast"].iter().any(|v| l.starts_with(v)));
        if reply && !pushed && !medium(from) && !medium(to) && asynchronous != Some(true) {
            return;
        }
        let read_back = self.flows.between(to, from).next().is_some();
        let passive = |id: EntityId| {
            self.entities.all.get(id).is_some_and(|e| e.kind.is_store() || e.kind == Kind::Cache)
        };
        if read_back && (passive(from) || why.is_some()) {
            return;
        }
        if let Some(trace) = self.traces.last_mut() {
            trace.flows.push(self.flows.len());
        }
        for id in [from, to] {
            if let Some(entity) = self.entities.all.get_mut(id) {
                entity.linked = true;
            }
        }
        self.flows.push(Flow {
            from,
            to,
            label: label.map(str::to_owned).filter(|l| !l.is_empty()),
            asynchronous,
            protocol: protocol.map(str::to_owned),
            span: self.span,
            step: self.step,
            why,
        });
    }
}
