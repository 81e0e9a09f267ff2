//! What a careful engineer would draw of a text: `tests/suite/english/descriptions-*.yaml` and `prompts-*.yaml`.

use std::fs;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A component: the names it may go by, its kind and other kinds an honest tool may give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub names: Vec<String>,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub alt_kinds: Vec<String>,
    #[serde(default)]
    pub kinds: Vec<String>,
}

impl Part {
    pub fn is(&self, kind: &str) -> bool {
        self.kind == kind || self.alt_kinds.iter().chain(&self.kinds).any(|k| k == kind)
    }
}

/// An arrow; `[from, to]` for short.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Written {
    Short(String, String),
    Long(Arrow),
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    /// Whether both directions are right.
    #[serde(default)]
    pub either: bool,
    #[serde(default, rename = "async")]
    pub asynchronous: Option<bool>,
    #[serde(default)]
    #[allow(dead_code)]
    pub label: Option<serde_yaml::Value>,
    /// Components it may pass.
    #[serde(default)]
    pub via: Vec<String>,
    /// Other pairs that say the same.
    #[serde(default)]
    pub alt: Vec<(String, String)>,
}

impl From<&Written> for Arrow {
    fn from(written: &Written) -> Self {
        match written {
            Written::Short(from, to) => Self { from: from.clone(), to: to.clone(), ..Self::default() },
            Written::Long(arrow) => arrow.clone(),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub names: Vec<String>,
    #[serde(default)]
    pub members: Vec<String>,
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub optional_members: Vec<String>,
}

/// A description with its gold graph.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    pub id: String,
    pub text: String,
    #[serde(default)]
    pub components: IndexMap<String, Part>,
    #[serde(default)]
    pub optional_components: IndexMap<String, Part>,
    #[serde(default)]
    pub flows: Vec<Written>,
    #[serde(default)]
    pub optional_flows: Vec<Written>,
    #[serde(default)]
    pub forbidden_flows: Vec<Written>,
    #[serde(default)]
    pub groups: IndexMap<String, Place>,
    /// Labels of what the text rules out.
    #[serde(default)]
    pub absent: Vec<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub source: Option<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub style: Option<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub level: Option<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub notes: Option<String>,
}

/// A prompt with what every sound answer holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    pub id: String,
    pub text: String,
    pub components: IndexMap<String, Part>,
    #[serde(default)]
    pub optional_components: IndexMap<String, Part>,
    /// `[from, to]` or `[from, to, either]`.
    #[serde(default)]
    pub reach: Vec<Vec<String>>,
    /// Labels that must not appear.
    #[serde(default)]
    pub never: Vec<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub source: Option<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub style: Option<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub level: Option<String>,
    #[serde(default)]
    #[allow(dead_code)]
    pub notes: Option<String>,
}

/// All cases of the files `tests/suite/english/<prefix>-*.yaml`, each with the name of its file, in the order of the names.
pub fn cases<T: DeserializeOwned>(prefix: &str) -> Vec<(String, T)> {
    let folder = fs::read_dir("tests/suite/english").unwrap();
    let mut paths: Vec<_> = folder.map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(&format!("{prefix}-")) && path.extension().is_some_and(|e| e == "yaml") {
            let cases: Vec<T> = serde_yaml::from_str(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            out.extend(cases.into_iter().map(|case| (name.clone(), case)));
        }
    }
    out
}
