//! Blueprose in a program: text in, picture and document out.
//!
//!     cargo run --example embed
//!
//! Writes `target/embed.svg` and `target/embed.md`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fs;

use blueprose::text::Source;
use blueprose::{Options, compile};

fn main() -> std::io::Result<()> {
    let text = "Customers order in a web app. The web app calls the orders service, which writes to Postgres \
                and publishes an order event to a Kafka topic. The mail service consumes the event.";
    let outcome = compile(&Source::new("orders", text), &Options::default());
    for diagnostic in &outcome.diagnostics {
        eprintln!("{} {}", diagnostic.code, diagnostic.message);
    }
    for component in outcome.value.architecture.components() {
        println!("{} is a {} ({})", component.label, component.kind, component.origin.word());
    }
    fs::create_dir_all("target")?;
    fs::write("target/embed.svg", &outcome.value.svg)?;
    fs::write("target/embed.md", &outcome.value.document)
}
