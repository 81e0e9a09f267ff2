//! Every command and flag with its help, and nothing else.

mod documents;
mod editing;
mod picture;
mod starting;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::layout::{EngineName, Fit};
use crate::model::Direction;
use crate::reader::Syntax;

pub(super) use documents::{
    DenyLevel, DocArgs, DocFormat, DocumentForm, ReviewArgs, ReviewFormat, Strictness,
};
pub(super) use editing::{DiffArgs, DiffFormat, EditArgs, WatchArgs};
pub(super) use picture::{Bound, QualityFormat};
pub(super) use starting::{DesignsArgs, NewArgs};

/// Describe a system in words; get an architecture diagram and a design document.
#[derive(Debug, Parser)]
#[command(name = "blueprose", version, about, max_term_width = 100, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 done, 1 findings or errors in the input, 2 wrong use, 3 could not read or write.\n\
    Input is plain English, the Blueprose language (.bp), or the model as YAML or JSON."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to use colour; NO_COLOR is obeyed
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        hide_possible_values = true,
        value_name = "auto|always|never"
    )]
    pub(super) color: Color,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// Results and diagnostics as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write picture (SVG) and design document (Markdown) beside the description
    Build(BuildArgs),
    /// Draw the picture
    Draw(DrawArgs),
    /// Write the design document
    Doc(DocArgs),
    /// Show what was understood, in the Blueprose language
    Read(ReadArgs),
    /// Raise what a senior engineer would raise
    Review(ReviewArgs),
    /// Report what is wrong in descriptions and write nothing
    Check(CheckArgs),
    /// Format .bp files in place
    Fmt(FmtArgs),
    /// Write the model or the picture's geometry for other tools
    Export(ExportArgs),
    /// Change a description by a sentence; shows the difference, and writes it with --write
    Edit(EditArgs),
    /// Show what differs between two descriptions, by meaning; exit with 1 when something does
    Diff(DiffArgs),
    /// Redraw at every save; --serve shows the picture live in the browser
    Watch(WatchArgs),
    /// Write a reference design in the language, to go on from
    New(NewArgs),
    /// List and search the reference designs
    Designs(DesignsArgs),
    /// List and search the known technologies
    Catalog(CatalogArgs),
    /// Write a completion script for a shell
    Completions(CompletionsArgs),
    /// Write the manual page
    Man,
}

/// Where descriptions come from.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Files or glob patterns; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "text")]
    pub(super) files: Vec<String>,
    /// The description itself
    #[arg(long, value_name = "TEXT", conflicts_with = "files")]
    pub(super) text: Option<String>,
    /// How the text is to be read, whatever its name
    #[arg(long, value_enum, value_name = "english|bp|md|yaml|json|mermaid|dot", hide_possible_values = true)]
    pub(super) syntax: Option<SyntaxName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SyntaxName {
    English,
    Bp,
    Md,
    Yaml,
    Json,
    Mermaid,
    Dot,
}

impl From<SyntaxName> for Syntax {
    fn from(name: SyntaxName) -> Self {
        match name {
            SyntaxName::English => Self::English,
            SyntaxName::Bp => Self::Language,
            SyntaxName::Md => Self::Markdown,
            SyntaxName::Yaml => Self::Yaml,
            SyntaxName::Json => Self::Json,
            SyntaxName::Mermaid => Self::Mermaid,
            SyntaxName::Dot => Self::Dot,
        }
    }
}

/// How the picture is laid out and drawn.
#[derive(Debug, Args)]
pub(super) struct PictureArgs {
    /// The way the picture reads
    #[arg(long, value_enum, value_name = "right|down", hide_possible_values = true)]
    pub(super) direction: Option<DirectionName>,
    /// The layout engine; layout-rs takes small flat graphs only
    #[arg(
        long,
        value_enum,
        default_value = "layered",
        value_name = "layered|layout-rs",
        hide_possible_values = true
    )]
    pub(super) layout: EngineArg,
    /// The shape or the width in pixels that the picture is to fit
    #[arg(long, value_name = "a4|a4-landscape|16:9|WIDTH", value_parser = picture::fit)]
    pub(super) fit: Option<Fit>,
    /// A picture drawn before (SVG or geometry JSON) whose order is kept
    #[arg(long, value_name = "FILE")]
    pub(super) previous: Option<PathBuf>,
    /// Colours: a built-in theme or a theme file
    #[arg(long, value_name = "NAME|FILE", default_value = "default")]
    pub(super) theme: String,
    /// Light, dark, or as the viewer prefers
    #[arg(
        long,
        value_enum,
        default_value = "auto",
        value_name = "auto|light|dark",
        hide_possible_values = true
    )]
    pub(super) ground: GroundName,
    /// Embed the glyphs used, or rely on the viewer's fonts
    #[arg(
        long,
        value_enum,
        default_value = "embed",
        value_name = "embed|system",
        hide_possible_values = true
    )]
    pub(super) font: FontName,
    /// Your own icons: Iconify JSON or a folder of SVG files, named by id, technology or kind
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) icons: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DirectionName {
    Right,
    Down,
}

