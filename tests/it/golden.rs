//! Cases with one golden for each stage, so that a difference names its floor: model, layout, svg, document.
//!
//! Every file in `tests/suite/golden` and every description in `examples` is a case. `UPDATE=1 cargo test` accepts what
//! comes out now; without it a difference writes `target/look.html`, where old and new stand side by side.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use blueprose::document::Picture;
use blueprose::drawing::FontChoice;
use blueprose::text::Source;
use blueprose::{Options, compile, writer};

fn cases() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ["examples", "tests/suite/golden"]
        .iter()
        .filter_map(|dir| fs::read_dir(dir).ok())
        .flatten()
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| ["txt", "bp", "yaml", "json"].iter().any(|x| e == *x)))
        .collect();
    found.sort();
    found
}

fn stages(path: &Path) -> Vec<(&'static str, &'static str, String)> {
    let text = fs::read_to_string(path).expect("a case");
    // The name without its folder: the same golden wherever the case lies.
    let source = Source::new(path.file_name().expect("a name").to_string_lossy(), text);
    let mut options = Options::default();
    // Goldens without the embedded font: the test of the README's picture has it.
    options.drawing.font = FontChoice::System;
    options.document.picture = Some(Picture::Link("picture.svg".into()));
    let outcome = compile(&source, &options);
    let mut model = writer::json(&outcome.value.architecture);
    for d in &outcome.diagnostics {
        let _ = writeln!(model, "// {} {} {:?}: {}", d.code, d.severity.word(), d.span, d.message);
    }
    let c = outcome.value;
    vec![
        ("model", "json", model),
        ("layout", "json", writer::geometry(&c.architecture, &c.arrangement)),
        ("svg", "svg", c.svg),
        ("document", "md", c.document),
    ]
}

#[test]
fn stages_match_their_goldens() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut differences = Vec::new();
    for case in cases() {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        for (stage, ending, now) in stages(&case) {
            let golden = PathBuf::from(format!("tests/golden/{stage}/{name}.{ending}"));
            // Goldens show the brand marks that the default build has.
            if stage == "svg" && !cfg!(feature = "brands") {
                continue;
            }
            let before = fs::read_to_string(&golden).unwrap_or_default();
            if before == now {
                continue;
            }
            if update {
                fs::create_dir_all(golden.parent().expect("a folder")).expect("made");
                fs::write(&golden, &now).expect("written");
            } else {
                differences.push((stage, name.clone(), before, now));
            }
        }
    }
    if !differences.is_empty() {
        fs::create_dir_all("target").expect("made");
        fs::write("target/look.html", look(&differences)).expect("written");
        let names: Vec<_> = differences.iter().map(|(stage, name, ..)| format!("{stage}/{name}")).collect();
        panic!(
            "these differ from their goldens (see target/look.html; UPDATE=1 accepts them):\n{}",
            names.join("\n")
        );
    }
}

/// A page with the old and the new of every difference side by side.
fn look(differences: &[(&str, String, String, String)]) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>Old and new</title><style>body{font:14px sans-serif}\
         td{vertical-align:top;width:50%}iframe{width:100%;height:640px;border:1px solid #ccc}\
         pre{white-space:pre-wrap;max-height:640px;overflow:auto}.d{background:#fde68a}</style>",
    );
    for (stage, name, before, now) in differences {
        let _ = write!(page, "<h2>{stage}: {}</h2><table width=100%><tr><th>old<th>new<tr>", escape(name));
        for (text, other) in [(before, now), (now, before)] {
            if *stage == "svg" {
                let _ = write!(page, "<td><iframe sandbox srcdoc=\"{}\"></iframe>", escape(text));
            } else {
                let others: std::collections::BTreeSet<_> = other.lines().collect();
                page.push_str("<td><pre>");
                for line in text.lines() {
                    let class = if others.contains(line) { "" } else { " class=d" };
                    let _ = writeln!(page, "<span{class}>{}</span>", escape(line));
                }
                page.push_str("</pre>");
            }
        }
        page.push_str("</table>");
    }
    page
}

#[test]
fn same_input_same_bytes_in_any_thread() {
    for case in cases() {
        let one = stages(&case);
        let many: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| stages(&case))).collect();
            threads.into_iter().map(|t| t.join().expect("no panic")).collect()
        });
        assert!(many.iter().all(|other| *other == one), "{}", case.display());
    }
}
