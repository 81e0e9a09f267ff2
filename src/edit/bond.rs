//! How much a request has to do with a component: words of its name, of what it does, and of one subject
//! (`assets/words/features.yaml`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::names::stems;
use super::phrase::Word;
use crate::catalog::{asset, data};
use crate::model::{Architecture, Component, Kind};

/// What `assets/words/features.yaml` holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Subjects {
    silent: BTreeSet<String>,
    topics: BTreeMap<String, Vec<String>>,
    /// What a kind has to do with besides the words of the request.
    pub(super) of_kind: BTreeMap<String, Vec<String>>,
    /// Words that look alike and are none of each other's forms.
    unlike: Vec<BTreeSet<String>>,
    pub(super) uses: Vec<Use>,
}

/// Something that features of certain words call when it is there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Use {
    pub(super) words: Vec<String>,
    pub(super) kinds: Vec<String>,
    pub(super) label: String,
    #[serde(default)]
    pub(super) asynchronous: bool,
}

impl Use {
    /// Those that do this for others: by their kind or their name; where there are none, an "Alert service" tells people
    /// too.
    pub(super) fn doers<'a>(&self, a: &'a Architecture) -> Vec<&'a Component> {
        let named = |c: &Component, words: &[String]| {
            c.kind.is_compute() && stems(&c.label).iter().any(|s| words.iter().any(|w| akin(w, s)))
        };
        let first = self.words.get(..1).unwrap_or_default();
        let of_kind = |c: &Component| self.kinds.iter().any(|k| k == c.kind.word());
        let found: Vec<_> = a.components().filter(|c| of_kind(c) || named(c, first)).collect();
        if found.is_empty() && self.asynchronous {
            return a.components().filter(|c| named(c, &self.words)).collect();
        }
        found
    }
}

/// What a request speaks of that others do for it.
pub(super) fn uses(words: &[Word]) -> impl Iterator<Item = &'static Use> {
    let said: Vec<String> = words.iter().flat_map(|w| stems(&w.lower)).collect();
    subjects().uses.iter().filter(move |used| said.iter().any(|s| used.words.iter().any(|w| akin(w, s))))
}

pub(super) fn subjects() -> &'static Subjects {
    static SUBJECTS: OnceLock<Subjects> = OnceLock::new();
    SUBJECTS.get_or_init(|| data(asset!("words/features")))
}

/// The words of a request that say what it is about.
pub(super) fn telling(words: &[Word]) -> BTreeSet<String> {
    let text = words.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" ");
    stems(&text).into_iter().filter(|w| w.len() > 2 && !subjects().silent.contains(w)).collect()
}

/// Whether two words are forms of one: one is the other with an ending, or they begin alike for most of the longer one.
pub(super) fn akin(a: &str, b: &str) -> bool {
    const ENDINGS: &[&str] = &["s", "ed", "d", "ing", "er", "r", "or", "ion", "al", "ment", "ly", "y"];
    let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let ending = |long: &str, short: &str| {
        short.len() >= 4 && long.strip_prefix(short).is_some_and(|rest| ENDINGS.contains(&rest))
    };
    if subjects().unlike.iter().any(|pair| a != b && pair.contains(a) && pair.contains(b)) {
        return false;
    }
    a == b || ending(a, b) || ending(b, a) || common >= 6 && common * 10 >= a.len().max(b.len()) * 6
}

/// The subjects a word belongs to.
fn topics(word: &str) -> impl Iterator<Item = &'static str> {
    let all = subjects().topics.iter();
    all.filter(move |(_, words)| words.iter().any(|w| w == word)).map(|(name, _)| name.as_str())
}

/// Whether a word is listed, of a subject or as saying nothing.
pub(super) fn knows(word: &str) -> bool {
    stems(word).iter().any(|w| subjects().silent.contains(w) || topics(w).next().is_some())
}

/// Whether a word belongs to a subject that features are about.
pub(super) fn of_subject(word: &str) -> bool {
    stems(word).iter().any(|w| topics(w).next().is_some())
}

/// What a request and a part that share a word in its arrows come to at least.
const MIN_SHARED: usize = 10;

/// What each of those words adds where it stands in the name.
const MIN_NAMED: usize = 16;

/// How a request and a component have to do with each other.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Bond {
    /// Words of the request that the component says too.
    pub(super) shared: BTreeSet<String>,
    /// Those of them in its name.
    named: usize,
    /// Words of the request that belong to the subject of its name.
    related: BTreeSet<String>,
    /// How many subjects those are.
    subjects: usize,
    /// Words of the request that belong to the subject of what it calls, or of what it sends.
    nearby: BTreeSet<String>,
}

