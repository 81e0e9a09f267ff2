//! The flags of the commands that change, compare and watch descriptions.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{PictureArgs, SyntaxName};

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
    /// The file to write; one that ends in .svg, .png, .pdf or .html becomes a picture of both with marks on what
    /// differs, and the list goes to standard output
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) picture: PictureArgs,
    /// Pixels of a PNG for each pixel of the picture
    #[arg(long, value_name = "NUMBER", default_value_t = 2.0)]
    pub(in crate::cli) scale: f32,
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
    /// Say the change in a sentence at the end of an English text, where reading it then comes to the same
    #[arg(long)]
    pub(in crate::cli) append: bool,
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

#[derive(Debug, Args)]
pub(in crate::cli) struct WatchArgs {
    /// The description
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: String,
    #[command(flatten)]
    pub(in crate::cli) picture: PictureArgs,
    /// Where to write the picture (SVG); beside the description unless given
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Show the picture on a page that reloads by itself, on this machine only; a picture is then written only with -o
    #[arg(long)]
    pub(in crate::cli) serve: bool,
    /// The port of the page; one that is free unless given
    #[arg(long, value_name = "NUMBER", requires = "serve", default_value_t = 0, hide_default_value = true)]
    pub(in crate::cli) port: u16,
    /// Replace a picture that Blueprose did not write
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// How the text is to be read, whatever its name
    #[arg(long, value_enum, value_name = "english|bp|md|yaml|json|mermaid|dot", hide_possible_values = true)]
    pub(in crate::cli) syntax: Option<SyntaxName>,
}
