//! A difference in words: Markdown for a pull request, plain text for a terminal.

use std::fmt::Write as _;

use super::{Change, ConnectionChange, Difference, Field, Named, Thing, What};

/// How names are set off: as Markdown or as they are.
#[derive(Clone, Copy)]
struct Style {
    markdown: bool,
}

pub(super) fn markdown(difference: &Difference) -> String {
    let style = Style { markdown: true };
    let mut out = String::new();
    for (title, lines) in sections(difference, style) {
        if lines.is_empty() {
            continue;
        }
        let _ = write!(out, "{}### {title}\n\n", if out.is_empty() { "" } else { "\n" });
        for (what, line) in lines {
            let _ = writeln!(out, "- **{}** {line}", word(what));
        }
    }
    if out.is_empty() { "No difference.\n".to_owned() } else { out }
}

pub(super) fn text(difference: &Difference) -> String {
    let style = Style { markdown: false };
    let mut out = String::new();
    for (_, lines) in sections(difference, style) {
        for (what, line) in lines {
            let mark = match what {
                What::Added => '+',
                What::Removed => '-',
                What::Renamed | What::Changed | What::Redirected => '~',
            };
            let _ = writeln!(out, "{mark} {line}");
        }
    }
    out
}

fn word(what: What) -> &'static str {
    match what {
        What::Added => "Added",
        What::Removed => "Removed",
        What::Renamed => "Renamed",
        What::Changed => "Changed",
        What::Redirected => "Redirected",
    }
}

impl Change {
    /// What differs, in words: "was Worker; technology Amazon SQS → RabbitMQ". `None` for what is new or gone.
    #[must_use]
    pub fn says(&self) -> Option<String> {
        let (before, after) = self.before.as_ref().zip(self.after.as_ref())?;
        let style = Style { markdown: false };
        let named = (before.label != after.label).then(|| format!("was {}", style.label(before)));
        let fields = (!self.fields.is_empty()).then(|| style.fields(&self.fields));
        let said: Vec<String> = named.into_iter().chain(fields).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}

type Lines = Vec<(What, String)>;

fn sections(d: &Difference, style: Style) -> Vec<(&'static str, Lines)> {
    let changed = |fields: &[Field], about: &str| -> Lines {
        let line = |f: &Field| format!("{}{}: {}", about, style.plain(&f.field), style.values(f));
        let what = |f: &Field| match (&f.before, &f.after) {
            (None, _) => What::Added,
            (_, None) => What::Removed,
            _ => What::Changed,
        };
        fields.iter().map(|f| (what(f), line(f))).collect()
    };
    let things = |changes: &[Change], about: &str| -> Lines {
        changes.iter().map(|c| (c.what, format!("{about}{}", style.change(c)))).collect()
    };
    let named = |list: &[Named], about: &str| -> Lines {
        list.iter().map(|n| (n.what, style.named(n, about))).collect()
    };
    vec![
        ("The whole", changed(&d.whole, "")),
        ("Components", things(&d.components, "")),
        ("Groups", things(&d.groups, if style.markdown { "" } else { "group " })),
        ("Connections", d.connections.iter().map(|c| (c.what, style.connection(c))).collect()),
        ("Flows", named(&d.scenarios, if style.markdown { "" } else { "flow " })),
        ("Workload", changed(&d.workload, if style.markdown { "" } else { "workload " })),
        ("Remarks", named(&d.remarks, "")),
    ]
}

impl Style {
    /// Text without what Markdown would take for markup, on one line.
    fn plain(self, text: &str) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !self.markdown {
            return line;
        }
        let mut out = String::with_capacity(line.len());
        for c in line.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '#' | '~') {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }

    fn thing(self, t: &Thing) -> String {
        let id = if self.markdown { format!("`{}`", t.id) } else { t.id.clone() };
        format!("{} ({id})", self.plain(&t.label))
    }

    fn label(self, t: &Thing) -> String {
        self.plain(&t.label)
    }

    fn values(self, f: &Field) -> String {
        match (&f.before, &f.after) {
            (Some(b), Some(a)) => format!("{} → {}", self.plain(b), self.plain(a)),
            (None, Some(a)) => self.plain(a),
            (Some(b), None) => format!("no longer {}", self.plain(b)),
            (None, None) => String::new(),
        }
    }

    fn fields(self, fields: &[Field]) -> String {
        let all = fields.iter().map(|f| format!("{} {}", self.plain(&f.field), self.values(f)));
        all.collect::<Vec<_>>().join("; ")
    }

    fn change(self, c: &Change) -> String {
        let mut line = match (&c.before, &c.after) {
            (Some(b), Some(a)) if b.label != a.label => format!("{} → {}", self.label(b), self.thing(a)),
            (Some(b), Some(a)) if b.id != a.id => {
                format!("{} → {}", self.thing(b), self.thing(a))
            }
            (_, Some(t)) | (Some(t), None) => self.thing(t),
            (None, None) => String::new(),
        };
        if !c.about.is_empty() {
            let _ = write!(line, ", {}", self.plain(&c.about));
        }
        if !c.fields.is_empty() {
            let _ = write!(line, ": {}", self.fields(&c.fields));
        }
        line
    }

    fn connection(self, c: &ConnectionChange) -> String {
        let pair = |(from, to): &(Thing, Thing)| {
            format!("{} {} {}", self.label(from), if c.asynchronous { "⇢" } else { "→" }, self.label(to))
        };
        let mut line = match (&c.before, &c.after) {
            (Some(b), Some(a)) if c.what == What::Redirected => format!("{}, now {}", pair(b), pair(a)),
            (_, Some(ends)) | (Some(ends), None) => pair(ends),
            (None, None) => String::new(),
        };
        if let Some(label) = c.label.as_ref().filter(|_| c.what != What::Changed) {
            let _ = write!(line, " “{}”", self.plain(label));
        }
        if !c.fields.is_empty() {
            let _ = write!(line, ": {}", self.fields(&c.fields));
        }
        line
    }

    fn named(self, n: &Named, about: &str) -> String {
        let mut line = format!("{about}{}", self.plain(&n.name));
        if !n.fields.is_empty() {
            let _ = write!(line, ": {}", self.fields(&n.fields));
        }
        line
    }
}
