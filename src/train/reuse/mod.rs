//! The pair model: labelled pairs of texts -> their features (a table of numbers) -> `models/reuse/pairs.toml` and its
//! evaluation.
//!
//! [`pairs`] reads the corpora, [`table`] keeps what was measured, [`fit`] trains with linfa from the table alone, and
//! [`eval`] leaves out whole tasks, sources and data sets.

pub mod background;
pub mod eval;
pub mod fit;
pub mod pairs;
mod reworded;
pub mod table;
pub mod taken;
pub(super) mod texts;

use crate::corpus::Level;

/// A labelled pair, measured.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRow {
    /// Data set, with its kind of pair ("clough_stevenson:heavy_revision").
    pub set: String,
    /// What its texts stem from: a task, a source text. What is left out is left out by these.
    pub groups: [String; 2],
    /// Whether wording was taken; `None` where that is a matter of opinion.
    pub copied: Option<bool>,
    /// The level, where one is known.
    pub level: Option<Level>,
    /// Whether it trains.
    pub trains: bool,
    /// The features, in the order of `judge::SPECS`.
    pub values: Vec<Option<f64>>,
}

impl PairRow {
    /// Name of its data set.
    #[must_use]
    pub fn data_set(&self) -> &str {
        self.set.split(':').next().unwrap_or(&self.set)
    }
}
