//! What is known about prompts as constants: capabilities, reference designs, actions, platforms.

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_yaml::Value;

use crate::emit::{slice, text, texts, variant};
use crate::kind::Kind;
use crate::{Failure, read};

#[path = "../src/reader/english/prompt/stem.rs"]
mod stem;

use stem::{bit, stem};

/// The parts of a capability or design: `key: [kind, label, words]`.
type Parts = IndexMap<String, Vec<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Capability {
    id: String,
    #[serde(default)]
    pattern: bool,
    phrases: Vec<String>,
    components: Parts,
    #[serde(default)]
    flows: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Design {
    id: String,
    title: String,
    summary: String,
    keywords: Vec<String>,
    family: String,
    components: Parts,
    #[serde(default)]
    extras: Vec<String>,
    core: String,
    flows: Vec<String>,
    scenarios: IndexMap<String, Vec<String>>,
    questions: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Action {
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    does: String,
    #[serde(default)]
    agent: String,
    #[serde(default)]
    done: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Platform {
    label: String,
    phrases: Vec<String>,
    managed: IndexMap<Kind, String>,
    #[serde(default)]
    serverless: IndexMap<Kind, String>,
}

/// The capabilities of all files of a folder, in the order of `files`.
pub(crate) fn capabilities(files: &[&str]) -> Result<String, Failure> {
    let all = all::<Capability>("assets/capabilities", files)?;
    let entries: Result<Vec<String>, Failure> = all
        .iter()
        .map(|c| {
            Ok(format!(
                "Capability {{ id: {}, pattern: {}, phrases: {}, components: {}, flows: {} }}\n",
                text(&c.id),
                c.pattern,
                patterns(&c.phrases),
                parts(&c.id, &c.components)?,
                flows(&c.id, &c.flows)?
            ))
        })
        .collect();
    Ok(slice(entries?))
}

/// The designs of all files of a folder, in the order of `files`.
pub(crate) fn designs(files: &[&str]) -> Result<String, Failure> {
    let all = all::<Design>("assets/designs", files)?;
    let entries: Result<Vec<String>, Failure> = all.iter().map(design).collect();
    Ok(slice(entries?))
}

fn design(d: &Design) -> Result<String, Failure> {
    let known = |key: &String| d.components.contains_key(key);
    if let Some(stranger) =
        d.extras.iter().chain([&d.core]).chain(d.scenarios.values().flatten()).find(|k| !known(k))
    {
        return Err(format!("design `{}`: there is no component `{stranger}`", d.id).into());
    }
    let scenarios = d.scenarios.iter().map(|(title, keys)| format!("({}, {})", text(title), texts(keys)));
    let mut questions = Vec::new();
    for question in &d.questions {
        let (asked, default) = question
            .split_once(" | ")
            .ok_or_else(|| format!("design `{}`: `{question}` has no default behind ` | `", d.id))?;
        questions.push(format!("({}, {})", text(asked), text(default)));
    }
    Ok(format!(
        "Design {{ id: {}, title: {}, summary: {}, keywords: {}, family: Feed::{}, components: {}, extras: {}, \
         core: {}, flows: {}, scenarios: {}, questions: {} }}\n",
        text(&d.id),
        text(&d.title),
        text(&d.summary),
        patterns(&d.keywords),
        variant(&d.family),
        parts(&d.id, &d.components)?,
        texts(&d.extras),
        text(&d.core),
        flows(&d.id, &d.flows)?,
        slice(scenarios),
        slice(questions)
    ))
}

/// The actions of prompts.
pub(crate) fn actions() -> Result<String, Failure> {
    let all: Vec<Action> = read("assets/capabilities/vocabulary/actions.yaml")?;
    let entries = all.iter().map(|a| {
        format!(
            "Action {{ verbs: {}, nouns: {}, does: Deed::{}, agent: {}, done: {} }}\n",
            texts(&a.verbs),
            texts(&a.nouns),
            variant(&a.does),
            text(&a.agent),
            text(&a.done)
        )
    });
    Ok(slice(entries))
}

/// The links between parts of different capabilities or designs.
pub(crate) fn links() -> Result<String, Failure> {
    flows("links", &read::<Vec<String>>("assets/capabilities/vocabulary/links.yaml")?)
}

/// The platforms.
pub(crate) fn platforms() -> Result<String, Failure> {
    let all: IndexMap<String, Platform> = read("assets/capabilities/vocabulary/platforms.yaml")?;
    let products = |list: &IndexMap<Kind, String>| {
        slice(list.iter().map(|(kind, id)| format!("(Kind::{kind:?}, {})", text(id))))
    };
    let entries = all.iter().map(|(name, p)| {
        format!(
            "Platform {{ name: {}, label: {}, phrases: {}, managed: {}, serverless: {} }}\n",
            text(name),
            text(&p.label),
            patterns(&p.phrases),
            products(&p.managed),
            products(&p.serverless)
        )
    });
    Ok(slice(entries))
}

/// The entries of the files of a folder. A file that stands there and is not named stops the build.
fn all<T: serde::de::DeserializeOwned>(folder: &str, files: &[&str]) -> Result<Vec<T>, Failure> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| e == "yaml") && !files.contains(&name.as_str()) {
            return Err(format!("{}: the build script does not name this file", path.display()).into());
        }
    }
    let mut all = Vec::new();
    for file in files {
        let path = Path::new(folder).join(file).with_extension("yaml");
        let entries: Vec<Value> = read(&path.to_string_lossy())?;
        for (n, entry) in entries.into_iter().enumerate() {
            let entry = serde_yaml::from_value(entry);
            all.push(entry.map_err(|e| format!("{}: entry {}: {e}", path.display(), n + 1))?);
        }
    }
    Ok(all)
}

