//! `watch`: the picture redrawn at every save, in a file and on a live page.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::args::WatchArgs;
use super::failure::Failure;
use super::input::{self, Input};
use super::report::Terminal;
use super::{Verdict, output, picture};
use crate::compile;
use crate::drawing::{self, DrawOptions};
use crate::layout::{Former, LayoutOptions};
use crate::review::{self, ReviewOptions};
use crate::studio::{Live, Problem, Server, Watch};
use crate::style::Style;
use crate::text::{Diagnostic, Severity, Source};
use crate::writer;

/// What a text came to.
struct Drawn {
    /// The picture; `None` when the text has errors or nothing to draw.
    svg: Option<String>,
    /// What of it can be drawn in spite of errors: better than nothing for a start.
    partly: Option<String>,
    summary: String,
    diagnostics: Vec<Diagnostic>,
}

pub(super) fn run(args: &WatchArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    if args.file == "-" {
        return Err(Failure::Usage("standard input cannot be watched: name a file".into()));
    }
    let first = input::read_file(&args.file, args.syntax.map(Into::into))?;
    let options = picture::draw_options(&args.picture, &first)?;
    let mut wanted = picture::layout_options(&args.picture)?;
    let place = place(args, &first);
    if let Some(place) = &place {
        output::check_ours(place, args.force)?;
    }
    let path = Path::new(&args.file);
    let name = path.file_name().map_or_else(|| args.file.clone(), |n| n.to_string_lossy().into_owned());
    let mut watch = Watch::new(path, first.source.text().as_bytes(), input::MAX_BYTES);
    let live = Live::new(&name);
    let began = Instant::now();
    let mut drawn = draw(&mut wanted, &first, &options);
    drawn.svg = drawn.svg.or_else(|| drawn.partly.take());
    show(drawn, &first.source, began, place.as_deref(), &live, terminal);
    if args.serve {
        let server = Server::bind(args.port).map_err(|error| Failure::Io {
            verb: "write",
            path: format!("127.0.0.1:{}", args.port).into(),
            error,
            hint: Some("another --port may be free; without one, a free one is taken".into()),
        })?;
        output::to_stdout(format!("{}\n", server.address()).as_bytes())?;
        server.start(live.clone());
    }
    terminal.say(&format!("Watching {name}; Ctrl-C ends."));
    loop {
        let changed = watch.changed();
        let began = Instant::now();
        match changed
            .map_err(|e| Failure::read(path, e))
            .and_then(|bytes| input::read_from(&mut bytes.as_slice(), &args.file, Some(first.syntax)))
        {
            Ok(input) => {
                let options = DrawOptions { source: Some(input.source.text().to_owned()), ..options.clone() };
                let drawn = draw(&mut wanted, &input, &options);
                show(drawn, &input.source, began, place.as_deref(), &live, terminal);
            }
            Err(failure) => {
                terminal.failure(&failure);
                let mut d = Diagnostic::error(failure.id(), None, failure.to_string());
                if let Some(hint) = failure.hint() {
                    d = d.hint(hint);
                }
                live.show(None, String::new(), vec![Problem::new(&first.source, &d)]);
            }
        }
    }
}

/// Where the picture is written; nowhere when a page shows it and no file was named.
fn place(args: &WatchArgs, input: &Input) -> Option<PathBuf> {
    let beside = || Path::new(&args.file).with_file_name(format!("{}.svg", input.stem()));
    args.output.clone().or_else(|| (!args.serve).then(beside))
}

/// Draws a text; what stays keeps its place from one picture to the next.
fn draw(wanted: &mut LayoutOptions, input: &Input, options: &DrawOptions) -> Drawn {
    let mut outcome = input.read();
    let architecture = &outcome.value;
    let style = Style::default();
    let arranged = compile::arrange(architecture, &style, wanted, options);
    let svg = match arranged {
        Ok(arrangement) if architecture.component_count() > 0 => {
            wanted.former = Former::parse(&writer::geometry(architecture, &arrangement));
            Some(drawing::svg(architecture, &arrangement, &style, options))
        }
        Ok(_) => None,
        Err(error) => {
            outcome.diagnostics.push(Diagnostic::error("BP0501", None, error.to_string()));
            None
        }
    };
    let findings = review::review(&outcome.value, &ReviewOptions::default()).findings.len();
    let plural = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let summary = [
        plural(outcome.value.component_count(), "component"),
        plural(outcome.value.connection_count(), "connection"),
        plural(findings, "finding"),
    ]
    .join(", ");
    let bad = outcome.has_errors();
    let (svg, partly) = if bad { (None, svg) } else { (svg, None) };
    Drawn { svg, partly, summary, diagnostics: outcome.diagnostics }
}

fn show(
    drawn: Drawn,
    source: &Source,
    began: Instant,
    place: Option<&Path>,
    live: &Live,
    terminal: &Terminal,
) {
    let mut diagnostics = drawn.diagnostics;
    if drawn.svg.is_none() && !diagnostics.iter().any(|d| d.severity == Severity::Error) {
        diagnostics.push(Diagnostic::warning(
            "BP0907",
            None,
            "there is nothing to draw; the picture stays as it was",
        ));
    }
    if let (Some(svg), Some(place)) = (&drawn.svg, place)
        && let Err(failure) = output::write_all(&[(place.to_owned(), svg.as_bytes())])
    {
        terminal.failure(&failure);
    }
    let problems = diagnostics.iter().map(|d| Problem::new(source, d)).collect();
    let fresh = drawn.svg.is_some();
    live.show(drawn.svg, drawn.summary.clone(), problems);
    terminal.diagnostics(source, &diagnostics);
    if fresh {
        terminal.say(&format!("Drawn: {}, in {}.", drawn.summary, milliseconds(began.elapsed())));
    } else {
        terminal.say("Not drawn: the last good picture stays.");
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
