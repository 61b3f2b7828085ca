//! Corpora -> features -> split -> fit -> export -> evaluate (feature `train`).
//!
//! linfa is used here and nowhere else. Training has two stages:
//! 1. [`ngrams`]: for each family of machine texts a sparse logistic model over hashed n-grams;
//! 2. [`dense`]: for each family linfa's logistic regression over the features that layout cannot reach, as the mean of models that hear a
//!    third of them each (`bagging`), and [`boost`]: trees on what
//!    these leave.
//!
//! [`surprisal`] trains a language model of chat assistants' prose, whose mean surprisal is a third score.
//!
//! [`calibrate`] weighs the scores against one another, again with linfa, on scores of rows that neither has seen, and joins
//! the families to one axis.
//!
//! Everything after the corpora is in the feature tables, so the dense stage, its calibration and the evaluation can be
//! reproduced from them alone.

pub mod attacks;
mod bagging;
pub mod boost;
pub mod calibrate;
mod clean;
pub mod contradictions;
pub mod corpus;
pub mod crossfit;
pub mod dense;
pub mod evaluate;
pub mod leaks;
pub mod levels;
mod matching;
pub mod metrics;
pub mod ngrams;
mod originals;
pub mod pairs;
pub mod pipeline;
pub mod plots;
mod propensity;
pub mod protocols;
pub mod random;
mod register;
pub mod reuse;
pub mod row;
pub mod sets;
pub mod splice;
pub mod surprisal;
pub mod syndicated;
pub mod table;

use std::path::{Path, PathBuf};

/// Why training or evaluation stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A corpus file is missing or unreadable.
    #[error("{}: {message}\nThe corpora are not part of this repository: give the folder that holds NAME.jsonl.gz for every set of src/train/sets/list.rs.", path.display())]
    Corpora {
        /// File or folder.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// A set of sibling articles is missing or unreadable.
    #[error("{}: {message}", path.display())]
    Siblings {
        /// File.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// A feature table is missing, foreign or damaged.
    #[error("{}: {message}", path.display())]
    Table {
        /// File or folder.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// Fitting failed or gave something that cannot be trusted.
    #[error("fit: {0}")]
    Fit(String),
    /// A plot could not be drawn or written, or the curve it was to show could not be read.
    #[error("{}: {message}", path.display())]
    Plot {
        /// File or folder.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The model could not be written or bound.
    #[error("model: {0}")]
    Model(String),
}

impl TrainError {
    fn corpora(path: &Path, error: &dyn std::fmt::Display) -> Self {
        Self::Corpora {
            path: path.to_owned(),
            message: error.to_string(),
        }
    }

    fn table(path: &Path, error: &dyn std::fmt::Display) -> Self {
        Self::Table {
            path: path.to_owned(),
            message: error.to_string(),
        }
    }
}
