#![no_main]
//! Diagrams of other tools.

use blueprose::reader::{Syntax, read};
use blueprose::text::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for syntax in [Syntax::Mermaid, Syntax::Dot] {
        let _ = read(&Source::new("fuzz", text), syntax);
    }
});
