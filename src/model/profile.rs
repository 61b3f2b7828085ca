//! A profile: p-values from a user's own human texts.
//!
//! The shipped p-values rest on human texts of many kinds; whoever judges one kind alone, one newsroom's or one school's, is
//! better served by texts of that kind. A profile holds the scores of such texts by length band, and gives a text of so many
//! words the p-value
//!
//! ```text
//! p = (1 + k) / (1 + n)                            n own texts in the band, k of them score at least as high; n >= 200
//! p = max(k / n, (1 + k + m * s) / (1 + n + m))    n < 200: m = 200 - n, s the shipped p-value
//! ```
//!
//! From 200 own texts on the promise is exact (Vovk, Gammerman & Shafer 2005): if a person's text is exchangeable with the own ones, p
//! is at most `a` with probability at most `a`. It cannot fall below 1 / (n + 1): a policy that asks for 0.001 needs 999 texts in
//! the band. Below 200 the shipped table fills up, and the promise holds as far as that table fits the own texts; but p is never
//! smaller than the share of own texts that score as high.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Model, hex};

/// Version of the profile file.
pub const PROFILE_FORMAT: u32 = 1;
/// Own texts of a length band from which the shipped table is left out of it: as many as the shipped policy's 0.005 needs.
pub const OWN_ALONE: usize = 200;
/// Fewest own texts of a profile; fewer say next to nothing of a tail.
pub const FEWEST_TEXTS: usize = 20;
/// Digits of a score in the file.
const SCORE_STEPS: f64 = 1e4;

/// See the [module](self).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    format: u32,
    /// Name, told in every verdict.
    name: String,
    /// Name of the model that gave the scores.
    model: String,
    /// SHA-256 of that model's file.
    model_digest: String,
    /// Own texts in all.
    texts: usize,
    /// Median of their log-odds: above 0, they read rather machine-written to the model.
    median_log_odds: f64,
    /// Log-odds that one in a hundred of them reaches.
    one_in_a_hundred: f64,
    /// SHA-256 of all the rest.
    #[serde(default)]
    checksum: String,
    bands: Vec<OwnBand>,
}

/// Own texts of one length band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnBand {
    min_words: u32,
    /// Their log-odds, ascending.
    scores: Vec<f64>,
}

/// Why there is no profile.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// Too few texts.
    #[error(
        "{found} usable human texts; a profile needs at least {FEWEST_TEXTS}, and {OWN_ALONE} of a length to do without the shipped \
         table"
    )]
    TooFew {
        /// Texts given.
        found: usize,
    },
    /// Not TOML, or not a profile.
    #[error("not a profile: {0}")]
    Syntax(String),
    /// Another format.
    #[error("profile format {0} is unknown; this build reads format {PROFILE_FORMAT}")]
    Format(u32),
    /// Made with another model.
    #[error("the profile was made with the model {profile}, this is {model}: run `byline calibrate` again")]
    Model {
        /// Name and digest in the profile.
        profile: String,
        /// Name and digest of the model in use.
        model: String,
    },
    /// A byte has changed.
    #[error("the profile is damaged: its checksum does not match")]
    Checksum,
}

/// First characters of a digest, enough for a message.
const SHORT_DIGEST: usize = 12;

fn digest(model: &Model) -> String {
    model
        .to_bytes()
        .map_or(String::new(), |bytes| hex(&Sha256::digest(&bytes)))
}

