//! Corpora -> features -> split -> fit -> export -> evaluate (feature `train`).
//!
//! linfa is used here and nowhere else. Training has two stages:
//! 1. [`ngrams`]: a sparse logistic model over hashed n-grams, whose score becomes one feature, computed for rows that
//!    its weights did not see;
//! 2. [`dense`]: linfa's logistic regression over that score and all features that layout cannot reach.
//!
//! Everything after the corpora is in the feature tables, so the dense stage, its calibration and the evaluation can be
//! reproduced from them alone.

pub mod calibrate;
mod clean;
pub mod corpus;
pub mod crossfit;
pub mod dense;
pub mod evaluate;
pub mod metrics;
pub mod ngrams;
pub mod pipeline;
pub mod random;
pub mod row;
pub mod sets;
pub mod syndicated;
pub mod table;

use std::path::{Path, PathBuf};

/// Why training or evaluation stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A corpus file is missing or unreadable.
    #[error("{}: {message}\nThe corpora are not part of this repository: give the folder that holds NAME.jsonl.gz for every set of src/train/sets.rs.", path.display())]
    Corpora {
        /// File or folder.
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
