//! What the unit tests of all grammars share.

use pest::{Parser, RuleType};

/// Reads every `// e.g.` of a grammar, as a whole, by the rule below it; at least `least` of them.
pub(super) fn examples_hold<P: Parser<R>, R: RuleType>(grammar: &str, rules: &[R], least: usize) {
    let mut example = None;
    let mut held = 0;
    for line in grammar.lines() {
        if let Some(text) = line.strip_prefix("// e.g. ") {
            example = Some(text);
        } else if let Some((name, _)) = line.split_once(" = ")
            && let Some(text) = example.take()
            && let Some(rule) = rules.iter().find(|r| format!("{r:?}") == name)
        {
            let read = P::parse(*rule, text).unwrap_or_else(|e| panic!("{name}: {text}\n{e}"));
            assert!(read.clone().count() == 0 || read.as_str() == text, "{name} stops early in {text}");
            held += 1;
        }
    }
    assert!(held >= least, "only {held} examples were found");
}
