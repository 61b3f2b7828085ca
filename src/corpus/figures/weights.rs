//! The weights of the evidence for a contradiction: a TOML file that a person can read, built into the library.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::odds::{COUNT, EVIDENCE, Evidence};

/// The shipped file.
const SHIPPED: &str = include_str!("../../../models/figures/contradictions.toml");
/// Format of the file.
const FORMAT: u32 = 1;

/// Weights that are in use.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights {
    intercept: f64,
    /// In the order of [`EVIDENCE`].
    pub(super) of: Evidence,
}

/// The file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    /// Pairs of figures it was trained on, and how many of them contradict.
    pairs: usize,
    contradict: usize,
    intercept: f64,
    weights: Vec<Weight>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weight {
    evidence: String,
    weight: f64,
}

impl Weights {
    /// The shipped ones.
    pub fn shipped() -> &'static Self {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| {
            #[allow(
                clippy::expect_used,
                reason = "the file is built in, and `the_shipped_weights_are_read` reads it"
            )]
            Self::read(SHIPPED).expect("models/figures/contradictions.toml is as this build wrote it")
        })
    }

    /// Weights as training found them.
    #[cfg_attr(
        not(feature = "train"),
        allow(dead_code, reason = "only training makes weights")
    )]
    pub fn new(intercept: f64, of: Evidence) -> Self {
        Self { intercept, of }
    }

    /// Reads a file; what is wrong with it, in words.
    fn read(toml: &str) -> Result<Self, String> {
        let file: File = toml::from_str(toml).map_err(|error| error.to_string())?;
        let names = file.weights.iter().map(|weight| weight.evidence.as_str());
        if file.format != FORMAT || !names.eq(EVIDENCE) {
            return Err("another build's: train again with `byline train --contradictions`".to_owned());
        }
        let mut of = [0.0; COUNT];
        of.iter_mut()
            .zip(&file.weights)
            .for_each(|(slot, weight)| *slot = weight.weight);
        let all = of.iter().chain([&file.intercept]);
        match all.into_iter().all(|weight| weight.is_finite()) {
            true => Ok(Self::new(file.intercept, of)),
            false => Err("not a finite number".to_owned()),
        }
    }

    /// The file's text.
    #[cfg(feature = "train")]
    pub fn write(&self, pairs: usize, contradict: usize) -> Result<String, toml::ser::Error> {
        let weights = EVIDENCE.iter().zip(self.of);
        toml::to_string(&File {
            format: FORMAT,
            pairs,
            contradict,
            intercept: self.intercept,
            weights: weights
                .map(|(name, weight)| Weight {
                    evidence: (*name).to_owned(),
                    weight,
                })
                .collect(),
        })
    }

    /// The log-odds.
    pub fn log_odds(&self, evidence: &Evidence) -> f64 {
        let parts = evidence.iter().zip(self.of).map(|(value, weight)| value * weight);
        self.intercept + parts.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_read() {
        let weights = Weights::shipped();
        let of = |name: &str| {
            let at = EVIDENCE.iter().position(|known| *known == name).unwrap();
            weights.of[at]
        };
        // What cannot be otherwise, whatever the data say.
        for name in ["subject", "story", "ratio", "slipped", "lone", "time.same"] {
            assert!(of(name) > 0.0, "{name}");
        }
        for name in [
            "name.other",
            "noun.other",
            "group.both",
            "time.nested",
            "forecast",
        ] {
            assert!(of(name) < 0.0, "{name}");
        }
    }

    #[test]
    fn another_builds_weights_are_refused() {
        assert!(Weights::read(SHIPPED).is_ok());
        for broken in [
            SHIPPED.replacen("format = 1", "format = 2", 1),
            SHIPPED.replacen("\"subject\"", "\"object\"", 1),
            SHIPPED.replacen("intercept = ", "intercept = nan # ", 1),
        ] {
            assert_ne!(broken, SHIPPED);
            assert!(Weights::read(&broken).is_err(), "{broken}");
        }
    }
}
