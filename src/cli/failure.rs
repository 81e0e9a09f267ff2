//! What stops a command.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// The arguments make no sense together.
    Usage(String),
    /// A file or directory could not be read or written.
    Io {
        /// `read` or `write`.
        verb: &'static str,
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
        /// A way out.
        hint: Option<String>,
    },
    /// An input is not text, or too large.
    Input {
        /// A stable code.
        code: &'static str,
        /// What is wrong.
        message: String,
        /// A way out.
        hint: String,
    },
    /// An input is a document that Blueprose made.
    Made(String),
    /// A file stands in the way that Blueprose did not write.
    InTheWay(PathBuf),
    /// Whoever read our output has gone; not an error.
    BrokenPipe,
}

impl Failure {
    pub(super) fn read(path: impl AsRef<Path>, error: io::Error) -> Self {
        Self::Io { verb: "read", path: path.as_ref().to_owned(), error, hint: None }
    }

    pub(super) fn write(path: impl AsRef<Path>, error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        Self::Io { verb: "write", path: path.as_ref().to_owned(), error, hint: None }
    }

    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Input { .. } | Self::Made(_) => 1,
            Self::Io { .. } | Self::InTheWay(_) => 3,
            Self::BrokenPipe => 0,
        }
    }

    /// The stable code of the message, documented in docs/errors.md.
    pub(super) fn id(&self) -> &'static str {
        match self {
            Self::Usage(_) => "BP0900",
            Self::Io { verb: "read", .. } => "BP0901",
            Self::Io { .. } => "BP0902",
            Self::InTheWay(_) => "BP0903",
            Self::Input { code, .. } => code,
            Self::Made(_) => "BP0908",
            Self::BrokenPipe => "BP0909",
        }
    }

    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::Usage(_) => Some("`blueprose --help` lists commands and flags".into()),
            Self::Io { hint, .. } => hint.clone(),
            Self::Input { hint, .. } => Some(hint.clone()),
            Self::Made(_) => Some(
                "give the text it was made from; --syntax english reads it as a description all the same"
                    .into(),
            ),
            Self::InTheWay(_) => {
                Some("move it, choose another place with --out-dir, or replace it with --force".into())
            }
            Self::BrokenPipe => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Input { message, .. } => f.write_str(message),
            Self::Io { verb, path, error, .. } => write!(f, "cannot {verb} `{}`: {error}", path.display()),
            Self::Made(name) => write!(f, "`{name}` is a document that Blueprose wrote, not a description"),
            Self::InTheWay(path) => {
                write!(f, "`{}` exists and was not written by Blueprose; nothing was written", path.display())
            }
            Self::BrokenPipe => f.write_str("the reader of our output has gone"),
        }
    }
}
