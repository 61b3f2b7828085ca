//! What a text shows to a model, and what the model says of it.

use std::sync::Arc;

use super::head::sigmoid;
use crate::measure::Features;
use crate::measure::ngram::Reading;

/// What the stages before the model find in a text.
#[derive(Debug, Clone)]
pub struct Observed {
    /// Words of prose.
    pub words: u32,
    /// The measured features.
    pub features: Features,
    /// What the n-gram stage and the language model read.
    pub reading: Reading,
    /// Ids of the signs found, one for each sign.
    pub signs: Vec<Arc<str>>,
}

/// One term's part in a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    /// Feature name.
    pub name: &'a str,
    /// What it measures; empty for the n-gram score and sign counts.
    pub about: &'static str,
    /// Its part of the log-odds, against the part that it has in a typical human text.
    pub log_odds: f64,
    /// The measured value.
    pub observed: Option<f64>,
    /// First and third quartile among human training texts.
    pub typical: [f64; 2],
}

/// A head's score of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Score<'a> {
    /// Calibrated log-odds; equals `baseline` plus `others` plus the parts' log-odds up to rounding.
    pub log_odds: f64,
    /// Share of held-out human texts of like length that score at least this high.
    pub p_value: f64,
    /// Name of the expert that decided: the family whose texts this one resembles most.
    pub expert: &'a str,
    /// Its index.
    pub decided: usize,
    /// Log-odds of a typical human text of this length by that expert.
    pub baseline: f64,
    /// What the other experts add to its log-odds, less what a weak opinion of the one that decides loses ([`super::Weak`]).
    pub others: f64,
    /// Its parts, in the order of its terms.
    pub parts: Vec<Part<'a>>,
}

impl Score<'_> {
    /// Calibrated probability, 0 to 1.
    #[must_use]
    pub fn probability(&self) -> f64 {
        sigmoid(self.log_odds)
    }
}

/// What a document shows to the heads.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Words of prose.
    pub words: u32,
    /// The measured features.
    pub features: &'a Features,
    /// Scores of the n-gram stage, one an expert; empty for a text without n-grams.
    pub ngram: &'a [f64],
    /// Mean surprisal by the language model; `None` for a text without words, or where the model has none.
    pub surprisal: Option<f64>,
    /// Ids of the signs found, one for each sign.
    pub signs: &'a [Arc<str>],
}
