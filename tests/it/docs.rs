//! The manuals' examples are real: each is read, formatted, and says what the page says of it.

use std::fs;

use blueprose::model::{GroupKind, Kind};
use blueprose::reader::language;
use blueprose::text::Source;

/// The fenced blocks of a language in a page.
fn fenced<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let open = format!("```{language}\n");
    page.split(open.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_language_manual_is_complete_and_its_examples_are_read() {
    let page = fs::read_to_string("docs/language.md").unwrap();
    let examples = fenced(&page, "blueprose");
    assert!(examples.len() >= 8);
    for example in examples {
        let diagnostics = language::read(&Source::new("manual.bp", example)).diagnostics;
        assert!(diagnostics.is_empty(), "{diagnostics:?}\n{example}");
        assert_eq!(language::format(example), example, "an example is not as `fmt` writes it");
    }
    let words = Kind::ALL.iter().map(|k| k.word()).chain(GroupKind::ALL.iter().map(|g| g.word()));
    for word in words {
        assert!(page.contains(&format!("`{word}`")), "`{word}` is not in the manual");
    }
}

#[test]
fn every_example_of_a_diagnostic_gives_it() {
    let page = fs::read_to_string("docs/errors.md").unwrap();
    let mut run = 0;
    for section in page.split("\n## ").skip(1) {
        let code = section.split_whitespace().next().unwrap();
        for example in fenced(section, "blueprose") {
            let diagnostics = language::read(&Source::new("errors.bp", example)).diagnostics;
            assert!(diagnostics.iter().any(|d| d.code == code), "{code}: {diagnostics:?}\n{example}");
            run += 1;
        }
    }
    assert!(run >= 15, "only {run} examples were run");
}
