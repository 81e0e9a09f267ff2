//! Mermaid flowcharts.
//!
//! Takes a text and gives the architecture it draws. Statements are read one by one, so that one mistake hides no other.

use pest::Parser;
use pest::iterators::Pair;

use super::draft::{Draft, Edge};
use super::{MAX_DEPTH, MAX_MESSAGES, too_long};
use crate::model::{Architecture, Direction, Kind, Mode};
use crate::text::{Diagnostic, Outcome, Source, Span};

/// The parser that pest makes of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/mermaid.pest"]
struct Grammar;

/// Words that begin statements about looks, of which nothing is drawn.
const LOOKS: [&str; 6] = ["classDef", "class", "style", "linkStyle", "click", "accTitle"];

/// Whether a text is a Mermaid flowchart: its first statement says so.
pub(in crate::reader) fn looks_like(text: &str) -> bool {
    statements(text)
        .find(|s| !s.is_empty())
        .is_some_and(|s| Grammar::parse(Rule::header, &text[s.start..s.end]).is_ok())
}

/// Reads a flowchart.
#[must_use]
pub(in crate::reader) fn read(source: &Source) -> Outcome<Architecture> {
    if let Some(refusal) = too_long(source) {
        return refusal;
    }
    let mut reading = Reading::default();
    reading.draft.title = title(source.text());
    for span in statements(source.text()) {
        reading.statement(source.text(), span);
    }
    let Reading { draft, mut diagnostics, open, headed, .. } = reading;
    if !headed {
        let message = "a Mermaid flowchart begins with `flowchart` and a direction";
        diagnostics.insert(0, Diagnostic::error("BP0305", None, message).hint("begin with `flowchart LR`"));
    } else if draft.is_empty() {
        diagnostics.push(Diagnostic::error("BP0300", None, "the flowchart has no nodes"));
    }
    if let Some((_, span)) = open.last() {
        let unclosed = Diagnostic::warning("BP0305", *span, "this subgraph is not closed");
        diagnostics.push(unclosed.hint("close it with `end`"));
    }
    Outcome::new(draft.architecture(), diagnostics)
}

/// The places of the statements: lines, cut at `;` outside quotes, without what stands between `---` at the top.
fn statements(text: &str) -> impl Iterator<Item = Span> + '_ {
    let body = front_matter(text);
    let mut quoted = false;
    let mut start = body;
    let ends = text[body..].char_indices().filter_map(move |(at, c)| match c {
        '"' => {
            quoted = !quoted;
            None
        }
        '\n' => {
            quoted = false;
            Some(body + at)
        }
        ';' if !quoted => Some(body + at),
        _ => None,
    });
    ends.chain(std::iter::once(text.len())).map(move |end| {
        let span = Span::new(start, end);
        start = (end + 1).min(text.len());
        let inside = &text[span.start..span.end];
        let trimmed = inside.trim_start();
        let from = span.start + inside.len() - trimmed.len();
        Span::new(from, from + trimmed.trim_end().len())
    })
}

/// Where the text begins behind its front matter.
fn front_matter(text: &str) -> usize {
    let open = text.trim_start_matches('\u{feff}').trim_start();
    let begin = text.len() - open.len();
    match open.strip_prefix("---\n").and_then(|rest| rest.find("\n---")) {
        Some(end) => (begin + 4 + end + 4).min(text.len()),
        None => begin,
    }
}

/// The title in the front matter.
fn title(text: &str) -> Option<String> {
    let head = &text[..front_matter(text)];
    let title = head.lines().find_map(|l| l.trim().strip_prefix("title:"))?;
    Some(plain(title.trim().trim_matches(['"', '\'']))).filter(|t| !t.is_empty())
}

#[derive(Debug, Default)]
struct Reading {
    draft: Draft,
    diagnostics: Vec<Diagnostic>,
    /// Subgraphs that are open, with their first lines.
    open: Vec<(usize, Span)>,
    headed: bool,
    /// Subgraphs that were too deep to open.
    skipped: usize,
}

impl Reading {
    fn statement(&mut self, text: &str, span: Span) {
        let said = &text[span.start..span.end];
        let first = said.split_whitespace().next().unwrap_or_default();
        if said.is_empty() || said.starts_with("%%") || LOOKS.contains(&first) {
            return;
        }
        if let (false, Ok(pairs)) = (self.headed, Grammar::parse(Rule::header, said)) {
            self.headed = true;
            let way = pairs.flatten().find(|p| p.as_rule() == Rule::way).map(|p| p.as_str().to_uppercase());
            self.draft.direction = Some(match way.as_deref() {
                Some("LR" | "RL") => Direction::Right,
                _ => Direction::Down,
            });
            return;
        }
        match first.to_lowercase().as_str() {
            "end" => return self.close(),
            "subgraph" => return self.subgraph(said, span),
            "direction" => return,
            _ => {}
        }
        match Grammar::parse(Rule::chain, said) {
            Ok(mut pairs) => {
                if let Some(pair) = pairs.next() {
                    self.chain(pair, span);
                }
            }
            Err(error) => self.wrong(&error, span),
        }
    }

    fn wrong(&mut self, error: &pest::error::Error<Rule>, span: Span) {
        if self.diagnostics.len() >= MAX_MESSAGES {
            return;
        }
        let at = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        let place = Span::new((span.start + at).min(span.end), span.end);
        let place = if place.start == place.end { span } else { place };
        let message = "this is not understood as a statement of a Mermaid flowchart";
        self.diagnostics.push(
            Diagnostic::error("BP0305", place, message)
                .hint("nodes, links, subgraphs and directions are read: `a[Web app] -->|calls| b`"),
        );
    }

