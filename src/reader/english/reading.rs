//! Reads sentence after sentence and keeps what was said: entities, flows, places and who acts.
//!
//! Takes the sentences of a text and gives a [`Reading`]. The meaning of noun phrases is found here; what verbs say of
//! them is in `flows`, what holds them in `places`.

use std::collections::{BTreeMap, BTreeSet};

use super::apposition::appositions;
use super::clauses::{Clause, NpId, Parsed, parse};
use super::entities::{Entities, EntityId};
use super::enumeration::enumerations;
use super::generalities::{Generality, generality};
use super::lexicon::{Frame, Lexicon, Pronoun};
use super::links::Links;
use super::lists::own_products;
use super::overview::chain;
use super::phrases::items;
use super::places::Place;
use super::reference::pair;
use super::relevance::{about_the_system, off_topic, off_topic_label};
use super::sentences::Sentence;
use super::structure::{Block, BlockKind};
use super::tagging::{Tag, tag};
use super::telling::{inventory, tells};
use super::wanted::speaks_of_itself;
use super::wording::clean;
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
    /// Whether it says what the whole does, of which the rest tells the parts: "This architecture ingests …".
    pub(crate) overview: bool,
    /// Words that could have meant something else.
    pub(crate) doubts: Vec<super::ambiguity::Doubt>,
}

/// All that was understood.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) entities: Entities,
    pub(crate) flows: Links,
    pub(crate) places: Vec<Place>,
    pub(crate) traces: Vec<Trace>,
    /// Words that are short for a service.
    pub(crate) short: BTreeSet<String>,
    /// Whether some sentence says what a part does.
    pub(crate) tells: bool,
    /// Who acts when a passive does not say it.
    pub(crate) actor: Option<EntityId>,
    /// Who has the data now: who acted last, or the queue or bus it went to last.
    pub(crate) mover: Option<EntityId>,
    /// Where data went last.
    pub(crate) sink: Option<EntityId>,
    /// The queue, topic, stream or bus that data went to last.
    pub(crate) medium: Option<EntityId>,
    /// The client or person whose deed is the condition of the sentence under way.
    pub(crate) prompter: Option<EntityId>,
    /// Who worked on what: the head noun of data and the program.
    pub(crate) makers: Vec<(String, EntityId)>,
    /// All who acted last, where they acted together.
    pub(crate) actors: Vec<EntityId>,
    /// Who acts in the sentence under way.
    pub(crate) sentence_actor: Option<EntityId>,
    /// Where the data that the sentence follows is by now.
    pub(crate) position: Option<EntityId>,
    /// The phrases that say what that data is.
    pub(crate) travelling: Vec<super::clauses::NpId>,
    /// Where something has just arrived, by a condition of the sentence under way.
    pub(crate) arrival: Option<EntityId>,
    /// A person whose deed has no addressee yet, with its words and its sentence.
    pub(crate) unaddressed: Option<(EntityId, Option<String>, usize)>,
    /// Arrows to a place, whose door is known at the end of the text: who, the place, the words.
    pub(crate) toward: Vec<(EntityId, usize, Option<String>)>,
    /// Stores that were said to keep something, for whom it was not said, with who acted last.
    pub(crate) keepers: Vec<(EntityId, EntityId)>,
    /// What is kept where: the head noun of data and its store.
    pub(crate) kept: Vec<(String, EntityId)>,
    /// Whose data the clause under way tells of, by a word before it: "the pipeline artifacts".
    pub(crate) data_owner: Option<EntityId>,
    /// What was done in the clause before.
    pub(crate) last_deed: Option<Frame>,
    /// What is done in the clause under way.
    pub(crate) deed: Option<Frame>,
    /// What the line that leads the list is about, in the first sentence of an item.
    pub(crate) led: Vec<EntityId>,
    /// Whether the phrase under way is the subject of an active verb.
    pub(crate) subject_asked: bool,
    /// Whether the sentence under way says who reads what it puts somewhere.
    pub(crate) read_later: bool,
    /// Whether the sentence under way says who calls "both" that it names.
    pub(crate) asked_later: bool,
    /// Whether the sentence under way tells of data with which something failed.
    pub(crate) fails: bool,
    /// The head nouns of all data of the sentence under way.
    pub(crate) sentence_data: Vec<String>,
    /// The head nouns of the last data spoken of.
    pub(crate) data: Vec<String>,
    /// The subject of the block's last sentence: what a list that it introduces is about.
    pub(crate) about: Vec<EntityId>,
    /// Whether the last sentence spoke of the text itself, so that `it` does, too.
    pub(crate) self_talk: bool,
    /// The components of the last subject.
    pub(crate) subject: Vec<EntityId>,
    /// The components of the last object or target.
    pub(crate) object: Vec<EntityId>,
    /// Mentions in order, latest last.
    pub(crate) recent: Vec<EntityId>,
    /// The two that were named together last.
    pub(crate) pair: Option<(EntityId, EntityId)>,
    /// What pronouns of the sentence under way were taken for, by their phrases.
    pub(crate) taken_for: BTreeMap<NpId, Vec<EntityId>>,
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
    /// The products that a title chains: "Amazon SQS to AWS Lambda".
    pub(crate) chain: Vec<usize>,
    /// What the first heading calls the system.
    pub(crate) system: Option<String>,
    /// Names, in lower case, of which lines say what they are.
    pub(crate) things: BTreeSet<String>,
    /// What is written on the arrows of the sentence under way, with the places of their tokens.
    pub(crate) on_arrows: Vec<(usize, Span)>,
    /// What is said to stand outside of a place.
    pub(crate) outside: Vec<EntityId>,
    /// The place spoken of last, with its sentence.
    pub(crate) last_place: Option<(usize, usize)>,
    /// Where everything is, with the exceptions.
    pub(crate) everything: Option<(usize, Vec<EntityId>)>,
}

