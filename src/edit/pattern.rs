//! The sentence patterns of `assets/words/edits.yaml`, and their matching.
//!
//! Takes words and gives, pattern by pattern, what each slot of the pattern stands for. What the slots mean is decided
//! by the intents.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use super::phrase::Word;
pub(super) use super::vocabulary::{Adjective, Deed, Message, Quality, Reasons};
use super::vocabulary::{Failures, Polite, SelfStarting, Times};
use crate::catalog::{asset, data};
use crate::reader::english::lexicon::lexicon;

/// At most this many ways are tried to lay one pattern over one sentence.
const MAX_STEPS: usize = 4_000;
/// At most this many of them are handed on.
const MAX_MATCHES: usize = 24;

/// What `assets/words/edits.yaml` holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Knowledge {
    pub(super) polite: Polite,
    pub(super) verbs: BTreeMap<String, Vec<String>>,
    pub(super) said: BTreeMap<String, String>,
    pub(super) labels: BTreeMap<String, String>,
    /// What one does with things of a kind, as a verb with its preposition.
    pub(super) statements: BTreeMap<String, String>,
    /// What a new thing of a kind is called in a sentence, where that is not the kind's name.
    pub(super) nouns: BTreeMap<String, String>,
    /// What begins a wish of its own behind another one.
    pub(super) starters: Vec<String>,
    /// Verbs that a second half goes on with: "use A for B and C for D".
    pub(super) gapping: BTreeSet<String>,
    /// Words that others say plainer.
    pub(super) plainer: BTreeMap<String, String>,
    pub(super) times: Times,
    pub(super) reasons: Reasons,
    /// What the system does, by the verb.
    pub(super) deeds: BTreeMap<String, Deed>,
    /// What is kept as files, by the last word.
    pub(super) files: Vec<String>,
    /// What people can do, by the verb: the feature that lets them.
    pub(super) abilities: BTreeMap<String, String>,
    /// Classes whose verbs are met in every form: "calls", "calling".
    inflected: Vec<String>,
    asides: Vec<Aside>,
    rewordings: Vec<Rewording>,
    intents: Vec<Intent>,
    pub(super) heads: BTreeMap<String, Vec<String>>,
    pub(super) protocols: Vec<String>,
    pub(super) group_heads: BTreeMap<String, Vec<String>>,
    pub(super) self_starting: SelfStarting,
    /// What stands for the gateway where several services lie behind one.
    pub(super) doors: Vec<String>,
    /// What tells no two things of a kind apart.
    pub(super) plain_adjectives: Vec<String>,
    pub(super) looked_at: Vec<String>,
    /// What says that a door stands where devices come in.
    pub(super) device_side: Vec<String>,
    /// What notices that something happens, by a word of its name.
    pub(super) watchers: Vec<String>,
    /// What only reads, by the last word of its name.
    pub(super) readers: Vec<String>,
    pub(super) failures: Failures,
    pub(super) many_things: Vec<String>,
    /// Code that is named as running by itself.
    pub(super) runs_alone: Vec<String>,
    /// What begins a clause about the name before it: "tracking", "matching".
    pub(super) clause_verbs: BTreeSet<String>,
    pub(super) empty_heads: Vec<String>,
    pub(super) vague_heads: Vec<String>,
    pub(super) generic_heads: Vec<String>,
    pub(super) properties: BTreeMap<String, Vec<String>>,
    pub(super) adjectives: BTreeMap<String, Adjective>,
    pub(super) qualities: Vec<Quality>,
    pub(super) quality_tails: Vec<String>,
    pub(super) messages: Vec<Message>,
    #[serde(skip)]
    longest_head: usize,
    #[serde(skip)]
    patterns: Vec<Pattern>,
    #[serde(skip)]
    reworded: Vec<(Pattern, usize)>,
    #[serde(skip)]
    aside_patterns: Vec<(Pattern, usize)>,
}

/// A wish that is another one in other words: "log all requests" is "add central logging".
#[derive(Debug, Deserialize)]
struct Rewording {
    say: Vec<String>,
    r#as: String,
    /// Only where the words as they stand make no sense.
    #[serde(default)]
    late: bool,
}

