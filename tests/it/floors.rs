//! The floors of ARCHITECTURE.md: every import points to a room that the table allows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Room → the rooms it may import, in the table's own words.
fn table() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").expect("ARCHITECTURE.md");
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let room = cells.get(2)?.strip_prefix('`')?.strip_suffix('`')?;
        cells.get(1)?.parse::<i32>().ok()?;
        let allowed = cells.get(3)?.split(',').map(|r| r.trim().to_owned()).collect();
        Some((room.to_owned(), allowed))
    });
    rows.collect()
}

pub fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> =
        fs::read_dir(dir).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// The room a source file belongs to: its first folder below `src`, or its own name.
fn room(path: &Path) -> String {
    let first = path.strip_prefix("src").expect("below src").components().next().expect("a name");
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_point_downwards() {
    let table = table();
    assert!(table.len() >= 10, "the table of ARCHITECTURE.md was not found");
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let room = room(&path);
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(allowed) = table.get(&room) else {
            wrong.push(format!("{}: the room `{room}` is not in the table", path.display()));
            continue;
        };
        if allowed.iter().any(|a| a == "all below") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for part in line.split("crate::").skip(1) {
                let other: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !other.is_empty()
                    && other != room
                    && table.contains_key(&other)
                    && !allowed.contains(&other)
                {
                    wrong.push(format!(
                        "{}:{}: `{room}` may not import `{other}`",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
