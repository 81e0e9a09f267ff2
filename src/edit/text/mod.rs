//! A changed architecture put back into its `.bp` text.
//!
//! Takes a text, what it reads as and what it is to read as, and gives the text with just the statements changed that must
//! be: comments, order and layout of everything else stay byte for byte. The caller reads the result again and refuses
//! it where it does not say what it should.

mod arrows;
mod attributes;
mod declarations;
mod flows;
mod render;
mod scan;

use crate::model::{Architecture, Id};
use crate::text::Span;

use scan::{Statement, StatementKind};

/// Collects replacements of one text.
struct Patch<'a> {
    text: &'a str,
    statements: Vec<Statement>,
    /// In the order they were made; those at one place keep it.
    replacements: Vec<(Span, String)>,
}

impl Patch<'_> {
    fn replace(&mut self, span: Span, with: impl Into<String>) {
        self.replacements.push((span, with.into()));
    }

    fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(Span::at(at), text);
    }

    /// A new line behind a statement's last line.
    fn insert_line(&mut self, at: usize, indent: &str, line: &str) {
        let broken = at == 0 || self.text[..at].ends_with('\n');
        let text = if broken { format!("{indent}{line}\n") } else { format!("\n{indent}{line}") };
        self.insert(at, text);
    }

    /// The white space in front of a statement.
    fn indent(&self, statement: &Statement) -> String {
        let start = self.text[..statement.body.start].rfind('\n').map_or(0, |n| n + 1);
        self.text[start..statement.body.start].chars().take_while(|c| c.is_whitespace()).collect()
    }

    fn group_open(&self, id: &Id) -> Option<usize> {
        self.statements.iter().position(|s| s.kind == StatementKind::GroupOpen && s.id().as_ref() == Some(id))
    }

    fn declaration(&self, id: &Id) -> Option<usize> {
        self.statements.iter().position(|s| s.kind == StatementKind::Component && s.id().as_ref() == Some(id))
    }

    /// Whether a statement stands in a flow.
    fn in_flow(&self, statement: &Statement) -> bool {
        statement.blocks.iter().any(|&b| self.statements[b].kind == StatementKind::FlowOpen)
    }

    fn finish(mut self) -> String {
        // Stable: of several insertions at one place the first stays first. Of several replacements the largest counts.
        let order = |span: &Span| (span.start, !span.is_empty(), std::cmp::Reverse(span.end));
        self.replacements.sort_by_key(|(span, _)| order(span));
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut at = 0;
        for (span, with) in &self.replacements {
            // What a larger replacement already covers is done.
            if span.start < at {
                continue;
            }
            out.push_str(&self.text[at..span.start]);
            out.push_str(with);
            at = span.end;
        }
        out.push_str(&self.text[at..]);
        out
    }
}

/// The text that says `new` where `text` said `old`.
pub(super) fn rewrite(text: &str, old: &Architecture, new: &Architecture) -> String {
    let mut patch = Patch { text, statements: scan::statements(text), replacements: Vec::new() };
    declarations::whole(&mut patch, old, new);
    declarations::groups(&mut patch, old, new);
    declarations::components(&mut patch, old, new);
    arrows::connections(&mut patch, old, new);
    flows::scenarios(&mut patch, old, new);
    declarations::facts(&mut patch, old, new);
    patch.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::edit::understand;
    use crate::model::{Builder, GroupKind, Kind, Technology};

    const TEXT: &str = "# The shop, as it stands.\ntitle \"Shop\"\n\nuser customer \"Customer\"   # pays\n\ncloud aws \"AWS\" {\n  \
        service  api \"API\"        # the door\n  database db  \"Orders\" using postgresql { backup: daily }\n  queue    jobs \"Jobs\"\n}\n\n\
        customer -> api: order\napi -> db: \"read\"  # often\napi ~> jobs\n";

    fn model() -> Architecture {
        Builder::new("Shop")
            .component("customer", "Customer", Kind::User)
            .group("aws", "AWS", GroupKind::Cloud)
            .component_in("aws", "api", "API", Kind::Service)
            .component_in("aws", "db", "Orders", Kind::Database)
            .component_in("aws", "jobs", "Jobs", Kind::Queue)
            .using("db", Technology { id: Some("postgresql".into()), name: "PostgreSQL".into() })
            .call("customer", "api", "order")
            .call("api", "db", "read")
            .event("api", "jobs", "")
            .build()
            .unwrap()
    }

    fn edited(sentence: &str) -> String {
        let old = model();
        let plan = understand(&old, &[sentence]).unwrap();
        rewrite(TEXT, &old, &plan.architecture)
    }

    #[test]
    fn only_what_must_change_changes() {
        assert_eq!(rewrite(TEXT, &model(), &model()), TEXT);
        assert_eq!(
            edited("add a Redis cache between the API and the orders database"),
            TEXT.replace(
                "  queue    jobs \"Jobs\"\n",
                "  queue    jobs \"Jobs\"\n  cache redis-cache \"Redis cache\" using redis\n"
            )
            .replace("api -> db: \"read\"  # often\n", "api -> redis-cache: \"read\"  # often\n")
            .replace("api ~> jobs\n", "api ~> jobs\nredis-cache -> db\n")
        );
        assert_eq!(
            edited("rename the API to \"Shop API\""),
            TEXT.replace("api \"API\"        # the door", "api \"Shop API\"        # the door")
        );
        assert_eq!(
            edited("replace Postgres with MySQL"),
            TEXT.replace("using postgresql {", "using mysql {")
        );
        assert_eq!(
            edited("set the timeout of the API to 10 s"),
            TEXT.replace("api \"API\"        #", "api \"API\" { timeout: 10 s }        #")
        );
        assert_eq!(
            edited("remove the jobs queue"),
            TEXT.replace("  queue    jobs \"Jobs\"\n", "").replace("api ~> jobs\n", "")
        );
        assert_eq!(
            edited("make the connection between the customer and the API asynchronous"),
            TEXT.replace("customer -> api: order", "customer ~> api: order")
        );
        assert_eq!(
            edited("move the jobs out of AWS"),
            TEXT.replace("  queue    jobs \"Jobs\"\n", "")
                .replace("# pays\n", "# pays\nqueue    jobs \"Jobs\"\n")
        );
    }
}
