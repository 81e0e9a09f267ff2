//! Reads sentence after sentence and keeps what was said: entities, flows, places and who acts.
//!
//! Takes the sentences of a text and gives a [`Reading`]. The meaning of noun phrases is found here; what verbs say of
//! them is in `flows`, what holds them in `places`.

use super::clauses::{NpId, Parsed, parse};
use super::entities::{Entities, EntityId, Wanted, clean, sentence_case, singular};
use super::lexicon::{Det, Frame, Lexicon, Noun, Pronoun};
use super::phrases::{Np, items};
use super::places::Place;
use super::sentences::Sentence;
use super::structure::{Block, BlockKind};
use super::tagging::tag;
use crate::catalog::catalog;
use crate::model::Kind;
use crate::text::Span;

/// An arrow the text draws.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Flow {
    /// Where it starts.
    pub(crate) from: EntityId,
    /// Where it ends.
    pub(crate) to: EntityId,
    /// What travels or happens.
    pub(crate) label: Option<String>,
    /// Whether somebody waits, where the words say so.
    pub(crate) asynchronous: Option<bool>,
    /// How it travels.
    pub(crate) protocol: Option<String>,
    /// The words.
    pub(crate) span: Span,
    /// The number of the step it stands in.
    pub(crate) step: Option<u32>,
    /// The rule, for what is not stated.
    pub(crate) why: Option<&'static str>,
}

/// What a noun phrase means in its sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meaning {
    /// The entities it stands for.
    pub(crate) ids: Vec<EntityId>,
    /// What it says when it is nothing to draw.
    pub(crate) data: Option<String>,
    /// The place it names.
    pub(crate) place: Option<usize>,
    /// A pronoun still to be understood.
    pub(crate) pronoun: Option<(Pronoun, Option<u32>)>,
    /// A component hidden in data: the queue of "the queue event".
    pub(crate) hint: Option<EntityId>,
}

/// What was understood of a sentence, for `explain`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trace {
    /// Its bytes.
    pub(crate) span: Span,
    /// Entities it mentions.
    pub(crate) mentions: Vec<EntityId>,
    /// Flows it draws, as places in the list.
    pub(crate) flows: Vec<usize>,
    /// Rules that were applied.
    pub(crate) rules: Vec<&'static str>,
}

/// All that was understood.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) entities: Entities,
    pub(crate) flows: Vec<Flow>,
    pub(crate) places: Vec<Place>,
    pub(crate) traces: Vec<Trace>,
    /// Who acts when a passive does not say it.
    pub(crate) actor: Option<EntityId>,
    /// Who has the data now: who acted last, or the queue or bus it went to last.
    pub(crate) mover: Option<EntityId>,
    /// Where data went last.
    pub(crate) sink: Option<EntityId>,
    /// The components of the last subject.
    pub(crate) subject: Vec<EntityId>,
    /// The components of the last object or target.
    pub(crate) object: Vec<EntityId>,
    /// Mentions in order, latest last.
    pub(crate) recent: Vec<EntityId>,
    /// The last list of several.
    pub(crate) listed: Vec<EntityId>,
    /// The sentence under way.
    pub(crate) sentence: usize,
    /// The number of the step under way.
    pub(crate) step: Option<u32>,
    /// The bytes of the sentence under way.
    pub(crate) span: Span,
    /// What the block under way is about.
    pub(crate) topic: Vec<EntityId>,
    /// What the first heading calls the system.
    pub(crate) system: Option<String>,
    /// Where everything is, with the exceptions.
    pub(crate) everything: Option<(usize, Vec<EntityId>)>,
}

