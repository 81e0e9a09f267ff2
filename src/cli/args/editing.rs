//! The flags of the commands that change and compare descriptions.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::SyntaxName;

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// The old description, or a revision of git: then NEW as it was in that revision
    #[arg(value_name = "OLD|REVISION")]
    pub(in crate::cli) old: String,
    /// The new description; `-` is standard input
    #[arg(value_name = "NEW")]
    pub(in crate::cli) new: String,
    /// How to print
    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "text|md|json",
        hide_possible_values = true
    )]
    pub(in crate::cli) to: DiffFormat,
    /// The file to write the list to; standard output unless given
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// How the texts are to be read, whatever their names
    #[arg(long, value_enum, value_name = "english|bp|md|yaml|json", hide_possible_values = true)]
    pub(in crate::cli) syntax: Option<SyntaxName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    Text,
    Md,
    Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct EditArgs {
    /// The description; `-` is standard input. One that is not in the language is edited as the .bp it is read as
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: String,
    /// What to change, in sentences; all of them or none
    #[arg(value_name = "SENTENCE")]
    pub(in crate::cli) sentences: Vec<String>,
    /// Write the result: to the file, or for one that is not in the language, to the .bp beside it
    #[arg(long, short)]
    pub(in crate::cli) write: bool,
    /// Another file to write to
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Replace a .bp beside the description that Blueprose did not write
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// How the text is to be read, whatever its name
    #[arg(long, value_enum, value_name = "english|bp|md|yaml|json", hide_possible_values = true)]
    pub(in crate::cli) syntax: Option<SyntaxName>,
}