/// What is no edit, and the way to get it.
#[derive(Debug, Deserialize)]
pub(super) struct Aside {
    say: Vec<String>,
    pub(super) says: String,
    pub(super) hints: Vec<String>,
    /// Only where nothing else makes sense of the words.
    #[serde(default)]
    late: bool,
    /// Whether the parts that may be meant are listed.
    #[serde(default)]
    pub(super) lists: bool,
}

#[derive(Debug, Deserialize)]
struct Intent {
    intent: String,
    say: Vec<String>,
}

/// The knowledge, read at the first call.
pub(super) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let mut knowledge: Knowledge = data(asset!("words/edits"));
        knowledge.verbs.insert("do".to_owned(), knowledge.deeds.keys().cloned().collect());
        knowledge.verbs.insert("able".to_owned(), knowledge.abilities.keys().cloned().collect());
        let mut patterns = Vec::new();
        for intent in &knowledge.intents {
            patterns.extend(intent.say.iter().map(|text| Pattern::parse(&intent.intent, text)));
        }
        knowledge.patterns = patterns;
        let heads = knowledge.heads.values().flatten();
        knowledge.longest_head = heads.map(|h| h.split(' ').count()).max().unwrap_or(1);
        for (n, rewording) in knowledge.rewordings.iter().enumerate() {
            let parsed = rewording.say.iter().map(|text| (Pattern::parse("", text), n));
            knowledge.reworded.extend(parsed);
        }
        for (n, aside) in knowledge.asides.iter().enumerate() {
            let parsed = aside.say.iter().map(|text| (Pattern::parse("", text), n));
            knowledge.aside_patterns.extend(parsed);
        }
        knowledge
    })
}

impl Knowledge {
    /// The patterns in the order to be tried.
    pub(super) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// How many words the longest head has.
    pub(super) fn longest_head(&self) -> usize {
        self.longest_head
    }

    /// The longest phrase of the verb class that the words start with, as a count of words.
    pub(super) fn verb_at(&self, class: &str, words: &[Word]) -> Option<usize> {
        let all = self.verbs.get(class)?;
        let inflected = self.inflected.iter().any(|c| c == class);
        let length = |verb: &String| {
            if inflected { starts_inflected(words, verb) } else { starts(words, verb) }
        };
        all.iter().filter_map(length).max()
    }

    /// The wish in other words, in every way it can be taken; all of them stand where the sentence stands.
    pub(super) fn reworded<'a>(
        &'a self,
        words: &'a [Word],
        late: bool,
    ) -> impl Iterator<Item = Vec<Word>> + 'a {
        let ways = self
            .reworded
            .iter()
            .filter(move |(_, n)| self.rewordings.get(*n).is_some_and(|r| r.late == late))
            .flat_map(|(p, n)| p.matches(words).into_iter().map(move |found| (found, *n)));
        let number = |found: &Bindings| {
            let said = found.get("number").and_then(|range| words.get(range));
            said.is_none_or(|said| super::newcomer::number(said).is_some())
        };
        let several = |found: &Bindings| {
            let last = found.get("people").and_then(|range| words.get(range)?.last());
            last.is_none_or(|w| super::phrase::singular(&w.lower) != w.lower)
        };
        // "in Europe and Asia", "in eu-west-1 and us-east-1": places, and no products.
        let place = |found: &Bindings| {
            let said = ["one", "two", "three"].into_iter().filter_map(|slot| words.get(found.get(slot)?));
            said.into_iter().all(|said| {
                let name = super::phrase::join(said);
                let proper =
                    (name.starts_with(char::is_uppercase) || name.contains('-')) && !name.contains(',');
                proper && crate::catalog::catalog().find(&name).is_none()
            })
        };
        ways.filter(move |(found, _)| number(found) && several(found) && place(found))
            .filter_map(|(found, n)| fill(&self.rewordings.get(n)?.r#as, words, &found))
    }

    /// What the words ask for that is no edit.
    pub(super) fn aside(&self, words: &[Word], late: bool) -> Option<&Aside> {
        let meant = |(pattern, n): &&(Pattern, usize)| {
            self.asides.get(*n).is_some_and(|a| a.late == late) && !pattern.matches(words).is_empty()
        };
        self.aside_patterns.iter().find(meant).and_then(|(_, n)| self.asides.get(*n))
    }
}

