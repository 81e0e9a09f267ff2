//! House rules that a machine can check.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::floors::sources;

/// A file past this many lines, unit tests apart, is asking to be two.
const MAX_LINES: usize = 450;

fn each_source(mut check: impl FnMut(&str, &str) -> Option<String>) {
    let wrong: Vec<String> = sources(Path::new("src"))
        .iter()
        .filter_map(|path| {
            let text = fs::read_to_string(path).expect("a source file");
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            check(&path.to_string_lossy().replace('\\', "/"), code)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_about_one_thing() {
    each_source(|path, code| {
        let lines = code.lines().count();
        (lines > MAX_LINES).then(|| format!("{path} has {lines} lines"))
    });
}

#[test]
fn modules_say_what_they_are() {
    each_source(|path, code| (!code.starts_with("//!")).then(|| format!("{path} does not open with `//!`")));
}

#[test]
fn only_one_file_writes_markup() {
    let markup = ["<svg", "<rect", "<path", "<text", "<g ", "</"];
    each_source(|path, code| {
        if path.starts_with("src/drawing/svg") || path.starts_with("src/drawing/html") {
            return None;
        }
        let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
        let found = lines
            .into_iter()
            .find(|l| markup.iter().any(|m| l.contains(&format!("\"{m}")) || l.contains(&format!("{m}{{"))));
        found.map(|l| format!("{path} writes markup: {}", l.trim()))
    });
}

#[test]
fn every_diagnostic_code_is_documented() {
    let docs = fs::read_to_string("docs/errors.md").expect("docs/errors.md");
    let mut used = BTreeSet::new();
    each_source(|_, code| {
        for (at, _) in code.match_indices("\"BP") {
            let word: String = code[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
            if word.len() == 6 {
                used.insert(word);
            }
        }
        None
    });
    let missing: Vec<_> = used.iter().filter(|code| !docs.contains(&format!("## {code}"))).collect();
    assert!(missing.is_empty(), "not in docs/errors.md: {missing:?}");
}

#[test]
fn every_asset_parses() {
    fn walk(dir: &Path, count: &mut usize) {
        for entry in fs::read_dir(dir).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, count);
            } else if path.extension().is_some_and(|e| e == "yaml") {
                let text = fs::read_to_string(&path).expect("a data file");
                let read: Result<serde_yaml::Value, _> = serde_yaml::from_str(&text);
                assert!(read.is_ok(), "{}: {:?}", path.display(), read.err());
                *count += 1;
            }
        }
    }
    let mut count = 0;
    walk(Path::new("assets"), &mut count);
    assert!(count > 5);
}
