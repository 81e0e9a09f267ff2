//! Without the feature `studio` there is only a way out to name.

use super::Verdict;
use super::args::WatchArgs;
use super::failure::Failure;
use super::report::Terminal;

pub(super) fn run(_: &WatchArgs, _: &Terminal) -> Result<Verdict, Failure> {
    Err(Failure::Usage(
        "this program was built without watching: `cargo install blueprose --features studio`".into(),
    ))
}
