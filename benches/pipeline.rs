//! The whole pipeline, each stage, and each phase of the layout at 10, 100, 1 000 and 10 000 components: `cargo bench`.
#![allow(clippy::expect_used, missing_docs)]

use blueprose::document::{self, DocumentOptions};
use blueprose::drawing::{self, DrawOptions};
use blueprose::layout::{self, LayoutOptions};
use blueprose::model::{Architecture, Component, Connection, Group, GroupKind, Id, Kind, Mode};
use blueprose::reader::{self, Syntax};
use blueprose::review::{self, ReviewOptions};
use blueprose::style::Style;
use blueprose::text::Source;
use blueprose::{Options, compile, writer};
use divan::Bencher;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// A layered system of `n` components in groups of ten: every component calls one or two later ones, near to it.
fn system(n: usize) -> Architecture {
    layered(n, true)
}

fn layered(n: usize, grouped: bool) -> Architecture {
    let mut architecture = Architecture::new();
    architecture.title = Some(format!("{n} components"));
    for g in 0..if grouped { n.div_ceil(10) } else { 0 } {
        let group = Group { id: id("group", g), ..Group::new(format!("Group {g}"), GroupKind::Domain) };
        architecture.add_group(group).expect("a new group");
    }
    let kinds = [Kind::Service, Kind::Database, Kind::Queue, Kind::Function, Kind::Cache];
    for i in 0..n {
        let new = Component::new(format!("Component number {i}"), kinds[i % kinds.len()]);
        let component =
            Component { id: id("component", i), group: grouped.then(|| id("group", i / 10)), ..new };
        architecture.add_component(component).expect("a new component");
    }
    let mut state = 1_u64;
    for i in 1..n {
        for k in 0..1 + i % 2 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let back = 1 + usize::try_from(state >> 33).expect("fits") % 24.min(i);
            let mode = if k == 0 { Mode::Sync } else { Mode::Async };
            let connection = Connection::new(mode).labelled(if i % 3 == 0 { "send order" } else { "" });
            let (from, to) = (id("component", i - back), id("component", i));
            architecture.connect(from.as_str(), to.as_str(), connection).expect("both exist");
        }
    }
    architecture
}

fn id(what: &str, n: usize) -> Id {
    Id::parse(&format!("{what}-{n}")).expect("a valid id")
}

/// About `words` words of plain English.
fn english(words: usize) -> String {
    let sentences = [
        "The orders service writes each order to a PostgreSQL database and publishes an event to Kafka.",
        "A Lambda function reads from the queue, resizes the image and stores it in S3.",
        "Customers open the web app, which calls the API gateway over HTTPS.",
        "When the payment is confirmed, the shipping service books a parcel with the carrier.",
    ];
    let mut text = String::new();
    let mut count = 0;
    for sentence in sentences.iter().cycle() {
        if count >= words {
            break;
        }
        count += sentence.split(' ').count();
        text.push_str(sentence);
        text.push('\n');
    }
    text
}

#[divan::bench(args = [25, 1_000, 10_000])]
fn read_english(bencher: Bencher<'_, '_>, words: usize) {
    let source = Source::new("bench", english(words));
    bencher.bench(|| reader::read(&source, Syntax::English));
}

/// Sentences that each name things of their own: what was said before must not slow down what follows.
#[divan::bench(args = [10, 100, 1_000, 10_000])]
fn read_new_names(bencher: Bencher<'_, '_>, sentences: usize) {
    let told = |n: usize| format!("The Part-{n} service writes events to the Part-{n} database.\n");
    let source = Source::new("bench", (0..sentences).map(told).collect::<String>());
    bencher.bench(|| reader::read(&source, Syntax::English));
}

#[divan::bench(args = SIZES)]
fn read_language(bencher: Bencher<'_, '_>, n: usize) {
    let source = Source::new("bench.bp", writer::language(&system(n)));
    bencher.bench(|| reader::read(&source, Syntax::Language));
}

#[divan::bench(args = SIZES)]
fn read_json(bencher: Bencher<'_, '_>, n: usize) {
    let source = Source::new("bench.json", writer::json(&system(n)));
    bencher.bench(|| reader::read(&source, Syntax::Json));
}

#[divan::bench(args = SIZES)]
fn review(bencher: Bencher<'_, '_>, n: usize) {
    let architecture = system(n);
    bencher.bench(|| review::review(&architecture, &ReviewOptions::default()));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn arrange(bencher: Bencher<'_, '_>, n: usize) {
    let (architecture, style) = (system(n), Style::default());
    bencher.bench(|| layout::arrange(&architecture, &style, &LayoutOptions::default()));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn arrange_without_groups(bencher: Bencher<'_, '_>, n: usize) {
    let (architecture, style) = (layered(n, false), Style::default());
    bencher.bench(|| layout::arrange(&architecture, &style, &LayoutOptions::default()));
}

/// The phases of the layered engine, each from what the ones before it gave.
#[divan::bench_group(sample_count = 5)]
mod phases {
    use super::{Bencher, SIZES, Style, system};
    use blueprose::layout::Phases;

    fn run(bencher: Bencher<'_, '_>, n: usize, phase: fn(&Phases) -> usize) {
        let phases = Phases::prepare(&system(n), &Style::default());
        bencher.bench(|| phase(&phases));
    }

    #[divan::bench(args = SIZES)]
    fn p1_cycles(bencher: Bencher<'_, '_>, n: usize) {
        run(bencher, n, Phases::cycles);
    }

    #[divan::bench(args = SIZES)]
    fn p2_bands(bencher: Bencher<'_, '_>, n: usize) {
        run(bencher, n, Phases::bands);
    }

    #[divan::bench(args = SIZES)]
    fn p2_layers(bencher: Bencher<'_, '_>, n: usize) {
        run(bencher, n, Phases::layers);
    }

    #[divan::bench(args = SIZES)]
    fn p3_breaks(bencher: Bencher<'_, '_>, n: usize) {
        run(bencher, n, Phases::breaks);
    }

    #[divan::bench(args = SIZES)]
    fn p3_order(bencher: Bencher<'_, '_>, n: usize) {
        run(bencher, n, Phases::order);
    }

    #[divan::bench(args = SIZES)]
    fn p4_places(bencher: Bencher<'_, '_>, n: usize) {
        run(bencher, n, Phases::places);
    }

    #[divan::bench(args = SIZES)]
    fn p5_routes(bencher: Bencher<'_, '_>, n: usize) {
        run(bencher, n, Phases::routes);
    }
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn draw(bencher: Bencher<'_, '_>, n: usize) {
    let (architecture, style) = (system(n), Style::default());
    let arrangement =
        layout::arrange(&architecture, &style, &LayoutOptions::default()).expect("within limits");
    bencher.bench(|| drawing::svg(&architecture, &arrangement, &style, &DrawOptions::default()));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn write_document(bencher: Bencher<'_, '_>, n: usize) {
    let architecture = system(n);
    let findings = review::review(&architecture, &ReviewOptions::default());
    bencher.bench(|| document::write(&architecture, &findings, None, &DocumentOptions::default()));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn whole(bencher: Bencher<'_, '_>, n: usize) {
    let source = Source::new("bench.json", writer::json(&system(n)));
    bencher.bench(|| compile(&source, &Options::default()));
}
