//! What feature phrases mean: capabilities, reference designs, actions, and the platforms that run them.
//!
//! Gives the data of `assets/capabilities` and `assets/designs`, read once. It decides nothing.

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::catalog::{asset, data};
use crate::model::{Kind, Mode};

/// The components of a capability or design: `key: [kind, label]`, with a third entry for the words by which features
/// of that design refer to it. Keys are shared by all files: the same key is the same thing.
pub(crate) type Parts = IndexMap<String, Vec<String>>;

/// What a feature phrase asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Capability {
    /// Its name in reasons: "capability: payments".
    pub(crate) id: String,
    /// Patterns of the phrases that ask for it.
    pub(crate) phrases: Vec<String>,
    /// Its components, the main one first; `{}` in a label stands for the phrase's own words.
    pub(crate) components: Parts,
    /// Its connections, as `from -> to: label`, `~>` for asynchronous.
    #[serde(default)]
    pub(crate) flows: Vec<String>,
}

/// A reference design, complete in itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Design {
    /// Its name.
    pub(crate) id: String,
    /// What people call such a system.
    pub(crate) title: String,
    /// What it does, in a line.
    #[allow(dead_code)]
    pub(crate) summary: String,
    /// Patterns by which a prompt's subject is recognised, product names to imitate among them.
    pub(crate) keywords: Vec<String>,
    /// Whether it is reached through an entry by people (`app`), fed by sources (`data`) or called by programs (`infra`).
    pub(crate) family: Family,
    /// Its components, in the order of reading.
    pub(crate) components: Parts,
    /// The components that a prompt with features of its own does not need.
    #[serde(default)]
    pub(crate) extras: Vec<String>,
    /// The component around which the others stand.
    pub(crate) core: String,
    /// Its connections.
    pub(crate) flows: Vec<String>,
    /// How things happen: a title and the keys passed, in order.
    pub(crate) scenarios: IndexMap<String, Vec<String>>,
    /// What has to be decided, with what is taken until then: `question | default`.
    pub(crate) questions: Vec<String>,
}

/// How a design is fed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Family {
    /// People reach it through a client and an entry.
    #[default]
    App,
    /// Data flows through it from its sources.
    Data,
    /// Programs call it.
    Infra,
}

/// A verb, or the noun made of it, that says what is done to something.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Action {
    /// Its verbs.
    pub(crate) verbs: Vec<String>,
    /// The nouns made of them.
    #[serde(default)]
    pub(crate) nouns: Vec<String>,
    /// What it comes to.
    pub(crate) does: Deed,
    /// What does it: "transcoder".
    #[serde(default)]
    pub(crate) agent: String,
    /// What is done then: "transcoded".
    #[serde(default)]
    pub(crate) done: String,
}

/// The classes of actions.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Deed {
    /// Works on data in general.
    #[default]
    Process,
    /// Makes a new thing of it.
    Make,
    /// Learns something from it.
    Derive,
    /// Keeps it.
    Store,
    /// Tells somebody.
    Send,
    /// Takes it in from people.
    Upload,
    /// Takes it in from systems.
    Ingest,
    /// Offers it to people.
    Serve,
    /// Anything else a service does.
    Do,
}

/// A platform: what plays each kind's part on it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Platform {
    /// The name of the group drawn around.
    pub(crate) label: String,
    /// The patterns that name it.
    pub(crate) phrases: Vec<String>,
    /// Kind → catalog id, for servers and managed services.
    pub(crate) managed: IndexMap<String, String>,
    /// Kind → catalog id, where the text asks for no servers; kinds not given are taken from `managed`.
    #[serde(default)]
    pub(crate) serverless: IndexMap<String, String>,
}

/// Lists of words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vocabulary {
    /// Verbs that open a prompt.
    pub(crate) leads: Vec<String>,
    /// Qualities: never a component.
    pub(crate) qualities: Vec<String>,
    /// What a large load is called.
    pub(crate) scale: Vec<String>,
    /// People in a role.
    pub(crate) people: Vec<String>,
    /// Files and media, which are kept in storage.
    pub(crate) files: Vec<String>,
    /// Data that a feature keeps: its service gets a database.
    pub(crate) records: Vec<String>,
    /// Words for what a service is, no help in telling two apart.
    pub(crate) roles: Vec<String>,
    /// The kind that a feature's last word stands for.
    pub(crate) heads: IndexMap<String, String>,
    /// Heads that name the system itself.
    pub(crate) systems: Vec<String>,
    /// Nouns that name an explicit component.
    pub(crate) component_nouns: Vec<String>,
    /// Verbs by which one component deals with another.
    pub(crate) flow_verbs: Vec<String>,
    /// Laws and standards.
    pub(crate) compliance: IndexMap<String, String>,
}

/// All of it.
#[derive(Debug)]
pub(crate) struct Knowledge {
    pub(crate) capabilities: Vec<Capability>,
    pub(crate) designs: Vec<Design>,
    pub(crate) actions: Vec<Action>,
    pub(crate) links: Vec<String>,
    pub(crate) platforms: IndexMap<String, Platform>,
    pub(crate) words: Vocabulary,
}

/// The knowledge, read once.
pub(crate) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge {
        capabilities: [
            asset!("capabilities/commerce"),
            asset!("capabilities/people"),
            asset!("capabilities/communication"),
            asset!("capabilities/content"),
            asset!("capabilities/data"),
            asset!("capabilities/intelligence"),
            asset!("capabilities/operations"),
            asset!("capabilities/infrastructure"),
            asset!("capabilities/places"),
        ]
        .into_iter()
        .flat_map(data::<Vec<Capability>>)
        .collect(),
        designs: [
            asset!("designs/commerce"),
            asset!("designs/social"),
            asset!("designs/media"),
            asset!("designs/data"),
            asset!("designs/intelligence"),
            asset!("designs/infrastructure"),
            asset!("designs/operations"),
            asset!("designs/places"),
        ]
        .into_iter()
        .flat_map(data::<Vec<Design>>)
        .collect(),
        actions: data(asset!("capabilities/vocabulary/actions")),
        links: data(asset!("capabilities/vocabulary/links")),
        platforms: data(asset!("capabilities/vocabulary/platforms")),
        words: data(asset!("capabilities/vocabulary/words")),
    })
}

/// A flow of a data file, taken apart.
#[derive(Debug, PartialEq)]
pub(crate) struct Flow<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) label: &'a str,
    pub(crate) mode: Mode,
}

/// Reads `from -> to: label` and `from ~> to: label`.
pub(crate) fn flow(text: &str) -> Option<Flow<'_>> {
    let (ends, label) = text.split_once(": ").unwrap_or((text, ""));
    let (from, to, mode) = match ends.split_once(" ~> ") {
        Some((from, to)) => (from, to, Mode::Async),
        None => ends.split_once(" -> ").map(|(from, to)| (from, to, Mode::Sync))?,
    };
    Some(Flow { from: from.trim(), to: to.trim(), label: label.trim(), mode })
}

/// The kind and label of a part.
pub(crate) fn part(spec: &[String]) -> Option<(Kind, &str)> {
    Some((Kind::from_word(spec.first()?)?, spec.get(1)?.as_str()))
}
