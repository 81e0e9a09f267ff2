//! The one integration binary. Cases are text files in `tests/suite`, goldens in `tests/golden`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    unreachable_pub
)]

mod arrows;
mod catalog;
#[cfg(feature = "cli")]
mod cli;
mod compare;
mod designs;
mod docs;
mod document;
mod drawing;
mod edit;
mod english;
mod estimates;
mod floors;
mod foreign;
mod golden;
mod language;
mod layout;
mod readme;
mod review;
mod robust;
mod score;
mod shape;
mod tidy;
mod told;
#[cfg(all(feature = "cli", feature = "studio"))]
mod watch;