impl Profile {
    /// From (words, log-odds) of own human texts. Cost: that of hashing the model once.
    ///
    /// # Errors
    /// [`ProfileError::TooFew`].
    pub fn new(name: &str, model: &Model, texts: &[(u32, f64)]) -> Result<Self, ProfileError> {
        if texts.len() < FEWEST_TEXTS {
            return Err(ProfileError::TooFew { found: texts.len() });
        }
        let rounded = |score: f64| (score * SCORE_STEPS).round() / SCORE_STEPS;
        let sorted = |scores: &mut Vec<f64>| scores.sort_by(f64::total_cmp);
        let starts: Vec<u32> = model
            .machine
            .conformal
            .bands
            .iter()
            .map(|band| band.min_words)
            .collect();
        let band = |(at, &min_words): (usize, &u32)| {
            let from = if at == 0 { 0 } else { min_words };
            let to = starts.get(at + 1).copied().unwrap_or(u32::MAX);
            let inside = texts.iter().filter(|text| (from..to).contains(&text.0));
            let mut scores: Vec<f64> = inside.map(|text| rounded(text.1)).collect();
            sorted(&mut scores);
            OwnBand { min_words, scores }
        };
        let mut all: Vec<f64> = texts.iter().map(|text| rounded(text.1)).collect();
        sorted(&mut all);
        let at = |share: f64| {
            all.get((share * (all.len() - 1) as f64).ceil() as usize)
                .copied()
                .unwrap_or(0.0)
        };
        let mut profile = Self {
            format: PROFILE_FORMAT,
            name: name.to_owned(),
            model: model.name.clone(),
            model_digest: digest(model),
            texts: texts.len(),
            median_log_odds: at(0.5),
            one_in_a_hundred: at(0.99),
            checksum: String::new(),
            bands: starts.iter().enumerate().map(band).collect(),
        };
        profile.checksum = profile.sum();
        Ok(profile)
    }

    /// Reads a profile and checks that it fits a model.
    ///
    /// # Errors
    /// See [`ProfileError`].
    pub fn from_toml(text: &str, model: &Model) -> Result<Self, ProfileError> {
        let mut profile: Self =
            toml::from_str(text).map_err(|error| ProfileError::Syntax(error.message().to_owned()))?;
        if profile.format != PROFILE_FORMAT {
            return Err(ProfileError::Format(profile.format));
        }
        if profile.checksum != profile.sum() {
            return Err(ProfileError::Checksum);
        }
        let own = digest(model);
        if profile.model_digest != own {
            let short = |name: &str, digest: &str| {
                format!("{name} ({})", digest.get(..SHORT_DIGEST).unwrap_or(digest))
            };
            return Err(ProfileError::Model {
                profile: short(&profile.model, &profile.model_digest),
                model: short(&model.name, &own),
            });
        }
        for band in &mut profile.bands {
            band.scores.sort_by(f64::total_cmp);
        }
        Ok(profile)
    }

    /// The profile as a file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Median of the own texts' log-odds, and the log-odds that one in a hundred of them reaches.
    #[must_use]
    pub fn log_odds(&self) -> [f64; 2] {
        [self.median_log_odds, self.one_in_a_hundred]
    }

    /// Least words and own texts of each length band.
    #[must_use]
    pub fn bands(&self) -> Vec<(u32, usize)> {
        self.bands
            .iter()
            .map(|band| (band.min_words, band.scores.len()))
            .collect()
    }

    /// p-value of a text of so many words with this log-odds; `shipped` is the model's own. Above 0, at most 1.
    #[must_use]
    pub fn p_value(&self, words: u32, log_odds: f64, shipped: f64) -> f64 {
        let bands = || self.bands.iter();
        let band = bands()
            .rev()
            .find(|band| words >= band.min_words)
            .or(bands().next());
        let scores = band.map_or(&[][..], |band| band.scores.as_slice());
        // A score is kept rounded: half a step is given to the own texts.
        let bar = log_odds - 0.5 / SCORE_STEPS;
        let count = scores.len();
        let above = count - scores.partition_point(|&score| score < bar);
        let (n, k) = (count as f64, above as f64);
        let filled = OWN_ALONE.saturating_sub(count) as f64;
        let mixed = (1.0 + k + filled * shipped) / (1.0 + n + filled);
        if count >= OWN_ALONE || count == 0 {
            return if count == 0 { shipped } else { mixed };
        }
        mixed.max(k / n)
    }

    fn sum(&self) -> String {
        let bare = Self {
            checksum: String::new(),
            ..self.clone()
        };
        hex(&Sha256::digest(bare.to_toml().as_bytes()))
    }
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
