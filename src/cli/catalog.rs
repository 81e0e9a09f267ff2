//! `catalog`: the known technologies, searched by words.

use std::fmt::Write as _;

use serde_json::json;

use super::args::CatalogArgs;
use super::failure::Failure;
use super::report::Terminal;
use super::{Verdict, output};
use crate::catalog::{TechnologyEntry, catalog};

pub(super) fn run(args: &CatalogArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let words: Vec<String> = args.words.iter().map(|w| w.to_lowercase()).collect();
    let found: Vec<&TechnologyEntry> = catalog()
        .technologies()
        .iter()
        .filter(|entry| words.iter().all(|word| matches(entry, word)))
        .collect();
    if terminal.json {
        let list: Vec<_> = found.iter().map(|e| entry_json(e)).collect();
        output::to_stdout(format!("{:#}\n", json!({ "technologies": list })).as_bytes())?;
    } else {
        output::to_stdout(table(&found).as_bytes())?;
        if found.is_empty() {
            let nearest = catalog().nearest(&args.words.join(" "));
            let hint = nearest.map(|e| format!(" Did you mean {} (`{}`)?", e.name, e.id)).unwrap_or_default();
            terminal.say(&format!("No technology matches `{}`.{hint}", args.words.join(" ")));
        }
    }
    Ok(Verdict::of(found.is_empty()))
}

fn matches(entry: &TechnologyEntry, word: &str) -> bool {
    let texts =
        [&entry.id, &entry.name, &entry.vendor].into_iter().chain(entry.aliases).chain(entry.cased_aliases);
    entry.kind.word() == word || texts.into_iter().any(|text| text.to_lowercase().contains(word))
}

fn entry_json(entry: &TechnologyEntry) -> serde_json::Value {
    let aliases: Vec<_> = entry.aliases.iter().chain(entry.cased_aliases).collect();
    json!({"id": entry.id, "name": entry.name, "vendor": entry.vendor, "kind": entry.kind, "managed": entry.managed,
        "aliases": aliases, "about": entry.about})
}

fn table(entries: &[&TechnologyEntry]) -> String {
    let width =
        |f: fn(&TechnologyEntry) -> &str| entries.iter().map(|e| f(e).chars().count()).max().unwrap_or(0);
    let (id, name, kind) = (width(|e| e.id), width(|e| e.name), width(|e| e.kind.word()));
    let mut text = String::new();
    for e in entries {
        let kind_word = e.kind.word();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:id$}  {:name$}  {kind_word:kind$}  {}", e.id, e.name, e.about);
    }
    text
}
