//! `fmt`: the one layout of `.bp` files.

use super::Verdict;
use super::args::FmtArgs;
use super::failure::Failure;
use super::report::Terminal;

pub(super) fn run(args: &FmtArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let _ = (args, terminal);
    Ok(Verdict::Clean)
}