/// `text` with the words of `words` in its slots.
fn fill(text: &str, words: &[Word], found: &Bindings) -> Option<Vec<Word>> {
    let span = super::phrase::span(words);
    let mut out = Vec::new();
    for part in text.split(' ') {
        match part.strip_prefix('$') {
            Some(slot) => out.extend_from_slice(words.get(found.get(slot)?)?),
            None if part.starts_with('@') => out.extend_from_slice(words.get(found.get(part)?)?),
            None => out.push(Word::new(part, span, false)),
        }
    }
    Some(out)
}

/// How many words `phrase` takes at the start of `words`, if they start with it.
pub(super) fn starts(words: &[Word], phrase: &str) -> Option<usize> {
    let mut count = 0;
    for part in phrase.split(' ') {
        if !words.get(count)?.is(part) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// The same for a verb in any form; the forms are those of its first word.
fn starts_inflected(words: &[Word], verb: &str) -> Option<usize> {
    let (first, rest) = verb.split_once(' ').unwrap_or((verb, ""));
    let (word, after) = words.split_first()?;
    let stem = first.strip_suffix(['e', 'y']).unwrap_or(first);
    let form = |ending: &str| {
        let said = word.lower.strip_suffix(ending);
        said.is_some_and(|s| s == first || s == stem && (ending == "ing" || ending == "ies"))
    };
    if word.quoted || !(word.lower == first || ["s", "es", "ies", "ing"].into_iter().any(form)) {
        return None;
    }
    if rest.is_empty() { Some(1) } else { starts(after, rest).map(|n| n + 1) }
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Words(Vec<String>),
    Verb(String),
    Slot(String),
    Maybe(Box<Part>),
}

/// One way to say something.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) intent: String,
    parts: Vec<Part>,
}

/// What the slots of a pattern stand for: ranges of words. Verbs are found under `@` and their class.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Bindings(Vec<(String, Range<usize>)>);

impl Bindings {
    pub(super) fn get(&self, name: &str) -> Option<Range<usize>> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, r)| r.clone())
    }
}

/// Slots that take a whole clause, or words that are kept as they are.
const OPEN: &[&str] =
    &["rest", "does", "why", "said", "reason", "name", "label", "text", "quoted", "notice", "new", "parts"];

/// What begins the object of a verb.
const OBJECTS: &[&str] =
    &["the", "a", "an", "its", "their", "it", "them", "all", "every", "each", "both", "this", "that"];

impl Bindings {
    /// Whether a slot holds a second wish, as in "cache the reads and give the database a replica": then the words are more
    /// than the pattern says.
    pub(super) fn swallow_a_wish(&self, words: &[Word]) -> bool {
        let begins = |at: usize| {
            let rest = words.get(at..).unwrap_or_default();
            rest.len() > 2 && knowledge().starters.iter().any(|s| starts(rest, s).is_some())
        };
        // "cache" is a noun as well: only what it is done to shows a verb.
        let verb = |at: usize| {
            let noun = words.get(at).is_some_and(|w| lexicon().noun(&w.lower).is_some());
            begins(at) && (!noun || words.get(at + 1).is_some_and(|w| w.is_any(OBJECTS)))
        };
        let joint = |at: usize| words[at - 1].is("and") || words[at - 1].is("then");
        let closed =
            self.0.iter().filter(|(name, _)| !name.starts_with('@') && !OPEN.contains(&name.as_str()));
        closed.map(|(_, range)| range.clone()).any(|range| {
            let speaker = words.get(range.start).is_some_and(|w| w.is_any(&["we", "i", "you"]));
            speaker || (range.start + 1..range.end).any(|at| joint(at) && verb(at))
        })
    }
}

impl Pattern {
    fn parse(intent: &str, text: &str) -> Self {
        let part = |word: &str| match word.chars().next() {
            Some('@') => Part::Verb(word[1..].to_owned()),
            Some('$') => Part::Slot(word[1..].to_owned()),
            _ => Part::Words(word.split('|').map(str::to_owned).collect()),
        };
        let parts =
            text.split(' ').map(|word| match word.strip_prefix('(').and_then(|w| w.strip_suffix(')')) {
                Some(inner) => Part::Maybe(Box::new(part(inner))),
                None => part(word),
            });
        Self { intent: intent.to_owned(), parts: parts.collect() }
    }