/// The most tokens of a first line without a verb that is a title: "Clickstream analytics on Google Cloud."
const TITLE_TOKENS: usize = 12;

/// Reads all sentences.
pub(crate) fn read(
    lexicon: &Lexicon,
    text: &str,
    blocks: &[Block],
    sentences: &[Sentence<'_>],
    things: BTreeSet<String>,
    short: BTreeSet<String>,
) -> Reading {
    let mut reading = Reading { things, short, ..Reading::default() };
    let mut skipping: Option<u8> = None;
    let mut block = usize::MAX;
    // The place that the section is about, and the places that lists are about by their leads.
    let mut title: Option<(usize, u8)> = None;
    let mut leads: BTreeMap<usize, usize> = BTreeMap::new();
    // The heading of the section under way, and what it is about.
    let mut section: (Option<usize>, Vec<EntityId>) = (None, Vec::new());
    let mut subjects: BTreeMap<usize, Vec<EntityId>> = BTreeMap::new();
    // Lines whose lists are about something else: "Not yet built:".
    let mut aside: BTreeSet<usize> = BTreeSet::new();
    // What the items of each list are about, by the lines that lead the lists.
    let mut named: BTreeMap<usize, Vec<EntityId>> = BTreeMap::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let Some(in_block) = blocks.get(sentence.block) else { continue };
        // What the text as a whole is called leaves nothing out: "Team calendar".
        let titles = index == 0 && in_block.kind == BlockKind::Heading(1);
        if let BlockKind::Heading(level) = in_block.kind
            && skipping.is_none_or(|l| level <= l)
            && !titles
        {
            skipping = off_topic(lexicon, sentence).then_some(level);
        }
        reading.sentence = index;
        reading.span = sentence.span;
        reading.traces.push(Trace { span: sentence.span, ..Trace::default() });
        if skipping.is_some() {
            continue;
        }
        if block != sentence.block {
            if block != usize::MAX {
                let about = std::mem::take(&mut reading.about);
                subjects.insert(block, about);
            }
            block = sentence.block;
            reading.topic.clear();
            if let (BlockKind::Item { .. }, Some(lead)) = (in_block.kind, in_block.lead) {
                reading.topic = subjects.get(&lead).cloned().unwrap_or_default();
            }
            if reading.topic.is_empty() && in_block.heading.is_some_and(|h| Some(h) == section.0) {
                reading.topic.clone_from(&section.1);
            }
        }
        if let BlockKind::Item { number, .. } = in_block.kind {
            reading.step = number;
        } else {
            reading.step = None;
        }
        if let BlockKind::Heading(level) = in_block.kind {
            reading.heading(lexicon, text, sentence, level);
            if title.is_none_or(|(_, l)| level <= l) {
                title = reading.place_of_title(lexicon, text, sentence).map(|place| (place, level));
            }
            let about =
                if level > 1 { reading.subject_of_section(lexicon, text, sentence) } else { Vec::new() };
            section = (Some(sentence.block), about);
            continue;
        }
        if text.get(in_block.span.start..in_block.span.end).is_some_and(|t| t.trim_end().ends_with(':'))
            && let Some(place) = reading.place_of_title(lexicon, text, sentence)
        {
            leads.insert(sentence.block, place);
            continue;
        }
        if off_topic_label(lexicon, sentence) {
            aside.insert(sentence.block);
        }
        if in_block.lead.is_some_and(|lead| aside.contains(&lead)) {
            continue;
        }
        let alone = index == 0
            && in_block.kind == BlockKind::Paragraph
            && sentences.get(1).is_some_and(|next| next.block != sentence.block);
        let opens = index == 0 || sentences.get(index - 1).is_none_or(|s| s.block != sentence.block);
        let led = opens && matches!(in_block.kind, BlockKind::Item { .. }) && in_block.lead.is_some();
        reading.led = if led { reading.topic.clone() } else { Vec::new() };
        reading.sentence(lexicon, text, sentence, alone);
        if let (BlockKind::Item { .. }, Some(lead), true) = (in_block.kind, in_block.lead, opens) {
            named.entry(lead).or_default().extend(reading.topic.first());
        }
        if in_block.kind == BlockKind::Row {
            reading.listed_in_table();
        }
        let lead = in_block.lead.and_then(|l| leads.get(&l)).copied();
        if let Some(place) = lead.or(title.map(|(place, _)| place)) {
            reading.under_title(place);
        }
    }
    for (lead, items) in named {
        let line = blocks.get(lead).map_or(Span::default(), |b| b.span);
        reading.counted_in_list(line, &items);
    }
    reading
}

