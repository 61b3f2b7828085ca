//! What several formats share: words, safe text, passages with their surroundings.

mod contradictions;
mod markup;
mod passage;
mod safe;
pub mod words;

pub use contradictions::contradictions;
pub use markup::{FOOT, Markup, head};
pub use passage::{Mark, Positions, excerpt, marks, pieces};
pub use safe::{clean, escape};

/// A document that could not be read, as an object of the JSON formats.
#[derive(serde::Serialize)]
pub struct Unread<'a> {
    /// Name of the document or its place.
    pub id: &'a str,
    /// What is wrong.
    pub error: &'a str,
}
