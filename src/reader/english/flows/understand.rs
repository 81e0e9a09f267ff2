//! A clause with its phrases understood: who acts, what it is done to, what stands behind prepositions.
//!
//! Takes a clause with the meanings of its phrases and gives a [`Said`]. It draws nothing. What a phrase refers to beyond
//! its own words is found in `referring`, what a phrase is for in the clause in `parts`.

use super::super::clauses::{Clause, NpId, Parsed};
use super::super::entities::EntityId;
use super::super::lexicon::{Det, Form, Frame, Lexicon, Pronoun};
use super::super::reading::{Meaning, Reading};
use super::Said;
use super::carrying::handed_over;
use crate::model::Kind;

/// A clause in its sentence, with all that is known of the words.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) text: &'a str,
    pub(super) parsed: &'a Parsed,
    pub(super) meanings: &'a [Meaning],
    pub(super) clause: &'a Clause,
}

impl Scene<'_> {
    /// The verb's base form; empty without a verb.
    pub(super) fn lemma(&self) -> &str {
        self.clause.lemma()
    }

    /// Whether one of the phrases is that pronoun.
    pub(super) fn is_pronoun(&self, nps: &[NpId], pronoun: Pronoun) -> bool {
        nps.iter().any(|&np| self.parsed.phrases.get(np).is_some_and(|n| n.pronoun == Some(pronoun)))
    }

    /// The words of the first phrase that is nothing to draw.
    fn data(&self, nps: &[NpId]) -> Option<String> {
        nps.iter()
            .find_map(|&np| self.meanings.get(np).and_then(|m| m.data.clone()))
            .filter(|d| !d.is_empty())
    }
}

/// Components behind a preposition.
pub(super) type Adjunct = (String, Vec<EntityId>);

/// Who does what, before the deed's frame is looked at.
pub(super) struct Voices {
    pub(super) actor: Vec<EntityId>,
    pub(super) object: Vec<EntityId>,
    pub(super) data: Option<String>,
    pub(super) data_acts: bool,
    self_talk: bool,
}

