//! Reference designs: typical systems, each complete in itself.
//!
//! Gives the data of `assets/designs`, read once, and any design as an architecture. It reads no text and matches no
//! words against one.

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use super::{asset, data, nearest};
use crate::model::{
    Architecture, Component, Connection, Id, Kind, Mode, ModelError, Origin, Question, Scenario, Step,
};

/// The components of a capability or design: `key: [kind, label]`, with a third entry for the words by which features
/// of that design refer to it. Keys are shared by all files: the same key is the same thing.
pub(crate) type Parts = IndexMap<String, Vec<String>>;

/// A reference design.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Its name on the command line.
    pub(crate) id: String,
    /// What people call such a system.
    pub(crate) title: String,
    /// What it does, in a line.
    pub(crate) summary: String,
    /// Patterns by which a prompt's subject is recognised, product names to imitate among them.
    pub(crate) keywords: Vec<String>,
    /// How it is fed.
    pub(crate) family: Feed,
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
pub(crate) enum Feed {
    /// People reach it through a client and an entry.
    #[default]
    App,
    /// Data flows through it from its sources.
    Data,
    /// Programs call it.
    Infra,
}

/// All reference designs, in the order of the files.
#[must_use]
pub fn designs() -> &'static [Design] {
    static DESIGNS: OnceLock<Vec<Design>> = OnceLock::new();
    DESIGNS.get_or_init(|| {
        [
            asset!("designs/commerce"),
            asset!("designs/social"),
            asset!("designs/media"),
            asset!("designs/data"),
            asset!("designs/intelligence"),
            asset!("designs/infrastructure"),
            asset!("designs/operations"),
            asset!("designs/places"),
            asset!("designs/patterns"),
        ]
        .into_iter()
        .flat_map(data::<Vec<Design>>)
        .collect()
    })
}

/// The reference design of that name.
#[must_use]
pub fn design(id: &str) -> Option<&'static Design> {
    designs().iter().find(|d| d.id == id)
}

/// The design whose name is nearest to a misspelt one, if one is near enough.
#[must_use]
pub fn nearest_design(id: &str) -> Option<&'static Design> {
    nearest(id, designs().iter().map(|d| (d.id.as_str(), d)))
}

impl Design {
    /// Its name on the command line: `url-shortener`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What people call such a system: "URL shortener".
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it does, in a line.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Other names by which it is asked for, products of that kind among them.
    pub fn keywords(&self) -> impl Iterator<Item = &str> {
        self.keywords.iter().map(String::as_str)
    }

    /// How many components it has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.components.len()
    }

    /// What has to be decided: question and default.
    pub fn decisions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().filter_map(|q| q.split_once(" | "))
    }

    /// Which components a smaller system does without, by their labels.
    pub fn optional(&self) -> impl Iterator<Item = &str> {
        self.extras.iter().filter_map(|key| Some(part(self.components.get(key)?)?.1))
    }

    /// The design as an architecture, with all its optional parts.
    ///
    /// # Errors
    /// Where the data file contradicts itself: a kind that is none, a connection of a component that is not there. A
    /// test builds every design, so none that ships does.
    pub fn architecture(&self) -> Result<Architecture, ModelError> {
        let mut a = Architecture::new();
        a.title = Some(self.title.clone());
        a.description = Some(self.summary.clone());
        for (key, spec) in &self.components {
            if let Some((kind, label)) = part(spec) {
                a.add_component(Component { id: Id::from_label(key), ..Component::new(label, kind) })?;
            }
        }
        for flow in self.flows.iter().filter_map(|f| flow(f)) {
            let mut connection = Connection::new(flow.mode);
            if !flow.label.is_empty() {
                connection = connection.labelled(flow.label);
            }
            a.connect(flow.from, flow.to, connection)?;
        }
        for (title, keys) in &self.scenarios {
            let steps = walk(&a, keys);
            if !steps.is_empty() {
                a.add_scenario(Scenario { title: title.clone(), steps, origin: Origin::default() })?;
            }
        }
        for (text, default) in self.decisions() {
            a.add_question(Question {
                text: text.to_owned(),
                default: Some(default.to_owned()),
                settle: None,
                about: Vec::new(),
                origin: Origin::default(),
            })?;
        }
        Ok(a)
    }
}

/// The arrows between components that follow each other in a walk; from an earlier one where the walk branches.
fn walk(a: &Architecture, keys: &[String]) -> Vec<Step> {
    let places: Vec<_> = keys.iter().filter_map(|k| a.index_of(k)).collect();
    let mut steps = Vec::new();
    for n in 1..places.len() {
        let arrow = (0..n).rev().find_map(|i| a.connections_between(places[i], places[n]).next());
        steps.extend(arrow.map(|arrow| Step {
            connection: arrow.index,
            text: None,
            origin: Origin::default(),
        }));
    }
    steps
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
