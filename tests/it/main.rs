//! All integration tests, in one binary.

mod datasets;
mod layers;
mod skeleton;
