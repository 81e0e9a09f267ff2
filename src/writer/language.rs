//! An architecture in the Blueprose language.
//!
//! Takes an [`Architecture`] and gives `.bp` text which, read again, gives the same architecture apart from the places
//! in the text. It formats as `fmt` does and decides nothing: what was assumed or inferred is written with its mark.

use std::fmt::Write as _;

use super::outline::{Item, items};
use crate::catalog::said_of;
use crate::model::{
    Architecture, Component, Connection, Group, Id, Mode, Origin, Properties, Value, WishKind, WorkloadFact,
};

/// One step of indentation.
const INDENT: &str = "  ";

/// The model in the Blueprose language.
#[must_use]
pub fn language(architecture: &Architecture) -> String {
    let mut page = Page { architecture, text: String::new() };
    page.head();
    page.body(&items(architecture), 0);
    page.connections();
    page.flows();
    page.expectations();
    page.remarks();
    page.text
}

struct Page<'a> {
    architecture: &'a Architecture,
    text: String,
}

impl Page<'_> {
    // Writing to a string cannot fail, so results of `write!` are dropped.
    fn line(&mut self, depth: usize, words: &[String]) {
        let line = words.iter().filter(|w| !w.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
        let _ = writeln!(self.text, "{}{}", INDENT.repeat(depth), line.trim_end());
    }

    /// A blank line between parts, none at the top.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn head(&mut self) {
        let a = self.architecture;
        if let Some(title) = &a.title {
            self.line(0, &["title".into(), quoted(title)]);
        }
        if let Some(description) = &a.description {
            self.line(0, &["description".into(), quoted(description)]);
        }
        if let Some(direction) = a.direction {
            self.line(0, &["direction".into(), direction.to_string()]);
        }
    }

    /// Components in aligned columns, groups as blocks.
    fn body(&mut self, items: &[Item], depth: usize) {
        let a = self.architecture;
        let lone: Vec<&Component> = items
            .iter()
            .filter_map(|i| if let Item::Component { index, .. } = i { Some(a.at(*index)) } else { None })
            .collect();
        let kind = lone.iter().map(|c| c.kind.word().len()).max().unwrap_or(0);
        let id = lone.iter().map(|c| name(&c.id).chars().count()).max().unwrap_or(0);
        let label = lone.iter().map(|c| quoted(&c.label).chars().count()).max().unwrap_or(0);
        let mut after_component = false;
        for item in items {
            match item {
                Item::Component { index, inside } => {
                    if !after_component && depth == 0 {
                        self.gap();
                    }
                    after_component = true;
                    let c = a.at(*index);
                    let start =
                        format!("{:kind$} {:id$} {:label$}", c.kind.word(), name(&c.id), quoted(&c.label));
                    let rest = component_rest(c, *inside);
                    let start =
                        if rest.iter().all(String::is_empty) { start.trim_end().to_owned() } else { start };
                    self.line(depth, &[vec![start], rest].concat());
                }
                Item::Group { place, inside, items } => {
                    if depth == 0 || after_component {
                        self.gap();
                    }
                    after_component = false;
                    self.group(&a.groups()[*place], *inside, items, depth);
                }
            }
        }
    }

    fn group(&mut self, group: &Group, inside: bool, items: &[Item], depth: usize) {
        let parent = group.parent.as_ref().filter(|_| inside);
        let technology = group.technology.as_ref().map(|t| technology(t.id.as_deref(), &t.name));
        let head = [
            group.kind.word().to_owned(),
            name(&group.id),
            quoted(&group.label),
            technology.unwrap_or_default(),
            parent.map(|p| format!("in {}", name(p))).unwrap_or_default(),
            mark(&group.origin),
            "{".into(),
        ];
        self.line(depth, &head);
        for (key, property) in &group.properties {
            let line = format!("{}: {}", key_text(key), value_text(&property.value));
            self.line(depth + 1, &[line, mark(&property.origin)]);
        }
        self.body(items, depth + 1);
        self.line(depth, &["}".into()]);
    }

    fn connections(&mut self) {
        let a = self.architecture;
        if a.connection_count() > 0 {
            self.gap();
        }
        for c in a.connections() {
            let ends = ends(&a.at(c.from).id, c.mode, &a.at(c.to).id);
            let label = c.label.as_ref().map(|l| quoted(l));
            let start = label.map_or_else(|| ends.clone(), |l| format!("{ends}: {l}"));
            self.line(0, &[vec![start], connection_rest(c.connection)].concat());
        }
    }

    fn flows(&mut self) {
        let a = self.architecture;
        for scenario in a.scenarios() {
            self.gap();
            self.line(0, &["flow".into(), quoted(&scenario.title), mark(&scenario.origin), "{".into()]);
            for step in &scenario.steps {
                let Some(c) = a.connection(step.connection) else { continue };
                let mut line = ends(&a.at(c.from).id, c.mode, &a.at(c.to).id);
                let place = a.connections_between(c.from, c.to).position(|other| other.index == c.index);
                if let Some(n) = place.filter(|_| a.connections_between(c.from, c.to).count() > 1) {
                    let _ = write!(line, " ({})", n + 1);
                }
                if let Some(text) = &step.text {
                    let _ = write!(line, ": {}", quoted(text));
                }
                self.line(1, &[line, mark(&step.origin)]);
            }
            self.line(0, &["}".into()]);
        }
    }

    /// Facts of one thing that follow each other stand in one statement, each key once. What a figure in English is said
    /// of by its place in the text has no place here, so it is named.
    fn expectations(&mut self) {
        let a = self.architecture;
        let of = |f: &WorkloadFact| said_of(a, f).map(|i| &a.at(i).id);
        let mut rest = a.workload();
        if !rest.is_empty() {
            self.gap();
        }
        while let Some(first) = rest.first() {
            let mut keys = Vec::new();
            let together = rest.iter().take_while(|f| {
                let fits = of(f) == of(first) && !keys.contains(&f.key);
                keys.push(f.key);
                fits
            });
            let count = together.count().max(1);
            let (now, later) = rest.split_at(count);
            let about = of(first).map(|id| format!("on {}", name(id))).unwrap_or_default();
            let facts = now.iter().map(fact_text).collect::<Vec<_>>().join(", ");
            self.line(0, &["expect".into(), about, format!("{{ {facts} }}")]);
            rest = later;
        }
    }

    fn remarks(&mut self) {
        let a = self.architecture;
        self.gap();
        for note in a.notes() {
            let about: Vec<_> = note.about.iter().collect();
            self.line(0, &["note".into(), on(&about), quoted(&note.text), mark(&note.origin)]);
        }
        for s in a.suppressions() {
            let about: Vec<_> = s.about.iter().collect();
            let reason =
                format!("{}: {}", [s.rule.clone(), on(&about)].join(" ").trim_end(), quoted(&s.reason));
            self.line(0, &["ignore".into(), reason, mark(&s.origin)]);
        }
        for wish in a.wishes() {
            self.line(0, &[wish_text(&wish.kind), mark(&wish.origin)]);
        }
        for x in a.assumptions() {
            let about: Vec<_> = x.about.iter().collect();
            self.line(0, &["assume".into(), on(&about), quoted(&x.text), mark(&x.origin)]);
        }
        for q in a.questions() {
            let about: Vec<_> = q.about.iter().collect();
            let default = q.default.as_ref().map(|d| format!("default {}", quoted(d))).unwrap_or_default();
            let settle = q.settle.as_ref().map(|s| format!("settle {}", quoted(s))).unwrap_or_default();
            self.line(0, &["question".into(), on(&about), quoted(&q.text), default, settle, mark(&q.origin)]);
        }
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

fn component_rest(c: &Component, inside: bool) -> Vec<String> {
    let group = c.group.as_ref().filter(|_| inside);
    vec![
        c.description.as_ref().map(|d| quoted(d)).unwrap_or_default(),
        c.replicas.map(|n| format!("x{n}")).unwrap_or_default(),
        c.technology.as_ref().map(|t| technology(t.id.as_deref(), &t.name)).unwrap_or_default(),
        group.map(|g| format!("in {}", name(g))).unwrap_or_default(),
        attributes(&c.properties, None),
        mark(&c.origin),
    ]
}

fn connection_rest(c: &Connection) -> Vec<String> {
    vec![
        c.protocol.as_ref().map(|p| format!("over {}", protocol(p))).unwrap_or_default(),
        attributes(&c.properties, c.payload.as_deref()),
        mark(&c.origin),
    ]
}

fn ends(from: &Id, mode: Mode, to: &Id) -> String {
    let arrow = if mode == Mode::Async { "~>" } else { "->" };
    format!("{} {arrow} {}", name(from), name(to))
}

fn fact_text(fact: &WorkloadFact) -> String {
    // The key's word is the one of the JSON contract.
    let key =
        serde_json::to_value(fact.key).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    join(&[format!("{key}: {}", value_text(&fact.value)), mark(&fact.origin)])
}

fn wish_text(wish: &WishKind) -> String {
    let names = |ids: &[Id]| ids.iter().map(name).collect::<Vec<_>>().join(", ");
    match wish {
        WishKind::SameRank(ids) => format!("same-rank {}", names(ids)),
        WishKind::Order(ids) => format!("order {}", names(ids)),
        WishKind::Near(a, b) => format!("near {}, {}", name(a), name(b)),
        WishKind::First(id) => format!("first {}", name(id)),
        WishKind::Last(id) => format!("last {}", name(id)),
        WishKind::GroupDirection(id, direction) => format!("direction {direction} in {}", name(id)),
    }
}

fn on(ids: &[&Id]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    format!("on {}", ids.iter().map(|id| name(id)).collect::<Vec<_>>().join(", "))
}

/// Nothing for what is stated.
fn mark(origin: &Origin) -> String {
    origin.why().map(|why| format!("{} {}", origin.word(), quoted(why))).unwrap_or_default()
}

fn attributes(properties: &Properties, payload: Option<&str>) -> String {
    let payload = payload.map(|p| format!("payload: {}", quoted(p)));
    let rest = properties
        .iter()
        .map(|(key, p)| join(&[format!("{}: {}", key_text(key), value_text(&p.value)), mark(&p.origin)]));
    let all: Vec<String> = payload.into_iter().chain(rest).collect();
    if all.is_empty() { String::new() } else { format!("{{ {} }}", all.join(", ")) }
}

fn join(words: &[String]) -> String {
    words.iter().filter(|w| !w.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A catalog id without quotes, any other name with.
fn technology(id: Option<&str>, free: &str) -> String {
    format!("using {}", id.map_or_else(|| quoted(free), str::to_owned))
}

fn protocol(text: &str) -> String {
    let plain = !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+'));
    if plain && !text.contains("//") { text.to_owned() } else { quoted(text) }
}

fn name(id: &Id) -> String {
    let text = id.as_str();
    if text.starts_with('-') || text.ends_with('-') { quoted(text) } else { text.to_owned() }
}

fn key_text(key: &str) -> String {
    let plain = key.chars().all(|c| c.is_alphanumeric() || c == '_') && !key.is_empty();
    if plain { key.to_owned() } else { quoted(key) }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::List(values) => format!("[{}]", values.iter().map(value_text).collect::<Vec<_>>().join(", ")),
        other => {
            let text = other.to_string();
            let plain = !text.is_empty()
                && text.trim() == text
                && text.chars().all(|c| {
                    c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '%' | '/' | '$' | '+')
                })
                && !text.contains("//")
                && !["assumed", "inferred"].iter().any(|w| text.to_lowercase().contains(w));
            if plain { text } else { quoted(&text) }
        }
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
