//! Readable, stable names of components and groups.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest id in characters; longer ones are cut.
const MAX_CHARS: usize = 64;

/// The name of a component or group: letters and digits of any script, `-` and `_`, never empty.
/// Components and groups of an architecture share one space of names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The id a label gives: lower case, words joined by `-`; `component` when nothing usable is in it.
    #[must_use]
    pub fn from_label(label: &str) -> Self {
        let mut id = String::new();
        let (mut gap, mut length) = (false, 0);
        for c in label.chars().flat_map(char::to_lowercase) {
            // A hyphen is followed by a character, so that both must have room.
            if length + usize::from(gap && !id.is_empty()) >= MAX_CHARS {
                break;
            }
            if c.is_alphanumeric() {
                if gap && !id.is_empty() {
                    id.push('-');
                    length += 1;
                }
                gap = false;
                id.push(c);
                length += 1;
            } else if c != '\'' && c != '’' {
                gap = true;
            }
        }
        if id.is_empty() { Self("component".into()) } else { Self(id) }
    }

    /// `text` as it stands, if it is a valid id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let valid = !text.is_empty()
            && text.chars().count() <= MAX_CHARS
            && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        valid.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same id with `-n` behind it, for the n-th thing of that name.
    #[must_use]
    pub fn numbered(&self, n: usize) -> Self {
        Self(format!("{}-{n}", self.0))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn labels_give_readable_ids() {
        assert_eq!(Id::from_label("Upload API (v2)").as_str(), "upload-api-v2");
        assert_eq!(Id::from_label("Zählerstände").as_str(), "zählerstände");
        assert_eq!(Id::from_label("customer's queue").as_str(), "customers-queue");
        assert_eq!(Id::from_label("***").as_str(), "component");
        assert!(Id::parse("a b").is_none());
    }

    #[test]
    fn ids_of_long_labels_are_ids() {
        for words in 1..80 {
            let id = Id::from_label(&"ab ".repeat(words));
            assert!(Id::parse(id.as_str()).is_some(), "{id}");
        }
    }
}
