//! Editing by a sentence: the table of sentences with their differences or refusals, and random edits.

mod answers;
mod random;
mod stable;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use blueprose::compare::compare;
use blueprose::edit;
use blueprose::model::Architecture;
use blueprose::reader::{self, Syntax};
use blueprose::text::Source;
use proptest::prelude::*;

fn system(path: &Path) -> Architecture {
    let text = fs::read_to_string(path).expect("a system");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let outcome = reader::read(&Source::new(name.clone(), text.clone()), Syntax::of(&name, &text));
    assert!(!outcome.has_errors(), "{}: {:?}", path.display(), outcome.diagnostics);
    outcome.value
}

struct Case {
    line: usize,
    sentences: Vec<String>,
    expected: Vec<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fresh = true;
    for (n, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            fresh = true;
        } else if let Some(sentence) = line.strip_prefix("> ") {
            if fresh {
                cases.push(Case { line: n + 1, sentences: Vec::new(), expected: Vec::new() });
            }
            fresh = false;
            cases.last_mut().expect("a case").sentences.push(sentence.to_owned());
        } else {
            cases.last_mut().expect("a sentence first").expected.push(line.to_owned());
        }
    }
    cases
}

/// What the sentences come to: the difference line by line, or the refusal with its hints.
/// A remark follows behind `? `.
fn outcome(system: &Architecture, sentences: &[String]) -> Result<Vec<String>, String> {
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    match edit::understand(system, &sentences) {
        Ok(plan) => {
            let mut again = system.clone();
            again.apply_all(&plan.operations).expect("the operations of a plan apply");
            assert_eq!(again, plan.architecture, "{sentences:?}");
            let difference = compare(system, &plan.architecture).text();
            let remarks = plan.remarks.iter().flatten().map(|r| format!("? {} {}", r.code, r.message));
            Ok(difference.lines().map(str::to_owned).chain(remarks).collect())
        }
        Err(refused) => {
            let d = refused.diagnostic;
            let hints: String = d.hints.iter().fold(String::new(), |mut out, h| {
                let _ = write!(out, " / {}", h.message);
                out
            });
            Err(format!("{} {}{hints}", d.code, d.message))
        }
    }
}

