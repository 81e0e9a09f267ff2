//! The words of English as constants: every form of every verb, every noun and name as it is compared.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde::Deserialize;

use crate::catalog::Technology;
use crate::emit::{keys, map, option, set, slice, text, texts, variant};
use crate::frame::Frame;
use crate::inflect::{either, regular};
use crate::kind::{GroupKind, Kind};
use crate::{Failure, lists, read};

#[path = "../src/reader/english/lexicon/spelling.rs"]
mod spelling;

use spelling::normal;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbFile {
    frames: BTreeMap<Frame, Vec<String>>,
    asynchronous: Vec<String>,
    synchronous: Vec<String>,
    irregular: BTreeMap<String, [String; 4]>,
    doubled: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NounFile {
    components: BTreeMap<Kind, Vec<String>>,
    people: Vec<String>,
    people_heads: Vec<String>,
    groups: BTreeMap<GroupKind, Vec<String>>,
    data: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GrammarFile {
    determiners: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, u32>,
    pronouns: BTreeMap<String, Vec<String>>,
    prepositions: Vec<String>,
    compound_prepositions: BTreeMap<String, String>,
    conjunctions: BTreeMap<String, String>,
    subordinators: Vec<String>,
    auxiliaries: Vec<String>,
    modals: Vec<String>,
    negations: Vec<String>,
    adverbs: Vec<String>,
    adjectives: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrdinaryFile {
    words: Vec<String>,
}

/// The value of `Lexicon`.
pub(crate) fn table(technologies: &[Technology]) -> Result<String, Failure> {
    let verbs: VerbFile = read("assets/words/verbs.yaml")?;
    let nouns: NounFile = read("assets/words/nouns.yaml")?;
    let grammar: GrammarFile = read("assets/words/grammar.yaml")?;
    let ordinary: OrdinaryFile = read("assets/words/ordinary.yaml")?;
    let mut out = String::from("Lexicon {\n");
    out.push_str(&verb_fields(&verbs)?);
    out.push_str(&noun_fields(&nouns));
    out.push_str(&grammar_fields(&grammar)?);
    write!(out, "roles: {},\nordinary: {},\n", lists::roles()?, set(&ordinary.words))?;
    out.push_str(&name_fields(technologies));
    out.push('}');
    Ok(out)
}

/// A verb while its entries are being gathered.
struct Verb<'a> {
    lemma: &'a str,
    frame: Frame,
    particles: Vec<(&'a str, Frame)>,
    alone: bool,
    asynchronous: Option<bool>,
}

fn gather(file: &VerbFile) -> Vec<Verb<'_>> {
    let mut verbs: Vec<Verb<'_>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let entries =
        file.frames.iter().flat_map(|(frame, verbs)| verbs.iter().map(move |v| (*frame, v.as_str())));
    for (frame, entry) in std::iter::once((Frame::Be, "be")).chain(entries) {
        let (lemma, particle) = entry.split_once(' ').map_or((entry, None), |(l, p)| (l, Some(p)));
        let place = *places.entry(lemma).or_insert(verbs.len());
        if place == verbs.len() {
            verbs.push(Verb { lemma, frame, particles: Vec::new(), alone: false, asynchronous: None });
        }
        let verb = &mut verbs[place];
        match particle {
            Some(particle) => verb.particles.push((particle, frame)),
            None if !verb.alone => (verb.frame, verb.alone) = (frame, true),
            None => {}
        }
        if file.asynchronous.iter().any(|v| v == lemma) {
            verb.asynchronous = Some(true);
        } else if file.synchronous.iter().any(|v| v == lemma || v == entry) {
            verb.asynchronous = Some(false);
        }
    }
    verbs
}

fn verb_fields(file: &VerbFile) -> Result<String, Failure> {
    let verbs = gather(file);
    for lemma in file.irregular.keys() {
        if !verbs.iter().any(|v| v.lemma == lemma) {
            return Err(format!("assets/words/verbs.yaml: `{lemma}` has forms, but no frame").into());
        }
    }
    let mut forms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (place, verb) in verbs.iter().enumerate() {
        let mut add = |word: &str, form: &str| {
            forms.entry(word.to_owned()).or_default().push(format!("({place}, Form::{form})"));
        };
        let [third, past, participle, gerund] =
            file.irregular.get(verb.lemma).cloned().unwrap_or_else(|| {
                let [third, past, gerund] = regular(verb.lemma, file.doubled.iter().any(|d| d == verb.lemma));
                [third, past.clone(), past, gerund]
            });
        if !file.irregular.contains_key(verb.lemma) && either(verb.lemma) {
            // "labeled" and "labelled"
            let [_, past, gerund] = regular(verb.lemma, true);
            for (word, form) in [(&past, "Past"), (&past, "Participle"), (&gerund, "Gerund")] {
                add(word, form);
            }
        }
        add(verb.lemma, "Base");
        add(&third, "Third");
        add(&past, "Past");
        add(&participle, "Participle");
        add(&gerund, "Gerund");
    }
    let verbs = verbs.iter().map(|v| {
        let particles = slice(v.particles.iter().map(|(p, f)| format!("({}, Frame::{f:?})", text(p))));
        format!(
            "Verb {{ lemma: {}, frame: Frame::{:?}, particles: {particles}, alone: {}, asynchronous: {} }}",
            text(v.lemma),
            v.frame,
            v.alone,
            option(v.asynchronous.map(|a| a.to_string()))
        )
    });
    let forms = forms.into_iter().map(|(word, forms)| (word, slice(forms))).collect();
    Ok(format!("verbs: {},\nforms: {},\n", slice(verbs), map(&forms)))
}

fn noun_fields(file: &NounFile) -> String {
    let mut nouns: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |phrases: &[String], noun: &str| {
        for phrase in phrases {
            nouns.entry(normal(phrase).into_owned()).or_insert_with(|| noun.to_owned());
        }
    };
    for (kind, phrases) in &file.components {
        add(phrases, &format!("Noun::Component(Kind::{kind:?})"));
    }
    add(&file.people, "Noun::Person");
    for (kind, phrases) in &file.groups {
        add(phrases, &format!("Noun::Group(GroupKind::{kind:?})"));
    }
    add(&file.data, "Noun::Data");
    format!("nouns: {},\npeople_heads: {},\n", keys(&nouns), texts(&file.people_heads))
}

fn grammar_fields(file: &GrammarFile) -> Result<String, Failure> {
    let mut closed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |word: &str, class: String| {
        let list = closed.entry(word.to_owned()).or_default();
        if !list.contains(&class) {
            list.push(class);
        }
    };
    for (class, words) in &file.determiners {
        words.iter().for_each(|w| add(w, format!("Closed::Determiner(Det::{})", variant(class))));
    }
    file.numbers.iter().for_each(|(word, n)| add(word, format!("Closed::Number({n})")));
    for (class, words) in &file.pronouns {
        words.iter().for_each(|w| add(w, format!("Closed::Pronoun(Pronoun::{})", variant(class))));
    }
    file.prepositions.iter().for_each(|w| add(w, "Closed::Preposition".to_owned()));
    for (word, joint) in &file.conjunctions {
        add(word, format!("Closed::Conjunction(Joint::{})", variant(joint)));
    }
    file.subordinators.iter().for_each(|w| add(w, "Closed::Subordinator".to_owned()));
    file.modals.iter().for_each(|w| add(w, "Closed::Modal".to_owned()));
    file.auxiliaries.iter().for_each(|w| add(w, "Closed::Auxiliary".to_owned()));
    file.negations.iter().for_each(|w| add(w, "Closed::Negation".to_owned()));
    file.adverbs.iter().for_each(|w| add(w, "Closed::Adverb".to_owned()));
    // Adverbs of several words: "one after the other".
    let adverb = "adverb".to_owned();
    let adverbs = file.adverbs.iter().filter(|w| w.contains(' ')).map(|w| (w, &adverb));
    let mut compounds: Vec<(Vec<String>, &String)> = file
        .compound_prepositions
        .iter()
        .chain(adverbs)
        .map(|(phrase, meaning)| (phrase.split(' ').map(str::to_owned).collect(), meaning))
        .collect();
    compounds.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let mut by_first: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (words, meaning) in &compounds {
        let [first, more @ ..] = words.as_slice() else { continue };
        by_first.entry(first.clone()).or_default().push(format!("({}, {})", texts(more), text(meaning)));
    }
    let compounds = by_first.into_iter().map(|(first, entries)| (first, slice(entries))).collect();
    let closed = closed.into_iter().map(|(word, classes)| (word, slice(classes))).collect();
    Ok(format!(
        "closed: {},\nadjectives: {},\ncompounds: {},\n",
        map(&closed),
        set(&file.adjectives),
        map(&compounds)
    ))
}

/// How a name may be written; see `Spelling` in `src/reader/english/lexicon/names.rs`.
#[derive(Default)]
struct Spelling<'a> {
    any: Option<usize>,
    exact: Vec<(&'a str, usize)>,
    spaced: bool,
}

fn name_fields(technologies: &[Technology]) -> String {
    let mut names: BTreeMap<String, Spelling<'_>> = BTreeMap::new();
    let mut by_shape: BTreeMap<(usize, char), Vec<(String, usize)>> = BTreeMap::new();
    let spaced = |name: &str| name.contains([' ', '-', '/', '.']);
    for (place, entry) in technologies.iter().enumerate() {
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let key = normal(name).into_owned();
            let length = key.chars().count();
            if let (Some(initial), true, false) = (key.chars().next(), length >= 4, name.contains(' ')) {
                by_shape.entry((length, initial)).or_default().push((key.clone(), place));
            }
            let spelling = names.entry(key).or_default();
            spelling.any.get_or_insert(place);
            spelling.spaced |= spaced(name);
        }
        for name in &entry.cased_aliases {
            let spelling = names.entry(normal(name).into_owned()).or_default();
            spelling.exact.push((name, place));
            spelling.spaced |= spaced(name);
        }
    }
    let pair = |(name, place): (&str, usize)| format!("({}, {place})", text(name));
    let names = names.into_iter().map(|(key, s)| {
        let value = format!(
            "Spelling {{ any: {}, exact: {}, spaced: {} }}",
            option(s.any.map(|place| place.to_string())),
            slice(s.exact.into_iter().map(pair)),
            s.spaced
        );
        (key, value)
    });
    let by_shape = by_shape.into_iter().map(|((length, initial), names)| {
        format!("(({length}, {initial:?}), {})", slice(names.iter().map(|(n, p)| pair((n.as_str(), *p)))))
    });
    format!("names: {},\nby_shape: {},\n", keys(&names.collect()), slice(by_shape))
}
