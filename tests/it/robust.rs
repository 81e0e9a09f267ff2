//! Bad input: every reader takes anything without a panic, and says something about what it cannot read.

use std::fs;
use std::path::PathBuf;

use blueprose::reader::{self, Syntax};
use blueprose::text::Source;
use blueprose::{Options, compile};
use proptest::prelude::*;

const SYNTAXES: [Syntax; 7] = [
    Syntax::English,
    Syntax::Language,
    Syntax::Markdown,
    Syntax::Yaml,
    Syntax::Json,
    Syntax::Mermaid,
    Syntax::Dot,
];

fn example_texts() -> Vec<String> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir("examples").expect("examples").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e != "rs"))
        .filter_map(|p| fs::read_to_string(p).ok())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_text_is_read_without_panic(text in "\\PC{0,400}") {
        for syntax in SYNTAXES {
            let _ = reader::read(&Source::new("random", text.as_str()), syntax);
        }
    }

    /// Phrases said again and again reach what only looks at whole phrases: "row by row by row" once panicked.
    #[test]
    fn stuttered_sentences_are_read_without_panic(
        text in "(The (API|queue|draft|webhook) (calls|is saved|sends it to))( (row|line) (by|of|from) (row|line)){0,3}\
                 (( (by|of|from|,|and|to|which|not|:|-) (row|line|ours|a webhook|the API|Redis)){0,6}[.,;:])"
    ) {
        let _ = reader::read(&Source::new("stuttered", text.as_str()), Syntax::English);
    }
}

proptest! {
    // A whole compilation for every syntax: fewer cases.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn mutated_examples_are_compiled_without_panic(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        junk in "[{}\\[\\]\"'|<>~=:;,.*#`\\\\\n\t a-zé0-9-]{0,12}", cut in 0usize..40) {
        let texts = example_texts();
        let mut text: Vec<char> = texts[which.index(texts.len())].chars().collect();
        if !text.is_empty() {
            let at = at.index(text.len());
            let end = (at + cut).min(text.len());
            text.splice(at..end, junk.chars());
        }
        let text: String = text.into_iter().collect();
        for syntax in SYNTAXES {
            let source = Source::new("mutated", text.as_str());
            let outcome = compile(&source, &Options { syntax: Some(syntax), ..Options::default() });
            for d in &outcome.diagnostics {
                if let Some(span) = d.span {
                    prop_assert!(span.start <= span.end && span.end <= text.len(), "{d:?}");
                    prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{d:?}");
                }
            }
        }
    }
}

#[test]
fn hopeless_texts_get_an_answer() {
    let deep = "group a {\n".repeat(10_000);
    let flat = "word ".repeat(200_000);
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ncomponents: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
    let nested = "[".repeat(100_000);
    let subgraphs = format!("flowchart LR\n{}", "subgraph x\n".repeat(10_000));
    let braces = format!("digraph {}", "{".repeat(100_000));
    let cases = [
        ("", Syntax::English),
        ("", Syntax::Language),
        ("", Syntax::Yaml),
        ("", Syntax::Json),
        (deep.as_str(), Syntax::Language),
        (flat.as_str(), Syntax::English),
        ("The draft is saved row by row by row.", Syntax::English),
        (bomb, Syntax::Yaml),
        (nested.as_str(), Syntax::Yaml),
        (nested.as_str(), Syntax::Json),
        ("", Syntax::Mermaid),
        ("", Syntax::Dot),
        (subgraphs.as_str(), Syntax::Mermaid),
        (braces.as_str(), Syntax::Dot),
        ("\u{0}\u{1}", Syntax::Dot),
        ("\u{0}\u{1}\u{fffe}", Syntax::Language),
    ];
    for (text, syntax) in cases {
        let start: String = text.chars().take(20).collect();
        let outcome = reader::read(&Source::new("hopeless", text), syntax);
        assert!(!outcome.diagnostics.is_empty(), "{syntax:?} {start:?} was taken without a word");
        assert!(outcome.diagnostics.iter().all(|d| !d.message.is_empty()));
    }
}