impl Reading {
    fn heading(&mut self, lexicon: &Lexicon, text: &str, sentence: &Sentence<'_>, level: u8) {
        let written = clean(text.get(sentence.span.start..sentence.span.end).unwrap_or(""));
        if self.chain.is_empty() {
            self.chain = chain(lexicon, &sentence.tokens);
        }
        if level == 1 && self.system.is_none() {
            self.system = Some(written.clone());
            self.entities.own_names.push(written.to_lowercase());
            let units = tag(lexicon, &sentence.tokens);
            let first = sentence.tokens.first().filter(|t| t.capital() && !lexicon.knows(&t.lower));
            // "Kafka on Kubernetes" is about a technology, not a system of that name.
            let technology = units.first().is_some_and(|u| matches!(u.tag, Tag::Name(_)));
            if let (Some(first), false, false) = (first, units.len() > 6, technology) {
                self.entities.own_names.push(first.lower.clone());
            }
        }
    }

    fn sentence(&mut self, lexicon: &Lexicon, text: &str, sentence: &Sentence<'_>, alone: bool) {
        let tokens = about_the_system(lexicon, sentence);
        if tokens.len() < sentence.tokens.len() {
            self.rule("plans, comparisons and history draw nothing");
        }
        if tokens.is_empty() {
            return;
        }
        if let Some(general) = generality(lexicon, &tokens) {
            self.rule("what holds for the world draws nothing");
            if let Generality::Product(product) = general {
                // "X is a managed service. In this solution, it …"
                self.subject = self.entities.made_with(product).into_iter().collect();
            }
            return;
        }
        self.sentence_actor = None;
        self.arrival = None;
        self.prompter = None;
        self.position = None;
        self.sentence_data.clear();
        self.taken_for.clear();
        self.on_arrows = tokens.iter().filter_map(|t| t.label.map(|label| (t.span.start, label))).collect();
        let units = tag(lexicon, &tokens);
        let items = items(lexicon, text, &tokens, &units);
        let mut parsed = parse(appositions(lexicon, enumerations(&tokens, items)));
        if !parsed.links.is_empty() {
            // "Query path: analysts -> Trino -> Iceberg": what the chain is called is no part of it.
            parsed.topic.clear();
        }
        let titled = alone
            && tokens.len() <= TITLE_TOKENS
            && parsed.clauses.iter().all(|c| c.verb.is_none())
            && parsed.links.is_empty()
            && parsed.topic.is_empty();
        for np in own_products(lexicon, &parsed, self.entities.all.is_empty()) {
            if let Some(np) = parsed.phrases.get_mut(np) {
                np.itself = true;
            }
        }
        self.entities.inventory = inventory(&parsed);
        let mut meanings = self.meanings(lexicon, text, &parsed);
        if titled {
            self.system = self.system.take().or_else(|| written_title(text, sentence));
            self.title(&parsed, &meanings);
            return;
        }
        self.tells |= tells(lexicon, &parsed);
        let speaks = |np: &usize| parsed.phrases.get(*np).is_some_and(speaks_of_itself);
        let overview = parsed.clauses.iter().any(|c| c.subject.iter().any(speaks));
        if let Some(trace) = self.traces.last_mut() {
            trace.overview = overview;
        }
        self.own_name(lexicon, &parsed, &meanings);
        self.whole(lexicon, &parsed, &meanings);
        self.copies_in_place(&parsed, &mut meanings);
        self.in_each_place(&parsed, &mut meanings);
        let each = tokens.iter().any(|t| matches!(t.lower.as_str(), "each" | "every"));
        self.one_for_each(lexicon, &parsed, &mut meanings, each);
        self.acting_people(&parsed, &meanings);
        self.declare(&parsed, &meanings);
        if let Some(topic) = self.topic_of(&parsed, &meanings) {
            if topic.len() == 1 {
                // "**Order service:** an API. It writes to Redis."
                self.subject.clone_from(&topic);
            }
            self.topic = topic;
        }
        self.phase_before_colon(&parsed, &mut meanings);
        self.named_before_colon(&parsed, &mut meanings);
        self.product_behind_topic(&parsed, &mut meanings);
        self.heads_a_list(&parsed, &meanings);
        self.expand(&parsed, &meanings);
        self.told_behind_colon(&parsed, &mut meanings);
        let pair = pair(&parsed, &meanings);
        self.interpret(lexicon, text, &parsed, meanings);
        self.pair = pair.or(self.pair);
    }

