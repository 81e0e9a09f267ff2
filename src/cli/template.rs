//! The template of a document: a built-in one by name, or a file of the user's.

use std::fs;

use super::failure::Failure;
use crate::document;

/// The largest template in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// The template's text; `None` for the built-in design document.
pub(super) fn load(name: &str) -> Result<Option<String>, Failure> {
    if let Some(text) = document::template(name) {
        return Ok((name != "design").then(|| text.to_owned()));
    }
    let size = fs::metadata(name).map_err(|error| Failure::Io {
        verb: "read",
        path: name.into(),
        error,
        hint: Some("name a built-in template (design, one-page, adr, runbook, threat-model, review-only, rfc) or a minijinja file".into()),
    })?;
    if size.len() > MAX_BYTES {
        return Err(Failure::Input {
            code: "BP0904",
            message: format!("the template `{name}` is larger than the limit of {} KiB", MAX_BYTES / 1024),
            hint: "split it, or leave out what is not a template".into(),
        });
    }
    fs::read_to_string(name).map(Some).map_err(|e| Failure::read(name, e))
}
