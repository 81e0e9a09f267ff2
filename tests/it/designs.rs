//! Every reference design is complete in itself, and prompts become what an engineer draws.

use blueprose::catalog::{Design, designs};
use blueprose::layout::{self, LayoutOptions};
use blueprose::model::{Architecture, Kind};
use blueprose::reader::{self, Syntax};
use blueprose::review::Level;
use blueprose::style::Style;
use blueprose::text::Source;
use blueprose::writer;
use blueprose::{Options, compile};

fn built(design: &Design) -> Architecture {
    design.architecture().unwrap_or_else(|e| panic!("{}: {e}", design.id()))
}

/// Where something comes in: people, devices, sources, schedules, and what nothing calls.
fn starts(a: &Architecture) -> Vec<petgraph::graph::NodeIndex> {
    a.indexed().filter(|(i, _)| a.connections_to(*i).next().is_none()).map(|(i, _)| i).collect()
}

#[test]
fn there_are_many_and_their_names_differ() {
    assert!(designs().len() >= 60, "{} designs", designs().len());
    let mut names: Vec<&str> = designs().iter().map(Design::id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), designs().len());
}

#[test]
fn each_has_parts_flows_and_questions() {
    for design in designs() {
        let a = built(design);
        let id = design.id();
        assert!((5..=14).contains(&a.component_count()), "{id}: {} components", a.component_count());
        assert_eq!(a.component_count(), design.size(), "{id}: a part of no kind");
        assert!(a.scenarios().iter().any(|s| s.steps.len() >= 2), "{id}: no flow to follow");
        assert!(!a.questions().is_empty(), "{id}: nothing to decide");
        assert!(a.connections().all(|c| c.connection.label.is_some()), "{id}: an arrow without words");
        assert!(!design.summary().is_empty() && design.keywords().next().is_some(), "{id}");
    }
}

#[test]
fn each_is_reached_from_where_something_comes_in() {
    for design in designs() {
        let a = built(design);
        let mut seen = vec![false; a.component_count()];
        let mut open = starts(&a);
        if open.is_empty() {
            open = a.indexed().filter(|(_, c)| c.kind == Kind::Client).map(|(i, _)| i).collect();
        }
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at.index()], true) {
                open.extend(a.connections_from(at).map(|c| c.to));
            }
        }
        assert!(seen.iter().all(|&s| s), "{}: something is not reached", design.id());
        let lone = a
            .indexed()
            .find(|(i, _)| a.connections_from(*i).next().is_none() && a.connections_to(*i).next().is_none());
        assert!(lone.is_none(), "{}: {:?} stands alone", design.id(), lone.map(|l| &l.1.label));
    }
}

/// What `new` writes is a beginning that shames nobody: it draws without a fault, and the review at its mildest finds no
/// error and at most what the design leaves to decide.
#[test]
fn each_draws_cleanly_and_passes_review() {
    let mut wrong = String::new();
    for design in designs() {
        let (a, id) = (built(design), design.id());
        let picture = layout::arrange(&a, &Style::default(), &LayoutOptions::default())
            .unwrap_or_else(|e| panic!("{id}: {e:?}"));
        let q = layout::quality(&a, &picture);
        if q.node_overlaps + q.through_nodes + q.label_hits + q.title_hits > 0 {
            wrong.push_str(&format!("{id}: {:?}\n", q.figures()));
        }
        let drawn = compile(&Source::new(format!("{id}.bp"), writer::language(&a)), &Options::default());
        assert!(!drawn.has_errors(), "{id}: {:?}", drawn.diagnostics);
        let found = drawn.value.review.findings;
        found.iter().filter(|f| f.severity == Level::Error).for_each(|f| {
            wrong.push_str(&format!("{id}: {} {}\n", f.rule, f.message));
        });
        if found.iter().filter(|f| f.severity == Level::Warn).count() > 2 {
            wrong.push_str(&format!("{id}: more than two warnings\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_reads_back_from_the_language_without_a_remark() {
    for design in designs() {
        let a = built(design);
        let text = writer::language(&a);
        let read = reader::read(&Source::new("design.bp", text), Syntax::Language);
        assert!(read.diagnostics.is_empty(), "{}: {:?}", design.id(), read.diagnostics);
        assert_eq!(read.value.component_count(), a.component_count(), "{}", design.id());
        assert_eq!(read.value.connection_count(), a.connection_count(), "{}", design.id());
        assert_eq!(read.value.scenarios().len(), a.scenarios().len(), "{}", design.id());
    }
}

#[test]
fn a_prompt_for_a_design_by_its_first_keyword_draws_that_design() {
    let mut strangers = Vec::new();
    for design in designs() {
        let keyword = design.keywords().next().unwrap_or_default();
        let words: Vec<&str> = keyword.split(' ').filter_map(|atom| atom.split('|').next()).collect();
        let text = format!("Design a {}", words.join(" "));
        let read = reader::read(&Source::new("prompt.txt", text), Syntax::English).value;
        let wanted = built(design);
        let same = read.components().filter(|c| wanted.components().any(|w| w.label == c.label)).count();
        if same * 2 < wanted.component_count() {
            strangers.push(design.id());
        }
    }
    assert!(strangers.is_empty(), "not recognised by their own names: {strangers:?}");
}
