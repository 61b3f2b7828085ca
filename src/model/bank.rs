//! A bank of experts: each tells human text from the text of one family of machines.
//!
//! Texts of one generation of machines share little with those of the next, so one set of weights for all of them has to
//! choose. Each expert has its own, is calibrated to log-odds by itself, and the bank weighs the families like a mixture:
//!
//! ```text
//! joined = ln( sum over experts of prior * exp(expert's log-odds) )
//! ```
//!
//! The largest addend decides and names the family that a text resembles; its own parts explain the score, and what the
//! other experts add (never below 0) is one more part, so that the evidence still adds up.

use serde::{Deserialize, Serialize};

use super::{Calibration, Conformal, Head, Surprise};

/// All experts of one axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bank {
    /// At least one.
    pub experts: Vec<Expert>,
    /// From the joined score to the axis's log-odds.
    pub calibration: Calibration,
    /// From the joined score to the p-value, by length.
    pub conformal: Conformal,
}

/// One expert.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expert {
    /// Name of the family of texts that it knows.
    pub name: String,
    /// Its weight in the mixture, above 0.
    pub prior: f64,
    /// Its score of the measured features, and how that and the n-gram score become log-odds.
    pub head: Head,
    /// Its n-gram score among human texts; `None` for an axis without n-grams.
    pub ngram: Option<Usual>,
    /// How the language model's score moves it; `None` for an expert that does not hear it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surprise: Option<Surprise>,
}

/// What is usual of a score among human texts of training.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Usual {
    /// Mean: evidence is told against it.
    pub mean: f64,
    /// First and third quartile.
    pub typical: [f64; 2],
}

/// What the experts say together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// Index of the expert that decides.
    pub decided: usize,
    /// Its weighted log-odds.
    pub own: f64,
    /// The joined score, at least `own`.
    pub all: f64,
}

impl Bank {
    /// Joins the experts' log-odds, given in their order.
    #[must_use]
    pub fn join(&self, log_odds: &[f64]) -> Joined {
        let priors = self.experts.iter().map(|expert| expert.prior);
        join(priors, log_odds)
    }
}

/// See [`Bank::join`].
pub fn join(priors: impl Iterator<Item = f64>, log_odds: &[f64]) -> Joined {
    let weighted: Vec<f64> = priors
        .zip(log_odds)
        .map(|(prior, score)| prior.ln() + score)
        .collect();
    let (mut decided, mut own) = (0, f64::NEG_INFINITY);
    for (at, &score) in weighted.iter().enumerate() {
        if score > own {
            (decided, own) = (at, score);
        }
    }
    let sum: f64 = weighted.iter().map(|score| (score - own).exp()).sum();
    Joined {
        decided,
        own,
        all: own + sum.ln(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_expert_decides_and_the_others_only_add() {
        let joined = join([0.5, 0.25].into_iter(), &[1.0, 4.0]);
        assert_eq!(joined.decided, 1);
        assert!((joined.own - (4.0 + 0.25_f64.ln())).abs() < 1e-12);
        let odds = 0.5 * 1.0_f64.exp() + 0.25 * 4.0_f64.exp();
        assert!((joined.all - odds.ln()).abs() < 1e-12);
    }

    #[test]
    fn one_expert_of_full_weight_is_itself() {
        let joined = join([1.0].into_iter(), &[-700.0]);
        assert_eq!((joined.own, joined.all), (-700.0, -700.0));
    }
}
