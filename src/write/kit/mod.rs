//! What several formats share: words, safe text, passages with their surroundings.

mod passage;
mod safe;
pub mod words;

pub use passage::{Mark, Positions, excerpt, marks, pieces};
pub use safe::{clean, escape};
