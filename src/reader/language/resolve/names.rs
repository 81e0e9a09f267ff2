//! Names: what they stand for, and what is done about those that nobody declared.

use super::Resolve;
use crate::catalog::{catalog, nearest};
use crate::model::{Component, Id, Kind, Origin};
use crate::reader::language::explain::shown;
use crate::reader::language::limits::MAX_NEAREST;
use crate::reader::language::tree::Text;
use crate::reader::language::words;
use crate::text::Diagnostic;

/// The id a name stands for: itself where it is a valid one, else made from its words.
pub(super) fn id(name: &Text) -> Option<Id> {
    if name.value.trim().is_empty() {
        return None;
    }
    Some(Id::parse(&name.value).unwrap_or_else(|| Id::from_label(&name.value)))
}

/// The name of an attribute: lower case with `_`; letter by letter in quotes.
pub(super) fn key(key: &Text) -> String {
    if key.quoted { key.value.clone() } else { key.value.to_lowercase().replace('-', "_") }
}

impl Resolve<'_> {
    /// The component or group a name stands for.
    pub(super) fn find(&self, name: &Text) -> Option<Id> {
        let id = id(name)?;
        if self.a.has(id.as_str()) {
            return Some(id);
        }
        if !name.quoted {
            return None;
        }
        let labelled = self.a.components().find(|c| c.label == name.value).map(|c| c.id.clone());
        labelled.or_else(|| self.a.groups().iter().find(|g| g.label == name.value).map(|g| g.id.clone()))
    }

    /// Reports an unknown name with the nearest known one.
    pub(super) fn unknown(&mut self, code: &'static str, name: &Text, message: String, error: bool) {
        let diagnostic = if error {
            Diagnostic::error(code, name.span, message)
        } else {
            Diagnostic::warning(code, name.span, message)
        };
        self.compared += 1;
        let near = if self.compared > MAX_NEAREST || name.value.len() > 256 {
            None
        } else {
            let known = self.places.keys().map(|id| (id.as_str(), id));
            nearest(&name.value, known).map(Id::to_string)
        };
        let diagnostic = match near {
            Some(near) => diagnostic.suggest(format!("did you mean `{near}`?"), name.span, near),
            None => diagnostic,
        };
        self.say(diagnostic);
    }

    /// The component or group a statement is about; unknown ones are reported.
    pub(super) fn about(&mut self, names: &[Text]) -> Vec<Id> {
        let mut found = Vec::new();
        for name in names {
            match self.find(name) {
                Some(id) => found.push(id),
                None => {
                    let message = format!("there is no component or group `{}`", shown(&name.value));
                    self.unknown("BP0206", name, message, true);
                }
            }
        }
        found
    }

    /// The component at an arrow's end. One that nobody declared is drawn, its kind guessed from its name. A group stands
    /// for its first door, or for the component that is declared first in it.
    pub(super) fn end(&mut self, name: &Text) -> Option<(Id, Option<String>)> {
        if let Some(id) = self.find(name) {
            if self.a.component(id.as_str()).is_some() {
                return Some((id, None));
            }
            return self.door(name, &id);
        }
        let id = id(name)?;
        if name.value.chars().count() > crate::reader::language::limits::MAX_NAME && !name.quoted {
            let max = crate::reader::language::limits::MAX_NAME;
            let message = format!("the name `{}` is longer than {max} characters", shown(&name.value));
            self.say(Diagnostic::error("BP0204", name.span, message));
            return None;
        }
        let message = format!("`{}` is not declared; it is drawn as it stands", shown(&name.value));
        self.unknown("BP0201", name, message, false);
        let entry = catalog().find(&name.value);
        let last = id.as_str().rsplit(['-', '_']).next().unwrap_or_default();
        let kind = entry.map(|e| e.kind).or_else(|| words::kind(last)).unwrap_or(Kind::Other);
        let mut component = Component::new(name.value.clone(), kind);
        component.id = id.clone();
        component.technology = entry.map(crate::catalog::TechnologyEntry::technology);
        component.origin = Origin::inferred(name.span, "named by a connection, not declared");
        self.a.add_component(component).ok()?;
        Some((id, None))
    }

    fn door(&mut self, name: &Text, group: &Id) -> Option<(Id, Option<String>)> {
        let inside: Vec<_> = self
            .a
            .components()
            .filter(|c| self.a.group_chain(c.group.as_ref()).any(|g| g.id == *group))
            .collect();
        let is_door = |kind: Kind| {
            matches!(kind, Kind::Gateway | Kind::LoadBalancer | Kind::Cdn | Kind::Waf | Kind::Dns)
        };
        let door = inside.iter().find(|c| is_door(c.kind)).or_else(|| inside.first()).map(|c| c.id.clone());
        let Some(door) = door else {
            let message = format!("`{group}` is a group without components; an arrow needs a component");
            self.say(Diagnostic::error("BP0207", name.span, message));
            return None;
        };
        let message = format!("`{group}` is a group; the arrow is drawn to `{door}` in it");
        self.say(Diagnostic::warning("BP0207", name.span, message).suggest(
            "name the component that is meant",
            name.span,
            door.as_str(),
        ));
        Some((door, Some(format!("the arrow names the group `{group}`"))))
    }
}
