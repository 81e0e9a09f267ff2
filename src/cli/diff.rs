//! `diff`: what differs between two descriptions, as a list and as a picture, and what a review says of the change.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;

use super::args::{DiffArgs, DiffFormat, PictureFormat};
use super::failure::Failure;
use super::input::{self, Input};
use super::judged::Judged;
use super::report::Terminal;
use super::{Verdict, output, picture};
use crate::compare::{Difference, What, compare, unite};
use crate::drawing::{self, Change, DrawOptions, Marks};
use crate::layout::{self, Former};
use crate::model::{Architecture, Id};
use crate::style::Style;
use crate::writer;

pub(super) fn run(args: &DiffArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let syntax = args.syntax.map(Into::into);
    let new = input::read_file(&args.new, syntax)?;
    let old = if args.old == "-" || Path::new(&args.old).exists() || args.new == "-" {
        input::read_file(&args.old, syntax)?
    } else {
        revision(&args.old, &args.new, syntax)?
    };
    let (before, after) = (old.read(), new.read());
    terminal.diagnostics(&old.source, &before.diagnostics);
    terminal.diagnostics(&new.source, &after.diagnostics);
    let difference = compare(&before.value, &after.value);
    let judged = Judged::of(&before.value, &after.value);
    let format = if terminal.json { DiffFormat::Json } else { args.to };
    let text = render(&difference, &judged, format);
    let drawn = args.output.as_deref().and_then(|path| Some((path, drawn_as(path)?)));
    if let Some((path, format)) = drawn {
        let svg = draw(args, &new, (&before.value, &after.value), &difference)?;
        let title = after.value.title.as_deref().unwrap_or("What changed");
        let bytes = match format {
            PictureFormat::Png => picture::png(&svg, args.scale)?,
            PictureFormat::Pdf => picture::pdf(&svg)?,
            PictureFormat::Html => drawing::html(&svg, title).into_bytes(),
            PictureFormat::Svg | PictureFormat::Txt => svg.into_bytes(),
        };
        output::to(Some(path), &bytes)?;
    }
    output::to(args.output.as_deref().filter(|_| drawn.is_none()), text.as_bytes())?;
    Ok(Verdict::of(!difference.is_empty() || before.has_errors() || after.has_errors()))
}

/// The picture's format, when the file's ending names one.
fn drawn_as(path: &Path) -> Option<PictureFormat> {
    match path.extension()?.to_str()?.to_lowercase().as_str() {
        "svg" => Some(PictureFormat::Svg),
        "png" => Some(PictureFormat::Png),
        "pdf" => Some(PictureFormat::Pdf),
        "html" => Some(PictureFormat::Html),
        _ => None,
    }
}

/// Old and new in one picture, with marks on what differs.
fn draw(
    args: &DiffArgs,
    input: &Input,
    (old, new): (&Architecture, &Architecture),
    difference: &Difference,
) -> Result<String, Failure> {
    let refuse = |message: String| Failure::Input {
        code: "BP0501",
        message,
        hint: "the list of changes has no such limit: leave -o out".into(),
    };
    let united = unite(old, new, difference).map_err(|error| refuse(error.to_string()))?;
    let style = Style::default();
    let mut options = picture::layout_options(&args.picture)?;
    // What stays keeps the place it had in the old picture.
    let before = layout::arrange(old, &style, &options).ok();
    options.former = before.and_then(|b| Former::parse(&writer::geometry(old, &b))).or(options.former);
    let arrangement =
        layout::arrange(&united.architecture, &style, &options).map_err(|error| refuse(error.to_string()))?;
    let mark = |what: &What| match what {
        What::Added => Change::Added,
        What::Removed => Change::Removed,
        What::Renamed | What::Changed | What::Redirected => Change::Changed,
    };
    let marks = Marks {
        components: united.components.iter().map(|(id, what)| (id.clone(), mark(what))).collect(),
        connections: united.connections.iter().map(|(index, what)| (*index, mark(what))).collect(),
        groups: united.groups.iter().map(|(id, what)| (id.clone(), mark(what))).collect(),
        said: difference
            .components
            .iter()
            .filter_map(|c| Some((Id::parse(&c.after.as_ref()?.id)?, c.says()?)))
            .collect(),
    };
    // Places in the old text mean nothing in the new one, so that nothing is quoted.
    let options = DrawOptions { marks, source: None, ..picture::draw_options(&args.picture, input)? };
    Ok(drawing::svg(&united.architecture, &arrangement, &style, &options))
}

/// The file `path` as it was in a revision of git, relative to the file's own folder.
fn revision(revision: &str, path: &str, syntax: Option<crate::reader::Syntax>) -> Result<Input, Failure> {
    let file = Path::new(path);
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let refuse = |message: String, hint: &str| Failure::Input { code: "BP0906", message, hint: hint.into() };
    let neither = format!("`{revision}` is neither a file nor a revision in which git knows `{path}`");
    if revision.starts_with('-') {
        return Err(refuse(neither, "give two files, or a revision such as HEAD~1 and a file"));
    }
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["cat-file", "blob", &format!("{revision}:./{name}")]);
    let run = git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).output();
    match run {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(refuse(
            format!(
                "`{revision}` is no file, and the program `git` was not found to look it up as a revision"
            ),
            "install git, or give two files",
        )),
        Err(error) => Err(refuse(format!("git could not be run: {error}"), "give two files")),
        Ok(done) if !done.status.success() => {
            let said = String::from_utf8_lossy(&done.stderr);
            let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
            Err(refuse(format!("{neither}: {said}"), "`git log --oneline -- FILE` lists its revisions"))
        }
        Ok(done) => {
            // The name keeps its ending, so that the text is read as the file is.
            input::read_from(&mut done.stdout.as_slice(), &format!("{revision}:{path}"), syntax)
        }
    }
}

fn render(difference: &Difference, judged: &Judged, format: DiffFormat) -> String {
    match format {
        DiffFormat::Text => difference.text() + &judged.text(),
        DiffFormat::Md => difference.markdown() + &judged.markdown(),
        DiffFormat::Json => {
            #[derive(Serialize)]
            struct Whole<'a> {
                different: bool,
                #[serde(flatten)]
                difference: &'a Difference,
                #[serde(flatten)]
                judged: &'a Judged,
            }
            let whole = Whole { different: !difference.is_empty(), difference, judged };
            let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
            text.push('\n');
            text
        }
    }
}
