//! All integration tests, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod beside;
mod card;
#[cfg(feature = "cli")]
mod cmd;
#[cfg(all(feature = "cli", feature = "store"))]
mod damaged;
mod datasets;
#[cfg(all(feature = "cli", feature = "store"))]
mod killed;
#[cfg(feature = "cli")]
mod large;
mod layers;
mod mutations;
mod notices;
#[cfg(all(feature = "cli", feature = "store"))]
mod random;
mod samples;
mod skeleton;
mod verdict;
