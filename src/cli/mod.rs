//! The command line: files and terminals in and out, everything else below.
//!
//! Takes arguments and gives an exit code: 0 done, 1 findings or errors in the input, 2 wrong use, 3 could not read or
//! write. It is the only room that touches files and prints.

mod args;
mod build;
mod catalog;
mod check;
mod designs;
mod diff;
mod doc;
mod draw;
mod edit;
mod export;
mod failure;
mod figures;
mod fix;
mod fmt;
mod input;
mod judged;
mod manual;
mod new;
mod output;
mod picture;
mod read;
mod report;
mod review;
mod template;
#[cfg(feature = "studio")]
mod watch;
#[cfg(not(feature = "studio"))]
#[path = "no_watch.rs"]
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use failure::Failure;
use report::Terminal;

/// Runs the program on the arguments of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are an answer, everything else is wrong use; clap prints both.
        Err(error) => {
            let code = u8::from(error.use_stderr()) * 2;
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let terminal = Terminal::new(cli.color, cli.quiet, cli.json);
    match dispatch(&cli.command, &terminal) {
        Ok(verdict) => ExitCode::from(verdict.code()),
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal.failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

/// Whether the input was all right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Clean,
    Findings,
}

impl Verdict {
    fn code(self) -> u8 {
        u8::from(self == Self::Findings)
    }

    fn of(bad: bool) -> Self {
        if bad { Self::Findings } else { Self::Clean }
    }
}

fn dispatch(command: &Command, terminal: &Terminal) -> Result<Verdict, Failure> {
    match command {
        Command::Build(args) => build::run(args, terminal),
        Command::Draw(args) => draw::run(args, terminal),
        Command::Doc(args) => doc::run(args, terminal),
        Command::Read(args) => read::run(args, terminal),
        Command::Review(args) => review::run(args, terminal),
        Command::Check(args) => check::run(args, terminal),
        Command::Fmt(args) => fmt::run(args, terminal),
        Command::Export(args) => export::run(args, terminal),
        Command::Edit(args) => edit::run(args, terminal),
        Command::Diff(args) => diff::run(args, terminal),
        Command::Watch(args) => watch::run(args, terminal),
        Command::New(args) => new::run(args, terminal),
        Command::Designs(args) => designs::run(args, terminal),
        Command::Catalog(args) => catalog::run(args, terminal),
        Command::Completions(args) => manual::completions(args),
        Command::Man => manual::man_page(),
    }
}
