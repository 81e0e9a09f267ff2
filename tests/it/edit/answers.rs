//! What an edit answers to "what if … fails" is what the document's table of failures says.

use std::collections::BTreeSet;
use std::path::Path;

use blueprose::edit;
use blueprose::model::{Architecture, Kind};
use blueprose::review::{Failure, failures};

/// The names in quotation marks in the lines that say one of these.
fn named(lines: &[String], says: &[&str]) -> BTreeSet<String> {
    let fitting = lines.iter().filter_map(|l| {
        let at = says.iter().filter_map(|s| l.find(s)).min()?;
        Some(&l[..at])
    });
    fitting
        .flat_map(|l| l.split('“').skip(1).filter_map(|part| part.split('”').next()))
        .map(str::to_owned)
        .collect()
}

fn agree(a: &Architecture, failure: Option<&Failure>, id: &str, lines: &[String]) {
    let label = |id: &String| a.component(id).expect("a component").label.clone();
    let all = |ids: &[String]| ids.iter().map(label).collect::<BTreeSet<_>>();
    let waiting =
        named(lines, &[" gets no answer from", " get no answer from", " waits for it", " wait for it"]);
    let hearing = named(lines, &[" hears of it", " hear of it"]);
    let delayed = named(lines, &[" gets its work later", " get their work later"]);
    let holding = named(lines, &[" holds what comes", " hold what comes"]);
    let Some(failure) = failure else {
        assert!(waiting.is_empty(), "{id}: the table says nothing, the answer {lines:?}");
        return;
    };
    let people = all(&failure.people.first);
    let fails = all(&failure.fails.first);
    assert_eq!(waiting.difference(&people).cloned().collect::<BTreeSet<_>>(), fails, "{id}: {lines:?}");
    assert_eq!(
        waiting.union(&hearing).filter(|n| people.contains(*n)).count(),
        people.len(),
        "{id}: {lines:?}"
    );
    assert!(hearing.is_subset(&people), "{id}: {lines:?}");
    assert_eq!(delayed, all(&failure.delayed.first), "{id}: {lines:?}");
    let buffered: Vec<String> = failure.buffered.iter().map(|(id, _)| id.clone()).collect();
    assert_eq!(holding, all(&buffered), "{id}: {lines:?}");
}

#[test]
fn what_a_failure_means_is_what_the_document_says() {
    for stem in ["shop", "clinic", "fleet"] {
        let system = super::system(Path::new(&format!("tests/suite/edit/{stem}.yaml")));
        let (table, _) = failures(&system);
        // The table is of the system's parts: people and their programs are outside.
        let person = |k: Kind| matches!(k, Kind::User | Kind::Client | Kind::Device);
        for c in system.components().filter(|c| !person(c.kind)) {
            let question = format!("what if \"{}\" fails", c.id);
            let plan = edit::understand(&system, &[&question]).expect("an answer");
            let lines: Vec<String> = plan.remarks.iter().flatten().map(|r| r.message.clone()).collect();
            let failure = table.iter().find(|f| f.id == c.id.as_str());
            agree(&system, failure, c.id.as_str(), &lines);
        }
    }
}
