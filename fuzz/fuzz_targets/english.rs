#![no_main]

use blueprose::reader::{self, Syntax};
use blueprose::text::Source;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = reader::read(&Source::new("fuzz", text), Syntax::English);
});