/// Reads all sentences.
pub(crate) fn read(lexicon: &Lexicon, text: &str, blocks: &[Block], sentences: &[Sentence<'_>]) -> Reading {
    let mut reading = Reading::default();
    let mut skipping: Option<u8> = None;
    let mut block = usize::MAX;
    for (index, sentence) in sentences.iter().enumerate() {
        let Some(in_block) = blocks.get(sentence.block) else { continue };
        if let BlockKind::Heading(level) = in_block.kind
            && skipping.is_none_or(|l| level <= l)
        {
            skipping = off_topic(sentence).then_some(level);
        }
        reading.sentence = index;
        reading.span = sentence.span;
        reading.traces.push(Trace { span: sentence.span, ..Trace::default() });
        if skipping.is_some() {
            continue;
        }
        if block != sentence.block {
            block = sentence.block;
            reading.topic.clear();
        }
        if let BlockKind::Item { number, .. } = in_block.kind {
            reading.step = number;
        } else {
            reading.step = None;
        }
        if let BlockKind::Heading(level) = in_block.kind {
            reading.heading(lexicon, text, sentence, level);
            continue;
        }
        reading.sentence(lexicon, text, sentence);
    }
    reading
}

/// Headings of sections that speak of something else than the system.
fn off_topic(sentence: &Sentence<'_>) -> bool {
    const WORDS: [&str; 34] = [
        "development",
        "contributing",
        "licence",
        "license",
        "todo",
        "roadmap",
        "alternatives",
        "installation",
        "install",
        "costs",
        "cost",
        "budget",
        "future",
        "credits",
        "changelog",
        "setup",
        "faq",
        "references",
        "prerequisites",
        "glossary",
        "non-goals",
        "authors",
        "testing",
        "tooling",
        "requirements",
        "rejected",
        "backlog",
        "history",
        "contact",
        "acknowledgements",
        "team",
        "ideas",
        "next",
        "background",
    ];
    sentence.tokens.iter().any(|t| WORDS.contains(&t.lower.as_str())) && sentence.tokens.len() <= 4
}

impl Reading {
    fn heading(&mut self, lexicon: &Lexicon, text: &str, sentence: &Sentence<'_>, level: u8) {
        let written = clean(text.get(sentence.span.start..sentence.span.end).unwrap_or(""));
        if level == 1 && self.system.is_none() {
            self.system = Some(written.clone());
            self.entities.own_names.push(written.to_lowercase());
            let units = tag(lexicon, &sentence.tokens);
            let first = sentence.tokens.first().filter(|t| t.capital() && !lexicon.knows(&t.lower));
            if let (Some(first), false) = (first, units.len() > 6) {
                self.entities.own_names.push(first.lower.clone());
            }
        }
    }

    fn sentence(&mut self, lexicon: &Lexicon, text: &str, sentence: &Sentence<'_>) {
        if distracts(lexicon, sentence) {
            self.rule("plans, comparisons and history draw nothing");
            return;
        }
        let units = tag(lexicon, &sentence.tokens);
        let items = items(lexicon, text, &sentence.tokens, &units);
        let parsed = parse(items);
        let meanings = self.meanings(lexicon, text, &parsed);
        self.own_name(&parsed, text);
        if let Some(topic) = self.topic_of(&parsed, &meanings) {
            self.topic = topic;
        }
        self.expand(&parsed, &meanings);
        self.interpret(lexicon, text, &parsed, meanings);
    }

    /// Notes a rule for `explain`.
    pub(crate) fn rule(&mut self, rule: &'static str) {
        if let Some(trace) = self.traces.last_mut()
            && !trace.rules.contains(&rule)
        {
            trace.rules.push(rule);
        }
    }

    /// A proper name that is the subject of the first sentence and no component is what the system is called.
    fn own_name(&mut self, parsed: &Parsed, text: &str) {
        let _ = (parsed, text);
    }

    fn topic_of(&self, parsed: &Parsed, meanings: &[Meaning]) -> Option<Vec<EntityId>> {
        let ids: Vec<EntityId> =
            parsed.topic.iter().filter_map(|&np| meanings.get(np)).flat_map(|m| m.ids.clone()).collect();
        (!ids.is_empty()).then_some(ids)
    }

    /// The meanings of all phrases of a sentence, in the order of the text.
    fn meanings(&mut self, lexicon: &Lexicon, text: &str, parsed: &Parsed) -> Vec<Meaning> {
        let mut meanings: Vec<Meaning> = Vec::with_capacity(parsed.phrases.len());
        let shared = distributed(parsed);
        let denied = ruled_out(parsed);
        let events = event_names(parsed);
        let housed = housed_in(parsed);
        for (id, np) in parsed.phrases.iter().enumerate() {
            if let Some(meaning) = self.housed(&housed, id, np, &meanings) {
                meanings.push(meaning);
                continue;
            }
            let np = match shared.iter().find(|(member, _)| *member == id) {
                Some((_, head)) => with_head(np, parsed.phrases.get(*head)),
                None => np.clone(),
            };
            let topical = parsed.topic.contains(&id);
            let absent = denied.contains(&id) || np.det == Det::None;
            let known = self.entities.by_short_name(&phrase_words(&np)).is_some();
            let meaning = if events.contains(&id) && !known {
                Meaning {
                    data: Some(clean(text.get(np.label.start..np.label.end).unwrap_or(""))),
                    ..Meaning::default()
                }
            } else if absent {
                Meaning { data: Some(String::new()), ..Meaning::default() }
            } else {
                self.meaning(lexicon, text, &np, topical)
            };
            for &entity in &meaning.ids {
                self.recent.push(entity);
                if let Some(trace) = self.traces.last_mut() {
                    trace.mentions.push(entity);
                }
            }
            meanings.push(meaning);
        }
        meanings
    }

    /// "a queue in SQS": the technology behind `in` is what the thing before is made with.
    fn housed(&mut self, housed: &[NpId], id: NpId, np: &Np, meanings: &[Meaning]) -> Option<Meaning> {
        let technology = np.technology?;
        let [host] = meanings.get(id.checked_sub(1)?)?.ids.as_slice() else { return None };
        if !housed.contains(&id) || !np.technology_heads || !np.modifiers.is_empty() {
            return None;
        }
        let kind = catalog().technologies().get(technology)?.kind;
        let entity = self.entities.all.get_mut(*host)?;
        let family = entity.kind == kind
            || entity.kind.is_messaging() && kind.is_messaging()
            || entity.kind.is_store() && (kind.is_store() || kind == Kind::Cache)
            || kind.is_compute()
                && kind != Kind::Cluster
                && matches!(entity.kind, Kind::Service | Kind::Client | Kind::Other);
        if !family || !(entity.technologies.is_empty() || entity.technologies.contains(&technology)) {
            return None;
        }
        if entity.technologies.is_empty() {
            entity.technologies.push(technology);
            entity.weak = false;
            if entity.kind == Kind::Service {
                entity.kind = kind;
            }
        }
        Some(Meaning { ids: vec![*host], ..Meaning::default() })
    }

    fn meaning(&mut self, lexicon: &Lexicon, text: &str, np: &Np, topical: bool) -> Meaning {
        if let Some(pronoun) = np.pronoun {
            return Meaning { pronoun: Some((pronoun, np.quantity)), ..Meaning::default() };
        }
        if np.head == "one" && np.det == Det::Other {
            return self.another(np);
        }
        if let Some(place) = self.place(text, np) {
            return Meaning { place: Some(place), ..Meaning::default() };
        }
        let words = phrase_words(np);
        if let (true, Some(id)) = (
            np.technology.is_none() && !matches!(np.noun, Some(Noun::Component(_))),
            self.entities.by_short_name(&words),
        ) && np.noun != Some(Noun::Data)
        {
            return Meaning { ids: vec![id], ..Meaning::default() };
        }
        let data = Some(clean(text.get(np.label.start..np.label.end).unwrap_or("")));
        let wanted = self
            .entities
            .wanted(lexicon, text, np)
            .or_else(|| topical.then(|| self.topic_wanted(text, np)).flatten());
        let Some(mut wanted) = wanted else {
            let hint = self.hint(np);
            let mut meaning = Meaning { data, hint, ..Meaning::default() };
            self.stored_aside(lexicon, text, np, &mut meaning);
            return meaning;
        };
        wanted = self.aside(wanted, np);
        let ids = self.entities.resolve(&wanted, np, self.sentence);
        self.aliases(np, &ids, text);
        Meaning { ids, data: None, ..Meaning::default() }
    }

    /// What "Name:" at the start of a line declares, whatever the name is.
    fn topic_wanted(&self, text: &str, np: &Np) -> Option<Wanted> {
        let usable = np.noun != Some(Noun::Data) && !np.head.is_empty() && np.modifiers.len() <= 3;
        let mut named = np.clone();
        named.proper = true;
        usable.then(|| self.entities.wanted(super::lexicon::lexicon(), text, &named)).flatten()
    }

    /// "another one": a new thing like the last.
    fn another(&mut self, np: &Np) -> Meaning {
        let Some(last) = self
            .recent
            .iter()
            .rev()
            .find_map(|&id| {
                self.entities
                    .all
                    .get(id)
                    .filter(|e| e.kind.is_compute() || e.kind.is_messaging() || e.kind.is_store())
            })
            .cloned()
        else {
            return Meaning::default();
        };
        let mut new = last;
        new.span = np.span;
        new.doing = None;
        new.names.clear();
        self.entities.all.push(new);
        self.rule("`another one` is a new thing like the last");
        Meaning { ids: vec![self.entities.all.len() - 1], ..Meaning::default() }
    }

    /// The component hidden in data: "the queue event", "S3 notification".
    fn hint(&self, np: &Np) -> Option<EntityId> {
        np.modifiers.iter().rev().find_map(|m| {
            let m = singular(m);
            let mut hits = self.entities.all.iter().enumerate().filter(|(_, e)| {
                e.head == m || e.modifiers.last().is_some_and(|l| *l == m) && e.kind.is_store()
            });
            let first = hits.next()?.0;
            hits.next().is_none().then_some(first)
        })
    }

    /// "orders (Postgres)": data with a store in parentheses is that store.
    fn stored_aside(&mut self, lexicon: &Lexicon, text: &str, np: &Np, meaning: &mut Meaning) {
        let Some(inner) = np.aside.first() else { return };
        let Some(technology) = inner.technology else { return };
        let Some(entry) = catalog().technologies().get(technology) else { return };
        if !(entry.kind.is_store()
            || entry.kind.is_messaging()
            || entry.kind == Kind::Cache
            || entry.kind.is_compute())
        {
            return;
        }
        let mut named = np.clone();
        named.proper = true;
        if let Some(wanted) = self.entities.wanted(lexicon, text, &named) {
            let id = self.entities.introduce(&wanted, np, self.sentence);
            if let Some(entity) = self.entities.all.get_mut(id) {
                entity.kind = entry.kind;
                entity.technologies.push(technology);
                entity.weak = false;
            }
            meaning.ids = vec![id];
        }
    }

    /// What parentheses say of a thing: its technology or its kind.
    fn aside(&self, mut wanted: Wanted, np: &Np) -> Wanted {
        for inner in &np.aside {
            if let (Some(technology), true) = (inner.technology, np.technology.is_none())
                && let Some(entry) = catalog().technologies().get(technology)
            {
                wanted = wanted.made_with(technology, entry.kind);
            }
            if let (Some(Noun::Component(kind)), None, true) = (inner.noun, np.noun, np.technology.is_none())
            {
                wanted.kind = kind;
            }
        }
        wanted
    }

    /// Other names a thing is given in parentheses: "(ALB)", "(a database called Tally)".
    fn aliases(&mut self, np: &Np, ids: &[EntityId], text: &str) {
        let [id] = ids else { return };
        let Some(entity) = self.entities.all.get_mut(*id) else { return };
        for inner in &np.aside {
            let name = clean(text.get(inner.label.start..inner.label.end).unwrap_or("")).to_lowercase();
            if inner.quantity.is_some() && entity.replicas.is_none() {
                entity.replicas = inner.quantity.filter(|&q| q > 1 && q <= 1000);
            }
            if inner.noun != Some(Noun::Data) && !name.is_empty() && inner.quantity.is_none() {
                entity.names.push(name);
            }
        }
    }

    /// "our backends - search, cart and ads": each of the list is one of the things before.
    fn expand(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for (before, list) in &parsed.expansions {
            let Some([general]) = meanings.get(*before).map(|m| m.ids.as_slice()) else { continue };
            let Some(model) = self.entities.all.get(*general).cloned() else { continue };
            let mut made = Vec::new();
            for &np in list {
                let Some(np) = parsed.phrases.get(np) else { continue };
                let known = meanings
                    .get(list.first().copied().unwrap_or(0))
                    .is_some_and(|m| !m.ids.is_empty() && np.technology.is_some());
                if known {
                    continue;
                }
                let name = phrase_words(np);
                let mut one = model.clone();
                one.head = singular(&model.head);
                one.label = sentence_case(&format!("{name} {}", one.head));
                one.modifiers = vec![name];
                one.plural = false;
                one.weak = false;
                one.span = np.span;
                self.entities.all.push(one);
                made.push(self.entities.all.len() - 1);
            }
            if !made.is_empty() {
                if let Some(entity) = self.entities.all.get_mut(*general) {
                    entity.denied = true;
                }
                self.listed = made;
            }
        }
    }

    /// The entities of a phrase, pronouns understood.
    pub(crate) fn ids(&mut self, meanings: &[Meaning], np: NpId) -> Vec<EntityId> {
        let Some(meaning) = meanings.get(np) else { return Vec::new() };
        if let Some((pronoun, quantity)) = meaning.pronoun {
            return self.pronoun(pronoun, quantity);
        }
        let replaced = |id: EntityId| self.entities.all.get(id).is_some_and(|e| e.denied);
        if meaning.ids.iter().any(|&id| replaced(id)) && !self.listed.is_empty() {
            return self.listed.clone();
        }
        meaning.ids.clone()
    }

    fn pronoun(&mut self, pronoun: Pronoun, quantity: Option<u32>) -> Vec<EntityId> {
        let thing = |id: &EntityId| self.entities.all.get(*id).is_some_and(|e| e.kind != Kind::User);
        match pronoun {
            Pronoun::It => match self.subject.as_slice() {
                [only] if thing(only) => vec![*only],
                _ => self.object.iter().rev().find(|id| thing(id)).copied().into_iter().collect(),
            },
            Pronoun::They => match quantity {
                Some(n) if n > 1 => self.last_distinct(n as usize),
                _ if self.subject.len() > 1 => self.subject.clone(),
                _ => self
                    .subject
                    .iter()
                    .copied()
                    .filter(|id| self.entities.all.get(*id).is_some_and(|e| e.plural))
                    .collect(),
            },
            Pronoun::Both => {
                if self.subject.len() == 2 {
                    self.subject.clone()
                } else if self.object.len() == 2 {
                    self.object.clone()
                } else {
                    self.last_distinct(2)
                }
            }
            Pronoun::Latter => self.last_stores(1),
            Pronoun::Former => self.last_stores(2),
            Pronoun::There => self.sink.into_iter().collect(),
            Pronoun::Everything | Pronoun::This | Pronoun::Relative | Pronoun::Person => Vec::new(),
        }
    }

    fn last_stores(&self, back: usize) -> Vec<EntityId> {
        let mut seen: Vec<EntityId> = Vec::new();
        for &id in self.recent.iter().rev() {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        let stores: Vec<EntityId> = seen
            .iter()
            .copied()
            .filter(|&id| {
                self.entities.all.get(id).is_some_and(|e| e.kind.is_store() || e.kind == Kind::Cache)
            })
            .collect();
        let from = if stores.len() >= 2 { stores } else { seen };
        from.get(back - 1).copied().into_iter().collect()
    }

    fn last_distinct(&self, n: usize) -> Vec<EntityId> {
        let mut seen: Vec<EntityId> = Vec::new();
        let passed_through =
            |id: EntityId| self.flows.iter().any(|f| f.from == id) && self.flows.iter().any(|f| f.to == id);
        for &id in self.recent.iter().rev() {
            let person = self
                .entities
                .all
                .get(id)
                .is_some_and(|e| e.kind == Kind::User || e.denied || e.last == self.sentence);
            if !seen.contains(&id) && !person && !passed_through(id) {
                seen.push(id);
            }
            if seen.len() == n {
                break;
            }
        }
        seen.reverse();
        seen
    }
}

impl Wanted {
    fn made_with(mut self, technology: usize, kind: Kind) -> Self {
        if self.kind == Kind::Service && !kind.is_compute() || self.kind == Kind::Other {
            self.kind = kind;
        }
        self.set_technology(technology);
        self
    }
}

/// Whether a sentence is about plans, comparisons or history from its beginning.
fn distracts(lexicon: &Lexicon, sentence: &Sentence<'_>) -> bool {
    let first = sentence.tokens.first().map_or("", |t| t.lower.as_str());
    let opening = [
        "todo",
        "tbd",
        "fixme",
        "budget",
        "alternatively",
        "previously",
        "formerly",
        "later",
        "eventually",
        "someday",
    ]
    .contains(&first);
    let marks = [
        "out of scope",
        "not in scope",
        "in the future",
        "future work",
        "no plans",
        "plan to",
        "plans to",
        "planned",
        "may add",
        "might add",
        "phase 2",
        "ruled out",
        "decided against",
        "we considered",
        "was considered",
        "were considered",
        "one day",
        "rejected",
        "later we",
        "deprecated",
        "decommissioned",
        "used to",
    ];
    let words = super::lexicon::joined_lower(&sentence.tokens);
    let _ = lexicon;
    opening
        || marks.iter().any(|m| words.contains(m))
            && !words.contains("is used to")
            && !words.contains("are used to")
            && !words.contains("be used to")
}

/// Phrases behind "instead of", "unlike", "without" and the like.
fn ruled_out(parsed: &Parsed) -> Vec<NpId> {
    let mut out = Vec::new();
    let unreal = |p: &str| matches!(p, "without" | "unlike" | "versus" | "vs" | "except" | "excluding");
    for clause in &parsed.clauses {
        for (p, nps) in &clause.adjuncts {
            if unreal(p) {
                out.extend(nps);
            }
        }
        if clause.verb.as_ref().is_some_and(|v| v.negated)
            && matches!(clause.frame(), Frame::Use | Frame::Have | Frame::Make)
            && !clause.passive()
        {
            out.extend(clause.object.iter().filter(|&&o| {
                parsed.phrases.get(o).is_some_and(|np| matches!(np.det, Det::Bare | Det::Indefinite))
            }));
        }
    }
    out
}

/// Phrases behind `in` or `on` right after another phrase.
fn housed_in(parsed: &Parsed) -> Vec<NpId> {
    let behind = |(p, nps): &(String, Vec<NpId>)| {
        let first = nps.first().copied().filter(|&np| np > 0 && (p == "in" || p == "on" || p == "of"))?;
        let before = parsed.phrases.get(first - 1)?;
        let here = parsed.phrases.get(first)?;
        (here.start <= before.end + 1).then_some(first)
    };
    parsed.clauses.iter().flat_map(|c| &c.adjuncts).filter_map(behind).collect()
}

/// Names of events: unknown names that are sent, published, awaited or reacted to.
fn event_names(parsed: &Parsed) -> Vec<NpId> {
    let named = |np: &NpId| {
        parsed.phrases.get(*np).is_some_and(|n| {
            n.technology.is_none() && n.noun.is_none() && n.pronoun.is_none() && n.aside.is_empty()
        })
    };
    let mut out = Vec::new();
    for clause in &parsed.clauses {
        let moved = match clause.frame() {
            Frame::Send | Frame::Store | Frame::Reply => Some(false),
            Frame::Consume => Some(true),
            _ => None,
        };
        let Some(awaited) = moved else { continue };
        let things = if clause.passive() { &clause.subject } else { &clause.object };
        out.extend(things.iter().copied().filter(named));
        if awaited {
            out.extend(clause.behind(&["to", "for"]).filter(named));
        }
    }
    out
}

/// The words of a phrase but its determiner.
pub(crate) fn phrase_words(np: &Np) -> String {
    np.modifiers
        .iter()
        .map(String::as_str)
        .chain(Some(np.head.as_str()))
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Phrases that borrow the head of the last of their list: "orders, payments and inventory services".
fn distributed(parsed: &Parsed) -> Vec<(NpId, NpId)> {
    let mut out = Vec::new();
    let mut lists: Vec<&[NpId]> = vec![&parsed.topic, &parsed.fragments];
    for clause in &parsed.clauses {
        lists.extend([clause.subject.as_slice(), clause.object.as_slice()]);
        lists.extend(clause.adjuncts.iter().map(|(_, nps)| nps.as_slice()));
    }
    for (from, to) in &parsed.links {
        lists.extend([from.as_slice(), to.as_slice()]);
    }
    for list in lists {
        let Some((&last, before)) = list.split_last() else { continue };
        let Some(head) = parsed.phrases.get(last) else { continue };
        let carries = head.plural
            && matches!(head.noun, Some(Noun::Component(_) | Noun::Group(_)))
            && !(head.modifiers.is_empty() && head.technology.is_none() && !head.head.contains(' '));
        let borrow = |&np: &NpId| {
            parsed.phrases.get(np).is_some_and(|n| {
                n.pronoun.is_none()
                    && n.technology.is_none()
                    && !matches!(n.noun, Some(Noun::Component(_) | Noun::Person | Noun::Group(_)))
                    && n.modifiers.len() <= 1
            })
        };
        if carries && !before.is_empty() && before.iter().all(borrow) {
            out.extend(before.iter().map(|&np| (np, last)));
            out.push((last, last));
        }
    }
    out
}

/// A phrase with the head of another behind it.
fn with_head(np: &Np, head: Option<&Np>) -> Np {
    let Some(head) = head else { return np.clone() };
    let mut out = np.clone();
    if np.span != head.span && !np.head.is_empty() {
        out.modifiers.push(np.head.clone());
    }
    out.head = singular(&head.head);
    out.noun = head.noun;
    if let (Some((_, last)), true) = (out.head.clone().rsplit_once(' '), np.span != head.span) {
        let own = format!("{} {last}", np.head);
        if let Some((noun, _)) = super::lexicon::lexicon().noun(&own) {
            (out.noun, out.head) = (Some(noun), own);
            out.modifiers.pop();
        } else {
            if let Some((noun, _)) = super::lexicon::lexicon().noun(last) {
                out.noun = Some(noun);
            }
            last.clone_into(&mut out.head);
        }
    }
    out.plural = false;
    out.quantity = None;
    if out.technology.is_none() {
        out.technology = head.technology.filter(|_| !head.technology_heads);
    }
    out
}
