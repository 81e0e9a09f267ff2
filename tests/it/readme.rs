//! What the README says is true.

use std::fs;

use blueprose::document::Picture;
use blueprose::reader::{Syntax, read};
use blueprose::text::{Severity, Source};
use blueprose::{Options, compile};

fn readme() -> String {
    fs::read_to_string("README.md").expect("README.md")
}

#[test]
fn its_language_example_is_read_as_it_says() {
    let text = readme();
    let (_, rest) = text.split_once("```blueprose\n").expect("an example in the language");
    let (example, _) = rest.split_once("```").expect("its end");
    let outcome = read(&Source::new("readme.bp", example), Syntax::Language);
    let loud: Vec<_> = outcome.diagnostics.iter().filter(|d| d.severity >= Severity::Warning).collect();
    assert_eq!(loud.len(), 1, "only `mail` is undeclared: {loud:?}");
    assert_eq!((outcome.value.component_count(), outcome.value.connection_count()), (4, 3));
}

#[test]
fn its_picture_and_document_are_what_the_first_command_writes() {
    let text = fs::read_to_string("examples/image-pipeline.txt").expect("the example");
    let mut options = Options::default();
    options.document.picture = Some(Picture::Link("image-pipeline.svg".into()));
    options.drawing.source = Some(text.clone());
    let outcome = compile(&Source::new("examples/image-pipeline.txt", text), &options);
    // The program marks what it wrote, so that its next run may replace it.
    let document = format!("{}\n\n<!-- Written by Blueprose -->\n", outcome.value.document.trim_end());
    let files =
        [("flow-1.svg", outcome.value.flows()[0].clone()), ("svg", outcome.value.svg), ("md", document)];
    for (ending, now) in files {
        let path = format!("examples/image-pipeline.{ending}");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &now).expect("written");
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == now,
            "{path} is not current: UPDATE=1 accepts it"
        );
    }
}

#[cfg(feature = "cli")]
#[test]
fn its_commands_exist() {
    let help =
        std::process::Command::new(env!("CARGO_BIN_EXE_blueprose")).arg("--help").output().expect("starts");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let rows = readme();
    let named = rows.lines().filter_map(|l| l.strip_prefix("| `")).flat_map(|l| {
        let cell = l.split('|').next().unwrap_or_default();
        cell.split(['`', ',', ' ']).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    for command in named {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "README names `{command}`, the program does not know it"
        );
    }
}
