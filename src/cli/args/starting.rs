//! The flags of the commands that begin with a reference design.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct NewArgs {
    /// The reference design, as `blueprose designs` names it
    #[arg(value_name = "DESIGN")]
    pub(in crate::cli) design: String,
    /// The file to write; standard output unless given
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DesignsArgs {
    /// Words to search names, summaries and products of that kind for
    #[arg(value_name = "WORD")]
    pub(in crate::cli) words: Vec<String>,
}
