//! Graphviz DOT.
//!
//! Takes a text and gives the architecture it draws. A file is read whole or, with the place of the first mistake, not
//! at all: DOT has no line structure to recover at.

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::draft::{Draft, Edge};
use super::{MAX_DEPTH, too_long};
use crate::model::{Architecture, Direction, Kind, Mode};
use crate::text::{Diagnostic, Outcome, Source, Span};

/// The parser that pest makes of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/dot.pest"]
struct Grammar;

/// Whether a text is a DOT graph: it begins like one.
pub(in crate::reader) fn looks_like(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head = start.split('{').next().unwrap_or_default();
    let mut words = head.split_whitespace().filter(|w| !w.eq_ignore_ascii_case("strict"));
    let graph = words.next().is_some_and(|w| ["digraph", "graph"].iter().any(|k| w.eq_ignore_ascii_case(k)));
    graph && start.contains('{') && words.count() <= 1
}

/// Reads a graph.
#[must_use]
pub(in crate::reader) fn read(source: &Source) -> Outcome<Architecture> {
    if let Some(refusal) = too_long(source) {
        return refusal;
    }
    let text = source.text();
    if let Some(at) = too_deep(text) {
        let message = format!("braces are nested deeper than {MAX_DEPTH}");
        let error = Diagnostic::error("BP0306", Span::new(at, at + 1), message);
        return Outcome::new(Architecture::new(), vec![error]);
    }
    let pairs = match Grammar::parse(Rule::file, text) {
        Ok(pairs) => pairs,
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
            };
            let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
            let message = "from here on this is not understood as a DOT graph";
            let error = Diagnostic::error("BP0305", Span::new(at, end), message)
                .hint("nodes, edges, subgraphs and attributes are read: `digraph shop { web -> api [label=\"calls\"] }`");
            return Outcome::new(Architecture::new(), vec![error]);
        }
    };
    let mut reading = Reading::default();
    // Graphviz draws from top to bottom unless `rankdir` says otherwise.
    reading.draft.direction = Some(Direction::Down);
    for pair in pairs.flat_map(Pair::into_inner) {
        if pair.as_rule() == Rule::statements {
            reading.statements(pair.into_inner(), &Scope::default());
        }
    }
    let mut diagnostics = Vec::new();
    if reading.draft.is_empty() {
        diagnostics.push(Diagnostic::error("BP0300", None, "the graph has no nodes"));
    }
    Outcome::new(reading.draft.architecture(), diagnostics)
}

/// Where braces outside quotes and comments go too deep.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// What holds for the statements of a block.
#[derive(Debug, Clone, Default)]
struct Scope {
    group: Option<usize>,
    /// A cluster, whose `label` is a title.
    cluster: bool,
    node_kind: Option<Kind>,
    edge_mode: Mode,
    inner: bool,
}

#[derive(Debug, Default)]
struct Reading {
    draft: Draft,
}

impl Reading {
    fn statements(&mut self, pairs: Pairs<'_, Rule>, scope: &Scope) {
        let mut scope = scope.clone();
        for pair in pairs {
            match pair.as_rule() {
                Rule::setting => self.setting(pair, &scope),
                Rule::defaults => self.defaults(pair, &mut scope),
                Rule::subgraph_statement => {
                    for subgraph in pair.into_inner() {
                        self.subgraph(subgraph, &scope);
                    }
                }
                Rule::node => {
                    let span = span_of(&pair);
                    let mut inner = pair.into_inner();
                    let Some(name) = inner.next().map(name_of) else { continue };
                    let attributes = inner.flat_map(attributes).collect::<Vec<_>>();
                    let kind = kind_of(&attributes).or(scope.node_kind);
                    self.draft.node(&name, label_of(&attributes, &name), kind, scope.group, span);
                }
                Rule::edges => self.edges(pair, &scope),
                _ => {}
            }
        }
    }

    fn setting(&mut self, pair: Pair<'_, Rule>, scope: &Scope) {
        let mut ids = pair.into_inner().map(|id| text_of(&id));
        let (Some(key), Some(value)) = (ids.next(), ids.next()) else { return };
        self.graph_attribute(&key, &value, scope);
    }

    fn graph_attribute(&mut self, key: &str, value: &str, scope: &Scope) {
        match (key, scope.group) {
            ("label", Some(group)) if scope.cluster => self.draft.retitle(group, plain(value)),
            ("label", None) if !scope.inner => {
                self.draft.title = Some(plain(value)).filter(|t| !t.is_empty())
            }
            ("rankdir", _) if !scope.inner => {
                let right = value.eq_ignore_ascii_case("LR") || value.eq_ignore_ascii_case("RL");
                self.draft.direction = Some(if right { Direction::Right } else { Direction::Down });
            }
            _ => {}
        }
    }

    fn defaults(&mut self, pair: Pair<'_, Rule>, scope: &mut Scope) {
        let mut inner = pair.into_inner();
        let target = inner.next().map(|t| t.as_str().to_lowercase()).unwrap_or_default();
        let said: Vec<(String, String)> = inner.flat_map(attributes).collect();
        match target.as_str() {
            "node" => scope.node_kind = kind_of(&said).or(scope.node_kind),
            "edge" => scope.edge_mode = mode_of(&said).unwrap_or(scope.edge_mode),
            _ => said.iter().for_each(|(key, value)| self.graph_attribute(key, value, scope)),
        }
    }

