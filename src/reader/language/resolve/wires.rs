//! Connections, and the flows that walk over them.

use super::{Block, Resolve, block_of, names, origin, walk};
use crate::model::{Connection, ConnectionIndex, Id, Mode, Origin, Scenario, Step};
use crate::reader::language::explain::shown;
use crate::reader::language::limits::{MAX_CONNECTIONS, MAX_FAN};
use crate::reader::language::tree::{AttributeValue, Attributes, Hop, Item, ItemKind, Statement, Text};
use crate::text::{Diagnostic, Span};

impl Resolve<'_> {
    /// The connections outside flows, then the flows.
    pub(super) fn connections(&mut self, items: &[Item]) {
        walk(items, |item, statement, blocks| {
            let in_flow = matches!(blocks.last(), Some(Block::Flow));
            if let Statement::Connection { from, hops } = statement
                && !in_flow
            {
                self.hops(from, hops, item.span, &mut |resolve, from, to, hop, origin| {
                    if let Some(which) = &hop.which {
                        let message = "`(n)` chooses a connection for a flow's step; here it has no meaning";
                        resolve.say(Diagnostic::error("BP0109", which.span, message));
                    }
                    let connection = resolve.connection(hop, origin);
                    resolve.wire(from, to, connection);
                });
            }
            blocks.extend(matches!(item.kind, ItemKind::Open(_)).then(|| block_of(statement)).flatten());
        });
        let mut flow: Option<Scenario> = None;
        walk(items, |item, statement, blocks| {
            let in_flow = matches!(blocks.last(), Some(Block::Flow));
            match statement {
                Statement::Flow { title, mark } => {
                    if let Some(done) = flow.take() {
                        self.keep_flow(done);
                    }
                    let origin = origin(mark.as_ref(), item.span);
                    flow = Some(Scenario { title: title.value.clone(), steps: Vec::new(), origin });
                    if title.value.trim().is_empty() {
                        self.say(Diagnostic::error("BP0109", title.span, "a flow needs a title"));
                    }
                }
                Statement::Connection { from, hops } if in_flow => {
                    let mut steps = Vec::new();
                    self.hops(from, hops, item.span, &mut |resolve, from, to, hop, origin| {
                        if let Some(connection) = resolve.step(from, to, hop, &origin) {
                            let text = hop.label.as_ref().map(|l| l.value.clone()).filter(|t| !t.is_empty());
                            steps.push(Step { connection, text, origin });
                        }
                    });
                    if let Some(flow) = &mut flow {
                        flow.steps.append(&mut steps);
                    }
                }
                _ => {}
            }
            blocks.extend(matches!(item.kind, ItemKind::Open(_)).then(|| block_of(statement)).flatten());
        });
        if let Some(done) = flow.take() {
            self.keep_flow(done);
        }
    }

    fn keep_flow(&mut self, flow: Scenario) {
        let span = flow.origin.span();
        if let Err(error) = self.a.add_scenario(flow) {
            self.say(Diagnostic::error("BP0109", span, error.to_string()));
        }
    }

    /// Visits every single arrow of a chain, in the direction it leads.
    fn hops(
        &mut self,
        from: &[Text],
        hops: &[Hop],
        span: Span,
        visit: &mut dyn FnMut(&mut Self, &Id, &Id, &Hop, Origin),
    ) {
        let mut count = 0;
        let mut before = self.ends(from);
        for hop in hops {
            self.repeated(&hop.repeated);
            let sign = hop.arrow.sign();
            if sign != hop.sign.value {
                let message = format!("`{}` is read as `{sign}`", shown(&hop.sign.value));
                self.say(Diagnostic::warning("BP0107", hop.sign.span, message).suggest(
                    format!("write `{sign}`"),
                    hop.sign.span,
                    sign,
                ));
            }
            let after = self.ends(&hop.to);
            count += before.len() * after.len();
            if count > MAX_FAN {
                let message =
                    format!("this statement makes more than {MAX_FAN} connections; the rest is left out");
                self.say(Diagnostic::error("BP0106", span, message));
                return;
            }
            for (from, from_group) in &before {
                for (to, to_group) in &after {
                    let origin = match from_group.as_ref().or(to_group.as_ref()) {
                        Some(why) => Origin::assumed(span, why.clone()),
                        None => origin(hop.mark.as_ref(), span),
                    };
                    if !hop.arrow.reversed {
                        visit(self, from, to, hop, origin.clone());
                    }
                    if hop.arrow.reversed || hop.arrow.both {
                        visit(self, to, from, hop, origin);
                    }
                }
            }
            before = after;
        }
    }

    fn ends(&mut self, texts: &[Text]) -> Vec<(Id, Option<String>)> {
        texts.iter().filter_map(|text| self.end(text)).collect()
    }

    fn connection(&mut self, hop: &Hop, origin: Origin) -> Connection {
        let text = |t: &Option<Text>| t.as_ref().map(|t| t.value.clone()).filter(|t| !t.trim().is_empty());
        let mut connection = Connection {
            label: text(&hop.label),
            mode: hop.arrow.mode,
            protocol: text(&hop.over),
            origin,
            ..Connection::default()
        };
        for attribute in hop.attributes.iter().flat_map(Attributes::entries) {
            let word = if attribute.key.quoted { String::new() } else { names::key(&attribute.key) };
            match (word.as_str(), &attribute.value) {
                ("payload", Some(AttributeValue::Text(t))) => connection.payload = Some(t.value.clone()),
                ("protocol", Some(AttributeValue::Text(t))) => connection.protocol = Some(t.value.clone()),
                ("label", Some(AttributeValue::Text(t))) => connection.label = Some(t.value.clone()),
                _ => self.property(&mut connection.properties, attribute),
            }
        }
        connection
    }

    fn wire(&mut self, from: &Id, to: &Id, connection: Connection) -> Option<ConnectionIndex> {
        if self.a.connection_count() >= MAX_CONNECTIONS {
            if !self.too_many {
                self.too_many = true;
                let message =
                    format!("the text makes more than {MAX_CONNECTIONS} connections; the rest is left out");
                self.say(Diagnostic::error("BP0106", connection.origin.span(), message));
            }
            return None;
        }
        let index = self.a.connect(from.as_str(), to.as_str(), connection).ok()?;
        if let Some(found) = self.a.connection(index) {
            self.between.entry((found.from.index(), found.to.index())).or_default().push(index);
        }
        Some(index)
    }

    /// The connection a step walks: the n-th where the step says so, else the first of its mode, else the first, else a
    /// new one.
    fn step(&mut self, from: &Id, to: &Id, hop: &Hop, origin: &Origin) -> Option<ConnectionIndex> {
        let ends = self.a.index_of(from.as_str()).zip(self.a.index_of(to.as_str()));
        let key = ends.map(|(from, to)| (from.index(), to.index()))?;
        let found = self.between.get(&key).cloned().unwrap_or_default();
        if let Some(which) = &hop.which {
            let nth = which.value.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let chosen = nth.and_then(|n| found.get(n)).copied();
            if chosen.is_none() {
                let message = format!("there are {} connections from `{from}` to `{to}`", found.len());
                self.say(Diagnostic::error("BP0208", which.span, message));
            }
            return chosen.or_else(|| found.first().copied());
        }
        let of_mode = |mode: Mode| {
            found.iter().copied().find(|&i| self.a.connection(i).is_some_and(|c| c.mode == mode))
        };
        if let Some(index) = of_mode(hop.arrow.mode).or_else(|| found.first().copied()) {
            return Some(index);
        }
        let mut connection = self.connection(hop, origin.clone());
        connection.label = None;
        self.wire(from, to, connection)
    }
}
