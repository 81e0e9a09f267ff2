//! Diagrams of other tools: read, and written so that reading them gives the same picture.

use std::fs;

use blueprose::model::Architecture;
use blueprose::reader::{Syntax, read};
use blueprose::text::Source;
use blueprose::writer;

fn read_file(path: &str) -> Architecture {
    let text = fs::read_to_string(path).unwrap();
    let outcome = read(&Source::new(path, text.as_str()), Syntax::of(path, &text));
    assert!(outcome.diagnostics.is_empty(), "{path}: {:?}", outcome.diagnostics);
    outcome.value
}

#[test]
fn diagrams_are_read_as_their_cases_say() {
    for name in ["shop.mmd", "shop.dot"] {
        let now = writer::language(&read_file(&format!("tests/suite/foreign/{name}")));
        let golden = format!("tests/suite/foreign/{name}.bp");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &now).unwrap();
        }
        assert_eq!(now, fs::read_to_string(&golden).unwrap_or_default(), "{golden}");
    }
}

#[test]
fn texts_without_a_telling_name_are_recognised() {
    for (text, syntax) in [
        ("flowchart LR\n a --> b", Syntax::Mermaid),
        ("%% first\ngraph TD;\n a-->b;", Syntax::Mermaid),
        ("digraph { a -> b }", Syntax::Dot),
        ("strict graph shop {\n a -- b\n}", Syntax::Dot),
        ("Graph the sales {of the shop} in a dashboard.", Syntax::English),
        ("Flowchart of the shop: the web app calls the API.", Syntax::English),
    ] {
        // What begins with a comment is told by its name only.
        let named = if text.starts_with("%%") { "t.mmd" } else { "t" };
        assert_eq!(Syntax::of(named, text), syntax, "{text}");
    }
}

/// What other notations can carry: labels, who is in which group, arrows with their labels and modes.
fn picture(a: &Architecture) -> Vec<String> {
    let group = |id: &Option<blueprose::model::Id>| {
        let labels = a.group_chain(id.as_ref()).map(|g| g.label.clone());
        labels.collect::<Vec<_>>().join(" < ")
    };
    let nodes = a.components().map(|c| format!("{} in {}", c.label, group(&c.group)));
    let edges = a.connections().map(|c| {
        let label = c.label.as_deref().unwrap_or("");
        format!("{} {:?} {}: {label}", a.at(c.from).label, c.mode, a.at(c.to).label)
    });
    let mut all: Vec<String> = nodes.chain(edges).collect();
    all.sort();
    all
}

#[test]
fn what_is_written_for_other_tools_is_read_back() {
    let mut texts: Vec<String> = fs::read_dir("examples")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| ["txt", "bp", "yaml"].iter().any(|x| e == *x)))
        .map(|p| p.display().to_string())
        .collect();
    texts.sort();
    assert!(texts.len() >= 5);
    for path in texts {
        let text = fs::read_to_string(&path).unwrap();
        let a = read(&Source::new(&*path, &*text), Syntax::of(&path, &text)).value;
        for (syntax, written) in [(Syntax::Mermaid, writer::mermaid(&a)), (Syntax::Dot, writer::dot(&a))] {
            let again = read(&Source::new("t", written.as_str()), syntax);
            assert!(again.diagnostics.is_empty(), "{path}: {:?}\n{written}", again.diagnostics);
            assert_eq!(picture(&again.value), picture(&a), "{path}\n{written}");
        }
    }
}

#[test]
fn hostile_names_stay_names() {
    let hostile = "a\"]; b --> c %% <script>alert(1)</script> #quot; \\ ${x} }";
    let mut a = Architecture::new();
    a.add_component(blueprose::model::Component::new(hostile, blueprose::model::Kind::Database)).unwrap();
    for (syntax, written) in [(Syntax::Mermaid, writer::mermaid(&a)), (Syntax::Dot, writer::dot(&a))] {
        let again = read(&Source::new("t", written.as_str()), syntax);
        assert_eq!(again.value.component_count(), 1, "{written}");
        assert_eq!(again.value.connection_count(), 0, "{written}");
    }
    assert!(!writer::mermaid(&a).contains("<script"));
    assert!(writer::d2(&a).contains("\\${x}"));
}
