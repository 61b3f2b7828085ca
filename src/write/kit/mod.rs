//! What several formats share: words, safe text, passages with their surroundings.

#![allow(dead_code, unused_imports, reason = "the HTML and SARIF writers follow")]

mod passage;
mod safe;
pub mod words;

pub use passage::{Mark, Piece, Positions, excerpt, marks, pieces};
pub use safe::{clean, escape};
