//! The page of rules, `docs/rules.md`, written from the data.

use std::fmt::Write as _;

use super::{Profile, Weight, rules};

/// The page as Markdown, one heading (and so one anchor) a rule.
#[must_use]
pub fn rules_page() -> String {
    let all = rules();
    let mut page = String::from("# Review rules\n\n");
    let _ = writeln!(
        page,
        "Written from `assets/rules` by a test (`UPDATE=1 cargo test` rewrites it); {} rules. A rule fires only on what is known: \
         what it would need to know and the text does not say becomes an open question. `ignore RULE on NAME: \"why\"` \
         silences one; the reason is listed in the document.\n",
        all.len()
    );
    page.push_str(
        "What a rule rests on: *stated* (two stated facts collide), *topology* (the shape of the graph), *absence* (something is \
         not drawn). Absence is asked for in the `sketch` profile, remarked on in `mvp`, and counts fully in `production` and \
         `regulated`. A source marked ° was named from general knowledge and not reopened on that day.\n\n",
    );
    page.push_str("| Rule | Title | Severity | Basis |\n|---|---|---|---|\n");
    for r in all {
        let _ = writeln!(
            page,
            "| [{0}](#{1}) | {2} | {3} | {4} |",
            r.id,
            r.id.to_lowercase(),
            r.title,
            r.severity.word(),
            r.basis.word()
        );
    }
    for r in all {
        let _ =
            write!(page, "\n## {}\n\n**{}** · {} · {}\n\n", r.id, r.title, r.severity.word(), r.basis.word());
        let _ = writeln!(page, "When: {}\n\nWhy: {}", r.when, r.why);
        if !r.fixes.is_empty() {
            page.push_str("\nFixes:\n\n");
            for (n, fix) in r.fixes.iter().enumerate() {
                let _ = writeln!(page, "{}. {fix}", n + 1);
            }
        }
        if let Some(question) = &r.question {
            let _ = writeln!(page, "\nAsks: {question}");
        }
        let words = [Profile::Sketch, Profile::Mvp, Profile::Production, Profile::Regulated]
            .map(|p| word(r.weight(p)));
        let [sketch, mvp, production, regulated] = words;
        let _ = writeln!(
            page,
            "\nIn `sketch`: {sketch}; `mvp`: {mvp}; `production`: {production}; `regulated`: {regulated}."
        );
        let mark = if r.source.unopened { "°" } else { "" };
        let _ = writeln!(page, "\nSource: [{}]({}) ({}{mark})", r.source.title, r.source.url, r.source.as_of);
    }
    page
}

fn word(weight: Weight) -> &'static str {
    match weight {
        Weight::Silent => "silent",
        Weight::Question => "asks",
        Weight::Info => "at most a remark",
        Weight::Warn => "at most a warning",
        Weight::Error => "counts fully",
    }
}
