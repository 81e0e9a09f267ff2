//! Files of word lists as constants: each list is a field of the same name.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::emit::{map, set, slice, text, texts, variant};
use crate::knowledge::patterns;
use crate::{Failure, read};

/// The lists of the vocabulary that hold patterns of phrases.
const PATTERNS: &[&str] = &["qualities", "scale", "serverless"];

/// The lists of settings whose phrases say a setting by themselves.
const SPOKEN: &[&str] =
    &["auth", "retry", "backoff", "idempotency_key", "idempotent", "encryption", "fallback", "tls"];

/// A list, by its form.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum List {
    Words(Vec<String>),
    Families(Vec<Vec<String>>),
    Pairs(IndexMap<String, String>),
    Named(IndexMap<String, Vec<String>>),
    Other(IgnoredAny),
}

/// The value of the struct `name` for the lists of a file.
fn lists(path: &str, name: &str, write: impl Fn(&str, &List) -> Option<String>) -> Result<String, Failure> {
    let lists: BTreeMap<String, List> = read(path)?;
    let mut out = format!("{name} {{\n");
    for (field, list) in &lists {
        let value = write(field, list).ok_or_else(|| format!("{path}: `{field}` is no list of words"))?;
        writeln!(out, "{field}: {value},")?;
    }
    out.push('}');
    Ok(out)
}

/// The value of `Roles`, whose lists are asked for words.
pub(crate) fn roles() -> Result<String, Failure> {
    lists("assets/words/roles.yaml", "Roles", |name, list| match list {
        List::Words(words) if name == "aside_marks" => Some(by_first_word(words)),
        List::Words(words) => Some(set(words)),
        List::Families(families) => Some(members(families)),
        List::Pairs(pairs) => Some(map(&pairs.iter().map(|(a, b)| (a.clone(), text(b))).collect())),
        List::Named(named) => {
            Some(map(&named.iter().map(|(name, words)| (name.clone(), texts(words))).collect()))
        }
        List::Other(_) => None,
    })
}

/// Phrases by their first words.
fn by_first_word(phrases: &[String]) -> String {
    let mut found: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for phrase in phrases {
        found.entry(phrase.split(' ').take(1).collect()).or_default().push(phrase);
    }
    map(&found.into_iter().map(|(first, phrases)| (first, texts(phrases))).collect())
}

/// The families that each word belongs to, by their numbers.
fn members(families: &[Vec<String>]) -> String {
    let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, family) in families.iter().enumerate() {
        for word in family {
            members.entry(word.clone()).or_default().push(number.to_string());
        }
    }
    map(&members.into_iter().map(|(word, numbers)| (word, slice(numbers))).collect())
}

/// The value of `SettingWords`: the lists, and with which words their phrases begin.
pub(crate) fn settings() -> Result<String, Failure> {
    let lists: BTreeMap<String, Vec<String>> = read("assets/words/settings.yaml")?;
    let mut out = String::from("SettingWords {\n");
    for (field, words) in &lists {
        writeln!(out, "{field}: {},", texts(words))?;
    }
    // A hyphen may be a token of its own.
    let first = |phrase: &String| phrase.split(' ').take(1).collect::<String>();
    let tokens = |word: String| {
        let parts: Vec<String> = word.match_indices('-').map(|(at, _)| word[..at].to_owned()).collect();
        parts.into_iter().chain([word])
    };
    let spoken =
        lists.iter().filter(|(field, _)| SPOKEN.contains(&field.as_str())).flat_map(|(_, words)| words);
    let openings: Vec<String> = spoken.map(first).flat_map(tokens).collect();
    let limits: Vec<String> = lists.get("time_limit").into_iter().flatten().map(first).collect();
    let standing = ["multi_az", "geo_redundant", "immutable", "written"];
    let standing: Vec<String> = standing.iter().filter_map(|f| lists.get(*f)).flatten().map(first).collect();
    writeln!(out, "limits: {},", set(&limits))?;
    writeln!(out, "openings: {},\nstanding: {},\n}}", set(&openings), set(&standing))?;
    Ok(out)
}

/// What texts say of their load, as `load.yaml` has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LoadFile {
    near: IndexMap<String, Vec<String>>,
    phrases: IndexMap<String, IndexMap<String, String>>,
    units: Vec<String>,
    hints: BTreeMap<String, Vec<String>>,
}

/// The value of `LoadWords`.
pub(crate) fn load() -> Result<String, Failure> {
    let path = "assets/words/load.yaml";
    let file: LoadFile = read(path)?;
    let key = |name: &str| format!("WorkloadKey::{}", variant(name));
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    for (name, phrases) in &file.phrases {
        for (phrase, value) in phrases {
            if said.insert(phrase, format!("({}, {})", key(name), text(value))).is_some() {
                return Err(format!("{path}: `{phrase}` is said to mean two things").into());
            }
        }
    }
    let hints: Vec<String> =
        file.hints.iter().map(|(name, words)| format!("{name}: {}", texts(words))).collect();
    Ok(format!(
        "LoadWords {{ near: {}, phrases: {}, units: {}, hints: Hints {{ {} }} }}",
        slice(file.near.iter().map(|(name, words)| format!("({}, {})", key(name), texts(words)))),
        slice(said.iter().map(|(phrase, said)| format!("({}, {said})", text(phrase)))),
        texts(&file.units),
        hints.join(", ")
    ))
}

/// The value of `ChoiceWords`.
pub(crate) fn choices() -> Result<String, Failure> {
    lists("assets/words/choices.yaml", "ChoiceWords", |_, list| match list {
        List::Words(words) => Some(texts(words)),
        List::Families(_) | List::Pairs(_) | List::Named(_) | List::Other(_) => None,
    })
}

/// The value of `OpenWords`.
pub(crate) fn open() -> Result<String, Failure> {
    lists("assets/words/open.yaml", "OpenWords", |name, list| match list {
        List::Words(words) if name == "undecided" => Some(by_first_word(words)),
        List::Words(words) => Some(set(words)),
        List::Families(_) | List::Pairs(_) | List::Named(_) | List::Other(_) => None,
    })
}

/// The value of `Vocabulary`, whose lists are walked.
pub(crate) fn vocabulary() -> Result<String, Failure> {
    lists("assets/capabilities/vocabulary/words.yaml", "Vocabulary", |name, list| match list {
        List::Words(words) if PATTERNS.contains(&name) => Some(patterns(words)),
        List::Words(words) => Some(texts(words)),
        List::Pairs(pairs) => Some(slice(pairs.iter().map(|(a, b)| format!("({}, {})", text(a), text(b))))),
        List::Families(_) | List::Named(_) | List::Other(_) => None,
    })
}
