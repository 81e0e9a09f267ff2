//! `completions` and `man`, both made from the command line's own definition.

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs};
use super::failure::Failure;
use super::{Verdict, output};

pub(super) fn completions(args: &CompletionsArgs) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "blueprose", &mut script);
    output::to_stdout(&script).map(|()| Verdict::Clean)
}

/// The program's page, followed by one for each command.
pub(super) fn man_page() -> Result<Verdict, Failure> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let name = command.get_name().to_owned();
    let rendered = clap_mangen::Man::new(command.clone()).render(&mut page).and_then(|()| {
        command.get_subcommands().try_for_each(|sub| {
            let sub = sub.clone().display_name(format!("{name}-{}", sub.get_name()));
            clap_mangen::Man::new(sub).render(&mut page)
        })
    });
    rendered.map_err(|e| Failure::write("the manual page", e))?;
    output::to_stdout(&page).map(|()| Verdict::Clean)
}
