//! The pair model's file: TOML that a person can read.

use serde::{Deserialize, Serialize};

use super::SPECS;
use crate::corpus::report::Level;

/// Format of the file.
const FORMAT: u32 = 1;

/// The levels, in the order of their weights.
pub const LEVELS: &[Level] = &[
    Level::Light,
    Level::Paraphrase,
    Level::Rewrite,
    Level::Figures,
    Level::Unrelated,
];

/// One feature's part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Feature name.
    pub feature: String,
    /// Version of the feature at training time.
    pub version: u16,
    /// Mean in the training data.
    pub mean: f64,
    /// Standard deviation in the training data, above 0.
    pub deviation: f64,
    /// Weight of the standardised value in the binary model; above 0 speaks for copying.
    pub copied: f64,
    /// Weights in the levels' scores, in the order of [`LEVELS`].
    pub levels: Vec<f64>,
}

/// Farthest a standardised value may lie from the mean: training data beyond hardly exist, and a wild value must not decide.
const FARTHEST: f64 = 4.0;

impl Term {
    /// The value against mean and deviation; 0 for one that could not be measured.
    #[must_use]
    pub fn standardised(&self, value: Option<f64>) -> f64 {
        value.map_or(0.0, |value| {
            ((value - self.mean) / self.deviation).clamp(-FARTHEST, FARTHEST)
        })
    }
}

/// Two texts and the log-odds that training gave them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// Its name.
    pub name: String,
    /// One text.
    pub a: String,
    /// The other.
    pub b: String,
    /// Log-odds at training time.
    pub log_odds: f64,
}

/// The pair model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fitted {
    /// Version of the file.
    pub format: u32,
    /// Name of the model.
    pub name: String,
    /// Hex SHA-256 of the table it was trained on.
    pub data: String,
    /// Pairs it was trained on.
    pub pairs: usize,
    /// Constant of the binary model.
    pub intercept: f64,
    /// Calibration (Platt 1999) of the binary score: slope, above 0.
    pub slope: f64,
    /// Calibration: offset.
    pub offset: f64,
    /// Constants of the levels' scores, in the order of [`LEVELS`].
    pub level_intercepts: Vec<f64>,
    /// The features, in the order of [`SPECS`].
    pub term: Vec<Term>,
    /// The probes.
    pub probe: Vec<Probe>,
}

/// Why a pair model cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum JudgeError {
    /// Not a readable file.
    #[error("pair model: {0}")]
    File(String),
    /// A format of another time.
    #[error("pair model: format {0}, this build reads {FORMAT}")]
    Format(u32),
    /// A feature that the file and this build do not share.
    #[error(
        "pair model: feature {place}: the file has {file}, this build {build}; train again with `byline train --reuse`"
    )]
    Feature {
        /// Place in the list, from 1.
        place: usize,
        /// What the file names there.
        file: String,
        /// What this build measures there.
        build: String,
    },
    /// Numbers that cannot be used.
    #[error("pair model: {0}")]
    Numbers(String),
    /// A probe that scores otherwise than it did at training.
    #[error(
        "pair model: probe {name} gives log-odds {found}, at training {expected}: a feature has changed without its version"
    )]
    Probe {
        /// Its name.
        name: String,
        /// Log-odds at training.
        expected: f64,
        /// Log-odds now.
        found: f64,
    },
}

impl Fitted {
    /// Reads a file.
    ///
    /// # Errors
    /// [`JudgeError::File`] or [`JudgeError::Format`].
    pub fn read(toml: &str) -> Result<Self, JudgeError> {
        let fitted: Self = toml::from_str(toml).map_err(|error| JudgeError::File(error.to_string()))?;
        if fitted.format == FORMAT {
            Ok(fitted)
        } else {
            Err(JudgeError::Format(fitted.format))
        }
    }

    /// The file's text.
    ///
    /// # Errors
    /// [`JudgeError::File`] if a number cannot be written.
    pub fn write(&self) -> Result<String, JudgeError> {
        toml::to_string(self).map_err(|error| JudgeError::File(error.to_string()))
    }

    /// An empty model of this format, to be filled.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            format: FORMAT,
            name: name.to_owned(),
            data: String::new(),
            pairs: 0,
            intercept: 0.0,
            slope: 1.0,
            offset: 0.0,
            level_intercepts: Vec::new(),
            term: Vec::new(),
            probe: Vec::new(),
        }
    }

    /// Score of the binary model before its calibration.
    #[must_use]
    pub fn raw(&self, values: &[Option<f64>]) -> f64 {
        let terms = self.term.iter().zip(values);
        terms.fold(self.intercept, |sum, (term, value)| {
            sum + term.copied * term.standardised(*value)
        })
    }

    /// Calibrated log-odds that wording was taken.
    #[must_use]
    pub fn log_odds(&self, values: &[Option<f64>]) -> f64 {
        self.slope.mul_add(self.raw(values), self.offset)
    }

    /// The most likely level; the first of equals.
    #[must_use]
    pub fn level(&self, values: &[Option<f64>]) -> Level {
        let mut best: Option<(f64, Level)> = None;
        for (at, level) in LEVELS.iter().enumerate() {
            let terms = self.term.iter().zip(values);
            let constant = self.level_intercepts.get(at).copied().unwrap_or(0.0);
            let score = terms.fold(constant, |sum, (term, value)| {
                sum + term.levels.get(at).copied().unwrap_or(0.0) * term.standardised(*value)
            });
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, *level));
            }
        }
        best.map_or(Level::Unrelated, |best| best.1)
    }

    /// Whether the file and the features of this build agree, and its numbers are numbers.
    pub(super) fn fits(&self) -> Result<(), JudgeError> {
        for place in 0..self.term.len().max(SPECS.len()) {
            let told = |name: Option<&str>, version: Option<u16>| match (name, version) {
                (Some(name), Some(version)) => format!("{name} version {version}"),
                _ => "nothing".to_owned(),
            };
            let term = self.term.get(place);
            let spec = SPECS.get(place);
            let file = told(term.map(|t| t.feature.as_str()), term.map(|t| t.version));
            let build = told(spec.map(|s| s.name), spec.map(|s| s.version));
            if file != build {
                return Err(JudgeError::Feature {
                    place: place + 1,
                    file,
                    build,
                });
            }
        }
        let numbers = [self.intercept, self.slope, self.offset];
        let in_terms = self.term.iter().flat_map(|term| {
            [term.mean, term.deviation, term.copied]
                .into_iter()
                .chain(term.levels.iter().copied())
        });
        let mut all = numbers
            .into_iter()
            .chain(in_terms)
            .chain(self.level_intercepts.iter().copied());
        if !all.all(f64::is_finite) {
            return Err(JudgeError::Numbers("a weight is not a number".to_owned()));
        }
        if self.slope <= 0.0 || self.term.iter().any(|term| term.deviation <= 0.0) {
            return Err(JudgeError::Numbers(
                "the slope and every deviation must be above 0".to_owned(),
            ));
        }
        let levels = LEVELS.len();
        if self.level_intercepts.len() != levels || self.term.iter().any(|term| term.levels.len() != levels) {
            return Err(JudgeError::Numbers(format!(
                "every term needs {levels} level weights"
            )));
        }
        Ok(())
    }
}
