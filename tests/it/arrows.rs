//! Descriptions in many constructions, each with exactly the arrows it states, and what stands on them.

use std::fs;

use blueprose::model::Architecture;
use blueprose::reader::english;
use blueprose::text::Source;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    arrows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    text: String,
    labels: Vec<String>,
}

/// All arrows as the words of both ends, label and technology in lower case, and what stands on them.
fn drawn(architecture: &Architecture) -> Vec<(String, String, String)> {
    let words = |at| {
        let component = architecture.at(at);
        let technology = component.technology.as_ref();
        let id = technology.and_then(|t| t.id.as_deref()).unwrap_or_default();
        format!("{} {id} {}", component.label, technology.map_or("", |t| t.name.as_str())).to_lowercase()
    };
    architecture
        .connections()
        .map(|c| (words(c.from), words(c.to), c.label.clone().unwrap_or_default()))
        .collect()
}

#[test]
fn stated_arrows_are_drawn_and_no_others() {
    let text = fs::read_to_string("tests/suite/english/arrows.yaml").unwrap();
    let cases: Vec<Case> = serde_yaml::from_str(&text).unwrap();
    assert!(cases.len() > 100, "the suite holds {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let mut left = drawn(&english::read(&Source::new("case", case.text.as_str())).value);
        for arrow in &case.arrows {
            let (from, to) = arrow.split_once(" > ").expect("an arrow");
            match left.iter().position(|(a, b, _)| a.contains(from) && b.contains(to)) {
                Some(at) => drop(left.remove(at)),
                None => wrong.push(format!("no {arrow} in {:?}", case.text)),
            }
        }
        wrong.extend(left.iter().map(|(a, b, _)| format!("drawn too much: {a} > {b} in {:?}", case.text)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_travels_stands_on_the_arrow() {
    let text = fs::read_to_string("tests/suite/english/labels.yaml").unwrap();
    let cases: Vec<Labelled> = serde_yaml::from_str(&text).unwrap();
    for case in &cases {
        let arrows = drawn(&english::read(&Source::new("case", case.text.as_str())).value);
        for wanted in &case.labels {
            let (ends, label) = wanted.split_once(": ").expect("a label");
            let (from, to) = ends.split_once(" > ").expect("an arrow");
            let found = arrows.iter().find(|(a, b, _)| a.contains(from) && b.contains(to));
            assert_eq!(found.map(|(_, _, l)| l.as_str()), Some(label), "{wanted} in {:?}", case.text);
        }
    }
}
