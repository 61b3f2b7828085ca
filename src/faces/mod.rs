//! The outside of byline: the only folder that touches files, terminals, clocks and threads.

pub mod cli;