#[test]
fn sentences_come_to_what_the_table_says() {
    let mut wrong = String::new();
    let mut count = 0;
    let mut paths: Vec<_> = fs::read_dir("tests/suite/edit")
        .expect("the folder")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "cases"))
        .collect();
    paths.sort();
    for path in paths {
        let system = system(&path.with_extension("yaml"));
        for case in cases(&fs::read_to_string(&path).expect("cases")) {
            count += case.sentences.len();
            let actual = outcome(&system, &case.sentences);
            let place = format!("{}:{} {:?}", path.display(), case.line, case.sentences);
            let fits = match (&actual, case.expected.first().and_then(|e| e.strip_prefix("! "))) {
                (Err(said), Some(words)) => words.split(' ').all(|w| said.contains(w)),
                (Ok(lines), None) => {
                    let said = |l: &&String| l.starts_with("? ");
                    let remarks: Vec<&String> = lines.iter().filter(said).collect();
                    let told = |e: &&String| remarks.iter().any(|r| r.contains(e[2..].trim()));
                    let changes: Vec<&String> = lines.iter().filter(|l| !said(l)).collect();
                    let wanted = case.expected.iter().filter(|e| !said(e) && *e != "= nothing changes");
                    changes == wanted.collect::<Vec<_>>()
                        && case.expected.iter().filter(said).all(|e| told(&e))
                }
                _ => false,
            };
            if !fits {
                let shown = match actual {
                    Ok(lines) => lines.join("\n    "),
                    Err(said) => format!("! {said}"),
                };
                let _ = writeln!(
                    wrong,
                    "{place}\n    {shown}\n  instead of\n    {}",
                    case.expected.join("\n    ")
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 120, "{count} sentences are too few");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_sentence_is_answered(text in "\\PC{0,160}") {
        let system = system(Path::new("tests/suite/edit/shop.yaml"));
        let _ = edit::understand(&system, &[&text]);
    }
}

/// The system as text in the language, with a comment behind every line.
fn commented(system: &Architecture) -> String {
    let text = blueprose::writer::language(system);
    let lines = text.lines().enumerate();
    lines.map(|(n, l)| if l.trim().is_empty() { "\n".into() } else { format!("{l}  # line {n}\n") }).collect()
}

#[test]
fn every_edit_of_the_table_can_be_put_into_a_text() {
    let mut wrong = String::new();
    for stem in ["shop", "clinic", "fleet"] {
        let system = system(Path::new(&format!("tests/suite/edit/{stem}.yaml")));
        let source = Source::new(format!("{stem}.bp"), commented(&system));
        for case in cases(&fs::read_to_string(format!("tests/suite/edit/{stem}.cases")).expect("cases")) {
            let sentences: Vec<&str> = case.sentences.iter().map(String::as_str).collect();
            match edit::edit(&source, &sentences) {
                Ok(edited) => {
                    // A line that the edit has no business with is kept with its comment.
                    let kept = source.text().lines().filter(|l| edited.text.contains(*l)).count();
                    assert!(kept * 2 > source.text().lines().count(), "{sentences:?}\n{}", edited.text);
                }
                Err(refused) if refused.sentence.is_some() => {}
                Err(refused) => {
                    let _ = writeln!(wrong, "{stem} {sentences:?}: {}", refused.diagnostic.message);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn an_edit_and_its_inverse_give_the_first_text_again() {
    let system = system(Path::new("tests/suite/edit/shop.yaml"));
    let first = commented(&system);
    for (edit, inverse) in [
        ("rename the worker to Packer", "rename the packer to Worker"),
        ("add a firewall between the payment service and Stripe", "remove the firewall"),
        ("set the timeout of the worker to 60 s", "set the timeout of the worker to 30 s"),
        ("replace MongoDB with MySQL", "replace MySQL with MongoDB"),
        (
            "make the call from the worker to the e-mail asynchronous",
            "make the call from the worker to the e-mail synchronous",
        ),
        ("add a search index to the catalog service", "remove the search index"),
        ("add a CDN in front of the API gateway", "remove the CDN"),
        ("add a job log behind the worker", "remove the job log"),
        ("connect the worker to the orders database", "disconnect the worker from the orders database"),
        (
            "connect the worker to the catalog database",
            "the worker should no longer call the catalog database",
        ),
        (
            "reverse the arrow between the payment service and Stripe",
            "reverse the arrow between the payment service and Stripe",
        ),
        (
            "make the call from the order service to the job queue synchronous",
            "make the call from the order service to the job queue asynchronous",
        ),
        ("make the orders database encrypted", "remove the encrypted of the orders database"),
        ("set the memory of the worker to 2 GB", "remove the memory of the worker"),
        ("keep the orders database for 90 days", "remove the retention of the orders database"),
        (
            "label the arrow from the worker to the e-mail \"bills\"",
            "label the arrow from the worker to the e-mail \"send invoice\"",
        ),
        (
            "the catalog service should call the orders database instead of the catalog database",
            "the catalog service should call the catalog database instead of the orders database",
        ),
        ("move the catalog database out of the VPC", "move the catalog database into the VPC"),
        ("group the orders database and the catalog database as Data", "ungroup Data"),
        ("add a read replica to the orders database", "remove the orders database replica"),
        ("add a dead letter queue to the job queue", "remove the job queue dead letters"),
        ("copy the worker as Second worker", "remove the second worker"),
        ("add authentication to the API gateway", "remove the identity provider"),
        ("call the whole system Bazaar", "call the whole system Shop"),
        ("describe the worker as \"Packs\"", "remove the description of the worker"),
        ("the catalog database stores personal data", "remove the data of the catalog database"),
        ("add a monitoring system", "remove the monitoring system"),
        ("copy the VPC to Frankfurt", "remove Frankfurt and everything in it"),
    ] {
        let source = Source::new("shop.bp", first.as_str());
        let there =
            edit::edit(&source, &[edit]).unwrap_or_else(|r| panic!("{edit}: {:?}", r.diagnostic)).text;
        assert_ne!(there, first, "{edit}");
        let back = edit::edit(&Source::new("shop.bp", there), &[inverse])
            .unwrap_or_else(|r| panic!("{inverse}: {:?}", r.diagnostic))
            .text;
        assert_eq!(back, first, "{edit} / {inverse}");
    }
}

#[test]
fn additions_are_said_at_the_end_of_an_english_text() {
    let text = "A web shop. Customers use a frontend that calls an API gateway. The API gateway calls the order \
                service and the product service. The order service stores orders in PostgreSQL.\n";
    let source = Source::new("shop.txt", text);
    for (sentence, said) in [
        ("add a Redis cache to the order service", "The order service reads from the Redis cache."),
        (
            "add an archive bucket to the order service",
            "The order service stores and fetches files in the archive bucket.",
        ),
        ("add a job queue to the order service", "The order service publishes to the job queue."),
        (
            "add a MySQL database to the product service",
            "The product service reads from and writes to the MySQL database.",
        ),
        ("add Elasticsearch for the product service", "The product service searches Elasticsearch."),
        ("connect the product service to the order service", "The product service calls the order service."),
        (
            "add a cache and a queue to the order service",
            "The order service reads from the cache. The order service publishes to the queue.",
        ),
        ("scale the order service to 3", "The order service runs on 3 instances."),
        (
            "add a reporting dashboard to the product service",
            "The product service calls the reporting dashboard.",
        ),
        ("send all orders to Snowflake", "The order service loads data into Snowflake."),
        (
            "scale the order service to 3 and add a cache to the product service",
            "The order service runs on 3 instances. The product service reads from the cache.",
        ),
    ] {
        let edited = edit::append(&source, &[sentence]).unwrap_or_else(|r| panic!("{sentence}: {r:?}"));
        assert_eq!(edited.text, format!("{text}\n{said}\n"), "{sentence}");
    }
    for sentence in ["remove the product service", "add a cache between the order service and PostgreSQL"] {
        let refused = edit::append(&source, &[sentence]).expect_err(sentence);
        assert_eq!(refused.diagnostic.code, "BP0818", "{sentence}");
        assert!(
            refused.diagnostic.message.contains("takes away or changes"),
            "{}",
            refused.diagnostic.message
        );
    }
}
