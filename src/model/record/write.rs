//! From an architecture to its record.

use indexmap::IndexMap;

use super::*;

impl From<&Architecture> for Record {
    fn from(a: &Architecture) -> Self {
        let marks = a.step_marks();
        let id = |index| a.at(index).id.to_string();
        Self {
            title: a.title.clone(),
            description: a.description.clone(),
            direction: a.direction,
            components: a.components().map(component_record).collect(),
            connections: a
                .connections()
                .map(|c| ConnectionRecord {
                    from: id(c.from),
                    to: id(c.to),
                    label: c.label.clone(),
                    style: Some(c.mode),
                    protocol: c.protocol.clone(),
                    payload: c.payload.clone(),
                    steps: marks[c.index.index()].clone(),
                    properties: values(&c.properties),
                    property_origins: origins(&c.properties),
                    origin: c.origin.clone(),
                })
                .collect(),
            groups: a.groups().iter().map(group_record).collect(),
            scenarios: a.scenarios().iter().map(|s| scenario_record(a, s)).collect(),
            workload: a
                .workload()
                .iter()
                .map(|f| WorkloadRecord {
                    key: f.key,
                    value: f.value.clone(),
                    about: f.about.as_ref().map(Id::to_string),
                    origin: f.origin.clone(),
                })
                .collect(),
            notes: a
                .notes()
                .iter()
                .map(|n| NoteRecord {
                    text: n.text.clone(),
                    about: n.about.as_ref().map(Id::to_string),
                    origin: n.origin.clone(),
                })
                .collect(),
            wishes: a
                .wishes()
                .iter()
                .map(|w| WishRecord { wish: w.kind.clone(), origin: w.origin.clone() })
                .collect(),
            suppressions: a
                .suppressions()
                .iter()
                .map(|s| SuppressionRecord {
                    rule: s.rule.clone(),
                    about: s.about.iter().map(Id::to_string).collect(),
                    reason: s.reason.clone(),
                    origin: s.origin.clone(),
                })
                .collect(),
            assumptions: a
                .assumptions()
                .iter()
                .map(|x| AssumptionRecord {
                    text: x.text.clone(),
                    about: x.about.iter().map(Id::to_string).collect(),
                    origin: x.origin.clone(),
                })
                .collect(),
            questions: a.questions().iter().map(QuestionRecord::from).collect(),
        }
    }
}

impl From<&Question> for QuestionRecord {
    fn from(q: &Question) -> Self {
        Self {
            text: q.text.clone(),
            default: q.default.clone(),
            settle: q.settle.clone(),
            about: q.about.iter().map(Id::to_string).collect(),
            origin: q.origin.clone(),
        }
    }
}

fn component_record(c: &Component) -> ComponentRecord {
    ComponentRecord {
        id: c.id.to_string(),
        label: Some(c.label.clone()),
        kind: Some(c.kind.to_string()),
        technology: c.technology.as_ref().map(technology_text),
        group: c.group.as_ref().map(Id::to_string),
        description: c.description.clone(),
        replicas: c.replicas,
        properties: values(&c.properties),
        property_origins: origins(&c.properties),
        origin: c.origin.clone(),
    }
}

fn group_record(g: &Group) -> GroupRecord {
    GroupRecord {
        id: g.id.to_string(),
        label: Some(g.label.clone()),
        kind: Some(g.kind.to_string()),
        parent: g.parent.as_ref().map(Id::to_string),
        technology: g.technology.as_ref().map(technology_text),
        properties: values(&g.properties),
        property_origins: origins(&g.properties),
        origin: g.origin.clone(),
    }
}

fn scenario_record(a: &Architecture, s: &Scenario) -> ScenarioRecord {
    let steps = s.steps.iter().filter_map(|step| {
        let connection = a.connection(step.connection)?;
        let nth =
            a.connections_between(connection.from, connection.to).position(|c| c.index == step.connection)?;
        Some(StepRecord {
            from: a.at(connection.from).id.to_string(),
            to: a.at(connection.to).id.to_string(),
            nth,
            text: step.text.clone(),
            origin: step.origin.clone(),
        })
    });
    ScenarioRecord { title: s.title.clone(), steps: steps.collect(), origin: s.origin.clone() }
}

fn technology_text(t: &Technology) -> String {
    t.id.clone().unwrap_or_else(|| t.name.clone())
}

fn values(properties: &Properties) -> IndexMap<String, Value> {
    properties.iter().map(|(name, p)| (name.clone(), p.value.clone())).collect()
}

/// Only those that differ from the default are written.
fn origins(properties: &Properties) -> IndexMap<String, Origin> {
    let telling = properties.iter().filter(|(_, p)| p.origin != Origin::default());
    telling.map(|(name, p)| (name.clone(), p.origin.clone())).collect()
}
