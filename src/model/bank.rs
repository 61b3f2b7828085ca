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
//! other experts add is one more part, so that the evidence still adds up.
//!
//! An expert that knows few texts is sure of its own family and has no opinion of the others': what it says of them is noise, which the
//! sum would let into their order. Its log-odds below a bound ([`Weak`]) fall faster for that reason.

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
    /// Where its opinion is too weak to count in full; `None` if it always does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weak: Option<Weak>,
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

/// When an expert is heard less.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weak {
    /// Log-odds up to which its opinion is weak.
    pub below: f64,
    /// How many times as fast they fall below that, at least 1.
    pub times: f64,
}

impl Weak {
    /// The log-odds as the bank hears them.
    #[must_use]
    pub fn heard(self, log_odds: f64) -> f64 {
        log_odds + (self.times - 1.0) * (log_odds - self.below).min(0.0)
    }
}

/// What the experts say together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// Index of the expert that decides.
    pub decided: usize,
    /// Its weighted log-odds, before [`Weak`].
    pub own: f64,
    /// The joined score; below `own` only if the expert that decides has a weak opinion.
    pub all: f64,
}

impl Bank {
    /// Joins the experts' log-odds, given in their order.
    #[must_use]
    pub fn join(&self, log_odds: &[f64]) -> Joined {
        let experts = self.experts.iter().map(|expert| (expert.prior, expert.weak));
        join(experts, log_odds)
    }
}

/// See [`Bank::join`]: the prior of each expert and when it is heard less.
pub fn join(experts: impl Iterator<Item = (f64, Option<Weak>)>, log_odds: &[f64]) -> Joined {
    let weighted: Vec<[f64; 2]> = experts
        .zip(log_odds)
        .map(|((prior, weak), &score)| {
            let heard = weak.map_or(score, |weak| weak.heard(score));
            [score, heard].map(|score| prior.ln() + score)
        })
        .collect();
    let (mut decided, mut own, mut most) = (0, f64::NEG_INFINITY, f64::NEG_INFINITY);
    for (at, &[score, heard]) in weighted.iter().enumerate() {
        if heard > most {
            (decided, own, most) = (at, score, heard);
        }
    }
    let sum: f64 = weighted.iter().map(|[_, heard]| (heard - most).exp()).sum();
    Joined {
        decided,
        own,
        all: most + sum.ln(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_expert_decides_and_the_others_only_add() {
        let joined = join([(0.5, None), (0.25, None)].into_iter(), &[1.0, 4.0]);
        assert_eq!(joined.decided, 1);
        assert!((joined.own - (4.0 + 0.25_f64.ln())).abs() < 1e-12);
        let odds = 0.5 * 1.0_f64.exp() + 0.25 * 4.0_f64.exp();
        assert!((joined.all - odds.ln()).abs() < 1e-12);
    }

    #[test]
    fn one_expert_of_full_weight_is_itself() {
        let joined = join([(1.0, None)].into_iter(), &[-700.0]);
        assert_eq!((joined.own, joined.all), (-700.0, -700.0));
    }

    #[test]
    fn a_weak_opinion_adds_little_and_a_strong_one_all() {
        let weak = Some(Weak {
            below: 2.0,
            times: 3.0,
        });
        let all = |second: f64| join([(0.5, None), (0.5, weak)].into_iter(), &[0.0, second]);
        let plain = |second: f64| join([(0.5, None), (0.5, None)].into_iter(), &[0.0, second]);
        assert_eq!(all(2.5), plain(2.5));
        assert!((all(1.0).all - plain(-1.0).all).abs() < 1e-12);
        // It may decide all the same; its parts then add up to more than the score.
        let decided = join([(0.5, None), (0.5, weak)].into_iter(), &[-9.0, 1.0]);
        assert_eq!(decided.decided, 1);
        assert!(decided.own > decided.all);
    }
}
