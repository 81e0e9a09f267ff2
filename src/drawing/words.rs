//! Words of the picture that are not on it: tooltips, links and the text alternative.

use std::fmt::Write as _;

use super::DrawOptions;
use crate::catalog::catalog;
use crate::model::{Architecture, Component, ConnectionRef, Group, Mode, Origin, Value};

/// Properties that hold a link, best first.
const LINKS: [&str; 5] = ["link", "url", "href", "docs", "runbook"];
/// The longest source sentence quoted, in characters.
const QUOTE: usize = 240;

/// Name, technology, description, figures and origin.
pub(super) fn tooltip(component: &Component, options: &DrawOptions) -> String {
    let kind = &catalog().kind(component.kind).label;
    let mut text = format!("{} ({kind}", component.label);
    if let Some(technology) = &component.technology {
        let _ = write!(text, ", {}", technology.name);
    }
    text.push(')');
    if let Some(description) = &component.description {
        let _ = write!(text, "\n{description}");
    }
    for (name, property) in component.properties.iter().filter(|(name, _)| !LINKS.contains(&name.as_str())) {
        let _ = write!(text, "\n{}: {}", name.replace('_', " "), property.value);
    }
    push_origin(&mut text, &component.origin, options);
    text
}

/// What a connection says in full, where that is more than the picture shows.
pub(super) fn connection_tooltip(
    architecture: &Architecture,
    connection: &ConnectionRef<'_>,
    options: &DrawOptions,
) -> Option<String> {
    let relation = relation(architecture, connection);
    let mut text = relation.clone();
    if let Some(payload) = &connection.payload {
        let _ = write!(text, "\ncarries {payload}");
    }
    push_origin(&mut text, &connection.origin, options);
    let cut = connection.label.as_ref().is_some_and(|l| l.chars().count() > 40);
    (cut || text != relation).then_some(text)
}

/// A group's name and kind.
pub(super) fn group_tooltip(group: &Group) -> String {
    let mut text = format!("{} ({})", group.label, group.kind.label());
    if let Some(why) = group.origin.why() {
        let _ = write!(text, "\n{}: {why}", group.origin.word());
    }
    text
}

fn push_origin(text: &mut String, origin: &Origin, options: &DrawOptions) {
    if let Some(why) = origin.why() {
        let _ = write!(text, "\n{}: {why}", origin.word());
    }
    if let Some(quote) = quote(origin, options) {
        let _ = write!(text, "\n“{quote}”");
    }
}

/// The words something goes back to, in one line.
fn quote(origin: &Origin, options: &DrawOptions) -> Option<String> {
    let span = origin.span();
    let words = options.source.as_deref()?.get(span.start..span.end)?;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(QUOTE).collect();
    match (short.is_empty(), short.len() < line.len()) {
        (true, _) => None,
        (false, true) => Some(short + "…"),
        (false, false) => Some(short),
    }
}

/// The link a component carries, if it is a safe one: http, https, mailto, or relative.
pub(super) fn link(component: &Component) -> Option<String> {
    LINKS.iter().find_map(|name| match component.property(name)? {
        Value::Text(url) if is_safe(url) => Some(url.clone()),
        _ => None,
    })
}

/// Whether a link leads to the web, to a mail address or to a place beside the picture, and nowhere else.
pub(super) fn is_safe(url: &str) -> bool {
    let url = url.trim();
    if url.is_empty()
        || url.len() > 2000
        || url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
    {
        return false;
    }
    let head = url.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => !url.starts_with("//"),
        Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|s| scheme.eq_ignore_ascii_case(s)),
    }
}

/// All relations in words, in the order of mention: what somebody who cannot see the picture needs.
pub(super) fn alternative(architecture: &Architecture) -> String {
    let mut text = counts(architecture);
    text.push('.');
    for connection in architecture.connections() {
        let _ = write!(text, "\n{}.", relation(architecture, &connection));
    }
    let connected = |c: &Component| {
        architecture
            .index_of(c.id.as_str())
            .is_some_and(|i| architecture.graph().neighbors_undirected(i).next().is_some())
    };
    let alone: Vec<&str> =
        architecture.components().filter(|c| !connected(c)).map(|c| c.label.as_str()).collect();
    if !alone.is_empty() {
        let _ = write!(text, "\nNot connected: {}.", alone.join(", "));
    }
    text
}

fn relation(architecture: &Architecture, connection: &ConnectionRef<'_>) -> String {
    let name = |i| architecture.at(i).label.as_str();
    let mut text = format!("{} → {}", name(connection.from), name(connection.to));
    let said: Vec<&str> = [
        connection.label.as_deref(),
        connection.protocol.as_deref().filter(|p| connection.label.as_deref() != Some(p)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !said.is_empty() {
        let _ = write!(text, ": {}", said.join(" · "));
    }
    if connection.mode == Mode::Async {
        text.push_str(" (asynchronous)");
    }
    text
}

/// `7 components, 6 connections`.
pub(super) fn counts(architecture: &Architecture) -> String {
    let many = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    format!(
        "{}, {}",
        many(architecture.component_count(), "component"),
        many(architecture.connection_count(), "connection")
    )
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn links_lead_to_the_web_or_nearby() {
        for good in [
            "https://example.org/a?b#c",
            "HTTP://x",
            "mailto:team@example.org",
            "docs/upload.md",
            "#top",
            "a?x=b:c",
        ] {
            assert!(is_safe(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " JavaScript:x",
            "data:text/html,x",
            "//evil",
            "java\nscript:x",
            "file:///etc",
            "",
            "vbscript:x",
            "\\\\host",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
