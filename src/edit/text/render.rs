//! Single statements of the language as text.

use crate::model::{Component, Connection, Group, Mode, Properties, Technology, Value};

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A technology behind `using`.
pub(super) fn technology(t: &Technology) -> String {
    match &t.id {
        Some(id) => id.clone(),
        None => quoted(&t.name),
    }
}

/// A property's value: bare where nothing in it could be taken for anything else.
pub(super) fn value(value: &Value) -> String {
    if let Value::List(values) = value {
        return format!("[{}]", values.iter().map(self::value).collect::<Vec<_>>().join(", "));
    }
    let text = value.to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '/' | '%' | '$' | '+');
    let safe = !text.is_empty() && text.chars().all(plain) && text.trim() == text && !text.contains("//");
    let word = matches!(value, Value::Text(_)) && matches!(Value::parse(&text), Value::Text(_));
    if safe && (word || !matches!(value, Value::Text(_))) { text } else { quoted(&text) }
}

pub(super) fn attributes(properties: &Properties) -> String {
    if properties.is_empty() {
        return String::new();
    }
    let all = properties.iter().map(|(name, p)| format!("{name}: {}", value(&p.value)));
    format!(" {{ {} }}", all.collect::<Vec<_>>().join(", "))
}

/// A component's declaration, without its group.
pub(super) fn component(c: &Component) -> String {
    let mut out = format!("{} {} {}", c.kind, c.id, quoted(&c.label));
    if let Some(text) = &c.description {
        out.push(' ');
        out.push_str(&quoted(text));
    }
    if let Some(n) = c.replicas {
        out.push_str(&format!(" x{n}"));
    }
    if let Some(t) = &c.technology {
        out.push_str(&format!(" using {}", technology(t)));
    }
    out + &attributes(&c.properties)
}

/// The line that opens a group's block.
pub(super) fn group(g: &Group) -> String {
    let using = g.technology.as_ref().map(|t| format!(" using {}", technology(t))).unwrap_or_default();
    format!("{} {} {}{using} {{", g.kind, g.id, quoted(&g.label))
}

pub(super) fn arrow(mode: Mode) -> &'static str {
    match mode {
        Mode::Sync => "->",
        Mode::Async => "~>",
    }
}

/// A connection as a statement of its own.
pub(super) fn connection(from: &str, to: &str, c: &Connection) -> String {
    let mut out = format!("{from} {} {to}", arrow(c.mode));
    if let Some(label) = &c.label {
        out.push_str(": ");
        out.push_str(&quoted(label));
    }
    if let Some(protocol) = &c.protocol {
        let bare = protocol.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '+'));
        out.push_str(" over ");
        out.push_str(&if bare && !protocol.is_empty() { protocol.clone() } else { quoted(protocol) });
    }
    let mut properties = c.properties.clone();
    if let Some(payload) = &c.payload {
        let value = Value::Text(payload.clone());
        properties.insert(
            "payload".into(),
            crate::model::Property { value, origin: crate::model::Origin::default() },
        );
    }
    out + &attributes(&properties)
}