    /// Reads a subgraph and gives the names of its nodes.
    fn subgraph(&mut self, pair: Pair<'_, Rule>, scope: &Scope) -> Vec<String> {
        let span = span_of(&pair);
        let mut scope = Scope { inner: true, cluster: false, ..scope.clone() };
        let mut seen = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::id => {
                    let name = text_of(&part);
                    if let Some(rest) = name.strip_prefix("cluster") {
                        let label = plain(&rest.replace('_', " "));
                        let label = if label.is_empty() { "Group".to_owned() } else { label };
                        scope.group = Some(self.draft.group(Some(&name), label, scope.group, span));
                        scope.cluster = true;
                    }
                }
                Rule::statements => {
                    named_in(&part, &mut seen);
                    self.statements(part.into_inner(), &scope);
                }
                _ => {}
            }
        }
        seen
    }

    fn edges(&mut self, pair: Pair<'_, Rule>, scope: &Scope) {
        let span = span_of(&pair);
        let mut ends: Vec<Vec<String>> = Vec::new();
        let mut said = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::end => {
                    let names = part.into_inner().flat_map(|end| match end.as_rule() {
                        Rule::subgraph => self.subgraph(end, scope),
                        _ => {
                            let span = span_of(&end);
                            let name = name_of(end);
                            self.draft.node(&name, None, scope.node_kind, scope.group, span);
                            vec![name]
                        }
                    });
                    ends.push(names.collect());
                }
                Rule::attributes => said.extend(attributes(part)),
                _ => {}
            }
        }
        let mode = mode_of(&said).unwrap_or(scope.edge_mode);
        let label = ["label", "xlabel", "taillabel", "headlabel"].iter().find_map(|k| value(&said, k));
        let label = label.map(plain).filter(|l| !l.is_empty());
        let (back, both) = match value(&said, "dir") {
            Some("back") => (true, false),
            Some("both") => (false, true),
            _ => (false, false),
        };
        if value(&said, "style") == Some("invis") {
            return;
        }
        for (before, after) in ends.iter().zip(ends.iter().skip(1)) {
            for from in before {
                for to in after {
                    let mut ways = vec![if back { (to, from) } else { (from, to) }];
                    if both {
                        ways.push((to, from));
                    }
                    for (from, to) in ways {
                        let (from, to) = (from.clone(), to.clone());
                        self.draft.edge(Edge { from, to, label: label.clone(), mode, span });
                    }
                }
            }
        }
    }
}

fn span_of(pair: &Pair<'_, Rule>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.start() + span.as_str().trim_end().len())
}

/// The names of all nodes below a pair, each once, in order.
fn named_in(pair: &Pair<'_, Rule>, seen: &mut Vec<String>) {
    for name in pair.clone().into_inner().flatten().filter(|p| p.as_rule() == Rule::node_name).map(name_of) {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
}

fn name_of(pair: Pair<'_, Rule>) -> String {
    match pair.as_rule() {
        Rule::id => text_of(&pair),
        _ => pair.into_inner().next().map(|id| text_of(&id)).unwrap_or_default(),
    }
}

/// The text of an id: quotes and escapes taken away.
fn text_of(id: &Pair<'_, Rule>) -> String {
    let strings: Vec<String> = id
        .clone()
        .into_inner()
        .flatten()
        .filter(|p| p.as_rule() == Rule::inner)
        .map(|p| p.as_str().replace("\\\"", "\"").replace("\\\n", ""))
        .collect();
    if strings.is_empty() { id.as_str().trim().to_owned() } else { strings.concat() }
}

fn attributes(pair: Pair<'_, Rule>) -> Vec<(String, String)> {
    let said = pair.into_inner().map(|attribute| {
        let mut ids = attribute.into_inner().map(|id| text_of(&id));
        (ids.next().unwrap_or_default(), ids.next().unwrap_or_else(|| "true".to_owned()))
    });
    said.collect()
}

fn value<'a>(attributes: &'a [(String, String)], key: &str) -> Option<&'a str> {
    attributes.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
}

fn label_of(attributes: &[(String, String)], name: &str) -> Option<String> {
    let label = value(attributes, "label").or_else(|| value(attributes, "xlabel"))?;
    // `\N` stands for the node's name.
    Some(plain(&label.replace("\\N", name)))
}

/// The kinds that shapes tell.
fn kind_of(attributes: &[(String, String)]) -> Option<Kind> {
    match value(attributes, "shape")? {
        "cylinder" => Some(Kind::Database),
        "folder" | "tab" => Some(Kind::Storage),
        "cds" => Some(Kind::Queue),
        _ => None,
    }
}

fn mode_of(attributes: &[(String, String)]) -> Option<Mode> {
    let style = value(attributes, "style")?;
    let broken = style.split(',').any(|s| matches!(s.trim(), "dashed" | "dotted"));
    Some(if broken { Mode::Async } else { Mode::Sync })
}

/// A label without tags; a line-break escape or tag ends a line.
fn plain(text: &str) -> String {
    let text = text.replace("\\n", "\n").replace("\\l", "\n").replace("\\r", "\n").replace("\\\\", "\\");
    let html = text.starts_with('<') && text.ends_with('>') && text.len() > 1;
    let mut out = String::new();
    let mut tag: Option<String> = None;
    for c in if html { &text[1..text.len() - 1] } else { text.as_str() }.chars() {
        match (c, &mut tag) {
            ('<', _) if html => tag = Some(String::new()),
            ('>', Some(name)) => {
                out.push(if name.to_lowercase().starts_with("br") { '\n' } else { ' ' });
                tag = None;
            }
            (c, Some(name)) => name.push(c),
            (c, None) => out.push(c),
        }
    }
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    out.split('\n').map(line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `// e.g.` of the grammar is read as a whole by the rule below it.
    #[test]
    fn examples_of_the_grammar_hold() {
        let grammar = include_str!("../../../grammar/dot.pest");
        crate::reader::grammar::examples_hold::<Grammar, Rule>(grammar, Rule::all_rules(), 15);
    }
}
