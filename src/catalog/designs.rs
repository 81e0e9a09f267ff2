//! Reference designs: typical systems, each complete in itself.
//!
//! Gives the data of `assets/designs`, and any design as an architecture. It reads no text and matches no
//! words against one.

use super::nearest;
use super::patterns::{Pattern, Word};
use crate::model::{
    Architecture, Component, Connection, Id, Kind, Mode, ModelError, Origin, Question, Scenario, Step,
};

/// The components of a capability or design by key, in the order of reading. Keys are shared by all files: the same key
/// is the same thing.
#[derive(Debug)]
pub(crate) struct Parts(pub(super) &'static [(&'static str, Part)]);

/// A component of a capability or design.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) kind: Kind,
    pub(crate) label: &'static str,
    /// The words by which features of the design refer to it.
    pub(crate) words: &'static [Pattern],
}

impl Part {
    /// Its label where no words of a text stand in it: "{} command service" is a "Command service".
    pub(crate) fn usual(&self) -> String {
        let label = self.label.trim_start_matches("{} ");
        let mut chars = label.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }
}

impl Parts {
    /// The keys with their components.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &'static Part)> {
        self.0.iter().map(|(key, part)| (*key, part))
    }

    /// The component of that key.
    pub(crate) fn get(&self, key: &str) -> Option<&'static Part> {
        self.iter().find(|(k, _)| *k == key).map(|(_, part)| part)
    }

    /// The first, which is a capability's main one.
    pub(crate) fn first(&self) -> Option<(&'static str, &'static Part)> {
        self.iter().next()
    }
}

/// A reference design.
#[derive(Debug)]
pub struct Design {
    /// Its name on the command line.
    pub(crate) id: &'static str,
    /// What people call such a system.
    pub(crate) title: &'static str,
    /// What it does, in a line.
    pub(crate) summary: &'static str,
    /// Patterns by which a prompt's subject is recognised, product names to imitate among them.
    pub(crate) keywords: &'static [Pattern],
    /// How it is fed.
    pub(crate) family: Feed,
    /// Its components, in the order of reading.
    pub(crate) components: Parts,
    /// The components that a prompt with features of its own does not need.
    pub(crate) extras: &'static [&'static str],
    /// The component around which the others stand.
    pub(crate) core: &'static str,
    /// Its connections.
    pub(crate) flows: &'static [Flow],
    /// How things happen: a title and the keys passed, in order.
    pub(crate) scenarios: &'static [(&'static str, &'static [&'static str])],
    /// What has to be decided, with what is taken until then.
    pub(crate) questions: &'static [(&'static str, &'static str)],
}

/// How a design is fed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
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
    static DESIGNS: &[Design] = include!(concat!(env!("OUT_DIR"), "/designs.rs"));
    DESIGNS
}

/// The reference design of that name.
#[must_use]
pub fn design(id: &str) -> Option<&'static Design> {
    designs().iter().find(|d| d.id == id)
}

/// The design whose name is nearest to a misspelt one, if one is near enough.
#[must_use]
pub fn nearest_design(id: &str) -> Option<&'static Design> {
    nearest(id, designs().iter().map(|d| (d.id, d)))
}

impl Design {
    /// Its name on the command line: `url-shortener`.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id
    }

    /// What people call such a system: "URL shortener".
    #[must_use]
    pub fn title(&self) -> &str {
        self.title
    }

    /// What it does, in a line.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.summary
    }

    /// Other names by which it is asked for, products of that kind among them.
    pub fn keywords(&self) -> impl Iterator<Item = &str> {
        self.keywords.iter().map(|k| k.text)
    }

    /// How many components it has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.components.0.len()
    }

    /// What has to be decided: question and default.
    pub fn decisions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.questions.iter().copied()
    }

    /// Which components a smaller system does without, by their labels.
    pub fn optional(&self) -> impl Iterator<Item = &str> {
        self.extras.iter().filter_map(|key| Some(self.components.get(key)?.label))
    }

    /// The design as an architecture, with all its optional parts.
    ///
    /// # Errors
    /// Where the data file contradicts itself: a kind that is none, a connection of a component that is not there. A
    /// test builds every design, so none that ships does.
    pub fn architecture(&self) -> Result<Architecture, ModelError> {
        let mut a = Architecture::new();
        a.title = Some(self.title.to_owned());
        a.description = Some(self.summary.to_owned());
        for (key, part) in self.components.iter() {
            a.add_component(Component {
                id: Id::from_label(key),
                ..Component::new(part.usual(), part.kind)
            })?;
        }
        for flow in self.flows {
            let mut connection = Connection::new(flow.mode);
            if !flow.label.is_empty() {
                connection = connection.labelled(flow.label);
            }
            a.connect(flow.from, flow.to, connection)?;
        }
        for (title, keys) in self.scenarios {
            let steps = walk(&a, keys);
            if !steps.is_empty() {
                a.add_scenario(Scenario { title: (*title).to_owned(), steps, origin: Origin::default() })?;
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
fn walk(a: &Architecture, keys: &[&str]) -> Vec<Step> {
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

/// A flow of a capability or design, between keys.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) label: &'static str,
    pub(crate) mode: Mode,
}
