//! Turns the data files of `assets/` into what the program embeds: constant tables where they are asked in every run
//! (the catalog, the words of English), JSON for the rest. An error in a file stops the build with the file's name.

// Printing is how a build script speaks to cargo.
#![allow(clippy::print_stdout)]

#[cfg(feature = "brands")]
mod brands;
mod catalog;
mod emit;
mod inflect;
mod knowledge;
mod lexicon;
mod lists;

// The program's own names of frames and kinds, so that a word that is none stops the build.
#[path = "../src/reader/english/lexicon/frame.rs"]
#[allow(dead_code)]
mod frame;
#[path = "../src/model/kind.rs"]
#[allow(dead_code, unreachable_pub)]
mod kind;

// Brand marks are simplified as drawings read paths.
#[cfg(feature = "brands")]
#[path = "../src/drawing/path_data.rs"]
#[allow(dead_code, unreachable_pub)]
mod path_data;
#[cfg(feature = "brands")]
#[path = "../src/drawing/simplify.rs"]
#[allow(unreachable_pub)]
mod simplify;

use std::path::Path;
use std::{env, fs, io};

use serde::de::DeserializeOwned;

/// The files of capabilities, in the order in which they are asked: of two that fit alike, the first counts.
const CAPABILITIES: &[&str] = &[
    "commerce",
    "people",
    "communication",
    "content",
    "data",
    "intelligence",
    "operations",
    "infrastructure",
    "places",
    "patterns",
];
/// The files of reference designs, in the same way.
const DESIGNS: &[&str] = &[
    "business",
    "commerce",
    "social",
    "media",
    "data",
    "intelligence",
    "infrastructure",
    "operations",
    "places",
    "everyday",
    "institutions",
    "industry",
    "platforms",
    "patterns",
];

/// What stops a build.
pub(crate) type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    link_at_a_fixed_address();
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/model/kind.rs");
    println!("cargo::rerun-if-changed=src/catalog/spelling.rs");
    println!("cargo::rerun-if-changed=src/drawing/path_data.rs");
    println!("cargo::rerun-if-changed=src/drawing/simplify.rs");
    println!("cargo::rerun-if-changed=src/reader/english/lexicon");
    println!("cargo::rerun-if-changed=src/reader/english/prompt/stem.rs");
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    convert(Path::new("assets"), &out.join("assets"))?;
    let technologies = catalog::technologies()?;
    fs::write(out.join("kinds.rs"), catalog::kinds()?)?;
    fs::write(out.join("technologies.rs"), catalog::table(&technologies))?;
    fs::write(out.join("lexicon.rs"), lexicon::table(&technologies)?)?;
    #[cfg(feature = "brands")]
    fs::write(out.join("marks.rs"), brands::table()?)?;
    fs::write(out.join("load.rs"), lists::load()?)?;
    fs::write(out.join("settings.rs"), lists::settings()?)?;
    fs::write(out.join("choices.rs"), lists::choices()?)?;
    fs::write(out.join("open.rs"), lists::open()?)?;
    fs::write(out.join("vocabulary.rs"), lists::vocabulary()?)?;
    fs::write(out.join("capabilities.rs"), knowledge::capabilities(CAPABILITIES)?)?;
    fs::write(out.join("designs.rs"), knowledge::designs(DESIGNS)?)?;
    fs::write(out.join("actions.rs"), knowledge::actions()?)?;
    fs::write(out.join("links.rs"), knowledge::links()?)?;
    fs::write(out.join("platforms.rs"), knowledge::platforms()?)?;
    Ok(())
}

/// A data file's contents.
pub(crate) fn read<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    let text = fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    Ok(serde_yaml::from_str(&text).map_err(|e| format!("{path}: {e}"))?)
}

/// Writes `to/x.json` for every `from/x.yaml`, folder by folder.
fn convert(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    let mut entries = fs::read_dir(from)?.collect::<Result<Vec<_>, io::Error>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            convert(&path, &to.join(entry.file_name()))?;
        } else if path.extension().is_some_and(|e| e == "yaml") {
            let value: serde_json::Value = read(&path.to_string_lossy())?;
            fs::write(to.join(entry.file_name()).with_extension("json"), serde_json::to_string(&value)?)?;
        }
    }
    Ok(())
}

/// The tables are some ninety thousand pointers. In a program that may be loaded anywhere, each is written at every start,
/// which takes longer than to draw a small picture, and four megabytes. It reads data and has no `unsafe` of its own,
/// so that little is lost with the random address.
fn link_at_a_fixed_address() {
    let target = |key: &str| env::var(key).unwrap_or_default();
    if target("CARGO_CFG_TARGET_OS") == "linux" && target("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