impl Reading {
    /// Understands the phrases of a clause.
    pub(super) fn said<'a>(&mut self, scene: Scene<'a>) -> Said<'a> {
        let clause = scene.clause;
        let passive = clause.passive();
        let mut adjuncts: Vec<Adjunct> = Vec::new();
        for (p, nps) in &clause.adjuncts {
            let ids = match self.put_last(scene, p, nps) {
                Some(place) => vec![place],
                None if scene.clause.frame() == Frame::Read && scene.is_pronoun(nps, Pronoun::Both) => {
                    self.both_stores().unwrap_or_else(|| self.all(scene, nps))
                }
                // "invokes the function with the queue message as its input": what is handed over.
                None if p == "with" && handed_over(scene, nps) => Vec::new(),
                None => self.all(scene, nps),
            };
            if !ids.is_empty() {
                adjuncts.push((p.clone(), ids));
            }
        }
        if passive {
            // "Letters to customers are rendered": what stands before the verb says which letters.
            let before = |(p, nps): &(String, Vec<NpId>)| {
                let verb = clause.verb.as_ref().map_or(0, |v| v.start);
                let start = nps.first().and_then(|&np| scene.parsed.phrases.get(np)).map_or(0, |n| n.start);
                matches!(p.as_str(), "to" | "for") && start < verb && start > 0
            };
            let told: Vec<Vec<EntityId>> =
                clause.adjuncts.iter().filter(|a| before(a)).map(|(_, nps)| self.all(scene, nps)).collect();
            adjuncts.retain(|(_, ids)| !(self.people(ids) && told.contains(ids)));
        }
        if passive && scene.lemma() == "host" {
            // "a function that's hosted by Azure Functions" runs there.
            for (p, ids) in &mut adjuncts {
                if p == "by" && !self.people(ids) {
                    "on".clone_into(p);
                }
            }
        }
        let mut voices = self.voices(scene, &adjuncts);
        self.stage(passive, &mut voices, &mut adjuncts);
        if let Some(owner) = self.speaking_owner(scene, voices.data_acts && voices.actor.is_empty()) {
            (voices.actor, voices.data_acts) = (vec![owner], false);
        }
        if voices.data_acts
            && voices.actor.is_empty()
            && let Some(asked) = self.asked_at(scene, &mut adjuncts)
        {
            (voices.actor, voices.data_acts) = (vec![asked], false);
        }
        if voices.data_acts && voices.actor.is_empty() && clause.told {
            (voices.actor, voices.data_acts) = self.raised_by(scene);
        }
        let mut agentless = passive && voices.actor.is_empty() && !voices.data_acts;
        self.refer(&voices.actor, &mut adjuncts);
        let examples: Vec<EntityId> =
            adjuncts.iter().filter(|(p, _)| p == "like").flat_map(|(_, ids)| ids.clone()).collect();
        // "is committed to a source repository, such as GitHub": the one example is the thing.
        let joined = matches!(examples.as_slice(), [one] if self.exemplified(*one, &mut adjuncts));
        if !joined && !examples.is_empty() {
            *(if passive { &mut voices.object } else { &mut voices.actor }) = examples;
        }
        let frame = self.deed(scene, &voices, agentless, &adjuncts);
        self.ways(scene, &voices.actor, &voices.object, &mut adjuncts);
        let tools = self.all(scene, &clause.instrument);
        if let ([tool], true, Frame::Act | Frame::Read) =
            (tools.as_slice(), clause.purpose && self.people(&voices.actor), frame)
            && matches!(self.kind(*tool), Kind::Ml | Kind::Analytics)
        {
            // "data scientists use Azure ML to train a model on the data in the lake": the tool does.
            voices.actor = vec![*tool];
        }
        if clause.purpose && !voices.self_talk {
            self.instrument(scene, &voices.actor, frame, &mut adjuncts);
        }
        if voices.actor.is_empty() && !passive {
            voices.actor = self.own_tool(scene, &mut adjuncts);
        }
        if agentless && let Some(tool) = self.shown_with(frame, &mut adjuncts) {
            (voices.actor, agentless) = (tool, false);
        }
        let (label, protocol, asynchronous) =
            self.words(scene.lexicon, scene.text, scene.parsed, scene.meanings, clause);
        let attached = self.attached(scene, &mut adjuncts);
        let things = if passive { &clause.subject } else { &clause.object };
        let pronoun =
            things.iter().any(|&np| scene.parsed.phrases.get(np).is_some_and(|n| n.pronoun.is_some()));
        let made: Vec<NpId> = clause.behind(&["into", "as", "to"]).collect();
        Said {
            clause,
            heads: self.data_heads(scene),
            attached,
            products: self.heads(scene, &made),
            pronoun,
            places: self.places_of(scene),
            actor: voices.actor,
            object: voices.object,
            data: voices.data,
            data_acts: voices.data_acts,
            self_talk: voices.self_talk,
            agentless,
            adjuncts,
            roles: self.roles(scene),
            frame,
            asynchronous,
            label,
            protocol,
        }
    }

    /// The components of the subject, and whether the text speaks of itself there.
    fn subject(&mut self, scene: Scene<'_>) -> (Vec<EntityId>, bool) {
        let clause = scene.clause;
        self.subject_asked = !clause.passive();
        let mut subject = self.all(scene, &clause.subject);
        self.subject_asked = false;
        let each = |&np: &NpId| {
            scene
                .parsed
                .phrases
                .get(np)
                .is_some_and(|n| n.det == Det::Each && n.head.is_empty() && n.technology.is_none())
        };
        if let (true, [np]) =
            (subject.is_empty() && clause.subject.iter().any(each), clause.subject.as_slice())
        {
            // "a rooms service and a bookings service, and each of them owns a database"
            let named = scene.meanings.iter().take(*np).flat_map(|m| m.ids.iter().copied());
            let told = |id: &EntityId| {
                self.kind(*id).is_compute() && self.entities.all.get(*id).is_some_and(|e| !e.itself)
            };
            let several: Vec<EntityId> = named.filter(told).collect();
            if several.len() > 1 {
                subject = several;
            }
        }
        let it = scene.is_pronoun(&clause.subject, Pronoun::It) && !clause.passive();
        if let (true, [led], [np]) = (it, self.led.as_slice(), clause.subject.as_slice()) {
            // "The state machine does the following: - It calls …": what the list is about, unless the item names another before.
            let before = scene.meanings.iter().take(*np).any(|m| !m.ids.is_empty());
            let earlier = || {
                scene.parsed.clauses.iter().take_while(|c| !std::ptr::eq(*c, clause)).any(|c| !c.conditional)
            };
            if !before && !earlier() {
                subject = vec![*led];
            }
        }
        if let Some(described) = self.described_now(scene, &subject) {
            subject = vec![described];
        }
        if subject.is_empty() && clause.told && !clause.passive() {
            subject.extend(self.way_in(scene));
        }
        if subject.is_empty() || clause.subject.len() > 1 {
            // "Product and price share a database"
            let named = self.named_shortly(scene);
            subject.extend(named.into_iter().filter(|id| !subject.contains(id)).collect::<Vec<_>>());
        }
        if subject.is_empty() && !clause.passive() && scene.is_pronoun(&clause.subject, Pronoun::This) {
            // "dumps the log onto the dock controller, and that uploads it"
            subject.extend(match self.object.as_slice() {
                [last] if self.kind(*last).is_compute() && clause.verb.is_some() => Some(*last),
                _ => None,
            });
        }
        let speaks =
            |&np: &NpId| scene.parsed.phrases.get(np).is_some_and(super::super::wanted::speaks_of_itself);
        // "This deploys a queue", "Creates an API": the text speaks of itself.
        let sets_up = clause.frame() == Frame::Make || scene.lemma() == "deploy";
        let opens = clause.verb.as_ref().is_some_and(|v| v.start == 0 && v.form == Form::Third);
        let this = sets_up
            && !clause.passive()
            && (scene.is_pronoun(&clause.subject, Pronoun::This) || clause.subject.is_empty() && opens);
        if this {
            subject.clear();
        }
        let itself = this || !clause.passive() && subject.is_empty() && clause.subject.iter().any(speaks);
        if itself && clause.purpose {
            subject = self.all(scene, &clause.instrument);
        }
        let echo = self.self_talk && scene.is_pronoun(&clause.subject, Pronoun::It) && !clause.passive();
        if echo {
            subject.clear();
        }
        let itself = echo || itself && subject.is_empty();
        (subject, itself)
    }

    fn voices(&mut self, scene: Scene<'_>, adjuncts: &[Adjunct]) -> Voices {
        let clause = scene.clause;
        let (subject, self_talk) = self.subject(scene);
        let mut object = self.all(scene, &clause.object);
        let moved = matches!(clause.frame(), Frame::Send | Frame::Store | Frame::Act | Frame::Consume);
        if moved && scene.is_pronoun(&clause.object, Pronoun::They) && !self.data.is_empty() {
            // "devices send readings; the job sorts them": the readings, not the devices.
            object.clear();
        }
        let goes = adjuncts.iter().any(|(p, _)| matches!(p.as_str(), "to" | "into" | "in" | "on" | "onto"));
        let carried = matches!(clause.frame(), Frame::Send | Frame::Store) && goes && !clause.passive();
        if carried && scene.is_pronoun(&clause.object, Pronoun::It) && !self.data.is_empty() {
            // "sends the order to the gateway, which forwards it to the service": the order.
            object.clear();
        }
        let queued = adjuncts.iter().any(|(p, ids)| p == "from" && ids.iter().any(|&id| self.messaging(id)));
        if queued && scene.is_pronoun(&clause.object, Pronoun::It) {
            // "puts a job into the queue; the worker takes it from there": the job.
            object.clear();
        }
        let kept = |(p, ids): &&Adjunct| {
            p == "where" && ids.iter().all(|&id| self.kind(id).is_store() || self.kind(id) == Kind::Cache)
        };
        let looked = matches!(clause.frame(), Frame::Call | Frame::Read) && adjuncts.iter().any(|a| kept(&a));
        if looked && scene.is_pronoun(&clause.object, Pronoun::It) {
            // "copies it into PostgreSQL, where Grafana looks it up"
            object.clear();
        }
        if let Some(both) = self.both(scene, &subject) {
            object = both;
        }
        let shows = matches!(scene.lemma(), "show" | "display" | "present") && !clause.passive();
        let shown =
            scene.is_pronoun(&clause.object, Pronoun::It) || scene.is_pronoun(&clause.object, Pronoun::They);
        let nowhere = !adjuncts.iter().any(|(p, _)| matches!(p.as_str(), "on" | "to" | "in" | "at"));
        if let (true, Some(sink)) = (shows && shown && nowhere, self.sink) {
            // "models the data there and shows it": what was put there is shown.
            object = vec![sink];
        }
        let copied =
            matches!(scene.lemma(), "mirror" | "replicate" | "copy" | "backup" | "back" | "snapshot");
        let it = clause.passive() && scene.is_pronoun(&clause.subject, Pronoun::It);
        let store = self.sink.filter(|&s| it && copied && self.kind(s).is_store());
        let subject = store.map_or(subject, |s| vec![s]);
        let hint = |np: NpId| scene.meanings.get(np).and_then(|m| m.hint);
        if clause.passive() {
            // "is rolled out after approval by the radiologist": who approves it, not who rolls it out.
            let approves = |np: &NpId| {
                let phrase = |np: NpId| scene.parsed.phrases.get(np);
                let deed = np.checked_sub(1);
                let near = match (deed.and_then(phrase), phrase(*np)) {
                    (Some(deed), Some(who)) => deed.det == Det::Bare && who.start <= deed.end + 1,
                    _ => false,
                };
                near && clause.behind(&["after", "upon", "on", "before", "without"]).any(|b| Some(b) == deed)
            };
            let others: Vec<EntityId> = clause
                .behind(&["by"])
                .filter(approves)
                .filter_map(|np| scene.meanings.get(np))
                .flat_map(|m| m.ids.clone())
                .collect();
            let by: Vec<EntityId> = adjuncts
                .iter()
                .filter(|(p, _)| p == "by")
                .flat_map(|(_, ids)| ids.clone())
                .filter(|id| !others.contains(id))
                .collect();
            let by_hint = clause.behind(&["by"]).find_map(hint);
            let by_data = by.is_empty() && clause.behind(&["by"]).next().is_some();
            let agent: Vec<EntityId> = if by.is_empty() { by_hint.into_iter().collect() } else { by };
            // "the bucket's notifications are published to a topic": by the bucket.
            let owned = agent.is_empty() && !by_data && subject.is_empty() && clause.frame() == Frame::Send;
            let owner = || clause.subject.iter().find_map(|&np| self.owner_of(scene.parsed, np));
            let agent = if owned { owner().into_iter().collect() } else { agent };
            // "is connected to", "is subscribed as well": passive in form alone.
            let state = agent.is_empty()
                && !subject.is_empty()
                && matches!(clause.frame(), Frame::Call | Frame::Consume)
                && (scene.lemma() == "subscribe" || adjuncts.iter().any(|(p, _)| p == "to" || p == "with"));
            let data_acts = by_data && by_hint.is_none() && !state;
            let (actor, object) = if state { (subject, Vec::new()) } else { (agent, subject) };
            // "is run by a recurrence trigger": what does it stands behind "by".
            let doer: Vec<NpId> = clause.behind(&["by"]).collect();
            let data = scene.data(&clause.subject).or_else(|| scene.data(&doer).filter(|_| data_acts));
            return Voices { actor, object, data, data_acts, self_talk };
        }
        let data_acts = subject.is_empty() && !self_talk && scene.data(&clause.subject).is_some();
        let owner = clause.subject.iter().find_map(|&np| self.owner_of(scene.parsed, np));
        let of_owner = match clause.frame() {
            Frame::Trigger => true,
            Frame::Send | Frame::Call => owner.is_some(),
            _ => false,
        };
        let actor = if data_acts && of_owner {
            clause.subject.iter().find_map(|&np| hint(np)).or(owner).into_iter().collect()
        } else {
            subject
        };
        let actor = if actor.is_empty() && data_acts { self.acting_inside(scene) } else { actor };
        let actor = if actor.is_empty() && data_acts { self.working_of(scene) } else { actor };
        let data_acts = data_acts && actor.is_empty();
        let itself = scene.is_pronoun(&clause.object, Pronoun::It) && !object.is_empty() && object == actor;
        if let (true, Some(topic)) = (itself, self.sentence_actor.filter(|t| !object.contains(t))) {
            // "Ride engine owns the rides: … the app's request reaches it"
            object = vec![topic];
        }
        Voices { actor, object, data: scene.data(&clause.object), data_acts, self_talk }
    }
}
