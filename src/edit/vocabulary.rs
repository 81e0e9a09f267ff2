//! What the words of `assets/words/edits.yaml` say of themselves: times, deeds, messages, qualities.

use serde::Deserialize;

/// Names of what a clock starts: a time among the words, and the last word.
#[derive(Debug, Default, Deserialize)]
pub(super) struct SelfStarting {
    pub(super) when: Vec<String>,
    pub(super) what: Vec<String>,
}

/// When something is done again and again.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Times {
    /// "every night".
    pub(super) units: Vec<String>,
    /// "nightly".
    pub(super) adverbs: Vec<String>,
    /// "at midnight".
    pub(super) hours: Vec<String>,
}

/// Words for what went wrong, and for what is done with it afterwards.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Failures {
    pub(super) what: Vec<String>,
    pub(super) taken_up: Vec<String>,
}

/// What reasons say, and what they do not.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Reasons {
    pub(super) states: Vec<String>,
    pub(super) duties: Vec<String>,
}

/// What is done, and what does it.
#[derive(Debug, Deserialize)]
pub(super) struct Deed {
    /// The last word of its name.
    pub(super) noun: String,
    /// Its kind, where it is no service.
    #[serde(default)]
    pub(super) kind: Option<String>,
    /// Whether it is a wish only where a time is said: "every evening, send the arrivals".
    #[serde(default)]
    pub(super) timed: bool,
    /// Whether it is a wish only where what it is done to has an article: "release the hold".
    #[serde(default)]
    pub(super) definite: bool,
    /// Whether people are told.
    #[serde(default)]
    pub(super) tells: bool,
    /// Its kind where files are what it is done to.
    #[serde(default)]
    pub(super) files: Option<String>,
    /// The kind of what it works into.
    #[serde(default)]
    pub(super) to: Option<String>,
}

/// An adjective that stands for a property.
#[derive(Debug, Deserialize)]
pub(super) struct Adjective {
    pub(super) property: String,
    #[serde(default)]
    pub(super) to: Option<String>,
    pub(super) words: Vec<String>,
}

/// What a part may be like, where it sounds like a part: "a retention policy".
#[derive(Debug, Deserialize)]
pub(super) struct Quality {
    pub(super) property: String,
    /// The kinds that can be so, those it is usually said of first.
    pub(super) kinds: Vec<String>,
    pub(super) words: Vec<String>,
}

/// What is sent to people, and what sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) kind: String,
    /// What the component that sends it is called where there is none.
    pub(super) sender: String,
    pub(super) words: Vec<String>,
    /// Verbs that say it: "text the driver".
    #[serde(default)]
    pub(super) verbs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Polite {
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

impl Quality {
    /// What people call it.
    pub(super) fn name(&self) -> &str {
        self.words.first().map_or(&self.property, String::as_str)
    }
}
