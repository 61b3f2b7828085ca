//! A pair's features -> [`Copied`]: was wording taken, and how much was made from it?
//!
//! Two models on the same standardised features, both fitted with linfa and exported to `models/reuse/pairs.toml`: a binary one
//! (wording taken or not), calibrated, and a multinomial one for the level. The file names every feature with its version and
//! holds probes; a file that does not fit these features is refused.

mod features;
mod file;
mod order;

use std::sync::OnceLock;

pub use features::{PairFeatures, SPECS, Spec};
pub(super) use features::{Profile, containment, measure};
pub use file::{Fitted, JudgeError, LEVELS, Probe, Term};

use super::bio::bio_lines;
use super::passage::{Prepared, matches};
use super::report::{Copied, PairEvidence};
use super::text::Text;
use super::view::aside;
use crate::document::{Document, RawDocument};

/// The pair model that byline ships.
const SHIPPED: &str = include_str!("../../../models/reuse/pairs.toml");

/// Parts of the score that are told one by one; the smaller ones are summed up as `other`.
const TOLD: usize = 8;

/// The bound pair model. Immutable, `Send + Sync`.
#[derive(Debug, Clone)]
pub struct Judge {
    fitted: Fitted,
}

impl Judge {
    /// Binds a model file to the features of this build.
    ///
    /// # Errors
    /// [`JudgeError`] names what does not fit: the file, a feature, a probe.
    pub fn bind(toml: &str) -> Result<Self, JudgeError> {
        let judge = Self {
            fitted: Fitted::read(toml)?,
        };
        judge.fitted.fits()?;
        for probe in &judge.fitted.probe {
            let found = judge.score(&pair_features(&probe.a, &probe.b)).log_odds;
            if (found - probe.log_odds).abs() > PROBE_TOLERANCE {
                return Err(JudgeError::Probe {
                    name: probe.name.clone(),
                    expected: probe.log_odds,
                    found,
                });
            }
        }
        Ok(judge)
    }

    /// The judge that byline ships, bound once.
    #[must_use]
    #[allow(
        clippy::expect_used,
        reason = "the file is part of the build; a test of this module binds it"
    )]
    pub fn shipped() -> &'static Self {
        static JUDGE: OnceLock<Judge> = OnceLock::new();
        JUDGE.get_or_init(|| Self::bind(SHIPPED).expect("the shipped pair model fits"))
    }

    /// The model as its file states it.
    #[must_use]
    pub fn fitted(&self) -> &Fitted {
        &self.fitted
    }

    /// Scores a pair: everything of [`Copied`] but the direction. The evidence adds up to the log-odds.
    #[must_use]
    pub fn score(&self, features: &PairFeatures) -> Copied {
        let fitted = &self.fitted;
        let mut parts: Vec<(usize, f64)> = Vec::with_capacity(SPECS.len());
        for (at, (term, value)) in fitted.term.iter().zip(&features.values).enumerate() {
            parts.push((at, fitted.slope * term.copied * term.standardised(*value)));
        }
        let baseline = fitted.slope.mul_add(fitted.intercept, fitted.offset);
        let log_odds = fitted.log_odds(&features.values);
        parts.sort_by(|x, y| y.1.abs().total_cmp(&x.1.abs()).then(x.0.cmp(&y.0)));
        let mut evidence: Vec<PairEvidence> = parts
            .iter()
            .take(TOLD)
            .filter(|part| part.1 != 0.0)
            .filter_map(|&(at, log_odds)| {
                let spec = SPECS.get(at)?;
                Some(PairEvidence {
                    name: spec.name.to_owned(),
                    log_odds,
                    observed: features.values.get(at).copied().flatten(),
                    about: spec.about,
                })
            })
            .collect();
        let told: f64 = evidence.iter().map(|part| part.log_odds).sum();
        let plain = |name: &str, log_odds: f64, about: &'static str| PairEvidence {
            name: name.to_owned(),
            log_odds,
            observed: None,
            about,
        };
        evidence.push(plain(
            "other",
            log_odds - baseline - told,
            "All smaller parts together.",
        ));
        evidence.push(plain(
            "baseline",
            baseline,
            "Where an average pair of the training data stands.",
        ));
        Copied {
            probability: 1.0 / (1.0 + (-log_odds).exp()),
            log_odds,
            level: fitted.level(&features.values),
            evidence,
            ..Copied::default()
        }
    }
}

/// Largest difference of a probe, in log-odds: that of sums in another order on another machine.
const PROBE_TOLERANCE: f64 = 1e-6;

/// The features of two bare texts, as they are compared when nothing else is.
#[must_use]
pub fn pair_features(a: &str, b: &str) -> PairFeatures {
    let document = |text: &str| {
        Document::new(RawDocument {
            text: text.to_owned(),
            ..RawDocument::default()
        })
    };
    features_of(&document(a), &document(b))
}

/// The features of two documents, as they are compared when nothing else is.
#[must_use]
pub fn features_of(a: &Document, b: &Document) -> PairFeatures {
    let (text_a, text_b) = (Text::of(a), Text::of(b));
    let edges = |document: &Document, text: &Text| aside(document, text, &bio_lines(document));
    let (edges_a, edges_b) = (edges(a, &text_a), edges(b, &text_b));
    let (profile_a, profile_b) = (Profile::of(&text_a, &edges_a), Profile::of(&text_b, &edges_b));
    let (a, b) = (Prepared::new(&text_a, edges_a), Prepared::new(&text_b, edges_b));
    let found = matches(&a, &b);
    measure((&a, &profile_a), (&b, &profile_b), &found)
}

#[cfg(test)]
mod tests;
