//! `export`: the model, or the picture's geometry, for other tools.

use super::args::{ExportArgs, ExportFormat};
use super::failure::Failure;
use super::report::Terminal;
use super::{Verdict, input, output, picture};
use crate::layout::{self, LayoutOptions};
use crate::style::Style;
use crate::text::Diagnostic;
use crate::writer;

pub(super) fn run(args: &ExportArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let input = input::read_one(&args.inputs, "export", terminal)?;
    let mut outcome = input.read();
    let a = &outcome.value;
    let text = match args.to {
        ExportFormat::Json => writer::json(a),
        ExportFormat::Yaml => writer::yaml(a),
        ExportFormat::Bp => writer::language(a),
        ExportFormat::Mermaid => writer::mermaid(a),
        ExportFormat::Dot => writer::dot(a),
        ExportFormat::D2 => writer::d2(a),
        ExportFormat::Geometry => {
            let options = LayoutOptions {
                direction: args.direction.map(Into::into),
                engine: args.layout.into(),
                ..LayoutOptions::default()
            };
            match layout::arrange(a, &Style::default(), &options) {
                Ok(arrangement) => {
                    let notices = picture::notices(&arrangement);
                    let text = writer::geometry(a, &arrangement);
                    outcome.diagnostics.extend(notices);
                    text
                }
                Err(error) => {
                    outcome.diagnostics.push(Diagnostic::error("BP0501", None, error.to_string()));
                    String::new()
                }
            }
        }
    };
    terminal.diagnostics(&input.source, &outcome.diagnostics);
    if !text.is_empty() {
        output::to(args.output.as_deref(), text.as_bytes())?;
    }
    Ok(Verdict::of(outcome.has_errors()))
}
