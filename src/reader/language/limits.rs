//! How much a text may hold. Each limit is named with its number in the error that it gives.

/// The largest text, in bytes (4 MiB).
pub(super) const MAX_BYTES: usize = 4 << 20;
/// How deep blocks may nest.
pub(super) const MAX_DEPTH: usize = 64;
/// How deep brackets may nest inside a statement.
pub(super) const MAX_BRACKETS: usize = 16;
/// How many statements a text may have.
pub(super) const MAX_STATEMENTS: usize = 200_000;
/// How many connections one statement may make.
pub(super) const MAX_FAN: usize = 10_000;
/// How many connections a text may make.
pub(super) const MAX_CONNECTIONS: usize = 200_000;
/// How many characters a name may have: what the model allows.
pub(super) const MAX_NAME: usize = 64;
/// How many messages are given.
pub(super) const MAX_MESSAGES: usize = 200;
/// How many names not declared are compared with the declared ones, so that the time stays linear.
pub(super) const MAX_NEAREST: usize = 50;