impl Bond {
    pub(super) fn between(a: &Architecture, c: &Component, wanted: &BTreeSet<String>) -> Self {
        let label: BTreeSet<String> =
            stems(&c.label).into_iter().filter(|w| !subjects().silent.contains(w)).collect();
        let mut said = label.clone();
        // Where the name of code says nothing, its id may: a "matching engine" whose author calls it `trading`.
        let id_speaks = c.kind.is_compute() && !label.iter().any(|w| topics(w).next().is_some());
        let code = c.kind.is_compute();
        let called: Vec<String> =
            stems(c.id.as_str()).into_iter().filter(|w| code && !subjects().silent.contains(w)).collect();
        said.extend(called.iter().cloned());
        said.extend(c.description.iter().flat_map(|d| stems(d)));
        said.extend(c.technology.iter().flat_map(|t| stems(&t.name)));
        // What passes a door is about what lies behind it.
        let door = matches!(c.kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns);
        let mut around = BTreeSet::new();
        if let Some(index) = a.index_of(c.id.as_str()).filter(|_| !door) {
            let arrows = a.connections_from(index).chain(a.connections_to(index));
            said.extend(arrows.filter_map(|e| e.label.clone()).flat_map(|l| stems(&l)));
            for e in a.connections_from(index) {
                let ends = [e.label.clone().unwrap_or_default(), a.at(e.to).label.clone()];
                around.extend(ends.iter().flat_map(|text| stems(text)));
            }
        }
        let shared: BTreeSet<String> =
            wanted.iter().filter(|w| said.iter().any(|s| akin(s, w))).cloned().collect();
        let named = shared.iter().filter(|w| label.iter().any(|l| akin(l, w))).count();
        let about: BTreeSet<&str> =
            label.iter().chain(called.iter().filter(|_| id_speaks)).flat_map(|w| topics(w)).collect();
        let of_topic = |w: &&String| !shared.contains(*w) && topics(w).any(|t| about.contains(t));
        let related: BTreeSet<String> = wanted.iter().filter(of_topic).cloned().collect();
        let met: BTreeSet<&str> =
            related.iter().flat_map(|w| topics(w)).filter(|t| about.contains(t)).collect();
        let subjects = met.len();
        let about: BTreeSet<&str> =
            around.iter().filter(|w| !self::subjects().silent.contains(*w)).flat_map(|w| topics(w)).collect();
        let near = |w: &&String| {
            !shared.contains(*w) && !related.contains(*w) && topics(w).any(|t| about.contains(t))
        };
        let nearby = wanted.iter().filter(near).cloned().collect();
        Self { shared, named, subjects, related, nearby }
    }

    /// 0 when they have nothing to do with each other.
    pub(super) fn strength(&self) -> usize {
        self.shared.len() * MIN_SHARED
            + self.named * MIN_NAMED
            + self.related.len() * 4
            + self.subjects * 5
            + self.nearby.len() * 3
    }

    /// The strength without what its name alone adds.
    pub(super) fn unnamed(&self) -> usize {
        self.strength() - self.named * MIN_NAMED
    }

    /// Whether the request speaks of nothing but what it calls.
    pub(super) fn distant(&self) -> bool {
        self.shared.is_empty() && self.related.is_empty()
    }

    pub(super) fn why(&self) -> String {
        let list =
            |words: &BTreeSet<String>| words.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>().join(", ");
        if self.shared.is_empty() && self.related.is_empty() {
            let verb = if self.nearby.len() == 1 { "has" } else { "have" };
            format!("{} in the request {verb} to do with what it calls", list(&self.nearby))
        } else if self.shared.is_empty() {
            let verb = if self.related.len() == 1 { "has" } else { "have" };
            format!("{} in the request {verb} to do with it", list(&self.related))
        } else {
            format!("the request and it share {}", list(&self.shared))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word() {
        for (a, b) in [
            ("moderation", "moderator"),
            ("test", "testing"),
            ("recommendation", "recommender"),
            ("review", "reviewer"),
        ] {
            assert!(akin(a, b), "{a} {b}");
        }
        for (a, b) in [("transcription", "transcoding"), ("checker", "checkout"), ("pay", "payload")] {
            assert!(!akin(a, b), "{a} {b}");
        }
    }

    #[test]
    fn words_are_given_in_the_singular_and_once_a_topic() {
        for (topic, words) in &subjects().topics {
            let mut seen = BTreeSet::new();
            for word in words {
                assert!(seen.insert(word), "{topic}: {word} twice");
                assert_eq!(stems(word), [word.as_str()], "{topic}: {word} can never be met");
            }
        }
        for kind in subjects().uses.iter().flat_map(|u| &u.kinds) {
            assert!(Kind::from_word(kind).is_some(), "{kind}");
        }
    }
}
