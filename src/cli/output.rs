//! Results to standard output and to files, whole or not at all.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// By which a file that Blueprose wrote is known: the last line of a document, its front matter, the head of a page, and
/// the root of a picture with and without its font. Files with none of them are not replaced unasked.
const MARKS: [&str; 5] = [
    DOCUMENT_MARK,
    "\ngenerator: Blueprose\n",
    "<meta name=\"generator\" content=\"Blueprose\">",
    " font-family=\"'Blueprose ",
    " data-generator=\"Blueprose\"",
];

/// The last line of every document that goes to a file.
pub(super) const DOCUMENT_MARK: &str = "<!-- Written by Blueprose -->";

/// Whether Blueprose wrote a text.
pub(super) fn is_ours(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Writes text or bytes to standard output. A binary format is refused on a terminal; of a text no control character of a user's
/// gets through that a terminal would obey.
pub(super) fn to_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains(obeyed));
    let plain = text.filter(|text| !text.contains('\0')).map(printable);
    let bytes = plain.as_deref().map_or(bytes, str::as_bytes);
    let mut out = io::stdout().lock();
    if out.is_terminal() && bytes.contains(&0) {
        return Err(Failure::Usage(
            "this format is binary: name a file with -o, or redirect the output".into(),
        ));
    }
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| Failure::write("standard output", e))
}

/// Text from a user without the control characters that a terminal would obey.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if obeyed(c) { '\u{fffd}' } else { c }).collect()
}

fn obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

/// Writes to the file named, or to standard output.
pub(super) fn to(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) if path != Path::new("-") => write_all(&[(path.to_owned(), bytes)]),
        _ => to_stdout(bytes),
    }
}

/// Writes several files: all are written beside their places first and then put there, so that a failure leaves
/// everything as it was.
pub(super) fn write_all(files: &[(PathBuf, &[u8])]) -> Result<(), Failure> {
    let mut ready = Vec::new();
    for (path, bytes) in files {
        // A symbolic link stays one: its target is what is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        if place.exists() && !place.is_file() && !place.is_dir() {
            fs::write(&place, bytes).map_err(|e| Failure::write(path, e))?;
            continue;
        }
        if place.is_dir() {
            let error = io::Error::new(io::ErrorKind::IsADirectory, "it is a directory");
            return Err(Failure::write(path, error));
        }
        let folder = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".blueprose-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&place).map_or(0o666, |m| m.permissions().mode());
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        let mut file = builder.tempfile_in(folder).map_err(|e| Failure::write(path, e))?;
        file.write_all(bytes).and_then(|()| file.flush()).map_err(|e| Failure::write(path, e))?;
        ready.push((file, path, place));
    }
    for (file, path, place) in ready {
        file.persist(&place).map_err(|e| Failure::write(path, e.error))?;
    }
    Ok(())
}

/// Whether a file holds exactly these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|there| there == bytes)
}

/// Refuses to replace a file that Blueprose did not write, unless `force` is given.
pub(super) fn check_ours(path: &Path, force: bool) -> Result<(), Failure> {
    if force {
        return Ok(());
    }
    let Ok(former) = fs::read(path) else { return Ok(()) };
    let ours = former.is_empty() || std::str::from_utf8(&former).is_ok_and(is_ours);
    if ours { Ok(()) } else { Err(Failure::InTheWay(path.to_owned())) }
}

/// Makes a directory and those above it, if they do not exist.
pub(super) fn make_dir(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|e| Failure::write(path, e))
}
