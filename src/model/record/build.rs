//! From a record to an architecture, as far as it goes.

use indexmap::IndexMap;

use super::*;

/// What stops a record from becoming an architecture, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// The place, as a path: `components[3].kind`.
    pub path: String,
    /// What is wrong there.
    pub message: String,
    /// The word that is wrong, for a nearest-name hint.
    pub word: Option<String>,
}

impl Record {
    /// The architecture, and what had to be left out of it. `technology` finds a technology by catalog id or name and
    /// says which kind it usually is.
    pub fn build(
        self,
        technology: &dyn Fn(&str) -> (Technology, Option<Kind>),
    ) -> (Architecture, Vec<RecordError>) {
        let mut build = Build { a: Architecture::new(), errors: Vec::new(), technology };
        build.a.title = self.title;
        build.a.description = self.description;
        build.a.direction = self.direction;
        build.groups(self.groups);
        for (i, c) in self.components.into_iter().enumerate() {
            build.component(i, c);
        }
        for (i, c) in self.connections.into_iter().enumerate() {
            build.connection(i, c);
        }
        for (i, s) in self.scenarios.into_iter().enumerate() {
            build.scenario(i, s);
        }
        build.rest(self.workload, self.notes, self.wishes, self.suppressions);
        for (i, x) in self.assumptions.into_iter().enumerate() {
            let (text, origin) = (x.text, x.origin);
            let about = build.ids(x.about, || format!("assumptions[{i}].about"));
            let added = build.a.add_assumption(Assumption { text, about, origin });
            build.keep(added, || format!("assumptions[{i}]"));
        }
        for (i, q) in self.questions.into_iter().enumerate() {
            let about = build.ids(q.about, || format!("questions[{i}].about"));
            let (text, default, settle, origin) = (q.text, q.default, q.settle, q.origin);
            let added = build.a.add_question(Question { text, default, settle, about, origin });
            build.keep(added, || format!("questions[{i}]"));
        }
        (build.a, build.errors)
    }
}

struct Build<'a> {
    a: Architecture,
    errors: Vec<RecordError>,
    technology: &'a dyn Fn(&str) -> (Technology, Option<Kind>),
}

