//! Turns the data files of `assets/` from YAML into JSON, so that the program reads them in a fraction of the time.

use std::path::Path;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=assets");
    let out = env::var("OUT_DIR")?;
    convert(Path::new("assets"), &Path::new(&out).join("assets"))
}

/// Writes `to/x.json` for every `from/x.yaml`, folder by folder.
fn convert(from: &Path, to: &Path) -> Result<(), Box<dyn std::error::Error>> {
    fs::create_dir_all(to)?;
    let mut entries = fs::read_dir(from)?.collect::<Result<Vec<_>, io::Error>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            convert(&path, &to.join(entry.file_name()))?;
        } else if path.extension().is_some_and(|e| e == "yaml") {
            let value: serde_json::Value = serde_yaml::from_str(&fs::read_to_string(&path)?)
                .map_err(|e| format!("{}: {e}", path.display()))?;
            fs::write(to.join(entry.file_name()).with_extension("json"), serde_json::to_string(&value)?)?;
        }
    }
    Ok(())
}
