//! `designs`: the reference designs, searched by words.

use std::fmt::Write as _;

use serde_json::json;

use super::args::DesignsArgs;
use super::failure::Failure;
use super::report::Terminal;
use super::{Verdict, output};
use crate::catalog::{Design, designs};

pub(super) fn run(args: &DesignsArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let words: Vec<String> = args.words.iter().map(|w| w.to_lowercase()).collect();
    let found: Vec<&Design> =
        designs().iter().filter(|d| words.iter().all(|word| matches(d, word))).collect();
    if terminal.json {
        let list: Vec<_> = found.iter().map(|d| entry(d)).collect();
        output::to_stdout(format!("{:#}\n", json!({ "designs": list })).as_bytes())?;
    } else {
        output::to_stdout(table(&found).as_bytes())?;
        if found.is_empty() {
            terminal.say(&format!("No reference design matches `{}`.", args.words.join(" ")));
        }
    }
    Ok(Verdict::of(found.is_empty()))
}

fn matches(design: &Design, word: &str) -> bool {
    let texts = [design.id(), design.title(), design.summary()];
    texts.into_iter().chain(design.keywords()).any(|text| text.to_lowercase().contains(word))
}

fn entry(design: &Design) -> serde_json::Value {
    let decide: Vec<_> = design
        .decisions()
        .map(|(question, default)| json!({"question": question, "default": default}))
        .collect();
    let optional: Vec<_> = design.optional().collect();
    json!({"id": design.id(), "title": design.title(), "summary": design.summary(), "components": design.size(),
        "optional": optional, "decide": decide})
}

fn table(designs: &[&Design]) -> String {
    let id = designs.iter().map(|d| d.id().len()).max().unwrap_or(0);
    let mut text = String::new();
    for d in designs {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:id$}  {:>2} components  {}: {}", d.id(), d.size(), d.title(), d.summary());
    }
    text
}
