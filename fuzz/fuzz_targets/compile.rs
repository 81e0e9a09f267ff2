#![no_main]

use blueprose::text::Source;
use blueprose::{Options, compile};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = compile(&Source::new("fuzz", text), &Options::default());
});
