//! Reads the word lists.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::inflect::{Form, regular};
use super::{Closed, Det, Frame, Joint, Lexicon, Noun, Pronoun, Verb, names, normal};
use crate::catalog::{asset, data};
use crate::model::{GroupKind, Kind};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbFile {
    frames: BTreeMap<Frame, Vec<String>>,
    asynchronous: Vec<String>,
    synchronous: Vec<String>,
    irregular: BTreeMap<String, Vec<String>>,
    doubled: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NounFile {
    components: BTreeMap<Kind, Vec<String>>,
    people: Vec<String>,
    people_heads: Vec<String>,
    groups: BTreeMap<GroupKind, Vec<String>>,
    data: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
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

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrdinaryFile {
    words: HashSet<String>,
}

pub(super) fn load() -> Lexicon {
    let mut lexicon = Lexicon::default();
    load_verbs(&mut lexicon, &data::<VerbFile>(asset!("words/verbs")));
    load_nouns(&mut lexicon, data(asset!("words/nouns")));
    load_grammar(&mut lexicon, data(asset!("words/grammar")));
    lexicon.roles = data(asset!("words/roles"));
    lexicon.ordinary = data::<OrdinaryFile>(asset!("words/ordinary")).words;
    names::load(&mut lexicon);
    lexicon
}

fn load_verbs(lexicon: &mut Lexicon, file: &VerbFile) {
    let mut places: HashMap<String, usize> = HashMap::new();
    let entries = file.frames.iter().flat_map(|(frame, verbs)| verbs.iter().map(move |v| (*frame, v)));
    let be = "be".to_owned();
    for (frame, entry) in std::iter::once((Frame::Be, &be)).chain(entries) {
        let (lemma, particle) = match entry.split_once(' ') {
            Some((lemma, particle)) => (lemma, Some(particle)),
            None => (entry.as_str(), None),
        };
        let place = *places.entry(lemma.to_owned()).or_insert_with(|| {
            lexicon.verbs.push(Verb {
                lemma: lemma.to_owned(),
                frame,
                particles: Vec::new(),
                alone: false,
                asynchronous: None,
            });
            lexicon.verbs.len() - 1
        });
        let Some(verb) = lexicon.verbs.get_mut(place) else { continue };
        match particle {
            Some(particle) => verb.particles.push((particle.to_owned(), frame)),
            None if !verb.alone => (verb.frame, verb.alone) = (frame, true),
            None => {}
        }
        verb.asynchronous = match () {
            () if file.asynchronous.iter().any(|v| v == lemma) => Some(true),
            () if file.synchronous.iter().any(|v| v == lemma || v == entry) => Some(false),
            () => verb.asynchronous,
        };
    }
    for (place, verb) in lexicon.verbs.iter().enumerate() {
        let mut add = |word: &str, form: Form| {
            lexicon.forms.entry(word.to_owned()).or_default().push((place, form));
        };
        add(&verb.lemma, Form::Base);
        if let Some([third, past, participle, gerund]) = file.irregular.get(&verb.lemma).map(Vec::as_slice) {
            add(third, Form::Third);
            add(past, Form::Past);
            add(participle, Form::Participle);
            add(gerund, Form::Gerund);
        } else {
            let doubled = file.doubled.contains(&verb.lemma);
            let [third, past, gerund] = regular(&verb.lemma, doubled);
            add(&third, Form::Third);
            add(&past, Form::Past);
            add(&past, Form::Participle);
            add(&gerund, Form::Gerund);
        }
    }
}

fn load_nouns(lexicon: &mut Lexicon, file: NounFile) {
    lexicon.people_heads = file.people_heads;
    let mut add = |phrase: &str, noun: Noun| {
        lexicon.nouns.entry(normal(phrase)).or_insert(noun);
    };
    for (kind, phrases) in &file.components {
        for phrase in phrases {
            add(phrase, Noun::Component(*kind));
        }
    }
    for phrase in &file.people {
        add(phrase, Noun::Person);
    }
    for (kind, phrases) in &file.groups {
        for phrase in phrases {
            add(phrase, Noun::Group(*kind));
        }
    }
    for phrase in &file.data {
        add(phrase, Noun::Data);
    }
}

fn load_grammar(lexicon: &mut Lexicon, file: GrammarFile) {
    let mut add = |word: &str, closed: Closed| {
        let list = lexicon.closed.entry(word.to_owned()).or_default();
        if !list.contains(&closed) {
            list.push(closed);
        }
    };
    for (class, words) in &file.determiners {
        words.iter().for_each(|w| add(w, Closed::Determiner(determiner(class))));
    }
    file.numbers.iter().for_each(|(word, n)| add(word, Closed::Number(*n)));
    for (class, words) in &file.pronouns {
        words.iter().for_each(|w| add(w, Closed::Pronoun(pronoun(class))));
    }
    file.prepositions.iter().for_each(|w| add(w, Closed::Preposition));
    for (word, joint) in &file.conjunctions {
        let joint = match joint.as_str() {
            "or" => Joint::Or,
            "but" => Joint::But,
            _ => Joint::And,
        };
        add(word, Closed::Conjunction(joint));
    }
    file.subordinators.iter().for_each(|w| add(w, Closed::Subordinator));
    file.modals.iter().for_each(|w| add(w, Closed::Modal));
    file.auxiliaries.iter().for_each(|w| add(w, Closed::Auxiliary));
    file.negations.iter().for_each(|w| add(w, Closed::Negation));
    file.adverbs.iter().for_each(|w| add(w, Closed::Adverb));
    lexicon.adjectives = file.adjectives.into_iter().map(|w| (w, ())).collect();
    // Adverbs of several words: "one after the other".
    let adverbs = file.adverbs.iter().filter(|w| w.contains(' ')).map(|w| (w.clone(), "adverb".to_owned()));
    lexicon.compounds = file
        .compound_prepositions
        .into_iter()
        .chain(adverbs)
        .map(|(phrase, meaning)| (phrase.split(' ').map(str::to_owned).collect::<Vec<_>>(), meaning))
        .collect();
    lexicon.compounds.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
}

fn determiner(class: &str) -> Det {
    match class {
        "indefinite" => Det::Indefinite,
        "definite" => Det::Definite,
        "demonstrative" => Det::Demonstrative,
        "possessive" => Det::Possessive,
        "each" => Det::Each,
        "other" => Det::Other,
        "same" => Det::Same,
        "none" => Det::None,
        _ => Det::Bare,
    }
}

fn pronoun(class: &str) -> Pronoun {
    match class {
        "they" => Pronoun::They,
        "this" => Pronoun::This,
        "both" => Pronoun::Both,
        "latter" => Pronoun::Latter,
        "former" => Pronoun::Former,
        "everything" => Pronoun::Everything,
        "relative" => Pronoun::Relative,
        "person" => Pronoun::Person,
        _ => Pronoun::It,
    }
}
