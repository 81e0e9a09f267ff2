//! Descriptions from files, patterns, standard input and `--text`.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::args::Inputs;
use super::failure::Failure;
use super::output;
use super::report::Terminal;
use crate::catalog::nearest;
use crate::model::Architecture;
use crate::reader::{self, Syntax};
use crate::text::{Outcome, Source};

/// The largest input in bytes.
pub(super) const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A description with where it came from.
#[derive(Debug)]
pub(super) struct Input {
    /// The file, unless it came from standard input or `--text`.
    pub(super) path: Option<PathBuf>,
    /// The text.
    pub(super) source: Source,
    /// How it is read.
    pub(super) syntax: Syntax,
}

impl Input {
    fn new(path: Option<PathBuf>, name: &str, text: String, syntax: Option<Syntax>) -> Self {
        let syntax = syntax.unwrap_or_else(|| Syntax::of(name, &text));
        Self { path, source: Source::new(name, text), syntax }
    }

    /// Reads the text.
    pub(super) fn read(&self) -> Outcome<Architecture> {
        reader::read(&self.source, self.syntax)
    }

    /// The file name without its ending; `architecture` for input without a name.
    pub(super) fn stem(&self) -> String {
        let stem = self.path.as_deref().and_then(Path::file_stem);
        stem.map_or_else(|| "architecture".into(), |s| s.to_string_lossy().into_owned())
    }
}

/// Reads all inputs, in the order given; a pattern's files come sorted, without the documents that Blueprose made.
pub(super) fn read_all(inputs: &Inputs, terminal: &Terminal) -> Result<Vec<Input>, Failure> {
    let syntax = inputs.syntax.map(Syntax::from);
    if let Some(text) = &inputs.text {
        return Ok(vec![Input::new(None, "--text", text.clone(), syntax)]);
    }
    let names = expand(&inputs.files)?;
    let mut found = Vec::new();
    for name in &names {
        let input = match read_file(name, syntax) {
            Err(Failure::Made(_)) if names.len() > 1 => None,
            input => Some(input?),
        };
        let matched = !inputs.files.contains(name) && syntax.is_none();
        match input.filter(|input| !(matched && output::is_ours(input.source.text()))) {
            Some(input) => found.push(input),
            None => terminal.say(&format!("Left out {name}: Blueprose wrote it.")),
        }
    }
    if found.is_empty() { Err(Failure::Made(inputs.files.join(" "))) } else { Ok(found) }
}

/// Reads one file, or standard input for `-`. A document that Blueprose made is no description, unless it is said how it
/// is to be read or its description stands in it as a block of the language.
pub(super) fn read_file(name: &str, syntax: Option<Syntax>) -> Result<Input, Failure> {
    if name == "-" {
        return Ok(Input::new(None, "-", read_text(&mut io::stdin().lock(), "-")?, syntax));
    }
    let path = PathBuf::from(name);
    let mut file = open(&path)?;
    let input = Input::new(Some(path), name, read_text(&mut file, name)?, syntax);
    let prose = || match input.syntax {
        Syntax::English => true,
        Syntax::Markdown => reader::language::read_markdown(&input.source).is_none(),
        _ => false,
    };
    let made = syntax.is_none() && output::is_ours(input.source.text()) && prose();
    if made { Err(Failure::Made(name.to_owned())) } else { Ok(input) }
}

/// A text that a program gave, under the name it is called by in messages.
pub(super) fn read_from(from: &mut dyn Read, name: &str, syntax: Option<Syntax>) -> Result<Input, Failure> {
    Ok(Input::new(None, name, read_text(from, name)?, syntax))
}

/// The one input of a command that takes one.
pub(super) fn read_one(inputs: &Inputs, command: &str, terminal: &Terminal) -> Result<Input, Failure> {
    let mut all = read_all(inputs, terminal)?;
    match (all.pop(), all.len()) {
        (Some(input), 0) => Ok(input),
        (_, n) => {
            Err(Failure::Usage(format!("`{command}` writes to one place but was given {} inputs", n + 1)))
        }
    }
}

/// File names as given, with patterns replaced by what they match.
pub(super) fn expand(names: &[String]) -> Result<Vec<String>, Failure> {
    let mut files: Vec<String> = Vec::new();
    for name in names {
        let pattern = name.contains(['*', '?', '[']) && !Path::new(name).exists();
        if !pattern {
            files.push(name.clone());
            continue;
        }
        let matches = glob::glob(name)
            .map_err(|e| Failure::Usage(format!("the pattern `{name}` is not valid: {e}")))?;
        let mut matched: Vec<String> = matches
            .filter_map(Result::ok)
            .filter(|p| p.is_file())
            .map(|p| p.to_string_lossy().into_owned())
            .collect();
        if matched.is_empty() {
            return Err(Failure::read(
                name,
                io::Error::new(io::ErrorKind::NotFound, "no file matches the pattern"),
            ));
        }
        matched.sort();
        files.extend(matched);
    }
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|f| seen.insert(f.clone()));
    Ok(files)
}

fn open(path: &Path) -> Result<fs::File, Failure> {
    let refused = |error: io::Error| {
        let hint = if error.kind() == io::ErrorKind::NotFound { similar_name(path) } else { None };
        Failure::Io { verb: "read", path: path.to_owned(), error, hint }
    };
    let file = fs::File::open(path).map_err(refused)?;
    if file.metadata().map_err(|e| Failure::read(path, e))?.is_dir() {
        let error = io::Error::new(io::ErrorKind::IsADirectory, "it is a directory");
        let hint = Some(format!("name the files in it: `{}`", path.join("*.txt").display()));
        return Err(Failure::Io { verb: "read", path: path.to_owned(), error, hint });
    }
    Ok(file)
}

/// A file beside the missing one whose name is nearly the same.
fn similar_name(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .take(10_000)
        .collect();
    names.sort();
    let best = nearest(wanted, names.iter().map(|n| (n.as_str(), n)))?;
    Some(format!("did you mean `{}`?", path.with_file_name(best).display()))
}

fn read_text(from: &mut dyn Read, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| Failure::read(name, e))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Failure::Input {
            code: "BP0904",
            message: format!("`{name}` is larger than the limit of {} MiB", MAX_BYTES / 1024 / 1024),
            hint: "split the description; a picture of that size helps nobody".into(),
        });
    }
    String::from_utf8(bytes)
        .map_err(|error| not_text(name, error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn not_text(name: &str, bytes: &[u8], offset: usize) -> Failure {
    let hint = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it looks like UTF-16: save it as UTF-8",
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, ..] | [b'%', b'P', b'D', b'F', ..] | [b'P', b'K', ..] => {
            "it is a binary file; give the text it was made from"
        }
        _ => "save it as UTF-8",
    };
    let line = 1 + bytes[..offset].iter().filter(|&&b| b == b'\n').count();
    Failure::Input {
        code: "BP0905",
        message: format!("`{name}` is not UTF-8 text (byte {offset}, line {line})"),
        hint: hint.into(),
    }
}