fn parts(id: &str, parts: &Parts) -> Result<String, Failure> {
    let mut out = Vec::new();
    for (key, spec) in parts {
        let kind = spec.first().and_then(|k| Kind::from_word(k));
        let (Some(kind), Some(label), true) = (kind, spec.get(1), spec.len() <= 3) else {
            return Err(format!("`{id}`: `{key}` is not `[kind, label, words]`").into());
        };
        let words: Vec<String> =
            spec.get(2).map_or_else(Vec::new, |w| w.split(", ").map(str::to_owned).collect());
        let part =
            format!("Part {{ kind: Kind::{kind:?}, label: {}, words: {} }}", text(label), patterns(&words));
        out.push(format!("({}, {part})", text(key)));
    }
    Ok(format!("Parts({})", slice(out)))
}

/// `from -> to: label`, `~>` where nobody waits.
fn flows(id: &str, flows: &[String]) -> Result<String, Failure> {
    let mut out = Vec::new();
    for flow in flows {
        let (ends, label) = flow.split_once(": ").unwrap_or((flow, ""));
        let (from, to, mode) = match (ends.split_once(" ~> "), ends.split_once(" -> ")) {
            (Some((from, to)), None) => (from, to, "Async"),
            (None, Some((from, to))) => (from, to, "Sync"),
            _ => return Err(format!("`{id}`: `{flow}` is not `from -> to: label`").into()),
        };
        out.push(format!(
            "Flow {{ from: {}, to: {}, label: {}, mode: Mode::{mode} }}",
            text(from.trim()),
            text(to.trim()),
            text(label.trim())
        ));
    }
    Ok(slice(out))
}

/// Patterns; how they are written is told in `src/reader/english/prompt/pattern.rs`.
pub(crate) fn patterns(all: &[String]) -> String {
    slice(all.iter().map(|p| pattern(p)))
}

fn pattern(written: &str) -> String {
    let mut bits = 0;
    let mut parts = Vec::new();
    for part in written.split(" + ") {
        let atoms = part.split([' ', '-', '/']).map(|atom| {
            let words: Vec<&str> = atom.split('|').collect();
            if let [only] = words.as_slice()
                && !only.starts_with('=')
            {
                bits |= bit(stem(only));
            }
            slice(words.iter().map(|w| {
                let exact = w.strip_prefix('=');
                let key = exact.unwrap_or_else(|| stem(w));
                format!("Word {{ key: {}, exact: {} }}", text(key), exact.is_some())
            }))
        });
        parts.push(slice(atoms));
    }
    format!("Pattern {{ text: {}, bits: {bits}, parts: {} }}", text(written), slice(parts))
}