    /// A title names no components, but it may say where everything is: "Clickstream analytics on Google Cloud".
    fn title(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        for id in meanings.iter().flat_map(|m| &m.ids) {
            if let Some(entity) = self.entities.all.get_mut(*id) {
                entity.weak = true;
                entity.itself |= entity.technologies.is_empty();
            }
        }
        let behind = parsed.clauses.iter().flat_map(|c| c.behind(&["in", "on", "at", "within"]));
        let place = behind.chain(parsed.fragments.iter().copied()).find_map(|np| {
            let place = meanings.get(np)?.place?;
            self.places.get(place).filter(|p| !p.general).map(|_| place)
        });
        if let Some(place) = place {
            self.everything = Some((place, Vec::new()));
            self.rule("a title says where everything is");
        }
    }

    /// Notes a rule for `explain`.
    pub(crate) fn rule(&mut self, rule: &'static str) {
        if let Some(trace) = self.traces.last_mut()
            && !trace.rules.contains(&rule)
        {
            trace.rules.push(rule);
        }
    }

    /// What stands in a note or list without a verb, or what a sentence says there is, is drawn without any arrow.
    fn declare(&mut self, parsed: &Parsed, meanings: &[Meaning]) {
        let real = |c: &&Clause| c.verb.as_ref().is_none_or(|v| !v.negated) && !c.conditional;
        let places = |c: &Clause| -> Vec<usize> {
            let moved = c.behind(&["to", "into", "onto", "in", "from", "through", "via", "on", "by"]);
            c.subject.iter().chain(&c.object).copied().chain(moved).collect()
        };
        let stated: Vec<usize> = parsed.clauses.iter().filter(real).flat_map(places).collect();
        let phrases = stated.iter().chain(&parsed.fragments).chain(&parsed.topic);
        for id in phrases.filter_map(|&np| meanings.get(np)).flat_map(|m| &m.ids) {
            if let Some(entity) = self.entities.all.get_mut(*id) {
                entity.declared = true;
            }
        }
    }

    fn topic_of(&self, parsed: &Parsed, meanings: &[Meaning]) -> Option<Vec<EntityId>> {
        let ids: Vec<EntityId> =
            parsed.topic.iter().filter_map(|&np| meanings.get(np)).flat_map(|m| m.ids.clone()).collect();
        (!ids.is_empty()).then_some(ids)
    }
}

/// A title as it is written, without the full stop.
fn written_title(text: &str, sentence: &Sentence<'_>) -> Option<String> {
    let written = clean(text.get(sentence.span.start..sentence.span.end)?);
    let title = written.trim_end_matches(['.', ':']);
    (!title.is_empty()).then(|| title.to_owned())
}
