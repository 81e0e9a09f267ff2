//! The flags of the commands that write documents and reviews.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Inputs;
use crate::review::{Profile, ReviewOptions};

/// How a document is put together.
#[derive(Debug, Args)]
pub(in crate::cli) struct DocumentForm {
    /// Put the pictures into the document instead of linking them
    #[arg(long)]
    pub(in crate::cli) inline: bool,
    /// Begin the document with front matter in YAML
    #[arg(long)]
    pub(in crate::cli) front_matter: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DocFormat {
    Md,
    Html,
    /// A4 pages; without the feature of this name the answer says how else a PDF is made.
    Pdf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DocArgs {
    #[command(flatten)]
    pub(in crate::cli) inputs: Inputs,
    /// The file to write; standard output unless given
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Where to write one document for each description
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub(in crate::cli) out_dir: Option<PathBuf>,
    /// A built-in template or a minijinja file
    #[arg(long, value_name = "NAME|FILE", default_value = "design")]
    pub(in crate::cli) template: String,
    /// The picture's place as the document links it
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) picture: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) form: DocumentForm,
    /// Markdown, a page of HTML with the pictures in it, or PDF (feature `pdf`)
    #[arg(long, value_enum, value_name = "md|html|pdf", hide_possible_values = true)]
    pub(in crate::cli) to: Option<DocFormat>,
    /// Write nothing; exit with 1 when the file (-o or --out-dir) is not what the description now gives
    #[arg(long)]
    pub(in crate::cli) check: bool,
    #[command(flatten)]
    pub(in crate::cli) strictness: Strictness,
}

/// How strict a review is.
#[derive(Debug, Args)]
pub(in crate::cli) struct Strictness {
    /// How strict the review is
    #[arg(
        long,
        value_enum,
        default_value = "sketch",
        value_name = "sketch|mvp|production|regulated",
        hide_possible_values = true
    )]
    profile: ProfileName,
}

impl Strictness {
    /// The review's options that it stands for.
    pub(in crate::cli) fn options(&self) -> ReviewOptions {
        ReviewOptions { profile: self.profile.into() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    Sketch,
    Mvp,
    Production,
    Regulated,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Sketch => Self::Sketch,
            ProfileName::Mvp => Self::Mvp,
            ProfileName::Production => Self::Production,
            ProfileName::Regulated => Self::Regulated,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReviewArgs {
    #[command(flatten)]
    pub(in crate::cli) inputs: Inputs,
    #[command(flatten)]
    pub(in crate::cli) strictness: Strictness,
    /// Exit with 1 from this severity on
    #[arg(long, value_enum, value_name = "error|warn|info", hide_possible_values = true)]
    pub(in crate::cli) deny: Option<DenyLevel>,
    /// How to print
    #[arg(
        long,
        value_enum,
        default_value = "text",
        value_name = "text|json|sarif",
        hide_possible_values = true
    )]
    pub(in crate::cli) format: ReviewFormat,
    /// Apply a fix by its id, such as SRV001.1, or all of them: shows the difference, writes with --write
    #[arg(long, value_name = "ID|all")]
    pub(in crate::cli) fix: Vec<String>,
    /// With --fix: write the result, to the file or for one that is not in the language to the .bp beside it
    #[arg(long, short, requires = "fix")]
    pub(in crate::cli) write: bool,
    /// With --fix: another file to write to
    #[arg(long, short, value_name = "FILE", requires = "fix")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// With --fix: replace a .bp beside the description that Blueprose did not write
    #[arg(long, requires = "fix")]
    pub(in crate::cli) force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DenyLevel {
    Error,
    Warn,
    Info,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReviewFormat {
    Text,
    Json,
    Sarif,
}
