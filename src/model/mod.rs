//! The model file, its binding to the features, and the score.
//!
//! A [`Model`] is storage: what `train` wrote. A [`Scorer`] is what scores: a model whose every term was
//! found among the features of this build, by name and version, whose lexicons and signatures have the
//! digests that it was trained with, and whose probe texts give the log-odds that they gave then.
//! There is no other way to a score, so a model and the features cannot drift apart unnoticed.
//!
//! The score of a head is additive:
//!
//! ```text
//! raw      = intercept + sum over terms of part(value)      part: piecewise linear, 0 when unmeasurable
//! log_odds = slope * raw + offset                           (Platt 1999), fitted on left-out data sets
//! p_value  = share of held-out human texts of like length that score at least as high
//! ```

mod bind;
mod conformal;
mod error;
mod file;
mod head;
#[cfg(test)]
mod tests;

pub use bind::{Observed, Part, Score, Scorer, Shown, hex, lexicon_digests};
pub use conformal::{Band, Conformal};
pub use error::BindError;
pub use file::{FORMAT, FileError, OLDEST_FORMAT};
pub use head::{Calibration, Head, Term, locate, sigmoid};

use serde::{Deserialize, Serialize};

/// Name of the term that carries the n-gram stage's score.
pub const NGRAM_TERM: &str = "ngram.score";

/// Prefix of terms that count signs of one catalogue group in a document, e.g. `sign.dateline`.
pub const SIGN_PREFIX: &str = "sign.";

/// Signs of one group are counted up to this many; more say nothing new.
pub const SIGN_CAP: f64 = 3.0;

/// Everything that scoring needs, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Name, e.g. `default-1`.
    pub name: String,
    /// Language that it was trained on (ISO 639-1).
    pub language: String,
    /// Fewest words of prose that it was calibrated for; below, the machine axis abstains.
    pub min_words: u32,
    /// Smallest share of prose; below, the machine axis abstains.
    pub min_prose_share: f64,
    /// Head of the machine axis. Its positive class is `"machine"`.
    pub machine: Head,
    /// Head of the syndicated axis, judged by the document alone. Its positive class is `"syndicated"`.
    pub syndicated: Head,
    /// The n-gram stage: version of the extraction, scale of the weights, offset.
    pub ngram: NgramStage,
    /// (file name, SHA-256) of every lexicon of the build that trained it.
    pub lexicons: Vec<(String, String)>,
    /// (entry id, digest) of the signatures that the heads count, by id.
    pub signatures: Vec<SignatureUse>,
    /// What it was trained on.
    pub training: Training,
    /// Texts with frozen results, replayed at every binding.
    pub probes: Vec<Probe>,
}

/// A signature that a head counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureUse {
    /// Entry id.
    pub id: String,
    /// Group that it is counted in.
    pub group: String,
    /// Digest of the entry as it was at training time.
    pub digest: String,
}

/// The sparse stage: a linear score of hashed n-grams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NgramStage {
    /// [`crate::measure::ngram::VERSION`] at training time.
    pub version: u16,
    /// Weight of one quantisation step.
    pub scale: f64,
    /// Constant of the score.
    pub offset: f64,
    /// One quantised weight a bucket ([`crate::measure::ngram::BUCKETS`] of them); kept apart from the JSON.
    #[serde(skip)]
    pub weights: Vec<i8>,
}

/// Facts of the training run, for the reader and for reproduction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// Rows that the machine head's dense stage was fitted on: human, machine.
    pub rows: [usize; 2],
    /// Rows that the syndicated head was fitted on: not syndicated, syndicated.
    pub syndicated_rows: [usize; 2],
    /// SHA-256 of the feature tables, in file-name order.
    pub tables: String,
    /// SHA-256 of the list of data sets with their folds and roles.
    pub split: String,
}

/// A text with frozen results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// The text (written for this project).
    pub text: String,
    /// Log-odds of the machine head.
    pub machine: f64,
    /// Log-odds of the syndicated head.
    pub syndicated: f64,
    /// Values of the features that the heads use, by name; unmeasurable ones are left out.
    pub features: Vec<(String, f64)>,
}
