//! Who looks after a system and whom it is for: parts that watch, people on duty, devices that people work.
//!
//! Takes an architecture; gives yes or no.

use crate::catalog::{catalog, words};
use crate::model::{Architecture, Component, ComponentIndex, Kind};

/// Whether a component watches, builds, delivers or wakes those who look after the rest.
pub(super) fn operates(a: &Architecture, i: ComponentIndex) -> bool {
    let watches = |k: Kind| matches!(k, Kind::Monitoring | Kind::Cicd | Kind::Registry);
    let c = a.at(i);
    let about = c.technology_id().and_then(|t| catalog().technology(t)).map_or("", |t| t.about);
    let wakes = |text: &str| words::says(text, "ops");
    let mut into = a.connections_to(i).peekable();
    watches(c.kind)
        || c.kind == Kind::Notification
            && (wakes(about)
                || into.peek().is_some()
                    && into.all(|x| watches(a.at(x.from).kind) || x.label.as_deref().is_some_and(wakes)))
}

/// Whether a person only hears from what watches: who is on duty is none of those it is for.
pub(super) fn on_duty(a: &Architecture, c: &Component) -> bool {
    let Some(i) = a.index_of(c.id.as_str()) else { return false };
    let mut into = a.connections_to(i).peekable();
    let active = a.connections_from(i).any(|x| !operates(a, x.to));
    !active && into.peek().is_some() && into.all(|x| operates(a, x.from))
}

/// Whether people work a device: a terminal, a scanner.
pub(super) fn handled(a: &Architecture, c: &Component) -> bool {
    let Some(i) = a.index_of(c.id.as_str()) else { return false };
    a.connections_to(i).any(|x| a.at(x.from).kind == Kind::User)
}
