//! When the text of a file has changed.
//!
//! Takes a path and gives the bytes each time they are others. Folders are watched, not the file, because editors write a
//! new file and put it in the old one's place. A burst of events counts once. Where the system tells nothing (network
//! drives), the file is looked at now and then.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Events closer together than this belong to one save.
const QUIET: Duration = Duration::from_millis(6);
/// A burst is cut off after this long.
const BURST: Duration = Duration::from_millis(100);
/// How long an editor may leave the file missing or empty while it saves.
const GAP: Duration = Duration::from_millis(300);
/// How often a file missing or empty is looked at meanwhile.
const STEP: Duration = Duration::from_millis(5);
/// How often the file is looked at without being told to.
const LOOK: Duration = Duration::from_secs(2);

/// A file that is watched.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    told: Receiver<()>,
    /// Kept because the system stops telling when it is dropped; `None` where it tells nothing.
    _watcher: Option<RecommendedWatcher>,
    /// What was in the file last; `None` when it could not be read.
    last: Option<Vec<u8>>,
    limit: u64,
}

impl Watch {
    /// Watches a file from now on; `known` is what was read of it before. No more than `limit` bytes are read of it, and
    /// one more, so that the caller sees when it is too large.
    #[must_use]
    pub fn new(path: &Path, known: &[u8], limit: u64) -> Self {
        let (tell, told) = mpsc::channel();
        let watcher = watcher(path, tell).ok();
        Self { path: path.to_owned(), told, _watcher: watcher, last: Some(known.to_owned()), limit }
    }

    /// Waits until the file holds something else than before, and gives that.
    ///
    /// # Errors
    /// When the file could be read before and no longer can; told once, after which watching goes on.
    pub fn changed(&mut self) -> io::Result<Vec<u8>> {
        loop {
            self.wait();
            match self.settled() {
                Ok(bytes) if self.last.as_ref() == Some(&bytes) => {}
                Ok(bytes) => {
                    self.last = Some(bytes.clone());
                    return Ok(bytes);
                }
                Err(error) => {
                    if self.last.take().is_some() {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Until something happened to the file and nothing more happens, or it is time to look anyway.
    fn wait(&self) {
        match self.told.recv_timeout(LOOK) {
            Ok(()) => {
                let began = Instant::now();
                while began.elapsed() < BURST && self.told.recv_timeout(QUIET).is_ok() {}
            }
            // Nobody can tell any more: look now and then.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }

    /// The bytes of the file; one that is missing or empty, because an editor is at it, is waited for a little.
    fn settled(&self) -> io::Result<Vec<u8>> {
        let began = Instant::now();
        loop {
            let read = self.read();
            let waiting = match &read {
                Ok(bytes) => bytes.is_empty() && self.last.as_ref().is_some_and(|l| !l.is_empty()),
                Err(_) => self.last.is_some(),
            };
            if !waiting || began.elapsed() > GAP {
                return read;
            }
            std::thread::sleep(STEP);
        }
    }

    fn read(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        fs::File::open(&self.path)?.take(self.limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Has the system tell what happens to the file's name in its folder, and to the name that a link leads to.
fn watcher(path: &Path, tell: Sender<()>) -> notify::Result<RecommendedWatcher> {
    let places: BTreeSet<(PathBuf, OsString)> = [Some(path.to_owned()), fs::canonicalize(path).ok()]
        .into_iter()
        .flatten()
        .filter_map(place)
        .collect();
    let names: Vec<OsString> = places.iter().map(|(_, name)| name.clone()).collect();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let ours = match &event {
            Ok(e) if matches!(e.kind, EventKind::Access(_)) => false,
            // Of a lost event nobody knows whose it was.
            Ok(e) => e.paths.is_empty() || e.paths.iter().any(|p| names.iter().any(|n| p.ends_with(n))),
            Err(_) => true,
        };
        if ours {
            // The watch is being dropped when nobody listens.
            let _ = tell.send(());
        }
    })?;
    let folders: BTreeSet<PathBuf> = places.into_iter().map(|(folder, _)| folder).collect();
    for folder in folders {
        watcher.watch(&folder, RecursiveMode::NonRecursive)?;
    }
    Ok(watcher)
}

/// A path's folder and the name in it.
fn place(path: PathBuf) -> Option<(PathBuf, OsString)> {
    let name = path.file_name()?.to_owned();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some((fs::canonicalize(folder).ok()?, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(watch: &mut Watch) -> String {
        String::from_utf8_lossy(&watch.changed().unwrap_or_else(|e| panic!("{e}"))).into_owned()
    }

    #[test]
    fn saves_of_every_manner_are_seen() {
        let dir = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
        let path = dir.path().join("a.bp");
        let write = |p: &Path, text: &str| fs::write(p, text).unwrap_or_else(|e| panic!("{e}"));
        write(&path, "one");
        let mut watch = Watch::new(&path, b"one", 100);
        write(&path, "two");
        assert_eq!(text(&mut watch), "two");
        // As editors do that keep the old file until the new one is whole.
        let new = dir.path().join(".a.bp.swp");
        write(&new, "three");
        fs::rename(&new, &path).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(text(&mut watch), "three");
        // As editors do that move the old file away first.
        fs::rename(&path, dir.path().join("a.bp~")).unwrap_or_else(|e| panic!("{e}"));
        write(&path, "four");
        assert_eq!(text(&mut watch), "four");
        fs::remove_file(&path).unwrap_or_else(|e| panic!("{e}"));
        assert!(watch.changed().is_err());
        write(&path, "five");
        assert_eq!(text(&mut watch), "five");
    }
}
