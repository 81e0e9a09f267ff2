//! The rules as data: what each is called, says and rests on. `assets/rules`, one file a family.
//!
//! Takes the data files and gives [`RuleEntry`]s; the code that decides whether a rule fires is in `rules`.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Basis, Level, Profile};
use crate::catalog::{asset, data};

/// What the data says of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleEntry {
    /// `SRV010`.
    pub id: String,
    /// What is wrong, in a few words.
    pub title: String,
    /// How much it matters where the rule's code does not say otherwise.
    pub severity: Level,
    /// What it rests on.
    pub basis: Basis,
    /// When it fires, for the page of rules.
    pub when: String,
    /// The sentence about one place; `{name}` stands for what the rule's code puts in.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// The titles of its fixes, best first; `{name}` as in the message.
    #[serde(default)]
    pub fixes: Vec<String>,
    /// What to ask when the rule cannot decide; `{names}` stands for the components concerned.
    #[serde(default)]
    pub question: Option<String>,
    /// What is taken for granted until that is answered.
    #[serde(default)]
    pub default: Option<String>,
    /// The line that settles the question; `{id}` stands for the first component's id, `…` for what its line says already.
    #[serde(default)]
    pub settle: Option<String>,
    /// How it counts in the sketch profile, where that differs from the rule of its basis.
    #[serde(default)]
    pub sketch: Option<Weight>,
    /// The same in production.
    #[serde(default)]
    pub production: Option<Weight>,
    /// The same under regulation.
    #[serde(default)]
    pub regulated: Option<Weight>,
    /// Where the rule comes from.
    pub source: SourceEntry,
}

/// A published source with the day it was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day the entry was written or last looked at: `2026-11-24`.
    pub as_of: String,
    /// Named from general knowledge of the field; the document was not reopened on that day.
    #[serde(default)]
    pub unopened: bool,
}

/// How a rule counts in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// It is not asked.
    Silent,
    /// It asks instead of saying.
    Question,
    /// It says so, at most at this level.
    Info,
    /// The same.
    Warn,
    /// The same.
    Error,
}

impl RuleEntry {
    /// How the rule counts in a profile. What is merely not drawn is asked for in a sketch and missed in production;
    /// resilience and operability weigh one level less in a first product.
    #[must_use]
    pub fn weight(&self, profile: Profile) -> Weight {
        let absence = self.basis == Basis::Absence;
        match profile {
            Profile::Sketch => self.sketch.unwrap_or(if absence { Weight::Question } else { Weight::Error }),
            Profile::Mvp if absence => Weight::Info,
            Profile::Mvp if self.id.starts_with("RES") || self.id.starts_with("OPS") => Weight::Warn,
            Profile::Mvp => Weight::Error,
            Profile::Production => self.production.unwrap_or(Weight::Error),
            Profile::Regulated => self.regulated.or(self.production).unwrap_or(Weight::Error),
        }
    }
}

/// All rules, in the order of the files.
#[must_use]
pub fn entries() -> &'static [RuleEntry] {
    static RULES: OnceLock<Vec<RuleEntry>> = OnceLock::new();
    RULES.get_or_init(|| {
        let files = [
            asset!("rules/serverless"),
            asset!("rules/events"),
            asset!("rules/resilience"),
            asset!("rules/data"),
            asset!("rules/security"),
            asset!("rules/operations"),
            asset!("rules/structure"),
        ];
        files.into_iter().flat_map(data::<Vec<RuleEntry>>).collect()
    })
}

/// Puts words into a template: `{name}` becomes the word of that name; an unknown name stays as it is.
pub(super) fn fill(template: &str, words: &[(&'static str, String)]) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let Some(close) = from.find('}') else {
            rest = from;
            break;
        };
        let name = &from[1..close];
        if !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            // A brace of the text itself, which may hold a place to fill.
            text.push('{');
            rest = &from[1..];
            continue;
        }
        match words.iter().find(|(key, _)| *key == name) {
            Some((_, word)) => text.push_str(word),
            None => text.push_str(&from[..=close]),
        }
        rest = &from[close + 1..];
    }
    text.push_str(rest);
    text
}
