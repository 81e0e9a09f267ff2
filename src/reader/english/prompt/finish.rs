//! From the draft to the architecture: technologies of the platform, groups, scenarios, questions, assumptions.

use crate::model::{
    Architecture, Assumption, Component, Connection, Group, GroupKind, Id, Kind, Origin, Question, Scenario,
    Step,
};
use crate::text::Span;

use super::assemble::Assembly;
use super::draft::class;
use super::technology::Chosen;
use super::words::sentence_case;

/// What the draft comes to.
pub(crate) struct Finish<'a> {
    pub(crate) assembly: &'a Assembly<'a>,
    pub(crate) title: Option<String>,
    pub(crate) platform: Option<Chosen>,
    pub(crate) left_out: Vec<String>,
    pub(crate) large_load: Option<Span>,
    pub(crate) whole: Span,
    /// A walk over the draft, with what it is called.
    pub(crate) walk: Option<(String, Vec<usize>)>,
}

impl Finish<'_> {
    /// The architecture.
    pub(crate) fn build(&self) -> Architecture {
        let mut architecture = Architecture::new();
        architecture.title.clone_from(&self.title);
        let group = self.group(&mut architecture);
        let ids = self.components(&mut architecture, group.as_ref());
        self.connections(&mut architecture, &ids);
        self.scenarios(&mut architecture, &ids);
        self.assumptions(&mut architecture);
        self.questions(&mut architecture);
        architecture
    }

    /// A frame for the platform, where the text names one.
    fn group(&self, architecture: &mut Architecture) -> Option<Id> {
        let chosen = self.platform.as_ref().filter(|p| p.named)?;
        let id = architecture.free_id(&Id::from_label(chosen.platform.label));
        let kind = if chosen.platform.label == "Kubernetes" { GroupKind::Cluster } else { GroupKind::Cloud };
        let group = Group {
            id: id.clone(),
            label: chosen.platform.label.to_owned(),
            kind,
            parent: None,
            technology: None,
            properties: crate::model::Properties::new(),
            origin: Origin::stated(chosen.span),
        };
        architecture.add_group(group).ok()?;
        Some(id)
    }

    fn components(&self, architecture: &mut Architecture, group: Option<&Id>) -> Vec<Option<Id>> {
        let mut ids = Vec::new();
        for part in &self.assembly.draft.parts {
            let mut component = Component::new(part.label.clone(), part.kind);
            component.id = architecture.free_id(&Id::from_label(&part.label));
            component.technology.clone_from(&part.technology);
            component.replicas = part.replicas;
            component.origin = part.origin.clone();
            if let Some(chosen) = self.platform.as_ref().filter(|_| part.technology.is_none())
                && let Some(entry) = chosen.technology(part.kind)
            {
                component.kind = if class(entry.kind) == class(part.kind) && part.kind == Kind::Service {
                    entry.kind
                } else {
                    part.kind
                };
                component.technology = Some(entry.technology());
                let why = if chosen.named {
                    "the platform that the text names offers it"
                } else {
                    "serverless without a named vendor is taken to be on AWS"
                };
                let text = format!("{} runs on {}", part.label, entry.name);
                self.assume(architecture, &text, why, chosen.span);
            }
            if !matches!(class(part.kind), 0 | 3) && part.key != "sources" {
                component.group = group.cloned();
            }
            let id = component.id.clone();
            ids.push(architecture.add_component(component).ok().map(|_| id));
        }
        ids
    }

    fn assume(&self, architecture: &mut Architecture, text: &str, why: &str, span: Span) {
        let assumption = Assumption {
            text: format!("{text}: {why}."),
            about: Vec::new(),
            origin: Origin::assumed(span, why),
        };
        let _ = architecture.add_assumption(assumption);
    }

    fn connections(&self, architecture: &mut Architecture, ids: &[Option<Id>]) {
        for link in &self.assembly.draft.links {
            let (Some(Some(from)), Some(Some(to))) = (ids.get(link.from), ids.get(link.to)) else { continue };
            let mut connection = Connection::new(link.mode);
            if !link.label.is_empty() {
                connection = connection.labelled(link.label.clone());
            }
            connection.origin = link.origin.clone();
            let _ = architecture.connect(from.as_str(), to.as_str(), connection);
        }
    }

    fn scenarios(&self, architecture: &mut Architecture, ids: &[Option<Id>]) {
        let mut walks: Vec<(String, Vec<usize>, Span)> = Vec::new();
        if let Some((title, walk)) = &self.walk {
            walks.push((title.clone(), walk.clone(), self.whole));
        } else if let Some(design) = self.assembly.design {
            for (title, keys) in design.scenarios {
                let walk: Vec<usize> = keys.iter().filter_map(|k| self.assembly.draft.find(k)).collect();
                walks.push(((*title).to_owned(), walk, self.assembly.head));
            }
        }
        for (title, walk, span) in walks {
            let steps = self.steps(architecture, ids, &walk);
            if steps.len() >= 2 {
                let origin = Origin::assumed(span, "a typical walk through what was drawn");
                let _ = architecture.add_scenario(Scenario { title, steps, origin });
            }
        }
    }

    /// The arrows between components that follow each other in a walk, where there are some; from an earlier one where
    /// the walk branches.
    fn steps(&self, architecture: &Architecture, ids: &[Option<Id>], walk: &[usize]) -> Vec<Step> {
        let mut steps = Vec::new();
        for n in 1..walk.len() {
            let to = walk[n];
            let from = (0..n).rev().map(|i| walk[i]).find(|&f| self.assembly.draft.linked(f, to));
            let ends = from.and_then(|f| Some((ids.get(f)?.as_ref()?, ids.get(to)?.as_ref()?)));
            let Some((from, to)) = ends else { continue };
            let (Some(a), Some(b)) =
                (architecture.index_of(from.as_str()), architecture.index_of(to.as_str()))
            else {
                continue;
            };
            if let Some(found) = architecture.connections_between(a, b).next() {
                steps.push(Step {
                    connection: found.index,
                    text: None,
                    origin: Origin::assumed(self.whole, "a typical walk through what was drawn"),
                });
            }
        }
        steps
    }

    fn assumptions(&self, architecture: &mut Architecture) {
        if let Some(design) = self.assembly.design {
            let text = format!("The system is built like a typical {}", lower_first(design.title));
            self.assume(
                architecture,
                &text,
                "this is the reference design that its description calls for",
                self.assembly.head,
            );
        }
        if !self.left_out.is_empty() {
            let text = format!("Not drawn: {}", self.left_out.join(", "));
            self.assume(architecture, &text, "left out to keep the picture readable", self.whole);
        }
    }

    fn questions(&self, architecture: &mut Architecture) {
        let mut asked: Vec<(String, String)> = Vec::new();
        if self.large_load.is_none() && architecture.workload().is_empty() {
            asked.push((
                "How many people use it at the same time, and how fast does that grow?".into(),
                "a moderate load that one region and a few instances carry".into(),
            ));
        }
        for (text, default) in self.assembly.design.map_or(&[][..], |d| d.questions) {
            asked.push(((*text).into(), (*default).into()));
        }
        if self.assembly.design.is_none() {
            asked.push(("Which data must be exact at once, and which may lag behind by seconds?".into(), "each store is exact for its own service; services learn of each other's changes a little later".into()));
            asked.push((
                "How quickly must an answer come back?".into(),
                "within a second for people, within minutes for work in the background".into(),
            ));
        }
        if self.platform.is_none() && !self.assembly.draft.parts.iter().any(|p| p.technology.is_some()) {
            asked.push((
                "Is there a cloud or technology that must be used?".into(),
                "none: kinds are drawn, no products".into(),
            ));
        }
        if let Some(chosen) = self.platform.as_ref().filter(|p| !p.named) {
            asked.push((
                "Which cloud provider is it to run on?".into(),
                format!("{}, with its managed services", chosen.platform.label),
            ));
        }
        for (text, default) in asked {
            let origin = Origin::assumed(self.whole, "the text does not say");
            let _ = architecture.add_question(Question {
                text,
                default: Some(default),
                settle: None,
                about: Vec::new(),
                origin,
            });
        }
    }
}

/// "Ride hailing" in the middle of a sentence; abbreviations stay.
fn lower_first(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.next()) {
        (Some(a), Some(b)) if b.is_lowercase() => {
            a.to_lowercase().chain(std::iter::once(b)).chain(chars).collect()
        }
        _ => title.to_owned(),
    }
}

/// What the system is called: the prompt's own words for it.
pub(crate) fn title(words: &str) -> Option<String> {
    let trimmed = words.trim().trim_end_matches([',', '.', ':', ';']);
    (!trimmed.is_empty() && trimmed.chars().count() <= 80).then(|| sentence_case(trimmed))
}
