#![no_main]

use blueprose::reader::{self, Syntax};
use blueprose::text::Source;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for syntax in [Syntax::Yaml, Syntax::Json] {
        let _ = reader::read(&Source::new("fuzz", text), syntax);
    }
});