impl Build<'_> {
    fn error(&mut self, path: String, message: impl Into<String>, word: Option<&str>) {
        self.errors.push(RecordError { path, message: message.into(), word: word.map(str::to_owned) });
    }

    fn keep<T>(&mut self, result: Result<T, ModelError>, path: impl Fn() -> String) {
        if let Err(error) = result {
            let word = match &error {
                ModelError::NoComponent(id) | ModelError::NoGroup(id) => Some(id.to_string()),
                _ => None,
            };
            self.errors.push(RecordError { path: path(), message: error.to_string(), word });
        }
    }

    fn id(&mut self, text: &str, path: impl Fn() -> String) -> Id {
        Id::parse(text).unwrap_or_else(|| {
            let id = Id::from_label(text);
            let message = format!("`{text}` is no valid id (letters, digits, `-` and `_`); read as `{id}`");
            self.error(path(), message, None);
            id
        })
    }

    fn ids(&mut self, texts: Vec<String>, path: impl Fn() -> String) -> Vec<Id> {
        let mut found = Vec::new();
        for text in texts {
            if self.a.has(&text) {
                found.extend(Id::parse(&text));
            } else {
                self.error(path(), format!("there is no component or group `{text}`"), Some(&text));
            }
        }
        found
    }

    /// Parents may be named before they are declared, so groups are added first and hung into the tree afterwards.
    fn groups(&mut self, groups: Vec<GroupRecord>) {
        let mut parents = Vec::new();
        for (i, g) in groups.into_iter().enumerate() {
            let id = self.id(&g.id, || format!("groups[{i}].id"));
            let kind =
                g.kind.as_deref().map_or(Some(GroupKind::Group), GroupKind::from_word).unwrap_or_else(|| {
                    let word = g.kind.as_deref().unwrap_or_default();
                    self.error(
                        format!("groups[{i}].kind"),
                        format!("unknown kind of group `{word}`"),
                        Some(word),
                    );
                    GroupKind::Group
                });
            let label = g.label.filter(|l| !l.trim().is_empty()).unwrap_or_else(|| g.id.clone());
            let technology = g.technology.as_deref().map(|t| (self.technology)(t).0);
            let properties = properties(g.properties, g.property_origins);
            let new =
                Group { id: id.clone(), label, kind, technology, parent: None, properties, origin: g.origin };
            let added = self.a.add_group(new);
            if added.is_ok() {
                parents.extend(g.parent.map(|p| (i, id, p)));
            }
            self.keep(added, || format!("groups[{i}]"));
        }
        for (i, id, parent) in parents {
            let parent = self.id(&parent, || format!("groups[{i}].parent"));
            let moved = self.a.move_group(id.as_str(), Some(parent));
            self.keep(moved, || format!("groups[{i}].parent"));
        }
    }

    fn component(&mut self, i: usize, c: ComponentRecord) {
        let path = |key: &str| format!("components[{i}]{key}");
        let id = self.id(&c.id, || path(".id"));
        let found = c.technology.as_deref().map(|t| (self.technology)(t));
        let usual = found.as_ref().and_then(|f| f.1).unwrap_or_default();
        let kind = match c.kind.as_deref() {
            None => usual,
            Some(word) => Kind::from_word(word).unwrap_or_else(|| {
                self.error(path(".kind"), format!("unknown kind `{word}`"), Some(word));
                usual
            }),
        };
        let group = c.group.and_then(|g| {
            if self.a.group(&g).is_some() {
                return Id::parse(&g);
            }
            self.error(path(".group"), format!("there is no group `{g}`"), Some(&g));
            None
        });
        let label = c.label.filter(|l| !l.trim().is_empty()).unwrap_or_else(|| c.id.clone());
        let added = self.a.add_component(Component {
            id,
            label: if label.trim().is_empty() { "component".into() } else { label },
            kind,
            technology: found.map(|f| f.0),
            description: c.description,
            replicas: c.replicas.filter(|&n| n > 0),
            properties: properties(c.properties, c.property_origins),
            group,
            origin: c.origin,
        });
        self.keep(added, || path(""));
    }

    fn connection(&mut self, i: usize, c: ConnectionRecord) {
        let connection = Connection {
            label: c.label.filter(|l| !l.trim().is_empty()),
            mode: c.style.unwrap_or_default(),
            protocol: c.protocol,
            payload: c.payload,
            properties: properties(c.properties, c.property_origins),
            origin: c.origin,
        };
        let added = self.a.connect(&c.from, &c.to, connection);
        self.keep(added, || format!("connections[{i}]"));
    }

    fn scenario(&mut self, i: usize, s: ScenarioRecord) {
        let mut steps = Vec::new();
        for (n, step) in s.steps.into_iter().enumerate() {
            let connection: Option<ConnectionIndex> =
                self.a.index_of(&step.from).zip(self.a.index_of(&step.to)).and_then(|(from, to)| {
                    self.a.connections_between(from, to).nth(step.nth).map(|c| c.index)
                });
            match connection {
                Some(connection) => steps.push(Step { connection, text: step.text, origin: step.origin }),
                None => {
                    let message = format!("there is no connection from `{}` to `{}`", step.from, step.to);
                    self.error(format!("scenarios[{i}].steps[{n}]"), message, None);
                }
            }
        }
        let added = self.a.add_scenario(Scenario { title: s.title, steps, origin: s.origin });
        self.keep(added, || format!("scenarios[{i}]"));
    }

    fn rest(
        &mut self,
        workload: Vec<WorkloadRecord>,
        notes: Vec<NoteRecord>,
        wishes: Vec<WishRecord>,
        suppressions: Vec<SuppressionRecord>,
    ) {
        for (i, f) in workload.into_iter().enumerate() {
            let about = self.ids(f.about.into_iter().collect(), || format!("workload[{i}].about")).pop();
            let added =
                self.a.add_workload(WorkloadFact { key: f.key, value: f.value, about, origin: f.origin });
            self.keep(added, || format!("workload[{i}]"));
        }
        for (i, n) in notes.into_iter().enumerate() {
            let about = self.ids(n.about.into_iter().collect(), || format!("notes[{i}].about")).pop();
            let added = self.a.add_note(Note { text: n.text, about, origin: n.origin });
            self.keep(added, || format!("notes[{i}]"));
        }
        for (i, w) in wishes.into_iter().enumerate() {
            let added = self.a.add_wish(Wish { kind: w.wish, origin: w.origin });
            self.keep(added, || format!("wishes[{i}]"));
        }
        for (i, s) in suppressions.into_iter().enumerate() {
            let about = self.ids(s.about, || format!("suppressions[{i}].about"));
            let added = self.a.add_suppression(Suppression {
                rule: s.rule,
                about,
                reason: s.reason,
                origin: s.origin,
            });
            self.keep(added, || format!("suppressions[{i}]"));
        }
    }
}

fn properties(values: IndexMap<String, Value>, mut origins: IndexMap<String, Origin>) -> Properties {
    let typed = values.into_iter().map(|(name, value)| {
        let origin = origins.swap_remove(&name).unwrap_or_default();
        (name, Property { value, origin })
    });
    typed.collect()
}
