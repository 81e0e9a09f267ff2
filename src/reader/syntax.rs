//! Which syntax a text is in.

/// The syntaxes that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// Plain English.
    English,
    /// The Blueprose language.
    Language,
    /// Markdown: its `blueprose` blocks if it has any, else its English.
    Markdown,
    /// The model as YAML.
    Yaml,
    /// The model as JSON.
    Json,
    /// A Mermaid flowchart.
    Mermaid,
    /// A Graphviz DOT graph.
    Dot,
}

impl Syntax {
    /// The syntax that a file name stands for: `.bp`, `.md`/`.markdown`, `.yaml`/`.yml`, `.json`,
    /// `.mmd`/`.mermaid`, `.dot`/`.gv`; all else is English unless the text shows what it is (see [`of_text`](Self::of_text)).
    #[must_use]
    pub fn of(name: &str, text: &str) -> Self {
        match name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).as_deref() {
            Some("bp") => Self::Language,
            Some("md" | "markdown") => Self::Markdown,
            Some("yaml" | "yml") => Self::Yaml,
            Some("json") => Self::Json,
            Some("mmd" | "mermaid") => Self::Mermaid,
            Some("dot" | "gv") => Self::Dot,
            _ => Self::of_text(text),
        }
    }

    /// The syntax a text without a telling name seems to be in.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('{') && start.contains("\"components\"") {
            Self::Json
        } else if start.starts_with("components:") || start.contains("\ncomponents:\n") {
            Self::Yaml
        } else if super::foreign::looks_like_dot(text) {
            Self::Dot
        } else if super::foreign::looks_like_mermaid(text) {
            Self::Mermaid
        } else if text.contains("```blueprose") {
            Self::Markdown
        } else if crate::reader::language::looks_like(text) {
            Self::Language
        } else {
            Self::English
        }
    }
}
