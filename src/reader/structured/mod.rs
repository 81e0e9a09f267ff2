//! The model as YAML or JSON.

use crate::catalog::catalog;
use crate::model::{Architecture, Record};
use crate::text::{Diagnostic, Outcome, Source};

/// Reads the model as JSON.
#[must_use]
pub fn read_json(source: &Source) -> Outcome<Architecture> {
    match serde_json::from_str::<Record>(source.text()) {
        Ok(record) => Outcome::clean(record.build(&|name| catalog().look_up(name)).0),
        Err(error) => {
            Outcome::new(Architecture::new(), vec![Diagnostic::error("BP0301", None, error.to_string())])
        }
    }
}

/// Reads the model as YAML.
#[must_use]
pub fn read_yaml(source: &Source) -> Outcome<Architecture> {
    match serde_yaml::from_str::<Record>(source.text()) {
        Ok(record) => Outcome::clean(record.build(&|name| catalog().look_up(name)).0),
        Err(error) => {
            Outcome::new(Architecture::new(), vec![Diagnostic::error("BP0301", None, error.to_string())])
        }
    }
}