impl From<DirectionName> for Direction {
    fn from(name: DirectionName) -> Self {
        match name {
            DirectionName::Right => Self::Right,
            DirectionName::Down => Self::Down,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineArg {
    Layered,
    LayoutRs,
}

impl From<EngineArg> for EngineName {
    fn from(name: EngineArg) -> Self {
        match name {
            EngineArg::Layered => Self::Layered,
            EngineArg::LayoutRs => Self::LayoutRs,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FontName {
    Embed,
    System,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GroundName {
    Auto,
    Light,
    Dark,
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) picture: PictureArgs,
    /// Where to write; beside each description unless given
    #[arg(long, value_name = "DIR")]
    pub(super) out_dir: Option<PathBuf>,
    /// A template for the document: a built-in name or a minijinja file
    #[arg(long, value_name = "NAME|FILE", default_value = "design")]
    pub(super) template: String,
    #[command(flatten)]
    pub(super) strictness: Strictness,
    /// Replace files that Blueprose did not write
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) form: DocumentForm,
    /// Write nothing; exit with 1 when a file is not what the description now gives
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Debug, Args)]
pub(super) struct DrawArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    #[command(flatten)]
    pub(super) picture: PictureArgs,
    /// The file to write; its ending says the format (svg or png). Standard output unless given
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Where to write one picture for each description
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub(super) out_dir: Option<PathBuf>,
    /// The format, where no file name says it
    #[arg(long, value_enum, value_name = "svg|png|pdf|html|txt", hide_possible_values = true)]
    pub(super) format: Option<PictureFormat>,
    /// Print the picture's figures: crossings, overlaps, bends …; the picture is written only where --output says
    #[arg(long, value_enum, value_name = "text|json", num_args = 0..=1, require_equals = true, default_missing_value = "text", hide_possible_values = true)]
    pub(super) quality: Option<QualityFormat>,
    /// Exit with 1 when a figure is above (or below) a number
    #[arg(long, value_name = "FIGURE>NUMBER,…", value_delimiter = ',', value_parser = picture::bound)]
    pub(super) fail_on: Vec<Bound>,
    /// Pixels of a PNG for each pixel of the picture
    #[arg(long, value_name = "NUMBER", default_value_t = 2.0)]
    pub(super) scale: f32,
    /// Draw a group as one box, its connections merged; may be given several times
    #[arg(long, value_name = "GROUP")]
    pub(super) collapse: Vec<String>,
    /// Draw only what is near a component or group
    #[arg(long, value_name = "NAME")]
    pub(super) focus: Option<String>,
    /// How many connections away is still near
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "focus")]
    pub(super) depth: usize,
    /// Draw a flow as a sequence diagram, by its title or number
    #[arg(long, value_name = "TITLE|NUMBER")]
    pub(super) flow: Option<String>,
    /// Text of plain ASCII instead of Unicode lines
    #[arg(long)]
    pub(super) ascii: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PictureFormat {
    Svg,
    Png,
    Pdf,
    Html,
    Txt,
}

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// Say why, sentence by sentence
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// Let warnings fail too
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    /// Files or glob patterns; `-` formats standard input to standard output
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,
    /// Write nothing; show what would change and exit with 1 if anything would
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// What to write
    #[arg(long, value_enum, default_value = "json")]
    pub(super) to: ExportFormat,
    /// The way the picture reads, for geometry
    #[arg(long, value_enum, value_name = "right|down", hide_possible_values = true)]
    pub(super) direction: Option<DirectionName>,
    /// The layout engine, for geometry
    #[arg(
        long,
        value_enum,
        default_value = "layered",
        value_name = "layered|layout-rs",
        hide_possible_values = true
    )]
    pub(super) layout: EngineArg,
    /// The file to write; standard output unless given
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// The model as JSON
    Json,
    /// The model as YAML
    Yaml,
    /// The model in the Blueprose language
    Bp,
    /// A Mermaid flowchart
    Mermaid,
    /// A Graphviz DOT graph
    Dot,
    /// A D2 diagram
    D2,
    /// The places of everything in the picture, as JSON
    Geometry,
}

#[derive(Debug, Args)]
pub(super) struct CatalogArgs {
    /// Words to search names, aliases, vendors and kinds for
    #[arg(value_name = "WORD")]
    pub(super) words: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}
