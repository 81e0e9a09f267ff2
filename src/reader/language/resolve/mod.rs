//! Syntax to architecture.
//!
//! Takes the items of a text and gives the architecture: first groups and components, then connections, then all that
//! speaks about them, so that names may be used before they are declared. A name that is never declared is drawn and
//! reported. Nothing is refused as a whole: what cannot be understood is reported and left out.

mod facts;
mod names;
mod wires;

use std::collections::BTreeMap;

use super::explain::shown;
use super::limits::MAX_NAME;
use super::tree::{
    Attribute, AttributeValue, Attributes, Declaration, Item, ItemKind, Mark, Statement, Text,
};
use super::words;
use crate::catalog::catalog;
use crate::model::{
    Architecture, Component, ConnectionIndex, Group, GroupKind, Id, Kind, Origin, Properties, Property,
    Technology, Value,
};
use crate::text::{Diagnostic, Span};

/// Makes the architecture.
pub(super) fn resolve(items: &[Item], diagnostics: &mut Vec<Diagnostic>) -> Architecture {
    let mut resolve = Resolve {
        a: Architecture::new(),
        places: BTreeMap::new(),
        between: BTreeMap::new(),
        compared: 0,
        too_many: false,
        diagnostics,
    };
    resolve.declarations(items);
    resolve.connections(items);
    resolve.facts(items);
    resolve.a
}

struct Resolve<'a> {
    a: Architecture,
    /// Where every name was first declared.
    places: BTreeMap<Id, Span>,
    /// The connections between every two components, by their places in the order of mention.
    between: BTreeMap<(usize, usize), Vec<ConnectionIndex>>,
    /// How many unknown names have been compared with the known ones.
    compared: usize,
    too_many: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// A block that is open.
#[derive(Clone)]
enum Block {
    Group(Option<Id>),
    Flow,
}

/// The origin of a statement.
fn origin(mark: Option<&Mark>, span: Span) -> Origin {
    match mark {
        None => Origin::stated(span),
        Some(mark) if mark.assumed => Origin::assumed(span, mark.why.value.clone()),
        Some(mark) => Origin::inferred(span, mark.why.value.clone()),
    }
}

/// Walks over the statements with the group each stands in; `None` inside flows.
fn walk<'t>(items: &'t [Item], mut visit: impl FnMut(&'t Item, &'t Statement, &mut Vec<Block>)) {
    let mut blocks = Vec::new();
    for item in items {
        match &item.kind {
            ItemKind::Open(statement) => {
                let depth = blocks.len();
                visit(item, statement, &mut blocks);
                if blocks.len() == depth {
                    blocks.push(Block::Group(innermost(&blocks)));
                }
            }
            ItemKind::OpenAsIs => blocks.push(Block::Group(innermost(&blocks))),
            ItemKind::Close => {
                blocks.pop();
            }
            ItemKind::Statement(statement) | ItemKind::AsIs(Some(statement)) => {
                visit(item, statement, &mut blocks);
            }
            ItemKind::Blank | ItemKind::Comment(_) | ItemKind::AsIs(None) => {}
        }
    }
}

/// The innermost group that is open.
fn innermost(blocks: &[Block]) -> Option<Id> {
    blocks.iter().rev().find_map(|block| match block {
        Block::Group(id) => id.clone(),
        Block::Flow => None,
    })
}

/// The block that an opening statement makes, for the walks after the first.
fn block_of(statement: &Statement) -> Option<Block> {
    match statement {
        Statement::Group(declaration) => Some(Block::Group(names::id(&declaration.name))),
        Statement::Flow { .. } => Some(Block::Flow),
        _ => None,
    }
}

