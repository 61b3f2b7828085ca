//! The model file, its binding to the features, and the score.
//!
//! A [`Model`] is storage: what `train` wrote. A [`Scorer`] is what scores: a model whose every term was
//! found among the features of this build, by name and version, whose lexicons and signatures have the
//! digests that it was trained with, and whose probe texts give the log-odds that they gave then.
//! There is no other way to a score, so a model and the features cannot drift apart unnoticed.
//!
//! The score of an axis comes from a [`Bank`] of heads:
//!
//! ```text
//! raw      = intercept + sum over terms of part(value)      part: piecewise linear, 0 when unmeasurable
//!          + sum over trees of the leaf's value             what several measures say together
//! expert   = slope * raw + slope * n-gram score + offset    by length; fitted on left-out data sets
//!          + slopes * (mean surprisal - what is usual)      where the expert hears the language model
//! joined   = ln( sum over experts of prior * exp(expert) )
//! log_odds = slope * joined + offset                        again on left-out data sets
//! p_value  = share of held-out human texts of like length that score at least as high
//! ```

mod bank;
mod bind;
mod bound;
mod check;
mod conformal;
mod error;
mod file;
mod forest;
mod head;
mod ngram;
mod profile;
mod score;
mod surprisal;
#[cfg(test)]
mod tests;
mod trees;

pub use bank::{Bank, Expert, Joined, Usual, Weak, join};
pub use bind::Scorer;
pub use check::{hex, lexicon_digests};
pub use conformal::{Band, Conformal};
pub use error::BindError;
pub use file::{FORMAT, FileError};
pub use forest::Forest;
pub use head::{Calibration, Head, Term, length, locate, sigmoid};
pub use ngram::{BucketTable, Hits, NgramExpert, NgramStage};
pub use profile::{FEWEST_TEXTS, OWN_ALONE, PROFILE_FORMAT, Profile, ProfileError};
pub use score::{Observed, Part, Score, Shown};
pub use surprisal::{Costs, STEPS, Surprisal, Surprise, pair, triple};
pub use trees::{Node, STEPS as TREE_STEPS, Trees, bin};

use serde::{Deserialize, Serialize};

/// Name of the part that the n-gram stage's score has in the evidence.
pub const NGRAM_TERM: &str = "ngram.score";

/// Name of the part that the language model's score has in the evidence.
pub const SURPRISAL_TERM: &str = "surprisal.mean";

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
    /// The machine axis: an expert a family of machines. The positive class of their heads is `"machine"`.
    pub machine: Bank,
    /// The syndicated axis, judged by the document alone: one expert. Its positive class is `"syndicated"`.
    pub syndicated: Bank,
    /// The n-gram stage of each expert of the machine axis.
    pub ngram: NgramStage,
    /// The language model of an assistant's prose, which some experts hear; older models have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surprisal: Option<Surprisal>,
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

/// Facts of the training run, for the reader and for reproduction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// Different rows that the machine axis's dense stage was fitted on: human, machine.
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