    /// Every way to lay the pattern over all the words, slots as short as possible first.
    pub(super) fn matches(&self, words: &[Word]) -> Vec<Bindings> {
        if !self.may_fit(words) {
            return Vec::new();
        }
        let mut search = Search { words, found: Vec::new(), steps: 0 };
        search.walk(&self.parts, 0, &mut Bindings::default());
        search.found
    }
}

impl Pattern {
    /// Whether it holds the word as such.
    pub(super) fn says(&self, word: &str) -> bool {
        fn holds(part: &Part, word: &str) -> bool {
            match part {
                Part::Words(any) => any.iter().any(|w| w == word),
                Part::Maybe(inner) => holds(inner, word),
                Part::Verb(_) | Part::Slot(_) => false,
            }
        }
        self.parts.iter().any(|part| holds(part, word))
    }

    /// Whether the words that the pattern cannot do without are there, in their order: most patterns are done with here,
    /// and a long sentence is not laid out in every way for each of them.
    fn may_fit(&self, words: &[Word]) -> bool {
        let mut at = 0;
        self.parts.iter().all(|part| {
            let Part::Words(any) = part else { return true };
            let rest = words.get(at..).unwrap_or_default();
            let found = rest.iter().position(|w| any.iter().any(|a| w.is(a)));
            at += found.map_or(0, |n| n + 1);
            found.is_some()
        })
    }
}

struct Search<'a> {
    words: &'a [Word],
    found: Vec<Bindings>,
    steps: usize,
}

impl Search<'_> {
    fn walk(&mut self, parts: &[Part], at: usize, bound: &mut Bindings) {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.found.len() >= MAX_MATCHES {
            return;
        }
        let Some((part, rest)) = parts.split_first() else {
            if at == self.words.len() {
                self.found.push(bound.clone());
            }
            return;
        };
        match part {
            Part::Maybe(inner) => {
                let mut with = vec![(**inner).clone()];
                with.extend_from_slice(rest);
                self.walk(&with, at, bound);
                self.walk(rest, at, bound);
            }
            Part::Words(any) => {
                if self.words.get(at).is_some_and(|w| any.iter().any(|a| w.is(a))) {
                    self.walk(rest, at + 1, bound);
                }
            }
            Part::Verb(class) => {
                if let Some(n) = self.words.get(at..).and_then(|w| knowledge_verb(class, w)) {
                    bound.0.push((format!("@{class}"), at..at + n));
                    self.walk(rest, at + n, bound);
                    bound.0.pop();
                }
            }
            Part::Slot(name) if rest.is_empty() => {
                if at < self.words.len() {
                    bound.0.push((name.clone(), at..self.words.len()));
                    self.walk(rest, self.words.len(), bound);
                    bound.0.pop();
                }
            }
            Part::Slot(name) => {
                for end in at + 1..=self.words.len() {
                    bound.0.push((name.clone(), at..end));
                    self.walk(rest, end, bound);
                    bound.0.pop();
                }
            }
        }
    }
}

fn knowledge_verb(class: &str, words: &[Word]) -> Option<usize> {
    knowledge().verb_at(class, words)
}

#[cfg(test)]
mod tests {
    use super::super::phrase::words;
    use super::*;

    #[test]
    fn patterns_find_their_slots() {
        let say = words("put a Redis cache between the API and the orders database");
        let pattern = Pattern::parse("i", "@add $new (in) between $a and $b");
        let found = pattern.matches(&say);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].get("new"), Some(1..4));
        assert_eq!(found[0].get("b"), Some(8..11));
        assert_eq!(found[0].get("@add"), Some(0..1));
    }

    #[test]
    fn every_verb_class_of_every_pattern_exists() {
        fn check(part: &Part, intent: &str) {
            match part {
                Part::Verb(class) => {
                    assert!(knowledge().verbs.contains_key(class), "{intent}: no verbs `{class}`")
                }
                Part::Maybe(inner) => check(inner, intent),
                Part::Words(_) | Part::Slot(_) => {}
            }
        }
        assert!(knowledge().patterns().len() > 100);
        let asides = knowledge().aside_patterns.iter().map(|(pattern, _)| pattern);
        for pattern in knowledge().patterns().iter().chain(asides) {
            pattern.parts.iter().for_each(|part| check(part, &pattern.intent));
        }
    }
}