    fn close(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.open.pop();
        }
    }

    fn subgraph(&mut self, said: &str, span: Span) {
        if self.open.len() >= MAX_DEPTH {
            self.skipped += 1;
            if self.skipped == 1 {
                let message =
                    format!("subgraphs are nested deeper than {MAX_DEPTH}; the deeper ones are left out");
                self.diagnostics.push(Diagnostic::error("BP0306", span, message));
            }
            return;
        }
        let (mut name, mut title) = (None, None);
        if let Ok(pairs) = Grammar::parse(Rule::subgraph, said) {
            for pair in pairs.flatten() {
                match pair.as_rule() {
                    Rule::id => name = Some(pair.as_str()),
                    Rule::title => title = Some(plain(pair.as_str().trim().trim_matches('"'))),
                    Rule::text => title = Some(words_of(&pair)),
                    _ => {}
                }
            }
        }
        let bare = title.clone();
        let name = name.or(bare.as_deref());
        let label = title.clone().or_else(|| name.map(str::to_owned)).unwrap_or_else(|| "Group".to_owned());
        let parent = self.open.last().map(|(group, _)| *group);
        let group = self.draft.group(name, label, parent, span);
        self.open.push((group, span));
    }

    fn chain(&mut self, chain: Pair<'_, Rule>, statement: Span) {
        let mut before: Vec<String> = Vec::new();
        let mut link: Option<Link> = None;
        for pair in chain.into_inner() {
            match pair.as_rule() {
                Rule::nodes => {
                    let after: Vec<String> =
                        pair.into_inner().map(|node| self.node(node, statement)).collect();
                    if let Some(link) = link.take().filter(|l| !l.invisible) {
                        for from in &before {
                            for to in &after {
                                self.link(from, to, &link, statement);
                            }
                        }
                    }
                    before = after;
                }
                Rule::link => link = Some(Link::of(pair)),
                _ => {}
            }
        }
    }

    fn link(&mut self, from: &str, to: &str, link: &Link, span: Span) {
        let mut ways = vec![(from, to)];
        if link.both {
            ways.push((to, from));
        }
        for (from, to) in ways {
            self.draft.edge(Edge {
                from: from.to_owned(),
                to: to.to_owned(),
                label: link.label.clone(),
                mode: link.mode,
                span,
            });
        }
    }

    fn node(&mut self, node: Pair<'_, Rule>, statement: Span) -> String {
        let span = node.as_span();
        let span = Span::new(statement.start + span.start(), statement.start + span.end());
        let (mut name, mut label, mut kind) = (String::new(), None, None);
        for pair in node.into_inner() {
            match pair.as_rule() {
                Rule::id => name = pair.as_str().to_owned(),
                Rule::class => {}
                rule => {
                    label = pair.into_inner().next().map(|text| words_of(&text));
                    kind = (rule == Rule::cylinder).then_some(Kind::Database);
                }
            }
        }
        self.draft.node(&name, label, kind, self.open.last().map(|(group, _)| *group), span);
        name
    }
}

/// What a link says.
#[derive(Debug)]
struct Link {
    mode: Mode,
    label: Option<String>,
    both: bool,
    invisible: bool,
}

impl Link {
    fn of(pair: Pair<'_, Rule>) -> Self {
        let written = pair.as_str().to_owned();
        let words = pair.into_inner().flatten().find(|p| matches!(p.as_rule(), Rule::words | Rule::piped));
        let label = words.map(|w| plain(w.as_str().trim().trim_matches('"'))).filter(|l| !l.is_empty());
        Self {
            mode: if written.contains("-.") { Mode::Async } else { Mode::Sync },
            label,
            both: written.starts_with('<'),
            invisible: written.starts_with("~~~"),
        }
    }
}

/// The words of a text, with or without quotes.
fn words_of(text: &Pair<'_, Rule>) -> String {
    let inner = text.clone().into_inner().flatten().find(|p| matches!(p.as_rule(), Rule::inner | Rule::bare));
    plain(inner.map_or(text.as_str(), |p| p.as_str()))
}

/// A text without tags, formatting marks and icon codes; a line-break tag ends a line.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        let (tag, after) = behind.split_once('>').unwrap_or(("", ""));
        out.push(if tag.trim_start().to_lowercase().starts_with("br") { '\n' } else { ' ' });
        rest = after;
    }
    out.push_str(rest);
    let out = decoded(&out);
    let icon = |w: &&str| !w.starts_with("fa:") && !w.starts_with("fab:");
    let line = |line: &str| {
        let words = line.split_whitespace().filter(icon).map(|w| w.trim_matches(['*', '`']));
        words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    };
    out.split('\n').map(line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Mermaid's character codes (`#34;`, `#quot;`) as the characters they stand for.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('#') {
        out.push_str(before);
        let code = behind.split_once(';').and_then(|(code, after)| {
            let named = match code {
                "quot" => Some('"'),
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                number => number.parse::<u32>().ok().and_then(char::from_u32).filter(|c| !c.is_control()),
            };
            named.map(|c| (c, after))
        });
        match code {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('#');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every `// e.g.` of the grammar is read as a whole by the rule below it.
    #[test]
    fn examples_of_the_grammar_hold() {
        let grammar = include_str!("../../../grammar/mermaid.pest");
        crate::reader::grammar::examples_hold::<Grammar, Rule>(grammar, Rule::all_rules(), 25);
    }
}
