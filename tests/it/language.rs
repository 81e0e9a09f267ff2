//! The language: reading, formatting, writing back, bad input.

use std::fmt::Write as _;

use blueprose::model::Architecture;
use blueprose::reader::{Syntax, language, read};
use blueprose::review::said_of;
use blueprose::text::Source;
use blueprose::writer;
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../suite/language/image-pipeline.bp");

fn codes(text: &str) -> Vec<&'static str> {
    language::read(&Source::new("t.bp", text)).diagnostics.iter().map(|d| d.code).collect()
}

/// The model without the places in the text.
fn essence(architecture: &Architecture) -> String {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                map.shift_remove("property_origins");
                if map.contains_key("type") {
                    map.shift_remove("start");
                    map.shift_remove("end");
                }
                map.values_mut().for_each(strip);
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value: serde_json::Value = serde_json::from_str(&writer::json(architecture)).unwrap();
    strip(&mut value);
    // What a figure is said of counts, whether it is named or follows from where it stands.
    for (n, fact) in architecture.workload().iter().enumerate() {
        let about = said_of(architecture, fact).map(|i| architecture.at(i).id.to_string());
        let map = value["workload"][n].as_object_mut().expect("a fact");
        map.shift_remove("about");
        map.insert("about".into(), about.into());
    }
    value.to_string()
}

#[test]
fn the_example_is_read_without_a_word() {
    let read = language::read(&Source::new("t.bp", EXAMPLE));
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let a = read.value;
    assert_eq!((a.component_count(), a.connection_count(), a.scenarios()[0].steps.len()), (8, 8, 4));
    assert_eq!(a.workload().len(), 3);
    assert_eq!(a.suppressions()[0].about[0].as_str(), "upload");
}

#[test]
fn formatting_is_stable_and_keeps_comments() {
    for text in [
        EXAMPLE,
        "# a\nservice a   \"A\"  # b\n\n\n\ndb  long-name x2 { a: 1, # c\n b: 2 }\nnonsense here\ncloud c {\nfn x // d\n}\n",
    ] {
        let once = language::format(text);
        assert_eq!(language::format(&once), once);
        assert_eq!(once.matches('#').count(), text.matches('#').count());
        assert_eq!(once.matches("//").count(), text.matches("//").count());
    }
    assert_eq!(language::format(EXAMPLE), EXAMPLE);
}

#[test]
fn what_is_written_is_read_back() {
    let mut texts = vec![("example.bp".to_owned(), EXAMPLE.to_owned())];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.extension().is_none_or(|e| e != "rs") {
            texts.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap_or_default()));
        }
    }
    for (name, text) in texts {
        let first = read(&Source::new(&*name, &*text), Syntax::of(&name, &text)).value;
        let written = writer::language(&first);
        let again = language::read(&Source::new("t.bp", &*written));
        assert!(again.diagnostics.is_empty(), "{name}: {:?}\n{written}", again.diagnostics);
        assert_eq!(essence(&again.value), essence(&first), "{name}\n{written}");
    }
}

/// A figure stays with the part in whose words it stood.
#[test]
fn figures_are_written_with_what_they_are_said_of() {
    let text = "Users call the API. The API stores orders in PostgreSQL and caches them in Redis for five minutes. \
                The billing service charges cards through Stripe in under 400 ms.";
    let first = read(&Source::new("t.txt", text), Syntax::English).value;
    let written = writer::language(&first);
    assert!(written.contains("expect on redis { retention: five minutes }"), "{written}");
    assert!(written.contains("expect on billing-service { latency: 400 ms }"), "{written}");
    let again = language::read(&Source::new("t.bp", &*written)).value;
    assert_eq!(writer::language(&again), written);
}

#[test]
fn mistakes_are_told_one_by_one() {
    assert_eq!(
        codes("servcie a\nservice b \"B\nservice b2 -> c\nservice d\nservice d\nd => x"),
        ["BP0101", "BP0103", "BP0102", "BP0202", "BP0107", "BP0201"]
    );
    assert_eq!(codes("cloud a {"), ["BP0104"]);
    assert_eq!(codes("service a\n}"), ["BP0105"]);
    assert_eq!(codes("service a { b: 1\nservice c"), ["BP0104"]);
}

#[test]
fn bad_input_ends_soon_with_a_message() {
    let mut deep = String::new();
    for n in 0..10_000 {
        let _ = writeln!(deep, "group g{n} {{");
    }
    for text in
        [deep.clone(), "a".repeat(1 << 20), "{".repeat(100_000), "a -> ".repeat(100_000), "\"".repeat(10_000)]
    {
        let start = std::time::Instant::now();
        let found = codes(&text);
        assert!(!found.is_empty());
        assert!(start.elapsed().as_secs() < 20, "{} bytes took {:?}", text.len(), start.elapsed());
    }
    assert!(codes(&deep).contains(&"BP0106"));
}

proptest! {
    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let _ = codes(&text);
        let once = language::format(&text);
        let _ = language::format(&once);
    }

    #[test]
    fn mutated_texts_are_read(at in 0..EXAMPLE.len(), length in 0usize..20, put in "[{}\"\\[\\]#:,>~ -]{0,4}") {
        let end = (at + length).min(EXAMPLE.len());
        if EXAMPLE.is_char_boundary(at) && EXAMPLE.is_char_boundary(end) {
            let text = format!("{}{put}{}", &EXAMPLE[..at], &EXAMPLE[end..]);
            let _ = codes(&text);
            let _ = language::format(&text);
        }
    }
}