impl Resolve<'_> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn repeated(&mut self, spans: &[Span]) {
        for &span in spans {
            self.say(
                Diagnostic::error("BP0109", span, "this part stands here a second time; the last one counts")
                    .suggest("remove it", span, ""),
            );
        }
    }

    fn declarations(&mut self, items: &[Item]) {
        let mut later = Vec::new();
        walk(items, |item, statement, blocks| match statement {
            Statement::Group(declaration) => {
                let opens = matches!(item.kind, ItemKind::Open(_));
                let id = self.group(declaration, innermost(blocks), item.span);
                if let (Some(id), Some(inside)) = (&id, &declaration.inside) {
                    later.push((id.clone(), true, inside.clone()));
                }
                if opens {
                    blocks.push(Block::Group(id.or_else(|| innermost(blocks))));
                }
            }
            Statement::Component(declaration) => {
                if matches!(blocks.last(), Some(Block::Flow)) {
                    let message = "a flow holds steps (`a -> b`), no components";
                    self.say(Diagnostic::error("BP0108", item.span, message));
                }
                let id = self.component(declaration, innermost(blocks), item.span);
                if let (Some(id), Some(inside)) = (id, &declaration.inside) {
                    later.push((id, false, inside.clone()));
                }
            }
            Statement::Property(attribute) => match blocks.last() {
                Some(Block::Group(Some(id))) => {
                    let id = id.clone();
                    self.group_property(&id, attribute);
                }
                _ => self.say(
                    Diagnostic::error(
                        "BP0108",
                        item.span,
                        "an attribute stands in braces or in a group's block",
                    )
                    .hint("for example: `service api { timeout: 10s }`"),
                ),
            },
            _ => blocks.extend(matches!(item.kind, ItemKind::Open(_)).then(|| block_of(statement)).flatten()),
        });
        for (id, is_group, inside) in later {
            self.put_inside(&id, is_group, &inside);
        }
    }

    fn put_inside(&mut self, id: &Id, is_group: bool, inside: &Text) {
        let Some(group) = self.find(inside).filter(|group| self.a.group(group.as_str()).is_some()) else {
            let message = format!("there is no group `{}`", shown(&inside.value));
            self.unknown("BP0205", inside, message, true);
            return;
        };
        let moved = if is_group {
            self.a.move_group(id.as_str(), Some(group))
        } else {
            self.a.move_component(id.as_str(), Some(group))
        };
        if let Err(error) = moved {
            self.say(Diagnostic::error("BP0205", inside.span, error.to_string()));
        }
    }

    /// The id of a new name, or a message when it cannot be had.
    fn new_id(&mut self, name: &Text) -> Option<Id> {
        if name.value.chars().count() > MAX_NAME && !name.quoted {
            let message = format!("the name `{}` is longer than {MAX_NAME} characters", shown(&name.value));
            self.say(
                Diagnostic::error("BP0204", name.span, message)
                    .hint("give it a short name and put the long one in quotes behind it"),
            );
            return None;
        }
        let Some(id) = names::id(name) else {
            let message = format!("`{}` is no usable name", shown(&name.value));
            self.say(Diagnostic::error("BP0204", name.span, message));
            return None;
        };
        if self.places.contains_key(&id) {
            let free = self.a.free_id(&id);
            let message = format!("the name `{id}` is already used");
            let mut diagnostic = Diagnostic::error("BP0202", name.span, message).suggest(
                format!("call this one `{free}`"),
                name.span,
                free.as_str(),
            );
            if let Some(first) = self.places.get(&id) {
                diagnostic = diagnostic.suggest("the first one stands here", *first, id.as_str());
            }
            self.say(diagnostic);
            return None;
        }
        self.places.insert(id.clone(), name.span);
        Some(id)
    }

    fn technology(&mut self, using: Option<&Text>) -> Option<(Technology, Option<Kind>)> {
        let using = using?;
        let found = catalog().look_up(&using.value);
        if found.0.id.is_none() && !using.quoted && self.compared < super::limits::MAX_NEAREST {
            self.compared += 1;
            if let Some(near) = catalog().nearest(&using.value) {
                let message = format!("the catalog does not know `{}`", shown(&using.value));
                self.say(Diagnostic::warning("BP0203", using.span, message).suggest(
                    format!("did you mean `{}` ({})?", near.id, near.name),
                    using.span,
                    near.id,
                ));
            }
        }
        Some(found)
    }

    fn group(&mut self, d: &Declaration, parent: Option<Id>, span: Span) -> Option<Id> {
        self.repeated(&d.repeated);
        let id = self.new_id(&d.name)?;
        let label = d.label.as_ref().map_or(&d.name.value, |l| &l.value);
        let group = Group {
            id: id.clone(),
            label: if label.trim().is_empty() { id.to_string() } else { label.clone() },
            kind: words::group_kind(&d.kind.value).unwrap_or(GroupKind::Group),
            technology: self.technology(d.using.as_ref()).map(|found| found.0),
            parent,
            properties: Properties::new(),
            origin: origin(d.mark.as_ref(), span),
        };
        self.a.add_group(group).ok().map(|()| id)
    }

    fn component(&mut self, d: &Declaration, group: Option<Id>, span: Span) -> Option<Id> {
        self.repeated(&d.repeated);
        let id = self.new_id(&d.name)?;
        let label = d.label.as_ref().map_or(&d.name.value, |l| &l.value);
        let mut component = Component {
            id: id.clone(),
            label: if label.trim().is_empty() { id.to_string() } else { label.clone() },
            kind: words::kind(&d.kind.value).unwrap_or_default(),
            technology: self.technology(d.using.as_ref()).map(|found| found.0),
            description: d.description.as_ref().map(|t| t.value.clone()),
            replicas: None,
            properties: Properties::new(),
            group,
            origin: origin(d.mark.as_ref(), span),
        };
        if let Some(text) = &d.replicas {
            component.replicas = self.replicas(text, text.value.trim_start_matches(['x', '×']));
        }
        for attribute in d.attributes.iter().flat_map(Attributes::entries) {
            let word = if attribute.key.quoted { String::new() } else { names::key(&attribute.key) };
            match (word.as_str(), &attribute.value) {
                ("replicas", Some(AttributeValue::Text(text))) => {
                    component.replicas = self.replicas(text, &text.value);
                }
                ("description", Some(AttributeValue::Text(text))) => {
                    component.description = Some(text.value.clone());
                }
                ("using" | "technology", Some(AttributeValue::Text(text))) => {
                    component.technology = self.technology(Some(text)).map(|found| found.0);
                }
                ("expect", _) => {} // a figure about the load, read when everything has its name
                _ => self.property(&mut component.properties, attribute),
            }
        }
        self.a.add_component(component).ok().map(|_| id)
    }

    fn replicas(&mut self, text: &Text, number: &str) -> Option<u32> {
        let replicas = number.trim().parse::<u32>().ok().filter(|&n| n > 0);
        if replicas.is_none() {
            let message = format!("`{}` is no number of replicas (1 to {})", shown(&text.value), u32::MAX);
            self.say(Diagnostic::error("BP0109", text.span, message));
        }
        replicas
    }

    fn property(&mut self, properties: &mut Properties, attribute: &Attribute) {
        let key = names::key(&attribute.key);
        let value = attribute.value.as_ref().map_or(Some(Value::Flag(true)), |v| self.value(v));
        let Some(value) = value else { return };
        let property = Property { value, origin: origin(attribute.mark.as_ref(), attribute.span) };
        if properties.insert(key.clone(), property).is_some() {
            let message =
                format!("the attribute `{}` stands here a second time; the last one counts", shown(&key));
            self.say(Diagnostic::warning("BP0209", attribute.span, message));
        }
    }

    fn group_property(&mut self, id: &Id, attribute: &Attribute) {
        let mut properties = self.a.group(id.as_str()).map(|g| g.properties.clone()).unwrap_or_default();
        self.property(&mut properties, attribute);
        if self.a.edit_group(id.as_str(), |g| g.properties = properties).is_err() {
            self.say(Diagnostic::error("BP0205", attribute.span, "this group does not exist"));
        }
    }

    fn value(&mut self, value: &AttributeValue) -> Option<Value> {
        match value {
            AttributeValue::Text(text) => Some(match (text.quoted, text.value.as_str()) {
                (false, "yes") => Value::Flag(true),
                (false, "no") => Value::Flag(false),
                (_, written) => Value::parse(written),
            }),
            AttributeValue::List(values) => {
                Some(Value::List(values.iter().filter_map(|v| self.value(v)).collect()))
            }
            AttributeValue::Attributes(inner) => {
                let span = inner.entries().next().map(|a| a.span);
                let message = "attributes inside attributes have no meaning here";
                self.say(Diagnostic::error("BP0109", span, message).hint("write a list: `[a, b]`"));
                None
            }
        }
    }
}
